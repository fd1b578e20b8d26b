"""The officers' pages: queue, case, decision, and what the gateway has not receipted.

Every flow is links and forms and works without script. Programs may use the same routes (`agencies.machine`).
"""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from agencies import signs
from agencies.agency import Assessment, Lane
from agencies.cases import OFFERED, ROWS_PER_LANE, DecisionForm, Review, Troubles
from agencies.changes import changes
from agencies.declared import moment_of
from agencies.facts import layouts
from agencies.facts.pieces import Word
from agencies.guard import officer, with_form_token
from agencies.machine import case_as_json, queue_as_json, wants_json
from agencies.office import Office, office_of
from agencies.officers import SignedIn
from agencies.records import Sending
from agencies.refusals import NO_SUCH_PAGE, Refusal
from agencies.rendering import go_to, page
from agencies.views import ROWS_PER_PAGE, listed, table
from agencies.words import in_port_time, label
from messages.exchange import Notice, Outcome

router = APIRouter(default_response_class=Response)

TheOffice = Annotated[Office, Depends(office_of)]
TheOfficer = Annotated[SignedIn, Depends(officer)]
TheSender = Annotated[SignedIn, Depends(with_form_token)]
PageNumber = Annotated[int, Query(ge=0, le=10_000)]

LANES = {
    Lane.ATTENTION: ("Attention", "Something in the notice makes an officer look."),
    Lane.CHANGED: ("Changed", "Decided before; what you see has changed since."),
    Lane.ROUTINE: ("Routine", "Nothing stands out, but no rule may grant it."),
    Lane.DECIDED: ("Decided", "A decision stands for the newest version."),
}
OUTCOMES = {
    Outcome.GRANTED: "Granted",
    Outcome.GRANTED_WITH_CONDITIONS: "Granted with conditions",
    Outcome.PROVISIONAL: "Provisional",
    Outcome.INFORMATION_REQUESTED: "Information requested",
    Outcome.INSPECTION_ORDERED: "Inspection ordered",
    Outcome.HELD: "Held",
    Outcome.REFUSED: "Refused",
    Outcome.REVOKED: "Revoked",
}
SENDINGS = {
    Sending.QUEUED: "on its way to the gateway",
    Sending.FAILED: "not accepted by the gateway",
    Sending.DONE: "received by the gateway",
}


@router.get("/queue")
def queue(
    request: Request,
    office: TheOffice,
    who: TheOfficer,
    lane: Lane | None = None,
    page_number: Annotated[PageNumber, Query(alias="page")] = 0,
) -> Response:
    """The officer's queue: all lanes, or one of them page by page."""
    shown = [lane] if lane else list(Lane)
    rows = {each: office.cases.queue(who, each, page_number if lane else 0) for each in shown}
    counts = office.cases.counts(who)
    if wants_json(request):
        return queue_as_json(rows, counts)
    return page(
        request,
        "queue.html",
        who=who,
        counts=counts,
        rows=rows,
        lane=lane,
        page_number=page_number,
        rows_per_lane=ROWS_PER_LANE,
        lanes=LANES,
        outcomes=OUTCOMES,
        unsent=len(office.cases.unsent()),
    )


@router.get("/cases/{case_id}")
def case(request: Request, who: TheOfficer, case_id: str) -> Response:
    """One case: what the agency sees, why it waits, what was decided, and the form to decide."""
    return case_page(request, who, case_id, DecisionForm(), Troubles())


@router.get("/cases/{case_id}/lists/{path}")
def whole_list(
    request: Request,
    office: TheOffice,
    who: TheOfficer,
    case_id: str,
    path: str,
    *,
    page_number: Annotated[PageNumber, Query(alias="page")] = 0,
) -> Response:
    """One list of the case, page by page."""
    review = office.cases.review(who, case_id)
    members = listed(review.notice.declaration, path)
    if members is None:
        raise Refusal(NO_SUCH_PAGE)
    title = label(path.rpartition(".")[2])
    start = page_number * ROWS_PER_PAGE
    designed = layouts.part_of_list(members, review.notice, path, start, ROWS_PER_PAGE)
    shown = designed or table(path, title, said_here(members, review.notice), start, ROWS_PER_PAGE)
    last = max(0, (len(members) - 1) // ROWS_PER_PAGE)
    return page(
        request,
        "list.html",
        who=who,
        case=review.case,
        table=shown,
        designed=designed is not None,
        title=title,
        page_number=page_number,
        last=last,
    )


@router.post("/cases/{case_id}/decisions")
def decide(
    request: Request,
    office: TheOffice,
    who: TheSender,
    case_id: str,
    *,
    outcome: Annotated[str, Form()] = "",
    notice: Annotated[str, Form()] = "",
    sequence: Annotated[str, Form()] = "",
    form_key: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    legal_basis: Annotated[str, Form()] = "",
    conditions: Annotated[str, Form()] = "",
    questions: Annotated[str, Form()] = "",
) -> Response:
    """Record a decision and go back to the queue; a form that lacks something comes back as it was."""
    form = DecisionForm(
        outcome=outcome,
        notice=notice,
        sequence=sequence,
        form_key=form_key,
        reason=reason,
        legal_basis=legal_basis,
        conditions=conditions,
        questions=questions,
    )
    troubles = office.cases.decide(who, case_id, form)
    if troubles:
        return case_page(request, who, case_id, form, troubles)
    office.replies.wake()
    return go_to(request, f"/cases/{case_id}")


@router.get("/unsent")
def unsent(request: Request, office: TheOffice, who: TheOfficer) -> Response:
    """Decisions the gateway has not receipted, and what it answered."""
    return page(request, "unsent.html", who=who, rows=office.cases.unsent(), sendings=SENDINGS)


def case_page(request: Request, who: SignedIn, case_id: str, form: DecisionForm, troubles: Troubles) -> Response:
    review = office_of(request).cases.review(who, case_id)
    shown = said_here(review.notice.declaration, review.notice)
    earlier, form_key = review.earlier, secrets.token_urlsafe(16)
    changed = list(changes(said_here(earlier.declaration, review.notice), shown)) if earlier else []
    status = 409 if troubles.stale else 422 if troubles else 200
    if wants_json(request):
        return case_as_json(who, review, changed=changed, form_key=form_key, troubles=troubles, status=status)
    return page(
        request,
        "case.html",
        who=who,
        status=status,
        case=review.case,
        review=review,
        notice=review.notice,
        assessment=review.assessment,
        lane_sign=lane_sign(review),
        reading=layouts.read(review.notice, office_of(request).agency),
        totals=layouts.counted_parts(review.notice.totals),
        earlier=earlier,
        changes=changed,
        form=form,
        troubles=troubles,
        form_key=form_key,
        grants=effect(review.notice.movement, review.assessment),
        offered=OFFERED,
        lanes=LANES,
        outcomes=OUTCOMES,
        sendings=SENDINGS,
    )


def lane_sign(review: Review) -> Word:
    """Where the case stands: its lane, or the decision that stands."""
    decided = review.case.lane is Lane.DECIDED and review.past
    return signs.OUTCOMES[review.past[0].message.outcome] if decided else signs.LANES[review.case.lane]


def said_here(shown: Any, notice: Notice) -> Any:
    """What is shown, with its moments in the port's zone."""
    return in_port_time(shown, notice.time_zone, moment_of(notice).year)


def effect(movement: str, assessment: Assessment) -> str:
    """What granting does, as the button says it: `arrival, 22 crew, 2 passengers`."""
    return ", ".join((movement, *assessment.subject))
