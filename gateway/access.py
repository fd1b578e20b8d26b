"""Who may ask what: every route names a rule, and a route without one is refused by the tests.

People come with a session cookie, programs with an API key in the `Authorization` header. Nothing is decided
from the text of an address. A foreign object answers like a missing one, which is the queries' doing.
"""

import hmac
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from sqlmodel import Session

from gateway import audit
from gateway.account_records import Account, ApiKey, BrowserSession, Firm
from gateway.accounts import KEY_PREFIX, hash_of
from gateway.actors import Actor
from gateway.forms import form_of
from gateway.refusals import ForeignForm, KeyInAddress, KeyRefused, ScopeMissing, SignInNeeded
from gateway.settings import Settings
from gateway.store import accounts as store
from gateway.wiring import Wiring, wired

__all__ = ["ANONYMOUS", "Access", "Actor", "Rule", "cookie_name", "routes_without_rule", "still_in"]

ANONYMOUS = Actor(id="anonymous")

SAFE_METHODS = frozenset({"GET", "HEAD"})

SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session was used."""

SKEW = timedelta(minutes=5)
"""How far another gateway's clock may be ahead. A session from beyond that has outlived a clock set back."""

OPEN_ROUTES = frozenset({"/openapi.json"})
"""Routes that FastAPI makes itself, open to everybody: the published contract."""


class Rule(StrEnum):
    """Who may use a route."""

    PUBLIC = "public"
    """Anybody; no credential is looked at."""
    VISITOR = "visitor"
    """Anybody, greeted by name when signed in. Forms must come from our own pages."""
    AGENT_PAGE = "agent_page"
    """A signed-in agent; others are shown the way to sign in."""
    FILE = "file"
    """A signed-in agent, or an API key with the scope `file`."""
    READ = "read"
    """A signed-in agent, or an API key with the scope `read`."""
    AGENCY = "agency"
    """An agency's desk; the use case checks the signature over the body."""


PEOPLE = frozenset({Rule.VISITOR, Rule.AGENT_PAGE, Rule.FILE, Rule.READ})
"""Rules by which a session cookie counts."""

SCOPE = {Rule.FILE: "file", Rule.READ: "read"}
"""The scope an API key needs. Under other rules keys count for nothing."""


@dataclass(frozen=True, slots=True)
class Access:
    """A FastAPI dependency: lets a request pass by its rule and says who asks, or refuses it.

    `unattended` marks what a page asks for by itself: it does not keep an idle session alive.
    """

    rule: Rule
    unattended: bool = False

    async def __call__(self, request: Request) -> AsyncIterator[Actor]:
        """Yields the actor; the request's form, if it was read, is closed afterwards."""
        try:
            yield await self._actor(request)
        finally:
            await request.close()

    async def _actor(self, request: Request) -> Actor:
        exposed = [value for value in request.query_params.values() if value.startswith(KEY_PREFIX)]
        if exposed:
            await run_sync(_note_exposed, wired(request), exposed[0])
            raise KeyInAddress
        actor = ANONYMOUS
        if "authorization" in request.headers and self.rule in SCOPE:
            actor = await run_sync(_by_key, request, SCOPE[self.rule])
        elif self.rule in PEOPLE:
            actor = await self._person(request)
        request.state.actor = actor
        return actor

    async def _person(self, request: Request) -> Actor:
        unsafe = request.method not in SAFE_METHODS
        visiting = self.rule is Rule.VISITOR
        actor = await run_sync(still_in, wired(request), request.cookies.get(cookie_name(request)), not self.unattended)
        if actor is None and not visiting:
            raise SignInNeeded(_way_in(request))
        if unsafe:
            _from_our_page(request)
            if actor is not None and not visiting:
                await _from_this_session(request, actor)
        return actor or ANONYMOUS


def cookie_name(request: Request) -> str:
    """What the session cookie is called. `__Host-` (RFC 6265bis) binds it to this host and to TLS."""
    return "__Host-fairway" if wired(request).settings.secure else "fairway"


def still_in(parts: Wiring, token: str | None, seen: bool = False) -> Actor | None:
    """Whose session that token opens now; None when it has ended. `seen` keeps it from running idle."""
    if token is None:
        return None
    now = parts.clock.now()
    with parts.database.reading() as session:
        found = store.browser_session(session, hash_of(token))
    if found is None or not _alive(found[0], found[1], now, parts.settings):
        return None
    browser, account, firm = found
    if seen and now - browser.last_seen_at >= SEEN_EVERY:
        with parts.database.transaction() as session:
            _seen(session, browser.token_hash, now)
    return _person(browser, account, firm)


def routes_without_rule(app: FastAPI) -> list[str]:
    """Every route, mount and WebSocket of the app that names no rule, or more than one."""
    return [
        str(route.path)
        for route in iter_route_contexts(app.routes)
        if route.path not in OPEN_ROUTES and len(_rules(getattr(route, "dependant", None))) != 1
    ]


def _rules(dependant: Dependant | None) -> set[Rule]:
    return set() if dependant is None else set(_walk(dependant))


def _walk(dependant: Dependant) -> Iterator[Rule]:
    if isinstance(dependant.call, Access):
        yield dependant.call.rule
    for each in dependant.dependencies:
        yield from _walk(each)


def _alive(browser: BrowserSession, account: Account, now: datetime, settings: Settings) -> bool:
    return (
        account.disabled_at is None
        and -SKEW <= now - browser.created_at < timedelta(hours=settings.session_hours)
        and -SKEW <= now - browser.last_seen_at < timedelta(minutes=settings.session_idle_minutes)
    )


def _seen(session: Session, token_hash: str, now: datetime) -> None:
    browser = session.get(BrowserSession, token_hash)
    if browser is not None:
        browser.last_seen_at = now
        session.add(browser)


def _person(browser: BrowserSession, account: Account, firm: Firm) -> Actor:
    return Actor(
        id=f"account:{account.id}",
        firm_id=firm.id,
        name=account.display_name,
        scopes=frozenset(SCOPE.values()),
        csrf_token=browser.csrf_token,
    )


def _way_in(request: Request) -> str | None:
    """Where a browser that was reading a page is sent. Scripts and forms get the refusal itself."""
    reading = request.method in SAFE_METHODS and request.headers.get("sec-fetch-mode", "navigate") == "navigate"
    return f"/sign-in?next={quote(request.scope['path'], safe='/')}" if reading else None


def _from_our_page(request: Request) -> None:
    origin = wired(request).settings.origin
    given = request.headers.get("origin")
    ours = request.headers.get("sec-fetch-site") == "same-origin" if given is None else given == origin
    if not ours:
        raise ForeignForm(origin=origin)


async def _from_this_session(request: Request, actor: Actor) -> None:
    given = request.headers.get("x-csrf-token")
    if given is None:
        given = str((await form_of(request)).get("csrf_token", ""))
    if not hmac.compare_digest(given.encode("utf-8", "replace"), (actor.csrf_token or "").encode()):
        raise ForeignForm(origin=wired(request).settings.origin)


def _by_key(request: Request, scope: str) -> Actor:
    scheme, _, text = request.headers["authorization"].partition(" ")
    parts = wired(request)
    found = _key_that_fits(parts, text.strip()) if scheme.lower() == "bearer" else None
    if found is None or not _valid(found[0], parts.clock.now()):
        raise KeyRefused
    key, firm = found
    if scope not in key.scopes:
        raise ScopeMissing(scope=scope)
    return Actor(id=f"key:{key.id}", firm_id=firm.id, name=key.name, scopes=frozenset(key.scopes))


def _key_that_fits(parts: Wiring, text: str) -> tuple[ApiKey, Firm] | None:
    key_id, secret = _taken_apart(text)
    with parts.database.reading() as session:
        found = store.api_key(session, key_id)
    kept = found[0].secret_hash if found else hash_of("")
    return found if hmac.compare_digest(hash_of(secret), kept) else None


def _note_exposed(parts: Wiring, text: str) -> None:
    """Leave a trace of a key of ours that has to be replaced."""
    found = _key_that_fits(parts, text)
    if found is not None:
        with parts.database.transaction() as session:
            audit.note(session, parts.clock.now(), "key exposed in address", found[0].id, by="anonymous")


def _taken_apart(key: str) -> tuple[str, str]:
    """The id and the secret of a key as it is sent; two empty strings when it is none."""
    written, _, secret = key.removeprefix(KEY_PREFIX).partition("_")
    try:
        return (str(UUID(hex=written)), secret) if key.startswith(KEY_PREFIX) else ("", "")
    except ValueError:
        return "", ""


def _valid(key: ApiKey, now: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or now < key.expires_at)
