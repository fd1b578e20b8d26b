"""Rules on the maritime declaration of health (IHR 2005, annex 8) and the sanitation certificates (annex 3).

Answers are compared with counts and with each other; what a person suffers from is never said back.
"""

from collections.abc import Iterator
from datetime import date

from messages.declaration import Declaration
from messages.declaration.certificates import Certificate
from messages.declaration.health import HealthData
from messages.rules.rule import Wrong, rule, wrong
from messages.rules.times import day_of_call, spoken_day

QUESTIONS = {
    "person_died": "a death on board otherwise than by accident",
    "disease_on_board": "a case of disease suspected to be infectious",
    "ill_persons_greater_than_expected": "more ill passengers than normal",
    "ill_persons_now": "an ill person on board now",
    "medical_consulted": "a medical practitioner consulted",
    "infection_condition_on_board": "a condition that may spread disease",
    "sanitary_measure_applied": "a sanitary measure applied",
    "stowaways_found": "stowaways found",
    "sick_animal": "a sick animal or pet on board",
    "visited_infected_area": "an affected area visited",
}
"""The questions an officer wants to see answered yes, in short."""

_CERTIFICATES = ("ship_sanitation_control_certificate", "ship_sanitation_control_exemption_certificate")
LONGEST_VALIDITY = 7
"""Months: six, and one by extension (IHR 2005, article 39)."""


@rule("MSW-HEA-001")
def health_is_declared(d: Declaration) -> Iterator[Wrong]:
    if d.movement == "arrival" and d.health_data is None:
        yield wrong("health_data")


@rule("MSW-HEA-002")
def every_question_is_answered(d: Declaration) -> Iterator[Wrong]:
    if health := d.health_data:
        open_ = [name for name in QUESTIONS if getattr(health, name) is None]
        if open_:
            yield wrong(f"health_data.{open_[0]}", len(open_), first=QUESTIONS[open_[0]])


@rule("MSW-HEA-003")
def a_yes_is_seen_by_port_health(d: Declaration) -> Iterator[Wrong]:
    for name, question in QUESTIONS.items() if d.health_data else ():
        if getattr(d.health_data, name):
            yield wrong(f"health_data.{name}", "yes", question=question)


@rule("MSW-HEA-004")
def deaths_counted_are_answered_yes(d: Declaration) -> Iterator[Wrong]:
    health = d.health_data
    if health and health.number_of_deaths and health.person_died is False:
        yield wrong("health_data.person_died", "no", deaths=health.number_of_deaths)


@rule("MSW-HEA-005")
def deaths_answered_yes_are_counted(d: Declaration) -> Iterator[Wrong]:
    if d.health_data and d.health_data.person_died and not d.health_data.number_of_deaths:
        yield wrong("health_data.number_of_deaths", d.health_data.number_of_deaths or 0)


@rule("MSW-HEA-006")
def illness_counted_is_answered_yes(d: Declaration) -> Iterator[Wrong]:
    health = d.health_data
    if health and health.number_of_ill_persons and _denies_illness(health):
        yield wrong("health_data.number_of_ill_persons", health.number_of_ill_persons)


@rule("MSW-HEA-007")
def illness_answered_yes_is_counted(d: Declaration) -> Iterator[Wrong]:
    health = d.health_data
    if health and (health.ill_persons_now or health.disease_on_board) and not health.number_of_ill_persons:
        yield wrong("health_data.number_of_ill_persons", health.number_of_ill_persons or 0)


@rule("MSW-HEA-008")
def no_more_are_ill_than_on_board(d: Declaration) -> Iterator[Wrong]:
    health, stated = d.health_data, d.persons_onboard
    on_board = (stated.number_of_persons_onboard if stated else None) or len(d.crew_list) + len(d.passenger_list)
    if health and on_board and (health.number_of_ill_persons or 0) > on_board + (health.number_of_deaths or 0):
        yield wrong("health_data.number_of_ill_persons", health.number_of_ill_persons, persons=on_board)


@rule("MSW-HEA-009")
def every_ill_person_has_particulars(d: Declaration) -> Iterator[Wrong]:
    ill = (d.health_data.number_of_ill_persons or 0) if d.health_data else 0
    told = sum(1 for each in (*d.crew_list, *d.passenger_list) if each.person_health_particulars)
    if told < ill:
        yield wrong("health_data.number_of_ill_persons", ill, told=told)


@rule("MSW-HEA-010")
def a_sanitation_certificate_is_held(d: Declaration) -> Iterator[Wrong]:
    if d.health_data and not any(getattr(d.health_data, f"valid_{name}") for name in _CERTIFICATES):
        yield wrong("health_data.valid_ship_sanitation_control_certificate")


@rule("MSW-HEA-011")
def a_certificate_held_is_described(d: Declaration) -> Iterator[Wrong]:
    for name in _CERTIFICATES if d.health_data else ():
        held = _certificate(d, name)[1]
        if getattr(d.health_data, f"valid_{name}") and (held is None or held.issue_date is None):
            yield wrong(f"health_data.{name}", None, name=name.replace("_", " "))


@rule("MSW-HEA-012")
def the_certificate_outlasts_the_arrival(d: Declaration) -> Iterator[Wrong]:
    day = day_of_call(d)
    for name in _CERTIFICATES:
        path, held = _certificate(d, name)
        until = (held.extended_until or held.expiry_date) if held else None
        if day and until and until < day:
            yield wrong(f"{path}.expiry_date", spoken_day(until), day=spoken_day(day))


@rule("MSW-HEA-013")
def the_certificate_is_not_too_old(d: Declaration) -> Iterator[Wrong]:
    day = day_of_call(d)
    for name in _CERTIFICATES:
        path, held = _certificate(d, name)
        issued = held.issue_date if held else None
        if day and issued and _months_between(issued, day) >= LONGEST_VALIDITY:
            yield wrong(f"{path}.issue_date", spoken_day(issued), day=spoken_day(day))


@rule("MSW-HEA-014")
def measures_applied_are_listed(d: Declaration) -> Iterator[Wrong]:
    if d.health_data and d.health_data.sanitary_measure_applied and not d.health_data.sanitary_measure:
        yield wrong("health_data.sanitary_measure")


@rule("MSW-HEA-015")
def affected_areas_visited_are_listed(d: Declaration) -> Iterator[Wrong]:
    if d.health_data and d.health_data.visited_infected_area and not d.health_data.call_in_infected_area:
        yield wrong("health_data.call_in_infected_area")


@rule("MSW-HEA-016")
def stowaways_found_came_from_somewhere(d: Declaration) -> Iterator[Wrong]:
    if d.health_data and d.health_data.stowaways_found and not d.health_data.location_stowaways_joined_ship:
        yield wrong("health_data.location_stowaways_joined_ship")


def _denies_illness(health: HealthData) -> bool:
    answers = (health.disease_on_board, health.ill_persons_now, health.ill_persons_greater_than_expected)
    return any(each is False for each in answers) and not any(answers)


def _certificate(d: Declaration, name: str) -> tuple[str, Certificate | None]:
    """A sanitation certificate and its path: inside the health declaration, else beside it."""
    inside = getattr(d.health_data, name) if d.health_data else None
    return (f"health_data.{name}", inside) if inside else (name, getattr(d, name))


def _months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


RULES = (
    health_is_declared,
    every_question_is_answered,
    a_yes_is_seen_by_port_health,
    deaths_counted_are_answered_yes,
    deaths_answered_yes_are_counted,
    illness_counted_is_answered_yes,
    illness_answered_yes_is_counted,
    no_more_are_ill_than_on_board,
    every_ill_person_has_particulars,
    a_sanitation_certificate_is_held,
    a_certificate_held_is_described,
    the_certificate_outlasts_the_arrival,
    the_certificate_is_not_too_old,
    measures_applied_are_listed,
    affected_areas_visited_are_listed,
    stowaways_found_came_from_somewhere,
)
