"""Segments find their places in a guide; what is missing, too many or misplaced is named, and the match goes on."""

from dataclasses import replace

import pytest

from edi.directory import ElementUse, SegmentSpec
from edi.examination import check
from edi.findings import Finding, Severity
from edi.interchange import read
from edi.message_tree import Occurrence, tree
from edi.settings import ERRORS, Settings
from edi.structure import Guide, Node


def text(identifier: str, status: str = "C", form: str = "an..10") -> ElementUse:
    return ElementUse(identifier, "", status, 1, form)


def segment(tag: str, status: str, repeat: int = 1) -> Node:
    return Node(tag, "", status, repeat)


def group(name: str, status: str, repeat: int, *children: Node) -> Node:
    return Node("", name, status, repeat, children)


TAGS = ("BGM", "DTM", "RFF", "NAD", "LOC", "GID", "FTX", "CNT")
GUIDE = Guide(
    "SAMPLE",
    "D",
    "04B",
    "",
    (
        segment("UNH", "M"),
        segment("BGM", "M"),
        segment("DTM", "C", 2),
        group("SG1", "C", 2, segment("RFF", "M"), segment("DTM", "C")),
        group("SG2", "M", 3, segment("NAD", "M"), segment("LOC", "M", 2), segment("FTX", "C")),
        group("SG3", "C", 9, segment("GID", "M"), group("SG4", "C", 9, segment("FTX", "M"), segment("LOC", "C"))),
        segment("CNT", "C"),
        segment("UNT", "M"),
    ),
    {tag: SegmentSpec(tag, "", (text("1000"), text("2000"))) for tag in TAGS},
    {},
)


def interchange(*tags: str) -> bytes:
    body = "".join(f"{tag}+A'" for tag in tags)
    unh = "UNH+1+SAMPLE:D:04B:UN'"
    return f"UNB+UNOC:3+ME+YOU+261123:0600+R1'{unh}{body}UNT+{len(tags) + 2}+1'UNZ+1+R1'".encode()


def findings(*tags: str) -> list[Finding]:
    return check(interchange(*tags), guides=lambda *_: GUIDE).findings


RIGHT = ("BGM", "DTM", "DTM", "RFF", "DTM", "RFF", "NAD", "LOC", "LOC", "FTX", "NAD", "LOC", "GID", "FTX", "LOC", "CNT")


def test_a_right_message_has_no_findings():
    assert findings(*RIGHT) == []
    assert findings("BGM", "NAD", "LOC") == []


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (("NAD", "LOC"), [("MSW-EDI-102", "13", "BGM", 1)]),
        (("BGM", "NAD"), [("MSW-EDI-102", "13", "LOC", 3)]),
        (("BGM", "CNT"), [("MSW-EDI-103", "13", "NAD", 2)]),
        (("BGM",), [("MSW-EDI-103", "13", "NAD", 2)]),
        ((), [("MSW-EDI-102", "13", "BGM", 1), ("MSW-EDI-103", "13", "NAD", 1)]),
        (("BGM", "BGM", "NAD", "LOC"), [("MSW-EDI-104", "35", "BGM", 3)]),
        (("BGM", *["DTM"] * 3, "NAD", "LOC"), [("MSW-EDI-104", "35", "DTM", 5)]),
        (("BGM", *["RFF"] * 3, "NAD", "LOC"), [("MSW-EDI-105", "36", "RFF", 5)]),
        (("BGM", "NAD", *["LOC"] * 3), [("MSW-EDI-104", "35", "LOC", 6)]),
        (("BGM", "NAD", "LOC", "BGM", "CNT"), [("MSW-EDI-100", "15", "BGM", 5)]),
        (("BGM", "XYZ", "NAD", "LOC"), [("MSW-EDI-101", "15", "XYZ", 3)]),
    ],
)
def test_each_fault_of_structure_is_found_once_with_its_code_and_segment(tags: tuple[str, ...], found: list[tuple]):
    assert [(each.rule, each.code, each.place.tag, each.place.segment) for each in findings(*tags)] == found


def test_a_missing_segment_is_placed_at_the_segment_before_the_gap_and_offered_at_the_one_after():
    [found] = findings("BGM", "NAD", "CNT")
    assert found.place.segment == 3
    assert interchange("BGM", "NAD", "CNT")[found.place.offset :].startswith(b"CNT")


def test_a_segment_out_of_place_says_what_may_stand_there():
    [found] = findings("BGM", "NAD", "LOC", "BGM", "CNT")
    assert found.expected == "LOC, FTX, NAD, GID, CNT, UNT"


def test_a_misplaced_group_is_one_finding_and_the_match_goes_on_behind_it():
    found = findings("BGM", "NAD", "LOC", "GID", "FTX", "RFF", "DTM", "RFF", "GID", "FTX", "CNT", "CNT")
    assert [(each.rule, each.place.tag, each.place.segment) for each in found] == [
        ("MSW-EDI-100", "RFF", 7),
        ("MSW-EDI-100", "RFF", 9),
        ("MSW-EDI-104", "CNT", 13),
    ]


def test_one_fault_does_not_hide_the_next():
    found = findings("DTM", "BGM", "NAD", "XYZ", "LOC", "LOC", "LOC", "CNT")
    assert [each.rule for each in found] == ["MSW-EDI-102", "MSW-EDI-100", "MSW-EDI-101", "MSW-EDI-104"]


@pytest.mark.parametrize(
    ("raw", "rule", "code"),
    [
        ("", "MSW-EDI-017", "13"),
        ("dtm+A", "MSW-EDI-018", "12"),
        ("DT+A", "MSW-EDI-018", "12"),
        ("DTM:1+A", "MSW-EDI-019", "34"),
    ],
)
def test_what_is_no_segment_is_named_and_passed(raw: str, rule: str, code: str):
    data = interchange("BGM", "NAD", "LOC").replace(b"NAD", raw.encode() + b"'NAD").replace(b"UNT+5", b"UNT+6")
    [found] = check(data, guides=lambda *_: GUIDE).findings
    assert (found.rule, found.code, found.place.segment) == (rule, code, 3)


def test_a_message_without_guide_is_reported_and_its_envelope_checked():
    data = interchange("BGM", "bgm").replace(b"UNT+4", b"UNT+9")
    assert [each.rule for each in check(data, guides=lambda *_: None).findings] == [
        "MSW-EDI-065",
        "MSW-EDI-018",
        "MSW-EDI-056",
    ]


def test_the_guide_is_asked_for_what_unh_names():
    asked: list[tuple[str, ...]] = []
    data = interchange("BGM").replace(b"04B:UN", b"04B:UN:IATA")
    check(data, guides=lambda *names: asked.append(names))
    assert asked == [("SAMPLE", "D", "04B", "IATA")]


def shape(occurrence: Occurrence) -> list:
    return [shape(each) if isinstance(each, Occurrence) else each.tag for each in occurrence.content]


def test_a_message_becomes_a_tree_of_its_groups():
    whole = tree(read(interchange(*RIGHT))[0].messages[0].segments, GUIDE)
    assert shape(whole) == [
        "UNH",
        "BGM",
        "DTM",
        "DTM",
        ["RFF", "DTM"],
        ["RFF"],
        ["NAD", "LOC", "LOC", "FTX"],
        ["NAD", "LOC"],
        ["GID", ["FTX", "LOC"]],
        "CNT",
        "UNT",
    ]
    assert [len(each.all("LOC")) for each in whole.groups("SG2")] == [2, 1]
    assert whole.groups("SG3")[0].groups("SG4")[0].first("LOC") is not None
    assert len(list(whole.walk())) == len(RIGHT) + 2


def test_a_tree_leaves_out_what_has_no_place_and_says_so():
    whole = tree(read(interchange("BGM", "XYZ", "NAD", "LOC", "BGM"))[0].messages[0].segments, GUIDE)
    assert shape(whole) == ["UNH", "BGM", ["NAD", "LOC"], "UNT"]
    assert [each.tag for each in whole.unplaced] == ["XYZ", "BGM"]


def agreed(*names: str) -> Guide:
    """The sample guide, which the association `TIGHT` bends: BGM twice, DTM mandatory and once, RFF shorter."""
    if names[3] != "TIGHT":
        return GUIDE
    bent = [replace(node, **BENT.get(node.tag or node.group, {})) for node in GUIDE.root]
    short = SegmentSpec("RFF", "", (text("1000", form="an..2"), text("2000")))
    return replace(GUIDE, association="TIGHT", root=tuple(bent), segments={**GUIDE.segments, "RFF": short})


BENT = {"DTM": {"status": "M", "repeat": 1}, "SG1": {"repeat": 1}, "BGM": {"repeat": 2}}


def severities(*segments: str) -> list[tuple[str, str]]:
    data = interchange(*segments).replace(b"04B:UN", b"04B:UN:TIGHT")
    return [(each.rule, each.severity) for each in check(data, guides=agreed).findings]


def test_what_only_the_association_forbids_is_a_fault_of_the_profile():
    assert severities("BGM", "BGM", "DTM", "NAD", "LOC") == []
    assert severities("BGM", "NAD", "LOC") == [("MSW-EDI-102", "profile-error")]
    assert severities("BGM", "DTM", "DTM", "NAD", "LOC") == [("MSW-EDI-104", "profile-error")]
    assert severities("BGM", "DTM", "RFF", "RFF", "NAD", "LOC") == [("MSW-EDI-105", "profile-error")]


def test_a_value_only_the_association_forbids_is_a_fault_of_the_profile():
    data = interchange("BGM", "DTM", "RFF", "NAD", "LOC").replace(b"04B:UN", b"04B:UN:TIGHT")
    for value, severity in ((b"RFF+ABC'", "profile-error"), (b"RFF+ABCDEFGHIJK'", "directory-error")):
        [found] = check(data.replace(b"RFF+A'", value), guides=agreed).findings
        assert (found.rule, found.severity) == ("MSW-EDI-124", severity)


def test_what_the_directory_forbids_too_is_a_fault_of_the_directory():
    assert severities("BGM", "DTM", "NAD") == [("MSW-EDI-102", "directory-error")]
    assert severities("BGM", "DTM", "DTM", "DTM", "NAD", "LOC") == [
        ("MSW-EDI-104", "profile-error"),
        ("MSW-EDI-104", "directory-error"),
    ]


CODED = replace(GUIDE, codes={"1000": frozenset({"A"})})


def test_codes_are_looked_up_as_the_reader_settles():
    data = interchange("BGM", "NAD", "LOC").replace(b"LOC+A", b"LOC+B")
    report = check(data, guides=lambda *_: CODED)
    assert [(each.rule, each.severity, each.place.segment) for each in report.findings] == [
        ("MSW-EDI-134", "code-warning", 4)
    ]
    assert report.accepted
    assert check(data, Settings(check_codes=False), guides=lambda *_: CODED).findings == []
    assert not check(data, Settings(rejects=ERRORS | {Severity.CODE}), guides=lambda *_: CODED).accepted
