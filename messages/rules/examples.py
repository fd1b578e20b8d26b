"""The example beside each rule: a small whole declaration, and the change that keeps or breaks the rule.

`example.json` is the smallest arrival with something in every part that breaks no rule. An entry of a catalogue
changes it twice, in `good` and in `bad`: JSON objects from dotted path to new value, where null takes the
value away and a position just past a list's end adds to it. `field` is where the bad one's finding belongs.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from messages.declaration import Declaration
from messages.rules.rule import CATALOGUES

_SOUND = Path(__file__).with_name("example.json")


@dataclass(frozen=True, slots=True)
class Example:
    """Changes to the sound declaration that keep a rule and that break it, and where the finding belongs."""

    rule: str
    field: str
    good: Mapping[str, Any]
    bad: Mapping[str, Any]


@cache
def examples() -> tuple[Example, ...]:
    """The example of every entry in the catalogues."""
    return tuple(
        Example(entry["id"], entry["field"], json.loads(entry["good"]), json.loads(entry["bad"]))
        for path in CATALOGUES.values()
        for entry in tomllib.loads(path.read_text("utf-8"))["fault"]
    )


def sound(change: Mapping[str, Any] | None = None) -> Declaration:
    """The declaration that breaks no rule, with a change applied."""
    document = json.loads(_SOUND.read_bytes())
    for path, value in (change or {}).items():
        _put(document, path.split("."), value)
    return Declaration.from_json(document)


def _put(document: Any, steps: list[str], value: Any) -> None:
    *way, last = (int(step) if step.isdigit() else step for step in steps)
    for step in way:
        document = document[step]
    if value is None:
        del document[last]
    elif isinstance(last, int) and last == len(document):
        document.append(value)
    else:
        document[last] = value
