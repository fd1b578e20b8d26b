"""The headers that every answer carries, whoever made it."""

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("style-src", "script-src", "img-src", "connect-src", "form-action")),
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""An answer that has set one of these itself keeps its own."""

ONE_YEAR = 365 * 24 * 3600


class HeadersAlways:
    """ASGI middleware that adds them, and Strict-Transport-Security where TLS is used."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = ALWAYS | ({"Strict-Transport-Security": f"max-age={ONE_YEAR}"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_to(MutableHeaders(scope=message), self._headers)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def add_to(headers: MutableHeaders | dict[str, Any], extra: dict[str, str]) -> None:
    """Set what is not set yet."""
    for name, value in extra.items():
        headers.setdefault(name, value)
