"""The cargo declaration (FAL 2): consignments, their items, and the equipment they travel in."""

from typing import Annotated

from messages.declaration.hazards import LostCargoDetails, SpecialCargoDetails
from messages.declaration.measures import Measure
from messages.declaration.parties import ContactInfo
from messages.declaration.places import Port
from messages.declaration.record import Code, Element, Record, Text, Whole


class TransportEquipment(Record):
    """A container, trailer or the like."""

    marks_and_numbers: Annotated[Text | None, Element(imo="IMO0021")] = None
    onboard_location: Annotated[Text | None, Element(imo="IMO0045")] = None


class GoodsType(Record):
    """What goods they are."""

    description: Annotated[Text | None, Element(imo="IMO0022")] = None
    hs_code: Annotated[Text | None, Element("HSCode", imo="IMO0025")] = None


class CargoItem(Record):
    """One kind of goods of a consignment."""

    item_number: Text | None = None
    marks_and_number: Annotated[Text | None, Element(imo="IMO0026")] = None
    no_of_packages: Annotated[Whole | None, Element(imo="IMO0028")] = None
    no_of_units: Whole | None = None
    seal_number: Annotated[Text | None, Element(imo="IMO0509")] = None
    transport_document_id: Text | None = None
    vehicle_identification_number: Annotated[Text | None, Element(imo="IMO0197")] = None
    cargo_type: Code | None = None
    consignee: Annotated[ContactInfo | None, Element(imo="IMO0695")] = None
    goods_type: GoodsType | None = None
    lost_dg_details: Annotated[LostCargoDetails | None, Element("LostDGDetails")] = None
    quantity: Measure | None = None
    gross_weight: Annotated[Measure | None, Element(imo="IMO0024")] = None
    gross_volume: Annotated[Measure | None, Element(imo="IMO0023")] = None
    package_type: Annotated[Code | None, Element(imo="IMO0029")] = None
    special_cargo_details: tuple[SpecialCargoDetails, ...] = ()
    transport_equipment: tuple[TransportEquipment, ...] = ()


class Consignment(Record):
    """Goods under one transport document."""

    consignment_number: Text | None = None
    dangerous_goods_shippers_reference_number: Annotated[Text | None, Element(imo="IMO0056")] = None
    number_of_items: Whole | None = None
    transport_document_id: Annotated[Text | None, Element(imo="IMO0170")] = None
    cargo_item: tuple[CargoItem, ...] = ()
    port_of_loading: Annotated[Port | None, Element(imo="IMO0117 IMO0118")] = None
    port_of_discharge: Annotated[Port | None, Element(imo="IMO0113 IMO0114")] = None


class CargoData(Record):
    """The cargo carried."""

    consignment: tuple[Consignment, ...] = ()
    transport_equipment: tuple[TransportEquipment, ...] = ()
