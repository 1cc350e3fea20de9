"""Labelled facts and headings of a web page: which lines have them, and where the values stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from esrdata.documents.document import Line
from esrdata.reading.quantities.periods import is_length
from esrdata.reading.web.alone import READ_ALONE, reads_alone
from esrdata.reading.web.lines import VALUE, Lines
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.vocabulary import BULLET, Label, plain, words

_FIRST_WORD = re.compile(rf"\s*(?:[#*_]+\s*)?{BULLET}(?P<word>\w+)")
_CELLS = re.compile(r"\t|(?<![ \u00a0])[ \u00a0]+\|[ \u00a0]+")
# A label that the shelf lacks.
LABEL_LIKE = re.compile(rf"\s*{BULLET}[^\s:][^:\n]{{0,60}}:(?:\s.{{0,150}})?$")
_UNKNOWN_LABEL = re.compile(r"(?<!\S)[A-ZÅÄÖ][\w./-]*(?: [\w./-]+){0,3}:(?=\s)")
_BULLET = re.compile(rf"\s*{BULLET}")
# A number of any kind that stands alone.
_FIGURE = re.compile(
    r"[\d\s.,:+/–—-]*\d[\d\s.,:+/–—-]*(?:%|€|t€|M€|k€|e|eur|euroa|euro)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value, or a heading of a narrative.

    `line` and `last` are indexes of the first and the last line; the value is the slice
    `start:end` of the view, empty where nothing stands behind the label. `only` tells that it is
    a cell among others, so that nothing below belongs to it; `torn` that a label nobody knows
    stands in the value, so that its end is not sure; `unsure` that it holds several values of
    which none is that of the label.
    """

    label: Label
    line: int
    last: int
    at: int
    label_end: int
    start: int
    end: int
    only: bool = False
    torn: bool = False
    unsure: bool = False

    @property
    def heading(self) -> bool:
        """Whether prose is expected, not a value."""
        return self.label.kind == "narrative"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a line that stands by itself."""

    start: int
    end: int


class FactFinder:
    """Goes over the lines of a page once."""

    def __init__(self, lines: Lines) -> None:
        self.page = lines
        self.lines, self.document = lines.lines, lines.document
        # Parts of lines with facts that no label explains.
        self.leftovers: dict[int, list[tuple[int, int]]] = {}
        self._taken: set[int] = set()

    def run(self) -> list[Fact]:
        """Facts and headings in the order of the page."""
        found: list[Fact] = []
        for i, line in enumerate(self.lines):
            if i in self._taken or line.blank:
                continue
            run_on = list(self._run_on(i))
            if run_on:
                found += run_on
            elif self._may_begin(line.text):
                found += self._in_line(i)
        return found

    def _may_begin(self, text: str) -> bool:
        """Whether a line or a cell begins with the first word of a label; quick."""
        starts = words().starts
        parts = _CELLS.split(text) if "\t" in text or "|" in text else (text,)
        firsts = (_FIRST_WORD.match(part) for part in parts)
        return any(
            first is not None
            and (
                first["word"].casefold() in starts
                or any(map(str.isupper, first["word"][1:]))
                or any(map(str.isdigit, first["word"]))
            )
            for first in firsts
        )

    def _cells(self, i: int) -> list[_Cell]:
        line = self.lines[i]
        at, cells = line.start, []
        for divider in _CELLS.finditer(self.document.view, line.start, line.end):
            cells.append(_Cell(at, divider.start()))
            at = divider.end()
        return [*cells, _Cell(at, line.end)]

    def _match(self, cell: _Cell) -> tuple[Label, re.Match[str]] | None:
        match = words().label.match(self.document.view, cell.start, cell.end)
        if match is None:
            return None
        label = _known(match["label"])
        return (label, match) if label is not None else None

    def _text(self, start: int, end: int) -> str:
        return self.document.view[start:end]

    def _in_line(self, i: int) -> Iterator[Fact]:
        """Facts of one line, from left to right."""
        cells = self._cells(i)
        matches = [self._match(cell) for cell in cells]
        alone = [
            match is not None and not self._rest(match[1], cell)
            for match, cell in zip(matches, cells, strict=True)
        ]
        if len(cells) > 1 and all(alone):
            yield from self._heads_of_columns(i, cells)
            return
        used: set[int] = set()
        found = []
        for n, cell in enumerate(cells):
            here = matches[n]
            if here is None or n in used:
                continue
            following = n + 1 if n + 1 < len(cells) and matches[n + 1] is None else None
            if following is not None and here[0].kind == "sum":
                following = self._total(i, cells, following)
                if following is None:
                    # Sums of single years, and none of all.
                    at, end = here[1].start("label"), here[1].end()
                    value = cells[n + 1].start, cells[-1].end
                    found.append(Fact(here[0], i, i, at, end, *value, only=True, unsure=True))
                    used.update(range(len(cells)))
                    continue
            fact = self._fact(i, here, cell, cells[following] if following is not None else None)
            if fact is not None:
                found.append(fact)
                used.add(n)
                if following is not None and fact.start >= cells[following].start:
                    used.add(following)
        if not found and len(cells) == 1:
            glued = self._glued(i)
            found = [glued] if glued is not None else []
            used = {0}
        if found:
            left = [c for n, c in enumerate(cells) if n not in used and self._text(c.start, c.end)]
            self.leftovers[i] = [
                (c.start, c.end) for c in left if self._text(c.start, c.end).strip()
            ]
            yield from found

    def _total(self, i: int, cells: list[_Cell], first: int) -> int | None:
        """Which cell of a row with a sum for each year is the one of all; None without one."""
        heads: list[_Cell] = []
        for row in range(i - 1, -1, -1):
            above = self._cells(row)
            if self.lines[row].blank or len(above) < 2:
                break
            heads = above
        # Empty cells in front of the first head are left out.
        texts = [plain(self._text(cell.start, cell.end)).strip(" :") for cell in heads]
        texts = [""] * (len(cells) - len(texts)) + texts
        if len(texts) != len(cells) or not _YEAR.fullmatch(texts[first]):
            return first
        totals = [n for n, text in enumerate(texts) if n > first and text in words().totals]
        return totals[0] if len(totals) == 1 else None

    def _rest(self, match: re.Match[str], cell: _Cell) -> str:
        return self._text(match.end(), cell.end).strip()

    def _fact(
        self, i: int, here: tuple[Label, re.Match[str]], cell: _Cell, following: _Cell | None
    ) -> Fact | None:
        """A label with what stands behind it, beside it or below it; None where it is prose."""
        label, match = here
        at, end, colon = match.start("label"), match.end(), match["colon"] is not None
        whole = cell.start == self.lines[i].start and cell.end == self.lines[i].end
        rest = self._rest(match, cell)
        if rest and not re.fullmatch(r"[*_:?\s]+", rest):
            start = end + self._text(end, cell.end).index(rest[0])
            last, stop = self._wrapped(i, start + len(rest)) if whole else (i, start + len(rest))
            if colon or reads_alone(label, rest):
                return Fact(label, i, last, at, end, start, stop, only=not whole)
            return None
        if following is not None:
            last = self._last_item(i, here) if following.end == self.lines[i].end else i
            stop = self.lines[last].end if last > i else following.end
            return Fact(label, i, last, at, end, following.start, stop, only=True)
        if label.kind == "narrative":
            # Elsewhere than on a line of its own the word is no heading.
            return Fact(label, i, i, at, end, end, end) if whole else None
        if whole:
            above = None if colon else self._above(i, label)
            if above is not None:
                line = self.lines[above]
                return Fact(label, above, i, at, end, line.start, line.end)
            below = self.page.below(i)
            if below is not None and self._is_value(label, below, below == i + 1):
                line = self.lines[below]
                last, stop = self._wrapped(below, line.end)
                items = self._last_item(last, here)
                last, stop = items, (self.lines[items].end if items > last else stop)
                self._taken.update(range(below, last + 1))
                bullet = _BULLET.match(line.text)
                start = line.start + (bullet.end() if bullet is not None else 0)
                return Fact(label, i, last, at, end, start, stop)
        return Fact(label, i, i, at, end, end, end) if colon else None

    def _above(self, i: int, label: Label) -> int | None:
        """The line of a value that stands above its label, as in a row of large figures.

        Values and labels follow one another from a value to a label then, not the other way.
        """
        if label.kind not in ("sum", "period"):
            return None
        full = (n for n in range(i - 1, -1, -1) if not self.lines[n].blank)
        above = next(full, None)
        if above is None or above in self._taken or not self._is_figure(above, label):
            return None
        below = self.page.below(i)
        while below is not None and self._is_figure(below, label):
            after = self.page.below(below)
            if after is None or self._is_figure(after, label) or self._opens(after):
                return None
            below = self.page.below(after)
        return above if below is None or self._opens(below) else None

    def _is_figure(self, i: int, label: Label) -> bool:
        text = self.lines[i].text.strip()
        return _FIGURE.fullmatch(text) is not None or reads_alone(label, text)

    def _opens(self, i: int) -> bool:
        """Whether a line is prose, a heading, or a label with its value: no label of a figure."""
        line = self.lines[i]
        match = self._match(_Cell(line.start, line.end))
        return (
            self.page.is_prose(i)
            or self.page.level(i) is not None
            or len(line.text) > VALUE
            or (match is not None and self._text(match[1].end(), line.end).strip() != "")
        )

    # ---- labels that run on, and labels glued to their values

    def _run_on(self, i: int) -> Iterator[Fact]:
        """Facts of a paragraph in which labels with colons follow one another."""
        line = self.lines[i]
        if line.text.count(":") < SETTINGS.run_on or _CELLS.search(line.text) is not None:
            return
        matches = list(words().run_on.finditer(self.document.view, line.start, line.end))
        known = [match for match in matches if _known(match["label"]) is not None]
        if len(known) < SETTINGS.run_on:
            return
        begins = {match: self._begin(line, match) for match in matches}
        for match in known:
            label = _known(match["label"])
            stop = next((begins[m] for m in matches if m.start() >= match.end()), line.end)
            if label is not None and label.kind == "sum" and begins[match] < match.start():
                self.leftovers.setdefault(i, []).append((begins[match], stop))
                continue
            if label is None:
                continue
            torn = _UNKNOWN_LABEL.search(self.document.view, match.end(), stop) is not None
            yield Fact(
                label, i, i, match.start("label"), match.end(), match.end(), stop, True, torn
            )

    def _begin(self, line: Line, match: re.Match[str]) -> int:
        """Where a label begins, with a word before it that makes it another label."""
        near = max(line.start, match.start() - SETTINGS.near_label)
        other = words().otherwise.search(self._text(near, match.start()))
        return near + other.start() if other is not None else match.start()

    @cached_property
    def _glue(self) -> dict[int, re.Match[str]]:
        """Lines that begin with a label glued to a capital letter or a digit."""
        found = {}
        for i, line in enumerate(self.lines):
            if not line.blank and len(line.text) <= VALUE:
                match = words().glued.match(self.document.view, line.start, line.end)
                if match is not None:
                    found[i] = match
        return found

    def _glued(self, i: int) -> Fact | None:
        """A label glued to its value: "HakijaMallilan kylät ry"."""
        match = self._glue.get(i)
        label = _known(match["label"]) if match is not None else None
        if match is None or label is None or label.kind == "narrative":
            return None
        line = self.lines[i]
        # A word with a capital inside may be a name; two such lines are a register's.
        if not reads_alone(label, self._text(match.end(), line.end)) and (
            label.kind in READ_ALONE or len(self._glue) < 2
        ):
            return None
        return Fact(label, i, i, match.start("label"), match.end(), match.end(), line.end)

    # ---- values

    def _wrapped(self, i: int, end: int) -> tuple[int, int]:
        """The last line and the end of a value that goes on where its line had no more room."""
        while i in self.document.wraps and not self._looks_labelled(self.lines[i + 1]):
            i += 1
            end = self.lines[i].end
            self._taken.add(i)
        return i, end

    def _last_item(self, i: int, here: tuple[Label, re.Match[str]]) -> int:
        """The last line of a value that has a line for each of its places or organisations."""
        listed = here[0].kind == "list" or plain(here[1]["label"]) in words().several
        while listed and self._is_item(i + 1):
            i += 1
            self._taken.add(i)
        return i

    def _is_item(self, i: int) -> bool:
        """Whether a line right below another may be one more name of a list."""
        if i >= len(self.lines) or self.lines[i].blank:
            return False
        text = _BULLET.sub("", self.lines[i].text, count=1).strip()
        return (
            text[:1].isupper()
            and "\t" not in text
            and len(text.split()) <= SETTINGS.named
            and not self._looks_labelled(self.lines[i])
            and self.page.level(i) is None
            and not (self.page.is_prose(i) or self.page.is_furniture(i))
            and not (self.page.is_caption(i) or self.page.is_ending(i))
            and words().contact.match(text) is None
        )

    def _looks_labelled(self, line: Line) -> bool:
        """Whether a line has a label, known or not, so that no value runs on to it."""
        known = self._match(_Cell(line.start, line.end)) is not None
        return known or LABEL_LIKE.match(line.text) is not None

    def _heads_of_columns(self, i: int, cells: list[_Cell]) -> Iterator[Fact]:
        """Labels over the columns of a table: one row of values, or a row for each name."""
        labels = [self._match(cell) for cell in cells]
        names = [n for n, here in enumerate(labels) if here is not None and here[0].kind == "name"]
        row, first = self.page.below(i), i
        if row is not None and not names and (rows := self._rows(row, labels)):
            yield from self._of_rows(i, rows, labels)
            return
        while row is not None and len(values := self._cells(row)) == len(cells):
            # A row without a name, or with the word for a sum there, is of no project.
            if all(map(self._names_project, (values[n] for n in names))):
                self._taken.add(row)
                for n, (here, value) in enumerate(zip(labels, values, strict=True)):
                    if here is not None:
                        yield self._in_column(here, first, row, n, value)
            first = row + 1
            row = row + 1 if names and row + 1 < len(self.lines) else None

    def _rows(
        self, first: int, labels: list[tuple[Label, re.Match[str]] | None]
    ) -> list[list[_Cell]]:
        """The rows of values under heads of columns, where there are several."""
        found: list[list[_Cell]] = []
        for row in range(first, len(self.lines)):
            cells = [] if self.lines[row].blank else self._cells(row)
            if len(cells) != len(labels) or any(map(self._match, cells)):
                break
            pairs = zip(labels, cells, strict=True)
            if not all(here is None or self._fits(here[0], cell) for here, cell in pairs):
                break
            found.append(cells)
        return found if len(found) > 1 else []

    def _fits(self, label: Label, cell: _Cell) -> bool:
        """Whether a cell may stand under a label: of its kind, empty, or the word for a sum."""
        text = self._text(cell.start, cell.end).strip()
        return (
            label.kind not in READ_ALONE
            or text == ""
            or plain(text).strip(" :") in words().totals
            or reads_alone(label, text)
        )

    def _of_rows(
        self,
        i: int,
        rows: list[list[_Cell]],
        labels: list[tuple[Label, re.Match[str]] | None],
    ) -> Iterator[Fact]:
        """Facts of a table with a row for each partner or year: the row of all of them counts."""
        last = i + len(rows)
        self._taken.update(range(i + 1, last + 1))
        texts = [
            [plain(self._text(cell.start, cell.end)).strip(" :") for cell in row] for row in rows
        ]
        totals = [n for n, row in enumerate(texts) if any(text in words().totals for text in row)]
        for column, here in enumerate(labels):
            if here is None:
                continue
            label, match = here
            at, end = match.start("label"), match.end()
            alike = {row[column] for row in texts} - {""} - words().totals
            whole = totals[0] if len(totals) == 1 and label.kind == "sum" else 0
            sure = len(alike) == 1 or (len(totals) == 1 and label.kind == "sum")
            value = rows[whole][column]
            stop = value.end if sure else rows[-1][column].end
            yield Fact(label, i, last, at, end, value.start, stop, only=True, unsure=not sure)

    def _names_project(self, cell: _Cell) -> bool:
        text = plain(self._text(cell.start, cell.end)).strip(" :")
        return text != "" and text not in words().totals

    def _in_column(
        self, here: tuple[Label, re.Match[str]], first: int, row: int, column: int, value: _Cell
    ) -> Fact:
        """The fact of a row in a column; text over several rows belongs to each, a sum to none."""
        label, match = here
        at, end = match.start("label"), match.end()
        above = self._merged.get((row, column))
        if above is not None:
            value = self._cells(above)[column]
        shared = above is not None and label.kind == "sum"
        return Fact(label, first, row, at, end, value.start, value.end, only=True, unsure=shared)

    @cached_property
    def _merged(self) -> dict[tuple[int, int], int]:
        """By line and column, the line of the cell that reaches over several rows there."""
        found: dict[tuple[int, int], int] = {}
        for cell in sorted(self.document.merged):
            # Of cells that overlap, as none of a table do, the first counts.
            if cell.first < cell.last < len(self.lines) and (cell.first, cell.column) not in found:
                lines = range(cell.first, cell.last + 1)
                found.update(((line, cell.column), cell.first) for line in lines)
        return found

    def _is_value(self, label: Label, i: int, adjacent: bool) -> bool:
        """Whether the line below a label that stands alone is its value."""
        text = self.lines[i].text.strip()
        if self._match(_Cell(self.lines[i].start, self.lines[i].end)) is not None:
            return False
        if label.kind in READ_ALONE:
            return reads_alone(label, text) or (label.kind == "period" and is_length(text))
        if len(text) > VALUE or self.page.is_prose(i) or words().contact.match(text):
            return False
        if self.page.is_caption(i) or self.page.is_ending(i):
            return False
        level = self.page.level(i)
        if level is not None and level <= (self.page.level(i - 1) or level):
            return False
        # A title with prose below it is no value that stands apart from its label.
        below = self.page.below(i)
        return adjacent or below is None or not self.page.is_prose(below)


def _known(spelling: str) -> Label | None:
    """The label of the shelf that is spelled so."""
    return words().labels.get(plain(spelling)) or words().headings.get(plain(spelling))
