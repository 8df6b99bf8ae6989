"""Paths of somebody's computer or network in any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowgen.scan.findings import Finding, found

# The start of a path must not stand inside a web address or a word: https://example.org/home/news is none.
_PATH = re.compile(
    r"""file:(?://)?[^\s"'<>)]+                                  # file:///C:/Users/x, file://server/share
    | (?<![\w\\])\\\\[\w.$-]+\\[^\s"'<>]+                        # \\server\share
    | (?<![\w.:/%-])/(?-i:home|Users|root|mnt|media|Volumes)/[^\s"'<>/]+[^\s"'<>]*
    | (?<![\w/])[A-Za-z]:(?:\\|/(?!/))[^\s"'<>|]+                # C:\Users\x, D:/work
    """,
    re.VERBOSE | re.IGNORECASE,
)


def path_in(text: str) -> str:
    """Return the first path in a text, or an empty string."""
    match = _PATH.search(text)
    return match[0] if match else ""


def tell_paths(words: list[tuple[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each piece of words that holds a path."""
    for place, text in words:
        if path := path_in(text):
            yield found("file-path", place, path)
