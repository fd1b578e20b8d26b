"""EPC messages that are no declarations: receipt, acknowledgement per authority, cancellation."""

from typing import NamedTuple

from lxml import etree

from messages.declaration.answers import Answer
from messages.declaration.header import Header
from messages.formats.epc_xml import faults
from messages.formats.epc_xml.door import Unreadable, parsed
from messages.formats.epc_xml.explanation import explained
from messages.formats.epc_xml.names import ANSWERS, HEADER
from messages.formats.epc_xml.places import place_of
from messages.formats.epc_xml.schema import schema
from messages.formats.epc_xml.structure import values_of
from messages.formats.epc_xml.writing import message_of


class AnswerMessage(NamedTuple):
    """A header and a body that is no request."""

    header: Header
    body: Answer


def write_answer(answer: AnswerMessage) -> bytes:
    """The message in UTF-8, indented."""
    name = next(name for name, body in ANSWERS.items() if isinstance(answer.body, body))
    return message_of(answer.header, name, answer.body)


def read_answer(raw: bytes) -> AnswerMessage:
    """The message in `raw`.

    Raises:
        Unreadable: it cannot be read, our schema refuses it, or it has none of these bodies once.
    """
    root = parsed(raw)
    if not schema().validate(root):
        raise Unreadable(explained(root)[0])
    again: list[etree._Element] = []
    bodies = list(root.iterchildren(*ANSWERS))
    if len(bodies) != 1:
        raise Unreadable(faults.NOT_ONE_ANSWER.at(place_of(root), count=len(bodies)))
    header, body = root.find(HEADER), ANSWERS[str(bodies[0].tag)]
    told = {} if header is None else values_of(header, Header, again)
    values = values_of(bodies[0], body, again)
    return AnswerMessage(Header.model_validate(told), body.model_validate(values))
