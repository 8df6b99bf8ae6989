"""The data of a file held against what such a file may say.

Enters: plain data of one YAML file, with places. Leaves: a validated `...File` model, or diagnostics that name field and place.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.model import SCHEMAS
from shadowgen.yamlfile import Document, Path


def validate(kind: str, document: Document) -> tuple[Any, list[Diagnostic]]:
    """Validate the data of one file as `kind`; return the model (None if it does not hold) and every problem with its place."""
    try:
        return SCHEMAS[kind].validate_python(document.data if document.data is not None else {}), []
    except ValidationError as error:
        problems = error.errors(include_input=False)
        meant = [problem for problem in problems if not _of_another_member(document, problem, problems)]
        return None, list(dict.fromkeys(_diagnose(kind, document, problem) for problem in meant))


def _of_another_member(document: Document, problem: Any, problems: list[Any]) -> bool:
    """True if pydantic tried a text where the author wrote a mapping of languages, or the other way round."""
    *union, member = problem["loc"] or ("",)
    is_mapping = isinstance(value_at(document, _path(document, problem["loc"])), dict)
    other = str(member).startswith("dict[") if not is_mapping else member == "constrained-str"
    return other and any(list(one["loc"][: len(union)]) == union for one in problems if one is not problem)


def value_at(document: Document, path: Path) -> Any:
    """Return the value that stands at a path of the file."""
    here = document.data
    for step in path:
        here = here[step]
    return here


def _path(document: Document, location: tuple[Any, ...]) -> Path:
    """Drop the names of union members that pydantic puts into a location, keeping only steps that the file has."""
    path: list[str | int] = []
    here = document.data
    for step in location:
        if (isinstance(here, dict) and isinstance(step, str) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        ):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _diagnose(kind: str, document: Document, problem: dict[str, Any]) -> Diagnostic:
    location, key = problem["loc"], str(problem["loc"][-1]) if problem["loc"] else ""
    path = _path(document, location)
    match problem["type"]:
        case "extra_forbidden":
            return rules.UNKNOWN_FIELD.at(
                document.origin(path, key=True), f"unknown field '{key}'", _suggest(kind, key, location, document)
            )
        case "missing" | "union_tag_not_found":
            name = "type" if problem["type"] == "union_tag_not_found" else key
            return rules.MISSING_FIELD.at(document.origin(path, key=bool(path)), f"the field '{name}' is missing{_of(path)}")
        case "union_tag_invalid":
            return rules.WRONG_VALUE.at(document.origin((*path, "type")), f"{_field(path)}{_expected(problem)}", _hint(problem))
        case _:
            origin = document.origin(path, key=key == "[key]")
            return rules.WRONG_VALUE.at(origin, f"{_field(path)}{_expected(problem)}", _hint(problem))


def _of(path: Path) -> str:
    return f" in '{path[-1]}'" if path and isinstance(path[-1], str) else ""


def _field(path: Path) -> str:
    names = [f"'{step}'" if isinstance(step, str) else f"item {step + 1}" for step in path[-2:]]
    return f"{', '.join(names)}: " if names else ""


def _suggest(kind: str, key: str, location: tuple[Any, ...], document: Document) -> str:
    schema = SCHEMAS[kind].json_schema()
    known = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        if len(location) > 1 or not known:
            known |= set(definition.get("properties", {}))
    return did_you_mean(key, sorted(known - {key})) or ("known fields: " + ", ".join(sorted(known)) if len(known) < 30 else "")


_EXPECTED = {
    "string_type": "a text is expected here",
    "string_too_short": "the text is empty",
    "list_type": "a list is expected here",
    "dict_type": "a mapping is expected here",
    "model_type": "a mapping is expected here",
    "model_attributes_type": "a mapping is expected here",
    "int_parsing": "a whole number is expected here",
    "float_parsing": "a number is expected here",
    "bool_parsing": "yes or no is expected here",
    "int_type": "a whole number is expected here",
    "date_from_datetime_parsing": "no such date",
    "date_parsing": "no such date",
    "date_type": "a date is expected here",
    "value_error": "no such date",
    "too_short": "nothing stands here",
    "string_too_long": "the text is too long",
    "date_from_datetime_inexact": "a date without a time is expected here",
}


def _expected(problem: dict[str, Any]) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "literal_error":
            return f"expected {context['expected']}"
        case "union_tag_invalid":
            return f"unknown type {context['tag']!r}"
        case "greater_than_equal":
            return f"the number must be at least {context['ge']}"
        case "less_than_equal":
            return f"the number must be at most {context['le']}"
        case "string_pattern_mismatch":
            return _PATTERN_MESSAGES.get(context["pattern"], "the text does not have the form that is needed")
        case other:
            return _EXPECTED.get(other, "the value does not fit")


_PATTERN_MESSAGES = {
    r"^https?://[^\s<>\"]+$": "an address starts with http:// or https:// and has no blanks",
    r"^[^\n]*\n?$": "one line of text is expected, not several",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id has lower-case Latin letters, digits and single hyphens",
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$": "a date has the form 2014, 2014-07 or 2014-07-03",
    r"^[\w .'-]{1,60}$": "the name of a font has letters, digits, blanks and hyphens",
    r"^[0-9a-f]{64}$": "a digest has 64 hexadecimal digits",
    r"^[a-z0-9]+(-[a-z0-9]+)*#[a-z0-9]+(-[a-z0-9]+)*$": "a recommendation is written as document#paragraph, such as ccpr-c-kaz-co-1#press",
    r"^[0-9A-Fa-f]{6}$": 'a colour is six hexadecimal digits in quotation marks, such as "1F5C99"',
    r"^[^/\\]+\.(dotx|docx)$": "a Word template is a .dotx or .docx file beside the look",
    r"^[a-p]{8}$": "a digest has eight letters from a to p; shadowgen translated writes them",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$": "a language is a code such as en, ru, fr or kk-Latn",
}


def _hint(problem: dict[str, Any]) -> str:
    match problem["type"]:
        case "union_tag_invalid":
            return f"known types: {problem['ctx']['expected_tags'].replace(chr(39), '')}"
        case "date_from_datetime_parsing" | "date_parsing" | "value_error":
            return "dates look like 2016-04-30"
        case "list_type":
            return "write each item on its own line, after '- '"
    return ""
