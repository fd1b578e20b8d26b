"""The contract between the gateway and the agencies' desks, version 1.

Two messages travel: a `Notice` from the gateway to one agency (`POST {desk}/notices`) and a `DecisionMessage`
back (`POST {gateway}/api/decisions`). Each is answered by a receipt, and each repeat by the same receipt.
Both are signed over their raw bytes (`signing`), delivered at least once, and deduplicated by id at both ends.
"""

from messages.exchange.decision import (
    AGENCY_HEADER,
    DecisionMessage,
    DecisionReceipt,
    Effect,
    Outcome,
    Question,
)
from messages.exchange.notice import Notice, NoticeReceipt, ShipIdentity
from messages.exchange.signing import Keyring, SignatureRefused, digest_of, new_key

__all__ = [
    "AGENCY_HEADER",
    "DecisionMessage",
    "DecisionReceipt",
    "Effect",
    "Keyring",
    "Notice",
    "NoticeReceipt",
    "Outcome",
    "Question",
    "ShipIdentity",
    "SignatureRefused",
    "digest_of",
    "new_key",
]
