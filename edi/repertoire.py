"""Character sets: what the syntax identifier in UNB (code list 0001) lets the data contain, and how it is coded.

Follows ISO 9735 5 and annex D, ISO 9735-1 6 and code list 0133. Every set read here keeps the ASCII bytes for ASCII
characters and uses them for nothing else, so separators may be looked for before decoding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

FIRST_HIGH = 0x80
_DIGITS = b"0123456789"
_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = b" .,-()/='+:?!\"%&*;<>"
_PRINTABLE = bytes(range(0x20, 0x7F))
_HIGH = bytes(range(FIRST_HIGH, 0x100))


@dataclass(frozen=True, slots=True)
class Repertoire:
    """A character set: its identifier, Python's codec for it, and the bytes it may hold."""

    identifier: str
    codec: str
    allowed: bytes
    single_byte: bool = True

    def decode(self, data: bytes) -> str:
        """The text, one U+FFFD for each byte that stands for no character."""
        try:
            return data.decode(self.codec)
        except UnicodeDecodeError:
            return _ESCAPED.sub("\N{REPLACEMENT CHARACTER}", data.decode(self.codec, "surrogateescape"))

    def clean(self, data: bytes, also: bytes) -> bool:
        """Whether every byte is in the set or in `also`, and stands for a character."""
        if data.translate(None, self.allowed + also):
            return False
        return self.single_byte or data.isascii() or not self._undecodable(data)

    def strays(self, data: bytes, also: bytes) -> Iterator[tuple[int, str, str]]:
        """What `clean` objects to: where in `data`, the character or byte, the fault's name."""
        undecodable = set(self._undecodable(data))
        outside = {found.start() for found in _anything_but(self.allowed + also).finditer(data)}
        for at in sorted(undecodable | outside):
            byte = data[at : at + 1]
            if at in undecodable:
                yield at, f"0x{byte.hex().upper()}", "undecodable"
            else:
                char = byte.decode("latin-1" if byte.isascii() else self.codec)
                yield at, char if char.isprintable() else f"0x{byte.hex().upper()}", "repertoire"

    def _undecodable(self, data: bytes) -> list[int]:
        try:
            data.decode(self.codec)
        except UnicodeDecodeError:
            text = data.decode(self.codec, "surrogateescape")
            return _byte_offsets(text, [found.start() for found in _ESCAPED.finditer(text)], self.codec)
        return []


_ESCAPED = re.compile("[\udc80-\udcff]")


def _byte_offsets(text: str, places: list[int], codec: str) -> list[int]:
    offsets, total, before = [], 0, 0
    for place in places:
        total += len(text[before:place].encode(codec, "surrogateescape"))
        offsets.append(total)
        before = place
    return offsets


@cache
def _anything_but(allowed: bytes) -> re.Pattern[bytes]:
    return re.compile(b"[^" + re.escape(allowed) + b"]")


def _latin(part: int) -> Repertoire:
    codec = f"iso8859-{part}"
    high = bytes(b for b in range(0xA0, 0x100) if _defined(b, codec))
    return Repertoire("", codec, _PRINTABLE + high)


def _defined(byte: int, codec: str) -> bool:
    try:
        bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _named(identifier: str, like: Repertoire) -> Repertoire:
    return Repertoire(identifier, like.codec, like.allowed, like.single_byte)


_LEVEL_A = Repertoire("", "latin-1", _UPPER + _DIGITS + _SIGNS)
_LEVEL_B = Repertoire("", "latin-1", _UPPER + _UPPER.lower() + _DIGITS + _SIGNS)
_UTF8 = Repertoire("", "utf-8", _PRINTABLE + _HIGH, single_byte=False)
_KOREAN = Repertoire("", "euc_kr", _PRINTABLE + _HIGH, single_byte=False)
_PARTS = {"C": 1, "D": 2, "E": 5, "F": 7, "G": 3, "H": 4, "I": 6, "J": 8, "K": 9}

REPERTOIRES = {
    each.identifier: each
    for each in (
        _named("UNOA", _LEVEL_A),
        _named("UNOB", _LEVEL_B),
        *(_named(f"UNO{letter}", _latin(part)) for letter, part in _PARTS.items()),
        _named("UNOW", _UTF8),
        _named("UNOY", _UTF8),
        _named("KECA", _KOREAN),
    )
}
"""By syntax identifier. Levels A and B are decoded as Latin-1 so that a stray letter is shown, and reported."""

SWITCHING = frozenset({"UNOX"})
"""Sets that change code tables inside the data (ISO 2022): recognised, not read."""

ENCODINGS = {"3": "cp850", "7": "utf-8"}
"""Code list 0133 where it says more than the syntax identifier does."""

WIDE_ENCODINGS = frozenset({"4", "5", "6", "8"})
"""Code list 0133: EBCDIC, UCS-2, UCS-4, UTF-16. Recognised, not read."""


def encoded_as(repertoire: Repertoire, encoding: str) -> Repertoire:
    """`repertoire` in the encoding that element 0133 names, where that changes how bytes are read."""
    codec = ENCODINGS.get(encoding)
    if codec is None or codec == repertoire.codec:
        return repertoire
    ascii_part = bytes(byte for byte in repertoire.allowed if byte < FIRST_HIGH)
    high = _HIGH if len(ascii_part) < len(repertoire.allowed) else b""
    return Repertoire(repertoire.identifier, codec, ascii_part + high, single_byte=codec != "utf-8")
