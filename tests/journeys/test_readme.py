"""The README's commands do what the README says, run as they stand there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from gateway.demo.run import Demo, running

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
]


@pytest.fixture(scope="module")
def demo():
    with running(0) as demo:
        yield demo


def test_the_two_commands_are_the_ones_that_ci_runs():
    script = (ROOT / ".ci" / "run").read_text()
    assert COMMANDS[0] == "pip install -c constraints.txt -e . && fairway demo"
    assert COMMANDS[1] == "pip install -c constraints.txt -e '.[test]' && pytest"
    assert "README.md" in script, "CI takes the commands from the README"


def test_filing_and_following_works_as_written(demo: Demo, tmp_path: Path):
    sample, file, follow = COMMANDS[2:5]
    words, _, target = sample.partition(" > ")
    printed = subprocess.run(
        [sys.executable, "-m", "gateway", *shlex.split(words)[1:]], capture_output=True, check=True, timeout=60
    )
    (tmp_path / target).write_bytes(printed.stdout)
    receipt = curl(file, demo, tmp_path)
    assert receipt["port_call"] == "MMRGN-26-000001" or receipt["port_call"].startswith("MMRGN-")
    assert curl(file, demo, tmp_path) == receipt
    followed = curl(follow.replace("MMRGN-26-000001", receipt["port_call"]), demo, tmp_path)
    assert len(followed["movements"][0]["agencies"]) == 5


def curl(command: str, demo: Demo, directory: Path) -> dict:
    """What curl would get: the options the README uses, and no others."""
    words = shlex.split(command.replace("$KEY", demo.seeded.api_key))
    assert words[:2] == ["curl", "-sS"]
    headers, body, url = {}, None, None
    rest = iter(words[2:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "--data-binary":
            body = (directory / next(rest).removeprefix("@")).read_bytes()
        else:
            url = word
    assert url is not None
    url = url.replace("http://127.0.0.1:8000", demo.url)
    answer = httpx2.request("POST" if body else "GET", url, headers=headers, content=body, trust_env=False, timeout=30)
    return answer.raise_for_status().json()


def test_every_place_the_readme_points_to_exists():
    missing = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not (ROOT / link).exists()]
    assert missing == []


def test_the_program_knows_the_commands_the_readme_names():
    named = set(re.findall(r"`fairway (\w+)", README))
    help_text = subprocess.run(
        [sys.executable, "-m", "gateway", "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert {command for command in named if command not in help_text} == set()
