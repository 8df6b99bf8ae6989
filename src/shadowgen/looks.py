"""How a document looks: one small file of fonts, sizes, colours and shapes that Word and PDF share, and the CSS of the page.

Enters: `templates/looks/<name>/` of the workspace, or a built-in look, and the looks it is based on. Leaves: a `Look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.lookfile import LogoFile, LookFile
from shadowgen.validation import validate
from shadowgen.wordtemplate import WordTemplate, read_template
from shadowgen.workspace import Workspace, built_in_names, read_bytes, shadowed
from shadowgen.yamlfile import Document, parse_yaml

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_SHAPES = ("cover", "cases", "asks")


@dataclass(frozen=True, slots=True)
class Script:
    """How text in a script other than the look's own is set: its fonts by role, and factors for sizes and lines."""

    fonts: Mapping[str, tuple[str, ...]]
    larger: float
    looser: float


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts by role (first choice first), sizes in points, page and margins in millimetres, colours as RRGGBB, and the page's CSS.

    `shapes` says how covers, cases and asks are drawn: see `lookfile`.
    """

    name: str
    page: tuple[float, float]
    margins: Mapping[str, float]
    fonts: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    justify: bool
    line_height: float
    shapes: Mapping[str, str]
    heading_rule: bool
    css: str
    logos: tuple[LogoFile, ...] = ()
    template: WordTemplate | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    script: str = ""

    def in_script(self, script: str) -> Look:
        """Return the look for a document in another script: what it prints in that script's fonts, at the size that suits them."""
        own = self.scripts.get(script)
        if own is None:
            return self
        sizes = {name: round(size * own.larger * 2) / 2 for name, size in self.sizes.items()}
        return replace(self, sizes=sizes, line_height=self.line_height * own.looser, script=script)

    def page_fonts(self, role: str) -> list[str]:
        """Return the fonts of a page in order: those of the document's own script first, so that its signs and figures match its letters.

        There Word's font comes last: the system may answer its name with a look-alike that lacks the script.
        """
        own = [name for code, script in self.scripts.items() if code == self.script for name in reversed(script.fonts[role])]
        others = [name for script in self.scripts.values() for name in script.fonts[role]]
        return list(dict.fromkeys((*own, *self.fonts[role], *others)))

    def font_of(self, script: str, role: str) -> str:
        """Return the font that Word is to use for a role in a script; the look's own where it names none."""
        return (self.scripts[script].fonts if script in self.scripts else self.fonts)[role][0]

    def custom_properties(self) -> str:
        """Return the look as CSS custom properties, for the page's CSS to use."""
        rows = {f"size-{name}": f"{size:g}pt" for name, size in self.sizes.items()}
        rows |= {f"colour-{name}": f"#{colour}" for name, colour in self.colours.items()}
        rows |= {f"margin-{name}": f"{length:g}mm" for name, length in self.margins.items()}
        for role, names in self.fonts.items():
            generic = "serif" if "Times" in names[0] or "Serif" in names[0] else "sans-serif"
            rows[f"font-{role}"] = ", ".join([*(f'"{name}"' for name in self.page_fonts(role)), generic])
        width, height = self.page
        rows |= {
            "paper": f"{width:g}mm {height:g}mm",
            "paper-wide": f"{height:g}mm {width:g}mm",
            "align": "justify" if self.justify else "start",
            "line-height": f"{self.line_height:g}",
        }
        return ":root {" + "; ".join(f"--{name}: {value}" for name, value in rows.items()) + "}"

    def class_names(self) -> str:
        """Return the shapes as names of classes, for the page's CSS to choose by."""
        return " ".join([*(f"{name}-{self.shapes[name]}" for name in _SHAPES), *(["heading-rule"] * self.heading_rule)])

    def text_width(self, *, wide: bool = False) -> float:
        """Return the width of the text in millimetres, on a page upright or across."""
        return self.page[wide] - self.margins["left"] - self.margins["right"]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One look of a chain: its file and its own CSS, empty if it has none."""

    document: Document
    said: LookFile
    css: str


def look_names(workspace: Workspace) -> list[str]:
    """Return the names of the looks that there are: built in, and the workspace's own."""
    own = workspace.root / "templates" / "looks"
    return sorted({*built_in_names("templates/looks", ""), *(one.parent.name for one in own.glob("*/look.yaml"))})


def load_look(workspace: Workspace, name: str) -> tuple[Look | None, list[Diagnostic]]:
    """Return a look of the workspace, or a built-in one; None where there is none, and why where it cannot be used."""
    layers: list[_Layer] = []
    names: list[str] = []
    while name:
        layer, problems = _layer(workspace, name)
        if layer is None and layers and not problems:
            problems = [_wrong_base(layers[-1], f"there is no look '{name}'", did_you_mean(name, look_names(workspace)))]
        if layer is None:
            return None, problems
        layers.append(layer)
        names.append(name)
        name = layer.said.based_on or ""
        if name in names:
            return None, [_wrong_base(layer, f"the look '{name}' would be based on itself", "name another look, such as un")]
    template, problems = _template(workspace, layers)
    return (None, problems) if problems else _look(names[0], layers, template)


def _template(workspace: Workspace, layers: list[_Layer]) -> tuple[WordTemplate | None, list[Diagnostic]]:
    """Return the Word template of the nearest look that names one; it stands beside that look, in the workspace."""
    layer = next((layer for layer in layers if layer.said.word_template), None)
    if layer is None:
        return None, []
    path = workspace.own_file(layer.document.file.rsplit("/", 1)[0], layer.said.word_template or "")
    raw = read_bytes(path) if path else None
    template, reason = read_template(raw) if raw is not None else (None, "there is no such file beside the look")
    if template:
        return template, []
    hint = "open it in Word and save it as a Word template (.dotx) without a password"
    return None, [rules.WRONG_VALUE.at(layer.document.origin(("word_template",)), f"'{layer.said.word_template}': {reason}", hint)]


def _wrong_base(layer: _Layer, message: str, hint: str) -> Diagnostic:
    return rules.WRONG_VALUE.at(layer.document.origin(("based_on",)), message, hint or "built in: un, coalition")


def _layer(workspace: Workspace, name: str) -> tuple[_Layer | None, list[Diagnostic]]:
    folder = f"templates/looks/{name}"
    found, css = (shadowed(workspace, folder, folder, file) for file in ("look.yaml", "page.css"))
    if found is None:
        return None, []
    document, problems = parse_yaml(found[1], found[0])
    if problems:
        return None, problems
    said, problems = validate("look", document)
    if said is None:
        return None, problems
    if css is None and not said.based_on:
        return None, [rules.MISSING_FIELD.at(document.origin(), "the look has neither a page.css nor 'based_on'", "add 'based_on: un'")]
    return _Layer(document, said, css[1] if css else ""), []


def _look(name: str, layers: list[_Layer], template: WordTemplate | None) -> tuple[Look | None, list[Diagnostic]]:
    """Join a chain of looks, the base first; what the last one says wins."""
    values: dict[str, Any] = {}
    for layer in reversed(layers):
        values = _joined(values, layer.said.model_dump(exclude_none=True, exclude={"title", "based_on", "logos"}))
    values["page"] = PAPERS.get(values.get("paper", ""))
    if template:
        values = _joined(values, template.look_values())
        if template.styles.find("paragraph", "title"):
            values["cover"] = "plain"  # a band under the session alone would look broken
    if missing := _missing(values):
        told = f"the look does not say {', '.join(missing)}"
        return None, [rules.MISSING_FIELD.at(layers[0].document.origin(), told, "add 'based_on: un', and only what differs")]
    fonts = {role: tuple(names) for role, names in values["fonts"].items()}
    css = "\n".join(layer.css for layer in reversed(layers))
    shapes = {shape: values[shape] for shape in _SHAPES}
    look = Look(
        name, values["page"], values["margins"], fonts, values["sizes"], values["colours"], values["justify"],
        values["line_height"], shapes, values["heading_rule"], css, _logos(layers), template, _scripts(values, fonts),
    )  # fmt: skip
    return look, []


def _scripts(values: Mapping[str, Any], roles: Mapping[str, Any]) -> dict[str, Script]:
    """Return the scripts that a chain of looks names; a role beside body and heading has the fonts of the body."""
    return {
        code: Script({role: tuple(own.get(role, own["body"])) for role in roles}, own["larger"], own["looser"])
        for code, own in values.get("scripts", {}).items()
    }


def _joined(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: {**base.get(key, {}), **value} for key, value in own.items() if isinstance(value, dict)}
    return {**base, **own, **both}


_GROUPS = {name: tuple(LookFile.model_fields[name].annotation.model_fields) for name in ("margins", "sizes", "colours")}  # type: ignore[union-attr]


def _missing(values: Mapping[str, Any]) -> list[str]:
    """Return what no look of the chain says."""
    single = [name for name in ("paper", *_SHAPES, "heading_rule", "justify", "line_height") if name not in values]
    grouped = [f"{name}: {key}" for name, keys in _GROUPS.items() for key in keys if key not in values.get(name, {})]
    return single + grouped + [f"fonts: {role}" for role in ("body", "heading") if role not in values.get("fonts", {})]


def _logos(layers: list[_Layer]) -> tuple[LogoFile, ...]:
    """Return the logos of the nearest look that names any; each file stands beside that look."""
    for layer in layers:
        if layer.said.logos:
            folder = layer.document.file.rsplit("/", 1)[0]
            return tuple(
                LogoFile(f"{folder}/{one.file}", one.name, layer.document.origin(("logos", place, "file")))
                for place, one in enumerate(layer.said.logos)
            )
    return ()
