"""Persons on board: crew list (FAL 5) and passenger list (FAL 6)."""

from typing import Annotated

from messages.declaration.health import PersonHealthParticulars
from messages.declaration.parties import CrewDuty, PersonName, PostalAddress
from messages.declaration.places import Port
from messages.declaration.record import Code, Day, Element, Flag, Instant, Record, Text


class PersonIdDocument(Record):
    """An identity or travel document, or a visa."""

    expiration_date: Annotated[Day | None, Element(imo="IMO0101")] = None
    id_number: Annotated[Text | None, Element(imo="IMO0103")] = None
    issue_date: Annotated[Day | None, Element(imo="IMO0259")] = None
    issuing_country: Annotated[Code | None, Element(imo="IMO0102")] = None
    id_document: Annotated[Code | None, Element(imo="IMO0104")] = None


class PersonOnboard(Record):
    """A person on board, whatever the person does there."""

    date_of_birth: Annotated[Day | None, Element(imo="IMO0097")] = None
    debarkation_date: Annotated[Instant | None, Element(imo="IMO0522")] = None
    embarkation_date: Annotated[Instant | None, Element(imo="IMO0219 IMO0595")] = None
    place_of_birth: Annotated[Text | None, Element(imo="IMO0106")] = None
    remarks: Text | None = None
    transit: Annotated[Flag | None, Element(imo="IMO0089")] = None
    country_of_birth: Annotated[Code | None, Element(imo="IMO0096")] = None
    nationality: Annotated[Code | None, Element(imo="IMO0105")] = None
    country_of_residence: Code | None = None
    gender: Annotated[Code | None, Element(imo="IMO0099")] = None
    name: Annotated[PersonName | None, Element(imo="IMO0098 IMO0100")] = None
    person_health_particulars: PersonHealthParticulars | None = None
    person_id_document: tuple[PersonIdDocument, ...] = ()
    visa_number: Annotated[tuple[PersonIdDocument, ...], Element(imo="IMO0095")] = ()
    person_reference: Annotated[Text | None, Element(imo="IMO0044")] = None
    embarkation_port: Annotated[Port | None, Element(imo="IMO0091 IMO0094")] = None
    debarkation_port: Annotated[Port | None, Element(imo="IMO0092 IMO0093")] = None
    home_address: Annotated[PostalAddress | None, Element(imo="IMO0254 IMO0255 IMO0256 IMO0257 IMO0258 IMO0576")] = None
    visit_address: PostalAddress | None = None


class CrewMemberData(PersonOnboard):
    """A member of the crew."""

    duty: CrewDuty | None = None


class PassengerData(PersonOnboard):
    """A passenger."""
