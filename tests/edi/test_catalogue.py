"""The catalogue is complete: every fault is used, worded as users are spoken to, and answerable in CONTRL."""

import re
from pathlib import Path

import pytest

import edi
from edi.contrl import PERMITTED
from edi.findings import LONGEST_SENTENCE, Fault, catalogue, filled, shortened

PACKAGE = Path(edi.__file__).parent
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
FAULTS = catalogue()
BANNED = re.compile(r"\b(invalid|illegal|please|oops|sorry|wrong)\b|!", re.IGNORECASE)
FIELD = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_can_be_found_by_the_code(name: str):
    assert f'"{name}"' in SOURCES


def test_ids_are_unique_and_in_one_form():
    ids = [fault.id for fault in FAULTS.values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"MSW-EDI-\d{3}", each) for each in ids)
    assert ids == sorted(ids)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_fault_is_worded_for_the_person_who_must_mend_it(fault: Fault):
    assert not BANNED.search(re.sub(r"'[^']*'|\+\S*", "", fault.says + fault.fix))
    assert fault.says.endswith(".")
    assert fault.fix.endswith((".", "'", "'."))
    assert fault.source
    assert fault.code in PERMITTED


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_value_a_sender_chooses_makes_a_sentence_long(fault: Fault):
    words = dict.fromkeys(FIELD.findall(fault.says + fault.fix), "W" * 10000)
    assert len(filled(fault.says, words)) <= LONGEST_SENTENCE
    assert len(filled(fault.fix, words)) <= LONGEST_SENTENCE


def test_what_a_sender_wrote_is_shown_short_and_printable():
    assert shortened("A\nB\x00\x1b[31m") == "A�B��[31m"
    assert shortened("X" * 100) == "X" * 59 + "…"
