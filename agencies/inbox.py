"""Notices in: each stored once, assessed once, receipted for ever with the same bytes.

A notice opens the case of its movement or brings a newer version of it. What the policy grants is decided here,
in the same transaction; what it does not waits in the queue. Knows nothing of HTTP beyond the headers it verifies.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from agencies.agency import Agency, Assessment, Flag, Lane
from agencies.clock import Clock
from agencies.database import Database
from agencies.decisions import Verdict, record, standing
from agencies.records import Audit, Case, Decision, NoticeRecord
from agencies.refusals import (
    ID_REUSED,
    NO_SUCH_TIME,
    NOT_A_NOTICE,
    NOT_PRINTABLE,
    OTHER_AGENCY,
    OTHER_ID,
    TOO_DEEP,
    UNSIGNED,
    Refusal,
)
from messages.exchange import Keyring, Notice, NoticeReceipt, Outcome, SignatureRefused, digest_of

DEEPEST = 40
"""Levels of nesting in a declaration. The canonical one has fewer than 12."""

LARGEST_VERSION = 2**31 - 1
YEARS = 1970, 2200
"""Between these a time can be moved to any zone and back."""

AGREED = {Outcome.GRANTED, Outcome.GRANTED_WITH_CONDITIONS}


class Inbox:
    """Takes in one agency's notices."""

    def __init__(self, agency: Agency, keyring: Keyring, database: Database, clock: Clock) -> None:
        self.agency = agency
        self.keyring = keyring
        self.database = database
        self.clock = clock

    def receive(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """The receipt for the notice in `body`, the same bytes for every repeat.

        Raises:
            Refusal: it is not signed, not a notice, for another agency, or its id is known with another body.
        """
        try:
            message_id = self.keyring.verify(headers, body)
        except SignatureRefused:
            raise Refusal(UNSIGNED) from None
        notice = read_notice(body)
        if notice.id != message_id:
            raise Refusal(OTHER_ID, header=message_id, value=notice.id)
        if notice.agency != self.agency.code:
            raise Refusal(OTHER_AGENCY, value=notice.agency, agency=self.agency.code)
        try:
            with self.database.writing() as session:
                return self.keep(session, notice, body)
        except IntegrityError:  # the same notice, or the first of the same movement, came in beside this one
            with self.database.writing() as session:
                return self.keep(session, notice, body)

    def keep(self, session: Session, notice: Notice, body: bytes) -> bytes:
        digest = digest_of(body)
        case = case_of(session, notice)
        if known := session.get(NoticeRecord, notice.id):
            if known.digest != digest:
                raise Refusal(ID_REUSED, value=notice.id)
            return known.receipt
        case = case or self.opened(session, notice)
        assessment = self.agency.assess(notice)
        kept = NoticeRecord(
            id=notice.id,
            case_id=case.id,
            version=notice.version,
            shown=notice.shown,
            digest=digest,
            body=body,
            assessment=assessment.model_dump_json(),
            receipt=self.receipt(notice, digest),
            received_at=self.clock(),
        )
        session.add(kept)
        session.add(Audit(at=self.clock(), who="gateway", action="notice received", case_id=case.id, detail=notice.id))
        session.flush()
        if notice.version >= case.version:
            self.show(session, case, notice, kept, assessment)
        return kept.receipt

    def show(self, session: Session, case: Case, notice: Notice, kept: NoticeRecord, assessment: Assessment) -> None:
        """Make `notice` the version the queue shows, and decide it when a rule grants it."""
        previous = standing(session, case)
        seen = session.get(NoticeRecord, previous.notice_id) if previous else None
        assessment = after_an_officer(assessment, previous)
        kept.assessment = assessment.model_dump_json()
        bring_up_to_date(case, notice)
        case.lane = lane_of(assessment, decided_on=seen, kept=kept)
        if assessment.granted:
            by_rule = Verdict(
                outcome=Outcome.GRANTED,
                reason=assessment.reason,
                legal_basis=assessment.legal_basis,
                decided_by=f"rule:{assessment.rule}",
            )
            record(session, self.agency, case, notice, by_rule, now=self.clock())

    def opened(self, session: Session, notice: Notice) -> Case:
        case = Case(
            id=secrets.token_urlsafe(16),
            port_call=notice.port_call,
            movement=notice.movement,
            port=notice.port,
            ship_name=notice.ship.name,
            time_zone=notice.time_zone,
            notice_id=notice.id,
            version=notice.version,
            lane=Lane.ROUTINE,
            opened_at=self.clock(),
        )
        session.add(case)
        session.flush()
        return case

    def receipt(self, notice: Notice, digest: str) -> bytes:
        receipt = NoticeReceipt(
            id="rcp_" + secrets.token_hex(16),
            notice=notice.id,
            agency=self.agency.code,
            received_at=self.clock(),
            digest=digest,
        )
        return receipt.model_dump_json().encode()


def read_notice(body: bytes) -> Notice:
    """The notice in `body`, refused when it is none or holds what a database or a page cannot."""
    try:
        notice = Notice.model_validate_json(body)
    except ValidationError as trouble:
        first = trouble.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Refusal(NOT_A_NOTICE, problem=f"{place}: {first['msg']}" if place else first["msg"]) from None
    if deeper_than(DEEPEST, notice.declaration) or deeper_than(DEEPEST, notice.totals):
        raise Refusal(TOO_DEEP, limit=DEEPEST)
    named = {"id": notice.id, "port call": notice.port_call, "ship name": notice.ship.name}
    named |= {"time zone": notice.time_zone}
    for name, value in named.items():
        if not value.isprintable():
            raise Refusal(NOT_PRINTABLE, name=name, value=value)
    for name, at in (("eta", notice.eta), ("sent_at", notice.sent_at)):
        if at is not None and not YEARS[0] <= at.year <= YEARS[1]:
            raise Refusal(NO_SUCH_TIME, name=name, value=at, first=YEARS[0], last=YEARS[1])
    if notice.version > LARGEST_VERSION:
        raise Refusal(NOT_PRINTABLE, name="version", value=notice.version)
    return notice


def deeper_than(levels: int, value: Any) -> bool:
    """Whether lists and objects nest more than `levels` deep, found without recursion."""
    layer = [value]
    for _ in range(levels + 1):
        inner: list[Any] = []
        for each in layer:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        if not inner:
            return False
        layer = inner
    return True


def case_of(session: Session, notice: Notice) -> Case | None:
    """The case of the notice's movement, locked so that two versions of it are taken in one after the other."""
    asked = select(Case).where(Case.port_call == notice.port_call, Case.movement == notice.movement)
    return session.exec(asked.with_for_update()).first()


def bring_up_to_date(case: Case, notice: Notice) -> None:
    case.port = notice.port
    case.ship_name = notice.ship.name
    case.imo_number = notice.ship.imo_number
    case.eta = notice.eta
    case.time_zone = notice.time_zone
    case.notice_id = notice.id
    case.version = notice.version


def after_an_officer(assessment: Assessment, previous: Decision | None) -> Assessment:
    """No rule grants what an officer refused or asked about: an officer reads the answer."""
    if not assessment.granted or previous is None or previous.outcome in AGREED:
        return assessment
    words = previous.outcome.value.replace("_", " ")
    reason = f"An officer's decision on version {previous.version} stands: {words}."
    flag = Flag(reason=reason, legal_basis=assessment.legal_basis)
    changes = {"rule": "", "reason": reason, "legal_basis": "", "lane": Lane.ATTENTION, "flags": (flag,)}
    return assessment.model_copy(update=changes)


def lane_of(assessment: Assessment, *, decided_on: NoticeRecord | None, kept: NoticeRecord) -> Lane:
    """Where a new version goes: what was decided before and has changed for this agency is `changed`."""
    if decided_on is None:
        return assessment.lane
    return Lane.CHANGED if decided_on.shown != kept.shown else Lane.ROUTINE
