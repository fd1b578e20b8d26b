"""Signing in and out, one-time links, and one's own password."""

from fastapi import APIRouter, Request, Response

from gateway.access import cookie_name
from gateway.accounts import Entrance, Entry
from gateway.forms import Form, field
from gateway.pages.answers import Agent, Parts, Visitor, onward, page, token_of
from gateway.refusals import Refusal, TooManyTries, WrongPassword
from gateway.wiring import Wiring

router = APIRouter(include_in_schema=False)

HOME = "/calls"


@router.get("/sign-in")
def sign_in_page(request: Request, _visitor: Visitor, next: str = "") -> Response:  # noqa: A002 - the address says so
    """The form to sign in."""
    return page(request, "sign_in.html", next=local_path(next), refusal=None)


@router.post("/sign-in")
def sign_in(request: Request, _visitor: Visitor, form: Form, parts: Parts) -> Response:
    """Open a session with a password. Every failure looks the same, whoever was named."""
    onward_to = local_path(field(form, "next"))
    try:
        entry = _entrance(parts).sign_in(
            field(form, "login"),
            field(form, "password"),
            source=request.client.host if request.client else "",
            old_token=token_of(request),
        )
    except (WrongPassword, TooManyTries) as refusal:
        answer = page(request, "sign_in.html", status=refusal.status, next=onward_to, refusal=refusal)
        answer.headers.update(refusal.headers)
        return answer
    return _let_in(request, parts, entry, onward_to)


@router.post("/sign-out")
def sign_out(request: Request, _agent: Agent, parts: Parts) -> Response:
    """End the session."""
    _entrance(parts).leave(token_of(request) or "")
    answer = onward("/")
    answer.delete_cookie(cookie_name(request), path="/", secure=parts.settings.secure, httponly=True, samesite="lax")
    return answer


@router.get("/sign-in/link/{token}")
def link_page(request: Request, token: str, _visitor: Visitor) -> Response:
    """One button. Reading the page uses nothing up: mail programs open links by themselves."""
    return page(request, "sign_in_link.html", token=token)


@router.post("/sign-in/link/{token}")
def follow_link(request: Request, token: str, _visitor: Visitor, parts: Parts) -> Response:
    """Open a session with a one-time link."""
    entry = _entrance(parts).follow_link(token, old_token=token_of(request))
    return _let_in(request, parts, entry, HOME if entry.has_password else "/account/password")


@router.get("/account/password")
def password_page(request: Request, _agent: Agent, parts: Parts) -> Response:
    """The form to choose a password."""
    return _password_form(request, parts, None)


@router.post("/account/password")
def choose_password(request: Request, _agent: Agent, form: Form, parts: Parts) -> Response:
    """Choose a password; every other session of the account ends."""
    try:
        _entrance(parts).choose_password(
            token_of(request) or "",
            present=field(form, "present"),
            new=field(form, "new"),
            again=field(form, "again"),
        )
    except Refusal as refusal:
        return _password_form(request, parts, refusal)
    return onward(HOME)


def local_path(wanted: str) -> str:
    """`wanted` when it is a path on this site, else the agent's own first page."""
    local = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if local else HOME


def _entrance(parts: Wiring) -> Entrance:
    return Entrance(parts.database, parts.clock)


def _let_in(request: Request, parts: Wiring, entry: Entry, path: str) -> Response:
    answer = onward(path)
    answer.set_cookie(
        cookie_name(request), entry.token, path="/", secure=parts.settings.secure, httponly=True, samesite="lax"
    )
    return answer


def _password_form(request: Request, parts: Wiring, refusal: Refusal | None) -> Response:
    needed = _entrance(parts).present_password_needed(token_of(request) or "")
    status = refusal.status if refusal else 200
    answer = page(request, "password.html", status=status, present_needed=needed, refusal=refusal)
    answer.headers.update(refusal.headers if refusal else {})
    return answer
