"""Our JSON form of a declaration as a JSON Schema (2020-12), made from the records.

What passes this schema is read without a complaint about its form. `imo` gives the numbers of the IMO Compendium
and `epc` the name of the EPC element. Like the XML schema it is our profile and no claim of ISO conformance.
"""

from typing import Any

import orjson

from messages.declaration import Declaration
from messages.declaration.record import DAY, INSTANT, LONGEST_TEXT, PLAIN_TEXT, Record
from messages.declaration.shape import FieldShape, Kind, epc_type, records, shape

_VALUES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "pattern": PLAIN_TEXT},
    Kind.FLAG: {"type": "boolean"},
    Kind.WHOLE: {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    Kind.NUMBER: {"type": "number", "description": "At most 15 digits."},
    Kind.INSTANT: {
        "type": "string",
        "pattern": f"^{INSTANT}$",
        "description": "ISO 8601 date and time with its offset, for example 2026-11-23T06:00:00+06:30.",
    },
    Kind.DAY: {
        "type": "string",
        "pattern": f"^{DAY}$",
        "description": "ISO 8601 date, for example 1990-12-13; of a date and time the date counts.",
    },
}

_ABOUT = (
    "A declaration as Fairway reads and writes it in JSON: the elements of an ISO 28005-2 (2021) request under names"
    " in snake_case, as far as public material tells them. Made from that material, not the ISO schema."
)


def build() -> bytes:
    """The schema document, UTF-8."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:fairway:declaration:1",
        "title": "Declaration",
        "description": _ABOUT,
        "$ref": f"#/$defs/{epc_type(Declaration)}",
        "$defs": {
            **{kind.value: value for kind, value in _VALUES.items()},
            **{epc_type(record): _record(record) for record in records(Declaration)},
        },
    }
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _record(record: type[Record]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": record.__doc__,
        "properties": {name: _property(each) for name, each in shape(record).items()},
        "additionalProperties": False,
    }


def _property(known: FieldShape) -> dict[str, Any]:
    name = epc_type(known.record) if known.record else known.kind.value
    value: dict[str, Any] = {"$ref": f"#/$defs/{name}"}
    about = {"epc": known.element} | ({"imo": list(known.imo)} if known.imo else {})
    return ({"type": "array", "items": value} if known.repeated else value) | about
