"""People in front of browsers, for tests: a browser keeps cookies, says where its forms come from, knows no script."""

import re
from datetime import timedelta

import httpx2
from sqlmodel import select
from starlette.testclient import TestClient

from gateway import accounts, passwords
from gateway.account_records import Account, Firm
from tests.gateway.window import URL, Window

LOGIN = "hnin@firm.example"
PASSWORD = "four boats in a row"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One person's browser. Redirects are not followed, so that tests see them."""

    def __init__(self, window: Window) -> None:
        self.client = TestClient(window.app, base_url=URL, raise_server_exceptions=False, follow_redirects=False)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, origin: str | None = URL, files: dict | None = None, **fields: str) -> httpx2.Response:
        headers = {} if origin is None else {"origin": origin}
        return self.client.post(path, data=fields, files=files, headers=headers)

    def token(self) -> str:
        """The token that this session's forms carry."""
        found = TOKEN.search(self.get("/help").text)
        assert found, "nobody is signed in"
        return found[1]

    def send(self, path: str, files: dict | None = None, **fields: str) -> httpx2.Response:
        """Send a form as the page makes it."""
        return self.post(path, files=files, csrf_token=self.token(), **fields)

    def cookie(self) -> str | None:
        return self.client.cookies.get("fairway")

    def take(self, cookie: str | None) -> None:
        """Carry that session cookie from now on."""
        assert cookie
        self.client.cookies.set("fairway", cookie, domain="window.example")

    def is_in(self) -> bool:
        return self.get("/calls").status_code == 200


def the_firm(window: Window) -> Firm:
    with window.database.reading() as session:
        return session.exec(select(Firm)).one()


def another_firm(window: Window) -> Firm:
    with window.database.transaction() as session:
        return accounts.create_firm(session, "OTHER", "Other Lines")


def a_person(window: Window, firm: Firm | None = None, login: str = LOGIN, password: str | None = PASSWORD) -> Account:
    """An account of the firm (the seeded one unless another is named)."""
    kept = None if password is None else passwords.hash_of(password)
    firm = firm or the_firm(window)
    with window.database.transaction() as session:
        account = accounts.create_account(session, firm, login, "Daw Hnin Yu", window.clock.now())
        account.password_hash = kept
        session.add(account)
    return account


def a_link(window: Window, account: Account, minutes: float = 15) -> str:
    """The path of a one-time link for that account."""
    with window.database.transaction() as session:
        token = accounts.sign_in_link(session, account, window.clock.now(), timedelta(minutes=minutes))
    return f"/sign-in/link/{token}"


def signed_in(window: Window, account: Account | None = None) -> Browser:
    """A browser whose person has just come in by a link; a new account of the seeded firm unless one is given."""
    browser = Browser(window)
    answer = browser.post(a_link(window, account or a_person(window)))
    assert answer.status_code == 303, answer.text
    return browser


def a_key(window: Window, *scopes: str, firm: Firm | None = None, minutes: float | None = None) -> str:
    """An API key of the firm."""
    lifetime = None if minutes is None else timedelta(minutes=minutes)
    firm = firm or the_firm(window)
    with window.database.transaction() as session:
        return accounts.create_api_key(session, firm, "tests", scopes, window.clock.now(), lifetime=lifetime)
