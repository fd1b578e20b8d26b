"""A quantity with its unit."""

from typing import Annotated

from messages.declaration.record import Code, Element, Number, Record


class Measure(Record):
    """A quantity and the unit it is counted in (UN/ECE Recommendation 20)."""

    content: Number | None = None
    unit_code: Annotated[Code | None, Element(imo="IMO0077")] = None
