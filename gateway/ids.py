"""Identifiers: UUID version 7 (RFC 9562), so that rows made together lie together, with 74 random bits."""

import uuid_utils


def new_id() -> str:
    """A fresh identifier, 36 characters, growing with time."""
    return str(uuid_utils.uuid7())
