"""Citation styles: data that says how each type of source is worded, and the printing of one form.

Enters: `data/styles/<name>.yaml` (or the workspace's own) and a language. Leaves: a `Style`, and inlines made of a form and the values of one
source. Where a citation stands among the notes is the matter of `citations`. The grammar of forms is in docs/citations.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.locales import Locale, locale
from shadowgen.nodes import Emphasis, Inline, Inlines, Text, plain_text
from shadowgen.workspace import Workspace, shadowed
from shadowgen.yamlfile import Document, parse_yaml

POSITIONS = ("first", "later", "same", "ibid")


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style in one language.

    `words` are forms of their own, named by {w_...}; `short` names the fields that stand for a source without a short name, in order;
    `lower_case` are words that get no capital at the beginning of a note; `spell` are words that titles spell otherwise; `inside` puts commas
    and stops inside the closing quotation mark; `capitals` gives what follows a full stop of a form a capital letter.
    """

    types: Mapping[str, Mapping[str, str]]
    defaults: Mapping[str, str]
    words: Mapping[str, str]
    locators: Mapping[str, tuple[str, str]]
    locator_join: str
    quotes: tuple[str, str, str, str]
    dates: Mapping[str, str]
    months: tuple[str, ...]
    short: tuple[str, ...]
    separator: str
    end: str
    lower_case: tuple[str, ...]
    spell: Mapping[str, str]
    ibid_with_signal: bool
    italic_signals: bool
    capitals: bool
    inside: bool

    def form(self, type: str, which: str) -> str:
        """Return the form of a source type in a position; empty if the style has none for it (such as ibid.)."""
        own = self.types.get(type, {})
        if which == "same" and "same" not in own and "later" in own and not self._names_a_note(own["later"]):
            return own["later"]
        form = own.get(which, self.defaults.get(which, ""))
        return self.defaults["later"] if which == "same" and not form else form

    def _names_a_note(self, form: str) -> bool:
        return "{note}" in re.sub(r"\{w_(\w+)\}", lambda word: self.words.get(word[1], ""), form)

    def locator(self, kind: str, value: str, language: Locale) -> str:
        """Format a locator with this style's own word for its kind, or the language's."""
        return language.locator(kind, value, self.locators)

    def date(self, partial: str, language: Locale, field: str = "date") -> str:
        """Format a date of a source; a field may have patterns of its own ("accessed_day"), months abbreviations of the style's own."""
        patterns = {unit: self.dates.get(f"{field}_{unit}", self.dates[unit]) for unit in ("day", "month")}
        return language.date(partial, patterns, self.months)

    def spelled(self, title: str) -> str:
        """Return a title with the words that this style spells otherwise, such as "v" for "v."."""
        return " ".join(self.spell.get(word, word) for word in title.split(" ")) if self.spell else title


def load_style(workspace: Workspace, name: str, language: Locale) -> tuple[Style | None, list[Diagnostic]]:
    """Return a style of the workspace, or a built-in one; None where there is none, and why where it cannot be used."""
    found = shadowed(workspace, "templates/styles", "styles", f"{name}.yaml")
    if found is None:
        return None, []
    document, problems = parse_yaml(found[1], found[0])
    if problems:
        return None, problems
    try:
        return _style(document.data, language), list(_unknown_words(document))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        hint = "compare it with the built-in style 'un'"
        return None, [rules.WRONG_VALUE.at(document.origin(), f"the style lacks or garbles {error}", hint)]


def _style(data: Mapping[str, Any], language: Locale) -> Style:
    own = _in(data.get("languages", {}), language.language)
    words = {**language.citing, **own.get("words", {})}
    style = Style(
        types=data["types"],
        defaults=data["defaults"],
        words=words,
        locators={kind: (one, many) for kind, (one, many) in own.get("locators", {}).items()},
        locator_join=data.get("locator_join", ", "),
        quotes=tuple(own.get("quotes", language.quotes)),
        dates={**language.dates, **own.get("dates", {})},
        months=tuple(own.get("months", ())),
        short=tuple(data.get("short", ("title", "author", "court", "symbol"))),
        separator=own.get("separator", data["separator"]),
        end=own.get("end", data["end"]),
        lower_case=tuple(words[name] for name in data.get("lower_case", ())),
        spell=own.get("spell", {}),
        ibid_with_signal=data.get("ibid_with_signal") == "yes",
        italic_signals=data.get("italic_signals") == "yes",
        capitals=data.get("capitals") == "yes",
        inside=own.get("punctuation") == "inside",
    )
    for form in (
        style.separator,
        style.end,
        *words.values(),
        *(form for forms in (style.defaults, *style.types.values()) for form in forms.values()),
    ):
        parse_form(form)
    if len(style.quotes) != 4 or not style.defaults["first"] or not style.defaults["later"]:
        raise ValueError("'quotes' or 'defaults'")
    return style


def _in(by_language: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Return what a style says for a language, for its base language, or nothing."""
    return by_language.get(language) or by_language.get(language.split("-")[0]) or {}


def _unknown_words(document: Document) -> Iterable[Diagnostic]:
    """Report {w_...} that name no word of the style or of the locales."""
    data = document.data
    known = set(locale("en").citing) | {word for own in data.get("languages", {}).values() for word in own.get("words", {})}
    for group, forms in (("defaults", data["defaults"]), *(("types", one) for one in data["types"].values())):
        for which, form in forms.items():
            for name in re.findall(r"\{w_(\w+)\}", form):
                if name not in known:
                    yield rules.WRONG_VALUE.at(document.origin((group,)), f"{which}: there is no word '{name}'", "add it under 'words'")


# ---------------------------------------------------------------- forms

_TOKEN = re.compile(r"\\(.)|\{(\w+)\}|([\[\]|*\"])|([^\\{}\[\]|*\"]+)")
Part = tuple[str, Any]


@cache
def parse_form(form: str) -> tuple[Part, ...]:
    """Parse a form into parts: ("text", s), ("field", name), ("mark", c), ("group", alternatives)."""
    stack: list[list[list[Part]]] = [[[]]]
    for match in _TOKEN.finditer(form):
        literal, field_name, mark, text = match.groups()
        if mark == "[":
            stack.append([[]])
        elif mark == "]" and len(stack) > 1:
            group = stack.pop()
            stack[-1][-1].append(("group", tuple(tuple(option) for option in group)))
        elif mark == "|":
            stack[-1].append([])
        elif field_name:
            stack[-1][-1].append(("field", field_name))
        else:
            stack[-1][-1].append(("mark", mark) if mark else ("text", literal or text))
    return tuple(stack[0][0])


def print_form(style: Style, form: str, values: Mapping[str, Inlines]) -> Inlines:
    """Return a form filled with values: optional parts whose fields are empty left out, marks of italics and quotation made nodes."""
    marked = _marked(_fill(parse_form(form), values, style.words, strict=False) or [], style)
    return _one_stop(_capitals(marked) if style.capitals else marked)


def _fill(parts: tuple[Part, ...], values: Mapping[str, Inlines], words: Mapping[str, str], *, strict: bool) -> list[Inline | str] | None:
    """Return inlines with bare marks between; None if `strict` and a field is empty."""
    out: list[Inline | str] = []
    for kind, value in parts:
        match kind:
            case "text":
                out.append(Text(value))
            case "mark":
                out.append(value)
            case "field" if value.startswith("w_"):
                filled = _fill(parse_form(words.get(value[2:], "")), values, words, strict=True)
                if strict and not filled:
                    return None
                out += filled or []
            case "field":
                found = values.get(value, ())
                if strict and not found:
                    return None
                out += found
            case "group":
                options = (_fill(option, values, words, strict=True) for option in value)
                out += next((option for option in options if option is not None), [])
    return out


def _marked(parts: list[Inline | str], style: Style) -> Inlines:
    """Turn asterisks into italics and straight marks into quotation marks; quotations inside them get the inner marks."""
    out: list[list[Inline]] = [[]]
    quoted = False
    for part in parts:
        if part == '"':
            out[-1].append(Text(style.quotes[1 if quoted else 0]))
            quoted = not quoted
        elif part == "*" and len(out) == 1:
            out.append([])
        elif part == "*":
            out[-2].append(Emphasis(tuple(out.pop())))
        else:
            assert not isinstance(part, str)
            out[-1].append(_inner(part, style) if quoted and isinstance(part, Text) else part)
    flat = tuple(inline for level in out for inline in level)
    return _inside(flat, style.quotes[1]) if style.inside else flat


def _inner(text: Text, style: Style) -> Text:
    first, last, inner_first, inner_last = style.quotes
    return Text(text.text.replace(first, inner_first).replace(last, inner_last if last != "’" else last))


def _inside(inlines: Inlines, closing: str) -> Inlines:
    """Move a comma or stop that follows a closing quotation mark before it, as American style wants."""
    out = list(inlines)
    for place in range(len(out) - 1):
        here, after = out[place], out[place + 1]
        if here == Text(closing) and isinstance(after, Text) and after.text[:1] in (",", "."):
            before = plain_text(tuple(out[:place]))[-1:]
            out[place] = Text(closing if before in _STOPS else after.text[0] + closing)
            out[place + 1] = Text(after.text[1:])
    return tuple(out)


def _capitals(inlines: Inlines) -> Inlines:
    """Give each part behind a full stop of the form a capital letter."""
    before = (Text(""), *inlines)
    return tuple(
        Text(here.text[:1].upper() + here.text[1:])
        if isinstance(here, Text) and isinstance(last, Text) and last.text.endswith(". ")
        else here
        for last, here in zip(before, inlines, strict=False)
    )


_STOPS = (".", "!", "?", "…")


def _one_stop(inlines: Inlines) -> Inlines:
    """Drop the full stop that opens a text where the words before it end in one already."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and inline.text.startswith(".") and plain_text(tuple(out))[-1:] in _STOPS:
            inline = Text(inline.text[1:])
        out.append(inline)
    return tuple(out)


# ---------------------------------------------------------------- whole notes


def finish_note(content: Inlines, style: Style) -> Inlines:
    """Give a note its capital letter and its full stop; blanks at its edges go."""
    content = _stripped(content)
    if not plain_text(content).startswith(style.lower_case or ("\0",)):
        content = _capital(content)
    words = plain_text(content).rstrip()
    if words and words[-1] not in ".!?…。" and not words.endswith((".”", ".»", ".’", "!”", "?”", "!’", "?’")):
        return _ended(content, style)
    return content


def _ended(content: Inlines, style: Style) -> Inlines:
    """Add the stop of a note; it goes inside a last quotation mark where the style wants that."""
    last, closing = content[-1], style.quotes[1]
    if style.inside and isinstance(last, Text) and last.text.endswith(closing):
        return (*content[:-1], Text(last.text.removesuffix(closing) + style.end + closing))
    return (*content, Text(style.end))


def _stripped(content: Inlines) -> Inlines:
    if content and isinstance(content[0], Text):
        content = (Text(content[0].text.lstrip()), *content[1:])
    if content and isinstance(content[-1], Text):
        content = (*content[:-1], Text(content[-1].text.rstrip()))
    return tuple(inline for inline in content if inline != Text(""))


def _capital(content: Inlines) -> Inlines:
    if not content:
        return content
    head = content[0]
    match head:
        case Text(text) if text[:1].islower() and not re.match(r"https?:|www\.", text):
            return (Text(text[:1].upper() + text[1:]), *content[1:])
        case Emphasis(children):
            return (Emphasis(_capital(children)), *content[1:])
    return content
