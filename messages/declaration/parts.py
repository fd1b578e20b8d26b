"""Which element of a declaration belongs to which part.

This table is published: the directory grants agencies parts, and what an agency sees follows from here.
Elements inside a part may belong to another: an ill person's particulars stand in the crew list, and
only port health may read them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from messages.declaration.record import Record

PARTS = (
    "general",
    "cargo",
    "stores",
    "effects",
    "crew",
    "passengers",
    "dangerous_goods",
    "health",
    "security",
    "waste",
)
"""General declaration (FAL 1), cargo (FAL 2), stores (FAL 3), effects (FAL 4), crew (FAL 5), passengers (FAL 6),
dangerous goods (FAL 7), maritime declaration of health, security (ISPS), waste."""

_ELEMENTS = {
    "general": (
        "header agent air_draught anchorage_arrival anchorage_departure arrival_draught atp authenticator"
        " ballast_status beam berth_arrival berth_departure bulk_load_unload_data call_purpose cargo_overview company"
        " dangerous_goods_cargo_indicator dead_weight departure_draught double_bottom_content etp general_remark"
        " gross_tonnage ice_class inmarsat_call_number last_port_of_call length_overall navigational_status"
        " net_tonnage next_port_of_call next_report_time obo_load_unload_data other_service_request period_of_stay"
        " persons_onboard port_of_arrival port_of_departure radio_communications registry_certificate"
        " reporting_event rob_bunkers ship_class ship_defects ship_id ship_status ship_type summer_draught"
        " voyage_description voyage_event voyage_number way_point_list weather_information"
    ),
    "cargo": "cargo_data",
    "stores": "ship_store",
    "effects": "dutiable_crew_effects",
    "crew": "crew_list",
    "passengers": "passenger_list",
    "dangerous_goods": "general_description_of_dg inf_class_content",
    "health": ("health_data ship_sanitation_control_certificate ship_sanitation_control_exemption_certificate"),
    "security": (
        "cso current_ship_security_level has_security_plan iss_certificate iss_certificate_status port_call_list"
        " security_other_matters_to_report ship_to_ship_activity_list"
    ),
    "waste": "waste_disposal_requirements waste_information",
}

PART_OF: Mapping[str, str] = MappingProxyType(
    {element: part for part, elements in _ELEMENTS.items() for element in elements.split()}
)
"""Top-level element to its part. The yes or no of dangerous goods is general (IMO0046 stands on FAL 1)."""

PART_WITHIN: Mapping[str, str] = MappingProxyType(
    {
        "crew_list.*.person_health_particulars": "health",
        "passenger_list.*.person_health_particulars": "health",
        "cargo_data.consignment.*.dangerous_goods_shippers_reference_number": "dangerous_goods",
        "cargo_data.consignment.*.cargo_item.*.special_cargo_details": "dangerous_goods",
        "cargo_data.consignment.*.cargo_item.*.lost_dg_details": "dangerous_goods",
    }
)
"""Elements that belong to another part than what they stand in; `*` is any position of a list."""

_WITHIN = {tuple(path.split(".")): part for path, part in PART_WITHIN.items()}


def part_of(path: str) -> str:
    """The part of a field, by its dotted path: `crew_list.3.person_health_particulars.treatment` is health.

    A path that starts with no known element is general.
    """
    steps = tuple("*" if step.isdigit() else step for step in path.split("."))
    for nested, part in _WITHIN.items():
        if steps[: len(nested)] == nested:
            return part
    return PART_OF.get(steps[0], "general")


def parts_of(declaration: Record) -> tuple[str, ...]:
    """The parts of which `declaration` holds anything, in the order of `PARTS`."""
    held = {PART_OF[name] for name, value in declaration if says_anything(value)}
    held |= {part for path, part in _WITHIN.items() if any(map(says_anything, reached(declaration, path)))}
    return tuple(part for part in PARTS if part in held)


def says_anything(value: Any) -> bool:
    """Whether `value` is neither absent, nor empty, nor a record of such."""
    if isinstance(value, Record):
        return any(says_anything(each) for _, each in value)
    return value is not None and value != ()


def reached(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What stands at the end of `path` below `value`, for every position of every `*`."""
    if not path:
        yield value
    elif value is None:
        return
    elif path[0] == "*":
        for each in value:
            yield from reached(each, path[1:])
    else:
        yield from reached(getattr(value, path[0]), path[1:])
