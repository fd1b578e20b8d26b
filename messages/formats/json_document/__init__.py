"""Declarations as JSON documents (RFC 8259), as `messages/schemas/declaration.schema.json` describes them.

The names are the model's: EPC element names in snake_case, the header beside the rest. `reading` judges,
`positions` knows where things stood, `writing` writes.
"""

from messages.formats.format import Format
from messages.formats.json_document.reading import looks_like_json, read
from messages.formats.json_document.writing import write

JSON_DOCUMENT = Format(
    name="json_document",
    title="JSON",
    media_types=("application/json",),
    recognises=looks_like_json,
    read=read,
    write=write,
)
"""A declaration as JSON."""
