"""The officers' pages for programs: the same routes answer JSON to whoever asks for `application/json`.

A case's answer carries `form`: the hidden fields its decision forms carry. Sent back with `outcome` and what
that outcome needs, form-encoded and with the session's cookie, they record a decision as a page would.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from pydantic import TypeAdapter

from agencies.agency import Lane
from agencies.cases import Review, Row, Troubles
from agencies.officers import SignedIn

_ANYTHING = TypeAdapter(dict[str, Any])
"""Writes what a notice may hold and plain JSON cannot: a number that is none becomes `null`."""


def wants_json(request: Request) -> bool:
    """Whether the sender asked for JSON by name; a browser does not."""
    return "application/json" in request.headers.get("accept", "")


def queue_as_json(rows: Mapping[Lane, Sequence[Row]], counts: Mapping[Lane, int]) -> Response:
    lanes = {lane.value: {"count": counts[lane], "cases": [row_as_json(row) for row in rows[lane]]} for lane in rows}
    return as_json({"lanes": lanes})


def row_as_json(row: Row) -> dict[str, Any]:
    case = row.case
    return {
        "case": case.id,
        "ship": case.ship_name,
        "imo_number": case.imo_number,
        "port": case.port,
        "port_call": case.port_call,
        "movement": case.movement,
        "version": case.version,
        "eta": case.eta.isoformat() if case.eta else None,
        "reason": row.assessment.reason,
        "facts": row.assessment.facts,
        "outcome": row.outcome,
    }


def case_as_json(
    who: SignedIn, review: Review, *, changed: Sequence[str], form_key: str, troubles: Troubles, status: int
) -> Response:
    body = {
        "case": review.case.id,
        "lane": review.case.lane,
        "notice": review.notice.model_dump(mode="json"),
        "assessment": review.assessment.model_dump(mode="json"),
        "changes": list(changed),
        "decisions": [
            {"decision": each.message.model_dump(mode="json"), "sending": each.sending.state} for each in review.past
        ],
        "form": {
            "form_token": who.form_token,
            "form_key": form_key,
            "notice": review.case.notice_id,
            "sequence": str(review.sequence),
        },
        "troubles": troubles.fields | ({"form": troubles.stale} if troubles.stale else {}),
    }
    return as_json(body, status)


def as_json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(_ANYTHING.dump_json(body), status, media_type="application/json")
