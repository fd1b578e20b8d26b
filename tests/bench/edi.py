"""How fast and how lean the EDIFACT engine is, against pydifact in the same run.

    python tests/bench/edi.py --json

Makes a CUSCAR D.95B interchange (20 MB, release characters in 16 % of its segments, valid), measures CPU medians
with runs of both taking turns, and prints each ratio beside its bar. pydifact reads a tenth of it, since it takes
half a minute for the whole, and its time is scaled by bytes; `--whole` lets it read everything.
"""

import argparse
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[0] = str(ROOT)  # this file's own folder would hide the package of the same name

from pydifact.parser import Parser  # noqa: E402 - behind the line above
from pydifact.segmentcollection import Interchange  # noqa: E402 - the same

import edi  # noqa: E402 - the same

GOODS = ("STEEL COILS", "MACHINE PARTS", "FROZEN FISH", "USED CARS", "PAPER REELS", "TYRES", "COFFEE BEANS")
PORTS = ("NLRTM", "BEANR", "DEHAM", "ESVLC", "ITGOA", "FRLEH", "SGSIN", "MMRGN", "KHKOS", "USNYC", "BRSSZ")

BARS = {
    "stream and split / pydifact parse": 0.08,
    "stream and check / pydifact parse": 0.18,
    "object model / pydifact interchange": 0.25,
    "streaming peak over plain interpreter, MiB": 40.0,
    "small message read, checked, answered, ms": 1.0,
    "one segment of 2 MB, ms": 100.0,
}

BERMAN = (
    b"UNB+UNOC:3+AGENT:ZZZ+PORT:ZZZ+261123:0600+REF1'UNH+1+BERMAN:D:04B:UN'BGM+22+CALL-26-000417+9'"
    b"DTM+137:202611230600:203'FTX+AAI+++FIRST CALL THIS YEAR?: PILOT WANTED'RFF+ATZ:417'NAD+CG+AGENT::ZZZ++INLE LTD'"
    b"CTA+IC+:DAW KHIN'COM+95 1 555 0100:TE'COM+OPS@INLE.EXAMPLE:EM'NAD+CA+MAEU:172:20++GLOBAL LINES'NAD+MR+PORT::ZZZ'"
    b"TDT+20+12W+1++MAEU:172:20:GLOBAL LINES+++9074729:146::INLE STAR:MM'RFF+VON:12W'DTM+132:202611240200:203'"
    b"DTM+133:202611251800:203'MEA+AAE+AAM+MTR:182.5'MEA+AAE+ADS+MTR:30.2'MEA+AAE+AAO+TNE:24500'FTX+SIN+++NO DEFECTS'"
    b"LOC+5+SGSIN::6'DTM+136:202611200500:203'LOC+61+THLCH::6'LOC+153+MMRGN::6'TSR+++2'QTY+1:21'LOC+164+BERTH 5::ZZZ'"
    b"MEA+AAE+AAF+MTR:8.9'DTM+132:202611240400:203'DTM+133:202611251700:203'QTY+1:2'FTX+AAI+++O?'BRIEN ?+ SONS: HOLD 1'"
    b"HAN+T'NAD+ST+STEV::ZZZ'GDS+9'FTX+AAA+++STEEL COILS'MEA+AAE+G+TNE:4200'TSR+++1'LOC+164+ANCHORAGE B::ZZZ'"
    b"DTM+132:202611240230:203'UNT+40+1'UNZ+1+REF1'"
)
"""A valid BERMAN of 40 segments, below 2 kB."""


def cuscar(size: int) -> bytes:
    """A valid CUSCAR interchange of about `size` bytes, the same each time."""
    chance = random.Random(42)
    out = io.StringIO()
    out.write("UNB+UNOC:3+AGENT:ZZZ+GATE:ZZZ+261123:1030+REF0000001'")
    messages = 0
    while out.tell() < size:
        messages += 1
        segments = list(message(chance, messages))
        segments.append(f"UNT+{len(segments) + 1}+M{messages:06d}")
        out.write("'".join(segments) + "'")
    out.write(f"UNZ+{messages}+REF0000001'")
    return out.getvalue().encode("latin-1")


def message(chance: random.Random, number: int):
    yield f"UNH+M{number:06d}+CUSCAR:D:95B:UN"
    yield from (f"BGM+85+DOC{number:07d}+9", "DTM+137:202611231030:203", "RFF+SS:CALL26000417")
    yield from ("NAD+MS+SCR:172:20", "TDT+20+123W+1++MAEU:172:20+++9321483:146::EMMA:DK", "LOC+60+NLRTM:139:6")
    for item in range(1, chance.randint(300, 900)):
        yield f"CNI+{item}+MAEU{chance.randint(100000000, 999999999)}"
        yield from (f"RFF+BM:MAEU{chance.randint(100000000, 999999999)}", f"LOC+9+{chance.choice(PORTS)}:139:6")
        yield f"LOC+11+{chance.choice(PORTS)}:139:6"
        name = "O?'BRIEN ?+ SONS LTD" if chance.random() < 0.12 else "GLOBAL TRADING COMPANY BV"
        yield f"NAD+CZ+++{name}+HARBOUR ROAD {chance.randint(1, 999)}+ROTTERDAM++{chance.randint(1000, 9999)}AB+NL"
        yield f"NAD+CN+++IMPORT EXPORT GMBH+HAFENSTRASSE {chance.randint(1, 99)}+HAMBURG++20457+DE"
        for goods in range(chance.randint(1, 3)):
            yield from goods_item(chance, goods + 1)


def goods_item(chance: random.Random, number: int):
    yield f"GID+{number}+{chance.randint(1, 900)}:CT"
    text = chance.choice(GOODS)
    if chance.random() < 0.25:
        text += f" 12?'?' X 4?: QTY {chance.randint(1, 50)}?+ SPARE??"
    yield f"FTX+AAA+++{text}:HS CODE {chance.randint(100000, 999999)}"
    yield f"MEA+AAE+G+KGM:{chance.randint(100, 28000)}.{chance.randint(0, 999):03d}"
    yield f"SGP+MSKU{chance.randint(1000000, 9999999)}+{chance.randint(1, 900)}"
    if chance.random() < 0.1:
        yield f"DGS+IMD+{chance.choice(['3', '8', '6.1', '9'])}+{chance.randint(1000, 3500)}+023:CEL+2"
    yield "PCI+24+MARKS?: NO 1-UP"


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def medians(runs: int, **works: Callable[[], object]) -> dict[str, float]:
    """CPU seconds of each, the runs of all taking turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            times[name].append(cpu(work))
    return {name: statistics.median(each) for name, each in times.items()}


def split_all(data: bytes) -> int:
    return sum(len(segment.elements) for segment in edi.stream(io.BytesIO(data)))


def look_into(interchanges: list[edi.Interchange]) -> int:
    """Every element of every segment, as a reader of the whole would."""
    return sum(len(segment.elements) for each in interchanges for it in each.messages for segment in it.segments)


def ratios(data: bytes, part: bytes, runs: int) -> dict[str, float]:
    warnings.simplefilter("ignore")  # pydifact warns of directory data its wheel leaves out
    text = part.decode("latin-1")
    report = edi.check(io.BytesIO(data))
    assert report.accepted, report.findings[:3]
    assert not report.findings
    took = medians(
        runs,
        split=lambda: split_all(data),
        check=lambda: edi.check(io.BytesIO(data)),
        objects=lambda: look_into(edi.read(io.BytesIO(data))),
        parse=lambda: sum(1 for _ in Parser().parse(text)),
        interchange=lambda: Interchange.from_str(text),
    )
    scale = len(data) / len(part)
    return {
        "segments": report.segment_count,
        "CPU seconds": {name: round(value, 3) for name, value in took.items()},
        "stream and split / pydifact parse": took["split"] / (took["parse"] * scale),
        "stream and check / pydifact parse": took["check"] / (took["parse"] * scale),
        "object model / pydifact interchange": took["objects"] / (took["interchange"] * scale),
    }


def small() -> dict[str, float]:
    def once() -> None:
        [interchange] = edi.read(BERMAN)
        report = edi.check(BERMAN)
        assert report.accepted, [str(each) for each in report.findings]
        assert interchange.messages[0].segments[1].get(2)
        edi.acknowledge(report, report.interchanges[0], reference="C1", prepared=datetime.now(UTC))

    long = BERMAN.replace(b"INLE SHIPPING AGENCY", b"X" * 2_000_000)
    for _ in range(20):
        once()
    return {
        "small message read, checked, answered, ms": statistics.median(cpu(once) for _ in range(200)) * 1_000,
        "one segment of 2 MB, ms": statistics.median(cpu(lambda: edi.check(long)) for _ in range(5)) * 1_000,
    }


STREAM = """
import sys, edi
for each in edi.stream(open(sys.argv[1], "rb")):
    each.elements
assert edi.check(open(sys.argv[1], "rb")).accepted
"""
PEAK = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def peak(data: bytes) -> float:
    """MiB by which streaming and checking `data` from a file raises the peak of a plain interpreter."""
    with tempfile.NamedTemporaryFile(suffix=".edi") as file:
        file.write(data)
        file.flush()
        plain, streaming = (kibibytes(code, file.name) for code in (PEAK, STREAM + PEAK))
    return (streaming - plain) / 1024


def kibibytes(code: str, path: str) -> int:
    done = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, check=True)
    return int(done.stdout)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true", help="print one JSON object")
    options.add_argument("--megabytes", type=float, default=20.0)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--whole", action="store_true", help="pydifact reads the whole interchange, not a tenth")
    chosen = options.parse_args()
    data = cuscar(int(chosen.megabytes * 1e6))
    part = data if chosen.whole else cuscar(int(chosen.megabytes * 1e5))
    figures: dict[str, object] = {"bytes": len(data), "pydifact bytes": len(part), **ratios(data, part, chosen.runs)}
    figures |= small()
    figures["streaming peak over plain interpreter, MiB"] = peak(data)
    figures["held"] = all(figures[name] <= bar for name, bar in BARS.items())
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return
    for name, bar in BARS.items():
        print(f"{name:45} {figures[name]:9.3f}   bar {bar:g}")
    print(figures["CPU seconds"])


if __name__ == "__main__":
    main()
