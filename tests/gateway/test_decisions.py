"""Decisions come back: signed, counted once, in any order, and only where they belong."""

from itertools import permutations

import orjson
import pytest
from starlette.responses import Response

from messages.exchange import AGENCY_HEADER, Keyring, Notice, Outcome, Question, new_key
from tests.gateway.window import AGENCIES, Window, a_decision


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


@pytest.fixture
def call(window: Window) -> str:
    reference = window.filed()
    window.pump()
    return reference


def notice_for(window: Window, agency: str) -> Notice:
    return window.desks[agency].received[-1]


def test_five_grants_clear_the_arrival(window: Window, call: str):
    for agency in AGENCIES:
        assert window.movement(call)["clearance"] == "pending"
        assert window.decide(notice_for(window, agency)).status_code == 200
    assert window.movement(call)["clearance"] == "cleared"
    assert {line["waiting_for"] for line in window.movement(call)["agencies"]} == {"nobody"}


def test_one_refusal_shows_at_once_with_its_reason_and_its_law(window: Window, call: str):
    words = {"reason": "No valid ISSC on board.", "legal_basis": "SOLAS XI-2, regulation 9"}
    window.decide(notice_for(window, "security"), Outcome.REFUSED, **words)
    assert window.movement(call)["clearance"] == "refused"
    line = window.line(call, "security")
    assert {name: line[name] for name in words} == words


def test_a_question_shows_at_once_and_hands_the_ball_to_the_agent(window: Window, call: str):
    question = Question(field="crew_list.3.person_id_document.0.id_number", text="The number cannot be read.")
    window.decide(notice_for(window, "immigration"), Outcome.INFORMATION_REQUESTED, questions=[question])
    line = window.line(call, "immigration")
    assert window.movement(call)["clearance"] == "information_requested"
    assert (line["waiting_for"], line["questions"]) == ("agent", [question.model_dump()])


def test_conditions_travel_with_the_clearance(window: Window, call: str):
    for agency in AGENCIES[1:]:
        window.decide(notice_for(window, agency))
    window.decide(notice_for(window, "harbour"), Outcome.GRANTED_WITH_CONDITIONS, conditions=["Tug required"])
    assert window.movement(call)["clearance"] == "cleared"
    assert window.line(call, "harbour")["conditions"] == ["Tug required"]


def test_the_order_in_which_agencies_answer_changes_nothing(database_url: str):
    outcomes = (Outcome.GRANTED, Outcome.PROVISIONAL, Outcome.GRANTED, Outcome.HELD, Outcome.REFUSED)
    window = Window(database_url)
    words = set()
    for number, order in enumerate(list(permutations(range(5)))[::8]):
        call = window.filed(number)
        window.pump()
        for place in order:
            window.decide(notice_for(window, AGENCIES[place]), outcomes[place])
        words.add(window.movement(call)["clearance"])
    window.close()
    assert words == {"refused"}


def test_a_repeat_gets_the_same_receipt_and_counts_once(window: Window, call: str):
    decision = a_decision(notice_for(window, "customs"))
    answers = [window.bring(decision) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["effect"] == "recorded"


def test_the_same_words_under_a_new_id_change_nothing(window: Window, call: str):
    notice = notice_for(window, "customs")
    window.decide(notice)
    again = window.decide(notice, id="another", sequence=2)
    assert again.json()["effect"] == "no_change"


def test_an_id_used_for_another_decision_is_refused_and_the_first_stands(window: Window, call: str):
    notice = notice_for(window, "customs")
    window.decide(notice, id="one")
    answer = window.decide(notice, Outcome.REFUSED, id="one", reason="Changed my mind")
    assert (answer.status_code, answer.json()["code"]) == (409, "MSW-AGY-105")
    assert window.line(call, "customs")["state"] == "granted"


def test_a_later_decision_stands_and_an_earlier_one_arriving_late_does_not(window: Window, call: str):
    notice = notice_for(window, "customs")
    window.decide(notice, Outcome.GRANTED, sequence=2)
    late = window.decide(notice, Outcome.INFORMATION_REQUESTED, sequence=1)
    assert late.json()["effect"] == "superseded"
    assert window.line(call, "customs")["state"] == "granted"


def test_a_grant_can_be_revoked_and_the_clearance_is_suspended(window: Window, call: str):
    for agency in AGENCIES:
        window.decide(notice_for(window, agency))
    window.decide(notice_for(window, "harbour"), Outcome.REVOKED, sequence=2, reason="Fairway closed")
    assert window.movement(call)["clearance"] == "suspended"


def test_a_decision_may_come_before_we_know_the_notice_arrived(window: Window):
    call = window.filed()
    window.desks["harbour"].script.append(Response(status_code=500))
    window.pump("harbour")
    assert window.line(call, "harbour")["state"] == "not_yet_delivered"
    assert window.decide(notice_for(window, "harbour")).status_code == 200
    assert window.line(call, "harbour")["state"] == "granted"


UNSIGNED = {
    "no signature": lambda headers: {AGENCY_HEADER: headers[AGENCY_HEADER]},
    "an unknown agency": lambda headers: headers | {AGENCY_HEADER: "coastguard"},
    "a signature of other bytes": lambda headers: headers | {"webhook-id": "other"},
    "a stale time": lambda headers: headers | {"webhook-timestamp": "1700000000"},
    "a thousand signatures": lambda headers: headers | {"webhook-signature": " ".join(["v1,AAAA"] * 1000)},
}


@pytest.mark.parametrize("fault", UNSIGNED)
def test_what_no_agency_signed_is_turned_away(window: Window, call: str, fault: str):
    decision = a_decision(notice_for(window, "customs"))
    body = orjson.dumps(decision.model_dump(mode="json"))
    headers = Keyring(window.seeded.agency_keys["customs"]).sign(decision.id, body) | {AGENCY_HEADER: "customs"}
    answer = window.client.post("/api/decisions", content=body, headers=UNSIGNED[fault](headers))
    assert (answer.status_code, answer.json()["code"]) == (401, "MSW-AGY-101")
    assert window.line(call, "customs")["state"] == "under_review"


def test_a_key_that_is_not_the_agencys_opens_nothing(window: Window, call: str):
    decision = a_decision(notice_for(window, "customs"))
    body = orjson.dumps(decision.model_dump(mode="json"))
    headers = Keyring(new_key()).sign(decision.id, body) | {AGENCY_HEADER: "customs"}
    assert window.client.post("/api/decisions", content=body, headers=headers).status_code == 401


def test_customs_cannot_decide_for_immigration(window: Window, call: str):
    answer = window.bring(a_decision(notice_for(window, "immigration")), signed_by="customs")
    assert (answer.status_code, answer.json()["code"]) == (403, "MSW-AGY-103")
    assert window.line(call, "immigration")["state"] == "under_review"


def test_a_decision_on_an_unknown_notice_is_refused(window: Window, call: str):
    answer = window.bring(a_decision(notice_for(window, "customs")).model_copy(update={"notice": "nowhere"}))
    assert (answer.status_code, answer.json()["code"]) == (404, "MSW-AGY-104")


def test_a_decision_about_another_declaration_than_the_one_sent_is_refused(window: Window, call: str):
    other = a_decision(notice_for(window, "customs"), digest="sha256:" + "0" * 64)
    assert window.bring(other).status_code == 403


def test_words_that_are_no_decision_are_refused_with_their_place(window: Window):
    body = b'{"outcome": "perhaps"}'
    headers = Keyring(window.seeded.agency_keys["customs"]).sign("x", body) | {AGENCY_HEADER: "customs"}
    answer = window.client.post("/api/decisions", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "MSW-AGY-102")
    assert "/outcome" in {each["where"]["path"] for each in answer.json()["errors"]}
