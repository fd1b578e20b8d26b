"""Why the schema refused a message: every fault with its place, its value and what was expected.

The fast validator says no and stops at the first fault of an element; this reads on. It asks `xmlschema`,
which is slow and therefore only loaded for a document that is known to be wrong.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from messages.declaration import Declaration, part_of
from messages.declaration.record import Record
from messages.declaration.shape import records, shape
from messages.draft import shape_at, value_finding
from messages.findings import MOST_FINDINGS, Finding
from messages.formats.epc_xml import faults
from messages.formats.epc_xml.names import HEADER, REQUEST
from messages.formats.epc_xml.places import field_of, place_of
from messages.formats.epc_xml.structure import plan

if TYPE_CHECKING:
    from xmlschema import XMLSchema, XMLSchemaValidationError

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def explained(root: etree._Element, schema: Path) -> list[Finding]:
    """The findings of a message that `schema` refuses, in the order of the document."""
    errors = islice(_compiled(schema).iter_errors(_as_tree(root)), MOST_FINDINGS)
    findings = [finding for error in errors for finding in _findings(error)]
    return sorted(findings, key=lambda each: each.place.line or 0)


@cache
def _compiled(schema: Path) -> "XMLSchema":
    import xmlschema  # noqa: PLC0415 - slow to load, and most documents never need it

    return xmlschema.XMLSchema(schema.read_text("utf-8"), allow="none", defuse="always")


def _as_tree(root: etree._Element) -> Any:
    """What xmlschema asks for: an element tree. Only a parsed one of lxml's has line numbers."""
    return root


def _findings(error: "XMLSchemaValidationError") -> Iterator[Finding]:
    element: Any = error.elem
    kind = type(error.validator).__name__
    if kind == "XsdAttributeGroup":
        yield from _attribute_findings(element)
    elif getattr(error, "invalid_tag", None) is not None:
        yield _stranger(element[error.index])  # type: ignore[attr-defined]
    elif len(element) and _is_value(element):
        yield faults.ELEMENT_IN_VALUE.at(
            place_of(element), field=field_of(element), element=element.tag, value=element[0].tag
        )
    elif len(element):
        yield _loose_text(element)
    else:
        yield _value_finding(element)


def _attribute_findings(element: etree._Element) -> Iterator[Finding]:
    for name in element.attrib:
        if not str(name).startswith(_XSI):
            place = place_of(element)
            yield faults.UNKNOWN_ATTRIBUTE.at(place, field=field_of(element), value=name, element=_name(element))


def _stranger(element: etree._Element) -> Finding:
    """An element that its parent does not have."""
    parent = element.getparent()
    assert parent is not None, "the root is checked before the schema"
    name = str(element.tag)
    children, homes = _children(parent), _homes().get(name, set())
    said = {"value": name, "parent": _name(parent)}
    if nearest := _nearest(_name(element), list(children)):
        field = f"{field_of(parent)}.{children[nearest]}".removeprefix(".").removesuffix(".")
        return faults.MISSPELT_ELEMENT.at(place_of(element), field=field, nearest=nearest, **said)
    if len(homes) == 1:
        finding = faults.MISPLACED_ELEMENT.at(place_of(element), home=next(iter(homes)), **said)
    else:
        finding = faults.UNKNOWN_ELEMENT.at(place_of(element), **said)
    return replace(finding, part=part_of(field_of(parent)))


def _loose_text(element: etree._Element) -> Finding:
    texts = (element.text, *(child.tail for child in element))
    loose = next((text for text in texts if text and text.strip()), "")
    return faults.TEXT_BETWEEN.at(place_of(element), field=field_of(element), value=loose, element=_name(element))


def _value_finding(element: etree._Element) -> Finding:
    """What is wrong with an element that holds text, or nothing, and no elements."""
    text, place, field = (element.text or "").strip(), place_of(element), field_of(element)
    if not text:
        return faults.EMPTY_VALUE.at(place, field=field, element=element.tag)
    if not field:
        return faults.DOES_NOT_FIT.at(place, value=text, element=_name(element))
    return value_finding(field, text, place)


def _is_value(element: etree._Element) -> bool:
    known = shape_at(field_of(element))
    return known is not None and known.record is None


def _children(parent: etree._Element) -> dict[str, str]:
    """Names of the elements that `parent` may hold, each with the field it fills below the parent's."""
    if parent.tag == REQUEST:
        return {name: step.field for name, step in plan(Declaration).items() if step.field != "header"}
    field = field_of(parent)
    known = shape_at(field)
    if known is None:
        return {HEADER: "header", REQUEST: ""} if parent.getparent() is None else {}
    if known.item and not field.rpartition(".")[2].isdigit():
        return {known.item: ""}
    return {name: step.field for name, step in plan(known.record).items()} if known.record else {}


def _nearest(name: str, names: list[str]) -> str | None:
    folded = {each.lower(): each for each in names}
    found = get_close_matches(name.lower(), folded, n=1, cutoff=0.75)
    return folded[found[0]] if found else None


@cache
def _homes() -> dict[str, set[str]]:
    """Element name to the elements it may stand in."""
    homes: dict[str, set[str]] = {}
    holders: dict[type[Record], set[str]] = {Declaration: {REQUEST}}
    for record in records(Declaration):
        for each in shape(record).values():
            if each.record is not None:
                holders.setdefault(each.record, set()).add(each.item or each.element)
    for record, names in holders.items():
        for element in plan(record):
            homes.setdefault(element, set()).update(names)
    return homes


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
