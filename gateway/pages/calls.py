"""The agent's calls: the list, one call, its report, and the board alone for the page that keeps itself up to date."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from zstandard import ZstdDecompressor

from gateway.access import Access, Actor, Rule
from gateway.pages.answers import Agent, Parts, page
from gateway.pages.reports import report_view
from gateway.pages.views import CallView, call_row, call_view
from gateway.refusals import NotYours
from gateway.rendering import render
from gateway.store import boards, filings
from gateway.store.agencies import titles
from gateway.store.ports import ports
from gateway.wiring import Wiring

router = APIRouter(prefix="/calls", include_in_schema=False)

CALLS_PER_PAGE = 25

Unattended = Annotated[Actor, Depends(Access(Rule.AGENT_PAGE, unattended=True))]
"""The signed-in agent, when it is the page that asks and not the person."""


@router.get("")
def list_calls(
    request: Request,
    agent: Agent,
    parts: Parts,
    before: Annotated[str | None, Query(max_length=64)] = None,
) -> Response:
    """The firm's calls, newest first."""
    with parts.database.reading() as session:
        calls = boards.port_calls_of_firm(session, agent.firm, before=before, limit=CALLS_PER_PAGE + 1)
        shown = calls[:CALLS_PER_PAGE]
        drawn = boards.boards_of(session, shown)
        known = ports(session)
    rows = [call_row(call, drawn[call.id], known[call.port]) for call in shown]
    older = shown[-1].id if len(calls) > CALLS_PER_PAGE else None
    return page(request, "calls.html", rows=rows, older=older, newest=before is None)


@router.get("/{reference}")
def read_call(request: Request, reference: str, agent: Agent, parts: Parts) -> Response:
    """One call: the word, the lines, the receipts."""
    return page(request, "call.html", call=call_of(parts, agent, reference))


@router.get("/{reference}/board")
def read_board(request: Request, reference: str, agent: Unattended, parts: Parts) -> Response:
    """The part of the call's page that changes."""
    return HTMLResponse(board_html(request, call_of(parts, agent, reference)))


@router.get("/{reference}/report/{submission}")
def read_report(request: Request, reference: str, submission: str, agent: Agent, parts: Parts) -> Response:
    """What was found in a submission that was filed."""
    with parts.database.reading() as session:
        found = filings.submission_of_firm(session, agent.firm, submission)
        named, known = titles(session), ports(session)
    if found is None or found[2].reference != reference:
        raise NotYours
    document = ZstdDecompressor().decompress(found[0].evidence)
    report = report_view(found[0].report, document, named)
    return page(
        request, "report.html", report=report, submission=found[0], call=found[2], zone=known[found[2].port].zone
    )


def call_of(parts: Wiring, agent: Actor, reference: str) -> CallView:
    """The call of that reference as it stands now.

    Raises:
        NotYours: it is another firm's or nobody's.
    """
    with parts.database.reading() as session:
        call = boards.port_call_of_firm(session, agent.firm, reference)
        if call is None:
            raise NotYours
        drawn = boards.boards_of(session, [call])[call.id]
        port = ports(session)[call.port]
    return call_view(call, drawn, port, parts.clock.now())


def board_html(request: Request, call: CallView) -> str:
    """The part of the call's page that changes."""
    return render(request, "board.html", call=call)
