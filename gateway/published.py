"""The published table of who may see what, as a page of the documentation: every element by agency.

`python -m gateway.published > docs/visibility.md` writes it; a test keeps the page and the table together.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gateway.distribution import HEALTH_YES
from gateway.visibility import View, mask_of, shown, views
from messages.declaration import Declaration
from messages.declaration.parts import part_of
from messages.declaration.record import Record
from messages.declaration.shape import shape

HEAD = """# Who sees what

Each element of a declaration and the agencies whose notices hold it. Made from `gateway/visibility.toml` by
`python -m gateway.published`; a test keeps the two together. Rows are grouped: an element stands for everything
under it that is not listed by itself.

- `yes`: shown whenever it was declared.
- `if`: shown only for the entries or in the case that the table names: persons with a health entry, goods of class
  6.2 or 7, names once a health question is answered yes, consignments with dangerous goods.
- blank: never sent.
"""

Row = tuple[str, ...]


def page(table: Mapping[str, View]) -> str:
    """The whole page."""
    lines = [HEAD, "| part | element | " + " | ".join(table) + " |", "|---|---|" + "---|" * len(table)]
    lines += [
        f"| {part_of(path)} | `{path.replace('.*', '[]')}` | {' | '.join(row)} |" for path, row in _grouped(table)
    ]
    lines.append("\nCounts and sums instead of contents: " + "; ".join(_totals(table)) + ".")
    return "\n".join(lines) + "\n"


def _totals(table: Mapping[str, View]) -> Iterator[str]:
    for agency, view in table.items():
        if view.totals:
            yield f"{agency}: {', '.join(view.totals)}"


def _grouped(table: Mapping[str, View]) -> Iterator[tuple[str, Row]]:
    """Paths with their row; a subtree of which all leaves have one row is one path."""

    def walk(path: str, record: type[Record] | None) -> Iterator[tuple[str, Row]]:
        below = [] if record is None else [each for name in _steps(path, record) for each in walk(*name)]
        if record is None or len({row for _, row in below}) == 1:
            yield path, below[0][1] if below else tuple(_word(view, path) for view in table.values())
        else:
            yield from below

    for path, record in _steps("", Declaration):
        yield from walk(path, record)


def _steps(path: str, record: type[Record]) -> Iterator[tuple[str, type[Record] | None]]:
    for name, each in shape(record).items():
        way = f"{path}.{name}" if path else name
        yield way + (".*" if each.repeated else ""), each.record


def _word(view: View, path: str) -> str:
    steps = path.split(".")
    if _shows(view.always, steps, neighbours=False):
        return "yes"
    with_all = view.paths(frozenset({HEALTH_YES}))
    return "if" if _shows(with_all, steps, neighbours=True) else ""


def _shows(paths: tuple[str, ...], steps: list[str], *, neighbours: bool) -> bool:
    """Whether a document holding just this value shows it; `neighbours` fills what conditions look for."""
    document = _alone(steps, "7" if neighbours else "another value")
    if neighbours:
        _fill(document, steps)
    return _reaches(shown(document, [mask_of(paths)]), steps)


def _alone(steps: list[str], value: Any) -> Any:
    for step in reversed(steps):
        value = [value] if step == "*" else {step: value}
    return value


def _fill(document: Any, steps: list[str]) -> None:
    """Put beside the value what the table's conditions ask for."""
    beside = {
        "person_health_particulars": "value",
        "special_cargo_details": "value",
        "cargo_item": [{"special_cargo_details": "value"}],
        "un_hazard_class": "7",
    }
    here = document
    for step in steps[:-1]:
        here = here[0] if step == "*" else here[step]
        if isinstance(here, dict):
            for name, value in beside.items():
                here.setdefault(name, value)


def _reaches(value: Any, steps: list[str]) -> bool:
    for step in steps:
        if step == "*":
            value = value[0] if isinstance(value, list) and value else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value is not None


if __name__ == "__main__":
    print(page(views()), end="")  # noqa: T201 - the page is the output
