"""Recognises tables of our own report in a draft, and compares cell with cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.present import pack
from esrdata.present.model import Content, Table
from esrdata.present.parts import Parts, name_of
from esrdata.present.word.cells import as_printed
from esrdata.proofing.figure import Figure, Group, group_of
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Names
from esrdata.proofing.number import MONEY, PERCENT, PLAIN, POINTS, Number
from esrdata.proofing.places import Grid, sentences

#: The least shares of headings, row names and cells that must be equal in a table of ours.
_HEADS, _ROWS, _CELLS = 0.75, 0.5, 0.5
_UNIT = re.compile(r" ?[,(] ?(?:M€|mn €|€ million|€|t€|milj\.? euroa)\)?$")
_NUMBERS = re.compile(r"[−-]?\d[\d\s.,]*(?<![\s.,])")
_SPACES = re.compile(r"\s+")
#: Shorter sentences, without numbers, may stand anywhere.
_SENTENCE = 20
#: So few headings, or tables, may be alike by accident; our reports have a dozen tables.
_FEW, _TABLES = 2, 2
_KINDS = {"percent": PERCENT, "points": POINTS} | dict.fromkeys(
    ("money", "millions", "thousands"), MONEY
)


@dataclass(frozen=True)
class Match:
    """A table of ours found in a draft: our row and column for each of the draft's."""

    table: Table
    rows: dict[int, int]
    columns: dict[int, int]

    def figure(self, row: int, column: int) -> Figure | None:
        """The figure of a cell of the draft; None where we have none."""
        if row not in self.rows or column not in self.columns:
            return None
        own = self.table.columns[self.columns[column]]
        place = self.rows[row]
        value = self.table.frame[own.name].iloc[place]
        if is_missing(value) or own.kind not in ("integer", "number", "p", *_KINDS):
            return None
        unit = _KINDS.get(own.kind, PLAIN)
        size = 100.0 if unit in (PERCENT, POINTS) else 1.0
        statistic, group = self._statistic(place)
        return Figure(
            size * float(value), unit, "", "", statistic, own.name, group,
            measure=str(self._arguments().get("measure") or ""),
        )  # fmt: skip

    def text(self, row: int, column: int, lang: str) -> str | None:
        """What we print in a cell; None where we have none."""
        if row not in self.rows or column not in self.columns:
            return None
        own = self.table.columns[self.columns[column]]
        return own.write(self.table.frame[own.name].iloc[self.rows[row]], lang)

    def _arguments(self) -> dict[str, Any]:
        made = self.table.statistic
        found: dict[str, Any] = (
            {} if made is None else made.attrs.get("call", {}).get("arguments", {})
        )
        return found

    def _statistic(self, place: int) -> tuple[str, Group]:
        made = self.table.statistic
        if made is None or "call" not in made.attrs:
            first = self.table.columns[0].name
            return self.table.key, ((first, str(self.table.frame[first].iloc[place])),)
        by = self._arguments().get("by") or []
        names = [by] if isinstance(by, str) else list(by)
        if place >= len(made):
            return str(made.attrs["call"]["statistic"]), ()
        row = made.iloc[place]
        names = [name for name in names if name in row]
        return str(made.attrs["call"]["statistic"]), group_of(names, row[names])


class Printed:
    """The tables of our report in one language, made when a draft has some of them."""

    def __init__(self, portfolio: Portfolio, lang: str) -> None:
        self.portfolio, self.lang = portfolio, lang
        #: Whether the current draft has tables of ours.
        self.ours = False

    @cached_property
    def labels(self) -> frozenset[str]:
        """All headings that our tables may have."""
        words = load.words()
        kept = [words["content"]["label"], words["column"], load.statistics()["labels"]]
        found = {_bare(entry[self.lang]) for labels in kept for entry in labels.values()
                 if isinstance(entry, dict) and self.lang in entry}  # fmt: skip
        for spec in load.table_specs().values():
            for column in spec["columns"].values():
                if isinstance(column.get("label"), dict):
                    found.add(_bare(column["label"][self.lang]))
        # An interval printed in one column has a heading without the limit's name.
        found |= {label.rpartition(", ")[0] for label in found if ", " in label}
        return frozenset(found)

    def look(self, tables: Iterable[Sequence[str]]) -> None:
        """Note whether several tables of a draft have our headings."""
        self.ours = sum(self._alike(heads) for heads in tables) >= _TABLES

    def _alike(self, heads: Sequence[str]) -> bool:
        known = [_bare(head) in self.labels for head in heads if head]
        return len(known) > _FEW and sum(known) >= _HEADS * len(known)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of all chapters."""
        found = self.content.tables
        printed = [as_printed(table, self.lang) for table in found]
        joined = [b for a, b in zip(found, printed, strict=True) if len(a.columns) > len(b.columns)]
        return found + joined

    @cached_property
    def content(self) -> Content:
        """The report; a chapter that fails is left out, as in the written one."""
        return pack.content(
            self.portfolio, lang=self.lang, cards=False, traces=False, parts=Parts()
        )

    @cached_property
    def _masked(self) -> dict[str, list[str]]:
        """The sentences of the report, indexed by their text without digits."""
        return _by_mask(self._texts_of_report())

    @cached_property
    def _masked_of_charts(self) -> dict[str, list[str]]:
        """The same for texts around charts, which exist only once the charts are drawn."""
        return _by_mask(self._texts_of_charts())

    def _texts_of_charts(self) -> Iterator[str]:
        from matplotlib import pyplot as plt

        from esrdata.present import charts

        parts = Parts()
        for part in self.content.figures:
            ax = parts.made(name_of(part), part.draw)
            if ax is not None:
                around = charts.words(ax, self.lang)
                plt.close(ax.figure)
                yield from (around.title, around.subtitle, " ".join(around.notes))

    def _texts_of_report(self) -> Iterator[str]:
        for section in self.content.sections:
            yield from (section.title, *section.paragraphs)
        for part in self.content.parts:
            yield from (part.title, part.note)
        yield from (chart.subtitle for chart in self.content.figures)
        first = self.content.summary
        if first is not None:
            yield from (first.title, first.counted)
            for one, other in (*first.sentences, *first.unread):
                yield from (f"{one} {other}", one, other)

    def sentence(
        self, passage: Passage, numbers: Sequence[Number], *, charts: bool = False
    ) -> list[Number] | None:
        """The numbers of the same sentence in our report; None if there is none.

        `charts` searches the texts around charts, which draws all of them.
        """
        if not self.ours:
            return None
        known = self._masked_of_charts if charts else self._masked
        start, end = passage.sentence(numbers[0].start)
        text = _spaced(passage.text[start:end]).lstrip("–- ")
        best: list[Number] | None = None
        most = -1
        if len(_mask(text)) < _SENTENCE:
            return None
        for sentence in known.get(_mask(text), ()):
            own = self._numbers(sentence, passage.names)
            if len(own) != len(numbers):
                continue
            same = sum(a.value == b.value for a, b in zip(own, numbers, strict=True))
            if same > most:
                best, most = own, same
        return best

    @cache  # noqa: B019 - there is one of these per proof
    def _numbers(self, sentence: str, names: Names) -> list[Number]:
        return [n for n in Passage(sentence, self.lang, names).numbers if not n.why]

    def match(self, grid: Grid, heads: Sequence[str]) -> Match | None:
        """The table of ours that a table of the draft repeats, if any.

        Parameters
        ----------
        grid
            The table of the draft.
        heads
            The headings of its columns.
        """
        if not self.ours:
            return None
        best: tuple[float, Match] | None = None
        for table in self.tables:
            found = self._held(table, grid, heads)
            if found is not None and (best is None or _rank(found) > _rank(best)):
                best = found
        return best[1] if best is not None else None

    def _held(self, table: Table, grid: Grid, heads: Sequence[str]) -> tuple[float, Match] | None:
        own = [_bare(column.label) for column in table.columns]
        columns = {}
        for place, head in enumerate(heads):
            same = [i for i, label in enumerate(own) if label == _bare(head)]
            if same:
                columns[place] = same[0]
        if len(columns) < _HEADS * sum(bool(head) for head in heads) or 0 not in columns:
            return None
        texts = self._texts(table)
        keys = [i for i, column in enumerate(table.columns) if column.kind == "text"]
        places = [place for place, i in columns.items() if i in keys]
        of_key: dict[tuple[str, ...], list[int]] = {}
        for row, cells in enumerate(texts):
            of_key.setdefault(tuple(cells[columns[place]] for place in places), []).append(row)
        rows: dict[int, int] = {}
        for row in range(grid.rows):
            key = tuple(_spaced(_text(grid, row, place)) for place in places)
            waiting = of_key.get(key)
            if waiting:
                rows[row] = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if len(rows) < _ROWS * max(grid.rows - 1, 1):
            return None
        values = [(r, c) for r in rows for c, i in columns.items() if i not in keys]
        if not values:
            return None
        same_cells = sum(_spaced(grid.text(r, c)) == texts[rows[r]][columns[c]] for r, c in values)
        score = same_cells / len(values)
        return (score, Match(table, rows, columns)) if score >= _CELLS else None

    def _texts(self, table: Table) -> list[list[str]]:
        return [
            [_spaced(column.write(row[column.name], self.lang)) for column in table.columns]
            for row in table.frame.to_dict("records")
        ]


def _rank(found: tuple[float, Match]) -> tuple[float, int]:
    """Sort key: the share of equal cells, then the number of columns."""
    return found[0], len(found[1].columns)


def _text(grid: Grid, row: int, place: int) -> str:
    """The text of a cell; in the first column, an empty cell has the name above."""
    while place == 0 and row > 1 and not grid.text(row, place).strip():
        row -= 1
    return grid.text(row, place)


def _by_mask(texts: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in texts:
        for start, end in sentences(text):
            sentence = _spaced(text[start:end])
            found.setdefault(_mask(sentence), []).append(sentence)
    return found


def _mask(sentence: str) -> str:
    """A sentence with its numbers masked."""
    return _NUMBERS.sub("#", sentence).casefold()


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def _bare(label: str) -> str:
    """A heading without its unit."""
    return _UNIT.sub("", _spaced(label)).casefold()
