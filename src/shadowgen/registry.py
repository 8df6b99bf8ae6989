"""Numbers of acts in a state's register of laws: parse, and compare with what an entry says.

Enters: `data/registries.yaml`, and text such as "K1400000226". Leaves: an `Act`, and what does not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shadowgen.workspace import package_data


@dataclass(frozen=True, slots=True)
class Act:
    """What a register number says: Code (K) number 226 of 2014 of Kazakhstan."""

    id: str
    state: str
    letter: str
    kind: str
    year: int
    number: str

    @property
    def link(self) -> str:
        """The address of the act in the register."""
        return package_data("", "registries.yaml")[self.state]["link"].format(id=self.id)


_ID = re.compile(r"(?P<letter>[A-Z])(?P<year>\d\d)[A-Z]?(?P<number>\d{7,8})_?")


def parse_registry(text: str) -> Act | None:
    """Read a register number, or the address of an act in a register; None if it is neither."""
    for state, register in package_data("", "registries.yaml").items():
        id = text.strip()
        if found := re.fullmatch(rf"https?://(?:www\.)?{re.escape(register['host'])}/\w+/(?:docs|archive/docs)/(\w+)/?(?:[?#/].*)?", id):
            id = found[1]
        match = _ID.fullmatch(id)
        if match and match["letter"] in register["kinds"]:
            century = 1900 if int(match["year"]) > 60 else 2000
            kind = register["kinds"][match["letter"]]["name"]
            return Act(id, state, match["letter"], kind, century + int(match["year"]), match["number"].lstrip("0"))
    return None


def disagreements(act: Act, *, title: str, date: str, number: str) -> Iterator[str]:
    """Yield each thing in which an act's register number and the words of its entry do not agree, naming both."""
    register = package_data("", "registries.yaml")[act.state]["kinds"]
    by_register = register[act.letter].get("numbered_by") == "register"
    year = int(date[:4]) if date else act.year
    if year != act.year and not (by_register and year == act.year - 1):
        yield f"the register number {act.id} is of {act.year}, the date is {date}"
    own = re.match(r"\d+", number)
    if own and not by_register and own[0].lstrip("0") != act.number:
        yield f"the register number {act.id} has the number {act.number}, the entry has {number}"
    words = set(re.findall(r"\w+", title.lower()))
    others = [kind["name"] for letter, kind in register.items() if letter != act.letter and words & set(kind["words"])]
    if others and not words & set(register[act.letter]["words"]):
        yield f"the register number {act.id} is of a {act.kind}, the title names a {others[0]}"
