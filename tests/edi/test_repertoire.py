"""Character sets are taken from UNB; what they do not have is reported where it stands."""

import pytest

from edi.examination import check
from edi.findings import Finding
from edi.interchange import read
from edi.settings import Settings


def interchange(value: bytes, identifier: str = "UNOC:3") -> bytes:
    date = b"20261123" if identifier.endswith("4") else b"261123"
    header = b"UNB+" + identifier.encode() + b"+ME+YOU+" + date + b":0600+R1'UNH+1+APERAK:D:01B:UN'"
    return header + b"BGM+23+" + value + b"'UNT+3+1'UNZ+1+R1'"


def findings(data: bytes) -> list[Finding]:
    return [each for each in check(data).findings if each.rule < "MSW-EDI-050"]


def value(data: bytes) -> str:
    return read(data)[0].messages[0].segments[1].get(2)


@pytest.mark.parametrize(
    ("identifier", "codec", "text"),
    [
        ("UNOB:3", "ascii", "Port call"),
        ("UNOC:3", "latin-1", "Zürich"),
        ("UNOD:3", "iso8859-2", "Gdańsk"),
        ("UNOE:3", "iso8859-5", "Одесса"),
        ("UNOF:3", "iso8859-7", "Πειραιάς"),
        ("UNOG:4", "iso8859-3", "Ħal Far"),
        ("UNOH:4", "iso8859-4", "Rīga"),
        ("UNOI:4", "iso8859-6", "جدة"),
        ("UNOJ:4", "iso8859-8", "חיפה"),
        ("UNOK:4", "iso8859-9", "İzmir"),
        ("UNOY:4", "utf-8", "ရန်ကုန် 上海"),
        ("UNOW:4", "utf-8", "កំពង់ផែ"),
        ("KECA:3", "euc_kr", "부산"),
    ],
)
def test_the_set_named_in_unb_is_the_set_read(identifier: str, codec: str, text: str):
    data = interchange(text.encode(codec), identifier)
    assert findings(data) == []
    assert value(data) == text


def test_the_encoding_element_of_syntax_four_wins_over_the_identifier():
    data = interchange("Zürich".encode(), "UNOC:4::7").replace(b"261123", b"20261123")
    assert value(data) == "Zürich"
    assert [each.rule for each in findings(data)] == []


def test_lower_case_letters_are_not_level_a():
    [found] = findings(interchange(b"Port", "UNOA:3"))
    assert (found.rule, found.code, found.seen) == ("MSW-EDI-012", "21", "o")
    assert (found.place.segment, found.place.tag, found.place.element) == (2, "BGM", 2)


@pytest.mark.parametrize(
    ("value", "severity"), [(b"a", "practice-warning"), (b"\xfc", "syntax-error"), (b"\x07", "syntax-error")]
)
def test_ascii_outside_its_level_is_a_habit_and_anything_else_an_error(value: bytes, severity: str):
    data = interchange(value, "UNOA:3")
    assert [each.severity for each in findings(data)] == [severity]
    assert not check(data, Settings(strict=True)).accepted


def test_a_character_outside_the_set_is_found_at_its_byte():
    data = interchange(b"Z\xfcrich", "UNOB:3")
    [found] = findings(data)
    assert (found.seen, found.place.offset) == ("ü", data.index(b"\xfc"))


@pytest.mark.parametrize("control", [b"\x00", b"\x07", b"\x1b", b"\x7f"])
def test_control_characters_are_in_no_set(control: bytes):
    for identifier in ("UNOA:3", "UNOC:3", "UNOY:4"):
        data = interchange(b"A" + control, identifier)
        assert [each.rule for each in findings(data)] == ["MSW-EDI-012"]


def test_bytes_that_stand_for_nothing_are_reported_with_their_offset_and_shown_as_unknown():
    data = interchange(b"\xe4\xb8\x8a\xffX\xfe", "UNOY:4")
    found = findings(data)
    assert [(each.rule, each.seen) for each in found] == [("MSW-EDI-013", "0xFF")]
    assert found[0].place.offset == data.index(b"\xff")
    assert value(data) == "上�X�"


def test_an_undefined_byte_of_a_single_byte_set_is_reported():
    [found] = findings(interchange(b"\xd2", "UNOF:3"))
    assert (found.rule, found.seen) == ("MSW-EDI-013", "0xD2")


@pytest.mark.parametrize("s001", ["UNOX:4", "UNOC:4::5", "UNOC:4::8"])
def test_sets_that_change_tables_inside_the_data_are_refused(s001: str):
    [found] = findings(interchange(b"X", s001))
    assert (found.rule, found.severity) == ("MSW-EDI-011", "syntax-fatal")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_characters_are_refused_by_name(codec: str):
    [found] = findings(interchange(b"X").decode().encode(codec))
    assert found.rule == "MSW-EDI-002"


def test_a_byte_order_mark_is_reported_and_read_over():
    data = b"\xef\xbb\xbf" + interchange("Zürich".encode(), "UNOY:4")
    assert [each.rule for each in findings(data)] == ["MSW-EDI-023"]
    assert value(data) == "Zürich"


def test_strict_and_tolerant_find_the_same_and_differ_in_what_rejects():
    data = b"\xef\xbb\xbf" + interchange(b"X")
    tolerant, strict = check(data), check(data, Settings(strict=True))
    assert tolerant.findings == strict.findings
    assert "MSW-EDI-023" in [each.rule for each in strict.findings if strict.rejects(each)]
    assert "MSW-EDI-023" not in [each.rule for each in tolerant.findings if tolerant.rejects(each)]
