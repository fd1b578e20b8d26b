"""How one interchange is written: what UNA and the first element of UNB say.

Follows ISO 9735 annex B (UNA, UNB S001) and ISO 9735-1 annex A and C. Only ASCII is needed to read this much.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from edi.repertoire import REPERTOIRES, SWITCHING, WIDE_ENCODINGS, Repertoire, encoded_as
from edi.service_chars import (
    INFORMATION_SEPARATORS,
    IS3,
    MODERN,
    V3,
    ServiceChars,
    una_faults,
    una_faults_of_version,
)
from edi.settings import Settings

VERSIONS = {"1": 1, "2": 2, "3": 3, "4": 4, "X": 3}
"""Code list 0002. X is the profile of version 4 that version 3 can read (ISO 9735-11)."""

LONGEST_HEADER = 512
"""Bytes of UNB in which its first element must end."""

Trouble = tuple[str, dict[str, str]]
"""A fault's name and the words for it."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What holds for every segment of one interchange."""

    identifier: str = "UNOA"
    version: str = "3"
    chars: ServiceChars = V3
    repertoire: Repertoire = REPERTOIRES["UNOA"]
    una: str = ""
    """The six characters of UNA, empty when none was sent."""

    @property
    def number(self) -> int:
        """The version as a number; 3 for X."""
        return VERSIONS[self.version]

    @property
    def modern(self) -> bool:
        """Whether this is syntax version 4."""
        return self.number >= MODERN


@dataclass(slots=True)
class Header:
    """The outcome of reading the start of an interchange: its syntax, or none with the reason in `troubles`."""

    syntax: Syntax | None = None
    troubles: list[Trouble] = field(default_factory=list)


def read_header(una: str, unb: str, settings: Settings) -> Header:
    """The syntax that `una` (six characters, or "") and the start of `unb` (from its tag) declare."""
    header = Header()
    refusals = list(_refusals(una, unb))
    if refusals:
        header.troubles += refusals
        return header
    identifier, version, encoding = _first_element(una, unb)
    preset = settings.presets.get(identifier)
    repertoire = REPERTOIRES.get(preset.repertoire if preset else identifier)
    if identifier in SWITCHING or (repertoire and encoding in WIDE_ENCODINGS):
        header.troubles.append(("character_set", {"seen": f"{identifier}:{encoding}".rstrip(":")}))
    elif repertoire is None:
        known = ", ".join([*REPERTOIRES, *settings.presets])
        header.troubles.append(("syntax_identifier", {"seen": identifier, "expected": known}))
    elif version not in VERSIONS:
        header.troubles.append(("syntax_version", {"seen": version or "nothing", "expected": ", ".join(VERSIONS)}))
    else:
        header.troubles += _troubles_of_version(una, VERSIONS[version])
        if all(name not in REFUSING for name, _ in header.troubles):
            chars = _chars(una, unb, VERSIONS[version], preset.chars if preset else None)
            header.syntax = Syntax(identifier, version, chars, encoded_as(repertoire, encoding), una)
    return header


REFUSING = frozenset({"una_alphanumeric", "una_character", "una_repeated"})


def _refusals(una: str, unb: str) -> Iterator[Trouble]:
    if una:
        yield from ((name, {"seen": char, "role": role}) for name, char, role in una_faults(una))
    elif unb[3:4] not in {V3.element, IS3}:
        yield "separator_unknown", {"seen": unb[3:4] or "nothing"}


def _troubles_of_version(una: str, version: int) -> Iterator[Trouble]:
    if not una:
        return
    yield from ((name, {"seen": char, "role": role}) for name, char, role in una_faults_of_version(una, version))
    if una == ServiceChars.default(version).una[3:]:
        yield "una_redundant", {"seen": f"UNA{una}"}


def _first_element(una: str, unb: str) -> tuple[str, str, str]:
    """Syntax identifier, version and character encoding (elements 0001, 0002 and 0133)."""
    component, element, terminator = (una[0], una[1], una[5]) if una else (":", "+", "'")
    if not una and unb[3:4] == IS3:
        component, element, terminator = (
            INFORMATION_SEPARATORS.component,
            INFORMATION_SEPARATORS.element,
            INFORMATION_SEPARATORS.terminator,
        )
    s001 = unb[4:LONGEST_HEADER].split(element, 1)[0].split(terminator, 1)[0]
    parts = [part.strip("\r\n") for part in s001.split(component)] + [""] * 4
    return parts[0], parts[1], parts[3]


def _chars(una: str, unb: str, version: int, agreed: ServiceChars | None) -> ServiceChars:
    if una:
        return ServiceChars.of_una(una, version)
    if unb[3:4] == IS3:
        return INFORMATION_SEPARATORS
    if agreed:
        return agreed if version < MODERN else replace(agreed, repetition=agreed.repetition or "*")
    return ServiceChars.default(version)
