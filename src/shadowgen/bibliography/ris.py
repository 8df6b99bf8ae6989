"""RIS, as Zotero and most databases export it, to items. The only door to rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shadowgen import rules
from shadowgen.bibliography.item import Item, date_of, joined, language_of, link_of, name_of, plain, terms
from shadowgen.diagnostics import Diagnostic, Origin

_START = re.compile(r"^TY  - ", re.MULTILINE)
_LISTS = ("AU", "A1", "A2", "A3", "ED", "KW", "N1")
_TAG = re.compile(r"^([A-Z][A-Z0-9])  -", re.MULTILINE)


def read_ris(text: str, file: str) -> tuple[list[Item], list[Diagnostic]]:
    """Return the items of a RIS text; each entry is read by itself, so that a broken one takes no other with it."""
    items: list[Item] = []
    problems: list[Diagnostic] = []
    for line, record in _records(text):
        origin = Origin(file, line)
        if not record:
            problems.append(
                rules.UNREADABLE_ENTRY.at(origin, "the entry cannot be read", "each line begins with two letters, two blanks and a '-'")
            )
            continue
        items.append(_item(record, origin))
    return items, problems


def _records(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    from rispy.parser import RisParser

    starts = [match.start() for match in _START.finditer(text)]
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, counted = line + text.count("\n", counted, start), start
        chunk = re.split(r"^ER  -", text[start:end], maxsplit=1, flags=re.MULTILINE)[0]
        tags = {tag: tag for tag in (*_TAG.findall(chunk), "TY", "ER", "UK")}
        parser = RisParser(mapping=tags, list_tags=list(_LISTS), delimiter_tags_mapping={})
        try:
            found = parser.parse(f"{chunk.rstrip()}\nER  - \n")
        except Exception:  # rispy raises KeyError, TypeError and AttributeError on lines that belong to no tag
            found = []
        record = found[0] if found else {}
        yield line, {tag: value if isinstance(value, list) else [value] for tag, value in record.items()}


def _item(record: Mapping[str, list[str]], origin: Origin) -> Item:
    table, kind = terms()["ris"], record["TY"][0].upper()
    fields = table["fields"] | table["fields_of"].get(kind, {})
    people = table["names"] | table["names_of"].get(kind, {})
    values: dict[str, str] = {}
    used = {"TY"}
    for variable, tags in fields.items():
        tag = next((tag for tag in tags if record.get(tag) and record[tag][0].strip()), "")
        if tag:
            used.add(tag)
            values[variable] = plain(record[tag][0])
    surname = ""
    for variable, tags in people.items():
        tag = next((tag for tag in tags if record.get(tag)), "")
        if tag and not (variable == "editor" and tag in people.get("recipient", ())):
            used.add(tag)
            names = [name_of(one) for one in record[tag][:200]]
            values[variable] = joined(names)
            surname = names[0].family if variable == "author" else surname
    left = [tag for tag in record if tag not in used and tag not in ("PY", "Y1", "ER", "JA", "J2", "JO")]
    left += _tidy(values)
    key = values.pop("key", "")
    kept = {name: value for name, value in values.items() if value}
    return Item(origin, table["types"].get(kind, "document"), kept, key, surname, tuple(left))


def _tidy(values: dict[str, str]) -> list[str]:
    lost = []
    if last := values.pop("page-last", ""):
        first = values.get("page", "")
        values["page"] = first if "-" in first or not first else f"{first}-{last}"
    for name in ("issued", "accessed"):
        values[name], shortened = date_of(values.get(name, "").strip("/"))
        lost += ["end of a range of dates"] if shortened else []
    values["URL"] = link_of(values.get("URL", "").split(" ")[0].rstrip(";"))
    values["archive_location"] = link_of(values.get("archive_location", ""))
    values["language"] = language_of(values.get("language", ""))
    return lost
