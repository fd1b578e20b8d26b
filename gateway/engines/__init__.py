"""What wakes the pumps. Two adapters of one small port: a thread for each agency, or Procrastinate on PostgreSQL.

An engine never holds truth: delivery rows decide what is owed, so an engine may forget or repeat a wake-up.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

Pump = Callable[[str], datetime | None]
"""Delivers everything due to one agency; returns when its next delivery falls due, or None."""


class Engine(Protocol):
    """Calls the pump of an agency soon after `wake`, and whenever a delivery of its falls due."""

    def start(self, pump: Pump) -> None:
        """Begin to work. Deliveries already due are pumped without being woken for."""

    def stop(self) -> None:
        """Finish the batches in hand and work no more."""

    def wake(self, session: Session, agencies: Iterable[str]) -> None:
        """Once the transaction of `session` commits, pump these agencies; never when it is undone."""
