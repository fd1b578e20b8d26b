"""What is written is counted, escaped and in the character set it names; what was read is written back."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.examination import check
from edi.interchange import Group, Interchange, Message, read
from edi.segments import Segment
from edi.service_chars import ServiceChars
from edi.writer import Unwritable, Writer, syntax_of, write

NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - UNB carries no zone


def writer(**how: object) -> Writer:
    return Writer(**{"sender": "ME", "recipient": ["YOU", "ZZZ"], "reference": "R1", "prepared": NOON, **how})


UN = ["APERAK", "D", "01B", "UN"]


def test_counts_and_references_are_the_writers_own():
    made = writer()
    made.message("1", UN, [("BGM", "23", "X"), Segment.of("FTX", "AAI", "", "", "O'NEIL")])
    made.message("2", UN, [("BGM", "23", "Y")])
    assert made.finish() == (
        b"UNB+UNOC:3+ME+YOU:ZZZ+261123:1200+R1'UNH+1+APERAK:D:01B:UN'BGM+23+X'FTX+AAI+++O?'NEIL'UNT+4+1'"
        b"UNH+2+APERAK:D:01B:UN'BGM+23+Y'UNT+3+2'UNZ+2+R1'"
    )


def test_groups_are_counted_in_their_stead():
    made = writer(version="4", identifier="UNOY")
    for name in ("G1", "G2"):
        made.begin_group(UN, sender="A", recipient=["B"], reference=name, prepared=NOON)
        made.message("1", UN, [("BGM", "23", "上海")])
    data = made.finish()
    assert data.endswith(b"UNE+1+G2'UNZ+2+R1'")
    assert b"20261123:1200" in data
    assert [each.rule for each in check(data, guides=lambda *_: None).findings] == ["MSW-EDI-065", "MSW-EDI-065"]


def test_other_service_characters_are_said_in_una():
    made = writer(chars=ServiceChars(component="*", element="|", release="\\", terminator="~"))
    made.message("1", UN, [("BGM", "A|B*C", "D~'+")])
    data = made.finish()
    assert data.startswith(b"UNA*|.\\ ~UNB|UNOC*3|")
    assert b"BGM|A\\|B\\*C|D\\~'+~" in data
    assert read(data)[0].messages[0].segments[1].get(2) == "D~'+"


def test_a_line_for_each_segment_if_wanted():
    made = writer(newline="\r\n")
    made.message("1", UN, [("BGM", "23")])
    assert made.finish().count(b"'\r\n") == 5


@pytest.mark.parametrize(("identifier", "value"), [("UNOA", "lower"), ("UNOB", "ü"), ("UNOC", "Ż"), ("UNOC", "\x00")])
def test_a_character_the_named_set_has_not_is_refused(identifier: str, value: str):
    made = writer(identifier=identifier)
    with pytest.raises(Unwritable, match=f"is not in {identifier}; name a set that has it"):
        made.message("1", UN, [("BGM", value)])


def test_a_syntax_that_does_not_exist_is_refused():
    with pytest.raises(Unwritable, match="UNOC:3 is one"):
        writer(version="9")


def test_a_value_that_would_need_a_missing_release_character_is_refused():
    with pytest.raises(Unwritable, match="no release character"):
        writer(chars=ServiceChars(release="")).message("1", UN, [("BGM", "A+B")])


GROUPED = (
    b"UNA:+,? 'UNB+UNOC:3+ME+YOU+261123:0600+R1'UNG+APERAK+A+B+261123:0600+G1+UN+D:01B'UNH+1+APERAK:D:01B:UN'"
    b"BGM+23+\xfc'UNT+3+1'UNE+1+G1'UNZ+1+R1'"
)
WHOLE = [
    b"UNB+UNOA:3+ME+YOU+261123:0600+R1'UNH+1+APERAK:D:01B:UN'BGM+23+A?+B?:C?'D??'UNT+3+1'UNZ+0001+R1'",
    GROUPED,
    b"UNA|!.#*~UNB!UNOC|4!ME!YOU!20261123|0600!R1~UNH!1!APERAK|D|01B|UN~RFF!A|1*B|2#*3!+~UNT!3!1~UNZ!1!R1~",
    b'UNB+SIRE:4+ME+YOU+20261123:0600+R1"UNH+1+APERAK:D:01B:UN"BGM+IT\'S"UNT+3+1"UNZ+1+R1"',
    "UNB+UNOY:4+ME+YOU+20261123:0600+R1'UNH+1+APERAK:D:01B:UN'FTX+AAI+++ရန်ကုန်:上海'UNT+3+1'UNZ+1+R1'".encode(),
]


@pytest.mark.parametrize("data", WHOLE)
def test_what_was_read_is_written_back_byte_for_byte(data: bytes):
    assert b"".join(map(write, read(data))) == data


TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=1, max_size=8)
CHARS = st.sampled_from([None, ServiceChars(component="|", element="!", release="#", terminator="~")])


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), max_size=6), CHARS)
def test_any_values_survive_writing_reading_and_writing_again(values: list[list[str]], chars: ServiceChars | None):
    made = writer(chars=chars)
    made.message("1", UN, [("FTX", *values)])
    data = made.finish()
    [interchange] = read(data)
    assert interchange.messages[0].segments[1].elements[1:] == values
    assert write(interchange) == data


def test_an_interchange_made_of_objects_gets_the_trailers_it_lacks():
    header = Segment.of("UNB", ["UNOC", "3"], "ME", "YOU", ["261123", "1200"], "R1")
    message = Message([Segment.of("UNH", "1", UN), Segment.of("BGM", "23")])
    syntax = syntax_of("UNOC", "3")
    assert write(Interchange(header, [message], syntax=syntax)).endswith(b"BGM+23'UNT+3+1'UNZ+1+R1'")
    group = Group(Segment.of("UNG", "APERAK", "A", "B", ["261123", "1200"], "G1"), [message])
    assert write(Interchange(header, [group], syntax=syntax)).endswith(b"UNT+3+1'UNE+1+G1'UNZ+1+R1'")
