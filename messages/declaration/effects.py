"""The crew's effects declaration (FAL 4)."""

from typing import Annotated

from messages.declaration.measures import Measure
from messages.declaration.record import Code, Element, Record, Text, Whole


class CrewEffectItem(Record):
    """A dutiable article owned by a member of the crew."""

    effect_description: Annotated[Text | None, Element(imo="IMO0040")] = None
    sequence_number: Annotated[Whole | None, Element(imo="IMO0041")] = None
    crew_effect_item_code: Annotated[Code | None, Element(imo="IMO0037")] = None
    measurement: Annotated[Measure | None, Element(imo="IMO0039")] = None
    crew_reference: Text | None = None
