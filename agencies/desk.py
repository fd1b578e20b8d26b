"""The application one agency runs: a door for the gateway's notices, and pages for its officers.

`ACCESS` says who may use each route; a test compares it with the routes there are.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import httpx2
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from agencies import pages, sign_in
from agencies.agency import Agency
from agencies.clock import Clock, machine_clock
from agencies.guard import HEADERS, Fences
from agencies.machine import wants_json
from agencies.office import Office, office_of
from agencies.refusals import (
    BROKEN,
    NO_DATABASE,
    NO_SUCH_PAGE,
    NOT_THAT_WAY,
    SIGNED_OUT,
    UNREADABLE_FORM,
    Refusal,
)
from agencies.rendering import go_to, page
from agencies.settings import DeskSettings

log = logging.getLogger(__name__)

UNEXPECTED = 500
MACHINE_DOORS = ("/notices", "/healthz")

PUBLIC, GATEWAY, OFFICER = "public", "gateway", "officer"
ACCESS = {
    "POST /notices": GATEWAY,
    "GET /healthz": PUBLIC,
    "GET /": PUBLIC,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "GET /sign-in/link/{token}": PUBLIC,
    "POST /sign-in/link/{token}": PUBLIC,
    "POST /sign-out": OFFICER,
    "GET /officer": OFFICER,
    "POST /officer/password": OFFICER,
    "GET /queue": OFFICER,
    "GET /cases/{case_id}": OFFICER,
    "GET /cases/{case_id}/lists/{path}": OFFICER,
    "POST /cases/{case_id}/decisions": OFFICER,
    "GET /unsent": OFFICER,
}

door = APIRouter()


async def body_of(request: Request) -> bytes:
    """The raw bytes, as many as the fences let through."""
    return await request.body()


@door.post("/notices", status_code=202)
def receive(
    request: Request,
    office: Annotated[Office, Depends(office_of)],
    body: Annotated[bytes, Depends(body_of)],
) -> Response:
    """Take in one notice; the receipt is the same for every repeat."""
    receipt = office.inbox.receive(request.headers, body)
    office.replies.wake()
    return Response(receipt, 202, media_type="application/json")


@door.get("/healthz")
def healthz(office: Annotated[Office, Depends(office_of)]) -> dict[str, str]:
    """Answers when the database does."""
    with office.database.reading() as session:
        session.connection().exec_driver_sql("SELECT 1")
    return {"agency": office.agency.code, "status": "ok"}


@door.get("/")
def home(request: Request) -> Response:
    """The queue is what one comes for."""
    return go_to(request, "/queue")


def create_desk(
    agency: Agency, settings: DeskSettings, *, clock: Clock = machine_clock, gateway: httpx2.Client | None = None
) -> FastAPI:
    """The desk of `agency`. Its database is brought to the newest schema here; sending starts with the lifespan."""
    office = Office.furnished(agency, settings, clock, gateway)

    @asynccontextmanager
    async def open_hours(_: FastAPI) -> AsyncIterator[None]:
        office.open()
        yield
        office.close()

    app = FastAPI(
        title=f"Fairway desk: {agency.title}",
        openapi_url=None,
        lifespan=open_hours,
        middleware=[Middleware(Fences, settings=settings)],
        redirect_slashes=False,
    )
    app.state.office = office
    for router in (door, sign_in.router, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for trouble in (Refusal, HTTPException, RequestValidationError, OperationalError, Exception):
        app.add_exception_handler(trouble, refuse)
    return app


def refuse(request: Request, trouble: Exception) -> Response:
    """One place turns refusals into answers: a problem at the machine's doors, a page at the officers'."""
    refusal = refusal_for(request, trouble)
    log.log(logging.ERROR if refusal.fault.status >= UNEXPECTED else logging.INFO, "refused: %s", refusal.fault.id)
    if request.scope["path"].endswith(MACHINE_DOORS) or wants_json(request):
        return refusal.as_problem()
    if refusal.fault is SIGNED_OUT and request.method == "GET":
        return go_to(request, "/sign-in")
    answer = page(request, "refused.html", status=refusal.status_code, refusal=refusal)
    answer.headers.update({**HEADERS, **(refusal.headers or {})})  # a failure is answered outside the fences
    return answer


def refusal_for(request: Request, trouble: Exception) -> Refusal:
    match trouble:
        case Refusal():
            return trouble
        case HTTPException(status_code=404):
            return Refusal(NO_SUCH_PAGE)
        case HTTPException(status_code=405):
            return Refusal(NOT_THAT_WAY, method=request.method)
        case RequestValidationError():
            return Refusal(UNREADABLE_FORM)
        case OperationalError():
            return Refusal(NO_DATABASE, retry_after=5)
        case _:
            return Refusal(BROKEN)
