"""Our stylesheet, scripts and pictures, each at an address that changes with its content.

Browsers may therefore keep them for ever. They are few and small, so they are read once and served from memory.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")

MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served."""

    name: str
    """Name with a part of the content's SHA-256 in it: `fairway.0f3a77c2.css`."""
    media_type: str
    body: bytes


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Every static file by its own plain name."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}


@cache
def by_address() -> Mapping[str, StaticFile]:
    """Every static file by the name it is served under."""
    return {each.name: each for each in static_files().values()}


def address(name: str) -> str:
    """Where the file of that plain name is served."""
    return f"/static/{static_files()[name].name}"


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:12]
    return StaticFile(f"{path.stem}.{digest}{path.suffix}", MEDIA_TYPES[path.suffix], body)
