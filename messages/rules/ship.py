"""Rules on the ship: who she is, and whether her measures can be true."""

from collections.abc import Iterator

from messages.codes import call_sign, imo_number, mmsi
from messages.declaration import Declaration
from messages.rules.rule import Wrong, rule, wrong

DEEPEST = 30
"""Metres. The deepest tankers ever built drew under 29."""

_NEVER_ZERO = ("gross_tonnage", "length_overall", "beam")
"""Every ship has these; a net tonnage or deadweight of 0 is how some ships say that it does not apply."""


@rule("MSW-SHP-001")
def the_imo_number_passes_its_check(d: Declaration) -> Iterator[Wrong]:
    number = imo_number.digits(d.imo_number or "")
    if number and not imo_number.is_ship(number):
        swapped = imo_number.swapped(number)
        right = swapped[0] if swapped else number[:6] + imo_number.ship_check_digit(number[:6])
        yield wrong("ship_id.imo_number", d.imo_number, right=right)


@rule("MSW-SHP-002")
def the_imo_number_is_seven_digits(d: Declaration) -> Iterator[Wrong]:
    if d.imo_number and imo_number.digits(d.imo_number) is None:
        yield wrong("ship_id.imo_number", d.imo_number)


@rule("MSW-SHP-003")
def the_ship_can_be_identified(d: Declaration) -> Iterator[Wrong]:
    ship = d.ship_id
    if ship is None or not (ship.imo_number or ship.mmsi_number or ship.call_sign or ship.comment):
        yield wrong("ship_id.imo_number")


@rule("MSW-SHP-004")
def the_ship_has_a_name(d: Declaration) -> Iterator[Wrong]:
    if d.ship_name is None:
        yield wrong("ship_id.ship_name")


@rule("MSW-SHP-005")
def the_mmsi_is_nine_digits(d: Declaration) -> Iterator[Wrong]:
    number = d.ship_id.mmsi_number if d.ship_id else None
    if number and not mmsi.is_well_formed(number):
        yield wrong("ship_id.mmsi_number", number)


@rule("MSW-SHP-006")
def the_mmsi_is_a_ship_s(d: Declaration) -> Iterator[Wrong]:
    number = d.ship_id.mmsi_number if d.ship_id else None
    if number and mmsi.is_well_formed(number) and not mmsi.is_ship_station(number):
        yield wrong("ship_id.mmsi_number", number)


@rule("MSW-SHP-007")
def the_call_sign_has_its_shape(d: Declaration) -> Iterator[Wrong]:
    sign = d.ship_id.call_sign if d.ship_id else None
    if sign and not call_sign.is_well_formed(sign):
        yield wrong("ship_id.call_sign", sign)


@rule("MSW-SHP-008")
def the_ship_has_a_flag(d: Declaration) -> Iterator[Wrong]:
    if d.flag is None:
        yield wrong("ship_id.registration_port")


@rule("MSW-SHP-009")
def gross_tonnage_is_not_below_net(d: Declaration) -> Iterator[Wrong]:
    if d.gross_tonnage is not None and d.net_tonnage is not None and d.gross_tonnage < d.net_tonnage:
        yield wrong("gross_tonnage", d.gross_tonnage, net=d.net_tonnage)


@rule("MSW-SHP-010")
def gross_tonnage_is_stated(d: Declaration) -> Iterator[Wrong]:
    if d.gross_tonnage is None:
        yield wrong("gross_tonnage")


@rule("MSW-SHP-011")
def draughts_are_possible(d: Declaration) -> Iterator[Wrong]:
    for side in ("arrival_draught", "departure_draught"):
        for name, metres in getattr(d, side) or ():
            if metres is not None and not 0 < metres < DEEPEST:
                yield wrong(f"{side}.{name}", metres, most=DEEPEST)


@rule("MSW-SHP-012")
def draughts_do_not_pass_the_load_line(d: Declaration) -> Iterator[Wrong]:
    arrival, summer = d.arrival_draught, d.summer_draught
    midships = arrival.mid_ship_draught if arrival else None
    if midships is not None and summer is not None and summer < midships < DEEPEST:
        yield wrong("arrival_draught.mid_ship_draught", midships, summer=summer)


@rule("MSW-SHP-013")
def dimensions_are_possible(d: Declaration) -> Iterator[Wrong]:
    for name in (*_NEVER_ZERO, "net_tonnage", "dead_weight", "summer_draught"):
        figure = getattr(d, name)
        if figure is not None and (figure < 0 or (figure == 0 and name in _NEVER_ZERO)):
            yield wrong(name, figure, name=name.replace("_", " "))


@rule("MSW-SHP-014")
def the_ship_is_longer_than_wide(d: Declaration) -> Iterator[Wrong]:
    if d.beam is not None and d.length_overall is not None and 0 < d.length_overall < d.beam:
        yield wrong("beam", d.beam, length=d.length_overall)


@rule("MSW-SHP-015")
def the_company_number_passes_its_check(d: Declaration) -> Iterator[Wrong]:
    number = d.company.imo_company_id if d.company else None
    if number and not imo_number.is_company(number):
        yield wrong("company.imo_company_id", number)


RULES = (
    the_imo_number_passes_its_check,
    the_imo_number_is_seven_digits,
    the_ship_can_be_identified,
    the_ship_has_a_name,
    the_mmsi_is_nine_digits,
    the_mmsi_is_a_ship_s,
    the_call_sign_has_its_shape,
    the_ship_has_a_flag,
    gross_tonnage_is_not_below_net,
    gross_tonnage_is_stated,
    draughts_are_possible,
    draughts_do_not_pass_the_load_line,
    dimensions_are_possible,
    the_ship_is_longer_than_wide,
    the_company_number_passes_its_check,
)
