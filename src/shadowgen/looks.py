"""How a document looks: one small file of fonts, sizes and colours that Word and PDF share, and the CSS of the page.

Enters: `templates/looks/<name>/` of the workspace, or a built-in look. Leaves: a `Look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen.workspace import Workspace, built_in, read_bytes
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


def load_look(workspace: Workspace, name: str) -> Look | None:
    """Return a look of the workspace, or a built-in one; None if there is none or it cannot be read."""
    text, css = (_file(workspace, name, file) for file in ("look.yaml", "page.css"))
    if text is None or css is None:
        return None
    document, problems = parse_yaml(text, f"looks/{name}/look.yaml")
    try:
        return None if problems else _look(name, document.data, css)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _file(workspace: Workspace, look: str, name: str) -> str | None:
    own = workspace.own_file(f"templates/looks/{look}", name)
    raw = read_bytes(own) if own else None
    return raw.decode("utf-8", "replace") if raw is not None else built_in(f"templates/looks/{look}", name)


def _look(name: str, data: Mapping[str, Any], css: str) -> Look:
    numbers = {field: {key: float(value) for key, value in data[field].items()} for field in ("margins", "sizes")}
    fonts = {role: tuple(names) for role, names in data["fonts"].items()}
    if data["paper"] not in PAPERS:
        raise ValueError(data["paper"])
    return Look(
        name, data["paper"], numbers["margins"], fonts, numbers["sizes"], dict(data["colours"]),
        data["justify"] in ("yes", "true"), float(data["line_height"]), css,
    )  # fmt: skip
