"""What an agency answers: one outcome for one version, with its reason in words."""

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field

from messages.exchange.notice import Contract, Digest, Text

AGENCY_HEADER = "fairway-agency"
"""Names the agency whose key signed the request, so that the key is known before the body is read."""

Prose = Field(max_length=2000)


class Outcome(StrEnum):
    """An agency's answer. The order here is of no meaning; `gateway.clearance` gives each its effect."""

    GRANTED = "granted"
    GRANTED_WITH_CONDITIONS = "granted_with_conditions"
    PROVISIONAL = "provisional"
    INFORMATION_REQUESTED = "information_requested"
    INSPECTION_ORDERED = "inspection_ordered"
    HELD = "held"
    REFUSED = "refused"
    REVOKED = "revoked"


class Question(Contract):
    """Something the agency wants to know, and of which field of the declaration, when of one."""

    field: str = Field("", max_length=256, description="Path in the declaration; empty when of no single field.")
    text: str = Field(min_length=1, max_length=2000)


class DecisionMessage(Contract):
    """One decision of one agency about one version of one movement."""

    contract: Literal["1"] = "1"
    id: Text = Field(description="Stable for every attempt at sending it; the gateway deduplicates by it.")
    sent_at: AwareDatetime
    agency: Text
    notice: Text = Field(description="Id of the notice this answers.")
    port_call: Text
    movement: Literal["arrival", "shift", "departure"]
    version: int = Field(ge=1)
    digest: Digest = Field(description="Of the declaration version decided on, as the notice gave it.")
    sequence: int = Field(ge=1, description="Counts this agency's decisions on this movement; the highest stands.")
    outcome: Outcome
    decided_at: AwareDatetime
    decided_by: Text = Field(description="`rule:<id>` or `officer:<staff number>`; never a person's name.")
    reason: str = Prose
    legal_basis: str = Field("", max_length=500)
    conditions: tuple[str, ...] = Field((), max_length=20)
    questions: tuple[Question, ...] = Field((), max_length=50)


class Effect(StrEnum):
    """What the gateway did with a decision."""

    RECORDED = "recorded"
    NO_CHANGE = "no_change"
    """The agency's standing decision already says this."""
    SUPERSEDED = "superseded"
    """A later sequence of the same agency already stands; kept, without effect."""
    OLD_VERSION = "old_version"
    """It speaks of a version that is no longer the current one; kept, without effect."""


class DecisionReceipt(Contract):
    """The gateway has the decision and will not lose it. A repeat gets the same receipt."""

    contract: Literal["1"] = "1"
    id: Text
    decision: Text = Field(description="Id of the decision received.")
    received_at: AwareDatetime
    digest: Digest = Field(description="Of the bytes received.")
    effect: Effect
