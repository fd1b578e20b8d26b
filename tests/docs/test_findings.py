"""`docs/findings.md` lists what can be found, all of it, once."""

from collections import Counter
from pathlib import Path

import pytest

from gateway import rulebook
from messages import catalogue
from tests.docs.findings_page import desk_faults, page

ROOT = Path(__file__).parents[2]
KEPT_BESIDE = ("field", "good", "bad")


def shipped_faults() -> list[str]:
    """Ids in every catalogue file of the packages, read as files and not through whoever uses them."""
    files = [path for package in ("messages", "gateway", "agencies") for path in (ROOT / package).rglob("*.toml")]
    holding = [path for path in sorted(files) if "[[fault]]" in path.read_text()]
    return [id_ for path in holding for id_ in catalogue.load(path, KEPT_BESIDE)]


def test_the_page_is_what_the_catalogues_say():
    assert (ROOT / "docs/findings.md").read_text() == page(), "python -m tests.docs.findings_page > docs/findings.md"


def test_no_catalogue_is_left_out():
    assert sorted(rulebook.RULES) == sorted(shipped_faults())


def test_every_id_is_in_one_catalogue_only():
    assert [id_ for id_, times in Counter(shipped_faults()).items() if times > 1] == []


@pytest.mark.xfail(reason="The desks count their refusals from MSW-AGY-001 too, as the gateway does.", strict=True)
def test_no_desk_uses_an_id_of_the_gateway():
    assert {fault.id for fault in desk_faults()} & set(rulebook.RULES) == set()


def test_every_desk_refusal_has_an_id_of_its_own():
    assert [id_ for id_, times in Counter(fault.id for fault in desk_faults()).items() if times > 1] == []
