"""The layout of a table: its headings, the names of its rows, and the units they give."""

import re
from dataclasses import replace
from functools import cached_property

from esrdata.knowledge.wording import field_label
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Names
from esrdata.proofing.number import PERCENT, PLAIN, Number
from esrdata.proofing.places import Grid
from esrdata.proofing.shelf import shelf

_BARE = re.compile(r"^\s*(?:[-−–(~≈<>≤≥]\s*)?(?:€\s*)?\d[\d\s.,]*[^\d,;]{0,14}$")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+")
#: The heading of a column of counts.
COUNTS = re.compile(r"^\s*n\s*(?:$|[,=(])", re.IGNORECASE)


class Layout:
    """The layout of one table."""

    def __init__(self, names: Names, grid: Grid, lang: str) -> None:
        self.names, self.grid, self.lang = names, grid, lang
        self._passages: dict[str, Passage] = {}

    def passage(self, text: str) -> Passage:
        """A text of the table with what its words name."""
        if text not in self._passages:
            self._passages[text] = Passage(text, self.lang, self.names)
        return self._passages[text]

    def _is_value(self, text: str) -> bool:
        """Whether a cell holds only a number, or two: noin 800, 2 M€, 12 / 9."""
        if " / " in text:
            return all(map(self._is_value, text.split(" / ")))
        numbers = self.passage(text).numbers
        return not text.strip(" –-—") or (
            len(numbers) == 1 and _BARE.match(text[numbers[0].start :]) is not None
            and (not text[: numbers[0].start].strip(" (") or numbers[0].qualifier != "exact")
        )  # fmt: skip

    @cached_property
    def heads(self) -> int:
        """How many rows at the top are headings."""
        for row in range(self.grid.rows):
            cells = [self.grid.text(row, column) for column in range(1, self.grid.columns)]
            numbers = [n for text in cells if text.strip(" –-—") and self._is_value(text)
                       for n in self.passage(text).numbers]  # fmt: skip
            # Years and limits (vähintään 8) are often headings.
            sure = [n for n in numbers if n.why != "year" and (row or n.qualifier == "exact")]
            if sure:
                return row
        # In a table of words the first row is the heading, if it has no number.
        first = [self.grid.text(0, column) for column in range(self.grid.columns)]
        return int(not any(self._is_value(text) for text in first if text.strip()))

    @cached_property
    def labels(self) -> int:
        """How many columns at the left are names of rows."""
        for column in range(self.grid.columns):
            values = [
                self._is_value(self.grid.text(row, column))
                for row in range(self.heads, self.grid.rows)
                if self.grid.text(row, column).strip(" –-—")
            ]
            if values and sum(values) * 2 > len(values) and not self._is_numbered(column):
                return column
        return self.grid.columns

    def _is_numbered(self, column: int) -> bool:
        """Whether a column of bare numbers names groups: Toimintalinja 1, 2, 3."""
        return column == 0 and self._dimension(column) is not None

    def _dimension(self, column: int) -> str | None:
        head = self.head(column)
        pattern, names = shelf().numbered[self.lang]
        # "TL (2014–2020)" also heads numbers of axes.
        head = _BRACKETS.sub("", head).strip()
        match = pattern.search(f"{head} 1") if head else None
        if match is None:
            return None
        return next(names[i] for i in range(len(names)) if match[f"b{i}"] is not None)

    @cached_property
    def headings(self) -> list[str]:
        """The headings of all columns."""
        return [self.head(column) for column in range(self.grid.columns)]

    def head(self, column: int) -> str:
        """The heading of a column."""
        return " ".join(
            text for row in range(self.heads) if (text := self.grid.text(row, column).strip())
        )

    def label(self, row: int) -> str:
        """The name of a row; below a cell that spans rows, the name in that cell."""
        found = []
        for column in range(self.labels):
            text, at = self.grid.text(row, column).strip(), row
            while not text and at > self.heads and column == 0:
                at -= 1
                text = self.grid.text(at, column).strip()
            if text and self._is_value(text) and (name := self._dimension(column)) is not None:
                more = " ".join(_BRACKETS.findall(self.head(column)))
                text = f"{field_label('projects.' + name, self.lang)} {text} {more}".rstrip()
            if text:
                found.append(text)
        return " | ".join(found)

    def with_unit(self, number: Number, row: int, column: int) -> Number:
        """A number with the unit that its heading, its row or the caption gives."""
        if number.unit != PLAIN:
            return number
        for text in (self.head(column), self.label(row), self.grid.caption):
            found = unit_of(text)
            if found is not None:
                unit, size = found
                half = (number.high - number.low) / 2 if number.decimals > 0 else 0.5
                value = (number.value or 0.0) * size
                return replace(number, unit=unit, value=round(value, 6), low=value - half * size,
                               high=value + half * size)  # fmt: skip
            if self._names_count(text):
                return number
        return number

    def with_length(self, number: Number, row: int, column: int) -> Number:
        """A number with the unit of length that its heading gives, in place of a word behind it."""
        if number.unit != PLAIN or number.noun:
            return number
        for text in (self.head(column), self.label(row), self.grid.caption):
            for word in _WORD.findall(text.casefold()):
                if word[1:] and shelf().is_length(word):
                    return replace(number, noun=word)
        return number

    @cached_property
    def by_rows(self) -> bool:
        """Whether each row is a series and each column a group, such as periods side by side."""
        heads = [self.passage(self.head(at)) for at in range(self.labels, self.grid.columns)]
        names = [self.passage(self.label(at)) for at in range(self.heads, self.grid.rows)]
        return any(m.is_group for one in heads for m in one.mentions) and not any(
            m.is_group for one in names for m in one.mentions
        )

    def counts(self, row: int, column: int) -> bool:
        """Whether a row's or a column's numbers are counts, which are not rounded."""
        return self._names_count(self.head(column)) or self._names_count(self.label(row))

    def _names_count(self, text: str) -> bool:
        """Whether a heading counts something, so that the caption's unit does not hold."""
        return COUNTS.match(text) is not None or any(
            m.facet == "what" and m.value not in ("funding", "cost_per")
            for m in self.passage(text).mentions
        )


def unit_of(text: str) -> tuple[str, float] | None:
    """The unit that a heading gives its numbers, and the factor."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    for pattern, unit, size in shelf().units:
        if pattern.search(text):
            # "Alle 80 %" and "€ per osallistuja, n" give no unit.
            if unit == PERCENT and re.search(r"\d\s?(?:%|prosent|procent|per ?cent)", text):
                return None
            if COUNTS.match(text):
                return None
            return unit, size
    return None
