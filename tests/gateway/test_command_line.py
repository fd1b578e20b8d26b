"""The command line: what it makes can be used, and what it cannot do it says in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from gateway.account_records import ApiKey, Firm
from gateway.cli import app
from gateway.database import Database
from gateway.records import Agency

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAIRWAY_DATABASE", f"sqlite:///{tmp_path / 'window.db'}")
    monkeypatch.setenv("FAIRWAY_PUBLIC_URL", "https://window.example")

    def running(*arguments: str) -> Result:
        return CliRunner().invoke(app, arguments)

    return running


@pytest.fixture
def database(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'window.db'}")
    yield database
    database.close()


def test_a_window_is_set_up_by_five_commands(run: Run, database: Database):
    assert run("port", "add", "MMRGN", "Yangon", "Asia/Yangon").exit_code == 0
    key = run("agency", "add", "customs", "Customs", "https://customs.example").stdout.split()[-1]
    assert run("firm", "add", "GOLDEN", "Golden Agency").exit_code == 0
    link = run("firm", "invite", "GOLDEN", "Agent@Golden.example", "U Ba").stdout.strip()
    api_key = run("firm", "new-key", "GOLDEN", "own system", "--scope", "read").stdout.strip()
    assert link.startswith("https://window.example/sign-in/link/")
    assert api_key.startswith("fwy_")
    with database.reading() as session:
        assert session.exec(select(Agency.keys)).one() == [key]
        assert session.exec(select(ApiKey.scopes)).one() == ["read"]
        assert session.exec(select(Firm.name)).one() == "Golden Agency"


def test_a_rotated_key_leaves_the_one_before_valid(run: Run, database: Database):
    first = run("agency", "add", "customs", "Customs", "https://customs.example").stdout.split()[-1]
    second = run("agency", "rotate-key", "customs").stdout.split()[-1]
    with database.reading() as session:
        assert session.exec(select(Agency.keys)).one() == [second, first]


DECLINED = {
    "a firm twice": ("firm", "add", "GOLDEN", "Golden Agency"),
    "a person twice": ("firm", "invite", "GOLDEN", "agent@golden.example", "U Ba"),
    "a scope that is none": ("firm", "new-key", "GOLDEN", "x", "--scope", "everything"),
    "a firm nobody added": ("firm", "new-key", "SILVER", "x", "--scope", "read"),
    "an agency that sees nothing": ("agency", "add", "lighthouse", "Lighthouse", "https://x.example"),
    "a key of an agency nobody added": ("agency", "rotate-key", "customs"),
    "a zone that is none": ("port", "add", "MMRGN", "Yangon", "Asia/Rangoon-on-Sea"),
    "workers on SQLite": ("work",),
    "a sample that is none": ("samples", "nothing.xml"),
}


@pytest.mark.parametrize("case", DECLINED)
def test_what_cannot_be_done_is_said_in_a_sentence_and_exits_2(run: Run, case: str):
    run("firm", "add", "GOLDEN", "Golden Agency")
    run("firm", "invite", "GOLDEN", "agent@golden.example", "U Ba")
    answer = run(*DECLINED[case])
    assert answer.exit_code == 2
    assert answer.stderr.strip().endswith(".")
    assert "Traceback" not in answer.output


def test_samples_can_be_listed_printed_and_written(run: Run, tmp_path: Path):
    listed = run("samples").stdout.splitlines()
    printed = run("samples", "container-ship-yangon.xml").stdout
    run("samples", "--out", str(tmp_path / "samples"))
    assert len(listed) >= 5
    assert printed == (tmp_path / "samples" / "container-ship-yangon.xml").read_text()
