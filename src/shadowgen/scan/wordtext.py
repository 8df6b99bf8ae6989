"""A part of a Word file that holds text: what in it is not seen, who wrote it, what it fetches.

Enters: the root of a part, the looks of the file. Leaves: findings with their paragraph, and all words, seen or not. Rules: ISO/IEC 29500-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from shadowgen.scan.findings import Seen
from shadowgen.scan.wordlooks import W14, Looks, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
TEXT = (f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText")

FETCHING = {
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "INCLUDE",
    "IMPORT",
    "DDE",
    "DDEAUTO",
    "LINK",
    "RD",
    "DATABASE",
    "EMBED",
    "MACROBUTTON",
    "GOTOBUTTON",
}
PERSONAL = {
    "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERADDRESS", "USERINITIALS", "FILENAME", "TEMPLATE", "DOCPROPERTY", "DOCVARIABLE", "COMMENTS",
    "INFO", "SAVEDATE", "CREATEDATE", "PRINTDATE", "EDITTIME", "KEYWORDS", "SUBJECT", "REVNUM", "MERGEFIELD",
}  # fmt: skip
HIDDEN = {"XE", "TC", "TA", "PRIVATE", "ADDIN", "SET", "ASK", "QUOTE", "FILLIN", "IF", "COMPARE"}
FORMAT_CHANGES = {f"{W}{name}" for name in (
    "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange", "tblGridChange", "sectPrChange", "numberingChange",
)}  # fmt: skip
# Names that Word, LibreOffice and this project give without saying anything.
_PLAIN_BOOKMARK = re.compile(
    r"_sg\d+|_(Ref|Toc|Hlk|Hlt)_?\w*|_GoBack|_ftn\w*|_edn\w*|OLE_LINK\d+|__Fieldmark__\w*|__RefHeading\w*|bookmark\d+"
)
_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|tiff?|bmp|heic|webp|svg|docx?|pdf)$|[/\\]", re.IGNORECASE)
FAR = 15_000_000  # English metric units: 41 cm, more than a page of A3 is high
_MAX_EACH = 200  # findings of one kind in one part; more say nothing new


def see_text(root: etree._Element, part: str, looks: Looks) -> Seen:
    """Return what a text part holds."""
    seen = Seen()
    places = _paragraphs(root, part)
    for element in root.iter(etree.Element):
        _see(element, places, looks, seen)
    _runs(root, places, looks, seen)
    _fields(root, places, seen)
    _revision_ids(root, part, seen)
    seen.findings = list(_no_more_than(seen))
    read_words(root, part, seen, places)
    return seen


class _Places(dict):
    """The paragraph of an element, in words."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part

    def of(self, element: etree._Element) -> str:
        """Return part and paragraph; of an element between paragraphs, the next one."""
        for one in (element, *element.iterancestors()):
            if number := self.get(one):
                return f"{self.part} paragraph {number}"
        return self.part


def _paragraphs(root: etree._Element, part: str) -> _Places:
    places = _Places(part)
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        places[paragraph] = number
    return places


def _no_more_than(seen: Seen) -> Iterator[object]:
    counts: dict[str, int] = {}
    for one in seen.findings:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        if counts[one.kind] <= _MAX_EACH:
            yield one


def words_of(element: etree._Element) -> str:
    """Return the words in an element, of deletions and fields too."""
    return "".join(node.text or "" for node in element.iter(*TEXT))


# ---------------------------------------------------------------- single elements


def _see(element: etree._Element, places: _Places, looks: Looks, seen: Seen) -> None:
    tag, get = element.tag, element.get
    if tag in _CHANGES:
        _change(element, places, seen)
    elif tag in FORMAT_CHANGES:
        seen.tell("tracked-format", places.of(element), get(f"{W}author", ""))
    elif tag == f"{W}comment":
        seen.tell("comment", places.of(element), f"{get(f'{W}author', '')}: {words_of(element)}")
    elif tag == f"{W}bookmarkStart":
        if not _PLAIN_BOOKMARK.fullmatch(name := get(f"{W}name", "")):
            seen.tell("bookmark-name", places.of(element), name)
    elif tag in _NAMES:
        if name := get(f"{W}{_NAMES[tag][1]}", ""):
            seen.tell(_NAMES[tag][0], places.of(element), name)
    elif tag == f"{MC}AlternateContent":
        _alternative(element, places, seen)
    elif tag in (f"{W}object", f"{W}control", f"{OFFICE}OLEObject"):
        seen.tell("ole-object", places.of(element), get("ProgID", get(f"{W}name", "")))
    elif tag == f"{W}hyperlink" and get(f"{W}tooltip"):
        seen.tell("tooltip", places.of(element), get(f"{W}tooltip"))
    elif element.prefix in ("wp", "pic", "a", "v", "wps", "wpg") or tag.startswith((WP, A, VML)):
        _drawing(element, places, seen)


_CHANGES = {
    f"{W}ins": "insertion", f"{W}moveTo": "insertion", f"{W}cellIns": "insertion",
    f"{W}del": "deletion", f"{W}moveFrom": "deletion", f"{W}cellDel": "deletion", f"{W}cellMerge": "deletion",
}  # fmt: skip
_NAMES = {
    f"{W}tag": ("control-name", "val"), f"{W}alias": ("control-name", "val"), f"{W}smartTag": ("control-name", "element"),
    f"{W}customXml": ("control-name", "element"), f"{W}dataBinding": ("custom-xml", "xpath"), f"{W}statusText": ("form-field", "val"),
    f"{W}helpText": ("form-field", "val"), f"{W}default": ("form-field", "val"), f"{W}listItem": ("choice-list", "displayText"),
    f"{W}altChunk": ("embedded-file", "id"), f"{W}subDoc": ("linked-file", "id"),
}  # fmt: skip


def _change(element: etree._Element, places: _Places, seen: Seen) -> None:
    words = words_of(element)
    author = element.get(f"{W}author", "")
    seen.tell(_CHANGES[element.tag], places.of(element), f"{author}: {words}" if author else words)


def _alternative(element: etree._Element, places: _Places, seen: Seen) -> None:
    """Tell a choice or fallback whose words are not those of the first choice."""
    choices = [child for child in element if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    shown = {word for choice in choices[:1] for word in words_of(choice).split()}
    for other in choices[1:]:
        if set(words_of(other).split()) - shown:
            seen.tell("alternative-content", places.of(other), words_of(other))


def _drawing(element: etree._Element, places: _Places, seen: Seen) -> None:
    get, place = element.get, places.of(element)
    kind = etree.QName(element).localname
    if kind in ("docPr", "cNvPr"):
        if get("hidden") in ("1", "true"):
            seen.tell("hidden-text", place, get("name", ""))
        if is_file_name(get("name", "")) or is_file_name(get("title", "")):
            seen.tell("object-name", place, get("name", ""))
    elif kind == "posOffset" and re.fullmatch(r"-?\d+", element.text or "") and abs(int(element.text)) > FAR:
        seen.tell("outside-page", place, "a drawing")
    elif kind == "srcRect" and any(get(side, "0") not in ("0", "") for side in "ltrb"):
        seen.tell("cropped-picture", place)
    elif kind in ("hlinkClick", "hlinkHover") and get("tooltip"):
        seen.tell("tooltip", place, get("tooltip"))
    style = get("style", "").replace(" ", "").lower()
    if element.tag.startswith(VML) and style:
        if "visibility:hidden" in style or "mso-hide" in style:
            seen.tell("hidden-text", place, words_of(element) or "a drawing")
        elif any(abs(int(number)) > 1_200 for number in re.findall(r"(?:margin-left|margin-top|left|top):(-?\d{1,9})", style)):
            seen.tell("outside-page", place, words_of(element) or "a drawing")


def is_file_name(name: str) -> bool:
    """True if the name of a drawing is that of a file."""
    return bool(_FILE_NAME.search(name))


# ---------------------------------------------------------------- runs


def _runs(root: etree._Element, places: _Places, looks: Looks, seen: Seen) -> None:
    """Tell runs that cannot be seen; neighbours of one kind are one finding."""
    last: tuple[str, str] = ("", "")
    words: list[str] = []
    for run in root.iter(f"{W}r"):
        text = "".join(node.text or "" for node in run.findall(f"{W}t"))
        if not text.strip():
            continue
        now = (looks.why_unseen(run), places.of(run))
        if now != last:
            _flush(last, words, seen)
            last, words = now, []
        words.append(text)
    _flush(last, words, seen)


def _flush(last: tuple[str, str], words: list[str], seen: Seen) -> None:
    if last[0]:
        seen.tell(last[0], last[1], "".join(words))


# ---------------------------------------------------------------- fields


def _fields(root: etree._Element, places: _Places, seen: Seen) -> None:
    for place, command in commands(root, places):
        name = command.split()[0].upper() if command.split() else ""
        for kind, names in (("fetching-field", FETCHING), ("personal-field", PERSONAL), ("hidden-field", HIDDEN)):
            if name in names:
                seen.tell(kind, place, command)


def commands(root: etree._Element, places: _Places) -> Iterator[tuple[str, str]]:
    """Yield place and command of each field; a command may be split over runs, and fields may hold fields."""
    open_fields: list[tuple[str, list[str]]] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if node.tag == f"{W}fldSimple":
            yield places.of(node), node.get(f"{W}instr", "")
        elif node.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1][1].append(node.text or "")
            else:
                yield places.of(node), node.text or ""
        elif node.get(f"{W}fldCharType") == "begin":
            open_fields.append((places.of(node), []))
        elif node.get(f"{W}fldCharType") == "end" and open_fields:
            place, pieces = open_fields.pop()
            yield place, "".join(pieces)
    yield from ((place, "".join(pieces)) for place, pieces in open_fields)


# ---------------------------------------------------------------- the whole part


def _revision_ids(root: etree._Element, part: str, seen: Seen) -> None:
    marks = [name for element in root.iter(etree.Element) for name in element.attrib if is_revision_id(name)]
    if marks:
        seen.tell("revision-ids", part, f"{len(marks)} marks")


def is_revision_id(name: str) -> bool:
    """True if an attribute names an editing session or a paragraph across versions of the file."""
    return name.startswith(f"{W}rsid") or name in (f"{W14}paraId", f"{W14}textId")


def read_words(root: etree._Element, part: str, seen: Seen, places: _Places | None = None) -> None:
    """Read every word of a part: of each paragraph, of text between paragraphs, of attributes, of comments in the XML."""
    places = places if places is not None else _Places(part)
    for element in root.iter():
        if not isinstance(element.tag, str):
            seen.read(f"{part} XML comment", element.text or "")
            continue
        if element.tag == f"{W}p":
            seen.read(places.of(element), words_of(element))
        elif element.tag not in TEXT and element.text and element.text.strip():
            seen.read(places.of(element), element.text)
        for value in element.attrib.values():
            if len(value) > 3:
                seen.read(places.of(element), value)
