"""An officer without a screen: signs in by link, reads the queue, and sends the desk's own forms over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx2


class NoSuchForm(Exception):  # noqa: N818 - says what was looked for
    """The page does not hold the form the officer wanted to send."""


@dataclass(slots=True)
class Form:
    """A form as a page holds it: where it goes and what is filled in already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    """The links and forms of a page."""

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
        elif tag == "input" and self._open and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"


class Officer:
    """One officer's browser, as far as a desk needs one. `desk` is the address users reach the desk at."""

    def __init__(self, desk: str, client: httpx2.Client) -> None:
        self._desk = desk.rstrip("/")
        self._client = client

    def sign_in(self, link: str) -> None:
        """Use a one-time link: open its page and press its button."""
        self._press(self._desk + link, lambda form: form.action.endswith(link))

    def find(self, port_call: str) -> str | None:
        """The address of that call's case, or None while the queue does not show it."""
        page = self._open(self._desk + "/queue")
        for link in dict.fromkeys(_Page(page.text).links):
            case = page.url.join(link)
            if "/cases/" in case.path and port_call in self._open(str(case)).text:
                return str(case)
        return None

    def grant(self, case: str) -> None:
        """Grant what the case asks for."""
        self._press(case, lambda form: form.fields.get("outcome") == "granted")

    def _open(self, url: str) -> httpx2.Response:
        return self._client.get(url, follow_redirects=True).raise_for_status()

    def _press(self, url: str, wanted: Callable[[Form], bool]) -> None:
        page = self._open(url)
        form = next((form for form in _Page(page.text).forms if wanted(form)), None)
        if form is None:
            msg = f"{url} does not offer that."
            raise NoSuchForm(msg)
        target = page.url.join(form.action)
        origin = f"{target.scheme}://{target.netloc.decode()}"
        self._client.post(
            target, data=form.fields, headers={"origin": origin}, follow_redirects=True
        ).raise_for_status()
