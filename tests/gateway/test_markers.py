"""Field minimisation: a marker in every field of every part, and whose received bytes hold it."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import orjson
import pytest

from gateway import published
from gateway.visibility import views
from tests.gateway.markers import Markers, visible_by_documentation
from tests.gateway.window import AGENCIES, Window

PAGE = Path(__file__).parents[2] / "docs" / "visibility.md"

HELD_TO_A_FORM = {
    "header.arrival_departure": "Arrival",
    "header.sender_id": "SHWETAWWIN",
    "port_of_arrival.location.un_locode": "MMRGN",
    "port_of_arrival.arrival_time.*.time_type": "Estimated",
    "next_port_of_call.arrival_time.*.date_time": "2033-01-01T00:00:00+00:00",
    "next_port_of_call.departure_time.*.date_time": "2033-01-02T00:00:00+00:00",
    "last_port_delivered.arrival_time.*.date_time": "2019-12-31T00:00:00+00:00",
    "last_port_delivered.departure_time.*.date_time": "2020-01-01T00:00:00+00:00",
    "gross_tonnage": 40_000,
    "net_tonnage": 20_000,
    "persons_onboard.crew": 1,
    "persons_onboard.passengers": 1,
    "persons_onboard.number_of_persons_onboard": 2,
    "crew_list.*.duty.text": "MASTER",
    "crew_list.*.person_reference": "C01",
    "dutiable_crew_effects.*.crew_reference": "C01",
    "number_of_items": 1,
    "un_class": "3",
    "un_hazard_class": "7",
    "packing_group": "II",
    "security_level": "SL1",
    "port_security_level": "SL1",
    "current_ship_security_level": "SL1",
}
"""What rules and the demo's seed ask of a declaration that is to be filed; these values are not unique."""


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def test_the_documentation_is_the_table_that_is_applied():
    assert PAGE.read_text() == published.page(views())


def test_each_agency_receives_exactly_the_fields_the_documentation_grants_it(window: Window, record_property: Callable):
    markers = Markers(HELD_TO_A_FORM)
    document = orjson.dumps(markers.declaration())
    answer = window.file(document, **{"content-type": "application/json"})
    assert answer.status_code == 202, answer.text
    window.pump()
    received = {code: desk.raw[0] for code, desk in window.desks.items()}

    granted = dict(visible_by_documentation(PAGE.read_text()))
    surprises = []
    seen: Counter[str] = Counter()
    for path, marker in markers.planted.items():
        row = granted[nearest(path, granted)]
        for agency in AGENCIES:
            found = marker in received[agency]
            seen[agency] += found
            if found != bool(row[agency]):
                surprises.append(f"{path} {'reached' if found else 'did not reach'} {agency}")
    record_property("markers", len(markers.planted))
    record_property("seen", dict(seen))
    assert surprises == []
    assert len(markers.planted) > 900


def nearest(path: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    """The row that speaks of `path`: itself, or the nearest element around it."""
    while path not in rows:
        path = path.rpartition(".")[0]
        assert path, "every element has a row"
    return path


NEVER = {
    "harbour": ("crew_list", "passenger_list", "health_data", "ship_store", "dutiable_crew_effects"),
    "customs": ("health_data", "passenger_list", "port_call_list", "iss_certificate"),
    "immigration": ("cargo_data", "ship_store", "port_call_list", "waste_information"),
    "quarantine": ("cargo_data", "ship_store", "port_call_list", "waste_information"),
    "security": ("health_data", "ship_store", "dutiable_crew_effects"),
}


@pytest.mark.parametrize("agency", AGENCIES)
def test_what_an_agency_has_no_business_with_is_not_in_its_notice_at_all(window: Window, agency: str):
    window.filed()
    window.pump(agency)
    notice = window.desks[agency].received[0]
    assert {name for name in NEVER[agency] if name in notice.declaration} - {"health_data"} == set()
    if agency != "quarantine":
        assert b"person_health_particulars" not in window.desks[agency].raw[0]


def test_every_agency_learns_which_parts_were_declared_but_not_what_they_say(window: Window):
    window.filed()
    window.pump()
    for desk in window.desks.values():
        notice = desk.received[0]
        assert set(notice.parts) >= {"general", "crew", "health", "security"}
        assert set(notice.visible) < set(notice.parts)


def test_the_harbour_master_gets_sums_of_the_cargo_instead_of_its_owners(window: Window):
    window.filed()
    window.pump("harbour")
    totals = window.desks["harbour"].received[0].totals
    assert totals["cargo"]["consignments"] == 40
    assert totals["crew"] == {"persons": 22}
    assert b"consignee" not in window.desks["harbour"].raw[0]
