"""Why the schema refused a message: every fault with its place, its value and what was expected.

The fast validator says no and stops at the first fault of an element; this reads on, piece by piece.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from messages.declaration import Declaration, part_of
from messages.declaration.record import Record
from messages.declaration.shape import records, shape
from messages.draft import shape_at, value_finding
from messages.findings import MOST_FINDINGS, Finding
from messages.formats.epc_xml import faults
from messages.formats.epc_xml.names import REQUEST
from messages.formats.epc_xml.pieces import complaints, containers, first_line, fits
from messages.formats.epc_xml.places import field_of, place_of
from messages.formats.epc_xml.structure import plan

if TYPE_CHECKING:
    from xmlschema import XMLSchemaValidationError

LARGEST_PIECE = 20_000
"""Elements of a piece that is explained; of a larger one, and after as many, only the line is told."""

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def explained(root: etree._Element) -> list[Finding]:
    """The findings of a message that the schema refuses, in the order of the document."""
    findings = list(islice(_Explaining().container(root), MOST_FINDINGS))
    return sorted(findings, key=lambda each: each.place.line or 0)


class _Explaining:
    """One document's explanation; it tires with what it has read."""

    def __init__(self) -> None:
        self._left = LARGEST_PIECE

    def container(self, element: etree._Element) -> Iterator[Finding]:
        """What is wrong with a container itself and with what stands in it."""
        yield from _attribute_findings(element)
        if any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
            yield _loose_text(element) if len(element) else _value_finding(element)
        allowed = containers()[_name(element)]
        for child in element:
            if child.tag not in allowed:
                yield _stranger(child)
            elif child.tag in containers():
                yield from self.container(child)
            elif not fits(child):
                yield from self._piece(child)

    def _piece(self, piece: etree._Element) -> Iterator[Finding]:
        self._left -= int(piece.xpath("count(descendant-or-self::*)"))
        if self._left < 0:
            line = first_line(piece)
            yield faults.NOT_EXPLAINED.at(place_of(piece), field=field_of(piece), element=piece.tag, line=line)
            return
        for error in complaints(piece):
            yield from _findings(error)


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
    if held := containers().get(_name(parent)):
        return held
    known = shape_at(field_of(parent))
    return {name: step.field for name, step in plan(known.record).items()} if known and known.record else {}


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
