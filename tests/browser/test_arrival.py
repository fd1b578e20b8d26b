"""One arrival in a browser: filed once by an agent, decided at five desks, cleared before the agent's eyes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from gateway.demo.run import Demo
from messages import samples
from tests.browser.conftest import WIDTHS, Person

pytestmark = pytest.mark.browser

HERE = Path(samples.__file__).parent
SAMPLE = HERE / "container-ship-yangon.xml"
FAULTY = HERE / "faults" / "container-ship-five-faults.xml"


def test_five_officers_clear_what_an_agent_files_once(chromium: Browser, demo: Demo):
    agent = Person(chromium, WIDTHS["desktop"]).comes_in_by(demo.agent_link)
    agent.page.goto(demo.url + "/calls/new")
    agent.photographs("1-file-desktop")
    agent.page.set_input_files("input[type=file]", SAMPLE)
    agent.page.get_by_role("button", name="Check and file").click()
    expect(agent.page).to_have_url(re.compile(r"/calls/MMRGN-\d\d-\d{6}$"))
    expect(agent.page.get_by_text("Under review")).to_have_count(5, timeout=20_000)
    expect(agent.page.get_by_text("Pending")).to_be_visible()
    agent.photographs("2-five-lines-desktop")

    for number, desk in enumerate(demo.desks.values(), 1):
        officer = Person(chromium, WIDTHS["desktop"]).comes_in_by(demo.desk_link(desk))
        officer.page.goto(f"{demo.url}/desks/{desk.agency}/queue")
        officer.photographs(f"3-queue-{desk.agency}-desktop")
        officer.page.get_by_role("link", name="SAMPLE MERIDIAN").click()
        officer.photographs(f"4-case-{desk.agency}-desktop")
        officer.page.get_by_role("button", name=re.compile("^Grant arrival")).first.click()
        expect(agent.page.get_by_text("Granted")).to_have_count(number, timeout=20_000)
        assert officer.complaints == []
        officer.leaves()

    expect(agent.page.get_by_role("heading", name="Cleared")).to_be_visible(timeout=20_000)
    agent.photographs("5-cleared-desktop")
    assert agent.complaints == []
    assert {url for url in agent.asked if not url.startswith(demo.url)} == set()

    agent.page.set_viewport_size({"width": WIDTHS["phone"], "height": 800})
    assert not agent.overflows()
    agent.photographs("5-cleared-phone")
    agent.leaves()


@pytest.fixture(scope="module")
def agent_state(chromium: Browser, demo: Demo):
    """A second way in for the agent: the first link is spent."""
    agent = Person(chromium, WIDTHS["desktop"]).comes_in_by(demo.another_agent_link())
    yield agent.context.storage_state()
    agent.leaves()


@pytest.mark.parametrize("width", WIDTHS)
def test_five_faults_are_shown_with_line_value_and_fix_and_nothing_is_lost(
    chromium: Browser, demo: Demo, agent_state: dict, width: str
):
    agent = Person(chromium, WIDTHS[width])
    agent.context.add_cookies(agent_state["cookies"])
    agent.page.goto(demo.url + "/calls/new")
    agent.page.set_input_files("input[type=file]", FAULTY)
    agent.page.get_by_role("button", name="Check and file").click()
    expect(agent.page.get_by_role("link", name="5 errors")).to_be_visible()
    expect(agent.page.get_by_text("IMO number 9074728 fails its check digit.")).to_be_visible()
    expect(agent.page.get_by_text("9074729 would pass")).to_be_visible()
    assert "<IMONumber>9074728" in agent.page.locator("textarea").input_value()
    assert not agent.overflows()
    agent.photographs(f"6-findings-{width}")
    agent.leaves()


def test_the_whole_filing_works_without_script(chromium: Browser, demo: Demo, agent_state: dict, tmp_path: Path):
    another = tmp_path / "arrival.xml"
    another.write_bytes(SAMPLE.read_bytes().replace(b"STW-2026-12-0417-A", b"WITHOUT-SCRIPT"))
    agent = Person(chromium, WIDTHS["phone"], script=False)
    agent.context.add_cookies(agent_state["cookies"])
    agent.page.goto(demo.url + "/calls/new")
    agent.page.set_input_files("input[type=file]", another)
    agent.page.get_by_role("button", name="Check and file").click()
    expect(agent.page.get_by_text("Waiting for").first).to_be_visible()
    agent.photographs("7-without-script-phone")
    agent.leaves()
