"""Keys of sources: lower-case Latin letters, digits and hyphens, out of any words."""

from __future__ import annotations

import re
from collections.abc import Container

from shadowgen.latin import latin
from shadowgen.workspace import package_data

MAX_LENGTH = 64


def key_of(text: str) -> str:
    """Return words as a key: "Уголовный кодекс" is ugolovnyy-kodeks; empty if nothing is left."""
    words = re.findall(r"[a-z0-9]+", latin(text).replace("'", "").lower())
    key = ""
    for word in words:
        longer = f"{key}-{word}" if key else word[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        key = longer
    return key


def made_key(surname: str, title: str, year: str) -> str:
    """Return a key from the first author, the first words of the title and the year."""
    small = package_data("", "bibliography.yaml")["small_words"]
    words = [word for word in re.findall(r"\w+", title) if word.lower() not in small]
    author = re.findall(r"\w+", surname)[:3]
    count = 3 if author else 5
    head = key_of(" ".join([*author, *words[:count]]))[: MAX_LENGTH - 5].strip("-")
    return "-".join(part for part in (head, year if year not in head.split("-") else "") if part) or "source"


def unique(key: str, taken: Container[str]) -> str:
    """Return the key, or with -2, -3 ... the first that is not taken."""
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key[: MAX_LENGTH - len(str(number)) - 1].rstrip('-')}-{number}"
    return found
