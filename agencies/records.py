"""The tables of a desk. Each desk has its own database; nothing here is shared between agencies.

The metadata is the desks' own, so that a process which also knows other tables keeps them apart. Times are UTC.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, Index, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from agencies.agency import Lane
from messages.exchange import Outcome


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as UTC also where the database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        read: datetime = value
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def one_of(words: type[StrEnum], name: str) -> Any:
    """A column type that holds one of `words` and that the database checks."""
    values = [word.value for word in words]
    return Enum(
        words, native_enum=False, length=32, create_constraint=True, name=name, values_callable=lambda _: values
    )


class Sending(StrEnum):
    """Where a decision stands on its way to the gateway."""

    QUEUED = "queued"
    FAILED = "failed"
    """The gateway refused it in a way that time alone will not mend; tried hourly, and shown."""
    DONE = "done"
    """Receipted."""


class Record(SQLModel, registry=registry(metadata=MetaData())):
    """Base of the desk's tables."""

    __table_args__: ClassVar[Any] = ()


class Case(Record, table=True):
    """One movement of one port call, as the queue shows it: its newest version and where it stands."""

    __tablename__ = "movement_case"
    __table_args__ = (UniqueConstraint("port_call", "movement"), Index("movement_case_queue", "lane", "eta"))

    id: str = Field(primary_key=True, max_length=64)
    port_call: str = Field(max_length=256)
    movement: str = Field(max_length=16)
    port: str = Field(max_length=5)
    ship_name: str = Field(max_length=256)
    imo_number: str | None = Field(default=None, max_length=7)
    eta: datetime | None = Field(default=None, sa_type=UtcTime)
    time_zone: str
    notice_id: str = Field(max_length=256, description="The notice with the newest version.")
    version: int
    lane: Lane = Field(sa_type=one_of(Lane, "lane"))
    opened_at: datetime = Field(sa_type=UtcTime)


class NoticeRecord(Record, table=True):
    """A notice as it came, what the policy made of it, and the receipt that every repeat gets."""

    __tablename__ = "notice"
    __table_args__ = (Index("notice_of_case", "case_id", "version"),)

    id: str = Field(primary_key=True, max_length=256)
    case_id: str = Field(foreign_key="movement_case.id", max_length=64)
    version: int
    shown: str = Field(max_length=71)
    digest: str = Field(max_length=71, description="Of the bytes received.")
    body: bytes = Field(sa_type=LargeBinary)
    assessment: str
    receipt: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=UtcTime)


class Decision(Record, table=True):
    """One decision on a case, by a rule or an officer. The highest sequence stands; none is ever changed."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("case_id", "sequence"), UniqueConstraint("case_id", "form_key"))

    id: str = Field(primary_key=True, max_length=64)
    case_id: str = Field(foreign_key="movement_case.id", max_length=64)
    sequence: int
    notice_id: str = Field(foreign_key="notice.id", max_length=256)
    version: int
    outcome: Outcome = Field(sa_type=one_of(Outcome, "outcome"))
    decided_at: datetime = Field(sa_type=UtcTime)
    decided_by: str = Field(max_length=256)
    message: str = Field(description="The decision message as JSON: reason, legal basis, conditions, questions.")
    form_key: str | None = Field(
        default=None, max_length=64, description="Of the form it came by; a form records once."
    )


class Outgoing(Record, table=True):
    """The duty to bring one decision to the gateway; ends in a receipt."""

    __tablename__ = "outgoing"
    __table_args__ = (Index("outgoing_due", "state", "next_try"), Index("outgoing_of_case", "case_id", "sequence"))

    decision_id: str = Field(primary_key=True, foreign_key="decision.id", max_length=64)
    case_id: str = Field(foreign_key="movement_case.id", max_length=64)
    sequence: int
    body: bytes = Field(sa_type=LargeBinary)
    state: Sending = Field(default=Sending.QUEUED, sa_type=one_of(Sending, "sending"))
    attempts: int = 0
    queued_at: datetime = Field(sa_type=UtcTime)
    next_try: datetime | None = Field(sa_type=UtcTime)
    status: int | None = Field(default=None, description="HTTP status of the last answer; None when none came.")
    answer: str = Field(default="", description="What went wrong at the last attempt.")
    receipt: str = ""


class Officer(Record, table=True):
    """Someone who decides for the agency. `ports` are UN/LOCODEs joined by commas; `*` is every port."""

    __tablename__ = "officer"

    id: str = Field(primary_key=True, max_length=64)
    staff_number: str = Field(unique=True, max_length=64)
    display_name: str = Field(max_length=128)
    ports: str = "*"
    password_hash: str | None = None
    active: bool = True
    created_at: datetime = Field(sa_type=UtcTime)


class OfficerSession(Record, table=True):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "officer_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    officer_id: str = Field(foreign_key="officer.id", max_length=64, index=True)
    created_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)


class SignInLink(Record, table=True):
    """A link that signs an officer in once. Only the hash of its token is kept."""

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    officer_id: str = Field(foreign_key="officer.id", max_length=64)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SignInTry(Record, table=True):
    """A password tried and not found right, remembered as long as it slows further tries."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("sign_in_try_at", "tried_at"),)

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=64)
    source: str = Field(max_length=64)
    tried_at: datetime = Field(sa_type=UtcTime)


class Audit(Record, table=True):
    """Who did or read what, and when. Names no person on board."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcTime, index=True)
    who: str = Field(max_length=128, description="`officer:<staff number>`, `gateway` or `rule:<id>`.")
    action: str = Field(max_length=64)
    case_id: str = Field(default="", max_length=64)
    detail: str = ""
