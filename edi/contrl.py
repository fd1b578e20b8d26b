"""CONTRL: the answer to an interchange - received, acknowledged, or rejected and where.

Follows ISO 9735-4 for syntax 4 (message 4:1) and the CONTRL of the syntax 3 directories (D:3). A fault is reported
once, at the lowest level that can point at it and may carry its code; one UCI acknowledges everything below it that
is not rejected by itself. A CONTRL is never answered.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from edi.findings import Finding, Level
from edi.repertoire import REPERTOIRES
from edi.report import GroupReport, InterchangeReport, MessageReport, Part, Report
from edi.segments import Element
from edi.syntax import Syntax
from edi.tokenizer import Components
from edi.writer import Line, Unwritable, Writer


class Action(StrEnum):
    """Code list 0083, as far as it may be used."""

    REJECTED = "4"
    ACKNOWLEDGED = "7"
    RECEIVED = "8"


UNSPECIFIED = "18"
NARROW = frozenset({"UNOA", "UNOB"})
WIDER = "UNOC"
"""The set that has all that levels A and B are sent with, rightly or not."""

MOST_SEGMENTS = 999
MOST_ELEMENTS = 99
REFERENCE = (14,)
PARTY = (35, 4, 14)
PARTY_4 = (35, 4, 35, 35)
"""Longest components of S002 and S003."""
IDENTIFIER = (6, 3, 3, 2, 6)
IDENTIFIER_4 = (6, 3, 3, 3, 6, 6, 6)
"""Longest components of S009, of which the first four must be there."""
PACKAGE_REFERENCE = (35,)
OBJECT_REFERENCE = (3, 35)
"""Longest components of S020, both of which must be there."""

_EVERYWHERE = "UCI UCF UCM UCS UCD"
PERMITTED = {
    **dict.fromkeys(("2", "7", "20", "23", "46"), "UCI"),
    **dict.fromkeys(("12", "13", "14", "15", "16", "18", "21", "22"), _EVERYWHERE),
    **dict.fromkeys(("17", "25"), "UCI UCF UCM UCS"),
    "24": "UCI UCF",
    **dict.fromkeys(("26", "28", "29", "30"), "UCI UCF UCM"),
    **dict.fromkeys(("32", "33"), "UCI UCF"),
    "34": "UCS",
    "35": "UCM UCS UCD",
    "36": "UCS",
    **dict.fromkeys(("37", "39", "40"), "UCI UCF UCM UCD"),
    "45": "UCI UCF UCM UCS",
    "47": "UCF UCM",
}
"""Code list 0085: the reporting segments that may carry each code (ISO 9735-4 annex A)."""

ONLY_BEFORE_4 = {"34": "15"}
ONLY_FROM_4 = {"45": "16", "46": "2", "47": "12"}
"""Codes that one list of 0085 lacks, and the nearest it has."""


def acknowledge(report: Report, interchange: InterchangeReport, *, reference: str, prepared: datetime) -> bytes | None:
    """The verdict on an interchange of a report as a CONTRL of its own, sent back the way it came.

    `reference` is that of the new interchange. None where no CONTRL may or can be sent: the interchange holds only
    CONTRL messages, or its sender, recipient or reference cannot be read.
    """
    return _answer(interchange, reference, prepared, _Body(report, interchange).lines())


def receipt(interchange: InterchangeReport, *, reference: str, prepared: datetime) -> bytes | None:
    """Notice that an interchange came in, before it is judged; None as for `acknowledge`."""
    return _answer(interchange, reference, prepared, [_uci(interchange, Action.RECEIVED, ())])


def _answer(interchange: InterchangeReport, reference: str, prepared: datetime, body: Iterable[Line]) -> bytes | None:
    if not _answerable(interchange):
        return None
    assert interchange.syntax is not None
    lines = list(body)
    try:
        return _written(interchange, interchange.syntax.repertoire.identifier, reference, prepared, lines)
    except Unwritable:
        # The subject's names go beyond the set it named; the answer must repeat them, so it names a set that has them.
        return _written(interchange, WIDER, reference, prepared, lines)


def _written(
    interchange: InterchangeReport, identifier: str, reference: str, prepared: datetime, lines: Sequence[Line]
) -> bytes:
    syntax = interchange.syntax or Syntax()
    copied = _Copied(syntax)
    writer = Writer(
        sender=copied(interchange.recipient, PARTY),
        recipient=copied(interchange.sender, PARTY),
        reference=reference,
        prepared=prepared,
        identifier=identifier,
        version=syntax.version,
    )
    writer.message("1", ["CONTRL", "4", "1", "UN"] if copied.modern else ["CONTRL", "D", "3", "UN"], lines)
    return writer.finish()


def _answerable(interchange: InterchangeReport) -> bool:
    if interchange.syntax is None or interchange.only_acknowledges:
        return False
    copied = _Copied(interchange.syntax)
    named = all(copied(each, PARTY) for each in (interchange.sender, interchange.recipient))
    return named and bool(copied([interchange.reference], REFERENCE))


class _Copied:
    """Takes values over from the subject interchange, as far as the answer may hold them."""

    def __init__(self, syntax: Syntax) -> None:
        self.modern = syntax.modern
        known = syntax.repertoire
        self._repertoire = REPERTOIRES[WIDER] if known.identifier in NARROW else known

    def __call__(self, components: Components, lengths: Sequence[int]) -> Components:
        """The components up to the first that may not be sent; none if the first is missing."""
        fit = [len(each) <= most and self._sendable(each) for each, most in zip(components, lengths, strict=False)]
        count = fit.index(False) if False in fit else len(fit)
        return components[:count] if components and components[0] else []

    def _sendable(self, value: str) -> bool:
        try:
            return self._repertoire.clean(value.encode(self._repertoire.codec), b"")
        except UnicodeEncodeError:
            return False


class _Body:
    """The segments between UNH and UNT."""

    def __init__(self, report: Report, interchange: InterchangeReport) -> None:
        self._report = report
        self._interchange = interchange
        self._copied = _Copied(interchange.syntax or Syntax())
        self._modern = self._copied.modern

    def lines(self) -> Iterator[Line]:
        interchange = self._interchange
        rejected = interchange.rejected or not all(map(self._nameable, _below(interchange)))
        action = Action.REJECTED if rejected else Action.ACKNOWLEDGED
        yield _uci(interchange, action, self._error(interchange, "UCI", {"UNA", "UNB", "UNZ"}) if rejected else ())
        # A CONTRL holds UCF or bare UCM, never both: beside groups, stray messages reject the interchange itself.
        if interchange.groups:
            for group in interchange.groups:
                yield from self._group(group)
        else:
            for message in interchange.messages:
                yield from self._message(message)

    def _group(self, group: GroupReport) -> Iterator[Line]:
        rejected = [message for message in group.messages if message.rejected and self._nameable(message)]
        if not (group.rejected or rejected) or not self._nameable(group):
            return
        action = Action.REJECTED if group.rejected else Action.ACKNOWLEDGED
        error = self._error(group, "UCF", {"UNG", "UNE"}) if group.rejected else ()
        parties = (self._copied(each, PARTY[:2]) for each in (group.sender, group.recipient))
        yield "UCF", group.reference, *parties, action, *error
        for message in rejected:
            yield from self._message(message)

    def _message(self, message: MessageReport) -> Iterator[Line]:
        if not message.rejected or not self._nameable(message) or message.identifier[:1] == ["CONTRL"]:
            return
        error = self._error(message, "UCM", {"UNH", "UNT", "UNO", "UNP"})
        if message.package:
            padded = [*error, "", "", ""][:3]
            yield "UCM", "", "", Action.REJECTED, *padded, message.reference, self._identifier(message)
        else:
            yield "UCM", message.reference, self._identifier(message), Action.REJECTED, *error
        yield from self._segments(message)

    def _identifier(self, message: MessageReport) -> Components:
        if message.package:
            return self._copied(message.identifier, OBJECT_REFERENCE)
        return self._copied(message.identifier, IDENTIFIER_4 if self._modern else IDENTIFIER)

    def _nameable(self, part: Part) -> bool:
        """Whether UCF or UCM can say which part it means; if not, the interchange is rejected instead."""
        if isinstance(part, GroupReport):
            parties = self._modern or all(self._copied(each, PARTY) for each in (part.sender, part.recipient))
            return bool(self._copied([part.reference], REFERENCE)) and bool(parties)
        assert isinstance(part, MessageReport)
        message = part
        longest, needed = (PACKAGE_REFERENCE, 2) if message.package else (REFERENCE, 4)
        required = self._identifier(message)[:needed]
        return bool(self._copied([message.reference], longest)) and len(required) == needed and all(required)

    def _error(self, part: Part, level: str, tags: set[str]) -> Sequence[Element]:
        """Code, service segment and position of the first fault that rejects `part` as a whole."""
        for finding in self._rejecting(part):
            if finding.place.tag not in tags:
                if part is self._interchange or isinstance(part, GroupReport):
                    return [self._code(finding, level)]
                continue
            return [self._code(finding, level), finding.place.tag, self._position(finding)]
        return () if isinstance(part, MessageReport) else (UNSPECIFIED,)

    def _segments(self, message: MessageReport) -> Iterator[Line]:
        """UCS and UCD for the faults between UNH and UNT."""
        position, inner, outer = 0, 0, 0
        for finding in self._rejecting(message):
            place = finding.place
            if place.segment is None or place.tag in {"UNH", "UNT"}:
                continue
            code = self._code(finding, "UCD" if finding.level is Level.ELEMENT else "UCS")
            inside = finding.level is Level.ELEMENT and place.element is not None
            if not inside or place.segment != position or inner >= MOST_ELEMENTS:
                if outer >= MOST_SEGMENTS:
                    return
                yield ("UCS", str(place.segment)) if inside else ("UCS", str(place.segment), code)
                outer += 1
                position, inner = (place.segment if inside else 0), 0
            if inside:
                yield "UCD", code, self._position(finding)
                inner += 1

    def _rejecting(self, part: Part) -> Iterator[Finding]:
        return (finding for finding in part.findings if self._report.rejects(finding))

    def _code(self, finding: Finding, level: str) -> str:
        code = (ONLY_BEFORE_4 if self._modern else ONLY_FROM_4).get(finding.code, finding.code)
        return code if level in PERMITTED.get(code, "") else UNSPECIFIED

    def _position(self, finding: Finding) -> Sequence[str]:
        """S011: the tag counts as element 1."""
        place = finding.place
        if place.element is None:
            return []
        position = [str(place.element + 1), str(place.component or "")]
        return [*position, str(place.occurrence or "")] if self._modern else position


def _uci(interchange: InterchangeReport, action: Action, error: Sequence[Element]) -> Line:
    copied = _Copied(interchange.syntax or Syntax())
    lengths = PARTY_4 if copied.modern else PARTY
    parties = (copied(each, lengths) for each in (interchange.sender, interchange.recipient))
    return "UCI", interchange.reference, *parties, action, *error


def _below(interchange: InterchangeReport) -> Iterator[Part]:
    """Every group and message that is to be reported on."""
    yield from (part for part in interchange.parts() if part is not interchange and part.rejected)
