"""One regular expression per segment: the fast verdict on everything its definition asks of one segment.

It says yes or no; `elements` says why not. Patterns are linear: every repeat is possessive or of a fixed text.
They are written for the usual separators; segments in others are brought to those first, so that no sender's choice
of service characters costs a compilation.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from edi.conditions import parsed as parsed_note
from edi.directory import ElementUse, SegmentSpec, spread
from edi.formats import parsed, pattern
from edi.service_chars import V3, V4, ServiceChars
from edi.tokenizer import elements

STAND_IN = "\x00"
"""Stands for a protected special character: one character that is no separator."""

KNOWN_SIGNATURES = 4_096
"""Combinations of codes remembered as right, per segment."""

QUALIFIERS = frozenset({"1131", "3055"})
"""Elements that name the list a code in the same composite is from."""

Match = Callable[[str, int], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a segment must look like. `match(text, 3)` is the fast check of what it decides by itself."""

    spec: SegmentSpec
    match: Match
    marks: str
    codes: Mapping[str, frozenset[str]]
    coded: bool
    """Whether codes remain to be looked up after a match."""
    conditional: bool
    """Whether dependency notes remain to be looked at after a match."""
    modern: bool
    seen: set[tuple[str | None, ...]] = field(default_factory=set)
    """Combinations of codes that were found right."""
    delicate: bool = False
    """Whether a match is not enough."""

    def knows(self, found: re.Match[str]) -> bool:
        """Whether a match of a delicate pattern breaks no note and holds no code that was not found right before."""
        text = found.string
        if self.conditional and not self._keeps_notes(text):
            return False
        return not self.coded or (found.groups() in self.seen and not (self.modern and "*" in text))

    def _keeps_notes(self, text: str) -> bool:
        elements = text.split("+")[1:]
        filled = [bool(element.strip(":*")) for element in elements]
        if any(parsed_note(note).broken(filled) for note in self.spec.conditions):
            return False
        return not any(
            parsed_note(note).broken([bool(component) for component in occurrence.split(":")])
            for use, element in zip(self.spec.elements, elements, strict=False)
            for note in use.conditions
            for occurrence in (element.split("*") if self.modern else (element,))
            if occurrence
        )

    def remember(self, found: re.Match[str]) -> None:
        """Takes what `found` holds as right."""
        if self.coded and len(self.seen) < KNOWN_SIGNATURES:
            self.seen.add(found.groups())


def compiled(spec: SegmentSpec, *, modern: bool, marks: str, codes: Mapping[str, frozenset[str]]) -> Pattern:
    """The pattern of a segment in syntax 4 (`modern`) or before, with these decimal marks and code lists."""
    own = spec if modern else spread(spec)
    writer = _Writer(modern=modern, marks=marks, codes=codes)
    text = writer.segment(own)
    conditional = bool(own.conditions) or any(use.conditions for use in own.elements)
    match = re.compile(text, re.DOTALL).fullmatch
    delicate = writer.coded or conditional
    return Pattern(own, match, marks, codes, writer.coded, conditional, modern, delicate=delicate)


def usual(raw: str, chars: ServiceChars) -> str:
    """A segment in the usual separators, each protected special character one `STAND_IN`; needless releases stay."""
    if chars.usual:
        text = raw.replace("??", STAND_IN).replace("?+", STAND_IN).replace("?:", STAND_IN)
        text = text.replace("?" + chars.terminator, STAND_IN)
        return text.replace("?*", STAND_IN) if chars.repetition else text
    target = V4 if chars.repetition else V3
    masked = str.maketrans(dict.fromkeys(target.special, STAND_IN))
    return target.element.join(
        target.repetition.join(target.component.join(value.translate(masked) for value in each) for each in occurrences)
        if len(occurrences) > 1
        else target.component.join(value.translate(masked) for value in occurrences[0])
        for occurrences in elements(raw, chars)
    )


class _Writer:
    """Writes the expression of one segment."""

    def __init__(self, *, modern: bool, marks: str, codes: Mapping[str, frozenset[str]]) -> None:
        self._specials = r"+:?*" if modern else r"+:?"
        self._modern = modern
        self._marks = marks
        self._codes = codes
        self.coded = False

    def segment(self, spec: SegmentSpec) -> str:
        return self._nested([self._place(use) for use in spec.elements], r"\+") + r"(?<![+:*])"

    def _nested(self, parts: list[tuple[str, bool]], separator: str) -> str:
        """Each part behind a separator; those after the last mandatory one may be left out (truncation)."""
        text, needed = "", False
        for part, must in reversed(parts):
            needed = needed or must
            text = f"{separator}{part}{text}" if needed else f"(?:{separator}{part}{text})?+"
        return text

    def _place(self, use: ElementUse) -> tuple[str, bool]:
        must = use.status == "M"
        caught = use.id in self._codes
        self.coded = self.coded or caught
        one = self._composite(use) if use.components else self._simple(use, must=True, caught=caught)
        if self._modern and use.repeat > 1:
            more = rf"(?:\*(?:{one})?+){{0,{use.repeat - 1}}}+(?<!\*)"
            one = f"{one}{more}" if must else f"(?:{one})?+{more}"
            return one, must
        return (one if must else f"(?:{one})?+"), must

    def _composite(self, use: ElementUse) -> str:
        ids = {component.id for component in use.components}
        caught = ids & self._codes.keys()
        caught |= ids & QUALIFIERS if caught else set()
        self.coded = self.coded or bool(caught)
        parts = [
            (self._simple(each, must=each.status == "M", caught=each.id in caught), each.status == "M")
            for each in use.components
        ]
        return rf"(?=[^+*]){parts[0][0]}{self._nested(parts[1:], ':')}(?<!:)"

    def _simple(self, use: ElementUse, *, must: bool, caught: bool = False) -> str:
        form = parsed(use.format)
        if not must and form.least == 1 and form.kind != "n":
            text = pattern(replace(form, least=0), self._specials, self._marks)
            return f"({text})" if caught else text
        text = pattern(form, self._specials, self._marks)
        text = f"({text})" if caught else text
        return text if must else f"(?:{text})?+"
