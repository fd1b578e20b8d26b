"""The catalogue of faults: data files read once into `Fault` entries.

A file is TOML with one `[[fault]]` table per entry: `id`, `part`, `severity`, `says`, `fix`, `source` and,
where it applies, `agencies`. `says` and `fix` are templates; their values are named in braces. Whoever keeps
more beside an entry, such as examples, names those keys when loading.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from messages.findings import Fault, Severity

ID = re.compile(r"MSW-[A-Z]{3}-\d{3}")

_KEYS = frozenset({"id", "part", "severity", "says", "fix", "source", "agencies"})


class CatalogueError(ValueError):
    """A catalogue file says something no entry can mean. A mistake of ours, found when the file is loaded."""


def load(path: Path, beside: Collection[str] = ()) -> Mapping[str, Fault]:
    """The faults of one catalogue file by id, in the file's order. `beside` names further keys an entry may have.

    Raises:
        CatalogueError: an id stands twice or is not of the form, a key is missing or unknown.
    """
    faults: dict[str, Fault] = {}
    for entry in tomllib.loads(path.read_text("utf-8")).get("fault", []):
        fault = _fault(path, entry, frozenset(beside))
        if fault.id in faults:
            raise CatalogueError(f"{path.name}: {fault.id} stands twice.")
        faults[fault.id] = fault
    return MappingProxyType(faults)


def _fault(path: Path, entry: dict[str, Any], beside: frozenset[str]) -> Fault:
    name = entry.get("id", "an entry without id")
    if not ID.fullmatch(name):
        raise CatalogueError(f"{path.name}: {name} is not of the form MSW-ABC-001.")
    if unknown := entry.keys() - _KEYS - beside:
        raise CatalogueError(f"{path.name}: {name} has {', '.join(sorted(unknown))}, which no entry has.")
    if missing := _KEYS - {"agencies"} - entry.keys():
        raise CatalogueError(f"{path.name}: {name} lacks {', '.join(sorted(missing))}.")
    told = {key: value for key, value in entry.items() if key in _KEYS}
    severity = Severity(told.pop("severity"))
    return Fault(severity=severity, agencies=tuple(told.pop("agencies", ())), **told)
