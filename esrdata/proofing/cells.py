"""Checks the numbers of tables; rows and columns name the figures, and cells vote on the series."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from esrdata.proofing import context, grouping
from esrdata.proofing.figure import Figure
from esrdata.proofing.figures import Figures
from esrdata.proofing.findings import (
    CONTRADICTED,
    EQUAL,
    OUT_OF_SCOPE,
    Finding,
    differing,
    none_like,
    none_of,
    of_value,
    unclear,
)
from esrdata.proofing.layout import COUNTS, Layout
from esrdata.proofing.matching import candidates
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Mention, Names
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, Number
from esrdata.proofing.places import Grid, Place
from esrdata.proofing.printed import Match, Printed
from esrdata.proofing.quoted import Quotes
from esrdata.proofing.shelf import shelf
from esrdata.proofing.slips import is_slip
from esrdata.proofing.spelt import dimensions
from esrdata.proofing.sums import Sums, is_total

#: Half of a column's cells must fit its series; in longer columns, half of so many.
_ENOUGH = 8
#: What the cells of one column have in common: a figure but for its group.
_Series = tuple[str, ...]
#: The numbers of each cell, and the figures that their words name.
_Readings = dict[tuple[int, int], list[tuple[Number, list[Figure]]]]


class Cells(Layout):
    """Checks the numbers of one table."""

    def __init__(
        self, figures: Figures, names: Names, grid: Grid, lang: str, printed: Printed,
        quotes: Quotes,
    ) -> None:  # fmt: skip
        super().__init__(names, grid, lang)
        self.figures, self.printed, self.quotes = figures, printed, quotes

    def findings(self) -> Iterator[Finding]:
        """The findings, cell by cell."""
        ours = self.printed.match(self.grid, self.headings)
        readings: _Readings = {}
        places = self.grid.cells
        for (row, column), place in places.items():
            passage = self.passage(place.text)
            inside = row >= self.heads and column >= self.labels
            for number in passage.numbers:
                if number.why or not inside:
                    why = number.why if number.why and number.why != "name" else "label"
                    yield Finding(place, number, OUT_OF_SCOPE, reason=why)
                    continue
                quoted = self._quoted(place, number)
                if quoted is not None:
                    yield of_value(place, number, quoted, confidence=0.9, reason="quoted")
                    continue
                own = ours.figure(row, column) if ours is not None else None
                if own is None and ours is not None:
                    own = self._in_text(ours, passage, number, row, column)
                if own is not None:
                    yield self._printed(place, number, own, row, column)
                    continue
                number = self.with_length(self.with_unit(number, row, column), row, column)
                readings.setdefault((row, column), []).append(
                    (number, self._candidates(place, passage, number, row, column))
                )
        readings = self._of_outer(readings)
        series = self._series(readings)
        line = 0 if self.by_rows else 1
        sums = Sums(self, readings)
        for (row, column), rows in readings.items():
            for number, found in rows:
                yield self._judged(places[row, column], number, found, series.get(
                    (row, column)[line]), sums, row, column)  # fmt: skip

    def _quoted(self, place: Place, number: Number) -> Figure | None:
        """The narrative that this cell quotes, or another cell of its row with the same number."""
        for column in range(self.grid.columns):
            text = self.grid.text(place.row, column)
            found = self.quotes.find(text, number)
            if found is None:
                continue
            values = {n.value for n in self.passage(text).numbers}
            if column == place.column or number.value in values:
                return found
        return None

    def _in_text(
        self, ours: Match, passage: Passage, number: Number, row: int, column: int
    ) -> Figure | None:
        """The number at the same position in our report's text of this cell."""
        text = ours.text(row, column, self.lang)
        if text is None:
            return None
        own = [n for n in self.passage(text).numbers if not n.why]
        here = [n for n in passage.numbers if not n.why]
        if len(own) != len(here):
            return None
        one = own[here.index(number)]
        return Figure(one.value or 0.0, one.unit, "", "", ours.table.key, "text")

    def _printed(self, place: Place, number: Number, own: Figure, row: int, column: int) -> Finding:
        """A number at a place where our report prints a figure."""
        # The name of a row may hold a unit that its figures lack: 100 000–249 999 €.
        if own.unit != PLAIN:
            number = self.with_unit(number, row, column)
        if number.unit == PLAIN and own.unit != PLAIN:
            number = replace(number, unit=own.unit)
        # "Below 0,001" is right for every smaller p-value.
        below = number.qualifier == "under" and own.value <= (number.value or 0.0)
        if number.fits(own.value) or below:
            return of_value(place, number, own, confidence=0.99)
        return differing(place, number, own, confidence=0.95)

    def _candidates(
        self, place: Place, passage: Passage, number: Number, row: int, column: int
    ) -> list[Figure]:
        head, label = self.head(column), self.label(row)
        inner = [*self.passage(head).mentions, *self.passage(label).mentions, *passage.mentions]
        facets = {m.facet: m.value for m in inner if not m.is_group}
        facets.pop("whole", None)
        stages = list(dict.fromkeys(m.value for m in inner if m.facet == "stage"))
        here = [n for n in passage.numbers if not n.why]
        if len(stages) == len(here) > 1:
            # "Planned and actual": 0 / 4.
            facets["stage"] = stages[[n.start for n in here].index(number.start)]
        if COUNTS.match(head):
            facets["what"] = "projects"
            facets.pop("stage", None)
        loose = {m.facet: m.value for m in self._above if not m.is_group}
        if number.unit == MONEY and facets.get("what") not in ("funding", "cost_per"):
            facets["what"] = loose["what"] if loose.get("what") == "cost_per" else "funding"
        lacks = "kind" not in facets and not facets.get("part")
        if number.unit == PERCENT and lacks and "kind" in loose:
            facets["kind"] = loose["kind"]
        named = [self.passage(head), self.passage(label), passage]
        if not any(m.is_group for one in named for m in one.mentions):
            # The top left cell may name what the whole table is about.
            named.insert(0, self.passage(self.head(0)))
        asked = list[dict[str, str]]()
        for groups in self._groups(named):
            wide = {name: value for name, value in self._outer.items() if name not in groups}
            # With a period in the caption, an axis is that period's.
            sure = wide.keys() == {"programme_period"} and groups.keys() & grouping.OF_PERIOD
            asked += [{**wide, **groups}, groups] if wide and not sure else [{**wide, **groups}]
        read = context.Reading(facets, loose, asked)
        return candidates(self.figures, read, number)

    @cached_property
    def _above(self) -> list[Mention]:
        """What the heading and the caption name."""
        texts = (self.grid.heading, self.grid.caption)
        return [m for text in texts for m in self.passage(text).mentions]

    @cached_property
    def _outer(self) -> dict[str, str]:
        """The groups that heading and caption name; the whole table may be about them."""
        keys = (grouping.key(m) for m in self._above if m.is_group)
        return {name: value for key in keys for name, value in key.items()}

    def _of_outer(self, readings: _Readings) -> _Readings:
        """Keeps only figures of the groups named above the table, if most cells fit those."""
        outer, votes = dimensions(self._outer.items()), Counter[bool]()
        kept: _Readings = {}
        for (row, column), rows in readings.items():
            of_all = any(m.facet == "whole" for m in self.passage(self.label(row)).mentions)
            for number, found in rows:
                own = found if of_all else [f for f in found if outer <= dimensions(f.group)]
                if any(number.fits(figure.value) for figure in found):
                    votes[any(number.fits(figure.value) for figure in own)] += 1
                kept.setdefault((row, column), []).append((number, own or found))
        return kept if votes[True] >= votes[False] else readings

    def _groups(self, passages: Sequence[Passage]) -> list[dict[str, str]]:
        """The groups that words name together; where a name fits two roles, one group for each."""
        found: list[dict[str, str]] = [{}]
        for passage in passages:
            at: dict[int, list[dict[str, str]]] = {}
            for mention in passage.mentions:
                if mention.is_group:
                    at.setdefault(mention.start, []).append(grouping.key(mention))
                elif mention.facet == "status_code":
                    at.setdefault(mention.start, []).append({"status_code": mention.value})
            for either in at.values():
                either.sort(key=self._is_other_role)
                found = [{**group, **one} for group in found for one in either]
        return found

    def _is_other_role(self, group: Mapping[str, str]) -> bool:
        """Whether a group is not of the role that the row headings name (authority by default)."""
        heads = [self.head(column) for column in range(self.labels)]
        of_applicants = any(
            m.value == "applicants" for h in heads for m in self.passage(h).mentions
        )
        return ("applicant" if of_applicants else "authority") not in group

    def _is_known(self, row: int) -> bool:
        """Whether we know whom a row is about; not where no word of its name is known."""
        label = self.label(row)
        return not label or bool(self.passage(label).mentions) or is_total(label)

    def _series(self, readings: _Readings) -> dict[int, _Series]:
        """For each column (or row), the series that most of its cells fit."""
        found: dict[int, Counter[_Series]] = {}
        asked: dict[int, Counter[_Series]] = {}
        for (row, column), rows in readings.items():
            line = row if self.by_rows else column
            fits = found.setdefault(line, Counter())
            may = asked.setdefault(line, Counter())
            for number, figures in rows:
                # In order, so that a tie is always decided alike.
                fits.update(list(dict.fromkeys(
                    series_of(f) for f in figures if number.fits(f.value)
                )))  # fmt: skip
                may.update(dict.fromkeys(map(series_of, figures), 1))
        best = {line: counts.most_common(1)[0] for line, counts in found.items() if counts}
        # One cell may fit by accident and proves nothing against the others.
        return {
            line: name for line, (name, n) in best.items()
            if n * 2 >= min(asked[line][name], _ENOUGH)
        }  # fmt: skip

    def _judged(
        self, place: Place, number: Number, found: Sequence[Figure], series: _Series | None,
        sums: Sums, row: int, column: int,
    ) -> Finding:  # fmt: skip
        of_series = [f for f in found if series is not None and series_of(f) == series]
        fitting = [f for f in of_series if number.fits(f.value)]
        if fitting:
            return of_value(place, number, fitting[0], confidence=0.95, others=fitting[1:4])
        relation = sums.check(row, column, number)
        # Numbers in running text, or of another source, need not equal a figure, however near.
        known = self._is_known(row) and not shelf().elsewhere[self.lang].search(self.head(column))
        if of_series and known and not self.figures.joined.may_be_another(of_series[0], number):
            return none_of(place, number, of_series, confidence=0.9)
        others = [f for f in found if number.fits(f.value)]
        if others:
            return of_value(place, number, others[0], confidence=0.7, others=others[1:4])
        if relation is not None:
            name, expected, good = relation
            return Finding(place, number, EQUAL if good else CONTRADICTED, expected,
                           confidence=0.8, reason="table" if good else "table_differs",
                           made=name)  # fmt: skip
        if found:
            alike = [f for f in found if f.is_like(found[0])]
            another = self.figures.joined.may_be_another(found[0], number)
            if not another and known and any(is_slip(number, f.value) for f in alike):
                return none_of(place, number, found, confidence=0.6)
            return unclear(place, number, found[0], found[1:4], confidence=0.3)
        return none_like(place, number)


def series_of(figure: Figure) -> _Series:
    """What identifies a figure apart from its group."""
    return (figure.what, figure.kind, figure.statistic, figure.column, figure.stage, figure.agg,
            figure.measure, figure.part)  # fmt: skip
