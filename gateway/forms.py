"""Reading what a page's form sent, within limits, once."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from gateway.refusals import LengthNeeded, TooLarge
from gateway.wiring import wired

MOST_FIELDS = 20
ROOM_BESIDE = 64 * 1024
"""Bytes a form may have beside the document in it."""


async def form_of(request: Request) -> FormData:
    """The form in the request's body, read once however often it is asked for.

    Raises:
        LengthNeeded: the body does not announce its length, as browsers' forms do.
        TooLarge: it announces more than a submission may have.
    """
    most = wired(request).settings.largest_submission
    announced = request.headers.get("content-length", "")
    if not announced.isdigit():
        raise LengthNeeded
    if int(announced) > most + ROOM_BESIDE:
        raise TooLarge(most)
    return await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=most)


Form = Annotated[FormData, Depends(form_of)]
"""For handlers; name it after the actor, so that nobody's form is read before they are let in."""


def field(form: FormData, name: str) -> str:
    """What was typed into that field; empty when it was not sent."""
    given = form.get(name, "")
    return "" if isinstance(given, UploadFile) else given


def attached(form: FormData, name: str) -> bytes:
    """The bytes of the file chosen in that field; empty when none was."""
    given = form.get(name)
    return given.file.read() if isinstance(given, UploadFile) else b""
