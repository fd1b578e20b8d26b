"""Rules on cargo and dangerous goods: documents, containers, weights, and what the IMDG Code asks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from messages.codes import iso6346, un_number
from messages.declaration import Declaration
from messages.declaration.cargo import CargoItem, Consignment, TransportEquipment
from messages.declaration.hazards import DGSafetyDataSheet
from messages.rules.rule import Wrong, rule, wrong

_HS_CODE = re.compile(r"[0-9]{6}(?:[0-9]{2}){0,2}")
_LIKE_A_CONTAINER = re.compile(r"[A-Z]{4}[0-9]{5,8}")
_NEED_A_PACKING_GROUP = frozenset({"3", "8", "6.1"})


@rule("MSW-CGO-001")
def container_numbers_pass_their_check(d: Declaration) -> Iterator[Wrong]:
    for path, number in _equipment(d):
        if iso6346.is_well_formed(number) and not iso6346.is_valid(number):
            right = iso6346.check_digit(iso6346.compact(number)[:10])
            yield wrong(path, number, right=right)


@rule("MSW-CGO-002")
def container_numbers_have_their_shape(d: Declaration) -> Iterator[Wrong]:
    for path, number in _equipment(d):
        if not iso6346.is_well_formed(number) and _LIKE_A_CONTAINER.fullmatch(iso6346.compact(number)):
            yield wrong(path, number)


@rule("MSW-CGO-003")
def cargo_is_stated_or_denied(d: Declaration) -> Iterator[Wrong]:
    if not d.cargo_overview and (d.cargo_data is None or not d.cargo_data.consignment):
        yield wrong("cargo_overview")


@rule("MSW-CGO-004")
def every_item_is_described(d: Declaration) -> Iterator[Wrong]:
    for path, item in _items(d):
        if item.goods_type is None or not (item.goods_type.description or item.goods_type.hs_code):
            yield wrong(f"{path}.goods_type.description", None, item=_spoken(path))


@rule("MSW-CGO-005")
def items_are_as_many_as_stated(d: Declaration) -> Iterator[Wrong]:
    for path, each in _consignments(d):
        if each.number_of_items is not None and each.number_of_items != len(each.cargo_item):
            yield wrong(f"{path}.number_of_items", each.number_of_items, listed=len(each.cargo_item))


@rule("MSW-CGO-006")
def every_consignment_has_a_document(d: Declaration) -> Iterator[Wrong]:
    for path, each in _consignments(d):
        if not each.transport_document_id and not any(item.transport_document_id for item in each.cargo_item):
            yield wrong(f"{path}.transport_document_id", None, item=_spoken(path))


@rule("MSW-CGO-007")
def every_document_stands_once(d: Declaration) -> Iterator[Wrong]:
    seen: dict[str, str] = {}
    for path, each in _consignments(d):
        if number := each.transport_document_id:
            first = seen.setdefault(number, path)
            if first != path:
                yield wrong(f"{path}.transport_document_id", number, item=_spoken(path), first=_spoken(first))


@rule("MSW-CGO-008")
def every_hs_code_has_its_shape(d: Declaration) -> Iterator[Wrong]:
    for path, item in _items(d):
        code = item.goods_type.hs_code if item.goods_type else None
        if code and not _HS_CODE.fullmatch(re.sub(r"[.\s]", "", code)):
            yield wrong(f"{path}.goods_type.hs_code", code)


@rule("MSW-CGO-009")
def every_item_has_a_weight(d: Declaration) -> Iterator[Wrong]:
    for path, item in _items(d):
        weight = item.gross_weight or item.quantity
        if weight is None or weight.content is None:
            yield wrong(f"{path}.gross_weight", None, item=_spoken(path))


@rule("MSW-DGS-001")
def goods_are_listed_only_if_carried(d: Declaration) -> Iterator[Wrong]:
    listed = len(d.general_description_of_dg) or sum(1 for _ in _sheets(d))
    if d.dangerous_goods_cargo_indicator is False and listed:
        yield wrong("dangerous_goods_cargo_indicator", "no", listed=listed)


@rule("MSW-DGS-002")
def goods_carried_are_listed(d: Declaration) -> Iterator[Wrong]:
    if d.dangerous_goods_cargo_indicator and not d.general_description_of_dg and not any(_sheets(d)):
        yield wrong("general_description_of_dg")


@rule("MSW-DGS-003")
def says_whether_goods_are_carried(d: Declaration) -> Iterator[Wrong]:
    if d.dangerous_goods_cargo_indicator is None:
        yield wrong("dangerous_goods_cargo_indicator")


@rule("MSW-DGS-004")
def every_un_number_has_its_shape(d: Declaration) -> Iterator[Wrong]:
    for path, number, _ in _goods(d):
        if number and un_number.digits(number) is None:
            yield wrong(f"{path}.un_number", number)


@rule("MSW-DGS-005")
def every_substance_has_a_un_number(d: Declaration) -> Iterator[Wrong]:
    for path, sheet in _sheets(d):
        in_bulk = sheet.dg_classification or sheet.marpol_pollution_code
        if not sheet.un_number and not in_bulk:
            yield wrong(f"{path}.un_number", None, name=sheet.proper_shipping_name or _spoken(path))


@rule("MSW-DGS-006")
def every_substance_has_a_class(d: Declaration) -> Iterator[Wrong]:
    for path, number, hazard in _goods(d):
        if number and not hazard:
            yield wrong(f"{path}.{_class_field(path)}", None, number=number)


@rule("MSW-DGS-007")
def every_class_exists(d: Declaration) -> Iterator[Wrong]:
    for path, _, hazard in _goods(d):
        if hazard and not un_number.is_class(hazard):
            yield wrong(f"{path}.{_class_field(path)}", hazard)


@rule("MSW-DGS-008")
def every_packing_group_exists(d: Declaration) -> Iterator[Wrong]:
    for path, sheet in _sheets(d):
        if sheet.packing_group and not un_number.is_packing_group(sheet.packing_group):
            yield wrong(f"{path}.packing_group", sheet.packing_group)


@rule("MSW-DGS-009")
def packing_groups_stand_where_classes_have_them(d: Declaration) -> Iterator[Wrong]:
    for path, sheet in _sheets(d):
        if sheet.un_class in _NEED_A_PACKING_GROUP and not sheet.packing_group:
            yield wrong(f"{path}.packing_group", None, hazard=sheet.un_class, number=sheet.un_number or "goods")


@rule("MSW-DGS-010")
def every_substance_has_its_shipping_name(d: Declaration) -> Iterator[Wrong]:
    for path, sheet in _sheets(d):
        if sheet.un_number and not sheet.proper_shipping_name:
            yield wrong(f"{path}.proper_shipping_name", None, number=sheet.un_number)


@rule("MSW-DGS-011")
def flammable_liquids_have_a_flash_point(d: Declaration) -> Iterator[Wrong]:
    for path, sheet in _sheets(d):
        if sheet.un_class == "3" and (sheet.flash_point is None or sheet.flash_point.content is None):
            yield wrong(f"{path}.flash_point", None, number=sheet.un_number or "Goods")


@rule("MSW-DGS-012")
def the_list_covers_the_cargo(d: Declaration) -> Iterator[Wrong]:
    listed = {un_number.digits(each.un_number) for each in d.general_description_of_dg if each.un_number}
    for path, sheet in _sheets(d) if listed else ():
        number = un_number.digits(sheet.un_number or "")
        if number and number not in listed:
            yield wrong(f"{path}.un_number", sheet.un_number)


def _consignments(d: Declaration) -> Iterator[tuple[str, Consignment]]:
    for position, each in enumerate(d.cargo_data.consignment if d.cargo_data else ()):
        yield f"cargo_data.consignment.{position}", each


def _items(d: Declaration) -> Iterator[tuple[str, CargoItem]]:
    for path, each in _consignments(d):
        for position, item in enumerate(each.cargo_item):
            yield f"{path}.cargo_item.{position}", item


def _equipment(d: Declaration) -> Iterator[tuple[str, str]]:
    """Every container number once, where it first stands."""
    seen: set[str] = set()
    for path, each in _all_equipment(d):
        number = each.marks_and_numbers
        if number and number not in seen:
            seen.add(number)
            yield f"{path}.marks_and_numbers", number


def _all_equipment(d: Declaration) -> Iterator[tuple[str, TransportEquipment]]:
    for path, item in _items(d):
        for position, each in enumerate(item.transport_equipment):
            yield f"{path}.transport_equipment.{position}", each
    for position, each in enumerate(d.cargo_data.transport_equipment if d.cargo_data else ()):
        yield f"cargo_data.transport_equipment.{position}", each


def _sheets(d: Declaration) -> Iterator[tuple[str, DGSafetyDataSheet]]:
    for path, item in _items(d):
        for position, special in enumerate(item.special_cargo_details):
            if sheet := special.dg_safety_data_sheet:
                yield f"{path}.special_cargo_details.{position}.dg_safety_data_sheet", sheet


def _goods(d: Declaration) -> Iterator[tuple[str, str | None, str | None]]:
    """Path, UN number and class of dangerous goods, in the list and in the cargo."""
    for position, each in enumerate(d.general_description_of_dg):
        yield f"general_description_of_dg.{position}", each.un_number, each.un_hazard_class
    for path, sheet in _sheets(d):
        yield path, sheet.un_number, sheet.un_class


def _class_field(path: str) -> str:
    return "un_hazard_class" if path.startswith("general") else "un_class"


def _spoken(path: str) -> str:
    """`consignment 3, item 1` for a path into the cargo."""
    steps = path.split(".")
    names = {"consignment": "consignment", "cargo_item": "item"}
    numbered = pairwise(steps)
    return ", ".join(f"{names[name]} {int(number) + 1}" for name, number in numbered if name in names)


RULES = (
    container_numbers_pass_their_check,
    container_numbers_have_their_shape,
    cargo_is_stated_or_denied,
    every_item_is_described,
    items_are_as_many_as_stated,
    every_consignment_has_a_document,
    every_document_stands_once,
    every_hs_code_has_its_shape,
    every_item_has_a_weight,
    goods_are_listed_only_if_carried,
    goods_carried_are_listed,
    says_whether_goods_are_carried,
    every_un_number_has_its_shape,
    every_substance_has_a_un_number,
    every_substance_has_a_class,
    every_class_exists,
    every_packing_group_exists,
    packing_groups_stand_where_classes_have_them,
    every_substance_has_its_shipping_name,
    flammable_liquids_have_a_flash_point,
    the_list_covers_the_cargo,
)
