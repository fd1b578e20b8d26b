"""A declaration as a JSON document."""

import orjson

from messages.declaration import Declaration


def write(declaration: Declaration) -> bytes:
    """The document in UTF-8, indented."""
    return orjson.dumps(declaration.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
