"""Rules on crew and passengers: counts, the master, names, births and travel documents.

Most hold for both lists; `_for_both` makes one rule for each, so that a finding names the form it concerns.
Document numbers are said back masked, because findings travel further than the lists do.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from messages.declaration import Declaration
from messages.declaration.people import CrewMemberData, PersonIdDocument, PersonOnboard
from messages.rules.rule import Rule, Wrong, rule, wrong
from messages.rules.times import day_of_call, spoken_day

BORN_AFTER = date(1900, 1, 1)
"""Nobody born earlier is alive."""

_LISTS = {"CRW": "crew_list", "PAX": "passenger_list"}
_MASTER = frozenset({"MASTER", "CAPTAIN", "CAPT", "MST", "SHIP MASTER", "MASTER MARINER", "MASTER CAPTAIN"})
"""How the duty of the one in command is written, without punctuation."""
_SHOWN_EACH_END = 2

People = Sequence[PersonOnboard]
Identity = tuple[str, str, str]
"""Country, kind and number of a document."""
Asked = Callable[[Declaration, People, str], Iterator[Wrong]]


def master(d: Declaration) -> list[int]:
    """Positions in the crew list of those whose duty is master."""
    return [position for position, each in enumerate(d.crew_list) if _duty(each) in _MASTER]


def masked(number: str) -> str:
    """A document number with its middle hidden: enough to find it, too little to use it."""
    compact = "".join(number.split()).upper()
    if len(compact) <= 2 * _SHOWN_EACH_END:
        return "*" * len(compact)
    return f"{compact[:_SHOWN_EACH_END]}{'*' * 4}{compact[-_SHOWN_EACH_END:]}"


@rule("MSW-CRW-001")
def crew_count_is_the_list_s(d: Declaration) -> Iterator[Wrong]:
    yield from _count(d, "crew", d.crew_list)


@rule("MSW-PAX-001")
def passenger_count_is_the_list_s(d: Declaration) -> Iterator[Wrong]:
    yield from _count(d, "passengers", d.passenger_list)


@rule("MSW-CRW-002")
def total_is_crew_and_passengers(d: Declaration) -> Iterator[Wrong]:
    stated = d.persons_onboard
    if stated is None or stated.number_of_persons_onboard is None or stated.crew is None:
        return
    passengers = stated.passengers if stated.passengers is not None else len(d.passenger_list)
    if stated.number_of_persons_onboard != stated.crew + passengers:
        path = "persons_onboard.number_of_persons_onboard"
        yield wrong(path, stated.number_of_persons_onboard, crew=stated.crew, passengers=passengers)


@rule("MSW-CRW-003")
def somebody_is_master(d: Declaration) -> Iterator[Wrong]:
    """Only where every duty is in words: a coded one may be the master's."""
    if d.crew_list and not master(d) and all(_duty(each) for each in d.crew_list):
        yield wrong("crew_list", len(d.crew_list))


@rule("MSW-CRW-004")
def nobody_else_is_master(d: Declaration) -> Iterator[Wrong]:
    first, *others = master(d) or [0]
    for position in others:
        yield wrong(f"crew_list.{position}.duty.text", "MASTER", row=position + 1, first=first + 1)


@rule("MSW-CRW-005")
def everybody_has_a_duty(d: Declaration) -> Iterator[Wrong]:
    for position, each in enumerate(d.crew_list):
        if each.duty is None or not (each.duty.text or each.duty.code):
            yield wrong(f"crew_list.{position}.duty", None, row=position + 1)


@rule("MSW-CRW-006")
def the_master_signs_under_one_name(d: Declaration) -> Iterator[Wrong]:
    signer = d.authenticator
    role = signer.authenticator_role_code if signer else None
    positions = master(d)
    if signer is None or role is None or (role.text or "").upper() != "MASTER" or len(positions) != 1:
        return
    signed, listed = _family_name(signer.person), _family_name(d.crew_list[positions[0]].name)
    if signed and listed and signed != listed:
        yield wrong("authenticator.person", signed, listed=listed, row=positions[0] + 1)


def _names(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    for position, each in enumerate(people):
        if each.name is None or not (each.name.family_name or each.name.given_name):
            yield wrong(f"{path}.{position}.name", None, row=position + 1)


def _births_stated(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    for position, each in enumerate(people):
        if each.date_of_birth is None:
            yield wrong(f"{path}.{position}.date_of_birth", None, row=position + 1)


def _births(d: Declaration, people: People, path: str) -> Iterator[Wrong]:
    latest = _last_possible_birth(d)
    for position, each in enumerate(people):
        born = each.date_of_birth
        if born is not None and (born < BORN_AFTER or (latest is not None and born > latest)):
            yield wrong(f"{path}.{position}.date_of_birth", spoken_day(born), row=position + 1)


def _nationalities(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    for position, each in enumerate(people):
        if each.nationality is None:
            yield wrong(f"{path}.{position}.nationality", None, row=position + 1)


def _documents(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    for position, each in enumerate(people):
        if not any(document.id_number for document in each.person_id_document):
            yield wrong(f"{path}.{position}.person_id_document", None, row=position + 1)


def _expiries(d: Declaration, people: People, path: str) -> Iterator[Wrong]:
    day = day_of_call(d)
    for position, each in enumerate(people) if day else ():
        for field, kept in (("person_id_document", each.person_id_document), ("visa_number", each.visa_number)):
            for which, document in enumerate(kept):
                expires = document.expiration_date
                if expires is not None and day is not None and expires < day:
                    where = f"{path}.{position}.{field}.{which}.expiration_date"
                    kind = "visa" if field == "visa_number" else _kind(document)
                    yield wrong(where, spoken_day(expires), row=position + 1, kind=kind, day=spoken_day(day))


def _issued_before_expiry(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    for position, each in enumerate(people):
        for which, document in enumerate(each.person_id_document):
            issued, expires = document.issue_date, document.expiration_date
            if issued is not None and expires is not None and expires <= issued:
                where = f"{path}.{position}.person_id_document.{which}.expiration_date"
                yield wrong(where, spoken_day(expires), row=position + 1, issued=spoken_day(issued))


def _documents_once(d: Declaration, people: People, path: str) -> Iterator[Wrong]:
    """Whoever shows a document first counts, crew before passengers; a person may show one twice."""
    crew = _shown(d.crew_list, "crew_list") if path != "crew_list" else ()
    holders = {identity: holder for identity, holder, _ in reversed(tuple(crew))}
    for identity, mine, which in _shown(people, path):
        first = holders.setdefault(identity, mine)
        if first != mine:
            position = mine[1]
            number = people[position].person_id_document[which].id_number or ""
            where = f"{path}.{position}.person_id_document.{which}.id_number"
            known = f"{first[0].removesuffix('_list')} row {first[1] + 1}"
            yield wrong(where, masked(number), row=position + 1, first=known)


def _references_once(_: Declaration, people: People, path: str) -> Iterator[Wrong]:
    rows: dict[str, int] = {}
    for position, each in enumerate(people):
        if each.person_reference is None:
            continue
        first = rows.setdefault(each.person_reference, position)
        if first != position:
            where = f"{path}.{position}.person_reference"
            yield wrong(where, each.person_reference, row=position + 1, first=first + 1)


_ASKED_OF_BOTH: dict[str, Asked] = {
    "011": _names,
    "012": _births_stated,
    "013": _births,
    "014": _nationalities,
    "015": _documents,
    "016": _expiries,
    "017": _issued_before_expiry,
    "018": _documents_once,
    "019": _references_once,
}


def _for_both(number: str, asked: Asked) -> tuple[Rule, ...]:
    def of(path: str) -> Callable[[Declaration], Iterator[Wrong]]:
        return lambda d: asked(d, getattr(d, path), path)

    return tuple(rule(f"MSW-{area}-{number}")(of(path)) for area, path in _LISTS.items())


def _count(d: Declaration, name: str, people: People) -> Iterator[Wrong]:
    stated = getattr(d.persons_onboard, name) if d.persons_onboard else None
    if stated is not None and stated != len(people):
        yield wrong(f"persons_onboard.{name}", stated, listed=len(people))


def _duty(each: CrewMemberData) -> str:
    words = (each.duty.text or "") if each.duty else ""
    return " ".join(re.findall(r"\w+", words.upper()))


def _family_name(name: Any) -> str:
    return (name.family_name or name.given_name or "").upper() if name else ""


def _kind(document: PersonIdDocument) -> str:
    return {"Passport": "passport", "MusterBook": "seafarer's book"}.get(document.id_document or "", "document")


def _last_possible_birth(d: Declaration) -> date | None:
    """The day of sending where the sender is, a day later for whoever is east of there; else the day of call."""
    return d.header.sent_time.date() + timedelta(days=1) if d.header.sent_time else day_of_call(d)


def _shown(people: People, path: str) -> Iterator[tuple[Identity, tuple[str, int], int]]:
    """Every numbered document: what tells it from others, the list and position of its holder, its own position."""
    for position, each in enumerate(people):
        for which, document in enumerate(each.person_id_document):
            if document.id_number:
                number = "".join(document.id_number.split()).upper()
                identity = (document.issuing_country or "", document.id_document or "", number)
                yield identity, (path, position), which


RULES = (
    crew_count_is_the_list_s,
    passenger_count_is_the_list_s,
    total_is_crew_and_passengers,
    somebody_is_master,
    nobody_else_is_master,
    everybody_has_a_duty,
    the_master_signs_under_one_name,
    *(made for number, asked in _ASKED_OF_BOTH.items() for made in _for_both(number, asked)),
)
