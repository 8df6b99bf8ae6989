"""The structure of a PDF as a screen reader walks it, read with pikepdf: shares nothing with the writers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(slots=True)
class Node:
    """A structure element: its type, the words of its own and its kids in reading order, its links as (address, description)."""

    kind: str
    language: str = ""
    alt: str = ""
    id: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def all(self, kind: str = "") -> Iterator[Node]:
        """Yield this element and those below it, parents first; only those of one type if it is given."""
        if not kind or self.kind == kind:
            yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all(kind)

    def text(self, without: tuple[str, ...] = ()) -> str:
        """Return the words below, in reading order, without those of some types."""
        return "".join(kid if isinstance(kid, str) else "" if kid.kind in without else kid.text(without) for kid in self.kids)

    def dump(self, depth: int = 0) -> str:
        """Return the element and those below it as indented lines: a type with what it says, words in quotation marks."""
        said = [self.kind, *(f"{name}={value!r}" for name in ("language", "alt", "id") if (value := getattr(self, name)))]
        said += [f"-> {target} ({words})" for target, words in self.links]
        rows = ["  " * depth + " ".join(said)]
        for kid in self.kids:
            rows.append(kid.dump(depth + 1) if isinstance(kid, Node) else "  " * (depth + 1) + repr(kid))
        return "\n".join(rows)


@dataclass(slots=True)
class Structure:
    """A whole PDF: its tree, the words of its artifacts by page, its named destinations by page, its catalogue."""

    root: Node
    artifacts: list[list[tuple[str, str]]]
    destinations: dict[str, int]
    catalogue: dict[str, Any]
    tabs: list[str]


def read_structure(path: Path) -> Structure:
    """Return what a PDF says to a screen reader."""
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        marked, artifacts = zip(*(_marked(page) for page in pdf.pages), strict=True)
        root = _node(pdf.Root.StructTreeRoot.K[0], pages, marked, None)
        names = pdf.Root.Names.Dests.Names if "/Names" in pdf.Root else []
        destinations = {str(names[at]): pages[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
        catalogue = {
            "language": str(pdf.Root.Lang), "title shown": bool(pdf.Root.ViewerPreferences.DisplayDocTitle), "title": str(pdf.docinfo.Title),
            "marked": bool(pdf.Root.MarkInfo.Marked), "labels": [str(item) if isinstance(item, int) else str(item.S) for item in pdf.Root.PageLabels.Nums],
            "xmp": bytes(pdf.Root.Metadata.read_bytes()).decode(), "ids": [str(one) for one in list(pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", []))[::2]],
        }  # fmt: skip
        return Structure(root, list(artifacts), destinations, catalogue, [str(page.get("/Tabs")) for page in pdf.pages])


def _node(element: Any, pages: dict[Any, int], marked: Any, page: int | None) -> Node:
    page = pages[element.Pg.objgen] if "/Pg" in element else page
    node = Node(str(element.S)[1:], *(str(element.get(f"/{name}", "")) for name in ("Lang", "Alt", "ID")))
    node.attributes = {key[1:]: str(value) for key, value in element.get("/A", {}).items()}
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.kids.append(marked[page][kid])
            node.pages.add(page)
        elif kid.get("/Type") == "/MCR":
            there = pages[kid.Pg.objgen]
            node.kids.append(marked[there][int(kid.MCID)])
            node.pages.add(there)
        elif kid.get("/Type") == "/OBJR":
            link = kid.Obj
            node.links.append((str(link.Dest) if "/Dest" in link else str(link.A.URI), str(link.Contents)))
        else:
            node.kids.append(_node(kid, pages, marked, page))
            node.pages |= node.kids[-1].pages
    if "/ActualText" in element:  # stands for all that is inside (ISO 32000-1, 14.9.4)
        node.kids = [str(element.ActualText)]
    return node


def _marked(page: pikepdf.Page) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """Return the words of a page by the number of their marked content, and those of its artifacts with their kind."""
    fonts = {name: _decoder(font) for name, font in page.Resources.Font.items()}
    words: dict[int, str] = {}
    artifacts: list[tuple[str, str]] = []
    inside: list[tuple[str, Any]] = []
    decode = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                inside.append((str(operands[0]), operands[1] if len(operands) > 1 else {}))
                if inside[-1][0] != "/Artifact":
                    words.setdefault(int(inside[-1][1].MCID), "")
            case "EMC":
                inside.pop()
            case "Tf":
                decode = fonts[str(operands[0])]
            case "TJ" | "Tj":
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                text = "".join(decode(bytes(part)) for part in shown if isinstance(part, pikepdf.String))
                assert inside, f"words that are no marked content: {text}"
                tag, properties = inside[-1]
                if tag == "/Artifact":
                    artifacts.append((str(properties.get("/Subtype", ""))[1:], text))
                else:
                    words[int(properties.MCID)] += text
    return words, artifacts


def _decoder(font: Any) -> Any:
    """Return a function that makes text of the codes of a font, by its ToUnicode map; a part of a letter has an empty text there."""
    table = {}
    for code, text in re.findall(
        r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", font.ToUnicode.read_bytes().decode("latin-1").split("endcodespacerange")[1]
    ):
        table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return lambda data: "".join(table[int.from_bytes(data[at : at + 2], "big")] for at in range(0, len(data), 2))
