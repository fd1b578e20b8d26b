"""Customs: what comes ashore, and what could.

Customs reads the cargo declaration (FAL Convention, annex, section 2.3; FAL form 2), the ship's stores declaration
(section 2.4; FAL form 3; Revised Kyoto Convention, specific annex J, chapter 4) and the crew's effects declaration
(section 2.5; FAL form 4). Cargo for this port, tobacco, spirits and dutiable effects wait for an officer; a ship
that declares none of them is granted by rule.
"""

import re
from collections.abc import Iterator

from agencies.agency import Agency, Assessment, Flag, Lane, awaited, counted
from agencies.declared import Element, declared
from messages.exchange import Notice

CARGO = "FAL Convention, annex, 2.3 (FAL form 2)"
STORES = "FAL Convention, annex, 2.4 (FAL form 3); Revised Kyoto Convention, annex J, chapter 4"
EFFECTS = "FAL Convention, annex, 2.5 (FAL form 4)"

_DUTIABLE_WORDS = re.compile(
    r"tobacco|cigar|cheroot|snuff|spirit|liqu(or|eur)|alcohol|whisk|brandy|cognac|vodka|arrack|\brum\b|\bgin\b|wine|champagne|cider|beer",
    re.IGNORECASE,
)
_DUTIABLE_CODES = re.compile(r"(220[3-8]|240[1-4])")
"""Harmonized System headings: 22.03 to 22.08 beverages with alcohol, chapter 24 tobacco."""
_IN_BALLAST = re.compile(r"\b(nil|none|no cargo|ballast|empty)\b", re.IGNORECASE)


def assess(notice: Notice) -> Assessment:
    """Cargo for this port, dutiable stores and effects wait for an officer; nil cargo and stores are granted."""
    declaration = declared(notice)
    consignments = declaration.items("cargo_data.consignment")
    here = [each for each in consignments if worked_here(each, notice)]
    stores, effects = dutiable_stores(declaration), declaration.items("dutiable_crew_effects")
    facts = (
        f"{counted(len(consignments), 'consignment', 'consignments')}, {len(here)} worked here",
        f"tobacco and spirits: {counted(len(stores), 'line', 'lines')}",
        f"crew's effects: {counted(len(effects), 'line', 'lines')}",
    )
    subject = (counted(len(here), "consignment", "consignments"),)
    if flags := tuple(reasons(here, stores, effects, notice)):
        return awaited(flags, facts=facts, subject=subject)
    if not consignments and not nil_cargo(declaration, notice):
        reason = "Nothing says whether cargo is on board."
        flag = Flag(reason=reason, legal_basis=CARGO)
        return Assessment(lane=Lane.ROUTINE, reason=reason, flags=(flag,), facts=facts, subject=subject)
    return Assessment(
        rule="customs-nil",
        reason="No cargo is worked here, and no tobacco, spirits or dutiable effects were declared.",
        legal_basis=f"{CARGO}; {STORES}",
        facts=facts,
        subject=subject,
    )


def reasons(here: list[Element], stores: list[Element], effects: tuple[Element, ...], notice: Notice) -> Iterator[Flag]:
    if here:
        worked = "loaded" if notice.movement == "departure" else "discharged"
        what = counted(len(here), "consignment is", "consignments are")
        yield Flag(reason=f"{what} to be {worked} here.", legal_basis=CARGO)
    if stores:
        kinds = counted(len(stores), "line", "lines")
        yield Flag(reason=f"Stores hold tobacco or spirits ({kinds}).", legal_basis=STORES)
    if effects:
        kinds = counted(len(effects), "line", "lines")
        yield Flag(reason=f"The crew declares dutiable effects ({kinds}).", legal_basis=EFFECTS)


def worked_here(consignment: Element, notice: Notice) -> bool:
    """Whether it is discharged (loaded, for a departure) in this port; one that does not say is taken to be."""
    end = "port_of_loading" if notice.movement == "departure" else "port_of_discharge"
    return consignment.port(end) in ("", notice.port)


def dutiable_stores(declaration: Element) -> list[Element]:
    """Stores that are tobacco or alcohol by their description or their Harmonized System code."""
    return [
        store
        for store in declaration.items("ship_store")
        if _DUTIABLE_WORDS.search(store.text("description")) or _DUTIABLE_CODES.match(store.text("code"))
    ]


def nil_cargo(declaration: Element, notice: Notice) -> bool:
    """Whether the absence of consignments was declared: an empty cargo part, or words that say so."""
    declared_empty = "cargo" in notice.visible or bool(declaration.at("cargo_data"))
    return declared_empty or bool(_IN_BALLAST.search(declaration.text("cargo_overview")))


CUSTOMS = Agency("customs", "Customs", assess, ("cargo_data", "ship_store", "dutiable_crew_effects"))
