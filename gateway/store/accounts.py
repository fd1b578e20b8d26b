"""Questions about who may come in."""

from sqlmodel import Session, col, delete, select

from gateway.account_records import Account, ApiKey, BrowserSession, Firm, SignInLink


def account_by_login(session: Session, login: str) -> Account | None:
    """The account of that e-mail address, in lower case."""
    return session.exec(select(Account).where(Account.login == login)).first()


def browser_session(session: Session, token_hash: str) -> tuple[BrowserSession, Account, Firm] | None:
    """The session kept under that hash, whose it is and for which firm."""
    wanted = select(BrowserSession, Account, Firm).where(
        BrowserSession.token_hash == token_hash,
        Account.id == BrowserSession.account_id,
        Firm.id == Account.firm_id,
    )
    return session.exec(wanted).first()


def end_session(session: Session, token_hash: str) -> None:
    """End that session, if there is one."""
    session.exec(delete(BrowserSession).where(col(BrowserSession.token_hash) == token_hash))


def end_other_sessions(session: Session, account_id: str, but: str) -> None:
    """End every session of the account except the one under the hash `but`."""
    others = delete(BrowserSession).where(
        col(BrowserSession.account_id) == account_id, col(BrowserSession.token_hash) != but
    )
    session.exec(others)


def link_with_account(session: Session, token_hash: str) -> tuple[SignInLink, Account] | None:
    """The sign-in link of that hash, locked against a second use at the same moment, and whose it is."""
    wanted = select(SignInLink, Account).where(SignInLink.token_hash == token_hash, Account.id == SignInLink.account_id)
    return session.exec(wanted.with_for_update(of=SignInLink)).first()


def came_by_link(session: Session, browser: BrowserSession) -> bool:
    """Whether that session was opened by a one-time link: a link is used at the moment its session begins."""
    used_then = select(SignInLink).where(
        SignInLink.account_id == browser.account_id, SignInLink.used_at == browser.created_at
    )
    return session.exec(used_then).first() is not None


def api_key(session: Session, key_id: str) -> tuple[ApiKey, Firm] | None:
    """The API key of that id and the firm it acts for."""
    return session.exec(select(ApiKey, Firm).where(ApiKey.id == key_id, Firm.id == ApiKey.firm_id)).first()
