"""What a notice shows, arranged for reading: sections of facts and tables, with labels in words.

The arrangement is generic: an element nobody here has heard of is shown like the others. Numbers of rows are
bounded, so that a page stays a page with three thousand passengers on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.words import label, plain

ROWS_AT_FIRST = 50
ROWS_PER_PAGE = 200

PERSONAL = {
    "crew_list": "persons",
    "passenger_list": "persons",
    "health_data": "health",
    "ship_sanitation_control_certificate": "health",
    "ship_sanitation_control_exemption_certificate": "health",
    "current_ship_security_level": "security",
    "iss_certificate": "security",
    "iss_certificate_status": "security",
    "port_call_list": "security",
    "ship_to_ship_activity_list": "security",
    "security_other_matters_to_report": "security",
}
"""Elements whose reading is noted in the audit, and what they are noted as."""

_MEASURE = {"content", "unit_code"}
_PLACE = {"un_lo_code", "unlocode", "name", "country_code", "facility_name", "facility_code", "location"}
_CODED = {"text", "code"}
_SILENT = {"name", "person_name"}
"""Elements whose own label adds nothing to those of their members."""


@dataclass(frozen=True, slots=True)
class Table:
    """Members of a list, one a row. `path` says where the list stands; `total` counts all its members."""

    path: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    start: int = 0

    @property
    def cut(self) -> bool:
        return len(self.rows) < self.total


@dataclass(frozen=True, slots=True)
class Section:
    """One element of the declaration with what it holds."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


def sections(declaration: Mapping[str, Any]) -> list[Section]:
    """The declaration, single values first, then each element that holds more."""
    single = {name: value for name, value in declaration.items() if is_single(value)}
    larger = {name: value for name, value in declaration.items() if name not in single}
    first = [section("general", "General", single)] if single else []
    return first + [section(name, label(name), value) for name, value in larger.items() if value]


def section(name: str, title: str, value: Any) -> Section:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Section(name, title, (), (table(name, title, value),))
    facts = tuple((words, text) for words, text in leaves(value) if text)
    tables = tuple(
        table(f"{name}.{inner}", label(inner), members)
        for inner, members in value.items()
        if isinstance(members, list) and members
    )
    return Section(name, title, facts, tables)


def table(path: str, title: str, members: Sequence[Any], start: int = 0, rows: int = ROWS_AT_FIRST) -> Table:
    """The members from `start` on, at most `rows` of them; the columns are what any of them says."""
    shown = [dict(cells(member)) for member in members[start : start + rows]]
    columns = tuple(dict.fromkeys(column for row in shown for column, text in row.items() if text))
    texts = tuple(tuple(row.get(column, "") for column in columns) for row in shown)
    return Table(path, title, columns, texts, len(members), start)


def listed(declaration: Mapping[str, Any], path: str) -> list[Any] | None:
    """The list at `path`, when there is one."""
    value: Any = declaration
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, list) else None


def cells(member: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(member, Mapping):
        yield "Value", compact(member)
        return
    yield from leaves(member)
    for name, value in member.items():
        if isinstance(value, list):
            yield label(name), compact(value)


def leaves(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Each single value below `value` with its label; lists are left to tables and cells."""
    for name, inner in value.items():
        words = f"{above}: {label(name).lower()}" if above else label(name)
        if is_single(inner):
            yield words, compact(inner)
        elif isinstance(inner, Mapping):
            yield from leaves(inner, above if name in _SILENT else words)


def is_single(value: Any) -> bool:
    """Whether it reads as one value: a plain one, a measure, a place or a code with its text."""
    if isinstance(value, Mapping):
        names = set(value)
        return names <= _MEASURE or names <= _CODED or is_place(value)
    return not isinstance(value, list)


def is_place(value: Mapping[str, Any]) -> bool:
    names = set(value)
    return names <= _PLACE and not isinstance(value.get("name"), Mapping)


def compact(value: Any, depth: int = 0) -> str:
    """Anything in one line."""
    if isinstance(value, list):
        return "; ".join(filter(None, (compact(each, depth + 1) for each in value)))
    if not isinstance(value, Mapping):
        return plain(value)
    if is_single(value):
        return " ".join(filter(None, (compact(each, depth + 1) for each in value.values())))
    return ", ".join(f"{words} {text}" for words, text in cells(value) if text)


def personal(declaration: Mapping[str, Any]) -> list[str]:
    """What kinds of data about persons, health and security the declaration shows."""
    return sorted({kind for name, kind in PERSONAL.items() if declaration.get(name)})
