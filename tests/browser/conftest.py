"""A Chromium, a running demo, and people in front of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from gateway.demo.run import Demo, running
from tests.conftest import BROWSER

WIDTHS = {"phone": 360, "desktop": 1280}
SHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not longer than its module: Playwright keeps an event loop running in the thread that other tests share."""
    with sync_playwright() as playwright:
        # Chromium refuses to sandbox itself when root runs it, as CI does.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=BROWSER, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with running(0) as demo:
        yield demo


class Person:
    """Somebody at a screen of their own, remembering what the page complained about."""

    def __init__(self, browser: Browser, width: int, *, script: bool = True) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(request.url))

    def comes_in_by(self, link: str) -> "Person":
        self.page.goto(link)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state()
        return self

    def photographs(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def overflows(self) -> bool:
        """Whether the page is wider than the screen."""
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def leaves(self) -> None:
        self.context.close()
