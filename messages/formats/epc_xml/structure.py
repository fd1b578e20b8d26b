"""Elements to values: which child element is which field.

A plan per record, made once from the models, keeps the walk over large documents short. What the plan does
not know is left out here; the schema has already refused it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, shape


class Again(NamedTuple):
    """An element that stands again though its field takes one."""

    element: etree._Element
    first: etree._Element


Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What one child element is, and how its content is taken."""

    field: str
    record: type[Record]
    item: str
    single: bool
    take: Callable[["Step", etree._Element, Values, list[Again]], None]


@cache
def plan(record: type[Record]) -> dict[Any, Step]:
    """Element name to step, every spelling that is read. A value has `Record` itself for its record."""
    steps: dict[Any, Step] = {}
    for each in shape(record).values():
        single = not each.repeated or bool(each.item)
        step = Step(each.field, each.record or Record, each.item, single, _way_to_take(each))
        steps |= dict.fromkeys(filter(None, (each.element, each.also)), step)
    return steps


def values_of(element: etree._Element, record: type[Record], again: list[Again]) -> Values:
    """The values of `element` as `record` takes them, absent and empty ones left out.

    An entry of a list stays even when empty: it counts. Elements that stand again are added to `again`.
    """
    steps = plan(record)
    values: Values = {}
    for child in element:
        step = steps.get(child.tag)
        if step is None:
            continue
        if step.single and step.field in values:
            first = next(each for each in element if steps.get(each.tag) is step)
            again.append(Again(child, first))
        else:
            step.take(step, child, values, again)
    return values


def _way_to_take(known: FieldShape) -> Callable[[Step, etree._Element, Values, list[Again]], None]:
    if known.record is None:
        return _take_text_entry if known.repeated else _take_text
    if known.item:
        return _take_list
    return _take_entry if known.repeated else _take_record


def _take_text(step: Step, child: etree._Element, values: Values, _: list[Again]) -> None:
    if text := (child.text or "").strip():
        values[step.field] = text


def _take_text_entry(step: Step, child: etree._Element, values: Values, _: list[Again]) -> None:
    if text := (child.text or "").strip():
        values.setdefault(step.field, []).append(text)


def _take_record(step: Step, child: etree._Element, values: Values, again: list[Again]) -> None:
    if inner := values_of(child, step.record, again):
        values[step.field] = inner


def _take_entry(step: Step, child: etree._Element, values: Values, again: list[Again]) -> None:
    values.setdefault(step.field, []).append(values_of(child, step.record, again))


def _take_list(step: Step, child: etree._Element, values: Values, again: list[Again]) -> None:
    if entries := [values_of(each, step.record, again) for each in child.iterchildren(step.item)]:
        values[step.field] = entries
