"""Files of strangers are read in a process of its own, which has a bound on memory and one on time before it sees a byte."""

from __future__ import annotations

import importlib
import sys
import time

import pytest

from shadowgen.confined import run_confined

CONFINE = "from shadowgen.confined import confine; confine({}, {}); "


def test_what_keeps_within_its_bounds_is_done() -> None:
    ended = run_confined("-c", CONFINE.format(5, 400_000_000) + "print(len(bytearray(1_000_000)))", seconds=10)
    assert (ended.how, ended.output) == ("done", b"1000000\n")


def test_memory_has_a_bound() -> None:
    assert run_confined("-c", CONFINE.format(5, 400_000_000) + "bytearray(1_000_000_000)", seconds=60).how == "stopped"


def test_computing_has_a_bound() -> None:
    begun = time.monotonic()
    assert run_confined("-c", CONFINE.format(1, 400_000_000) + "\nwhile True: pass", seconds=8).how == "stopped"
    assert time.monotonic() - begun < 6


def test_the_clock_of_the_parent_holds_for_one_that_sleeps() -> None:
    assert run_confined("-c", "import time; time.sleep(4)", seconds=1).how == "stopped"


def test_a_reader_that_breaks_is_told_from_one_that_is_stopped() -> None:
    assert run_confined("-c", "raise ValueError", seconds=10).how == "broken"


class _Unread:
    """An input that no one may look at."""

    @property
    def buffer(self) -> None:
        raise AssertionError("it was read before the bounds were set")

    read = buffer


@pytest.mark.parametrize(("child", "arguments"), [("shadowgen.scan.child", ("file",)), ("shadowgen.readers.pdf.child", ())])
def test_every_child_is_confined_before_it_looks_at_a_byte(child: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    class Confined(BaseException):
        pass

    def confine(seconds: int, memory: int) -> None:
        assert 0 < seconds <= 60 and 0 < memory <= 2_000_000_000
        raise Confined

    module = importlib.import_module(child)
    monkeypatch.setattr(module, "confine", confine)
    monkeypatch.setattr(sys, "stdin", _Unread())
    with pytest.raises(Confined):
        module.main(*arguments)
