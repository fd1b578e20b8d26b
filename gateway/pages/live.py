"""A call's page kept up to date: server-sent events (WHATWG HTML, 9.2) with the board whenever it has changed.

The session is looked at again at every step, so that who was signed out or disabled sees nothing more.
A stream ends by itself after a while and the browser opens the next one.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from gateway.access import still_in
from gateway.pages.answers import Parts, token_of
from gateway.pages.calls import Unattended, board_html, call_of
from gateway.wiring import Wiring

router = APIRouter(prefix="/calls", include_in_schema=False)

RECONNECT_MS = 2000
HEARTBEAT = 15
"""Seconds between comments that keep proxies from closing a silent stream."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a stream runs: seconds between two looks, and how many looks it takes before it ends."""

    seconds: float = 1.0
    looks: int = 600


@router.get("/{reference}/live")
async def follow(request: Request, reference: str, agent: Unattended, parts: Parts) -> EventSourceResponse:
    """The board now, and again whenever it changes."""
    await run_sync(call_of, parts, agent, reference)
    return EventSourceResponse(boards_as_they_change(request, parts, reference), ping=HEARTBEAT)


async def boards_as_they_change(
    request: Request, parts: Wiring, reference: str, pace: Pace | None = None
) -> AsyncIterator[ServerSentEvent]:
    """`board` events with the board's HTML; a last `gone` event when the session has ended."""
    pace, shown = pace or Pace(), ""
    for _ in range(pace.looks):
        board = await run_sync(_look, request, parts, reference)
        if board is None:
            yield ServerSentEvent(event="gone", data="")
            return
        if board != shown:
            yield ServerSentEvent(event="board", data=board, retry=RECONNECT_MS)
            shown = board
        await anyio.sleep(pace.seconds)


def _look(request: Request, parts: Wiring, reference: str) -> str | None:
    agent = still_in(parts, token_of(request))
    return None if agent is None else board_html(request, call_of(parts, agent, reference))
