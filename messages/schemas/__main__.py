"""Writes the published schemas anew: `python -m messages.schemas`."""

from messages.schemas import PUBLISHED

for path, build in PUBLISHED.items():
    path.write_bytes(build())
