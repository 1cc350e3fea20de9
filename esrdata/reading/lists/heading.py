"""The heading row of a list: which line it is, and which column each heading names.

Headings are compared by their letters and digits, so that quotes, line feeds, colons and stray
separators do not matter. Headings in two rows (`EU- ja valtion rahoitus` merged over `Myönnetty`
and `Toteutunut`) are read together.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, repeat

from esrdata.documents.lines import STRUCK
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.persons import is_of_persons
from esrdata.reading.lists.row import CODE_SHAPE, Place, unwrapped
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import (
    CODE,
    Column,
    ListSpec,
    all_lists,
    heading_keys,
    is_unit,
    keys_of,
    note_mark,
)

DIVIDERS = ("\t", ";", ",", "|")
_CELLS = {d: re.compile(rf'[^\S\t\n]*"(?:[^"]|"")*"[^{d}]*|[^{d}]*') for d in DIVIDERS}
# What a heading row has not: a code in any case, or a day.
DATA = re.compile(
    r"\b[A-ZÅÄÖ]\d{5,9}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d{2}-\d{2}\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Heading:
    """The heading row, of one line or two, and what its columns are."""

    # The slice of the view from its first line to its last.
    start: int
    end: int
    # The list on the shelf most of whose columns it names.
    spec: ListSpec
    # The columns in the order of the file; None for one that the shelf does not know.
    columns: tuple[Column | None, ...]
    # What stands between its cells: a comma, a semicolon, a bar or a tab.
    divider: str
    # Headings as written that name no column, and those that name the same one.
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    # The heading of project names, or else of codes, by which the list is known.
    sign: Place
    # The number of columns without a heading behind the last named one.
    nameless: int = 0
    # The columns that name contact persons, by their place.
    persons: frozenset[int] = frozenset()
    # Of one in two rows the upper one, and the fields that both name together.
    upper: Place | None = None
    halves: frozenset[str] = frozenset()
    # The marks of notes to columns, by field.
    marks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def code_at(self) -> int | None:
        """Where the column of project codes stands."""
        return next((i for i, c in enumerate(self.columns) if c and c.field == CODE), None)

    @cached_property
    def sums(self) -> dict[int, str]:
        """Where columns of sums stand, and the field of each."""
        return {i: c.field for i, c in enumerate(self.columns) if c and c.kind == "list_money"}

    @property
    def named(self) -> int:
        """How many columns of the list the row names."""
        return sum(column is not None for column in self.columns)


def find_heading(view: str, start: int, end: int) -> Heading | None:
    """The first heading row among the first lines of a slice of the view.

    None where no list on the shelf has all its required columns in a line, or in two.
    """
    before: Place | None = None
    fewest = fewest_columns() - 1
    # Asked of every line of every document: most are no rows of anything.
    dividers = [divider for divider in DIVIDERS if view.count(divider, start, end) >= fewest]
    for place in _lines(view, start, end) if dividers else ():
        found = None
        # Nearly half of all lines are blank.
        for divider in dividers if place[0] < place[1] else ():
            if view.count(divider, *place) >= fewest:
                found = heading_at(view, *place, before)
                break
        if found is not None:
            # A heading that reaches over two rows may have the finer half below.
            below = next(_lines(view, found.end + 1, end), None)
            deeper = heading_at(view, *below, place) if below is not None else None
            if deeper is not None and deeper.named > found.named:
                return deeper
            if below is None or "\n" in view[found.start : found.end] or DATA.search(view, *below):
                return found
            # Columns may have their names below a heading that stands over several.
            longer = view.count(found.divider, *below) + 1 - len(found.columns)
            return replace(found, nameless=max(found.nameless, longer))
        before = place
    return None


def heading_at(view: str, start: int, end: int, before: Place | None = None) -> Heading | None:
    """The heading row that a line is, or that it is together with the line before it."""
    found: list[Heading] = []
    row, fewest = (start, end), fewest_columns() - 1
    for divider in DIVIDERS:
        if view.count(divider, start, end) < fewest:
            continue
        found += _headings(view, row, None, divider)
        if before is not None and view.count(divider, *before) >= 1:
            found += _headings(view, row, before, divider)
    # Of equals the first: the row alone, rather than with the one above it.
    return max(found, key=lambda heading: heading.named, default=None)


def undivided(view: str) -> int:
    """How many lines with project codes stand below headings that nothing divides.

    So it is in prints and in texts whose columns are kept apart by spaces: an empty cell leaves no
    trace there, and whose sum the next one is nobody knows.
    """
    lines = [line for line in view.split("\n") if line.strip()]
    coded = [i for i, line in enumerate(lines) if CODE_SHAPE.search(line)]
    if len(coded) < SETTINGS.fewest_rows:
        return 0
    # In print the headings stand on several lines.
    above = " ".join(lines[max(coded[0] - SETTINGS.most_lines, 0) : coded[0]])
    key = heading_key(above[-SETTINGS.longest_row :])
    return len(coded) if any(_names_all(spec, key) for spec in all_lists()) else 0


def _names_all(spec: ListSpec, key: str) -> bool:
    """Whether all words of a heading of each required column stand in a key, together or apart."""
    required = (column for column in spec.columns if column.required)
    return all(
        any(all(heading_key(word) in key for word in name.split()) for name in column.headings)
        for column in required
    )


@per_shelf
def fewest_columns() -> int:
    """The number of columns that the heading row of any list has at least."""
    return min(sum(column.required for column in spec.columns) for spec in all_lists())


def _lines(view: str, start: int, end: int) -> Iterator[Place]:
    """The first lines of a slice; headings in quotes may run over several."""
    at, quoted = start, view.find('"', start, end) >= 0
    for _ in range(SETTINGS.top):
        if at >= end:
            return
        stop = _line_end(view, at, end)
        if quoted and view.count('"', at, stop) % 2:
            further = stop
            while view.count('"', at, further) % 2 and further - at < SETTINGS.longest_row:
                if further >= end:
                    break
                further = _line_end(view, further + 1, end)
            else:
                stop = further
        yield at, stop
        at = stop + 1


def _line_end(view: str, at: int, end: int) -> int:
    stop = view.find("\n", at, end)
    return end if stop < 0 else stop


def _cells(view: str, start: int, end: int, divider: str) -> Iterator[Place]:
    """Cells of a heading row; one in quotes may hold the divider, and so may a whole row."""
    at, end = unwrapped(view, start, end, divider) or (start, end)
    cell = _CELLS[divider]
    last: Place | None = None
    while at <= end and (match := cell.match(view, at, end)) is not None:
        # In a list that quotes nothing the comma before a unit divides nothing: `rahoitus, euroa`.
        if divider == "," and last is not None and is_unit(match[0]):
            last = last[0], match.end()
        else:
            if last is not None:
                yield last
            last = match.span()
        at = match.end() + 1
    if last is not None:
        yield last


def _headings(view: str, row: Place, before: Place | None, divider: str) -> Iterator[Heading]:
    """The row as the heading row of every list whose required columns it names."""
    above = () if before is None else _cells(view, *before, divider)
    cells: list[Place] = []
    names: list[tuple[str, ...]] = []
    written: list[str] = []
    # Prose is left as soon as too few of its cells could still be headings.
    known, spare = heading_keys(), view.count(divider, *row) + 1 - fewest_columns()
    for cell, over in zip(
        _cells(view, *row, divider), _spread(view[a:b] for a, b in above), strict=False
    ):
        text = view[slice(*cell)]
        keys = _names(text, over)
        spare -= known.isdisjoint(keys)
        if spare < 0:
            return
        cells.append(cell)
        names.append(keys)
        written.append(" ".join(f"{over} {text}".split()))
    texts = [view[a:b] for a, b in cells]
    for spec in all_lists():
        columns = [spec.named(keys) for keys in names]
        counts = Counter(column.headings for column in columns if column is not None)
        if not all(counts[c.headings] for c in spec.columns if c.required):
            continue
        twice = {headings for headings, n in counts.items() if n > 1}
        if any(
            CODE_SHAPE.search(t) for t, column in zip(texts, columns, strict=True) if not column
        ):
            # A row that goes on into the next one.
            continue
        last = max(i for i, column in enumerate(columns) if column or heading_key(texts[i]))
        pairs = list(zip(written, columns, strict=True))[: last + 1]
        sign = next((i for f in _SIGNS for i, c in enumerate(columns) if c and c.field == f), 0)
        yield Heading(
            row[0] if before is None else before[0],
            row[1],
            spec,
            tuple(None if c and c.headings in twice else c for _, c in pairs),
            divider,
            tuple(w for (w, c), t in zip(pairs, texts, strict=False) if not c and heading_key(t)),
            tuple(w for w, c in pairs if c and c.headings in twice),
            cells[sign]
            if before is None or heading_key(texts[sign])
            else list(_cells(view, *before, divider))[: sign + 1][-1],
            len(cells) - last - 1,
            frozenset(i for i, (w, c) in enumerate(pairs) if not c and is_of_persons(w)),
            before,
            frozenset(
                c.field
                for c, keys in zip(columns, names, strict=True)
                if c and spec.named(keys[:1]) is None
            ),
            {
                c.field: mark
                for c, t in zip(columns, texts, strict=True)
                if c and (mark := note_mark(t))
            },
        )


_SIGNS = ("projects.name", "projects.project_code")


def _spread(texts: Iterable[str]) -> Iterator[str]:
    """Headings of the row above, each over all the columns it was merged across."""
    last = ""
    for text in chain(texts, repeat("")):
        last = text if heading_key(text) else last
        yield last


def _names(text: str, over: str) -> tuple[str, ...]:
    """The keys by which a column may be known, the likeliest first."""
    low, high = "" if STRUCK in text else heading_key(text), heading_key(over)
    keys = (low, low + high, high + low) if low and high else (low or high,)
    of_one_word = keys_of("headings_of_one_word")
    if of_one_word.isdisjoint(keys) or (keys[0] in of_one_word and text.strip('" ').isalpha()):
        return keys
    return tuple("" if key in of_one_word else key for key in keys)
