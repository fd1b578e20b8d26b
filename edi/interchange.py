"""Interchanges as objects: groups, messages, segments, read whole and looked into only where asked.

Reading takes what is there; it judges nothing but the header, without which nothing can be read. `check` judges.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, overload

from edi.findings import Severity, catalogue, filled
from edi.reader import Reader
from edi.segments import Segment
from edi.service_chars import V3, ServiceChars
from edi.settings import Settings
from edi.stretch import Stretch
from edi.syntax import Syntax
from edi.tokenizer import service_tag

HEADERS = frozenset({"UNB", "UNG", "UNH", "UNO"})
TRAILERS = frozenset({"UNZ", "UNE", "UNT", "UNP"})


class NotEdifact(ValueError):  # noqa: N818 - says what it is
    """The data holds no interchange, or one whose header cannot be read, or a limit was passed. `rule` says which."""

    def __init__(self, rule: str, message: str, offset: int) -> None:
        super().__init__(f"{rule} at byte {offset}: {message}")
        self.rule = rule
        self.offset = offset


class Segments(Sequence[Segment]):
    """Segments that become objects when asked for."""

    __slots__ = ("_spans", "_texts", "chars")

    def __init__(self, chars: ServiceChars = V3) -> None:
        self.chars = chars
        self._texts: list[str] = []
        self._spans: list[tuple[int, Stretch, int]] = []

    def extend(self, stretch: Stretch, begin: int, end: int) -> None:
        """Adds segments `begin` to `end` of a stretch."""
        self._spans.append((len(self._texts), stretch, begin))
        self._texts += stretch.texts[begin:end]

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> Segment: ...
    @overload
    def __getitem__(self, index: slice) -> list[Segment]: ...
    def __getitem__(self, index: int | slice) -> Segment | list[Segment]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        first, stretch, begin = next(span for span in reversed(self._spans) if span[0] <= at)
        return Segment(self._texts[at], self.chars, stretch, begin + at - first)

    def __iter__(self) -> Iterator[Segment]:
        ends = [*(span[0] for span in self._spans[1:]), len(self._texts)]
        for (first, stretch, begin), end in zip(self._spans, ends, strict=True):
            for at in range(first, end):
                yield Segment(self._texts[at], self.chars, stretch, begin + at - first)


@dataclass(slots=True)
class Message:
    """A message, or in syntax 4 a package. `segments` runs from UNH to UNT, so that number 1 is `segments[0]`."""

    segments: Sequence[Segment]
    object: bytes = b""
    """Of a package: what stands between UNO and UNP."""

    @property
    def reference(self) -> str:
        """Element 0062."""
        return self.segments[0].get(1)

    @property
    def identifier(self) -> list[str]:
        """S009: type, version, release, controlling agency, association assigned code; "" where not sent."""
        return [self.segments[0].get(2, component) for component in range(1, 6)]

    @property
    def type(self) -> str:
        """Element 0065, for example `BERMAN`."""
        return self.segments[0].get(2)

    @property
    def association(self) -> str:
        """Element 0057."""
        return self.segments[0].get(2, 5)


@dataclass(slots=True)
class Group:
    """Messages between UNG and UNE."""

    header: Segment
    messages: list[Message] = field(default_factory=list)
    trailer: Segment | None = None

    @property
    def reference(self) -> str:
        """Element 0048."""
        return self.header.get(5)


@dataclass(slots=True)
class Interchange:
    """Everything between UNB and UNZ. `content` holds groups, or messages where there are none, in order."""

    header: Segment
    content: list[Group | Message] = field(default_factory=list)
    trailer: Segment | None = None
    syntax: Syntax = field(default_factory=Syntax)

    @property
    def reference(self) -> str:
        """Element 0020."""
        return self.header.get(5)

    @property
    def sender(self) -> str:
        """Element 0004."""
        return self.header.get(2)

    @property
    def recipient(self) -> str:
        """Element 0010."""
        return self.header.get(3)

    @property
    def groups(self) -> list[Group]:
        return [each for each in self.content if isinstance(each, Group)]

    @property
    def messages(self) -> list[Message]:
        """Every message, in or outside groups, in order."""
        return [message for each in self.content for message in (each.messages if isinstance(each, Group) else [each])]


def read(source: bytes | BinaryIO, settings: Settings | None = None) -> list[Interchange]:
    """Every interchange of `source`.

    Raises:
        NotEdifact: See there.

    >>> [call] = read(b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNH+1+BERMAN:D:04B:UN'BGM+22+A?+B'UNT+3+1'UNZ+1+R1'")
    >>> call.sender, call.messages[0].type, call.messages[0].segments[1].get(2)
    ('ME', 'BERMAN', 'A+B')
    """
    builder = _Builder()
    for stretch in Reader(source, settings or Settings(), builder, keep_objects=True).stretches():
        builder.take(stretch)
    return builder.interchanges


def stream(source: bytes | BinaryIO, settings: Settings | None = None) -> Iterator[Segment]:
    """Every segment of `source`, one after the other, in constant memory; UNA is none.

    Raises:
        NotEdifact: See there.

    >>> [segment.tag for segment in stream(b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNZ+0+R1'")]
    ['UNB', 'UNZ']
    """
    for stretch in Reader(source, settings or Settings(), _Builder()).stretches():
        chars = stretch.syntax.chars
        for index, text in enumerate(stretch.texts):
            yield Segment(text, chars, stretch, index)


class _Builder:
    """Puts segments into interchanges, groups and messages by their tags alone."""

    def __init__(self) -> None:
        self.interchanges: list[Interchange] = []
        self._syntax = Syntax()
        self._group: Group | None = None
        self._open: Segments | None = None

    def opened(self, syntax: Syntax | None, _place: tuple[int, int, int], /) -> None:
        self._syntax = syntax or self._syntax
        self._group = self._open = None

    def heard(self, fault: str, place: tuple[int, int, int], **words: str) -> None:
        found = catalogue()[fault]
        if found.severity is Severity.FATAL:
            raise NotEdifact(found.id, filled(found.says, {"seen": "", "expected": "", **words}), place[0])

    def take(self, stretch: Stretch) -> None:
        begin = 0
        for index, text in enumerate(stretch.texts):
            if text[:2] != "UN":
                continue
            tag = service_tag(text)
            if tag in HEADERS:
                self._add(stretch, begin, index)
                self._begin(tag, Segment(text, stretch.syntax.chars, stretch, index))
                begin = index if tag in {"UNH", "UNO"} else index + 1
            elif tag in TRAILERS:
                end = index + 1 if tag in {"UNT", "UNP"} else index
                self._add(stretch, begin, end)
                self._end(tag, Segment(text, stretch.syntax.chars, stretch, index))
                begin = index + 1
        self._add(stretch, begin, len(stretch.texts))
        if stretch.object:
            self.interchanges[-1].messages[-1].object = stretch.object

    def _add(self, stretch: Stretch, begin: int, end: int) -> None:
        if self._open is not None and begin < end:
            self._open.extend(stretch, begin, end)

    def _begin(self, tag: str, segment: Segment) -> None:
        if tag == "UNB":
            self.interchanges.append(Interchange(segment, syntax=self._syntax))
        elif not self.interchanges:
            return
        elif tag == "UNG":
            self._group = Group(segment)
            self.interchanges[-1].content.append(self._group)
        else:
            self._open = Segments(segment.chars)
            home: list[Message] | list[Group | Message]
            home = self._group.messages if self._group else self.interchanges[-1].content
            home.append(Message(self._open))

    def _end(self, tag: str, segment: Segment) -> None:
        self._open = None
        if tag == "UNE" and self._group:
            self._group.trailer = segment
        if tag == "UNZ":
            self.interchanges[-1].trailer = segment
        if tag in {"UNE", "UNZ"}:
            self._group = None
