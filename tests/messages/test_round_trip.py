"""Whatever a declaration says, every format carries it whole."""

from datetime import UTC, timedelta, timezone
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from messages.declaration import Declaration
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, Kind, shape
from messages.draft import declared
from messages.formats import FORMATS, Format
from messages.formats.epc_xml import EPC_XML
from messages.formats.epc_xml.door import parsed
from messages.formats.epc_xml.schema import schema

CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r\x85"
)
TEXT = st.text(CHARACTERS).map(str.strip).filter(bool)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))

VALUES: dict[Kind, SearchStrategy[object]] = {
    Kind.TEXT: TEXT,
    Kind.FLAG: st.booleans(),
    Kind.WHOLE: st.integers(-(2**31), 2**31 - 1),
    Kind.NUMBER: st.builds(Decimal.scaleb, st.integers(1 - 10**15, 10**15 - 1).map(Decimal), st.integers(-6, 0)),
    Kind.INSTANT: st.datetimes(timezones=st.one_of(st.none(), st.just(UTC), OFFSETS)),
    Kind.DAY: st.dates(),
}


@cache
def records_of(record: type[Record]) -> SearchStrategy[dict[str, object]]:
    """A few fields of `record`, each with a value that says something."""
    known = shape(record)
    names = st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=4, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: values_of(known[name]) for name in chosen}))


def values_of(known: FieldShape) -> SearchStrategy[object]:
    value = VALUES[known.kind] if known.record is None else st.deferred(lambda: records_of(known.record))
    if not known.repeated:
        return value
    entry = value if known.record is None else st.one_of(st.just({}), value)
    return st.lists(entry, min_size=1, max_size=3)


DECLARATIONS = records_of(Declaration).map(Declaration.model_validate)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@given(declaration=DECLARATIONS)
@MANY
def test_a_declaration_comes_back_as_it_was_written(form: Format, declaration: Declaration):
    draft = form.read(form.write(declaration))
    assert draft.findings == ()
    assert declared(draft) == (declaration, ())


@given(declaration=DECLARATIONS)
@MANY
def test_what_is_written_as_xml_passes_the_published_schema(declaration: Declaration):
    assert schema().validate(parsed(EPC_XML.write(declaration)))


@given(declaration=DECLARATIONS)
@MANY
def test_json_and_digest_survive_a_round_trip(declaration: Declaration):
    again = Declaration.from_json(declaration.as_json())
    assert again == declaration
    assert again.digest() == declaration.digest()
