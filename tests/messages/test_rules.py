"""Rules keep what they promise: each fires on its bad example, at its field, and is silent on its good one."""

import copy
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages import rules, samples
from messages.declaration import Declaration, part_of
from messages.draft import shape_at
from messages.findings import Place
from messages.rules.examples import Example, examples, sound
from messages.rules.people import masked
from messages.rules.times import spoken

EXAMPLES = pytest.mark.parametrize("example", examples(), ids=lambda each: each.rule)
RULE = {each.id: each for each in rules.RULES}
AGENCIES = {"harbour", "customs", "immigration", "quarantine", "security"}
JSON_SAMPLES = [each.path.read_bytes() for each in samples.samples() if each.format == "json_document"]


def said(breach: rules.Breach) -> str:
    """What the sender reads: the sentence and the fix."""
    finding = breach.fault.at(Place(), field=breach.field, value=breach.value, **breach.values)
    return f"{finding.message} {finding.fix}"


def test_every_entry_of_the_catalogue_has_one_rule_and_one_example():
    assert [each.id for each in rules.RULES] == list(dict.fromkeys(each.id for each in rules.RULES))
    assert set(RULE) == set(rules.FAULTS) == {each.rule for each in examples()}


def test_the_sound_declaration_has_every_part_and_breaks_no_rule():
    assert len(sound().parts) == 10
    assert [*rules.check(sound())] == []


@EXAMPLES
def test_a_rule_is_silent_on_its_good_example(example: Example):
    assert [*RULE[example.rule](sound(example.good))] == []


@EXAMPLES
def test_a_rule_fires_once_on_its_bad_example_at_its_field(example: Example):
    assert [each.field for each in RULE[example.rule](sound(example.bad))] == [example.field]


@EXAMPLES
def test_what_a_rule_says_is_complete_and_short(example: Example):
    breach = next(RULE[example.rule](sound(example.bad)))
    finding = breach.fault.at(Place(), field=breach.field, value=breach.value, **breach.values)
    for text in (finding.message, finding.fix):
        assert len(text) <= 240
        assert not re.search(r"[{}]|\bNone\b(?! of)", text)


@EXAMPLES
def test_a_rule_points_at_a_field_of_its_part_and_at_agencies_there_are(example: Example):
    fault = RULE[example.rule].fault
    assert shape_at(example.field) is not None
    assert fault.part in {part_of(example.field), "general"}
    assert set(fault.agencies) <= AGENCIES


def test_a_value_said_back_is_the_sender_s():
    breach = next(RULE["MSW-SHP-001"](sound({"ship_id.imo_number": "IMO 9047729"})))
    assert breach.value == "IMO 9047729"
    assert "9074729 would pass" in said(breach)


def test_a_document_number_is_never_said_back_whole():
    number = "P1234567A"
    change = {"passenger_list.0.person_id_document": [{"id_document": "Passport", "id_number": number}]}
    change["crew_list.0.person_id_document"] = change["passenger_list.0.person_id_document"]
    breach = next(RULE["MSW-PAX-018"](sound(change)))
    assert number not in said(breach)
    assert "P1****7A" in said(breach)


@pytest.mark.parametrize(
    ("number", "shown"), [("P1234567A", "P1****7A"), ("AB 12", "****"), ("", ""), ("a1b2c", "A1****2C")]
)
def test_masking_keeps_the_ends_only(number: str, shown: str):
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 6, tzinfo=timezone(timedelta(hours=6, minutes=30))), "23 Nov 2026 06:00 +06:30"),
        (datetime(2026, 11, 23, 6, tzinfo=UTC), "23 Nov 2026 06:00 UTC"),
        (datetime(2026, 11, 23, 6), "23 Nov 2026 06:00"),  # noqa: DTZ001 -- a time without zone is the point
    ],
)
def test_a_time_is_said_with_its_zone(moment: datetime, words: str):
    assert spoken(moment) == words


def test_times_are_compared_as_moments_not_as_clock_faces():
    """05:00 at UTC+05 is later than 06:00 at UTC+06:30."""
    later = {"port_of_arrival.departure_time.0.date_time": "2026-12-12T05:00:00+05:00", "berth_arrival": None}
    assert [*RULE["MSW-VOY-009"](sound(later))] == []


def test_a_time_without_zone_is_reported_once_and_compared_with_nothing():
    change = {"port_of_arrival.arrival_time.0.date_time": "2026-12-30T06:00:00"}
    assert [each.fault.id for each in rules.check(sound(change))] == ["MSW-GEN-105"]


def test_an_actual_time_counts_before_an_estimate():
    change = {
        "last_port_of_call.departure_time": [
            {"date_time": "2026-12-13T16:00:00+08:00", "time_type": "Estimated"},
            {"date_time": "2026-12-08T16:00:00+08:00", "time_type": "Actual"},
        ]
    }
    assert [*rules.check(sound(change))] == []


def test_two_swapped_digits_of_an_imo_number_are_recognised():
    assert "9074729" in said(next(RULE["MSW-SHP-001"](sound({"ship_id.imo_number": "9704729"}))))


def test_an_empty_declaration_is_judged_and_told_what_it_lacks():
    found = {each.fault.id for each in rules.check(Declaration())}
    assert {"MSW-GEN-101", "MSW-VOY-001", "MSW-VOY-007", "MSW-SHP-003", "MSW-SHP-004"} <= found


def test_a_departure_is_not_asked_for_what_only_an_arrival_owes():
    departs = sound(
        {
            "header.arrival_departure": "Departure",
            "port_of_departure": {
                "location": {"un_locode": "MMRGN"},
                "departure_time": [{"date_time": "2026-12-14T18:00:00+06:30", "time_type": "Estimated"}],
            },
            "port_of_arrival": None,
            "health_data": None,
            "port_call_list": None,
            "iss_certificate": None,
            "iss_certificate_status": None,
            "cso": None,
            "current_ship_security_level": None,
        }
    )
    assert [*rules.check(departs)] == []


@st.composite
def torn(draw: st.DrawFn) -> Declaration:
    """A sound declaration from which some fields are torn out, anywhere."""
    document = copy.deepcopy(sound().as_json())
    for _ in range(draw(st.integers(1, 12))):
        tear(draw, document)
    return Declaration.from_json(document)


def tear(draw: st.DrawFn, value: Any) -> None:
    while value:
        steps = range(len(value)) if isinstance(value, list) else sorted(value)
        step = draw(st.sampled_from(steps))
        if not isinstance(value[step], dict | list) or draw(st.booleans()):
            del value[step]
            return
        value = value[step]


@given(torn())
@settings(max_examples=150, deadline=None)
def test_rules_never_stumble_over_what_is_missing(declaration: Declaration):
    for breach in rules.check(declaration):
        assert "{" not in said(breach)


@pytest.mark.parametrize("raw", JSON_SAMPLES, ids=["container", "tanker", "cruise"])
def test_rules_do_not_change_what_they_judge(raw: bytes):
    filed = Declaration.model_validate_json(raw)
    before = filed.digest()
    first = [(each.fault.id, each.field) for each in rules.check(filed)]
    assert filed.digest() == before
    assert [(each.fault.id, each.field) for each in rules.check(filed)] == first


@pytest.mark.parametrize("duty", ["Master", "CAPTAIN", "Master (Captain)", "Capt.", "MASTER MARINER"])
def test_the_master_is_known_by_any_usual_word(duty: str):
    assert [*rules.check(sound({"crew_list.0.duty.text": duty}))] == []


@pytest.mark.parametrize("duty", ["Staff Captain", "MASTER CARPENTER", "Assistant master"])
def test_a_duty_that_sounds_like_master_is_none(duty: str):
    found = [each.fault.id for each in rules.check(sound({"crew_list.1.duty.text": duty}))]
    assert found == []


def test_a_coded_duty_may_be_the_master_s():
    change = {"crew_list.0.duty": {"code": "1"}, "authenticator.authenticator_role_code": None}
    assert [*rules.check(sound(change))] == []


def test_a_ship_may_say_that_she_has_no_deadweight():
    assert [*rules.check(sound({"dead_weight": 0}))] == []
    assert [each.field for each in rules.check(sound({"dead_weight": -1}))] == ["dead_weight"]
