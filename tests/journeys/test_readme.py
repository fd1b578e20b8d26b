"""The README's commands do what the README says, run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.demo.run import Demo, running
from tests.commands import Reader, commands

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
COMMANDS = commands(README)


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
    reader = Reader(directory=tmp_path, gateway=demo.url, variables={"$KEY": demo.seeded.api_key})
    reader.types(sample)
    receipt = reader.curl(file).raise_for_status().json()
    assert receipt["port_call"].startswith("MMRGN-")
    assert reader.curl(file).json() == receipt
    followed = reader.curl(follow.replace("MMRGN-26-000001", receipt["port_call"])).raise_for_status().json()
    assert len(followed["movements"][0]["agencies"]) == 5


def test_every_place_the_readme_points_to_exists():
    missing = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not (ROOT / link).exists()]
    assert missing == []


def test_the_program_knows_the_commands_the_readme_names():
    named = set(re.findall(r"`fairway (\w+)", README))
    help_text = subprocess.run(
        [sys.executable, "-m", "gateway", "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert {command for command in named if command not in help_text} == set()
