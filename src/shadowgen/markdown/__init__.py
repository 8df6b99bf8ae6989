"""Our dialect of Markdown -> nodes. The only door to markdown_it.

Enters: prose with the place where it begins. Leaves: blocks or inlines whose pending nodes know file, line and column; diagnostics.
The dialect is described in docs/writing.md. `lists` and `syntax` make tokens, `blocks` and `inlines` turn them into nodes.
"""

from shadowgen.markdown.blocks import parse_line, parse_prose, words_of
from shadowgen.markdown.inlines import leads_to_web
from shadowgen.markdown.passage import Passage
from shadowgen.markdown.syntax import ID, PERSON

__all__ = ["ID", "PERSON", "Passage", "leads_to_web", "parse_line", "parse_prose", "words_of"]
