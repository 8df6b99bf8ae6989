"""A coalition's Word file -> what may come along from it: styles, theme, page setup, header and footer. Nothing else of it is kept.

Enters: the bytes of a .dotx or .docx. Leaves: a `WordTemplate`, or the reason why the file is not used. The file is hostile until proven otherwise:
`archive` guards the package, `styling` and `furniture` copy by lists of what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shadowgen.wordtemplate.archive import Package, Refused
from shadowgen.wordtemplate.furniture import Furnishing, read_furniture
from shadowgen.wordtemplate.styling import PARAGRAPH, PageSetup, StyleSheet, Theme, read_page, read_styles, read_theme


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """What comes along: styles by kind and name, theme, page setup, running heads and feet."""

    styles: StyleSheet
    theme: Theme
    page: PageSetup | None
    furniture: tuple[Furnishing, ...]
    even_pages: bool

    def look_values(self) -> dict[str, Any]:
        """Return what the template says of fonts, sizes, colours and paper, as look.yaml would, so that the PDF follows it."""
        values = self.styles.look_values(self.theme)
        if self.page:
            values |= {"page": (self.page.width, self.page.height), "margins": dict(self.page.margins)}
        return values


def read_template(raw: bytes) -> tuple[WordTemplate | None, str]:
    """Return the template and an empty reason, or None and why the file is not used."""
    try:
        package = Package(raw)
        document = package.main()
        theme = read_theme(package.related(document, "theme"))
        styles = read_styles(package.related(document, "styles"))
        page = read_page(package.xml(document))
        furniture, even = read_furniture(package, document)
    except Refused as refused:
        return None, str(refused)
    return WordTemplate(styles, theme, page, furniture, even), ""


__all__ = ["PARAGRAPH", "Furnishing", "PageSetup", "StyleSheet", "Theme", "WordTemplate", "read_template"]
