"""Container numbers (ISO 6346): owner code, equipment category, serial number, check digit.

Three letters of the owner, one of U (container), J (detachable equipment) or Z (trailer or chassis),
six digits and a check digit. The arithmetic is python-stdnum's; its pattern is wider than the standard's, so the
shape is judged here.
"""

import re

from stdnum import iso6346 as arithmetic

_SHAPE = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")


def compact(value: str) -> str:
    """`value` in capitals without the spaces, hyphens and slashes it may be painted with."""
    return re.sub(r"[\s/-]", "", value).upper()


def is_well_formed(value: str) -> bool:
    """Whether `value` has the shape of a container number."""
    return _SHAPE.fullmatch(compact(value)) is not None


def check_digit(ten: str) -> str:
    """The digit that follows the owner code, category and serial number."""
    return str(arithmetic.calc_check_digit(ten))


def is_valid(value: str) -> bool:
    """Whether `value` has the shape of a container number and its check digit is right."""
    number = compact(value)
    return _SHAPE.fullmatch(number) is not None and check_digit(number[:10]) == number[10]
