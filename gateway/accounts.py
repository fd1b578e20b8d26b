"""Accounts, one-time links and API keys, and the ways in and out: signing in, signing out, choosing a password.

Who an incoming request belongs to is `gateway.access`; how passwords are kept is `gateway.passwords`.
"""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from gateway import audit, passwords, throttle
from gateway.account_records import Account, ApiKey, BrowserSession, Firm, SignInLink
from gateway.clock import Clock
from gateway.database import Database
from gateway.refusals import (
    LinkSpent,
    LoginNotAllowed,
    PasswordsDiffer,
    PresentPasswordWrong,
    SignInNeeded,
    WrongPassword,
)
from gateway.store import accounts as store

KEY_PREFIX = "fwy_"

LOGIN = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,189}")
"""ASCII only: an address that looks like another's cannot be registered."""


def hash_of(token: str) -> str:
    """What is kept of a token that is random to begin with."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """256 random bits, in characters that cookies and addresses take."""
    return secrets.token_urlsafe(32)


def create_firm(session: Session, code: str, name: str) -> Firm:
    """A new agent's firm; `code` is its `SenderId` in messages."""
    firm = Firm(code=code, name=name)
    session.add(firm)
    session.flush()
    return firm


def create_account(session: Session, firm: Firm, login: str, display_name: str, now: datetime) -> Account:
    """A new account without a password; its person comes in by `sign_in_link` and chooses one.

    Raises:
        LoginNotAllowed: the login is not an e-mail address in plain ASCII.
    """
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise LoginNotAllowed(value=login)
    account = Account(firm_id=firm.id, login=login, display_name=display_name, created_at=now)
    session.add(account)
    session.flush()
    return account


def sign_in_link(session: Session, account: Account, now: datetime, lifetime: timedelta) -> str:
    """The token of a one-time way in, for `/sign-in/link/<token>`. Shown once, kept as a hash."""
    token = new_token()
    session.add(SignInLink(token_hash=hash_of(token), account_id=account.id, expires_at=now + lifetime))
    return token


def create_api_key(
    session: Session,
    firm: Firm,
    name: str,
    scopes: Collection[str],
    now: datetime,
    *,
    lifetime: timedelta | None = None,
) -> str:
    """A new API key of the firm, as its user sends it. Shown once, kept as a hash."""
    secret = new_token()
    key = ApiKey(
        firm_id=firm.id,
        name=name,
        secret_hash=hash_of(secret),
        scopes=sorted(scopes),
        created_at=now,
        expires_at=None if lifetime is None else now + lifetime,
    )
    session.add(key)
    return f"{KEY_PREFIX}{UUID(key.id).hex}_{secret}"


def revoke_api_key(session: Session, key: ApiKey, now: datetime) -> None:
    """The key opens nothing from now on."""
    key.revoked_at = now
    session.add(key)


def disable(session: Session, account: Account, now: datetime) -> None:
    """Nobody comes in by this account from now on; its sessions end with their next request."""
    account.disabled_at = now
    session.add(account)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session just opened."""

    token: str
    """For the browser's cookie."""
    has_password: bool


class Entrance:
    """The ways in and out of the pages."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sign_in(self, login: str, password: str, *, source: str, old_token: str | None) -> Entry:
        """Open a session with a password. The session of `old_token`, if any, ends.

        Raises:
            TooManyTries: the account or the source has to wait.
            WrongPassword: whatever else is amiss; an unknown account answers like a wrong password.
        """
        login, now = login.strip().lower(), self._clock.now()
        with self._database.transaction() as session:
            attempts = throttle.count_try(session, login, source, now)
        with self._database.reading() as session:
            account = store.account_by_login(session, login)
        right = passwords.fits(password, account.password_hash if account else None)
        if not right or account is None:
            raise WrongPassword
        with self._database.transaction() as session:
            account = session.get_one(Account, account.id)
            if account.disabled_at is not None:
                raise WrongPassword
            throttle.take_back(session, attempts)
            return _enter(session, account, now, old_token)

    def follow_link(self, token: str, *, old_token: str | None) -> Entry:
        """Open a session with a one-time link.

        Raises:
            LinkSpent: it was used, is too old, or was never made.
        """
        now = self._clock.now()
        with self._database.transaction() as session:
            found = store.link_with_account(session, hash_of(token))
            if found is None:
                raise LinkSpent
            link, account = found
            if link.used_at is not None or link.expires_at <= now or account.disabled_at is not None:
                raise LinkSpent
            link.used_at = now
            session.add(link)
            return _enter(session, account, now, old_token)

    def leave(self, token: str) -> None:
        """End the session of that token."""
        with self._database.transaction() as session:
            store.end_session(session, hash_of(token))

    def present_password_needed(self, token: str) -> bool:
        """Whether choosing a new password takes the present one: not after a link, nor when there is none."""
        with self._database.reading() as session:
            browser, account = _owner(session, token)
            return account.password_hash is not None and not store.came_by_link(session, browser)

    def choose_password(self, token: str, *, present: str, new: str, again: str) -> None:
        """Give the account of that session a new password; every other session of it ends.

        Raises:
            PresentPasswordWrong, PasswordsDiffer, PasswordLength, PasswordHasNul: nothing was changed.
        """
        with self._database.reading() as session:
            browser, account = _owner(session, token)
            by_link = store.came_by_link(session, browser)
        if account.password_hash is not None and not by_link:
            self._prove(account, present)
        if new != again:
            raise PasswordsDiffer
        kept = passwords.hash_of(passwords.accepted(new))
        with self._database.transaction() as session:
            account = session.get_one(Account, account.id)
            account.password_hash = kept
            session.add(account)
            store.end_other_sessions(session, account.id, but=hash_of(token))
            audit.note(session, self._clock.now(), "password chosen", account.id, by=f"account:{account.id}")

    def _prove(self, account: Account, present: str) -> None:
        with self._database.transaction() as session:
            attempts = throttle.count_try(session, account.login, f"account:{account.id}", self._clock.now())
        if not passwords.fits(present, account.password_hash):
            raise PresentPasswordWrong
        with self._database.transaction() as session:
            throttle.take_back(session, attempts)


def _enter(session: Session, account: Account, now: datetime, old_token: str | None) -> Entry:
    if old_token is not None:
        store.end_session(session, hash_of(old_token))
    token = new_token()
    session.add(
        BrowserSession(
            token_hash=hash_of(token),
            account_id=account.id,
            csrf_token=new_token(),
            created_at=now,
            last_seen_at=now,
        )
    )
    audit.note(session, now, "signed in", account.id, by=f"account:{account.id}")
    return Entry(token, account.password_hash is not None)


def _owner(session: Session, token: str) -> tuple[BrowserSession, Account]:
    found = store.browser_session(session, hash_of(token))
    if found is None:
        raise SignInNeeded
    return found[:2]
