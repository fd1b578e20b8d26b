"""Everything the gateway declines to do and can explain, and the one place that turns a refusal into an answer.

Refusal
├── Unauthorized        nobody we know: SignInNeeded, WrongPassword, KeyRefused, KeyInAddress, NotSigned
├── Forbidden           known, but not allowed: ForeignForm, ScopeMissing, SenderNotYours, WrongAgency
├── NotFound            nothing there, or nothing of yours: NotYours, UnknownNotice
├── Conflict            used before for something else: KeyReused, FormUsedUp, MessageReused, DecisionReused
├── Unprocessable       read, and found wanting: RefusedByFindings, NotADecision, PortNotServed, ...
└── TooManyTries, TooLarge, LengthNeeded, LinkSpent, Unavailable, Failed, ...

The words are in `faults.toml`. API paths get RFC 9457 problem details, all others a page.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from gateway.headers import ALWAYS, add_to
from gateway.rendering import render
from messages.catalogue import load
from messages.findings import Place
from messages.report import Report

FAULTS = load(Path(__file__).with_name("faults.toml"))

RETRY_SECONDS = 5
"""When to try again after the database could not be reached."""

MEBIBYTE = 1024 * 1024


class Refusal(Exception):  # noqa: N818 - a refusal is what it is, not a fault of ours
    """The request was declined."""

    status = 400
    code = "MSW-API-400"

    def __init__(
        self, *, headers: Mapping[str, str] | None = None, errors: Sequence[Mapping[str, Any]] = (), **values: Any
    ) -> None:
        said = FAULTS[self.code].at(Place(), **values)
        super().__init__(said.message)
        self.detail = said.message
        self.fix = said.fix
        self.headers = dict(headers or {})
        self.errors = list(errors)

    @property
    def title(self) -> str:
        """What every refusal of this kind has in common: the first line of the class's docstring."""
        return (type(self).__doc__ or "").partition("\n")[0]


class Unauthorized(Refusal):
    """The request carries no credential that is known here."""

    status, code = 401, "MSW-AUT-001"

    def __init__(self, **values: Any) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer realm="fairway"'}, **values)


class SignInNeeded(Unauthorized):
    """A session is needed, and there is none."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__()
        self.location = location
        """Where a browser that was reading is sent instead."""


class WrongPassword(Unauthorized):
    """Signing in did not succeed."""

    code = "MSW-AUT-002"


class KeyRefused(Unauthorized):
    """The API key does not open anything."""

    code = "MSW-AUT-005"


class KeyInAddress(Unauthorized):
    """An API key was sent where it can be read by others."""

    code = "MSW-AUT-006"


class NotSigned(Unauthorized):
    """The message is not signed by the agency it names."""

    code = "MSW-AGY-101"


class TooManyTries(Refusal):
    """Signing in has to pause."""

    status, code = 429, "MSW-AUT-003"

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(seconds)}, seconds=seconds)


class ForeignForm(Refusal):
    """The form was not sent from a page of this site and session."""

    status, code = 403, "MSW-AUT-004"


class ScopeMissing(Refusal):
    """The API key is not meant for this."""

    status, code = 403, "MSW-AUT-007"


class SenderNotYours(Refusal):
    """The document names another firm as its sender."""

    status, code = 403, "MSW-AUT-014"

    def __init__(self, sender: str, firm: str) -> None:
        super().__init__(value=sender, firm=firm)


class WrongAgency(Refusal):
    """The decision is signed by one agency and speaks of another's case."""

    status, code = 403, "MSW-AGY-103"


class LinkSpent(Refusal):
    """The sign-in link does not work any more."""

    status, code = 410, "MSW-AUT-008"


class NotFound(Refusal):
    """There is nothing at this address."""

    status, code = 404, "MSW-API-404"


class NotYours(NotFound):
    """There is nothing at this address."""


class UnknownNotice(Refusal):
    """The decision answers a notice that was never made."""

    status, code = 404, "MSW-AGY-104"


class NoSuchMethod(Refusal):
    """This address does not do that."""

    status, code = 405, "MSW-API-405"


class KeyReused(Refusal):
    """The idempotency key belongs to another document."""

    status, code = 409, "MSW-API-409"


class MessageReused(Refusal):
    """The message id belongs to another document."""

    status, code = 409, "MSW-API-410"

    def __init__(self, message_id: str, reference: str) -> None:
        super().__init__(value=message_id, reference=reference)


class DecisionReused(Refusal):
    """The decision's id belongs to another decision."""

    status, code = 409, "MSW-AGY-105"


class LengthNeeded(Refusal):
    """The form has to say how long it is."""

    status, code = 411, "MSW-API-411"


class TooLarge(Refusal):
    """The body is larger than is accepted here."""

    status, code = 413, "MSW-API-413"

    def __init__(self, most: int) -> None:
        super().__init__(bytes=most, mebibytes=f"{most / MEBIBYTE:g}", headers={"Connection": "close"})


class PortNotServed(Refusal):
    """The port of call is not one of this window's."""

    status, code = 422, "MSW-API-414"

    def __init__(self, port: str, served: Iterable[str]) -> None:
        super().__init__(value=port, ports=", ".join(served))


class NotUnderstood(Refusal):
    """The request's values do not fit."""

    status, code = 422, "MSW-API-422"


class NotADecision(Refusal):
    """The message is not a decision."""

    status, code = 422, "MSW-AGY-102"

    def __init__(self, error: ValidationError) -> None:
        super().__init__(errors=_misfits(error.errors(include_url=False, include_input=False), self.code))


class RefusedByFindings(Refusal):
    """The document cannot be filed as it is."""

    status, code = 422, "MSW-API-423"

    def __init__(self, report: Report) -> None:
        super().__init__(value=len(report.errors), errors=[each.as_json() for each in report.findings])
        self.report = report


class NothingSent(Refusal):
    """There is no document to check."""

    status, code = 422, "MSW-API-424"


class FormUsedUp(Refusal):
    """The form has filed another document already."""

    status, code = 409, "MSW-API-425"


class PasswordLength(Refusal):
    """The new password is too short or too long."""

    status, code = 422, "MSW-AUT-009"


class PasswordHasNul(Refusal):
    """The new password cannot be typed."""

    status, code = 422, "MSW-AUT-010"


class PasswordsDiffer(Refusal):
    """The new password was typed in two ways."""

    status, code = 422, "MSW-AUT-011"


class PresentPasswordWrong(Refusal):
    """The present password does not fit."""

    status, code = 422, "MSW-AUT-012"


class LoginNotAllowed(Refusal):
    """The address cannot name an account."""

    status, code = 422, "MSW-AUT-013"


class Failed(Refusal):
    """The single window failed."""

    status, code = 500, "MSW-API-500"


class Unavailable(Refusal):
    """The single window cannot work at this moment."""

    status, code = 503, "MSW-API-503"

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": str(RETRY_SECONDS)}, seconds=RETRY_SECONDS)


class DirectoryIncomplete(Refusal):
    """The single window does not know every agency that decides."""

    status, code = 503, "MSW-API-501"

    def __init__(self, lacking: Iterable[str]) -> None:
        super().__init__(value=", ".join(sorted(lacking)))


def problem(request: Request, refusal: Refusal) -> Response:
    """The refusal as an answer: problem details for the API, a page or the way to sign in for browsers."""
    if request.scope["path"].startswith("/api/"):
        return JSONResponse(
            problem_details(refusal), refusal.status, refusal.headers, media_type="application/problem+json"
        )
    if isinstance(refusal, SignInNeeded) and refusal.location is not None:
        return RedirectResponse(refusal.location, 303)
    body = render(request, "refusal.html", refusal=refusal)
    return HTMLResponse(body, refusal.status, refusal.headers)


def problem_details(refusal: Refusal) -> dict[str, Any]:
    """RFC 9457 members, with `code`, `fix` and, where there are several faults, `errors`."""
    said: dict[str, Any] = {
        "type": f"/rules/{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "code": refusal.code,
        "fix": refusal.fix,
    }
    return said | ({"errors": refusal.errors} if refusal.errors else {})


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the refusals a route may answer with."""
    members = {name: {"type": "string"} for name in ("type", "title", "detail", "code", "fix")}
    schema = {
        "type": "object",
        "required": [*members, "status"],
        "properties": members | {"status": {"type": "integer"}, "errors": {"type": "array", "items": {}}},
    }
    content = {"application/problem+json": {"schema": schema}}
    return {status: {"description": "Problem details (RFC 9457)", "content": content} for status in statuses}


def install(app: FastAPI) -> None:
    """Let no answer leave in the framework's own shape."""
    kinds = (Refusal, HTTPException, RequestValidationError, OperationalError, NoConnectionLeft, Exception)
    for kind in kinds:
        app.add_exception_handler(kind, _answer)


def _answer(request: Request, error: Exception) -> Response:
    refusal = _refusal_for(error)
    answer = problem(request, refusal)
    if isinstance(refusal, Failed):
        # Starlette answers what nobody expected outside of all middleware.
        add_to(answer.headers, ALWAYS)
    return answer


def _refusal_for(error: Exception) -> Refusal:
    match error:
        case Refusal():
            refusal = error
        case RequestValidationError():
            refusal = NotUnderstood(errors=_misfits(error.errors(), NotUnderstood.code))
        case OperationalError() | NoConnectionLeft():
            refusal = Unavailable()
        case HTTPException(status_code=404):
            refusal = NotFound()
        case HTTPException(status_code=405):
            refusal = NoSuchMethod(headers=error.headers)
        case HTTPException():
            refusal = Refusal()
        case _:
            refusal = Failed()
    return refusal


def _misfits(errors: Iterable[Any], code: str) -> list[dict[str, Any]]:
    """Validation errors in the shape of findings, without the values, which may be anything."""
    return [
        {
            "rule": code,
            "severity": "error",
            "message": f"{'.'.join(str(step) for step in each['loc'])}: {each['msg']}.",
            "where": {"path": "/" + "/".join(str(step) for step in each["loc"])},
        }
        for each in errors
    ]
