"""`docs/integrating.md`, followed from top to bottom by someone who types what it prints."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from gateway.demo.run import Demo, running
from gateway.demo.seed import introduce
from messages import samples
from tests.commands import Reader, blocks, lines
from tests.faults.programs import Gateway, eventually, free_port

PAGE = (Path(__file__).parents[2] / "docs/integrating.md").read_text()

FENCE = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
OF_THE_DAY = (
    (re.compile(r"[A-Z]{5}-\d\d-\d{6}"), "a port call"),
    (re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+Z"), "a time"),
    (re.compile(r"sha256:[0-9a-f]{64}"), "a digest"),
)
"""What differs from one run to the next."""


class Followed(NamedTuple):
    """A command, what came back, and what the page shows of it."""

    command: str
    answer: bytes
    shown: str


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with running(0) as demo:
        yield demo


@pytest.fixture(scope="module")
def followed(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> list[Followed]:
    """Every command of the page, typed in order, and the answer printed after it, if any."""
    reader = Reader(
        directory=tmp_path_factory.mktemp("integrator"), gateway=demo.url, variables={"$KEY": demo.seeded.api_key}
    )
    done: list[Followed] = []
    for block in FENCE.finditer(PAGE):
        if block["file"]:
            (reader.directory / block["file"]).write_text(block["text"])
        elif block["language"] == "sh":
            for command in lines(block["text"]):
                done.append(Followed(command, reader.types(of_this_year(command, done)), ""))
        elif block["language"] == "json":
            done[-1] = done[-1]._replace(shown=block["text"])
    return done


def of_this_year(command: str, done: list[Followed]) -> str:
    """The command with the reference that this demo gave the first filing."""
    if len(done) < 2:
        return command
    return command.replace("MMRGN-26-000001", json.loads(done[1].answer)["port_call"])


def missing(shown: Any, given: Any, path: str = "") -> list[str]:
    """Where an answer lacks what the page shows of it. Of lists and objects, a page may leave out what it likes."""
    if isinstance(shown, dict):
        found = given if isinstance(given, dict) else {}
        lacking = [f"{path}/{name}" for name in shown if name not in found]
        for name in shown.keys() & found.keys():
            lacking += missing(shown[name], found[name], f"{path}/{name}")
        return lacking
    if isinstance(shown, list):
        return [f"{path}/{at}" for at, each in enumerate(shown) if all(missing(each, one) for one in given)]
    return [] if settled(shown) == settled(given) else [f"{path}: {shown!r} is {given!r}"]


def settled(value: Any) -> Any:
    for pattern, word in OF_THE_DAY:
        value = pattern.sub(word, value) if isinstance(value, str) else value
    return value


def test_every_answer_shown_is_the_answer_that_comes(followed: list[Followed]):
    compared = [each for each in followed if each.shown]
    lacking = {each.command: missing(json.loads(each.shown), json.loads(each.answer)) for each in compared}
    assert len(lacking) == 4
    assert {command: lines for command, lines in lacking.items() if lines} == {}


def test_the_document_read_back_is_the_one_filed(followed: list[Followed]):
    assert any(each.command.startswith("cmp ") for each in followed)


def test_the_small_declaration_is_filed_with_a_dozen_warnings(demo: Demo, followed: list[Followed]):
    receipt = next(json.loads(each.answer) for each in followed if "small.json" in each.command)
    report = httpx2.get(
        demo.url + receipt["report"], headers={"authorization": f"Bearer {demo.seeded.api_key}"}, trust_env=False
    ).json()
    assert report["counts"]["error"] == 0
    assert 10 <= report["counts"]["warning"] <= 14


def test_the_list_continues_where_the_page_says(demo: Demo, followed: list[Followed]):
    client = httpx2.Client(
        base_url=demo.url, headers={"authorization": f"Bearer {demo.seeded.api_key}"}, trust_env=False
    )
    with client:
        first = client.get("/api/port-calls?limit=1")
        assert first.headers["link"].startswith(f"</api/port-calls?before={first.json()['next']}&limit=1>")
        second = client.get(f"/api/port-calls?before={first.json()['next']}&limit=1").json()
    assert first.json()["port_calls"] != second["port_calls"]
    assert second["next"] is None


def test_the_desk_of_the_page_takes_part_in_a_call(tmp_path: Path):
    """`desk.py` as printed, between the real `fairway serve` and its agent."""
    [program] = blocks(PAGE, "python")
    (tmp_path / "desk.py").write_text(program)
    gateway, port = Gateway(tmp_path, f"sqlite:///{tmp_path / 'window.db'}"), free_port()
    with gateway.database.transaction() as session:
        introduce(session, {"customs": f"http://127.0.0.1:{port}"})
    environment = os.environ | {"KEY": gateway.seeded.agency_keys["customs"], "GATEWAY": gateway.url, "PORT": str(port)}
    desk = subprocess.Popen([sys.executable, "desk.py"], cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    try:
        gateway.start()
        line = eventually(lambda: decided_by_customs(gateway), "the desk's decision")
        gateway.stop()
    finally:
        desk.kill()
        desk.wait()
    assert (line["state"], line["reason"]) == ("granted", "Nothing to object to.")


def decided_by_customs(gateway: Gateway) -> dict[str, Any] | None:
    """Customs' line of the sample's call, once it is decided. Filing it again each time gives the same receipt."""
    agent = {"authorization": f"Bearer {gateway.seeded.api_key}", "idempotency-key": "once"}
    with httpx2.Client(base_url=gateway.url, headers=agent, trust_env=False, timeout=30) as client:
        filed = client.post("/api/submissions", content=samples.read("container-ship-yangon.xml"))
        call = client.get(filed.json()["status"]).json()
    lines_by_agency = {each["agency"]: each for each in call["movements"][0]["agencies"]}
    return lines_by_agency["customs"] if lines_by_agency["customs"]["state"] == "granted" else None
