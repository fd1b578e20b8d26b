"""The maritime declaration of health: the ship's and each ill person's."""

from typing import Annotated

from messages.declaration.certificates import Certificate
from messages.declaration.places import Location, Port
from messages.declaration.record import Code, Day, Element, Flag, Record, Text, Whole
from messages.declaration.security import ShipToPortActivity


class CaseOfDisposal(Record):
    """What became of an ill person."""

    case_disposal_code: Annotated[Code | None, Element(imo="IMO0224")] = None
    health_state_code: Annotated[Code | None, Element(imo="IMO0223")] = None
    location_of_evacuation: Annotated[
        Port | None, Element("LocationOfEvaculation", imo="IMO0225 IMO0226", also="LocationOfEvacuation")
    ] = None


class PersonHealthParticulars(Record):
    """The illness of one person. Medical data: only for port health."""

    comments: Annotated[Text | None, Element(imo="IMO0228")] = None
    reported_to_port_medical: Annotated[Flag | None, Element(imo="IMO0222")] = None
    symptoms_date: Annotated[Day | None, Element(imo="IMO0221")] = None
    treatment: Annotated[Text | None, Element(imo="IMO0227")] = None
    case_disposal: CaseOfDisposal | None = None
    illness_code: Annotated[Code | None, Element(imo="IMO0220")] = None


class SanitaryMeasure(Record):
    """A sanitary measure taken on board."""

    date: Annotated[Day | None, Element(imo="IMO0215")] = None
    location_on_board: Annotated[Text | None, Element(imo="IMO0214")] = None
    sanitary_measure_code: Annotated[Code | None, Element(imo="IMO0596")] = None


class HealthData(Record):
    """The questions of the maritime declaration of health (IHR 2005, annex 8)."""

    disease_on_board: Annotated[Flag | None, Element(imo="IMO0207")] = None
    ill_persons_greater_than_expected: Annotated[Flag | None, Element(imo="IMO0208")] = None
    ill_persons_now: Annotated[Flag | None, Element(imo="IMO0209")] = None
    infection_condition_on_board: Annotated[Flag | None, Element(imo="IMO0211")] = None
    medical_consulted: Annotated[Flag | None, Element(imo="IMO0210")] = None
    number_of_deaths: Whole | None = None
    number_of_ill_persons: Annotated[Whole | None, Element(imo="IMO0238")] = None
    person_died: Annotated[Flag | None, Element(imo="IMO0206")] = None
    re_inspection_required: Annotated[Flag | None, Element(imo="IMO0202")] = None
    sanitary_measure_applied: Annotated[Flag | None, Element(imo="IMO0212")] = None
    sick_animal: Annotated[Flag | None, Element(imo="IMO0218")] = None
    stowaways_found: Annotated[Flag | None, Element(imo="IMO0216")] = None
    valid_ship_sanitation_control_certificate: Annotated[Flag | None, Element(imo="IMO0067")] = None
    valid_ship_sanitation_control_exemption_certificate: Annotated[Flag | None, Element(imo="IMO0067")] = None
    visited_infected_area: Annotated[Flag | None, Element(imo="IMO0203")] = None
    ship_sanitation_control_exemption_certificate: Certificate | None = None
    ship_sanitation_control_certificate: Certificate | None = None
    location_stowaways_joined_ship: Annotated[tuple[Location, ...], Element(imo="IMO0217")] = ()
    sanitary_measure: tuple[SanitaryMeasure, ...] = ()
    call_in_infected_area: Annotated[tuple[ShipToPortActivity, ...], Element(imo="IMO0204 IMO0205")] = ()
    last_port_calls: Annotated[tuple[ShipToPortActivity, ...], Element(imo="IMO0126 IMO0127")] = ()
