"""Rules on the message as a whole: direction, signature, agent, and codes and quantities wherever they stand."""

from collections.abc import Iterator
from itertools import filterfalse

from messages.codes import country as countries
from messages.codes import un_locode, units
from messages.declaration import Declaration
from messages.rules import routes
from messages.rules.rule import Wrong, rule, wrong
from messages.rules.times import has_zone, spoken


@rule("MSW-GEN-101")
def says_arrival_or_departure(d: Declaration) -> Iterator[Wrong]:
    if d.movement is None:
        yield wrong("header.arrival_departure", d.header.arrival_departure or "nothing")


@rule("MSW-GEN-102")
def has_a_message_id(d: Declaration) -> Iterator[Wrong]:
    if d.message_id is None:
        yield wrong("header.ship_message_id")


@rule("MSW-GEN-103")
def is_signed(d: Declaration) -> Iterator[Wrong]:
    if not (d.header.authenticator or d.header.authenticator_name or d.authenticator):
        yield wrong("authenticator")


@rule("MSW-GEN-104")
def names_the_agent(d: Declaration) -> Iterator[Wrong]:
    if d.agent is None or not (d.agent.company or d.agent.person):
        yield wrong("agent")


@rule("MSW-GEN-105")
def every_time_has_a_zone(d: Declaration) -> Iterator[Wrong]:
    for path, moment in routes.every(d, routes.instant):
        if not has_zone(moment):
            yield wrong(path, moment.isoformat(), time=spoken(moment))


@rule("MSW-GEN-106")
def every_country_exists(d: Declaration) -> Iterator[Wrong]:
    for path, code in _unknown_countries(d):
        if countries.nearest(code) is None:
            yield wrong(path, code)


@rule("MSW-GEN-107")
def every_country_is_a_code(d: Declaration) -> Iterator[Wrong]:
    for path, code in _unknown_countries(d):
        if meant := countries.nearest(code):
            yield wrong(path, code, meant=meant.alpha_2, name=meant.name)


@rule("MSW-GEN-108")
def every_country_agrees_with_its_port(d: Declaration) -> Iterator[Wrong]:
    for path, place in routes.every(d, routes.location):
        country = place.country_code
        code = un_locode.compact(place.un_locode or "") if country else ""
        sound = un_locode.is_well_formed(code) and countries.exists(code[:2])
        if sound and country and countries.exists(country) and code[:2] != country:
            yield wrong(f"{path}.country_code", country, port=place.un_locode)


@rule("MSW-GEN-109")
def every_unit_is_known(d: Declaration) -> Iterator[Wrong]:
    for path, quantity in routes.every(d, routes.measure):
        if quantity.unit_code and units.find(quantity.unit_code) is None:
            yield wrong(f"{path}.unit_code", quantity.unit_code)


@rule("MSW-GEN-110")
def every_quantity_has_a_unit(d: Declaration) -> Iterator[Wrong]:
    for path, quantity in routes.every(d, routes.measure):
        if quantity.content is not None and quantity.unit_code is None:
            yield wrong(f"{path}.unit_code", quantity.content)


@rule("MSW-GEN-111")
def no_quantity_is_negative(d: Declaration) -> Iterator[Wrong]:
    for path, quantity in routes.every(d, routes.measure):
        if quantity.content is not None and quantity.content < 0:
            unit = units.find(quantity.unit_code or "")
            if unit is None or unit.kind != "temperature":
                yield wrong(f"{path}.content", quantity.content)


@rule("MSW-GEN-112")
def every_position_is_on_the_globe(d: Declaration) -> Iterator[Wrong]:
    for path, place in routes.every(d, routes.position):
        for name, most in (("latitude", 90), ("longitude", 180)):
            degrees = getattr(place, name)
            if degrees is not None and abs(degrees) > most:
                yield wrong(f"{path}.{name}", degrees, name=name, most=most)


def _unknown_countries(d: Declaration) -> Iterator[tuple[str, str]]:
    """Codes that no country has. Each is looked up once: thousands of people share a few."""
    stated = routes.every(d, routes.country)
    unknown = set(filterfalse(countries.exists, {code for _, code in stated}))
    return ((path, code) for path, code in stated if code in unknown)


RULES = (
    says_arrival_or_departure,
    has_a_message_id,
    is_signed,
    names_the_agent,
    every_time_has_a_zone,
    every_country_exists,
    every_country_is_a_code,
    every_country_agrees_with_its_port,
    every_unit_is_known,
    every_quantity_has_a_unit,
    no_quantity_is_negative,
    every_position_is_on_the_globe,
)
