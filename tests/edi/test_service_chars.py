"""UNA and the punctuation it gives, with the traps real senders set."""

import pytest

from edi.examination import check
from edi.report import Report
from edi.service_chars import ServiceChars
from edi.settings import Settings

MESSAGE = "UNH+1+APERAK:D:01B:UN'BGM+23+X'UNT+3+1'"
BODY = f"UNB+UNOA:3+ME+YOU+261123:0600+R1'{MESSAGE}UNZ+1+R1'"
BODY_4 = BODY.replace("UNOA:3", "UNOA:4").replace("261123", "20261123")


def rules(text: str, settings: Settings | None = None) -> list[str]:
    return [finding.fault.id for finding in examined(text, settings).findings if finding.fault.id < "MSW-EDI-065"]


def examined(text: str, settings: Settings | None = None) -> Report:
    return check(text.encode("latin-1"), settings)


def in_other_chars(una: str, body: str = BODY) -> str:
    """`body` written with the six characters of `una`, which must not occur in it otherwise."""
    component, element, _, _, _, terminator = una
    return f"UNA{una}" + body.translate(str.maketrans({":": component, "+": element, "'": terminator}))


@pytest.mark.parametrize("una", [":+.'", ":+.?'", ":+.? ''", ""])
def test_a_una_without_exactly_six_characters_is_refused(una: str):
    assert rules(f"UNA{una}{BODY}" if una else f"UNA+{BODY}") == ["MSW-EDI-003"]


def test_a_refused_una_does_not_hide_the_next_interchange():
    report = examined(f"UNA:+.'{BODY}\n{BODY.replace('UNZ+1+R1', 'UNZ+2+R1')}")
    assert [finding.rule for finding in report.findings if finding.rule < "MSW-EDI-065"] == [
        "MSW-EDI-003",
        "MSW-EDI-056",
    ]
    assert [each.accepted for each in report.interchanges] == [False, False]


@pytest.mark.parametrize(
    ("una", "rule"),
    [
        ("::.? '", "MSW-EDI-005"),
        (":+.+ '", "MSW-EDI-005"),
        (":+.? +", "MSW-EDI-005"),
        ("A+.? '", "MSW-EDI-004"),
        (":+.? 7", "MSW-EDI-004"),
        (" +.? '", "MSW-EDI-006"),
        (":+.? \n", "MSW-EDI-006"),
        (":+.?\x01\xfc", "MSW-EDI-006"),
    ],
)
def test_service_characters_that_cannot_be_meant_are_refused(una: str, rule: str):
    assert rules(f"UNA{una}{BODY}") == [rule]


def test_a_space_as_release_character_means_there_is_none():
    assert ServiceChars.of_una(":+.  '", version=3).release == ""
    text = "UNA:+.  '" + BODY.replace("+X'", "+WHY?'")
    assert rules(text) == []


def test_position_five_is_the_repetition_separator_only_from_syntax_four():
    assert ServiceChars.of_una(":+.?*'", version=3).repetition == ""
    assert ServiceChars.of_una(":+.?*'", version=4).repetition == "*"
    assert rules(in_other_chars(":+.?+'")) == []
    assert rules(in_other_chars(":+.?+'", BODY_4)) == ["MSW-EDI-005"]


def test_the_decimal_mark_of_una_is_ignored_in_syntax_four():
    assert ServiceChars.of_una(":+,?*'", version=3).decimal == ","
    assert ServiceChars.of_una(":+,?*'", version=4).decimal == ".,"
    assert rules("UNA:+X?*'" + BODY_4) == []
    assert rules("UNA:+X? '" + BODY) == ["MSW-EDI-007"]


def test_a_space_for_release_or_repetition_in_syntax_four_is_bad_practice_but_understood():
    assert rules("UNA:+.? '" + BODY_4) == ["MSW-EDI-025"]


def test_a_una_that_says_nothing_new_is_pointed_out_and_rejects_nobody():
    strict = Settings(strict=True)
    report = examined("UNA:+.? '" + BODY, strict)
    assert report.findings[0].rule == "MSW-EDI-024"
    assert "MSW-EDI-024" not in [f.rule for f in report.findings if report.rejects(f)]


def test_line_breaks_may_follow_una():
    assert rules("UNA:+.? '\r\n" + BODY) == ["MSW-EDI-024"]


def test_other_characters_are_understood():
    assert rules(in_other_chars("*|,\\ ~")) == []


def test_una_may_stand_before_each_interchange_of_a_bundle():
    other = in_other_chars("*|,\\ ~").replace("R1", "R2")
    assert rules("UNA:+.? '" + BODY + "\r\n" + other + "\n" + BODY.replace("R1", "R3")) == ["MSW-EDI-024"]


def test_a_foreign_separator_without_una_is_refused():
    assert rules(in_other_chars("*|,\\ ~")[9:]) == ["MSW-EDI-008"]


def test_level_b_information_separators_need_no_una():
    text = BODY.replace("UNOA", "UNOB").translate(str.maketrans(":+'", "\x1f\x1d\x1c"))
    assert rules(text) == []


def test_airline_border_systems_end_segments_with_a_quotation_mark():
    text = BODY_4.replace("UNOA:4", "SIRE:4").replace("'", '"')
    assert rules(text) == []


@pytest.mark.parametrize("version", ["1", "2", "3", "4", "X"])
def test_every_syntax_version_in_use_is_read(version: str):
    body = BODY_4 if version == "4" else BODY.replace("UNOA:3", f"UNOA:{version}")
    assert rules(body) == []


@pytest.mark.parametrize(
    ("s001", "rule"), [("UNOA:5", "MSW-EDI-010"), ("UNOA", "MSW-EDI-010"), ("UNOQ:3", "MSW-EDI-009")]
)
def test_a_syntax_that_is_not_known_is_refused(s001: str, rule: str):
    assert rules(BODY.replace("UNOA:3", s001)) == [rule]


def test_what_una_gives_can_be_written_again():
    for una in (":+.? '", "*|,\\ ~"):
        assert ServiceChars.of_una(una, version=3).una == "UNA" + una
