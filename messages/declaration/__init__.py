"""The canonical declaration: what an agent says about a port call, whatever format it came in.

The records carry the whole request of an ISO 28005 EPC message, as far as its element names and nesting are
known from public material. They are our profile: passing here is not a claim of conformance with ISO 28005-2,
whose text and schema are not public. Every format reads into these records, every rule judges them.
"""

from messages.declaration.declaration import Declaration
from messages.declaration.parts import PART_OF, PART_WITHIN, PARTS, part_of

__all__ = ["PARTS", "PART_OF", "PART_WITHIN", "Declaration", "part_of"]
