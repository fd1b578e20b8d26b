"""The waste notification: each kind of waste with what is delivered, kept, still to come, and room for (MARPOL)."""

from collections.abc import Iterator

from agencies.facts.pieces import Grid, Panel, Row, Word, cell, facts, soft, without_empty_columns
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.views import ROWS_AT_FIRST

KINDS = "waste_information.waste_disposal_information"
COLUMNS = ("Kind of waste", "To be delivered", "Kept on board", "Still generated", "Capacity", "Delivered at")
AMOUNTS = ("to_be_delivered", "retained_onboard", "estimated_generated", "max_storage")


def waste(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The notification, and what the ship asks of the reception."""
    members = rest.members(KINDS)
    rows = tuple(kind(Rest(each)) for each in members[:ROWS_AT_FIRST])
    grid = Grid(KINDS, "Kinds of waste", COLUMNS, rows, len(members), counts=frozenset(COLUMNS[1:5]))
    about = Rest(rest.take("waste_information")) if isinstance(rest.at("waste_information"), dict) else Rest({})
    last = Rest(about.take("last_port_delivered")) if isinstance(about.at("last_port_delivered"), dict) else Rest({})
    found = facts(
        ("Asked of the reception", Word(rest.text("waste_disposal_requirements"))),
        ("Remarks", Word(about.text("comment"))),
        ("Last delivered", (last.place("location"), soft(visit.stated(last, "departure_time")))),
        ("Next to deliver", about.place("next_port_to_deliver")),
        ("Reception", Word(about.text("point_of_contact"))),
        *((words, Word(text)) for each in (last, about) for words, text in each.leftovers()),
    )
    panel = Panel("waste_information", "Waste", found, grids=(without_empty_columns(grid),) if rows else ())
    if panel:
        yield panel


def kind(rest: Rest) -> Row:
    said, code = rest.text("waste_type.description"), rest.text("waste_type.code")
    amounts = (cell(rest.measure(each)) for each in AMOUNTS)
    cells = (cell((Word(said or code), soft(code if said else ""))), *amounts, cell(rest.place("disposed_of_in_port")))
    return Row(cells, rest.leftovers())
