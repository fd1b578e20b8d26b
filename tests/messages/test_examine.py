"""The one door: what is found, where, once, and of which part."""

from pathlib import Path

import orjson
import pytest

from messages.draft import Draft, declared, illegible, value_finding
from messages.examine import examine, judged
from messages.findings import Place, Severity, counts
from messages.formats import Format
from messages.formats.epc_xml import EPC_XML
from messages.formats.json_document import JSON_DOCUMENT

CORPUS = Path(__file__).with_name("corpus")
LITTLE = orjson.loads((CORPUS / "json_document" / "valid-little.json").read_bytes())


def in_json(**changes: object) -> bytes:
    return orjson.dumps(LITTLE | changes, option=orjson.OPT_INDENT_2)


def test_an_accepted_document_is_reported_with_its_declaration():
    report = examine(in_json())
    assert report.accepted
    assert report.declaration is not None
    assert report.declaration.ship_name == "SAMPLE EGRET"
    assert report.as_json()["verdict"] == "accepted"
    assert report.as_json()["counts"] == counts(report.findings)


def test_a_warning_does_not_refuse():
    report = examine(in_json())
    assert {each.severity for each in report.findings} == {Severity.WARNING}


def test_a_broken_rule_is_told_where_the_sender_wrote_it():
    ship = LITTLE["ship_id"] | {"imo_number": "9074728"}
    report = examine(in_json(ship_id=ship))
    assert report.declaration is None
    (finding,) = report.errors
    assert (finding.rule, finding.field, finding.value) == ("MSW-SHP-001", "ship_id.imo_number", "9074728")
    assert finding.place.path == "/ship_id/imo_number"
    assert in_json(ship_id=ship).splitlines()[finding.place.line - 1].strip() == b'"imo_number": "9074728",'


def test_a_missing_field_is_told_at_the_nearest_thing_around_it():
    master, mate = LITTLE["crew_list"]
    nameless = {name: value for name, value in mate.items() if name != "nationality"}
    report = examine(in_json(crew_list=[master, nameless]))
    places = {each.place.path for each in report.findings if each.field == "crew_list.1.nationality"}
    assert places == {"/crew_list/1"}


def test_a_field_that_could_not_be_read_is_not_called_missing_too():
    broken = orjson.loads(orjson.dumps(LITTLE["port_of_arrival"]))
    broken["arrival_time"][0]["date_time"] = "Monday"
    assert [each.rule for each in examine(in_json(port_of_arrival=broken)).errors] == ["MSW-GEN-013"]


def test_rules_still_judge_what_could_be_read():
    ship = LITTLE["ship_id"] | {"imo_number": "9074728"}
    rules = [each.rule for each in examine(in_json(ship_id=ship, beam="wide")).errors]
    assert rules == ["MSW-JSN-014", "MSW-SHP-001"]


def test_the_same_problem_in_many_places_is_one_finding_with_all_of_them():
    crew = [each | {"transit": "maybe"} for each in LITTLE["crew_list"]]
    (finding,) = examine(in_json(crew_list=crew)).errors
    assert [each.path for each in (finding.place, *finding.more)] == ["/crew_list/0/transit", "/crew_list/1/transit"]
    assert "1 more places" in str(finding)


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("crew_list.0.date_of_birth", "crew"),
        ("crew_list.0.person_health_particulars.symptoms_date", "health"),
        ("iss_certificate.issue_date", "security"),
    ],
)
def test_a_finding_belongs_to_the_part_of_its_field(field: str, part: str):
    values: dict[str, object] = {"x": "?"}
    for step in reversed(field.split(".")):
        values = {step: values.pop("x") if "x" in values else values} if step != "0" else [values]
    report = judged("sheet", Draft(values, lambda _: None))
    assert {each.part for each in report.findings if each.field == field} == {part}


def test_an_unknown_element_belongs_to_the_part_it_stands_in():
    raw = (
        (CORPUS / "epc_xml" / "valid-little.xml")
        .read_bytes()
        .replace(b"<Nationality>", b"<Tribe>x</Tribe><Nationality>", 1)
    )
    (finding,) = examine(raw).errors
    assert (finding.rule, finding.part, finding.field) == ("MSW-XML-030", "crew", "")


def test_a_draft_of_another_format_says_its_own_places():
    cell = Place(sheet="Crew", cell="I14")
    draft = Draft({"crew_list": [{"date_of_birth": "12/13/1990"}]}, {"crew_list.0": cell}.get)
    (finding,) = declared(draft).findings
    assert finding.place == cell
    assert finding.field == "crew_list.0.date_of_birth"


def test_values_that_do_not_fit_are_left_out_and_the_others_kept():
    draft = Draft(
        {
            "voyage_number": "118E",
            "beam": "wide",
            "crew_list": [{"date_of_birth": "?", "nationality": "MM"}, {"nationality": "PH"}],
            "company": {"organisation": {"tax_identifier": ["1", "", "2", " "]}},
            "cabins": 12,
        },
        lambda _: None,
    )
    declaration, findings = declared(draft)
    assert declaration.as_json() == {
        "voyage_number": "118E",
        "crew_list": [{"nationality": "MM"}, {"nationality": "PH"}],
        "company": {"organisation": {"tax_identifier": ["1", "2"]}},
    }
    assert {each.rule for each in findings} == {"MSW-GEN-012", "MSW-GEN-014", "MSW-GEN-015", "MSW-GEN-018"}


def test_what_could_not_be_read_is_not_judged():
    finding = value_finding("beam", "wide", Place(line=3))
    report = judged("sheet", illegible(finding))
    assert report.findings == (finding,)


@pytest.mark.parametrize("form", [EPC_XML, JSON_DOCUMENT], ids=lambda form: form.name)
def test_every_field_of_a_document_can_be_found_again(form: Format):
    declaration = examine((CORPUS / "json_document" / "valid-arrival.json").read_bytes()).declaration
    draft = form.read(form.write(declaration))
    fields = list(paths("", declaration.as_json()))
    places = [draft.whereabouts(field) for field in fields]
    assert len(fields) > 200
    assert all(place and place.line for place in places)
    assert len({place.path for place in places}) == len(fields)


def paths(prefix: str, value: object) -> list[str]:
    """The dotted paths of all plain values below `value`."""
    if isinstance(value, dict):
        return [path for name, each in value.items() for path in paths(f"{prefix}.{name}", each)]
    if isinstance(value, list):
        return [path for n, each in enumerate(value) for path in paths(f"{prefix}.{n}", each)]
    return [prefix.removeprefix(".")]
