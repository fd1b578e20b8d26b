"""Reading a declaration without trust.

The notice carries the canonical declaration as JSON: ISO 28005 EPC names in snake_case. Any element may be
missing, of another shape, or nonsense; an `Element` answers "nothing" instead of failing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from messages.exchange import Notice

_NOTHING = re.compile(
    r"(nil|none|no|n/?a|nothing|not applicable|-+|no( known)? (defects?|deficienc(y|ies)))?"
    r"( (known|reported|observed|declared|to report))?[\s.]*",
    re.IGNORECASE,
)
"""Ways of writing that there is nothing to say."""
_YES, _NO = {"true", "1", "yes", "y"}, {"false", "0", "no", "n"}

LONGEST_NUMBER = 40
BEYOND_COUNTING = 10**12


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the declaration. Paths are names joined by points: `name.family_name`."""

    value: Any

    def at(self, path: str) -> "Element":
        """The element at `path`, which holds nothing when there is none."""
        value = self.value
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return Element(value)

    def items(self, path: str) -> tuple["Element", ...]:
        """The members of the list at `path`; a list wrapped in its single element is unwrapped."""
        value = self.at(path).value
        if isinstance(value, Mapping) and len(value) == 1:
            only = next(iter(value.values()))
            value = only if isinstance(only, list) else value
        if isinstance(value, list):
            return tuple(Element(each) for each in value if each not in (None, "", {}))
        return (Element(value),) if isinstance(value, Mapping) and value else ()

    def text(self, *paths: str) -> str:
        """The first text or number at one of `paths`, trimmed; empty when there is none."""
        for path in paths:
            value = self.at(path).value
            if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool):
                return str(value).strip()
        return ""

    def said(self, path: str) -> str:
        """The text at `path`, empty also when it only says that there is nothing (`nil`, `none`)."""
        text = self.text(path)
        return "" if _NOTHING.fullmatch(text) else text

    def number(self, path: str) -> Decimal | None:
        """The number at `path`, also out of a measure (`content`), when it is of a size that means something."""
        text = self.text(path, f"{path}.content")
        try:
            number = Decimal(text) if len(text) <= LONGEST_NUMBER else None
        except InvalidOperation:
            return None
        sensible = number is not None and number.is_finite() and abs(number) < BEYOND_COUNTING
        return number if sensible else None

    def whole(self, path: str) -> int | None:
        """The whole number at `path`, fractions cut off."""
        number = self.number(path)
        return None if number is None else int(number)

    def yes(self, path: str) -> bool | None:
        """The answer at `path`; None when it was not given or cannot be read."""
        value = self.at(path).value
        word = str(value).strip().lower() if isinstance(value, bool | str | int) else ""
        return True if word in _YES else False if word in _NO else None

    def time(self, path: str) -> datetime | None:
        """The date or time at `path`, in UTC; what gives no zone is taken as UTC."""
        try:
            moment = datetime.fromisoformat(self.text(path))
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return None

    def port(self, path: str) -> str:
        """The UN/LOCODE of the location at `path`, five characters, or empty."""
        there = self.at(path)
        code = there.text("un_locode", "location.un_locode")
        return "".join(code.split()).upper()

    def __bool__(self) -> bool:
        return self.value not in (None, "", [], {})


def declared(notice: Notice) -> Element:
    """The declaration of `notice`, as far as it is shown."""
    return Element(notice.declaration)


def moment_of(notice: Notice) -> datetime:
    """When the ship arrives or leaves, as far as known; certificates must be valid then."""
    return notice.eta or notice.sent_at


def expires_before(holder: Element, moment: datetime, *paths: str) -> bool:
    """Whether the latest of the expiry dates at `paths` lies before the day of `moment`."""
    ends = [end.date() for path in paths if (end := holder.time(path))]
    return bool(ends) and max(ends) < moment.astimezone(UTC).date()
