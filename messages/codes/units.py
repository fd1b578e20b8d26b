"""Units of measure: the part of UN/ECE Recommendation 20 that declarations use.

The code says what is counted and in which unit; `in_base` turns mass into kilograms, volume into cubic metres,
length into metres and counts into pieces, so that quantities in different units can be compared.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and how many base units one of it is. Temperatures have no factor."""

    code: str
    name: str
    kind: str
    factor: Decimal | None


@cache
def units() -> dict[str, Unit]:
    """The units we know, by Recommendation 20 code."""
    listed = tomllib.loads(files("messages.codes").joinpath("units.toml").read_text("utf-8"))
    return {
        each["code"]: Unit(
            each["code"], each["name"], each["kind"], Decimal(each["factor"]) if "factor" in each else None
        )
        for each in listed["unit"]
    }


def find(code: str) -> Unit | None:
    """The unit with that code, if we know it."""
    return units().get(code)


def in_base(amount: Decimal, code: str) -> Decimal | None:
    """`amount` in the base unit of its kind; None when the unit is unknown or cannot be compared."""
    unit = find(code)
    return None if unit is None or unit.factor is None else amount * unit.factor
