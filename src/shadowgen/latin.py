"""Any script in Latin letters. The only door to anyascii."""

from __future__ import annotations


def latin(text: str) -> str:
    """Return text in ASCII, letter by letter: "Уголовный кодекс" is "Ugolovnyy kodeks"."""
    from anyascii import anyascii

    return anyascii(text)
