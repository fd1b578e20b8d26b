"""Formats of data elements: `an..35`, `n3`, `a2` - what a value must look like, and why one does not.

Follows ISO 9735 10 and annex B: a minus sign and a decimal mark do not count for the length; a decimal mark stands
between digits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_NOTATION = re.compile(r"(an|a|n)(\.\.)?(\d+)")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_ALMOST_NUMBER = re.compile(r"-?(?:[0-9]+[.,]|[.,][0-9]+)")


@dataclass(frozen=True, slots=True)
class Format:
    """From `least` to `most` characters of a kind; `least` is 1 where the length varies."""

    notation: str
    kind: str
    """`a`, `n` or `an`."""
    least: int
    most: int


@cache
def parsed(notation: str) -> Format:
    """The format a directory writes as `notation`.

    Raises:
        ValueError: It is not a format.

    >>> parsed("n..6").most, parsed("an3").least
    (6, 3)
    """
    found = _NOTATION.fullmatch(notation)
    if found is None:
        raise ValueError(f"{notation!r} is no format; write an..35, n3 or a2.")
    kind, varies, length = found.groups()
    return Format(notation, kind, 1 if varies else int(length), int(length))


def trouble(value: str, form: Format, marks: str) -> tuple[str, Mapping[str, object]] | None:
    """The fault of a value that is there, with the words for it; None when it fits. `marks`: decimal marks.

    >>> trouble("-40", parsed("n3"), ".,")
    ('too_short', {'length': 2, 'limit': 3})
    >>> trouble("1250.5", parsed("n..5"), ".,") is None
    True
    """
    length = len(value)
    if form.kind == "n":
        if not _NUMBER.fullmatch(value):
            return ("decimal_bare" if _ALMOST_NUMBER.fullmatch(value) else "not_numeric"), {}
        if any(mark in value and mark not in marks for mark in ".,"):
            return "decimal_mark", {"expected": marks}
        length = sum(map(str.isdigit, value))
    elif form.kind == "a" and any("0" <= char <= "9" for char in value):
        return "not_alphabetic", {}
    if length > form.most:
        return "too_long", {"length": length, "limit": form.most}
    if length < form.least:
        return "too_short", {"length": length, "limit": form.least}
    return None


def pattern(form: Format, specials: str, marks: str) -> str:
    """A regular expression that matches just the values `trouble` finds none with; linear in the value's length.

    `specials` is what a value cannot hold, as the inside of a character class.
    """
    times = f"{{{form.least},{form.most}}}+"
    if form.kind != "n":
        digits = "0-9" if form.kind == "a" else ""
        return f"[^{specials}{digits}]{times}"
    whole = f"[0-9]{times}(?![0-9.,])"
    counted = f"(?=(?:[0-9][{marks}]?){times}(?![0-9.,]))"
    return f"-?+(?:{whole}|{counted}[0-9]++[{marks}][0-9]++)"
