"""The tables of port calls. Columns are searched and joined; what is only carried along is JSON or bytes.

Accounts and keys are in `gateway.account_records`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from gateway.columns import Counting, Json, Moment, Word, one_of
from gateway.ids import new_id
from messages.exchange import Effect, Outcome

_WAITING = text("state IN ('queued', 'in_flight')")


class MovementKind(StrEnum):
    ARRIVAL = "arrival"
    SHIFT = "shift"
    DEPARTURE = "departure"


class DeliveryState(StrEnum):
    """A delivery's life; `gateway.deliveries` has the table of steps."""

    QUEUED = "queued"
    IN_FLIGHT = "in_flight"
    """Claimed by a pump until its lease runs out."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """The desk refused the notice itself; visible to operators, who can replay it."""


class Port(SQLModel, table=True):
    """A port this window serves."""

    __tablename__ = "port"

    locode: str = Field(primary_key=True, max_length=5)
    name: str
    zone: str
    """IANA name of the port's time zone."""


class Ship(SQLModel, table=True):
    """The ship register: identity only, for now."""

    __tablename__ = "ship"

    imo_number: str = Field(primary_key=True, max_length=7)
    name: str
    flag: str = Field(default="", max_length=2)
    ship_type: str = ""


class Agency(SQLModel, table=True):
    """The directory: an authority's address and the keys shared with its desk."""

    __tablename__ = "agency"

    code: str = Field(primary_key=True, max_length=32)
    title: str
    address: str
    """Base URL of the desk; notices go to `{address}/notices`."""
    keys: list[str] = Field(sa_type=Json)
    """Newest first; more than one while keys are being rotated."""
    rank: int = 0
    """Order on boards."""


class ReferenceCounter(SQLModel, table=True):
    """The last number given to a port call in one port and year."""

    __tablename__ = "reference_counter"

    port: str = Field(primary_key=True, max_length=5)
    year: int = Field(primary_key=True)
    last: int


class PortCall(SQLModel, table=True):
    """One ship's visit to one port."""

    __tablename__ = "port_call"
    __table_args__ = (Index("port_call_by_firm", "firm_id", "id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    reference: str = Field(unique=True)
    port: str = Field(foreign_key="port.locode")
    firm_id: str = Field(foreign_key="firm.id")
    ship_name: str
    imo_number: str | None = Field(default=None, index=True)
    flag: str | None = None
    voyage_number: str | None = None
    created_at: datetime = Field(sa_type=Moment)


class Movement(SQLModel, table=True):
    """Arrival, shift or departure within a call; cleared on its own. `version` counts its declarations."""

    __tablename__ = "movement"
    __table_args__ = (one_of("kind", MovementKind), Index("movement_by_call", "port_call_id"))

    id: str = Field(default_factory=new_id, primary_key=True)
    port_call_id: str = Field(foreign_key="port_call.id")
    kind: MovementKind = Field(sa_type=Word(MovementKind))
    version: int
    expected_at: datetime | None = Field(default=None, sa_type=Moment)
    """Estimated arrival, or departure for a departure."""


class Submission(SQLModel, table=True):
    """One message from an agent, its bytes kept as evidence, and what was read in it."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("firm_id", "idempotency_key", name="submission_once_per_key"),
        UniqueConstraint("firm_id", "message_id", name="submission_once_per_message"),
        UniqueConstraint("movement_id", "version", name="submission_one_per_version"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    reference: str = Field(unique=True)
    firm_id: str = Field(foreign_key="firm.id")
    filed_by: str
    """Account or key that filed it."""
    movement_id: str = Field(foreign_key="movement.id")
    version: int
    idempotency_key: str | None = Field(default=None, max_length=255)
    message_id: str | None = Field(default=None, max_length=256)
    format: str
    media_type: str
    received_at: datetime = Field(sa_type=Moment)
    digest: str
    """Of the bytes received."""
    evidence: bytes = Field(sa_type=LargeBinary)
    """The bytes received, Zstandard-compressed; `gateway.evidence` packs them."""
    declaration_digest: str
    declaration: dict[str, Any] = Field(sa_type=Json)
    report: dict[str, Any] = Field(sa_type=Json)


class Delivery(SQLModel, table=True):
    """The duty to bring one notice to one agency. The row is the truth; queues only wake who works on it."""

    __tablename__ = "delivery"
    __table_args__ = (
        one_of("state", DeliveryState),
        UniqueConstraint("submission_id", "agency", name="delivery_once_per_agency"),
        Index("delivery_of_movement", "movement_id", "version"),
        Index(
            "delivery_due",
            *("agency", "next_attempt_at"),
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    """Also the id of the notice, the same on every attempt."""
    submission_id: str = Field(foreign_key="submission.id")
    movement_id: str = Field(foreign_key="movement.id")
    version: int
    agency: str = Field(foreign_key="agency.code")
    shown: str
    """Digest of what the agency may see."""
    notice: bytes = Field(sa_type=LargeBinary)
    """The body, exactly as every attempt sends it, Zstandard-compressed; `gateway.evidence` packs it."""
    state: DeliveryState = Field(default=DeliveryState.QUEUED, sa_type=Word(DeliveryState))
    attempts: int = 0
    queued_at: datetime = Field(sa_type=Moment)
    next_attempt_at: datetime = Field(sa_type=Moment)
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
    receipt: dict[str, Any] | None = Field(default=None, sa_type=Json)
    last_error: str | None = None
    """Why the last attempt failed, in words without personal data."""


class Decision(SQLModel, table=True):
    """An agency's answer as received. Rows are only ever added; which one stands is computed."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("effect", Effect),
        UniqueConstraint("agency", "message_id", name="decision_once_per_message"),
        Index("decision_of_movement", "movement_id", "version", "agency"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    message_id: str
    """The agency's id of the message; repeats carry the same."""
    agency: str = Field(foreign_key="agency.code")
    delivery_id: str = Field(foreign_key="delivery.id")
    movement_id: str = Field(foreign_key="movement.id")
    version: int
    sequence: int
    outcome: Outcome = Field(sa_type=Word(Outcome))
    reason: str = ""
    legal_basis: str = ""
    conditions: list[str] = Field(default_factory=list, sa_type=Json)
    questions: list[dict[str, str]] = Field(default_factory=list, sa_type=Json)
    decided_at: datetime = Field(sa_type=Moment)
    decided_by: str
    received_at: datetime = Field(sa_type=Moment)
    effect: Effect = Field(sa_type=Word(Effect))
    raw: bytes = Field(sa_type=LargeBinary)
    """The body as received and signed."""
    receipt: dict[str, Any] = Field(sa_type=Json)


class AuditEvent(SQLModel, table=True):
    """What happened, in the transaction that made it happen. References and codes only, no personal data."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("audit_by_subject", "subject"),)

    sequence: int | None = Field(default=None, primary_key=True, sa_type=Counting)
    at: datetime = Field(sa_type=Moment)
    actor: str
    event: str
    subject: str
    """Reference of the thing concerned."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
