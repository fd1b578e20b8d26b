"""One desk put together from its parts, before it has doors: what routes work with."""

from dataclasses import dataclass
from typing import Self

import httpx2
from fastapi import Request

from agencies.agency import Agency
from agencies.cases import Cases
from agencies.clock import Clock
from agencies.database import Database
from agencies.inbox import Inbox
from agencies.officers import Officers
from agencies.reply import Replies
from agencies.settings import DeskSettings
from messages.exchange import Keyring


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one desk."""

    agency: Agency
    settings: DeskSettings
    clock: Clock
    database: Database
    inbox: Inbox
    cases: Cases
    officers: Officers
    replies: Replies

    @classmethod
    def furnished(cls, agency: Agency, settings: DeskSettings, clock: Clock, gateway: httpx2.Client | None) -> Self:
        """The parts for `agency`, with the database at its newest schema."""
        database = Database(settings.database)
        return cls(
            agency,
            settings,
            clock,
            database,
            Inbox(agency, Keyring(*settings.keys), database, clock),
            Cases(agency, database, clock),
            Officers(database, settings, clock),
            Replies(agency.code, database, settings, clock, gateway),
        )

    def open(self) -> None:
        """Begin to send decisions."""
        self.replies.start()

    def close(self) -> None:
        """End sending, then the database."""
        self.replies.stop()
        self.database.close()


def office_of(request: Request) -> Office:
    """The office behind the request's door."""
    office: Office = request.app.state.office
    return office
