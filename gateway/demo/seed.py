"""What a demo starts with: four ports, three ships, one agent firm, five agencies. It files nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from gateway import accounts
from gateway.account_records import Account
from gateway.records import Agency, Port, Ship
from messages.exchange import new_key

PORTS = (
    Port(locode="MMRGN", name="Yangon", zone="Asia/Yangon"),
    Port(locode="MMTLA", name="Thilawa", zone="Asia/Yangon"),
    Port(locode="KHKOS", name="Sihanoukville", zone="Asia/Phnom_Penh"),
    Port(locode="KHPNH", name="Phnom Penh", zone="Asia/Phnom_Penh"),
)

AGENCIES = (
    ("harbour", "Harbour master"),
    ("customs", "Customs"),
    ("immigration", "Immigration"),
    ("quarantine", "Quarantine"),
    ("security", "Port security"),
)

FIRM = ("SHWETAWWIN", "Shwe Taw Win Shipping Agency")
"""Code and name; the samples carry the code as their sender."""
AGENT = ("agent@shwetawwin.example", "Daw Khin Hnin")
OFFICERS: Mapping[str, str] = {
    "harbour": "HM-07:U Sein Aung",
    "customs": "CU-12:Chan Dara",
    "immigration": "IM-03:Daw Mya Thwin",
    "quarantine": "PH-05:Sok Pisey",
    "security": "PS-09:U Zaw Lin",
}
"""Staff number and name of one officer at each desk; all invented."""

LINK_LIFETIME = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What the demo needs to know of what it made."""

    api_key: str
    sign_in_token: str
    agency_keys: Mapping[str, str]


def ships() -> tuple[Ship, ...]:
    """The ships of the shipped samples."""
    return (
        Ship(imo_number="9074729", name="SAMPLE MERIDIAN", flag="SG", ship_type="Container ship"),
        Ship(imo_number="1234567", name="SAMPLE KESTREL", flag="MH", ship_type="Product tanker"),
        Ship(imo_number="9876543", name="SAMPLE HERON", flag="BS", ship_type="Expedition cruise ship"),
    )


def seed(session: Session, now: datetime) -> Seeded:
    """Fill an empty database. Desk addresses are set by `introduce` once the desks are up."""
    for row in (*PORTS, *ships()):
        session.merge(row)
    keys = {code: new_key() for code, _ in AGENCIES}
    for rank, (code, title) in enumerate(AGENCIES):
        session.merge(Agency(code=code, title=title, address="", keys=[keys[code]], rank=rank))
    firm = accounts.create_firm(session, *FIRM)
    account = accounts.create_account(session, firm, *AGENT, now)
    return Seeded(
        api_key=accounts.create_api_key(session, firm, "demo", ("file", "read"), now),
        sign_in_token=accounts.sign_in_link(session, account, now, LINK_LIFETIME),
        agency_keys=keys,
    )


def fresh_link(session: Session, now: datetime) -> str:
    """The token of another one-time way in for the demo's agent."""
    account = session.exec(select(Account).where(Account.login == AGENT[0])).one()
    return accounts.sign_in_link(session, account, now, LINK_LIFETIME)


def introduce(session: Session, addresses: Mapping[str, str]) -> None:
    """Tell the directory where the desks are."""
    for code, address in addresses.items():
        agency = session.get_one(Agency, code)
        agency.address = address
        session.add(agency)
