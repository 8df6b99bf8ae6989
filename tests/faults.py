"""Faults of the disk and of fate: every call that writes, counted, and one of them made to fail, to kill the process, or to be raced.

The calls are those of the system that writing uses, at the door of Python (`os`, `fcntl`) and of `safewrite.exchange`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from shadowgen.safewrite import exchange

# os.stat and its like change nothing; a kill before or after them is a kill at the neighbouring call
CALLS = ("open", "write", "fsync", "close", "chmod", "mkdir", "rename", "replace", "link", "unlink")


Blow = Callable[[], object]
At = Callable[[int, str], Blow | None]


@dataclass(slots=True)
class Faults:
    """What happens just before which call: `at` decides by its number and its name; `seen` are the names in order."""

    at: At = lambda *_: None
    half: bool = False  # it happens after half of the bytes of a write
    seen: list[str] = field(default_factory=list)

    def call(self, name: str, real: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        name = "create" if name == "open" and arguments[1] & os.O_CREAT else name
        self.seen.append(name)
        if blow := self.at(len(self.seen), name):
            if self.half and name == "write":
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            blow()
        return real(*arguments, **named)


@contextlib.contextmanager
def faulty(faults: Faults) -> Iterator[Faults]:
    """Count the calls and let the fault happen."""

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **named: faults.call(name, real, arguments, named)

    with pytest.MonkeyPatch.context() as patch:
        call = exchange._system_call()
        for name in CALLS:
            patch.setattr(os, name, wrap(name, getattr(os, name)))
        patch.setattr(fcntl, "flock", wrap("flock", fcntl.flock))
        if call is not None:
            patch.setattr(exchange, "_system_call", lambda: lambda *arguments: _number(wrap("exchange", call), arguments))
        yield faults


def _number(call: Callable[..., int], arguments: tuple[Any, ...]) -> int:
    """A call of the system gives an error as a number."""
    try:
        return call(*arguments)
    except OSError as error:
        return error.errno or 0


def blow_at(number: int, blow: Blow) -> At:
    """Let something happen just before the `number`th call."""
    return lambda count, _: blow if count == number else None


def kill() -> None:
    """Kill this process without warning."""
    os.kill(os.getpid(), signal.SIGKILL)


def raising(name: str, number: int, error: int, *, ever: bool = False) -> At:
    """Let the `number`th call of a name fail with an error of the system, and with `ever` all that follow."""
    count = 0

    def refuse() -> None:
        raise OSError(error, os.strerror(error))

    def at(_: int, called: str) -> Blow | None:
        nonlocal count
        count += called == name
        return refuse if called == name and (count == number or (ever and count > number)) else None

    return at


def in_child(work: Callable[[], object]) -> int:
    """Do something in a forked process; return its exit code, or the negative number of the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(fork(work), 0)[1])


def fork(work: Callable[[], object]) -> int:
    """Begin something in a forked process; return the number of that."""
    child = os.fork()
    if child:
        return child
    code = 111
    try:
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
