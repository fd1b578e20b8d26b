"""Which facts each agency reads first, and in which order; whatever else a notice declares follows folded."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agencies.agency import Agency
from agencies.facts import cargo, hazards, health, navigation, persons, security, waste
from agencies.facts.pieces import Grid, Panel
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.views import Section, inline, sections
from agencies.words import in_port_time, label, measured
from messages.exchange import Notice

Design = Callable[[Rest, Visit], Iterator[Panel]]

FIRST: Mapping[str, tuple[Design, ...]] = {
    "harbour": (hazards.dangerous_goods, navigation.navigation, waste.waste),
    "customs": (cargo.consignments, cargo.stores, cargo.effects),
    "immigration": (persons.passengers, persons.crew),
    "quarantine": (health.health, health.sanitation, health.ports),
    "security": (security.certificate, security.calls, security.ship_to_ship, hazards.dangerous_goods),
}
"""What stands open on an agency's page."""

AFTER: tuple[Design, ...] = (
    persons.crew,
    persons.passengers,
    hazards.dangerous_goods,
    cargo.consignments,
    cargo.stores,
    security.calls,
    security.ship_to_ship,
    waste.waste,
)
"""What unfolds after it, where the agency is shown it and did not read it first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A declaration, arranged: open panels, folded panels, and everything without a design."""

    first: tuple[Panel, ...]
    open: tuple[Section, ...]
    after: tuple[Panel, ...]
    folded: tuple[Section, ...]


def read(notice: Notice, agency: Agency) -> Reading:
    """The declaration of `notice` as `agency` reads it. Nothing declared is missing from it."""
    rest, visit = Rest(notice.declaration), Visit(notice)
    first = [panel for design in FIRST.get(agency.code, ()) for panel in design(rest, visit) if panel]
    after = [panel for design in AFTER for panel in design(rest, visit) if panel]
    remaining = in_port_time(rest.value, notice.time_zone, visit.begins.year)
    foremost = {name: remaining.pop(name) for name in agency.reads_first if name in remaining}
    return Reading(tuple(first), tuple(sections(foremost)), tuple(after), tuple(sections(remaining)))


def part_of_list(members: list[Any], notice: Notice, path: str, start: int, rows: int) -> Grid | None:
    """Some members of the list at `path` in its design; None when it has no design, or they do not fit it."""
    visit = Visit(notice)
    if not all(isinstance(each, dict) and each for each in members):
        return None
    match path:
        case "crew_list" | "passenger_list":
            return persons.grid(members, visit, path, start, rows)
        case cargo.CONSIGNMENTS:
            return cargo.grid(members, start, rows)
        case "ship_store":
            return cargo.stores_grid(members, [], start, rows)
        case "port_call_list" | "health_data.last_port_calls" | "health_data.call_in_infected_area":
            return security.calls_grid(members, visit, path, start, rows)
        case _:
            return None


def counted_parts(totals: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is only counted for the agency, a line for each part: `40 consignments, gross weight 784.8 t`."""
    return [(label(part), said) for part, figures in totals.items() if (said := figures_said(figures))]


def figures_said(figures: Any) -> str:
    if not isinstance(figures, Mapping):
        return str(figures)
    return ", ".join(figure_said(name, value) for name, value in figures.items())


def figure_said(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{inline(label(name))} {', '.join(measured(str(amount), unit) for unit, amount in value.items())}"
    return f"{value} {inline(label(name))}"
