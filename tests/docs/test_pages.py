"""What every page of the documentation keeps to: its links lead somewhere, and the commands it names exist."""

import argparse
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer

from agencies.__main__ import add_serve
from gateway.cli import app
from tests.docs.pages import PAGES, ROOT, anchors, links, name_of, typed

REGISTRIES = re.compile(r"\b(?:pypi|pythonhosted|npmjs|crates|rubygems|dockerhub|docker)\.(?:org|com|io)\b")
SOMEBODYS_MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|home|root|tmp|Users|mnt|opt|srv)/")
OPTION = re.compile(r"--[a-z][a-z-]*")

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


@every_page
def test_every_link_leads_somewhere(page: Path):
    lost = [link for link in links(page) if not link.startswith("https://") and not leads_somewhere(page, link)]
    assert lost == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and ROOT in target.parents and (not anchor or anchor in anchors(target))


@every_page
def test_no_page_knows_a_registry_or_somebodys_machine(page: Path):
    text = page.read_text()
    assert REGISTRIES.findall(text) == []
    assert SOMEBODYS_MACHINE.findall(text) == []


@every_page
def test_every_command_named_exists_with_its_options(page: Path):
    wrong = {line: why for line in typed(page) if line.startswith("fairway ") and (why := unknown_in(line))}
    assert wrong == {}


def test_the_check_of_commands_knows_a_wrong_one():
    assert unknown_in("fairway dome") == ["dome"]
    assert unknown_in("fairway firm new-key SHWETAWWIN x --scopes file") == ["--scopes"]
    assert unknown_in("fairway desk customs --data x") == ["--data"]
    assert unknown_in("fairway serve --database URL") == []


def test_the_newest_changes_are_those_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    entries = re.findall(r"^## (\S+) \(\d{4}-\d\d-\d\d\)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert entries[0] == version


def unknown_in(line: str) -> list[str]:
    """The words of a `fairway` command line that the program does not know."""
    words = shlex.split(line.partition(" > ")[0].partition(" # ")[0])[1:]
    command = typer.main.get_command(app)
    while hasattr(command, "commands") and words and OPTION.fullmatch(words[0]) is None:
        if words[0] not in command.commands:
            return [words[0]]
        command = command.commands[words.pop(0)]
    known = {each for option in command.params for each in (*option.opts, *option.secondary_opts)} | {"--help"}
    if command.name == "desk":
        known |= options_of_a_desk()
    return [word for word in words if OPTION.fullmatch(word) and word not in known]


def options_of_a_desk() -> set[str]:
    parser = argparse.ArgumentParser()
    add_serve(parser)
    return {each for action in parser._actions for each in action.option_strings}
