"""Where segments and interchanges end, in bytes: what a reader must know before it may decode.

Every character set read here keeps the ASCII bytes to themselves, so separators are bytes.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from edi.service_chars import ServiceChars

_BREAKS = b"\r\n"


class Bound(NamedTuple):
    """A service segment at which one kind of reading ends: its tag and where the tag stands."""

    tag: Literal["UNA", "UNB", "UNO", "UNZ"]
    at: int


class Bounds:
    """Finds the ends of segments for one set of service characters; `wrapped`: line breaks stand anywhere."""

    def __init__(self, chars: ServiceChars, *, wrapped: bool) -> None:
        self._terminator = chars.terminator.encode("ascii")
        self._release = chars.release.encode("ascii")
        self._skip = _BREAKS if wrapped else b""
        self._here, self._next, self._end = _patterns(self._terminator, wrapped)

    def next(self, data: bytes, at: int, limit: int, *, first: bool) -> Bound | None:
        """The next bound after a segment that ends before `limit`; `first`: the segment at `at` is no bound."""
        if at >= limit:
            return None
        if not first and (found := self._here.match(data, at)):
            return _bound(found)
        for found in self._next.finditer(data, at, min(len(data), limit + len(_BREAKS) + 64)):
            if found.start() >= limit:
                return None
            if not self._released(data, found.start(), at):
                return _bound(found)
        return None

    def last_end(self, data: bytes, at: int, limit: int) -> int:
        """Just behind the last segment that ends in data[at:limit]; `at` when none does."""
        found = data.rfind(self._terminator, at, limit)
        while found >= 0 and self._released(data, found, at):
            found = data.rfind(self._terminator, at, found)
        return found + 1 if found >= 0 else at

    def first_end(self, data: bytes, at: int) -> int:
        """Just behind the segment at `at`; 0 when it does not end in `data`."""
        for found in self._end.finditer(data, at):
            if not self._released(data, found.start(), at):
                return found.end()
        return 0

    def _released(self, data: bytes, terminator: int, start: int) -> bool:
        if not self._release:
            return False
        count, at = 0, terminator - 1
        while at >= start and (data[at : at + 1] == self._release or data[at] in self._skip):
            count += data[at : at + 1] == self._release
            at -= 1
        return count % 2 == 1


@cache
def _patterns(terminator: bytes, wrapped: bool) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    """For a bound here, the next bound, and the end of a segment. There are as many as ASCII has punctuation."""
    alone = rb"(?![\r\n]*[A-Za-z0-9])"
    gap = rb"[\r\n]*" if wrapped else b""
    tag = rb"[\r\n]*(U%bN%b(?:A(?=.{6}[\r\n]*UNB%b)|[BZO]%b))" % (gap, gap, alone, alone)
    end = re.escape(terminator)
    return re.compile(tag, re.DOTALL), re.compile(end + tag, re.DOTALL), re.compile(end)


def _bound(found: re.Match[bytes]) -> Bound:
    tag = found.group(1).translate(None, _BREAKS).decode("ascii")
    return Bound(tag, found.start(1))  # type: ignore[arg-type]  # the pattern has these four alone
