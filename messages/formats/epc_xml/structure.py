"""Elements to values: which child element is which field.

A plan per record, made once from the models, keeps the walk over large documents short. What the plan does
not know is left out here; the schema has already refused it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, shape

Values = dict[str, Any]
Plan = dict[Any, "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one child element is, and how its content is taken."""

    field: str
    record: type[Record] | None = None
    item: str = ""
    single: bool = False
    plain: bool = False
    """Whether it is a single plain value, by far the most frequent."""

    def enter(self, element: etree._Element, values: Values) -> tuple[Plan, Values]:
        """Take note of `element`; gives the plan for what is inside it, and where the values of that go."""
        if self.item:
            values[self.field] = []
            return {self.item: Step(self.field, self.record)}, values
        if self.record is not None:
            inside: Values = {}
            if not self.single:
                values.setdefault(self.field, []).append(inside)
            elif len(element):
                values[self.field] = inside
            return plan(self.record), inside
        if self.field and (text := (element.text or "").strip()):
            values.setdefault(self.field, []).append(text)
        return _NOTHING, values


_NOTHING: Plan = {}
_UNKNOWN = Step("")


@cache
def plan(record: type[Record]) -> Plan:
    """Element name to step, every spelling that is read."""
    steps: Plan = {}
    for each in shape(record).values():
        steps |= dict.fromkeys(each.names, _step(each))
    return steps


def _step(known: FieldShape) -> Step:
    single = not known.repeated or bool(known.item)
    return Step(known.field, known.record, known.item, single, plain=single and known.record is None)


def values_of(element: etree._Element, record: type[Record], again: list[etree._Element]) -> Values:
    """The values of `element` as `record` takes them; what is empty is left out, save entries of lists.

    Elements that stand again though their field takes one are added to `again`; the first one counts.
    The walk is flat: `left` counts the children still to come of the element it is inside of.
    """
    told: Values = {}
    steps, values, left = plan(record), told, len(element)
    outside: list[tuple[Plan, Values, int]] = []
    for child in element.iterdescendants():
        while not left:
            steps, values, left = outside.pop()
        left -= 1
        step = steps.get(child.tag, _UNKNOWN)
        if step.single and step.field in values:
            again.append(child)
            step = _UNKNOWN
        inside, kept = _NOTHING, values
        if not step.plain:
            inside, kept = step.enter(child, values)
        elif text := (child.text or "").strip():
            values[step.field] = text
        if below := len(child):
            outside.append((steps, values, left))
            steps, values, left = inside, kept, below
    return told
