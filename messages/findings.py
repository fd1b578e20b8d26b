"""Faults and findings: what is wrong with a document, where, and how to mend it.

A `Fault` is an entry of the catalogue (stable id, sentence, fix). A `Finding` is a fault somewhere in one
document. The same finding object goes to every door: API, page, command line and answer messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

LONGEST_VALUE = 60
"""Characters of a sender's value that a finding says back."""

MOST_FINDINGS = 200
"""Findings listed about one document; whoever mends those sees the rest next time."""


class Severity(StrEnum):
    ERROR = "error"
    """The document cannot be filed."""
    WARNING = "warning"
    """It can be filed; officers will see the finding."""
    ADVICE = "advice"
    """It can be filed; the data could be better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stood in the sender's own document; whatever its format can tell.

    `line` and `column` count from 1 as an editor counts. `path` is an XPath for XML and a JSON Pointer
    (RFC 6901) for JSON. `label` names the place for a person.
    """

    line: int | None = None
    column: int | None = None
    path: str = ""
    segment: int | None = None
    sheet: str | None = None
    cell: str | None = None
    label: str = ""

    def __str__(self) -> str:
        """The place in words: `line 88, /EPCMessage/...`."""
        named = [self.label] if self.label else []
        if self.sheet and self.cell:
            named.append(f"sheet {self.sheet}, cell {self.cell}")
        if self.segment is not None:
            named.append(f"segment {self.segment}")
        if self.line is not None:
            named.append(f"line {self.line}")
        if self.path:
            named.append(self.path)
        return ", ".join(named) or "the document as a whole"

    def as_json(self) -> dict[str, Any]:
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in named.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An entry of the catalogue. `says` and `fix` are templates with named values in braces."""

    id: str
    part: str
    severity: Severity
    says: str
    fix: str
    source: str
    agencies: tuple[str, ...] = ()

    def at(self, place: Place, *, field: str = "", value: object = None, **values: object) -> "Finding":
        """This fault, found at `place`; `values` fill the templates, `value` is said back shortened."""
        shown = shortened(value)
        words = {name: shortened(each) for name, each in values.items()} | {"value": shown}
        return Finding(
            rule=self.id,
            severity=self.severity,
            part=self.part,
            message=self.says.format_map(words),
            fix=self.fix.format_map(words),
            value=None if value is None else shown,
            field=field,
            place=place,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault somewhere. `field` is the path in the canonical declaration, empty when there is none."""

    rule: str
    severity: Severity
    part: str
    message: str
    fix: str
    place: Place
    value: str | None = None
    field: str = ""
    more: tuple[Place, ...] = ()
    """Other places with the very same problem."""

    def __str__(self) -> str:
        elsewhere = f" and {len(self.more)} more places" if self.more else ""
        return f"{self.rule} {self.severity}: {self.message} ({self.place}{elsewhere}) {self.fix}"

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "part": self.part,
            "message": self.message,
            "fix": self.fix,
            "value": self.value,
            "field": self.field,
            "where": self.place.as_json(),
            "more": [each.as_json() for each in self.more],
            "docs": f"/rules/{self.rule}",
        }


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those that say the same of several places folded into the first of them."""
    said: dict[tuple[str, str, str], list[Finding]] = {}
    for each in findings:
        said.setdefault((each.rule, each.message, each.fix), []).append(each)
    return [
        replace(first, more=tuple(each.place for each in others)) if others else first
        for first, *others in said.values()
    ]


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity."""
    tally = dict.fromkeys((severity.value for severity in Severity), 0)
    for each in findings:
        tally[each.severity.value] += 1
    return tally


def shortened(value: object) -> str:
    """A sender's value as a finding may say it back: one line, at most `LONGEST_VALUE` characters."""
    text = " ".join(str(value).split())
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= LONGEST_VALUE else printable[: LONGEST_VALUE - 1] + "…"
