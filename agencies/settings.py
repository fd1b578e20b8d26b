"""What the operator of a desk may change. Built by the command line or a test, handed down, never global."""

from datetime import timedelta
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat

_MEBIBYTE = 1024 * 1024


class DeskSettings(BaseModel):
    """One desk's settings; safe as they stand but for the database and the keys, which have no default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str = Field(description="SQLAlchemy URL: `sqlite:///...` or `postgresql+psycopg://...`.")
    keys: tuple[str, ...] = Field(min_length=1, repr=False, description="Shared with the gateway, newest first.")
    gateway: str = Field("", description="Base URL. Without one, decisions are kept until there is one.")
    root_path: str = Field("", pattern=r"^(/[^/?#\s]+)*$", description="Prefix of every link, set by a proxy.")
    public_url: str = Field("", description="Origin officers use, for example `https://desk.example`.")
    largest_notice: int = Field(10 * _MEBIBYTE, description="Bytes. Larger notices get 413.")
    largest_form: int = Field(256 * 1024, description="Bytes. Larger forms get 413.")
    link_lifetime: timedelta = Field(timedelta(minutes=15), description="Of a one-time sign-in link.")
    session_idle: timedelta = timedelta(minutes=30)
    session_longest: timedelta = timedelta(hours=12)
    retries: tuple[PositiveFloat, ...] = Field((5, 30, 120, 600, 1800, 3600), min_length=1)
    """Seconds before each further attempt at sending a decision; the last one repeats."""
    retry_for: timedelta = timedelta(days=7)
    reply_timeout: float = Field(30, gt=0, description="Seconds to wait for the gateway's receipt.")

    @property
    def secure(self) -> bool:
        """Whether officers come by https."""
        return urlsplit(self.public_url).scheme == "https"
