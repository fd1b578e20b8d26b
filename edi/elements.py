"""Why a segment does not fit its definition: every fault of every element, with its place.

Slow and thorough; asked only about segments that `patterns` did not pass.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edi.conditions import broken
from edi.directory import ElementUse
from edi.formats import parsed, trouble
from edi.patterns import QUALIFIERS, Pattern
from edi.service_chars import ServiceChars
from edi.tokenizer import Components, elements, position_at

TAG = re.compile(r"[A-Z][A-Z0-9]{2}", re.ASCII)
OWN_AGENCY = "6"
"""Code list 3055: UN/ECE, whose lists are the directory's own."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault of one segment: its name, the words for it, and where; element 0 is the segment as a whole."""

    fault: str
    words: Mapping[str, object] = field(default_factory=dict)
    element: int = 0
    component: int | None = None
    occurrence: int | None = None


def troubles(raw: str, chars: ServiceChars, pattern: Pattern) -> Iterator[Trouble]:
    """Everything in which the segment differs from `pattern.spec`."""
    values = elements(raw, chars)
    tag = values[0][0]
    yield from tag_troubles(tag, raw, chars)
    spec = pattern.spec
    words = {"tag": spec.tag}
    found = len(values) - 1
    while found > len(spec.elements) and not any(map(any, values[found])):
        found -= 1
    if found > len(spec.elements):
        yield Trouble("elements_too_many", {**words, "seen": found, "expected": len(spec.elements)})
    for position, use in enumerate(spec.elements, 1):
        occurrences = values[position] if position < len(values) else [[""]]
        for each in _of_element(use, occurrences, pattern):
            where = {"tag": spec.tag, "position": position, "component": each.component}
            yield Trouble(each.fault, {**where, **each.words}, position, each.component, each.occurrence)
    filled = [any(map(any, occurrences)) for occurrences in values[1:]]
    for fault, why, place in broken(spec.conditions, filled):
        yield Trouble(fault, {**words, **why}, place)
    yield from _of_writing(raw, chars, values)


def tag_troubles(tag: Components, raw: str, chars: ServiceChars) -> Iterator[Trouble]:
    """What is wrong with a segment's tag."""
    if not raw:
        yield Trouble("empty_segment", {"seen": chars.terminator})
    elif not TAG.fullmatch(tag[0]):
        yield Trouble("tag_malformed", {"seen": tag[0] or raw})
    elif len(tag) > 1:
        yield Trouble("explicit_nesting", {"seen": chars.component.join(tag), "expected": tag[0]})


def _of_element(use: ElementUse, occurrences: Sequence[Components], pattern: Pattern) -> Iterator[Trouble]:
    if use.status == "M" and not any(map(any, occurrences)):
        yield Trouble("element_missing", {"expected": named(use)})
        return
    if len(occurrences) > use.repeat:
        yield Trouble("element_repeats", {"seen": len(occurrences), "expected": use.repeat})
    for number, components in enumerate(occurrences[: use.repeat], 1):
        occurrence = number if len(occurrences) > 1 else None
        for each in _of_occurrence(use, components, pattern):
            yield Trouble(each.fault, each.words, 0, each.component, occurrence)


def _of_occurrence(use: ElementUse, components: Components, pattern: Pattern) -> Iterator[Trouble]:
    if not any(components):
        return
    uses = use.components or (use,)
    found = len(components)
    while found > len(uses) and not components[found - 1]:
        found -= 1
    if found > len(uses):
        yield Trouble("components_too_many", {"seen": found, "expected": len(uses)})
    foreign = _foreign(use, components)
    for position, inner in enumerate(uses, 1):
        value = components[position - 1] if position <= len(components) else ""
        place = position if use.components else 1
        if value:
            yield from _of_value(inner, value, place, pattern, foreign=foreign)
        elif inner.status == "M" and use.components:
            yield Trouble("component_missing", {"expected": named(inner)}, 0, position)
    for fault, words, place in broken(use.conditions, [bool(value) for value in components]):
        yield Trouble(fault, words, 0, place)


def _of_value(use: ElementUse, value: str, component: int, pattern: Pattern, *, foreign: bool) -> Iterator[Trouble]:
    words = {"name": named(use), "seen": value}
    if wrong := trouble(value, parsed(use.format), pattern.marks):
        fault, why = wrong
        yield Trouble(fault, {"expected": use.format, **words, **why}, 0, component)
    elif not foreign and use.id in pattern.codes and value not in pattern.codes[use.id]:
        yield Trouble("code_unknown", {**words, "expected": use.id}, 0, component)


def _foreign(use: ElementUse, components: Components) -> bool:
    """Whether the composite says that its code is from another list than the directory's."""
    given = {
        inner.id: value for inner, value in zip(use.components, components, strict=False) if inner.id in QUALIFIERS
    }
    return bool(given.get("1131")) or given.get("3055", "") not in {"", OWN_AGENCY}


def _of_writing(raw: str, chars: ServiceChars, values: Sequence[Sequence[Components]]) -> Iterator[Trouble]:
    """Separators that separate nothing, release characters that release nothing."""
    separators = chars.element + chars.component + chars.repetition
    if (
        values[-1] == [[""]]
        or any(not components[-1] for occurrences in values for components in occurrences if len(components) > 1)
        or any(not any(occurrences[-1]) for occurrences in values if len(occurrences) > 1)
    ) and any(separator in raw for separator in separators):
        yield Trouble("trailing_separator", {"seen": raw})
    if not chars.release:
        return
    for found in re.finditer(re.escape(chars.release) + "(.)", raw, re.DOTALL):
        if found.group(1) not in chars.special:
            element, component, occurrence = position_at(raw, chars, found.start())
            yield Trouble("release_needless", {"seen": found.group(1)}, element, component, occurrence)


def named(use: ElementUse) -> str:
    """An element as a finding names it: `Document name code (1001)`."""
    return f"{use.name} ({use.id})" if use.name and use.name != use.id else use.id
