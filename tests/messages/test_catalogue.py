"""The catalogues: well formed, used, and every entry of ours raised by some document."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from messages.catalogue import CatalogueError, load
from messages.draft import Draft
from messages.examine import LARGEST, examine, judged
from messages.findings import Fault
from messages.formats.epc_xml.answers import read_answer
from messages.formats.epc_xml.door import Unreadable
from messages.report import Report

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).with_name("corpus")
CATALOGUES = (
    *("messages/examine.toml", "messages/draft.toml"),
    *("messages/formats/epc_xml/faults.toml", "messages/formats/json_document/faults.toml"),
)
FAULTS = {id_: fault for name in CATALOGUES for id_, fault in load(ROOT / name).items()}

ENVELOPE = b'<epc:EPCMessage xmlns:epc="http://www.iso.org/28005-2">%b</epc:EPCMessage>'


def a_request(content: bytes) -> bytes:
    return ENVELOPE % (b"<EPCRequestBody>%b</EPCRequestBody>" % content)


def a_draft(**values: object) -> Report:
    """What a format that reads without looking would hand over."""
    return judged("sheet", Draft(dict(values), lambda _: None))


def refused_answer(raw: bytes) -> Report:
    with pytest.raises(Unreadable) as refused:
        read_answer(raw)
    return Report("epc_xml", (refused.value.finding,), None)


MADE: dict[str, Callable[[], Report]] = {
    "MSW-GEN-002": lambda: examine(b" " * (LARGEST + 1)),
    "MSW-GEN-003": lambda: examine(b" \n"),
    "MSW-GEN-004": lambda: examine(a_request(b"".join(b"<A%d/>" % n for n in range(300)))),
    "MSW-GEN-016": lambda: a_draft(ship_id="MV Sample"),
    "MSW-GEN-017": lambda: examine(a_request(b"<GeneralRemark>%b</GeneralRemark>" % (b"x" * 65_537))),
    "MSW-GEN-018": lambda: a_draft(cabins=12),
    "MSW-GEN-019": lambda: a_draft(crew_list="MV Sample"),
    "MSW-XML-014": lambda: examine(a_request(b"<A/>" * 500_001)),
    "MSW-XML-039": lambda: refused_answer(ENVELOPE % b""),
    "MSW-XML-040": lambda: examine(
        a_request(b"<ShipClass>%b</ShipClass>" % (b"<Notation>A</Notation>" * 30_000 + b"<A/>"))
    ),
    "MSW-XML-038": lambda: examine(
        ENVELOPE % b"<EPCReceiptBody><RequestProcessed>yes</RequestProcessed></EPCReceiptBody>"
    ),
}
"""Faults that no document of the corpus has, because it would be large or of another format."""


@pytest.fixture(scope="module")
def found_in_corpus() -> set[str]:
    return {each.rule for path in CORPUS.glob("*/*") for each in examine(path.read_bytes()).findings}


@pytest.mark.parametrize("id_", FAULTS)
def test_every_fault_of_the_catalogue_is_raised_by_some_document(id_: str, found_in_corpus: set[str]):
    if id_ in MADE:
        assert id_ in {each.rule for each in MADE[id_]().findings}
    else:
        assert id_ in found_in_corpus


def test_every_fault_named_in_the_code_is_in_a_catalogue():
    code = [*ROOT.glob("messages/*.py"), *ROOT.glob("messages/formats/**/*.py")]
    named = {id_ for path in code for id_ in re.findall(r'"(MSW-[A-Z]{3}-\d{3})"', path.read_text())}
    assert named == set(FAULTS)


def test_no_id_stands_in_two_catalogues():
    texts = [path.read_text() for path in ROOT.glob("messages/**/*.toml")]
    ids = [id_ for text in texts for id_ in re.findall(r'^id = "(MSW-.+)"', text, re.MULTILINE)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.id)
def test_every_sentence_is_one_and_every_fix_tells_what_to_do(fault: Fault):
    assert fault.says[0] in '{"' or fault.says[0].isupper()
    assert fault.says.endswith(".")
    assert fault.fix[0].isupper()
    assert fault.fix.endswith((".", ">.", '"'))
    assert fault.source


ENTRY = """
[[fault]]
id = "MSW-GEN-001"
part = "general"
severity = "error"
says = "A."
fix = "B."
source = "C"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY + ENTRY, "stands twice"),
        (ENTRY.replace("MSW-GEN-001", "GEN-1"), "not of the form"),
        (ENTRY.replace('source = "C"', ""), "lacks source"),
        (ENTRY + 'good = "x"', "good, which no entry has"),
    ],
)
def test_a_catalogue_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str):
    path = tmp_path / "faults.toml"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=said):
        load(path)


def test_a_catalogue_may_keep_more_beside_its_entries(tmp_path: Path):
    path = tmp_path / "faults.toml"
    path.write_text(ENTRY + 'good = "x"\nagencies = ["customs"]')
    assert load(path, beside=("good",))["MSW-GEN-001"].agencies == ("customs",)
