"""Read a PDF by its geometry: size and place of the letters, ruled lines, frames, links.

`drawn` takes what a page draws (in a process with bounds: `child`), `rows` makes rows of it, `margins` takes off running heads and page numbers, `tables` and
`columns` put the rest into reading order, `notes` ties notes to their calls, `paragraphs` joins rows to pieces. `reading` is the whole way.
"""

from shadowgen.readers.pdf.reading import read_pdf

__all__ = ["read_pdf"]
