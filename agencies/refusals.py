"""Everything a desk declines to do, each with a stable id, a sentence and what to do about it.

A `Refusal` is answered as `application/problem+json` (RFC 9457) at the machine's doors and as a page at the
officers'. `desk` owns that choice; here are only the words.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from fastapi.responses import JSONResponse

LONGEST_VALUE = 60
"""Characters of a sender's value that a refusal says back."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry of the catalogue. `says` and `fix` are templates with named values in braces."""

    id: str
    status: int
    says: str
    fix: str


UNSIGNED = Fault(
    "MSW-AGY-001",
    401,
    "The notice carries no signature of this desk's key from the last 300 seconds.",
    "Sign the exact bytes you send with the key shared with this desk, and check that both clocks agree.",
)
OTHER_AGENCY = Fault(
    "MSW-AGY-002",
    403,
    'The notice is for "{value}", and this is the desk of "{agency}".',
    "Send it to the desk the notice names.",
)
ID_REUSED = Fault(
    "MSW-AGY-003",
    409,
    'Notice "{value}" was received before with other content; the first one stays.',
    "Give the new content an id of its own.",
)
TOO_LARGE = Fault(
    "MSW-AGY-004",
    413,
    "The body is larger than {limit} bytes.",
    "Send less, or ask the desk's operator to raise the limit.",
)
NOT_A_NOTICE = Fault(
    "MSW-AGY-005",
    422,
    "The body is not a notice of contract 1: {problem}.",
    "Compare it with the schema of contract 1, correct it, and send it with the same id.",
)
OTHER_ID = Fault(
    "MSW-AGY-006",
    422,
    'The header says message "{header}", the notice says "{value}".',
    "Sign each notice under its own id.",
)
TOO_DEEP = Fault(
    "MSW-AGY-007",
    422,
    "The declaration nests elements more than {limit} levels deep.",
    "Send the declaration as the contract has it; it needs no more than 12 levels.",
)
NOT_PRINTABLE = Fault(
    "MSW-AGY-008",
    422,
    'The {name} "{value}" holds characters that cannot be kept.',
    "Leave out control characters, and write numbers below 2 147 483 648.",
)
NO_SUCH_TIME = Fault(
    "MSW-AGY-009",
    422,
    'The {name} "{value}" does not lie between the years {first} and {last}.',
    "Correct the time, for example 2026-11-23T06:00:00+06:30.",
)
WRONG_SIGN_IN = Fault(
    "MSW-AGY-020",
    401,
    "Staff number and password do not fit together.",
    "Type both again, or ask your supervisor for a sign-in link.",
)
TOO_MANY_TRIES = Fault(
    "MSW-AGY-021",
    429,
    "There were too many tries to sign in.",
    "Wait {seconds} seconds and try again; a sign-in link works at once.",
)
LINK_OVER = Fault(
    "MSW-AGY-022",
    410,
    "This sign-in link was used, has ended, or never was.",
    "Ask your supervisor for a new link.",
)
SIGNED_OUT = Fault(
    "MSW-AGY-023",
    401,
    "You are not signed in, or your session has ended; nothing was recorded.",
    "Sign in and send the form again.",
)
FROM_ELSEWHERE = Fault(
    "MSW-AGY-024",
    403,
    "This form was not sent from a page of this desk; nothing was recorded.",
    "Open the page at this desk again and send the form from there.",
)
NO_SUCH_CASE = Fault(
    "MSW-AGY-030",
    404,
    "There is no such case in your ports.",
    "Go back to the queue and open the case from there.",
)
NO_SUCH_PAGE = Fault(
    "MSW-AGY-031",
    404,
    "There is no such page.",
    "Go back to the queue.",
)
NOT_THAT_WAY = Fault(
    "MSW-AGY-032",
    405,
    "This address does not take {method}.",
    "Use the forms on the pages, or the methods the contract names.",
)
UNREADABLE_FORM = Fault(
    "MSW-AGY-033",
    422,
    "A field of the form is missing or cannot be read; nothing was recorded.",
    "Open the page again and send its form whole.",
)

NO_DATABASE = Fault(
    "MSW-AGY-040",
    503,
    "The desk cannot reach its records; nothing was recorded.",
    "Send the same again in a few seconds.",
)
BROKEN = Fault(
    "MSW-AGY-041",
    500,
    "The desk failed at this; what was recorded before stays.",
    "Try again, and tell the desk's operator the time and this number if it fails again.",
)


class Refusal(HTTPException):
    """A fault met; `values` fill its templates, shortened."""

    def __init__(self, fault: Fault, *, retry_after: int | None = None, **values: object) -> None:
        headers = {"Retry-After": str(retry_after)} if retry_after else None
        super().__init__(fault.status, fault.id, headers)
        shown = {name: shortened(value) for name, value in values.items()}
        self.fault = fault
        self.says = fault.says.format_map(shown)
        self.fix = fault.fix.format_map(shown)

    def as_problem(self) -> JSONResponse:
        """The refusal for a machine."""
        body: dict[str, Any] = {
            "type": f"/rules/{self.fault.id}",
            "title": self.says,
            "status": self.fault.status,
            "detail": self.fix,
            "rule": self.fault.id,
            "fix": self.fix,
        }
        return JSONResponse(body, self.fault.status, self.headers, media_type="application/problem+json")


def shortened(value: object) -> str:
    """A sender's value as it may be said back: one line, printable, at most `LONGEST_VALUE` characters."""
    text = " ".join(str(value).split())
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= LONGEST_VALUE else printable[: LONGEST_VALUE - 1] + "…"
