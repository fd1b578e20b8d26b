"""A message in pieces, so that one wrong date in a list of thousands costs one person's explanation.

A container (the request, a list, the cargo) is taken apart; what stands in it is a piece. Pieces are judged by
the fast validator, and only those it refuses are read by `xmlschema`, which knows why but takes fifteen times as
long. It is imported with the first piece that needs it.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from messages.declaration import Declaration
from messages.declaration.cargo import CargoData
from messages.declaration.header import Header
from messages.declaration.record import Record
from messages.declaration.shape import epc_type, shape
from messages.formats.epc_xml.names import ANSWERS, HEADER, NAMESPACE, REQUEST, ROOT
from messages.formats.epc_xml.schema import SCHEMA

if TYPE_CHECKING:
    from xmlschema import XMLSchemaValidationError, XsdElement

CARGO = "CargoData"

_XS = "http://www.w3.org/2001/XMLSchema"
_BODIES: dict[str, type[Record]] = {HEADER: Header, REQUEST: Declaration, **ANSWERS}


@cache
def containers() -> dict[str, dict[str, str]]:
    """Name of each container to the elements it may hold, each with the field it fills below the container's."""
    request = {name: each.field for each in shape(Declaration).values() for name in each.names if name != HEADER}
    lists = {each.element: {each.item: ""} for each in shape(Declaration).values() if each.item}
    cargo = {each.element: each.field for each in shape(CargoData).values()}
    return {ROOT: dict.fromkeys(_BODIES, "") | {HEADER: "header"}, REQUEST: request, CARGO: cargo} | lists


def fits(piece: etree._Element) -> bool:
    """Whether the fast validator has nothing against `piece`."""
    return _fast().validate(piece)


def first_line(piece: etree._Element) -> int | None:
    """The line on which the fast validator stopped."""
    schema = _fast()
    schema.validate(piece)
    return next((each.line for each in schema.error_log), piece.sourceline)


def complaints(piece: etree._Element) -> Iterator["XMLSchemaValidationError"]:
    """Everything that is wrong with `piece`, in no particular order."""
    names = [etree.QName(each).localname for each in (piece, *piece.iterancestors())]
    way = "/".join(reversed(names[:-1]))
    element: Any = piece
    yield from _explained_by(way).iter_errors(element)


@cache
def _fast() -> etree.XMLSchema:
    """The published schema with every piece as a root of its own."""
    schema = etree.Element(f"{{{_XS}}}schema", nsmap={"xs": _XS, "epc": NAMESPACE})
    etree.SubElement(schema, f"{{{_XS}}}import", namespace=NAMESPACE, schemaLocation=SCHEMA.name)
    for name, kind in piece_types().items():
        etree.SubElement(schema, f"{{{_XS}}}element", name=name, type=kind)
    document = etree.fromstring(etree.tostring(schema), base_url=str(SCHEMA.with_name("pieces.xsd")))
    return etree.XMLSchema(document)


def piece_types() -> dict[str, str]:
    """Name of each piece to its type in the published schema."""
    types = {name: f"epc:{epc_type(record)}" for name, record in _BODIES.items() if name != REQUEST}
    for record in (Declaration, CargoData):
        for each in shape(record).values():
            names = [each.item] if each.item else [name for name in each.names if name not in containers()]
            types |= dict.fromkeys(names, each.type_name)
    return types


@cache
def _explained_by(way: str) -> "XsdElement":
    found: XsdElement = _slow().find(f"epc:{ROOT}/{way}", {"epc": NAMESPACE})
    return found


@cache
def _slow() -> Any:
    import xmlschema  # noqa: PLC0415 - slow to load, and most documents never need it

    return xmlschema.XMLSchema(SCHEMA.read_text("utf-8"), allow="none", defuse="always")
