"""The queue and the case as an officer sees them, and what becomes of the forms."""

import re
import threading
from html import unescape
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from agencies.records import Audit
from messages.exchange import Outcome
from tests.agencies.partners import DeskInUse, MakeDesk
from tests.agencies.samples import ETA, a_notice, container_ship, quiet_declaration, seafarer


def text_of(page: Any) -> str:
    """What a reader reads: no tags, one blank between words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.fixture
def waiting(make_desk: MakeDesk) -> DeskInUse:
    """Immigration with the container ship in its queue."""
    desk = make_desk("immigration")
    desk.send(a_notice("immigration", declaration=container_ship()))
    return desk


def decide(desk: DeskInUse, browser: TestClient, **fields: str) -> Any:
    (address,) = desk.addresses(browser)
    return browser.post(f"{address}/decisions", data=desk.form(browser, address) | fields)


def test_a_row_says_which_ship_when_why_and_what(waiting: DeskInUse):
    row = text_of(waiting.officer().get("/queue"))
    assert "Thiri Star IMO 9074729 · MMRGN-26-000417 · arrival" in row
    assert "in 8 h 0 min 23 Nov 2026 12:30 Yangon (UTC+06:30)" in row
    assert "! Attention 1 Something in the notice makes an officer look." in row
    assert "2 passengers are on board." in row
    assert "22 crew · 2 passengers · 0 expired documents" in row


def test_lanes_are_sorted_by_the_time_left(desk: DeskInUse):
    for hours in (9, 2, 30):
        eta = ETA.replace(hour=0) if hours == 2 else ETA.replace(day=24 + hours // 24, hour=9)
        desk.send(a_notice("customs", declaration=container_ship(), eta=eta, port_call=f"call {hours}"))
    desk.send(a_notice("customs", declaration=container_ship(), eta=None, port_call="call without"))
    assert re.findall(r"call \w+", text_of(desk.officer().get("/queue"))) == [
        "call 2",
        "call 9",
        "call 30",
        "call without",
    ]


def test_the_case_shows_what_was_declared_in_words(waiting: DeskInUse):
    browser = waiting.officer()
    page = text_of(browser.get(waiting.addresses(browser)[0]))
    assert "Crew 22" in page
    assert "Name and rank Nationality Born Documents 1 TUN0 Aung" in page
    assert "MM 5 Apr 1990 Passport M000000 to 31 Jan 2029" in page
    assert "Is a person ill on board now? yes" in page
    assert "FAL Convention, annex, 2.7 (FAL form 6)" in page


def test_the_button_says_what_granting_does(waiting: DeskInUse):
    browser = waiting.officer()
    page = browser.get(waiting.addresses(browser)[0]).text
    assert '<button class="main">Grant arrival, 22 crew, 2 passengers</button>' in page


def test_a_long_list_is_read_page_by_page(make_desk: MakeDesk):
    desk = make_desk("immigration")
    people = [seafarer(n) for n in range(450)]
    desk.send(a_notice("immigration", declaration=quiet_declaration() | {"passenger_list": people}))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    assert "All 450: passenger list" in text_of(browser.get(address))
    last = text_of(browser.get(f"{address}/lists/passenger_list?page=2"))
    assert "450 TUN449" in last
    assert "Further rows" not in last
    assert browser.get(f"{address}/lists/passenger_list?page=77").status_code == 200
    assert browser.get(f"{address}/lists/persons_onboard.crew").status_code == 404


def test_granting_moves_the_case_to_decided(waiting: DeskInUse):
    page = text_of(waiting.grant_first())
    assert "Granted on version 1, 23 Nov 2026 04:30 Yangon (UTC+06:30), by officer:A-117" in page
    assert "Decided 1" in text_of(waiting.officer().get("/queue"))
    waiting.decisions()
    browser = waiting.officer()
    assert "received by the gateway" in text_of(browser.get(waiting.addresses(browser)[0]))


def test_conditions_travel_one_by_one(waiting: DeskInUse):
    browser = waiting.officer()
    answer = decide(waiting, browser, outcome="granted_with_conditions", conditions="No shore leave.\n\n Report at 8. ")
    assert answer.status_code == 200
    (decision,) = waiting.decisions()
    assert decision.outcome is Outcome.GRANTED_WITH_CONDITIONS
    assert decision.conditions == ("No shore leave.", "Report at 8.")


def test_a_case_with_a_question_can_be_decided_again(waiting: DeskInUse):
    browser = waiting.officer()
    decide(waiting, browser, outcome="information_requested", questions="Where did row 3 board?")
    decide(waiting, browser, outcome="refused", reason="No answer came.", legal_basis="FAL 3.1")
    first, second = waiting.decisions()
    assert [question.text for question in first.questions] == ["Where did row 3 board?"]
    assert (second.sequence, second.outcome) == (2, Outcome.REFUSED)
    assert (second.reason, second.legal_basis) == ("No answer came.", "FAL 3.1")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": "refused", "reason": "Forged <seal>"}, "Name what the refusal rests on"),
        ({"outcome": "refused", "legal_basis": "FAL 3.1"}, "Say why, in words the agent can act on."),
        ({"outcome": "refused", "reason": "x" * 2001, "legal_basis": "FAL"}, "Use at most 2000 characters"),
        ({"outcome": "refused", "reason": "a\0b", "legal_basis": "FAL"}, "Leave out control characters."),
        ({"outcome": "granted_with_conditions", "conditions": " \n "}, "Write at least one"),
        ({"outcome": "granted_with_conditions", "conditions": "x\n" * 21}, "Write at most 20 lines; there are 21."),
        ({"outcome": "information_requested", "questions": ""}, "Write at least one"),
        ({"outcome": "information_requested", "questions": "x" * 2001}, "Use at most 2000 characters"),
        ({"outcome": "revoked"}, "Choose one of the four decisions."),
        ({}, "Choose one of the four decisions."),
    ],
)
def test_a_form_that_lacks_something_comes_back_as_it_was(waiting: DeskInUse, fields: dict[str, str], sentence: str):
    answer = decide(waiting, waiting.officer(), **fields)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "<title>Error: " in page
    assert page.count(sentence) >= 1
    for name, typed in fields.items():
        assert name == "outcome" or typed in page
    assert waiting.decisions() == []


def test_a_form_sent_twice_records_once(waiting: DeskInUse):
    browser = waiting.officer()
    (address,) = waiting.addresses(browser)
    form = waiting.form(browser, address) | {"outcome": "granted"}
    answers = [browser.post(f"{address}/decisions", data=form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(waiting.decisions()) == 1


def test_a_form_sent_many_times_at_once_records_once(make_desk: MakeDesk, database_url: str):
    desk = make_desk("customs", database_url)
    desk.send(a_notice("customs", declaration=container_ship()))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    form = desk.form(browser, address) | {"outcome": "granted"}
    statuses: list[int] = []

    def send() -> None:
        answer = browser.post(f"{address}/decisions", data=form, follow_redirects=False)
        statuses.append(answer.status_code)

    clicks = [threading.Thread(target=send) for _ in range(6)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert statuses == [303] * 6
    assert len(desk.decisions()) == 1


def test_a_decision_on_a_version_that_is_no_longer_the_newest_is_not_recorded(waiting: DeskInUse):
    browser = waiting.officer()
    (address,) = waiting.addresses(browser)
    form = waiting.form(browser, address)
    waiting.send(a_notice("immigration", declaration=container_ship(), version=2))
    typed = {"outcome": "refused", "reason": "Keep this sentence.", "legal_basis": "FAL 3.1"}
    answer = browser.post(f"{address}/decisions", data=form | typed)
    assert answer.status_code == 409
    assert "Version 2 arrived while you were reading." in answer.text
    assert "Keep this sentence." in answer.text
    assert waiting.decisions() == []


def test_two_officers_do_not_decide_past_each_other(waiting: DeskInUse):
    first, second = waiting.officer("A-1"), waiting.officer("A-2")
    (address,) = waiting.addresses(first)
    form = waiting.form(second, address)
    waiting.grant_first()
    answer = second.post(f"{address}/decisions", data=form | {"outcome": "granted"})
    assert answer.status_code == 409
    assert "Another decision was recorded" in answer.text
    assert len(waiting.decisions()) == 1


def test_an_officer_sees_only_cases_of_the_ports_he_serves(waiting: DeskInUse):
    (address,) = waiting.addresses(waiting.officer("A-1", "KHPNH,MMRGN"))
    stranger = waiting.officer("A-2", "KHPNH")
    assert waiting.addresses(stranger) == []
    assert "Attention <b>0</b>" in stranger.get("/queue").text
    unknown = stranger.get("/cases/nothing")
    seen = stranger.get(address)
    assert (seen.status_code, seen.text) == (404, unknown.text)
    assert stranger.get(f"{address}/lists/crew_list").status_code == 404
    posted = stranger.post(f"{address}/decisions", data=stolen_token(stranger) | {"outcome": "granted"})
    assert posted.status_code == 404


def stolen_token(browser: TestClient) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([^"]+)"', browser.get("/queue").text)
    return {"form_token": found.group(1) if found else ""}


@pytest.mark.parametrize(
    ("code", "kinds"), [("immigration", "persons"), ("quarantine", "health"), ("security", "security")]
)
def test_reading_persons_health_and_security_is_noted(make_desk: MakeDesk, code: str, kinds: str):
    desk = make_desk(code)
    desk.send(a_notice(code, declaration=container_ship()))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    browser.get(address)
    with desk.office.database.reading() as session:
        reads = session.exec(select(Audit).where(Audit.action == "read")).all()
    assert [(read.who, kinds in read.detail, read.case_id in address) for read in reads] == [
        ("officer:A-117", True, True)
    ]
    assert "Tun" not in reads[0].detail


def test_what_the_gateway_has_not_received_is_said_on_the_queue(desk: DeskInUse):
    desk.gateway.key = "whsec_" + "A" * 44
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    assert "1 decided, and not yet received by the gateway" in text_of(desk.officer().get("/queue"))


@pytest.mark.parametrize("root", ["", "/desks/customs"])
def test_every_link_and_form_stays_below_the_desks_prefix(make_desk: MakeDesk, root: str):
    desk = make_desk("customs", root_path=root)
    desk.send(a_notice("customs", declaration=container_ship()))
    token = desk.office.officers.invite("A-1", "Daw Mya")
    browser = TestClient(desk.client.app, base_url="http://desk.example", follow_redirects=False)
    answer = browser.post(f"/sign-in/link/{token}")
    assert answer.headers["location"] == f"{root}/queue"
    assert f"Path={root or '/'};" in answer.headers["set-cookie"]
    cookie = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
    queue = browser.get("/queue", headers=cookie).text
    case = re.search(r'class="ship" href="([^"]+)"', queue)
    assert case is not None
    pages = [queue, browser.get(case.group(1).removeprefix(root), headers=cookie).text, browser.get("/sign-in").text]
    for page in pages:
        for address in re.findall(r'(?:href|action|src)="([^"]*)"', page):
            assert address.startswith(("#", root + "/"))


def test_no_page_needs_script_inline_style_or_another_host(waiting: DeskInUse):
    browser = waiting.officer()
    for address in ("/queue", "/officer", "/unsent", "/sign-in", *waiting.addresses(browser)):
        answer = browser.get(address)
        assert not re.search(r"<script|<style|style=|\son\w+=|https?://", answer.text)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_a_queue_of_fifty_rows_is_small(desk: DeskInUse):
    import gzip  # noqa: PLC0415

    for number in range(50):
        desk.send(a_notice("customs", declaration=container_ship(), port_call=f"MMRGN-26-{number:06}"))
    page = desk.officer().get("/queue")
    assert len(desk.addresses(desk.officer())) == 50
    assert len(gzip.compress(page.content)) < 12_000
    assert len(gzip.compress(desk.client.get("/static/desk.css").content)) < 8_000
