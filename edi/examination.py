"""The judgement of a source in one pass: characters, envelopes, structure, elements.

Everything found is reported, nothing hides what follows, and memory does not grow with the data.
"""

from typing import BinaryIO

from edi.envelope import Envelope
from edi.findings import Place
from edi.reader import Reader
from edi.report import Report
from edi.settings import Settings
from edi.stretch import Stretch
from edi.tokenizer import position_at

OPENERS = frozenset({"UNB", "UNG", "UNH", "UNO"})


def check(source: bytes | BinaryIO, settings: Settings | None = None) -> Report:
    """Reads `source` to its end and says what is wrong with it.

    >>> report = check(b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNZ+1+R2'")
    >>> [finding.rule for finding in report.findings]
    ['MSW-EDI-056', 'MSW-EDI-055', 'MSW-EDI-059']
    """
    report = Report(settings or Settings())
    examination = Examination(report)
    reader = Reader(source, report.settings, examination.envelope)
    for stretch in reader.stretches():
        examination.take(stretch)
    examination.envelope.closed(reader.place)
    return report


class Examination:
    """Takes stretches in order and fills the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.envelope = Envelope(report)

    def take(self, stretch: Stretch) -> None:
        if self.envelope.given_up:
            return
        begin = 0
        for index, strays in sorted(stretch.strays().items()):
            opens = stretch.texts[index][:3] in OPENERS
            end = index + 1 if opens else index
            self._run(stretch, begin, end)
            begin = end
            self._report_strays(stretch, index, strays)
        self._run(stretch, begin, len(stretch.texts))
        self.envelope.counted += len(stretch.texts)
        self.report.segment_count += len(stretch.texts)

    def _run(self, stretch: Stretch, begin: int, end: int) -> None:
        for index in range(begin, end):
            if self.envelope.given_up:
                return
            if not self.envelope.take(stretch, index):
                self._outside(stretch, index)

    def _outside(self, stretch: Stretch, index: int) -> None:
        envelope, text = self.envelope, stretch.texts[index]
        if envelope.message is None:
            place = Place.at(stretch.place(index), text[:3])
            envelope.say("outside_message", place, {"seen": text}, part=envelope.interchange)

    def _report_strays(self, stretch: Stretch, index: int, strays: list[tuple[int, str, str]]) -> None:
        """The first stray of each value; the others of that value are of one cause."""
        envelope, text, reported = self.envelope, stretch.texts[index], set()
        number = envelope.number(index) if envelope.message else None
        for byte, shown, fault in strays:
            element, component, occurrence = position_at(text, stretch.syntax.chars, stretch.within(index, byte))
            if (fault, element, component, occurrence) in reported:
                continue
            reported.add((fault, element, component, occurrence))
            position = {"element": element, "component": component, "occurrence": occurrence}
            place = Place.at(stretch.place_of(byte), text[:3], number, **position)
            envelope.say(fault, place, {"seen": shown, "set": stretch.syntax.identifier})
