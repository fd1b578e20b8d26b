"""Dangerous goods (FAL 7) and goods lost overboard."""

from typing import Annotated

from messages.declaration.measures import Measure
from messages.declaration.parties import ContactInfo
from messages.declaration.places import Port
from messages.declaration.record import Code, Element, Flag, Record, Text, Whole


class Attachment(Record):
    """A document that travels beside the message."""

    description: Text | None = None
    uri: Annotated[Text | None, Element("URI")] = None


class DGSafetyDataSheet(Record):
    """What the IMDG Code asks to be known of a dangerous substance."""

    additional_information: Annotated[Text | None, Element(imo="IMO0186")] = None
    proper_shipping_name: Annotated[Text | None, Element(imo="IMO0055")] = None
    segregation_information: Annotated[Text | None, Element(imo="IMO0798")] = None
    technical_specification: Annotated[Text | None, Element(imo="IMO0059")] = None
    un_number: Annotated[Text | None, Element("UNNumber", imo="IMO0060")] = None
    dg_classification: Annotated[Code | None, Element("DGClassification", imo="IMO0198")] = None
    emergency_instruction: Annotated[Code | None, Element(imo="IMO0047")] = None
    marpol_pollution_code: Annotated[Code | None, Element("MARPOLPollutionCode", imo="IMO0051")] = None
    mass: Annotated[Measure | None, Element(imo="IMO0052")] = None
    volume: Annotated[Measure | None, Element(imo="IMO0061")] = None
    flash_point: Annotated[Measure | None, Element(imo="IMO0048")] = None
    packing_group: Annotated[Code | None, Element(imo="IMO0054")] = None
    un_class: Annotated[Code | None, Element("UNClass", imo="IMO0049")] = None
    subsidiary_risks: Annotated[tuple[Code, ...], Element(imo="IMO0058")] = ()


class SpecialCargoDetails(Record):
    """What is special about a cargo item: dangerous, or carried for someone else."""

    comment: Text | None = None
    no_of_packages: Annotated[Whole | None, Element(imo="IMO0053")] = None
    vehicle_identification_number: Annotated[Text | None, Element(imo="IMO0197")] = None
    safety_data_sheet_reference: Attachment | None = None
    cargo_information_holder: Annotated[ContactInfo | None, Element(imo="IMO0364 IMO0365 IMO0366 IMO0367 IMO0368")] = (
        None
    )
    consignor: Annotated[ContactInfo | None, Element(imo="IMO0682")] = None
    packer: ContactInfo | None = None
    dg_safety_data_sheet: Annotated[DGSafetyDataSheet | None, Element("DGSafetyDataSheet")] = None
    dangerous_goods_package_type: Annotated[Code | None, Element(imo="IMO0187")] = None
    original_port_of_shipment: Port | None = None


class LostCargoDetails(Record):
    """Goods lost, or likely to be lost, overboard."""

    cause_of_loss: Text | None = None
    estimated_area: Whole | None = None
    estimated_movement: Text | None = None
    goods_condition: Text | None = None
    loss_continuing: Flag | None = None
    lost_goods_status: Code | None = None
    estimated_goods_lost: Measure | None = None


class DGInfo(Record):
    """Dangerous goods on board, in general terms."""

    description: Annotated[Text | None, Element(imo="IMO0055")] = None
    remarks: Text | None = None
    un_number: Annotated[Text | None, Element("UNNumber", imo="IMO0060")] = None
    marpol_code: Annotated[Code | None, Element("MARPOLCode", imo="IMO0051")] = None
    measure: Measure | None = None
    un_hazard_class: Annotated[Code | None, Element("UNHazardClass", imo="IMO0049")] = None
