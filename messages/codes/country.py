"""Countries by their ISO 3166-1 codes.

The list is pycountry's (Debian iso-codes) and is read on first use, because reading it costs more than most checks.
"""

import difflib
import re
from functools import cache
from typing import NamedTuple

_TWO_LETTERS = re.compile(r"[A-Z]{2}")


class Country(NamedTuple):
    """A country, and the name it is commonly known by."""

    alpha_2: str
    alpha_3: str
    name: str


@cache
def countries() -> dict[str, Country]:
    """Every country by alpha-2 code."""
    import pycountry  # noqa: PLC0415 -- late on purpose, see above

    return {
        each.alpha_2: Country(each.alpha_2, each.alpha_3, getattr(each, "common_name", each.name))
        for each in pycountry.countries
    }


@cache
def _by_alpha_3() -> dict[str, Country]:
    return {each.alpha_3: each for each in countries().values()}


def exists(code: str) -> bool:
    """Whether `code` is the alpha-2 code of a country, in capitals."""
    return _TWO_LETTERS.fullmatch(code) is not None and code in countries()


def name(code: str) -> str:
    """The country's name; the code itself when there is none."""
    return countries()[code].name if exists(code) else code


def alpha_2(text: str) -> str | None:
    """The alpha-2 code meant by `text`: an alpha-2 or alpha-3 code in any case, or a name spelt exactly."""
    code = text.strip().upper()
    if exists(code):
        return code
    if code in _by_alpha_3():
        return _by_alpha_3()[code].alpha_2
    return next((each.alpha_2 for each in countries().values() if each.name.upper() == code), None)


def nearest(text: str) -> Country | None:
    """The country whose name or alpha-3 code comes closest to `text`; None when nothing is close."""
    if meant := alpha_2(text):
        return countries()[meant]
    names = {each.name.casefold(): each for each in countries().values()}
    close = difflib.get_close_matches(text.strip().casefold(), names, n=1, cutoff=0.75)
    return names[close[0]] if close else None
