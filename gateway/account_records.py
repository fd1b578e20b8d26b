"""The tables of who may come in: firms, accounts, sessions, sign-in links and API keys.

Secrets are kept as hashes only: Argon2id for passwords, SHA-256 for tokens that are random to begin with.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from gateway.columns import Json, Moment
from gateway.ids import new_id


class Firm(SQLModel, table=True):
    """A shipping agent's firm. Its people see its calls and no one else's."""

    __tablename__ = "firm"

    id: str = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True, max_length=32)
    """Its `SenderId` in messages (IMO0082)."""
    name: str


class Account(SQLModel, table=True):
    """A person of a firm."""

    __tablename__ = "account"

    id: str = Field(default_factory=new_id, primary_key=True)
    firm_id: str = Field(foreign_key="firm.id")
    login: str = Field(unique=True, max_length=254)
    """E-mail address in lower case."""
    display_name: str
    password_hash: str | None = None
    """Argon2id; none until the person has chosen one."""
    disabled_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class SignInLink(SQLModel, table=True):
    """A one-time way in for an account."""

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class BrowserSession(SQLModel, table=True):
    """A signed-in browser. Ends when idle, when old, when signed out, and when the account is disabled."""

    __tablename__ = "browser_session"
    __table_args__ = (Index("browser_session_by_account", "account_id"),)

    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    csrf_token: str
    created_at: datetime = Field(sa_type=Moment)
    last_seen_at: datetime = Field(sa_type=Moment)


class ApiKey(SQLModel, table=True):
    """An integrator's key. Never more rights than its firm; `scopes` narrow them."""

    __tablename__ = "api_key"

    id: str = Field(default_factory=new_id, primary_key=True)
    """Also the readable first part of the key."""
    firm_id: str = Field(foreign_key="firm.id")
    name: str
    secret_hash: str
    scopes: list[str] = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class SignInAttempt(SQLModel, table=True):
    """A failed sign-in, kept for throttling by account and by source."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("sign_in_attempt_recent", "bucket", "at"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    bucket: str
    """SHA-256 of the login tried, or of the source address; never the thing itself."""
    at: datetime = Field(sa_type=Moment)
