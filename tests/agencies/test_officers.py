"""Signing in: links, passwords, sessions, and what keeps others out."""

import re
from datetime import timedelta

import pytest
from fastapi.routing import iter_route_contexts
from sqlmodel import select
from starlette.testclient import TestClient

from agencies.desk import ACCESS, GATEWAY, OFFICER
from agencies.records import Audit, OfficerSession, SignInLink
from tests.agencies.partners import DeskInUse, MakeDesk
from tests.agencies.samples import a_notice, container_ship

PASSWORD = "four words of mine"


def visitor(desk: DeskInUse) -> TestClient:
    return TestClient(desk.client.app, base_url="http://desk.example", follow_redirects=False)


def token_of(browser: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', browser.get("/officer").text)
    assert found is not None
    return found.group(1)


def with_password(desk: DeskInUse, number: str = "A-117") -> TestClient:
    browser = desk.officer(number)
    form = {"form_token": token_of(browser), "password": PASSWORD, "again": PASSWORD}
    assert "The password is set." in browser.post("/officer/password", data=form).text
    return browser


def sign_in(desk: DeskInUse, number: str = "A-117", password: str = PASSWORD, **headers: str):
    return visitor(desk).post("/sign-in", data={"staff_number": number, "password": password}, headers=headers)


def routes(desk: DeskInUse) -> set[str]:
    found = [*iter_route_contexts(desk.client.app.routes)]
    return {f"{method} {route.path}" for route in found for method in route.methods or ("ANY",)}


def test_every_route_has_an_access_rule_and_every_rule_a_route(desk: DeskInUse):
    assert routes(desk) - {"ANY /static"} == set(ACCESS)


@pytest.mark.parametrize("door", [door for door, who in ACCESS.items() if who == OFFICER])
def test_nobody_passes_an_officers_door_without_a_session(desk: DeskInUse, door: str):
    method, path = door.split(" ")
    answer = visitor(desk).request(method, path.format(case_id="x", path="crew_list"))
    if method == "GET":
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    else:
        assert answer.status_code == 401
        assert "MSW-AGY-023" in answer.text


@pytest.mark.parametrize("door", [door for door, who in ACCESS.items() if who == GATEWAY])
def test_an_officers_session_opens_no_door_of_the_gateways(desk: DeskInUse, door: str):
    method, path = door.split(" ")
    assert desk.officer().request(method, path, content=b"{}").status_code == 401


@pytest.mark.parametrize("door", [door for door, who in ACCESS.items() if who == OFFICER and door.startswith("POST")])
def test_a_form_without_its_token_is_refused(desk: DeskInUse, door: str):
    desk.send(a_notice("customs", declaration=container_ship()))
    browser = desk.officer()
    case = desk.addresses(browser)[0].rpartition("/")[2]
    path = door.split(" ")[1].format(case_id=case)
    other = token_of(desk.officer("A-2"))
    for token in ("", "wrong", other, "\u1000"):
        answer = browser.post(path, data={"form_token": token, "outcome": "granted"})
        assert (answer.status_code, "MSW-AGY-024" in answer.text) == (403, True)
    assert desk.decisions() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://desk.example.evil.example"},
    ],
)
def test_a_form_from_another_site_is_refused_also_where_one_signs_in(desk: DeskInUse, headers: dict[str, str]):
    browser = with_password(desk)
    form = {"form_token": token_of(browser)}
    assert browser.post("/sign-out", data=form, headers=headers).status_code == 403
    assert sign_in(desk, **headers).status_code == 403
    token = desk.office.officers.invite("A-9", "U Ba")
    assert visitor(desk).post(f"/sign-in/link/{token}", headers=headers).status_code == 403
    assert visitor(desk).post(f"/sign-in/link/{token}").status_code == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://desk.example"}, {}])
def test_a_form_from_our_own_page_passes(desk: DeskInUse, headers: dict[str, str]):
    with_password(desk)
    assert sign_in(desk, **headers).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(desk: DeskInUse):
    token = desk.office.officers.invite("A-117", "Daw Mya")
    for _ in range(3):
        page = visitor(desk).get(f"/sign-in/link/{token}")
        assert (page.status_code, "Sign in as Daw Mya" in page.text) == (200, True)
        assert "set-cookie" not in page.headers
    assert visitor(desk).post(f"/sign-in/link/{token}").status_code == 303


def test_a_link_works_once(desk: DeskInUse):
    token = desk.office.officers.invite("A-117", "Daw Mya")
    visitor(desk).post(f"/sign-in/link/{token}")
    again = visitor(desk).post(f"/sign-in/link/{token}")
    assert (again.status_code, "MSW-AGY-022" in again.text) == (410, True)


def test_a_link_ends_with_its_time_and_an_unknown_one_looks_the_same(make_desk: MakeDesk):
    desk = make_desk(link_lifetime=timedelta(minutes=15))
    token = desk.office.officers.invite("A-117", "Daw Mya")
    desk.watch.forward(minutes=15)
    ended = visitor(desk).get(f"/sign-in/link/{token}")
    unknown = visitor(desk).get("/sign-in/link/nothing")
    assert (ended.status_code, ended.text) == (410, unknown.text)


def test_tokens_are_kept_only_as_hashes(desk: DeskInUse):
    token = desk.office.officers.invite("A-117", "Daw Mya")
    browser = desk.officer()
    held = browser.cookies["desk-customs"]
    with desk.office.database.reading() as session:
        kept = [each.token_hash for each in session.exec(select(SignInLink)).all()]
        kept += [each.token_hash for each in session.exec(select(OfficerSession)).all()]
    assert token not in kept
    assert held not in kept
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in kept)


def test_the_cookie_is_for_this_desk_and_no_script(make_desk: MakeDesk):
    desk = make_desk(root_path="/desks/customs", public_url="https://port.example")
    token = desk.office.officers.invite("A-117", "Daw Mya")
    answer = visitor(desk).post(f"/sign-in/link/{token}")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Secure-desk-customs=")
    assert {"HttpOnly", "Path=/desks/customs", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["strict-transport-security"]


def test_signing_in_gives_a_new_token_and_ends_the_old_one(desk: DeskInUse):
    browser = with_password(desk)
    before = browser.cookies["desk-customs"]
    browser.post("/sign-in", data={"staff_number": "A-117", "password": PASSWORD})
    assert browser.cookies["desk-customs"] != before
    assert visitor(desk).get("/queue", headers={"Cookie": f"desk-customs={before}"}).status_code == 303


def test_a_token_planted_before_is_not_taken_up(desk: DeskInUse):
    with_password(desk)
    planted = {"Cookie": "desk-customs=planted"}
    answer = sign_in(desk, **planted)
    assert "desk-customs=planted" not in answer.headers["set-cookie"]
    assert visitor(desk).get("/queue", headers=planted).status_code == 303


def test_a_session_rests_thirty_minutes_and_lasts_twelve_hours(desk: DeskInUse):
    browser = desk.officer()
    browser.follow_redirects = False
    for _ in range(28):
        desk.watch.forward(minutes=25)
        assert browser.get("/queue").status_code == 200
    desk.watch.forward(minutes=25)
    assert browser.get("/queue").status_code == 303
    rested = desk.officer()
    rested.follow_redirects = False
    desk.watch.forward(minutes=30)
    assert rested.get("/queue").status_code == 303


def test_signing_out_ends_the_session_everywhere(desk: DeskInUse):
    browser = desk.officer()
    held = browser.cookies["desk-customs"]
    browser.post("/sign-out", data={"form_token": token_of(browser)})
    assert visitor(desk).get("/queue", headers={"Cookie": f"desk-customs={held}"}).status_code == 303


def test_a_new_password_ends_the_other_sessions_and_links(desk: DeskInUse):
    other, link = desk.officer(), desk.office.officers.invite("A-117", "Daw Mya")
    browser = with_password(desk)
    other.follow_redirects = False
    assert other.get("/queue").status_code == 303
    assert browser.get("/queue").status_code == 200
    assert visitor(desk).get(f"/sign-in/link/{link}").status_code == 410


def test_a_dismissed_officer_is_out_at_once(desk: DeskInUse):
    browser = with_password(desk)
    browser.follow_redirects = False
    desk.office.officers.dismiss("A-117")
    assert browser.get("/queue").status_code == 303
    assert sign_in(desk).status_code == 401


def test_wrong_password_and_unknown_number_get_the_same_answer(desk: DeskInUse):
    with_password(desk)
    wrong, unknown = sign_in(desk, "A-117", "not my words"), sign_in(desk, "A-118", "not my words")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("A-117", "") == unknown.text.replace("A-118", "")
    assert set(wrong.headers) == set(unknown.headers)


def test_an_officer_without_a_password_cannot_sign_in_by_one(desk: DeskInUse):
    desk.officer()
    for password in ("", "None", PASSWORD):
        assert sign_in(desk, password=password).status_code == 401


def test_the_sixth_try_in_a_minute_waits_also_with_the_right_password(desk: DeskInUse):
    with_password(desk)
    answers = [sign_in(desk, password="wrong words here") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 5
    slowed = sign_in(desk)
    assert slowed.status_code == 429
    assert 1 <= int(slowed.headers["retry-after"]) <= 61
    desk.watch.forward(seconds=int(slowed.headers["retry-after"]))
    assert sign_in(desk).status_code == 303


def test_guesses_over_many_accounts_are_slowed_by_source(desk: DeskInUse):
    answers = [sign_in(desk, f"B-{number}", "x").status_code for number in range(32)]
    assert answers.count(429) == 2


def test_a_link_still_works_while_an_account_is_being_guessed(desk: DeskInUse):
    with_password(desk)
    for _ in range(10):
        sign_in(desk, password="wrong words here")
    assert desk.officer().get("/queue").status_code == 200


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("short", "short"),
        ("x" * 257, "x" * 257),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
        ("my number is A-117", "my number is A-117"),
        ("nul\0 in four words", "nul\0 in four words"),
        (PASSWORD, PASSWORD + " "),
    ],
)
def test_a_password_that_is_none_is_refused_with_a_reason(desk: DeskInUse, password: str, again: str):
    browser = desk.officer()
    form = {"form_token": token_of(browser), "password": password, "again": again}
    answer = browser.post("/officer/password", data=form)
    assert answer.status_code == 422
    assert "Error:" in answer.text
    assert password not in answer.text or password == "short"


@pytest.mark.parametrize("password", ["  blanks at the ends stay  ", "စကားလုံး လေးလုံး ရွေးပါ", "x1y2" * 64])
def test_long_and_burmese_passwords_work_as_typed(desk: DeskInUse, password: str):
    browser = desk.officer()
    form = {"form_token": token_of(browser), "password": password, "again": password}
    assert browser.post("/officer/password", data=form).status_code == 200
    assert sign_in(desk, password=password).status_code == 303
    assert sign_in(desk, password=password.strip() + "!").status_code == 401


def test_a_megabyte_of_password_is_refused_unread(desk: DeskInUse):
    assert sign_in(desk, password="x" * 1_000_000).status_code == 413


def test_signing_in_and_out_is_noted_without_secrets(desk: DeskInUse):
    browser = with_password(desk)
    browser.post("/sign-out", data={"form_token": token_of(browser)})
    with desk.office.database.reading() as session:
        rows = session.exec(select(Audit)).all()
    assert [row.action for row in rows] == ["invited", "signed in by link", "set a password", "signed out"]
    assert {row.who for row in rows} == {"officer:A-117"}


def test_an_unknown_page_is_a_page_and_says_where_to_go(desk: DeskInUse):
    answer = desk.officer().get("/nothing/here")
    assert (answer.status_code, "MSW-AGY-031" in answer.text) == (404, True)


def test_a_failure_is_said_on_a_page_without_its_cause(desk: DeskInUse):
    browser = TestClient(desk.client.app, base_url="http://desk.example", raise_server_exceptions=False)
    browser.cookies = desk.officer().cookies
    with desk.office.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE officer SET ports = '*', created_at = 'never'")
    answer = browser.get("/queue")
    assert (answer.status_code, "MSW-AGY-041" in answer.text) == (500, True)
    assert "never" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
