"""What a segment may hold: the fast pattern and the thorough check agree, and every fault has its place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edi import conditions, formats
from edi.directory import ElementUse, SegmentSpec
from edi.elements import troubles
from edi.patterns import Pattern, compiled, usual
from edi.service_chars import V3, V4, ServiceChars


def element(identifier: str, form: str, status: str = "C", repeat: int = 1) -> ElementUse:
    return ElementUse(identifier, "", status, repeat, form)


def composite(identifier: str, status: str, *components: ElementUse, repeat: int = 1, notes: tuple = ()) -> ElementUse:
    return ElementUse(identifier, "", status, repeat, "", components, notes)


SPEC = SegmentSpec(
    "TST",
    "",
    (
        element("1001", "an..3", "M"),
        composite("C002", "C", element("3035", "an..3", "M"), element("1131", "an..3"), element("3055", "an..3")),
        composite("C003", "M", element("6411", "an..3"), element("6314", "n..5"), element("7106", "n3")),
        element("3207", "a2"),
        element("1154", "an5", repeat=3),
    ),
)
CODES = {"3035": frozenset({"MS", "CA"})}


def pattern(*, modern: bool = True, marks: str = ".,", spec: SegmentSpec = SPEC) -> Pattern:
    return compiled(spec, modern=modern, marks=marks, codes=CODES)


def found(raw: str, chars: ServiceChars = V4, **how: object) -> list[tuple]:
    return [(each.fault, each.element, each.component) for each in troubles(raw, chars, pattern(**how))]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("TST+A++X", None),
        ("TST+ABC+MS:X:6+KGM:12345:040+NL+ABCDE*FGHIJ*KLMNO", None),
        ("TST+A++:-1234.5:-40.0", None),
        ("TST+A+XX::9+X", None),
        ("TST+A+XX:LST+X", None),
        ("TST+A?+B++X?:Y", None),
        ("TST++MS+X", ("element_missing", 1, None)),
        ("TST+A+MS", ("element_missing", 3, None)),
        ("TST", ("element_missing", 1, None)),
        ("TST+A+:X+X", ("component_missing", 2, 1)),
        ("TST+ABCD++X", ("too_long", 1, 1)),
        ("TST+A++X:123456", ("too_long", 3, 2)),
        ("TST+A++X:-1234.56", ("too_long", 3, 2)),
        ("TST+A++X::23", ("too_short", 3, 3)),
        ("TST+A++X::-40", ("too_short", 3, 3)),
        ("TST+A++X::1234", ("too_long", 3, 3)),
        ("TST+A++X:12A", ("not_numeric", 3, 2)),
        ("TST+A++X:1,2.3", ("not_numeric", 3, 2)),
        ("TST+A++X:1 2", ("not_numeric", 3, 2)),
        ("TST+A++X:٣", ("not_numeric", 3, 2)),
        ("TST+A++X:.5", ("decimal_bare", 3, 2)),
        ("TST+A++X:5,", ("decimal_bare", 3, 2)),
        ("TST+A++X:-", ("not_numeric", 3, 2)),
        ("TST+A++X+N1", ("not_alphabetic", 4, 1)),
        ("TST+A++X+NLD", ("too_long", 4, 1)),
        ("TST+A++X+N", ("too_short", 4, 1)),
        ("TST+A++X++ABCD", ("too_short", 5, 1)),
        ("TST+A++X++AAAAA*BBBBB*CCCCC*DDDDD", ("element_repeats", 5, None)),
        ("TST+A*B++X", ("element_repeats", 1, None)),
        ("TST+A:B++X", ("components_too_many", 1, None)),
        ("TST+A+MS:X:6:Z+X", ("components_too_many", 2, None)),
        ("TST+A++X+NL+AAAAA+Z", ("elements_too_many", 0, None)),
        ("TST+A++X+", ("trailing_separator", 0, None)),
        ("TST+A++X:", ("trailing_separator", 0, None)),
        ("TST+A+MS:+X", ("trailing_separator", 0, None)),
        ("TST+A++X++AAAAA*", ("trailing_separator", 0, None)),
        ("TST+A+++++++++", ("element_missing", 3, None)),
        ("TST+A+DK+X", ("code_unknown", 2, 1)),
        ("TST+A+DK::6+X", ("code_unknown", 2, 1)),
        ("TST+A++?X", ("release_needless", 3, 1)),
        ("TST:1+A++X", ("explicit_nesting", 0, None)),
    ],
)
def test_each_fault_of_an_element_is_named_at_its_place(raw: str, fault: tuple | None):
    if fault is None:
        assert found(raw) == []
    else:
        assert fault in found(raw)


def test_what_a_finding_needs_comes_with_the_fault():
    [each] = troubles("TST+A++X::-40", V4, pattern())
    assert (each.fault, each.element, each.component) == ("too_short", 3, 3)
    words = {"tag": "TST", "position": 3, "component": 3, "expected": "n3", "name": "7106", "seen": "-40"}
    assert each.words == words | {"length": 2, "limit": 3}


def test_before_syntax_four_a_repeated_element_stands_in_places_of_its_own():
    assert found("TST+A++X+NL+AAAAA+BBBBB+CCCCC", V3, modern=False) == []
    assert found("TST+A++X+NL+AAAAA+BBBBB+CCCCC+D", V3, modern=False) == [("elements_too_many", 0, None)]
    assert found("TST+A*B++X", V3, modern=False) == []


def test_the_decimal_mark_of_una_is_the_only_one():
    assert found("TST+A++X:1,5", V3, modern=False, marks=".") == [("decimal_mark", 3, 2)]
    assert found("TST+A++X:1.5", V3, modern=False, marks=".") == []


PIECES = st.sampled_from(
    ["+", ":", "*", "?+", "??", "?:", "?*", "?'", "?X", "A", "MS", "1", "-", ".", ",", "NL", " ", "ABCDE"]
)
RAW = st.lists(PIECES, max_size=16).map(lambda pieces: "TST" + "".join(pieces))


def passes(raw: str, chars: ServiceChars, expected: Pattern) -> bool:
    match = expected.match(usual(raw, chars), 3)
    return match is not None and not (expected.delicate and not expected.knows(match))


@given(RAW)
@example("TST+?+")
def test_the_fast_pattern_passes_nothing_the_thorough_check_objects_to(raw: str):
    for chars, modern in ((V3, False), (V4, True)):
        without_codes = compiled(SPEC, modern=modern, marks=".,", codes={})
        assert passes(raw, chars, without_codes) == (list(troubles(raw, chars, without_codes)) == [])
        with_codes = pattern(modern=modern)
        if passes(raw, chars, with_codes):
            assert list(troubles(raw, chars, with_codes)) == []


@given(RAW)
def test_other_service_characters_change_no_verdict(raw: str):
    other = ServiceChars(component="|", element="~", release="\\", repetition="^", terminator="!")
    table = str.maketrans({"+": "~", ":": "|", "?": "\\", "*": "^", "'": "!"})
    rules = compiled(SPEC, modern=True, marks=".,", codes={})
    here = [each.fault for each in troubles(raw, V4, rules)]
    there = [each.fault for each in troubles(raw.translate(table), other, rules)]
    assert here == there
    assert (rules.match(usual(raw.translate(table), other), 3) is None) == (rules.match(usual(raw, V4), 3) is None) or (
        "release_needless" in here
    )


def test_codes_found_right_once_are_known_and_others_are_not():
    rules = pattern()
    match = rules.match("TST+A+MS+X", 3)
    assert match is not None
    assert not rules.knows(match)
    rules.remember(match)
    assert rules.knows(match)
    assert not passes("TST+A+DK+X", V4, rules)


@pytest.mark.parametrize(
    ("note", "filled", "fault"),
    [
        ("D1(010,020)", (True, False), None),
        ("D1(010,020)", (True, True), "condition_excess"),
        ("D1(010,020)", (False, False), "condition_missing"),
        ("D2(010,020)", (False, False), None),
        ("D2(010,020)", (True, False), "condition_missing"),
        ("D3(010,020)", (False, True), None),
        ("D3(010,020)", (False, False), "condition_missing"),
        ("D4(010,020)", (False, False), None),
        ("D4(010,020)", (True, True), "condition_excess"),
        ("D5(020,010)", (True, False), None),
        ("D5(020,010)", (False, True), "condition_missing"),
        ("D6(010,020,030)", (True, False, True), None),
        ("D6(010,020,030)", (True, False, False), "condition_missing"),
        ("D7(010,020,030)", (False, True, True), None),
        ("D7(010,020,030)", (True, False, True), "condition_excess"),
        ("D5(010,090)", (True,), "condition_missing"),
    ],
)
def test_dependency_notes_ask_what_the_standard_says(note: str, filled: tuple[bool, ...], fault: str | None):
    broken = conditions.parsed(note).broken(filled)
    assert (broken[0] if broken else None) == fault


def test_conditions_of_segments_and_composites_are_judged():
    inner = composite("C009", "C", element("1000", "an..3"), element("1001", "an..3"), notes=("D2(010,020)",))
    spec = SegmentSpec("TST", "", (inner, element("1002", "an..3"), element("1003", "an..3")), ("D5(030,020)",))
    rules = compiled(spec, modern=False, marks=".,", codes={})
    assert [(each.fault, each.element) for each in troubles("TST+A:B+X+Y", V3, rules)] == []
    assert [(each.fault, each.element) for each in troubles("TST+A++Y", V3, rules)] == [
        ("condition_missing", 1),
        ("condition_missing", 3),
    ]
    assert [passes(f"TST+{raw}", V3, rules) for raw in ("A:B+X+Y", "A+X+Y", "A:B++Y", "A:B+X")] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("notation", ["an..", "x3", "", "n-3", "an..3 "])
def test_what_is_no_format_is_refused(notation: str):
    with pytest.raises(ValueError, match="is no format"):
        formats.parsed(notation)


@pytest.mark.parametrize("notation", ["D8(010,020)", "D1(010)", "010,020", ""])
def test_what_is_no_dependency_note_is_refused(notation: str):
    with pytest.raises(ValueError, match="is no dependency note"):
        conditions.parsed(notation)
