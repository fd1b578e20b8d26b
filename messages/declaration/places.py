"""Where and when: positions, locations, ports, berths, and the times stated for them."""

from typing import Annotated, ClassVar

from messages.declaration.record import Code, Element, Instant, Number, Record, Text


class Position(Record):
    """Latitude and longitude in decimal degrees (WGS 84); south and west are negative."""

    latitude: Annotated[Number | None, Element(imo="IMO0194 IMO0544")] = None
    longitude: Annotated[Number | None, Element(imo="IMO0195 IMO0545")] = None


class Location(Record):
    """A place: by UN/LOCODE, facility code, GLN, name or position."""

    name: Text | None = None
    country_code: Code | None = None
    facility_name: Annotated[Text | None, Element(imo="IMO0185")] = None
    facility_code: Annotated[Text | None, Element(imo="IMO0184")] = None
    gln: Annotated[Text | None, Element("GLN")] = None
    position: Position | None = None
    track: Code | None = None
    un_locode: Annotated[Text | None, Element("UNLoCode")] = None


class Port(Location):
    """A port."""


class RegistrationPort(Port):
    """The port in whose register the ship stands."""


class StatedTime(Record):
    """A time and what kind of statement it is: estimated, actual, requested or planned."""

    epc_type: ClassVar[str] = "DateTimeType"

    date_time: Instant | None = None
    time_type: Code | None = None


class ATP(StatedTime):
    """Actual time of passage."""


class ETP(StatedTime):
    """Estimated time of passage."""


class LocationCall(Record):
    """A stay at a place, with the times stated for its beginning and end."""

    arrival_time: Annotated[tuple[StatedTime, ...], Element(imo="IMO0063 IMO0064 IMO0234 IMO0235")] = ()
    departure_time: Annotated[tuple[StatedTime, ...], Element(imo="IMO0065 IMO0066 IMO0236 IMO0237")] = ()
    location: Annotated[Location | None, Element(imo="IMO0144")] = None


class AnchorageArrival(LocationCall):
    """An anchorage used on arrival."""


class AnchorageDeparture(LocationCall):
    """An anchorage used on departure."""


class BerthArrival(LocationCall):
    """A berth used on arrival."""

    berth_type: Code | None = None


class BerthDeparture(LocationCall):
    """A berth left on departure."""

    berth_type: Code | None = None


class LastPortOfCall(LocationCall):
    """The port the ship comes from."""


class NextPortOfCall(LocationCall):
    """The port the ship goes to."""


class PortOfArrival(LocationCall):
    """The port of call of an arrival."""


class PortOfDeparture(LocationCall):
    """The port of call of a departure."""


class VoyageEvent(LocationCall):
    """Something that happened, or will, on the voyage."""

    event_type: Code | None = None


class Waypoint(LocationCall):
    """A point of the passage plan."""
