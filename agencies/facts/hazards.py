"""Dangerous goods: what, how much, and where on board (FAL form 7; IMDG Code, chapter 5.4)."""

from collections.abc import Iterator
from typing import Any

from agencies.declared import Element
from agencies.facts.cargo import CONSIGNMENTS, stowed
from agencies.facts.pieces import Cell, Grid, Panel, Row, Word, cell, soft, without_empty_columns
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.words import CLASSES, packed

GENERAL = "general_description_of_dg"
Pairs = tuple[tuple[str, str], ...]

COLUMNS = ("UN number and name", "Class", "Packing group", "Quantity", "Packages", "Container and where", "From, to")

TIGHT = frozenset({"Packages", "Container and where"})


def dangerous_goods(rest: Rest, visit: Visit) -> Iterator[Panel]:  # noqa: ARG001 - a design
    """The manifest: consignments that hold dangerous goods, then what only the general description names."""
    general = [Rest(each) for each in rest.members(GENERAL)]
    rows = [row for consignment in dangerous(rest) for row in of_consignment(Rest(consignment), general)]
    rows += [described(each) for each in general if each.value]
    if rows:
        grid = Grid(
            GENERAL, "Dangerous goods", COLUMNS, tuple(rows), len(rows), counts=frozenset({"Quantity"}), tight=TIGHT
        )
        yield Panel(GENERAL, "Dangerous goods", grids=(without_empty_columns(grid),), count=len(rows))


def dangerous(rest: Rest) -> list[Any]:
    """The consignments that hold dangerous goods, taken out; the others stay."""
    members = rest.members(CONSIGNMENTS)
    found = [each for each in members if any(True for _ in sheets(Element(each)))]
    if kept := [each for each in members if each not in found]:
        rest.value.setdefault("cargo_data", {})["consignment"] = kept
    return found


def sheets(consignment: Element) -> Iterator[Element]:
    for item in consignment.items("cargo_item"):
        for details in item.items("special_cargo_details"):
            if sheet := details.at("dg_safety_data_sheet"):
                yield sheet


def of_consignment(consignment: Rest, general: list[Rest]) -> Iterator[Row]:
    """A row for each dangerous item; what is left of the consignment unfolds from its first row."""
    ends = (consignment.place("port_of_loading"), soft("→"), consignment.place("port_of_discharge"))
    route = cell(ends) if ends[0] or ends[2] else ()
    goods: list[tuple[Rest, Cell]] = []
    left = []
    for item in map(Rest, consignment.members("cargo_item")):
        details = item.members("special_cargo_details")
        where = cell(*(word for box, place in equipment(item) for word in (Word(box), soft(place))))
        goods.extend((Rest(each), where) for each in details)
        left.append(item.value)
    if any(left):
        consignment.value["cargo_item"] = [each for each in left if each]
    for at, (substances, where) in enumerate(goods):
        yield substance(substances, where, route, general, consignment.leftovers() if at == 0 else ())


def equipment(item: Rest) -> Iterator[tuple[str, str]]:
    for each in item.members("transport_equipment"):
        unit = Rest(each)
        yield unit.text("marks_and_numbers"), stowed(unit.text("onboard_location"))
        if unit.value:
            item.value.setdefault("transport_equipment", []).append(unit.value)


def substance(details: Rest, where: Cell, route: Cell, general: list[Rest], more: Pairs) -> Row:
    sheet = "dg_safety_data_sheet"
    summary = summarised(details, general)
    number, name = details.text(f"{sheet}.un_number"), details.text(f"{sheet}.proper_shipping_name")
    hazard, group = details.text(f"{sheet}.un_class"), details.text(f"{sheet}.packing_group")
    packages = packed(details.text("no_of_packages"), details.text("dangerous_goods_package_type"))
    cells = (
        cell((Word(f"UN {number}" if number else "no UN number"), Word(name))),
        cell((Word(hazard), soft(CLASSES.get(hazard, "")))),
        cell(Word(group)),
        cell(details.measure(f"{sheet}.mass"), details.measure(f"{sheet}.volume")),
        cell(Word(packages)),
        where,
        route,
    )
    return Row(cells, (*details.leftovers(), *summary, *more))


def summarised(details: Rest, general: list[Rest]) -> Pairs:
    """What the general description says of the same goods: same number, same class, same quantity."""
    sheet = Element(details.value).at("dg_safety_data_sheet")
    key = (sheet.text("un_number"), sheet.text("un_class"), sheet.number("mass"))
    for each in general:
        said = Element(each.value)
        if each.value and key == (said.text("un_number"), said.text("un_hazard_class"), said.number("measure")):
            each.text("un_number"), each.text("un_hazard_class"), each.measure("measure")
            left, each.value = each.leftovers(), {}
            return left
    return ()


def described(rest: Rest) -> Row:
    """An entry of the general description alone."""
    number, hazard = rest.text("un_number"), rest.text("un_hazard_class")
    cells = (
        cell((Word(f"UN {number}" if number else "no UN number"), Word(rest.text("description")))),
        cell((Word(hazard), soft(CLASSES.get(hazard, "")))),
        *((), cell(rest.measure("measure")), (), ()),
        cell(Word(rest.text("remarks"))),
    )
    return Row(cells, rest.leftovers())
