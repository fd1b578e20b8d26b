"""Whatever bytes come in, they are judged: no exception but the documented ones, and no answer that is faulty itself.

A longer hunt: `EDI_EXAMPLES=20000 python -m pytest tests/edi/test_hostile.py` tries so many examples of each claim.
"""

import io
import os
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import edi
from edi.reader import CHUNK

EXAMPLES = int(os.environ.get("EDI_EXAMPLES", "250"))
NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - UNB carries no zone

BERMAN = (
    b"UNA:+.? 'UNB+UNOC:3+AGENT:ZZZ+PORT+261123:0600+R1'UNH+1+BERMAN:D:04B:UN'BGM+22+CALL+9'DTM+137:202611230600:203'"
    b"RFF+ATZ:CALL'NAD+CG+A::ZZZ++O?'BRIEN ?+ SONS'TDT+20+12W+1++A:172:ZZZ+++9074729:146::INLE STAR:MM'"
    b"LOC+153+MMRGN::6'TSR+++2'UNT+10+1'UNZ+1+R1'"
)
CUSCAR = (
    b"UNB+UNOA:3+ME+YOU+261123:0600+R2'UNG+CUSCAR+A+B+261123:0600+G1+UN+D:95B'UNH+1+CUSCAR:D:95B:UN'BGM+85+X+9'"
    b"TDT+20+1+1'CNI+1+B1'RFF+BM:B1'GID+1+10:CT'FTX+AAA+++COILS'UNT+8+1'UNE+1+G1'UNZ+1+R2'"
)
MODERN = (
    "UNB+UNOY:4+ME:1:2:3+YOU+20261123:0600+R3++++1'\nUNH+1+APERAK:D:01B:UN'\nBGM+23+上海*B+9'\nUNT+3+1'\n"
    "UNO+P1+1:2+X+4'ab'cUNP+4+P1'UNZ+2+R3'\n"
).encode()
SEEDS = [
    *(BERMAN, CUSCAR, MODERN),
    b"UNA|!.#*~UNB!UNOB|4!ME!YOU!261123|0600!R4~UNH!1!CONTRL|4|1|UN~UCI!R3!YOU!ME!7~UNT!3!1~UNZ!1!R4~",
    b'UNB+SIRE:4+ME+YOU+20261123:0600+R5"UNH+1+PAXLST:D:05B:UN:IATA"BGM+745"NAD+MS"TDT+20+XX1"UNT+5+1"UNZ+1+R5"',
    b"UNB\x1dUNOB\x1f3\x1dME\x1dYOU\x1d261123\x1f0600\x1dR6\x1cUNZ\x1d0\x1dR6\x1c",
]
PIECES = b"' + : ? * ??' UNA UNB+ UNZ+1+1' UNH+1+X' UNT+1+1' UNG+ UNE+ UNO+ - .".split()
PIECES += [b"\r\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\x1c", b"\xe4\xb8", b"9" * 30, b"A" * 300, b"+" * 60, b""]

EDIT = st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES) | st.binary(max_size=6))
DATA = st.tuples(st.lists(st.sampled_from(SEEDS), min_size=1, max_size=3), st.lists(EDIT, min_size=1, max_size=8))
LINE_BREAKS = st.sampled_from(edi.LineBreaks)


def mutated(seeds: list[bytes], edits: list[tuple[float, int, bytes]]) -> bytes:
    """The seeds one after the other, with bytes cut out and others put in at places."""
    data = b"".join(seeds)
    for where, cut, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


def judged(data: bytes, line_breaks: edi.LineBreaks) -> edi.Report:
    """The report on `data`, after everything that can be done with it was done."""
    how = edi.Settings(line_breaks=line_breaks, segment_length=2_000, elements=50, findings_per_message=20)
    report = edi.check(data, how)
    for finding in report.findings:
        assert 0 <= finding.place.offset <= len(data)
        assert len(finding.message) <= 240
        assert "{" not in finding.fault.id
    for interchange in report.interchanges:
        answer = edi.acknowledge(report, interchange, reference="C1", prepared=NOON)
        edi.receipt(interchange, reference="C1", prepared=NOON)
        if answer is not None:
            own = edi.check(answer)
            assert own.accepted, (answer, list(map(str, own.findings)))
    return report


def read_and_written(data: bytes, line_breaks: edi.LineBreaks) -> None:
    how = edi.Settings(line_breaks=line_breaks, segment_length=2_000, elements=50)
    try:
        interchanges = edi.read(data, how)
    except edi.NotEdifact:
        return
    for interchange in interchanges:
        for message in interchange.messages:
            guide = edi.find_guide(*message.identifier[:3], message.association)
            if guide:
                edi.tree(message.segments, guide)
        try:
            written = edi.write(interchange)
        except edi.Unwritable:
            continue
        [again] = edi.read(written, how)
        assert edi.write(again) == written


@given(DATA, LINE_BREAKS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_interchanges_are_judged_and_answered(data: tuple, line_breaks: edi.LineBreaks):
    judged(mutated(*data), line_breaks)


@given(DATA, LINE_BREAKS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_interchanges_are_read_and_written_without_other_exceptions(data: tuple, line_breaks: edi.LineBreaks):
    read_and_written(mutated(*data), line_breaks)


@given(st.binary(max_size=300))
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_any_bytes_are_judged(data: bytes):
    judged(data, edi.LineBreaks.AFTER_TERMINATOR)


class Dribble(io.RawIOBase):
    """A file that gives a few bytes at a time, as a socket may."""

    def __init__(self, data: bytes, size: int) -> None:
        self._rest, self._size = data, size

    def read(self, _size: int = -1) -> bytes:
        given_now, self._rest = self._rest[: self._size], self._rest[self._size :]
        return given_now


@given(DATA, st.integers(1, 40))
@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=list(HealthCheck))
def test_how_the_bytes_arrive_changes_nothing(data: tuple, size: int):
    whole = mutated(*data)
    assert list(map(str, edi.check(Dribble(whole, size)).findings)) == list(map(str, edi.check(whole).findings))


def test_an_interchange_larger_than_a_chunk_is_judged_as_one():
    body = b"FTX+AAI+++O?'NEIL??'" * (3 * CHUNK // 20)
    count = body.count(b"FTX") + 3
    data = b"UNB+UNOC:3+ME+YOU+261123:0600+R1'UNH+1+APERAK:D:01B:UN'BGM+23+X+9'%bUNT+%d+1'UNZ+1+R1'" % (body, count)
    assert {each.rule for each in edi.check(data).findings} == {"MSW-EDI-104"}
