"""Where the values of a JSON document stand: JSON Pointers (RFC 6901), lines and columns.

Only asked about documents in which something was found. The children of an object or list are found once,
by skipping over each with the standard library's scanner, so that many questions cost little more than one.
"""

import json
import re
from bisect import bisect_right
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]  # documented nowhere, there since 2.7
from typing import NamedTuple

from messages.findings import Place

Steps = tuple[str | int, ...]

_BLANK = " \t\r\n"
_skip = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


class Child(NamedTuple):
    """A member of an object or an entry of a list, and where it begins; a member begins with its name."""

    step: str | int
    begins: int
    value: int


class Positions:
    """Places in `text`, which must be well-formed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._children: dict[int, dict[str | int, list[Child]]] = {}

    def place(self, steps: Steps, occurrence: int = 0) -> Place | None:
        """Where the value at `steps` stands, None when there is none; `occurrence` counts members of one name."""
        begins = value = self._start
        for depth, step in enumerate(steps):
            same = self._inside(value).get(step, [])
            wanted = occurrence if depth == len(steps) - 1 else -1
            if not same or wanted >= len(same):
                return None
            begins, value = same[wanted].begins, same[wanted].value
        line = bisect_right(self._lines, begins)
        return Place(line=line, column=begins - self._lines[line - 1] + 1, path=pointer(steps))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    @cached_property
    def _start(self) -> int:
        return self._past_blank(0)

    def _inside(self, at: int) -> dict[str | int, list[Child]]:
        if at not in self._children:
            inside: dict[str | int, list[Child]] = {}
            for each in self._found_inside(at):
                inside.setdefault(each.step, []).append(each)
            self._children[at] = inside
        return self._children[at]

    def _found_inside(self, at: int) -> list[Child]:
        opening = self._text[at]
        found: list[Child] = []
        if opening not in "{[":
            return found
        at = self._past_blank(at + 1)
        while self._text[at] not in "}]":
            step: str | int = len(found)
            begins = at
            if opening == "{":
                step, at = scanstring(self._text, at + 1)
                at = self._past_blank(self._past_blank(at) + 1)
            found.append(Child(step, begins, at))
            at = self._past_blank(_skip(self._text, at)[1])
            if self._text[at] == ",":
                at = self._past_blank(at + 1)
        return found

    def _past_blank(self, at: int) -> int:
        while self._text[at : at + 1] in _BLANK and at < len(self._text):
            at += 1
        return at


def pointer(steps: Steps) -> str:
    """The JSON Pointer to `steps`; what cannot be printed is shown as U+FFFD."""
    named = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in named)
