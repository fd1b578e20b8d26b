"""Decisions are numbered without gaps, have the same five paragraphs, and point to code that exists."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, name_of

DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PARAGRAPHS = ["Context", "Decision", "Consequences", "Alternatives", "Where"]
PARAGRAPH = re.compile(r"^(?:\*\*(\w+)\.\*\*|## (\w+)$)", re.MULTILINE)
TITLE = re.compile(r"# (\d{4})  \S.*\n\n[Aa]ccepted \d{4}-\d\d-\d\d\.?\n")

every_decision = pytest.mark.parametrize("page", DECISIONS, ids=name_of)


def test_each_series_counts_from_one_without_gaps():
    numbers = [int(page.name[:4]) for page in DECISIONS]
    for series in {number // 100 for number in numbers}:
        held = [number for number in numbers if number // 100 == series]
        assert held == list(range(series * 100 + 1, series * 100 + 1 + len(held)))


@every_decision
def test_a_decision_has_its_number_its_date_and_five_paragraphs(page: Path):
    text = page.read_text()
    title = TITLE.match(text)
    assert title is not None
    assert title[1] == page.name[:4]
    assert [bold or heading for bold, heading in PARAGRAPH.findall(text)] == PARAGRAPHS


@every_decision
def test_what_a_decision_points_to_exists(page: Path):
    where = page.read_text().rpartition("Where")[2]
    named = re.findall(r"`([^`]+)`", where)
    assert named
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []
