"""Rules on ports and times: where the ship comes from, calls and goes to, and in which order."""

from collections.abc import Callable, Iterator

from messages.codes import un_locode
from messages.declaration import Declaration
from messages.declaration.places import Location
from messages.rules import routes
from messages.rules.rule import Wrong, rule, wrong
from messages.rules.times import Moment, arrival, comes, departure, goes, here, spoken


@rule("MSW-VOY-001")
def names_the_port_of_call(d: Declaration) -> Iterator[Wrong]:
    call = d.port_call
    if call is None or call.location is None or call.location.un_locode is None:
        yield wrong(f"{here(d)}.location.un_locode")


@rule("MSW-VOY-002")
def every_locode_has_its_shape(d: Declaration) -> Iterator[Wrong]:
    for path, code, _ in _coded(d, lambda code: not un_locode.is_well_formed(code)):
        meant = un_locode.nearest(code)
        yield wrong(path, code, example=meant or "MMRGN Yangon")


@rule("MSW-VOY-003")
def every_locode_begins_with_a_country(d: Declaration) -> Iterator[Wrong]:
    for path, code, _ in _coded(d, lambda code: un_locode.is_well_formed(code) and not un_locode.has_country(code)):
        yield wrong(path, code, country=code[:2])


@rule("MSW-VOY-004")
def a_code_and_its_name_mean_one_port(d: Declaration) -> Iterator[Wrong]:
    for path, code, place in _coded(d, _is_unknown):
        meant = un_locode.nearest(place.name) if place.name else None
        if meant and meant.country == code[:2]:
            yield wrong(path, code, name=place.name, meant=meant)


@rule("MSW-VOY-005")
def an_unknown_port_has_a_name(d: Declaration) -> Iterator[Wrong]:
    for path, code, place in _coded(d, _is_unknown):
        if not place.name:
            yield wrong(path, code)


@rule("MSW-VOY-006")
def a_place_without_code_has_a_name(d: Declaration) -> Iterator[Wrong]:
    for path, code, place in _coded(d, lambda code: un_locode.is_well_formed(code) and un_locode.is_escape(code)):
        if not place.name:
            yield wrong(path.replace("un_locode", "name"), code)


@rule("MSW-VOY-007")
def says_when_the_ship_comes(d: Declaration) -> Iterator[Wrong]:
    call = d.port_call
    if d.movement != "departure" and (call is None or not call.arrival_time):
        yield wrong(f"{here(d)}.arrival_time")


@rule("MSW-VOY-008")
def says_when_the_ship_goes(d: Declaration) -> Iterator[Wrong]:
    call = d.port_call
    if d.movement == "departure" and (call is None or not call.departure_time):
        yield wrong(f"{here(d)}.departure_time")


@rule("MSW-VOY-009")
def goes_after_it_comes(d: Declaration) -> Iterator[Wrong]:
    yield from _order(comes(d), goes(d))


@rule("MSW-VOY-010")
def leaves_every_berth_after_reaching_it(d: Declaration) -> Iterator[Wrong]:
    for path, call in routes.every(d, routes.stay):
        if path != here(d):
            yield from _order(arrival(call, path), departure(call, path))


@rule("MSW-VOY-011")
def leaves_the_last_port_before_it_comes(d: Declaration) -> Iterator[Wrong]:
    left, reached = departure(d.last_port_of_call, "last_port_of_call"), comes(d)
    if left and reached and left.at > reached.at:
        yield wrong(left.field, spoken(left.at), arrival=spoken(reached.at))


@rule("MSW-VOY-012")
def reaches_the_next_port_after_it_goes(d: Declaration) -> Iterator[Wrong]:
    left, reached = goes(d) or comes(d), arrival(d.next_port_of_call, "next_port_of_call")
    if left and reached and reached.at < left.at:
        yield wrong(reached.field, spoken(reached.at), departure=spoken(left.at))


@rule("MSW-VOY-013")
def says_where_it_comes_from(d: Declaration) -> Iterator[Wrong]:
    if d.movement == "arrival" and (d.last_port_of_call is None or d.last_port_of_call.location is None):
        yield wrong("last_port_of_call")


@rule("MSW-VOY-014")
def says_where_it_goes(d: Declaration) -> Iterator[Wrong]:
    if d.next_port_of_call is None or d.next_port_of_call.location is None:
        yield wrong("next_port_of_call")


@rule("MSW-VOY-015")
def comes_from_another_port(d: Declaration) -> Iterator[Wrong]:
    last = d.last_port_of_call.location if d.last_port_of_call else None
    code = un_locode.compact(last.un_locode) if last and last.un_locode else None
    if code and code == d.port and not un_locode.is_escape(code):
        yield wrong("last_port_of_call.location.un_locode", code)


@rule("MSW-VOY-016")
def says_why_it_calls(d: Declaration) -> Iterator[Wrong]:
    if not any(each.call_purpose_text or each.call_purpose_code for each in d.call_purpose):
        yield wrong("call_purpose")


def _coded(d: Declaration, asked: Callable[[str], bool]) -> Iterator[tuple[str, str, Location]]:
    """The places whose code is such as `asked`; each code is judged once, because many places share a few."""
    places = routes.every(d, routes.location)
    found = set(filter(asked, {place.un_locode for _, place in places if place.un_locode}))
    return ((f"{path}.un_locode", place.un_locode, place) for path, place in places if place.un_locode in found)


def _is_unknown(code: str) -> bool:
    sound = un_locode.is_well_formed(code) and un_locode.has_country(code) and not un_locode.is_escape(code)
    return sound and un_locode.find(code) is None


def _order(first: Moment | None, then: Moment | None) -> Iterator[Wrong]:
    if first and then and then.at < first.at:
        yield wrong(then.field, spoken(then.at), arrival=spoken(first.at))


RULES = (
    names_the_port_of_call,
    every_locode_has_its_shape,
    every_locode_begins_with_a_country,
    a_code_and_its_name_mean_one_port,
    an_unknown_port_has_a_name,
    a_place_without_code_has_a_name,
    says_when_the_ship_comes,
    says_when_the_ship_goes,
    goes_after_it_comes,
    leaves_every_berth_after_reaching_it,
    leaves_the_last_port_before_it_comes,
    reaches_the_next_port_after_it_goes,
    says_where_it_comes_from,
    says_where_it_goes,
    comes_from_another_port,
    says_why_it_calls,
)
