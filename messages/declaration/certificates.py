"""Certificates of the ship."""

from typing import Annotated

from messages.declaration.parties import Organisation
from messages.declaration.places import Port
from messages.declaration.record import Code, Day, Element, Record, Text


class Certificate(Record):
    """A certificate of the ship."""

    certificate_number: Annotated[Text | None, Element(imo="IMO0306")] = None
    comment: Text | None = None
    expiry_date: Annotated[Day | None, Element(imo="IMO0071")] = None
    extended_until: Day | None = None
    issue_date: Annotated[Day | None, Element(imo="IMO0145")] = None
    last_endorsement_date: Day | None = None
    name: Text | None = None
    restrictions: Text | None = None
    code: Annotated[Code | None, Element(imo="IMO0307")] = None
    issuer_type: Annotated[Code | None, Element(imo="IMO0314")] = None
    certificate_status: Annotated[Code | None, Element(imo="IMO0311")] = None
    issuer: Annotated[Organisation | None, Element(imo="IMO0129")] = None
    issuer_location: Annotated[Port | None, Element("IsssuerLocation", imo="IMO0200", also="IssuerLocation")] = None
    issuer_location_code: Text | None = None
