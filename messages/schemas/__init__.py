"""The published schemas, made from the records and kept beside them.

`python -m messages.schemas` writes them anew. They describe our profile of EPC, made from public material, and
make no claim of conformance with ISO 28005-2.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from messages.schemas import json_schema, xsd

PUBLISHED: Mapping[Path, Callable[[], bytes]] = MappingProxyType(
    {
        Path(__file__).with_name("epc.xsd"): xsd.build,
        Path(__file__).with_name("declaration.schema.json"): json_schema.build,
    }
)
"""File to what it must hold."""
