"""Officers: who they are, how they sign in, and how long that lasts.

Passwords are kept as Argon2 hashes, sessions and links as hashes of random tokens. An unknown staff number costs
the same time as a wrong password. Tries are counted per account and source; a sign-in link is never slowed, so
that nobody can lock an officer out by guessing.
"""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from agencies.clock import Clock
from agencies.database import Database
from agencies.records import Audit, Officer, OfficerSession, SignInLink, SignInTry
from agencies.refusals import LINK_OVER, TOO_MANY_TRIES, WRONG_SIGN_IN, Refusal
from agencies.settings import DeskSettings

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256

WINDOW = timedelta(minutes=1)
TRIES_PER_ACCOUNT_AND_SOURCE = 5
TRIES_PER_ACCOUNT = 20
TRIES_PER_SOURCE = 30

_TOUCH_AFTER = timedelta(minutes=1)
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$nVT7OzkUCQRuClTOGdqVDA$mUufxMtNzQ8Nxhm8iOzO3gPCFHP/2R2V1D/rvqwFgA8"
"""Of a password nobody has: checked when the account is unknown, so that both answers take the same time."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer with a session. `token` is the cookie's value; `form_token` goes into every form."""

    officer: Officer
    token: str

    @property
    def form_token(self) -> str:
        return hashlib.sha256(b"form:" + self.token.encode()).hexdigest()

    def fits(self, form_token: str) -> bool:
        return hmac.compare_digest(self.form_token.encode(), form_token.encode(errors="replace"))

    @property
    def name(self) -> str:
        return f"officer:{self.officer.staff_number}"

    def serves(self, port: str) -> bool:
        return self.officer.ports == "*" or port in self.officer.ports.split(",")


class Officers:
    """One desk's officers and their sessions."""

    def __init__(self, database: Database, settings: DeskSettings, clock: Clock) -> None:
        self.database = database
        self.settings = settings
        self.clock = clock
        self._hasher = PasswordHasher()
        self._hashing = threading.Semaphore(2)  # a hash takes 64 MiB; a crowd of guesses must not take them all

    def invite(self, staff_number: str, display_name: str, ports: str = "*") -> str:
        """A one-time sign-in token for the officer, who is made when new."""
        now, token = self.clock(), secrets.token_urlsafe(32)
        with self.database.writing() as session:
            officer = session.exec(select(Officer).where(Officer.staff_number == staff_number)).first() or Officer(
                id=secrets.token_urlsafe(16), staff_number=staff_number, display_name=display_name, created_at=now
            )
            officer.display_name, officer.ports, officer.active = display_name, ports, True
            session.add(officer)
            session.flush()
            ends = now + self.settings.link_lifetime
            session.add(SignInLink(token_hash=hashed(token), officer_id=officer.id, expires_at=ends))
            note(session, now, f"officer:{staff_number}", "invited")
        return token

    def dismiss(self, staff_number: str) -> bool:
        """End the officer's account and sessions; decisions stay. Whether there is such an officer."""
        with self.database.writing() as session:
            officer = session.exec(select(Officer).where(Officer.staff_number == staff_number)).first()
            if officer is None:
                return False
            officer.active = False
            session.add(officer)
            session.exec(delete(OfficerSession).where(col(OfficerSession.officer_id) == officer.id))
            session.exec(delete(SignInLink).where(col(SignInLink.officer_id) == officer.id))
            note(session, self.clock(), f"officer:{staff_number}", "dismissed")
        return True

    def named_by_link(self, token: str) -> Officer:
        """Whom the link signs in, without using it up.

        Raises:
            Refusal: it was used, has ended or never was.
        """
        with self.database.reading() as session:
            return self._link(session, token)[1]

    def sign_in_by_link(self, token: str, old: str = "") -> SignedIn:
        """Use the link up and open a session.

        Raises:
            Refusal: it was used, has ended or never was.
        """
        with self.database.writing() as session:
            link, officer = self._link(session, token, lock=True)
            link.used_at = self.clock()
            session.add(link)
            return self._opened(session, officer, old, "signed in by link")

    def _link(self, session: Session, token: str, *, lock: bool = False) -> tuple[SignInLink, Officer]:
        link = session.get(SignInLink, hashed(token), with_for_update=lock or None)
        if link is None or link.used_at or link.expires_at <= self.clock():
            raise Refusal(LINK_OVER)
        officer = session.get_one(Officer, link.officer_id)
        if not officer.active:
            raise Refusal(LINK_OVER)
        return link, officer

    def sign_in(self, staff_number: str, password: str, source: str, old: str = "") -> SignedIn:
        """Open a session by password.

        Raises:
            Refusal: staff number and password do not fit, or too many tries were made.
        """
        account, source = hashed(staff_number), hashed(source)
        self._count_try(account, source)
        with self.database.reading() as session:
            officer = session.exec(select(Officer).where(Officer.staff_number == staff_number)).first()
        usable = officer is not None and officer.active and officer.password_hash is not None
        stored = officer.password_hash if officer and usable else None
        if not self._fits(stored or _NOBODYS_HASH, password) or officer is None or not usable:
            raise Refusal(WRONG_SIGN_IN)
        with self.database.writing() as session:
            session.exec(delete(SignInTry).where(col(SignInTry.account) == account, col(SignInTry.source) == source))
            return self._opened(session, session.get_one(Officer, officer.id), old, "signed in")

    def _count_try(self, account: str, source: str) -> None:
        """Count the try before the password is looked at, so that many at once cannot slip through."""
        now = self.clock()
        with self.database.writing() as session:
            session.exec(delete(SignInTry).where(col(SignInTry.tried_at) <= now - WINDOW))
            for limit, same in (
                (TRIES_PER_ACCOUNT_AND_SOURCE, (SignInTry.account == account, SignInTry.source == source)),
                (TRIES_PER_ACCOUNT, (SignInTry.account == account,)),
                (TRIES_PER_SOURCE, (SignInTry.source == source,)),
            ):
                tally = select(func.count(), func.min(SignInTry.tried_at)).select_from(SignInTry).where(*same)
                number, oldest = session.exec(tally).one()
                if number >= limit:
                    seconds = max(1, int((oldest + WINDOW - now).total_seconds() + 1))
                    raise Refusal(TOO_MANY_TRIES, retry_after=seconds, seconds=seconds)
            session.add(SignInTry(account=account, source=source, tried_at=now))

    def _fits(self, stored: str, password: str) -> bool:
        if len(password) > LONGEST_PASSWORD:
            return False
        with self._hashing:
            try:
                return self._hasher.verify(stored, password)
            except (Argon2Error, InvalidHashError):
                return False

    def _opened(self, session: Session, officer: Officer, old: str, how: str) -> SignedIn:
        now, token = self.clock(), secrets.token_urlsafe(32)
        too_old = now - self.settings.session_longest
        session.exec(delete(OfficerSession).where(col(OfficerSession.created_at) <= too_old))
        if old:
            session.exec(delete(OfficerSession).where(col(OfficerSession.token_hash) == hashed(old)))
        session.add(OfficerSession(token_hash=hashed(token), officer_id=officer.id, created_at=now, seen_at=now))
        note(session, now, f"officer:{officer.staff_number}", how)
        return SignedIn(officer, token)

    def signed_in(self, token: str) -> SignedIn | None:
        """Who holds `token`, when the session has neither rested nor lasted too long."""
        now = self.clock()
        with self.database.reading() as session:
            held = session.get(OfficerSession, hashed(token))
            if held is None or not self._lasts(held, now):
                return None
            officer = session.get_one(Officer, held.officer_id)
        if not officer.active:
            return None
        if now - held.seen_at >= _TOUCH_AFTER:
            with self.database.writing() as session:
                if again := session.get(OfficerSession, hashed(token)):
                    again.seen_at = now
        return SignedIn(officer, token)

    def _lasts(self, held: OfficerSession, now: datetime) -> bool:
        rested, lasted = now - held.seen_at, now - held.created_at
        return rested < self.settings.session_idle and lasted < self.settings.session_longest

    def sign_out(self, who: SignedIn) -> None:
        with self.database.writing() as session:
            session.exec(delete(OfficerSession).where(col(OfficerSession.token_hash) == hashed(who.token)))
            note(session, self.clock(), who.name, "signed out")

    def set_password(self, who: SignedIn, password: str) -> None:
        """Set the password and end the officer's other sessions and unused links."""
        with self._hashing:
            kept = self._hasher.hash(password)
        with self.database.writing() as session:
            officer = session.get_one(Officer, who.officer.id)
            officer.password_hash = kept
            session.add(officer)
            others = delete(OfficerSession).where(
                col(OfficerSession.officer_id) == officer.id, col(OfficerSession.token_hash) != hashed(who.token)
            )
            session.exec(others)
            session.exec(delete(SignInLink).where(col(SignInLink.officer_id) == officer.id))
            note(session, self.clock(), who.name, "set a password")


def password_trouble(password: str, again: str, staff_number: str) -> str:
    """What keeps `password` from being one, in words; empty when nothing does."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, for example four words of your own."
    if not password.isprintable():
        return "Leave out line breaks and control characters."
    if staff_number.lower() in password.lower() or len(set(password)) < SHORTEST_PASSWORD // 3:
        return "Choose one that does not repeat itself or hold your staff number."
    return "" if hmac.compare_digest(password.encode(), again.encode()) else "Type the same password in both fields."


def hashed(token: str) -> str:
    """SHA-256 in hexadecimal; tokens are random enough to need no more."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def note(session: Session, at: datetime, who: str, action: str) -> None:
    session.add(Audit(at=at, who=who, action=action))
