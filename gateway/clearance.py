"""One word for the agent, and one for each agency: computed from deliveries and decisions, never stored."""

from collections.abc import Collection
from enum import StrEnum

from messages.exchange import Outcome


class Clearance(StrEnum):
    """The state of a movement as a whole."""

    PENDING = "pending"
    INFORMATION_REQUESTED = "information_requested"
    CLEARED = "cleared"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    """It was cleared, and an agency has revoked what it granted."""


GRANTS = frozenset({Outcome.GRANTED, Outcome.GRANTED_WITH_CONDITIONS, Outcome.PROVISIONAL})
"""Outcomes that let the movement go ahead. Provisional pratique does (IHR 2005, article 28), with its terms."""


def clearance(standing: Collection[Outcome | None]) -> Clearance:
    """The word for a movement, from the standing outcome of every agency that decides on it (None: no answer).

    A refusal speaks at once, then a revocation, then a question; clearance needs everyone's grant.
    """
    if Outcome.REFUSED in standing:
        return Clearance.REFUSED
    if Outcome.REVOKED in standing:
        return Clearance.SUSPENDED
    if Outcome.INFORMATION_REQUESTED in standing:
        return Clearance.INFORMATION_REQUESTED
    if standing and all(outcome in GRANTS for outcome in standing):
        return Clearance.CLEARED
    return Clearance.PENDING


class WaitingFor(StrEnum):
    """Who has the ball."""

    NOBODY = "nobody"
    AGENCY = "agency"
    AGENT = "agent"
    WINDOW = "window"
    """The single window itself: the notice has not reached the agency yet."""


WAITING_FOR: dict[Outcome, WaitingFor] = {
    Outcome.GRANTED: WaitingFor.NOBODY,
    Outcome.GRANTED_WITH_CONDITIONS: WaitingFor.NOBODY,
    Outcome.PROVISIONAL: WaitingFor.NOBODY,
    Outcome.INFORMATION_REQUESTED: WaitingFor.AGENT,
    Outcome.INSPECTION_ORDERED: WaitingFor.AGENCY,
    Outcome.HELD: WaitingFor.AGENCY,
    Outcome.REFUSED: WaitingFor.AGENT,
    Outcome.REVOKED: WaitingFor.AGENCY,
}
