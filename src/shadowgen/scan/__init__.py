"""What a reader could dig out of a finished file, whoever made it; and a copy without it.

`judging` tells what a file is and hands it to the module of its format: `word` (a package of XML parts), `pdf`, `page` (HTML), `picture`. Each
yields `Finding`s and the words it met, which `secrets` compares with what the library keeps back. `guard` runs all this in a process of its own,
with bounds. `cleaning` writes the copy. Nothing here shares code with the writers of those formats.
"""
