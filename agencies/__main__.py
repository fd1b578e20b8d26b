"""`python -m agencies`: run desks, invite officers, dismiss them.

`serve` prints one JSON line on standard output once it listens. A key comes from `--key-file` (one key a line,
newest first; `{agency}` in the name stands for the code) or from `FAIRWAY_AGENCY_KEY_<CODE>`.
"""

import argparse
import binascii
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.routing import Mount

from agencies.clock import machine_clock
from agencies.database import Database
from agencies.desk import create_desk
from agencies.office import Office
from agencies.officers import Officers
from agencies.roster import BY_CODE
from agencies.settings import DeskSettings

DRAIN_SECONDS = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m agencies", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_serve(commands.add_parser("serve", help="run the desks of one or more agencies in one process"))
    for name, does, what in (
        ("invite", invite, "print a one-time sign-in link for an officer: NUMBER:NAME or NUMBER:NAME:PORT,PORT"),
        ("dismiss", dismiss, "end an officer's account: NUMBER"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("code", choices=sorted(BY_CODE))
        command.add_argument("officer", help=what)
        command.add_argument("--database", required=True)
        command.add_argument("--link-minutes", type=int, default=15)
        command.set_defaults(does=does)
    given = parser.parse_args(arguments)
    code: int = given.does(given)
    return code


def add_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("codes", nargs="+", choices=sorted(BY_CODE), metavar="CODE")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    command.add_argument("--database", required=True, help="folder, SQLite file or URL; {agency} becomes the code")
    command.add_argument("--gateway", default="", help="base URL; without one, decisions are kept")
    command.add_argument("--key-file", help="one key a line, newest first; {agency} becomes the code")
    command.add_argument("--root-path", default="", help="prefix a proxy puts before every path")
    command.add_argument("--public-url", default="", help="what officers type, for example https://desk.example")
    command.add_argument("--invite", action="append", default=[], metavar="[CODE=]NUMBER:NAME[:PORT,PORT]")
    command.add_argument("--apart", action="store_true", help="a process of its own for each desk (not on Windows)")
    command.add_argument("--link-minutes", type=int, default=15, help="how long a sign-in link lasts (default 15)")
    command.add_argument("--retries", help="seconds between attempts at sending a decision, joined by commas")
    command.set_defaults(does=serve)


def serve(given: argparse.Namespace) -> int:
    """Run the desks until SIGTERM or SIGINT, then let what is under way end."""
    if given.apart and hasattr(os, "fork"):
        return serve_apart(given)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    several = len(given.codes) > 1
    if len({database_url(given.database, code) for code in given.codes}) < len(set(given.codes)):
        return complain("Several desks need a database each: put {agency} into --database.")
    desks: dict[str, FastAPI] = {}
    for code in given.codes:
        keys = keys_for(code, given.key_file)
        if not keys:
            return complain(f"There is no key for {code}: give --key-file or FAIRWAY_AGENCY_KEY_{code.upper()}.")
<<<<<<< HEAD
        desks[code] = create_desk(BY_CODE[code], settings_for(code, keys, given, several=several))
    links = {
        code: [link(desk.state.office.officers, each) for each in invitations(given, code)]
        for code, desk in desks.items()
    }
=======
        try:
            desks[code] = create_desk(BY_CODE[code], settings_for(code, keys, given, several=several))
        except ValidationError as trouble:
            return complain(" ".join(f"{each['loc'][0]}: {each['msg']}." for each in trouble.errors()))
        except binascii.Error:
            return complain(f"The key for {code} cannot be read: it is `whsec_` and base64.")
    links = {code: [link(desk.state.office.officers, each) for each in given.invite] for code, desk in desks.items()}
>>>>>>> agencies
    listener = socket.create_server((given.host, given.port))
    config = uvicorn.Config(
        mounted(desks),
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    for each in (signal.SIGTERM, signal.SIGINT):
        # uvicorn drains, closes what is open and then hands the signal on: nothing is left to tidy up.
        signal.signal(each, lambda *_: os._exit(0))
    Announced(config, ready_line(listener, links, several=several)).run(sockets=[listener])
    return 0


def serve_apart(given: argparse.Namespace) -> int:
    """Run each desk in a process of its own, forked from this one, so that what is loaded is loaded once."""
    children = []
    for code in given.codes:
        own = {"codes": [code], "apart": False, "root_path": f"{given.root_path.rstrip('/')}/{code}"}
        if not (child := os.fork()):
            # Ends here, whatever happens, and never returns into what only the parent should do.
            os._exit(serve(argparse.Namespace(**vars(given) | own)))
        children.append(child)

    def pass_on(number: int, _frame: object) -> None:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    for child in children:
        os.waitpid(child, 0)
    return 0


def invitations(given: argparse.Namespace, code: str) -> list[str]:
    """Whom to invite to that desk: those named for it, and those named for none."""
    named = [each.partition("=") if "=" in each else (code, "", each) for each in given.invite]
    return [who for desk, _, who in named if desk == code]


class Announced(uvicorn.Server):
    """A server that says on standard output when it listens."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self.line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(self.line + "\n")
        sys.stdout.flush()


def mounted(desks: dict[str, FastAPI]) -> Starlette:
    """The desks in one application, each under its own prefix and, for a proxy that strips it, without."""
    routes = []
    for code, desk in desks.items():
        office: Office = desk.state.office
        inner = f"/{code}" if len(desks) > 1 else ""
        prefixes = dict.fromkeys((office.settings.root_path, inner))
        routes += [Mount(prefix or "/", desk) for prefix in sorted(prefixes, key=len, reverse=True)]

    @asynccontextmanager
    async def open_hours(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for desk in desks.values():
                await stack.enter_async_context(desk.router.lifespan_context(desk))
            yield

    return Starlette(routes=routes, lifespan=open_hours)


def settings_for(code: str, keys: tuple[str, ...], given: argparse.Namespace, *, several: bool) -> DeskSettings:
    root = given.root_path.rstrip("/") + (f"/{code}" if several else "")
    values: dict[str, object] = {"retries": given.retries.split(",")} if given.retries else {}
    values |= {"link_lifetime": timedelta(minutes=given.link_minutes), "keys": keys, "root_path": root}
    values |= {"gateway": given.gateway, "public_url": given.public_url, "database": database_url(given.database, code)}
    return DeskSettings.model_validate(values)


def database_url(given: str, code: str) -> str:
    """The desk's own database: a URL as it is, a file, or a file named for the agency in a folder."""
    named = given.replace("{agency}", code)
    if "://" in named:
        return named
    path = Path(named)
    file = path if path.suffix in (".db", ".sqlite") else path / f"{code}.db"
    return f"sqlite:///{file.resolve()}"


def keys_for(code: str, key_file: str | None) -> tuple[str, ...]:
    if key_file:
        text = Path(key_file.replace("{agency}", code)).read_text(encoding="utf-8")
    else:
        text = os.environ.get(f"FAIRWAY_AGENCY_KEY_{code.upper()}", "")
    return tuple(text.split())


def link(officers: Officers, invitation: str) -> str:
    """A sign-in link below the desk's root for `NUMBER:NAME[:PORT,PORT]`."""
    number, _, rest = invitation.partition(":")
    name, _, ports = rest.partition(":")
    return f"/sign-in/link/{officers.invite(number.strip(), name.strip() or number.strip(), ports.strip() or '*')}"


def ready_line(listener: socket.socket, links: dict[str, list[str]], *, several: bool) -> str:
    host, port = listener.getsockname()[:2]
    desks = {
        code: {"url": f"http://{host}:{port}/{code}/" if several else f"http://{host}:{port}/", "links": own}
        for code, own in links.items()
    }
    return json.dumps({"ready": True, "desks": desks})


@contextmanager
def officers_of(given: argparse.Namespace) -> Iterator[Officers]:
    """The officers in a desk's database, also while the desk runs."""
    url = database_url(given.database, given.code)
    settings = DeskSettings(database=url, keys=("none",), link_lifetime=timedelta(minutes=given.link_minutes))
    database = Database(url)
    yield Officers(database, settings, machine_clock)
    database.close()


def invite(given: argparse.Namespace) -> int:
    """Print a sign-in link."""
    with officers_of(given) as officers:
        sys.stdout.write(link(officers, given.officer) + "\n")
    return 0


def dismiss(given: argparse.Namespace) -> int:
    """End an officer's account."""
    with officers_of(given) as officers:
        known = officers.dismiss(given.officer)
    return 0 if known else complain(f"No officer of {given.code} has staff number {given.officer}.")


def complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
