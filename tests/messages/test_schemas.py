"""The published schemas say what the models say."""

from pathlib import Path

import orjson
import pytest
import xmlschema
from lxml import etree

from messages.declaration import Declaration
from messages.declaration.shape import records, shape
from messages.formats.epc_xml.door import Unreadable, parsed
from messages.formats.epc_xml.names import ANSWERS
from messages.formats.epc_xml.pieces import containers, piece_types
from messages.formats.epc_xml.schema import SCHEMA, schema
from messages.schemas import PUBLISHED

SLOW = xmlschema.XMLSchema(SCHEMA.read_text(), allow="none", defuse="always")
XS = {"xs": "http://www.w3.org/2001/XMLSchema"}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_the_schema_in_the_repository_is_the_one_the_models_make(path: Path):
    assert path.read_bytes() == PUBLISHED[path](), "run: python -m messages.schemas"


def test_the_reader_uses_the_published_schema():
    assert SCHEMA in PUBLISHED


def test_the_xml_schema_names_the_imo_numbers_of_every_element():
    told = set(etree.parse(SCHEMA).xpath("//xs:appinfo/text()", namespaces=XS))
    roots = (Declaration, *ANSWERS.values())
    assert told == {number for record in records(*roots) for each in shape(record).values() for number in each.imo}


def test_both_schemas_say_that_they_are_not_the_iso_schema():
    for path in PUBLISHED:
        assert "not the ISO schema" in " ".join(path.read_text().split())


def test_every_reference_of_the_json_schema_leads_somewhere():
    schema = orjson.loads(next(path for path in PUBLISHED if path.suffix == ".json").read_bytes())
    references = set(references_in(schema))
    assert references
    assert {each.removeprefix("#/$defs/") for each in references} <= schema["$defs"].keys()


def references_in(value: object) -> list[str]:
    if isinstance(value, dict):
        here = [value["$ref"]] if "$ref" in value else []
        return here + [each for inner in value.values() for each in references_in(inner)]
    return []


SAMPLES = sorted((Path(__file__).with_name("corpus") / "epc_xml").glob("*.xml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_fast_validator_and_the_slow_one_agree(sample: Path):
    try:
        root = parsed(sample.read_bytes())
    except Unreadable:
        root = etree.Element("unreadable")
    verdicts = {schema().validate(root), SLOW.is_valid(root)}
    assert len(verdicts) == 1


def test_every_piece_of_a_message_is_a_type_of_the_published_schema():
    types = {each.get("name") for each in etree.parse(SCHEMA).findall("xs:complexType", XS)}
    types |= {each.get("name") for each in etree.parse(SCHEMA).findall("xs:simpleType", XS)}
    named = {name for name in piece_types().values() if name.startswith("epc:")}
    assert {name.removeprefix("epc:") for name in named} <= types
    assert not piece_types().keys() & containers().keys()
