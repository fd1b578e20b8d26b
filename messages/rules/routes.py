"""Ways through a declaration: every value of one kind, wherever it stands, with its dotted path.

The ways follow from the records' types and are worked out once, so that a rule about every date or every port
visits those alone, not the whole of a declaration with thousands of passengers.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from messages.declaration import Declaration
from messages.declaration.measures import Measure
from messages.declaration.places import Location, LocationCall, Position
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, Kind, shape

Route = tuple[str, ...]
"""Field names from a record down; `*` stands for every position of a list."""

Wanted = Callable[[FieldShape], bool]


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


def every(declaration: Declaration, wanted: Wanted) -> Iterator[tuple[str, Any]]:
    """The path and value of every field that is `wanted` and present."""
    for route in _routes(Declaration, wanted):
        yield from _along(declaration, route)


@cache
def _routes(record: type[Record], wanted: Wanted) -> tuple[Route, ...]:
    found: list[Route] = []
    for name, field in shape(record).items():
        step: Route = (name, "*") if field.repeated else (name,)
        if wanted(field):
            found.append(step)
        if field.record is not None:
            found += [step + rest for rest in _routes(field.record, wanted)]
    return tuple(found)


def _along(declaration: Declaration, route: Route) -> Iterable[tuple[str, Any]]:
    """What stands at the end of the route; an absent value ends its branch."""
    reached: list[tuple[str, Any]] = [("", declaration)]
    for step in route:
        if step == "*":
            reached = [(f"{path}.{at}", each) for path, value in reached for at, each in enumerate(value)]
        else:
            reached = [
                (f"{path}.{step}" if path else step, each)
                for path, value in reached
                if (each := getattr(value, step)) is not None
            ]
        if not reached:
            break
    return reached
