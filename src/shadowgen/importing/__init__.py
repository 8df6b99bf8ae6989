"""An old report -> drafts: recognise what it is made of, then write sections, sources, commitments and a submission.

`outline` finds the units, `prose` makes nodes of their pieces, `notesources` makes sources of notes, `drafting` makes the files,
`report` tells a person what was recognised, guessed, and left.
"""
