"""Segments against a guide: where each belongs, what is missing, too many or out of place, and what each holds.

Follows ISO 9735 annex C. The common case is a dictionary look-up, a count and a regular expression; everything
else is worked out slowly, reported, and the match goes on from the nearest place that makes sense.
"""

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from edi.conditions import broken
from edi.elements import TAG, Trouble, tag_troubles, troubles
from edi.envelope import Envelope
from edi.findings import Level, Position, Severity, Spot, catalogue
from edi.patterns import Pattern, usual
from edi.plan import Branch, Move, Plan
from edi.segments import Segment
from edi.service_chars import ServiceChars
from edi.stretch import Stretch
from edi.tokenizer import service_tag

ENVELOPE = frozenset({"UNA", "UNB", "UNG", "UNH", "UNO", "UNT", "UNP", "UNE", "UNZ"})
"""Tags that end a message, rightly or not."""


class Follower(Protocol):
    """Follows the segments of one message."""

    def run(self, stretch: Stretch, begin: int, end: int) -> int:
        """Follows segments from `begin`; gives the index of the first that ends the message, or `end`."""


class Guided:
    """Follows a message through its plan; findings go to the envelope's open message."""

    def __init__(self, plan: Plan, envelope: Envelope, directory: Plan | None = None) -> None:
        """`directory` is the plan without what an association agreed, where `plan` has that too."""
        self._plan = plan
        self._directory = directory if directory and directory.count == plan.count else None
        self._envelope = envelope
        self._leaf = plan.start
        self._counts = [0] * plan.count
        self._counts[0] = 1
        self._astray: tuple[int, Branch, Branch] | None = None
        """After a misplaced group began: the number of its last segment, the group, the leaf in it."""

    def run(self, stretch: Stretch, begin: int, end: int) -> int:
        """Follows segments from `begin`; gives the index of the first that ends the message, or `end`."""
        texts, counts, chars = stretch.texts, self._counts, stretch.syntax.chars
        as_sent = chars.usual
        steps = self._leaf.steps
        for index in range(begin, end):
            raw = texts[index]
            step = steps.get(raw[:3])
            if step is None or counts[step[2]] >= step[3]:
                if raw[:3] in ENVELOPE and service_tag(raw):
                    self._finish(stretch, index)
                    return index
                if self._envelope.hopeless:
                    return _end_of_message(texts, index, end)
                self._find(stretch, index)
                steps = self._leaf.steps
                continue
            self._leaf, steps, counter, _, inner, first, pattern = step
            counts[counter] += 1
            if inner is not None:
                counts[first : first + len(inner)] = inner
            found = pattern.match(raw if as_sent and "?" not in raw else usual(raw, chars), 3)
            if found is None or (pattern.delicate and not pattern.knows(found)):
                if self._envelope.hopeless:
                    return _end_of_message(texts, index, end)
                self._judge(stretch, index, pattern)
        return end

    def _judge(self, stretch: Stretch, index: int, pattern: Pattern) -> None:
        directory = self._directory.patterns.get(pattern.spec.tag) if self._directory else None
        judge(self._envelope, stretch, index, pattern, directory)

    def _agreed(self, branch: Branch, count: int) -> Severity | None:
        """The severity of a fault that only the association's rules make one of `count` occurrences of a branch."""
        if self._directory is None:
            return None
        node = self._directory.nodes[branch.number]
        needed = node.status == "M"
        return Severity.PROFILE if (count > 0 or not needed) and count <= node.repeat else None

    def _find(self, stretch: Stretch, index: int) -> None:
        """Finds the place of a segment that does not simply follow."""
        raw, chars = stretch.texts[index], stretch.syntax.chars
        tag = Segment(raw, chars).tag
        if not TAG.fullmatch(tag):
            for each in tag_troubles([tag], raw, chars):
                self._say(each.fault, stretch, index, each.words)
            return
        move = self._plan.move(self._leaf, tag)
        if move is None:
            self._unplaced(stretch, index, tag)
        else:
            self._follow(self._room(move, stretch, index, tag), stretch, index)

    def _room(self, move: Move, stretch: Stretch, index: int, tag: str) -> Move:
        """`move`, or where its place is taken the next that has room; none has: reported, and `move` stands."""
        full: set[int] = set()
        other: Move | None = move
        while other and self._counts[other.target.number] >= other.target.node.repeat:
            full.add(other.target.number)
            other = self._plan.move_past(self._leaf, tag, frozenset(full))
        if other and (other is move or not other.missing):
            return other
        node = move.target.node
        words = {"seen": tag, "expected": node.repeat, "group": node.group.removeprefix("SG")}
        severity = self._agreed(move.target, self._counts[move.target.number] + 1)
        self._say("group_repeats" if node.group else "segment_repeats", stretch, index, words, severity)
        return move

    def _follow(self, move: Move, stretch: Stretch, index: int) -> None:
        for branch in move.missing:
            self._missing(branch, stretch, index)
        self._leaf, _, counter, _, inner, first, pattern = move.step
        self._counts[counter] += 1
        if inner is not None:
            self._counts[first : first + len(inner)] = inner
        self._judge(stretch, index, pattern)

    def _unplaced(self, stretch: Stretch, index: int, tag: str) -> None:
        """A segment with no place ahead. If it begins a group, what belongs to that group goes with it."""
        number = self._envelope.number(index)
        if not self._strays_on(number, tag):
            known = tag in self._plan.tags
            words = {
                "seen": tag,
                "expected": ", ".join(self._plan.expected(self._leaf)),
                "type": self._plan.guide.type,
            }
            self._say("segment_unexpected" if known else "segment_unknown", stretch, index, words)
            groups = (branch for top in self._plan.root for branch in top.within() if branch.children)
            group = next((branch for branch in groups if branch.tag == tag), None)
            self._astray = (number, group, group.first_leaf) if group else None
        if tag in self._plan.patterns:
            self._judge(stretch, index, self._plan.patterns[tag])

    def _strays_on(self, number: int, tag: str) -> bool:
        """Whether the segment belongs to a misplaced group that the segment before it was part of."""
        if self._astray is None or self._astray[0] != number - 1:
            return False
        _, group, leaf = self._astray
        move = self._plan.move(leaf, tag)
        if move is None or not group.number < move.target.number < group.end:
            return False
        self._astray = (number, group, move.step[0])
        return True

    def _finish(self, stretch: Stretch, index: int) -> None:
        """The message ends before segment `index`: what should have come is missing."""
        move = self._plan.move(self._leaf, "UNT")
        for branch in move.missing if move else ():
            self._missing(branch, stretch, index)
        if self._plan.guide.conditions:
            filled = [count > 0 for count in self._counts]
            for fault, words, _ in broken(self._plan.guide.conditions, filled):
                self._say(fault, stretch, index, {"tag": self._plan.guide.type, **words})

    def _missing(self, branch: Branch, stretch: Stretch, index: int) -> None:
        """Placed at the last segment before the gap, as CONTRL counts (ISO 9735-4, element 0096)."""
        spot = Spot(partial(stretch.place, index), branch.tag, self._envelope.number(index) - 1)
        words = {
            "expected": branch.tag,
            "seen": stretch.texts[index][:3],
            "group": branch.node.group.removeprefix("SG"),
        }
        fault = "group_missing" if branch.node.group else "segment_missing"
        self._envelope.say(fault, spot, words, severity=self._agreed(branch, 0))

    def _say(
        self, fault: str, stretch: Stretch, index: int, words: Mapping[str, object], severity: Severity | None = None
    ) -> None:
        spot = Spot(partial(stretch.place, index), stretch.texts[index][:3], self._envelope.number(index))
        self._envelope.say(fault, spot, words, level=Level.SEGMENT, severity=severity)


class Unguided:
    """Passes over a message there is no guide for, looking at tags alone."""

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope

    def run(self, stretch: Stretch, begin: int, end: int) -> int:
        """Passes over segments from `begin`; gives the index of the first that ends the message, or `end`."""
        texts, chars = stretch.texts, stretch.syntax.chars
        for index in range(begin, end):
            raw = texts[index]
            if raw[:3] in ENVELOPE and service_tag(raw):
                return index
            if self._envelope.hopeless:
                return _end_of_message(texts, index, end)
            if not TAG.match(raw) or raw[3:4] not in {chars.element, ""}:
                for each in tag_troubles(Segment(raw, chars).elements[0], raw, chars):
                    spot = Spot(partial(stretch.place, index), raw[:3], self._envelope.number(index))
                    self._envelope.say(each.fault, spot, each.words)
        return end


def _end_of_message(texts: list[str], begin: int, end: int) -> int:
    """Passes over what is left of a message that can fare no worse."""
    ends = (index for index in range(begin, end) if texts[index][:2] == "UN" and service_tag(texts[index]) in ENVELOPE)
    return next(ends, end)


def judge(envelope: Envelope, stretch: Stretch, index: int, pattern: Pattern, directory: Pattern | None = None) -> None:
    """Reports every fault of one segment, in the part that is open.

    What `directory`, the pattern without an association's rules, has nothing against is a fault of the profile.
    """
    raw, chars = stretch.texts[index], stretch.syntax.chars
    number = envelope.number(index) if envelope.message else None
    clean = True
    for each in troubles(raw, chars, pattern):
        clean = False
        if _said_already(each, pattern.spec.tag):
            continue
        position = partial(_position, stretch, index, each)
        spot = Spot(position, pattern.spec.tag, number, each.element or None, each.component, each.occurrence)
        envelope.say(each.fault, spot, each.words, severity=_severity(each, raw, chars, directory))
    if clean and pattern.delicate and (found := pattern.match(usual(raw, chars), 3)):
        pattern.remember(found)


def _severity(trouble: Trouble, raw: str, chars: ServiceChars, directory: Pattern | None) -> Severity | None:
    if directory is None or catalogue()[trouble.fault].severity is not Severity.DIRECTORY:
        return None
    here = (trouble.fault, trouble.element, trouble.component, trouble.occurrence)
    known = ((each.fault, each.element, each.component, each.occurrence) for each in troubles(raw, chars, directory))
    return None if here in known else Severity.PROFILE


def _position(stretch: Stretch, index: int, trouble: Trouble) -> Position:
    segment = Segment(stretch.texts[index], stretch.syntax.chars)
    within = segment.within(trouble.element, trouble.component or 1, trouble.occurrence or 1)
    return stretch.place(index, within)


def _said_already(trouble: Trouble, tag: str) -> bool:
    """Whether the envelope has a kinder word for it: a six-digit date in UNB or UNG of syntax 4."""
    is_date = (trouble.fault, trouble.element, trouble.component) == ("too_short", 4, 1) and tag in {"UNB", "UNG"}
    return is_date and len(str(trouble.words["seen"])) == len("YYMMDD")
