"""Segment, composite, element and code texts (EDSD, EDCD, EDED, UNCL) as UNECE lays them out, to definitions.

The layout is R.1023's: entries divided by a drawn line, each headed by its tag; places with position, identifier,
name, status, number (from D.97A on) and format. Change marks (`+ * # | X`) stand before tags and are passed over;
what is marked `-` is deleted. Long names run on to the next line, with status and format on the last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DIVIDER = re.compile(r"^[-=_\s]{20,}$", re.MULTILINE)
_MARKS = r"[+*#|X\- ]*"
_HEAD = re.compile(rf"^{_MARKS}(?<![A-Z0-9])(?P<tag>[A-Z]{{3}}|[CES]\d{{3}}|\d{{4}})\s+(?P<name>\S.*)$")
_PLACE = re.compile(
    r"^(?P<position>\d{3})?(?P<marks>[+*#|X\- ]*)(?<![A-Z0-9])(?P<id>[CES]\d{3}|\d{4})\s+(?P<rest>\S.*)$"
)
_TAIL = re.compile(
    r"^(?P<name>.*?)\s+(?P<status>[MC])(?:\s+(?P<repeat>\d+))?(?:\s+(?P<format>(?:an|a|n)\s*(?:\.\.)?\s*\d+))?\s*$"
)
_NOTE = re.compile(r"D(?P<kind>[1-7])\s*\((?P<list>[\d,\s]+)\)")
_REPRESENTATION = re.compile(r"^\W*Repr(?:esentation)?:\s*(?P<format>(?:an|a|n)\s*(?:\.\.)?\s*\d+)", re.MULTILINE)
_NOTES = re.compile(rf"^{_MARKS}(?:Dependency )?notes?\s*:", re.IGNORECASE)
_LABEL = re.compile(rf"^{_MARKS}(?:Function|Desc|Repr|(?:Dependency )?notes?)\s*:", re.IGNORECASE)
_CODE = re.compile(r"^(?P<marks>[+*#|X\- ]{3})\s{0,6}(?P<code>[A-Z0-9]{1,17})\s+(?P<name>\S.*)$")
_LAST_CODE_COLUMN = 9
_LONGEST_NAME = 4
"""Lines a name runs over at most."""


@dataclass(slots=True)
class Entry:
    """One segment, composite or element: its places, or its format."""

    tag: str
    name: str
    places: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tables:
    """What the texts define, by tag, and the lines nobody could read."""

    segments: dict[str, Entry] = field(default_factory=dict)
    composites: dict[str, Entry] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def bare(place: str) -> str:
    """The identifier of a written place: `C002` of `C002!*3`."""
    return place.partition("*")[0].rstrip("!")


def entries(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Tag, name and lines of every entry of a text. What stands before the first divider is a preface."""
    for block in _DIVIDER.split(text):
        lines = [line.rstrip() for line in block.splitlines() if line.strip()]
        found = _HEAD.match(lines[0]) if lines else None
        if found:
            after = next((n for n, line in enumerate(lines[1:], 1) if _LABEL.match(line)), 1)
            name = " ".join([found["name"], *(line.strip() for line in lines[1:after])])
            yield found["tag"], re.sub(r"\s*\[[BIC]\]\s*", " ", name).strip(), lines[after:]


def read_segments(text: str, tables: Tables) -> None:
    """EDSD: segments with their places; composites written out there count as defined there."""
    for tag, name, lines in entries(text):
        if len(tag) == len("TDT") and tag.isalpha():
            entry = tables.segments[tag] = Entry(tag, name, conditions=_conditions(lines))
            inner: Entry | None = None
            for place in _places(lines, tables.unread):
                composite = not place.id.isdigit()
                if place.position or composite:
                    entry.places.append(place.written)
                    inner = Entry(place.id, place.name) if composite else None
                    if inner:
                        tables.composites.setdefault(inner.tag, inner)
                elif inner:
                    inner.places.append(place.written)
                tables.names.setdefault(place.id, place.name)
                tables.formats.update({place.id: place.format} if place.format else {})


def read_composites(text: str, tables: Tables) -> None:
    """EDCD: composites with their components. They replace what a segment wrote out."""
    for tag, name, lines in entries(text):
        if tag[0] in "CES" and tag[1:].isdigit():
            entry = tables.composites[tag] = Entry(tag, name, conditions=_conditions(lines))
            for place in _places(lines, tables.unread):
                entry.places.append(place.written)
                tables.names.setdefault(place.id, place.name)
                tables.formats.setdefault(place.id, place.format)


def read_elements(text: str, tables: Tables) -> None:
    """EDED: each element's own name and format."""
    for tag, name, lines in entries(text):
        found = _REPRESENTATION.search("\n".join(lines))
        if tag.isdigit() and found:
            tables.names[tag] = name
            tables.formats[tag] = re.sub(r"\s", "", found["format"])


def read_codes(text: str, tables: Tables) -> None:
    """UNCL: each element's values. A list split over two texts is joined."""
    for tag, _, lines in entries(text):
        if tag.isdigit():
            listed = tables.codes.setdefault(tag, [])
            for line in lines:
                found = _CODE.match(line)
                if found and found.start("code") < _LAST_CODE_COLUMN and "-" not in found["marks"]:
                    listed.append(found["code"])


@dataclass(frozen=True, slots=True)
class _Place:
    position: str
    id: str
    name: str
    status: str
    repeat: int
    format: str

    @property
    def written(self) -> str:
        return self.id + ("!" if self.status == "M" else "") + (f"*{self.repeat}" if self.repeat > 1 else "")


def _places(lines: list[str], unread: list[str]) -> Iterator[_Place]:
    """The places of an entry, deleted ones left out together with their components."""
    deleted = False
    for head, text in _records(lines):
        deleted = "-" in head["marks"] or (deleted and not head["position"])
        found = _TAIL.match(text)
        if deleted:
            continue
        if found is None:
            unread.append(f"{head['id']} {text}")
            continue
        form = re.sub(r"\s", "", found["format"] or "")
        name = found["name"].strip()
        yield _Place(head["position"] or "", head["id"], name, found["status"], int(found["repeat"] or 1), form)


def _records(lines: list[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Each place's first line, and its text with the lines its name runs over joined."""
    index = 0
    while index < len(lines) and not _NOTES.match(lines[index]):
        head = _PLACE.match(lines[index])
        index += 1
        if head is None:
            continue
        text = head["rest"]
        joined = 0
        while (
            not _TAIL.match(text) and index < len(lines) and joined < _LONGEST_NAME and not _PLACE.match(lines[index])
        ):
            text, index, joined = f"{text} {lines[index].strip()}", index + 1, joined + 1
        yield head, text


def _conditions(lines: list[str]) -> list[str]:
    """Dependency notes of an entry, `D5(040,030)`, whatever text follows them."""
    text = " ".join(lines)
    _, _, notes = text.partition("Dependency")
    return [f"D{found['kind']}({re.sub(r'[^0-9,]', '', found['list'])})" for found in _NOTE.finditer(notes)]
