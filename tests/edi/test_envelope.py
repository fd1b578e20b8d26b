"""Order, references and counts of envelopes; one fault does not hide the next."""

import pytest

from edi.examination import check
from edi.findings import Finding, Level
from edi.interchange import read
from edi.writer import write

UNB = "UNB+UNOC:3+ME+YOU+261123:0600+R1'"
UNG = "UNG+APERAK+A+B+261123:0600+G1+UN+D:01B'"
UNH = "UNH+1+APERAK:D:01B:UN'"
BODY = "BGM+23+X'"
UNT = "UNT+3+1'"
UNE = "UNE+1+G1'"
UNZ = "UNZ+1+R1'"
MESSAGE = UNH + BODY + UNT
SECOND = "UNH+2+APERAK:D:01B:UN'BGM+23+Y'UNT+3+2'"


def findings(text: str) -> list[Finding]:
    return [each for each in check(text.encode("latin-1")).findings if each.rule < "MSW-EDI-065"]


def codes(text: str) -> list[tuple[str, str]]:
    return [(each.rule, each.code) for each in findings(text)]


def test_a_right_interchange_has_no_findings():
    assert codes(UNB + MESSAGE + UNZ) == []
    assert codes(UNB + UNG + MESSAGE + UNE + UNZ) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (UNB + MESSAGE, [("MSW-EDI-050", "13")]),
        (UNB + UNH + BODY + UNZ, [("MSW-EDI-052", "13")]),
        (UNB + UNG + MESSAGE + UNZ, [("MSW-EDI-051", "13")]),
        (UNB + UNG + UNH + BODY, [("MSW-EDI-052", "13"), ("MSW-EDI-051", "13"), ("MSW-EDI-050", "13")]),
        (
            UNB + UNH + BODY + MESSAGE.replace("+1+", "+2+").replace("3+1", "3+2") + UNZ.replace("1+", "2+"),
            [("MSW-EDI-052", "13")],
        ),
        (UNB + UNT + MESSAGE + UNZ, [("MSW-EDI-053", "33")]),
        (UNB + UNE + MESSAGE + UNZ, [("MSW-EDI-053", "33")]),
        (UNB + BODY + MESSAGE + UNZ, [("MSW-EDI-054", "33")]),
        (UNB + MESSAGE.replace("3+1'", "3+2'") + UNZ, [("MSW-EDI-055", "28")]),
        (UNB + MESSAGE + "UNZ+1+R2'", [("MSW-EDI-055", "28")]),
        (UNB + UNG + MESSAGE + "UNE+1+G2'" + UNZ, [("MSW-EDI-055", "28")]),
        (UNB + MESSAGE.replace("UNT+3", "UNT+313") + UNZ, [("MSW-EDI-056", "29")]),
        (UNB + MESSAGE + "UNZ+2+R1'", [("MSW-EDI-056", "29")]),
        (UNB + UNG + MESSAGE + "UNE+2+G1'" + UNZ, [("MSW-EDI-056", "29")]),
        (UNB + MESSAGE + MESSAGE + "UNZ+2+R1'", [("MSW-EDI-057", "26")]),
        (UNB + (UNG + MESSAGE + UNE) * 2 + "UNZ+2+R1'", [("MSW-EDI-057", "26")]),
        (UNB + UNG + MESSAGE + UNE + MESSAGE + UNZ, [("MSW-EDI-058", "30")]),
        (UNB + MESSAGE + UNG + MESSAGE + UNE + UNZ, [("MSW-EDI-058", "30")]),
        (UNB + "UNZ+0+R1'", [("MSW-EDI-059", "32")]),
        (UNB + UNG + "UNE+0+G1'" + UNZ, [("MSW-EDI-059", "32")]),
        (UNB + UNG.replace("APERAK", "BERMAN") + MESSAGE + UNE + UNZ, [("MSW-EDI-060", "12")]),
        ((UNB + MESSAGE + UNZ) * 2, [("MSW-EDI-057", "26")]),
    ],
)
def test_each_fault_of_an_envelope_is_found_once_with_its_code(text: str, found: list[tuple[str, str]]):
    assert codes(text) == found


def test_unz_counts_groups_where_groups_are_used():
    two = UNG + MESSAGE + SECOND + "UNE+2+G1'"
    assert codes(UNB + two + "UNZ+1+R1'") == []
    assert codes(UNB + two + "UNZ+2+R1'") == [("MSW-EDI-056", "29")]


@pytest.mark.parametrize("count", ["0001", "01", "1"])
def test_leading_zeroes_in_counts_count_for_nothing(count: str):
    assert codes(f"{UNB}{MESSAGE}UNZ+{count}+R1'") == []


def test_a_reference_may_come_again_in_another_group():
    assert (
        codes(UNB + UNG + MESSAGE + UNE + UNG.replace("G1", "G2") + MESSAGE + UNE.replace("G1", "G2") + "UNZ+2+R1'")
        == []
    )


@pytest.mark.parametrize("tag", ["UNTX", "UNHA", "UNB9", "UNZZ"])
def test_a_longer_word_is_no_envelope(tag: str):
    assert codes(f"{UNB}{UNH}{BODY}{tag}+1'UNT+4+1'{UNZ}") == [("MSW-EDI-018", "12")]


def test_a_wrong_count_hides_nothing_after_it():
    text = UNB + MESSAGE.replace("UNT+3", "UNT+787") + SECOND + "UNZ+1+R9'"
    assert [rule for rule, _ in codes(text)] == ["MSW-EDI-056", "MSW-EDI-056", "MSW-EDI-055"]


def test_a_finding_says_where_and_in_which_message():
    [found] = findings(f"{UNB}\n{UNH}\n{BODY}\nUNT+9+1'{UNZ}")
    place = found.place
    assert (place.interchange, place.message, place.segment, place.tag) == ("R1", "1", 3, "UNT")
    assert (place.element, place.component, place.line, place.column) == (1, 1, 4, 5)
    assert (found.level, found.seen, found.expected) == (Level.MESSAGE, "9", "3")
    assert str(found) == (
        "MSW-EDI-056 syntax-error: UNT counts 9 segments, 3 were found. "
        "(message 1, segment 3 UNT, element 1, component 1, line 4, column 5) "
        "Write 3 if nothing is missing; else send the missing segments."
    )


def test_habits_of_senders_are_warnings_where_the_meaning_is_plain():
    text = UNB.replace("UNOC:3", "UNOC:4").replace("ME+", "ME:ZZ+") + MESSAGE + UNZ
    report = check(text.encode())
    assert [each.rule for each in report.findings if each.rule < "MSW-EDI-065"] == ["MSW-EDI-063", "MSW-EDI-064"]
    assert all(each.severity == "practice-warning" for each in report.findings[:2])


def test_the_report_knows_what_an_answer_needs():
    text = UNB.replace("+R1'", "+R1++APP++1++1'") + UNG + MESSAGE + "UNE+9+G1'" + UNZ
    [interchange] = check(text.encode()).interchanges
    assert (interchange.sender, interchange.recipient, interchange.reference) == (["ME"], ["YOU"], "R1")
    assert (interchange.acknowledgement_wanted, interchange.test) == (True, True)
    assert [(group.reference, group.rejected) for group in interchange.groups] == [("G1", True)]
    assert not interchange.accepted


def test_a_package_after_a_message_is_a_package_alone():
    head = UNB.replace("UNOC:3", "UNOC:4").replace("261123", "20261123")
    text = head + UNH + "UNT+2+1'" + "UNO+P1+1:2+X+3'ABCUNP+3+P1'UNZ+2+R1'"
    assert [each.rule for each in check(text.encode()).findings] == ["MSW-EDI-102"]
    for trailer, rule in (("UNP+3+P2", "MSW-EDI-055"), ("UNP+4+P1", "MSW-EDI-056")):
        assert [each.rule for each in check(text.replace("UNP+3+P1", trailer).encode()).findings][1:] == [rule]


def test_a_package_object_is_kept_for_who_reads_the_whole():
    text = UNB.replace("UNOC:3", "UNOC:4") + "UNO+P1+1:2+X+5'A'UNBUNP+5+P1'UNZ+1+R1'"
    [package] = read(text.encode())[0].messages
    assert (package.reference, package.object) == ("P1", b"A'UNB")
    assert write(read(text.encode())[0]) == text.encode()
