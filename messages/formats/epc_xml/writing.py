"""A declaration as an EPC message.

The root alone carries the namespace, by prefix: under a default namespace the elements inside would silently
be drawn into it.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from messages.declaration import Declaration
from messages.declaration.header import Header
from messages.declaration.record import Record
from messages.declaration.shape import shape
from messages.formats.epc_xml.names import HEADER, NAMESPACE, REQUEST, ROOT


def write(declaration: Declaration) -> bytes:
    """The message in UTF-8, indented. Days are written as times of day zero, the type EPC gives them."""
    return message_of(declaration.header, REQUEST, declaration)


def message_of(header: Header, name: str, body: Record) -> bytes:
    """A message with the header and one body, called `name`, in UTF-8 and indented."""
    root = etree.Element(f"{{{NAMESPACE}}}{ROOT}", nsmap={"epc": NAMESPACE})
    _fill(etree.SubElement(root, HEADER), header)
    _fill(etree.SubElement(root, name), body)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _fill(element: etree._Element, record: Record) -> None:
    """Write what `record` says as children of `element`."""
    for name, known in shape(type(record)).items():
        if name == "header":
            continue
        value = getattr(record, name)
        if known.item and value:
            inside = etree.SubElement(element, known.element)
            for each in value:
                _write(inside, known.item, each)
        elif known.repeated:
            for each in value:
                _write(element, known.element, each)
        elif value is not None:
            _write(element, known.element, value)


def _write(holder: etree._Element, name: str, value: Any) -> None:
    element = etree.SubElement(holder, name)
    if isinstance(value, Record):
        _fill(element, value)
    else:
        element.text = _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat()
        case date():
            return f"{value.isoformat()}T00:00:00"
        case _:
            return str(value)
