"""Labels and values that stand side by side in a plain text, each label before its value instead.

Programs that write a page or a print as text (w3m, `pdftotext -layout`, pandoc) put the cells of a
table into columns of signs. What was wrapped within a cell goes on below in its own column, so that
by lines a label runs into the value beside it.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from esrdata.documents.mapped import Edit, Mapped
from esrdata.documents.text import found_at

# A label with its colon, and its value behind a gap that no person writes.
_PAIR = re.compile(r"[^\n:]*:[^\S\n]{2,}(?=\S)")
# What programs draw around and between cells, and people between texts.
_DRAWN = "-=_~+|\u2500\u2501\u2550"
_RULE = re.compile(rf"(?=(?:\s*[{_DRAWN}]){{4}})(?:\s*+[{_DRAWN}]{{2,}}+)++\s*+")
_RULES = ("---", "===", "___", "\u2500\u2500")
# What speaks against a line that has no fellow: a value without a label, a value beside what is no
# label, a label or prose without a value.
_VALUE, _BESIDE, _ALONE = 5, 3, 1
# A cell of more lines is no value beside a label.
_MOST = 9

Slice = tuple[int, int]


class _Line(NamedTuple):
    """A line in two columns: the slices of its cells, and whether it runs across both."""

    left: Slice
    right: Slice
    across: bool = False

    @property
    def sides(self) -> tuple[bool, bool]:
        """Which of its cells hold something."""
        return self.left[0] < self.left[1], self.right[0] < self.right[1]


class _Rows(NamedTuple):
    """Lines divided into rows, what speaks against it, and whether nothing else is as good."""

    cost: int
    rows: tuple[Slice, ...]
    sure: bool


def with_labels_first(whole: Mapped) -> Mapped:
    """A text in which a label that was wrapped beside its value stands whole before it.

    Where the rows of a text can be told apart in more than one way, it stays as it is.
    """
    text = whole.text
    # To search for the colon and its gap at once takes ten times as long.
    if not any(text.startswith("  ", at + 1) for at in found_at(text, ":")):
        return whole
    blocks = _in_columns(text, list(_blocks(text)))
    ways = [[_divided(text, lines, centred) for lines in blocks] for centred in (False, True)]
    from_top, centred = (sum(rows.cost for rows in way) for way in ways)
    moved: list[Sequence[_Line]] = []
    for lines, top, middle in zip(blocks, *ways, strict=True):
        best = top if from_top <= centred else middle
        kept = best.rows if from_top != centred else set(top.rows) & set(middle.rows)
        moved += [lines[start:end] for start, end in sorted(kept) if best.sure]
    rows = [row for row in moved if sum(line.sides[0] for line in row) > 1 or not row[0].sides[0]]
    rows = [row for row in rows if len(row) > 1]
    return whole.placed(_rewritten(text, rows)) if rows else whole


def without_rules(whole: Mapped) -> Mapped:
    """A text with blank lines in place of those that hold nothing but a drawn line."""
    text = whole.text
    # A single sign is found ten times as fast as several.
    if not any(drawn[0] in text and drawn in text for drawn in _RULES):
        return whole
    edits: list[Edit] = []
    at = 0
    for line in text.split("\n"):
        if _RULE.fullmatch(line):
            edits.append((at, at + len(line), ""))
        at += len(line) + 1
    return whole.edited(edits)


def _blocks(text: str) -> Iterator[list[Slice]]:
    """Runs of lines that are not blank."""
    lines = (match.span() for match in re.finditer(r"^[^\n]*$", text, re.MULTILINE))
    for blank, run in groupby(lines, key=lambda line: not text[slice(*line)].strip()):
        if not blank:
            yield list(run)


def _in_columns(text: str, blocks: Sequence[Sequence[Slice]]) -> list[list[_Line]]:
    """The lines of blocks with the cells of each, but of those in which every value has its label.

    One value behind a wide gap makes no column, nor do some of which each begins somewhere else.
    """
    columns = [
        Counter(
            pair.end() - start for start, end in block if (pair := _PAIR.match(text, start, end))
        )
        for block in blocks
    ]
    everywhere = sum(columns, Counter[int]())
    found = []
    for block, here in zip(blocks, columns, strict=True):
        column = max(here, key=lambda at: (here[at], at), default=0)
        if len(block) == 1 or everywhere[column] < 2 or 2 * here[column] < here.total():
            continue
        lines = [_line(text, start, end, start + column) for start, end in block]
        if any((_cost(text, [line], False) or 0) >= _BESIDE for line in lines):
            found.append(lines)
    return found


def _line(text: str, start: int, end: int, column: int) -> _Line:
    """A line divided at a column."""
    first, last = _bare(text, start, end)
    if last <= column:
        return _Line((first, last), (last, last))
    if first < column and not (text[column - 1].isspace() and not text[column].isspace()):
        return _Line((first, last), (last, last), across=True)
    return _Line(_bare(text, start, column), (max(first, column), last))


def _bare(text: str, start: int, end: int) -> Slice:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _divided(text: str, lines: Sequence[_Line], centred: bool) -> _Rows:
    """The rows of a block that have the least against them."""
    # What speaks against the rows above a line, where the last of them begins, and whether that
    # is sure.
    best = [(0, 0, True)]
    for end in range(1, len(lines) + 1):
        found = [
            (best[start][0] + cost, start, best[start][2])
            for start in range(max(0, end - _MOST), end)
            if (cost := _cost(text, lines[start:end], centred)) is not None
        ]
        least, start, sure = min(found)
        best.append((least, start, sure and sum(cost == least for cost, *_ in found) == 1))
    rows, end = [], len(lines)
    while end:
        rows.append((best[end][1], end))
        end = rows[-1][0]
    return _Rows(best[-1][0], tuple(rows[::-1]), best[-1][2])


def _cost(text: str, row: Sequence[_Line], centred: bool) -> int | None:
    """What speaks against taking lines for one row; None where they are none."""
    *above, last = [text[slice(*line.left)] for line in row if line.sides[0]] or [""]
    is_label = last.endswith(":") and not any(label.endswith(":") for label in above)
    sides = [line.sides for line in row]
    if len(row) == 1:
        left, right = sides[0]
        return _ALONE if not right else _VALUE if not left else 0 if is_label else _BESIDE
    columns = [list(column) for column in zip(*sides, strict=True)]
    if not is_label or not any(columns[1]) or any(line.across for line in row):
        return None
    if centred:
        return 0 if sides == sides[::-1] and not all(map(all, sides)) else None
    return 0 if all(column == sorted(column, reverse=True) for column in columns) else None


def _rewritten(text: str, rows: Sequence[Sequence[_Line]]) -> Mapped:
    """The text with the label of each of some rows before its value."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")

    def put(start: int, end: int, instead: str = "") -> None:
        pieces.append(instead or text[start:end])
        starts.extend([start] if instead else range(start, end))
        ends.extend([end] if instead else range(start + 1, end + 1))

    at = 0
    for row in rows:
        begin = min(line.left[0] if line.sides[0] else line.right[0] for line in row)
        put(at, begin)
        labels = [line.left for line in row if line.sides[0]]
        values = [line.right for line in row if line.sides[1]]
        for i, (start, end) in enumerate([*labels, *values]):
            if i:
                put(start, start, " " if i <= len(labels) else "\n")
            put(start, end)
        at = row[-1].right[1]
    put(at, len(text))
    return Mapped("".join(pieces), starts, ends)
