"""What was found in one source, by interchange, group and message, and whether that rejects it.

Everything that was counted is kept; of messages only those with findings are, so that a report on a file of any
size stays small.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from edi.findings import Fault, Finding, Level, Place, Severity, catalogue, filled, shortened
from edi.settings import Settings
from edi.syntax import Syntax
from edi.tokenizer import Components


@dataclass(slots=True)
class Part:
    """A part of an interchange that can be answered for by itself."""

    reference: str = ""
    findings: list[Finding] = field(default_factory=list)
    uncounted: int = 0
    """Findings beyond the limit that were met and not kept; of a rejected message no more are looked for."""
    rejected: bool = False


@dataclass(slots=True)
class MessageReport(Part):
    """A message (or a package): its reference (0062) and identifier (S009: type, version, release, ...)."""

    identifier: Components = field(default_factory=list)
    number: int = 0
    """Its place among the messages of the interchange, from 1."""
    package: bool = False


@dataclass(slots=True)
class GroupReport(Part):
    """A group: its reference (0048), sender (S006) and recipient (S007)."""

    sender: Components = field(default_factory=list)
    recipient: Components = field(default_factory=list)
    messages: list[MessageReport] = field(default_factory=list)
    message_count: int = 0


@dataclass(slots=True)
class InterchangeReport(Part):
    """An interchange: reference (0020), sender (S002), recipient (S003); `syntax` is None when it was unreadable."""

    syntax: Syntax | None = None
    sender: Components = field(default_factory=list)
    recipient: Components = field(default_factory=list)
    acknowledgement_wanted: bool = False
    test: bool = False
    groups: list[GroupReport] = field(default_factory=list)
    messages: list[MessageReport] = field(default_factory=list)
    """Messages outside groups that have findings."""
    message_count: int = 0
    group_count: int = 0
    only_acknowledges: bool = False
    """Whether every message in it is a CONTRL."""

    def parts(self) -> Iterator[Part]:
        yield self
        for group in self.groups:
            yield group
            yield from group.messages
        yield from self.messages

    @property
    def accepted(self) -> bool:
        """Whether nothing in it rejects."""
        return not any(part.rejected for part in self.parts())


@dataclass(slots=True)
class Report:
    """The outcome of `check`: every finding in the order it was met, and the same by interchange."""

    settings: Settings = field(default_factory=Settings)
    findings: list[Finding] = field(default_factory=list)
    uncounted: int = 0
    """Findings beyond the limits, not kept."""
    interchanges: list[InterchangeReport] = field(default_factory=list)
    segment_count: int = 0
    _rejected: bool = False

    @property
    def accepted(self) -> bool:
        """Whether nothing found rejects, as the settings have it."""
        return not self._rejected

    def rejects(self, finding: Finding) -> bool:
        """Whether `finding` rejects what it stands in."""
        return self._would_reject(finding.fault, finding.severity)

    def _would_reject(self, fault: Fault, severity: Severity) -> bool:
        if severity in self.settings.rejects:
            return True
        return self.settings.strict and fault.strict and severity is Severity.PRACTICE

    def add(
        self,
        name: str,
        part: Part,
        place: Place,
        words: Mapping[str, object],
        *,
        level: Level | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Notes the fault `name` of the catalogue in `part`, which has room; `words` fill its sentences."""
        fault = catalogue()[name]
        self._rejected_by(fault, severity, part)
        shown = {"seen": "", "expected": "", **words}
        finding = Finding(
            fault=fault,
            severity=severity or fault.severity,
            level=level or fault.level,
            place=place,
            message=filled(fault.says, shown),
            fix=filled(fault.fix, shown),
            seen=shortened(str(shown["seen"])),
            expected=shortened(str(shown["expected"]), 200),
        )
        part.findings.append(finding)
        self.findings.append(finding)

    @property
    def met(self) -> int:
        """How many findings were met, kept or not."""
        return len(self.findings) + self.uncounted

    def overflows(self, name: str, part: Part, severity: Severity | None = None) -> bool:
        """Whether no more findings are kept in `part`; if so the fault is counted, and rejects if it does."""
        limit = self.settings.findings_per_message
        fault = catalogue()[name]
        if len(part.findings) < limit and len(self.findings) < self.settings.findings:
            return False
        if fault.severity is Severity.FATAL:
            return False  # there is one to an interchange, and it says why the rest is silence
        self._rejected_by(fault, severity, part)
        part.uncounted += 1
        self.uncounted += 1
        return True

    def _rejected_by(self, fault: Fault, severity: Severity | None, part: Part) -> None:
        if self._would_reject(fault, severity or fault.severity):
            self._rejected = part.rejected = True
