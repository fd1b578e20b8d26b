"""Documents whose names carry their verdict, and the promises every one of them keeps."""

import re
from pathlib import Path

import orjson
import pytest

from messages.draft import declared
from messages.examine import examine
from messages.findings import Severity
from messages.formats import FORMATS, Format

CORPUS = Path(__file__).with_name("corpus")
SAMPLES = sorted(CORPUS.glob("*/*"))
VERDICT = re.compile(r"(valid|invalid-(?P<faults>\d+))-[a-z0-9-]+\.(xml|json)")

LONGEST_SENTENCE = 240
UNHELPFUL = re.compile(r"\b(invalid|illegal|please|oops|whoops|sorry)\b|!(?![A-Z])", re.IGNORECASE)


def called(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("sample", SAMPLES, ids=called)
def test_each_document_gets_the_verdict_it_is_named_for(sample: Path):
    verdict = VERDICT.fullmatch(sample.name)
    assert verdict, "name it valid-<why> or invalid-<how many errors>-<why>"
    report = examine(sample.read_bytes())
    assert len(report.errors) == int(verdict["faults"] or 0), list(map(str, report.errors))
    assert report.accepted is (report.declaration is not None) is not report.errors


@pytest.mark.parametrize("sample", SAMPLES, ids=called)
def test_each_finding_is_short_helpful_and_fit_for_json(sample: Path):
    report = examine(sample.read_bytes())
    for finding in report.findings:
        assert len(finding.message) <= LONGEST_SENTENCE, finding
        assert len(finding.fix) <= LONGEST_SENTENCE, finding
        assert not UNHELPFUL.search(finding.message + finding.fix), finding
        assert not re.search(r"\{[a-z]+\}", finding.message + finding.fix), finding
    document = orjson.loads(orjson.dumps(report.as_json()))
    assert document["verdict"] == ("accepted" if report.accepted else "refused")
    assert sum(document["counts"].values()) == len(document["findings"])


@pytest.mark.parametrize("sample", SAMPLES, ids=called)
def test_nothing_hostile_is_said_back_whole(sample: Path):
    for finding in examine(sample.read_bytes()).findings:
        assert "root:" not in finding.message
        assert finding.message.isprintable()
        assert finding.place.path.isprintable()


def test_every_format_has_documents_of_both_verdicts():
    for form in FORMATS:
        names = {path.name.partition("-")[0] for path in (CORPUS / form.name).glob("*")}
        assert names == {"valid", "invalid"}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_valid_documents_of_one_content_mean_one_declaration_in_every_format(form: Format):
    whole = [examine(path.read_bytes()).declaration for path in sorted(CORPUS.glob("*/valid-arrival.*"))]
    again = [declared(form.read(form.write(each))).declaration for each in whole if each]
    assert again == [whole[0]] * len(FORMATS)
    assert len({each.digest() for each in again}) == 1


@pytest.mark.parametrize("name", ["default-namespace", "every-element-qualified"])
def test_elements_in_the_namespace_are_read_with_one_advice(name: str):
    report = examine((CORPUS / "epc_xml" / f"valid-{name}.xml").read_bytes())
    plain = examine((CORPUS / "epc_xml" / "valid-little.xml").read_bytes())
    assert [each.rule for each in report.findings if each.severity is Severity.ADVICE] == ["MSW-XML-024"]
    assert report.declaration == plain.declaration


@pytest.mark.parametrize(
    "name",
    [
        "another-order",
        "utf-16",
        "utf-8-byte-order-mark",
        "no-xml-declaration",
        "comments-between-elements",
        "plain-dates",
    ],
)
def test_the_same_content_written_otherwise_means_the_same(name: str):
    folder = CORPUS / "epc_xml"
    other, plain = (examine((folder / f"valid-{each}.xml").read_bytes()) for each in (name, "little"))
    assert other.declaration == plain.declaration


def test_both_spellings_fill_one_field():
    folder = CORPUS / "epc_xml"
    names = ("both-spellings", "spellings-of-2021")
    one, other = (examine((folder / f"valid-{each}.xml").read_bytes()) for each in names)
    assert one.declaration == other.declaration
    assert one.declaration.ship_defects.communication == "VHF 2 out of order"


def test_several_faults_are_told_at_once_each_at_its_line():
    report = examine((CORPUS / "epc_xml" / "invalid-4-several-at-once.xml").read_bytes())
    told = {each.field: (each.rule, each.place.line, each.value) for each in report.errors}
    assert told == {
        "header.sent_time": ("MSW-GEN-013", 5, "09.12.2026 09:00:00+06:30"),
        "gross_tonnage": ("MSW-GEN-012", 71, "9,600"),
        "ship_id.call_sign": ("MSW-XML-031", 97, "Callsign"),
        "ship_id.imo_number": ("MSW-SHP-001", 98, "9074728"),
    }
