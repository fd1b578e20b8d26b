"""A whole declaration: the header and everything an EPC request body can hold, in one flat record."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

import orjson
from pydantic import Field

from messages.declaration.cargo import CargoData
from messages.declaration.certificates import Certificate
from messages.declaration.effects import CrewEffectItem
from messages.declaration.handling import BulkLoadUnloadData, OBOLoadUnloadData
from messages.declaration.hazards import DGInfo
from messages.declaration.header import Authenticator, Header
from messages.declaration.health import HealthData
from messages.declaration.parties import Agent, Company, CompanySecurityOfficer
from messages.declaration.parts import parts_of
from messages.declaration.people import CrewMemberData, PassengerData
from messages.declaration.places import (
    ATP,
    ETP,
    AnchorageArrival,
    AnchorageDeparture,
    BerthArrival,
    BerthDeparture,
    LastPortOfCall,
    LocationCall,
    NextPortOfCall,
    PortOfArrival,
    PortOfDeparture,
    VoyageEvent,
    Waypoint,
)
from messages.declaration.record import Code, Element, Flag, Instant, Number, Record, Text
from messages.declaration.security import ISSCertificateStatus, ShipToPortActivity, ShipToShipActivity
from messages.declaration.ship import (
    ArrivalDraught,
    BallastStatus,
    DepartureDraught,
    IceClass,
    InmarsatCallNumber,
    ShipClass,
    ShipDefects,
    ShipID,
    ShipStatus,
)
from messages.declaration.stores import ShipStoreItem
from messages.declaration.voyage import (
    CallPurpose,
    OtherServiceRequest,
    PersonsOnboardNumber,
    ROBBunkers,
    VoyageDescriptionItem,
    WeatherInformation,
)
from messages.declaration.waste import WasteInformation

_MOVEMENTS: dict[str, Literal["arrival", "departure"]] = {
    "arrival": "arrival",
    "a": "arrival",
    "departure": "departure",
    "d": "departure",
}


class Declaration(Record):
    """What one submission says. Fields are the elements of ISO 28005 EPC, none of them required."""

    epc_type: ClassVar[str] = "EPCRequestBodyType"

    header: Annotated[Header, Element("EPCMessageHeader"), Field(default_factory=Header)]

    agent: Annotated[Agent | None, Element(imo="IMO0010 IMO0007")] = None
    air_draught: Annotated[Number | None, Element(imo="IMO0379")] = None
    anchorage_arrival: Annotated[tuple[AnchorageArrival, ...], Element(imo="IMO0229 IMO0546")] = ()
    anchorage_departure: tuple[AnchorageDeparture, ...] = ()
    arrival_draught: ArrivalDraught | None = None
    atp: Annotated[ATP | None, Element("ATP")] = None
    authenticator: Authenticator | None = None
    ballast_status: BallastStatus | None = None
    beam: Annotated[Number | None, Element(imo="IMO0378")] = None
    berth_arrival: Annotated[tuple[BerthArrival, ...], Element(imo="IMO0232 IMO0548")] = ()
    berth_departure: tuple[BerthDeparture, ...] = ()
    bulk_load_unload_data: BulkLoadUnloadData | None = None
    call_purpose: Annotated[tuple[CallPurpose, ...], Element(imo="IMO0172")] = ()
    cargo_data: CargoData | None = None
    cargo_overview: Annotated[Text | None, Element(imo="IMO0019")] = None
    company: Company | None = None
    crew_list: Annotated[tuple[CrewMemberData, ...], Element(item="CrewMemberData")] = ()
    cso: Annotated[CompanySecurityOfficer | None, Element("CSO", imo="IMO0033 IMO0034 IMO0035 IMO0036 IMO0583")] = None
    current_ship_security_level: Annotated[Code | None, Element(imo="IMO0137")] = None
    dangerous_goods_cargo_indicator: Annotated[Flag | None, Element(imo="IMO0046")] = None
    dead_weight: Annotated[Number | None, Element(imo="IMO0394")] = None
    departure_draught: DepartureDraught | None = None
    double_bottom_content: Code | None = None
    dutiable_crew_effects: Annotated[tuple[CrewEffectItem, ...], Element(item="CrewEffectItem")] = ()
    etp: Annotated[ETP | None, Element("ETP")] = None
    general_description_of_dg: Annotated[tuple[DGInfo, ...], Element("GeneralDescriptionOfDG")] = ()
    general_remark: Annotated[Text | None, Element(imo="IMO0196")] = None
    gross_tonnage: Annotated[Number | None, Element(imo="IMO0139")] = None
    has_security_plan: Annotated[Flag | None, Element(imo="IMO0130")] = None
    health_data: HealthData | None = None
    ice_class: IceClass | None = None
    inf_class_content: Annotated[Code | None, Element("INFClassContent")] = None
    inmarsat_call_number: InmarsatCallNumber | None = None
    iss_certificate: Annotated[Certificate | None, Element("ISSCertificate")] = None
    iss_certificate_status: Annotated[ISSCertificateStatus | None, Element("ISSCertificateStatus")] = None
    last_port_of_call: Annotated[LastPortOfCall | None, Element(imo="IMO0075 IMO0076")] = None
    length_overall: Annotated[Number | None, Element(imo="IMO0377")] = None
    navigational_status: Code | None = None
    net_tonnage: Annotated[Number | None, Element(imo="IMO0143")] = None
    next_port_of_call: Annotated[NextPortOfCall | None, Element(imo="IMO0084 IMO0085")] = None
    next_report_time: Instant | None = None
    obo_load_unload_data: Annotated[OBOLoadUnloadData | None, Element("OBOLoadUnloadData")] = None
    other_service_request: tuple[OtherServiceRequest, ...] = ()
    passenger_list: Annotated[tuple[PassengerData, ...], Element(item="PassengerData")] = ()
    period_of_stay: Annotated[Text | None, Element(imo="IMO0123")] = None
    persons_onboard: PersonsOnboardNumber | None = None
    port_call_list: Annotated[tuple[ShipToPortActivity, ...], Element(item="PortCall")] = ()
    port_of_arrival: Annotated[PortOfArrival | None, Element(imo="IMO0108 IMO0109")] = None
    port_of_departure: Annotated[PortOfDeparture | None, Element(imo="IMO0111 IMO0112")] = None
    radio_communications: Text | None = None
    registry_certificate: Certificate | None = None
    reporting_event: LocationCall | None = None
    rob_bunkers: Annotated[tuple[ROBBunkers, ...], Element("ROBBunkers")] = ()
    security_other_matters_to_report: Annotated[Text | None, Element(imo="IMO0131")] = None
    ship_class: ShipClass | None = None
    ship_defects: Annotated[ShipDefects | None, Element(imo="IMO0372")] = None
    ship_id: Annotated[ShipID | None, Element("ShipID")] = None
    ship_sanitation_control_certificate: Certificate | None = None
    ship_sanitation_control_exemption_certificate: Certificate | None = None
    ship_status: Annotated[ShipStatus | None, Element(imo="IMO0332 IMO0333")] = None
    ship_store: Annotated[tuple[ShipStoreItem, ...], Element(item="StoreItem")] = ()
    ship_to_ship_activity_list: Annotated[tuple[ShipToShipActivity, ...], Element(item="ShipToShipActivity")] = ()
    ship_type: Annotated[Code | None, Element(imo="IMO0160")] = None
    summer_draught: Number | None = None
    voyage_description: tuple[VoyageDescriptionItem, ...] = ()
    voyage_event: tuple[VoyageEvent, ...] = ()
    voyage_number: Annotated[Text | None, Element(imo="IMO0191")] = None
    waste_disposal_requirements: Text | None = None
    waste_information: WasteInformation | None = None
    way_point_list: Annotated[tuple[Waypoint, ...], Element(item="WayPoint")] = ()
    weather_information: WeatherInformation | None = None

    @property
    def movement(self) -> Literal["arrival", "departure"] | None:
        """What the header's ArrivalDeparture says, spelled out or as A or D; None when it says neither."""
        return _MOVEMENTS.get((self.header.arrival_departure or "").lower())

    @property
    def port_call(self) -> LocationCall | None:
        """The stay at the port of call: PortOfDeparture for a departure, else PortOfArrival."""
        if self.movement == "departure":
            return self.port_of_departure
        return self.port_of_arrival or (self.port_of_departure if self.movement is None else None)

    @property
    def port(self) -> str | None:
        """UN/LOCODE of the port of call, in capitals and without spaces."""
        place = self.port_call.location if self.port_call else None
        return "".join(place.un_locode.split()).upper() if place and place.un_locode else None

    @property
    def eta(self) -> datetime | None:
        """The estimated arrival at the port of call, for a departure the estimated departure.

        None when there is none or it has no offset. A single time without a kind counts as estimated.
        """
        call = self.port_call
        if call is None:
            return None
        times = call.departure_time if self.movement == "departure" else call.arrival_time
        stated = [each for each in times if (each.time_type or "").lower() == "estimated"]
        if not stated and len(times) == 1 and times[0].time_type is None:
            stated = list(times)
        aware = (each.date_time for each in stated if each.date_time and each.date_time.utcoffset() is not None)
        return next(aware, None)

    @property
    def ship_name(self) -> str | None:
        return self.ship_id.ship_name if self.ship_id else None

    @property
    def imo_number(self) -> str | None:
        return self.ship_id.imo_number if self.ship_id else None

    @property
    def flag(self) -> str | None:
        """Country of the port of registry: its CountryCode, else the first two letters of its UN/LOCODE."""
        registry = self.ship_id.registration_port if self.ship_id else None
        if registry is None:
            return None
        return registry.country_code or (registry.un_locode[:2].upper() if registry.un_locode else None)

    @property
    def message_id(self) -> str | None:
        return self.header.ship_message_id

    @property
    def sender_id(self) -> str | None:
        return self.header.sender_id

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that hold anything, in the order of `messages.declaration.parts.PARTS`."""
        return parts_of(self)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values under the model's names, without what is absent or empty."""
        told = self.model_dump(mode="json", exclude_defaults=True)
        _emptied(told)
        return told

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The declaration whose `as_json` is `document`.

        Raises:
            pydantic.ValidationError: a name or value does not fit.
        """
        return cls.model_validate(document)

    def digest(self) -> str:
        """SHA-256 of the canonical JSON (keys sorted, no spaces) as `sha256:<hexadecimal>`."""
        canonical = orjson.dumps(self.as_json(), option=orjson.OPT_SORT_KEYS)
        return "sha256:" + hashlib.sha256(canonical).hexdigest()


def _emptied(value: Any) -> bool:
    """Take records and lists that say nothing out of `value`; whether that leaves nothing of it.

    Entries of a list stay, even empty: they count.
    """
    if isinstance(value, dict):
        for name in [name for name, each in value.items() if not isinstance(each, str) and _emptied(each)]:
            del value[name]
        return not value
    if isinstance(value, list):
        for each in value:
            _emptied(each)
        return not value
    return value is None
