"""Who answers for the call: agent, company, master, contacts and their addresses."""

from typing import Annotated, ClassVar

from messages.declaration.record import Code, Day, Element, Record, Text


class CrewDuty(Record):
    """A person's duty on board, as text or code."""

    text: Annotated[Text | None, Element(imo="IMO0042")] = None
    code: Annotated[Code | None, Element(imo="IMO0043")] = None


class PersonName(Record):
    """A person's name in the parts a travel document has."""

    epc_type: ClassVar[str] = "NameType"

    family_name: Text | None = None
    given_name: Text | None = None
    middle_name: Text | None = None


class PostalAddress(Record):
    """A postal address."""

    city_name: Text | None = None
    country_subdivision_name: Text | None = None
    line_five: Text | None = None
    line_four: Text | None = None
    line_one: Text | None = None
    line_three: Text | None = None
    line_two: Text | None = None
    post_code_code: Text | None = None
    post_office_box: Text | None = None
    street_name: Text | None = None
    street_number: Text | None = None
    country_code: Code | None = None


class CommunicationNumber(Record):
    """Numbers and addresses under which a party is reached."""

    business_telephone: Text | None = None
    email: Annotated[Text | None, Element("EMail")] = None
    home_telephone: Text | None = None
    mobile_telephone: Text | None = None
    telefax: Text | None = None


class ContactInfo(Record):
    """A party and how to reach it."""

    company: Text | None = None
    company_id: Text | None = None
    contact_numbers: CommunicationNumber | None = None
    person: PersonName | None = None
    address: PostalAddress | None = None


class Organisation(Record):
    """An organisation as registered."""

    name: Text | None = None
    registration_date: Day | None = None
    tax_identifier: tuple[Text, ...] = ()
    registration_country_code: Code | None = None


class Company(Record):
    """The company that runs the ship."""

    imo_company_id: Annotated[Text | None, Element("IMOCompanyId", imo="IMO0031")] = None
    contact: Annotated[ContactInfo | None, Element(imo="IMO1134 IMO1135")] = None
    organisation: Annotated[Organisation | None, Element(imo="IMO0032")] = None


class Agent(ContactInfo):
    """The ship's agent in the port."""


class CompanySecurityOfficer(ContactInfo):
    """The company's security officer, reachable at any hour."""
