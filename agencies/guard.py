"""Who may pass: body limits, security headers, sessions, and the check that a form came from our own page."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Form, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agencies.office import Office, office_of
from agencies.officers import SignedIn
from agencies.refusals import FROM_ELSEWHERE, SIGNED_OUT, TOO_LARGE, Refusal
from agencies.settings import DeskSettings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Fences:
    """Around the whole desk: no body beyond its limit is read, no answer goes out without its headers."""

    def __init__(self, app: ASGIApp, settings: DeskSettings) -> None:
        self.app = app
        self.settings = settings
        self.headers = dict(HEADERS)
        if settings.secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.settings.largest_notice if scope["path"].endswith("/notices") else self.settings.largest_form
        read = 0

        async def within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            said = Headers(scope=scope).get("content-length", "0")
            if read > limit or (said.isdigit() and int(said) > limit):
                raise Refusal(TOO_LARGE, limit=limit)
            return message

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                kept = "max-age=3600" if "/static/" in scope["path"] else "no-store"
                headers.setdefault("Cache-Control", kept)
            await send(message)

        await self.app(scope, within_limit, with_headers)


def cookie_name(office: Office) -> str:
    """One per desk, as cookies do not tell ports apart. `__Host-` would forbid the desk's own path."""
    prefix = "__Secure-" if office.settings.secure else ""
    return f"{prefix}desk-{office.agency.code}"


def session_token(request: Request) -> str:
    return request.cookies.get(cookie_name(office_of(request)), "")


def whoever(request: Request) -> SignedIn | None:
    """Who is signed in, if anyone."""
    token = session_token(request)
    return office_of(request).officers.signed_in(token) if token else None


def officer(who: Annotated[SignedIn | None, Depends(whoever)]) -> SignedIn:
    """The officer signed in.

    Raises:
        Refusal: nobody is.
    """
    if who is None:
        raise Refusal(SIGNED_OUT)
    return who


def from_our_page(request: Request) -> None:
    """Refuse a form that a browser says was sent from another site.

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; programs that are no browser send neither.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    elif origin is not None:
        public = office_of(request).settings.public_url
        expected = urlsplit(public).netloc if public else request.headers.get("host", "")
        ours = bool(expected) and urlsplit(origin).netloc == expected
    else:
        ours = True
    if not ours:
        raise Refusal(FROM_ELSEWHERE)


def with_form_token(
    request: Request,
    who: Annotated[SignedIn, Depends(officer)],
    form_token: Annotated[str, Form(max_length=128)] = "",
) -> SignedIn:
    """The officer, when the form carries the token of the officer's own session.

    Raises:
        Refusal: nobody is signed in, or the form came from elsewhere.
    """
    from_our_page(request)
    if not who.fits(form_token):
        raise Refusal(FROM_ELSEWHERE)
    return who
