"""Whatever arrives, the answer is a report: nothing is raised, opened or waited for."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messages.examine import examine
from messages.findings import MOST_FINDINGS

CORPUS = Path(__file__).with_name("corpus")
GOOD = tuple((CORPUS / name).read_bytes() for name in ("epc_xml/valid-little.xml", "json_document/valid-little.json"))
ENVELOPE = (
    b'<epc:EPCMessage xmlns:epc="http://www.iso.org/28005-2" %b><EPCRequestBody>%b</EPCRequestBody></epc:EPCMessage>'
)
SAILOR = b"<CrewMemberData><DateOfBirth>?</DateOfBirth></CrewMemberData>"
SENT_AS = st.sampled_from(["", "application/xml", "application/json", "text/plain"])


def rules_found(raw: bytes, media_type: str = "") -> list[str]:
    return [each.rule for each in examine(raw, media_type).errors]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.sampled_from(GOOD), at=st.integers(0, 4000), cut=st.integers(0, 6), put=st.binary(max_size=6))
def test_a_damaged_document_still_gets_a_report(raw: bytes, at: int, cut: int, put: bytes):
    at %= len(raw)
    report = examine(raw[:at] + put + raw[at + cut :])
    assert report.accepted is not report.errors
    assert report.as_json()["verdict"] in ("accepted", "refused")


@settings(max_examples=300, deadline=None)
@given(raw=st.binary(max_size=200), media_type=SENT_AS)
def test_bytes_of_no_meaning_get_a_report(raw: bytes, media_type: str):
    assert not examine(raw, media_type).accepted


@pytest.mark.parametrize(
    ("raw", "media_type", "form"),
    [
        (GOOD[0], "application/json", "epc_xml"),
        (GOOD[1], "application/xml", "json_document"),
        (GOOD[0], "image/png", "epc_xml"),
        (b"\xef\xbb\xbf  " + GOOD[1], "", "json_document"),
        (b"hello", "application/json", "json_document"),
        (b"", "application/json", ""),
        (b"UNB+UNOA:1'", "application/xml", ""),
        (b"PK\x03\x04", "", ""),
    ],
)
def test_what_the_bytes_are_outweighs_what_they_were_sent_as(raw: bytes, media_type: str, form: str):
    assert examine(raw, media_type).format == form


def test_a_document_of_no_format_is_told_the_formats_there_are():
    (finding,) = examine(b"%PDF-1.7").errors
    assert finding.rule == "MSW-GEN-001"
    assert "EPC XML, JSON" in finding.message


def test_the_caller_sets_how_large_a_document_may_be():
    assert [each.rule for each in examine(GOOD[0], largest=100).errors] == ["MSW-GEN-002"]
    assert examine(GOOD[0], largest=len(GOOD[0])).accepted


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<A/>" * 100_000, id="strangers"),
        pytest.param(b"<VoyageNumber>1</VoyageNumber>" * 50_000, id="repetitions"),
        pytest.param(
            b"<CrewList>%b</CrewList>" % (SAILOR * 3_000),
            id="wrong dates",
        ),
        pytest.param(b"<ShipID>%b</ShipID>" % (b"<!-- -->" * 100_000), id="comments"),
        pytest.param(b"<GeneralRemark>%b</GeneralRemark>" % (b"&lt;" * 1_000_000), id="a long text"),
        pytest.param(b"<ShipID>%b" % (b"<![CDATA[x]]>" * 100_000), id="loose text, cut off"),
    ],
)
def test_many_faults_give_a_short_list(content: bytes):
    report = examine(ENVELOPE % (b"", content))
    assert 1 <= len(report.findings) <= MOST_FINDINGS + 1


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"{%b}" % b",".join(b'"a%d": 1' % n for n in range(100_000)), id="strangers"),
        pytest.param(b'{"ship_id": {%b}}' % b",".join([b'"ship_name": "A"'] * 100_000), id="repetitions"),
        pytest.param(b'{"crew_list": [%b]}' % b",".join([b'{"date_of_birth": "?"}'] * 5_000), id="wrong dates"),
        pytest.param(b'{"crew_list": [%b]}' % b",".join([b"1"] * 5_000), id="wrong types"),
        pytest.param(b'{"general_remark": "%b"}' % (b"\\u0000" * 100_000), id="a long text"),
        pytest.param(b"[" * 1_000_000, id="a deep list"),
    ],
)
def test_many_faults_in_json_give_a_short_list(raw: bytes):
    report = examine(raw)
    assert 1 <= len(report.findings) <= MOST_FINDINGS + 1
    assert report.errors


@pytest.mark.parametrize("name", ["schemaLocation", "noNamespaceSchemaLocation"])
def test_a_schema_that_the_document_names_is_never_asked(tmp_path: Path, name: str):
    forbids_all = tmp_path / "none.xsd"
    forbids_all.write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    hint = (
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:{name}="http://www.iso.org/28005-2 {forbids_all}"'
    )
    plain, hinted = examine(ENVELOPE % (b"", b"")), examine(ENVELOPE % (hint.encode(), b""))
    assert [each.rule for each in hinted.findings] == [each.rule for each in plain.findings]


def test_no_entity_is_read_from_a_file(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    raw = b'<!DOCTYPE a [<!ENTITY s SYSTEM "%b">]>' % str(secret).encode() + ENVELOPE % (
        b"",
        b"<VoyageNumber>&s;</VoyageNumber>",
    )
    assert "secret" not in str(examine(raw).as_json()["findings"]).replace(str(secret), "")
    assert rules_found(raw) == ["MSW-XML-003"]


@pytest.mark.parametrize(
    "prolog", [b"<!-- x -->\n", b'<?xml-stylesheet href="x"?>\n', b"<!-- <!DOCTYPE a> -->", b"\n\n"]
)
def test_a_document_type_is_found_behind_whatever_precedes_it(prolog: bytes):
    assert "MSW-XML-003" not in rules_found(prolog + ENVELOPE % (b"", b""))
    assert rules_found(prolog + b"<!DOCTYPE a>" + ENVELOPE % (b"", b"")) == ["MSW-XML-003"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7"])
def test_encodings_that_are_not_announced_or_not_allowed_are_refused(codec: str):
    raw = (f'<?xml version="1.0" encoding="{codec}"?>' + (ENVELOPE % (b"", b"")).decode()).encode(codec)
    assert examine(raw, "application/xml").errors
    assert examine(raw).declaration is None


def test_the_slow_library_is_loaded_only_for_a_document_that_is_wrong():
    script = (
        "import sys; from pathlib import Path; from messages.examine import examine;"
        "raw = Path(sys.argv[1]).read_bytes(); assert examine(raw).accepted; assert 'xmlschema' not in sys.modules;"
        "examine(raw.replace(b'CallSign', b'Callsign')); assert 'xmlschema' in sys.modules"
    )
    sample = CORPUS / "epc_xml" / "valid-little.xml"
    done = subprocess.run(
        [sys.executable, "-c", script, str(sample)], capture_output=True, check=False, cwd=CORPUS.parents[2]
    )
    assert done.returncode == 0, done.stderr.decode()
