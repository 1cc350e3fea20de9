"""Charts of tests: effects and associations with their intervals, round zero."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts import style
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.grouping import alone, within
from esrdata.present.charts.rows import MOST_ROWS, Row, as_rows, check, ends
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.units import without_unit
from esrdata.present.charts.whom import NEUTRAL, around, title
from esrdata.stats.columns import label

#: Places in centimetres: labels, the drawing from −1 to 1, and columns of both charts.
_LABEL, _START = 5.9, 6.3
_END, _VALUE, _INTERVAL, _P, _N = 8.9, 9.8, 12.4, 13.8, 16.0
_TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
#: Centimetres of the figures of the scale.
_SCALE = 0.42
#: A title tells of a difference that is this unlikely, corrected for the number of pairs.
_RARE = 0.05


@documented("or lacks some of them")
def compare_groups(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw Cliff's delta of every pair of groups, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.compare_groups` returned, with its pairs.
    """
    estimate = ("cliffs_delta", "delta_low", "delta_high")
    check(table, "compare_groups", ("group_a", "group_b", *estimate, "p_holm"), lang)
    if {"value", "by"} - table.attrs.keys():
        raise UsageError("The table is not whole: give what esrdata.stats.compare_groups returned.")
    pairs = _Pairs("compare_groups", table, estimate, partial(_groups, table))
    about = About("compare_groups", table, partial(_words_of_groups, pairs), pairs.drawn)
    with paper(about, lang, **look) as sheet:
        columns = [
            (_VALUE, wording.word("charts.compare_groups.delta", lang), pairs.estimate),
            (_INTERVAL, wording.word("charts.interval_head", lang), pairs.interval),
            (
                _P,
                wording.word("charts.compare_groups.p", lang),
                lambda row, lang: formats.p_value(row["p_holm"], lang),
            ),
            (
                _N,
                "n",
                lambda r, lang: "\u00a0+\u00a0".join(
                    formats.number(r[n], lang) for n in ("n_a", "n_b")
                ),
            ),
        ]
        _forest(sheet, pairs, columns)
    return sheet.first


@documented("lacks some of them, or no pair has a coefficient")
def associations(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw Spearman's rho of every pair of figures, with its interval.

    Parameters
    ----------
    table
        What `esrdata.stats.associations` returned.
    """
    estimate = ("rho", "low", "high")
    rows = check(table, "associations", ("x", "y", "n", *estimate), lang)
    if rows["rho"].isna().all():
        raise UsageError("No pair of the table has a coefficient, so there is nothing to draw.")
    pairs = _Pairs(
        "associations", table, estimate, lambda r, lang: (label(r["x"], lang), label(r["y"], lang))
    )
    about = About("associations", table, partial(_words_of_figures, pairs), pairs.drawn)
    with paper(about, lang, **look) as sheet:
        columns = [
            (_VALUE + 0.4, wording.word("charts.associations.rho", lang), pairs.estimate),
            (_INTERVAL + 0.8, wording.word("charts.interval_head", lang), pairs.interval),
            (_N, "n", lambda row, lang: formats.number(row["n"], lang)),
        ]
        _forest(sheet, pairs, columns)
    return sheet.first


# ---- rows


@dataclass(frozen=True)
class _Pairs:
    """Pairs with an estimate and its interval: those drawn, and how they are written.

    Attributes
    ----------
    names
        The columns of the estimate and of the ends of its interval.
    of
        What the two of a pair are called.
    """

    chart: str
    table: pd.DataFrame
    names: tuple[str, str, str]
    of: Callable[[Row, str], tuple[str, str]]

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The strongest first, those without an estimate last."""
        strength = self.table[self.names[0]].abs().fillna(-1)
        order = strength.sort_values(ascending=False, kind="stable").index
        return self.table.loc[order[:MOST_ROWS]].reset_index(drop=True)

    @cached_property
    def rows(self) -> list[Row]:
        """What is drawn, row by row."""
        return as_rows(self.drawn)

    def estimate(self, row: Row, lang: str) -> str:
        """The estimate as written."""
        return formats.number(row[self.names[0]], lang, 2)

    def interval(self, row: Row, lang: str) -> str:
        """Its interval as written."""
        low, high = (row[name] for name in self.names[1:])
        if formats.is_missing(low):
            return wording.word("charts.compare.no_interval", lang)
        return f"{formats.number(low, lang, 2)}\u00a0…\u00a0{formats.number(high, lang, 2)}"

    def words(
        self, lang: str, subtitle: str, more: Callable[[Row], str], *, n: object = None,
        rare: bool, **values: object,
    ) -> Words:  # fmt: skip
        """What is written around the picture; `more` stands behind an estimate in a sentence."""
        word, rows = partial(wording.word, lang=lang), self.rows
        both = [self.of(row, lang) for row in rows]
        pairs = [word("charts.pair", a=a, b=b) for a, b in both]
        a, b = (without_unit(name, lang) for name in both[0])
        heading = title(
            self.chart, self.finding(rare), lang,
            pair=word("charts.pair", a=a, b=b), estimate=self.estimate(rows[0], lang), **values,
        )  # fmt: skip
        notes = [word(f"charts.{self.chart}.note")]
        if left := len(self.table) - len(rows):
            notes.append(word("charts.effects_left_out", n=left))
        facts = [
            f"{pair}: {self.estimate(row, lang)} ({more(row)})"
            for pair, row in ends(list(zip(pairs, rows, strict=True)))
        ]
        return around(self.table, lang, heading, subtitle, notes, facts, n)

    def finding(self, rare: bool) -> str:
        """Which title holds: the strongest pair away from zero, none of them, or neither."""
        _, low, high = self.names
        first = self.rows[0]
        if not formats.is_missing(first[low]):
            apart = first[low] > 0 or first[high] < 0
            if apart and (not rare or first["p_holm"] < _RARE):
                return "strongest"
        around_zero = ((self.table[low] <= 0) & (self.table[high] >= 0)).fillna(False).all()
        # An interval may cover zero though chance is too rare to be named.
        if around_zero and not (rare and (self.table["p_holm"] < _RARE).fillna(False).any()):
            return "nothing"
        return NEUTRAL


def _groups(table: pd.DataFrame, row: Row, lang: str) -> tuple[str, str]:
    by, known = table.attrs["by"], alone(table)
    a, b = (
        style.group_label({**known, by: row[f"group_{one}"]}, [by], lang, short=True)
        for one in "ab"
    )
    return a, b


# ---- drawing

Column = tuple[float, str, Callable[[Row, str], str]]


def _forest(sheet: Sheet, pairs: _Pairs, columns: Sequence[Column]) -> None:
    """Draw an estimate on each row with its interval, between −1 and 1, round zero."""
    lang = sheet.lang
    level = sheet.word("interval_level")
    # The level of intervals stands under their heading.
    sheet.columns({x: (head, level if w == pairs.interval else "") for x, head, w in columns})
    sheet.skip(0.06)
    start, end = _START, sheet.right(_END)

    def at(value: float) -> float:
        return start + (end - start) * (value + 1) / 2

    def grid() -> None:
        for tick in _TICKS:
            look = ("rule", 0.8) if tick == 0 else ("grid", 0.6)
            sheet.line([at(tick), at(tick)], [sheet.top + 0.06, sheet.y], *look, zorder=1)

    sheet.ending = grid
    for row in pairs.rows:
        # Lines of their own for each of the two, so that none is lost to the other's length.
        first, second = pairs.of(row, lang)
        lines = [*sheet.fitted(f"{first}\u00a0–", _LABEL, 2), *sheet.fitted(second, _LABEL, 2)]
        # The figures of the scale stand under the last row.
        y = sheet.row(len(lines), keep=_SCALE)
        sheet.lines(0, y, lines)
        value, low, high = (row[key] for key in pairs.names)
        if formats.is_missing(value):
            text = sheet.word("not_known")
            sheet.text(at(0) + 0.1, y, text, size="small", colour="soft", on_white=True)
        else:
            if not formats.is_missing(low):
                sheet.line([at(float(low)), at(float(high))], [y, y], "mid", 3.2, zorder=3)
            dot: dict[str, Any] = {"marker": "o", "markersize": 4.5, "linestyle": "none"}
            sheet.line([at(float(value))], [y], "dark", zorder=4, **dot)
        sheet.figures(y, {place: write(row, lang) for place, _, write in columns})
    sheet.ending = None
    grid()
    for tick in _TICKS:
        text = formats.number(tick, lang, 0 if tick.is_integer() else 1)
        sheet.text(at(tick), sheet.y + 0.2, text, size="small", colour="soft", align="center")
    sheet.skip(_SCALE)
    sheet.rule()


# ---- words


def _words_of_groups(pairs: _Pairs, lang: str) -> Words:
    table, value = pairs.table, label(pairs.table.attrs["value"], lang)
    counts: dict[Any, int] = {}
    for row in as_rows(table):
        counts |= {row["group_a"]: int(row["n_a"]), row["group_b"]: int(row["n_b"])}
    n = sum(counts.values())
    heading = style.group_heading(table.attrs["by"], lang) + within(alone(table), lang)
    by = wording.lower_first(heading)
    subtitle = wording.word("charts.compare_groups.subtitle", lang, value=value, by=by, n=n)
    more = partial(pairs.interval, lang=lang)
    return pairs.words(lang, subtitle, more, n=n, rare=True, value=value, by=heading)


def _words_of_figures(pairs: _Pairs, lang: str) -> Words:
    subtitle = wording.word("charts.associations.subtitle", lang)
    return pairs.words(lang, subtitle, lambda r: f"n = {formats.number(r['n'], lang)}", rare=False)
