"""What an agency is: a code, a title, and a pure judgement of a notice.

The judgement either grants by a rule with a name, or says why an officer should look, in words and with the
legal basis of looking. It never refuses: refusing is for officers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from messages.exchange import Notice


class Lane(StrEnum):
    """Where a case stands in the officers' queue. The order here is the order of the page."""

    ATTENTION = "attention"
    """Something in the notice makes an officer look."""
    CHANGED = "changed"
    """An earlier version was decided here, and what this agency sees has changed since."""
    ROUTINE = "routine"
    """Nothing stands out, but no rule may grant it."""
    DECIDED = "decided"
    """A decision stands for the current version."""


class Stored(BaseModel):
    """Base of what is kept as JSON with a notice: frozen, nothing beyond what is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Flag(Stored):
    """One reason to look: what was seen, and what entitles the agency to look."""

    reason: str
    legal_basis: str


class Assessment(Stored):
    """What the policy makes of one notice. With a `rule` it is granted, otherwise it waits for an officer."""

    rule: str = ""
    reason: str
    legal_basis: str = ""
    lane: Lane = Lane.ROUTINE
    flags: tuple[Flag, ...] = ()
    facts: tuple[str, ...] = ()
    """What the agency's officers want to see in the queue, one short phrase each."""
    subject: tuple[str, ...] = ()
    """What a grant lets in or out, as the button says it: `22 crew`, `2 passengers`."""

    @property
    def granted(self) -> bool:
        return bool(self.rule)


@dataclass(frozen=True, slots=True)
class Agency:
    """One authority. `assess` is pure: the same notice always gets the same assessment."""

    code: str
    title: str
    assess: Callable[[Notice], Assessment]
    reads_first: tuple[str, ...] = ()
    """Elements of the declaration that its officers want to see before the rest."""


def awaited(flags: tuple[Flag, ...], *, facts: tuple[str, ...], subject: tuple[str, ...]) -> Assessment:
    """A case an officer must look at, for the reasons in `flags`."""
    reason = " ".join(flag.reason for flag in flags)
    return Assessment(lane=Lane.ATTENTION, reason=reason, flags=flags, facts=facts, subject=subject)


def counted(number: int, one: str, many: str) -> str:
    """`1 passenger`, `2 passengers`."""
    return f"{number} {one if number == 1 else many}"
