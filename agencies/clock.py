"""The time, handed down so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)
