"""The rule book: every fault that anything here can find, by id, for the pages that explain them.

Made of the catalogues that the finders themselves read, so that page and finding cannot differ.
"""

from collections.abc import Mapping
from types import MappingProxyType

from gateway import refusals
from messages import draft, examine, rules
from messages.findings import Fault
from messages.formats.epc_xml import faults as xml_faults
from messages.formats.json_document import reading as json_faults

AREAS: Mapping[str, str] = {
    "GEN": "The document as a whole",
    "VOY": "Voyage and times",
    "SHP": "Ship",
    "CRW": "Crew",
    "PAX": "Passengers",
    "CGO": "Cargo",
    "DGS": "Dangerous goods",
    "STO": "Ship's stores",
    "EFF": "Crew's effects",
    "HEA": "Health",
    "SEC": "Security",
    "WAS": "Waste",
    "XML": "XML documents",
    "JSN": "JSON documents",
    "API": "Requests",
    "AUT": "Signing in and keys",
    "AGY": "Agencies' decisions",
}
"""What the three letters in an id stand for, in the order of the rule book."""

_CATALOGUES = (rules.FAULTS, examine.FAULTS, draft.FAULTS, xml_faults.FAULTS, json_faults.FAULTS, refusals.FAULTS)

RULES: Mapping[str, Fault] = MappingProxyType({fault.id: fault for each in _CATALOGUES for fault in each.values()})


def area_of(rule: str) -> str:
    """The three letters of an id: `CRW` of MSW-CRW-004."""
    return rule.split("-")[1]


def by_area() -> dict[str, list[Fault]]:
    """The rule book in its order: title of each area that has entries, and the entries by number."""
    book: dict[str, list[Fault]] = {title: [] for title in AREAS.values()}
    for fault in sorted(RULES.values(), key=lambda fault: fault.id):
        book[AREAS[area_of(fault.id)]].append(fault)
    return {title: entries for title, entries in book.items() if entries}


def agencies_of(rule: str) -> tuple[str, ...]:
    """Codes of the agencies that need what the rule guards; none for an id no catalogue has."""
    return RULES[rule].agencies if rule in RULES else ()
