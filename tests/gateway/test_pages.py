"""The pages: what agents read, how they file, and that every page keeps to itself."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import escape
from starlette.responses import Response

from gateway.rulebook import RULES
from gateway.static_files import FOLDER, address, static_files
from gateway.wording import LINES, WORDS, age, at_port, in_utc, offset
from messages import samples
from messages.exchange import Outcome, Question
from tests.gateway.people import Browser, a_person, another_firm, signed_in
from tests.gateway.window import AGENCIES, MONDAY, SAMPLE, Window, a_sample

FAULTY = samples.read("faults/container-ship-five-faults.xml")
TEMPLATES = Path(FOLDER).with_name("templates")
KEY = re.compile(r'name="key" value="([^"]+)"')


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


@pytest.fixture
def agent(window: Window) -> Browser:
    return signed_in(window)


def decide(window: Window, agency: str, outcome: Outcome = Outcome.GRANTED, **words: object):
    answer = window.decide(window.desks[agency].received[-1], outcome, **words)
    assert answer.status_code == 200, answer.text


def key_in(page: str) -> str:
    found = KEY.search(page)
    assert found
    return found[1]


def words_of(page: str) -> str:
    """What the page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_visitors_are_told_what_this_is_and_agents_are_sent_to_their_calls(window: Window, agent: Browser):
    assert "single window" in Browser(window).get("/").text
    assert agent.get("/").headers["location"] == "/calls"


def test_whoever_is_not_signed_in_is_shown_the_way_and_back(window: Window):
    for path in ("/calls", "/calls/new", "/calls/MMRGN-26-000001", "/account/password"):
        answer = Browser(window).get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


def test_scripts_are_told_and_not_sent_elsewhere_when_the_session_has_ended(window: Window):
    answer = Browser(window).get("/calls/MMRGN-26-000001/board", **{"sec-fetch-mode": "cors"})
    assert answer.status_code == 401


PAGES = ("/", "/sign-in", "/sign-in/link/x", "/rules", "/rules/MSW-VOY-009", "/help", "/calls", "/calls/new")
PAGES += ("/account/password", "/calls/{call}", "/calls/{call}/board", "/calls/{call}/report/{call}-A1")
PAGES += ("/nothing", "/calls/nothing", "/rules/MSW-NOT-999")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_keeps_to_this_site_and_out_of_caches(window: Window, agent: Browser, path: str):
    answer = agent.get(path.format(call=window.filed()))
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'"} <= set(policy)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_anything_of_another_site_or_holds_script_or_style_of_its_own(
    window: Window, agent: Browser, path: str
):
    page = agent.get(path.format(call=window.filed())).text
    linked = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in linked)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?! type=\"module\" src=)|javascript:", page)


def test_no_template_stylesheet_or_script_names_another_site():
    files = [*TEMPLATES.glob("*.html"), *FOLDER.iterdir()]
    named = {
        f"{path.name}: {found}"
        for path in files
        for found in re.findall(r"(?:https?:)?//[\w.]+\.\w+", path.read_text())
    }
    assert named <= {"mark.svg: http://www.w3.org"}


def test_the_stylesheet_is_small():
    assert len(gzip.compress(static_files()["fairway.css"].body)) < 10_000


@pytest.mark.parametrize("path", ["/calls", "/calls/new", "/calls/{call}", "/help", "/rules", "/sign-in"])
def test_a_page_is_light(window: Window, agent: Browser, path: str):
    assert len(gzip.compress(agent.get(path.format(call=window.filed())).content)) < 12_000


def test_static_files_are_kept_for_ever_under_an_address_made_of_their_content(window: Window):
    answer = Browser(window).get(address("fairway.css"))
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert Browser(window).get("/static/fairway.css").status_code == 404
    assert Browser(window).get("/static/..%2Ffaults.toml").status_code == 404


def test_a_document_in_order_is_filed_and_leads_to_its_call(window: Window, agent: Browser):
    key = key_in(agent.get("/calls/new").text)
    answer = agent.send("/calls/new", files={"document": ("a.xml", SAMPLE, "text/xml")}, key=key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls/MMRGN-26-000001")
    page = words_of(agent.get("/calls/MMRGN-26-000001").text)
    receipt = window.client.get("/api/submissions/MMRGN-26-000001-A1", headers=window.agent).json()
    assert receipt["digest"] in page
    assert "MMRGN-26-000001-A1" in page


def test_pasted_text_is_filed_as_well_as_a_file(agent: Browser):
    answer = agent.send("/calls/new", files={"document": ("", b"")}, key="k", text=SAMPLE.decode())
    assert answer.headers["location"] == "/calls/MMRGN-26-000001"


def test_pressing_twice_files_once(window: Window, agent: Browser):
    key = key_in(agent.get("/calls/new").text)
    files = {"document": ("a.xml", SAMPLE, "text/xml")}
    first, second = (agent.send("/calls/new", files=files, key=key) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(window.client.get("/api/port-calls", headers=window.agent).json()["port_calls"]) == 1


def test_a_form_gone_back_to_files_another_document_after_one_more_press(agent: Browser):
    key = key_in(agent.get("/calls/new").text)
    agent.send("/calls/new", key=key, text=a_sample(1).decode())
    refused = agent.send("/calls/new", key=key, text=a_sample(2).decode())
    assert refused.status_code == 409
    assert "TEST-2" in refused.text
    again = agent.send("/calls/new", key=key_in(refused.text), text=a_sample(2).decode())
    assert again.headers["location"] == "/calls/MMRGN-26-000002"


def test_what_is_found_is_told_with_sentence_place_fix_and_who_needs_it(agent: Browser):
    answer = agent.send("/calls/new", files={"document": ("call.xml", FAULTY, "text/xml")}, key="k")
    assert answer.status_code == 422
    page = words_of(answer.text)
    assert "call.xml was not filed yet: 5 errors have to be mended." in page
    assert "IMO number 9074728 fails its check digit." in page
    assert "line 3966, /epc:EPCMessage/EPCRequestBody/ShipID/IMONumber" in page
    assert "&lt;IMONumber&gt;9074728&lt;/IMONumber&gt;" in page
    assert "9074729 would pass" in page
    assert "MSW-CRW-001 · needed by Immigration, Quarantine" in page
    assert "1 warning" in page
    assert 'href="/rules/MSW-CRW-001"' in answer.text


def test_nothing_of_a_refused_document_is_lost_or_stored(window: Window, agent: Browser):
    answer = agent.send("/calls/new", files={"document": ("call.xml", FAULTY, "text/xml")}, key="the-key")
    given_back = re.search(r"<textarea[^>]*>\n(.*)</textarea>", answer.text, re.DOTALL)
    assert given_back
    assert "&lt;ShipMessageId&gt;" in given_back[1]
    assert key_in(answer.text) == "the-key"
    assert window.client.get("/api/port-calls", headers=window.agent).json()["port_calls"] == []


def test_a_mended_document_is_filed_from_the_same_form(agent: Browser):
    agent.send("/calls/new", key="k", text=FAULTY.decode())
    assert agent.send("/calls/new", key="k", text=SAMPLE.decode()).status_code == 303


@pytest.mark.parametrize("document", [b"<", b"\xff\xfe\x00", b"%PDF-1.7", b'{"a":', b"<a><![CDATA[<script>]]></a>"])
def test_what_is_no_declaration_is_answered_with_findings(agent: Browser, document: bytes):
    answer = agent.send("/calls/new", files={"document": ("x", document)}, key="k")
    assert answer.status_code == 422
    assert "MSW-" in answer.text
    assert "<script>" not in answer.text


def test_a_form_without_a_document_says_so(agent: Browser):
    answer = agent.send("/calls/new", key="k", text=" \n")
    assert (answer.status_code, "MSW-API-424" in answer.text) == (422, True)


def test_a_document_of_another_sender_is_kept_in_the_form_with_the_reason(window: Window):
    stranger = signed_in(window, a_person(window, another_firm(window)))
    answer = stranger.send("/calls/new", key="k", text=SAMPLE.decode())
    assert (answer.status_code, "MSW-AUT-014" in answer.text) == (403, True)
    assert "&lt;ShipMessageId&gt;" in answer.text


def test_the_size_limit_is_told_before_choosing(agent: Browser):
    assert "up to 10 MiB" in agent.get("/calls/new").text


def test_a_call_shows_one_word_and_five_lines(window: Window, agent: Browser):
    call = window.filed()
    page = agent.get(f"/calls/{call}").text
    assert page.count('data-word="Arrival: Pending"') == 1
    lines = re.findall(r'<li class="late">\s*<h3>([^<]+)</h3>', page)
    assert lines == ["Harbour master", "Customs", "Immigration", "Quarantine", "Port security"]
    window.pump()
    page = agent.get(f"/calls/{call}").text
    assert page.count("Under review") == 5


def test_a_line_says_what_the_agency_said(window: Window, agent: Browser):
    call = window.filed()
    window.pump()
    decide(window, "harbour", Outcome.GRANTED_WITH_CONDITIONS, conditions=("One tug to the berth.",))
    decide(window, "customs", Outcome.REFUSED, reason="No <b>manifest</b>.", legal_basis="Sea Customs Act, 34")
    questions = (Question(text="Who leaves the ship here?"),)
    decide(window, "immigration", Outcome.INFORMATION_REQUESTED, questions=questions)
    page = agent.get(f"/calls/{call}").text
    said = words_of(page)
    assert "Arrival: Refused" in page
    assert "One tug to the berth." in said
    assert "No &lt;b&gt;manifest&lt;/b&gt;." in said
    assert "Legal basis: Sea Customs Act, 34" in said
    assert "Immigration asks Who leaves the ship here?" in said
    assert "Waiting for you, Quarantine, Port security." in said


def test_a_notice_that_did_not_arrive_says_why_and_when_it_is_tried_again(window: Window, agent: Browser):
    call = window.filed()
    window.desks["customs"].script.append(Response(status_code=503))
    window.pump()
    said = words_of(agent.get(f"/calls/{call}").text)
    assert "Customs ↻ Not delivered yet" in said
    assert "1 try so far; the last one: The desk answered 503." in said
    assert "Next try Mon 23 Nov 2026, 09:30 UTC+06:30 · 23 Nov 03:00 UTC" in said
    assert "4 of 5 agencies have it." in said


def test_the_list_has_a_row_for_each_call_with_its_word_and_who_is_waited_for(window: Window, agent: Browser):
    assert "No calls yet" in agent.get("/calls").text
    first = window.filed(1)
    window.pump()
    for agency in AGENCIES:
        decide(window, agency)
    second = window.filed(2)
    rows = [words_of(row) for row in agent.get("/calls").text.split("<tr>")[2:]]
    assert second in rows[0]
    assert "Pending delivery to Harbour master and Customs" in rows[0]
    assert first in rows[1]
    assert "Cleared nobody" in rows[1]


def test_a_long_list_goes_on_page_after_page_without_gap_or_repeat(window: Window, agent: Browser):
    filed = [window.filed(number) for number in range(27)]
    seen, path = [], "/calls"
    while path:
        page = agent.get(path).text
        seen += re.findall(r'<a href="/calls/(MMRGN-[\d-]+)">', page)
        older = re.search(r'href="(/calls\?before=[^"]+)"', page)
        path = older[1] if older else ""
    assert seen == filed[::-1]


def test_the_report_of_a_filed_submission_stays_readable(window: Window, agent: Browser):
    call = window.filed()
    page = words_of(agent.get(f"/calls/{call}/report/{call}-A1").text)
    assert f"Report on {call}-A1" in page
    other = window.filed(2)
    assert agent.get(f"/calls/{other}/report/{call}-A1").status_code == 404


def test_every_rule_has_a_page_that_says_what_to_do(window: Window):
    browser = Browser(window)
    for rule, fault in RULES.items():
        page = browser.get(f"/rules/{rule}")
        assert page.status_code == 200
        assert escape(fault.fix) in page.text
    assert all(f'href="/rules/{rule}"' in browser.get("/rules").text for rule in RULES)


def test_without_script_a_call_refreshes_itself(window: Window, agent: Browser):
    page = agent.get(f"/calls/{window.filed()}").text
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_whoever_is_signed_out_while_sending_is_told_what_to_do(window: Window, agent: Browser):
    window.clock.pass_(hours=1)
    answer = agent.post("/calls/new", text="x", csrf_token="y")
    assert answer.status_code == 401
    assert "Sign in at /sign-in" in answer.text


def test_every_state_has_a_glyph_and_a_word_of_its_own():
    for signs in (WORDS, LINES):
        assert all(sign.glyph and sign.word for sign in signs.values())
        assert len({sign.word for sign in signs.values()}) == len(signs)


def test_times_are_the_ports_with_utc_beside():
    assert at_port(MONDAY, "Asia/Yangon") == "Mon 23 Nov 2026, 09:30"
    assert offset(MONDAY, "Asia/Yangon") == "UTC+06:30"
    assert offset(MONDAY, "America/St_Johns") == "UTC-03:30"
    assert in_utc(MONDAY) == "23 Nov 03:00 UTC"


SECONDS = {0: "just now", 59: "just now", 60: "1 min", 3599: "59 min", 3600: "1 h 0 min", -5: "just now"}
SECONDS |= {86_399: "23 h 59 min", 86_400: "1 day", 200_000: "2 days"}


@pytest.mark.parametrize(("seconds", "said"), SECONDS.items())
def test_an_age_is_told_in_the_unit_that_matters(seconds: int, said: str):
    assert age(MONDAY - timedelta(seconds=seconds), MONDAY) == said
