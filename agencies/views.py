"""What a notice shows, arranged for reading: sections of facts and tables, with labels in words.

The arrangement is generic: an element nobody here has heard of is shown like the others. Numbers of rows are
bounded, so that a page stays a page with three thousand passengers on it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.words import coded, label, measured, plain

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
_CODED = {"text", "code"}
_STATED_TIME = {"date_time", "time_type"}
_PLACE = {"un_locode", "name", "facility_name", "facility_code", "gln", "country_code", "position", "track"}
_NUMBERS = {"business_telephone", "mobile_telephone", "home_telephone", "telefax", "email", "e_mail"}
_ADDRESS = {
    *("line_one", "line_two", "line_three", "line_four", "line_five", "street_name", "street_number"),
    *("post_office_box", "post_code_code", "city_name", "country_subdivision_name", "country_code"),
}
_PERSON = {"family_name", "given_name", "middle_name"}
"""Columns of their own in a list of persons, one value elsewhere."""
_PARTY = {"company", "company_id", "person", "contact_numbers", "address"}
_AS_ONE = (_MEASURE, _CODED, _STATED_TIME, _NUMBERS, _ADDRESS, _PARTY)
"""Elements that read as one value, by the names of their members; a place is known by more than its names."""

_SILENT = {"name", "goods_type", "cargo_item", "person_id_document", "transport_equipment"}
"""Elements whose own label adds nothing to those of their members."""

_LEADING = ("Family name", "Given name", "Middle name", "Consignment number", "Description", "Activity", "Port")
"""Columns that say what a row is about, wherever the element stands."""

_MOST_IN_LINE = 10
"""A longer list of single values is a table."""


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


def sections(declaration: Mapping[str, Any], first: Sequence[str] = ()) -> list[Section]:
    """The declaration: the elements named in `first`, then all single values, then each element that holds more."""
    single = {name: value for name, value in declaration.items() if is_single(value)}
    larger = {name: section(name, label(name), value) for name, value in declaration.items() if name not in single}
    general = section("general", "General", single)
    foremost = [larger.pop(name) for name in first if name in larger]
    return [each for each in (*foremost, general, *larger.values()) if each.facts or each.tables]


def section(name: str, title: str, value: Any) -> Section:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Mapping):
        return Section(name, title, tuple(pair for pair in cells(value[0]) if pair[1]), ())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Section(name, title, (), (table(name, title, value),))
    facts = tuple((words, text) for words, text in leaves(value) if text)
    return Section(name, title, facts, tuple(tables_below(name, value)))


def tables_below(path: str, value: Mapping[str, Any]) -> Iterator[Table]:
    """A table for each list below `value` that does not read as one value, however deep it stands."""
    for name, inner in value.items():
        if isinstance(inner, Mapping) and not is_single(inner):
            yield from tables_below(f"{path}.{name}", inner)
        elif isinstance(inner, list) and not is_single(inner):
            yield table(f"{path}.{name}", label(name), inner)


def table(path: str, title: str, members: Sequence[Any], start: int = 0, rows: int = ROWS_AT_FIRST) -> Table:
    """The members from `start` on, at most `rows` of them; the columns are what any of them says."""
    shown = [dict(cells(member)) for member in members[start : start + rows]]
    said = dict.fromkeys(column for row in shown for column, text in row.items() if text)
    columns = (*(column for column in _LEADING if column in said), *(each for each in said if each not in _LEADING))
    texts = tuple(tuple(row.get(column, "") for column in columns) for row in shown)
    return Table(path, title, columns, texts, len(members), start)


def listed(declaration: Mapping[str, Any], path: str) -> list[Any] | None:
    """The list at `path`, when there is one."""
    value: Any = declaration
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, list) else None


def cells(member: Any) -> Iterator[tuple[str, str]]:
    """What one member of a list says, each under a label of its own: nothing is hidden by an equal label."""
    if not isinstance(member, Mapping):
        yield "Value", compact(member)
        return
    used: Counter[str] = Counter()
    for words, text in leaves(member, lists=True):
        used[words] += 1
        yield (words if used[words] == 1 else f"{words} ({used[words]})"), text


def leaves(value: Mapping[str, Any], above: str = "", *, lists: bool = False) -> Iterator[tuple[str, str]]:
    """Each single value below `value` with its label; with `lists`, also those in the lists below it."""
    for name, inner in value.items():
        words = f"{above}: {inline(label(name))}" if above else label(name)
        below = above if name in _SILENT else words
        if is_single(inner):
            yield words, compact(inner, name)
        elif isinstance(inner, Mapping):
            yield from leaves(inner, below, lists=lists)
        elif lists and len(inner) == 1 and isinstance(inner[0], Mapping):
            yield from leaves(inner[0], below, lists=True)
        elif lists:
            yield words, compact(inner)


def inline(words: str) -> str:
    """A label as it stands within a line: `UN number` stays, `Port` becomes `port`."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def is_single(value: Any) -> bool:
    """Whether it reads as one value: a plain one, a measure, a place, an address, or a few of those."""
    if isinstance(value, Mapping):
        names = set(value)
        return any(names <= known for known in _AS_ONE) or is_place(value)
    return not isinstance(value, list) or (len(value) <= _MOST_IN_LINE and all(map(is_single, value)))


def is_plain(value: Any) -> bool:
    return not isinstance(value, Mapping | list)


def is_place(value: Mapping[str, Any]) -> bool:
    return set(value) <= _PLACE and not isinstance(value.get("name"), Mapping)


def compact(value: Any, name: str = "") -> str:
    """Anything in one line; `name` is the element that holds it."""
    if isinstance(value, list):
        return "; ".join(filter(None, (compact(each, name) for each in value)))
    if not isinstance(value, Mapping):
        return coded(name, value)
    if is_place(value):
        return place(value)
    names = set(value)
    if names == _MEASURE and all(map(is_plain, value.values())):
        return measured(plain(value["content"]), plain(value["unit_code"]))
    return compact_element(value, names)


def compact_element(value: Mapping[str, Any], names: set[str]) -> str:
    texts = [compact(each, inner) for inner, each in value.items()]
    if any(names <= known for known in (_MEASURE, _CODED, _STATED_TIME, _PERSON)):
        return " ".join(filter(None, texts))
    if is_single(value):
        return ", ".join(filter(None, texts))
    return ", ".join(f"{inline(words)} {text}" for words, text in cells(value) if text)


def place(value: Mapping[str, Any]) -> str:
    """`MMRGN Yangon, Bo Aung Kyaw Wharf 3`; the country only where no UN/LOCODE begins with it."""
    code, name = compact(value.get("un_locode")), compact(value.get("name"))
    rest = [compact(value.get(each)) for each in ("facility_name", "facility_code", "gln", "position", "track")]
    country = "" if code else compact(value.get("country_code"))
    return ", ".join(filter(None, (f"{code} {name}".strip(), *rest, country)))


def personal(declaration: Mapping[str, Any]) -> list[str]:
    """What kinds of data about persons, health and security the declaration shows."""
    return sorted({kind for name, kind in PERSONAL.items() if declaration.get(name)})
