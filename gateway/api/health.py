"""Whether the gateway lives, and whether it can work."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import text

from gateway.access import Access, Actor, Rule
from gateway.wiring import Wiring, wired

router = APIRouter(tags=["health"])

Anyone = Annotated[Actor, Depends(Access(Rule.PUBLIC))]


@router.get("/healthz")
def healthy(_: Anyone) -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(_: Anyone, parts: Annotated[Wiring, Depends(wired)]) -> dict[str, str]:
    """The database answers too; otherwise 503."""
    with parts.database.reading() as session:
        session.connection().execute(text("SELECT 1"))
    return {"status": "ready"}
