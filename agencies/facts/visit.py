"""The visit that facts belong to: where, when it begins and ends, and how its times are said."""

from dataclasses import dataclass
from datetime import datetime

from agencies.declared import Element, declared, expires_before, moment_of
from agencies.facts.pieces import NOTHING, Word, bad, doubtful
from agencies.facts.rest import Rest
from agencies.words import at_port, moment
from messages.exchange import Notice


@dataclass(frozen=True, slots=True)
class Visit:
    """The movement an officer decides about."""

    notice: Notice

    @property
    def begins(self) -> datetime:
        return moment_of(self.notice)

    @property
    def ends(self) -> datetime | None:
        """When the ship means to leave, as far as declared."""
        port = declared(self.notice).at("port_of_arrival")
        times = [each.time("date_time") for each in port.items("departure_time")]
        return max((each for each in times if each), default=None)

    def said(self, text: str) -> str:
        """A date or time out of the declaration, in the port's zone."""
        said = at_port(text, self.notice.time_zone, self.begins.year)
        return moment(text) if said == text else said

    def time(self, rest: Rest, path: str) -> str:
        """The time at `path`, taken out of `rest` and said in the port's zone."""
        value = rest.at(path)
        return self.said(str(rest.take(path))) if isinstance(value, str) else ""

    def day(self, rest: Rest, path: str) -> str:
        """The day of the time at `path`, taken out of `rest`; the hour, where it says nothing."""
        said = self.time(rest, path)
        return said.rpartition(" ")[0] if ":" in said else said

    def stated(self, rest: Rest, path: str) -> str:
        """The times at `path`, each with what kind of statement it is: `14 Dec 05:30 estimated`."""
        if isinstance(rest.at(path), dict):
            return self.stated_time(Rest(rest.take(path)))
        return ", ".join(self.stated_time(Rest(each)) for each in rest.members(path))

    def stated_time(self, rest: Rest) -> str:
        return " ".join(filter(None, (self.time(rest, "date_time"), rest.text("time_type"))))

    def expiry(self, holder: Element, *paths: str) -> Word:
        """Whether what `holder` describes has ended by the arrival, or will have by the departure."""
        if expires_before(holder, self.begins, *paths):
            return bad("expired")
        if self.ends and expires_before(holder, self.ends, *paths):
            return doubtful("ends before departure")
        return NOTHING
