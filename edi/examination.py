"""The judgement of a source in one pass: characters, envelopes, structure, elements.

Everything found is reported, nothing hides what follows, and memory does not grow with the data.
"""

from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from edi.directory import service_segments
from edi.envelope import Envelope
from edi.findings import Severity, Spot
from edi.guide import find_guide
from edi.matcher import Follower, Guided, Unguided, judge
from edi.patterns import Pattern, compiled, usual
from edi.plan import Plan, plan_of
from edi.reader import Reader
from edi.report import Report
from edi.settings import Settings
from edi.stretch import Stretch
from edi.structure import Guide
from edi.syntax import Syntax
from edi.tokenizer import position_at, service_tag

OPENERS = frozenset({"UNB", "UNG", "UNH", "UNO"})

SERVICE = OPENERS | {"UNT", "UNP", "UNE", "UNZ"}

KNOWN_PLANS = 256
"""Plans remembered while one source is examined."""

FindGuide = Callable[[str, str, str, str], Guide | None]
"""From UNH S009: type, version, release and association assigned code."""


def check(source: bytes | BinaryIO, settings: Settings | None = None, guides: FindGuide = find_guide) -> Report:
    """Reads `source` to its end and says what is wrong with it; `guides` gives the guide for a message.

    >>> report = check(b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNZ+1+R2'")
    >>> [finding.rule for finding in report.findings]
    ['MSW-EDI-056', 'MSW-EDI-055', 'MSW-EDI-059']
    """
    report = Report(settings or Settings())
    examination = Examination(report, guides)
    reader = Reader(source, report.settings, examination.envelope)
    for stretch in reader.stretches():
        examination.take(stretch)
    examination.envelope.closed(reader.place)
    return report


class Examination:
    """Takes stretches in order and fills the report."""

    def __init__(self, report: Report, guides: FindGuide) -> None:
        self.report = report
        self.envelope = Envelope(report)
        self._guides = guides
        self._plans: dict[tuple[str, ...], tuple[Plan | None, Plan | None]] = {}
        self._follower: Follower | None = None

    def take(self, stretch: Stretch) -> None:
        """Examines every segment of a stretch."""
        begin = 0
        for index, strays in sorted(stretch.strays().items()):
            end = index + 1 if service_tag(stretch.texts[index]) in OPENERS else index
            self._run(stretch, begin, end)
            begin = end
            self._report_strays(stretch, index, strays)
        self._run(stretch, begin, len(stretch.texts))
        self.envelope.counted += len(stretch.texts)
        self.report.segment_count += len(stretch.texts)

    def _run(self, stretch: Stretch, begin: int, end: int) -> None:
        index = begin
        while index < end and not self.envelope.given_up:
            if self.envelope.message and self._follower:
                index = self._follower.run(stretch, index, end)
                if index == end:
                    return
            self._service(stretch, index)
            index += 1

    def _service(self, stretch: Stretch, index: int) -> None:
        """A segment of an envelope, or one that stands outside messages."""
        envelope, text, syntax = self.envelope, stretch.texts[index], stretch.syntax
        tag = service_tag(text)
        pattern = _service_pattern(syntax.version, syntax.chars.decimal, tag)
        found = pattern.match(usual(text, syntax.chars), 3) if pattern else None
        fits = pattern is None or (found is not None and (not pattern.delicate or pattern.knows(found)))
        closing = tag not in OPENERS
        if pattern and closing and not fits:
            judge(envelope, stretch, index, pattern)
        if not envelope.take(stretch, index):
            spot = Spot(partial(stretch.place, index), text[:3])
            envelope.say("outside_message", spot, {"seen": text}, part=envelope.interchange)
        elif not closing:
            if pattern and not fits:
                judge(envelope, stretch, index, pattern)
            self._follower = self._following(stretch, index) if tag == "UNH" and envelope.message else None

    def _following(self, stretch: Stretch, index: int) -> Follower:
        """What follows the message that has just begun."""
        envelope, syntax = self.envelope, stretch.syntax
        assert envelope.message is not None
        kind, version, release, _, association, *_ = [*envelope.message.identifier, "", "", "", "", ""]
        names = (kind, version, release, association)
        key = (syntax.version, syntax.chars.decimal, *names)
        if key not in self._plans:
            if len(self._plans) >= KNOWN_PLANS:
                self._plans.clear()
            self._plans[key] = self._planned(names, syntax)
        plan, directory = self._plans[key]
        if plan is not None:
            return Guided(plan, envelope, directory)
        named = ":".join(envelope.message.identifier[:3])
        spot = Spot(partial(stretch.place, index), "UNH", 1, 2, 1)
        envelope.say("guide_unknown", spot, {"seen": named or "a message without type"})
        return Unguided(envelope)

    def _planned(self, names: tuple[str, str, str, str], syntax: Syntax) -> tuple[Plan | None, Plan | None]:
        """The plan for what UNH names, and that of the plain directory where an association differs from it."""
        guide = self._guides(*names)
        if guide is None:
            return None, None
        look_up = self.report.settings.check_codes
        plan = plan_of(guide, syntax.version, syntax.chars.decimal, check_codes=look_up)
        directory = self._guides(*names[:3], "") if names[3] else None
        if directory is None or (directory.root, directory.segments) == (guide.root, guide.segments):
            return plan, None
        return plan, plan_of(directory, syntax.version, syntax.chars.decimal, check_codes=look_up)

    def _report_strays(self, stretch: Stretch, index: int, strays: list[tuple[int, str, str]]) -> None:
        """The first stray of each value; the others of that value are of one cause."""
        envelope, text, reported = self.envelope, stretch.texts[index], set()
        if envelope.hopeless:
            return
        number = envelope.number(index) if envelope.message else None
        for byte, shown, fault in strays:
            element, component, occurrence = position_at(text, stretch.syntax.chars, stretch.within(index, byte))
            if (fault, element, component, occurrence) in reported:
                continue
            reported.add((fault, element, component, occurrence))
            spot = Spot(partial(stretch.place_of, byte), text[:3], number, element, component, occurrence)
            # A lower-case letter in level A, an @ in level B: forbidden, everyday, and read without doubt.
            harmless = fault == "repertoire" and len(shown) == 1 and shown.isascii()
            severity = Severity.PRACTICE if harmless else None
            envelope.say(fault, spot, {"seen": shown, "set": stretch.syntax.identifier}, severity=severity)


_patterns: dict[tuple[str, str, str], Pattern | None] = {}


def _service_pattern(version: str, marks: str, tag: str) -> Pattern | None:
    """The pattern of a service segment; there are few versions, marks and tags, so each is kept."""
    key = (version, marks, tag)
    if tag not in SERVICE:
        return None
    if key not in _patterns:
        spec = service_segments(version).get(tag)
        modern = Syntax(version=version).modern
        _patterns[key] = compiled(spec, modern=modern, marks=marks, codes={}) if spec else None
    return _patterns[key]
