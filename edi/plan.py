"""A guide made ready for matching: leaves, and the step each tag takes from each leaf, worked out on first use.

A step is found as ISO 9735 annex C reads a diagram: from where the message stands, the nearest place ahead that
has the tag - the same segment again, a later one of the same group, the group again, then outwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from edi.directory import service_segments
from edi.patterns import Pattern, compiled
from edi.service_chars import MODERN
from edi.structure import Guide, Node
from edi.syntax import VERSIONS

KEPT_PLANS = 128


class Branch:
    """A node of the guide with its neighbours. `number` to `end` are the nodes of its subtree."""

    __slots__ = ("children", "end", "node", "number", "parent", "place", "steps", "tag")

    def __init__(self, node: Node, parent: "Branch | None", place: int, number: int) -> None:
        self.node = node
        self.parent = parent
        self.place = place
        """Its index among its parent's children."""
        self.number = number
        self.end = number + 1
        self.children: list[Branch] = []
        self.tag = node.tag
        """A group's is its first segment's."""
        self.steps: dict[str, Step] = {}
        """From this leaf: the steps that need nothing but counting."""

    @property
    def first_leaf(self) -> "Branch":
        branch = self
        while branch.children:
            branch = branch.children[0]
        return branch

    def within(self) -> Iterator["Branch"]:
        """This branch and all below it."""
        yield self
        for child in self.children:
            yield from child.within()


Step = tuple["Branch", dict[str, "Step"], int, int, list[int] | None, int, Pattern]
"""The leaf reached, the steps from there, the node to count and its limit; where a group begins, the counts its
subtree starts with and the number of its first node; the pattern of the segment."""


@dataclass(slots=True)
class Move:
    """A step with what is wrong about it: mandatory branches passed over, a limit passed."""

    step: Step
    target: Branch
    missing: tuple[Branch, ...] = ()


@dataclass(slots=True)
class Plan:
    """One guide for one kind of syntax."""

    guide: Guide
    root: list[Branch]
    count: int
    """The number of nodes."""
    tags: frozenset[str]
    patterns: Mapping[str, Pattern]
    moves: dict[tuple[int, str], Move | None] = field(default_factory=dict)

    @classmethod
    def of_structure(cls, guide: Guide) -> "Plan":
        """A plan that knows places and nothing of what segments hold."""
        root: list[Branch] = []
        count = _grow(guide.root, None, root, 0)
        return cls(guide, root, count, frozenset(branch.tag for top in root for branch in top.within()), {})

    @property
    def start(self) -> Branch:
        """The leaf of UNH."""
        return self.root[0].first_leaf

    @property
    def nodes(self) -> list[Node]:
        """Every node of the guide, by number."""
        return [branch.node for top in self.root for branch in top.within()]

    def siblings(self, branch: Branch) -> list[Branch]:
        return branch.parent.children if branch.parent else self.root

    def move(self, leaf: Branch, tag: str) -> Move | None:
        """The nearest way from `leaf` to a segment `tag`, None when none is ahead."""
        key = (leaf.number, tag)
        if key not in self.moves:
            found = self.moves[key] = self.move_past(leaf, tag, frozenset())
            if found and not found.missing and tag != "UNT":
                leaf.steps[tag] = found.step
        return self.moves[key]

    def move_past(self, leaf: Branch, tag: str, full: frozenset[int]) -> Move | None:
        """As `move`, to no node that is `full`."""
        found = self.search(leaf, tag, full)
        return Move(self._step(found[0]), *found) if found else None

    def search(self, leaf: Branch, tag: str, full: frozenset[int]) -> tuple[Branch, tuple[Branch, ...]] | None:
        """The nearest branch ahead that begins with `tag` and is not `full`, and the mandatory ones passed over.

        A branch that holds `leaf` and may stand once is full by itself; it is given only where there is no other.
        """
        missing: list[Branch] = []
        branch: Branch | None = leaf
        cramped: tuple[Branch, tuple[Branch, ...]] | None = None
        while branch is not None:
            siblings = self.siblings(branch)
            for target in siblings[branch.place :]:
                if target.tag != tag or target.number in full:
                    continue
                passed = [each for each in siblings[branch.place + 1 : target.place] if each.node.status == "M"]
                found = target, (*missing, *passed)
                if target is not branch or target.node.repeat > 1:
                    return found
                if cramped is None or target.first_leaf is leaf:
                    cramped = found
            missing += [each for each in siblings[branch.place + 1 :] if each.node.status == "M"]
            branch = branch.parent
        return cramped

    def _step(self, target: Branch) -> Step:
        leaf = target.first_leaf
        counts: list[int] | None = None
        if target.children:
            counts = [0] * (target.end - target.number - 1)
            inner = target.children[0]
            while True:
                counts[inner.number - target.number - 1] = 1
                if not inner.children:
                    break
                inner = inner.children[0]
        limit, pattern = target.node.repeat, self.patterns[leaf.tag]
        return leaf, leaf.steps, target.number, limit, counts, target.number + 1, pattern

    def expected(self, leaf: Branch, most: int = 8) -> list[str]:
        """Tags that may come after `leaf`, nearest first, up to the first that must."""
        tags: list[str] = []
        branch: Branch | None = leaf
        while branch is not None and len(tags) < most:
            for target in self.siblings(branch)[branch.place :]:
                again = target is branch and target.node.repeat == 1
                if not again and target.tag not in tags:
                    tags.append(target.tag)
                if target is not branch and target.node.status == "M":
                    return tags[:most]
            branch = branch.parent
        return tags[:most]


_plans: dict[tuple[int, str, str, bool], Plan] = {}


def plan_of(guide: Guide, syntax_version: str, marks: str, *, check_codes: bool) -> Plan:
    """The plan for a guide, remembered as long as the guide object lives in the memory of plans."""
    key = (id(guide), syntax_version, marks, check_codes)
    plan = _plans.get(key)
    if plan is None:
        if len(_plans) >= KEPT_PLANS:
            _plans.clear()
        plan = _plans[key] = Plan.of_structure(guide)
        modern = VERSIONS[syntax_version] >= MODERN
        specs = {**service_segments(syntax_version), **guide.segments}
        codes = guide.codes if check_codes else {}
        plan.patterns = {tag: compiled(specs[tag], modern=modern, marks=marks, codes=codes) for tag in plan.tags}
    return plan


def _grow(nodes: tuple[Node, ...], parent: Branch | None, siblings: list[Branch], number: int) -> int:
    for place, node in enumerate(nodes):
        branch = Branch(node, parent, place, number)
        siblings.append(branch)
        number = _grow(node.children, branch, branch.children, number + 1)
        branch.end = number
        branch.tag = node.tag or branch.children[0].tag
    return number
