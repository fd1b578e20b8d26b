"""What the gateway tells one agency: the parts it may see, for one version of one movement."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=256)]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
"""SHA-256 of some bytes, in lower-case hexadecimal."""


class Contract(BaseModel):
    """Base of every message of the contract: frozen, and nothing beyond what is named is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShipIdentity(Contract):
    """The ship as an officer's queue names it."""

    name: Text
    imo_number: str | None = Field(None, pattern=r"^\d{7}$", description="IMO0140: seven digits.")
    flag: str | None = Field(None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 of the registry port.")


class Notice(Contract):
    """One version of one movement, as far as one agency may see it."""

    contract: Literal["1"] = "1"
    id: Text = Field(description="Stable for every attempt at this delivery; receivers deduplicate by it.")
    sent_at: AwareDatetime = Field(description="When the notice was made, not when this attempt was.")
    agency: Text = Field(description="Code of the agency addressed, for example `customs`.")
    port: str = Field(pattern=r"^[A-Z]{2}[A-Z0-9]{3}$", description="UN/LOCODE of the port of call.")
    port_call: Text = Field(description="Reference of the port call, for example `MMRGN-26-000417`.")
    movement: Literal["arrival", "shift", "departure"]
    version: int = Field(ge=1, description="Counts the versions of this movement's declaration.")
    digest: Digest = Field(description="Of the whole declaration version, which the agency does not see.")
    shown: Digest = Field(description="Of `declaration` and `totals`: equal digests mean nothing changed for you.")
    ship: ShipIdentity
    eta: AwareDatetime | None = Field(None, description="Estimated arrival, or departure for a departure.")
    time_zone: str = Field(description="IANA name of the port's zone.")
    parts: tuple[str, ...] = Field(description="Every part that was declared, seen or not.")
    visible: tuple[str, ...] = Field(description="The parts of which `declaration` holds anything.")
    declaration: dict[str, Any] = Field(description="Canonical declaration, only the elements this agency may see.")
    totals: dict[str, Any] = Field(default_factory=dict, description="Counts and sums of parts shown only as such.")


class NoticeReceipt(Contract):
    """The desk has the notice and will not lose it. A repeat of the notice gets the same receipt."""

    contract: Literal["1"] = "1"
    id: Text
    notice: Text = Field(description="Id of the notice received.")
    agency: Text
    received_at: AwareDatetime
    digest: Digest = Field(description="Of the bytes received.")
