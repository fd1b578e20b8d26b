"""The harbour-master: safety of navigation and of dangerous goods in the port's waters.

A port State may make entry to its ports subject to conditions and keep them (UNCLOS art. 25(2)). The harbour-master
reads the general declaration (FAL Convention, annex, section 2.2; FAL form 1), the dangerous goods manifest (FAL
form 7; SOLAS VII/4 and the IMDG Code, chapter 5.4), the waste notification (MARPOL), draughts, and defects, which
SOLAS I/11(c) obliges a master to report. Where nothing of that makes an officer look, the movement is granted by rule.
"""

from collections.abc import Iterator
from decimal import Decimal

from agencies.agency import Agency, Assessment, Flag, awaited, counted
from agencies.declared import Element, declared
from messages.exchange import Notice

DEEPEST_BY_RULE = Decimal("9.0")
"""Metres. A deeper ship may enter, but an officer looks at depth and tide first."""

DANGEROUS_GOODS = "FAL Convention, annex, 2.8 (FAL form 7); SOLAS VII/4; IMDG Code, chapter 5.4"
PORT_ENTRY = "UNCLOS art. 25(2): conditions for calling at a port"
DEFECTS = "SOLAS I/11(c): a defect that affects safety is reported"

_DRAUGHTS = ("fore_draught", "mid_ship_draught", "aft_draught")
_DEFECTS = {
    "hull_integrity": "hull",
    "maneuvrability": "manoeuvrability",
    "manoeuvrability": "manoeuvrability",
    "navigation": "navigation",
    "commuication": "communication",
    "communication": "communication",
    "mooring": "mooring",
    "cargo_handling": "cargo handling",
    "other": "other",
}


def assess(notice: Notice) -> Assessment:
    """Dangerous goods, a deep draught or a defect wait for an officer; the rest is granted."""
    declaration = declared(notice)
    draught = deepest(declaration, notice)
    hazards = dangerous_goods(declaration)
    facts = (
        f"draught {draught} m" if draught is not None else "draught not declared",
        counted(hazards, "entry of dangerous goods", "entries of dangerous goods"),
    )
    if flags := tuple(reasons(declaration, draught, hazards)):
        return awaited(flags, facts=facts, subject=facts[:1])
    return Assessment(
        rule="harbour-routine",
        reason=f"No dangerous goods, no draught over {DEEPEST_BY_RULE} m and no defects were declared.",
        legal_basis=PORT_ENTRY,
        facts=facts,
        subject=facts[:1],
    )


def reasons(declaration: Element, draught: Decimal | None, hazards: int) -> Iterator[Flag]:
    if hazards:
        declared_as = counted(hazards, "entry", "entries")
        yield Flag(reason=f"Dangerous goods are on board ({declared_as}).", legal_basis=DANGEROUS_GOODS)
    elif declaration.yes("dangerous_goods_cargo_indicator"):
        yield Flag(reason="Dangerous goods are said to be on board, but none is listed.", legal_basis=DANGEROUS_GOODS)
    if draught is not None and draught > DEEPEST_BY_RULE:
        reason = f"The draught of {draught} m is over {DEEPEST_BY_RULE} m."
        yield Flag(reason=reason, legal_basis=PORT_ENTRY)
    if defects := sorted({word for name, word in _DEFECTS.items() if declaration.said(f"ship_defects.{name}")}):
        yield Flag(reason=f"Defects are reported: {', '.join(defects)}.", legal_basis=DEFECTS)
    if declaration.yes("ship_defects.ability_to_transfer_cargo_ballast_fuel") is False:
        yield Flag(reason="The ship cannot transfer cargo, ballast or fuel.", legal_basis=DEFECTS)


def deepest(declaration: Element, notice: Notice) -> Decimal | None:
    """The greatest draught declared for the movement, in metres."""
    movement = "departure_draught" if notice.movement == "departure" else "arrival_draught"
    given = [declaration.number(f"{movement}.{place}") for place in _DRAUGHTS]
    given.append(declaration.number("ship_status.present_draught"))
    return max((draught for draught in given if draught is not None), default=None)


def dangerous_goods(declaration: Element) -> int:
    """Entries of dangerous goods: the manifest's, or else those among the consignments."""
    listed = len(declaration.items("general_description_of_dg"))
    within = sum(
        bool(details.at("dg_safety_data_sheet"))
        for consignment in declaration.items("cargo_data.consignment")
        for item in consignment.items("cargo_item")
        for details in item.items("special_cargo_details")
    )
    return max(listed, within)


HARBOUR = Agency(
    "harbour",
    "Harbour-master",
    assess,
    (
        "general_description_of_dg",
        "arrival_draught",
        "departure_draught",
        "ship_defects",
        "berth_arrival",
        "waste_information",
    ),
)
