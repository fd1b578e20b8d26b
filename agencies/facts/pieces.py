"""What pages of facts are put together from: words, cells, grids and panels. Templates know these and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text. With a `tone` it is a state and carries a glyph, so that it never depends on its colour."""

    text: str
    title: str = ""
    """What a code stands for."""
    soft: bool = False
    """Less important than its neighbours."""
    tone: str = ""
    glyph: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


Line = tuple[Word, ...]
Cell = tuple[Line, ...]

NOTHING = Word("")


def bad(text: str) -> Word:
    """A state that stands against granting."""
    return Word(text, tone="stop", glyph="✕")


def doubtful(text: str) -> Word:
    """A state that an officer should look at."""
    return Word(text, tone="late", glyph="!")


def good(text: str) -> Word:
    """A state that is as it should be."""
    return Word(text, tone="go", glyph="✓")


def soft(text: str, title: str = "") -> Word:
    return Word(text, title, soft=True)


def cell(*lines: Word | Sequence[Word]) -> Cell:
    """A cell of these lines, without the empty ones."""
    words = (tuple(filter(None, (line,) if isinstance(line, Word) else line)) for line in lines)
    return tuple(line for line in words if line)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its cells, the first of which names it, and whatever else is declared of it."""

    cells: tuple[Cell, ...]
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Things of one kind, one a row. `path` says where the list stands; `total` counts all its members."""

    path: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    start: int = 0
    foot: tuple[str, ...] = ()
    counts: frozenset[str] = frozenset()
    """Columns of numbers, which stand to the right."""
    tight: frozenset[str] = frozenset()
    """Columns whose lines are not broken."""

    @property
    def cut(self) -> bool:
        return len(self.rows) < self.total


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of fact under its heading."""

    name: str
    title: str
    facts: tuple[tuple[str, Line], ...] = ()
    answers: tuple[tuple[Word, str], ...] = ()
    """Questions with their answers."""
    grids: tuple[Grid, ...] = ()
    count: int | None = None

    def __bool__(self) -> bool:
        return bool(self.facts or self.answers or self.grids)


def without_empty_columns(grid: Grid) -> Grid:
    """The grid without the columns in which no row says anything. The first column stays."""
    kept = [at for at, _ in enumerate(grid.columns) if at == 0 or any(row.cells[at] for row in grid.rows)]
    rows = tuple(Row(tuple(row.cells[at] for at in kept), row.more) for row in grid.rows)
    foot = tuple(grid.foot[at] for at in kept) if grid.foot else ()
    columns = tuple(grid.columns[at] for at in kept)
    return replace(grid, columns=columns, rows=rows, foot=foot)


def facts(*pairs: tuple[str, Word | Iterable[Word]]) -> tuple[tuple[str, Line], ...]:
    """Facts under their labels, without those that say nothing."""
    lines = ((label, cell(said if isinstance(said, Word) else tuple(said))) for label, said in pairs)
    return tuple((label, line[0]) for label, line in lines if line)
