"""Faults and findings: what can be wrong with an interchange, and what is wrong with this one.

The catalogue is data (`faults.toml`); the code names a fault by its key there. A `Finding` is a fault at a place.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

LONGEST_SHOWN = 60
"""Characters of a sender's text that a finding says back."""

LONGEST_SENTENCE = 240
"""Characters of a finding's sentence or fix, whatever the values in it."""


class Severity(StrEnum):
    """How bad a fault is. What rejects is the reader's to settle, see `Settings`."""

    FATAL = "syntax-fatal"
    """Reading could not go on: this interchange was left there."""
    SYNTAX = "syntax-error"
    """Breaks ISO 9735."""
    DIRECTORY = "directory-error"
    """Breaks the message's definition."""
    PROFILE = "profile-error"
    """Breaks what a community agreed on top of the definition."""
    CODE = "code-warning"
    """A code the list does not have; common between partners."""
    PRACTICE = "practice-warning"
    """Against the standard's letter, common in traffic, and its meaning is plain."""


class Level(StrEnum):
    """The part of an interchange a finding speaks of."""

    INTERCHANGE = "interchange"
    GROUP = "group"
    MESSAGE = "message"
    SEGMENT = "segment"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An entry of the catalogue. `says` and `fix` are templates; `code` is of service code list 0085."""

    id: str
    says: str
    fix: str
    code: str
    level: Level
    severity: Severity
    source: str
    strict: bool = True
    """Whether a strict reader rejects for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands.

    `interchange`, `group` and `message` are the sender's references. `segment` counts in the message, UNH is 1.
    `element` counts after the tag from 1 (0 is the tag), `component` and `occurrence` from 1; None when the whole
    is meant. `offset` is in bytes from the start of the data, `line` and `column` count from 1 in characters.
    """

    interchange: str = ""
    group: str = ""
    message: str = ""
    tag: str = ""
    segment: int | None = None
    element: int | None = None
    component: int | None = None
    occurrence: int | None = None
    offset: int = 0
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """The place in words: `message 1, segment 14 DTM, element 1, component 2, line 14, column 9`."""
        named = [f"message {self.message}"] if self.message else []
        if self.segment is not None:
            named.append(f"segment {self.segment} {self.tag}".rstrip())
        elif self.tag:
            named.append(self.tag)
        inner = ("element", "component", "occurrence")
        named += [f"{name} {getattr(self, name)}" for name in inner if getattr(self, name)]
        return ", ".join([*named, f"line {self.line}", f"column {self.column}"])


Position = tuple[int, int, int]
"""Byte offset, line, column."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place before anybody asked: `position` is worked out only for findings that are kept."""

    position: Callable[[], Position]
    tag: str = ""
    segment: int | None = None
    element: int | None = None
    component: int | None = None
    occurrence: int | None = None

    def place(self, interchange: str, group: str, message: str) -> Place:
        """The place, with the references of the parts it is in."""
        offset, line, column = self.position()
        return Place(
            interchange=interchange,
            group=group,
            message=message,
            tag=self.tag,
            segment=self.segment,
            element=self.element,
            component=self.component,
            occurrence=self.occurrence,
            offset=offset,
            line=line,
            column=column,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault somewhere. `seen` is the sender's text, shortened; `expected` what should stand there."""

    fault: Fault
    severity: Severity
    level: Level
    place: Place
    message: str
    fix: str
    seen: str = ""
    expected: str = ""

    @property
    def rule(self) -> str:
        """The stable id, `MSW-EDI-NNN`."""
        return self.fault.id

    @property
    def code(self) -> str:
        """The code of service code list 0085."""
        return self.fault.code

    def __str__(self) -> str:
        return f"{self.rule} {self.severity}: {self.message} ({self.place}) {self.fix}"


@cache
def catalogue() -> dict[str, Fault]:
    """Every fault by the name the code uses."""
    entries = tomllib.loads(resources.files("edi").joinpath("faults.toml").read_text(encoding="utf-8"))
    return {
        name: Fault(
            **entry | {"level": Level(entry["level"]), "severity": Severity(entry["severity"])},
        )
        for name, entry in entries.items()
    }


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A sender's text as a finding may say it back: printable, one line, at most `longest` characters."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def filled(template: str, words: dict[str, object]) -> str:
    """A template with its values, each shortened, the whole at most `LONGEST_SENTENCE` characters."""
    sentence = template.format_map({name: shortened(str(value)) for name, value in words.items()})
    return sentence if len(sentence) <= LONGEST_SENTENCE else sentence[: LONGEST_SENTENCE - 1] + "…"
