"""The ship's stores declaration (FAL 3)."""

from typing import Annotated

from messages.declaration.measures import Measure
from messages.declaration.record import Code, Element, Record, Text, Whole


class ShipStoreItem(Record):
    """An article of the ship's stores."""

    description: Annotated[Text | None, Element(imo="IMO0154")] = None
    location_of_storage: Annotated[Text | None, Element(imo="IMO0156")] = None
    sequence_number: Annotated[Whole | None, Element(imo="IMO0159")] = None
    measurement: Annotated[Measure | None, Element(imo="IMO0158")] = None
    code: Annotated[Code | None, Element(imo="IMO0155")] = None
