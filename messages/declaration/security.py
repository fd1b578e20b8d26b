"""Ship security as ISPS asks for it: levels, earlier port calls, activities with other ships."""

from typing import Annotated

from messages.declaration.places import Location, Port
from messages.declaration.record import Code, Element, Flag, Instant, Record, Text, Whole


class SecurityMeasure(Record):
    """A security measure beyond the approved plan."""

    description: Annotated[Text | None, Element(imo="IMO0135 IMO0151")] = None
    code: Annotated[Code | None, Element(imo="IMO0133 IMO0150")] = None


class ISSCertificateStatus(Record):
    """Whether the ship holds a valid International Ship Security Certificate."""

    iss_certificate_status_reason_not_valid: Annotated[
        Text | None, Element("ISSCertificateStatusReasonNotValid", imo="IMO0068")
    ] = None
    issc_status: Annotated[Flag | None, Element("ISSCStatus", imo="IMO0067")] = None
    iss_certificate_status_reason_not_valid_code: Annotated[
        Code | None, Element("ISSCertificateStatusReasonNotValidCode", imo="IMO0069")
    ] = None


class ShipToPortActivity(Record):
    """A call at a port facility."""

    from_date_time: Annotated[Instant | None, Element(imo="IMO0124")] = None
    sequence_number: Annotated[Whole | None, Element(imo="IMO0110")] = None
    to_date_time: Annotated[Instant | None, Element(imo="IMO0125")] = None
    port_security_level: Annotated[Code | None, Element(imo="IMO0149")] = None
    port: Annotated[Port | None, Element(imo="IMO0126 IMO0127 IMO0188 IMO0189")] = None
    additional_security_measure: Annotated[tuple[SecurityMeasure, ...], Element(imo="IMO0133")] = ()


class ShipToShipActivity(Record):
    """An activity with another ship."""

    activity: Annotated[Text | None, Element(imo="IMO0162")] = None
    from_date_time: Annotated[Instant | None, Element(imo="IMO0166")] = None
    sequence_number: Annotated[Whole | None, Element(imo="IMO0165")] = None
    to_date_time: Annotated[Instant | None, Element(imo="IMO0163")] = None
    location: Annotated[Location | None, Element(imo="IMO0164 IMO0167")] = None
    ship_security_measure: Annotated[tuple[SecurityMeasure, ...], Element(imo="IMO0150")] = ()
    code: Annotated[Code | None, Element(imo="IMO0161")] = None
