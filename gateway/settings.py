"""Everything an operator may change. Read once in the command line, handed down, never global."""

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class Settings(BaseSettings):
    """Safe when empty. Each value may be given as an environment variable `FAIRWAY_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="FAIRWAY_", frozen=True, extra="forbid")

    database: str = Field("sqlite:///fairway.db", description="`sqlite:///FILE` or `postgresql://...`.")
    public_url: HttpUrl = Field(
        HttpUrl("http://127.0.0.1:8000"), description="Where users reach the gateway; links and cookies follow it."
    )
    largest_submission: int = Field(10 * MEBIBYTE, gt=0, description="Bytes. Larger bodies get 413.")
    largest_decision: int = Field(256 * 1024, gt=0, description="Bytes. Larger bodies from agencies get 413.")
    agency_timeout: float = Field(10.0, gt=0, description="Seconds for one whole exchange with an agency.")
    agency_connections: int = Field(10, gt=0, description="Concurrent exchanges with one agency.")
    session_idle_minutes: int = Field(30, gt=0)
    session_hours: int = Field(12, gt=0)
    database_connections: int = Field(20, gt=0, description="Pool size on PostgreSQL.")

    @property
    def secure(self) -> bool:
        """Whether cookies may only travel over TLS."""
        return self.public_url.scheme == "https"

    @property
    def origin(self) -> str:
        """The origin (RFC 6454) browsers send with forms made for us."""
        default = {"http": 80, "https": 443}[self.public_url.scheme]
        port = self.public_url.port
        return f"{self.public_url.scheme}://{self.public_url.host}" + ("" if port in (None, default) else f":{port}")
