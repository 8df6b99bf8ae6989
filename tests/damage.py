"""Damage done to files by chance, for whoever must end in problems that are told."""

from __future__ import annotations

import random


def damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, taken out or doubled."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(3):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[: chance.randint(1, 40)]
    return bytes(out)
