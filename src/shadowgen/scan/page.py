"""An HTML page: words that a browser does not show, what its source says beside them, what it asks of other computers.

Enters: bytes. Leaves: what was seen, with the line of the source.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from shadowgen.scan.css import Hiding, addresses, coloured, hiding_rules, selects, shown_on_focus, why_hidden
from shadowgen.scan.findings import Seen
from shadowgen.scan.package import Unreadable
from shadowgen.scan.paths import path_in
from shadowgen.scan.picture import JPEG, PNG, see_picture
from shadowgen.scan.svg import looks_like_svg, see_svg

MAX_BYTES = 60_000_000
# What a browser asks for without being told to by the reader.
_FETCHING = {
    "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "iframe": ("src",),
    "frame": ("src",), "embed": ("src",), "object": ("data",), "script": ("src",), "input": ("src",), "body": ("background",), "image": ("href",),
    "table": ("background",), "td": ("background",), "use": ("href",), "applet": ("code",),
}  # fmt: skip
_PLAIN_META = {"viewport", "color-scheme", "theme-color", "referrer", "robots", "format-detection"}
_NO_WORDS = {"script", "style", "head", "title", "template", "noscript"}
_DATA = re.compile(r"data:[\w/+.-]*(;[\w=-]+)*,", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|h\d|li|ul|ol|table|tr|t[dh]|section|article|aside|br|blockquote|nav|header|footer|dt|dd|figure|figcaption|body|title)\b[^>]*>",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Page:
    root: etree._Element
    rules: tuple[Hiding, ...]
    coloured: tuple[str, ...]
    on_focus: tuple[str, ...]
    labels: frozenset[str]
    shown: str


def see_page(data: bytes) -> Seen:
    """Return what an HTML page holds."""
    if len(data) > MAX_BYTES:
        raise Unreadable("bomb")
    text = _decoded(data)
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("unreadable") from error
    if any("depth" in error.message.lower() for error in parser.error_log):  # what lies deeper than 256 elements was not read
        raise Unreadable("bomb")
    seen = Seen()
    sheets = [(style, style.text or "") for style in root.iter("style")]
    all_sheets = "\n".join(sheet for _, sheet in sheets)
    page = _Page(
        root=root,
        rules=tuple(hiding_rules(all_sheets)),
        coloured=tuple(coloured(all_sheets)),
        on_focus=tuple(shown_on_focus(all_sheets)),
        labels=frozenset(id for one in root.iter(etree.Element) for id in one.get("aria-labelledby", "").split()),
        shown=" ".join(root.text_content().split()),
    )
    for style, sheet in sheets:
        _fetches(addresses(sheet), style, seen)
    for element in root.iter():
        _see(element, page, seen)
    _read(text, seen)
    return seen


def _decoded(data: bytes) -> str:
    for mark, coding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    said = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode(said[1].decode("ascii") if said else "cp1252", "replace")
        except LookupError:
            return data.decode("cp1252", "replace")


def _line(element: etree._Element) -> str:
    return f"line {element.sourceline or 0}"


def _see(element: etree._Element, page: _Page, seen: Seen) -> None:
    if element.tag is etree.Comment or element.tag is etree.ProcessingInstruction:
        if (element.text or "").strip():
            seen.tell("markup-comment", _line(element), element.text)
        return
    if not isinstance(element.tag, str):
        return
    _hidden(element, page, seen)
    _attributes(element, page, seen)
    tag, get = element.tag, element.get
    if tag == "meta":
        _meta(element, seen)
    elif tag in ("script", "template", "noscript") and "".join(element.itertext()).strip():
        seen.tell("program-code" if tag == "script" else "hidden-element", _line(element), "".join(element.itertext()))
    elif tag == "link" and get("rel", "").lower() not in ("canonical", "author", "license", "alternate", "next", "prev"):
        _fetches([get("href", "")], element, seen)
    elif tag == "input" and get("type", "").lower() == "hidden":
        seen.tell("hidden-element", _line(element), get("value", ""))
    elif tag == "base" or (tag == "a" and path_in(get("href", ""))):
        seen.tell("file-path", _line(element), get("href", ""))
    elif tag == "a" and get("ping"):
        seen.tell("remote-request", _line(element), get("ping"))
    for name in _FETCHING.get(tag, ()):
        pieces = [piece.split()[0] for piece in get(name, "").split(",") if piece.split()] if name == "srcset" else [get(name, "")]
        _fetches(pieces, element, seen)


def _hidden(element: etree._Element, page: _Page, seen: Seen) -> None:
    """Tell an element that is not shown; what stands in it is told with it."""
    kind = why_hidden(element.get("style", "")) or ("hidden-element" if "hidden" in element.attrib else "")
    kind = kind or next((rule.kind for rule in page.rules if selects(rule.selector, element)), "")
    if element.tag == "font" and re.fullmatch(r"#?f[0-9a-f]f[0-9a-f]f[0-9a-f]|white", element.get("color", ""), re.IGNORECASE):
        kind = "pale-text"
    words = "".join(element.itertext()).strip()
    if kind == "pale-text" and any(selects(one, above) for above in (element, *element.iterancestors()) for one in page.coloured):
        kind = ""
    if kind and words and element.tag not in _NO_WORDS and not _for_keys_or_ears(element, words, page):
        seen.tell(kind, _line(element), words)
    if element.tag == "details" and "open" not in element.attrib and words:
        seen.tell("hidden-element", _line(element), words)


def _for_keys_or_ears(element: etree._Element, words: str, page: _Page) -> bool:
    """True for what is out of sight for a good reason: a link into the page that the keyboard shows, the page's own title, a short heading that
    names a part to screen readers."""
    if element.tag == "a" and element.get("href", "").startswith("#"):
        return any(selects(one, element) for one in page.on_focus)
    if element.tag == "h1" and words == "".join(element.getroottree().findtext("head/title") or "").strip():
        return True  # the title, which the browser shows in its tab
    return element.tag in ("h1", "h2", "h3", "h4") and element.get("id") in page.labels and len(words.split()) <= 3


def _attributes(element: etree._Element, page: _Page, seen: Seen) -> None:
    for name, value in element.attrib.items():
        words = " ".join(value.split())
        if name.startswith("data-") and words and words not in page.shown:
            seen.tell("data-attribute", _line(element), f"{name}: {words}")
        elif name == "title" and words and words not in page.shown:
            seen.tell("tooltip", _line(element), words)
        elif name.startswith("on"):
            seen.tell("program-code", _line(element), f"{name}: {words}")
        elif name == "style":
            _fetches(addresses(value), element, seen)


def _meta(element: etree._Element, seen: Seen) -> None:
    name = (element.get("name") or element.get("property") or "").lower()
    words = element.get("content", "")
    if element.get("http-equiv", "").lower() == "refresh":
        seen.tell("remote-request", _line(element), words)
    elif name and name not in _PLAIN_META:
        kind = {"author": "author", "generator": "program", "date": "date", "company": "company"}.get(name, "description")
        seen.tell(kind, f"{_line(element)} meta {name}", words)


def _fetches(targets: list[str], element: etree._Element, seen: Seen) -> None:
    """Tell what a browser asks another computer, or the disk, for; look into pictures that are in the page."""
    for target in targets:
        target = target.strip()
        if path_in(target) and target.lower().startswith("file:"):
            seen.tell("file-path", _line(element), target)
        elif head := _DATA.match(target):
            _data(target, head, element, seen)
        elif target and not target.startswith("#"):
            seen.tell("remote-request", _line(element), target)


def _data(target: str, head: re.Match[str], element: etree._Element, seen: Seen) -> None:
    raw = unquote_to_bytes(target[head.end() :])
    if ";base64" in head[0].lower():
        try:
            raw = base64.b64decode(raw, validate=False)
        except (binascii.Error, ValueError):
            raw = b""
    if raw.startswith((PNG, JPEG)):
        seen.take(see_picture(raw), _line(element))
    elif looks_like_svg(raw):
        seen.take(see_svg(raw), _line(element))
    elif not head[0].lower().startswith(("data:font", "data:application/font", "data:application/x-font")):
        seen.tell("unknown-part", _line(element), head[0])


def _read(text: str, seen: Seen) -> None:
    """Read the source as a browser shows it, then as it stands: attributes, comments, scripts."""
    shown = re.sub(r"<[^>]*>", "", _BLOCK.sub(" ", text))
    for form, whole in (("line", shown), ("source line", text)):
        for number, line in enumerate(whole.split("\n"), 1):
            plain = html.unescape(_SHORT.sub("", line))
            seen.read(f"{form} {number}", plain)


_SHORT = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")  # a picture in the page holds no words that could be compared
