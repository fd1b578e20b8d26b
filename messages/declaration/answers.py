"""What a single window answers: receipt, acknowledgement per authority; and what an agent takes back."""

from typing import Annotated

from messages.declaration.record import Code, Element, Flag, Record, Text


class RequestStatus(Record):
    """How a request stands with one authority."""

    comment: Annotated[Text | None, Element(imo="IMO0284")] = None
    status: Annotated[Code | None, Element(imo="IMO0283")] = None


class EPCClearanceStatus(Record):
    """One authority's word."""

    authority: Text | None = None
    request_status: RequestStatus | None = None
    uses_sw: Annotated[Flag | None, Element("UsesSW")] = None


class EPCReceiptBody(Record):
    """What was done with a message, at once."""

    current_port_security_level: Code | None = None
    request_error_code: Text | None = None
    request_processed: Flag | None = None
    request_status: tuple[Code, ...] = ()
    epc_clearance_status: Annotated[tuple[EPCClearanceStatus, ...], Element("EPCClearanceStatus")] = ()


class EPCAcknowledgeBody(Record):
    """The decisions of the authorities, as they come."""

    epc_clearance_status: Annotated[tuple[EPCClearanceStatus, ...], Element("EPCClearanceStatus")] = ()


class EPCCancelBody(Record):
    """Takes back an earlier message."""

    cancel: Flag | None = None


Answer = EPCReceiptBody | EPCAcknowledgeBody | EPCCancelBody
"""A body that is no request."""
