"""What Word, PDF and HTML must see alike: sizes of pictures and logos, the band of a cover, what takes pages of its own."""

from __future__ import annotations

import struct

from shadowgen.nodes import Block, Cover, Submission, Table

BAND = ("session", "title", "subtitle")

# millimetres: the highest a logo may be on a title page and on a letterhead, the widest it may be, the room for all of them, the gap between two
_HIGH, _HIGH_MASTHEAD, _WIDE, _ROOM, _GAP = 20.0, 14.0, 60.0, 145.0, 8.0


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG in pixels."""
    if data.startswith(b"\x89PNG"):
        return struct.unpack(">II", data[16:24])
    at = 2
    while at + 9 < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 600, 400


def logo_sizes(cover: Cover) -> list[tuple[float, float]]:
    """Return width and height of each logo in millimetres: of one height where they fit, all smaller where they do not fit into one row."""
    high = _HIGH if cover.style == "page" else _HIGH_MASTHEAD
    sizes = []
    for logo in cover.logos:
        width, height = picture_size(logo.data)
        scale = min(high / height, _WIDE / width)
        sizes.append((width * scale, height * scale))
    if not sizes:
        return []
    room = _ROOM - _GAP * (len(sizes) - 1)
    shrink = max(min(1.0, room / sum(width for width, _ in sizes)), 0.1)
    return [(round(width * shrink, 1), round(height * shrink, 1)) for width, height in sizes]


def is_book(submission: Submission) -> bool:
    """True if the document has a title page of its own, so that its parts start new pages."""
    return any(isinstance(block, Cover) and block.style == "page" for block in submission.blocks)


def is_wide(block: Block) -> bool:
    """True if a block at the top of a document needs a page across."""
    return isinstance(block, Table) and block.wide
