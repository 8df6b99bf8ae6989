"""Dates as people write them in reports: "3 July 2014", "July 3, 2014", "04.07.2014"."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_NAMES = "|".join(_MONTHS)
DATED = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? ({_NAMES}),? (\d{{4}})|({_NAMES}) (\d{{1,2}}),? (\d{{4}})|(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}))\b",
    re.IGNORECASE,
)


def first_date(words: str) -> str:
    """Return the first date of a text as 2014-07-03, or an empty text; a date that does not exist is none."""
    for match in DATED.finditer(words):
        day, month, year = (
            (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6]) if match[4] else match.group(7, 8, 9)
        )
        number = int(month) if month.isdigit() else [name.lower() for name in _MONTHS].index(month.lower()) + 1
        try:
            return dt.date(int(year), number, int(day)).isoformat()
        except ValueError:
            continue
    return ""


def without_dates(words: str) -> str:
    """Return a text without its first date and the word that leads to it."""
    match = DATED.search(words)
    if not match:
        return words
    before = re.sub(
        r"[\s,.(]*(?:\badopted (?:by|in|at) [^.]+)?\s*(?:\bdated|\bof|\bon)?\s*$", "", words[: match.start()], flags=re.IGNORECASE
    )
    return before + re.sub(r"^\)", "", words[match.end() :])


def partial_date(words: str) -> str:
    """Return "June 2014" as 2014-06, or an empty text."""
    match = re.fullmatch(rf"({_NAMES}) (\d{{4}})", words.strip())
    return f"{match[2]}-{_MONTHS.index(match[1]) + 1:02d}" if match else ""
