"""Text in, segments and elements out, with release characters taken exactly.

Follows ISO 9735 5.1 and 7 and ISO 9735-1 8. Splits first and mends what a release character protected, because most
segments hold none; nothing here judges what it splits.
"""

from edi.service_chars import ServiceChars

Components = list[str]

MASK = "\x00"
MASKED_RELEASE, MASKED_ELEMENT, MASKED_COMPONENT = "\x00r", "\x00e", "\x00c"
"""Letters never separate, so these come apart nowhere."""


def split(text: str, separator: str, release: str) -> list[str]:
    """`text` cut at each separator that no release character protects; release characters stay.

    >>> split("A?'B'C??'D", "'", "?")
    ["A?'B", 'C??', 'D']
    """
    pieces = text.split(separator)
    if not release or release + separator not in text:
        return pieces
    return mended(pieces, separator, release)


def service_tag(raw: str) -> str:
    """The first three characters of a segment if they can be a tag by themselves, else ""."""
    return "" if raw[3:4].isalnum() else raw[:3]


def mended(pieces: list[str], separator: str, release: str) -> list[str]:
    """`pieces` with those joined again that were cut at a protected separator."""
    whole: list[str] = []
    held: list[str] = []
    for piece in pieces:
        if piece.endswith(release) and (len(piece) - len(piece.rstrip(release))) % 2:
            held.append(piece)
        elif held:
            held.append(piece)
            whole.append(separator.join(held))
            held = []
        else:
            whole.append(piece)
    if held:
        whole.append(separator.join(held))
    return whole


def plain(value: str, release: str) -> str:
    """`value` without its release characters.

    >>> plain("O?'NEIL ???+", "?")
    "O'NEIL ?+"
    """
    if not release or release not in value:
        return value
    pair = release + release
    if pair not in value:
        return value.replace(release, "")
    return release.join(piece.replace(release, "") for piece in value.split(pair))


def elements(raw: str, chars: ServiceChars) -> list[list[Components]]:
    """A segment without its terminator as elements of occurrences of components; the tag is element 0.

    >>> elements("LOC+9+NLRTM:139:6", ServiceChars())
    [[['LOC']], [['9']], [['NLRTM', '139', '6']]]
    """
    repetition, release = chars.repetition, chars.release
    if not repetition or repetition not in raw:
        return [[each] for each in single_elements(raw, chars)]
    return [
        [components(occurrence, chars) for occurrence in split(element, repetition, release)]
        for element in split(raw, chars.element, release)
    ]


def single_elements(raw: str, chars: ServiceChars) -> list[Components]:
    """As `elements` for a segment that holds no repetition separator, without the level of occurrences."""
    component, release, separator = chars.component, chars.release, chars.element
    if not release or release not in raw:
        return [element.split(component) for element in raw.split(separator)]
    if MASK in raw:
        return [components(each, chars) for each in split(raw, separator, release)]
    # What a release character protects is masked while the text is cut: faster than to cut and mend.
    text = raw.replace(release + release, MASKED_RELEASE).replace(release + separator, MASKED_ELEMENT)
    text = text.replace(release + component, MASKED_COMPONENT).replace(release, "")
    return [
        [_unmasked(piece, chars) if MASK in piece else piece for piece in each.split(component)]
        if MASK in each
        else each.split(component)
        for each in text.split(separator)
    ]


def _unmasked(value: str, chars: ServiceChars) -> str:
    value = value.replace(MASKED_ELEMENT, chars.element).replace(MASKED_COMPONENT, chars.component)
    return value.replace(MASKED_RELEASE, chars.release)


def components(occurrence: str, chars: ServiceChars) -> Components:
    """The components of one occurrence of an element, release characters removed."""
    release, separator = chars.release, chars.component
    pieces = occurrence.split(separator)
    if not release:
        return pieces
    if release + separator in occurrence:
        pieces = mended(pieces, separator, release)
    if release + release in occurrence:
        return [plain(piece, release) for piece in pieces]
    return [piece.replace(release, "") for piece in pieces]


def protected(value: str, chars: ServiceChars) -> str:
    """`value` with a release character before each character that needs one, and no other.

    Raises:
        ValueError: The characters have no release character and the value needs one.

    >>> protected("5+5=10?", ServiceChars())
    '5?+5=10??'
    """
    if not value or value.isalnum():
        return value
    special = chars.special
    needy = [char for char in special if char in value]
    if not needy:
        return value
    if not chars.release:
        raise ValueError(f"{value!r} holds {needy[0]!r}, and this interchange has no release character.")
    return "".join(chars.release + char if char in special else char for char in value)


def value_at(raw: str, chars: ServiceChars, element: int, component: int = 1, occurrence: int = 1) -> int:
    """Where in `raw` a value begins; where the segment, element or occurrence ends if it was not sent.

    >>> value_at("LOC+9+NLRTM:139:6", ServiceChars(), 2, 3)
    16
    """
    start, end = 0, len(raw)
    for separator, wanted in (
        (chars.element, element),
        (chars.repetition, occurrence - 1),
        (chars.component, component - 1),
    ):
        if separator:
            start, end = _piece(raw[start:end], separator, chars.release, wanted, start)
    return start


def _piece(text: str, separator: str, release: str, wanted: int, offset: int) -> tuple[int, int]:
    pieces = split(text, separator, release)
    if wanted >= len(pieces):
        return offset + len(text), offset + len(text)
    start = offset + sum(len(piece) + 1 for piece in pieces[:wanted])
    return start, start + len(pieces[wanted])


def position_at(raw: str, chars: ServiceChars, within: int) -> tuple[int, int, int]:
    """Element, component and occurrence that character `within` of a segment is part of; element 0 is the tag.

    >>> position_at("LOC+9+NLRTM:139:6", ServiceChars(), 13)
    (2, 2, 1)
    """
    element, start = _piece_at(raw, chars.element, chars.release, within)
    occurrence, inner = _piece_at(raw[start:], chars.repetition, chars.release, within - start)
    component, _ = _piece_at(raw[start + inner :], chars.component, chars.release, within - start - inner)
    return element, component + 1, occurrence + 1


def _piece_at(text: str, separator: str, release: str, within: int) -> tuple[int, int]:
    """Which piece holds character `within`, and where that piece begins."""
    if not separator:
        return 0, 0
    pieces = split(text[:within], separator, release)
    return len(pieces) - 1, within - len(pieces[-1])
