"""Taking an agency's decision in: verified, kept raw, counted once, receipted the same however often it comes."""

from collections.abc import Mapping

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from gateway import audit
from gateway.board import standing
from gateway.clock import Clock
from gateway.database import Database
from gateway.ids import new_id
from gateway.records import Agency, Decision, Delivery, Movement
from gateway.refusals import DecisionReused, NotADecision, NotSigned, UnknownNotice, WrongAgency
from gateway.store import filings as store
from messages.exchange import (
    AGENCY_HEADER,
    DecisionMessage,
    DecisionReceipt,
    Effect,
    Keyring,
    SignatureRefused,
    digest_of,
)


class Decisions:
    """The use case behind `POST /api/decisions`. Agencies are untrusted input until the signature says otherwise."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def receive(self, headers: Mapping[str, str], body: bytes) -> DecisionReceipt:
        """Record the decision in `body` and return its receipt.

        Raises:
            NotSigned: no key of the agency named in the header signed these bytes within 300 s.
            NotADecision: signed, but not a decision message.
            WrongAgency: signed by one agency for another's case.
            UnknownNotice: it answers a notice that was never made.
            DecisionReused: its id was used for another decision.
        """
        agency = self._signer(headers, body)
        message = _read(body)
        if message.agency != agency or message.id != headers.get("webhook-id"):
            raise WrongAgency
        try:
            return self._record(message, body)
        except IntegrityError:
            # The same message was committed by another process at the same moment.
            with self._database.reading() as session:
                if earlier := _repeat(session, message, body):
                    return earlier
            raise

    def _signer(self, headers: Mapping[str, str], body: bytes) -> str:
        code = headers.get(AGENCY_HEADER, "")
        with self._database.reading() as session:
            agency = session.get(Agency, code)
        if agency is None:
            raise NotSigned
        try:
            Keyring(*agency.keys).verify(headers, body)
        except SignatureRefused:
            raise NotSigned from None
        return code

    def _record(self, message: DecisionMessage, body: bytes) -> DecisionReceipt:
        now = self._clock.now()
        with self._database.transaction() as session:
            if earlier := _repeat(session, message, body):
                return earlier
            found = store.delivery_with_movement(session, message.notice)
            if found is None:
                raise UnknownNotice
            delivery, movement, call, digest = found
            said = (message.agency, message.port_call, message.movement, message.version, message.digest)
            if said != (delivery.agency, call.reference, movement.kind.value, delivery.version, digest):
                raise WrongAgency
            earlier_ones = store.decisions_on(session, movement.id, message.agency)
            effect = effect_of(message, movement, earlier_ones)
            receipt = DecisionReceipt(
                id=new_id(), decision=message.id, received_at=now, digest=digest_of(body), effect=effect
            )
            session.add(_row(message, body, receipt, delivery))
            audit.note(
                *(session, now, "decision received", call.reference),
                by=f"agency:{message.agency}",
                outcome=message.outcome.value,
                effect=effect.value,
                version=message.version,
            )
        return receipt


def effect_of(message: DecisionMessage, movement: Movement, earlier: list[Decision]) -> Effect:
    """What a decision changes, given what the same agency said before. Pure."""
    if message.version != movement.version:
        return Effect.OLD_VERSION
    now_standing = standing(earlier, movement.version).get(message.agency)
    if now_standing is None:
        return Effect.RECORDED
    if now_standing.sequence >= message.sequence:
        return Effect.SUPERSEDED
    said = (
        message.outcome,
        message.reason,
        list(message.conditions),
        [each.model_dump() for each in message.questions],
    )
    known = (now_standing.outcome, now_standing.reason, now_standing.conditions, now_standing.questions)
    return Effect.NO_CHANGE if said == known else Effect.RECORDED


def _read(body: bytes) -> DecisionMessage:
    try:
        return DecisionMessage.model_validate_json(body)
    except ValidationError as error:
        raise NotADecision(error) from None


def _repeat(session: Session, message: DecisionMessage, body: bytes) -> DecisionReceipt | None:
    earlier = store.decision_by_message(session, message.agency, message.id)
    if earlier is None:
        return None
    if earlier.raw != body:
        raise DecisionReused
    return DecisionReceipt.model_validate(earlier.receipt)


def _row(message: DecisionMessage, body: bytes, receipt: DecisionReceipt, delivery: Delivery) -> Decision:
    return Decision(
        message_id=message.id,
        agency=message.agency,
        delivery_id=delivery.id,
        movement_id=delivery.movement_id,
        version=message.version,
        sequence=message.sequence,
        outcome=message.outcome,
        reason=message.reason,
        legal_basis=message.legal_basis,
        conditions=list(message.conditions),
        questions=[each.model_dump() for each in message.questions],
        decided_at=message.decided_at,
        decided_by=message.decided_by,
        received_at=receipt.received_at,
        effect=receipt.effect,
        raw=body,
        receipt=receipt.model_dump(mode="json"),
    )
