"""Turns templates into pages. Knows nothing of what a page is about."""

from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gateway import static_files, wording

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["static"] = static_files.address
_ENVIRONMENT.filters |= wording.FILTERS


def render(request: Request, template: str, **values: Any) -> str:
    """The page of that template. The shell greets whoever `gateway.access` has let in, if anyone."""
    actor = getattr(request.state, "actor", None)
    return _ENVIRONMENT.get_template(template).render(actor=actor, path=request.scope["path"], **values)
