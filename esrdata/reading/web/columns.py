"""Tables of a web page in which labels stand over columns, or a sum has one for each year."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from esrdata.reading.quantities.sums import find_sums
from esrdata.reading.web.alone import READ_ALONE, reads_alone
from esrdata.reading.web.cells import Cell, Cells, Fact, Match
from esrdata.reading.web.vocabulary import Label, plain, words

_YEAR = re.compile(r"(?:19|20)\d{2}")


class Columns(Cells):
    """Finds the facts of tables."""

    # ---- a sum in several columns

    def _among_sums(
        self, i: int, here: Match, n: int, cells: Sequence[Cell], matches: Sequence[Match | None]
    ) -> tuple[Fact, int] | None:
        """The fact of a label with several sums beside it, or one of another kind.

        With it comes the cell of its value; None where the first value behind the label is right.
        """
        label, match = here
        stop = next((k for k in range(n + 1, len(cells)) if matches[k] is not None), len(cells))
        own = Cell(match.end(), cells[n].end) if self._rest(match, cells[n]) else None
        values = [*([own] if own is not None else []), *cells[n + 1 : stop]]
        texts = [self._text(cell.start, cell.end).strip() for cell in values]
        sums = [k for k, text in enumerate(texts) if reads_alone(label, text)]
        if not sums or len(cells) < 2:
            return None
        heads = self._heads(i, len(values)) if n == 0 else None
        # Shares of it may stand before a sum, where their head says so.
        if sums[0] > 0 and not (heads and all("%" in head for head in heads[: sums[0]])):
            return None
        chosen = _chosen(heads, sums)
        if chosen == 0:
            return None
        at, end = match.start("label"), match.end()
        if chosen is None:
            first, last = values[0].start, values[sums[-1]].end
            return Fact(label, i, i, at, end, first, last, only=True, unsure=True), stop - 1
        value = values[chosen]
        fact = Fact(label, i, i, at, end, value.start, value.end, only=True)
        return fact, n + chosen + (own is None)

    def _heads(self, i: int, columns: int) -> list[str] | None:
        """What stands over so many columns of a row; None where that is not sure."""
        heads: list[Cell] = []
        for row in range(i - 1, -1, -1):
            # A print may set the rows of a table apart.
            apart = self.lines[row].blank and row + 1 < i and self.lines[row + 1].blank
            above = self._cells(row)
            if apart or (not self.lines[row].blank and len(above) < 2):
                # The only head, beside an empty cell.
                heads = above if row + 1 == i and columns == 1 and not apart else heads
                break
            heads = above if len(above) > 1 else heads
        texts = [text for cell in heads for text in _parted(self._plain(cell))]
        # The head of the labels may be empty, and is left out then.
        return texts[-columns:] if columns <= len(texts) <= columns + 1 else None

    # ---- labels over columns

    def _heads_projects(
        self, cells: list[Cell], matches: Sequence[Match | None], alone: Sequence[bool]
    ) -> bool:
        """Whether cells are heads of a table of projects: one over their names, one of a fact."""
        facts = any(
            here is not None and by_itself and here[0].kind in READ_ALONE
            for here, by_itself in zip(matches, alone, strict=True)
        )
        return facts and sum(self._project_column(cell) is not None for cell in cells) == 1

    def _heads_rows(
        self, i: int, cells: list[Cell], matches: Sequence[Match | None], alone: Sequence[bool]
    ) -> bool:
        """Whether cells are heads of rows of partners, though one is no known label: "Rooli"."""
        row = self.page.below(i)
        values = self._cells(row) if row is not None else []
        if len(values) != len(cells) or self._match(values[0]) is not None:
            return False
        heads = [
            (here[0], self._plain(value))
            for here, by_itself, value in zip(matches, alone, values, strict=True)
            if here is not None and by_itself
        ]
        bodies = any(label.field == "projects.applicant" for label, _ in heads)
        return bodies and any(reads_alone(*head) for head in heads)

    def _project_column(self, cell: Cell) -> Match | None:
        """The head of a column of projects: "Hanke", which is a label nowhere else."""
        match = words().project_column.match(self.document.view, cell.start, cell.end)
        if match is None and self.page.is_portfolio:
            match = words().name_column.match(self.document.view, cell.start, cell.end)
        return (words().name, match) if match is not None else None

    def _heads_of_columns(self, i: int, cells: list[Cell]) -> Iterator[Fact]:
        """Labels over the columns of a table: one row of values, or a row for each name."""
        labels = [self._match(cell) or self._project_column(cell) for cell in cells]
        names = [n for n, here in enumerate(labels) if here is not None and here[0].kind == "name"]
        row, first = self.page.below(i), i
        if not names and (above := self._above_heads(i, row, labels)) is not None:
            for n, (here, value) in enumerate(zip(labels, self._cells(above), strict=True)):
                if here is not None:
                    yield self._in_column(here, above, i, n, value)
            return
        rows = self._rows(row, labels) if row is not None and not names else []
        torn = bool(rows) and self._goes_on(self.page.below(rows[-1][0]))
        if len(rows) > 1 or torn:
            yield from self._of_rows(i, rows, labels, torn=torn)
            return
        while row is not None and len(values := self._cells(row)) == len(cells):
            # A row without a name, or with the word for a sum there, is of no project.
            if all(map(self._names_project, (values[n] for n in names))):
                self._taken.add(row)
                for n, (here, value) in enumerate(zip(labels, values, strict=True)):
                    if here is not None:
                        yield self._in_column(here, first, row, n, value)
                    elif (
                        self._text(value.start, value.end).strip()
                        and words().contact.match(self._text(cells[n].start, cells[n].end)) is None
                    ):
                        self.leftovers.setdefault(row, []).append((value.start, value.end))
            first = row + 1
            row = row + 1 if names and row + 1 < len(self.lines) else None

    def _rows(self, first: int, labels: list[Match | None]) -> list[tuple[int, list[Cell]]]:
        """The rows of values under heads of columns, each with its line."""
        found: list[tuple[int, list[Cell]]] = []
        row: int | None = first
        while row is not None:
            cells = self._cells(row)
            if len(cells) != len(labels):
                break
            pairs = [(here, cell) for here, cell in zip(labels, cells, strict=True) if here]
            # "koordinaattori" in a column of roles is no label.
            if any(self._match(cell) or not self._fits(here[0], cell) for here, cell in pairs):
                break
            found.append((row, cells))
            row = self.page.below(row)
        return found

    def _goes_on(self, i: int | None) -> bool:
        """Whether a table goes on with a line whose cells are not divided, as in a print."""
        if i is None:
            return False
        first = self._cells(i)[0]
        sums = find_sums(self.lines[i].text, labelled=True)
        return self._match(first) is None and not self.page.is_prose(i) and bool(sums)

    def _above_heads(self, i: int, below: int | None, labels: list[Match | None]) -> int | None:
        """The row of values above their labels, where none stands below."""
        above = i - 1
        if below is not None and len(self._cells(below)) == len(labels):
            return None
        if above < 0 or self.lines[above].blank or above in self._taken:
            return None
        cells = self._cells(above)
        if len(cells) != len(labels) or any(map(self._match, cells)):
            return None
        pairs = [(here[0], cell) for here, cell in zip(labels, cells, strict=True) if here]
        alone = all(label.kind in READ_ALONE for label, _ in pairs)
        return above if alone and all(self._fits(*pair) for pair in pairs) else None

    def _fits(self, label: Label, cell: Cell) -> bool:
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
        rows: list[tuple[int, list[Cell]]],
        labels: list[Match | None],
        *,
        torn: bool,
    ) -> Iterator[Fact]:
        """Facts of a table with a row for each partner or year: the row of all of them counts.

        Where it is torn, so that not all rows are known, none does.
        """
        last = rows[-1][0]
        self._taken.update(range(i + 1, last + 1))
        texts = [[self._plain(cell) for cell in row] for _, row in rows]
        totals = [n for n, row in enumerate(texts) if any(text in words().totals for text in row)]
        for column, here in enumerate(labels):
            if here is None:
                continue
            label, match = here
            at, end = match.start("label"), match.end()
            alike = {row[column] for row in texts} - {""} - words().totals
            whole = totals[0] if len(totals) == 1 and label.kind == "sum" else 0
            sure = len(alike) == 1 or (len(totals) == 1 and label.kind == "sum")
            sure = sure and not torn
            value = rows[whole][1][column]
            stop = value.end if sure else rows[-1][1][column].end
            yield Fact(label, i, last, at, end, value.start, stop, only=True, unsure=not sure)

    def _names_project(self, cell: Cell) -> bool:
        text = self._plain(cell)
        return text != "" and text not in words().totals

    def _in_column(self, here: Match, first: int, row: int, column: int, value: Cell) -> Fact:
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


def _parted(head: str) -> list[str]:
    """The heads in one, where a print sets years and the word for their sum close together."""
    parts = head.split()
    years = any(_YEAR.fullmatch(part) for part in parts)
    apart = years and all(_YEAR.fullmatch(part) or part in words().totals for part in parts)
    return parts if apart else [head]


def _chosen(heads: Sequence[str] | None, sums: Sequence[int]) -> int | None:
    """Which of the sums of a row is that of its label; None where none is for sure."""
    if heads is None:
        return 0 if len(sums) == 1 else None
    # Shares stand beside sums: "Osuus %".
    sums = [k for k in sums if "%" not in heads[k]]
    if not sums:
        return None
    for kind in (words().totals, words().planned):
        found = [k for k in sums if heads[k] in kind]
        if found:
            return found[0] if len(found) == 1 else None
    head = heads[sums[0]]
    alone = len(sums) == 1 and _YEAR.fullmatch(head) is None
    return sums[0] if alone and words().otherwise.search(f"{head} ") is None else None
