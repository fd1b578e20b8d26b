"""Notices reach desks: once in effect, in order, again and again until they do, and nobody waits for another."""

from datetime import datetime, timedelta

import pytest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from gateway.records import Delivery
from tests.gateway.window import AGENCIES, MONDAY, Window


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def test_each_agency_gets_its_notice_and_the_agent_sees_five_of_five(window: Window):
    call = window.filed()
    window.pump()
    assert {code: len(desk.received) for code, desk in window.desks.items()} == dict.fromkeys(AGENCIES, 1)
    assert window.movement(call)["delivered"] == 5
    assert {line["state"] for line in window.movement(call)["agencies"]} == {"under_review"}


def test_a_notice_that_has_been_receipted_is_not_sent_again(window: Window):
    window.filed()
    window.pump()
    window.clock.pass_(days=1)
    window.pump()
    assert [len(desk.received) for desk in window.desks.values()] == [1] * 5


TROUBLES = {
    "server error": Response(status_code=500),
    "too many requests": Response(status_code=429),
    "redirect": RedirectResponse("http://elsewhere.example/notices"),
    "a page instead of a receipt": HTMLResponse("<h1>Welcome</h1>", 200),
    "nothing": Response(status_code=200),
    "somebody else's receipt": JSONResponse(
        {
            "contract": "1",
            "id": "r",
            "notice": "another",
            "agency": "customs",
            "received_at": MONDAY.isoformat(),
            "digest": "sha256:" + "0" * 64,
        },
        202,
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_is_no_receipt_leaves_the_notice_owed_and_the_agent_sees_why(window: Window, trouble: str):
    window.desks["customs"].script.append(TROUBLES[trouble])
    call = window.filed()
    window.pump()
    line = window.line(call, "customs")
    assert (line["state"], line["waiting_for"], line["attempts"]) == ("not_yet_delivered", "window", 1)
    assert line["trouble"]
    assert window.movement(call)["delivered"] == 4
    window.clock.pass_(seconds=6)
    window.pump("customs")
    assert window.line(call, "customs")["state"] == "under_review"


def test_every_attempt_carries_the_same_notice_byte_for_byte(window: Window):
    window.desks["harbour"].script.extend([Response(status_code=503), Response(status_code=503)])
    window.filed()
    window.pump("harbour")
    window.clock.pass_(seconds=6)
    window.pump("harbour")
    window.clock.pass_(minutes=1)
    window.pump("harbour")
    first, *others = window.desks["harbour"].raw
    assert len(others) == 2
    assert set(others) == {first}


def test_a_notice_the_desk_refuses_is_not_pressed_on_it(window: Window):
    window.desks["security"].script.append(Response(status_code=422))
    call = window.filed()
    window.pump()
    window.clock.pass_(days=2)
    window.pump()
    assert len(window.desks["security"].received) == 1
    assert window.line(call, "security")["state"] == "delivery_failed"


def test_pauses_grow_from_seconds_to_an_hour(window: Window):
    window.desks["harbour"].script.extend([Response(status_code=503)] * 8)
    window.filed()
    pauses = []
    for _ in range(8):
        window.pump("harbour")
        due = next_attempt(window)
        pauses.append((due - window.clock.now()).total_seconds())
        window.clock.pass_(seconds=pauses[-1] + 1)
    expected = [5, 30, 120, 600, 1800, 3600, 3600, 3600]
    assert [abs(pause / step - 1) <= 0.1 for pause, step in zip(pauses, expected, strict=True)] == [True] * 8


def test_a_desk_that_names_a_pause_is_given_it(window: Window):
    window.desks["harbour"].script.append(Response(status_code=429, headers={"retry-after": "900"}))
    window.filed()
    window.pump("harbour")
    assert next_attempt(window) - window.clock.now() == timedelta(seconds=900)


def test_after_a_week_of_silence_the_delivery_is_given_up_where_all_can_see_it(window: Window):
    window.desks["quarantine"].script.extend([Response(status_code=503)] * 400)
    call = window.filed()
    for _ in range(8 * 24):
        window.pump("quarantine")
        window.clock.pass_(hours=1.2)
    assert window.line(call, "quarantine")["state"] == "delivery_failed"
    assert len(window.desks["quarantine"].received) > 100


def test_a_dead_desk_is_not_knocked_at_once_for_every_waiting_notice(window: Window):
    window.desks["customs"].script.extend([Response(status_code=503)] * 1000)
    for number in range(25):
        window.filed(number)
    window.pump("customs")
    assert len(window.desks["customs"].received) == 10


def test_a_backlog_drains_when_the_desk_is_back(window: Window):
    window.desks["customs"].script.extend([Response(status_code=503)] * 10)
    calls = [window.filed(number) for number in range(25)]
    window.pump("customs")
    window.clock.pass_(seconds=10)
    window.pump("customs")
    assert {window.line(call, "customs")["state"] for call in calls} == {"under_review"}
    assert len({notice.id for notice in window.desks["customs"].received}) == 25


def test_when_a_dead_desk_answers_again_all_that_waited_for_it_goes_out_at_once(window: Window):
    window.desks["customs"].away = True
    calls = [window.filed(number) for number in range(12)]
    for _ in range(4):
        window.pump("customs")
        window.clock.pass_(minutes=3)
    window.desks["customs"].away = False
    calls.append(window.filed(12))
    window.pump("customs")
    assert {window.line(call, "customs")["state"] for call in calls} == {"under_review"}


def test_a_claim_left_behind_by_a_dead_worker_runs_out(window: Window):
    call = window.filed()
    claimed_and_lost(window, "harbour")
    window.pump("harbour")
    assert window.line(call, "harbour")["state"] == "not_yet_delivered"
    window.clock.pass_(seconds=16)
    window.pump("harbour")
    assert window.line(call, "harbour")["state"] == "under_review"


def claimed_and_lost(window: Window, agency: str) -> None:
    """What a worker leaves that was killed between claiming and sending."""
    from gateway.store import deliveries as store  # noqa: PLC0415 - this is the worker's part

    with window.database.transaction() as session:
        store.claim_due(session, agency, window.clock.now(), lease=timedelta(seconds=15), most=10)


def next_attempt(window: Window) -> datetime:
    from sqlmodel import select  # noqa: PLC0415 - only here

    with window.database.reading() as session:
        return session.exec(select(Delivery.next_attempt_at).where(Delivery.agency == "harbour")).one()
