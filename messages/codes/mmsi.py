"""Maritime Mobile Service Identity: nine digits a ship's radio is called by.

ITU-R M.585: a ship station's identity begins with its country's Maritime Identification Digits, three digits of
which the first is 2 to 7. Coast stations (00), groups (0), aids to navigation (99) and handsets (8) are not ships.
"""

import re

_NINE_DIGITS = re.compile(r"[0-9]{9}")


def is_well_formed(value: str) -> bool:
    """Whether `value` is nine digits."""
    return _NINE_DIGITS.fullmatch(value) is not None


def is_ship_station(value: str) -> bool:
    """Whether `value` is nine digits and begins as a ship station's does."""
    return is_well_formed(value) and value[0] in "234567"
