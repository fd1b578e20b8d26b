"""Quarantine: the health of those on board, and free pratique.

Under the International Health Regulations (2005) a ship may be given free pratique before it arrives when its
information shows that it brings no disease (art. 28(3)); the master gives that information in the Maritime
Declaration of Health (art. 37, annex 8), and the ship carries a Ship Sanitation Control Certificate or an exemption
from it, valid six months (art. 39, annex 3). All answers "no" with a valid certificate is free pratique by rule;
anything else is an officer's.
"""

from collections.abc import Iterator

from agencies.agency import Agency, Assessment, Flag, awaited, counted
from agencies.declared import Element, declared, expires_before, moment_of
from messages.exchange import Notice

QUESTIONS = {
    "person_died": "Has a person died on board otherwise than by accident?",
    "disease_on_board": "Is there, or was there, a case of disease suspected to be infectious?",
    "ill_persons_greater_than_expected": "Are or were more persons ill than expected?",
    "ill_persons_now": "Is a person ill on board now?",
    "medical_consulted": "Was a medical practitioner consulted?",
    "infection_condition_on_board": "Is a condition on board known that may spread infection?",
    "sanitary_measure_applied": "Was a sanitary measure applied on board?",
    "stowaways_found": "Were stowaways found?",
    "sick_animal": "Is a sick animal or pet on board?",
    "visited_infected_area": "Did the ship visit an affected area?",
}
"""The yes-or-no questions of the declaration by their names in EPC, in our own words."""

FURTHER = {"re_inspection_required": "A re-inspection is required."}

HEALTH = "IHR (2005), art. 37 and annex 8"
PRATIQUE = "IHR (2005), art. 28"
SANITATION = "IHR (2005), art. 39 and annex 3"

_CERTIFICATES = ("ship_sanitation_control_certificate", "ship_sanitation_control_exemption_certificate")


def assess(notice: Notice) -> Assessment:
    """Free pratique by rule when every answer is no and the sanitation certificate is valid."""
    declaration = declared(notice)
    health = declaration.at("health_data")
    if notice.movement != "arrival" and not health:
        return Assessment(
            rule="quarantine-not-arriving",
            reason="A declaration of health is asked on arrival, and none came with this movement.",
            legal_basis=HEALTH,
        )
    affirmed = [name for name in QUESTIONS if health.yes(name)]
    certificate = sanitation_certificate_is_valid(declaration, notice)
    facts = (
        f"answers yes: {len(affirmed)} of {len(QUESTIONS)}",
        f"sanitation certificate {'valid' if certificate else 'not shown to be valid'}",
    )
    if flags := tuple(reasons(health, affirmed, certificate=certificate)):
        return awaited(flags, facts=facts, subject=("free pratique",))
    return Assessment(
        rule="quarantine-free-pratique",
        reason="Every question of the declaration of health is answered no, and the sanitation certificate is valid.",
        legal_basis=f"{PRATIQUE}; {HEALTH}",
        facts=facts,
        subject=("free pratique",),
    )


def reasons(health: Element, affirmed: list[str], *, certificate: bool) -> Iterator[Flag]:
    if not health:
        yield Flag(reason="There is no declaration of health.", legal_basis=HEALTH)
    for name in affirmed:
        yield Flag(reason=f"Answered yes: {QUESTIONS[name]}", legal_basis=HEALTH)
    for name, sentence in FURTHER.items():
        if health.yes(name):
            yield Flag(reason=sentence, legal_basis=SANITATION)
    if health and (silent := [name for name in QUESTIONS if health.yes(name) is None]):
        reason = f"{counted(len(silent), 'question is', 'questions are')} not answered."
        yield Flag(reason=reason, legal_basis=HEALTH)
    if health and ((health.whole("number_of_deaths") or 0) > 0 or (health.whole("number_of_ill_persons") or 0) > 0):
        yield Flag(reason="Ill or dead persons are counted.", legal_basis=HEALTH)
    if not certificate:
        yield Flag(reason="No valid ship sanitation certificate or exemption is declared.", legal_basis=SANITATION)


def sanitation_certificate_is_valid(declaration: Element, notice: Notice) -> bool:
    """Whether one of the two certificates is said to be valid and not shown to have ended by then."""
    return any(valid(declaration, kind, notice) for kind in _CERTIFICATES)


def valid(declaration: Element, kind: str, notice: Notice) -> bool:
    holders = [declaration.at(f"health_data.{kind}"), declaration.at(kind)]
    given = [each for each in holders if each]
    if any(expires_before(each, moment_of(notice), "expiry_date", "extended_until") for each in given):
        return False
    said = declaration.yes(f"health_data.valid_{kind}")
    dated = any(each.time("expiry_date") or each.time("extended_until") for each in given)
    return dated if said is None else said


QUARANTINE = Agency("quarantine", "Quarantine", assess, ("health_data", *_CERTIFICATES, "persons_onboard"))
