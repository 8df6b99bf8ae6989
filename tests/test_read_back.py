"""The notes of a PDF are found in its text, wherever its pages end, and a note that lacks words is not."""

from __future__ import annotations

import pytest

from shadowgen.checks.outputs import _find, squeeze

NOTE = "Commissioner, Report for 2012, available at http://www.example.org/purchase/files/otchet_2012_ru.pdf; see also the comments of 2016, para. 9."
FOOT = "A running head 48 A second paragraph of the next page, which says see also twice. 12 "


def text(*pieces: str) -> str:
    return squeeze("Words before. 11 " + FOOT.join(pieces) + " 13 Words behind.")


@pytest.mark.parametrize("place", [30, 62, 80, 90, 99, 110, 131])
def test_a_note_is_found_wherever_a_page_ends(place: int) -> None:
    whole = text(NOTE[:place], NOTE[place:])
    assert _find(whole, NOTE, 0) == whole.index("Commissioner,")


def test_a_note_over_three_pages_is_found() -> None:
    assert _find(text(NOTE[:40], NOTE[40:90], NOTE[90:]), NOTE, 0) > 0


@pytest.mark.parametrize(
    ("lost", "kept"), [("see also", ""), ("otchet_2012_ru", "otchet_2013_ru"), ("para. 9", "para. 8"), ("Report ", "")]
)
def test_a_note_that_lacks_words_is_not_found(lost: str, kept: str) -> None:
    broken = NOTE.replace(lost, kept)
    assert _find(text(broken[:60], broken[60:]), NOTE, 0) == -1


def test_a_note_is_not_found_before_the_note_that_it_follows() -> None:
    whole = text(NOTE[:62], NOTE[62:])
    assert _find(whole, NOTE, whole.index("Commissioner,") + 1) == -1
