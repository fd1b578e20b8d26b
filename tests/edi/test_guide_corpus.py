"""The corpus keeps its own promises: names carry a verdict, and messages name guides we ship."""

import re
from pathlib import Path

import pytest

from edi.guide import find_guide

CORPUS = Path(__file__).parent / "corpus"
SAMPLES = sorted(CORPUS.glob("*/*"))
VERDICT = re.compile(r"(valid|invalid-[1-9])(-[a-z0-9]+)+\.edi")
IDENTITY = re.compile(r"UNH\+[^+]+\+([A-Z]{6}):(\w+):(\w+):UN(?::(\w+))?")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_sample_carries_its_verdict_and_names_a_shipped_guide(sample: Path):
    assert VERDICT.fullmatch(sample.name)
    named = IDENTITY.findall(sample.read_text())
    assert {message for message, *_ in named} == {sample.parent.name.upper()}
    assert all(find_guide(*identity) for identity in named)


def test_each_message_has_good_and_bad_samples():
    kinds = {(path.parent.name, path.name.partition("-")[0]) for path in SAMPLES}
    messages = {path.parent.name for path in SAMPLES}
    assert kinds == {(message, kind) for message in messages for kind in ("valid", "invalid")}
    assert messages == {
        *("aperak", "berman", "calinf", "contrl", "cuscar", "cusrep", "iftdgn", "paxlst", "vesdep", "wasdis"),
    }
