"""The declaration's structure as data: which fields a record has, what elements they are, what values they take.

Readers, writers, schemas and documentation all walk this, so that the models stay the only definition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from messages.declaration.record import Element, Record


class Kind(StrEnum):
    """What a value is."""

    TEXT = "text"
    FLAG = "flag"
    WHOLE = "whole"
    NUMBER = "number"
    INSTANT = "instant"
    DAY = "day"
    RECORD = "record"


SCHEMA_TYPES = {
    Kind.TEXT: "epc:Text",
    Kind.FLAG: "xs:boolean",
    Kind.WHOLE: "xs:int",
    Kind.NUMBER: "epc:Number",
    Kind.INSTANT: "xs:dateTime",
    Kind.DAY: "epc:Day",
}
"""Kind of a plain value to its type in our XML schema."""

_KINDS = {
    str: Kind.TEXT,
    bool: Kind.FLAG,
    int: Kind.WHOLE,
    Decimal: Kind.NUMBER,
    datetime: Kind.INSTANT,
    date: Kind.DAY,
}


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record."""

    field: str
    element: str
    kind: Kind
    record: type[Record] | None
    repeated: bool
    item: str
    also: str
    imo: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling of the element that is read."""
        return (self.element, self.also) if self.also else (self.element,)

    @property
    def type_name(self) -> str:
        """Name of the value's type in our XML schema; a list has its entries'."""
        return f"epc:{epc_type(self.record)}" if self.record else SCHEMA_TYPES[self.kind]


@cache
def shape(record: type[Record]) -> dict[str, FieldShape]:
    """The fields of `record` by name, in the model's order."""
    return {name: _field_shape(name, info) for name, info in record.model_fields.items()}


def epc_type(record: type[Record]) -> str:
    """Name of the EPC type that `record` stands for."""
    named: str = record.__dict__.get("epc_type", "")
    return named or f"{record.__name__}Type"


def records(*roots: type[Record]) -> Iterator[type[Record]]:
    """Every record reachable from `roots`, each once, users before used."""
    seen: dict[type[Record], None] = dict.fromkeys(roots)
    waiting = list(roots)
    while waiting:
        record = waiting.pop(0)
        yield record
        for each in shape(record).values():
            if each.record is not None and each.record not in seen:
                seen[each.record] = None
                waiting.append(each.record)


def _field_shape(name: str, info: FieldInfo) -> FieldShape:
    element = next((each for each in info.metadata if isinstance(each, Element)), Element())
    repeated, value = _value_type(info.annotation)
    record = value if isinstance(value, type) and issubclass(value, Record) else None
    return FieldShape(
        field=name,
        element=element.name or "".join(word[:1].upper() + word[1:] for word in name.split("_")),
        kind=Kind.RECORD if record else _KINDS[value],
        record=record,
        repeated=repeated,
        item=element.item,
        also=element.also,
        imo=tuple(element.imo.split()),
    )


def _value_type(annotation: Any) -> tuple[bool, Any]:
    """Whether a field repeats, and the type of its values, out of `T`, `T | None` or `tuple[T, ...]`."""
    if get_origin(annotation) is tuple:
        return True, _plain(get_args(annotation)[0])
    choices = [each for each in get_args(annotation) if each is not NoneType]
    return False, _plain(choices[0] if NoneType in get_args(annotation) else annotation)


def _plain(annotation: Any) -> Any:
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation
