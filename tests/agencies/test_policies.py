"""What makes an officer look, agency by agency, and what does not."""

from typing import Any

import pytest

from agencies.agency import Assessment, Lane
from agencies.roster import BY_CODE, ROSTER
from tests.agencies.samples import HERE, a_notice, container_ship, quiet_declaration, seafarer


def assessed(code: str, *, movement: str = "arrival", without: str = "", **changes: Any) -> Assessment:
    """The quiet ship's assessment with some elements changed or one left out."""
    declaration = {name: value for name, value in (quiet_declaration() | changes).items() if name != without}
    return BY_CODE[code].assess(a_notice(code, declaration=declaration, movement=movement))


def health(**answers: Any) -> dict[str, Any]:
    return {"health_data": quiet_declaration()["health_data"] | answers}


def consignment(**changes: Any) -> dict[str, Any]:
    return {"cargo_data": {"consignment": [{"port_of_discharge": {"un_locode": "SGSIN"}} | changes]}}


def passport(expires: str | None) -> dict[str, Any]:
    return {"person_id_document": [{"id_number": "M1", "expiration_date": expires}]}


LOOKS = {
    "harbour": [
        ({"general_description_of_dg": [{"un_number": "1263"}]}, "Dangerous goods are on board (1 entry)."),
        ({"dangerous_goods_cargo_indicator": True}, "but none is listed"),
        ({"arrival_draught": {"aft_draught": 9.05}}, "The draught of 9.05 m is over 9.0 m."),
        ({"arrival_draught": {"aft_draught": {"content": "11.2", "unit_code": "MTR"}}}, "The draught of 11.2 m"),
        (
            {"ship_defects": {"mooring": "One winch", "navigation": "Radar"}},
            "Defects are reported: mooring, navigation.",
        ),
        ({"ship_defects": {"other": "None but the radar"}}, "Defects are reported: other."),
        ({"ship_defects": {"ability_to_transfer_cargo_ballast_fuel": False}}, "cannot transfer"),
        (
            consignment(cargo_item=[{"special_cargo_details": [{"dg_safety_data_sheet": {"un_number": "1"}}]}]),
            "(1 entry)",
        ),
    ],
    "customs": [
        (consignment(port_of_discharge={"un_locode": HERE}), "1 consignment is to be discharged here."),
        (consignment(port_of_discharge={"un_locode": "mm rgn"}), "1 consignment is to be discharged here."),
        (consignment(port_of_discharge=None), "1 consignment is to be discharged here."),
        ({"ship_store": [{"description": "Cigarettes"}]}, "Stores hold tobacco or spirits (1 line)."),
        ({"ship_store": [{"description": "Black Label", "code": "220830"}]}, "Stores hold tobacco or spirits"),
        (
            {"ship_store": [{"description": "LIQUEURS"}, {"description": "Gin"}]},
            "Stores hold tobacco or spirits (2 lines).",
        ),
        ({"dutiable_crew_effects": [{"effect_description": "Camera"}]}, "The crew declares dutiable effects (1 line)."),
    ],
    "immigration": [
        ({"passenger_list": [seafarer(9)]}, "1 passenger is on board."),
        ({"persons_onboard": {"crew": 2, "passengers": 4}}, "4 passengers are on board."),
        ({"crew_list": []}, "There is no crew list."),
        ({"persons_onboard": {"crew": 3}}, "The general declaration counts 3 crew, the list has 2."),
        ({"crew_list": [seafarer(n) for n in range(31)], "persons_onboard": {}}, "There are more than 30 crew."),
        ({"crew_list": [seafarer(1), seafarer(2, **passport("2026-11-22"))]}, "1 crew member has an expired document."),
        ({"crew_list": [seafarer(1), seafarer(2, **passport(None))]}, "1 entry lacks a name"),
        ({"crew_list": [seafarer(1), seafarer(2, nationality="")]}, "1 entry lacks a name"),
        (
            {"crew_list": [seafarer(1), seafarer(2, debarkation_port={"un_locode": HERE})]},
            "1 crew member joins or leaves here.",
        ),
        (
            {"crew_list": [seafarer(1), seafarer(2, embarkation_port={"un_locode": HERE})]},
            "1 crew member joins or leaves here.",
        ),
    ],
    "quarantine": [
        (health(person_died=True), "Answered yes: Has a person died"),
        (health(visited_infected_area="yes"), "Answered yes: Did the ship visit"),
        (health(sick_animal=None), "1 question is not answered."),
        (health(number_of_ill_persons=1), "Ill or dead persons are counted."),
        (health(re_inspection_required=True), "A re-inspection is required."),
        (health(valid_ship_sanitation_control_certificate=False), "No valid ship sanitation certificate"),
        (
            health(ship_sanitation_control_certificate={"expiry_date": "2026-11-22"}),
            "No valid ship sanitation certificate",
        ),
    ],
    "security": [
        ({"current_ship_security_level": "SL2"}, "The ship is at security level 2."),
        ({"current_ship_security_level": None}, "security level is not declared"),
        ({"iss_certificate_status": {"issc_status": False}}, "No valid International Ship Security Certificate"),
        ({"iss_certificate": {"certificate_number": "I", "expiry_date": "2026-11-22"}}, "No valid International"),
        ({"iss_certificate": None, "iss_certificate_status": None}, "No valid International Ship Security Certificate"),
        ({"port_call_list": quiet_declaration()["port_call_list"][:9]}, "9 earlier calls are listed, 10 are asked."),
        ({"port_call_list": [{"port_security_level": "SL2"}] * 10}, "10 earlier calls were made above"),
        ({"ship_to_ship_activity_list": [{"activity": "Bunkering"}]}, "1 ship-to-ship activity is reported."),
        ({"has_security_plan": False}, "no approved ship security plan"),
        ({"security_other_matters_to_report": "A drone followed us."}, "another security matter"),
    ],
}
PASSES = {
    "harbour": [
        {"arrival_draught": {"aft_draught": 9.0}},
        {"ship_defects": {"mooring": "Nil", "other": "none.", "navigation": "None known", "hull_integrity": "-"}},
        {"ship_defects": {"other": "No known defects."}},
        {"departure_draught": {"aft_draught": 12}},
        {"arrival_draught": None},
    ],
    "customs": [
        consignment(),
        {"cargo_overview": "Nil", "cargo_data": {"consignment": []}},
        {"ship_store": None},
        {"ship_store": [{"description": "Ginger and grease"}, {"description": "Drum, empty"}]},
        {"dutiable_crew_effects": []},
    ],
    "immigration": [
        {"crew_list": [seafarer(n) for n in range(30)], "persons_onboard": {"crew": 30}},
        {"crew_list": [seafarer(1), seafarer(2, **passport("2026-11-23"))]},
        {"crew_list": [seafarer(1), seafarer(2, embarkation_port={"un_locode": HERE}, embarkation_date="2026-05-01")]},
        {"persons_onboard": None},
    ],
    "quarantine": [
        health(valid_ship_sanitation_control_certificate=None),
        health(
            valid_ship_sanitation_control_certificate=None,
            ship_sanitation_control_certificate=None,
            valid_ship_sanitation_control_exemption_certificate=True,
        ),
        health(ship_sanitation_control_certificate={"expiry_date": "2026-11-01", "extended_until": "2026-12-01"}),
        health(number_of_ill_persons=0, number_of_deaths=0),
    ],
    "security": [
        {"iss_certificate_status": None},
        {"ship_to_ship_activity_list": []},
        {"has_security_plan": True, "security_other_matters_to_report": "Nil"},
        {"current_ship_security_level": "1"},
    ],
}


@pytest.mark.parametrize(
    ("code", "changes", "sentence"), [(code, *case) for code, cases in LOOKS.items() for case in cases]
)
def test_this_makes_an_officer_look(code: str, changes: dict[str, Any], sentence: str):
    assessment = assessed(code, **changes)
    assert (assessment.granted, assessment.lane) == (False, Lane.ATTENTION)
    (flag,) = [flag for flag in assessment.flags if sentence in flag.reason]
    assert flag.legal_basis
    assert sentence in assessment.reason


@pytest.mark.parametrize(("code", "changes"), [(code, case) for code, cases in PASSES.items() for case in cases])
def test_this_alone_does_not(code: str, changes: dict[str, Any]):
    assessment = assessed(code, **changes)
    assert assessment.granted, assessment.reason
    assert assessment.rule.startswith(f"{code}-")


@pytest.mark.parametrize("agency", ROSTER, ids=lambda agency: agency.code)
def test_the_container_ship_makes_every_agency_look(agency: Any):
    assessment = agency.assess(a_notice(agency.code, declaration=container_ship()))
    assert (assessment.granted, assessment.lane) == (False, Lane.ATTENTION)


def test_undeclared_cargo_is_routine_and_still_an_officers():
    assessment = assessed("customs", without="cargo_overview")
    assert (assessment.granted, assessment.lane) == (False, Lane.ROUTINE)
    assert assessment.reason == "Nothing says whether cargo is on board."


def test_customs_looks_at_what_is_loaded_when_a_ship_leaves():
    loaded = consignment(port_of_loading={"un_locode": HERE})
    assert "1 consignment is to be loaded here." in assessed("customs", movement="departure", **loaded).reason


@pytest.mark.parametrize("code", ["quarantine", "security"])
def test_what_is_asked_on_arrival_is_not_asked_when_leaving(code: str):
    notice = a_notice(code, declaration={"ship_id": {"ship_name": "Thiri Star"}}, movement="departure")
    assert BY_CODE[code].assess(notice).rule == f"{code}-not-arriving"


@pytest.mark.parametrize("code", ["quarantine", "security"])
def test_what_is_declared_when_leaving_is_looked_at_all_the_same(code: str):
    assert not BY_CODE[code].assess(a_notice(code, declaration=container_ship(), movement="departure")).granted


@pytest.mark.parametrize("agency", ROSTER, ids=lambda agency: agency.code)
def test_an_assessment_depends_on_the_notice_alone(agency: Any):
    notice = a_notice(agency.code, declaration=container_ship())
    assert agency.assess(notice) == agency.assess(notice)


def test_codes_and_titles_are_not_used_twice():
    assert len({agency.code for agency in ROSTER} | {agency.title for agency in ROSTER}) == 2 * len(ROSTER) == 10
