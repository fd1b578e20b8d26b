"""The advance waste notification."""

from typing import Annotated

from messages.declaration.measures import Measure
from messages.declaration.parties import ContactInfo
from messages.declaration.places import LocationCall, Port
from messages.declaration.record import Code, Element, Record, Text


class WasteType(Record):
    """What kind of waste."""

    description: Annotated[Text | None, Element(imo="IMO0190")] = None
    code: Annotated[Code | None, Element(imo="IMO0183")] = None


class WasteDisposalInformation(Record):
    """One kind of waste: what is delivered, kept and still to come."""

    estimated_generated: Annotated[Measure | None, Element(imo="IMO0173")] = None
    max_storage: Annotated[Measure | None, Element(imo="IMO0180")] = None
    retained_onboard: Annotated[Measure | None, Element(imo="IMO0175")] = None
    to_be_delivered: Annotated[Measure | None, Element(imo="IMO0174")] = None
    disposed_of_in_port: Annotated[Port | None, Element(imo="IMO0121 IMO0122")] = None
    waste_type: WasteType | None = None


class WasteInformation(Record):
    """The advance waste notification."""

    comment: Text | None = None
    point_of_contact: Annotated[ContactInfo | None, Element(imo="IMO0181")] = None
    last_port_delivered: Annotated[LocationCall | None, Element(imo="IMO0115 IMO0116 IMO0179")] = None
    next_port_to_deliver: Annotated[Port | None, Element(imo="IMO0119 IMO0120")] = None
    waste_delivery_status: Annotated[Code | None, Element(imo="IMO0178")] = None
    waste_disposal_information: tuple[WasteDisposalInformation, ...] = ()
