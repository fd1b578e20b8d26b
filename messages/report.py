"""What is said about one document: every finding, the verdict, and the declaration when it may be filed."""

from dataclasses import dataclass
from typing import Any

from messages.declaration import Declaration
from messages.findings import Finding, Severity, counts


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement on one document. `format` is the reader's name, empty when no format was recognised."""

    format: str
    findings: tuple[Finding, ...]
    declaration: Declaration | None
    """Present exactly when no finding is an error."""

    @property
    def accepted(self) -> bool:
        return self.declaration is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    def as_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "verdict": "accepted" if self.accepted else "refused",
            "counts": counts(self.findings),
            "findings": [each.as_json() for each in self.findings],
        }
