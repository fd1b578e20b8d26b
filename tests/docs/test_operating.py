"""What `docs/operating.md` says can be done, done; what it lists, compared with the code."""

import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from agencies.settings import DeskSettings
from gateway.agency_line import TRY_AGAIN
from gateway.app import create_app
from gateway.backoff import STEPS, Backoff
from gateway.database import Database
from gateway.deliveries import Pace
from gateway.engines import distributed
from gateway.settings import Settings
from messages import samples
from tests.commands import Reader, commands

PAGE = (Path(__file__).parents[2] / "docs/operating.md").read_text()


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The set-up as printed, typed in a directory of its own; what each command said."""
    monkeypatch.chdir(tmp_path)
    reader, said = Reader(directory=tmp_path, gateway="", variables={}), {}
    for command in commands(PAGE):
        words = shlex.split(command)
        if words[0] == "export":
            monkeypatch.setenv(*words[1].split("=", 1))
            continue
        said[command] = reader.fairway(command).decode().strip()
    return said


def test_after_the_set_up_as_printed_an_arrival_can_be_filed(printed: dict[str, str]):
    key = next(said for command, said in printed.items() if "new-key" in command)
    settings = Settings()
    gateway = create_app(settings, Database(settings.database), working=False)
    with TestClient(gateway) as client:
        answer = client.post(
            "/api/submissions",
            content=samples.read("container-ship-yangon.xml"),
            headers={"authorization": f"Bearer {key}", "content-type": "application/xml"},
        )
    assert answer.status_code == 202, answer.text


def test_the_invitation_is_a_link_at_the_public_address(printed: dict[str, str]):
    link = next(said for command, said in printed.items() if "invite" in command)
    assert link.startswith("https://window.example/sign-in/link/")


def test_every_new_agency_gets_a_key(printed: dict[str, str]):
    keys = [said for command, said in printed.items() if "agency add" in command]
    assert len(keys) == 5
    assert all(said.startswith("Key for the desk, shown this once: whsec_") for said in keys)


def test_every_setting_is_listed_with_its_default(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("FAIRWAY_DATABASE", raising=False)
    listed = dict(re.findall(r"^\| `(FAIRWAY_\w+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))
    standing = Settings()
    assert listed == {f"FAIRWAY_{name.upper()}": str(getattr(standing, name)) for name in Settings.model_fields}


def test_the_pauses_are_those_of_the_code():
    assert "5 s, 30 s, 2 min, 10 min and 30 min" in PAGE
    assert STEPS == (5, 30, 120, 600, 1800, 3600)
    assert DeskSettings.model_fields["retries"].default == STEPS
    assert Backoff().horizon.days == DeskSettings.model_fields["retry_for"].default.days == 7


def test_the_answers_that_are_tried_again_are_those_of_the_code():
    named = re.search(r"a 4xx other than ([\d, ]+)", PAGE)
    assert named is not None
    assert {int(each) for each in named[1].split(",")} == TRY_AGAIN


def test_claims_last_as_long_as_the_page_says():
    assert Pace().lease.total_seconds() == 15
    assert "run out after 15 seconds" in PAGE
    assert distributed.STALLED == 5
