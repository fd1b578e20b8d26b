"""What every record of the declaration is made of: typed values, and the element each field stands for.

Field names are the EPC element names in snake_case. `Element` says the exact name where that is not enough,
the IMO data element numbers (IMO Compendium, FAL.5/Circ.56), and how a list is wrapped. Nothing is required:
what a movement must state is for rules, not for the structure.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

LONGEST_TEXT = 65_536
"""Characters one value may have."""

MOST_DIGITS = 15
"""Digits a number may have, so that a JSON reader with binary floating point sees it exactly."""

_UNSAFE = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff"
PLAIN_TEXT = rf"^[^\s{_UNSAFE}](?:[^{_UNSAFE}]*[^\s{_UNSAFE}])?$"
"""What XML 1.0 can carry (section 2.2), without space around it."""

_OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"

INSTANT = _DATE + _TIME + _OFFSET
DAY = rf"({_DATE})(?:{_TIME})?{_OFFSET}"

_INSTANT, _DAY = re.compile(INSTANT), re.compile(DAY)


@dataclass(frozen=True, slots=True)
class Element:
    """The EPC element a field stands for. `imo` holds its IMO numbers, separated by spaces."""

    name: str = ""
    imo: str = ""
    item: str = ""
    """Name of the elements inside, when the list is wrapped in an element of its own."""
    also: str = ""
    """Another spelling met in practice, read but never written."""


class Record(BaseModel):
    """Base of every record: frozen, and nothing beyond what is named is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    epc_type: ClassVar[str] = ""
    """Name of the EPC type when it is not the class's name and `Type`."""


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(text := value.strip()):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # the form is right, the month or hour is not
    if isinstance(value, datetime):
        return value
    raise PydanticCustomError("instant", "not a date and time")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and (found := _DAY.fullmatch(value.strip())):
            return date.fromisoformat(found[1])
    except ValueError:
        pass  # the form is right, the month or day is not
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    raise PydanticCustomError("day", "not a date")


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=PLAIN_TEXT)]
"""Text without surrounding space, which readers take off. An empty value is an absent value."""

Code = Text
"""A coded value, as an open string: of ISO's lists only the sizes are public, so rules judge what open lists know."""

Flag = Annotated[bool, Field()]
"""True or false."""

Whole = Annotated[int, Field(ge=-(2**31), lt=2**31)]
"""A whole number of 32 bits."""

Number = Annotated[
    Decimal,
    Field(max_digits=MOST_DIGITS, allow_inf_nan=False),
    PlainSerializer(_plain_number, return_type=Any, when_used="json"),
]
"""A decimal number, exact; in JSON a number."""

Instant = Annotated[datetime, BeforeValidator(_instant)]
"""A date and time (ISO 8601). Its offset is kept; one without an offset is kept so, for a rule to see."""

Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day. Given a date and time, the day as written there, whatever the offset."""
