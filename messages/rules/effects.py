"""Rules on the crew's effects declaration (FAL 4): every article has an owner on the crew list."""

from collections.abc import Iterator

from messages.declaration import Declaration
from messages.rules.rule import Wrong, rule, wrong


@rule("MSW-EFF-001")
def every_owner_is_in_the_crew(d: Declaration) -> Iterator[Wrong]:
    crew = {each.person_reference for each in d.crew_list}
    for position, each in enumerate(d.dutiable_crew_effects):
        if each.crew_reference and each.crew_reference not in crew:
            where = f"dutiable_crew_effects.{position}.crew_reference"
            yield wrong(where, each.crew_reference, row=position + 1)


@rule("MSW-EFF-002")
def every_article_has_an_owner(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.dutiable_crew_effects):
        if not each.crew_reference:
            yield wrong(f"dutiable_crew_effects.{position}.crew_reference", None, row=position + 1)


@rule("MSW-EFF-003")
def every_article_is_named(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.dutiable_crew_effects):
        if not (each.effect_description or each.crew_effect_item_code):
            yield wrong(f"dutiable_crew_effects.{position}.effect_description", None, row=position + 1)


@rule("MSW-EFF-004")
def every_article_has_a_quantity(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.dutiable_crew_effects):
        if each.measurement is None or each.measurement.content is None:
            article = each.effect_description or each.crew_effect_item_code or "article"
            where = f"dutiable_crew_effects.{position}.measurement"
            yield wrong(where, None, row=position + 1, article=article)


RULES = (every_owner_is_in_the_crew, every_article_has_an_owner, every_article_is_named, every_article_has_a_quantity)
