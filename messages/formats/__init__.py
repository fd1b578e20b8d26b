"""The formats a declaration can be written in. Adding one is a module and a line in `FORMATS`."""

from messages.formats.epc_xml import EPC_XML
from messages.formats.format import Format
from messages.formats.json_document import JSON_DOCUMENT

FORMATS: tuple[Format, ...] = (EPC_XML, JSON_DOCUMENT)
"""In the order they are asked whether they recognise a document."""

__all__ = ["FORMATS", "Format"]
