"""Which recommendations of one document may repeat those of an earlier one: proposed by likeness, decided by a person, kept in the later file.

Enters: two documents of a library. Leaves: pairs with how alike they are; and the text of a commitments file with decisions put into it, every
other byte as it was.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shadowgen import rules
from shadowgen.catalogue import ArticleRef
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.library import Library
from shadowgen.likeness import alike
from shadowgen.records import Commitment, CommitmentDocument, in_language
from shadowgen.reuse.stemming import stem_keys
from shadowgen.safewrite import put, sha256
from shadowgen.validation import validate
from shadowgen.yamlfile import Document, parse_yaml, read_text

LEAST = 30  # out of 100; below it a pair is not worth a person's time
_WORDS, _TITLE, _ARTICLES = 50, 25, 25  # how much of 100 each kind of likeness weighs


@dataclass(frozen=True, slots=True)
class Pair:
    """A later recommendation and an earlier one: how alike they are, 0 to 100, and what a person has decided: yes, no, or empty."""

    later: Commitment
    earlier: Commitment
    score: int
    decided: str


def propose(later: CommitmentDocument, earlier: CommitmentDocument, least: int = LEAST, language: str = "en") -> list[Pair]:
    """Return for each later recommendation the earlier ones that are at least so alike, or decided on, the likest first.

    Words count by their stems, a rare one more than one that many recommendations share; so do titles, letter by letter, and articles.
    """
    texts = {one.key: _stems(one, language) for document in (later, earlier) for one in document.paragraphs}
    found = Counter(stem for stems in texts.values() for stem in stems)
    weights = {stem: math.log(1 + len(texts) / count) for stem, count in found.items()}
    pairs = [
        Pair(one, other, _score(one, other, _shared(texts[one.key], texts[other.key], weights), language), _decided(one, other))
        for one in later.paragraphs
        for other in earlier.paragraphs
    ]
    kept = [pair for pair in pairs if pair.score >= least or pair.decided]
    places = {one.key: place for place, one in enumerate(later.paragraphs)}
    return sorted(kept, key=lambda pair: (places[pair.later.key], -pair.score, pair.earlier.key))


def _decided(one: Commitment, other: Commitment) -> str:
    return "yes" if other.key in one.repeats else "no" if other.key in one.not_repeats else ""


def _stems(one: Commitment, language: str) -> frozenset[str]:
    words = " ".join(in_language(part, language) for part in (one.title, one.summary, one.text))
    return frozenset(min(stem_keys(word, language)) for word in re.findall(r"[^\W\d_]{3,}", words))


def _shared(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the weight of the words that two texts share, 0 to 1, by the cosine of what they weigh."""
    lengths = [math.sqrt(sum(weights[stem] ** 2 for stem in stems)) for stems in (one, other)]
    return sum(weights[stem] ** 2 for stem in one & other) / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def _score(one: Commitment, other: Commitment, shared: float, language: str) -> int:
    titles = [in_language(part.title, language).casefold() for part in (one, other)]
    return round(_WORDS * shared + _TITLE * alike(*titles) / 100 + _ARTICLES * _common(one.articles, other.articles))


def _common(one: Sequence[ArticleRef], other: Sequence[ArticleRef]) -> float:
    """Return the share of articles that two recommendations have in common, of all that either names."""
    mine, theirs = ({(ref.treaty, ref.article) for ref in refs} for refs in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


# ---------------------------------------------------------------- decisions


def decide(library: Library, document: CommitmentDocument, decisions: Mapping[tuple[str, str], bool]) -> list[Diagnostic]:
    """Write decisions into the file of a document: (its paragraph, the key of the earlier recommendation) to whether it repeats that one."""
    file = document.origin.file
    before = (library.workspace.root / file).read_bytes()
    text = before.decode("utf-8", "surrogateescape")
    for (paragraph, key), repeats in decisions.items():
        text = _without(text, file, paragraph, "not_repeats" if repeats else "repeats", key)
        text = _with(text, file, paragraph, "repeats" if repeats else "not_repeats", key)
    if problems := _wrong(before.decode("utf-8", "surrogateescape"), text, file, decisions):
        return problems
    data = text.encode("utf-8", "surrogateescape")
    path = library.workspace.root / file
    return put(path, data, file, known={sha256(before)}, backups=library.workspace.backups(path)) if data != before else []


def _wrong(before: str, after: str, file: str, decisions: Mapping[tuple[str, str], bool]) -> list[Diagnostic]:
    """Return why a text may not be written: it must hold what the file held and the decisions, no more."""
    old, new = _parsed(before, file), _parsed(after, file)
    expected = {(paragraph, key): "repeats" if repeats else "not_repeats" for (paragraph, key), repeats in decisions.items()}
    for entry in old.data["paragraphs"]:
        lists = {name: [*(entry.pop(name, None) or [])] for name in ("repeats", "not_repeats")}
        for (paragraph, key), name in expected.items():
            if paragraph == entry["id"]:
                lists = {other: [one for one in kept if one != key] for other, kept in lists.items()}
                lists[name].append(key)
        entry |= {name: sorted(kept) for name, kept in lists.items() if kept}
    for entry in new.data["paragraphs"] if new.data else ():
        lists = {name: entry.pop(name, None) for name in ("repeats", "not_repeats")}
        entry |= {name: sorted(kept) for name, kept in lists.items() if kept}
    if new.data == old.data and not validate("commitments", new)[1]:
        return []
    hint = "write each field of the paragraph on a line of its own"
    return [rules.CANNOT_WRITE.at(Origin(file), "decisions cannot be put into this file as it is written", hint)]


def _parsed(text: str, file: str) -> Document:
    words, _ = read_text(text.encode("utf-8", "surrogateescape"), file)
    return parse_yaml(words, file)[0]


_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^,\[\]{}\s]+")


def _with(text: str, file: str, paragraph: str, field: str, key: str) -> str:
    """Return the text with a key in a list of a paragraph; a new list stands right after the paragraph's id."""
    document = _parsed(text, file)
    at = _place(document, paragraph)
    if key in (document.data["paragraphs"][at].get(field) or ()):
        return text
    lines, path = text.split("\n"), ("paragraphs", at, field)
    if place := document.values.get(path):
        line, start = place.line - 1, place.column - 1
        if lines[line][start : start + 1] == "[":
            rest = lines[line][start + 1 :]
            lines[line] = f"{lines[line][: start + 1]}{key}{'' if rest.lstrip().startswith(']') else ', '}{rest}"
        else:  # a list of lines: its place is that of the first dash
            lines.insert(line, f"{' ' * start}- {key}{_line_end(lines[line])}")
        return "\n".join(lines)
    place, value = document.keys["paragraphs", at, "id"], document.values["paragraphs", at, "id"]
    line = lines[place.line - 1]
    if line[: place.column - 1].strip() in ("", "-"):
        lines.insert(place.line, f"{' ' * (place.column - 1)}{field}: [{key}]{_line_end(line)}")
    elif token := _TOKEN.match(line, value.column - 1):
        lines[place.line - 1] = f"{line[: token.end()]}, {field}: [{key}]{line[token.end() :]}"
    return "\n".join(lines)


def _without(text: str, file: str, paragraph: str, field: str, key: str) -> str:
    """Return the text without a key in a list of a paragraph; a list that it leaves empty goes with its line."""
    document = _parsed(text, file)
    path = ("paragraphs", _place(document, paragraph), field)
    listed = document.data["paragraphs"][path[1]].get(field) or []
    if key not in listed:
        return text
    lines, name, item = text.split("\n"), document.keys[path], document.values[(*path, listed.index(key))]
    line, start = lines[item.line - 1], item.column - 1
    alone = len(listed) == 1
    if alone and lines[name.line - 1][: name.column - 1].strip() == "":
        del lines[name.line - 1 : item.line]
    elif line[:start].strip() == "-":
        del lines[item.line - 1]
    elif token := _TOKEN.match(line, start):
        before, after = line[:start], line[token.end() :]
        after = re.sub(r"^\s*,\s*", "", after) if re.match(r"\s*,", after) else after
        lines[item.line - 1] = (before if after and not after.lstrip().startswith("]") else re.sub(r",\s*$", "", before)) + after
    return "\n".join(lines)


def _place(document: Document, paragraph: str) -> int:
    return next(place for place, entry in enumerate(document.data["paragraphs"]) if entry["id"] == paragraph)


def _line_end(line: str) -> str:
    return "\r" if line.endswith("\r") else ""
