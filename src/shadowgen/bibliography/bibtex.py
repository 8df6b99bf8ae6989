"""BibTeX and BibLaTeX, as Zotero and Better BibTeX export them, to items. The only door to bibtexparser and pylatexenc."""

from __future__ import annotations

import logging
import re
from typing import Any

from shadowgen import rules
from shadowgen.bibliography.item import Item, Name, date_of, joined, language_of, link_of, month_number, name_of, partial, plain, terms
from shadowgen.diagnostics import Diagnostic, Origin

_VERBATIM = ("url", "doi", "file", "archived", "archiveurl", "urldate", "date")


def read_bibtex(text: str, file: str) -> tuple[list[Item], list[Diagnostic]]:
    """Return the items of a BibTeX text; an entry that cannot be read is a problem, the others are read."""
    import bibtexparser
    from bibtexparser import middlewares, model

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    stack = [middlewares.ResolveStringReferencesMiddleware(), middlewares.RemoveEnclosingMiddleware()]
    library = bibtexparser.parse_string(text, parse_stack=stack)
    items: list[Item] = []
    problems: list[Diagnostic] = []
    for block in library.blocks:
        origin = Origin(file, (block.start_line or 0) + 1)
        if isinstance(block, model.DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, model.Entry):
            block = block.ignore_error_block
        if isinstance(block, model.Entry):
            items.append(_item(block, origin))
        elif isinstance(block, model.ParsingFailedBlock):
            problems.append(rules.UNREADABLE_ENTRY.at(origin, "the entry cannot be read", "look at its braces, quotation marks and commas"))
    return items, problems


def _item(entry: Any, origin: Origin) -> Item:
    table = terms()["bibtex"]
    fields = {field.key.lower(): str(field.value) for field in entry.fields if field.value is not None}
    values: dict[str, str] = {}
    used: set[str] = set()
    for variable, names in (*table["fields"].items(), *table["names"].items()):
        name = next((name for name in names if fields.get(name, "").strip()), "")
        if name:
            used.add(name)
            values[variable] = fields[name] if name in _VERBATIM or variable in table["names"] else unlatex(fields[name])
    people = {variable: _names(values[variable]) for variable in table["names"] if variable in values}
    values |= {variable: plain(joined(names)) for variable, names in people.items()}
    left = [name for name in fields if name not in used and name not in ("day", "month", "year", "entrysubtype", "shortjournal")]
    left += _tidy(values)
    type = _type(entry.entry_type.lower(), fields, values)
    if type not in ("article-journal", "review"):
        values.pop("issue", None)
    surname = people["author"][0].family if people.get("author") else ""
    kept = {name: value for name, value in values.items() if value}
    return Item(origin, type, kept, entry.key, surname, tuple(left))


def _tidy(values: dict[str, str]) -> list[str]:
    """Join what BibTeX keeps apart, make dates and addresses ours; return the names of what was lost."""
    lost = []
    if subtitle := values.pop("subtitle", ""):
        values["title"] = f"{values.get('title', '')}: {subtitle}".removeprefix(": ")
    year, month, day = (values.pop(name, "") for name in ("year", "month", "day"))
    if "issued" not in values and year:
        values["issued"] = _year_and_month(year, month, day)
    for name in ("issued", "accessed"):
        values[name], shortened = date_of(values.get(name, ""))
        lost += ["end of a range of dates"] if shortened else []
    values["URL"] = link_of(_address(values.get("URL", "")) or _address(values.get("genre", "")))
    values["archive_location"] = link_of(_address(values.get("archive_location", "")))
    values["language"] = language_of(values.get("language", ""))
    values["page"] = re.sub(r"-+|–", "-", values.get("page", ""))
    return lost


def _year_and_month(year: str, month: str, day: str) -> str:
    number = month_number(month) if month else None
    if not number or not year.strip().isdecimal():
        return year
    return partial(int(year), number, *([int(day)] if day.strip().isdecimal() else []))


def _address(text: str) -> str:
    r"""Return the address in `\url{...}` or plain text, its escaped characters as they are."""
    found = re.search(r"https?://[^\s{}<>\"]+|www\.[^\s{}<>\"]+", re.sub(r"\\([_%&#~$])", r"\1", text))
    return found[0] if found else ""


def _type(entry_type: str, fields: dict[str, str], values: dict[str, str]) -> str:
    table = terms()["bibtex"]
    type = table["subtypes"].get(fields.get("entrysubtype", "").lower()) or table["types"].get(entry_type, "document")
    if type == "document" and values.get("URL"):
        return "webpage"
    dated = len(values.get("issued", "")) == 10
    if type == "article-journal" and dated and not any(fields.get(name) for name in ("volume", "number", "issue", "doi")):
        return "article-newspaper"  # Zotero writes a newspaper's article as it writes a journal's; only a newspaper has a day and no volume
    return type


def _names(text: str) -> list[Name]:
    """Split "Last, First and {An Institution}" into names; braces keep an institution whole."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    found = []
    for one in split_multiple_persons_names(text[:20_000])[:200]:
        if re.fullmatch(r"\{.*\}", one.strip(), re.DOTALL):
            found.append(Name(unlatex(one)))
            continue
        if one.strip().lower() == "others":
            found.append(Name("others"))
            continue
        try:
            parts = parse_single_name_into_parts(one, strict=False)
        except Exception:  # the parser raises many kinds of error on a name that is none
            found.append(name_of(unlatex(one)))
            continue
        family = unlatex(" ".join([*parts.von, *parts.last, *parts.jr]))
        found.append(Name(family, unlatex(" ".join(parts.first))))
    return found


def unlatex(text: str) -> str:
    r"""Return the words that LaTeX would print: `{\'e}` is é, braces go, a bare % is a per cent sign."""
    if not re.search(r"[\\{}$~%]|--|``|''", text):
        return plain(text)
    from pylatexenc.latex2text import LatexNodes2Text

    guarded = re.sub(r"(?<!\\)%", r"\\%", text[:20_000])
    try:
        return plain(LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(guarded))
    except Exception:  # pylatexenc raises many kinds of error, RecursionError among them, on text that is not LaTeX
        return plain(re.sub(r"[{}]", "", text))
