"""The engine and the corpus agree: the number of rejecting findings is the one in each file's name."""

import re
from pathlib import Path

import pytest

import edi

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.rglob("*.edi"))
FORBIDDEN = {edi.Severity.FATAL, edi.Severity.SYNTAX, edi.Severity.DIRECTORY, edi.Severity.PROFILE}


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_each_message_of_the_corpus_gets_its_verdict(path: Path):
    report = edi.check(path.read_bytes())
    named = re.match(r"invalid-(\d+)-", path.name)
    errors = [str(each) for each in report.findings if each.severity in FORBIDDEN]
    assert len(errors) == (int(named[1]) if named else 0), errors
    assert report.accepted == (named is None)


def test_every_message_of_the_corpus_is_written_back_as_it_was_read():
    for path in FILES:
        data = path.read_bytes()
        flat = data.replace(b"\n", b"").replace(b"\r", b"")
        assert b"".join(map(edi.write, edi.read(data))) == flat, path.name
