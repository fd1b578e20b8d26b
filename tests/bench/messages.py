"""Prints how long examining takes, in CPU milliseconds, and how that compares with what it cannot do without.

Run it from the top: `python tests/bench/messages.py`. Promised: a 30 kB message below 15 ms; 3,000 passengers
at most 2.5 times bare parsing and schema validation by lxml; importing `messages.examine` below 350 ms.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[2]))

from messages.declaration import Declaration
from messages.examine import examine
from messages.formats.epc_xml import EPC_XML
from messages.formats.epc_xml.message import SCHEMA
from messages.formats.json_document import JSON_DOCUMENT


def a_person(number: int) -> dict[str, object]:
    return {
        "person_reference": f"P{number:05}",
        "name": {"family_name": f"Family{number}", "given_name": f"Given{number}"},
        "date_of_birth": date(1950 + number % 60, 1 + number % 12, 1 + number % 28),
        "place_of_birth": "Mawlamyine",
        "country_of_birth": "MM",
        "nationality": "MM",
        "gender": "F" if number % 2 else "M",
        "person_id_document": [
            {
                "id_document": "Passport",
                "id_number": f"M{number:08}",
                "issuing_country": "MM",
                "issue_date": date(2022, 5, 1),
                "expiration_date": date(2032, 5, 1),
            }
        ],
        "embarkation_port": {"un_locode": "SGSIN", "name": "Singapore"},
        "debarkation_port": {"un_locode": "MMRGN", "name": "Yangon"},
        "transit": False,
    }


def a_call(crew: int, passengers: int) -> Declaration:
    return Declaration.model_validate(
        {
            "header": {"ship_message_id": "BENCH-1", "sender_id": "AGENT", "arrival_departure": "Arrival"},
            "ship_id": {"ship_name": "MV Bench", "imo_number": "9074729"},
            "port_of_arrival": {
                "location": {"un_locode": "MMRGN"},
                "arrival_time": [{"date_time": datetime(2026, 11, 23, 6, tzinfo=UTC), "time_type": "Estimated"}],
            },
            "persons_onboard": {"crew": crew, "passengers": passengers},
            "crew_list": [a_person(n) | {"duty": {"text": "AB"}} for n in range(crew)],
            "passenger_list": [a_person(n) for n in range(crew, crew + passengers)],
        }
    )


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
    assert examine(xml).declaration == examine(document).declaration == declaration
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
    compare("A coaster", a_call(crew=20, passengers=16), times=20)
    compare("A cruise ship", a_call(crew=300, passengers=3000), times=3)
