"""What a sender wrote, before it is judged: plain values, and where each of them stood.

Every format reads into a `Draft`. `declared` turns it into a declaration and says of each value that does not
fit what was expected instead; those faults are the same for every format.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from messages.catalogue import load
from messages.declaration import Declaration
from messages.declaration.record import LONGEST_TEXT, Record
from messages.declaration.shape import FieldShape, Kind, shape
from messages.findings import MOST_FINDINGS, Fault, Finding, Place

FAULTS = load(Path(__file__).with_name("draft.toml"))

VALUE_FAULTS = {
    Kind.FLAG: FAULTS["MSW-GEN-010"],
    Kind.WHOLE: FAULTS["MSW-GEN-011"],
    Kind.NUMBER: FAULTS["MSW-GEN-012"],
    Kind.INSTANT: FAULTS["MSW-GEN-013"],
    Kind.DAY: FAULTS["MSW-GEN-014"],
    Kind.TEXT: FAULTS["MSW-GEN-015"],
    Kind.RECORD: FAULTS["MSW-GEN-016"],
}
TOO_LONG = FAULTS["MSW-GEN-017"]
UNKNOWN_FIELD = FAULTS["MSW-GEN-018"]
NO_LIST = FAULTS["MSW-GEN-019"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Values as `Declaration` takes them, where each stood, and what was found while reading.

    `whereabouts` gives the place of a field by its dotted path (`crew_list.3.nationality`), None when the
    sender wrote no such field.
    """

    values: dict[str, Any]
    whereabouts: Callable[[str], Place | None]
    findings: tuple[Finding, ...] = ()
    legible: bool = True
    """False when reading had to stop: then nothing more can be said about the content."""
    call: Callable[[FieldShape], str] = attrgetter("element")
    """What the format calls a field, for the sentences of findings."""

    def place(self, field: str) -> Place:
        """Where `field` stood, else the nearest thing around it that was written."""
        while field:
            if place := self.whereabouts(field):
                return place
            field = field.rpartition(".")[0]
        return Place()


class Declared(NamedTuple):
    """The declaration as far as the values carry, and a finding for each that does not."""

    declaration: Declaration
    findings: tuple[Finding, ...]


def illegible(*findings: Finding) -> Draft:
    """The draft of a document that could not be read."""
    return Draft({}, lambda _: None, findings, legible=False)


def declared(draft: Draft) -> Declared:
    """`draft` as a declaration. Values that do not fit are left out, so that the others can be judged."""
    try:
        return Declared(Declaration.model_validate(draft.values), ())
    except ValidationError as refused:
        errors = refused.errors(include_url=False, include_context=False)
    return Declared(Declaration.model_validate(_without(draft.values, errors)), _said(draft, errors))


def value_finding(
    field: str, value: Any, place: Place, call: Callable[[FieldShape], str] = attrgetter("element")
) -> Finding:
    """What is wrong with `value` at `field`, a dotted path, when its type is what is wrong."""
    known = shape_at(field)
    if known is None:
        return UNKNOWN_FIELD.at(place, field=field, value=value, name=field.rpartition(".")[2])
    return _value_fault(known, field, value).at(place, field=field, value=value, element=call(known))


def shape_at(path: str) -> FieldShape | None:
    """The shape of the field at a dotted path, None when the declaration has no such field."""
    record: type[Record] | None = Declaration
    found: FieldShape | None = None
    for step in path.split("."):
        if step.isdigit():
            continue
        found = shape(record).get(step) if record else None
        if found is None:
            return None
        record = found.record
    return found


def _value_fault(known: FieldShape, field: str, value: Any) -> Fault:
    if known.repeated and not field.rpartition(".")[2].isdigit():
        return NO_LIST
    if known.kind is Kind.TEXT and isinstance(value, str) and len(value) > LONGEST_TEXT:
        return TOO_LONG
    return VALUE_FAULTS[known.kind]


def _said(draft: Draft, errors: list[ErrorDetails]) -> tuple[Finding, ...]:
    faulty = [(".".join(map(str, error["loc"])), error["input"]) for error in errors[:MOST_FINDINGS]]
    return tuple(value_finding(field, value, draft.place(field), draft.call) for field, value in faulty)


def _without(values: dict[str, Any], errors: list[ErrorDetails]) -> dict[str, Any]:
    """A copy of `values` without what the errors point at, last ones first so that positions hold."""
    kept = copy.deepcopy(values)
    for error in sorted(errors, key=lambda each: tuple(map(_position, each["loc"])), reverse=True):
        *way, last = error["loc"]
        holder: Any = kept
        for step in way:
            holder = holder[step]
        del holder[last]
    return kept


def _position(step: int | str) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (-1, step)
