"""Every agency keeps the contract with the gateway: one suite for the whole roster, on both databases."""

import json

import pytest

from agencies.roster import ROSTER
from messages.exchange import NoticeReceipt, Outcome, digest_of, new_key
from tests.agencies.partners import DeskInUse, MakeDesk
from tests.agencies.samples import a_notice, container_ship, quiet_declaration, signed

CODES = [agency.code for agency in ROSTER]


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def any_desk(make_desk: MakeDesk, code: str, database_url: str) -> DeskInUse:
    return make_desk(code, database_url)


def test_a_notice_is_receipted_for_its_very_bytes(any_desk: DeskInUse, code: str):
    notice = a_notice(code)
    answer = any_desk.send(notice)
    assert answer.status_code == 202
    receipt = NoticeReceipt.model_validate_json(answer.content)
    assert (receipt.notice, receipt.agency) == (notice.id, code)
    assert receipt.digest == digest_of(notice.model_dump_json().encode())


def test_a_repeat_gets_the_identical_receipt_though_signed_again(any_desk: DeskInUse, code: str):
    notice = a_notice(code)
    first = any_desk.send(notice)
    any_desk.watch.forward(hours=2)
    assert any_desk.send(notice).content == first.content
    assert len(any_desk.decisions()) == 1


def test_a_quiet_ship_is_granted_by_a_named_rule(any_desk: DeskInUse, code: str):
    notice = a_notice(code)
    any_desk.send(notice)
    (decision,) = any_desk.decisions()
    assert decision.outcome is Outcome.GRANTED
    assert decision.decided_by.startswith(f"rule:{code}-")
    assert (decision.notice, decision.version, decision.sequence) == (notice.id, 1, 1)
    assert decision.digest == notice.digest
    assert decision.reason
    assert decision.legal_basis


def test_the_container_ship_waits_for_an_officer_everywhere(any_desk: DeskInUse, code: str):
    any_desk.send(a_notice(code, declaration=container_ship()))
    assert any_desk.decisions() == []
    page = any_desk.officer().get("/queue").text
    assert page.count('class="ship"') == 1
    assert "Attention <b>1</b>" in page


def test_an_officer_grants_in_two_clicks_and_the_gateway_hears_of_it(any_desk: DeskInUse, code: str):
    notice = a_notice(code, declaration=container_ship())
    any_desk.send(notice)
    any_desk.grant_first()
    (decision,) = any_desk.decisions()
    assert decision.outcome is Outcome.GRANTED
    assert (decision.decided_by, decision.notice) == ("officer:A-117", notice.id)


def test_a_declaration_with_nothing_in_it_is_never_granted_without_reading(any_desk: DeskInUse, code: str):
    assert any_desk.send(a_notice(code, declaration={})).status_code == 202
    granted = {decision.agency for decision in any_desk.decisions()}
    assert granted <= {"harbour"}


@pytest.mark.parametrize("movement", ["arrival", "departure"])
def test_nonsense_in_every_element_is_taken_in_and_shown(make_desk: MakeDesk, code: str, movement: str):
    desk = make_desk(code)
    for value in (None, 7, "x", [], [None], [[1]], [{"a": {"b": [1, {"c": "d"}]}}], {"x": 1}, True, -1e300):
        odd = dict.fromkeys(container_ship(), value) | {"unheard_of": value}
        notice = a_notice(code, declaration=odd, movement=movement, port_call=json.dumps(value)[:40])
        assert desk.send(notice).status_code == 202
    browser = desk.officer()
    for address in desk.addresses(browser):
        assert browser.get(address).status_code == 200


def test_an_unsigned_notice_is_refused_before_it_is_read(any_desk: DeskInUse):
    answer = any_desk.client.post("/notices", content=b"{")
    assert (answer.status_code, answer.json()["rule"]) == (401, "MSW-AGY-001")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_key_of_another_desk_does_not_fit(any_desk: DeskInUse, code: str):
    answer = any_desk.client.post("/notices", **signed(a_notice(code), key=new_key()))
    assert (answer.status_code, answer.json()["rule"]) == (401, "MSW-AGY-001")


def test_a_notice_for_another_agency_is_refused(any_desk: DeskInUse, code: str):
    other = next(each for each in CODES if each != code)
    answer = any_desk.send(a_notice(other))
    assert (answer.status_code, answer.json()["rule"]) == (403, "MSW-AGY-002")
    assert other in answer.json()["title"]


def test_the_same_id_with_another_body_is_a_conflict_and_the_first_stays(any_desk: DeskInUse, code: str):
    notice = a_notice(code)
    first = any_desk.send(notice)
    changed = notice.model_copy(update={"declaration": quiet_declaration() | {"general_remark": "Hello"}})
    answer = any_desk.send(changed)
    assert (answer.status_code, answer.json()["rule"]) == (409, "MSW-AGY-003")
    assert any_desk.send(notice).content == first.content
