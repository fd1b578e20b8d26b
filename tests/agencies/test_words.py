"""How pages say things, and the catalogue of refusals."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agencies import refusals
from agencies.changes import changes
from agencies.refusals import Fault
from agencies.views import sections
from agencies.words import in_port_time, in_zone, label, measured, moment, packed, until

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
FAULTS = [value for value in vars(refusals).values() if isinstance(value, Fault)]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Yangon", "23 Nov 2026 06:00 Yangon (UTC+06:30)"),
        ("Asia/Phnom_Penh", "23 Nov 2026 06:30 Phnom Penh (UTC+07:00)"),
        ("America/St_Johns", "22 Nov 2026 20:00 St Johns (UTC-03:30)"),
        ("UTC", "22 Nov 2026 23:30 UTC"),
        ("Nowhere/At_All", "22 Nov 2026 23:30 UTC"),
    ],
)
def test_times_are_said_in_the_ports_zone(zone: str, text: str):
    assert in_zone(AT, zone) == text


@pytest.mark.parametrize(
    ("away", "text"),
    [
        (timedelta(minutes=59), "in 59 min"),
        (timedelta(hours=3, minutes=10), "in 3 h 10 min"),
        (timedelta(days=5), "in 5 days"),
        (timedelta(hours=-2), "2 h 0 min ago"),
    ],
)
def test_the_time_left_is_said_in_one_unit_or_two(away: timedelta, text: str):
    assert until(AT + away, AT) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027-01-31", "31 Jan 2027"),
        ("2027-01-31T00:00:00Z", "31 Jan 2027"),
        ("2027-01-31T06:30:00Z", "31 Jan 2027 06:30 UTC"),
        ("2027-99-31", "2027-99-31"),
    ],
)
def test_dates_are_said_so_that_day_and_month_cannot_be_swapped(text: str, said: str):
    assert moment(text) == said


@pytest.mark.parametrize(("name", "said"), [("place_of_birth", "Place of birth"), ("un_number", "UN number"), ("", "")])
def test_elements_are_named_in_words(name: str, said: str):
    assert label(name) == said


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"beam": 20}, {"beam": 21}, ["Beam: was 20, now 21."]),
        ({}, {"beam": 21}, ["Beam: now 21."]),
        ({"crew_list": [1]}, {}, ["Crew list: no longer declared."]),
        ({}, {"crew_list": [{"visa": []}]}, ["Crew list: declared now."]),
        ({"crew_list": [1, 2, 3]}, {"crew_list": [3, 4]}, ["Crew list: 1 line is new, 2 of the earlier ones gone."]),
        ({"crew_list": [1, 2]}, {"crew_list": [2, 1]}, ["Crew list: in another order."]),
        ({"x": {"y": {"z": 1, "w": 2}}}, {"x": {"y": {"z": 2, "w": 2}}}, ["X: Y: Z: was 1, now 2."]),
        ({"x": [1]}, {"x": {"a": 1, "b": [2]}}, ["X: changed."]),
    ],
)
def test_what_changed_is_one_line_per_element(before: dict[str, Any], after: dict[str, Any], lines: list[str]):
    assert list(changes(before, after)) == lines


def test_places_measures_and_codes_read_as_one_value():
    (section,) = sections(
        {
            "x": {
                "quantity": {"content": 5, "unit_code": "KGM"},
                "port": {"un_locode": "SGSIN", "name": "Singapore"},
                "duty": {"text": "Master", "code": "MST"},
                "name": {"family_name": "Tun"},
                "arrival_time": [{"date_time": "2026-12-14T05:30:00+06:30", "time_type": "Estimated"}],
                "subsidiary_risks": ["3", "8"],
                "deep": {"inner": {"value": True}},
            }
        }
    )
    assert section.tables == ()
    assert section.facts == (
        ("Quantity", "5 kg"),
        ("Port", "SGSIN Singapore"),
        ("Duty", "Master MST"),
        ("Family name", "Tun"),
        ("Arrival time", "14 Dec 2026 05:30 UTC+06:30 estimated"),
        ("Subsidiary risks", "3; 8"),
        ("Deep: inner: value", "yes"),
    )


def test_a_list_of_one_reads_as_facts_and_lists_however_deep_are_tables():
    one, deep = sections({"berth": [{"place": "Wharf 3", "depth": 9}], "x": {"y": {"z": [{"a": 1}, {"a": 2}]}}})
    assert (one.facts, one.tables) == ((("Place", "Wharf 3"), ("Depth", "9")), ())
    assert [(table.path, table.rows) for table in deep.tables] == [("x.y.z", (("1",), ("2",)))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-12-13T23:00:00Z", "14 Dec 05:30"),
        ("2025-12-13T23:00:00Z", "14 Dec 2025 05:30"),
        ("2026-12-13T00:00:00Z", "2026-12-13T00:00:00Z"),
        ("2026-12-13T23:00:00", "2026-12-13T23:00:00"),
        ("0001-01-01T00:30:00+14:00", "0001-01-01T00:30:00+14:00"),
        ("no time", "no time"),
    ],
)
def test_moments_are_said_in_the_ports_zone_and_dates_are_left_alone(text: str, said: str):
    assert in_port_time({"a": [text]}, "Asia/Yangon", 2026) == {"a": [said]}


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        ("412", "RL", "412 reels"),
        ("1", "DR", "1 drum"),
        ("2", "BX", "2 boxes"),
        ("0", "VL", "0 bulk liquid"),
        ("3", "ZZ", "3 ZZ"),
    ],
)
def test_packages_are_said_in_words(number: str, kind: str, said: str):
    assert packed(number, kind) == said


@pytest.mark.parametrize(
    ("unit", "said"), [("KGM", "5 kg"), ("MTQ", "5 m³"), ("C62", "5"), ("DZN", "5 dozen"), ("QQQ", "5 QQQ")]
)
def test_units_stand_beside_their_numbers(unit: str, said: str):
    assert measured("5", unit) == said


def test_refusals_have_an_id_each():
    assert len({fault.id for fault in FAULTS}) == len(FAULTS)
    assert all(re.fullmatch(r"MSW-AGY-\d{3}", fault.id) for fault in FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_refusals_speak_plainly(fault: Fault):
    for sentence in (fault.says, fault.fix):
        assert len(sentence) <= 240
        assert not re.search(r"\b(invalid|illegal|please|oops)\b|!", sentence, re.IGNORECASE)
        assert sentence.endswith(".")


def test_a_party_reads_as_one_line_and_equal_labels_hide_nothing():
    consignee = {"company": "Lotus Co", "person": {"given_name": "Mya"}, "address": {"city_name": "Yangon"}}
    item = {"number": "1", "goods_type": {"description": "Tiles"}, "consignee": consignee}
    (section,) = sections({"cargo": [{"number": "C1", "description": "Pallets", "cargo_item": [item]}, {}]})
    (table,) = section.tables
    assert table.columns == ("Description", "Number", "Number (2)", "Description (2)", "Consignee")
    assert table.rows == (("Pallets", "C1", "1", "Tiles", "Lotus Co, Mya, Yangon"), ("",) * 5)


def test_what_the_agency_reads_first_stands_first():
    declaration = {
        "beam": 20,
        "agent": {"company": "A"},
        "deep": {"a": {"b": 1}},
        "crew_list": [{"transit": True}],
        "empty": {},
    }
    assert [each.name for each in sections(declaration, ("crew_list", "absent"))] == ["crew_list", "general", "deep"]
