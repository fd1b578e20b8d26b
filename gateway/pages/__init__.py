"""The pages of agents and visitors: thin handlers over the same use cases and questions as the API."""

from fastapi import FastAPI

from gateway.headers import HeadersAlways
from gateway.pages import assets, calls, entrance, filing, front, live
from gateway.wiring import Wiring


def install(app: FastAPI) -> None:
    """Add every page to the app, and the headers that all its answers carry."""
    wiring: Wiring = app.state.wiring
    app.add_middleware(HeadersAlways, secure=wiring.settings.secure)
    for part in (assets, front, entrance, filing, calls, live):
        app.include_router(part.router)
