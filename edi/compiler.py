"""From a UNECE directory zip to a release on the user's own shelf, which `edi.guide` then reads.

The UN licence lets a user copy and use a directory and forbids passing on a modified one, so the package ships only
its own guides (see docs/decisions) and this module makes the rest on the user's machine, from the user's own copy.
"""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edi.compiler_messages import Message, read_message
from edi.compiler_tables import Tables, bare, read_codes, read_composites, read_elements, read_segments
from edi.compiler_zip import REPLACE, UnreadableDirectory, texts
from edi.directory import Directory, directory, user_shelf
from edi.guide import forget

__all__ = ["UnreadableDirectory", "compile_directory"]

READERS = {"EDSD": read_segments, "EDCD": read_composites, "EDED": read_elements, "UNCL": read_codes}
_FILE = re.compile(r"(?P<part>EDSD|EDCD|EDED|UNCL)(?:-?\d)?\.(?P<release>\d\d[A-C])", re.ASCII)
_MESSAGE = re.compile(r"[A-Z]{6}_[A-Z]\.\d\d[A-C]", re.ASCII)
ANY_TEXT = "an..512"
SERVICE_TAGS = {"UNH", "UNT", "UNS", "UGH", "UGT"}


@dataclass(slots=True)
class _Gathered:
    tables: Tables = field(default_factory=Tables)
    messages: list[Message] = field(default_factory=list)
    releases: Counter[str] = field(default_factory=Counter)


def compile_directory(zip_path: Path, shelf: Path | None = None) -> Directory:
    """Compile the zip to `<shelf>/<version>.<release>` and return that release.

    The shelf is the user's own (`edi.directory.user_shelf`) unless named. Compiling a release again replaces it.
    Lines that could not be read are in `Directory.unread`. Raises UnreadableDirectory when the file is no zip, is
    not safe to unpack, or holds neither segments nor messages.
    """
    gathered = _gather(zip_path)
    if not gathered.tables.segments or not gathered.messages:
        missing = "segments (EDSD)" if not gathered.tables.segments else "messages (EDMD)"
        raise UnreadableDirectory(f"{zip_path.name} holds no {missing} of a UN directory.", REPLACE)
    version = Counter(message.version for message in gathered.messages).most_common(1)[0][0]
    release = f"{version}.{gathered.releases.most_common(1)[0][0]}"
    home = shelf or user_shelf()
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as new:
        _write(gathered, Path(new) / release)
        shutil.rmtree(home / release, ignore_errors=True)
        (Path(new) / release).rename(home / release)
    forget()
    compiled = directory(release, home)
    assert compiled is not None, "just written"
    return compiled


def _gather(zip_path: Path) -> _Gathered:
    gathered = _Gathered()
    kept = [(name, text) for name, text in texts(zip_path) if _FILE.fullmatch(name) or _MESSAGE.fullmatch(name)]
    for name, text in sorted(kept, key=_order):
        found = _FILE.fullmatch(name)
        if found:
            READERS[found["part"]](text, gathered.tables)
            gathered.releases[found["release"]] += 1
        elif message := read_message(text):
            gathered.messages.append(message)
            gathered.releases[message.release] += 1
    return gathered


def _order(member: tuple[str, str]) -> tuple[int, str]:
    """Composites replace what segments wrote out, elements what composites did; so segments come first."""
    name, _ = member
    parts = [*READERS]
    return (parts.index(name[:4]) if name[:4] in parts else len(parts), name)


def _write(gathered: _Gathered, folder: Path) -> None:
    folder.mkdir()
    tables = gathered.tables
    unread = [*tables.unread, *_undefined(tables)]
    (folder / "segments.txt").write_text("\n".join(_definitions(tables)) + "\n", encoding="utf-8")
    codes = [" ".join([element, *values]) for element, values in sorted(tables.codes.items()) if values]
    (folder / "codes.txt").write_text("".join(f"{line}\n" for line in codes), encoding="utf-8")
    for message in gathered.messages:
        unknown = message.tags - tables.segments.keys() - SERVICE_TAGS
        unread += [f"{message.type}: {line}" for line in message.unread]
        unread += [f"{message.type}: segment {tag} is not in the directory" for tag in sorted(unknown)]
        (folder / f"{message.type}.txt").write_text("\n".join(message.lines) + "\n", encoding="utf-8")
    (folder / "unread.txt").write_text("".join(f"{line}\n" for line in unread), encoding="utf-8")


def _definitions(tables: Tables) -> Iterator[str]:
    """The lines of `segments.txt`. What is used and nowhere defined is left without places, or takes any text."""
    entries = (*tables.segments.values(), *tables.composites.values())
    for entry in entries:
        conditions = f" / {' '.join(entry.conditions)}" if entry.conditions else ""
        yield f"{' '.join([entry.tag, *entry.places])}{conditions} = {entry.name}"
    used = {bare(place) for entry in entries for place in entry.places} - tables.composites.keys()
    for identifier in sorted(used):
        form = "" if identifier[0] in "CES" else tables.formats.get(identifier) or ANY_TEXT
        yield f"{identifier} {form} = {tables.names.get(identifier, identifier)}"


def _undefined(tables: Tables) -> Iterator[str]:
    places = (bare(place) for each in (tables.segments, tables.composites) for e in each.values() for place in e.places)
    known = {identifier for identifier, form in tables.formats.items() if form} | tables.composites.keys()
    yield from (f"{identifier} is used and not defined" for identifier in sorted(set(places) - known))
