"""Filing: judged whole, stored whole or not at all, answered the same however often it is sent."""

from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from sqlmodel import SQLModel, func, select

from gateway import records
from gateway.evidence import unpacked
from messages import samples
from tests.gateway.window import AGENCIES, SAMPLE, Window, a_sample


@pytest.fixture
def window(database_url: str):
    window = Window(database_url)
    yield window
    window.close()


def rows(window: Window) -> dict[str, int]:
    """How many rows each table that filing writes to has."""
    tables: tuple[type[SQLModel], ...] = (
        *(records.PortCall, records.Movement, records.Submission, records.Delivery, records.AuditEvent),
        records.ReferenceCounter,
    )
    with window.database.reading() as session:
        return {each.__name__: session.exec(select(func.count()).select_from(each)).one() for each in tables}


def test_an_arrival_gets_a_receipt_that_names_what_was_received(window: Window):
    answer = window.file(SAMPLE, key="first")
    receipt = answer.json()
    assert answer.status_code == 202
    assert receipt["reference"] == "MMRGN-26-000001-A1"
    assert receipt["port_call"] == "MMRGN-26-000001"
    assert receipt["digest"].startswith("sha256:")
    assert answer.headers["location"] == "/api/submissions/MMRGN-26-000001-A1"
    assert window.client.get(receipt["status"], headers=window.agent).status_code == 200
    assert window.client.get(receipt["report"], headers=window.agent).json()["verdict"] == "accepted"


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda sample: sample.name)
def test_every_shipped_sample_can_be_filed(window: Window, sample: samples.Sample):
    answer = window.file(samples.read(sample.name), **{"content-type": sample.media_type})
    assert answer.status_code == 202, answer.text
    assert len(window.movement(answer.json()["port_call"])["agencies"]) == 5


def test_xml_and_json_of_one_arrival_are_one_declaration(window: Window):
    for name, media_type in (("xml", "application/xml"), ("json", "application/json")):
        document = samples.read(f"container-ship-yangon.{name}").replace(b"STW-2026-12-0417-A", name.encode())
        assert window.file(document, **{"content-type": media_type}).status_code == 202
    with window.database.reading() as session:
        first, second = session.exec(select(records.Submission.declaration))
    first["header"].pop("ship_message_id")
    second["header"].pop("ship_message_id")
    assert first == second


def test_a_repeat_of_key_and_bytes_gets_the_same_receipt_and_files_nothing(window: Window):
    first = window.file(SAMPLE, key="k")
    before = rows(window)
    again = window.file(SAMPLE, key="k")
    assert (again.status_code, again.json()) == (202, first.json())
    assert rows(window) == before


def test_the_same_message_without_a_key_is_not_filed_twice_either(window: Window):
    assert window.file(SAMPLE).json() == window.file(SAMPLE).json()
    assert rows(window)["Submission"] == 1


def test_a_key_used_for_another_document_is_refused(window: Window):
    window.file(SAMPLE, key="k")
    answer = window.file(a_sample(2), key="k")
    assert (answer.status_code, answer.json()["code"]) == (409, "MSW-API-409")


def test_a_message_id_used_for_another_document_is_refused_and_names_the_first(window: Window):
    window.file(SAMPLE)
    answer = window.file(SAMPLE.replace(b"SAMPLE MERIDIAN", b"SAMPLE MERIDIEN"))
    assert (answer.status_code, answer.json()["code"]) == (409, "MSW-API-410")
    assert "MMRGN-26-000001-A1" in answer.json()["detail"] + answer.json()["fix"]


def test_a_hundred_copies_at_once_are_one_submission(window: Window):
    with ThreadPoolExecutor(10) as senders:
        answers = list(senders.map(lambda _: window.file(SAMPLE, key="rush"), range(100)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert (rows(window)["Submission"], rows(window)["Delivery"]) == (1, 5)


def test_references_count_up_without_gaps_when_many_file_at_once(window: Window):
    with ThreadPoolExecutor(8) as senders:
        calls = list(senders.map(window.filed, range(16)))
    assert sorted(calls) == [f"MMRGN-26-{number:06}" for number in range(1, 17)]


REFUSED = {
    "not well-formed": (b"<EPCMessage><EPCMessageHeader></EPCMessage>", "MSW-XML-"),
    "another namespace": (SAMPLE.replace(b"http://www.iso.org/28005-2", b"http://example.org/x"), "MSW-XML-"),
    "an unknown element": (SAMPLE.replace(b"<ShipName>", b"<ShipNam>").replace(b"</ShipName>", b"</ShipNam>"), "MSW-"),
    "a check digit": (SAMPLE.replace(b"9074729", b"9074728"), "MSW-SHP-001"),
    "nothing": (b"", "MSW-"),
    "something else": (b"UNB+UNOA:1+A+B'", "MSW-"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_faulty_document_gets_findings_with_fix_and_place_and_leaves_no_row(window: Window, fault: str):
    document, rule = REFUSED[fault]
    before = rows(window)
    answer = window.file(document, key="x")
    said = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    found = [each for each in said["errors"] if each["rule"].startswith(rule)]
    assert found
    assert all(each["message"] and each["fix"] for each in found)
    assert rows(window) == before


def test_findings_about_xml_name_line_and_path(window: Window):
    said = window.file(SAMPLE.replace(b"9074729", b"9074728")).json()
    place = next(each["where"] for each in said["errors"] if each["rule"].startswith("MSW-SHP"))
    line = 1 + SAMPLE[: SAMPLE.index(b"9074729")].count(b"\n")
    assert place["line"] == line
    assert place["path"].endswith("ShipID/IMONumber")


def test_what_is_mended_after_a_refusal_can_be_filed_under_the_same_key(window: Window):
    assert window.file(SAMPLE.replace(b"9074729", b"9074728"), key="k").status_code == 422
    assert window.file(SAMPLE, key="k").status_code == 202


def test_a_body_over_the_limit_is_not_read(window: Window):
    answer = window.file(b"<" + b"x" * (window.settings.largest_submission + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "MSW-API-413")


def test_nobody_files_in_another_firms_name(window: Window):
    answer = window.file(SAMPLE.replace(b"SHWETAWWIN", b"OTHERFIRM"))
    assert (answer.status_code, answer.json()["code"]) == (403, "MSW-AUT-014")
    assert rows(window)["Submission"] == 0


def test_a_port_that_is_not_served_is_named_with_those_that_are(window: Window):
    at = SAMPLE.index(b"<PortOfArrival>")
    elsewhere = SAMPLE[:at] + SAMPLE[at:].replace(b"MMRGN", b"MMSIT", 1)
    answer = window.file(elsewhere)
    assert answer.status_code == 422
    assert "MMTLA" in answer.text


def test_without_a_key_or_a_session_nothing_is_filed(window: Window):
    answer = window.client.post("/api/submissions", content=SAMPLE, headers={"content-type": "application/xml"})
    assert (answer.status_code, answer.json()["code"]) == (401, "MSW-AUT-001")


def test_the_bytes_filed_can_be_had_back_unchanged(window: Window):
    reference = window.file(SAMPLE).json()["reference"]
    assert window.client.get(f"/api/submissions/{reference}/document", headers=window.agent).content == SAMPLE


def test_calls_are_listed_newest_first_and_page_by_page(window: Window):
    calls = [window.filed(number) for number in range(5)]
    first = window.client.get("/api/port-calls?limit=2", headers=window.agent)
    second = window.client.get(f"/api/port-calls?limit=2&before={first.json()['next']}", headers=window.agent)
    seen = [call["reference"] for page in (first, second) for call in page.json()["port_calls"]]
    assert seen == calls[:0:-1]
    assert 'rel="next"' in first.headers["link"]


def test_the_stored_notice_is_what_the_agency_was_sent(window: Window):
    window.filed()
    window.pump()
    with window.database.reading() as session:
        stored = {each.agency: unpacked(each.notice) for each in session.exec(select(records.Delivery))}
    assert {code: desk.raw[0] for code, desk in window.desks.items()} == stored
    assert all(orjson.loads(stored[agency])["agency"] == agency for agency in AGENCIES)
