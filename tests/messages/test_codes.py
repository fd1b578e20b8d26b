"""Identifiers and code lists: examples with known answers, and the slips people make."""

from decimal import Decimal
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.codes import call_sign, country, imo_number, iso6346, mmsi, un_locode, un_number, units


def fullwidth(text: str) -> str:
    """Digits as East Asian keyboards give them: digits to Python, not to a standard."""
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


SIX_DIGITS = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize("number", ["9074729", "IMO 9074729", "imo9074729", " 7625811 ", "9319466", "8814275"])
def test_ship_numbers_known_to_be_right_pass(number: str):
    assert imo_number.is_ship(number)


@pytest.mark.parametrize("number", ["9074728", "907472", "90747290", "IMO", "", fullwidth("9074729"), "9999990"])
def test_ship_numbers_with_a_wrong_digit_or_shape_do_not_pass(number: str):
    assert not imo_number.is_ship(number)


def test_a_company_number_has_an_arithmetic_of_its_own():
    assert imo_number.is_company("2041999")
    assert not imo_number.is_company("2041998")
    assert not imo_number.is_company("9074729")


@given(SIX_DIGITS)
def test_exactly_one_last_digit_makes_a_ship_number(six: str):
    assert [d for d in "0123456789" if imo_number.is_ship(six + d)] == [imo_number.ship_check_digit(six)]


@given(SIX_DIGITS)
def test_exactly_one_last_digit_makes_a_company_number(six: str):
    assert [d for d in "0123456789" if imo_number.is_company(six + d)] == [imo_number.company_check_digit(six)]


def test_two_swapped_digits_are_found_again():
    assert not imo_number.is_ship("9047729")
    assert "9074729" in imo_number.swapped("9047729")
    assert imo_number.swapped("ship") == ()


@pytest.mark.parametrize(
    ("number", "well_formed", "ship"),
    [("563900417", True, True), ("002573000", True, False), ("56390041", False, False), ("5639004l7", False, False)],
)
def test_an_mmsi_is_nine_digits_and_a_ship_begins_with_2_to_7(number: str, well_formed: bool, ship: bool):
    assert (mmsi.is_well_formed(number), mmsi.is_ship_station(number)) == (well_formed, ship)


@pytest.mark.parametrize("sign", ["9VSM7", "V7SK9", "C6SH4", "3FAB", "XYZA", "9v-sm7", "2ABC3"])
def test_call_signs_as_issued_are_well_formed(sign: str):
    assert call_sign.is_well_formed(sign)


@pytest.mark.parametrize("sign", ["", "A", "12AB", "SAMPLE SHIP ONE", "9V/SM7", "NONE?"])
def test_what_is_no_call_sign_is_not_well_formed(sign: str):
    assert not call_sign.is_well_formed(sign)


@pytest.mark.parametrize("number", ["CSQU3054383", "csqu 305438 3", "TASU117 000 0", "MSCU1234566", "CSQU-305438-3"])
def test_containers_with_the_right_check_digit_pass(number: str):
    assert iso6346.is_valid(number)


@pytest.mark.parametrize("number", ["CSQU3054384", "MSCU1234565", "ABCU9999996", "ABCU1234569", "HLBU1234560"])
def test_containers_with_the_wrong_check_digit_are_well_formed_only(number: str):
    assert iso6346.is_well_formed(number)
    assert not iso6346.is_valid(number)


@pytest.mark.parametrize(
    "number", ["CSQX3054383", "CS_U3054383", "CSQU305438", "1SQU3054383", fullwidth("CSQU3054383"), ""]
)
def test_what_is_no_container_number_is_not_well_formed(number: str):
    assert not iso6346.is_well_formed(number)
    assert not iso6346.is_valid(number)


def test_countries_are_known_by_two_and_three_letters_and_name():
    assert country.exists("MM")
    assert not country.exists("mm")
    assert not country.exists("QQ")
    assert country.alpha_2("mmr") == "MM"
    assert country.alpha_2("Cambodia") == "KH"
    assert country.alpha_2("HON") is None
    assert country.name("VN") == "Vietnam"
    assert country.name("QQ") == "QQ"


def test_a_misspelt_country_is_recognised():
    assert (found := country.nearest("Cambodja")) is not None
    assert found.alpha_2 == "KH"
    assert country.nearest("Atlantis") is None


@pytest.mark.parametrize("code", ["MMRGN", "USQ28", "MMXXX"])
def test_a_locode_is_two_letters_and_three_characters(code: str):
    assert un_locode.is_well_formed(code)


@pytest.mark.parametrize("code", ["mmrgn", "MM RGN", "MMRG", "MMRGN1", "M1RGN", "MMRG0", "MMRG1", "Rangoon river"])
def test_other_shapes_are_no_locode(code: str):
    assert not un_locode.is_well_formed(code)


def test_a_place_without_a_code_is_written_with_xxx():
    assert un_locode.is_escape("MMXXX")
    assert not un_locode.is_escape("MMRGN")
    assert un_locode.has_country("MMXXX")
    assert un_locode.has_country("XZXXX")
    assert not un_locode.has_country("QQSIN")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Rangoon", "MMRGN"), ("Rangoon river", "MMRGN"), ("MM RGN", "MMRGN"), ("MMRGM", "MMRGN")),
        *(("sihanoukville", "KHKOS"), ("Singapur", "SGSIN")),
    ],
)
def test_a_port_is_found_by_the_name_people_use(text: str, code: str):
    assert (port := un_locode.nearest(text)) is not None
    assert port.code == code


def test_nothing_is_suggested_for_nonsense():
    assert un_locode.nearest("qqqqqqq") is None


def test_every_known_port_is_well_formed_and_has_a_real_zone():
    zones = available_timezones()
    for code, port in un_locode.ports().items():
        assert un_locode.is_well_formed(code)
        assert un_locode.has_country(code)
        assert port.country == code[:2]
        assert port.zone in zones
    assert str(un_locode.ports()["MMRGN"]) == "MMRGN Yangon"


@pytest.mark.parametrize(
    ("text", "digits"), [("1263", "1263"), ("UN1263", "1263"), ("un 0004", "0004"), ("3560", "3560")]
)
def test_un_numbers_are_four_digits_with_or_without_prefix(text: str, digits: str):
    assert un_number.digits(text) == digits


@pytest.mark.parametrize("text", ["126", "12630", "0000", "9999", "UNKN", "PAINT", fullwidth("1263")])
def test_other_texts_are_no_un_number(text: str):
    assert un_number.digits(text) is None


def test_hazard_classes_are_those_of_the_imdg_code():
    assert all(map(un_number.is_class, ["1.4S", "1.1", "2.1", "3", "4.3", "9"]))
    assert not any(map(un_number.is_class, ["", "0", "10", "2.4", "1.4I", "1.", "3A", "III"]))
    assert un_number.is_packing_group("II")
    assert not un_number.is_packing_group("2")


def test_quantities_of_one_kind_can_be_compared():
    assert units.in_base(Decimal("2.5"), "TNE") == Decimal(2500)
    assert units.in_base(Decimal(250), "LTR") == Decimal("0.25")
    assert units.in_base(Decimal(5), "CEL") is None
    assert units.in_base(Decimal(5), "cartons") is None
    assert units.find("NAR") is not None
