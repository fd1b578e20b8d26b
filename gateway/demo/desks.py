"""Starting the five desks as what they are: other programs, spoken to over HTTP only."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class DeskDidNotStart(Exception):  # noqa: N818 - says what happened
    """A desk ended, or said nothing readable, before it was ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A running desk: its process, its own address, and the one-time way in for its officer."""

    agency: str
    process: subprocess.Popen[bytes]
    address: str
    link: str
    """Path of the sign-in link below the desk's address."""


def start(directory: Path, gateway: str, keys: Mapping[str, str], officers: Mapping[str, str]) -> dict[str, Desk]:
    """Start one process for each agency, all at once, and wait until each is ready.

    Args:
        directory: where each desk keeps its database.
        gateway: base URL the desks answer to, also where users reach `/desks/<agency>/`.
        keys: the key shared with each desk, by agency; travels in the environment, not the command line.
        officers: `staff number:name` of the officer to invite, by agency.
    """
    processes = {agency: _launch(directory, gateway, agency, key, officers[agency]) for agency, key in keys.items()}
    return {agency: _ready(agency, process) for agency, process in processes.items()}


def stop(desks: Mapping[str, Desk]) -> None:
    """Ask every desk to end, and wait for it."""
    for desk in desks.values():
        desk.process.terminate()
    for desk in desks.values():
        try:
            desk.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            desk.process.kill()
            desk.process.communicate()


def _launch(directory: Path, gateway: str, agency: str, key: str, officer: str) -> subprocess.Popen[bytes]:
    root = f"/desks/{agency}"
    command = [
        *(sys.executable, "-m", "agencies", "serve", agency),
        *("--database", f"sqlite:///{directory / agency}.db"),
        *("--gateway", gateway, "--public-url", gateway + root, "--root-path", root),
        *("--invite", officer),
    ]
    environment = os.environ | {f"FAIRWAY_AGENCY_KEY_{agency.upper()}": key}
    with (directory / f"{agency}.log").open("wb") as log:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment)  # noqa: S603 - our own program


def _ready(agency: str, process: subprocess.Popen[bytes]) -> Desk:
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        said = json.loads(line)["desks"][agency]
        return Desk(agency=agency, process=process, address=said["url"], link=said["links"][0])
    except (ValueError, KeyError, IndexError):
        process.kill()
        msg = f"The {agency} desk did not start."
        raise DeskDidNotStart(msg) from None
