"""Rules on the ship's stores declaration (FAL 3)."""

from collections.abc import Iterator

from messages.declaration import Declaration
from messages.rules.rule import Wrong, rule, wrong


@rule("MSW-STO-001")
def every_article_is_named(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.ship_store):
        if not (each.description or each.code):
            yield wrong(f"ship_store.{position}.description", None, row=position + 1)


@rule("MSW-STO-002")
def every_article_has_a_quantity(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.ship_store):
        if each.measurement is None or each.measurement.content is None:
            article = each.description or each.code or "article"
            yield wrong(f"ship_store.{position}.measurement", None, row=position + 1, article=article)


@rule("MSW-STO-003")
def every_line_has_its_own_number(d: Declaration) -> Iterator[Wrong]:
    rows: dict[int, int] = {}
    for position, each in enumerate(d.ship_store):
        if each.sequence_number is None:
            continue
        first = rows.setdefault(each.sequence_number, position)
        if first != position:
            where = f"ship_store.{position}.sequence_number"
            yield wrong(where, each.sequence_number, row=position + 1, first=first + 1)


RULES = (every_article_is_named, every_article_has_a_quantity, every_line_has_its_own_number)
