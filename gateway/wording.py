"""The words and times that pages use for states: each state a glyph, a word and a tone, never colour alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gateway.board import NOT_DELIVERED, REFUSED_BY_DESK, UNDER_REVIEW
from gateway.clearance import Clearance, WaitingFor
from messages.exchange import Outcome
from messages.findings import Severity

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state looks on a page. `tone` is a class of the stylesheet."""

    glyph: str
    word: str
    tone: str


WORDS: Mapping[Clearance, Sign] = {
    Clearance.PENDING: Sign("◔", "Pending", "wait"),
    Clearance.INFORMATION_REQUESTED: Sign("?", "Question for you", "ask"),
    Clearance.CLEARED: Sign("✓", "Cleared", "go"),
    Clearance.REFUSED: Sign("✕", "Refused", "stop"),
    Clearance.SUSPENDED: Sign("‖", "Suspended", "stop"),
}
"""The one big word of a movement."""

LINES: Mapping[str, Sign] = {
    NOT_DELIVERED: Sign("↻", "Not delivered yet", "late"),
    REFUSED_BY_DESK: Sign("!", "Delivery failed", "stop"),
    UNDER_REVIEW: Sign("◔", "Under review", "wait"),
    Outcome.GRANTED: Sign("✓", "Granted", "go"),
    Outcome.GRANTED_WITH_CONDITIONS: Sign("✓", "Granted with conditions", "go"),
    Outcome.PROVISIONAL: Sign("◑", "Provisional", "go"),
    Outcome.INFORMATION_REQUESTED: Sign("?", "Asks you", "ask"),
    Outcome.INSPECTION_ORDERED: Sign("◉", "Inspection ordered", "late"),
    Outcome.HELD: Sign("‖", "Held", "late"),
    Outcome.REFUSED: Sign("✕", "Refused", "stop"),
    Outcome.REVOKED: Sign("↶", "Revoked", "stop"),
}
"""One agency's state."""

WAITS: Mapping[WaitingFor, str] = {
    WaitingFor.NOBODY: "nobody",
    WaitingFor.AGENCY: "the agency",
    WaitingFor.AGENT: "you",
    WaitingFor.WINDOW: "the single window",
}

SEVERITIES: Mapping[Severity, Sign] = {
    Severity.ERROR: Sign("✕", "Errors", "stop"),
    Severity.WARNING: Sign("!", "Warnings", "late"),
    Severity.ADVICE: Sign("i", "Advice", "wait"),
}


COUNTED: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


def at_port(moment: datetime, zone: str) -> str:
    """`Mon 23 Nov 2026, 06:00` in the port's zone. English names whatever the machine's locale."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def offset(moment: datetime, zone: str) -> str:
    """The zone's distance from UTC at that moment: `UTC+06:30`."""
    minutes = round((moment.astimezone(ZoneInfo(zone)).utcoffset() or UTC.utcoffset(None)).total_seconds() / MINUTE)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def in_utc(moment: datetime) -> str:
    """`22 Nov 23:30 UTC`."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc:%H:%M} UTC"


def age(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that says enough: `just now`, `12 min`, `3 h 10 min`, `2 days`."""
    seconds = (now - since).total_seconds()
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{seconds // MINUTE:.0f} min"
    if seconds < DAY:
        return f"{seconds // HOUR:.0f} h {seconds % HOUR // MINUTE:.0f} min"
    days = int(seconds // DAY)
    return "1 day" if days == 1 else f"{days} days"


def place_name(zone: str) -> str:
    """The city that names a zone: `Yangon` for Asia/Yangon."""
    return zone.rpartition("/")[2].replace("_", " ")


def size(count: int) -> str:
    """Bytes for a person: `10 MiB`."""
    mebibytes = count / (1024 * 1024)
    return f"{mebibytes:g} MiB" if mebibytes >= 1 else f"{count / 1024:g} KiB"


def named(how_many: int, one: str, many: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{how_many} {one if how_many == 1 else many}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "at_port": at_port,
    "offset": offset,
    "in_utc": in_utc,
    "place_name": place_name,
    "size": size,
    "named": named,
}
"""What templates may call them."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
