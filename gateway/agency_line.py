"""The line to one agency's desk: one notice out, one receipt back, nothing believed unread."""

import time

import httpx2
from pydantic import ValidationError

from gateway.records import Agency
from messages.exchange import Keyring, NoticeReceipt, digest_of

LARGEST_RECEIPT = 64 * 1024
"""Bytes of a desk's answer that are read; a receipt is under 1 kB."""

TRY_AGAIN = frozenset({401, 403, 404, 408, 425, 429})
"""Client errors that an operator on either side can mend without a new notice."""

OUT_OF_REACH = "The desk cannot be reached."
"""Said of a desk that nobody answers for; notices that wait for nothing else go out as soon as it answers."""


class NotDelivered(Exception):  # noqa: N818 - an outcome, not a fault of ours
    """The desk has not confirmed the notice; trying again may help. The text is shown to agents."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.retry_after = retry_after
        """Seconds the desk asked us to wait."""


class RefusedByDesk(Exception):  # noqa: N818 - the same
    """The desk refuses this notice itself; the same bytes will be refused again."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AgencyLine:
    """Sends notices to one desk. The client decides the transport, so tests hand in the desk itself."""

    def __init__(self, agency: Agency, client: httpx2.Client, *, timeout: float = 10.0) -> None:
        self.agency = agency
        self._url = agency.address.rstrip("/") + "/notices"
        self._keyring = Keyring(*agency.keys)
        self._client = client
        self._timeout = timeout

    def send(self, notice_id: str, notice: bytes) -> NoticeReceipt:
        """Bring `notice` to the desk and return its receipt for exactly these bytes.

        Raises:
            NotDelivered: no receipt came; the notice may or may not have arrived.
            RefusedByDesk: the desk will never take it.
        """
        headers = self._keyring.sign(notice_id, notice) | {"content-type": "application/json"}
        try:
            with self._client.stream(
                "POST", self._url, content=notice, headers=headers, follow_redirects=False
            ) as response:
                return self._receipt(response, notice_id, notice, time.monotonic() + self._timeout)
        except httpx2.TimeoutException:
            raise NotDelivered("The desk did not answer in time.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError):
            raise NotDelivered(OUT_OF_REACH) from None

    def _receipt(self, response: httpx2.Response, notice_id: str, notice: bytes, deadline: float) -> NoticeReceipt:
        self._refuse_failures(response)
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_RECEIPT or time.monotonic() > deadline:
                raise NotDelivered("The desk's answer was too long or too slow.")
        try:
            receipt = NoticeReceipt.model_validate_json(bytes(body))
        except ValidationError:
            raise NotDelivered("The desk answered, but not with a receipt.") from None
        if (receipt.notice, receipt.digest) != (notice_id, digest_of(notice)):
            raise NotDelivered("The desk's receipt is for something else.")
        return receipt

    def _refuse_failures(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status in TRY_AGAIN or status >= 500 or status < 200 or 300 <= status < 400:  # noqa: PLR2004 - status classes
            raise NotDelivered(f"The desk answered {status}.", _seconds(response.headers.get("retry-after")))
        if status >= 400:  # noqa: PLR2004 - the same
            raise RefusedByDesk(f"The desk refused the notice with {status}.")


def _seconds(retry_after: str | None) -> float | None:
    return min(float(retry_after), 3600.0) if retry_after and retry_after.isdigit() else None
