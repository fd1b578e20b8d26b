"""Where things stood: fields to elements, elements to fields and XPaths."""

from collections.abc import Iterator

from lxml import etree

from messages.declaration import Declaration
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, shape
from messages.findings import Place
from messages.formats.epc_xml.structure import plan

HEADER, REQUEST = "EPCMessageHeader", "EPCRequestBody"


def place_of(element: etree._Element) -> Place:
    """Line and XPath of `element`. Positions are given where more than one of the name stand together."""
    return Place(line=element.sourceline, path=xpath(element))


def xpath(element: etree._Element) -> str:
    """The XPath of `element`; `epc` stands for the namespace of the root."""
    steps = [_step(each) for each in (element, *element.iterancestors())]
    return "/epc:" + "/".join(reversed(steps))


def field_of(element: etree._Element) -> str:
    """The dotted path of the field that `element` fills, empty when it fills none."""
    way = [element, *element.iterancestors()][-2::-1]
    if not way or way[0].tag not in (HEADER, REQUEST):
        return ""
    if way[0].tag == HEADER:
        return _field_below(Declaration, way)
    return _field_below(Declaration, way[1:])


def element_at(root: etree._Element, path: str) -> etree._Element | None:
    """The element that fills the field at a dotted path, None when there is none."""
    holder = root if path.partition(".")[0] == "header" else root.find(REQUEST)
    steps = path.split(".")
    record: type[Record] | None = Declaration
    while steps and holder is not None:
        known = shape(record).get(steps.pop(0)) if record else None
        if known is None:
            return None
        record = known.record
        index = int(steps.pop(0)) if known.repeated and steps and steps[0].isdigit() else None
        holder = _child(holder, known, index)
    return holder


def _step(element: etree._Element) -> str:
    name = etree.QName(element).localname
    tag = str(element.tag)
    before = len(list(element.itersiblings(tag, preceding=True)))
    if before == 0 and next(element.itersiblings(tag), None) is None:
        return name
    return f"{name}[{before + 1}]"


def _field_below(record: type[Record], way: list[etree._Element]) -> str:
    """The dotted path for elements from the outermost to the innermost."""
    steps: list[str] = []
    wrapped = False
    for element in way:
        if wrapped:
            steps.append(str(_index(element, {str(element.tag)})))
            wrapped = False
            continue
        step = plan(record).get(element.tag)
        if step is None:
            break
        steps.append(step.field)
        if not step.single:
            steps.append(str(_index(element, {name for name, each in plan(record).items() if each is step})))
        wrapped = bool(step.item)
        record = step.record
    return ".".join(steps)


def _index(element: etree._Element, names: set[str]) -> int:
    return sum(1 for each in element.itersiblings(preceding=True) if each.tag in names)


def _child(holder: etree._Element, known: FieldShape, index: int | None) -> etree._Element | None:
    """The child of `holder` that is `known`, its entry `index` when given."""
    found = _named(holder, known)
    if known.item:
        wrapper = next(found, None)
        if wrapper is None or index is None:
            return wrapper
        found = wrapper.iterchildren(known.item)
    return next((each for n, each in enumerate(found) if n == (index or 0)), None)


def _named(holder: etree._Element, known: FieldShape) -> Iterator[etree._Element]:
    return holder.iterchildren(*filter(None, (known.element, known.also)))
