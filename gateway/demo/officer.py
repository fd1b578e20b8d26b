"""An officer without a screen: signs in by link, reads the queue, and presses the desk's own buttons over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx2


class NoSuchButton(Exception):  # noqa: N818 - says what was looked for
    """The page does not hold the form the officer wanted to send."""


@dataclass(slots=True)
class Form:
    """A form as a page holds it: where it goes and what is filled in already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: set[tuple[str, str]] = field(default_factory=set)
    """Names and values of its buttons and radio buttons."""


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self._open = True
        elif self._open and given.get("name"):
            self._fill(tag, given)

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"

    def _fill(self, tag: str, given: dict[str, str]) -> None:
        form = self.forms[-1]
        if tag == "button" or given.get("type") in {"radio", "submit"}:
            form.choices.add((given["name"], given.get("value", "")))
        elif tag == "input" and given.get("type") != "checkbox":
            form.fields[given["name"]] = given.get("value", "")


class Officer:
    """One officer's browser, as far as a desk needs one. `desk` is the address users reach the desk at."""

    def __init__(self, desk: str, client: httpx2.Client) -> None:
        self._desk = desk.rstrip("/")
        self._client = client

    def sign_in(self, link: str) -> None:
        """Use a one-time link: open its page and press its button."""
        self._press(self._desk + link, lambda form: "link" in form.action)

    def find(self, port_call: str) -> str | None:
        """The address of that call's case in the queue, or None while it is not there."""
        page = self._open(self._desk + "/queue")
        text = page.text
        if port_call not in text:
            return None
        for link in _Page(text).links:
            case = httpx2.URL(str(page.url)).join(link)
            if "/cases/" in case.path and port_call in self._open(str(case)).text:
                return str(case)
        return None

    def grant(self, case: str) -> None:
        """Grant what the case asks for."""
        self._press(case, lambda form: any(value == "granted" for _, value in form.choices), "granted")

    def _open(self, url: str) -> httpx2.Response:
        return self._client.get(url, follow_redirects=True).raise_for_status()

    def _press(self, url: str, wanted: Callable[[Form], bool], choice: str = "") -> None:
        page = self._open(url)
        for form in _Page(page.text).forms:
            if not wanted(form):
                continue
            chosen = {name: value for name, value in form.choices if value == choice}
            target = httpx2.URL(str(page.url)).join(form.action)
            origin = {"origin": f"{target.scheme}://{target.netloc.decode()}"}
            self._client.post(target, data=form.fields | chosen, headers=origin, follow_redirects=True).raise_for_status()
            return
        msg = f"No such form on {url}"
        raise NoSuchButton(msg)
