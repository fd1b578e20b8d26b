"""The figures in `docs/conformance.md` are the code's."""

import re
from collections import Counter
from pathlib import Path

from messages import examine, rules
from messages.declaration import Declaration
from messages.declaration.record import LONGEST_TEXT, MOST_DIGITS
from messages.declaration.shape import records, shape
from messages.findings import MOST_FINDINGS
from messages.formats.epc_xml import door
from messages.formats.json_document import reading

PAGE = " ".join((Path(__file__).parents[2] / "docs/conformance.md").read_text().split())


def test_the_limits_are_those_of_the_readers():
    assert f"{examine.LARGEST // 2**20} MiB" in PAGE
    assert f"{door.MOST_ELEMENTS:,}, {door.DEEPEST}, {door.MOST_ATTRIBUTES} |" in PAGE
    assert f"{reading.DEEPEST}, {reading.LONGEST_NUMBER} |" in PAGE
    assert f"{LONGEST_TEXT:,} characters; numbers {MOST_DIGITS} digits" in PAGE
    assert f"told about one document | {MOST_FINDINGS} |" in PAGE


def test_the_rules_are_counted_right():
    tally = Counter(rule.fault.severity.value for rule in rules.RULES)
    counted = f"{len(rules.RULES)} rules on the content, of which {tally['error']} are errors and {tally['warning']}"
    assert counted in PAGE


def test_the_profile_is_as_large_as_said_and_reads_the_misspelt_names():
    fields = [(record, each) for record in records(Declaration) for each in shape(record).values()]
    assert f"{len({record for record, _ in fields})} record types with {len(fields)} fields" in PAGE
    misspelt = re.search(r"misspelt names met in it \(([^)]+)\)", PAGE)
    assert misspelt is not None
    assert set(re.findall(r"`(\w+)`", misspelt[1])) == {each.element for _, each in fields if each.also}
