"""Passwords: which are accepted, and how they are kept (Argon2id, RFC 9106).

Hashing takes some 50 ms and 64 MiB, so it never happens inside a transaction, and never often at once.
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from gateway.refusals import PasswordHasNul, PasswordLength

FEWEST, MOST = 12, 1024
"""Characters of a password."""

_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)


def accepted(password: str) -> str:
    """The password itself, unchanged: spaces and letters of any script count.

    Raises:
        PasswordLength: it is shorter or longer than is accepted.
        PasswordHasNul: it holds the character NUL.
    """
    if not FEWEST <= len(password) <= MOST:
        raise PasswordLength(value=len(password), fewest=FEWEST, most=MOST)
    if "\0" in password:
        raise PasswordHasNul
    return password


def hash_of(password: str) -> str:
    """The hash to keep, with its parameters and salt in it."""
    with _AT_ONCE:
        return _HASHER.hash(_bytes(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether `kept` is the hash of `password`. Takes as long when there is nothing kept to compare with."""
    if len(password) > MOST:
        return False
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _nobodys_hash(), _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False
    return kept is not None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")
