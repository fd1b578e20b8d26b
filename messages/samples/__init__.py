"""Invented arrivals to try things with: which there are, and their bytes.

`README.md` beside this file says what in them is real and what is made up.
"""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """One document that ships with the package.

    `name` is its path below this folder, `format` the name of the format in `messages.formats`.
    """

    name: str
    title: str
    format: str
    path: Path
    media_type: str


def _sample(name: str, title: str) -> Sample:
    form, media_type = {
        ".xml": ("epc_xml", "application/xml"),
        ".json": ("json_document", "application/json"),
    }[Path(name).suffix]
    return Sample(name, title, form, _HERE / name, media_type)


_SAMPLES = (
    _sample("container-ship-yangon.xml", "Container ship arriving at Yangon"),
    _sample("product-tanker-sihanoukville.xml", "Product tanker arriving at Sihanoukville"),
    _sample("cruise-ship-thilawa.xml", "Expedition cruise ship arriving at Thilawa"),
    _sample("container-ship-yangon.json", "Container ship arriving at Yangon"),
    _sample("product-tanker-sihanoukville.json", "Product tanker arriving at Sihanoukville"),
    _sample("cruise-ship-thilawa.json", "Expedition cruise ship arriving at Thilawa"),
)

_FAULTY = (
    _sample("faults/container-ship-five-faults.xml", "Container ship arriving at Yangon, five faults"),
    _sample("faults/product-tanker-six-faults.xml", "Product tanker arriving at Sihanoukville, six faults"),
)


def samples() -> tuple[Sample, ...]:
    """The sound samples."""
    return _SAMPLES


def faulty() -> tuple[Sample, ...]:
    """Samples with faults put in on purpose; the JSON file of the same name lists the findings to expect."""
    return _FAULTY


def read(name: str) -> bytes:
    """The bytes of one sample.

    Raises:
        KeyError: no sample has that name.
    """
    return {each.name: each.path for each in (*_SAMPLES, *_FAULTY)}[name].read_bytes()
