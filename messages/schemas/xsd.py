"""Our EPC profile as an XML Schema (W3C XSD 1.0), made from the records.

It is our profile, drawn from public material; a document that passes is not thereby conformant with
ISO 28005-2. The schema is structural: it names every element, gives values their type, and leaves order and
presence free. That an element which may stand once stands once is the reader's to say, in better words.
"""

from itertools import chain

from lxml import etree
from lxml.builder import ElementMaker

from messages.declaration import Declaration
from messages.declaration.header import Header
from messages.declaration.record import LONGEST_TEXT, MOST_DIGITS, Record
from messages.declaration.shape import FieldShape, epc_type, records, shape
from messages.formats.epc_xml.names import ANSWERS, HEADER, NAMESPACE, REQUEST, ROOT

PROFILE = "fairway-epc-1"
"""Our profile's name, as the schema's version."""

_BODIES: tuple[tuple[str, type[Record]], ...] = ((HEADER, Header), (REQUEST, Declaration), *ANSWERS.items())

_XS = "http://www.w3.org/2001/XMLSchema"
_E = ElementMaker(namespace=_XS, nsmap={"xs": _XS, "epc": NAMESPACE})

_ABOUT = (
    "EPC messages as Fairway reads and writes them: element names and nesting of ISO 28005-2 (2021) as far as public"
    " material tells them, numbers of the IMO Compendium (FAL.5/Circ.56) beside them. This profile is made from"
    " that material and is not the ISO schema: to pass it is not to conform with ISO 28005-2. Elements stand in any"
    " order; which of them a movement needs, and that single ones stand once, is checked beside this schema."
)


def build() -> bytes:
    """The schema document, UTF-8."""
    types = chain.from_iterable(_types(record) for record in records(*(record for _, record in _BODIES)))
    bodies = (_element(name, f"epc:{epc_type(record)}") for name, record in _BODIES)
    schema = _E.schema(
        _E.annotation(_E.documentation(_ABOUT, {"{http://www.w3.org/XML/1998/namespace}lang": "en"})),
        _E.element(name=ROOT, type=f"epc:{ROOT}Type"),
        _any_order(f"{ROOT}Type", "A message: its header and one body.", *bodies),
        *_value_types(),
        *types,
        targetNamespace=NAMESPACE,
        elementFormDefault="unqualified",
        version=PROFILE,
    )
    etree.indent(schema)
    return etree.tostring(schema, xml_declaration=True, encoding="UTF-8") + b"\n"


def _value_types() -> list[etree._Element]:
    text = _E.restriction(_E.maxLength(value=str(LONGEST_TEXT)), base="xs:string")
    number = _E.restriction(_E.totalDigits(value=str(MOST_DIGITS)), base="xs:decimal")
    return [
        _E.simpleType(text, name="Text"),
        _E.simpleType(number, name="Number"),
        _E.simpleType(_E.union(memberTypes="xs:date xs:dateTime"), name="Day"),
    ]


def _types(record: type[Record]) -> list[etree._Element]:
    """The type of `record`, and those of the lists it wraps. A declaration's header stands beside the body."""
    fields = [each for name, each in shape(record).items() if name != "header"]
    elements = chain.from_iterable(_field_elements(each) for each in fields)
    wrappers = [
        _any_order(f"{each.element}Type", "", _element(each.item, each.type_name)) for each in fields if each.item
    ]
    return [_any_order(epc_type(record), record.__doc__ or "", *elements), *wrappers]


def _field_elements(field: FieldShape) -> list[etree._Element]:
    kind = f"epc:{field.element}Type" if field.item else field.type_name
    return [_element(name, kind, *field.imo) for name in field.names]


def _any_order(name: str, about: str, *elements: etree._Element) -> etree._Element:
    told = [_E.annotation(_E.documentation(about))] if about else []
    choice = [_E.choice(*elements, minOccurs="0", maxOccurs="unbounded")] if elements else []
    return _E.complexType(*told, *choice, name=name)


def _element(name: str, kind: str, *imo: str) -> etree._Element:
    told = [_E.annotation(*(_E.appinfo(number, source="urn:imo:compendium") for number in imo))] if imo else []
    return _E.element(*told, name=name, type=kind)
