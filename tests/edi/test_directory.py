"""Segments, composites and elements: service segments, reading the shelf, spreading repeats."""

from pathlib import Path

import pytest

from edi.directory import (
    ElementUse,
    SegmentSpec,
    directory,
    service_codes,
    service_segments,
    spread,
    user_shelf,
)


def written(spec: SegmentSpec) -> list[str]:
    return [
        use.id + ("!" if use.status == "M" else "") + (f"*{use.repeat}" if use.repeat > 1 else "")
        for use in spec.elements
    ]


def element(spec: SegmentSpec, *path: str) -> ElementUse:
    uses = spec.elements
    for identifier in path:
        use = next(use for use in uses if use.id == identifier)
        uses = use.components
    return use


def test_a_unb_of_syntax_3_has_a_date_of_six_digits_and_of_syntax_4_eight():
    assert element(service_segments("3")["UNB"], "S004", "0017").format == "n6"
    assert element(service_segments("4")["UNB"], "S004", "0017").format == "n8"


@pytest.mark.parametrize("version", ["1", "2", "3", "X"])
def test_the_older_syntaxes_share_their_service_segments(version: str):
    assert service_segments(version) == service_segments("3")


@pytest.mark.parametrize("version", ["5", "", "Z"])
def test_an_unknown_syntax_is_read_as_version_4(version: str):
    assert service_segments(version) == service_segments("4")


def test_packages_and_marked_groups_exist_from_syntax_4_on():
    assert service_segments("4").keys() - service_segments("3").keys() == {"UNO", "UNP", "UGH", "UGT"}


def test_every_contrl_segment_is_a_service_segment():
    for version in ("3", "4"):
        assert service_segments(version).keys() >= {
            "UCI",
            "UCF",
            "UCM",
            "UCS",
            "UCD",
            "UNB",
            "UNG",
            "UNE",
            "UNZ",
            "UNS",
        }


@pytest.mark.parametrize(
    ("tag", "conditions"),
    [
        ("UNG", ["D2(010,060,070)"]),
        ("UCI", ["D5(060,050)", "D5(070,060,050)", "D5(080,060,050,090)", "D5(090,080,060,050)"]),
        ("UCF", ["D5(060,050)", "D5(070,060,050)", "D5(080,060,050,090)", "D5(090,080,060,050)"]),
        ("UCS", []),
    ],
)
def test_service_segments_of_syntax_4_carry_their_dependency_notes(tag: str, conditions: list[str]):
    assert list(service_segments("4")[tag].conditions) == conditions


def test_a_ucm_answers_a_message_or_a_package_never_both():
    conditions = service_segments("4")["UCM"].conditions
    assert conditions[:3] == ("D1(010,070)", "D2(010,020)", "D2(070,080)")


def test_no_service_segment_of_syntax_3_has_a_condition():
    assert {tag for tag, spec in service_segments("3").items() if spec.conditions} == set()


def test_every_condition_names_places_the_segment_has():
    for spec in service_segments("4").values():
        last = 10 * len(spec.elements)
        positions = [int(p) for c in spec.conditions for p in c.partition("(")[2].rstrip(")").split(",")]
        assert all(10 <= position <= last for position in positions)


def test_a_group_of_syntax_3_must_name_its_message_type():
    assert written(service_segments("3")["UNG"]) == [
        "0038!",
        "S006!",
        "S007!",
        "S004!",
        "0048!",
        "0051!",
        "S008!",
        "0058",
    ]
    assert written(service_segments("4")["UNG"]) == ["0038", "S006", "S007", "S004", "0048!", "0051", "S008", "0058"]


def test_syntax_4_counts_segments_with_ten_digits():
    assert element(service_segments("3")["UNT"], "0074").format == "n..6"
    assert element(service_segments("4")["UNT"], "0074").format == "n..10"


def test_service_codes_follow_the_syntax_version():
    assert "UNOY" in service_codes("4")["0001"]
    assert "UNOY" not in service_codes("3")["0001"]
    assert "48" in service_codes("4")["0085"]
    assert service_codes("3")["0083"] == {"4", "7", "8"}


def test_partners_may_be_qualified_by_the_common_zz():
    assert {"ZZ", "ZZZ"} <= service_codes("3")["0007"]


def test_a_segment_shows_its_composites_with_their_components():
    found = directory("D.04B")
    assert found is not None
    dtm = found.segment("DTM")
    assert written(dtm) == ["C507!"]
    assert [(use.id, use.status, use.format) for use in dtm.elements[0].components] == [
        ("2005", "M", "an..3"),
        ("2380", "C", "an..35"),
        ("2379", "C", "an..3"),
    ]


def test_a_segment_the_release_does_not_have_is_a_key_error():
    found = directory("D.04B")
    assert found is not None
    assert "ZZZ" not in found
    with pytest.raises(KeyError):
        found.segment("ZZZ")


def test_a_release_that_is_not_there_is_none():
    assert directory("D.88Z") is None


def test_a_place_that_may_repeat_becomes_several_places_in_the_older_syntaxes():
    found = directory("D.05B")
    assert found is not None
    assert written(found.segment("COM")) == ["C076!*3"]
    assert written(spread(found.segment("COM"))) == ["C076!", "C076", "C076"]


def test_a_segment_without_repeats_is_spread_to_itself():
    dtm = service_segments("3")["UNH"]
    assert spread(dtm) is dtm


def test_no_segment_with_a_condition_has_repeats_before_its_positions():
    ucm = service_segments("4")["UCM"]
    assert [use.id for use in ucm.elements if use.repeat > 1] == ["S020"]


def test_names_given_in_the_file_come_before_the_shelfs_names(tmp_path: Path):
    folder = tmp_path / "D.07A"
    folder.mkdir()
    (tmp_path / "names.txt").write_text("1004 From the shelf\nBGM Start\n")
    (folder / "segments.txt").write_text("BGM 1004!*2 C002 = \nC002 1004 = A composite\n1004 an..35 = From the file\n")
    found = directory("D.07A", tmp_path)
    assert found is not None
    bgm = found.segment("BGM")
    assert (bgm.name, bgm.elements[0].name, bgm.elements[1].name) == ("Start", "From the file", "A composite")


def test_a_damaged_place_says_which_release(tmp_path: Path):
    (tmp_path / "D.07A").mkdir()
    (tmp_path / "D.07A" / "segments.txt").write_text("BGM 1004?\n1004 an..35\n")
    found = directory("D.07A", tmp_path)
    assert found is not None
    with pytest.raises(ValueError, match=r"D\.07A: '1004\?' is no place"):
        found.segment("BGM")


def test_the_users_shelf_is_in_the_cache_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_shelf() == tmp_path / "fairway" / "edifact"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert user_shelf() == Path.home() / ".cache" / "fairway" / "edifact"
