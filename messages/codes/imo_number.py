"""IMO numbers: of ships, and of companies and registered owners.

Both are seven digits, the last a check digit. Ships: IMO resolution A.1117(30), SOLAS XI-1/3; the six digits are
weighted 7 to 2 and the sum's last digit is the check digit. Companies: resolution MSC.160(78), SOLAS XI-1/3-1;
weights 8, 6, 4, 2, 9, 7, and 11 less the sum modulo 11, of which the last digit counts.
"""

import re

_SHIP_WEIGHTS = (7, 6, 5, 4, 3, 2)
_COMPANY_WEIGHTS = (8, 6, 4, 2, 9, 7)
_SEVEN_DIGITS = re.compile(r"(?:IMO)?\s*([0-9]{7})")


def digits(value: str) -> str | None:
    """The seven digits of `value`, which may begin with IMO; None when it has another shape."""
    found = _SEVEN_DIGITS.fullmatch(value.strip().upper())
    return found[1] if found else None


def ship_check_digit(six: str) -> str:
    """The digit that follows the first six of a ship's number."""
    return str(_weighted(six, _SHIP_WEIGHTS) % 10)


def company_check_digit(six: str) -> str:
    """The digit that follows the first six of a company's number."""
    return str((11 - _weighted(six, _COMPANY_WEIGHTS) % 11) % 10)


def is_ship(value: str) -> bool:
    """Whether `value` is a ship's number whose check digit is right."""
    number = digits(value)
    return number is not None and ship_check_digit(number[:6]) == number[6]


def is_company(value: str) -> bool:
    """Whether `value` is a company's number whose check digit is right."""
    number = digits(value)
    return number is not None and company_check_digit(number[:6]) == number[6]


def swapped(value: str) -> tuple[str, ...]:
    """Ship's numbers that pass and differ from `value` by two neighbours swapped, the usual slip in typing."""
    number = digits(value)
    if number is None:
        return ()
    candidates = (number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(6))
    return tuple(sorted({each for each in candidates if each != number and is_ship(each)}))


def _weighted(six: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(six, weights, strict=True))
