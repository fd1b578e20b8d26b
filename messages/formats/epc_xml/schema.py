"""The published schema, as the fast validator holds it."""

from functools import cache
from pathlib import Path

from lxml import etree

SCHEMA = Path(__file__).parents[2] / "schemas" / "epc.xsd"


@cache
def schema() -> etree.XMLSchema:
    """Our profile, compiled."""
    return etree.XMLSchema(etree.parse(SCHEMA))
