"""A call's page kept up to date by events from the server."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import httpx2
import pytest
import uvicorn
from sqlmodel import select
from starlette.requests import Request

from gateway import accounts
from gateway.account_records import Account, BrowserSession
from gateway.pages.live import Pace, boards_as_they_change
from messages.exchange import Outcome
from tests.gateway.people import Browser, a_person, signed_in
from tests.gateway.window import Window


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def request_of(window: Window, browser: Browser) -> Request:
    cookie = f"fairway={browser.cookie()}".encode()
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"cookie", cookie)]}
    return Request(scope | {"app": window.app})


def events(window: Window, browser: Browser, call: str, between: list) -> list:
    """The events of a stream that takes one look more than there are things that happen `between`."""

    async def follow() -> list:
        seen = []
        happening = iter([*between, lambda: None])
        pace = Pace(seconds=0, looks=len(between) + 1)
        request = request_of(window, browser)
        async for event in boards_as_they_change(request, window.app.state.wiring, call, pace):
            seen.append(event)
            await anyio.to_thread.run_sync(next(happening))
        return seen

    return anyio.run(follow)


def test_the_board_is_sent_at_once_and_again_only_when_it_has_changed(window: Window):
    browser, call = signed_in(window), window.filed()
    window.pump()

    def decide() -> None:
        window.decide(window.desks["customs"].received[-1], Outcome.HELD, reason="Papers are being read.")

    assert len(events(window, browser, call, [lambda: None, lambda: None])) == 1
    before, after = events(window, browser, call, [decide])
    assert (before.event, after.event) == ("board", "board")
    assert "Held" not in before.data
    assert "Papers are being read." in after.data


def test_the_stream_ends_when_the_account_is_disabled(window: Window):
    account = a_person(window)
    browser, call = signed_in(window, account), window.filed()

    def disable() -> None:
        with window.database.transaction() as session:
            accounts.disable(session, session.get_one(Account, account.id), window.clock.now())

    first, last = events(window, browser, call, [disable, lambda: None, lambda: None])
    assert (first.event, last.event, last.data) == ("board", "gone", "")


def test_the_stream_ends_when_the_session_has_run_idle(window: Window):
    browser, call = signed_in(window), window.filed()
    last = events(window, browser, call, [lambda: window.clock.pass_(minutes=30)])[-1]
    assert last.event == "gone"


def test_an_open_page_does_not_count_as_somebody_at_work(window: Window):
    browser, call = signed_in(window), window.filed()
    began = window.clock.now()
    events(window, browser, call, [lambda: window.clock.pass_(minutes=5)] * 2)
    with window.database.reading() as session:
        assert session.exec(select(BrowserSession)).one().last_seen_at == began


def test_the_board_alone_is_the_boards_part_of_the_page(window: Window):
    browser, call = signed_in(window), window.filed()
    assert browser.get(f"/calls/{call}/board").text.strip() in browser.get(f"/calls/{call}").text


@contextmanager
def served(window: Window) -> Iterator[str]:
    """The window on a port of this machine, as browsers reach it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(window.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def test_a_decision_reaches_an_open_page(window: Window):
    browser, call = signed_in(window), window.filed()
    window.pump()
    cookies = {"fairway": browser.cookie() or ""}
    with (
        served(window) as url,
        httpx2.Client(base_url=url, cookies=cookies, timeout=20) as client,
        client.stream("GET", f"/calls/{call}/live") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        lines = answer.iter_lines()
        assert next(line for line in lines if line.startswith("event:")) == "event: board"
        window.decide(window.desks["quarantine"].received[-1], Outcome.PROVISIONAL)
        assert any("Provisional" in line for line in lines)
