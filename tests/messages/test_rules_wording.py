"""How the catalogues speak: one style for every fault there is, wherever its entry stands."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import messages
from messages.declaration import PART_OF
from messages.findings import Severity

ROOT = Path(messages.__file__).parent
CATALOGUES = [path for path in sorted(ROOT.rglob("*.toml")) if "fault" in tomllib.loads(path.read_text("utf-8"))]
ENTRIES: list[dict[str, Any]] = [
    entry for path in CATALOGUES for entry in tomllib.loads(path.read_text("utf-8"))["fault"]
]
EACH = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])

BANNED = re.compile(
    r"\b(?:invalid|illegal|please|oops|sorry|bad|wrongly|your fault|exception|traceback)\b|!(?!DOCTYPE)", re.IGNORECASE
)
IMPERATIVES = {
    *("Add", "Answer", "Attach", "Ask", "Change", "Check", "Choose", "Close", "Compare"),
    *("Convert", "Correct", "Count", "Declare", "Draw", "End", "Enter", "Give", "Leave"),
    *("Keep", "List", "Mend", "Move", "Name", "Number", "Order", "Put", "Read", "Remove", "Repeat", "Replace"),
    *("Save", "Say", "Send", "Shorten", "Split", "Start", "State", "Use", "Write"),
}
ID = re.compile(r"MSW-[A-Z]{3}-[0-9]{3}")


def test_ids_are_well_formed_and_stand_once():
    counted = Counter(entry["id"] for entry in ENTRIES)
    assert [id_ for id_, times in counted.items() if times > 1 or not ID.fullmatch(id_)] == []
    assert len(counted) > 100


@EACH
def test_no_entry_blames_or_begs(entry: dict[str, Any]):
    assert not BANNED.search(entry["says"] + " " + entry["fix"])


@EACH
def test_every_sentence_is_short_and_ends(entry: dict[str, Any]):
    for text in (entry["says"], entry["fix"]):
        assert len(text) <= 240
        assert text.endswith((".", '."'))
        assert text == " ".join(text.split())


@EACH
def test_every_fix_says_what_to_do(entry: dict[str, Any]):
    assert entry["fix"].split()[0].rstrip(",") in IMPERATIVES or "for example" in entry["fix"]


@EACH
def test_nothing_is_shouted_or_taken_from_the_inside_of_the_program(entry: dict[str, Any]):
    text = re.sub(r"\{\w+\}", "", entry["says"] + " " + entry["fix"])
    named = set(re.findall(r"\b[a-z]+_[a-z_]+\b", text))
    assert named <= set(PART_OF)
    assert not re.search(r"\b[A-Z]{4,}(?: [A-Z]{4,}){2,}\b", text)


@EACH
def test_every_entry_has_a_severity_and_names_its_source(entry: dict[str, Any]):
    assert entry["severity"] in set(Severity)
    assert len(entry["source"]) > 5


@EACH
def test_a_warning_never_says_that_it_blocks(entry: dict[str, Any]):
    if entry["severity"] != "error":
        assert not re.search(r"cannot be (filed|sent)|refused|rejected", entry["says"] + entry["fix"])
