"""Prints how long examining takes, in CPU milliseconds, and how that compares with what it cannot do without.

Run it from the top: `python tests/bench/messages.py`. Promised: a 30 kB message below 15 ms; 3,000 passengers
at most 2.5 times bare parsing and schema validation by lxml; importing `messages.examine` below 350 ms.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[2]))

from messages.declaration import Declaration
from messages.examine import examine
from messages.formats.epc_xml import EPC_XML
from messages.formats.epc_xml.schema import SCHEMA
from messages.formats.json_document import JSON_DOCUMENT

EXAMPLE = Path(__file__).parents[2] / "messages" / "rules" / "example.json"


def a_person(template: dict[str, object], number: int) -> dict[str, object]:
    document = {
        "id_document": "Passport",
        "id_number": f"M{number:08}",
        "issuing_country": "MM",
        "issue_date": "2022-05-01",
        "expiration_date": "2032-05-01",
    }
    return template | {
        "person_reference": f"P{number:05}",
        "name": {"family_name": f"Family{number}", "given_name": f"Given{number}"},
        "date_of_birth": f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}",
        "nationality": "MM",
        "place_of_birth": "Mawlamyine",
        "person_id_document": [document],
    }


def a_call(crew: int, passengers: int) -> Declaration:
    """The rules' own example with more people on board; nothing is wrong with it."""
    call = orjson.loads(EXAMPLE.read_bytes())
    sailor, guest = call["crew_list"][1], call["passenger_list"][0]
    call["crew_list"] += [a_person(sailor, number) for number in range(crew - len(call["crew_list"]))]
    call["passenger_list"] = [a_person(guest, crew + number) for number in range(passengers)]
    call["persons_onboard"] = {"crew": crew, "passengers": passengers, "number_of_persons_onboard": crew + passengers}
    return Declaration.from_json(call)


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Least CPU time of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return 1000 * min(taken)


def bare(raw: bytes, schema: etree.XMLSchema) -> bool:
    return schema.validate(etree.fromstring(raw))


def line(what: str, figure: float, bar: str) -> None:
    print(f"{what:<52}{figure:>10.1f}   {bar}")


def compare(title: str, declaration: Declaration, times: int) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    xml, document = EPC_XML.write(declaration), JSON_DOCUMENT.write(declaration)
    assert examine(xml).findings == examine(document).findings == ()
    print(f"\n{title}: {len(xml) / 1000:.0f} kB of XML, {len(document) / 1000:.0f} kB of JSON")
    least = milliseconds(lambda: bare(xml, schema), times)
    whole = milliseconds(lambda: examine(xml), times)
    line("lxml parse and schema, ms", least, "")
    line("examine EPC XML, ms", whole, "")
    line("ratio", whole / least, "")
    line("examine JSON, ms", milliseconds(lambda: examine(document), times), "")
    line("write XML, ms", milliseconds(lambda: EPC_XML.write(declaration), times), "")
    line("digest, ms", milliseconds(declaration.digest, times), "")


def importing() -> float:
    """CPU milliseconds a fresh interpreter needs for the import, beyond starting."""
    timed = "import time; t = time.process_time(); import messages.examine; print(time.process_time() - t)"
    runs = [subprocess.run([sys.executable, "-c", timed], capture_output=True, check=True) for _ in range(5)]
    return 1000 * min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    line("import messages.examine, ms", importing(), "< 350")
    compare("A coaster", a_call(crew=20, passengers=12), times=20)
    compare("A cruise ship", a_call(crew=300, passengers=3000), times=3)
