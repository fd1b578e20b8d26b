"""The texts inside a directory zip as UNECE hands it out, read with care.

A directory comes as one zip that holds further zips (`EDMD`, `EDSD`, `EDCD`, `EDED`, `UNCL` and others), or as one
zip of plain files; both are read, two zips deep. Nothing is written to disk here. A zip that is not what it seems
is refused: too many members, too much text, a suspicious rate of compression, names that climb out of a folder.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_MEMBERS = 5_000
MOST_BYTES = 128 * 1024 * 1024
"""Of all members together, unpacked. D.24A has some 12 MB."""
MOST_PER_MEMBER = 32 * 1024 * 1024
MOST_RATIO = 200
"""Unpacked to packed. Directory texts reach about 12."""
DEEPEST = 2
RATIO_COUNTS_FROM = 1024 * 1024


class UnreadableDirectory(Exception):  # noqa: N818 - named for what the reader holds
    """The file is not a directory we can compile. Says what is wrong, and `fix` says what to do."""

    code = "MSW-EDI-901"

    def __init__(self, sentence: str, fix: str) -> None:
        super().__init__(sentence)
        self.fix = fix


REPLACE = "Download the directory zip again from the UNECE site and give that file, for example d16b.zip."


@dataclass(slots=True)
class _Budget:
    members: int = MOST_MEMBERS
    bytes: int = MOST_BYTES


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """File name (upper case, without folders) and text of every plain member. Raises UnreadableDirectory."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, path.name, 0, _Budget())
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableDirectory(f"{path.name} could not be read as a zip: {error}.", REPLACE) from error


def _members(archive: zipfile.ZipFile, shown: str, depth: int, budget: _Budget) -> Iterator[tuple[str, str]]:
    for info in archive.infolist():
        if info.is_dir():
            continue
        content = _content(archive, info, shown, budget)
        name = PurePosixPath(info.filename).name.upper()
        if not name.endswith(".ZIP"):
            yield name, decoded(content)
        elif depth == DEEPEST:
            raise UnreadableDirectory(f"{shown} holds zips more than {DEEPEST} deep.", REPLACE)
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                yield from _members(inner, f"{shown}/{name}", depth + 1, budget)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, budget: _Budget) -> bytes:
    """The member's bytes, within the limits, whatever its header claims."""
    _refuse_name(info, shown)
    budget.members -= 1
    most = min(MOST_PER_MEMBER, budget.bytes)
    with archive.open(info) as member:
        content = member.read(most + 1)
    budget.bytes -= len(content)
    if budget.members < 0 or len(content) > most:
        raise UnreadableDirectory(f"{shown} unpacks to more than any UN directory holds.", REPLACE)
    if len(content) > RATIO_COUNTS_FROM and len(content) > MOST_RATIO * max(info.compress_size, 1):
        raise UnreadableDirectory(f"{shown} is packed more tightly than text can be.", REPLACE)
    return content


def _refuse_name(info: zipfile.ZipInfo, shown: str) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        raise UnreadableDirectory(f"{shown} has a member named '{info.filename[:40]}', outside its folder.", REPLACE)
    encrypted = 0x1
    if info.flag_bits & encrypted:
        raise UnreadableDirectory(f"{shown} is locked with a password.", REPLACE)


DRAWN = str.maketrans(
    dict.fromkeys("─━═╌┄", "-")
    | dict.fromkeys("│┃║¦", "|")
    | dict.fromkeys("┐┘└┌├┤┬┴┼╗╝╚╔╠╣╦╩╬", "+")
    | dict.fromkeys("\xa0\x1a\x0c", " ")
)
"""Box drawing to the plain signs older directories use; end-of-file and page marks to spaces."""


def decoded(content: bytes) -> str:
    """The text with box drawing made plain. UNECE texts are CP437, later ones UTF-8 at times."""
    for encoding in ("utf-8-sig", "cp437"):
        try:
            return content.decode(encoding).translate(DRAWN).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise AssertionError("CP437 has a character for every byte")
