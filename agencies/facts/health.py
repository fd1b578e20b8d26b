"""What quarantine reads: the declaration of health, the ill, sanitation certificates (IHR 2005, annexes 3 and 8)."""

from collections.abc import Iterator

from agencies.declared import Element
from agencies.facts.persons import named
from agencies.facts.pieces import Grid, Line, Panel, Row, Word, bad, cell, doubtful, facts, good, soft
from agencies.facts.pieces import without_empty_columns as dense
from agencies.facts.rest import Rest
from agencies.facts.security import calls_grid
from agencies.facts.visit import Visit
from agencies.quarantine import QUESTIONS
from agencies.words import label

ILL = ("Person", "Nationality", "Symptoms since", "Illness", "Treatment", "Reported", "Remarks")
CERTIFICATES = {
    "ship_sanitation_control_certificate": "Ship sanitation control certificate",
    "ship_sanitation_control_exemption_certificate": "Ship sanitation control exemption certificate",
}


def health(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The questions, those answered yes first; then who is ill."""
    questions = answers(rest) if rest.at("health_data") else ()
    ill = Rest({name: rest.take(f"health_data.{name}") for name in ("number_of_ill_persons", "number_of_deaths")})
    counted = facts(*((label(name), Word(ill.text(name))) for name in tuple(ill.value)))
    again = rest.answer("health_data.re_inspection_required")
    state = {True: doubtful("yes"), False: Word("no"), None: Word("")}[again]
    found = (*counted, *facts((label("re_inspection_required"), state)))
    yield Panel("health_data", "Declaration of health", found, questions)
    yield from ill_persons(rest, visit)


def answers(rest: Rest) -> tuple[tuple[Word, str], ...]:
    said = {name: rest.answer(f"health_data.{name}") for name in QUESTIONS}
    words = {True: doubtful("Yes"), False: soft("No"), None: Word("Not answered", tone="ask", glyph="?")}
    order = (True, None, False)
    return tuple((words[each], QUESTIONS[name]) for each in order for name in QUESTIONS if said[name] is each)


def ill_persons(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """Who is or was ill. The persons' other data stay in their lists."""
    rows = []
    for path in ("crew_list", "passenger_list"):
        for member in Element(rest.value).items(path):
            person = Rest(member.value)
            particulars = person.members("person_health_particulars") or [person.take("person_health_particulars")]
            rows += [ill(person, Rest(each), visit) for each in particulars if isinstance(each, dict) and each]
            if isinstance(member.value, dict):
                member.value.pop("person_health_particulars", None)
    if rows:
        grid = dense(
            Grid(
                "ill_persons",
                "Ill persons",
                ILL,
                tuple(rows),
                len(rows),
                tight=frozenset({"Symptoms since", "Reported"}),
            )
        )
        yield Panel("ill_persons", "Ill persons", grids=(grid,), count=len(rows))


def ill(person: Rest, rest: Rest, visit: Visit) -> Row:
    reported = rest.answer("reported_to_port_medical")
    words = {True: Word("yes"), False: doubtful("no"), None: Word("")}
    name = named(person)
    cells = (
        cell((name, soft(person.text("person_reference")))),
        cell(person.country("nationality")),
        cell(Word(visit.said(rest.text("symptoms_date")))),
        cell(Word(rest.text("illness_code"))),
        cell(Word(rest.text("treatment"))),
        cell(words[reported]),
        cell(Word(rest.text("comments"))),
    )
    return Row(cells, rest.leftovers())


def sanitation(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """The sanitation certificate, or the exemption from it."""
    for name, title in CERTIFICATES.items():
        said = rest.answer(f"health_data.valid_{name}")
        for path in (f"health_data.{name}", name):
            held = Rest(rest.take(path)) if isinstance(rest.at(path), dict) else Rest({})
            if held.value:
                yield Panel(name, title, certificate(held, visit, said))
                said = None
        if said:
            yield Panel(name, title, facts(("Said to be valid", Word("yes, without its particulars"))))


def certificate(rest: Rest, visit: Visit, said: bool | None) -> tuple[tuple[str, Line], ...]:
    """The particulars of a certificate, its state first."""
    state = visit.expiry(Element(rest.value), "expiry_date", "extended_until")
    valid = {True: good("said to be valid"), False: bad("said not to be valid"), None: Word("")}[said]
    return facts(
        ("State", (state or valid,)),
        ("Number", Word(rest.text("certificate_number"))),
        ("Issued", Word(rest.text("issue_date"))),
        ("Expires", Word(rest.text("expiry_date"))),
        ("Extended until", Word(rest.text("extended_until"))),
        ("Issuer", (Word(rest.text("issuer.name")), rest.place("issuer_location"))),
        *((words, Word(text)) for words, text in rest.leftovers()),
    )


def ports(rest: Rest, visit: Visit) -> Iterator[Panel]:
    """Where the ship was, and which of these places were affected."""
    titles = {"call_in_infected_area": "Calls in affected areas", "last_port_calls": "Ports of call"}
    for name, title in titles.items():
        path = f"health_data.{name}"
        if members := rest.members(path):
            yield Panel(name, title, grids=(calls_grid(members, visit, path),), count=len(members))
