"""Receipts, acknowledgements and cancellations as EPC messages."""

import pytest

from messages.declaration.answers import Answer, EPCAcknowledgeBody, EPCCancelBody, EPCReceiptBody
from messages.declaration.header import Header
from messages.formats.epc_xml.answers import AnswerMessage, read_answer, write_answer
from messages.formats.epc_xml.door import Unreadable

CUSTOMS = {"authority": "customs", "request_status": {"status": "Accepted", "comment": "No objection"}, "uses_sw": True}

BODIES: tuple[Answer, ...] = (
    EPCReceiptBody.model_validate({"request_processed": False, "request_error_code": "MSW-SHP-001"}),
    EPCAcknowledgeBody.model_validate({"epc_clearance_status": [CUSTOMS, CUSTOMS | {"authority": "immigration"}]}),
    EPCCancelBody(cancel=True),
)
HEADER = Header(message_type="ACK", ship_message_id="R-1")


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_an_answer_comes_back_as_it_was_written(body: Answer):
    message = AnswerMessage(HEADER, body)
    assert read_answer(write_answer(message)) == message


def test_an_answer_names_the_elements_of_epc():
    text = write_answer(AnswerMessage(HEADER, BODIES[1])).decode()
    assert "<EPCClearanceStatus>" in text
    assert "<UsesSW>true</UsesSW>" in text


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "MSW-XML-039"),
        ("<EPCRequestBody/>", "MSW-XML-039"),
        ("<EPCCancelBody/><EPCReceiptBody/>", "MSW-XML-039"),
        ("<EPCCancelBody><Cancel>yes</Cancel></EPCCancelBody>", "MSW-XML-038"),
    ],
)
def test_a_message_that_is_no_answer_is_refused_with_a_finding(content: str, rule: str):
    raw = f'<epc:EPCMessage xmlns:epc="http://www.iso.org/28005-2">{content}</epc:EPCMessage>'
    with pytest.raises(Unreadable) as refused:
        read_answer(raw.encode())
    assert refused.value.finding.rule == rule
