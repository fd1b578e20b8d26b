"""The rules: what a declaration must state and how its parts must agree, whatever format it came in.

A rule is a pure function of the declaration, and an entry in the catalogue of its area: sentence, fix, severity,
source, agencies concerned, and an example that keeps it and one that breaks it. `RULES` lists them all; nothing is
found by scanning. Rules know no clock and no store: lead times and what was filed before are judged elsewhere.
"""

from collections.abc import Iterator

from messages.declaration import Declaration
from messages.rules import cargo, effects, general, health, people, routes, security, ship, stores, voyage, waste
from messages.rules.rule import FAULTS, Breach, Rule

RULES: tuple[Rule, ...] = (
    *general.RULES,
    *voyage.RULES,
    *ship.RULES,
    *people.RULES,
    *cargo.RULES,
    *stores.RULES,
    *effects.RULES,
    *health.RULES,
    *security.RULES,
    *waste.RULES,
)
"""Every rule, in the order findings are told."""


def check(declaration: Declaration) -> Iterator[Breach]:
    """Everything in `declaration` that breaks a rule."""
    with routes.remembered(declaration):
        for rule in RULES:
            yield from rule(declaration)


__all__ = ["FAULTS", "RULES", "Breach", "Rule", "check"]
