"""What is left of an element while designs take their share of it.

A value of a shape the design does not expect is not taken: it stays, and is shown with the rest.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from agencies.declared import Element
from agencies.facts.pieces import NOTHING, Word
from agencies.views import cells, compact, is_place, is_single, place
from agencies.words import country_word, measured, port_name

_MEASURE = {"content", "unit_code"}


class Rest:
    """An element of which designs take parts. Paths are names joined by points."""

    def __init__(self, value: Any) -> None:
        self.value: dict[str, Any] = deepcopy(dict(value)) if isinstance(value, Mapping) else {}

    def at(self, path: str) -> Any:
        """What stands at `path`, left where it is."""
        return Element(self.value).at(path).value

    def take(self, path: str) -> Any:
        """What stands at `path`, taken out; an element that held nothing else goes with it."""
        above, _, name = path.rpartition(".")
        holder = self.at(above) if above else self.value
        if not isinstance(holder, dict) or name not in holder:
            return None
        value = holder.pop(name)
        if above and not holder:
            self.take(above)
        return value

    def text(self, path: str) -> str:
        """A value that reads as one text."""
        value = self.at(path)
        return "" if value is None or not is_single(value) else compact(self.take(path), path.rpartition(".")[2])

    def answer(self, path: str) -> bool | None:
        """A yes or no."""
        said = Element(self.value).yes(path)
        if said is not None:
            self.take(path)
        return said

    def measure(self, path: str) -> Word:
        """A quantity with its unit."""
        value = self.at(path)
        if not isinstance(value, Mapping) or not set(value) <= _MEASURE or not is_single(value):
            return NOTHING
        self.take(path)
        return Word(measured(compact(value.get("content")), compact(value.get("unit_code"))))

    def place(self, path: str) -> Word:
        """A place by its name, with its code as the title."""
        value = self.at(path)
        if not isinstance(value, Mapping) or not value or not is_place(value):
            return NOTHING
        self.take(path)
        code = compact(value.get("un_locode"))
        without = {
            name: each for name, each in value.items() if name != "un_locode" and (name != "country_code" or not code)
        }
        named = place(without if compact(value.get("name")) else without | {"name": port_name(code)})
        country = country_word(compact(value.get("country_code")) or code[:2])
        return Word(named, ", ".join(filter(None, (code, country))))

    def country(self, path: str) -> Word:
        """A country's code, with its name as the title."""
        code = self.text(path)
        return Word(code, country_word(code))

    def members(self, path: str) -> list[Any]:
        """The members of a list of elements."""
        value = self.at(path)
        fits = isinstance(value, list) and value and all(isinstance(each, dict) and each for each in value)
        return list(self.take(path)) if fits else []

    def leftovers(self) -> tuple[tuple[str, str], ...]:
        """Everything not taken, each under its label."""
        return tuple((label, text) for label, text in cells(self.value) if text)
