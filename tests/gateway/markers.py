"""A declaration in which every single field holds a value of its own, so that a leak names its source."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from messages.declaration import Declaration
from messages.declaration.record import Record
from messages.declaration.shape import Kind, shape


def _small(number: int) -> float:
    return round(10 + (number * 10 + 7) / 1_000_000, 6)


def _locode(number: int) -> str:
    return "MM" + "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))


IN_FORM: Mapping[str, Callable[[int], Any]] = {
    "un_locode": _locode,
    "imo_number": lambda number: with_check_digit(900_000 + number),
    "imo_company_id": lambda number: f"{5_000_000 + number}",
    "mmsi_number": lambda number: f"{506_000_000 + number}",
    "un_number": lambda number: f"{1000 + number}",
    **dict.fromkeys(
        ("expiration_date", "expiry_date", "extended_until"),
        lambda number: (date(2035, 1, 1) + timedelta(days=number)).isoformat(),
    ),
    **dict.fromkeys(("latitude", "longitude"), _small),
    **dict.fromkeys(("aft_draught", "fore_draught", "mid_ship_draught", "summer_draught", "present_draught"), _small),
}
"""Fields that rules hold to a form in which a unique value is still possible, by name."""

COUNTRIES = (
    *("country_code", "country", "nationality", "country_of_birth", "country_of_residence", "issuing_country"),
    "registration_country_code",
)
"""Fields that hold a country: there are too few countries for a marker."""


def with_check_digit(six: int) -> str:
    """An IMO number that passes its check (IMO resolution A.1117(30))."""
    digits = [int(digit) for digit in str(six)]
    return f"{six}{sum(digit * weight for digit, weight in zip(digits, range(7, 1, -1), strict=True)) % 10}"


class Markers:
    """Gives each field a unique value, and remembers which bytes would betray it."""

    def __init__(self, fixed: Mapping[str, Any]) -> None:
        self.fixed = fixed
        """Values that rules hold to a form, by the end of the path; they are not unique unless the rules let them."""
        self.planted: dict[str, bytes] = {}
        """The bytes of each unique value as JSON writes it, by path with `*` for positions of lists."""
        self._numbers = count(1)

    def declaration(self) -> dict[str, Any]:
        """The whole document as JSON."""
        return self._record(Declaration, "")

    def _record(self, record: type[Record], path: str) -> dict[str, Any]:
        filled = {}
        for name, each in shape(record).items():
            way = f"{path}.{name}" if path else name
            value = self._value(each.kind, each.record, way + (".*" if each.repeated else ""))
            filled[name] = [value] if each.repeated else value
        return filled

    def _value(self, kind: Kind, record: type[Record] | None, path: str) -> Any:
        if record is not None:
            return self._record(record, path)
        for end, value in self.fixed.items():
            if path == end or path.endswith("." + end):
                return value
        if kind is Kind.FLAG:
            return True
        name = path.removesuffix(".*").rpartition(".")[2]
        if name in COUNTRIES:
            return "MM"
        number = next(self._numbers)
        value = IN_FORM[name](number) if name in IN_FORM else self._unique(kind, number)
        self.planted[path] = str(value).removesuffix("+00:00").encode()
        return value

    @staticmethod
    def _unique(kind: Kind, number: int) -> Any:
        match kind:
            case Kind.TEXT:
                return f"marker-{number:05}-end"
            case Kind.INSTANT:
                return (datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number)).isoformat()
            case Kind.DAY:
                return (date(1950, 1, 1) + timedelta(days=number)).isoformat()
            case _:
                return 7_000_000 + number


def visible_by_documentation(page: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Rows of `docs/visibility.md`: the path with `*` for positions, and each agency's word."""
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("|")]
    agencies = table[0][2:]
    for row in table[2:]:
        yield row[1].strip("`").replace("[]", ".*"), dict(zip(agencies, row[2:], strict=True))
