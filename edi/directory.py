"""What segments, composites and elements look like in one release: places, status, repeats, formats, codes.

A release lies in a folder named `<version>.<release>` (`D.04B`; `D.3` and `4.1` hold the service segments of
syntax 3 and 4) on a shelf: the package's own `edi/data`, or the folder the compiler wrote for the user.
`segments.txt` has one definition to a line, told apart by its first word:

    TDT 8051! 8028 C220 C001 / D5(040,030)      a segment: places in order, then its conditions
    C002 1001 1131 3055 1000 = Document name    a composite, here with a name
    1004 an..35                                 an element: its format

`!` marks a mandatory place, `*9` one that may stand nine times. Names that are not given with `=` come from
the shelf's `names.txt`. `codes.txt` has an element and its values to a line; `like D.03A D.04B` adds those
releases' values. Formats and conditions are written as ISO 9735 writes them; nothing here judges by them.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

SHIPPED = Path(__file__).parent / "data"
"""The shelf that comes with the package."""

OLD_SYNTAX = {"1", "2", "3", "X"}
"""Syntax versions (element 0002) whose service segments are version 3's; all others have version 4's."""


def user_shelf() -> Path:
    """Where the compiler puts a user's own releases: `fairway/edifact` in the XDG cache directory."""
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache_home) / "fairway" / "edifact"


_TYPE = re.compile(r"[A-Z]{6}")
_PLACE = re.compile(r"(?P<id>\w+)(?P<must>!?)(?:\*(?P<repeat>\d+))?")


@dataclass(frozen=True, slots=True)
class ElementUse:
    """A place in a segment or composite.

    `format` is ISO 9735's notation (`an..35`, `n3`), empty for a composite. `components` is empty for a simple
    element. `conditions` are those among a composite's components, in the notation of a segment's.
    """

    id: str
    name: str
    status: str
    repeat: int
    format: str
    components: tuple["ElementUse", ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentSpec:
    """A segment. `conditions` are dependency notes, `D5(040,030)`: positions count by ten from 010."""

    tag: str
    name: str
    elements: tuple[ElementUse, ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    places: tuple[str, ...]
    conditions: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Directory:
    """One release on one shelf. Segments are built when first asked for."""

    release: str
    shelf: Path
    lines: Mapping[str, _Line]
    names: Mapping[str, str]
    built: dict[str, SegmentSpec] = field(default_factory=dict)

    def __contains__(self, tag: str) -> bool:
        return tag in self.lines

    def segment(self, tag: str) -> SegmentSpec:
        """The segment's definition, or KeyError when the release does not have it."""
        if tag not in self.built:
            line = self.lines[tag]
            self.built[tag] = SegmentSpec(tag, self.name(tag), tuple(map(self._use, line.places)), line.conditions)
        return self.built[tag]

    def segments(self, tags: frozenset[str]) -> Mapping[str, SegmentSpec]:
        return MappingProxyType({tag: self.segment(tag) for tag in sorted(tags) if tag in self})

    def tags(self) -> frozenset[str]:
        """The segments this release has."""
        return frozenset(tag for tag in self.lines if len(tag) == len("BGM"))

    def messages(self) -> tuple[str, ...]:
        """The message types this release has guides for, in order."""
        names = (path.stem for path in (self.shelf / self.release).glob("*.txt"))
        return tuple(sorted(name for name in names if _TYPE.fullmatch(name)))

    @property
    def unread(self) -> tuple[str, ...]:
        """Lines of the zip the compiler could not read, each with what it belongs to. Empty for shipped releases."""
        path = self.shelf / self.release / "unread.txt"
        return tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()

    def name(self, identifier: str) -> str:
        line = self.lines.get(identifier)
        return (line.name if line else "") or self.names.get(identifier, identifier)

    def _use(self, place: str) -> ElementUse:
        found = _PLACE.fullmatch(place)
        if found is None:
            raise ValueError(f"{self.shelf / self.release}: '{place}' is no place; write C002!*3.")
        identifier = found["id"]
        status, repeat = ("M" if found["must"] else "C"), int(found["repeat"] or 1)
        line = self.lines[identifier]
        if identifier.isdigit():
            return ElementUse(identifier, self.name(identifier), status, repeat, line.places[0])
        components = tuple(map(self._use, line.places))
        return ElementUse(identifier, self.name(identifier), status, repeat, "", components, line.conditions)


@cache
def directory(release: str, shelf: Path = SHIPPED) -> Directory | None:
    """The release (`D.04B`) on that shelf, or None when it is not there."""
    path = shelf / release / "segments.txt"
    if not path.is_file():
        return None
    lines = dict(_definitions(path.read_text(encoding="utf-8")))
    return Directory(release, shelf, lines, _names(shelf))


def service_segments(syntax_version: str) -> Mapping[str, SegmentSpec]:
    """UNB to UNZ, the CONTRL segments and, from version 4 on, UNO, UNP, UGH and UGT.

    `syntax_version` is element 0002 as sent. Sources: ISO 9735:1988 with Amendment 1 for 1 to 3, ISO 9735-10 for 4,
    which also serves unknown versions. `X` (ISO 9735-11) is the profile of version 4 that version 3 can read; it is
    given version 3's segments.
    """
    found = directory(_service_release(syntax_version))
    assert found is not None, "the package's own data is missing"
    return found.segments(found.tags())


def service_codes(syntax_version: str) -> Mapping[str, frozenset[str]]:
    """Values of the service elements by syntax version, as `service_segments` chooses it."""
    return codes(_service_release(syntax_version))


def spread(segment: SegmentSpec) -> SegmentSpec:
    """The segment as syntax 1 to 3 write it: a place that may stand nine times becomes nine places.

    Those versions have no repetition separator, so `COM+a:TE+b:FX'` fills two places. Conditions keep their
    positions; no segment has both.
    """
    if all(use.repeat == 1 for use in segment.elements):
        return segment
    once = [replace(use, repeat=1) for use in segment.elements for _ in range(use.repeat)]
    optional = [replace(use, status="C") for use in once]
    places = [use for use in segment.elements for _ in range(use.repeat)]
    firsts = [index == 0 or places[index - 1] is not use for index, use in enumerate(places)]
    return replace(segment, elements=tuple(once[i] if first else optional[i] for i, first in enumerate(firsts)))


@cache
def codes(release: str, shelf: Path = SHIPPED) -> Mapping[str, frozenset[str]]:
    """Element to its code values in that release; only elements whose list is known."""
    path = shelf / release / "codes.txt"
    if not path.is_file():
        return MappingProxyType({})
    known: dict[str, frozenset[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        first, *values = line.split()
        shares = [codes(each, shelf) for each in values] if first == "like" else [{first: frozenset(values)}]
        for share in shares:
            known.update({element: known.get(element, frozenset()) | listed for element, listed in share.items()})
    return MappingProxyType(known)


def _service_release(syntax_version: str) -> str:
    return "D.3" if syntax_version in OLD_SYNTAX else "4.1"


@cache
def _names(shelf: Path) -> Mapping[str, str]:
    path = shelf / "names.txt"
    if not path.is_file():
        return MappingProxyType({})
    pairs = (line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return MappingProxyType({identifier: name.strip() for identifier, _, name in pairs})


def _definitions(text: str) -> Iterator[tuple[str, _Line]]:
    for line in text.splitlines():
        if line:
            body, _, name = line.partition(" = ")
            places, _, conditions = body.partition(" / ")
            first, *rest = places.split()
            yield first, _Line(tuple(rest), tuple(conditions.split()), name.strip())
