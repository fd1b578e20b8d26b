"""Static files, for ever under the same address."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from gateway.access import Access, Actor, Rule
from gateway.headers import ONE_YEAR
from gateway.refusals import NotFound
from gateway.static_files import by_address

router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
def static_file(name: str, _anyone: Annotated[Actor, Depends(Access(Rule.PUBLIC))]) -> Response:
    """A file of ours. Its name changes when its content does."""
    found = by_address().get(name)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"}
    return Response(found.body, media_type=found.media_type, headers=headers)
