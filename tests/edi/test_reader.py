"""Interchanges are found, several in a file, whatever surrounds them, in constant memory."""

import io
import tracemalloc

import pytest

from edi.examination import check
from edi.interchange import NotEdifact, read, stream
from edi.report import Report
from edi.settings import LineBreaks, Settings

BODY = b"UNB+UNOC:3+ME+YOU+261123:0600+R1'UNH+1+APERAK:D:01B:UN'BGM+23+%s'UNT+3+1'UNZ+1+R1'"
WRAPPED = b"UNB+UNOC:3+ME+YOU+26\r\n1123:0600+R1'UNH+1+AP\r\nERAK:D:01B:UN'BGM+23\r\n+X?\r\n'Y'UNT+3+1'U\r\nNZ+1+R1'"


def interchange(value: bytes = b"X", reference: bytes = b"R1") -> bytes:
    return (BODY % value).replace(b"R1", reference)


def rules(data: bytes, settings: Settings | None = None) -> list[str]:
    return syntax_rules(check(data, settings))


def syntax_rules(report: Report) -> list[str]:
    return [each.rule for each in report.findings if each.rule < "MSW-EDI-065"]


def test_text_before_and_after_is_reported_where_it_stands_and_read_over():
    data = b"From: me\nto the UNABLE\n" + interchange() + b"\nregards"
    found = [each for each in check(data).findings if each.rule < "MSW-EDI-065"]
    assert [(each.rule, each.seen, each.place.offset, each.place.line) for each in found] == [
        ("MSW-EDI-021", "From: me�to the UNABLE", 0, 1),
        ("MSW-EDI-022", "regards", data.index(b"regards"), 4),
    ]
    assert len(read(data)) == 1


def test_white_space_and_the_old_end_of_file_byte_are_nothing():
    assert rules(b"\r\n \n" + interchange() + b"\r\n\x1a") == []


def test_interchanges_follow_one_another_with_text_between():
    data = interchange() + b"\r\n--next--\r\n" + interchange(reference=b"R2") + interchange(reference=b"R3")
    assert [each.reference for each in read(data)] == ["R1", "R2", "R3"]
    assert rules(data) == ["MSW-EDI-022"]


def test_an_interchange_without_trailer_ends_where_the_next_begins():
    first = interchange().partition(b"UNZ")[0]
    assert rules(first + interchange(reference=b"R2")) == ["MSW-EDI-050"]
    assert rules(first + b"UNA:+.? '" + interchange(reference=b"R2")) == ["MSW-EDI-024", "MSW-EDI-050"]


@pytest.mark.parametrize("value", [b"?'UNB+UNOC:3", b"??+TUNA?'UNA?:?+.?? ?'UNB", b"UNZ+1", b"A?'?'UNZ+1+R1?'"])
def test_data_that_looks_like_an_envelope_is_data(value: bytes):
    assert rules(interchange(value)) == []


def test_data_that_is_no_interchange_is_refused():
    assert rules(b"") == ["MSW-EDI-001"]
    assert rules(b"<xml/>") == ["MSW-EDI-001"]
    with pytest.raises(NotEdifact, match="MSW-EDI-001 at byte"):
        read(b"<xml/>")


def test_a_file_cut_off_inside_a_segment_is_reported_and_read_to_its_end():
    data = interchange()[:-1]
    assert rules(data) == ["MSW-EDI-015"]
    assert read(data)[0].trailer is not None


def test_line_breaks_after_terminators_mean_nothing():
    assert rules(interchange().replace(b"'", b"'\r\n")) == []


def test_a_line_break_inside_a_segment_is_reported_where_it_stands_and_kept():
    data = interchange(b"two\nlines").replace(b"'", b"'\n")
    [found] = [each for each in check(data).findings if each.rule < "MSW-EDI-065"]
    assert (found.rule, found.place.offset, found.place.segment) == ("MSW-EDI-014", data.index(b"\nlines"), 2)
    assert read(data)[0].messages[0].segments[1].get(2) == "two\nlines"


def test_line_breaks_are_data_where_the_partners_say_so():
    settings = Settings(line_breaks=LineBreaks.DATA)
    data = interchange(b"two\nlines").replace(b"'", b"'\n")
    assert rules(data, settings) == []
    assert read(data, settings)[0].messages[0].segments[1].get(2) == "two\nlines"


def test_files_wrapped_at_a_width_are_joined_where_the_partners_say_so():
    settings = Settings(line_breaks=LineBreaks.ANYWHERE)
    assert rules(WRAPPED, settings) == []
    segment = read(WRAPPED, settings)[0].messages[0].segments[1]
    assert segment.get(2) == "X'Y"
    assert rules(WRAPPED) != []


def test_places_in_a_wrapped_file_are_places_in_the_file():
    segment = read(WRAPPED, Settings(line_breaks=LineBreaks.ANYWHERE))[0].messages[0].segments[2]
    offset, line, column = segment.place
    assert (offset, line, column) == (WRAPPED.index(b"UNT"), 5, 4)


def test_every_segment_says_where_it_stood():
    data = "UNB+UNOY:4+ME+YOU+20261123:0600+R1'\nUNH+1+APERAK:D:01B:UN'\nBGM+上海'FTX+A'UNT+4+1'UNZ+1+R1'".encode()
    for segment in stream(data):
        offset, line, column = segment.place
        assert data[offset:].decode().startswith(segment.raw)
        assert line == data.count(b"\n", 0, offset) + 1
        assert column == len(data[data.rfind(b"\n", 0, offset) + 1 : offset].decode()) + 1


HEAD = b"UNB+UNOC:3+ME+YOU+261123:0600+R1'\nUNH+1+APERAK:D:01B:UN'\n"


def many(count: int) -> bytes:
    lines = b"".join(b"FTX+AAA+++LINE %d O?'NEIL??'\n" % n for n in range(count))
    return HEAD + lines + b"UNT+%d+1'UNZ+1+R1'" % (count + 2)


def test_segments_cut_by_the_end_of_a_chunk_are_whole():
    count = 30_000
    body = [segment.raw for segment in stream(io.BytesIO(many(count)))][2:-2]
    assert body == [f"FTX+AAA+++LINE {n} O?'NEIL??" for n in range(count)]


def test_places_stay_right_behind_the_first_chunk():
    data = many(30_000)
    last = list(stream(data))[-1]
    assert last.place[0] == data.index(b"UNZ")
    assert last.place[1] == data.count(b"\n") + 1


def test_memory_does_not_grow_with_the_data():
    def peak(count: int) -> int:
        source = io.BytesIO(many(count))
        tracemalloc.start()
        total = sum(1 for _ in stream(source))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert total == count + 4
        return highest

    assert peak(45_000) < peak(15_000) * 1.5


def test_packages_of_syntax_four_are_passed_over_by_their_length():
    head = b"UNB+UNOC:4+ME+YOU+20261123:0600+R1'"
    package = b"UNO+P1+X+Y+5'\x00'UN\xffUNP+5+P1'"
    assert rules(head + package + b"UNZ+1+R1'") == []
    assert "MSW-EDI-062" in rules(head + package.replace(b"+5'", b"+6'") + b"UNZ+1+R1'")


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        ({"segment_length": 50}, interchange(b"X" * 60)),
        ({"segment_length": 5_000}, interchange(b"X" * 3_000_000)),
        ({"elements": 40}, interchange(b"+" * 60)),
        ({"segments": 3}, interchange()),
        ({"messages": 1}, interchange().replace(b"UNZ", b"UNH+2+APERAK:D:01B:UN'UNT+2+2'UNZ")),
        ({"interchanges": 1}, interchange() + interchange()),
    ],
)
def test_what_passes_a_limit_is_not_read_further(limits: dict[str, int], data: bytes):
    report = check(data, Settings(**limits))
    assert syntax_rules(report)[-1] == "MSW-EDI-016"
    assert not report.accepted


def test_a_limit_passed_in_one_interchange_does_not_hide_the_next():
    data = interchange(b"X" * 9_000) + b"\n" + interchange(reference=b"R2").replace(b"UNZ+1", b"UNZ+2")
    assert rules(data, Settings(segment_length=5_000)) == ["MSW-EDI-016", "MSW-EDI-056"]


def test_findings_are_capped_and_what_can_fare_no_worse_is_passed_over():
    data = interchange().replace(b"BGM+23+X'", b"BGM+23+\x07'" * 500)
    report = check(data + interchange(reference=b"R2"), Settings(findings_per_message=20))
    assert len(report.interchanges[0].messages[0].findings) == 20
    assert report.uncounted > 0
    assert report.interchanges[0].message_count == 1
    assert [each.accepted for each in report.interchanges] == [False, True]


def test_a_flood_of_findings_ends_the_reading():
    data = HEAD.partition(b"UNH")[0] + b"UNH+1+X'UNT+9+2'" * 1000 + b"UNZ+1+R1'"
    report = check(data, Settings(findings=50))
    assert report.findings[-1].rule == "MSW-EDI-016"
    assert report.met < 300
