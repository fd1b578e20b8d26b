"""Message texts (EDMD) as UNECE lays them out, to guides: section 4.3.1, the segment table.

Groups are drawn at the right: a group's line ends in a corner, its last segment's line in another, and upright
strokes between show which groups are still open. Three styles exist (box drawing of CP437, plain `+-|`, and tables
without positions before D.94A); all come here as plain signs. A stroke that is missing is made good by the next
line that has its strokes, and noted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TABLE = re.compile(r"Segment\s+table", re.IGNORECASE)
_IDENTITY = {
    "type": re.compile(r"Message\s+Type\s*:\s*([A-Z]{6})"),
    "version": re.compile(r"Version\s*:\s*([A-Z0-9]{1,3})"),
    "release": re.compile(r"Release\s*:\s*([A-Z0-9]{1,3})"),
}
_START = re.compile(
    r"^\s{0,5}(?P<position>\d{4,5})?[+*#|X\- ]*?"
    r"(?:(?<![A-Z])(?P<tag>[A-Z]{3})\s|[+\-\s]*Segment\s+group\s+(?P<number>\d+))(?P<rest>.*)$"
)
_TAIL = re.compile(r"^(?P<name>.*?)[\s\-+]\s*(?P<status>[MC])\s*(?P<repeat>\d+)\s*(?P<drawn>[-+|\s]*)$")
_NOTE = re.compile(r"D(?P<kind>[1-7])\s*\((?P<list>[\d,\s]+)\)")
_LONGEST_NAME = 3
SHORT_POSITION = 4


@dataclass(slots=True)
class Message:
    """A message's guide in the shelf's form, one node to a line, and what could not be read."""

    type: str
    version: str
    release: str
    lines: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    position: str
    name: str
    count: str
    corners: int
    strokes: int

    @property
    def is_group(self) -> bool:
        return self.name[-1].isdigit()  # SG4 is a group, SGP is not


def read_message(text: str) -> Message | None:
    """The message of one EDMD text; None when the text is an index or an interactive message."""
    found = {name: pattern.search(text) for name, pattern in _IDENTITY.items()}
    tables = list(_TABLE.finditer(text))
    if not tables or not (found["type"] and found["version"] and found["release"]):
        return None
    message = Message(found["type"][1], found["version"][1], found["release"][1])
    lines = text[tables[-1].end() :].splitlines()
    rows = list(_rows(lines, message.unread))
    if not rows or rows[0].name != "UNH":
        return None
    if rows[0].position:
        rows = [row for row in rows if row.position]  # a deleted row keeps its text and loses its position
    _nest(rows, message)
    message.lines += [f"/ {notes}"] if (notes := _conditions("\n".join(lines))) else []
    return message


def _rows(lines: list[str], unread: list[str]) -> Iterator[_Row]:
    """The table's rows up to UNT, names that run on joined."""
    index = 0
    while index < len(lines):
        start = _START.match(lines[index])
        index += 1
        if start is None:
            continue
        text = start["rest"]
        for line in lines[index : index + _LONGEST_NAME]:
            if _TAIL.match(" " + text) or not line.strip() or _START.match(line):
                break
            text, index = f"{text} {line.strip()}", index + 1
        tail = _TAIL.match(" " + text)
        name = start["tag"] or f"SG{start['number']}"
        if tail is None:
            if start["position"]:
                unread.append(f"{start['position']} {name} {text.strip()}")
            continue
        drawn = tail["drawn"]
        yield _Row(
            start["position"] or "",
            name,
            tail["status"] + tail["repeat"],
            drawn.count("+"),
            drawn.count("|"),
        )
        if name == "UNT":
            return


def _nest(rows: list[_Row], message: Message) -> None:
    """The rows as indented lines; the drawing says how deep each stands."""
    depth = 0
    for row in rows:
        drawn = row.strokes + row.corners - row.is_group
        if drawn != depth and not (row.corners and drawn < depth):  # one corner may be drawn through several strokes
            message.unread.append(f"{row.position} {row.name}: {depth} groups were open, the drawing shows {drawn}")
            depth = drawn
        message.lines.append(f"{'  ' * depth}{row.name} {row.count}")
        if row.is_group:
            depth += 1
        else:
            message.tags.add(row.name)
            depth = row.strokes if row.corners else depth
    if len(rows[0].position) > SHORT_POSITION:
        message.lines[0] += f" {rows[0].position}"


def _conditions(text: str) -> str:
    _, _, notes = text.partition("Dependency")
    return " ".join(f"D{f['kind']}({re.sub(r'[^0-9,]', '', f['list'])})" for f in _NOTE.finditer(notes))
