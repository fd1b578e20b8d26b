"""Reading request bodies without trusting their length."""

from fastapi import Request

from gateway.refusals import TooLarge


async def limited_body(request: Request, most: int) -> bytes:
    """The body, read as it streams in.

    Raises:
        TooLarge: it is longer than `most` bytes; what follows is not read.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooLarge(most)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge(most)
    return bytes(body)
