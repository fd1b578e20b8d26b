"""Decisions reach the gateway: in order, under one id, and done only with a receipt."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi import Response
from sqlmodel import col, select

from agencies.records import Outgoing, Sending
from messages.exchange import DecisionMessage, DecisionReceipt, Effect, digest_of, new_key
from tests.agencies.partners import DeskInUse, Gateway, MakeDesk
from tests.agencies.samples import KEY, NOW, a_notice, signed


def owed(desk: DeskInUse) -> list[Outgoing]:
    with desk.office.database.reading() as session:
        return list(session.exec(select(Outgoing).order_by(col(Outgoing.queued_at))))


def problem(status: int, **headers: str) -> Response:
    return Response('{"title": "No"}', status, headers, media_type="application/problem+json")


def test_an_unreceipted_decision_is_sent_again_under_the_same_id(desk: DeskInUse):
    desk.gateway.answers = [problem(500), problem(503)]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    for _ in range(2):
        desk.watch.forward(minutes=5)
        desk.office.replies.pump()
    assert len(desk.gateway.attempts) == 3
    assert len(set(desk.gateway.attempts)) == 1
    assert [row.state for row in owed(desk)] == [Sending.DONE]


def test_the_pause_grows_to_an_hour_and_lasts_seven_days(desk: DeskInUse):
    desk.gateway.answers = [problem(500) for _ in range(400)]
    desk.send(a_notice("customs"))
    pauses = []
    while (row := next(iter(owed(desk)))).next_try is not None:
        desk.watch.now = max(desk.watch.now, row.next_try)
        before = desk.watch.now
        desk.office.replies.pump()
        if (after := owed(desk)[0].next_try) is not None:
            pauses.append((after - before).total_seconds())
    for pause, expected in zip(pauses, (5, 30, 120, 600, 1800, 3600, 3600), strict=False):
        assert 0.8 * expected <= pause <= 1.2 * expected
    assert (desk.watch.now - NOW).days >= 7
    assert owed(desk)[0].state is Sending.FAILED


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_refusal_stays_in_sight_and_is_tried_hourly(desk: DeskInUse, status: int):
    desk.gateway.answers = [problem(status)]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    (row,) = owed(desk)
    assert (row.state, row.status) == (Sending.FAILED, status)
    assert 2800 < (row.next_try - desk.watch.now).total_seconds() < 4400
    assert f"HTTP {status}" in desk.officer().get("/unsent").text
    desk.watch.forward(hours=2)
    desk.office.replies.pump()
    assert [row.state for row in owed(desk)] == [Sending.DONE]


def test_a_refused_decision_does_not_hold_back_the_next(desk: DeskInUse):
    desk.gateway.answers = [problem(422)]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    desk.grant_first()
    assert [message.sequence for message in desk.decisions()] == [2]


def test_a_later_decision_waits_for_the_earlier_one_of_its_case(desk: DeskInUse):
    desk.gateway.answers = [problem(500)]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    desk.grant_first()
    desk.office.replies.pump()
    assert desk.gateway.kept == {}
    desk.watch.forward(minutes=1)
    assert [message.sequence for message in desk.decisions()] == [1, 2]


def test_another_case_does_not_wait(desk: DeskInUse):
    desk.gateway.answers = [problem(500)]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    desk.send(a_notice("customs", port_call="MMRGN-26-000418"))
    assert [message.port_call for message in desk.decisions()] == ["MMRGN-26-000418"]


@pytest.mark.parametrize(
    "answer",
    [
        Response("<h1>Welcome</h1>", 200, media_type="text/html"),
        Response("", 200),
        Response("x" * 200_000, 200),
        Response('{"contract": "1"}', 200),
        Response("", 307, {"Location": "http://elsewhere.example/api/decisions"}),
    ],
    ids=["page", "empty", "huge", "half", "redirect"],
)
def test_an_answer_that_is_no_receipt_ends_nothing(desk: DeskInUse, answer: Response):
    desk.gateway.answers = [answer]
    desk.send(a_notice("customs"))
    desk.office.replies.pump()
    assert [row.state for row in owed(desk)] == [Sending.QUEUED]
    desk.watch.forward(minutes=1)
    assert len(desk.decisions()) == 1


def receipt_for(body: bytes, **changes: object) -> str:
    message = DecisionMessage.model_validate_json(body)
    values = {"id": "r", "decision": message.id, "received_at": NOW, "digest": digest_of(body), "effect": "recorded"}
    return DecisionReceipt.model_validate(values | changes).model_dump_json()


@pytest.mark.parametrize("status", [409, 410])
@pytest.mark.parametrize("effect", [Effect.SUPERSEDED, Effect.OLD_VERSION])
def test_a_receipt_without_effect_is_final_too(desk: DeskInUse, status: int, effect: Effect):
    desk.send(a_notice("customs"))
    desk.gateway.answers = [Response(receipt_for(owed(desk)[0].body, effect=effect), status)]
    desk.office.replies.pump()
    assert [row.state for row in owed(desk)] == [Sending.DONE]


@pytest.mark.parametrize("changes", [{"decision": "dec_other"}, {"digest": digest_of(b"other")}])
def test_a_receipt_for_something_else_ends_nothing(desk: DeskInUse, changes: dict[str, str]):
    desk.send(a_notice("customs"))
    desk.gateway.answers = [Response(receipt_for(owed(desk)[0].body, **changes), 200)]
    desk.office.replies.pump()
    assert [row.state for row in owed(desk)] == [Sending.QUEUED]


def test_the_gateway_may_ask_for_a_longer_pause_but_not_beyond_an_hour(desk: DeskInUse):
    desk.gateway.answers = [problem(429, **{"Retry-After": "900"}), problem(429, **{"Retry-After": "999999999"})]
    desk.send(a_notice("customs"))
    pauses = []
    for _ in range(2):
        desk.office.replies.pump()
        row = owed(desk)[0]
        pauses.append((row.next_try - desk.watch.now).total_seconds())
        desk.watch.now = row.next_try
    assert pauses == [900, 3600]


@contextmanager
def listening(gateway: Gateway, port: int = 0) -> Iterator[str]:
    """The gateway stand-in on a socket."""
    config = uvicorn.Config(gateway.app(), port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def running(tmp_path: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Customs' desk as a program of its own, with its address."""
    (tmp_path / "key").write_text(KEY)
    command = [sys.executable, "-m", "agencies", "serve", "customs", "--database", str(tmp_path)]
    command += ["--key-file", str(tmp_path / "key"), "--retries", "0.2", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            yield program, json.loads(program.stdout.readline())["desks"]["customs"]["url"]
        finally:
            program.kill()


def wait_for(gateway: Gateway, number: int) -> list[DecisionMessage]:
    for _ in range(1000):
        if len(gateway.kept) >= number:
            break
        time.sleep(0.02)
    return list(gateway.kept.values())


def test_a_decision_survives_the_desk_being_killed_before_it_could_be_sent(tmp_path: Path):
    notice = a_notice("customs")
    with running(tmp_path, "--gateway", "http://127.0.0.1:9") as (program, url):
        receipt = httpx2.post(url + "notices", **signed(notice))
        program.send_signal(signal.SIGKILL)
    gateway = Gateway()
    with listening(gateway) as address, running(tmp_path, "--gateway", address) as (program, url):
        (decision,) = wait_for(gateway, 1)
        assert httpx2.post(url + "notices", **signed(notice)).content == receipt.content
        program.send_signal(signal.SIGTERM)
        assert program.wait(20) == 0
    assert decision.notice == notice.id


def test_killed_again_and_again_nothing_is_lost_and_nothing_gets_a_second_id(tmp_path: Path):
    gateway = Gateway()
    notices = [a_notice("customs", port_call=f"MMRGN-26-{n:06}") for n in range(12)]
    with listening(gateway) as address:
        for start in range(0, len(notices), 4):
            with running(tmp_path, "--gateway", address) as (program, url):
                for notice in notices[start : start + 4]:
                    assert httpx2.post(url + "notices", **signed(notice)).status_code == 202
                program.send_signal(signal.SIGKILL)
        with running(tmp_path, "--gateway", address):
            decisions = wait_for(gateway, len(notices))
    assert sorted(decision.notice for decision in decisions) == sorted(notice.id for notice in notices)


def test_the_background_thread_sends_when_a_decision_is_committed(tmp_path: Path, make_desk: MakeDesk):
    gateway = Gateway()
    with listening(gateway) as address, running(tmp_path, "--gateway", address) as (_, url):
        httpx2.post(url + "notices", **signed(a_notice("customs")))
        assert len(wait_for(gateway, 1)) == 1


def test_with_the_wrong_key_a_decision_waits_for_the_right_one(desk: DeskInUse):
    desk.gateway.key = new_key()
    desk.send(a_notice("customs"))
    assert desk.decisions() == []
    assert [(row.state, row.status) for row in owed(desk)] == [(Sending.FAILED, 401)]
    desk.gateway.key = KEY
    desk.watch.forward(hours=2)
    assert len(desk.decisions()) == 1
