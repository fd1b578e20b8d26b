"""UN/LOCODE: places of trade and transport (UN/ECE Recommendation 16).

Two letters of the country (ISO 3166-1) and three characters of the place, letters or the digits 2 to 9. Places
without a code are written with the country and XXX, and by name. The whole list has over 100,000 entries and
changes twice a year; `ports.toml` holds only the ports this project's samples and demonstration use, so an unknown
code is a reason to look, never a proof that it is wrong.
"""

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from messages.codes import country

_SHAPE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
_NO_CODE = "XXX"


@dataclass(frozen=True, slots=True)
class Port:
    """A port we know: UN/LOCODE's name for it, other names in use, and its IANA time zone."""

    code: str
    name: str
    zone: str
    aliases: tuple[str, ...] = ()

    @property
    def country(self) -> str:
        """Alpha-2 code of its country."""
        return self.code[:2]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@cache
def ports() -> dict[str, Port]:
    """The ports we know, by code."""
    listed = tomllib.loads(files("messages.codes").joinpath("ports.toml").read_text("utf-8"))
    return {
        each["code"]: Port(each["code"], each["name"], each["zone"], tuple(each.get("aliases", ())))
        for each in listed["port"]
    }


def compact(value: str) -> str:
    """`value` in capitals without spaces, as in `MM RGN`."""
    return re.sub(r"\s", "", value).upper()


def is_well_formed(code: str) -> bool:
    """Whether `code` has the shape of a UN/LOCODE, in capitals and without a space."""
    return _SHAPE.fullmatch(code) is not None


def has_country(code: str) -> bool:
    """Whether the first two letters are a country, or XZ, which UN/LOCODE uses for places outside any."""
    return code[:2] == "XZ" or country.exists(code[:2])


def is_escape(code: str) -> bool:
    """Whether `code` says that the place has no code: country and XXX."""
    return code[2:] == _NO_CODE


def find(code: str) -> Port | None:
    """The port with that code, if we know it."""
    return ports().get(compact(code))


def nearest(text: str) -> Port | None:
    """The port whose code, name or other name comes closest to `text`; None when nothing is close."""
    if known := find(text):
        return known
    names = {name.casefold(): port for port in ports().values() for name in (port.name, port.code, *port.aliases)}
    wanted = text.strip().casefold()
    named = next((port for name, port in names.items() if name in wanted and len(name) > len("MMRGN")), None)
    close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.7)
    return names[close[0]] if close else named
