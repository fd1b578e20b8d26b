"""The pages of the documentation, and what Markdown makes of them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

AT_THE_TOP = ("README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md")

PAGES = sorted(ROOT / name for name in AT_THE_TOP) + sorted((ROOT / "docs").rglob("*.md"))

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", page.read_text())


def links(page: Path) -> list[str]:
    return _LINK.findall(prose(page))


def code(page: Path) -> list[str]:
    """What stands in back ticks within sentences and tables."""
    return _CODE.findall(prose(page))


def anchors(page: Path) -> set[str]:
    """What a link may name after `#`: each heading in lower case, spaces as hyphens, other marks left out."""
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"\s", "-", heading.strip()) for heading in plain}


def typed(page: Path) -> Iterator[str]:
    """Every line of a fenced block, those that go on in the next joined, and every piece of code in a sentence."""
    for block in _FENCE.findall(page.read_text()):
        yield from (line.strip() for line in block.replace("\\\n", " ").splitlines()[1:-1])
    yield from code(page)
