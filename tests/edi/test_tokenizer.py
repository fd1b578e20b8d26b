"""Splitting is exact about release characters, and places say where a value stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi.segments import Segment
from edi.service_chars import V3, V4, ServiceChars
from edi.tokenizer import components, elements, plain, position_at, protected, single_elements, split, value_at


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("FTX+A?+B", [["FTX"], ["A+B"]]),
        ("FTX+A??+B", [["FTX"], ["A?"], ["B"]]),
        ("FTX+A???+B", [["FTX"], ["A?+B"]]),
        ("FTX+A????+B", [["FTX"], ["A??"], ["B"]]),
        ("FTX+A?:B:C??:D", [["FTX"], ["A:B", "C?", "D"]]),
        ("FTX+O?'NEIL", [["FTX"], ["O'NEIL"]]),
        ("FTX+??", [["FTX"], ["?"]]),
        ("FTX+?A", [["FTX"], ["A"]]),
        ("FTX+++", [["FTX"], [""], [""], [""]]),
    ],
)
def test_release_characters_are_taken_in_pairs_from_the_left(raw: str, values: list[list[str]]):
    assert Segment(raw).elements == values


def test_repetition_separates_occurrences_only_in_syntax_four():
    assert elements("RFF+A:1*B:2?*C", V4)[1] == [["A", "1"], ["B", "2*C"]]
    assert elements("RFF+A:1*B:2", V3)[1] == [["A", "1*B", "2"]]
    segment = Segment("RFF+A:1*B:2", V4)
    assert (segment.get(1, 2), segment.get(1, 1, 2), segment.get(1, 2, 2), segment.get(1, 1, 3)) == ("1", "B", "2", "")


def test_a_segment_is_made_with_the_fewest_release_characters_and_without_empty_ends():
    made = Segment.of("NAD", "MS", ["", "O'NEIL?", ""], "", ["A+B:C", ""], "", chars=V4)
    assert made.raw == "NAD+MS+:O?'NEIL??++A?+B?:C"
    assert Segment.of("RFF", (["A", "1"], ["B"]), chars=V4).raw == "RFF+A:1*B"


def test_a_value_that_needs_a_release_character_where_there_is_none_is_refused():
    with pytest.raises(ValueError, match="no release character"):
        Segment.of("FTX", "A+B", chars=ServiceChars(release=""))
    with pytest.raises(ValueError, match="no repetition separator"):
        Segment.of("RFF", (["A"], ["B"]))


def test_segments_are_equal_when_they_say_the_same_in_other_punctuation():
    other = ServiceChars(component="*", element="|", release="!")
    assert Segment("FTX+A?:B+C:D++") == Segment("FTX|A:B|C*D", other)
    assert len({Segment("FTX+A"), Segment("FTX+A+")}) == 1
    assert Segment("FTX+A") != Segment("FTX+B")


def test_a_place_leads_to_the_value_and_back():
    raw = "NAD+A?+B+X*Y:Z?:W*V+E"
    for element, component, occurrence, at in (
        (1, 1, 1, 4),
        (2, 1, 2, 11),
        (2, 2, 2, 13),
        (2, 1, 3, 18),
        (3, 1, 1, 20),
    ):
        assert value_at(raw, V4, element, component, occurrence) == at
        assert position_at(raw, V4, at) == (element, component, occurrence)


TEXT = st.text("AB?+:'*", max_size=12)


@given(TEXT)
def test_what_is_protected_is_one_value_again(value: str):
    text = protected(value, V4)
    assert all(split(text, separator, "?") == [text] for separator in "+:'*")
    assert plain(text, "?") == value


@given(st.text("AB?+:'\x00rec", max_size=16))
def test_the_fast_way_to_split_gives_what_the_careful_one_gives(text: str):
    careful = [components(element, V3) for element in split(text, "+", "?")]
    assert single_elements(text, V3) == careful


@given(st.lists(st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=3), max_size=4))
def test_a_made_segment_reads_back_as_its_values(values: list[list[list[str]]]):
    made = Segment.of("FTX", *(tuple(value) for value in values), chars=V4)
    for element, occurrences in enumerate(values, 1):
        for occurrence, parts in enumerate(occurrences, 1):
            for component, value in enumerate(parts, 1):
                assert made.get(element, component, occurrence) == value
