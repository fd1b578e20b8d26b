"""Starting the five desks as what they are: other programs, spoken to over HTTP only."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class DeskDidNotStart(Exception):  # noqa: N818 - says what happened
    """A desk ended, or said nothing readable, before it was ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A running desk: its own address, and the one-time way in for its officer."""

    agency: str
    address: str
    link: str
    """Path of the sign-in link below the desk's address."""


@contextmanager
def running(
    directory: Path, gateway: str, keys: Mapping[str, str], officers: Mapping[str, str]
) -> Iterator[dict[str, Desk]]:
    """Desks for the agencies of `keys`, each a process of its own, ready, until the block is left.

    Args:
        directory: where each desk keeps its database.
        gateway: base URL the desks answer to, also where users reach `/desks/<agency>/`.
        keys: the key shared with each desk, by agency; travels in the environment, not the command line.
        officers: `staff number:name` of the officer to invite, by agency.

    Raises:
        DeskDidNotStart: a desk was not ready; its log is in the message.
    """
    command = [
        *(sys.executable, "-m", "agencies", "serve", "--apart", *keys),
        *("--database", f"sqlite:///{directory}/{{agency}}.db", "--gateway", gateway),
        *("--public-url", gateway, "--root-path", "/desks", "--link-minutes", "720"),
        *(f"--invite={code}={officers[code]}" for code in keys),
    ]
    environment = os.environ | {f"FAIRWAY_AGENCY_KEY_{code.upper()}": key for code, key in keys.items()}
    log = directory / "desks.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment)  # noqa: S603 - ours
    try:
        yield _ready(process, keys, log)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _ready(process: subprocess.Popen[bytes], keys: Mapping[str, str], log: Path) -> dict[str, Desk]:
    assert process.stdout is not None
    desks: dict[str, Desk] = {}
    while len(desks) < len(keys):
        try:
            said = json.loads(process.stdout.readline())["desks"]
        except (ValueError, KeyError):
            raise DeskDidNotStart(log.read_text(errors="replace")[-2000:]) from None
        desks |= {code: Desk(agency=code, address=each["url"], link=each["links"][0]) for code, each in said.items()}
    return {code: desks[code] for code in keys}
