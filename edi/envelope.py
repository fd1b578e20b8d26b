"""Envelopes: UNB to UNZ, UNG to UNE, UNH to UNT, UNO to UNP - their order, references and counts.

Follows ISO 9735 6.1 and annex B, ISO 9735-1 and ISO 9735-8. Takes the service segments one by one; a missing or
doubled one is reported and the envelope goes on as if it had been right.
"""

from collections.abc import Callable, Mapping
from functools import partial

from edi.findings import Level, Position, Severity, Spot
from edi.report import GroupReport, InterchangeReport, MessageReport, Part, Report
from edi.segments import Segment
from edi.stretch import Stretch
from edi.syntax import Syntax
from edi.tokenizer import service_tag

COUNT_DIGITS = 9
"""Digits of a control count that are read; the longest the standard allows is six."""

MOST_MET = 5
"""How many times the findings that are kept are met before an interchange is given up."""

DATE_WITH_CENTURY = 8
UNLISTED_QUALIFIER = "ZZ"


class Envelope:
    """The state of the envelopes at one point of the data. `counted` segments of the interchange lie behind."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.interchange: InterchangeReport | None = None
        self.group: GroupReport | None = None
        self.message: MessageReport | None = None
        self.first = 0
        """The count at the header of the open message."""
        self.counted = 0
        self.given_up = False
        """Whether a limit was passed in this interchange: what follows in it is not looked at."""
        self._grouped = 0
        self._trailed = True
        self._references: set[str] = set()
        self._messages: set[str] = set()
        self._groups: set[str] = set()
        self._group_type = ""
        self._object = ""
        """The length of the object that the open package announces."""
        self._loose = Part()
        self._takers: Mapping[str, Callable[[Segment], None]] = {
            "UNB": self._unb,
            "UNG": self._ung,
            "UNH": self._unh,
            "UNO": self._unh,
            "UNT": self._unt,
            "UNP": self._unt,
            "UNE": self._une,
            "UNZ": self._unz,
        }

    def opened(self, syntax: Syntax | None, place: Position) -> None:
        """A new interchange begins; whatever was open before is missing its trailers."""
        self.closed(place)
        self.interchange = InterchangeReport(syntax=syntax)
        self.interchange.findings += self._loose.findings
        self.interchange.rejected = self._loose.rejected or syntax is None
        self._loose = Part()
        self.report.interchanges.append(self.interchange)
        self._trailed = syntax is None
        self._messages, self._groups = set(), set()
        self.counted = self._grouped = 0
        self.given_up = False

    def closed(self, place: Position) -> None:
        """The data or the interchange ends here."""
        if self.interchange and not self._trailed:
            self._close_group("the end of the interchange", lambda: place)
            self.say("unz_missing", Spot(lambda: place, "UNZ"), {"seen": self.interchange.reference})
        self._trailed = True

    def heard(self, fault: str, place: Position, **words: str) -> None:
        """A fault of the reader: in the interchange that is open, else in the one to come."""
        part: Part = self._loose
        if self.interchange and (not self._trailed or fault == "text_after"):
            part = self.interchange
        self.say(fault, Spot(lambda: place, "UNA" if fault.startswith("una_") else ""), words, part=part)
        if fault == "over_limit":
            self._give_up()

    @property
    def part(self) -> Part:
        """The innermost part that is open."""
        return self.message or self.group or self.interchange or self._loose

    def number(self, index: int) -> int:
        """The count in its message of segment `index` of the present stretch; UNH is 1."""
        return self.counted + index - self.first + 1

    def take(self, stretch: Stretch, index: int) -> bool:
        """Takes a segment if it is one of the envelope's."""
        taker = self._takers.get(service_tag(stretch.texts[index]))
        if taker is None:
            return False
        taker(Segment(stretch.texts[index], stretch.syntax.chars, stretch, index))
        return True

    def say(
        self,
        fault: str,
        spot: Spot,
        words: Mapping[str, object],
        *,
        part: Part | None = None,
        level: Level | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Notes a fault at `spot`, in `part` or the innermost part that is open."""
        part = part or self.part
        if self.report.overflows(fault, part, severity):
            return
        interchange = self.interchange.reference if self.interchange else ""
        group = self.group.reference if self.group else ""
        message = part.reference if isinstance(part, MessageReport) else ""
        self.report.add(fault, part, spot.place(interchange, group, message), words, level=level, severity=severity)

    @property
    def hopeless(self) -> bool:
        """Whether the open message is rejected and holds its fill of findings."""
        part = self.part
        return part.rejected and part.uncounted > 0

    @property
    def _of(self) -> InterchangeReport:
        """The interchange that is open. The reader hands over no segment outside one."""
        assert self.interchange is not None
        return self.interchange

    @property
    def _modern(self) -> bool:
        return self._of.syntax is not None and self._of.syntax.modern

    def _unb(self, unb: Segment) -> None:
        interchange = self._of
        values = [*unb.elements, [], [], []]
        interchange.sender, interchange.recipient = values[2], values[3]
        interchange.reference = unb.get(5)
        interchange.acknowledgement_wanted = unb.get(9) == "1"
        interchange.test = unb.get(11) == "1"
        if self._over_limit(unb, 1, "messages"):
            return
        self._date(unb, interchange)
        for element in (2, 3):
            if unb.get(element, 2) == UNLISTED_QUALIFIER:
                spot = self._spot(unb, interchange, element, 2)
                self.say("qualifier_zz", spot, {"seen": UNLISTED_QUALIFIER}, part=interchange)
        key = f"{interchange.sender}{interchange.recipient}{interchange.reference}"
        if key in self._references:
            words = {"seen": interchange.reference, "header": "UNB", "where": "file", "what": "interchange"}
            self._say("reference_repeated", unb, interchange, words, element=5, level=Level.INTERCHANGE)
        self._references.add(key)

    def _date(self, header: Segment, part: Part) -> None:
        date = header.get(4)
        if self._modern and date.isdigit() and len(date) < DATE_WITH_CENTURY:
            self._say("six_digit_date", header, part, {"tag": header.tag, "seen": date}, element=4)

    def _ung(self, ung: Segment) -> None:
        interchange = self._of
        self._close_group("UNG", lambda: ung.place)
        if interchange.message_count > self._grouped:
            self._say("groups_and_messages", ung, interchange, {"seen": "A group (UNG)"})
        values = [*ung.elements, [], [], []]
        self.group = GroupReport(reference=ung.get(5), sender=values[2], recipient=values[3])
        interchange.groups.append(self.group)
        interchange.group_count += 1
        if self._over_limit(ung, interchange.group_count, "groups"):
            return
        self._date(ung, self.group)
        self._group_type = "" if self._modern else ung.get(1)
        self._repeated(ung, self._groups, self.group.reference, "group")
        self._messages = set()

    def _unh(self, unh: Segment) -> None:
        interchange, package = self._of, unh.tag == "UNO"
        self._close_message(unh.tag, lambda: unh.place)
        interchange.message_count += 1
        if self._over_limit(unh, interchange.message_count, "messages"):
            return
        identifier = [*unh.elements, [], []][2]
        interchange.only_acknowledges = identifier[:1] == ["CONTRL"] and (
            interchange.only_acknowledges or interchange.message_count == 1
        )
        self.message = MessageReport(unh.get(1), identifier=identifier, package=package)
        self.message.number = interchange.message_count
        self._object = unh.get(4) if package else ""
        self.first = self.counted + unh.index
        if self.group:
            self.group.message_count += 1
            self._grouped += 1
            if not package and self._group_type and unh.get(2) != self._group_type:
                words = {"seen": unh.get(2), "expected": self._group_type}
                self._say("types_in_group", unh, self.message, words, element=2)
        elif interchange.group_count:
            words = {"seen": f"Message {self.message.reference}"}
            self._say("groups_and_messages", unh, self.message, words)
        key = f"{self.message.reference}{identifier}" if self._modern else self.message.reference
        self._repeated(unh, self._messages, key, "message")

    def _unt(self, unt: Segment) -> None:
        header = "UNO" if unt.tag == "UNP" else "UNH"
        if self.message is None:
            self._alone(unt, header)
            return
        if header == "UNH":
            self._count(unt, self.number(unt.index), "segments", self.message)
        elif self._object.isdigit():
            self._count(unt, int(self._object[-COUNT_DIGITS:]), "bytes", self.message)
        self._same(unt, header, self.message)
        self._finish_message()

    def _une(self, une: Segment) -> None:
        self._close_message("UNE", lambda: une.place)
        if self.group is None:
            self._alone(une, "UNG")
            return
        self._count(une, self.group.message_count, "messages", self.group)
        self._same(une, "UNG", self.group)
        self._finish_group(lambda: une.place)

    def _unz(self, unz: Segment) -> None:
        interchange = self._of
        self._close_group("UNZ", lambda: unz.place)
        if interchange.group_count:
            self._count(unz, interchange.group_count, "groups", interchange)
        else:
            self._count(unz, interchange.message_count, "messages", interchange)
        self._same(unz, "UNB", interchange)
        if not interchange.message_count and not interchange.group_count:
            self._say(
                "nothing_inside",
                unz,
                interchange,
                {"seen": interchange.reference or "without reference", "what": "interchange"},
            )
        self._trailed = True

    def _close_message(self, before: str, place: Callable[[], Position]) -> None:
        if self.message:
            trailer = "UNP" if self.message.package else "UNT"
            self.say("unt_missing", Spot(place, trailer), {"seen": self.message.reference, "before": before})
            self._finish_message()

    def _finish_message(self) -> None:
        message, self.message = self.message, None
        assert message is not None
        if message.findings or message.rejected:
            (self.group or self._of).messages.append(message)

    def _close_group(self, before: str, place: Callable[[], Position]) -> None:
        self._close_message(before, place)
        if self.group:
            self.say("une_missing", Spot(place, "UNE"), {"seen": self.group.reference, "before": before})
            self._finish_group(place)

    def _finish_group(self, place: Callable[[], Position]) -> None:
        group = self.group
        assert group is not None
        if not group.message_count:
            words = {"seen": group.reference or "without reference", "what": "group"}
            self.say("nothing_inside", Spot(place, "UNE"), words, level=Level.GROUP)
        self.group = None
        self._messages = set()

    def _over_limit(self, header: Segment, count: int, what: str) -> bool:
        settings = self.report.settings
        flood = settings.findings * MOST_MET
        for found, limit, kind in ((count, settings.messages, what), (self.report.met, flood, "findings")):
            if found > limit:
                self._say("over_limit", header, self._of, {"expected": limit, "what": kind})
                self._give_up()
                return True
        return False

    def _give_up(self) -> None:
        """Looks at nothing more of this interchange, and misses no trailer of it."""
        self.given_up = self._trailed = True
        self.message = self.group = None

    def _alone(self, trailer: Segment, header: str) -> None:
        self._say("trailer_alone", trailer, self._of, {"seen": trailer.tag, "expected": header})

    def _repeated(self, header: Segment, known: set[str], key: str, what: str) -> None:
        if key in known:
            where = "group" if what == "message" and self.group else "interchange"
            element = 1 if what == "message" else 5
            words = {"seen": header.get(element), "header": header.tag, "where": where, "what": what}
            self._say("reference_repeated", header, self.part, words, element=element, level=Level(what))
        known.add(key)

    def _count(self, trailer: Segment, found: int, what: str, part: Part) -> None:
        seen = trailer.get(1)
        if not (seen.isascii() and seen.isdigit()):
            return  # the format of the element is another check's to report
        if int(seen[-COUNT_DIGITS:]) != found or seen[:-COUNT_DIGITS].strip("0"):
            words = {"trailer": trailer.tag, "seen": seen, "expected": found, "what": what}
            self._say("count_differs", trailer, part, words, element=1, level=_level(part))

    def _same(self, trailer: Segment, header: str, part: Part) -> None:
        seen = trailer.get(2)
        if seen != part.reference:
            words = {"trailer": trailer.tag, "seen": seen or "nothing", "header": header}
            words["expected"] = part.reference or "nothing"
            self._say("reference_differs", trailer, part, words, element=2, level=_level(part))

    def _say(
        self,
        fault: str,
        segment: Segment,
        part: Part,
        words: Mapping[str, object],
        *,
        element: int | None = None,
        level: Level | None = None,
    ) -> None:
        """Notes a fault of a service segment, or of the first component of one of its elements."""
        spot = self._spot(segment, part, element, 1 if element else None)
        self.say(fault, spot, words, part=part, level=level)

    def _spot(self, segment: Segment, part: Part, element: int | None, component: int | None) -> Spot:
        number = self.number(segment.index) if isinstance(part, MessageReport) else None
        position = partial(_position, segment, element or 0, component or 1)
        return Spot(position, segment.tag, number, element, component)


def _position(segment: Segment, element: int, component: int) -> Position:
    return segment.place_of(segment.within(element, component))


def _level(part: Part) -> Level:
    if isinstance(part, MessageReport):
        return Level.MESSAGE
    return Level.GROUP if isinstance(part, GroupReport) else Level.INTERCHANGE
