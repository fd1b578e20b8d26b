"""Which agency is told what: a declaration and the table of views in, one showing for each agency out. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from gateway.visibility import View, mask_of, shown, values_at
from messages.declaration.parts import PART_OF, PART_WITHIN, PARTS
from messages.exchange import digest_of

HEALTH_YES = "a health question is answered yes"

HEALTH_QUESTIONS = (
    "disease_on_board",
    "ill_persons_greater_than_expected",
    "ill_persons_now",
    "infection_condition_on_board",
    "person_died",
    "re_inspection_required",
    "sick_animal",
    "stowaways_found",
    "visited_infected_area",
)
"""The questions of the Maritime Declaration of Health (IHR 2005, annex 8) whose "yes" calls for a closer look."""


_WITHIN = {tuple(step for step in path.split(".") if step != "*"): part for path, part in PART_WITHIN.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What one agency is shown of one declaration."""

    agency: str
    declaration: dict[str, Any]
    totals: dict[str, Any]
    visible: tuple[str, ...]
    digest: str
    """Of declaration and totals: equal digests mean the agency sees no difference."""


def distribute(document: dict[str, Any], movement: str, views: Mapping[str, View]) -> tuple[Showing, ...]:
    """One showing for each agency that decides on the movement; `document` is a declaration's JSON."""
    conditions = frozenset(_conditions(document))
    deciding = [view for view in views.values() if movement in view.decides]
    return tuple(show(document, view, conditions) for view in deciding)


def show(document: dict[str, Any], view: View, conditions: frozenset[str]) -> Showing:
    """The document as one agency may see it."""
    declaration = shown(document, [mask_of(view.paths(conditions))])
    totals = {part: _TOTALS[part](document) for part in view.totals}
    return Showing(
        agency=view.agency,
        declaration=declaration,
        totals=totals,
        visible=visible_parts(declaration),
        digest=digest_of(orjson.dumps([declaration, totals], option=orjson.OPT_SORT_KEYS)),
    )


def visible_parts(shown: dict[str, Any]) -> tuple[str, ...]:
    """The parts of which `shown` holds anything."""
    held = {PART_OF[name] for name in shown}
    held |= {part for path, part in _WITHIN.items() if any(True for _ in values_at(shown, path))}
    return tuple(part for part in PARTS if part in held)


def _conditions(document: dict[str, Any]) -> Iterator[str]:
    health = document.get("health_data", {})
    if any(health.get(question) is True for question in HEALTH_QUESTIONS):
        yield HEALTH_YES


def _cargo_totals(document: dict[str, Any]) -> dict[str, Any]:
    consignments = document.get("cargo_data", {}).get("consignment", [])
    equipment = {*values_at(consignments, ("cargo_item", "transport_equipment", "marks_and_numbers"))}
    weights: dict[str, float] = {}
    for weight in values_at(consignments, ("cargo_item", "gross_weight")):
        unit = weight.get("unit_code", "")
        weights[unit] = weights.get(unit, 0) + float(weight.get("content", 0))
    return {
        "consignments": len(consignments),
        "packages": sum(int(each) for each in values_at(consignments, ("cargo_item", "no_of_packages"))),
        "transport_equipment": len(equipment),
        "gross_weight": {unit: round(total, 3) for unit, total in sorted(weights.items())},
    }


_TOTALS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "cargo": _cargo_totals,
    "crew": lambda document: {"persons": len(document.get("crew_list", []))},
    "passengers": lambda document: {"persons": len(document.get("passenger_list", []))},
}
