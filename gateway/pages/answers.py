"""What page handlers have in common: who asks, and how a page or a way onward is answered."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from gateway.access import Access, Actor, Rule, cookie_name
from gateway.rendering import render
from gateway.wiring import Wiring, wired

Visitor = Annotated[Actor, Depends(Access(Rule.VISITOR))]
Agent = Annotated[Actor, Depends(Access(Rule.AGENT_PAGE))]
Parts = Annotated[Wiring, Depends(wired)]

SEE_OTHER = 303


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of that template, kept by no cache."""
    return HTMLResponse(render(request, template, **values), status)


def onward(path: str) -> RedirectResponse:
    """To a page of ours, by GET."""
    return RedirectResponse(path, SEE_OTHER)


def token_of(request: Request) -> str | None:
    """The session token the browser sent."""
    return request.cookies.get(cookie_name(request))
