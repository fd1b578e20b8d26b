"""The samples are what they claim to be: whole, true where they can be checked, and invented where they must be."""

import json
import re
from collections import Counter

import pytest

from messages import rules, samples
from messages.codes import imo_number, iso6346, un_locode
from messages.declaration import PARTS, Declaration
from messages.declaration.people import PersonOnboard
from messages.draft import declared
from messages.formats import FORMATS, Format
from messages.formats.json_document import JSON_DOCUMENT
from messages.rules import routes
from messages.samples import Sample

FORMAT: dict[str, Format] = {each.name: each for each in FORMATS}
XML = [each for each in samples.samples() if each.format == "epc_xml"]
EMPTY_OF = {
    "container-ship-yangon.xml": set(),
    "product-tanker-sihanoukville.xml": {"passengers"},
    "cruise-ship-thilawa.xml": {"cargo", "dangerous_goods"},
}
ON_BOARD = {
    "container-ship-yangon.xml": (22, 2),
    "product-tanker-sihanoukville.xml": (19, 0),
    "cruise-ship-thilawa.xml": (60, 24),
}
INVENTED = re.compile(r"\b(Sample|Specimen|Example|Model|Test|Illustrative)\b")
README = samples.samples()[0].path.with_name("README.md").read_text("utf-8")


def declaration(sample: Sample) -> Declaration:
    """The declaration a sample carries; what does not fit the model fails here."""
    draft = FORMAT[sample.format].read(sample.path.read_bytes())
    assert draft.legible
    found = declared(draft)
    assert [*map(str, (*draft.findings, *found.findings))] == []
    return found.declaration


def people(filed: Declaration) -> list[PersonOnboard]:
    return [*filed.crew_list, *filed.passenger_list]


def name(sample: Sample) -> str:
    return sample.name


@pytest.mark.parametrize("sample", samples.samples(), ids=name)
def test_a_sample_is_recognised_by_its_format_and_no_other(sample: Sample):
    raw = samples.read(sample.name)
    assert [each.name for each in FORMATS if each.recognises(raw, "")] == [sample.format]
    assert sample.media_type in FORMAT[sample.format].media_types


def test_nothing_is_read_under_a_name_no_sample_has():
    with pytest.raises(KeyError):
        samples.read("../README.md")


@pytest.mark.parametrize("sample", XML, ids=name)
def test_a_sample_has_every_part_but_what_its_ship_has_not(sample: Sample):
    assert set(PARTS) - set(declaration(sample).parts) == EMPTY_OF[sample.name]


@pytest.mark.parametrize("sample", XML, ids=name)
def test_a_sample_has_the_persons_it_promises(sample: Sample):
    filed = declaration(sample)
    assert (len(filed.crew_list), len(filed.passenger_list)) == ON_BOARD[sample.name]
    assert Counter(each.duty.text for each in filed.crew_list if each.duty)["MASTER"] == 1


def test_the_container_ship_carries_what_its_title_says():
    filed = declaration(XML[0])
    assert filed.cargo_data is not None
    assert len(filed.cargo_data.consignment) == 40
    assert len(filed.general_description_of_dg) == 6
    assert len(filed.port_call_list) == 10
    boxes = [each.marks_and_numbers for each in filed.cargo_data.transport_equipment]
    assert len(boxes) > 40
    assert all(iso6346.is_valid(box or "") for box in boxes)


@pytest.mark.parametrize("sample", XML, ids=name)
def test_identities_in_a_sample_pass_their_checks(sample: Sample):
    filed = declaration(sample)
    assert imo_number.is_ship(filed.imo_number or "")
    assert filed.company is not None
    assert imo_number.is_company(filed.company.imo_company_id or "")
    codes = {place.un_locode for _, place in routes.every(filed, routes.location) if place.un_locode}
    assert len(codes) > 4
    assert [code for code in codes if un_locode.find(code) is None] == []


@pytest.mark.parametrize("sample", XML, ids=name)
def test_every_family_name_is_on_the_list_of_invented_ones(sample: Sample):
    names = [each.name for each in people(declaration(sample)) if each.name]
    families = {each.family_name for each in names if each.family_name}
    assert [family for family in families if not re.search(rf"\b{family}\b", README)] == []


@pytest.mark.parametrize("sample", XML, ids=name)
def test_companies_and_their_addresses_are_invented_at_first_sight(sample: Sample):
    written = sample.path.read_text("utf-8")
    companies = re.findall(r"<Company>([^<]+)</Company>", written)
    mails = re.findall(r"<EMail>([^<]+)</EMail>", written)
    telephones = re.findall(r"<\w+Telephone>([^<]+)</", written)
    assert [each for each in companies if not INVENTED.search(each)] == []
    assert [each for each in mails if not each.endswith(".example")] == []
    assert [each for each in telephones if "555" not in each] == []
    assert len(companies) > 3
    assert len(mails) > 1


def test_no_two_persons_of_the_samples_share_a_document():
    shown = [
        document.id_number
        for sample in XML
        for person in people(declaration(sample))
        for document in person.person_id_document
    ]
    assert [number for number, times in Counter(shown).items() if times > 1] == []


@pytest.mark.parametrize("sample", XML, ids=name)
def test_no_two_persons_of_a_sample_share_a_name(sample: Sample):
    names = Counter(str(each.name) for each in people(declaration(sample)))
    assert [each for each, times in names.items() if times > 1] == []


@pytest.mark.parametrize("sample", XML, ids=name)
def test_the_json_sample_is_the_same_declaration(sample: Sample):
    written = sample.path.with_suffix(".json").read_bytes()
    again = JSON_DOCUMENT.write(declaration(sample))
    assert written == again, f"write JSON_DOCUMENT.write(...) of {sample.name} to {sample.path.stem}.json"


@pytest.mark.parametrize("sample", samples.samples(), ids=name)
def test_a_sound_sample_breaks_no_rule_but_the_one_it_means_to(sample: Sample):
    found = [(breach.fault.id, breach.field) for breach in rules.check(declaration(sample))]
    meant = [("MSW-HEA-003", "health_data.disease_on_board")] if sample.name.startswith("container") else []
    assert found == meant


@pytest.mark.parametrize("sample", samples.faulty(), ids=name)
def test_a_faulty_sample_has_the_faults_beside_it_and_no_others(sample: Sample):
    expected = json.loads(sample.path.with_suffix(".json").read_bytes())
    found = [
        {"rule": each.fault.id, "severity": each.fault.severity.value, "field": each.field, "value": str(each.value)}
        for each in rules.check(declaration(sample))
    ]
    wanted = expected["findings"] + expected["kept"]
    assert sorted(found, key=lambda each: each["rule"]) == sorted(wanted, key=lambda each: each["rule"])
    assert expected["document"] == sample.path.name
