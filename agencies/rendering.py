"""Pages from templates: everything escaped, nothing undefined let by, every link below the desk's own prefix."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from agencies import signs
from agencies.office import office_of
from agencies.officers import SignedIn
from agencies.words import country_word, in_utc, in_zone, label, port_name, until

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {"in_zone": in_zone, "in_utc": in_utc, "until": until, "label": label}
_TEMPLATES.filters |= {"country": country_word, "port": port_name}
_TEMPLATES.globals |= {"signs": signs.LANES, "outcome_signs": signs.OUTCOMES}


def page(
    request: Request, name: str, *, who: SignedIn | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """The template `name` filled, as an answer."""
    office = office_of(request)
    html = _TEMPLATES.get_template(name).render(
        agency=office.agency, root=office.settings.root_path, who=who, now=office.clock(), **context
    )
    return HTMLResponse(html, status)


def go_to(request: Request, path: str) -> RedirectResponse:
    """See another page of this desk."""
    return RedirectResponse(office_of(request).settings.root_path + path, 303)
