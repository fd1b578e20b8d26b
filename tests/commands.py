"""Commands as the documentation prints them, carried out without a shell: fairway, curl and cmp, and no others.

Ours run in this process, so that a page of them takes seconds."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx2
from typer.testing import CliRunner

from gateway.cli import app

PRINTED = "http://127.0.0.1:8000"
"""The gateway's address as pages print it."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: str, language: str) -> list[str]:
    """What stands between the fences of that language, in order."""
    return [text for named, text in _FENCE.findall(page) if named == language]


def commands(page: str) -> list[str]:
    """The command lines of a page's `sh` blocks, those that go on in the next line joined."""
    return [line for block in blocks(page, "sh") for line in lines(block)]


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.replace("\\\n", " ").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Someone who types what a page prints, in a directory of their own, at a gateway of their own."""

    directory: Path
    gateway: str
    variables: Mapping[str, str]

    def types(self, command: str) -> bytes:
        """Carry `command` out; what it prints."""
        words = shlex.split(command, posix=True)
        match words:
            case ["fairway", *_]:
                return self.fairway(command)
            case ["curl", *_]:
                return self._kept(words, self.curl(command).content)
            case ["cmp", one, other]:
                assert (self.directory / one).read_bytes() == (self.directory / other).read_bytes()
                return b""
        raise AssertionError(f"A page prints a command that nobody tries: {command}")

    def fairway(self, command: str) -> bytes:
        """What that command of ours prints; ` > FILE` at its end keeps it."""
        said, _, target = command.partition(" > ")
        done = CliRunner().invoke(app, shlex.split(self._filled(said))[1:])
        assert done.exit_code == 0, f"{command}: {done.output}"
        if target:
            (self.directory / target.strip()).write_bytes(done.stdout_bytes)
        return done.stdout_bytes

    def curl(self, command: str) -> httpx2.Response:
        """What curl would get: the options our pages use, and no others."""
        words = iter(shlex.split(self._filled(command))[1:])
        headers, body, url = {}, None, None
        for word in words:
            match word:
                case "-sS":
                    pass
                case "-H":
                    name, _, value = next(words).partition(": ")
                    headers[name] = value
                case "--data-binary":
                    body = (self.directory / next(words).removeprefix("@")).read_bytes()
                case "-o":
                    next(words)
                case _:
                    assert word.startswith("http"), f"Nobody tries curl {word}"
                    url = word
        assert url is not None, command
        method = "GET" if body is None else "POST"
        return httpx2.request(
            method, url.replace(PRINTED, self.gateway), headers=headers, content=body, trust_env=False, timeout=30
        )

    def _kept(self, words: list[str], answer: bytes) -> bytes:
        if "-o" not in words:
            return answer
        (self.directory / words[words.index("-o") + 1]).write_bytes(answer)
        return b""

    def _filled(self, command: str) -> str:
        for name, value in self.variables.items():
            command = command.replace(name, value)
        return command
