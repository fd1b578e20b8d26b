"""The ship: identity, class, draughts, state and defects."""

from typing import Annotated

from messages.declaration.places import RegistrationPort
from messages.declaration.record import Code, Element, Flag, Number, Record, Text


class ShipID(Record):
    """The ship's identity."""

    call_sign: Annotated[Text | None, Element(imo="IMO0136")] = None
    comment: Text | None = None
    imo_number: Annotated[Text | None, Element("IMONumber", imo="IMO0140")] = None
    mmsi_number: Annotated[Text | None, Element("MMSINumber", imo="IMO0326")] = None
    ship_name: Annotated[Text | None, Element(imo="IMO0142")] = None
    registration_port: Annotated[RegistrationPort | None, Element(imo="IMO0147 IMO0148")] = None


class ShipClass(Record):
    """Classification of the ship."""

    notation: Text | None = None
    society_name: Text | None = None
    society_code: Code | None = None
    country: Code | None = None


class IceClass(Record):
    """What ice the ship is built for."""

    comment: Text | None = None
    baltic_ice_class: Code | None = None
    polar_class: Code | None = None


class InmarsatCallNumber(Record):
    """Satellite call numbers."""

    alternative: Text | None = None
    inmarsat: Annotated[Text | None, Element(imo="IMO0141")] = None


class ShipDefects(Record):
    """Defects and limits the port must know of."""

    ability_to_transfer_cargo_ballast_fuel: Flag | None = None
    cargo_handling: Text | None = None
    communication: Annotated[Text | None, Element("Commuication", also="Communication")] = None
    hull_integrity: Text | None = None
    manoeuvrability: Annotated[Text | None, Element("Maneuvrability", also="Manoeuvrability")] = None
    mooring: Text | None = None
    navigation: Text | None = None
    other: Annotated[Text | None, Element(imo="IMO0372")] = None


class ShipStatus(Record):
    """How the ship moves at the time of reporting."""

    course: Annotated[Number | None, Element(imo="IMO0332")] = None
    pilot_onboard: Flag | None = None
    present_draught: Annotated[Number | None, Element(imo="IMO0357")] = None
    speed: Annotated[Number | None, Element(imo="IMO0333")] = None
    navigational_status: Code | None = None


class BallastStatus(Record):
    """State of the ballast."""

    is_clean: Flag | None = None
    remarks: Text | None = None


class ArrivalDraught(Record):
    """Draughts on arrival, in metres."""

    aft_draught: Annotated[Number | None, Element(imo="IMO0622")] = None
    fore_draught: Annotated[Number | None, Element(imo="IMO0621")] = None
    mid_ship_draught: Annotated[Number | None, Element(imo="IMO0357")] = None


class DepartureDraught(Record):
    """Draughts on departure, in metres."""

    aft_draught: Annotated[Number | None, Element(imo="IMO0622")] = None
    fore_draught: Annotated[Number | None, Element(imo="IMO0621")] = None
    mid_ship_draught: Annotated[Number | None, Element(imo="IMO0357")] = None
