"""Small pieces of WordprocessingML as text: escaping, runs, fields, bookmarks, properties.

Text is built, not a tree: it is the fastest way, and the package proves every part well-formed before it is written.
"""

from __future__ import annotations

from html import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def text_run(text: str, properties: str = "") -> str:
    """Return a run of text; a tab or line break in it becomes its element."""
    return f'<w:r>{_properties(properties)}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def run(content: str, properties: str = "") -> str:
    """Return a run that holds one element."""
    return f"<w:r>{_properties(properties)}{content}</w:r>"


def _properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def field(instruction: str, result: str, properties: str = "") -> str:
    """Return a complex field with its stored result."""
    code = f'<w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText>'
    return (
        run('<w:fldChar w:fldCharType="begin"/>', properties)
        + run(code, properties)
        + run('<w:fldChar w:fldCharType="separate"/>', properties)
        + text_run(result, properties)
        + run('<w:fldChar w:fldCharType="end"/>', properties)
    )


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; `properties` are further children of w:pPr in the schema's order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    both = named + properties
    return f"<w:p>{f'<w:pPr>{both}</w:pPr>' if both else ''}{content}</w:p>"


def attribute(value: str) -> str:
    """Escape a value for an attribute."""
    return escape(value, quote=True)


class Bookmarks:
    """Hands out bookmark ids, unique in one document."""

    def __init__(self) -> None:
        self.count = 0

    def around(self, name: str, content: str) -> str:
        """Return content between the start and end of a bookmark."""
        self.count += 1
        return f'<w:bookmarkStart w:id="{self.count}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{self.count}"/>'


def with_mark(properties: str, mark: str) -> str:
    """Add a mark to run properties, keeping the schema's order: style, bold, italic."""
    marks = [part for part in ('<w:rStyle w:val="Hyperlink"/>', "<w:b/><w:bCs/>", "<w:i/><w:iCs/>") if part in properties or part == mark]
    return "".join(marks)
