"""Immigration: who arrives, who leaves, and by what document.

Immigration reads the crew list (FAL Convention, annex, section 2.6; FAL form 5) and the passenger list (section 2.7;
FAL form 6). Passengers travel on the documents of section 3.1, seafarers on those of section 3.10 (ILO Conventions
108 and 185). A complete list of at most thirty seafarers who all stay on board, with documents valid on the day,
is granted by rule. Everything else is read by an officer.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from agencies.agency import Agency, Assessment, Flag, awaited, counted
from agencies.declared import Element, declared, expires_before, moment_of
from messages.exchange import Notice

MOST_CREW_BY_RULE = 30

CREW = "FAL Convention, annex, 2.6 (FAL form 5)"
CREW_DOCUMENTS = "FAL Convention, annex, 3.10; ILO Conventions 108 and 185"
PASSENGERS = "FAL Convention, annex, 2.7 (FAL form 6)"
PASSENGER_DOCUMENTS = "FAL Convention, annex, 3.1"


def assess(notice: Notice) -> Assessment:
    """A small complete crew with valid documents and nobody changing is granted; the rest is read."""
    declaration, day = declared(notice), moment_of(notice)
    crew, passengers = declaration.items("crew_list"), declaration.items("passenger_list")
    carried = max(len(passengers), declaration.whole("persons_onboard.passengers") or 0)
    flags = (
        *crew_reasons(crew, declaration.whole("persons_onboard.crew"), notice),
        *passenger_reasons(passengers, carried, day),
    )
    expired = sum(bool(expired_documents(person, day)) for person in (*crew, *passengers))
    people = (f"{len(crew)} crew", counted(carried, "passenger", "passengers"))
    facts = (*people, counted(expired, "expired document", "expired documents"))
    if flags:
        return awaited(flags, facts=facts, subject=people)
    return Assessment(
        rule="immigration-small-crew",
        reason=f"{len(crew)} crew stay on board with documents valid on the day, and there are no passengers.",
        legal_basis=f"{CREW}; {CREW_DOCUMENTS}",
        facts=facts,
        subject=people,
    )


def crew_reasons(crew: tuple[Element, ...], counted_crew: int | None, notice: Notice) -> Iterator[Flag]:
    day = moment_of(notice)
    if not crew:
        yield Flag(reason="There is no crew list.", legal_basis=CREW)
    elif counted_crew is not None and counted_crew != len(crew):
        reason = f"The general declaration counts {counted_crew} crew, the list has {len(crew)}."
        yield Flag(reason=reason, legal_basis=CREW)
    if len(crew) > MOST_CREW_BY_RULE:
        yield Flag(reason=f"There are more than {MOST_CREW_BY_RULE} crew.", legal_basis=CREW)
    if unclear := sum(not complete(person) for person in crew):
        entries = counted(unclear, "entry lacks", "entries lack")
        reason = f"In the crew list {entries} a name, nationality, date of birth or document."
        yield Flag(reason=reason, legal_basis=CREW)
    if expired := sum(bool(expired_documents(person, day)) for person in crew):
        who = counted(expired, "crew member has", "crew members have")
        yield Flag(reason=f"{who} an expired document.", legal_basis=CREW_DOCUMENTS)
    if changing := sum(changes_here(person, notice) for person in crew):
        who = counted(changing, "crew member joins or leaves", "crew members join or leave")
        yield Flag(reason=f"{who} here.", legal_basis=CREW)


def passenger_reasons(passengers: tuple[Element, ...], carried: int, day: datetime) -> Iterator[Flag]:
    if carried:
        who = counted(carried, "passenger is", "passengers are")
        yield Flag(reason=f"{who} on board.", legal_basis=PASSENGERS)
    if expired := sum(bool(expired_documents(person, day)) for person in passengers):
        who = counted(expired, "passenger has", "passengers have")
        yield Flag(reason=f"{who} an expired document.", legal_basis=PASSENGER_DOCUMENTS)


def complete(person: Element) -> bool:
    """Whether the entry has what form 5 asks for: a name, nationality, date of birth, a document with its expiry."""
    documents = person.items("person_id_document")
    return bool(
        person.text("name.family_name", "name.given_name")
        and person.text("nationality")
        and person.time("date_of_birth")
        and any(document.text("id_number") and document.time("expiration_date") for document in documents)
    )


def expired_documents(person: Element, day: datetime) -> list[Element]:
    documents = person.items("person_id_document")
    return [each for each in documents if expires_before(each, day, "expiration_date")]


def changes_here(person: Element, notice: Notice) -> bool:
    """Whether the person leaves the ship here, or joined it here for this voyage rather than an earlier one."""
    if person.port("debarkation_port") == notice.port:
        return True
    joined = person.time("embarkation_date")
    recent = joined is None or joined > moment_of(notice) - timedelta(days=1)
    return person.port("embarkation_port") == notice.port and recent


IMMIGRATION = Agency("immigration", "Immigration", assess, ("passenger_list", "crew_list", "persons_onboard"))
