"""What port security reads: certificate, levels, earlier calls, and work beside other ships (SOLAS XI-2/9.2.1)."""

from collections.abc import Iterator
from typing import Any

from agencies.declared import Element
from agencies.facts.pieces import Cell, Grid, Panel, Row, Word, bad, cell, doubtful, facts, good, soft
from agencies.facts.pieces import without_empty_columns as dense
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.security import security_level
from agencies.views import ROWS_AT_FIRST
from agencies.words import label

CALLS = ("Port", "From", "To", "Level", "Measures")
TIGHT = frozenset({"From", "To", "Level"})
SHIP_TO_SHIP = ("Activity", "Where", "From", "To", "Measures")


def certificate(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The ship's level and its International Ship Security Certificate."""
    held = Element(rest.value).at("iss_certificate")
    state = visit.expiry(held, "expiry_date", "extended_until")
    valid = {True: good("said to be valid"), False: bad("said not to be valid"), None: Word("")}
    plan = {True: Word("on board"), False: bad("not on board"), None: Word("")}
    said, planned = rest.answer("iss_certificate_status.issc_status"), rest.answer("has_security_plan")
    found = facts(
        ("Security level of the ship", level(rest, "current_ship_security_level")),
        ("Certificate", (state or valid[said],)),
        ("Number", Word(rest.text("iss_certificate.certificate_number"))),
        ("Issued", Word(rest.text("iss_certificate.issue_date"))),
        ("Expires", Word(rest.text("iss_certificate.expiry_date"))),
        ("Issuer", (Word(rest.text("iss_certificate.issuer.name")), rest.place("iss_certificate.issuer_location"))),
        ("Security plan", plan[planned]),
        (label("cso"), Word(rest.text("cso"))),
        ("Other matters", Word(rest.text("security_other_matters_to_report"))),
        *(left(rest, "iss_certificate") + left(rest, "iss_certificate_status")),
    )
    if found:
        yield Panel("iss_certificate", "International Ship Security Certificate", found)


def left(rest: Rest, path: str) -> list[tuple[str, Word]]:
    """What remains of the element at `path`, taken out."""
    remaining = Rest(rest.take(path)) if isinstance(rest.at(path), dict) else Rest({})
    return [(words, Word(text)) for words, text in remaining.leftovers()]


def level(rest: Rest, path: str) -> Word:
    """A security level in words, marked when it is raised."""
    said = rest.text(path)
    number = security_level(said)
    return Word(said) if number is None else doubtful(f"level {number}") if number > 1 else Word(f"level {number}")


def calls(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The last calls at port facilities."""
    if members := rest.members("port_call_list"):
        grid = calls_grid(members, visit, "port_call_list")
        yield Panel("port_call_list", grid.title, grids=(grid,), count=len(members))


def calls_grid(members: list[Any], visit: Visit, path: str, start: int = 0, rows: int = ROWS_AT_FIRST) -> Grid:
    found = tuple(call(Rest(each), visit) for each in members[start : start + rows])
    return dense(Grid(path, label(path.rpartition(".")[2]), CALLS, found, len(members), start, tight=TIGHT))


def call(rest: Rest, visit: Visit) -> Row:
    number = rest.text("sequence_number")
    cells = (
        cell((soft(number), rest.place("port"))),
        *times(rest, visit),
        cell(level(rest, "port_security_level")),
        cell(*measures(rest, "additional_security_measure")),
    )
    return Row(cells, rest.leftovers())


def times(rest: Rest, visit: Visit) -> tuple[Cell, Cell]:
    begun, ended = visit.time(rest, "from_date_time"), visit.time(rest, "to_date_time")
    return cell(Word(begun)), cell(Word(ended))


def measures(rest: Rest, path: str) -> list[Word]:
    words = []
    left = []
    for each in map(Rest, rest.members(path)):
        words.append(Word(" ".join(filter(None, (each.text("description"), each.text("code"))))))
        left.append(each.value)
    if any(left):
        rest.value[path] = [each for each in left if each]
    return words


def ship_to_ship(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """Work beside other ships in the time of those calls."""
    if members := rest.members("ship_to_ship_activity_list"):
        title = label("ship_to_ship_activity_list")
        rows = tuple(activity(Rest(each), visit) for each in members[:ROWS_AT_FIRST])
        grid = dense(Grid("ship_to_ship_activity_list", title, SHIP_TO_SHIP, rows, len(members), tight=TIGHT))
        yield Panel("ship_to_ship_activity_list", title, grids=(grid,), count=len(members))


def activity(rest: Rest, visit: Visit) -> Row:
    number = rest.text("sequence_number")
    cells = (
        cell((soft(number), Word(rest.text("activity")), soft(rest.text("code")))),
        cell(rest.place("location")),
        *times(rest, visit),
        cell(*measures(rest, "ship_security_measure")),
    )
    return Row(cells, rest.leftovers())
