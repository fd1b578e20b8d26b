"""Writing: objects in, bytes out, with everything counted that is counted and nothing sent that UNB does not allow.

Follows ISO 9735 5 to 7 and annex B: as few release characters as the separators need, no empty elements or
components at the end of a segment, trailers that agree with their headers.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from edi.interchange import Group, Interchange, Message
from edi.repertoire import REPERTOIRES, Repertoire
from edi.segments import Element, Segment, written
from edi.service_chars import MODERN, ServiceChars
from edi.syntax import VERSIONS, Syntax

Line = Segment | Sequence[Element]
"""A segment to write: made already, or its tag and values as `Segment.of` takes them."""


class Unwritable(ValueError):  # noqa: N818 - says what it is
    """A value cannot be sent in this interchange: its character set or punctuation has no place for it."""


class Writer:
    """Writes one interchange. Counts, trailers and references are its own.

    >>> writer = Writer(sender="ME", recipient="YOU", reference="R1", prepared=datetime(2026, 11, 23, 6))
    >>> writer.message("1", ["BERMAN", "D", "04B", "UN"], [("BGM", "22", "CALL+1")])
    >>> writer.finish()
    b"UNB+UNOC:3+ME+YOU+261123:0600+R1'UNH+1+BERMAN:D:04B:UN'BGM+22+CALL?+1'UNT+3+1'UNZ+1+R1'"
    """

    def __init__(
        self,
        *,
        sender: str | Sequence[str],
        recipient: str | Sequence[str],
        reference: str,
        prepared: datetime,
        identifier: str = "UNOC",
        version: str = "3",
        chars: ServiceChars | None = None,
        more: Sequence[Element] = (),
        newline: str = "",
    ) -> None:
        """`more` are the elements of UNB after the reference. `chars` other than the default are said in UNA.

        Raises:
            Unwritable: The identifier or version is not one this package knows.
        """
        if identifier not in REPERTOIRES or version not in VERSIONS:
            raise Unwritable(f"There is no syntax {identifier}:{version}; UNOC:3 is one.")
        default = ServiceChars.default(VERSIONS[version])
        self._out = _Output(chars or default, REPERTOIRES[identifier], newline)
        self._reference = reference
        self._century = VERSIONS[version] >= MODERN
        self._messages = self._groups = self._in_group = 0
        self._group = ""
        if chars is not None and chars != default:
            self._out.put(chars.una.encode("ascii"))
        parties, moment = _parties(sender, recipient), self._moment(prepared)
        self._out.add(("UNB", [identifier, version], *parties, moment, reference, *more))

    def message(self, reference: str, identifier: Sequence[str], body: Iterable[Line], access: str = "") -> None:
        """Writes UNH, the body and UNT. `identifier` is S009, `access` element 0068.

        Raises:
            Unwritable: See there. What was written before stands.
        """
        self._out.add(("UNH", reference, identifier, access))
        count = sum(1 for _ in map(self._out.add, body)) + 2
        self._out.add(("UNT", str(count), reference))
        if self._group:
            self._in_group += 1
        else:
            self._messages += 1

    def begin_group(
        self,
        identifier: Sequence[str],
        *,
        sender: str | Sequence[str],
        recipient: str | Sequence[str],
        reference: str,
        prepared: datetime,
    ) -> None:
        """Writes UNG; the messages that follow are in the group until `end_group`.

        `identifier` is that of its messages: type, version, release, agency and, if there is one, association.

        Raises:
            Unwritable: See there.
        """
        self.end_group()
        kind, version, release, agency, *association = identifier
        moment, parties = self._moment(prepared), _parties(sender, recipient)
        self._out.add(("UNG", kind, *parties, moment, reference, agency, [version, release, *association]))
        self._group, self._in_group = reference, 0
        self._groups += 1

    def end_group(self) -> None:
        """Writes UNE, if a group is open."""
        if self._group:
            self._out.add(("UNE", str(self._in_group), self._group))
            self._group = ""

    def finish(self) -> bytes:
        """Writes what closes the interchange and gives the whole."""
        self.end_group()
        self._out.add(("UNZ", str(self._groups or self._messages), self._reference))
        return self._out.bytes()

    def _moment(self, moment: datetime) -> Sequence[str]:
        return [moment.strftime("%Y%m%d" if self._century else "%y%m%d"), moment.strftime("%H%M")]


def _parties(*parties: str | Sequence[str]) -> list[Sequence[str]]:
    return [[each] if isinstance(each, str) else each for each in parties]


def write(interchange: Interchange, newline: str = "") -> bytes:
    """The interchange as bytes, in its own syntax; `newline` follows each segment. Missing trailers are made.

    What `read` gave is written as it was read, but for needless release characters and empty ends.

    Raises:
        Unwritable: See there.

    >>> from edi.interchange import read
    >>> data = b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNH+1+BERMAN:D:04B:UN'BGM+22+A?+B'UNT+3+1'UNZ+1+R1'"
    >>> write(read(data)[0]) == data
    True
    """
    syntax = interchange.syntax
    out = _Output(syntax.chars, syntax.repertoire, newline)
    if syntax.una:
        out.put(f"UNA{syntax.una}".encode("ascii"))
    out.add(interchange.header)
    for each in interchange.content:
        if isinstance(each, Group):
            _write_group(each, out)
        else:
            _write_message(each, out)
    count = len(interchange.groups) or len(interchange.content)
    out.add(interchange.trailer or ("UNZ", str(count), interchange.reference))
    return out.bytes()


def _write_group(group: Group, out: "_Output") -> None:
    out.add(group.header)
    for message in group.messages:
        _write_message(message, out)
    out.add(group.trailer or ("UNE", str(len(group.messages)), group.reference))


def _write_message(message: Message, out: "_Output") -> None:
    for segment in message.segments:
        out.add(segment)
        if segment.tag == "UNO":
            out.put(message.object)
    if message.segments[-1].tag not in {"UNT", "UNP"}:
        out.add(("UNT", str(len(message.segments) + 1), message.reference))


class _Output:
    """Bytes of one interchange in one character set."""

    def __init__(self, chars: ServiceChars, repertoire: Repertoire, newline: str) -> None:
        self._chars = chars
        self._repertoire = repertoire
        self._end = chars.terminator + newline
        self._also = chars.special.encode("ascii") + b"\r\n"
        self._parts: list[bytes] = []

    def put(self, data: bytes) -> None:
        """Adds bytes as they are."""
        self._parts.append(data)

    def add(self, line: Line) -> None:
        """Adds a segment and its terminator."""
        try:
            if isinstance(line, Segment):
                text = line.to_text(self._chars)
            else:
                text = written(str(line[0]), line[1:], self._chars)
            data = text.encode(self._repertoire.codec)
        except UnicodeEncodeError as error:
            raise self._refused(error.object[error.start], error.object) from None
        except ValueError as error:
            raise Unwritable(str(error)) from None
        if not self._repertoire.clean(data, self._also):
            _, char, _ = next(self._repertoire.strays(data, self._also))
            raise self._refused(char, text)
        self._parts.append(data + self._end.encode("ascii"))

    def bytes(self) -> bytes:
        return b"".join(self._parts)

    def _refused(self, char: str, text: str) -> Unwritable:
        name = self._repertoire.identifier
        return Unwritable(f"{char!r} in segment {text[:3]} is not in {name}; name a set that has it, for example UNOY.")


def syntax_of(identifier: str, version: str) -> Syntax:
    """The syntax of an interchange to be made, with its default punctuation.

    >>> syntax_of("UNOC", "4").chars.repetition
    '*'
    """
    return Syntax(identifier, version, ServiceChars.default(VERSIONS[version]), REPERTOIRES[identifier])
