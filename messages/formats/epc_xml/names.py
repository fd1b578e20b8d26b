"""Names of the EPC message itself: its namespace, its root, its header and its bodies."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.declaration.answers import Answer, EPCAcknowledgeBody, EPCCancelBody, EPCReceiptBody

NAMESPACE = "http://www.iso.org/28005-2"
"""Namespace of the root element; the elements inside have none."""

ROOT, HEADER, REQUEST = "EPCMessage", "EPCMessageHeader", "EPCRequestBody"

ANSWERS: Mapping[str, type[Answer]] = MappingProxyType(
    {
        "EPCReceiptBody": EPCReceiptBody,
        "EPCAcknowledgeBody": EPCAcknowledgeBody,
        "EPCCancelBody": EPCCancelBody,
    }
)
"""The other bodies a message may have."""
