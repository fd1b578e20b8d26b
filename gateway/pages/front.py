"""The pages anybody may read: what this is, the rule book, help."""

from fastapi import APIRouter, Request, Response

from gateway import rulebook
from gateway.pages.answers import Parts, Visitor, onward, page
from gateway.refusals import NotFound
from gateway.store.agencies import titles
from gateway.wiring import Wiring

router = APIRouter(include_in_schema=False)


@router.get("/")
def front_page(request: Request, visitor: Visitor) -> Response:
    """What this is, and the way in; agents who are signed in go on to their calls."""
    return onward("/calls") if visitor.firm_id else page(request, "front.html")


@router.get("/rules")
def rule_book(request: Request, _visitor: Visitor) -> Response:
    """Every rule, by area."""
    return page(request, "rules.html", areas=rulebook.by_area())


@router.get("/rules/{rule}")
def one_rule(request: Request, rule: str, _visitor: Visitor, parts: Parts) -> Response:
    """What one id means, how to mend it, and who needs it."""
    fault = rulebook.RULES.get(rule)
    if fault is None:
        raise NotFound
    named = _titles(parts)
    needed_by = [named.get(code, code) for code in fault.agencies]
    area = rulebook.AREAS[rulebook.area_of(rule)]
    return page(request, "rule.html", fault=fault, area=area, needed_by=needed_by)


@router.get("/help")
def help_page(request: Request, _visitor: Visitor, parts: Parts) -> Response:
    """How to work with this site, in short."""
    settings = parts.settings
    return page(request, "help.html", largest=settings.largest_submission, idle=settings.session_idle_minutes)


def _titles(parts: Wiring) -> dict[str, str]:
    with parts.database.reading() as session:
        return titles(session)
