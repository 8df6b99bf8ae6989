"""Two versions of a Word file -> one with tracked changes: accepting all gives the words of the second, rejecting all those of the first.

`wordparts` reads a file, `aligning` pairs its blocks, `differing` compares the words of two, `marking` writes what becomes of them,
`packing` puts the file together, `versions` finds the two.
"""
