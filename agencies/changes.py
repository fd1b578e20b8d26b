"""What changed between two versions of what an agency sees, in one line per element."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from agencies.agency import counted
from agencies.views import compact, is_single
from agencies.words import label


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each element that is not what it was."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield f"{label(name)}: {difference(old, new)}."


def difference(old: Any, new: Any) -> str:
    if old in (None, [], {}):
        return "declared now" if not (new is not None and is_single(new)) else f"now {compact(new)}"
    if new in (None, [], {}):
        return "no longer declared"
    if isinstance(old, list) and isinstance(new, list):
        return of_lists(old, new)
    if is_single(old) and is_single(new):
        return f"was {compact(old)}, now {compact(new)}"
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return "; ".join(line.rstrip(".") for line in changes(old, new))
    return "changed"


def of_lists(old: list[Any], new: list[Any]) -> str:
    """How many members came and went; one that was edited counts as both."""
    earlier, later = Counter(map(written, old)), Counter(map(written, new))
    came, went = (later - earlier).total(), (earlier - later).total()
    if not came and not went:
        return "in another order"
    return f"{counted(came, 'line is', 'lines are')} new, {went} of the earlier ones gone"


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
