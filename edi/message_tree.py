"""A message as a tree: its segments in the groups the guide gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edi.plan import Branch, Plan
from edi.segments import Segment
from edi.structure import Guide


@dataclass(slots=True)
class Occurrence:
    """One occurrence of a group, or the message (`group` is then empty). `content` is in the order sent."""

    group: str = ""
    content: list["Segment | Occurrence"] = field(default_factory=list)
    unplaced: list[Segment] = field(default_factory=list)
    """Of the message only: segments the guide has no place for."""

    def all(self, tag: str) -> list[Segment]:
        """Its own segments with that tag, not those of groups in it."""
        return [each for each in self.content if isinstance(each, Segment) and each.tag == tag]

    def first(self, tag: str) -> Segment | None:
        """Its first own segment with that tag."""
        return next(iter(self.all(tag)), None)

    def groups(self, name: str) -> list["Occurrence"]:
        """The occurrences of a group in it, `groups("SG2")`."""
        return [each for each in self.content if isinstance(each, Occurrence) and each.group == name]

    def walk(self) -> Iterator[Segment]:
        """Every segment in it and below, in the order sent."""
        for each in self.content:
            if isinstance(each, Segment):
                yield each
            else:
                yield from each.walk()


def tree(segments: Sequence[Segment], guide: Guide) -> Occurrence:
    """The segments of a message, UNH to UNT, in the groups of `guide`. Judges nothing; `check` does."""
    plan = Plan.of_structure(guide)
    message = Occurrence()
    counts = [0] * plan.count
    open_groups: list[tuple[Branch, Occurrence]] = []
    leaf: Branch | None = None
    for segment in segments:
        target = plan.start if leaf is None else _target(plan, leaf, segment.tag, counts)
        if target is None or (leaf is None and segment.tag != target.tag):
            message.unplaced.append(segment)
            continue
        counts[target.number] += 1
        while open_groups and not open_groups[-1][0].number < target.number < open_groups[-1][0].end:
            open_groups.pop()
        while target.children:
            home = open_groups[-1][1] if open_groups else message
            occurrence = Occurrence(target.node.group)
            home.content.append(occurrence)
            open_groups.append((target, occurrence))
            counts[target.number + 1 : target.end] = [0] * (target.end - target.number - 1)
            target = target.children[0]
            counts[target.number] = 1
        (open_groups[-1][1] if open_groups else message).content.append(segment)
        leaf = target
    return message


def _target(plan: Plan, leaf: Branch, tag: str, counts: list[int]) -> Branch | None:
    """The nearest place ahead with room; where none has room, the nearest."""
    nearest = found = plan.search(leaf, tag, frozenset())
    full: set[int] = set()
    while found and counts[found[0].number] >= found[0].node.repeat:
        full.add(found[0].number)
        found = plan.search(leaf, tag, frozenset(full))
    found = found or nearest
    return found[0] if found else None
