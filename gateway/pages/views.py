"""What call pages show, made of boards: frozen values, every word and time ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.board import Board, BoardLine
from gateway.clearance import Clearance, WaitingFor
from gateway.records import Port, PortCall, Submission
from gateway.wording import LINES, WAITS, WORDS, Sign, age


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One call in the firm's list."""

    reference: str
    ship: str
    imo_number: str | None
    voyage: str | None
    port: str
    zone: str
    movement: str
    expected_at: datetime | None
    sign: Sign
    waits_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One agency's line."""

    title: str
    sign: Sign
    since: datetime
    age: str
    waits_for: str
    trouble: str | None
    attempts: int
    next_attempt_at: datetime | None
    reason: str
    legal_basis: str
    conditions: tuple[str, ...]
    questions: tuple[Mapping[str, str], ...]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to say beside the state itself."""
        told = (self.trouble, self.attempts, self.reason, self.conditions, self.questions, self.legal_basis)
        return any(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """One movement: the word and its lines."""

    movement: str
    expected_at: datetime | None
    sign: Sign
    age: str
    since: datetime
    waits_for: str
    delivered: int
    lines: tuple[LineView, ...]
    submission: Submission
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One call with all its movements."""

    reference: str
    ship: str
    imo_number: str | None
    flag: str | None
    voyage: str | None
    port: str
    locode: str
    zone: str
    now: datetime
    boards: tuple[BoardView, ...]


def call_row(call: PortCall, boards: Sequence[Board], port: Port) -> CallRow:
    """The call as its latest movement stands."""
    board = boards[-1]
    return CallRow(
        reference=call.reference,
        ship=call.ship_name,
        imo_number=call.imo_number,
        voyage=call.voyage_number,
        port=port.name,
        zone=port.zone,
        movement=board.movement.kind.value.capitalize(),
        expected_at=board.movement.expected_at,
        sign=WORDS[board.clearance],
        waits_for=waits_for(board),
    )


def call_view(call: PortCall, boards: Sequence[Board], port: Port, now: datetime) -> CallView:
    """The call at this moment."""
    return CallView(
        reference=call.reference,
        ship=call.ship_name,
        imo_number=call.imo_number,
        flag=call.flag,
        voyage=call.voyage_number,
        port=port.name,
        locode=port.locode,
        zone=port.zone,
        now=now,
        boards=tuple(_board(each, port, now) for each in boards),
    )


def waits_for(board: Board) -> str:
    """Everybody who has the ball, the reader first: `you, Customs, delivery to Quarantine`."""
    if board.clearance is Clearance.CLEARED:
        return WAITS[WaitingFor.NOBODY]
    of = {who: [line.title for line in board.waiting if line.waiting_for is who] for who in WaitingFor}
    named = [WAITS[WaitingFor.AGENT]] if of[WaitingFor.AGENT] else []
    named += of[WaitingFor.AGENCY]
    if of[WaitingFor.WINDOW]:
        named.append("delivery to " + " and ".join(of[WaitingFor.WINDOW]))
    return ", ".join(named) or WAITS[WaitingFor.NOBODY]


def _board(board: Board, port: Port, now: datetime) -> BoardView:
    return BoardView(
        movement=board.movement.kind.value.capitalize(),
        expected_at=board.movement.expected_at,
        sign=WORDS[board.clearance],
        age=age(board.since, now),
        since=board.since,
        waits_for=waits_for(board),
        delivered=board.delivered,
        lines=tuple(_line(line, now) for line in board.lines),
        submission=board.submission,
        zone=port.zone,
    )


def _line(line: BoardLine, now: datetime) -> LineView:
    return LineView(
        title=line.title,
        sign=LINES[line.state],
        since=line.since,
        age=age(line.since, now),
        waits_for=WAITS[line.waiting_for],
        trouble=line.trouble,
        attempts=line.attempts,
        next_attempt_at=line.next_attempt_at if line.attempts else None,
        reason=line.reason,
        legal_basis=line.legal_basis,
        conditions=line.conditions,
        questions=line.questions,
    )
