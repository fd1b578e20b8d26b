"""CONTRL says what was received, acknowledged or rejected, at the level where it was, and is itself without fault."""

from datetime import datetime

import pytest

from edi.contrl import acknowledge, receipt
from edi.examination import check
from edi.settings import Settings

NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - UNB carries no zone
UNB = "UNB+UNOC:3+AGENT:ZZZ+GATE+261123:0600+R1'"
UNB_4 = "UNB+UNOC:4+AGENT:ZZZ+GATE+20261123:0600+R1'"
UNH = "UNH+1+APERAK:D:01B:UN'"
RIGHT = UNH + "BGM+23+X+9'UNT+3+1'"
UNG = "UNG+APERAK+A+B+261123:0600+G1+UN+D:01B'"


def answer(text: str, settings: Settings | None = None) -> list[str] | None:
    """The segments of the answer between UNH and UNT, after checking the answer as any other interchange."""
    report = check(text.encode("latin-1"), settings)
    data = acknowledge(report, report.interchanges[0], reference="C1", prepared=NOON)
    if data is None:
        return None
    found = [each for each in check(data).findings if each.rule != "MSW-EDI-064"]
    assert found == []
    return data.decode("latin-1").split("'")[2:-3]


def body(*segments: str, unh: str = UNH, unb: str = UNB) -> str:
    inner = "".join(f"{each}'" for each in segments)
    return f"{unb}{unh}{inner}UNT+{len(segments) + 2}+1'UNZ+1+R1'"


def test_an_interchange_without_fault_is_acknowledged_in_one_segment():
    assert answer(UNB + RIGHT + "UNZ+1+R1'") == ["UCI+R1+AGENT:ZZZ+GATE+7"]
    assert answer(UNB_4 + RIGHT + "UNZ+1+R1'") == ["UCI+R1+AGENT:ZZZ+GATE+7"]


def test_the_answer_is_an_interchange_of_its_own_sent_back():
    report = check((UNB + RIGHT + "UNZ+1+R1'").encode())
    data = acknowledge(report, report.interchanges[0], reference="C1", prepared=NOON)
    assert data == (
        b"UNB+UNOC:3+GATE+AGENT:ZZZ+261123:1200+C1'UNH+1+CONTRL:D:3:UN'UCI+R1+AGENT:ZZZ+GATE+7'UNT+3+1'UNZ+1+C1'"
    )
    modern = check((UNB_4 + RIGHT + "UNZ+1+R1'").encode())
    data = acknowledge(modern, modern.interchanges[0], reference="C1", prepared=NOON)
    assert data is not None
    assert b"UNB+UNOC:4+GATE+AGENT:ZZZ+20261123:1200+C1'UNH+1+CONTRL:4:1:UN'" in data


def test_a_receipt_says_only_that_it_came():
    report = check((UNB + "UNZ+9+R1'").encode())
    data = receipt(report.interchanges[0], reference="C1", prepared=NOON)
    assert data is not None
    assert b"UCI+R1+AGENT:ZZZ+GATE+8'" in data
    assert check(data).findings == []


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        (UNB + RIGHT + "UNZ+2+R1'", ["UCI+R1+AGENT:ZZZ+GATE+4+29+UNZ+2:1"]),
        (UNB + RIGHT + "UNZ+1+R2'", ["UCI+R1+AGENT:ZZZ+GATE+4+28+UNZ+3:1"]),
        (UNB + RIGHT, ["UCI+R1+AGENT:ZZZ+GATE+4+13+UNZ"]),
        (UNB + "UNZ+0+R1'", ["UCI+R1+AGENT:ZZZ+GATE+4+32+UNZ"]),
        (UNB + "BGM+1'" + RIGHT + "UNZ+1+R1'", ["UCI+R1+AGENT:ZZZ+GATE+4+33"]),
        (UNB.replace("261123:", "261123X:") + RIGHT + "UNZ+1+R1'", ["UCI+R1+AGENT:ZZZ+GATE+4+37+UNB+5:1"]),
        (UNB_4.replace("R1'", "R1+++AB'") + RIGHT + "UNZ+1+R1'", ["UCI+R1+AGENT:ZZZ+GATE+4+39+UNB+9:1"]),
    ],
)
def test_faults_of_the_interchange_reject_it_at_uci(text: str, segments: list[str]):
    assert answer(text) == segments


@pytest.mark.parametrize(
    ("segments", "reported"),
    [
        (["BGM+23+X+9", "XYZ+1"], ["UCS+3+15"]),
        (["DTM+137"], ["UCS+1+13"]),
        (["BGM+23+X+9", "BGM+23+X+9"], ["UCS+3+35"]),
        (["BGM+23+X+9ABC"], ["UCS+2", "UCD+39+4:1"]),
        (["BGM+23+X+9", "DTM+:1:2:3"], ["UCS+3", "UCD+16+2", "UCD+13+2:1"]),
        (["BGM+23+X+9ABC", "DTM+:1"], ["UCS+2", "UCD+39+4:1", "UCS+3", "UCD+13+2:1"]),
        (["BGM+23+X+9+Z+Z+Z+Z"], ["UCS+2+16"]),
        (["BGM+23+X\x07+9"], ["UCS+2", "UCD+21+3:1"]),
    ],
)
def test_faults_inside_a_message_are_reported_at_segment_and_element(segments: list[str], reported: list[str]):
    expected = ["UCI+R1+AGENT:ZZZ+GATE+7", "UCM+1+APERAK:D:01B:UN+4", *reported]
    assert answer(body(*segments)) == expected
    assert answer(body(*segments, unb=UNB_4)) == [
        line + ":1" if line.startswith("UCD+21") else line for line in expected
    ]


def test_a_wrong_count_is_reported_with_its_message():
    text = UNB + RIGHT.replace("UNT+3", "UNT+787") + "UNZ+1+R1'"
    assert answer(text) == ["UCI+R1+AGENT:ZZZ+GATE+7", "UCM+1+APERAK:D:01B:UN+4+29+UNT+2:1"]


def test_a_message_nobody_knows_is_rejected_as_unsupported():
    text = body("BGM+1", unh="UNH+1+NOSUCH:D:01B:UN'")
    assert answer(text) == ["UCI+R1+AGENT:ZZZ+GATE+7", "UCM+1+NOSUCH:D:01B:UN+4+14+UNH+3:1"]


def test_a_message_that_cannot_be_named_rejects_the_interchange():
    assert answer(body("BGM+1", unh="UNH+1+APERAK'")) == ["UCI+R1+AGENT:ZZZ+GATE+4+18"]


def test_right_messages_beside_a_wrong_one_are_acknowledged_by_silence():
    wrong = RIGHT.replace("UNH+1", "UNH+2").replace("3+1'", "3+2'").replace("+9'", "+9ABC'")
    assert answer(UNB + RIGHT + wrong + "UNZ+2+R1'") == [
        "UCI+R1+AGENT:ZZZ+GATE+7",
        "UCM+2+APERAK:D:01B:UN+4",
        "UCS+2",
        "UCD+39+4:1",
    ]


def test_groups_are_answered_as_groups():
    first = UNG + RIGHT + "UNE+7+G1'"
    second = UNG.replace("G1", "G2") + RIGHT.replace("+9'", "+9ABC'") + "UNE+1+G2'"
    third = UNG.replace("G1", "G3") + RIGHT + "UNE+1+G3'"
    assert answer(UNB + first + second + third + "UNZ+3+R1'") == [
        "UCI+R1+AGENT:ZZZ+GATE+7",
        "UCF+G1+A+B+4+29+UNE+2:1",
        "UCF+G2+A+B+7",
        "UCM+1+APERAK:D:01B:UN+4",
        "UCS+2",
        "UCD+39+4:1",
    ]


def test_what_does_not_reject_is_not_reported():
    text = UNB.replace("ZZZ", "ZZ") + RIGHT + "UNZ+1+R1'"
    assert answer(text) == ["UCI+R1+AGENT:ZZ+GATE+7"]
    assert answer(text, Settings(strict=True)) == ["UCI+R1+AGENT:ZZ+GATE+4+12+UNB+3:2"]


def test_names_beyond_the_set_the_sender_named_are_answered_in_one_that_has_them():
    text = UNB.replace("UNOC", "UNOA").replace("AGENT", "Agent") + RIGHT + "UNZ+1+R1'"
    report = check(text.encode())
    data = acknowledge(report, report.interchanges[0], reference="C1", prepared=NOON)
    assert data is not None
    assert data.startswith(b"UNB+UNOC:3+GATE+Agent:ZZZ+")
    assert check(data).findings == []


@pytest.mark.parametrize(
    "text",
    [
        UNB + "UNH+1+CONTRL:D:3:UN'UCI+R9+A+B+7'UNT+3+1'UNZ+1+R1'",
        UNB + "UNH+1+CONTRL:D:3:UN'UNT+9+1'UNZ+4+R1'",
        "UNB+UNOC:3++GATE+261123:0600+R1'UNZ+0+R1'",
        "UNB+UNOC:3+AGENT+GATE+261123:0600'UNZ+0'",
        "UNB+UNOQ:3+AGENT+GATE+261123:0600+R1'UNZ+0+R1'",
        f"UNB+UNOC:3+{'A' * 36}+GATE+261123:0600+R1'UNZ+0+R1'",
    ],
)
def test_a_contrl_and_what_cannot_be_named_get_no_answer(text: str):
    assert answer(text) is None


def test_a_package_is_named_by_its_own_reference():
    text = UNB_4 + "UNO+P1+1:REF+X+3'ABC" + "UNP+3+P2'UNZ+1+R1'"
    lines = answer(text)
    assert lines is not None
    assert lines[1].startswith("UCM+++4+28+UNP+3:1+P1+1:REF")
