"""What a rule is, and the catalogue its words come from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from messages.catalogue import load
from messages.declaration import Declaration
from messages.findings import Fault

AREAS = (
    *("general", "voyage", "ship", "crew", "passengers", "cargo", "dangerous_goods"),
    *("stores", "effects", "health", "security", "waste"),
)
"""The catalogue's files, one for each area."""

EXAMPLE_KEYS = ("field", "good", "bad")
"""What an entry has beside the fault: see `messages.rules.examples`."""

CATALOGUES: Mapping[str, Path] = MappingProxyType({area: Path(__file__).with_name(f"{area}.toml") for area in AREAS})

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {id_: fault for path in CATALOGUES.values() for id_, fault in load(path, EXAMPLE_KEYS).items()}
)
"""What rules can find, by id."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken at `field`, a dotted path; `value` is said back, `values` fill the fault's templates."""

    fault: Fault
    field: str
    value: object = None
    values: Mapping[str, object] = dataclass_field(default_factory=dict)


class Wrong(NamedTuple):
    """What a rule's function says of one place; the rule adds which fault that is."""

    field: str
    value: object
    values: Mapping[str, object]


Judge = Callable[[Declaration], Iterator[Wrong]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault and the function that finds it."""

    fault: Fault
    judge: Judge

    @property
    def id(self) -> str:
        return self.fault.id

    def __call__(self, declaration: Declaration) -> Iterator[Breach]:
        """Where `declaration` breaks the rule."""
        for field_, value, values in self.judge(declaration):
            yield Breach(self.fault, field_, value, values)


def rule(id_: str) -> Callable[[Judge], Rule]:
    """Make a function the rule of the catalogue's entry `id_`.

    Raises:
        KeyError: the catalogue has no such entry.
    """
    return lambda judge: Rule(FAULTS[id_], judge)


def wrong(field_: str, value: Any = None, **values: object) -> Wrong:
    """That something is wrong at `field_`."""
    return Wrong(field_, value, values)
