"""Nobody passes but by a rule: sessions, keys, forms from elsewhere, and the shape of refusals."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import select
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from gateway import accounts
from gateway.access import Access, Actor, Rule, routes_without_rule
from gateway.account_records import ApiKey
from gateway.app import create_app
from gateway.records import AuditEvent
from gateway.settings import Settings
from tests.gateway.people import Browser, a_key, a_link, a_person, another_firm, signed_in
from tests.gateway.window import SAMPLE, URL, Window

READING = (
    "/api/port-calls",
    "/api/port-calls/{call}",
    "/api/submissions/{call}-A1",
    "/api/submissions/{call}-A1/report",
)


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def test_every_route_names_exactly_one_rule(window: Window):
    assert routes_without_rule(window.app) == []


def test_a_route_or_a_mount_without_a_rule_is_found():
    router = APIRouter()

    @router.get("/bare")
    def bare() -> str:
        return ""

    @router.get("/twice")
    def twice(
        _one: Annotated[Actor, Depends(Access(Rule.PUBLIC))], _two: Annotated[Actor, Depends(Access(Rule.READ))]
    ) -> str:
        return ""

    app = FastAPI(openapi_url=None, routes=[Mount("/files", PlainTextResponse("")), Route("/plain", bare)])
    app.include_router(router, prefix="/in")
    assert sorted(routes_without_rule(app)) == ["/files", "/in/bare", "/in/twice", "/plain"]


def test_no_address_changes_anything_when_it_is_only_read(window: Window):
    pages = [route for route in iter_route_contexts(window.app.routes) if "POST" in (route.methods or ())]
    assert pages
    assert all("GET" not in (route.methods or ()) for route in pages)


@pytest.mark.parametrize("path", READING)
def test_reading_needs_the_scope_read(window: Window, path: str):
    path = path.format(call=window.filed())
    for scopes, status in ((("read",), 200), (("file",), 403), ((), 403)):
        headers = {"authorization": f"Bearer {a_key(window, *scopes)}"}
        assert window.client.get(path, headers=headers).status_code == status
    refused = window.client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (401, "MSW-AUT-001")


def test_filing_needs_the_scope_file(window: Window):
    for scopes, status in ((("read",), 403), (("file",), 202)):
        headers = {"authorization": f"Bearer {a_key(window, *scopes)}", "content-type": "application/xml"}
        assert window.client.post("/api/submissions", content=SAMPLE, headers=headers).status_code == status


def test_a_key_that_is_revoked_expired_changed_or_made_up_opens_nothing(window: Window):
    def status(key: str) -> int:
        return window.client.get("/api/port-calls", headers={"authorization": f"Bearer {key}"}).status_code

    key, short_lived = a_key(window, "read"), a_key(window, "read", minutes=10)
    assert status(key) == status(short_lived) == 200
    made_up = ["", "fwy_", "fwy_x_y", key + "x", key[:-1], key.replace("fwy_", ""), f"fwy_{'0' * 32}_{key[37:]}"]
    assert {status(each) for each in made_up} == {401}
    window.clock.pass_(minutes=10)
    assert status(short_lived) == 401
    with window.database.transaction() as session:
        for row in session.exec(select(ApiKey)):
            accounts.revoke_api_key(session, row, window.clock.now())
    assert status(key) == 401


def test_a_key_in_the_address_is_refused_and_leaves_a_trace_without_the_key(window: Window):
    key = a_key(window, "read")
    for path in ("/api/port-calls", "/healthz", "/"):
        assert window.client.get(path, params={"key": key}).status_code == 401
    with window.database.reading() as session:
        traces = [event for event in session.exec(select(AuditEvent)) if event.event == "key exposed in address"]
    assert len(traces) == 3
    assert key not in str([trace.model_dump() for trace in traces])


def test_a_key_is_not_a_way_into_pages(window: Window):
    headers = {"authorization": f"Bearer {a_key(window, 'read', 'file')}"}
    assert window.client.get("/calls", headers=headers, follow_redirects=False).status_code == 303


def test_a_wrong_key_is_not_helped_out_by_a_session(window: Window):
    browser = signed_in(window)
    assert browser.get("/api/port-calls").status_code == 200
    assert browser.get("/api/port-calls", authorization="Bearer fwy_x_y").status_code == 401


@pytest.mark.parametrize("path", [*READING[1:], "/calls/{call}", "/calls/{call}/board", "/calls/{call}/live"])
def test_what_belongs_to_another_firm_is_answered_like_what_does_not_exist(window: Window, path: str):
    stranger = signed_in(window, a_person(window, another_firm(window)))
    theirs = stranger.get(path.format(call=window.filed()))
    nobodys = stranger.get(path.format(call="MMRGN-26-999999"))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_list_holds_only_what_the_firm_filed(window: Window):
    window.filed()
    firm = another_firm(window)
    headers = {"authorization": f"Bearer {a_key(window, 'read', firm=firm)}"}
    assert window.client.get("/api/port-calls", headers=headers).json()["port_calls"] == []
    assert "MMRGN" not in signed_in(window, a_person(window, firm)).get("/calls").text


FOREIGN = ["https://evil.example", "null", URL + ".evil.example", URL.replace("http:", "https:")]


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_a_form_from_elsewhere_changes_nothing(window: Window, origin: str | None):
    browser = signed_in(window)
    answer = browser.post("/sign-out", origin=origin, csrf_token=browser.token())
    assert (answer.status_code, "MSW-AUT-004" in answer.text) == (403, True)
    assert browser.is_in()


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_nobody_is_signed_in_by_a_form_from_elsewhere(window: Window, origin: str | None):
    path = a_link(window, a_person(window))
    assert Browser(window).post(path, origin=origin).status_code == 403
    assert Browser(window).post("/sign-in", origin=origin, login="x", password="y").status_code == 403
    assert Browser(window).post(path).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "é", None])
def test_a_form_without_the_sessions_token_changes_nothing(window: Window, token: str | None):
    browser = signed_in(window)
    fields = {} if token is None else {"csrf_token": token}
    assert browser.post("/sign-out", **fields).status_code == 403
    assert browser.is_in()


def test_the_token_of_another_session_does_not_do(window: Window):
    account = a_person(window)
    browser, other = signed_in(window, account), signed_in(window, account)
    assert browser.post("/sign-out", csrf_token=other.token()).status_code == 403


def test_a_browser_that_names_no_origin_may_say_that_it_is_the_same(window: Window):
    browser = signed_in(window)
    headers = {"sec-fetch-site": "same-origin", "x-csrf-token": browser.token()}
    assert browser.client.post("/sign-out", headers=headers).status_code == 303


def test_a_session_files_over_the_api_only_with_its_token(window: Window):
    browser = signed_in(window)
    headers = {"content-type": "application/xml", "origin": URL}
    assert browser.client.post("/api/submissions", content=SAMPLE, headers=headers).status_code == 403
    headers["x-csrf-token"] = browser.token()
    assert browser.client.post("/api/submissions", content=SAMPLE, headers=headers).status_code == 202


def test_a_form_that_is_too_long_is_refused_before_it_is_read(window: Window):
    browser = signed_in(window)
    headers = {"origin": URL, "content-type": "application/x-www-form-urlencoded", "content-length": str(2**40)}
    assert browser.client.post("/sign-out", headers=headers, content=b"").status_code == 413


@pytest.mark.parametrize("path", ["/api/nothing", "/api/port-calls?limit=many", "/api/port-calls"])
def test_every_refusal_of_the_api_is_problem_details_with_a_way_out(window: Window, path: str):
    answer = window.client.get(path, headers=window.agent if "limit" in path else {})
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert {"type", "title", "status", "detail", "code", "fix"} <= said.keys()
    assert said["status"] == answer.status_code
    assert said["type"] == f"/rules/{said['code']}"
    assert window.client.get(said["type"]).status_code == 200
    assert "msg" not in answer.text


def test_values_that_do_not_fit_are_named_by_their_place_and_not_repeated(window: Window):
    answer = window.client.get("/api/port-calls?limit=SECRET", headers=window.agent)
    assert answer.status_code == 422
    assert [error["where"]["path"] for error in answer.json()["errors"]] == ["/query/limit"]
    assert "SECRET" not in answer.text


def test_a_wrong_method_names_the_right_ones(window: Window):
    answer = window.client.delete("/api/submissions")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["code"] == "MSW-API-405"


def test_what_nobody_expected_says_nothing_of_the_inside(database_url: str):
    window = Window(database_url)
    with window.database.transaction() as session:
        session.connection().exec_driver_sql("DROP TABLE decision")
    headers = window.agent | {"content-type": "application/xml"}
    window.client.post("/api/submissions", content=SAMPLE, headers=headers)
    answer = window.client.get("/api/port-calls", headers=window.agent)
    assert answer.status_code in {500, 503}
    assert answer.json()["code"] in {"MSW-API-500", "MSW-API-503"}
    assert "decision" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    window.close()


def test_over_tls_the_cookie_is_bound_to_this_host(database_url: str):
    window = Window(database_url)
    settings = Settings(database=database_url, public_url="https://window.example")
    app = create_app(settings, window.database, window.outside, working=False)
    path = a_link(window, a_person(window))
    client = TestClient(app, base_url="https://window.example", follow_redirects=False)
    answer = client.post(path, headers={"origin": "https://window.example"})
    name, *flags = [part.strip() for part in answer.headers["set-cookie"].split(";")]
    assert name.startswith("__Host-fairway=")
    assert {flag.lower() for flag in flags} == {"httponly", "path=/", "samesite=lax", "secure"}
    assert client.get("/calls").status_code == 200
    assert "max-age" in client.get("/").headers["strict-transport-security"]
    window.close()


def test_sessions_are_recognised_by_every_process_on_the_same_database(window: Window):
    browser = signed_in(window)
    other = create_app(window.settings, window.database, window.outside, working=False)
    client = TestClient(other, base_url=URL, cookies={"fairway": browser.cookie()})
    assert client.get("/calls").status_code == 200
    browser.send("/sign-out")
    assert client.get("/calls", follow_redirects=False).status_code == 303
