"""The bibliography and other programs: what Zotero exports comes in, what Zotero and pandoc read goes out.

Between a format and our types stands an `Item`, in the terms of the Citation Style Language: `reading` makes items of a file (`bibtex`,
`ris` and `csljson` know one format each), `mapping` turns an item into a source and back, `entries` writes sources into files without
touching what stands there. `importing`, `exporting`, `drafting` and `listing` are the commands.
"""
