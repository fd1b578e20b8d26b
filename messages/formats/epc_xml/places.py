"""Where things stood: fields to elements, elements to fields and XPaths."""

import re

from lxml import etree

from messages.declaration import Declaration
from messages.declaration.record import Record
from messages.declaration.shape import FieldShape, shape
from messages.findings import Place
from messages.formats.epc_xml.names import HEADER, REQUEST, ROOT
from messages.formats.epc_xml.structure import plan

_STEP = re.compile(r"([^\[]+)(?:\[(\d+)\])?")


def place_of(element: etree._Element) -> Place:
    """Line and XPath of `element`. Positions are given where more than one of the name stand together."""
    return Place(line=element.sourceline, path=xpath(element))


def xpath(element: etree._Element) -> str:
    """The XPath of `element`; `epc` stands for the namespace of the root."""
    way = element.getroottree().getpath(element).split("/")[2:]
    return "/".join(("", f"epc:{ROOT}", *way))


def field_of(element: etree._Element) -> str:
    """The dotted path of the field that `element` fills, empty when it fills none."""
    way = element.getroottree().getpath(element).split("/")[2:]
    found = [_STEP.fullmatch(step) for step in way]
    steps = [(step[1], int(step[2] or 1) - 1) for step in found if step]
    if not steps or steps[0][0] not in (HEADER, REQUEST):
        return ""
    return _field_below(Declaration, steps if steps[0][0] == HEADER else steps[1:])


class Places:
    """The places of one document's fields. Lists are walked once, however many entries are asked for."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._lists: dict[tuple[etree._Element, str], list[etree._Element]] = {}

    def place(self, field: str) -> Place | None:
        """Where the field at a dotted path stood, None when the sender wrote no such field."""
        element = self.element(field)
        return None if element is None else place_of(element)

    def element(self, field: str) -> etree._Element | None:
        steps = field.split(".")
        holder = self._root if steps[0] == "header" else self._root.find(REQUEST)
        record: type[Record] | None = Declaration
        while steps and holder is not None:
            known = shape(record).get(steps.pop(0)) if record else None
            if known is None:
                return None
            record = known.record
            entry = int(steps.pop(0)) if known.repeated and steps and steps[0].isdigit() else None
            holder = self._child(holder, known, entry)
        return holder

    def _child(self, holder: etree._Element, known: FieldShape, entry: int | None) -> etree._Element | None:
        """The child of `holder` that is `known`; of a list the entry asked for."""
        if known.repeated and not known.item:
            return self._entry(holder, known.element, entry or 0)
        found = next(holder.iterchildren(*known.names), None)
        if found is None or entry is None:
            return found
        return self._entry(found, known.item, entry)

    def _entry(self, holder: etree._Element, name: str, entry: int) -> etree._Element | None:
        if (holder, name) not in self._lists:
            self._lists[holder, name] = list(holder.iterchildren(name))
        entries = self._lists[holder, name]
        return entries[entry] if entry < len(entries) else None


def _field_below(record: type[Record] | None, way: list[tuple[str, int]]) -> str:
    """The dotted path for elements from the outermost to the innermost, each a name and a position."""
    steps: list[str] = []
    wrapped = False
    for name, position in way:
        if wrapped:
            steps.append(str(position))
            wrapped = False
            continue
        step = plan(record).get(name) if record else None
        if step is None:
            break
        steps.append(step.field)
        if not step.single:
            steps.append(str(position))
        wrapped = bool(step.item)
        record = step.record
    return ".".join(steps)
