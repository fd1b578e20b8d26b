"""Ways through a declaration: every value of one kind, wherever it stands, with its dotted path.

The ways follow from the records' types and are worked out once, so that a rule about every date or every port
visits those alone, not the whole of a declaration with thousands of passengers.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from messages.declaration import Declaration
from messages.declaration.measures import Measure
from messages.declaration.places import Location, LocationCall, Position
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, Kind, shape

Wanted = Callable[[FieldShape], bool]
Found = tuple[tuple[str, Any], ...]


class Way(NamedTuple):
    """A step down from a record: into a field, and on from there."""

    field: str
    repeated: bool
    wanted: bool
    beyond: "tuple[Way, ...]"


def instant(field: FieldShape) -> bool:
    """A date with a time."""
    return field.kind is Kind.INSTANT


def location(field: FieldShape) -> bool:
    """A place or port."""
    return field.record is not None and issubclass(field.record, Location)


def stay(field: FieldShape) -> bool:
    """A stay at a place, with times."""
    return field.record is not None and issubclass(field.record, LocationCall)


def position(field: FieldShape) -> bool:
    """A latitude and longitude."""
    return field.record is Position


def measure(field: FieldShape) -> bool:
    """A quantity with a unit."""
    return field.record is Measure


_COUNTRIES = frozenset(
    {
        *("country_code", "registration_country_code", "country", "issuing_country"),
        *("country_of_birth", "nationality", "country_of_residence"),
    }
)


def country(field: FieldShape) -> bool:
    """The code of a country."""
    return field.field in _COUNTRIES


_KEPT: dict[int, dict[Wanted, Found]] = {}
"""What was found in each declaration that `remembered` holds, by the declaration's identity."""


@contextmanager
def remembered(declaration: Declaration) -> Iterator[None]:
    """While this lasts, each kind of value is looked for in `declaration` once, however many rules ask."""
    _KEPT[id(declaration)] = {}
    try:
        yield
    finally:
        _KEPT.pop(id(declaration), None)


def every(declaration: Declaration, wanted: Wanted) -> Found:
    """The path and value of every field that is `wanted` and present."""
    kept = _KEPT.get(id(declaration), {})
    if wanted not in kept:
        found: list[tuple[str, Any]] = []
        _gather(found, [("", declaration)], _ways(Declaration, wanted))
        kept[wanted] = tuple((path[1:], value) for path, value in found)
    return kept[wanted]


@cache
def _ways(record: type[Record], wanted: Wanted) -> tuple[Way, ...]:
    """The fields of `record` that are wanted or lead to such."""
    ways = (
        Way(name, field.repeated, wanted(field), _ways(field.record, wanted) if field.record else ())
        for name, field in shape(record).items()
    )
    return tuple(way for way in ways if way.wanted or way.beyond)


def _gather(found: list[tuple[str, Any]], reached: Iterable[tuple[str, Any]], ways: tuple[Way, ...]) -> None:
    """Add what is wanted below the records reached, its path begun with a dot; an absent value ends its branch."""
    for step, repeated, wanted, beyond in ways:
        if repeated:
            values = [
                (f"{path}.{step}.{at}", each)
                for path, record in reached
                for at, each in enumerate(getattr(record, step))
            ]
        else:
            values = [
                (f"{path}.{step}", each) for path, record in reached if (each := getattr(record, step)) is not None
            ]
        if wanted:
            found += values
        if beyond and values:
            _gather(found, values, beyond)
