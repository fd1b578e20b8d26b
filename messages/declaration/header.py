"""The message header: who sends what kind of message, when, and who signs for it."""

from typing import Annotated, ClassVar

from messages.declaration.parties import ContactInfo, CrewDuty, PersonName
from messages.declaration.places import Location
from messages.declaration.record import Code, Element, Instant, Record, Text


class Authenticator(ContactInfo):
    """Who attests the declaration, and when."""

    authentication_date: Annotated[Instant | None, Element(imo="IMO0014")] = None
    authenticator_role_code: Annotated[CrewDuty | None, Element(imo="IMO0128")] = None
    authenticator_location: Annotated[Location | None, Element(imo="IMO0015")] = None


class Header(Record):
    """The header of every message."""

    epc_type: ClassVar[str] = "EPCMessageHeaderType"

    reply_uri: Annotated[Text | None, Element("ReplyURI", imo="IMO0278")] = None
    sender_id: Annotated[Text | None, Element(imo="IMO0082")] = None
    sent_time: Annotated[Instant | None, Element(imo="IMO0078")] = None
    ship_message_id: Annotated[Text | None, Element(imo="IMO0277")] = None
    arrival_departure: Annotated[Text | None, Element(imo="IMO0013")] = None
    authenticator: Authenticator | None = None
    sender_duty: CrewDuty | None = None
    journal_number: Text | None = None
    message_type: Annotated[Code | None, Element(imo="IMO0192")] = None
    sender_name: PersonName | None = None
    authenticator_name: PersonName | None = None
    reporting_system: Annotated[Text | None, Element(imo="IMO0322")] = None
    relay_reporting_system: tuple[Text, ...] = ()
    version: Text | None = None
