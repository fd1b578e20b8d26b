"""A stretch: whole segments of one interchange as they came in, and where each stood.

Places are worked out only when somebody asks, from the bytes the stretch keeps: findings are rare, segments are not.
"""

import re
from bisect import bisect_right
from itertools import accumulate, islice

from edi.settings import LineBreaks
from edi.syntax import Syntax
from edi.tokenizer import split

LINE_BREAKS = b"\r\n"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What the text shows for a byte that stands for nothing. Sent itself, it is taken for such a byte in places."""

STRAYS_KEPT = 200
"""Bytes outside the character set that one stretch reports."""

_A_BREAK = re.compile(rb"[\r\n]")


class Stretch:
    """`source` starts at byte `offset` of the data, on line `line`, after `column` characters of that line."""

    __slots__ = ("_breaks", "_starts", "column", "line", "line_breaks", "object", "offset", "source", "syntax", "texts")

    def __init__(
        self,
        source: bytes,
        syntax: Syntax,
        line_breaks: LineBreaks = LineBreaks.AFTER_TERMINATOR,
        *,
        offset: int = 0,
        line: int = 1,
        column: int = 0,
    ) -> None:
        self.source = source
        self.syntax = syntax
        self.line_breaks = line_breaks
        self.offset = offset
        self.line = line
        self.column = column
        self.object = b""
        """What follows a last segment UNO, where it is kept (ISO 9735-8)."""
        self._starts: list[int] | None = None
        self._breaks: list[int] | None = None
        """Where line breaks stood, less those before each."""
        self.texts = self._split()
        """Each segment as text, without terminator and without the line breaks that do not count."""

    def _split(self) -> list[str]:
        chars = self.syntax.chars
        texts = split(self._text(), chars.terminator, chars.release)
        if self.line_breaks is not LineBreaks.ANYWHERE and (b"\n" in self.source or b"\r" in self.source):
            texts = [text.lstrip("\r\n") for text in texts]
        if not texts[-1]:
            texts.pop()
        return texts

    def _text(self) -> str:
        return self.syntax.repertoire.decode(self.source.translate(None, self._passed))

    def strays(self) -> dict[int, list[tuple[int, str, str]]]:
        """By segment: the bytes that may not stand in it, as place in `source`, what stands there, and the fault."""
        chars = self.syntax.chars.special.encode("ascii") + LINE_BREAKS
        found: list[tuple[int, str, str]] = []
        if not self.syntax.repertoire.clean(self.source, chars):
            found += islice(self.syntax.repertoire.strays(self.source, chars), STRAYS_KEPT)
        if self.line_breaks is LineBreaks.AFTER_TERMINATOR:
            found += self._breaks_inside()
        by_segment: dict[int, list[tuple[int, str, str]]] = {}
        for each in found:
            by_segment.setdefault(self.segment_at(each[0]), []).append(each)
        return by_segment

    def _breaks_inside(self) -> list[tuple[int, str, str]]:
        if b"\n" not in self.source and b"\r" not in self.source:
            return []
        return [
            (self._byte(index, (text + "\n").replace("\r", "\n").index("\n")), text, "line_break")
            for index, text in islice(
                ((i, text) for i, text in enumerate(self.texts) if "\n" in text or "\r" in text), STRAYS_KEPT
            )
        ]

    def place(self, index: int, within: int = 0) -> tuple[int, int, int]:
        """Byte offset, line and column of character `within` of segment `index`; one past the last is the end."""
        return self.place_of(len(self.source) if index >= len(self.texts) else self._byte(index, within))

    def place_of(self, byte: int) -> tuple[int, int, int]:
        """Byte offset, line and column of byte `byte` of `source`."""
        before = self.source.rfind(b"\n", 0, byte)
        column = byte - before - 1
        if not self.syntax.repertoire.single_byte:
            column = len(self.syntax.repertoire.decode(self.source[before + 1 : byte]))
        if before < 0:
            column += self.column
        return self.offset + byte, self.line + self.source.count(b"\n", 0, byte), column + 1

    def within(self, index: int, byte: int) -> int:
        """Which character of segment `index` byte `byte` of `source` is."""
        return len(
            self.syntax.repertoire.decode(self.source[self._byte(index, 0) : byte].translate(None, self._passed))
        )

    @property
    def _passed(self) -> bytes:
        return LINE_BREAKS if self.line_breaks is LineBreaks.ANYWHERE else b""

    def segment_at(self, byte: int) -> int:
        """The index of the segment that byte `byte` of `source` is part of."""
        low, high = 0, len(self.texts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._byte(middle, 0) <= byte else (low, middle)
        return low

    def _byte(self, index: int, within: int) -> int:
        """Where in `source` a character of a segment stands."""
        if self._starts is None:
            self._starts = self._located()
        byte = self._starts[index] + (within and self._length(self.texts[index][:within]))
        if self.line_breaks is not LineBreaks.ANYWHERE:
            return byte
        if self._breaks is None:
            self._breaks = [found.start() - before for before, found in enumerate(_A_BREAK.finditer(self.source))]
        return byte + bisect_right(self._breaks, byte)

    def _length(self, text: str) -> int:
        """The bytes of a text; what stands for an unknown byte is one."""
        if self.syntax.repertoire.single_byte or text.isascii():
            return len(text)
        unknown = text.count(UNKNOWN)
        return len(text.replace(UNKNOWN, "").encode(self.syntax.repertoire.codec)) + unknown

    def _located(self) -> list[int]:
        """Where in the bytes that count each segment begins."""
        if self._passed or not (b"\n" in self.source or b"\r" in self.source):
            return list(accumulate((self._length(each) + 1 for each in self.texts[:-1]), initial=0))
        source, starts, at = self.source, [], 0
        for each in self.texts:
            while source[at : at + 1] in {b"\r", b"\n"} and not each.startswith(("\r", "\n")):
                at += 1
            starts.append(at)
            at += self._length(each) + 1
        return starts
