"""Where agencies' desks bring their decisions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from gateway.access import Access, Actor, Rule
from gateway.api.bodies import limited_body
from gateway.refusals import problems
from gateway.wiring import Wiring, wired
from messages.exchange import DecisionReceipt

router = APIRouter(prefix="/api/decisions", tags=["agencies"])


async def signed_body(request: Request) -> bytes:
    """The body as signed, bounded by the settings."""
    return await limited_body(request, wired(request).settings.largest_decision)


@router.post("", responses=problems(401, 403, 404, 409, 413, 422))
def decide(
    request: Request,
    _agency: Annotated[Actor, Depends(Access(Rule.AGENCY))],
    body: Annotated[bytes, Depends(signed_body)],
    parts: Annotated[Wiring, Depends(wired)],
) -> DecisionReceipt:
    """Record an agency's decision, signed as Standard Webhooks has it. A repeat gets the same receipt."""
    return parts.decisions.receive(request.headers, body)
