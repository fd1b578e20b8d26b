"""The list of findings as a page of the documentation: `python -m tests.docs.findings_page > docs/findings.md`.

Made here and not in a package, because no package may know all the others: the gateway's rule book holds the
messages' catalogues and its own, the desks keep theirs to themselves.
"""

from collections.abc import Iterable, Iterator

from agencies import refusals as desk
from gateway import rulebook
from messages.findings import Fault

HEAD = """# Findings

Every fault that Fairway tells a sender of, by area. Ids are stable. Made by `python -m tests.docs.findings_page`
from the catalogues that the finders themselves read; a test keeps the page up to date. A running gateway shows the
same entries at `/rules/<id>`, except those of the desks.

- `error`: the document or request is declined. `warning`: filed, and officers see the finding. `advice`: filed; the
  data could be better.
- Words in braces stand for values of the case: `{value}` is what the sender wrote, shortened to 60 characters.
- Agencies are those that need what the rule guards; blank where that is no single agency's matter.
"""

DESKS = """## At an agency's desk

What a desk of `agencies/` answers to the gateway, to its officers and to other programs. The status is that of the
HTTP answer. A desk of another maker has words of its own.{shared}

| id | status | sentence | fix |
|---|---|---|---|"""

SHARED = """ Desks count their ids by themselves: {ids} stand for something
else in the section before this one."""


def page() -> str:
    """The whole page."""
    sections = [HEAD, *(_section(title, faults) for title, faults in rulebook.by_area().items())]
    desks = DESKS.format(shared=SHARED.format(ids=", ".join(shared)) if (shared := shared_ids()) else "")
    return "\n".join([*sections, desks, *map(_desk_row, desk_faults())]) + "\n"


def desk_faults() -> list[desk.Fault]:
    """The desks' entries by id."""
    kept = (each for each in vars(desk).values() if isinstance(each, desk.Fault))
    return sorted(kept, key=lambda fault: fault.id)


def shared_ids() -> list[str]:
    """Ids that mean one thing at the gateway and another at a desk."""
    return sorted({fault.id for fault in desk_faults()} & rulebook.RULES.keys())


def _section(title: str, faults: Iterable[Fault]) -> str:
    head = (f"## {title}\n", "| id | severity | sentence | fix | source | agencies |", "|---|---|---|---|---|---|")
    return "\n".join((*head, *_rows(faults))) + "\n"


def _rows(faults: Iterable[Fault]) -> Iterator[str]:
    for fault in faults:
        yield _row(fault.id, fault.severity.value, fault.says, fault.fix, fault.source, ", ".join(fault.agencies))


def _desk_row(fault: desk.Fault) -> str:
    return _row(fault.id, str(fault.status), fault.says, fault.fix)


def _row(*cells: str) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(cell: str) -> str:
    """The cell without what Markdown would take for its own."""
    for mark in "|<>*_":
        cell = cell.replace(mark, f"\\{mark}")
    return cell


if __name__ == "__main__":
    print(page(), end="")
