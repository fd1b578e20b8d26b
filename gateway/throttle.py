"""How often somebody may try to sign in: by account and by source, counted in the database for every process.

A try is counted before the password is looked at, and taken back when it was right. A refused try is not
counted, so that pauses end by themselves however long somebody keeps trying.
"""

import hashlib
import math
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from gateway.account_records import SignInAttempt
from gateway.database import lock_rows
from gateway.refusals import TooManyTries

WINDOW = timedelta(minutes=1)
PER_ACCOUNT = 5
"""Wrong tries for one account within the window; the next has to wait."""
PER_SOURCE = 20
"""Wrong tries from one address. Several people of one firm may share it."""

IPV6_SITE = 64
"""Bits of an IPv6 address that tell one customer of a provider from another."""


def count_try(session: Session, login: str, source: str, now: datetime) -> tuple[str, ...]:
    """Count a try to sign in; returns what `take_back` needs.

    Raises:
        TooManyTries: the account or the source has to wait first; nothing is counted.
    """
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) <= now - WINDOW))
    buckets = ((_bucket("account", login), PER_ACCOUNT), (_bucket("source", _network(source)), PER_SOURCE))
    for bucket, most in buckets:
        _wait_if_full(session, bucket, most, now)
    attempts = [SignInAttempt(bucket=bucket, at=now) for bucket, _ in buckets]
    session.add_all(attempts)
    return tuple(attempt.id for attempt in attempts)


def take_back(session: Session, attempts: tuple[str, ...]) -> None:
    """The try was right; forget it."""
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.id).in_(attempts)))


def _wait_if_full(session: Session, bucket: str, most: int, now: datetime) -> None:
    if lock_rows(session.connection()):
        # Two processes must not both count four tries and both add the fifth.
        session.connection().execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:it, 0))"), {"it": bucket})
    recent = session.exec(
        select(SignInAttempt.at)
        .where(SignInAttempt.bucket == bucket, col(SignInAttempt.at) > now - WINDOW)
        .order_by(col(SignInAttempt.at).desc())
        .limit(most)
    ).all()
    if len(recent) == most:
        raise TooManyTries(max(1, math.ceil((recent[-1] + WINDOW - now).total_seconds())))


def _bucket(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode("utf-8", "surrogatepass")).hexdigest()


def _network(source: str) -> str:
    try:
        address = ip_address(source)
    except ValueError:
        return source
    return str(ip_network((address, IPV6_SITE), strict=False)) if address.version == 6 else source  # noqa: PLR2004
