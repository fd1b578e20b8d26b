"""Service characters: the punctuation of an interchange, and UNA, which may change it.

Follows ISO 9735 5 and annex B (syntax versions 1 to 3) and ISO 9735-1 annex A (version 4). Refuses a UNA that cannot
be meant; never guesses what was.
"""

from collections.abc import Iterator
from dataclasses import dataclass

IS1, IS3, IS4 = "\x1f", "\x1d", "\x1c"
"""Information separators, the level B set without UNA (ISO 9735 5.2)."""

MODERN = 4
"""The syntax version that brought repetition, dependency notes and the century in dates."""

ROLES = (
    "component separator",
    "element separator",
    "decimal mark",
    "release character",
    "repetition separator",
    "segment terminator",
)
DECIMAL, RELEASE, REPETITION = 2, 3, 4


@dataclass(frozen=True, slots=True)
class ServiceChars:
    """The punctuation of one interchange. Empty `release` or `repetition`: there is none.

    >>> ServiceChars.of_una(":+.? '", version=3).decimal
    '.'
    >>> ServiceChars.of_una(":+.?*'", version=4).repetition
    '*'
    """

    component: str = ":"
    element: str = "+"
    decimal: str = ".,"
    """The marks a number may have: both, unless UNA of syntax 1 to 3 names one."""
    release: str = "?"
    repetition: str = ""
    terminator: str = "'"

    @classmethod
    def default(cls, version: int) -> "ServiceChars":
        """What holds without UNA in syntax `version`."""
        return V4 if version >= MODERN else V3

    @classmethod
    def of_una(cls, una: str, version: int) -> "ServiceChars":
        """The characters that `una` (the six after the tag) gives in syntax `version`; see `una_faults` first."""
        component, element, decimal, release, repetition, terminator = tuple(una)
        modern = version >= MODERN
        return cls(
            component=component,
            element=element,
            decimal=".," if modern or decimal not in ".," else decimal,
            release=release.strip(" "),
            repetition=repetition.strip(" ") if modern else "",
            terminator=terminator,
        )

    @property
    def usual(self) -> bool:
        """Whether these are the default separators of syntax 3 or 4, whatever terminates segments."""
        return (self.component, self.element, self.release) == (":", "+", "?") and self.repetition in {"", "*"}

    @property
    def una(self) -> str:
        """UNA with its six characters, as these would be sent."""
        mark = self.decimal if len(self.decimal) == 1 else "."
        six = (self.component, self.element, mark, self.release or " ", self.repetition or " ", self.terminator)
        return "UNA" + "".join(six)

    @property
    def special(self) -> str:
        """The characters that need the release character before them where they are data."""
        return self.component + self.element + self.release + self.repetition + self.terminator


V3 = ServiceChars()
V4 = ServiceChars(repetition="*")
INFORMATION_SEPARATORS = ServiceChars(component=IS1, element=IS3, terminator=IS4, release="")


def una_faults(una: str) -> Iterator[tuple[str, str, str]]:
    """Why the six characters of a UNA cannot be used in any version: fault name, the character, its role."""
    for place, (char, role) in enumerate(zip(una, ROLES, strict=True)):
        if place in {DECIMAL, REPETITION} or (place == RELEASE and char == " "):
            continue
        if char.isascii() and char.isalnum():
            yield "una_alphanumeric", char, role
        elif char == " " or not (char.isascii() and (char.isprintable() or char in IS1 + IS3 + IS4)):
            yield "una_character", repr(char)[1:-1], role
    separators = [place for place in (0, 1, RELEASE, 5) if una[place] != " "]
    yield from _repeated(una, separators)


def una_faults_of_version(una: str, version: int) -> Iterator[tuple[str, str, str]]:
    """What the version UNB names adds to `una_faults`. A position only counts where the version gives it meaning."""
    if version < MODERN:
        if una[DECIMAL] not in ".,":
            yield "una_decimal", una[DECIMAL], ROLES[DECIMAL]
        return
    for place in (RELEASE, REPETITION):
        if una[place] == " ":
            yield "una_unused", " ", ROLES[place]
    repetition = una[REPETITION]
    if repetition.isalnum():
        yield "una_alphanumeric", repetition, ROLES[REPETITION]
    elif not (repetition.isascii() and repetition.isprintable()):
        yield "una_character", repr(repetition)[1:-1], ROLES[REPETITION]
    elif repetition != " " and repetition in una[:2] + una[RELEASE] + una[5]:
        yield from _repeated(una, [0, 1, RELEASE, REPETITION, 5])


def _repeated(una: str, places: list[int]) -> Iterator[tuple[str, str, str]]:
    seen: dict[str, int] = {}
    for place in places:
        first = seen.setdefault(una[place], place)
        if first != place:
            yield "una_repeated", una[place], f"{ROLES[first]} and {ROLES[place]}"
