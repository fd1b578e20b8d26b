"""Bytes in, stretches of segments out: finds interchanges, reads their headers, keeps memory constant.

Follows ISO 9735 6.1 and annex B. Several interchanges, each with its own UNA or none, may follow one another in one
file; text around them is reported and skipped. Nothing here judges segments: `envelope` and `matcher` do.
"""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Literal, Protocol

from edi.bounds import Bounds
from edi.settings import LineBreaks, Settings
from edi.stretch import Stretch
from edi.syntax import LONGEST_HEADER, Syntax, read_header
from edi.tokenizer import single_elements

CHUNK = 1 << 18
"""Bytes read at once."""

SHOWN = 80
"""Bytes of skipped text that a finding may show."""

HEAD = re.compile(rb"UNA(?=[^A-Za-z0-9])|UNA(?=.{6}[\r\n]*UNB(?![\r\n]*[A-Za-z0-9]))|UNB(?=[+\x1d])", re.DOTALL)
ODD_HEAD = re.compile(rb"(?<![A-Za-z])UNB[^A-Za-z0-9+\x1d]")
ANY_UNB = re.compile(rb"UNB")
PACKAGE_TRAILER = re.compile(rb"[\r\n]*UNP(?![A-Za-z0-9])")
WHITE = b" \t\r\n\x1a\x00"
OBJECT_STATUS = 4
"""The element of UNO that begins with the object's length (S022, 0810)."""
LENGTH_DIGITS = 18
AFTER_UNA = re.compile(rb"UNA(.{6})[\r\n]*(?=UNB(?![\r\n]*[A-Za-z0-9]))", re.DOTALL)
WIDE = re.compile(rb"\xff\xfe|\xfe\xff|\x00\x00\xfe\xff|U\x00N\x00|\x00U\x00N")
UTF8_MARK = b"\xef\xbb\xbf"
LONGEST_MARK = 4


class Listener(Protocol):
    """Hears what the reader finds. `offset`, `line` and `column` say where."""

    def opened(self, syntax: Syntax | None, place: tuple[int, int, int], /) -> None: ...
    def heard(self, fault: str, place: tuple[int, int, int], **words: str) -> None: ...


class Reader:
    """Reads one source; `stretches` yields what it holds. Faults go to the listener as they are met."""

    def __init__(
        self, source: bytes | BinaryIO, settings: Settings, listener: Listener, *, keep_objects: bool = False
    ) -> None:
        self._file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes | bytearray | memoryview) else source
        self._settings = settings
        self._listener = listener
        self._keep_objects = keep_objects
        self._data = b""
        self._at = 0
        self._offset = 0
        self._line, self._column = 1, 0
        self._ended = False
        self._given_up = False

    def stretches(self) -> Iterator[Stretch]:
        """Every segment of every interchange, in order. A stretch never holds parts of two interchanges."""
        while len(self._data) < LONGEST_MARK and not self._ended:
            self._fill()
        if not self._readable():
            return
        count = 0
        while self._hunt(first=count == 0):
            count += 1
            self._given_up = False
            if count > self._settings.interchanges:
                self._say("over_limit", expected=str(self._settings.interchanges), what="interchanges")
                return
            syntax = self._open()
            self._listener.opened(syntax, self.place)
            if syntax is None:
                self._given_up = True
            else:
                yield from self._body(syntax)

    @property
    def place(self) -> tuple[int, int, int]:
        """Byte offset, line and column up to which the source was read."""
        return self._offset + self._at, self._line, self._column + 1

    def _fill(self) -> None:
        """Reads on; what was passed is dropped."""
        more = self._file.read(CHUNK)
        self._ended = not more
        self._offset += self._at
        self._data = self._data[self._at :] + more
        self._at = 0

    def _say(self, fault: str, **words: str) -> None:
        self._listener.heard(fault, self.place, **words)

    def _pass(self, end: int, syntax: Syntax | None = None) -> None:
        """Moves on to `end`, counting lines and columns."""
        start, self._at = self._at, end
        breaks = self._data.count(b"\n", start, end)
        if breaks:
            self._line += breaks
            self._column = 0
            start = self._data.rfind(b"\n", start, end) + 1
        if syntax is None or syntax.repertoire.single_byte:
            self._column += end - start
        else:
            self._column += len(syntax.repertoire.decode(self._data[start:end]))

    def _readable(self) -> bool:
        if WIDE.match(self._data):
            self._say("wide_characters", seen=self._data[:4].hex(" ").upper())
            return False
        if self._data.startswith(UTF8_MARK):
            self._say("byte_order_mark", seen="EF BB BF")
            self._pass(len(UTF8_MARK), None)
            self._column = 0
        return True

    def _hunt(self, *, first: bool) -> bool:
        """Moves to the next UNA or UNB. Text on the way is reported unless it belongs to an interchange given up."""
        shown, place = b"", (0, 1, 1)
        while True:
            found = HEAD.search(self._data, self._at) or (None if shown else ODD_HEAD.match(self._data, self._at))
            at = found.start() if found else len(self._data)
            waiting = not self._ended and len(self._data) - at < LONGEST_HEADER
            end = max(self._at, min(at, len(self._data) - LONGEST_HEADER)) if waiting else at
            if not shown:
                self._pass(end - len(self._data[self._at : end].lstrip(WHITE)))
                place = self.place
            shown = (shown + self._data[self._at : end])[:SHOWN]
            self._pass(end)
            if not waiting:
                break
            self._fill()
        if found is None and first:
            self._say("no_interchange")
        elif shown and not self._given_up:
            seen = shown.rstrip(WHITE).decode("latin-1")
            self._listener.heard("text_before" if first else "text_after", place, seen=seen)
        return found is not None

    def _open(self) -> Syntax | None:
        """Reads UNA and the start of UNB; leaves the reader at UNB, or behind it where it cannot be read."""
        una = ""
        if self._data.startswith(b"UNA", self._at):
            found = AFTER_UNA.match(self._data, self._at)
            if found is None:
                self._say("una_length", seen=self._data[self._at : self._at + 13].decode("latin-1"))
                self._leave_header()
                return None
            una = found.group(1).decode("latin-1")
            unb_at = found.end()
        else:
            unb_at = self._at
        unb = self._data[unb_at : unb_at + LONGEST_HEADER].decode("latin-1")
        header = read_header(una, unb, self._settings)
        for fault, words in header.troubles:
            self._say(fault, **words)
        self._pass(unb_at)
        if header.syntax is None:
            self._leave_header()
        return header.syntax

    def _leave_header(self) -> None:
        """Passes the UNB that an unreadable header belongs to, so that the hunt does not take it for a new one."""
        found = ANY_UNB.search(self._data, self._at, self._at + 32)
        self._pass(found.end() if found else self._at + 3)

    def _body(self, syntax: Syntax) -> Iterator[Stretch]:
        """The segments from UNB to UNZ, or to what shows that UNZ is missing."""
        bounds = Bounds(syntax.chars, wrapped=self._settings.line_breaks is LineBreaks.ANYWHERE)
        first, taken = True, 0
        while True:
            # Nothing is taken so close to the end of what was read that a UNA behind it could be cut in two.
            limit = len(self._data) if self._ended else max(self._at, len(self._data) - LONGEST_HEADER)
            bound = bounds.next(self._data, self._at, limit, first=first)
            end = bound.at if bound else bounds.last_end(self._data, self._at, limit)
            if end > self._at:
                stretch = self._take(end, syntax)
                taken += len(stretch.texts)
                if self._too_much(stretch, taken):
                    return
                yield stretch
                first = False
            if bound and bound.tag in {"UNA", "UNB"}:
                return
            if bound and (end := bounds.first_end(self._data, self._at)):
                stretch = self._take(end, syntax)
                if bound.tag == "UNO":
                    self._pass_object(stretch)
                yield stretch
                if bound.tag == "UNZ":
                    return
            elif self._ended:
                yield from self._rest(syntax)
                return
            elif len(self._data) - self._at > self._settings.segment_length + LONGEST_HEADER:
                self._give_up(self._settings.segment_length, "characters in a segment")
                return
            else:
                self._fill()

    def _take(self, end: int, syntax: Syntax) -> Stretch:
        stretch = Stretch(
            self._data[self._at : end],
            syntax,
            self._settings.line_breaks,
            offset=self._offset + self._at,
            line=self._line,
            column=self._column,
        )
        self._pass(end, syntax)
        return stretch

    def _rest(self, syntax: Syntax) -> Iterator[Stretch]:
        """What follows the last terminator of the data: nothing, or a segment cut off."""
        rest = self._data[self._at :].strip(WHITE)
        if rest:
            seen = rest[:SHOWN].decode("latin-1")
            self._say("unterminated", seen=seen, expected=syntax.chars.terminator)
            yield self._take(len(self._data.rstrip(WHITE)), syntax)
        self._pass(len(self._data), syntax)

    def _too_much(self, stretch: Stretch, taken: int) -> bool:
        """Whether a limit on segments is passed, which ends the interchange."""
        settings = self._settings
        if taken > settings.segments:
            return self._give_up(settings.segments, "segments")
        longest = max(map(len, stretch.texts), default=0)
        if longest > settings.segment_length:
            return self._give_up(settings.segment_length, "characters in a segment")
        if longest <= settings.elements:
            return False
        chars = stretch.syntax.chars
        separators = (chars.element, chars.component, chars.repetition or chars.component)
        for text in stretch.texts:
            if len(text) > settings.elements and max(map(text.count, separators)) > settings.elements:
                return self._give_up(settings.elements, "elements or components in a segment")
        return False

    def _give_up(self, limit: int, what: str) -> Literal[True]:
        self._say("over_limit", expected=str(limit), what=what)
        self._given_up = True
        return True

    def _pass_object(self, stretch: Stretch) -> None:
        """Passes the object between UNO and UNP, which may hold any bytes (ISO 9735-8)."""
        if not stretch.syntax.modern:
            return
        values = single_elements(stretch.texts[-1], stretch.syntax.chars)
        announced = values[4][0] if len(values) > OBJECT_STATUS else ""
        left = int(announced) if announced.isascii() and announced.isdigit() and len(announced) <= LENGTH_DIGITS else 0
        pieces = []
        while True:
            start, end = self._at, min(self._at + left, len(self._data))
            if self._keep_objects:
                pieces.append(self._data[start:end])
            self._pass(end)
            left -= end - start
            if not left or self._ended:
                break
            self._fill()
        stretch.object = b"".join(pieces)
        if len(self._data) - self._at < LONGEST_HEADER:
            self._fill()
        if not PACKAGE_TRAILER.match(self._data, self._at):
            self._say("package_length", expected=announced or "no number of")
