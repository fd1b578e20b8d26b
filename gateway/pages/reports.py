"""A report as a page shows it: by severity, then by rule, each finding with its place and the line it stood on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gateway import rulebook
from gateway.wording import COUNTED, SEVERITIES, Sign, named
from messages.findings import Place, Severity

LONGEST_LINE = 160
"""Characters of a source line that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding."""

    message: str
    fix: str
    place: str
    line: int | None
    source: str
    """The line of the document it stands on, when the document is at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """All findings of one rule. `fix` is theirs in common, empty when each has its own."""

    rule: str
    fix: str
    needed_by: tuple[str, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityGroup:
    """All findings of one severity."""

    name: str
    """`error`, `warning` or `advice`."""
    sign: Sign
    tally: str
    """`1 error`, `2 errors`."""
    rules: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A whole report. `format` is the reader's name, empty when none knew the document."""

    format: str
    errors: int
    groups: tuple[SeverityGroup, ...]


def report_view(report: Mapping[str, Any], document: bytes, titles: Mapping[str, str]) -> ReportView:
    """The view of a report in its JSON form. `titles` names the agencies by code."""
    lines = document.decode("utf-8", "replace").splitlines()
    of = {each: [finding for finding in report["findings"] if finding["severity"] == each] for each in Severity}
    return ReportView(
        format=report["format"],
        errors=len(of[Severity.ERROR]),
        groups=tuple(
            SeverityGroup(
                name=severity.value,
                sign=SEVERITIES[severity],
                tally=named(len(findings), *COUNTED[severity]),
                rules=tuple(_rule_groups(findings, lines, titles)),
            )
            for severity, findings in of.items()
            if findings
        ),
    )


def _rule_groups(findings: list[Mapping[str, Any]], lines: list[str], titles: Mapping[str, str]) -> Iterable[RuleGroup]:
    ordered = sorted(findings, key=lambda finding: finding["rule"])
    for rule, several in groupby(ordered, key=lambda finding: finding["rule"]):
        views = tuple(_finding(each, lines) for each in several)
        shared = len({view.fix for view in views}) == 1
        yield RuleGroup(
            rule=rule,
            fix=views[0].fix if shared else "",
            needed_by=tuple(titles.get(code, code) for code in rulebook.agencies_of(rule)),
            findings=views,
        )


def _finding(finding: Mapping[str, Any], lines: list[str]) -> FindingView:
    place = Place(**finding["where"])
    known = place.line is not None and 0 < place.line <= len(lines)
    return FindingView(
        message=finding["message"],
        fix=finding["fix"],
        place=str(place),
        line=place.line,
        source=lines[place.line - 1].strip()[:LONGEST_LINE] if known and place.line else "",
    )
