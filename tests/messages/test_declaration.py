"""The canonical declaration: whole, typed, and each element in its part."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import orjson
import pytest
from pydantic import ValidationError

from messages.declaration import PART_OF, PART_WITHIN, PARTS, Declaration, part_of
from messages.declaration.answers import EPCAcknowledgeBody, EPCCancelBody, EPCReceiptBody
from messages.declaration.shape import FieldShape, Kind, epc_type, records, shape

TYPES = Path(__file__).with_name("epc_types.txt")
YANGON = timezone(timedelta(hours=6, minutes=30))

PLAIN = {
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole",
    Kind.FLAG: "flag",
    Kind.INSTANT: "time",
    Kind.DAY: "time",
}


def published_types() -> dict[str, dict[str, str]]:
    """Type to its elements, inherited ones included, each with its type and [] when it repeats."""
    types: dict[str, dict[str, str]] = {}
    parents: dict[str, str] = {}
    name = ""
    for line in TYPES.read_text().splitlines():
        if line.startswith(" "):
            element, kind = line.split()
            kind = "text" if kind.startswith("code(") else kind
            types[name][element.removesuffix("[]")] = kind + ("[]" if element.endswith("[]") else "")
        elif not line.startswith("#"):
            name, _, parent = line.partition(" < ")
            types[name], parents[name] = {}, parent
    return {name: inherited(name, types, parents) for name in types}


def inherited(name: str, types: dict[str, dict[str, str]], parents: dict[str, str]) -> dict[str, str]:
    return types[name] | (inherited(parents[name], types, parents) if parents[name] else {})


def told(known: FieldShape) -> str:
    return (epc_type(known.record) if known.record else PLAIN[known.kind]) + ("[]" if known.repeated else "")


def test_the_models_carry_every_type_and_element_that_is_published():
    roots = (Declaration, EPCReceiptBody, EPCAcknowledgeBody, EPCCancelBody)
    ours = {
        epc_type(record): {each.element: told(each) for name, each in shape(record).items() if name != "header"}
        for record in records(*roots)
    }
    published = published_types()
    assert published.pop("PersonOnboardType").items() <= ours["CrewMemberDataType"].items(), "what both lists extend"
    assert ours == published


def test_imo_numbers_have_their_form():
    numbers = {number for record in records(Declaration) for each in shape(record).values() for number in each.imo}
    assert len(numbers) > 150
    assert all(re.fullmatch(r"IMO\d{4}", number) for number in numbers)


def test_every_element_has_a_part():
    assert set(PART_OF) == set(Declaration.model_fields)
    assert set(PART_OF.values()) | set(PART_WITHIN.values()) == set(PARTS)


@pytest.mark.parametrize("path", PART_WITHIN)
def test_elements_of_another_part_inside_exist(path: str):
    record = Declaration
    for step in path.split("."):
        if step != "*":
            known = shape(record)[step]
            record = known.record or record
    assert known.field == path.rpartition(".")[2]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("ship_id.imo_number", "general"),
        ("crew_list.3.nationality", "crew"),
        ("crew_list.3.person_health_particulars.treatment", "health"),
        ("passenger_list.0.person_health_particulars", "health"),
        ("cargo_data.consignment.0.cargo_item.1.gross_weight", "cargo"),
        (
            "cargo_data.consignment.0.cargo_item.1.special_cargo_details.0.comment",
            "dangerous_goods",
        ),
        ("waste_information", "waste"),
        ("", "general"),
    ],
)
def test_a_field_path_has_a_part(path: str, part: str):
    assert part_of(path) == part


def test_only_parts_that_hold_something_are_declared():
    declaration = Declaration.from_json(
        {
            "ship_id": {"ship_name": "MV Sample"},
            "health_data": {},
            "crew_list": [{"person_health_particulars": {"treatment": "rest"}}],
        }
    )
    assert declaration.parts == ("general", "crew", "health")
    assert Declaration().parts == ()


def test_a_declaration_is_never_changed_and_takes_no_unknown_field():
    with pytest.raises(ValidationError):
        Declaration.from_json({"shipid": {}})
    with pytest.raises(ValidationError):
        Declaration().voyage_number = "118E"


@pytest.mark.parametrize(
    ("said", "movement"),
    [
        ("Arrival", "arrival"),
        ("a", "arrival"),
        ("DEparture", "departure"),
        ("D", "departure"),
        ("X", None),
        (None, None),
    ],
)
def test_the_movement_is_what_the_header_says(said: str | None, movement: str | None):
    assert Declaration.from_json({"header": {"arrival_departure": said}}).movement == movement


def a_call(movement: str, *times: dict[str, str]) -> Declaration:
    stay = {"location": {"un_locode": "mm rgn"}, "arrival_time": times, "departure_time": times}
    other = {"location": {"un_locode": "SGSIN"}}
    calls = {"port_of_arrival": stay, "port_of_departure": other}
    if movement == "Departure":
        calls = {"port_of_arrival": other, "port_of_departure": stay}
    return Declaration.from_json({"header": {"arrival_departure": movement}, **calls})


@pytest.mark.parametrize("movement", ["Arrival", "Departure"])
def test_the_port_of_call_and_its_estimated_time_follow_the_movement(movement: str):
    actual = {"date_time": "2026-11-22T06:00:00Z", "time_type": "Actual"}
    estimated = {"date_time": "2026-11-23T06:00:00+06:30", "time_type": "Estimated"}
    call = a_call(movement, actual, estimated)
    assert call.port == "MMRGN"
    assert call.eta == datetime(2026, 11, 23, 6, tzinfo=YANGON)


def test_a_single_time_of_no_kind_counts_as_estimated_and_one_without_offset_as_none():
    assert a_call("Arrival", {"date_time": "2026-11-23T06:00:00Z"}).eta == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert a_call("Arrival", {"date_time": "2026-11-23T06:00:00"}).eta is None
    assert Declaration().eta is None
    assert Declaration().port is None


def test_the_flag_is_the_country_of_the_port_of_registry():
    registry = {"un_locode": "SGSIN"}
    assert Declaration.from_json({"ship_id": {"registration_port": registry}}).flag == "SG"
    assert Declaration.from_json({"ship_id": {"registration_port": registry | {"country_code": "PA"}}}).flag == "PA"
    assert Declaration().flag is None


@pytest.mark.parametrize("text", ["1990-12-13", "1990-12-13T23:30:00-08:00", "1990-12-13T00:00:00", "1990-12-13Z"])
def test_a_day_is_the_day_as_written(text: str):
    assert Declaration.from_json({"crew_list": [{"date_of_birth": text}]}).crew_list[0].date_of_birth == date(
        1990, 12, 13
    )


@pytest.mark.parametrize("text", ["1990-13-01", "13/12/1990", "19901213", "1990-W50-4", 19901213, "", "1990-12-13T"])
def test_a_day_of_another_form_is_refused(text: object):
    with pytest.raises(ValidationError):
        Declaration.from_json({"crew_list": [{"date_of_birth": text}]})


@pytest.mark.parametrize("text", ["1790000000", 1790000000, "2026-11-23", "2026-11-23 06:00", "2026-11-23T06:00+0630"])
def test_a_time_of_another_form_is_refused(text: object):
    with pytest.raises(ValidationError):
        Declaration.from_json({"next_report_time": text})


def test_a_time_keeps_its_offset_or_the_lack_of_one():
    for text in ("2026-11-23T06:00:00+06:30", "2026-11-23T06:00:00", "2026-11-23T06:00:00Z"):
        assert Declaration.from_json({"next_report_time": text}).as_json() == {"next_report_time": text}


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", " padded", "padded\n", "", "x" * 65_537, "\ufffe"])
def test_text_is_what_every_format_can_carry(text: str):
    with pytest.raises(ValidationError):
        Declaration(general_remark=text)


def test_numbers_are_exact_and_plain_in_json():
    declaration = Declaration.from_json({"beam": "22.40", "gross_tonnage": Decimal(9600), "net_tonnage": 0.1})
    assert declaration.beam == Decimal("22.4")
    assert orjson.dumps(declaration.as_json()) == b'{"beam":22.4,"gross_tonnage":9600,"net_tonnage":0.1}'
    with pytest.raises(ValidationError):
        Declaration.from_json({"beam": "1234567890.123456"})


def test_json_leaves_out_what_says_nothing_but_keeps_empty_entries():
    declaration = Declaration.from_json({"ship_id": {"registration_port": {}}, "crew_list": [{}, {"name": {}}]})
    assert declaration.as_json() == {"crew_list": [{}, {}]}


def test_equal_content_has_an_equal_digest():
    one = Declaration.from_json({"beam": "22.40", "voyage_number": "118E", "ship_id": {}})
    other = Declaration.from_json({"voyage_number": "118E", "beam": 22.4})
    assert one.digest() == other.digest()
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", one.digest())
    assert Declaration().digest() != one.digest()
