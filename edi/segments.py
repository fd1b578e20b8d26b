"""A segment: a tag and data elements. Split only when somebody looks inside.

Positions count as the standard counts: element 1 follows the tag, component 1 and occurrence 1 come first.
"""

from collections.abc import Sequence

from edi.service_chars import V3, ServiceChars
from edi.stretch import Stretch
from edi.tokenizer import Components, elements, protected, single_elements, value_at

Element = str | Sequence[str] | tuple[Sequence[str], ...]
"""A value as `Segment.of` takes it: text, a list of components, or a tuple of occurrences, each a list."""


class Segment:
    """One segment, read or made.

    >>> loc = Segment.of("LOC", "9", ["NLRTM", "139", "6"])
    >>> loc.tag, loc.get(1), loc.get(2, 3), loc.get(7)
    ('LOC', '9', '6', '')
    >>> Segment("FTX+AAA+++O?'NEIL").get(4)
    "O'NEIL"
    """

    __slots__ = ("_elements", "_stretch", "chars", "index", "raw")

    def __init__(self, raw: str, chars: ServiceChars = V3, stretch: Stretch | None = None, index: int = 0) -> None:
        self.raw = raw
        """The segment as it was sent, without its terminator."""
        self.chars = chars
        self._stretch = stretch
        self.index = index
        """Its place in the stretch it was read in."""
        self._elements: list[Components] | None = None

    @classmethod
    def of(cls, tag: str, *values: Element, chars: ServiceChars = V3) -> "Segment":
        """A segment from plain values; empty elements and components at the end are cut.

        Raises:
            ValueError: A value needs a release character and `chars` has none, or repeats and `chars` cannot.
        """
        return cls(written(tag, values, chars), chars)

    @property
    def tag(self) -> str:
        raw = self.raw
        if len(raw) == 3 or raw[3:4] == self.chars.element:  # noqa: PLR2004 - the length of a tag
            return raw[:3]
        return self.elements[0][0]

    @property
    def elements(self) -> list[Components]:
        """Every element as its components, the tag first; of a repeated element the first occurrence."""
        found = self._elements
        if found is None:
            chars, raw = self.chars, self.raw
            if chars.repetition and chars.repetition in raw:
                found = [occurrences[0] for occurrences in elements(raw, chars)]
            elif chars.release in raw:
                found = single_elements(raw, chars)
            else:
                component = chars.component
                found = [each.split(component) for each in raw.split(chars.element)]
            self._elements = found
        return found

    def get(self, element: int, component: int = 1, occurrence: int = 1) -> str:
        """A value, "" where nothing was sent."""
        try:
            if occurrence == 1:
                return self.elements[element][component - 1]
            return self.occurrences()[element][occurrence - 1][component - 1]
        except IndexError:
            return ""

    def occurrences(self) -> list[list[Components]]:
        """Every element as occurrences of components, the tag first (ISO 9735-1 8)."""
        return elements(self.raw, self.chars)

    @property
    def place(self) -> tuple[int, int, int]:
        """Byte offset in the data read, line and column; (0, 1, 1) for a segment that was made."""
        return self.place_of(0)

    def place_of(self, within: int) -> tuple[int, int, int]:
        """As `place`, of character `within` of `raw`."""
        return self._stretch.place(self.index, within) if self._stretch else (0, 1, 1)

    def within(self, element: int, component: int = 1, occurrence: int = 1) -> int:
        """Where in `raw` a value begins, or where it would if it had been sent."""
        return value_at(self.raw, self.chars, element, component, occurrence)

    def to_text(self, chars: ServiceChars | None = None) -> str:
        """The segment without terminator, with as few release characters as `chars` need, empty ends cut.

        Raises:
            ValueError: As `of`.
        """
        tag, *values = self.occurrences()
        return written(tag[0], [tuple(each) for each in values], chars or self.chars)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and self.to_text(COMMON) == other.to_text(COMMON)

    def __hash__(self) -> int:
        return hash(self.to_text(COMMON))

    def __repr__(self) -> str:
        return f"Segment({self.raw!r})"


COMMON = ServiceChars(repetition="*")
"""The punctuation in which segments are compared, whatever they were sent in."""


def written(tag: Sequence[str], values: Sequence[Element], chars: ServiceChars) -> str:
    """A tag and values as text, empty ends cut (ISO 9735 7.2 to 7.5)."""
    texts = [_element(value, chars) for value in (tag, *values)]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return chars.element.join(texts)


def _element(value: Element, chars: ServiceChars) -> str:
    if isinstance(value, str):
        return protected(value, chars)
    if not isinstance(value, tuple):
        return _components(value, chars)
    texts = [_components(each, chars) for each in value]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    if len(texts) > 1 and not chars.repetition:
        raise ValueError("This interchange has no repetition separator: an element cannot occur more than once.")
    return chars.repetition.join(texts)


def _components(values: Sequence[str], chars: ServiceChars) -> str:
    texts = [protected(value, chars) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return chars.component.join(texts)
