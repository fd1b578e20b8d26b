"""What a reader of interchanges may decide: limits, line breaks, what rejects, and agreed defaults."""

from dataclasses import dataclass, field
from enum import StrEnum

from edi.findings import Severity
from edi.service_chars import ServiceChars

ERRORS = frozenset({Severity.FATAL, Severity.SYNTAX, Severity.DIRECTORY, Severity.PROFILE})


class LineBreaks(StrEnum):
    """What carriage returns and line feeds mean. No rule serves all senders, so the reader is told."""

    AFTER_TERMINATOR = "after_terminator"
    """Ignored between segments; a finding inside one. What most senders mean."""
    ANYWHERE = "anywhere"
    """Ignored wherever they stand: files wrapped at a fixed width."""
    DATA = "data"
    """Ignored between segments, kept as part of the value inside one."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a community agreed for interchanges that name `identifier` in UNB and send no UNA."""

    repertoire: str
    chars: ServiceChars = field(default_factory=ServiceChars)


PRESETS = {
    "SIRE": Preset("UNOA", ServiceChars(terminator='"')),
    "IATA": Preset("UNOA"),
    "IATB": Preset("UNOB"),
}
"""Syntax identifiers seen in airline and border traffic beside those of code list 0001."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to read and judge. Limits are per interchange unless they say otherwise; lengths are in characters."""

    line_breaks: LineBreaks = LineBreaks.AFTER_TERMINATOR
    rejects: frozenset[Severity] = ERRORS
    strict: bool = False
    """Whether practice-warnings reject as well. What is found does not depend on it."""
    check_codes: bool = True
    presets: dict[str, Preset] = field(default_factory=lambda: dict(PRESETS))
    segment_length: int = 65_536
    elements: int = 1_000
    """Elements, and components, of one segment."""
    segments: int = 20_000_000
    messages: int = 100_000
    """Messages, and groups."""
    interchanges: int = 10_000
    """Interchanges in one file."""
    findings_per_message: int = 100
    findings: int = 5_000
    """Findings kept of one file; the verdict counts the others too."""
