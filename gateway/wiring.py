"""What the routes share: built once by `gateway.app`, handed to every route through `wired`."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from gateway.clock import Clock
from gateway.database import Database
from gateway.decisions import Decisions
from gateway.deliveries import Deliveries
from gateway.intake import Intake
from gateway.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The parts of a running gateway."""

    settings: Settings
    clock: Clock
    database: Database
    intake: Intake
    decisions: Decisions
    deliveries: Deliveries


def wired(request: Request) -> Wiring:
    """The parts of the gateway that answers this request. For use with `Depends`."""
    return cast("Wiring", request.app.state.wiring)
