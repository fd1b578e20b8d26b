"""The one door: bytes in, report out.

Recognise, read to a draft, make a declaration of it, ask the rules. Whatever the bytes are, the answer is a
report; nothing a sender can write raises.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from messages.catalogue import load
from messages.declaration import Declaration, part_of
from messages.draft import Draft, declared
from messages.findings import MOST_FINDINGS, Finding, Place, Severity, folded
from messages.formats import FORMATS, Format
from messages.report import Report
from messages.rules import Breach, check

MOST_BREACHES = 1_000
"""Rules broken that are looked at; far more than are listed, because equal ones are folded."""

LARGEST = 10 * 1024 * 1024
"""Bytes a document may have unless the caller says otherwise."""

FAULTS = load(Path(__file__).with_name("examine.toml"))
UNRECOGNISED = FAULTS["MSW-GEN-001"]
TOO_LARGE = FAULTS["MSW-GEN-002"]
EMPTY = FAULTS["MSW-GEN-003"]
MORE_FINDINGS = FAULTS["MSW-GEN-004"]


def examine(raw: bytes, media_type: str = "", *, largest: int = LARGEST) -> Report:
    """The judgement on a document, whatever it is. `media_type` decides only where the bytes tell nothing."""
    if len(raw) > largest:
        return _refused("", TOO_LARGE.at(Place(), value=len(raw), most=largest))
    if not raw.strip(b" \t\r\n\x00"):
        return _refused("", EMPTY.at(Place()))
    known = recognised(raw, media_type)
    if known is None:
        titles = ", ".join(each.title for each in FORMATS)
        return _refused("", UNRECOGNISED.at(Place(), value=raw[:40].decode("latin-1"), formats=titles))
    with _uncollected():
        return judged(known.name, known.read(raw))


def recognised(raw: bytes, media_type: str = "") -> Format | None:
    """The format that `raw` is meant to be in."""
    return next((each for each in FORMATS if each.recognises(raw, media_type)), None)


def judged(name: str, draft: Draft) -> Report:
    """The report on a draft; `name` says which format it was read from."""
    if not draft.legible:
        return _refused(name, *draft.findings)
    declaration, misfits = declared(draft)
    known = {each.field for each in draft.findings if each.field}
    findings = [*draft.findings, *(each for each in misfits if each.field not in known)]
    findings = [_with_part(each) for each in findings]
    broken = _broken_rules(declaration, draft, findings)
    findings += broken
    filed = declaration if all(each.severity is not Severity.ERROR for each in findings) else None
    tired = max(len(draft.findings), len(misfits)) >= MOST_FINDINGS or len(broken) >= MOST_BREACHES
    return Report(name, _listed(findings, tired), filed)


def _broken_rules(declaration: Declaration, draft: Draft, findings: list[Finding]) -> list[Finding]:
    """What the rules say, each where the draft has it; not about fields already found wrong.

    A field whose value could not be read is missing from `declaration`, and a rule may say so of it or of what
    it stands in: that would be the same fault told twice. Whole lists and records at the top stay judged.
    """
    faulty = {each.field for each in findings if each.field and each.severity is Severity.ERROR}
    around = {holder for field in faulty for holder in _lineage(field) if "." in holder}
    breaches = (
        each for each in check(declaration) if each.field not in around and faulty.isdisjoint(_lineage(each.field))
    )
    return [_finding(each, draft.place(each.field)) for each in islice(breaches, MOST_BREACHES)]


def _lineage(field: str) -> list[str]:
    """A dotted path and every path it lies below."""
    steps = field.split(".")
    return [".".join(steps[: n + 1]) for n in range(len(steps))]


def _finding(breach: Breach, place: Place) -> Finding:
    values: dict[str, Any] = dict(breach.values)
    return breach.fault.at(place, field=breach.field, value=breach.value, **values)


def _listed(findings: list[Finding], tired: bool) -> tuple[Finding, ...]:
    """The findings as a report lists them: folded, of very many the gravest; `tired` when not all were looked for."""
    listed = folded(findings)
    if len(listed) <= MOST_FINDINGS and not tired:
        return tuple(listed)
    gravest = sorted(listed, key=lambda each: list(Severity).index(each.severity))[:MOST_FINDINGS]
    return (*gravest, MORE_FINDINGS.at(Place(), value=len(gravest)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: reading makes many values and no cycle, and it would walk them all, often."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _with_part(finding: Finding) -> Finding:
    return replace(finding, part=part_of(finding.field)) if finding.field else finding


def _refused(name: str, *findings: Finding) -> Report:
    return Report(name, findings, None)
