"""Which elements of a declaration an agency is shown: a whitelist as data, read once, applied to JSON.

What no path names is not shown. The paths' syntax is described in `visibility.toml`, which is the published
table of who may see what.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

_EMPTY: tuple[Any, ...] = (None, {}, [])
_PART = re.compile(r"(?P<names>\{[^}]*\}|\w+)(?P<where>(?:\[[^\]]*\])?)")
_SEGMENT = re.compile(r"(?P<name>\w+)(?:\[(?P<where>[\w.]+)(?:=(?P<values>[^\]]+))?\])?")


@dataclass(frozen=True, slots=True)
class Condition:
    """Keeps the entries of a list in which `path` holds something, or one of `values` when there are any."""

    path: tuple[str, ...]
    values: frozenset[str] = frozenset()

    def holds(self, entry: Any) -> bool:
        found = list(values_at(entry, self.path))
        return bool(self.values.intersection(map(str, found)) if self.values else found)


@dataclass(slots=True)
class Mask:
    """A whitelist as a tree. `whole` shows everything below; otherwise only what `children` name."""

    whole: bool = False
    children: dict[str, list["Way"]] = field(default_factory=dict)

    def child(self, name: str, condition: Condition | None) -> "Mask":
        """The mask below `name` under that condition, made when it is not there yet."""
        for known, mask in self.children.setdefault(name, []):
            if known == condition:
                return mask
        self.children[name].append((condition, mask := Mask()))
        return mask


Way = tuple[Condition | None, Mask]
"""A mask, and the condition under which it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one agency is shown and which movements it decides on."""

    agency: str
    decides: frozenset[str]
    always: tuple[str, ...]
    also: tuple[tuple[str, tuple[str, ...]], ...]
    """Paths shown only when the named condition of `gateway.distribution` holds."""
    totals: tuple[str, ...]

    def paths(self, conditions: frozenset[str]) -> tuple[str, ...]:
        return self.always + tuple(path for when, paths in self.also if when in conditions for path in paths)


@cache
def mask_of(paths: tuple[str, ...]) -> Mask:
    """The whitelist tree of `paths`."""
    root = Mask()
    for path in paths:
        for segments in _expanded(path):
            mask = root
            for segment in segments:
                mask = mask.child(*_parsed(segment))
            mask.whole = True
    return root


@cache
def views() -> Mapping[str, View]:
    """The shipped table, by agency code."""
    table = tomllib.loads((Path(__file__).parent / "visibility.toml").read_text())
    named = table["views"]
    return {
        code: View(
            agency=code,
            decides=frozenset(entry["decides"]),
            always=tuple(path for name in entry["views"] for path in named[name]) + tuple(entry["paths"]),
            also=tuple((each["when"], tuple(each["paths"])) for each in entry.get("also", ())),
            totals=tuple(entry.get("totals", ())),
        )
        for code, entry in table["agency"].items()
    }


def values_at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value that `path` leads to, lists looked through; empty ones and None are no values."""
    if isinstance(value, list):
        for entry in value:
            yield from values_at(entry, path)
    elif not path:
        if value not in (None, "", {}, []):
            yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from values_at(value[path[0]], path[1:])


def shown(value: Any, masks: Sequence[Mask]) -> Any:
    """What of `value` may be shown when any of `masks` allows it; empty objects and lists are left out."""
    if any(mask.whole for mask in masks):
        return value
    if isinstance(value, list):
        return [kept for entry in value if (kept := shown(entry, masks)) not in _EMPTY]
    if not isinstance(value, dict):
        return None
    # Over the names of the whitelist, not of the document: most of a document is nobody's but one agency's.
    names = masks[0].children if len(masks) == 1 else _joined(masks)
    kept = {name: _below(value[name], ways) for name, ways in names.items() if name in value}
    return {name: each for name, each in kept.items() if each not in _EMPTY}


def _joined(masks: Sequence[Mask]) -> dict[str, list[Way]]:
    names: dict[str, list[Way]] = {}
    for mask in masks:
        for name, ways in mask.children.items():
            names.setdefault(name, []).extend(ways)
    return names


def _below(value: Any, ways: list[Way]) -> Any:
    if isinstance(value, list):
        return [kept for entry in value if (kept := _passed(entry, ways)) not in _EMPTY]
    return _passed(value, ways)


def _passed(entry: Any, ways: list[Way]) -> Any:
    masks = [mask for condition, mask in ways if condition is None or condition.holds(entry)]
    return shown(entry, masks) if masks else None


def _expanded(path: str) -> Iterator[tuple[str, ...]]:
    parts = [[name + part["where"] for name in part["names"].strip("{}").split(",")] for part in _PART.finditer(path)]
    yield from product(*parts)


def _parsed(segment: str) -> tuple[str, Condition | None]:
    found = _SEGMENT.fullmatch(segment)
    if found is None:
        msg = f"Not a path segment: {segment}"
        raise ValueError(msg)
    if found["where"] is None:
        return found["name"], None
    values = frozenset((found["values"] or "").split("|")) - {""}
    return found["name"], Condition(tuple(found["where"].split(".")), values)
