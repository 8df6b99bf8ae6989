"""Which lines of a workspace's files may be shown beside a problem: those that the public may read.

Enters: problems, texts of files by their names. Leaves: a text with the same lines, the confidential ones replaced; problems that quote none of
them. Judged by the text alone, because a file with an error is in no library. Problems end up in logs and mails; a line that may name a person
is named by its number only. Ids, keys and names of fields are shown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial

from shadowgen.diagnostics import UNSHOWN, Diagnostic
from shadowgen.records import SENSITIVE_SOURCES

_PUBLIC = re.compile(r"^\s*audience:\s*[\"']?public[\"']?\s*(#.*)?$", re.MULTILINE)
_NARROWER = re.compile(r"^\s*audience:|[{,]\s*audience:\s*[\"']?(?!public\b)", re.MULTILINE)
_FLOW_PUBLIC = re.compile(r"[{,]\s*audience:\s*[\"']?public\b")
_TYPE = re.compile(r"(?:^\s*|[{,]\s*)type:\s*[\"']?([\w-]+)", re.MULTILINE)
_ENTRY = re.compile(r"^[^\s#].*?:", re.MULTILINE)
_SPAN_END = re.compile(r"\]\s*\{\s*(?:committee|internal)")
_COMMENT = re.compile(r"(?:^|(?<=\s))#\s.*$", re.MULTILINE)
_TRANSLATION = re.compile(r"\.[a-z]{2,3}(?:-[A-Z][a-z]{3})?\.yaml$")
_OPEN_FOLDERS = ("submissions", "templates", "commitments", "terms")


def discreet(
    problems: Iterable[Diagnostic], texts: Mapping[str, str], *, internal: bool = False
) -> Iterator[tuple[Diagnostic, dict[str, str]]]:
    """Yield each problem, without what its message quotes if that stands on a line that may not be shown, with the lines that may be.

    `internal` shows the sections of every audience, to a person at a terminal who asks for it; what may name a person stays hidden.
    """
    problems = list(problems)
    files = {problem.origin.file for problem in problems}
    shown = shown_texts(files, problems, texts)
    if internal:
        persons = _persons_in(problems, texts)
        shown |= {file: texts[file] for file in files if file in texts and _folder(file) in _PROSE and file not in persons}
    for problem in problems:
        file, place = problem.origin.file, problem.origin.line - 1
        lines = shown[file].split("\n")
        if 0 <= place < len(lines) and lines[place] == UNSHOWN:
            unquoted = partial(_unquoted, text=texts.get(file, ""))
            message, hint = (_QUOTED.sub(unquoted, words) for words in (problem.message, problem.hint))
            problem = replace(problem, message=message, hint=hint, fix=None)
        yield problem, {file: shown[file]}


def shown_texts(files: Iterable[str], problems: list[Diagnostic], texts: Mapping[str, str]) -> dict[str, str]:
    """Return files with every line unshown that the public may not read; one with a problem that may name a person shows none."""
    persons = _persons_in(problems, texts)
    return {
        file: _without(texts.get(file, ""), [(0, len(texts.get(file, "")))]) if file in persons else showable(file, texts) for file in files
    }


_QUOTED = re.compile(r"(?<!\w)'(.*?)'(?!\w)|“(.*?)”|\"(.*?)\"", re.DOTALL)
_NAMED = re.compile(r"[a-z0-9][a-z0-9_.#/-]*")


_POINTING = re.compile(r"\b(?:document|paragraphs|source|members|superseded_by|repeats):")  # fields that hold keys and ids


def _unquoted(match: re.Match[str], text: str) -> str:
    """Return an id, key, field, or a word that is not in the file, as it is quoted; a blank for anything else."""
    words = next(filter(None, match.groups()), "")
    return match[0] if _NAMED.fullmatch(words) and _is_told(words, text) else "'…'"


@lru_cache(maxsize=1 << 12)
def _is_told(words: str, text: str) -> bool:
    """True if words are not in a text, or are a key, field or reference there."""
    places = [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text)]
    if not places:
        return words.lower() not in text.lower()
    return any(_is_key(text[text.rfind("\n", 0, start) + 1 : start], text[end : end + 2]) for start, end in places)


def _is_key(before: str, after: str) -> bool:
    """True if what stands between the beginning of a line and what follows is a key, a reference, or a value that names a record."""
    if after.lstrip().startswith(":") and (not before.strip(" -") or before.rstrip().endswith(("{", ","))):
        return True
    return before.endswith(("@", "#")) or _POINTING.search(before) is not None


def _persons_in(problems: list[Diagnostic], texts: Mapping[str, str]) -> list[str]:
    """Return the files that may name a person: those of a silent rule; all of them while a file of persons cannot be read."""
    if any(problem.is_error and problem.origin.file.startswith("sections/people/") for problem in problems):
        return list(texts)
    return [file for file in texts if any(problem.rule.silent and problem.origin.file == file for problem in problems)]


def showable(file: str, texts: Mapping[str, str]) -> str:
    """Return the text of a file with every line unshown that the public may not read."""
    text = texts.get(file, "")
    folder = _folder(file)
    match folder:
        case "articles" | "recommendations" | "matter":
            original = texts.get(_TRANSLATION.sub(".yaml", file), text)
            return _without(text, _private_spans(text)) if _PUBLIC.search(original) else _without(text, [(0, len(text))])
        case "sources" | "contributors":
            return _without(text, _private_entries(text, folder))
        case _:
            return text if not file.startswith("sections/") or folder in _OPEN_FOLDERS else _without(text, [(0, len(text))])


_PROSE = ("articles", "recommendations", "matter")
_FOLDERS = (*_PROSE, "sources", "contributors", *_OPEN_FOLDERS)


def _folder(file: str) -> str:
    """Return the folder that says what a file is."""
    parts = file.split("/")
    return parts[0] if parts[0] != "sections" else next((part for part in parts[1:] if part in _FOLDERS), "")


def _without(text: str, hidden: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> str:
    """Return a text with all lines unshown that a stretch touches; lines stay lines."""
    lines = text.split("\n")
    for start, end in hidden:
        for number in range(text.count("\n", 0, start), text.count("\n", 0, end) + 1):
            lines[number] = UNSHOWN
    return "\n".join(lines)


def _private_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of confidential spans, from the bracket that opens one, and of comments."""
    for end in _SPAN_END.finditer(text):
        yield _opening(text, end.start()), end.end()
    for comment in _COMMENT.finditer(text):
        yield comment.span()


def _opening(text: str, closing: int) -> int:
    depth = 0
    for at in range(closing, -1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if not depth:
            return at
    return 0


def _private_entries(text: str, folder: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of entries that are not public: by their own word, or, without one, by what they are."""
    starts = [0, *(match.start() for match in _ENTRY.finditer(text)), len(text)]
    for start, end in itertools.pairwise(starts):
        entry = text[start:end]
        kind = _TYPE.search(entry)
        open_by_type = folder == "sources" and kind is not None and kind[1] not in SENSITIVE_SOURCES and not _NARROWER.search(entry)
        if entry and not (_PUBLIC.search(entry) or _FLOW_PUBLIC.search(entry) or open_by_type):
            yield start, max(start, end - 1)
    for comment in _COMMENT.finditer(text):
        yield comment.span()
