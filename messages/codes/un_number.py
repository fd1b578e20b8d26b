"""UN numbers of dangerous goods, their hazard classes and packing groups.

Follows the IMDG Code (SOLAS VII, MARPOL Annex III) and the UN Model Regulations, part 2. Which number has which
class is in the Code's list and not here: only shapes and the list of classes.
"""

import re

_UN_NUMBER = re.compile(r"(?:UN)?\s*([0-9]{4})")
_LAST_ASSIGNED = 3600
"""A little above the last number assigned by the 24th edition of the Model Regulations (3560)."""

_DIVISIONS = (
    *("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3"),
    *("4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "8", "9"),
)
_COMPATIBILITY = "ABCDEFGHJKLNS"
CLASSES = frozenset(_DIVISIONS) | {"1", "2", "4", "5", "6"}
"""Classes and divisions; the bare class where the division is not stated."""

PACKING_GROUPS = frozenset({"I", "II", "III"})


def digits(value: str) -> str | None:
    """The four digits of `value`, which may begin with UN; None when it is no UN number."""
    found = _UN_NUMBER.fullmatch(value.strip().upper())
    return found[1] if found and 4 <= int(found[1]) <= _LAST_ASSIGNED else None  # noqa: PLR2004 -- UN 0004 is the first


def is_class(value: str) -> bool:
    """Whether `value` is a hazard class or division, with its compatibility group if it is an explosive."""
    return value in CLASSES or (value[:2] == "1." and value[:-1] in CLASSES and value[-1:] in _COMPATIBILITY)


def is_packing_group(value: str) -> bool:
    """Whether `value` is I, II or III."""
    return value in PACKING_GROUPS
