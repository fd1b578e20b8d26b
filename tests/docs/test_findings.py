"""`docs/findings.md` lists what can be found, all of it, once."""

import re
from collections import Counter
from pathlib import Path

from gateway import rulebook
from tests.docs.findings_page import desk_faults, page, shared_ids

ROOT = Path(__file__).parents[2]
ID = re.compile(r'^id = "(MSW-[A-Z]{3}-\d{3})"', re.MULTILINE)


def ids_in(*packages: str) -> list[str]:
    """Ids in every catalogue file of those packages, read as text and not through whoever uses them."""
    files = [path for package in packages for path in sorted((ROOT / package).rglob("*.toml"))]
    return [id_ for path in files for id_ in ID.findall(path.read_text())]


def test_the_page_is_what_the_catalogues_say():
    assert (ROOT / "docs/findings.md").read_text() == page(), "python -m tests.docs.findings_page > docs/findings.md"


def test_no_catalogue_is_left_out():
    assert sorted(rulebook.RULES) == sorted(ids_in("messages", "gateway"))


def test_every_id_is_in_one_catalogue_only():
    assert [id_ for id_, times in Counter(ids_in("edi", "messages", "gateway", "agencies")).items() if times > 1] == []


def test_no_desk_uses_an_id_of_the_gateway():
    assert shared_ids() == []


def test_every_desk_refusal_has_an_id_of_its_own():
    assert [id_ for id_, times in Counter(fault.id for fault in desk_faults()).items() if times > 1] == []
