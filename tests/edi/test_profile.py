"""Guides bent by what associations agreed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edi.directory import SHIPPED
from edi.guide import Guide, find_guide, forget


def guide(association: str, release: str = "05B", message: str = "PAXLST") -> Guide:
    found = find_guide(message, "D", release, association)
    assert found is not None
    return found


def counts(found: Guide, group: str, tag: str) -> list[str]:
    groups = [node for node in found.walk() if node.group == group]
    return [node.status + str(node.repeat) for each in groups for node in each.children if node.tag == tag]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's own profiles, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    profiles = tmp_path / "fairway" / "edifact" / "profiles"
    profiles.mkdir(parents=True)
    forget()
    yield profiles
    forget()


@pytest.mark.parametrize("release", ["02B", "03B", "05B"])
def test_airlines_may_leave_out_the_time_under_the_first_transport(release: str):
    assert counts(guide("IATA", release), "SG2", "DTM") == ["C1"]
    assert counts(guide("", release), "SG2", "DTM") == ["M1"]


@pytest.mark.parametrize("release", ["02B", "03B", "05B"])
def test_airlines_give_a_person_several_references(release: str):
    assert counts(guide("IATA", release), "SG4", "RFF") == ["C99999"]
    assert counts(guide("", release), "SG4", "RFF") == ["C1"]


def test_airlines_write_several_numbers_in_one_com():
    assert [use.id + use.status for use in guide("IATA").segments["COM"].elements] == ["C076M", "C076C", "C076C"]


def test_airlines_name_travel_documents_as_icao_does():
    assert {"P", "V", "I"} <= guide("IATA").codes["1001"]
    assert "P" not in guide("").codes["1001"]


def test_a_profile_concerns_only_the_messages_it_names():
    plain, airline = guide("", "04B", "BERMAN"), guide("IATA", "04B", "BERMAN")
    assert (plain.root, plain.segments, plain.codes) == (airline.root, airline.segments, airline.codes)


def test_a_numbered_association_is_served_by_its_family():
    assert "8053" in guide("", "13B", "BAPLIE").codes
    assert "8053" not in guide("SMDG31", "13B", "BAPLIE").codes
    assert "8053" not in guide("LOT10", "13B", "BAPLIE").codes
    assert "8273" not in guide("PROT20", "04B", "WASDIS").codes


def test_an_association_without_a_profile_gets_the_plain_guide():
    assert guide("NOBODY").root == guide("").root


def test_a_guide_remembers_its_association():
    assert guide("IATA").association == "IATA"


def test_zz_is_taken_wherever_zzz_is():
    codes = guide("").codes
    assert {element for element, values in codes.items() if "ZZZ" in values} == {
        e for e, v in codes.items() if "ZZ" in v
    }


@pytest.mark.parametrize("association", ["../IATA", "IATA/x", "", "TOOLONGNAME", "any", "iata"])
def test_an_association_cannot_name_a_file_elsewhere(association: str):
    assert guide(association).root == guide("").root


def test_a_users_own_profile_is_applied(own: Path):
    (own / "PORTX.txt").write_text("# ours\nfor PAXLST\n  node SG2/TDT C2\n  place TDT 8028!  # the voyage is wanted\n")
    found = guide("PORTX")
    assert counts(found, "SG2", "TDT") == ["C2"]
    assert [use.status for use in found.segments["TDT"].elements][:2] == ["M", "M"]


def test_a_place_within_a_composite_can_be_changed(own: Path):
    (own / "PORTX.txt").write_text("for *\n  place NAD 3039*2\n")
    composite = next(use for use in guide("PORTX").segments["NAD"].elements if use.id == "C082")
    first, *_ = composite.components
    assert (first.id, first.status, first.repeat) == ("3039", "C", 2)


def test_a_format_changes_wherever_the_element_stands(own: Path):
    (own / "PORTX.txt").write_text("for *\n  format 3055 an..5\n  format 3035 an..9\n")
    found = guide("PORTX")
    formats = {
        p.format for s in found.segments.values() for use in s.elements for p in use.components if p.id == "3055"
    }
    assert formats == {"an..5"}
    assert found.segments["NAD"].elements[0].format == "an..9"


def test_codes_can_be_narrowed_widened_and_opened(own: Path):
    (own / "PORTX.txt").write_text(
        "for *\n  codes 2005 = 189 232\n  codes 3035 + QQ\n  codes 9999 + A\n  open 1001 3227\n"
    )
    codes = guide("PORTX").codes
    assert codes["2005"] == {"189", "232"}
    assert "QQ" in codes["3035"]
    assert not {"1001", "3227", "9999"} & codes.keys()


def test_the_second_of_two_like_nodes_can_be_meant(own: Path):
    (own / "PORTX.txt").write_text("for BAPLIE\n  node SG2/LOC#2 C7\n")
    assert counts(guide("", "95B", "BAPLIE"), "SG2", "LOC") == ["M1", "C9"]
    assert counts(guide("PORTX", "95B", "BAPLIE"), "SG2", "LOC") == ["M1", "C7"]


def test_a_statement_that_fits_nothing_changes_nothing(own: Path):
    (own / "PORTX.txt").write_text(
        "for *\n  node SG2/LOC#3 C7\n  node SG99/LOC C7\n  place ZZZ 1004!\n  place BGM 9999!\n"
    )
    plain, bent = guide("", "95B", "BAPLIE"), guide("PORTX", "95B", "BAPLIE")
    assert (bent.root, bent.segments) == (plain.root, plain.segments)


def test_a_profile_for_one_release_leaves_others_alone(own: Path):
    (own / "PORTX.txt").write_text("for PAXLST D.02B\n  node BGM C1\n")
    assert guide("PORTX", "02B").root[1].status == "C"
    assert guide("PORTX", "05B").root[1].status == "M"


@pytest.mark.parametrize(
    "line", ["nod BGM C1", "node BGM", "codes 2005", "use COM", "same ZZZ", "open", "codes 2005 - 3"]
)
def test_a_line_that_is_no_statement_is_said_back(line: str, own: Path):
    (own / "PORTX.txt").write_text(f"for *\n  {line}\n")
    with pytest.raises(ValueError, match=f"'{line}', which is no statement"):
        guide("PORTX")


@pytest.mark.parametrize("path", sorted((SHIPPED / "profiles").glob("*.txt")), ids=lambda path: path.stem)
def test_every_shipped_profile_says_who_it_is_for(path: Path):
    assert path.read_text().startswith("# ")
