"""Dependency notes: which places of a segment, a composite or a message must, or must not, be filled together.

Follows ISO 9735-1 and the notation of the message design rules: `D5(040,030)`, positions counted by ten from 010.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_NOTE = re.compile(r"D([1-7])\((\d+(?:,\d+)+)\)")

Present = Sequence[bool]
"""For each listed place in the order of the list, whether it is filled."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of note: what it asks, the words for it, and the fault when it is broken."""

    kept: Callable[[Present], bool]
    words: str
    excess: Callable[[Present], bool]
    """Whether a broken rule is broken by too much rather than too little."""


def _never(_: Present) -> bool:
    return False


def _always(_: Present) -> bool:
    return True


RULES = {
    "1": Rule(lambda p: sum(p) == 1, "exactly one of {all} must be filled", lambda p: sum(p) > 1),
    "2": Rule(lambda p: all(p) or not any(p), "either all or none of {all} must be filled", _never),
    "3": Rule(any, "at least one of {all} must be filled", _never),
    "4": Rule(lambda p: sum(p) <= 1, "at most one of {all} may be filled", _always),
    "5": Rule(lambda p: not p[0] or all(p), "with {first}, {rest} must be filled too", _never),
    "6": Rule(lambda p: not p[0] or any(p[1:]), "with {first}, one of {rest} must be filled too", _never),
    "7": Rule(lambda p: not p[0] or not any(p[1:]), "with {first}, {rest} must be empty", _always),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A dependency note. `places` count from 1, the first of them leads where the kind has a leader."""

    notation: str
    kind: str
    places: tuple[int, ...]

    def broken(self, filled: Sequence[bool]) -> tuple[str, str] | None:
        """Fault name and what it asks, when the note is broken; `filled[0]` is place 1."""
        present = [place <= len(filled) and filled[place - 1] for place in self.places]
        rule = RULES[self.kind]
        if rule.kept(present):
            return None
        first, *rest = (f"{place:02}0" for place in self.places)
        words = {"all": ", ".join([first, *rest]), "first": first, "rest": ", ".join(rest)}
        return ("condition_excess" if rule.excess(present) else "condition_missing"), rule.words.format_map(words)


@cache
def parsed(notation: str) -> Condition:
    """The condition a directory writes as `notation`.

    Raises:
        ValueError: It is not one.

    >>> parsed("D5(040,030)").places
    (4, 3)
    """
    found = _NOTE.fullmatch(notation.replace(" ", ""))
    if found is None:
        raise ValueError(f"{notation!r} is no dependency note; write D5(040,030).")
    kind, places = found.groups()
    return Condition(notation, kind, tuple(int(place) // 10 for place in places.split(",")))


def broken(notations: Sequence[str], filled: Sequence[bool]) -> Iterator[tuple[str, dict[str, object], int]]:
    """For each broken note: fault name, words, and the place it speaks of first."""
    for notation in notations:
        condition = parsed(notation)
        if fault := condition.broken(filled):
            name, what = fault
            yield name, {"expected": condition.notation, "what": what}, condition.places[0]
