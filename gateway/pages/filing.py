"""Filing an arrival from a page: a file or pasted text, checked at once; what was sent is given back to be mended."""

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from gateway.access import Actor
from gateway.forms import Form, attached, field
from gateway.ids import new_id
from gateway.intake import Parcel, Receipt
from gateway.pages.answers import Agent, Parts, onward, page
from gateway.pages.reports import ReportView, report_view
from gateway.refusals import FormUsedUp, KeyReused, NothingSent, Refusal
from gateway.store.agencies import titles
from gateway.wiring import Wiring
from messages.report import Report

router = APIRouter(prefix="/calls", include_in_schema=False)

MOST_GIVEN_BACK = 512 * 1024
"""Bytes of a document that are put into the page to be mended there. Larger ones are mended in their file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm:
    """What the form shows. `text` is what was sent before, as far as it can be given back."""

    key: str
    text: str = ""
    file_name: str = ""
    report: ReportView | None = None
    refusal: Refusal | None = None


@router.get("/new")
def filing_page(request: Request, _agent: Agent, parts: Parts) -> Response:
    """The form. Its key makes a second press of the button harmless."""
    return _shown(request, parts, FilingForm(key=new_id()), 200)


@router.post("/new")
def file_arrival(request: Request, agent: Agent, form: Form, parts: Parts) -> Response:
    """Check and file what was sent: on to the call's page, or back with everything that was found."""
    parcel = _parcel(form)
    key = parcel.idempotency_key or new_id()
    sent = FilingForm(key=key, text=_given_back(parcel.body), file_name=_file_name(form))
    try:
        answer = _receive(parts, agent, parcel)
    except KeyReused:
        return _again(request, parts, sent, FormUsedUp(), key=new_id())
    except Refusal as refusal:
        return _again(request, parts, sent, refusal, key=key)
    if isinstance(answer, Receipt):
        return onward(f"/calls/{answer.port_call}")
    with parts.database.reading() as session:
        report = report_view(answer.as_json(), parcel.body, titles(session))
    return _shown(request, parts, replace(sent, report=report), 422)


def _receive(parts: Wiring, agent: Actor, parcel: Parcel) -> Receipt | Report:
    if not parcel.body.strip():
        raise NothingSent
    return parts.intake.receive(parcel, agent)


def _parcel(form: FormData) -> Parcel:
    chosen = form.get("document")
    body, media_type = attached(form, "document"), ""
    if body and isinstance(chosen, UploadFile):
        media_type = (chosen.content_type or "").partition(";")[0].strip().lower()
    return Parcel(
        body=body or field(form, "text").encode("utf-8", "replace"),
        media_type=media_type,
        idempotency_key=field(form, "key")[:255] or None,
    )


def _file_name(form: FormData) -> str:
    chosen = form.get("document")
    return (chosen.filename or "")[:100] if isinstance(chosen, UploadFile) else ""


def _given_back(body: bytes) -> str:
    if len(body) > MOST_GIVEN_BACK:
        return ""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _again(request: Request, parts: Wiring, sent: FilingForm, refusal: Refusal, *, key: str) -> Response:
    return _shown(request, parts, replace(sent, refusal=refusal, key=key), refusal.status)


def _shown(request: Request, parts: Wiring, form: FilingForm, status: int) -> Response:
    return page(request, "filing.html", status=status, form=form, largest=parts.settings.largest_submission)
