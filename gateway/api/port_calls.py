"""Following port calls: who has answered what, and who is waited for."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from gateway.access import Access, Actor, Rule
from gateway.board import Board, BoardLine
from gateway.clearance import Clearance, WaitingFor
from gateway.records import PortCall
from gateway.refusals import NotYours, problems
from gateway.store import boards as store
from gateway.wiring import Wiring, wired

router = APIRouter(prefix="/api/port-calls", tags=["port calls"])

Reader = Annotated[Actor, Depends(Access(Rule.READ))]
Parts = Annotated[Wiring, Depends(wired)]


class LineBody(BaseModel):
    """One agency's state in a movement."""

    agency: str
    title: str
    state: str = Field(description="`not_yet_delivered`, `delivery_failed`, `under_review`, or the agency's outcome.")
    since: AwareDatetime
    waiting_for: WaitingFor
    reason: str = ""
    legal_basis: str = ""
    conditions: list[str] = []
    questions: list[dict[str, str]] = []
    attempts: int = Field(0, description="To deliver, while it is not delivered.")
    next_attempt_at: AwareDatetime | None = None
    trouble: str | None = Field(None, description="Why the last attempt to deliver failed.")


class MovementBody(BaseModel):
    """One movement and its clearance."""

    movement: str
    version: int
    submission: str
    expected_at: AwareDatetime | None
    clearance: Clearance
    since: AwareDatetime
    delivered: int = Field(description="How many agencies have their notice.")
    agencies: list[LineBody]


class PortCallBody(BaseModel):
    """A port call as its agent may read it."""

    reference: str
    port: str
    ship: dict[str, str | None]
    voyage_number: str | None
    created_at: AwareDatetime
    movements: list[MovementBody]


class PageBody(BaseModel):
    """A page of calls, newest first. `next` continues it."""

    port_calls: list[PortCallBody]
    next: str | None = None


@router.get("", responses=problems(401, 422))
def list_calls(
    reader: Reader,
    parts: Parts,
    response: Response,
    before: Annotated[str | None, Query(max_length=64, description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PageBody:
    """Your firm's port calls."""
    with parts.database.reading() as session:
        calls = store.port_calls_of_firm(session, reader.firm, before=before, limit=limit + 1)
        page, more = calls[:limit], len(calls) > limit
        boards = store.boards_of(session, page)
    following = page[-1].id if more else None
    if following:
        response.headers["Link"] = f'</api/port-calls?before={following}&limit={limit}>; rel="next"'
    return PageBody(port_calls=[body_of(call, boards[call.id]) for call in page], next=following)


@router.get("/{reference}", responses=problems(401, 404))
def read_call(reference: str, reader: Reader, parts: Parts) -> PortCallBody:
    """One port call: for each movement the word, and for each agency its line."""
    with parts.database.reading() as session:
        call = store.port_call_of_firm(session, reader.firm, reference)
        if call is None:
            raise NotYours
        boards = store.boards_of(session, [call])
    return body_of(call, boards[call.id])


def body_of(call: PortCall, boards: list[Board]) -> PortCallBody:
    """The call as the API says it."""
    return PortCallBody(
        reference=call.reference,
        port=call.port,
        ship={"name": call.ship_name, "imo_number": call.imo_number, "flag": call.flag},
        voyage_number=call.voyage_number,
        created_at=call.created_at,
        movements=[_movement(board) for board in boards],
    )


def _movement(board: Board) -> MovementBody:
    return MovementBody(
        movement=board.movement.kind.value,
        version=board.movement.version,
        submission=board.submission.reference,
        expected_at=board.movement.expected_at,
        clearance=board.clearance,
        since=board.since,
        delivered=board.delivered,
        agencies=[_line(line) for line in board.lines],
    )


def _line(line: BoardLine) -> LineBody:
    fields: dict[str, Any] = {name: getattr(line, name) for name in LineBody.model_fields}
    return LineBody.model_validate(fields)
