"""Times of a call as rules need them: which of several statements counts, and how a time is said."""

from datetime import date, datetime
from typing import NamedTuple

from messages.declaration import Declaration
from messages.declaration.places import LocationCall, StatedTime


class Moment(NamedTuple):
    """A point in time and the dotted path where it was stated."""

    field: str
    at: datetime


def arrival(call: LocationCall | None, path: str) -> Moment | None:
    """When the ship comes to the place: the actual time if stated, else the first that has a zone."""
    return _counting(call.arrival_time, f"{path}.arrival_time") if call else None


def departure(call: LocationCall | None, path: str) -> Moment | None:
    """When the ship leaves the place: the actual time if stated, else the first that has a zone."""
    return _counting(call.departure_time, f"{path}.departure_time") if call else None


def here(declaration: Declaration) -> str:
    """The field that holds the port of call."""
    return "port_of_departure" if declaration.movement == "departure" else "port_of_arrival"


def comes(declaration: Declaration) -> Moment | None:
    """When the ship comes to the port of call."""
    return arrival(getattr(declaration, here(declaration)), here(declaration))


def goes(declaration: Declaration) -> Moment | None:
    """When the ship leaves the port of call."""
    return departure(getattr(declaration, here(declaration)), here(declaration))


def day_of_call(declaration: Declaration) -> date | None:
    """The port's calendar day of the arrival, of a departure that of leaving; what documents must outlast."""
    call = declaration.port_call
    if call is None:
        return None
    times = call.departure_time if declaration.movement == "departure" else call.arrival_time
    return next((each.date_time.date() for each in times if each.date_time), None)


def has_zone(moment: datetime) -> bool:
    """Whether the offset from UTC is stated."""
    return moment.utcoffset() is not None


def spoken(moment: datetime) -> str:
    """A time as a finding says it: `23 Nov 2026 06:00 +06:30`."""
    words = f"{moment.day} {moment:%b %Y %H:%M}"
    offset = moment.isoformat()[-6:] if moment.utcoffset() else "UTC"
    return f"{words} {offset}" if has_zone(moment) else words


def spoken_day(day: date) -> str:
    """A day as a finding says it: `23 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def _counting(times: tuple[StatedTime, ...], path: str) -> Moment | None:
    stated = [
        (each.time_type == "Actual", Moment(f"{path}.{position}.date_time", each.date_time))
        for position, each in enumerate(times)
        if each.date_time is not None and has_zone(each.date_time)
    ]
    actual = (moment for is_actual, moment in stated if is_actual)
    return next(actual, stated[0][1] if stated else None)
