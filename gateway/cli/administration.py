"""Setting a window up: ports, agencies, firms, people and keys. What is printed as a secret is printed once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from gateway.account_records import Firm

Url = Annotated[str | None, typer.Option("--database", help="As for `fairway serve`.")]

ports = typer.Typer(name="port", help="Ports this window serves.", no_args_is_help=True)
agencies = typer.Typer(name="agency", help="The directory of agencies.", no_args_is_help=True)
firms = typer.Typer(name="firm", help="Shipping agents' firms, their people and keys.", no_args_is_help=True)
GROUPS = (ports, agencies, firms)


@ports.command("add")
def add_port(
    locode: Annotated[str, typer.Argument(help="UN/LOCODE, for example MMRGN.")],
    name: Annotated[str, typer.Argument(help="The port's name.")],
    zone: Annotated[str, typer.Argument(help="IANA time zone, for example Asia/Yangon.")],
    database: Url = None,
) -> None:
    """Serve one more port."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from gateway.records import Port

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        typer.echo(f"{zone} is no time zone of the IANA list. Asia/Yangon is one.", err=True)
        raise typer.Exit(2) from None
    with _writing(database) as (session, _):
        session.merge(Port(locode=locode.upper(), name=name, zone=zone))


@agencies.command("add")
def add_agency(
    code: Annotated[str, typer.Argument(help="harbour, customs, immigration, quarantine or security.")],
    title: Annotated[str, typer.Argument(help="As agents read it.")],
    address: Annotated[str, typer.Argument(help="Base URL of the agency's desk.")],
    database: Url = None,
) -> None:
    """Add an agency, or change its title and address. Prints the key to share with its desk when it is new."""
    from gateway.records import Agency
    from gateway.visibility import views
    from messages.exchange import new_key

    if code not in views():
        typer.echo(f"{code} has no entry in the table of who may see what. Known: {', '.join(views())}.", err=True)
        raise typer.Exit(2)
    with _writing(database) as (session, _):
        known = session.get(Agency, code)
        keys = known.keys if known else [new_key()]
        session.merge(Agency(code=code, title=title, address=address, keys=keys, rank=list(views()).index(code)))
    typer.echo(f"{code} is at {address}." if known else f"Key for the desk, shown this once: {keys[0]}")


@agencies.command("rotate-key")
def rotate_key(code: str, database: Url = None) -> None:
    """Give an agency a new key; the one before stays valid until the next rotation."""
    from gateway.records import Agency
    from messages.exchange import new_key

    with _writing(database) as (session, _):
        agency = session.get(Agency, code)
        if agency is None:
            typer.echo(f"No agency has the code {code}.", err=True)
            raise typer.Exit(2)
        agency.keys = [new_key(), agency.keys[0]]
        session.add(agency)
    typer.echo(f"Key for the desk, shown this once: {agency.keys[0]}")


@firms.command("add")
def add_firm(
    code: Annotated[str, typer.Argument(help="The SenderId its messages carry (IMO0082).")],
    name: str,
    database: Url = None,
) -> None:
    """Add a shipping agent's firm."""
    from sqlmodel import select

    from gateway import accounts
    from gateway.account_records import Firm

    with _writing(database) as (session, _):
        if session.exec(select(Firm).where(Firm.code == code)).first():
            typer.echo(f"A firm with the code {code} is there already.", err=True)
            raise typer.Exit(2)
        accounts.create_firm(session, code, name)


@firms.command("invite")
def invite(
    code: Annotated[str, typer.Argument(help="The firm's code.")],
    login: Annotated[str, typer.Argument(help="E-mail address.")],
    name: Annotated[str, typer.Argument(help="As colleagues read it.")],
    url: Annotated[
        str | None, typer.Option(help="Where users reach the gateway; FAIRWAY_PUBLIC_URL says it too.")
    ] = None,
    database: Url = None,
) -> None:
    """Add a person to a firm. Prints a link that signs in once, within 24 hours."""
    from sqlmodel import select

    from gateway import accounts
    from gateway.account_records import Account
    from gateway.cli.settings import settings_from

    with _writing(database) as (session, now):
        if session.exec(select(Account).where(Account.login == login.strip().lower())).first():
            typer.echo(f"{login} has an account already.", err=True)
            raise typer.Exit(2)
        account = accounts.create_account(session, _firm(session, code), login, name, now)
        token = accounts.sign_in_link(session, account, now, timedelta(hours=24))
    typer.echo(f"{settings_from(public_url=url).origin}/sign-in/link/{token}")


@firms.command("new-key")
def new_api_key(
    code: Annotated[str, typer.Argument(help="The firm's code.")],
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[str], typer.Option(help="file, read; may be given twice.")],
    database: Url = None,
) -> None:
    """Make an API key for a firm's own system. It is shown this once."""
    from gateway import accounts
    from gateway.access import SCOPE

    if unknown := set(scope) - set(SCOPE.values()):
        typer.echo(f"{', '.join(sorted(unknown))}: no such scope. There are {', '.join(SCOPE.values())}.", err=True)
        raise typer.Exit(2)

    with _writing(database) as (session, now):
        key = accounts.create_api_key(session, _firm(session, code), name, tuple(scope), now)
    typer.echo(key)


def _firm(session: "Session", code: str) -> "Firm":
    from sqlmodel import select

    from gateway.account_records import Firm

    firm = session.exec(select(Firm).where(Firm.code == code)).first()
    if firm is None:
        typer.echo(f"No firm has the code {code}. `fairway firm add` makes one.", err=True)
        raise typer.Exit(2)
    return firm


@contextmanager
def _writing(url: str | None) -> "Iterator[tuple[Session, datetime]]":
    from gateway import schema
    from gateway.cli.settings import settings_from
    from gateway.clock import SystemClock
    from gateway.database import Database

    database = Database(settings_from(database=url).database)
    schema.upgrade(database)
    with database.transaction() as session:
        yield session, SystemClock().now()
    database.close()
