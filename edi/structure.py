"""The shape of a message guide: nodes in order, and what stands behind their tags."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from edi.directory import SegmentSpec


@dataclass(frozen=True, slots=True)
class Node:
    """A segment (`tag` filled) or a group (`group` filled, `SG4`; its first child is the trigger segment)."""

    tag: str
    group: str
    status: str
    repeat: int
    children: tuple["Node", ...] = ()
    position: str = ""

    def walk(self) -> Iterator["Node"]:
        """This node, then all below it, in the order of the message."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Guide:
    """A message type in one release, as one association uses it.

    `segments` holds the user segments; UNH, UNT, UNS, UGH and UGT depend on the interchange's syntax version and
    come from `edi.directory.service_segments`. `codes` holds values by element, only where the list is known.
    `conditions` are dependency notes among nodes, by position.
    """

    type: str
    version: str
    release: str
    association: str
    root: tuple[Node, ...]
    segments: Mapping[str, SegmentSpec]
    codes: Mapping[str, frozenset[str]]
    conditions: tuple[str, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Every node in the order of the message."""
        for node in self.root:
            yield from node.walk()
