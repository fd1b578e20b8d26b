"""What customs reads: consignments with their totals, stores, and the crew's effects (FAL forms 2, 3 and 4)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from agencies.customs import dutiable_stores
from agencies.declared import Element
from agencies.facts.persons import capitalised, named
from agencies.facts.pieces import Grid, Line, Panel, Row, Word, cell, doubtful, soft, without_empty_columns
from agencies.facts.rest import Rest
from agencies.facts.visit import Visit
from agencies.views import ROWS_AT_FIRST
from agencies.words import label, packed
from messages.codes import units

CONSIGNMENTS = "cargo_data.consignment"
COLUMNS = ("Consignment", "From, to", "Goods", "Packages", "Gross weight", "Containers", "Consignee")


def consignments(rest: Rest, visit: Visit) -> Iterator[Panel]:  # noqa: ARG001 - a design
    """The cargo declaration. Containers listed apart are shown only when no consignment names them."""
    if members := rest.members(CONSIGNMENTS):
        known = {tuple(each.items()) for each in equipment(members)}
        apart = [each for each in rest.members("cargo_data.transport_equipment") if tuple(each.items()) not in known]
        if apart:
            rest.value.setdefault("cargo_data", {})["transport_equipment"] = apart
        yield Panel("cargo_data", "Cargo", grids=(grid(members),), count=len(members))


def grid(members: list[Any], start: int = 0, rows: int = ROWS_AT_FIRST) -> Grid:
    """The consignments from `start` on, at most `rows` of them, and the totals of all."""
    found = tuple(consignment(Rest(member)) for member in members[start : start + rows])
    counts = frozenset({"Packages", "Gross weight"})
    grid = Grid(
        CONSIGNMENTS,
        "Consignments",
        COLUMNS,
        found,
        len(members),
        start,
        totals(members),
        counts,
        frozenset({"Containers"}),
    )
    return without_empty_columns(grid)


def consignment(rest: Rest) -> Row:
    items = [Rest(each) for each in rest.members("cargo_item")]
    shown = [item_lines(item, f"{at}." if len(items) > 1 else "") for at, item in enumerate(items, 1)]
    columns = zip(*shown, strict=True) if shown else ((), (), (), (), ())
    goods, packages, weight, containers, consignee = (
        cell(*(line for lines in each for line in lines)) for each in columns
    )
    ends = (rest.place("port_of_loading"), soft("→"), rest.place("port_of_discharge"))
    number, document = rest.text("consignment_number"), rest.text("transport_document_id")
    rest.text("number_of_items") if rest.at("number_of_items") == len(items) else None
    if left := [item.value for item in items if item.value]:
        rest.value["cargo_item"] = left
    cells = (
        cell((Word(number or document), soft(document if number else ""))),
        cell(ends if ends[0] or ends[2] else ()),
        *(goods, packages, weight, containers, consignee),
    )
    return Row(cells, rest.leftovers())


def item_lines(item: Rest, number: str) -> tuple[list[Line], ...]:
    """The lines of one item for goods, packages, weight, containers and consignee."""
    if item.at("item_number") in ("1", number.rstrip(".")):
        item.take("item_number")
    hs_code = item.text("goods_type.hs_code")
    goods = (soft(number), Word(item.text("goods_type.description")))
    heading = (soft(f"HS {hs_code}" if hs_code else ""),)
    packages = (soft(number), Word(packed(item.text("no_of_packages"), item.text("package_type"))))
    weight = (soft(number), item.measure("gross_weight"))
    volume = (soft(item.measure("gross_volume").text),)
    consignee = (Word(item.text("consignee.company")), soft(item.text("consignee.address.city_name")))
    dangerous = [(danger(each),) for each in Element(item.value).items("special_cargo_details")]
    return [goods, heading, *dangerous], [packages], [weight, volume], containers(item), [consignee]


def danger(details: Element) -> Word:
    """`UN 1263, class 3` for dangerous goods; nothing for what is special in another way."""
    sheet = details.at("dg_safety_data_sheet")
    named = ", ".join(
        f"{before} {text}"
        for before, text in (("UN", sheet.text("un_number")), ("class", sheet.text("un_class")))
        if text
    )
    return doubtful(f"Dangerous: {named or 'not said what'}" if sheet else "")


def containers(item: Rest) -> list[Line]:
    lines: list[Line] = []
    for each in item.members("transport_equipment"):
        unit = Rest(each)
        lines.append((Word(unit.text("marks_and_numbers")),))
        lines.append((soft(stowed(unit.text("onboard_location"))),))
        if unit.value:
            item.value.setdefault("transport_equipment", []).append(unit.value)
    return lines


def stowed(location: str) -> str:
    """`110484` as `bay 11 row 04 tier 84` (ISO 9711-1); other ways of saying where stay as they are."""
    if not (location.isascii() and location.isdigit() and len(location) in (6, 7)):
        return location
    return f"bay {location[:-4]} row {location[-4:-2]} tier {location[-2:]}"


def equipment(members: list[Any]) -> Iterator[dict[str, Any]]:
    for member in members:
        for item in Element(member).items("cargo_item"):
            yield from (each.value for each in item.items("transport_equipment") if isinstance(each.value, dict))


def totals(members: list[Any]) -> tuple[str, ...]:
    """The foot of the consignments: packages, weight in tonnes, and containers, of all of them."""
    items = [item for member in members for item in Element(member).items("cargo_item")]
    packages = sum(item.whole("no_of_packages") or 0 for item in items)
    weighed = [
        units.in_base(item.number("gross_weight") or Decimal(0), item.text("gross_weight.unit_code")) for item in items
    ]
    weight = sum((each for each in weighed if each), Decimal(0)) / 1000
    boxes = {str(each.get("marks_and_numbers")) for each in equipment(members)}
    return ("All", "", "", f"{packages}", f"{weight.normalize():f} t" if weight else "", f"{len(boxes)}", "")


def stores(rest: Rest, visit: Visit) -> Iterator[Panel]:  # noqa: ARG001 - a design
    """The stores declaration, tobacco and spirits marked."""
    dutiable = [store.value for store in dutiable_stores(Element(rest.value))]
    if members := rest.members("ship_store"):
        yield Panel("ship_store", "Ship's stores", grids=(stores_grid(members, dutiable),), count=len(members))


def stores_grid(members: list[Any], dutiable: list[Any], start: int = 0, rows: int = ROWS_AT_FIRST) -> Grid:
    found = tuple(store(Rest(each), dutiable=each in dutiable) for each in members[start : start + rows])
    columns = ("Article", "Quantity", "Kept in", "Code")
    grid = Grid("ship_store", label("ship_store"), columns, found, len(members), start, counts=frozenset({"Quantity"}))
    return without_empty_columns(grid)


def store(rest: Rest, *, dutiable: bool) -> Row:
    number = rest.text("sequence_number")
    cells = (
        cell((soft(number), Word(rest.text("description")), doubtful("tobacco or spirits" if dutiable else ""))),
        cell(rest.measure("measurement")),
        cell(Word(rest.text("location_of_storage"))),
        cell(Word(rest.text("code"))),
    )
    return Row(cells, rest.leftovers())


def effects(rest: Rest, visit: Visit) -> Iterator[Panel]:  # noqa: ARG001 - a design
    """The crew's effects, with whose they are."""
    owners = dict(map(owner, Element(rest.value).items("crew_list")))
    if members := rest.members("dutiable_crew_effects"):
        grid = effects_grid(members, owners)
        yield Panel("dutiable_crew_effects", "Crew's effects", grids=(grid,), count=len(members))


def owner(person: Element) -> tuple[str, str]:
    rest = Rest(person.value)
    return person.text("person_reference"), ", ".join(filter(None, (named(rest).text, capitalised(rest.text("duty")))))


def effects_grid(members: list[Any], owners: dict[str, str], start: int = 0, rows: int = ROWS_AT_FIRST) -> Grid:
    found = tuple(effect(Rest(each), owners) for each in members[start : start + rows])
    title, columns = label("dutiable_crew_effects"), ("Article", "Quantity", "Whose", "Code")
    counts = frozenset({"Quantity"})
    grid = Grid("dutiable_crew_effects", title, columns, found, len(members), start, counts=counts)
    return without_empty_columns(grid)


def effect(rest: Rest, owners: dict[str, str]) -> Row:
    number, reference = rest.text("sequence_number"), rest.text("crew_reference")
    cells = (
        cell((soft(number), Word(rest.text("effect_description")))),
        cell(rest.measure("measurement")),
        cell((Word(owners.get(reference, "") if reference else ""), soft(reference))),
        cell(Word(rest.text("crew_effect_item_code"))),
    )
    return Row(cells, rest.leftovers())
