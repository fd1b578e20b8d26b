"""Taking a submission in: judged whole, stored whole or not at all, answered the same however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from gateway import audit
from gateway.actors import Actor
from gateway.clock import Clock
from gateway.database import Database
from gateway.distribution import Showing, distribute
from gateway.engines import Engine
from gateway.evidence import packed
from gateway.ids import new_id
from gateway.records import Delivery, Movement, MovementKind, Port, PortCall, Submission
from gateway.refusals import DirectoryIncomplete, KeyReused, MessageReused, PortNotServed, SenderNotYours
from gateway.store import filings as store
from gateway.visibility import View
from messages.declaration import Declaration
from messages.examine import examine
from messages.exchange import Notice, ShipIdentity, digest_of
from messages.report import Report

SHORT = {MovementKind.ARRIVAL: "A", MovementKind.SHIFT: "S", MovementKind.DEPARTURE: "D"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a sender handed in: the bytes, what it calls them, and its key against filing twice."""

    body: bytes
    media_type: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof of filing. Equal for every repeat of the same submission."""

    reference: str
    port_call: str
    movement: str
    version: int
    digest: str
    """Of the bytes received: `sha256:<hexadecimal>`."""
    received_at: datetime

    @property
    def report_url(self) -> str:
        return f"/api/submissions/{self.reference}/report"


class Intake:
    """The use case behind every door that files: API, page and, later, mail."""

    def __init__(self, database: Database, clock: Clock, engine: Engine, views: Mapping[str, View]) -> None:
        self._database = database
        self._clock = clock
        self._engine = engine
        self._views = views

    def receive(self, parcel: Parcel, actor: Actor) -> Receipt | Report:
        """File the parcel for the actor's firm: a receipt, or the report that says why not.

        Raises:
            KeyReused: the idempotency key was used with other bytes.
            MessageReused: the firm has filed another document under this message id.
            SenderNotYours: the document names another firm as its sender.
            PortNotServed: this window does not serve the port of call.
        DirectoryIncomplete: an agency that decides is not in the directory yet.
        """
        digest = digest_of(parcel.body)
        with self._database.reading() as session:
            if earlier := self._earlier(session, parcel, actor, digest):
                return earlier
        report = examine(parcel.body, parcel.media_type)
        if report.declaration is None:
            return report
        document = report.declaration.as_json()
        filing = _Filing(parcel, digest, report, report.declaration, document, self._clock.now())
        try:
            return self._file(filing, actor)
        except IntegrityError:
            # The same submission was committed by another process while we judged this copy.
            with self._database.reading() as session:
                if earlier := self._earlier(session, parcel, actor, digest):
                    return earlier
            raise

    def _earlier(self, session: Session, parcel: Parcel, actor: Actor, digest: str) -> Receipt | None:
        if parcel.idempotency_key is None:
            return None
        earlier = store.submission_by_key(session, actor.firm, parcel.idempotency_key)
        if earlier is None:
            return None
        if earlier[0].digest != digest:
            raise KeyReused
        return receipt_of(*earlier)

    def _file(self, filing: "_Filing", actor: Actor) -> Receipt:
        evidence = packed(filing.parcel.body)
        showings = distribute(filing.document, _movement_of(filing.declaration), self._views)
        with self._database.transaction() as session:
            if earlier := self._earlier(session, filing.parcel, actor, filing.digest):
                return earlier
            if earlier := _same_message(session, filing, actor):
                return earlier
            port = _admitted(session, filing.declaration, actor)
            if lacking := {each.agency for each in showings} - store.agencies_known(session):
                raise DirectoryIncomplete(lacking)
            call, movement = _opened(session, filing, actor, port)
            submission = _submission(filing, actor, call, movement, evidence)
            session.add(submission)
            session.flush()
            for showing in showings:
                session.add(_delivery(filing, showing, port, (call, movement, submission)))
            audit.note(
                session, filing.at, "submission received", submission.reference, by=actor.id, digest=filing.digest
            )
            self._engine.wake(session, [showing.agency for showing in showings])
        return receipt_of(submission, movement, call)


@dataclass(frozen=True, slots=True)
class _Filing:
    """One judged parcel on its way into the database."""

    parcel: Parcel
    digest: str
    report: Report
    declaration: Declaration
    document: dict[str, Any]
    """The declaration as plain JSON, made once."""
    at: datetime


def receipt_of(submission: Submission, movement: Movement, call: PortCall) -> Receipt:
    """The receipt that a submission was, is and will be answered with."""
    return Receipt(
        reference=submission.reference,
        port_call=call.reference,
        movement=movement.kind.value,
        version=submission.version,
        digest=submission.digest,
        received_at=submission.received_at,
    )


def _same_message(session: Session, filing: _Filing, actor: Actor) -> Receipt | None:
    if filing.declaration.message_id is None:
        return None
    earlier = store.submission_by_message(session, actor.firm, filing.declaration.message_id)
    if earlier is None:
        return None
    if earlier[0].digest != filing.digest:
        raise MessageReused(filing.declaration.message_id, earlier[0].reference)
    return receipt_of(*earlier)


def _admitted(session: Session, declaration: Declaration, actor: Actor) -> Port:
    firm = store.firm_of(session, actor.firm)
    if declaration.sender_id is not None and declaration.sender_id != firm.code:
        raise SenderNotYours(declaration.sender_id, firm.code)
    port = session.get(Port, declaration.port)
    if port is None:
        raise PortNotServed(declaration.port or "", store.ports_served(session))
    return port


def _movement_of(said: Declaration) -> MovementKind:
    # Rules demand both before anything is filed; the type only says what an unjudged declaration may lack.
    assert said.movement is not None
    return MovementKind(said.movement)


def _opened(session: Session, filing: _Filing, actor: Actor, port: Port) -> tuple[PortCall, Movement]:
    said = filing.declaration
    year = filing.at.astimezone(ZoneInfo(port.zone)).year
    number = store.next_number(session, port.locode, year)
    call = PortCall(
        reference=f"{port.locode}-{year % 100:02}-{number:06}",
        port=port.locode,
        firm_id=actor.firm,
        ship_name=said.ship_name or "",
        imo_number=said.imo_number,
        flag=said.flag,
        voyage_number=said.voyage_number,
        created_at=filing.at,
    )
    session.add(call)
    session.flush()
    movement = Movement(port_call_id=call.id, kind=_movement_of(said), version=1, expected_at=said.eta)
    session.add(movement)
    session.flush()
    return call, movement


def _submission(filing: _Filing, actor: Actor, call: PortCall, movement: Movement, evidence: bytes) -> Submission:
    return Submission(
        reference=f"{call.reference}-{SHORT[movement.kind]}{movement.version}",
        firm_id=actor.firm,
        filed_by=actor.id,
        movement_id=movement.id,
        version=movement.version,
        idempotency_key=filing.parcel.idempotency_key,
        message_id=filing.declaration.message_id,
        format=filing.report.format,
        media_type=filing.parcel.media_type,
        received_at=filing.at,
        digest=filing.digest,
        evidence=evidence,
        declaration_digest=digest_of(orjson.dumps(filing.document, option=orjson.OPT_SORT_KEYS)),
        declaration=filing.document,
        report=filing.report.as_json(),
    )


def _delivery(filing: _Filing, showing: Showing, port: Port, filed: tuple[PortCall, Movement, Submission]) -> Delivery:
    call, movement, submission = filed
    delivery_id = new_id()
    notice = Notice(
        id=delivery_id,
        sent_at=filing.at,
        agency=showing.agency,
        port=port.locode,
        port_call=call.reference,
        movement=movement.kind.value,
        version=movement.version,
        digest=submission.declaration_digest,
        shown=showing.digest,
        ship=ShipIdentity(name=call.ship_name, imo_number=call.imo_number, flag=call.flag),
        eta=movement.expected_at,
        time_zone=port.zone,
        parts=filing.declaration.parts,
        visible=showing.visible,
        declaration={},
        totals=showing.totals,
    )
    return Delivery(
        id=delivery_id,
        submission_id=submission.id,
        movement_id=movement.id,
        version=movement.version,
        agency=showing.agency,
        shown=showing.digest,
        # What is shown is plain JSON already and by far the largest part: the model need not walk it.
        notice=packed(orjson.dumps(notice.model_dump(mode="json") | {"declaration": showing.declaration})),
        queued_at=filing.at,
        next_attempt_at=filing.at,
    )
