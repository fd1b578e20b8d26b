"""One port to open: the gateway, and behind `/desks/<agency>/` each desk's own pages, passed on unread.

For demonstrations only. In service a desk has its own address, and this module is not used.
"""

from collections.abc import AsyncIterator, Mapping
from functools import partial

import httpx2
from fastapi import Request
from starlette.background import BackgroundTask
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/desks/"
HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "host"}
)
"""Headers that speak of one connection only (RFC 9110, section 7.6.1), and those the client sets itself."""


class Front:
    """An ASGI application that is the gateway, except under `/desks/`."""

    def __init__(self, gateway: ASGIApp, desks: Mapping[str, str]) -> None:
        self._gateway = gateway
        self._desks = desks
        self._client = httpx2.AsyncClient(timeout=None, trust_env=False, follow_redirects=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._gateway(scope, receive, partial(self._hung_up, send))
            return
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._gateway(scope, receive, send)
            return
        agency, _, rest = scope["path"].removeprefix(PREFIX).partition("/")
        if agency not in self._desks:
            response: Response = PlainTextResponse("No such desk.", 404)
        else:
            response = await self._passed_on(Request(scope, receive), self._desks[agency].rstrip("/") + "/" + rest)
        await response(scope, receive, send)

    async def _hung_up(self, send: Send, message: Message) -> None:
        if message["type"].startswith("lifespan.shutdown"):
            await self._client.aclose()
        await send(message)

    async def _passed_on(self, request: Request, url: str) -> Response:
        headers = [(name, value) for name, value in request.headers.items() if name not in HOP_BY_HOP]
        headers.append(("host", request.headers.get("host", "")))
        outgoing = self._client.build_request(
            request.method,
            httpx2.URL(url, query=request.url.query.encode()),
            headers=headers,
            content=await request.body(),
        )
        try:
            answer = await self._client.send(outgoing, stream=True)
        except httpx2.TransportError:
            return PlainTextResponse("This desk is down. What was sent to it waits, and nothing is lost.", 502)
        response = StreamingResponse(_raw(answer), answer.status_code, background=BackgroundTask(answer.aclose))
        response.raw_headers = [
            (name.lower(), value) for name, value in answer.headers.raw if name.lower().decode() not in HOP_BY_HOP
        ]
        return response


async def _raw(answer: httpx2.Response) -> AsyncIterator[bytes]:
    async for chunk in answer.aiter_raw():
        yield chunk
