"""`python -m agencies`: starting, announcing, inviting, draining; and an officer that is a program."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from agencies.__main__ import database_url, main
from agencies.roster import ROSTER
from tests.agencies.partners import DeskInUse
from tests.agencies.samples import KEY, a_notice, container_ship, quiet_declaration, signed

CODES = [agency.code for agency in ROSTER]


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Desks as a program, with what their first line said."""
    keys = {f"FAIRWAY_AGENCY_KEY_{code.upper()}": KEY for code in CODES}
    command = [sys.executable, "-m", "agencies", "serve", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | keys) as program:
        assert program.stdout is not None
        try:
            yield program, json.loads(program.stdout.readline())
        finally:
            program.kill()


@contextmanager
def signed_in(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(headers={"Accept": "application/json"}) as client:
        assert client.post(address).status_code == 303
        yield client


def test_five_desks_in_one_process_each_keep_to_themselves(tmp_path: Path):
    arguments = ["--database", str(tmp_path), "--root-path", "/desks", "--invite", "A-117:Daw Mya"]
    with serving(*CODES, *arguments) as (program, ready), ExitStack() as stack:
        assert ready["ready"] is True
        assert set(ready["desks"]) == set(CODES)
        for code, desk in ready["desks"].items():
            notice = a_notice(code, declaration=container_ship())
            assert httpx2.post(desk["url"] + "notices", **signed(notice)).status_code == 202
            officer = stack.enter_context(signed_in(desk["url"].rstrip("/") + desk["links"][0]))
            host = desk["url"].partition(f"/{code}/")[0]
            queue = officer.get(f"{host}/desks/{code}/queue").json()
            assert queue["lanes"]["attention"]["count"] == 1
            assert (tmp_path / f"{code}.db").exists()
        program.send_signal(signal.SIGTERM)
        assert program.wait(20) == 0


def test_a_single_desk_answers_with_and_without_its_prefix(tmp_path: Path):
    arguments = ["customs", "--database", str(tmp_path / "own.db"), "--root-path", "/desks/customs"]
    with serving(*arguments) as (_, ready):
        url = ready["desks"]["customs"]["url"]
        assert httpx2.get(url + "healthz").json()["agency"] == "customs"
        assert httpx2.get(url + "desks/customs/healthz").json()["agency"] == "customs"
        assert httpx2.get(url + "desks/customs/static/desk.css").status_code == 200
        assert httpx2.get(url + "static/desk.css").headers["content-type"].startswith("text/css")
        assert httpx2.get(url).headers["location"] == "/desks/customs/queue"
    assert (tmp_path / "own.db").exists()


def test_an_invitation_beside_a_running_desk_signs_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with serving("customs", "--database", str(tmp_path)) as (_, ready):
        assert main(["invite", "customs", "A-5:U Ba:MMRGN", "--database", str(tmp_path)]) == 0
        url = ready["desks"]["customs"]["url"].rstrip("/")
        with signed_in(url + capsys.readouterr().out.strip()) as officer:
            assert officer.get(url + "/queue").status_code == 200
            assert main(["dismiss", "customs", "A-5", "--database", str(tmp_path)]) == 0
            assert main(["dismiss", "customs", "A-6", "--database", str(tmp_path)]) == 2
            answer = officer.get(url + "/queue")
    assert (answer.status_code, answer.json()["rule"]) == (401, "MSW-AGY-023")


def test_a_desk_without_a_key_says_which_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["serve", "customs", "--database", str(tmp_path)]) == 2
    assert "FAIRWAY_AGENCY_KEY_CUSTOMS" in capsys.readouterr().err


def test_two_desks_are_not_put_into_one_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["serve", "customs", "harbour", "--database", str(tmp_path / "one.db")]) == 2
    assert "{agency}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "more", "sentence"),
    [
        ("whsec_a", [], "The key for customs cannot be read"),
        (KEY, ["--root-path", "desks"], "root_path: "),
        (KEY, ["--retries", "0"], "retries: "),
    ],
    ids=["a broken key", "a root path without its slash", "no pause at all"],
)
def test_what_cannot_be_used_is_said_without_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, more: list[str], sentence: str
):
    (tmp_path / "customs.key").write_text(key)
    arguments = ["serve", "customs", "--database", str(tmp_path), "--key-file", str(tmp_path / "{agency}.key")]
    assert main([*arguments, *more]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert key not in said


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("/var/desks", "sqlite:////var/desks/customs.db"),
        ("/var/desks/{agency}.sqlite", "sqlite:////var/desks/customs.sqlite"),
        ("/var/own.db", "sqlite:////var/own.db"),
        ("postgresql+psycopg://host/desk_{agency}", "postgresql+psycopg://host/desk_customs"),
    ],
)
def test_a_folder_a_file_and_a_url_each_name_a_database(given: str, url: str):
    assert database_url(given, "customs") == url


def test_starting_loads_nothing_a_desk_does_not_use(tmp_path: Path, subprocess_python: Callable[[str], str]):
    program = (
        "import sys, agencies.__main__; print([n for n in ('alembic', 'lxml', 'edi', 'gateway') if n in sys.modules])"
    )
    assert subprocess_python(program) == "[]"


def test_a_program_acts_as_an_officer_by_the_pages_own_routes(desk: DeskInUse):
    desk.send(a_notice("customs", declaration=container_ship() | {"general_remark": "x"}))
    officer = desk.officer()
    officer.headers["Accept"] = "application/json"
    (row,) = officer.get("/queue").json()["lanes"]["attention"]["cases"]
    address = f"/cases/{row['case']}"
    case = officer.get(address).json()
    assert case["notice"]["declaration"]["general_remark"] == "x"
    incomplete = officer.post(f"{address}/decisions", data=case["form"] | {"outcome": "refused"})
    assert (incomplete.status_code, set(incomplete.json()["troubles"])) == (422, {"reason", "legal_basis"})
    done = officer.post(f"{address}/decisions", data=case["form"] | {"outcome": "granted"})
    (decision,) = done.json()["decisions"]
    assert (decision["decision"]["outcome"], decision["sending"]) == ("granted", "queued")
    assert officer.get("/cases/nothing").json()["rule"] == "MSW-AGY-030"


def test_numbers_that_are_none_do_not_break_the_programs_answer(desk: DeskInUse):
    notice = a_notice("customs", declaration=container_ship() | {"gross_tonnage": 12345.5})
    body = notice.model_dump_json().replace("12345.5", "NaN").encode()
    desk.client.post("/notices", **signed(body, message_id=notice.id))
    officer = desk.officer()
    (address,) = desk.addresses(officer)
    assert officer.get(address).status_code == 200
    answer = officer.get(address, headers={"Accept": "application/json"})
    assert answer.json()["notice"]["declaration"]["gross_tonnage"] is None


def test_a_quiet_ship_needs_no_officer_at_any_desk(tmp_path: Path):
    with serving(*CODES, "--database", str(tmp_path), "--invite", "A-1:Daw Mya") as (_, ready), ExitStack() as stack:
        for code, desk in ready["desks"].items():
            url = desk["url"].rstrip("/")
            httpx2.post(url + "/notices", **signed(a_notice(code, declaration=quiet_declaration())))
            officer = stack.enter_context(signed_in(url + desk["links"][0]))
            (row,) = officer.get(url + "/queue").json()["lanes"]["decided"]["cases"]
            assert row["outcome"] == "granted"
