"""Reading one JSON document into a draft, strictly: no name twice, no NaN, values of the type the schema says."""

import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from messages.catalogue import load
from messages.declaration import Declaration
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, Kind, shape
from messages.draft import Draft, illegible
from messages.findings import MOST_FINDINGS, Fault, Finding, Place
from messages.formats.json_document.positions import Positions, Steps

DEEPEST = 32
"""Levels of objects and lists."""

LONGEST_NUMBER = 40
"""Characters of a number; longer ones are not even read."""

FAULTS = load(Path(__file__).with_name("faults.toml"))
NOT_UTF8 = FAULTS["MSW-JSN-001"]
NOT_JSON = FAULTS["MSW-JSN-002"]
NO_OBJECT = FAULTS["MSW-JSN-003"]
TOO_DEEP = FAULTS["MSW-JSN-004"]
NAMED_TWICE = FAULTS["MSW-JSN-005"]
NO_NUMBER = FAULTS["MSW-JSN-006"]
UNKNOWN_NAME = FAULTS["MSW-JSN-010"]
MISSPELT_NAME = FAULTS["MSW-JSN-011"]
TEXT_EXPECTED = FAULTS["MSW-JSN-012"]
FLAG_EXPECTED = FAULTS["MSW-JSN-013"]
NUMBER_EXPECTED = FAULTS["MSW-JSN-014"]
OBJECT_EXPECTED = FAULTS["MSW-JSN-015"]
LIST_EXPECTED = FAULTS["MSW-JSN-016"]

_SYNTAX = {
    "Expecting property name enclosed in double quotes": "a name in double quotes is expected",
    "Illegal trailing comma before end of object": "a comma stands before the closing bracket",
    "Illegal trailing comma before end of array": "a comma stands before the closing bracket",
    "Expecting ':' delimiter": "a colon is expected",
    "Expecting ',' delimiter": "a comma or a closing bracket is expected",
    "Expecting value": "a value is expected",
    "Unterminated string starting at": "this text has no closing quote",
    "Invalid control character at": "a line break or control character stands inside a text",
    "Extra data": "something follows after the end of the document",
}

_EXPECTED: dict[Kind, tuple[tuple[type, ...], Fault]] = {
    Kind.TEXT: ((str,), TEXT_EXPECTED),
    Kind.INSTANT: ((str,), TEXT_EXPECTED),
    Kind.DAY: ((str,), TEXT_EXPECTED),
    Kind.FLAG: ((bool,), FLAG_EXPECTED),
    Kind.WHOLE: ((int, Decimal), NUMBER_EXPECTED),
    Kind.NUMBER: ((int, Decimal), NUMBER_EXPECTED),
}


class Odd(str):
    """A number that is none: NaN, an infinity, or one too long to be meant."""

    __slots__ = ()


class Twice(dict[str, Any]):
    """An object in which a name stands more than once."""

    names: tuple[str, ...] = ()


def looks_like_json(raw: bytes, media_type: str) -> bool:
    """Whether the first thing in `raw` is a `{` or `[`, or it was sent as JSON and begins no mark-up."""
    start = raw[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return True
    return "json" in media_type and not start.startswith(b"<")


def read(raw: bytes) -> Draft:
    """The draft of a declaration in JSON; of a document that cannot be read, the findings that say why."""
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
        document = json.loads(
            text, object_pairs_hook=_object, parse_int=_whole, parse_float=_number, parse_constant=Odd
        )
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return illegible(NOT_UTF8.at(Place(line=line), offset=error.start + 1))
    except json.JSONDecodeError as error:
        reason = _SYNTAX.get(error.msg, "a character or escape stands here that JSON does not have")
        return illegible(NOT_JSON.at(Place(line=error.lineno, column=error.colno), reason=reason))
    except RecursionError:
        return illegible(TOO_DEEP.at(Place(), value=DEEPEST))
    if not isinstance(document, dict):
        return illegible(NO_OBJECT.at(Place(line=1), value=document))
    return _draft(text, document)


def _draft(text: str, document: dict[str, Any]) -> Draft:
    reading = _Reading(Positions(text))
    values = reading.record(document, Declaration, ())

    def whereabouts(path: str) -> Place | None:
        return reading.positions.place(tuple(int(step) if step.isdigit() else step for step in path.split(".")))

    return Draft(values, whereabouts, tuple(reading.findings), call=attrgetter("field"))


@dataclass(slots=True)
class _Reading:
    """One walk over a document, beside the shape it should have."""

    positions: Positions
    findings: list[Finding] = field(default_factory=list)

    def record(self, found: dict[str, Any], record: type[Record], steps: Steps) -> dict[str, Any]:
        """The values of an object that should be `record`, absent and empty ones left out."""
        known = shape(record)
        if isinstance(found, Twice):
            self._say_twice(found, steps)
        values: dict[str, Any] = {}
        for name, value in found.items():
            if value is None:
                continue
            if (each := known.get(name)) is None:
                self._say_unknown(name, value, record, steps)
            elif each.repeated:
                self._keep(values, name, self._entries(value, each, (*steps, name)))
            else:
                self._keep(values, name, self._value(value, each, (*steps, name)))
        return values

    @staticmethod
    def _keep(values: dict[str, Any], name: str, value: Any) -> None:
        if value not in (None, "", {}, []):
            values[name] = value

    def _entries(self, value: Any, known: FieldShape, steps: Steps) -> list[Any]:
        if not isinstance(value, list):
            self._say(LIST_EXPECTED, steps, value)
            return []
        entries = (self._value(each, known, (*steps, index)) for index, each in enumerate(value))
        if known.record is not None:
            return [{} if each is None else each for each in entries]
        return [each for each in entries if each not in (None, "")]

    def _value(self, value: Any, known: FieldShape, steps: Steps) -> Any:
        """The value as the model takes it, None when it is of another type than it should be."""
        if known.record is not None:
            if isinstance(value, dict):
                return self.record(value, known.record, steps)
            return self._say(OBJECT_EXPECTED, steps, value)
        types, fault = _EXPECTED[known.kind]
        if type(value) is str:
            return value.strip() if fault is TEXT_EXPECTED else self._say(fault, steps, value)
        if type(value) is Odd:
            return self._say(NO_NUMBER, steps, value)
        return value if type(value) in types else self._say(fault, steps, value)

    def _say_twice(self, found: Twice, steps: Steps) -> None:
        for name in found.names[: self._room]:
            place = self.positions.place((*steps, name), occurrence=1) or Place()
            first = self.positions.place((*steps, name), occurrence=0) or place
            path = ".".join(map(str, (*steps, name)))
            self.findings.append(NAMED_TWICE.at(place, field=path, value=name, first=first.line))

    def _say_unknown(self, name: str, value: Any, record: type[Record], steps: Steps) -> None:
        if not self._room:
            return
        place = self.positions.place((*steps, name)) or Place()
        if _too_deep(value, DEEPEST - len(steps) - 1):
            self.findings.append(TOO_DEEP.at(place, value=DEEPEST))
            return
        holder = str(next((step for step in reversed(steps) if isinstance(step, str)), "Declaration"))
        nearest = _nearest(name, record)
        fault = UNKNOWN_NAME if nearest is None else MISSPELT_NAME
        path = ".".join(map(str, steps if nearest is None else (*steps, nearest)))
        said = fault.at(place, field=path, value=name, holder=holder, nearest=nearest)
        self.findings.append(said)

    @property
    def _room(self) -> int:
        return MOST_FINDINGS - len(self.findings)

    def _say(self, fault: Fault, steps: Steps, value: Any) -> None:
        if not self._room:
            return
        place = self.positions.place(steps) or Place()
        names = [step for step in steps if isinstance(step, str)]
        shown = json.dumps(value, default=str)[:200] if isinstance(value, dict | list | bool | None) else value
        path = ".".join(map(str, steps))
        self.findings.append(fault.at(place, field=path, value=shown, name=names[-1]))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(pairs)
    times = Counter(name for name, _ in pairs)
    twice.names = tuple(name for name, count in times.items() if count > 1)
    return twice


def _whole(digits: str) -> int | Odd:
    return int(digits) if len(digits) <= LONGEST_NUMBER else Odd(digits)


def _number(digits: str) -> Decimal | Odd:
    return Decimal(digits) if len(digits) <= LONGEST_NUMBER else Odd(digits)


def _too_deep(value: Any, levels: int) -> bool:
    """Whether `value` nests deeper than `levels`."""
    layer = [value]
    for _ in range(levels + 1):
        layer = [inner for each in layer if isinstance(each, dict | list) for inner in _inner(each)]
        if not layer:
            return False
    return True


def _inner(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _nearest(name: str, record: type[Record]) -> str | None:
    """The field whose name, or element name, is like `name`."""
    named = _names(record)
    found = get_close_matches(name.lower(), named, n=1, cutoff=0.75)
    return named[found[0]] if found else None


@cache
def _names(record: type[Record]) -> dict[str, str]:
    known = shape(record).values()
    return {each.element.lower(): each.field for each in known} | {each.field: each.field for each in known}
