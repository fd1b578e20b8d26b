"""Reading one message: through the door, past the schema, into a draft."""

from lxml import etree

from messages.declaration import Declaration
from messages.declaration.header import Header
from messages.draft import Draft, illegible, shape_at
from messages.findings import MOST_FINDINGS, Finding, Place
from messages.formats.epc_xml import faults
from messages.formats.epc_xml.door import Unreadable, parsed, refuse_abysses
from messages.formats.epc_xml.explanation import explained
from messages.formats.epc_xml.names import ANSWERS, HEADER, NAMESPACE, REQUEST, ROOT
from messages.formats.epc_xml.places import Places, field_of, place_of
from messages.formats.epc_xml.schema import schema
from messages.formats.epc_xml.structure import values_of

_ROOT_TAG = f"{{{NAMESPACE}}}{ROOT}"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_INSTANCE = {f"{{{_XSI}}}type", f"{{{_XSI}}}nil"}


def read(raw: bytes) -> Draft:
    """The draft of an EPC message; of a document that cannot be read, the findings that say why."""
    try:
        root = parsed(raw)
        findings = _root_findings(root)
        if root.tag != _ROOT_TAG:
            return illegible(*findings)
        if not schema().validate(root):
            refuse_abysses(root)
            mended = _unqualify(root) + _without_instance_attributes(root)
            findings += mended
            if not mended or not schema().validate(root):
                findings += explained(root)
    except Unreadable as refused:
        return illegible(refused.finding)
    findings += _body_findings(root)
    if root.find(REQUEST) is None:
        return illegible(*findings)
    return _draft(root, findings)


def _root_findings(root: etree._Element) -> list[Finding]:
    """What is wrong with the root. One of the right name is taken for ours, so that all else can be said too."""
    name = etree.QName(root)
    if root.tag == _ROOT_TAG:
        return []
    if name.localname != ROOT:
        return [faults.OTHER_ROOT.at(Place(line=root.sourceline), value=name.localname)]
    finding = faults.OTHER_NAMESPACE.at(place_of(root), value=name.namespace or "")
    for each in root.iterdescendants(f"{{{name.namespace}}}*") if name.namespace else ():
        each.tag = etree.QName(each).localname
    root.tag = _ROOT_TAG
    return [finding]


def _unqualify(root: etree._Element) -> list[Finding]:
    """Some senders put every element into the namespace. The names are the same, so they are read."""
    inside = list(root.iterdescendants(f"{{{NAMESPACE}}}*"))
    for each in inside:
        each.tag = etree.QName(each).localname
    if not inside:
        return []
    return [faults.QUALIFIED_LOCALS.at(place_of(inside[0]), value=inside[0].tag, count=len(inside))]


def _without_instance_attributes(root: etree._Element) -> list[Finding]:
    """An element may not choose its own type or say that it is nil; taken off, the rest can be explained."""
    findings: list[Finding] = []
    for each in root.iter():
        for name in _INSTANCE.intersection(each.attrib):
            del each.attrib[name]
            if len(findings) < MOST_FINDINGS:
                place, said = place_of(each), f"xsi:{etree.QName(name).localname}"
                finding = faults.UNKNOWN_ATTRIBUTE.at(place, field=field_of(each), value=said, element=_name(each))
                findings.append(finding)
    return findings


def _body_findings(root: etree._Element) -> list[Finding]:
    answers = list(root.iterchildren(*ANSWERS))
    findings = [faults.ANSWER_NOT_REQUEST.at(place_of(each), value=each.tag) for each in answers[:1]]
    if root.find(REQUEST) is None and not findings:
        findings.append(faults.NO_REQUEST.at(place_of(root)))
    return findings


def _draft(root: etree._Element, findings: list[Finding]) -> Draft:
    again = [each for name in (HEADER, REQUEST) for each in list(root.iterchildren(name))[1:]]
    request, header = root.find(REQUEST), root.find(HEADER)
    values = {} if request is None else values_of(request, Declaration, again)
    values.pop("header", None)
    if header is not None:
        values["header"] = values_of(header, Header, again)
    findings += [_stands_again(each) for each in again[:MOST_FINDINGS]]
    findings.sort(key=lambda each: each.place.line or 0)
    return Draft(values, Places(root).place, tuple(findings))


def _stands_again(element: etree._Element) -> Finding:
    """Of two for one field nobody knows which is meant; the finding says both."""
    field, parent = field_of(element), element.getparent()
    assert parent is not None, "there is one root"
    known = shape_at(field)
    names = known.names if known and field else (str(element.tag),)
    first = next(parent.iterchildren(*names), element)
    return faults.STANDS_AGAIN.at(
        place_of(element),
        field=field,
        value=_told(element),
        other=_told(first),
        first=first.sourceline,
        element=element.tag,
        parent=_name(parent),
    )


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _told(element: etree._Element) -> str:
    if len(element):
        return f"{len(element)} elements"
    return (element.text or "").strip() or "no value"
