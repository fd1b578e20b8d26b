"""The shipped guides against figures taken from the UN directories, and against structures known by heart."""

from pathlib import Path

import pytest

from edi.directory import SHIPPED, directory, service_segments
from edi.guide import Guide, Node, find_guide, forget

COUNTS = [line.split() for line in (Path(__file__).parent / "guide-counts.txt").read_text().splitlines()[1:]]
"""Message, release, groups, segment uses, sum of repeats, mandatory nodes: counted in the UN directories themselves."""


def guide(message: str, release: str, association: str = "") -> Guide:
    version, _, number = release.partition(".")
    found = find_guide(message, version, number, association)
    assert found is not None
    return found


def at(found: Guide, *path: str) -> Node:
    """The node at a path of tags and groups."""
    nodes = found.root
    for name in path:
        node = next(node for node in nodes if name in (node.tag, node.group))
        nodes = node.children
    return node


@pytest.mark.parametrize("row", COUNTS, ids=" ".join)
def test_each_shipped_guide_has_the_size_of_its_directorys_table(row: list[str]):
    message, release, *figures = row
    nodes = list(guide(message, release).walk())
    assert [
        sum(1 for node in nodes if node.group),
        sum(1 for node in nodes if node.tag),
        sum(node.repeat for node in nodes),
        sum(1 for node in nodes if node.status == "M"),
    ] == list(map(int, figures))


def test_every_guide_on_the_shelf_is_counted():
    shipped = {(path.stem, path.parent.name) for path in SHIPPED.glob("*/[A-Z]*.txt") if path.parent.name != "profiles"}
    assert shipped == {(message, release) for message, release, *_ in COUNTS}


@pytest.mark.parametrize(("message", "release"), [row[:2] for row in COUNTS])
def test_each_guide_starts_with_unh_ends_with_unt_and_counts_positions_by_ten(message: str, release: str):
    found = guide(message, release)
    assert (found.root[0].tag, found.root[-1].tag) == ("UNH", "UNT")
    assert [int(node.position) for node in found.walk()] == [10 * n + 10 for n, _ in enumerate(found.walk())]


@pytest.mark.parametrize(("message", "release"), [row[:2] for row in COUNTS])
def test_each_group_begins_with_one_mandatory_segment(message: str, release: str):
    triggers = [node.children[0] for node in guide(message, release).walk() if node.group]
    assert {(bool(node.tag), node.status, node.repeat) for node in triggers} <= {(True, "M", 1)}


@pytest.mark.parametrize(("message", "release"), [row[:2] for row in COUNTS])
def test_each_segment_of_a_guide_is_defined_there_or_among_the_service_segments(message: str, release: str):
    found = guide(message, release)
    tags = {node.tag for node in found.walk() if node.tag}
    assert tags - found.segments.keys() <= {"UNH", "UNT", "UNS"}
    assert {
        use.id for spec in found.segments.values() for use in spec.elements if not use.format and not use.components
    } == set()


def test_every_name_is_in_our_words_and_none_is_missing():
    bare: set[str] = set()
    for path in SHIPPED.glob("*/segments.txt"):
        found = directory(path.parent.name)
        assert found is not None
        bare |= {identifier for identifier in found.lines if found.name(identifier) == identifier}
    assert bare == set()


def test_paxlst_d05b_wants_a_time_under_its_first_transport():
    found = guide("PAXLST", "D.05B")
    assert at(found, "SG2", "DTM") == Node("DTM", "", "M", 1, (), "0110")
    assert at(found, "SG4", "RFF").repeat == 1


def test_berman_d04b_asks_for_parties_and_transport():
    found = guide("BERMAN", "D.04B")
    assert [(node.tag or node.group, node.status, node.repeat) for node in found.root] == [
        ("UNH", "M", 1), ("BGM", "M", 1), ("DTM", "C", 9), ("FTX", "C", 9), ("RFF", "C", 9), ("QTY", "C", 9),
        ("SG1", "M", 99), ("SG3", "M", 99), ("SG7", "C", 9), ("UNT", "M", 1),
    ]  # fmt: skip
    assert at(found, "SG7", "SG8", "POC").repeat == 9


def test_cuscar_d95b_nests_goods_in_consignments():
    found = guide("CUSCAR", "D.95B")
    assert at(found, "SG4", "SG5", "SG10").status == "M"
    assert at(found, "SG4", "SG5", "SG10", "SGP").repeat == 99
    assert at(found, "SG4", "SG5", "SG10", "SG12", "FTX").position == "0650"


def test_wasdis_d04b_has_split_goods_in_its_hazard_group():
    assert [node.tag for node in at(guide("WASDIS", "D.04B"), "SG6").children] == [
        "DGS", "MEA", "SGP", "FTX", "LOC", "DTM", "NAD",
    ]  # fmt: skip


def test_releases_from_d13b_on_count_positions_with_five_digits():
    assert guide("BERMAN", "D.16B").root[-1].position == "00500"
    assert guide("BERMAN", "D.04B").root[-1].position == "0500"


@pytest.mark.parametrize("release", ["D.02B", "D.03A", "D.03B", "D.04B", "D.05B", "D.13B", "D.16A", "D.16B"])
def test_from_d02b_on_a_transport_means_needs_its_mode(release: str):
    found = directory(release)
    assert found is not None
    assert found.segment("TDT").conditions == ("D5(040,030)",)


@pytest.mark.parametrize("release", ["D.95B", "D.96A", "D.98B", "D.99B", "D.00B"])
def test_before_d02b_no_segment_has_a_condition(release: str):
    found = directory(release)
    assert found is not None
    assert {tag for tag in found.tags() if found.segment(tag).conditions} == set()


@pytest.mark.parametrize(("version", "release"), [("D", "3"), ("2", "2"), ("D", "96A"), ("1", "1")])
def test_contrl_is_known_by_every_number_it_was_given_before_syntax_4(version: str, release: str):
    found = find_guide("CONTRL", version, release)
    assert found is not None
    assert (found.version, found.release) == (version, release)
    assert found.segments["UCM"] == service_segments("3")["UCM"]


def test_contrl_of_syntax_4_answers_messages_or_groups_not_both():
    found = guide("CONTRL", "4.1")
    assert found.conditions == ("D4(0030,0080)",)
    assert found.segments["UCM"] == service_segments("4")["UCM"]


def test_a_message_nobody_has_is_not_found():
    assert find_guide("BERMAN", "D", "99Z") is None
    assert find_guide("NOSUCH", "D", "04B") is None


@pytest.mark.parametrize(
    ("message", "version", "release"),
    [
        ("BERMAN", "D", "../D.04B"),
        ("../BERM", "D", "04B"),
        ("BERMAN", "", "04B"),
        ("berman", "D", "04B"),
        ("BERMAN", "D", "0\n4"),
    ],
)
def test_what_could_name_a_file_elsewhere_is_not_looked_for(message: str, version: str, release: str):
    assert find_guide(message, version, release) is None


def test_a_guide_is_read_once():
    assert guide("BERMAN", "D.04B") is guide("BERMAN", "D.04B")


def test_code_values_are_those_of_the_release():
    assert "310" not in guide("PAXLST", "D.05B").codes["5125"]
    assert {"9", "1", "5"} <= guide("BERMAN", "D.04B").codes["1225"]
    assert guide("BERMAN", "D.04B").codes["1225"] < guide("BERMAN", "D.16B").codes["1225"]


def test_a_release_between_two_with_lists_has_the_values_of_both():
    assert guide("PAXLST", "D.03B").codes["2005"] >= guide("IFTDGN", "D.03A").codes["2005"]
    assert guide("PAXLST", "D.03B").codes["2005"] >= guide("BERMAN", "D.04B").codes["2005"]


def test_a_list_nobody_gave_us_is_not_there_at_all():
    assert guide("CUSCAR", "D.95B").codes == {}


@pytest.mark.parametrize("text", ["UNH M1\nBGM X1\n", "UNH M1\n    RFF M1\n", "UNH M1\n  BGM\n"])
def test_a_guide_that_was_damaged_says_where(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "fairway" / "edifact" / "D.07A"
    folder.mkdir(parents=True)
    (folder / "segments.txt").write_text("BGM 1004\n1004 an..35\n")
    (folder / "BERMAN.txt").write_text(text)
    forget()
    with pytest.raises(ValueError, match=r"BERMAN\.txt"):
        find_guide("BERMAN", "D", "07A")


def test_a_guide_without_its_segments_says_to_compile_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "fairway" / "edifact" / "D.07A"
    folder.mkdir(parents=True)
    (folder / "BERMAN.txt").write_text("UNH M1\nUNT M1\n")
    forget()
    with pytest.raises(FileNotFoundError, match="compile the directory again"):
        find_guide("BERMAN", "D", "07A")
