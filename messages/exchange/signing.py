"""Signatures over raw bytes, as the Standard Webhooks specification 1.0 has them (HMAC-SHA256, `v1,`).

A key is written `whsec_` + base64. A `Keyring` holds the keys valid now, newest first: it signs with the
first and accepts any, so that keys can be rotated with an overlap. Timestamps may differ by 300 s.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

MOST_SIGNATURES = 5
"""More signatures in one header than this are refused unread."""

_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


class SignatureRefused(Exception):  # noqa: N818 - a refusal is what it is, not a fault of ours
    """The message is not signed by a key of the agency it names, or not within 300 s of now."""


class Keyring:
    """The keys shared with one partner, newest first."""

    def __init__(self, *keys: str) -> None:
        if not keys:
            msg = "A keyring needs at least one key."
            raise ValueError(msg)
        self._webhooks = [Webhook(key) for key in keys]

    def sign(self, message_id: str, body: bytes) -> dict[str, str]:
        """The three headers that go with `body`, for an attempt made now.

        The time is the machine's, not an injected clock's: the other end compares it with its own.
        """
        now = datetime.now(UTC)
        signature = self._webhooks[0].sign(message_id, now, body.decode())
        return dict(zip(_HEADERS, (message_id, str(int(now.timestamp())), signature), strict=True))

    def verify(self, headers: Mapping[str, str], body: bytes) -> str:
        """The message id, when one of the keys signed `body` within the last 300 s.

        Raises:
            SignatureRefused: a header is missing, stale, or no key fits.
        """
        given = {name: headers.get(name, "") for name in _HEADERS}
        if len(given["webhook-signature"].split()) > MOST_SIGNATURES:
            raise SignatureRefused
        for webhook in self._webhooks:
            try:
                webhook.verify(body, given, json_parse=False)
            except (WebhookVerificationError, UnicodeError, ValueError):
                continue
            return given["webhook-id"]
        raise SignatureRefused


def new_key() -> str:
    """A fresh key of 256 random bits."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def digest_of(body: bytes) -> str:
    """SHA-256 of `body` as messages carry it: `sha256:<hexadecimal>`."""
    return "sha256:" + hashlib.sha256(body).hexdigest()
