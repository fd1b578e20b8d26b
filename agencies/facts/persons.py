"""Crew and passengers: one row a person, with the documents and where the person joins and leaves.

What an officer compares is in the row (FAL forms 5 and 6); an address, a remark and the like unfold from the name.
"""

from collections.abc import Iterator
from typing import Any

from agencies.declared import Element
from agencies.facts.pieces import Cell, Grid, Line, Panel, Row, Word, cell, doubtful, soft, without_empty_columns
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.immigration import changes_here
from agencies.views import ROWS_AT_FIRST
from agencies.words import label

TRANSIT = {True: "in transit", False: "not in transit", None: ""}
COLUMNS = ("Name and rank", "Nationality", "Born", "Documents", "Joins and leaves")

TIGHT = frozenset({"Born", "Documents", "Joins and leaves"})


def crew(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The crew list."""
    yield from people(rest, visit, "crew_list", "Crew")


def passengers(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The passenger list."""
    yield from people(rest, visit, "passenger_list", "Passengers")


def people(rest: Rest, visit: Visit, path: str, title: str) -> Iterator[Panel]:
    if members := rest.members(path):
        yield Panel(path, title, grids=(grid(members, visit, path),), count=len(members))


def grid(members: list[Any], visit: Visit, path: str, start: int = 0, rows: int = ROWS_AT_FIRST) -> Grid:
    """The persons from `start` on, at most `rows` of them."""
    shown = enumerate(members[start : start + rows], start + 1)
    rank = "" if path == "crew_list" else "Passenger"
    found = tuple(person(Rest(member), visit, number, rank) for number, member in shown)
    return without_empty_columns(Grid(path, label(path), COLUMNS, found, len(members), start, tight=TIGHT))


def person(rest: Rest, visit: Visit, number: int, rank: str) -> Row:
    changes = changes_here(Element(rest.value), visit.notice)
    documents = tuple(document_lines(rest, visit))
    cells = (
        cell((soft(str(number)), named(rest)), soft(capitalised(rest.text("duty")) or rank)),
        cell(rest.country("nationality")),
        born(rest),
        cell(*documents),
        journey(rest, visit, changes=changes),
    )
    return Row(cells, rest.leftovers())


def named(rest: Rest) -> Word:
    """`KOVALENCHUK Ostap Hryhorovych`: the family name in capitals. Many people have one name only."""
    family = rest.text("name.family_name").upper()
    given = " ".join(filter(None, (rest.text("name.given_name"), rest.text("name.middle_name"))))
    return Word(" ".join(filter(None, (family, given))) or "no name")


def capitalised(duty: str) -> str:
    """`MASTER` as `Master`; a code stays a code."""
    return duty.capitalize() if duty.isupper() and len(duty) > len("MST") else duty


def born(rest: Rest) -> Cell:
    place = Word(rest.text("place_of_birth"))
    country = rest.country("country_of_birth")
    return cell(Word(rest.text("date_of_birth")), (soft(place.text), soft(country.text, country.title)))


def document_lines(rest: Rest, visit: Visit) -> Iterator[Line]:
    """A line for each document and visa; what a line has no room for stays with the person."""
    for path, kind in (("person_id_document", ""), ("visa_number", "Visa")):
        left = []
        for member in rest.members(path):
            document = Rest(member)
            yield document_line(document, visit, kind)
            left.append(document.value)
        if any(left):
            rest.value[path] = [each for each in left if each]


def document_line(document: Rest, visit: Visit, kind: str) -> Line:
    state = visit.expiry(Element(document.value), "expiration_date")
    words = " ".join(filter(None, (document.text("id_document") or kind, document.text("id_number"))))
    issuer, ends = document.country("issuing_country"), document.text("expiration_date")
    return (Word(words), soft(issuer.text, issuer.title), soft(f"to {ends}" if ends else ""), state)


def journey(rest: Rest, visit: Visit, *, changes: bool) -> Cell:
    joins, leaves = rest.place("embarkation_port"), rest.place("debarkation_port")
    transit = TRANSIT[rest.answer("transit")]
    came, goes = visit.day(rest, "embarkation_date"), visit.time(rest, "debarkation_date")
    return cell(
        (soft("joined" if joins or came else ""), joins, soft(came)),
        (soft("leaves" if leaves or goes else ""), leaves, soft(goes)),
        (doubtful("changes here" if changes else ""), soft(transit)),
    )
