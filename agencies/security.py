"""Port security: whether the ship may interface with the port facility.

Before entering, a ship may be asked for its International Ship Security Certificate, its security level, the level
and measures of its last ten calls at port facilities and of ship-to-ship activities in that time, and other
practical security information (SOLAS XI-2/9.2.1; ISPS Code part A, section 4 and part B, 4.37 to 4.40). Level 1, a
valid certificate, ten calls and no ship-to-ship activity are granted by rule; anything else is an officer's.
"""

import re
from collections.abc import Iterator

from agencies.agency import Agency, Assessment, Flag, awaited, counted
from agencies.declared import Element, declared, expires_before, moment_of
from messages.exchange import Notice

CALLS_ASKED = 10

CERTIFICATE = "SOLAS XI-2/9.2.1.1; ISPS Code, part A, section 19"
LEVEL = "SOLAS XI-2/9.2.1.2"
CALLS = "SOLAS XI-2/9.2.1.3 and 9.2.3"
SHIP_TO_SHIP = "SOLAS XI-2/9.2.1.5 and 9.2.3"
OTHER = "SOLAS XI-2/9.2.1.6"


def assess(notice: Notice) -> Assessment:
    """Level 1, a valid certificate, ten calls and no ship-to-ship activity are granted; the rest is looked at."""
    declaration = declared(notice)
    if notice.movement != "arrival" and not any(map(declaration.at, _ASKED)):
        return Assessment(
            rule="security-not-arriving",
            reason="Security information is asked before entering, and none came with this movement.",
            legal_basis="SOLAS XI-2/9.2",
        )
    calls, together = declaration.items("port_call_list"), declaration.items("ship_to_ship_activity_list")
    level = security_level(declaration.text("current_ship_security_level"))
    facts = (
        f"security level {level}" if level else "security level not declared",
        f"calls listed: {len(calls)} of {CALLS_ASKED}",
        counted(len(together), "ship-to-ship activity", "ship-to-ship activities"),
    )
    if flags := tuple(reasons(declaration, level, calls, together, notice)):
        return awaited(flags, facts=facts, subject=facts[:1])
    return Assessment(
        rule="security-level-1",
        reason="Level 1, a valid certificate, ten calls and no ship-to-ship activity were declared.",
        legal_basis="SOLAS XI-2/9.2.1",
        facts=facts,
        subject=facts[:1],
    )


_ASKED = (
    "iss_certificate",
    "iss_certificate_status",
    "current_ship_security_level",
    "port_call_list",
    "ship_to_ship_activity_list",
)


def reasons(
    declaration: Element,
    level: int | None,
    calls: tuple[Element, ...],
    together: tuple[Element, ...],
    notice: Notice,
) -> Iterator[Flag]:
    if level is None:
        yield Flag(reason="The ship's security level is not declared.", legal_basis=LEVEL)
    elif level > 1:
        yield Flag(reason=f"The ship is at security level {level}.", legal_basis=LEVEL)
    if raised := sum((security_level(call.text("port_security_level")) or 1) > 1 for call in calls):
        where = counted(raised, "earlier call was", "earlier calls were")
        yield Flag(reason=f"{where} made above security level 1.", legal_basis=CALLS)
    if not certificate_is_valid(declaration, notice):
        yield Flag(reason="No valid International Ship Security Certificate is declared.", legal_basis=CERTIFICATE)
    if declaration.yes("has_security_plan") is False:
        yield Flag(reason="There is no approved ship security plan on board.", legal_basis=CERTIFICATE)
    if len(calls) < CALLS_ASKED:
        listed = counted(len(calls), "earlier call is", "earlier calls are")
        yield Flag(reason=f"{listed} listed, {CALLS_ASKED} are asked.", legal_basis=CALLS)
    if together:
        what = counted(len(together), "ship-to-ship activity is", "ship-to-ship activities are")
        yield Flag(reason=f"{what} reported.", legal_basis=SHIP_TO_SHIP)
    if declaration.said("security_other_matters_to_report"):
        yield Flag(reason="The master reports another security matter.", legal_basis=OTHER)


def security_level(text: str) -> int | None:
    """1, 2 or 3 out of `SL2`, `2` or `level 2`."""
    found = re.search(r"[123]", text)
    return int(found.group()) if found else None


def certificate_is_valid(declaration: Element, notice: Notice) -> bool:
    """Whether the certificate is said to be valid, or numbered and dated, and has not ended by then."""
    certificate = declaration.at("iss_certificate")
    if expires_before(certificate, moment_of(notice), "expiry_date", "extended_until"):
        return False
    said = declaration.yes("iss_certificate_status.issc_status")
    return bool(certificate.text("certificate_number") and certificate.time("expiry_date")) if said is None else said


SECURITY = Agency("security", "Port security", assess, _ASKED)
