"""Notices in: versions, and what hostile senders try."""

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import func, select

from agencies.records import Case, NoticeRecord
from messages.exchange import Keyring, Outcome
from tests.agencies.partners import DeskInUse, MakeDesk
from tests.agencies.samples import KEY, a_notice, container_ship, quiet_declaration, signed


def raw(**changes: Any) -> bytes:
    """A notice as bytes, with values the contract's own classes would not let through."""
    return json.dumps(json.loads(a_notice("customs", id="ntc_raw").model_dump_json()) | changes).encode()


def test_a_newer_version_takes_the_place_of_the_older_in_the_queue(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship()))
    desk.send(a_notice("customs", declaration=container_ship(), version=2))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    assert "version 2" in browser.get(address).text


def test_an_older_version_arriving_late_is_kept_and_not_shown(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship(), version=2))
    late = a_notice("customs", version=1)
    assert desk.send(late).status_code == 202
    assert desk.decisions() == []
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    assert "version 2" in browser.get(address).text
    with desk.office.database.reading() as session:
        assert session.get(NoticeRecord, late.id) is not None


def test_each_movement_of_a_call_is_a_case_of_its_own(desk: DeskInUse):
    for movement in ("arrival", "shift", "departure"):
        desk.send(a_notice("customs", declaration=container_ship(), movement=movement))
    assert len(desk.addresses(desk.officer())) == 3


def test_what_was_decided_and_has_changed_comes_back_as_changed_with_the_difference(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship()))
    desk.grant_first()
    amended = container_ship()
    amended["cargo_data"]["consignment"].pop()
    desk.send(a_notice("customs", declaration=amended, version=2))
    browser = desk.officer()
    assert "Changed <b>1</b>" in browser.get("/queue").text
    page = browser.get(desk.addresses(browser)[0]).text
    assert "Changed since version 1" in page
    assert "0 lines are new, 1 of the earlier ones gone" in page


def test_what_was_decided_and_has_not_changed_is_routine(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship()))
    desk.grant_first()
    desk.send(a_notice("customs", declaration=container_ship(), version=2))
    assert "Routine <b>1</b>" in desk.officer().get("/queue").text


def test_no_rule_grants_what_an_officer_refused(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship()))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    refusal = {"outcome": "refused", "reason": "Seals are broken.", "legal_basis": "FAL 2"}
    browser.post(f"{address}/decisions", data=desk.form(browser, address) | refusal)
    desk.send(a_notice("customs", declaration=quiet_declaration(), version=2))
    assert [decision.outcome for decision in desk.decisions()] == [Outcome.REFUSED]
    assert "decision on version 1 stands: refused" in browser.get(address).text


def test_a_rule_grants_again_what_it_granted_before(desk: DeskInUse):
    desk.send(a_notice("customs"))
    desk.send(a_notice("customs", version=2))
    assert [(each.sequence, each.version) for each in desk.decisions()] == [(1, 1), (2, 2)]


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_stale_signature_is_refused(desk: DeskInUse, seconds: int, monkeypatch: pytest.MonkeyPatch):
    post = signed(a_notice("customs"))
    stamp = int(post["headers"]["webhook-timestamp"]) + seconds + (1 if seconds > 0 else -1)
    old = Keyring(KEY)
    (webhook,) = old._webhooks

    signature = webhook.sign(
        post["headers"]["webhook-id"], datetime.fromtimestamp(stamp, UTC), post["content"].decode()
    )
    post["headers"] |= {"webhook-timestamp": str(stamp), "webhook-signature": signature}
    answer = desk.client.post("/notices", **post)
    assert (answer.status_code, answer.json()["rule"]) == (401, "MSW-AGY-001")


@pytest.mark.parametrize("change", [b" ", b"\n"])
def test_one_byte_more_than_was_signed_is_refused(desk: DeskInUse, change: bytes):
    post = signed(a_notice("customs"))
    answer = desk.client.post("/notices", content=post["content"] + change, headers=post["headers"])
    assert answer.status_code == 401


def test_six_signatures_in_one_header_are_not_tried(desk: DeskInUse):
    post = signed(a_notice("customs"))
    post["headers"]["webhook-signature"] = " ".join([post["headers"]["webhook-signature"]] * 6)
    assert desk.client.post("/notices", **post).status_code == 401


def test_a_signature_under_another_id_is_refused(desk: DeskInUse):
    answer = desk.client.post("/notices", **signed(a_notice("customs"), message_id="ntc_other"))
    assert (answer.status_code, answer.json()["rule"]) == (422, "MSW-AGY-006")


@pytest.mark.parametrize("told", [True, False], ids=["with length", "in chunks"])
def test_a_body_over_the_limit_is_refused_before_it_is_read_whole(make_desk: MakeDesk, told: bool):
    desk = make_desk(largest_notice=1000)
    body = b"x" * 5000
    content = body if told else (body[n : n + 100] for n in range(0, len(body), 100))
    answer = desk.client.post("/notices", content=content)
    assert (answer.status_code, answer.json()["rule"]) == (413, "MSW-AGY-004")
    assert answer.headers["content-type"] == "application/problem+json"


def nested(levels: int) -> bytes:
    return raw().replace(b'"declaration": {', b'"declaration": {"x": ' + b"[" * levels + b"]" * levels + b", ", 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        nested(60),
        nested(5000),
        raw(unexpected=1),
        raw(contract="2"),
        raw(version=0),
        raw(version=2**40),
        raw(version=10**400),
        raw(id="ntc_raw", port_call="a\0b"),
        raw(ship={"name": "Thiri\0Star"}),
        raw(ship={"name": "Thiri\nStar"}),
        raw(time_zone="Asia/\0Yangon"),
        raw(eta="2026-11-23T06:00:00"),
        raw(eta="0001-01-01T00:00:00Z"),
        raw(eta="9999-12-31T23:59:59-12:00"),
        raw(sent_at="9999-12-31T23:59:59Z"),
        raw(port="Yangon"),
        raw(digest="sha256:00"),
        raw(declaration=[]),
    ],
)
def test_what_is_no_notice_is_refused_in_words(desk: DeskInUse, body: bytes):
    post = {"content": body, "headers": sign_bytes(body)}
    answer = desk.client.post("/notices", **post)
    assert answer.status_code in (401, 422)
    assert answer.json()["rule"] in {"MSW-AGY-001", "MSW-AGY-005", "MSW-AGY-007", "MSW-AGY-008", "MSW-AGY-009"}
    assert len(answer.json()["title"]) <= 240
    with desk.office.database.reading() as session:
        assert session.exec(select(func.count()).select_from(Case)).one() == 0


def sign_bytes(body: bytes) -> dict[str, str]:
    try:
        return Keyring(KEY).sign("ntc_raw", body)
    except UnicodeDecodeError:
        return {}


@pytest.mark.parametrize(
    "changes",
    [
        {"eta": None},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": "Nowhere/At_All"},
        {"time_zone": ""},
        {"ship": {"name": "<script>alert(1)</script>"}},
        {"ship": {"name": "မြန်မာ ရွှေ"}},
        {"totals": {"persons": {"crew": 4}, "weights": [1, {"t": 2}]}},
        {"declaration": {"general_remark": "x\u0000y", "crew_list": [{"remarks": "\u0000"}]}},
        {"declaration": {"general_remark": "{{ 7 * 7 }}<img src=x onerror=alert(1)>", "": 1, "a.b": [{"": []}]}},
        {"declaration": {"crew_list": [{"date_of_birth": "9999-99-99", "person_id_document": {"id_number": 3}}]}},
    ],
)
def test_odd_but_allowed_values_are_kept_and_shown_escaped(make_desk: MakeDesk, database_url: str, changes: Any):
    desk = make_desk("immigration", database_url)
    values = {"declaration": container_ship()} | changes
    body = raw(agency="immigration", **values)
    assert desk.client.post("/notices", **signed(body)).status_code == 202
    browser = desk.officer()
    for address in ("/queue", *desk.addresses(browser)):
        page = browser.get(address)
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<img" not in page.text


def test_the_same_notice_sent_many_times_at_once_is_kept_once(make_desk: MakeDesk, database_url: str):
    desk = make_desk("customs", database_url)
    post = signed(a_notice("customs"))
    answers: list[Any] = []
    senders = [threading.Thread(target=lambda: answers.append(desk.client.post("/notices", **post))) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert len(desk.decisions()) == 1


def test_ten_versions_in_any_order_leave_the_newest_in_the_queue(make_desk: MakeDesk, database_url: str):
    desk = make_desk("customs", database_url)
    for version in (3, 9, 1, 10, 2, 8, 4, 7, 5, 6):
        desk.send(a_notice("customs", declaration=container_ship(), version=version))
    browser = desk.officer()
    (address,) = desk.addresses(browser)
    assert "version 10" in browser.get(address).text


def test_healthz_says_whose_desk_it_is(desk: DeskInUse):
    assert desk.client.get("/healthz").json() == {"agency": "customs", "status": "ok"}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/notices", 405), ("POST", "/healthz", 405)])
def test_the_machine_doors_refuse_with_problems(desk: DeskInUse, method: str, path: str, status: int):
    answer = desk.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_its_records_the_desk_asks_to_be_sent_the_same_again(desk: DeskInUse):
    with desk.office.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE notice RENAME TO hidden")
    notice = a_notice("customs")
    answer = desk.send(notice)
    assert (answer.status_code, answer.json()["rule"]) == (503, "MSW-AGY-040")
    assert answer.headers["retry-after"] == "5"
    with desk.office.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE hidden RENAME TO notice")
    assert desk.send(notice).status_code == 202
