"""Rules on ship security information before entry (SOLAS XI-2/9, ISPS Code; form of MSC/Circ.1305)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from messages.codes import un_locode
from messages.declaration import Declaration
from messages.declaration.security import ShipToPortActivity, ShipToShipActivity
from messages.rules.rule import Wrong, rule, wrong
from messages.rules.times import day_of_call, has_zone, spoken, spoken_day

LEVELS = frozenset({"SL1", "SL2", "SL3"})
CALLS_ASKED = 10
"""Calls at port facilities that SOLAS XI-2/9.2.1.3 asks for."""


@rule("MSW-SEC-001")
def holds_a_security_certificate_or_says_why_not(d: Declaration) -> Iterator[Wrong]:
    status = d.iss_certificate_status
    reason = status and (
        status.iss_certificate_status_reason_not_valid or status.iss_certificate_status_reason_not_valid_code
    )
    holds = (status and status.issc_status) or (status is None and d.iss_certificate)
    if d.movement == "arrival" and not holds and not reason:
        yield wrong("iss_certificate_status")


@rule("MSW-SEC-002")
def a_certificate_held_is_described(d: Declaration) -> Iterator[Wrong]:
    held = d.iss_certificate
    if d.iss_certificate_status and d.iss_certificate_status.issc_status:
        for name in ("expiry_date", "issuer"):
            if held is None or getattr(held, name) is None:
                yield wrong(f"iss_certificate.{name}", None, name=name.replace("_", " "))


@rule("MSW-SEC-003")
def the_certificate_outlasts_the_call(d: Declaration) -> Iterator[Wrong]:
    day, until = day_of_call(d), d.iss_certificate.expiry_date if d.iss_certificate else None
    if day and until and until < day:
        yield wrong("iss_certificate.expiry_date", spoken_day(until), day=spoken_day(day))


@rule("MSW-SEC-004")
def the_last_ten_calls_are_listed(d: Declaration) -> Iterator[Wrong]:
    if d.movement == "arrival" and len(d.port_call_list) < CALLS_ASKED:
        yield wrong("port_call_list", len(d.port_call_list), asked=CALLS_ASKED)


@rule("MSW-SEC-005")
def every_level_exists(d: Declaration) -> Iterator[Wrong]:
    stated = [("current_ship_security_level", d.current_ship_security_level)]
    stated += [
        (f"port_call_list.{position}.port_security_level", each.port_security_level)
        for position, each in enumerate(d.port_call_list)
    ]
    for path, level in stated:
        if level and level not in LEVELS:
            yield wrong(path, level)


@rule("MSW-SEC-006")
def the_ship_s_level_is_stated(d: Declaration) -> Iterator[Wrong]:
    if d.movement == "arrival" and d.current_ship_security_level is None:
        yield wrong("current_ship_security_level")


@rule("MSW-SEC-007")
def every_earlier_call_ends_after_it_begins(d: Declaration) -> Iterator[Wrong]:
    yield from _spans("port_call_list", d.port_call_list)


@rule("MSW-SEC-008")
def earlier_calls_stand_in_order(d: Declaration) -> Iterator[Wrong]:
    """Latest first or earliest first, as long as it is one of them."""
    begun = [
        (position, each.from_date_time)
        for position, each in enumerate(d.port_call_list)
        if each.from_date_time and has_zone(each.from_date_time)
    ]
    steps = [(position, earlier, later) for (_, earlier), (position, later) in pairwise(begun)]
    falling = sum(1 for _, earlier, later in steps if later < earlier) * 2 >= len(steps)
    for position, earlier, later in steps:
        if later != earlier and (later < earlier) != falling:
            where = f"port_call_list.{position}.from_date_time"
            yield wrong(where, spoken(later), row=position + 1, before=spoken(earlier))


@rule("MSW-SEC-009")
def the_latest_earlier_call_is_the_last_port(d: Declaration) -> Iterator[Wrong]:
    last = d.last_port_of_call.location if d.last_port_of_call else None
    calls = [
        (each.from_date_time, position, each.port.un_locode)
        for position, each in enumerate(d.port_call_list)
        if each.from_date_time and has_zone(each.from_date_time) and each.port and each.port.un_locode
    ]
    if d.movement == "departure" or not calls or last is None or last.un_locode is None:
        return
    _, position, code = max(calls)
    both = (un_locode.compact(code), un_locode.compact(last.un_locode))
    known = all(un_locode.is_well_formed(each) and not un_locode.is_escape(each) for each in both)
    if known and both[0] != both[1]:
        yield wrong(f"port_call_list.{position}.port.un_locode", code, last=last.un_locode)


@rule("MSW-SEC-010")
def every_activity_ends_after_it_begins(d: Declaration) -> Iterator[Wrong]:
    yield from _spans("ship_to_ship_activity_list", d.ship_to_ship_activity_list)


@rule("MSW-SEC-011")
def the_security_officer_can_be_reached(d: Declaration) -> Iterator[Wrong]:
    numbers = d.cso.contact_numbers if d.cso else None
    if d.movement == "arrival" and (numbers is None or not any(value for _, value in numbers)):
        yield wrong("cso.contact_numbers")


@rule("MSW-SEC-012")
def a_security_plan_is_on_board(d: Declaration) -> Iterator[Wrong]:
    if d.has_security_plan is False:
        yield wrong("has_security_plan", "no")


def _spans(path: str, activities: Sequence[ShipToPortActivity | ShipToShipActivity]) -> Iterator[Wrong]:
    for position, each in enumerate(activities):
        begun, ended = each.from_date_time, each.to_date_time
        if begun and ended and has_zone(begun) and has_zone(ended) and ended < begun:
            yield wrong(f"{path}.{position}.to_date_time", spoken(ended), row=position + 1, begun=spoken(begun))


RULES = (
    holds_a_security_certificate_or_says_why_not,
    a_certificate_held_is_described,
    the_certificate_outlasts_the_call,
    the_last_ten_calls_are_listed,
    every_level_exists,
    the_ship_s_level_is_stated,
    every_earlier_call_ends_after_it_begins,
    earlier_calls_stand_in_order,
    the_latest_earlier_call_is_the_last_port,
    every_activity_ends_after_it_begins,
    the_security_officer_can_be_reached,
    a_security_plan_is_on_board,
)
