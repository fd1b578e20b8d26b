"""What a case's page shows of a declaration: designed by kind, nothing left out, nothing that odd shapes can break."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from agencies.facts import layouts
from agencies.roster import BY_CODE
from messages import samples
from tests.agencies.partners import MakeDesk
from tests.agencies.samples import HERE, a_notice, container_ship, seafarer

SAMPLE = json.loads((Path(samples.__file__).parent / "container-ship-yangon.json").read_text("utf-8"))
ODD = (
    "x",
    3,
    True,
    None,
    [],
    {},
    ["x"],
    [{}],
    [None],
    [[1]],
    {"a": {"b": [{"c": 1}, 2]}},
    [{"name": ["x"], "port": 3}],
)


def first_of(value: Any) -> Any:
    """A declaration with the first member of each of its lists."""
    if isinstance(value, dict):
        return {name: first_of(each) for name, each in value.items()}
    return [first_of(each) for each in value[:1]] if isinstance(value, list) else value


def said(html: str) -> str:
    """What a reader reads, folded or not: no tags, one blank between words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def page_of(make_desk: MakeDesk):
    """The case's page of an agency for a declaration, as HTML."""

    def page(code: str, declaration: dict[str, Any], **changes: Any) -> str:
        desk = make_desk(code)
        desk.send(a_notice(code, declaration=declaration, **changes))
        browser = desk.officer()
        answer = browser.get(desk.addresses(browser)[0])
        assert answer.status_code == 200
        return answer.text

    return page


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a declaration with the element that holds it."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from texts(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, name)
    elif isinstance(value, str):
        yield name, value


IN_OTHER_WORDS = {
    "package_type",
    "dangerous_goods_package_type",
    "unit_code",
    "gender",
    "id_document",
    "onboard_location",
}
"""Codes of which the page says the word."""
UNDER_ITS_NAME = {"un_locode", "country_code", "port_security_level", "current_ship_security_level"}


@pytest.mark.parametrize("code", BY_CODE)
def test_nothing_of_the_sample_is_left_out(page_of: Any, code: str):
    html = page_of(code, SAMPLE)
    page = said(html).casefold()
    missing = {
        (name, text)
        for name, text in texts(SAMPLE)
        if name not in IN_OTHER_WORDS | UNDER_ITS_NAME
        and not re.match(r"\d{4}-\d\d-\d\d", text)
        and " ".join(text.split()).casefold() not in page
    }
    assert missing == set()


@pytest.mark.parametrize("code", BY_CODE)
def test_an_element_that_no_design_knows_is_on_the_page(page_of: Any, code: str):
    declaration = container_ship()
    declaration["planted_by_a_test"] = {"deep": {"deeper": [{"value": "first of two"}, {"value": "second of two"}]}}
    declaration["crew_list"][0]["tattoo_seen"] = "an anchor"
    declaration["cargo_data"]["consignment"][0]["cargo_item"][0]["smell"] = "of camphor"
    declaration["general_description_of_dg"][0]["colour"] = "ochre"
    declaration["iss_certificate"]["paper"] = "blue"
    declaration["health_data"]["ship_sanitation_control_certificate"]["stamp"] = "oval"
    declaration["ship_to_ship_activity_list"][0]["hose"] = "eight inches"
    page = said(page_of(code, declaration))
    for planted in (
        "first of two",
        "second of two",
        "an anchor",
        "of camphor",
        "ochre",
        "blue",
        "oval",
        "eight inches",
    ):
        assert planted in page
    assert "Tattoo seen" in page


@pytest.mark.parametrize("code", BY_CODE)
def test_odd_shapes_break_no_page(page_of: Any, code: str):
    small = first_of(SAMPLE)
    for name in small:
        for odd in ODD:
            assert layouts.read(a_notice(code, declaration=small | {name: odd}), BY_CODE[code])
    page_of(code, {name: ODD[at % len(ODD)] for at, name in enumerate(SAMPLE)})


def test_a_person_is_one_row_with_the_state_of_the_documents(page_of: Any):
    old = [{"id_document": "MusterBook", "id_number": "B1", "issuing_country": "PH", "expiration_date": "2026-11-01"}]
    soon = [{"id_document": "Passport", "id_number": "P2", "expiration_date": "2026-11-24"}]
    leaving = seafarer(3, transit=False, debarkation_port={"un_locode": HERE, "name": "Yangon"})
    crew = [seafarer(1, person_id_document=old), seafarer(2, person_id_document=soon), leaving]
    leaves = {"departure_time": [{"date_time": "2026-11-26T01:00:00Z", "time_type": "Estimated"}]}
    html = page_of("immigration", container_ship() | {"crew_list": crew, "port_of_arrival": leaves})
    page = said(html)
    assert "1 TUN1 Aung" in page
    assert "Seaman's book B1 PH to 1 Nov 2026 ✕ expired" in page
    assert "Passport P2 to 24 Nov 2026 ! ends before departure" in page
    assert "leaves Yangon ! changes here not in transit" in page
    assert '<span title="Myanmar">MM</span>' in html


def test_consignments_are_totalled_and_dangerous_ones_marked(page_of: Any):
    page = said(page_of("customs", SAMPLE))
    assert "1 SMXYSIN265201" in page
    assert "Singapore → Yangon" in page
    assert "412 reels 17.84 t 39.9 m³ SMLU2075080 bay 01 row 01 tier 02" in page
    assert "! Dangerous: UN 1263, class 3" in page
    assert "All 29559 784.789 t 49" in page
    assert "Cigarettes ! tobacco or spirits 8400 pcs" in page
    assert "400 pcs KOVALENCHUK Ostap Hryhorovych, Master C01" in page


def test_dangerous_goods_say_what_how_much_and_where(page_of: Any):
    page = said(page_of("harbour", SAMPLE))
    assert "3 flammable liquid III 14.56 t 80 drums SMLU2221538 bay 11 row 04 tier 84 Port Klang → Yangon" in page
    assert "fore 7.6 m, midships 7.85 m, aft 8.1 m" in page
    assert "Oily bilge water (MARPOL Annex I) 4.2 m³ 2.1 m³ 1.5 m³ 18 m³ Yangon" in page


def test_health_questions_answered_yes_stand_first(page_of: Any):
    page = said(page_of("quarantine", SAMPLE))
    first = page.index("! Yes Is there, or was there, a case of disease suspected to be infectious?")
    assert first < page.index("No Has a person died on board otherwise than by accident?")
    assert "11 Min Htet Naung" in page
    assert "✓ said to be valid Number SSCEC-SGSIN-26-07715" in page


def test_security_sees_levels_and_measures_of_the_last_calls(page_of: Any):
    declaration = SAMPLE | {"port_call_list": [dict(each) for each in SAMPLE["port_call_list"]]}
    declaration["port_call_list"][1]["port_security_level"] = "SL2"
    page = said(page_of("security", declaration))
    assert "1 Port Klang, Westport container terminal 9 Dec 17:10 10 Dec 19:45 level 1" in page
    assert "8 Dec 14:30 ! level 2" in page
    assert "Extra gangway watch and container seal check at departure" in page


def test_the_decision_comes_before_the_facts_in_reading_order(page_of: Any):
    html = page_of("immigration", SAMPLE)
    order = [html.index(mark) for mark in ('id="why"', 'id="decide"', "Grant arrival", 'id="crew_list"', "folded")]
    assert order == sorted(order)


def test_parts_not_shown_are_counted(page_of: Any):
    totals = {"cargo": {"consignments": 40, "gross_weight": {"TNE": 784.789}}, "crew": {"persons": 22}}
    page = said(page_of("harbour", SAMPLE, totals=totals))
    assert "Cargo 40 consignments, gross weight 784.789 t Crew 22 persons" in page


def test_empty_lanes_are_one_line_and_the_decided_are_folded(make_desk: MakeDesk):
    desk = make_desk("immigration")
    desk.send(a_notice("immigration", declaration=container_ship()))
    assert "Nothing in: changed, routine." in said(desk.officer().get("/queue").text)
    desk.grant_first()
    html = desk.officer().get("/queue").text
    assert '<details class="card" id="decided">' in html
    assert "Nothing waits for an officer." in html
    assert "<details" not in desk.officer().get("/queue?lane=decided").text
