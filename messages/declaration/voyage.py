"""The voyage: purpose of call, persons on board, ports still to come, bunkers and weather."""

from typing import Annotated

from messages.declaration.places import Port, StatedTime
from messages.declaration.record import Code, Element, Number, Record, Text, Whole


class CallPurpose(Record):
    """Why the ship calls."""

    call_purpose_text: Text | None = None
    call_purpose_code: Annotated[Code | None, Element(imo="IMO0172")] = None


class PersonsOnboardNumber(Record):
    """How many persons are on board."""

    crew: Annotated[Whole | None, Element(imo="IMO0086")] = None
    number_of_medical_persons_onboard: Annotated[Whole | None, Element(imo="IMO0380")] = None
    number_of_persons_onboard: Annotated[Whole | None, Element(imo="IMO0088")] = None
    passengers: Annotated[Whole | None, Element(imo="IMO0087")] = None


class VoyageDescriptionItem(Record):
    """A later port of the voyage and what happens to the cargo there."""

    load: Text | None = None
    unload: Text | None = None
    eta: Annotated[StatedTime | None, Element("ETA", imo="IMO0518")] = None
    port: Annotated[Port | None, Element(imo="IMO0168 IMO0169")] = None


class ROBBunkers(Record):
    """Fuel remaining on board, in tonnes."""

    remain_on_board: Number | None = None
    remarks: Text | None = None
    bunkers_type: Code | None = None


class OtherServiceRequest(Record):
    """A service asked of the port."""

    description: Text | None = None
    service_type: Code | None = None


class WeatherInformation(Record):
    """Weather met at sea; directions in degrees."""

    remarks: Text | None = None
    sea_state: Whole | None = None
    sea_state_direction: Whole | None = None
    swell: Whole | None = None
    swell_direction: Whole | None = None
    wind_direction: Whole | None = None
    wind_force: Whole | None = None
