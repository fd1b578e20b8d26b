"""What associations have agreed beyond, or against, the UN directory: guides bent by small data files.

A profile lies on a shelf as `profiles/<association>.txt`, found by UNH S009 element 0057 as sent or without the
digits at its end (`SMDG22` is served by `SMDG.txt`). `any.txt` bends every guide. Statements, one to a line:

    for PAXLST D.02B D.05B        what follows concerns these; without releases all, `for *` every message
    node SG2/DTM C1               another status and greatest number; `SG4/RFF#2` is the second RFF there
    place TDT 8028!               a place of a segment: another status, or with `*3` another number
    use COM C076! C076 C076       a segment's places anew
    format 8212 an..70            an element's format wherever it stands
    codes 3035 + DDU DDT          values added to a list
    codes 2005 = 36 189           only these values
    open 7365                     no list: the partners agree the values
    same ZZZ ZZ                   where a list has the first value it also has the second

A statement that fits nothing in a guide has no effect there: one profile serves many releases.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from edi.directory import ElementUse, SegmentSpec
from edi.structure import Guide, Node

_REMARK = re.compile(r"(?:^|\s)#")
_NAME = re.compile(r"[A-Z0-9]{1,6}", re.ASCII)

Statement = tuple[str, ...]


def applied(guide: Guide, folder: str, shelves: Sequence[Path]) -> Guide:
    """The guide as its association uses it. `folder` is its release (`D.05B`)."""
    for path in _paths(guide.association, shelves):
        for statement in _for(guide.type, folder, statements(path)):
            guide = _bent(guide, statement)
    return guide


def _paths(association: str, shelves: Sequence[Path]) -> Iterator[Path]:
    names = ["any"]
    if _NAME.fullmatch(association):
        whole, family = association, association.rstrip("0123456789")
        names += [whole] if whole == family else [family, whole]
    for name in names:
        for shelf in shelves:
            path = shelf / "profiles" / f"{name}.txt"
            if path.is_file():
                yield path


@cache
def statements(path: Path) -> tuple[Statement, ...]:
    """The statements of one profile, remarks left out."""
    lines = (_REMARK.split(line)[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(tuple(line) for line in lines if line)


def _for(message: str, folder: str, said: Sequence[Statement]) -> Iterator[Statement]:
    """The statements that concern this message of this release."""
    concerns = False
    for verb, *words in said:
        if verb == "for":
            concerns = words[0] in (message, "*") and (not words[1:] or folder in words[1:])
        elif concerns:
            yield verb, *words


def _bent(guide: Guide, statement: Statement) -> Guide:
    verb, *words = statement
    match verb, words:
        case "node", [path, count]:
            return replace(guide, root=_renumbered(guide.root, path.split("/"), count))
        case (("place" | "use" | "format"), [_, _, *_]):
            specs = {tag: _respecified(spec, verb, words) for tag, spec in guide.segments.items()}
            return replace(guide, segments=MappingProxyType(specs))
        case ("codes", [_, "+" | "=", *_]) | ("open", [_, *_]) | ("same", [_, _]):
            return replace(guide, codes=MappingProxyType(_relisted(guide.codes, verb, words)))
    raise ValueError(f"A profile says '{' '.join(statement)}', which is no statement; see edi.profile.")


def _respecified(spec: SegmentSpec, verb: str, words: Sequence[str]) -> SegmentSpec:
    first, *others = words
    if verb == "format":
        return _reformed(spec, first, others[0])
    if first != spec.tag:
        return spec
    change = _chosen(spec.elements, others) if verb == "use" else _replaced(spec.elements, others[0])
    return replace(spec, elements=change)


def _relisted(codes: Mapping[str, frozenset[str]], verb: str, words: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The lists after one statement. Adding to a list that is not known leaves it unknown."""
    if verb == "open":
        return {identifier: listed for identifier, listed in codes.items() if identifier not in words}
    if verb == "same":
        known, other = words
        return {identifier: listed | {other} if known in listed else listed for identifier, listed in codes.items()}
    identifier, how, *values = words
    if how == "=":
        return {**codes, identifier: frozenset(values)}
    return {**codes, identifier: codes[identifier].union(values)} if identifier in codes else codes


def _renumbered(nodes: Sequence[Node], path: Sequence[str], count: str) -> tuple[Node, ...]:
    """The nodes with the one at `path` given `count` (`C99`) as status and greatest number."""
    name, _, which = path[0].partition("#")
    like = [index for index, node in enumerate(nodes) if name in (node.tag, node.group)]
    nth = int(which or 1) - 1
    if nth >= len(like):
        return tuple(nodes)
    at = like[nth]
    if len(path) > 1:
        changed = replace(nodes[at], children=_renumbered(nodes[at].children, path[1:], count))
    else:
        changed = replace(nodes[at], status=count[0], repeat=int(count[1:]))
    return (*nodes[:at], changed, *nodes[at + 1 :])


def _place(place: str) -> tuple[str, str, int]:
    identifier, _, repeat = place.partition("*")
    return identifier.rstrip("!"), "M" if identifier.endswith("!") else "C", int(repeat or 1)


def _replaced(uses: Sequence[ElementUse], place: str) -> tuple[ElementUse, ...]:
    """The places with the first of that identifier, there or within a composite, given a status and number."""
    identifier, status, repeat = _place(place)
    for index, use in enumerate(uses):
        if use.id == identifier:
            return (*uses[:index], replace(use, status=status, repeat=repeat), *uses[index + 1 :])
        if any(component.id == identifier for component in use.components):
            within = replace(use, components=_replaced(use.components, place))
            return (*uses[:index], within, *uses[index + 1 :])
    return tuple(uses)


def _chosen(uses: Sequence[ElementUse], places: Sequence[str]) -> tuple[ElementUse, ...]:
    """Places named anew, each built like the one of that identifier before."""
    known = {use.id: use for use in uses}
    wanted = (_place(place) for place in places)
    return tuple(replace(known[name], status=status, repeat=repeat) for name, status, repeat in wanted if name in known)


def _reformed(spec: SegmentSpec, identifier: str, form: str) -> SegmentSpec:
    def again(use: ElementUse) -> ElementUse:
        if use.id == identifier:
            return replace(use, format=form)
        return replace(use, components=tuple(map(again, use.components))) if use.components else use

    return replace(spec, elements=tuple(map(again, spec.elements)))
