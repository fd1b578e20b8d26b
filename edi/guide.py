"""How a message is built: its segments and groups in order, by type, version and release.

A guide lies on a shelf in its release's folder (`edi/data/D.04B/BERMAN.txt`), one node to a line, indented by two
spaces below its group, with status and greatest number:

    UNH M1
    SG1 C9
      RFF M1

A last line `/ D4(0030,0080)` holds conditions among nodes. Positions count by ten in the order of the lines, with
as many digits as the first line shows (`UNH M1 00010`), four when it shows none.

The package's own guides come first, then the user's compiled directories. `edi.profile` bends a guide to what an
association (UNH S009, element 0057) has agreed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from edi import profile
from edi.directory import SHIPPED, codes, directory, user_shelf
from edi.structure import Guide, Node

__all__ = ["Guide", "Node", "find_guide"]

_NODE = re.compile(r"(?P<indent>(?:  )*)(?P<name>[A-Z]{3}|SG\d+) (?P<status>[MC])(?P<repeat>\d+)( \d+)?")
_REQUEST = re.compile(r"[A-Z]{6} [A-Z0-9]{1,3} [A-Z0-9]{1,3}", re.ASCII)


def find_guide(type: str, version: str, release: str, association: str = "") -> Guide | None:  # noqa: A002 - 0065's name
    """The guide for what UNH's S009 names, or None when neither the package nor the user has it.

    `find_guide("PAXLST", "D", "05B", "IATA")`. An association without a profile gets the plain guide. Compiling a
    directory while the program runs needs `forget()` before its messages are found.
    """
    if not _REQUEST.fullmatch(f"{type} {version} {release}"):
        return None  # anything else could name a file outside the shelves
    return _find(type, version, release, association, user_shelf())


def forget() -> None:
    """Empty the memory of guides and releases, so that newly compiled ones are seen."""
    for remembered in (_find, directory, codes, profile.statements):
        remembered.cache_clear()


@lru_cache(maxsize=256)
def _find(message: str, version: str, release: str, association: str, own: Path) -> Guide | None:
    folder = _folder(message, version, release)
    for shelf in (SHIPPED, own):
        path = shelf / folder / f"{message}.txt"
        if path.is_file():
            root, conditions = _read(path)
            plain = _guide(Guide(message, version, release, association, root, {}, {}, conditions), shelf, folder, own)
            return profile.applied(plain, folder, (SHIPPED, own))
    return None


def _folder(message: str, version: str, release: str) -> str:
    """CONTRL is numbered by itself: `4:1` with syntax 4, and `D:3`, `2:2` or `D:96A` for the same older one."""
    if message == "CONTRL":
        return "4.1" if version == "4" else "D.3"
    return f"{version}.{release}"


def _guide(bare: Guide, shelf: Path, folder: str, own: Path) -> Guide:
    known = directory(folder, shelf)
    if known is None:
        raise FileNotFoundError(f"{shelf / folder} has {bare.type} but no segments.txt; compile the directory again.")
    segments = known.segments(frozenset(node.tag for node in bare.walk() if node.tag))
    values = codes(folder, shelf) or codes(folder, own)
    return replace(bare, segments=segments, codes=values)


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    name: str
    status: str
    repeat: int
    position: str


def _read(path: Path) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """The guide's nodes and the conditions among them."""
    *lines, last = path.read_text(encoding="utf-8").splitlines()
    conditions = tuple(last.removeprefix("/ ").split()) if last.startswith("/") else ()
    lines += [] if conditions else [last]
    width = len(lines[0].partition(" ")[2].partition(" ")[2]) or 4
    written = [_line(path, text, f"{number * 10:0{width}}") for number, text in enumerate(lines, 1)]
    root, end = _children(written, 0, 0)
    if end < len(written):
        raise ValueError(f"{path}:{end + 1}: indented without a group above it.")
    return root, conditions


def _line(path: Path, text: str, position: str) -> _Line:
    found = _NODE.fullmatch(text)
    if found is None:
        raise ValueError(f"{path}: '{text}' is no node; write '  RFF M1'.")
    return _Line(len(found["indent"]) // 2, found["name"], found["status"], int(found["repeat"]), position)


def _children(lines: Sequence[_Line], start: int, depth: int) -> tuple[tuple[Node, ...], int]:
    """The nodes at `depth` from line `start` on, and the number of the first line after them."""
    nodes: list[Node] = []
    while start < len(lines) and lines[start].depth == depth:
        line = lines[start]
        below, start = _children(lines, start + 1, depth + 1)
        names = ("", line.name) if line.name[-1].isdigit() else (line.name, "")  # SG4 is a group, SGP is not
        nodes.append(Node(*names, line.status, line.repeat, below, line.position))
    return tuple(nodes), start
