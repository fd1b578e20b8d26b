"""Ways in and out: passwords, one-time links, sessions, pauses."""

import pytest
from sqlmodel import select

from gateway import accounts
from gateway.account_records import Account, BrowserSession, SignInAttempt, SignInLink
from gateway.refusals import LoginNotAllowed
from tests.gateway.people import (
    LOGIN,
    PASSWORD,
    Browser,
    a_link,
    a_person,
    signed_in,
    the_firm,
)
from tests.gateway.window import Window


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def sign_in(browser: Browser, login: str = LOGIN, password: str = PASSWORD, path: str = ""):
    return browser.post("/sign-in", login=login, password=password, next=path)


def test_the_right_password_opens_a_session(window: Window):
    a_person(window)
    browser = Browser(window)
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls")
    assert browser.is_in()


def test_the_login_is_the_same_in_capitals_and_with_spaces_around(window: Window):
    a_person(window)
    assert sign_in(Browser(window), login=f" {LOGIN.upper()} ").status_code == 303


def test_signing_in_leads_back_to_where_one_was_going(window: Window):
    a_person(window)
    browser = Browser(window)
    assert browser.get("/calls/MMRGN-26-000001").headers["location"] == "/sign-in?next=/calls/MMRGN-26-000001"
    assert sign_in(browser, path="/calls/MMRGN-26-000001").headers["location"] == "/calls/MMRGN-26-000001"


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/\t/x"]
)
def test_signing_in_leads_nowhere_outside(window: Window, path: str):
    a_person(window)
    assert sign_in(Browser(window), path=path).headers["location"] == "/calls"


def test_an_unknown_account_and_a_wrong_password_are_answered_with_the_same_bytes(window: Window):
    a_person(window)
    a_person(window, login="new@firm.example", password=None)
    answers = [
        sign_in(Browser(window), login=login, password="not the password")
        for login in (LOGIN, "nobody@firm.example", "new@firm.example", "")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert len({frozenset(answer.headers.items()) for answer in answers}) == 1


def test_a_disabled_account_is_answered_like_a_wrong_password(window: Window):
    account = a_person(window)
    wrong = sign_in(Browser(window), password="not the password").content
    with window.database.transaction() as session:
        accounts.disable(session, session.get_one(Account, account.id), window.clock.now())
    assert sign_in(Browser(window)).content == wrong


def test_the_sixth_try_within_a_minute_waits_even_with_the_right_password(window: Window):
    a_person(window)
    browser = Browser(window)
    assert {sign_in(browser, password="not the password").status_code for _ in range(5)} == {401}
    window.clock.pass_(seconds=20)
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "40")
    assert "Wait 40 seconds" in answer.text
    window.clock.pass_(seconds=41)
    assert sign_in(browser).status_code == 303


def test_refused_tries_do_not_make_the_pause_longer(window: Window):
    a_person(window)
    browser = Browser(window)
    for _ in range(30):
        sign_in(browser, password="not the password")
        window.clock.pass_(seconds=1)
    window.clock.pass_(seconds=31)
    assert sign_in(browser).status_code == 303


def test_right_tries_are_not_counted(window: Window):
    a_person(window)
    assert {sign_in(Browser(window)).status_code for _ in range(8)} == {303}
    with window.database.reading() as session:
        assert session.exec(select(SignInAttempt)).all() == []


def test_a_source_that_tries_many_accounts_waits(window: Window):
    codes = [sign_in(Browser(window), login=f"a{n}@firm.example").status_code for n in range(21)]
    assert codes == [401] * 20 + [429]


def test_tries_are_kept_without_the_address_or_the_login(window: Window):
    sign_in(Browser(window), password="not the password")
    with window.database.reading() as session:
        kept = " ".join(attempt.bucket for attempt in session.exec(select(SignInAttempt)))
    assert LOGIN not in kept
    assert "testclient" not in kept


def test_a_session_fixed_before_signing_in_is_worth_nothing(window: Window):
    a_person(window)
    browser = Browser(window)
    browser.take("chosen-by-somebody-else")
    sign_in(browser)
    assert browser.cookie() != "chosen-by-somebody-else"


def test_signing_in_again_ends_the_session_before(window: Window):
    a_person(window)
    first = Browser(window)
    sign_in(first)
    second = Browser(window)
    second.take(first.cookie())
    sign_in(second)
    assert not first.is_in()


def test_signing_out_ends_the_session_for_everybody_who_has_its_cookie(window: Window):
    browser = signed_in(window)
    copy = Browser(window)
    copy.take(browser.cookie())
    assert copy.is_in()
    assert browser.send("/sign-out").headers["location"] == "/"
    assert not copy.is_in()
    assert browser.cookie() is None


def test_a_session_ends_after_half_an_hour_without_use(window: Window):
    browser = signed_in(window)
    for _ in range(3):
        window.clock.pass_(minutes=29)
        assert browser.is_in()
    window.clock.pass_(minutes=30)
    assert not browser.is_in()


def test_a_session_ends_after_twelve_hours_whatever_happens(window: Window):
    browser = signed_in(window)
    for _ in range(24):
        window.clock.pass_(minutes=29)
        assert browser.is_in()
    window.clock.pass_(minutes=24)
    assert not browser.is_in()


def test_a_page_that_asks_by_itself_does_not_keep_an_idle_session_alive(window: Window):
    browser = signed_in(window)
    reference = window.filed()
    for _ in range(3):
        window.clock.pass_(minutes=9)
        assert browser.get(f"/calls/{reference}/board").status_code == 200
    window.clock.pass_(minutes=4)
    assert browser.get(f"/calls/{reference}/board", **{"sec-fetch-mode": "cors"}).status_code == 401


def test_a_clock_set_back_a_year_leaves_no_session_behind(window: Window):
    browser = signed_in(window)
    window.clock.pass_(days=-365)
    assert not browser.is_in()


def test_use_is_written_down_at_most_once_a_minute(window: Window):
    browser = signed_in(window)
    began = window.clock.now()
    window.clock.pass_(seconds=59)
    assert browser.is_in()
    with window.database.reading() as session:
        assert session.exec(select(BrowserSession)).one().last_seen_at == began
    window.clock.pass_(seconds=1)
    assert browser.is_in()
    with window.database.reading() as session:
        assert session.exec(select(BrowserSession)).one().last_seen_at == window.clock.now()


def test_a_session_ends_when_its_account_is_disabled(window: Window):
    account = a_person(window)
    browser = signed_in(window, account)
    with window.database.transaction() as session:
        accounts.disable(session, session.get_one(Account, account.id), window.clock.now())
    assert not browser.is_in()


def test_looking_at_a_link_uses_nothing_up_and_pressing_its_button_does(window: Window):
    path = a_link(window, a_person(window))
    assert Browser(window).get(path).status_code == 200
    assert Browser(window).get(path).status_code == 200
    first, second = Browser(window), Browser(window)
    assert first.post(path).headers["location"] == "/calls"
    assert first.is_in()
    assert second.post(path).status_code == 410
    assert not second.is_in()


def test_a_link_that_is_too_old_and_one_never_made_are_answered_alike(window: Window):
    path = a_link(window, a_person(window), minutes=15)
    window.clock.pass_(minutes=15)
    old, unknown = Browser(window).post(path), Browser(window).post("/sign-in/link/" + "x" * 43)
    assert old.status_code == unknown.status_code == 410
    assert old.content == unknown.content


def test_a_link_of_a_disabled_account_opens_nothing(window: Window):
    account = a_person(window)
    path = a_link(window, account)
    with window.database.transaction() as session:
        accounts.disable(session, session.get_one(Account, account.id), window.clock.now())
    assert Browser(window).post(path).status_code == 410


def test_whoever_comes_first_time_chooses_a_password_and_uses_it_from_then_on(window: Window):
    account = a_person(window, password=None)
    browser = Browser(window)
    assert browser.post(a_link(window, account)).headers["location"] == "/account/password"
    assert "Present password" not in browser.get("/account/password").text
    assert browser.send("/account/password", new=PASSWORD, again=PASSWORD).status_code == 303
    assert sign_in(Browser(window)).status_code == 303


def test_whoever_has_lost_the_password_chooses_a_new_one_after_a_link(window: Window):
    browser = signed_in(window)
    new = "another row of boats"
    assert browser.send("/account/password", new=new, again=new).status_code == 303
    assert sign_in(Browser(window), password=new).status_code == 303
    assert sign_in(Browser(window)).status_code == 401


def test_whoever_came_by_password_proves_it_before_changing_it(window: Window):
    a_person(window)
    browser = Browser(window)
    sign_in(browser)
    new = "another row of boats"
    refused = browser.send("/account/password", present="a wrong guess", new=new, again=new)
    assert refused.status_code == 422
    assert "MSW-AUT-012" in refused.text
    assert browser.send("/account/password", present=PASSWORD, new=new, again=new).status_code == 303
    assert sign_in(Browser(window), password=new).status_code == 303


def test_a_new_password_ends_every_other_session(window: Window):
    account = a_person(window)
    here, there = signed_in(window, account), signed_in(window, account)
    here.send("/account/password", new=PASSWORD, again=PASSWORD)
    assert here.is_in()
    assert not there.is_in()


@pytest.mark.parametrize(
    ("new", "again", "code"),
    [
        ("short", "short", "MSW-AUT-009"),
        ("x" * 1025, "x" * 1025, "MSW-AUT-009"),
        ("four boats\0in a row", "four boats\0in a row", "MSW-AUT-010"),
        ("four boats in a row", "four boats in a raw", "MSW-AUT-011"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason(window: Window, new: str, again: str, code: str):
    browser = signed_in(window, a_person(window, password=None))
    answer = browser.send("/account/password", new=new, again=again)
    assert answer.status_code == 422
    assert code in answer.text


@pytest.mark.parametrize("password", ["  spaces at both ends  ", "လေးစင်းတန်းနေသောလှေများ", "🚢" * 12, "x" * 1024])
def test_a_password_is_taken_as_it_was_typed(window: Window, password: str):
    browser = signed_in(window, a_person(window, password=None))
    assert browser.send("/account/password", new=password, again=password).status_code == 303
    assert sign_in(Browser(window), password=password).status_code == 303
    assert sign_in(Browser(window), password=password.strip()[:-1]).status_code == 401


def test_no_secret_is_kept_as_it_is(window: Window):
    account = a_person(window)
    path = a_link(window, account)
    browser = signed_in(window, account)
    with window.database.reading() as session:
        kept = [each.token_hash for each in session.exec(select(BrowserSession))]
        kept += [each.token_hash for each in session.exec(select(SignInLink))]
        kept.append(session.get_one(Account, account.id).password_hash)
    assert path.rpartition("/")[2] not in kept
    assert browser.cookie() not in kept
    assert PASSWORD not in str(kept)


@pytest.mark.parametrize(
    "login", ["\N{CYRILLIC SMALL LETTER A}dmin@firm.example", "no address", "a@b@c.example", "two\nlines@x.example", ""]
)
def test_a_login_that_could_be_taken_for_anothers_is_refused(window: Window, login: str):
    firm = the_firm(window)
    with pytest.raises(LoginNotAllowed), window.database.transaction() as session:
        accounts.create_account(session, firm, login, "Somebody", window.clock.now())
