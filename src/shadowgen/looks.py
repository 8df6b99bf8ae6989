"""How a document looks: one small file of fonts, sizes and colours that Word and PDF share, and the CSS of the page.

Enters: `templates/looks/<name>/` of the workspace, or a built-in look. Leaves: a `Look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.workspace import Workspace, shadowed
from shadowgen.yamlfile import parse_yaml

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts by role (first choice first), sizes in points, margins in millimetres, colours as RRGGBB, and the page's CSS."""

    name: str
    paper: str
    margins: Mapping[str, float]
    fonts: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    justify: bool
    line_height: float
    css: str

    def custom_properties(self) -> str:
        """Return the look as CSS custom properties, for the page's CSS to use."""
        rows = {f"size-{name}": f"{size:g}pt" for name, size in self.sizes.items()}
        rows |= {f"colour-{name}": f"#{colour}" for name, colour in self.colours.items()}
        rows |= {f"margin-{name}": f"{length:g}mm" for name, length in self.margins.items()}
        for role, names in self.fonts.items():
            generic = "serif" if "Times" in names[0] or "Serif" in names[0] else "sans-serif"
            rows[f"font-{role}"] = ", ".join([*(f'"{name}"' for name in names), generic])
        width, height = PAPERS[self.paper]
        rows |= {
            "paper": f"{width:g}mm {height:g}mm",
            "align": "justify" if self.justify else "left",
            "line-height": f"{self.line_height:g}",
        }
        return ":root {" + "; ".join(f"--{name}: {value}" for name, value in rows.items()) + "}"


def load_look(workspace: Workspace, name: str) -> tuple[Look | None, list[Diagnostic]]:
    """Return a look of the workspace, or a built-in one; None where there is none, and why where it cannot be used."""
    folder = f"templates/looks/{name}"
    found, css = (shadowed(workspace, folder, folder, file) for file in ("look.yaml", "page.css"))
    if found is None or css is None:
        return None, []
    document, problems = parse_yaml(found[1], found[0])
    if problems:
        return None, problems
    try:
        return _look(name, document.data, css[1]), []
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        hint = "copy the built-in look.yaml and change its values"
        return None, [rules.WRONG_VALUE.at(document.origin(), f"the look lacks or garbles {error}", hint)]


def _look(name: str, data: Mapping[str, Any], css: str) -> Look:
    numbers = {field: {key: float(value) for key, value in data[field].items()} for field in ("margins", "sizes")}
    fonts = {role: tuple(names) for role, names in data["fonts"].items()}
    if data["paper"] not in PAPERS:
        raise ValueError(data["paper"])
    return Look(
        name, data["paper"], numbers["margins"], fonts, numbers["sizes"], dict(data["colours"]),
        data["justify"] in ("yes", "true"), float(data["line_height"]), css,
    )  # fmt: skip
