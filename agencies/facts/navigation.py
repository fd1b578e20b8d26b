"""What the harbour-master reads of the ship itself: draughts, size, where she lies, and what does not work."""

from collections.abc import Iterator

from agencies.declared import Element
from agencies.facts.pieces import Grid, Line, Panel, Row, Word, cell, doubtful, facts, soft, without_empty_columns
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.views import ROWS_AT_FIRST
from agencies.words import label

DRAUGHTS = {"fore_draught": "fore", "mid_ship_draught": "midships", "aft_draught": "aft"}
SIZES = ("length_overall", "beam", "air_draught", "summer_draught", "gross_tonnage", "dead_weight")
PLACES = ("berth_arrival", "anchorage_arrival", "berth_departure", "anchorage_departure")


def navigation(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """Draughts, size, pilot, defects and ballast; then berths and anchorages with their times."""
    found = facts(
        *((label(name), draught(rest, name)) for name in ("arrival_draught", "departure_draught")),
        *((label(name), Word(rest.text(name))) for name in SIZES),
        *((label(name), Word(visit.stated(rest, name))) for name in ("etp", "atp")),
        ("Defects", tuple(defects(rest))),
        ("Ballast", ballast(rest)),
        ("Radio", Word(rest.text("radio_communications"))),
        ("Remarks", Word(rest.text("general_remark"))),
    )
    grids = tuple(places(rest, visit))
    if found or grids:
        yield Panel("navigation", "Ship and berth", found, grids=grids)


def draught(rest: Rest, name: str) -> Line:
    """`fore 7.6 m, midships 7.85 m, aft 8.1 m`."""
    said = ((where, rest.text(f"{name}.{each}")) for each, where in DRAUGHTS.items())
    return (Word(", ".join(f"{where} {text}" for where, text in said if text)),)


def defects(rest: Rest) -> Iterator[Word]:
    """Each defect under what it concerns; `none known` and the like are said as they are."""
    element = Element(rest.value).at("ship_defects")
    held = element.value if isinstance(element.value, dict) else {}
    for name in tuple(held):
        real, text = element.said(name), rest.text(f"ship_defects.{name}")
        if text:
            words = text if name == "other" else f"{label(name)}: {text}"
            yield doubtful(words) if real else Word(words)


def ballast(rest: Rest) -> Line:
    clean = {True: Word("clean"), False: doubtful("not clean"), None: Word("")}
    return (clean[rest.answer("ballast_status.is_clean")], Word(rest.text("ballast_status.remarks")))


def places(rest: Rest, visit: Visit) -> Iterator[Grid]:
    rows = [place(name, Rest(each), visit) for name in PLACES for each in rest.members(name)[:ROWS_AT_FIRST]]
    if rows:
        columns = ("Place", "Where", "From", "To")
        yield without_empty_columns(
            Grid("places", "Berth and anchorage", columns, tuple(rows), len(rows), tight=frozenset(columns[2:]))
        )


def place(name: str, rest: Rest, visit: Visit) -> Row:
    begun, ended = visit.stated(rest, "arrival_time"), visit.stated(rest, "departure_time")
    what = name.partition("_")[0].capitalize()
    cells = (
        cell((Word(what), soft(rest.text("berth_type")))),
        cell(rest.place("location")),
        cell(Word(begun)),
        cell(Word(ended)),
    )
    return Row(cells, rest.leftovers())
