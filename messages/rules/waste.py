"""Rules on the advance waste notification (MARPOL; MEPC.1/Circ.834, appendix 2)."""

from collections.abc import Iterator
from decimal import Decimal

from messages.codes import units
from messages.declaration import Declaration
from messages.declaration.measures import Measure
from messages.declaration.waste import WasteDisposalInformation
from messages.rules.rule import Wrong, rule, wrong
from messages.rules.times import comes, departure, spoken

_USUAL_UNIT = "MTQ"
"""Cubic metres, which the notification form asks for."""


@rule("MSW-WAS-001")
def no_tank_holds_more_than_it_can(d: Declaration) -> Iterator[Wrong]:
    for path, each in _lines(d):
        stated = (each.max_storage, each.to_be_delivered, each.retained_onboard)
        capacity, delivered, retained = map(_amount, stated)
        if capacity is None or delivered is None or retained is None or len(set(map(_measured, stated))) > 1:
            continue
        if delivered + retained > capacity:
            shown = {"to_deliver": _spoken(each.to_be_delivered), "retained": _spoken(each.retained_onboard)}
            yield wrong(f"{path}.max_storage", _spoken(each.max_storage), kind=_kind(each), **shown)


@rule("MSW-WAS-002")
def every_line_names_its_waste(d: Declaration) -> Iterator[Wrong]:
    for path, each in _lines(d):
        if each.waste_type is None or not (each.waste_type.description or each.waste_type.code):
            yield wrong(f"{path}.waste_type", None, row=int(path.rpartition(".")[2]) + 1)


@rule("MSW-WAS-003")
def every_line_says_how_much(d: Declaration) -> Iterator[Wrong]:
    for path, each in _lines(d):
        if each.to_be_delivered is None or each.to_be_delivered.content is None:
            yield wrong(f"{path}.to_be_delivered", None, kind=_kind(each))


@rule("MSW-WAS-004")
def every_waste_stands_once(d: Declaration) -> Iterator[Wrong]:
    seen: dict[tuple[str | None, str | None], int] = {}
    for position, (path, each) in enumerate(_lines(d)):
        if each.waste_type is None:
            continue
        kind = (each.waste_type.code, each.waste_type.description)
        first = seen.setdefault(kind, position)
        if first != position:
            yield wrong(f"{path}.waste_type", _kind(each), row=position + 1, first=first + 1)


@rule("MSW-WAS-005")
def waste_was_last_delivered_before_arrival(d: Declaration) -> Iterator[Wrong]:
    notice = d.waste_information
    last = notice.last_port_delivered if notice else None
    delivered, arrives = departure(last, "waste_information.last_port_delivered"), comes(d)
    if d.movement == "arrival" and delivered and arrives and delivered.at > arrives.at:
        yield wrong(delivered.field, spoken(delivered.at), arrival=spoken(arrives.at))


@rule("MSW-WAS-006")
def all_delivered_leaves_nothing(d: Declaration) -> Iterator[Wrong]:
    if d.waste_information is None or d.waste_information.waste_delivery_status != "All":
        return
    for path, each in _lines(d):
        if _amount(each.retained_onboard):
            yield wrong(f"{path}.retained_onboard", _spoken(each.retained_onboard), kind=_kind(each))


@rule("MSW-WAS-007")
def what_is_kept_goes_somewhere(d: Declaration) -> Iterator[Wrong]:
    notice = d.waste_information
    if notice is None or notice.next_port_to_deliver is not None:
        return
    for path, each in _lines(d):
        if _amount(each.retained_onboard) and each.disposed_of_in_port is None:
            yield wrong(f"{path}.disposed_of_in_port", _spoken(each.retained_onboard), kind=_kind(each))


def _lines(d: Declaration) -> Iterator[tuple[str, WasteDisposalInformation]]:
    for position, each in enumerate(d.waste_information.waste_disposal_information if d.waste_information else ()):
        yield f"waste_information.waste_disposal_information.{position}", each


def _amount(measure: Measure | None) -> Decimal | None:
    """The amount in the base unit of what is measured."""
    if measure is None or measure.content is None:
        return None
    return units.in_base(measure.content, measure.unit_code or _USUAL_UNIT)


def _measured(measure: Measure | None) -> str:
    """What is measured, mass or volume: the two cannot be added."""
    unit = units.find((measure.unit_code if measure else None) or _USUAL_UNIT)
    return unit.kind if unit else ""


def _spoken(measure: Measure | None) -> str:
    return f"{measure.content} {measure.unit_code or ''}".strip() if measure else "nothing"


def _kind(each: WasteDisposalInformation) -> str:
    return (each.waste_type.description or each.waste_type.code or "waste") if each.waste_type else "waste"


RULES = (
    no_tank_holds_more_than_it_can,
    every_line_names_its_waste,
    every_line_says_how_much,
    every_waste_stands_once,
    waste_was_last_delivered_before_arrival,
    all_delivered_leaves_nothing,
    what_is_kept_goes_somewhere,
)
