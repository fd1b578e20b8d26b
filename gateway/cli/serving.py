"""`fairway serve`, `fairway work` and `fairway desk`: the long-running programs."""

import os
import sys
from typing import Annotated

import typer


def serve(
    *,
    database: Annotated[str | None, typer.Option(help="`sqlite:///FILE` or `postgresql://...`.")] = None,
    public_url: Annotated[str | None, typer.Option(help="Where users reach the gateway.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any free one.")] = 8000,
    working: Annotated[
        bool, typer.Option("--work/--no-work", help="Also deliver to agencies from this process.")
    ] = True,
) -> None:
    """Serve the gateway. Brings the database's tables up to date first."""
    import uvicorn

    from gateway import schema
    from gateway.app import create_app
    from gateway.cli.settings import settings_from
    from gateway.database import Database
    from gateway.logs import to_stderr

    to_stderr()
    settings = settings_from(database=database, public_url=public_url)
    opened = Database(settings.database, connections=settings.database_connections)
    schema.upgrade(opened)
    app = create_app(settings, opened, working=working)
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False, timeout_graceful_shutdown=30)


def work(
    *,
    database: Annotated[str | None, typer.Option(help="`postgresql://...`, the one the gateways use.")] = None,
) -> None:
    """Deliver to agencies, and nothing else. As many of these as you like on PostgreSQL."""
    from gateway.cli.settings import settings_from
    from gateway.logs import to_stderr
    from gateway.worker import run

    to_stderr()
    settings = settings_from(database=database)
    if settings.database.startswith("sqlite"):
        typer.echo(
            "On SQLite `fairway serve` delivers itself: one process, no workers. Workers need PostgreSQL.", err=True
        )
        raise typer.Exit(2)
    run(settings)


def desk(context: typer.Context, agency: Annotated[str, typer.Argument(help="harbour, customs, ...")]) -> None:
    """Run one agency's desk: a program of its own, `python -m agencies serve AGENCY ...`, with its options."""
    command = [sys.executable, "-m", "agencies", "serve", agency, *context.args]
    os.execv(sys.executable, command)  # noqa: S606 - our own program, no shell
