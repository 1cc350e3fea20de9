"""Words and figures of a comparison: what they are called, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.present.charts import style
from esrdata.present.charts.grouping import axis_name, brief
from esrdata.present.charts.spans import MONTH
from esrdata.present.charts.units import unit_of_largest, unit_of_one, without_unit
from esrdata.stats.columns import label
from esrdata.stats.intervals import FEWEST

PAIR, SHARE, AXIS = "pair", "share", "priority_axis"
#: Shares of projects that a chart of sides has.
SHARES = ("share_below_080", "share_above_100", "share_at_least")
#: Figures of the use of money.
_OF_USED = ("share_below_080", "share_above_100")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a comparison as a row of the chart writes it."""

    measure: str
    name: str
    label: str
    #: What a value is divided by, and its decimals.
    divisor: float
    decimals: int
    #: A key of `charts.compare.with_unit`, for sentences; empty where the number stands alone.
    unit: str

    def write(self, value: Any, lang: str) -> str:
        """A value without its unit."""
        if formats.is_missing(value):
            return formats.number(value, lang)
        return formats.number(round(float(value) / self.divisor, 9), lang, self.decimals)

    def of_side(self, value: Any, n: int, lang: str) -> str:
        """A value of so many projects; a share of a few is a count, ``2/3`` and not 66.7."""
        if self.name.startswith("share") and 0 < n < FEWEST:
            return f"{round(float(value) * n)}/{n}"
        return self.write(value, lang)

    def signed(self, value: Any, lang: str) -> str:
        """A difference, with a plus where it is above zero."""
        text = self.write(value, lang)
        above = not formats.is_missing(value) and value > 0 and any(c in "123456789" for c in text)
        return f"+{text}" if above else text

    def interval(self, low: Any, high: Any, lang: str) -> str:
        """An interval: a dash between its ends, dots where one is below zero."""
        if formats.is_missing(low):
            return wording.word("charts.compare.no_interval", lang)
        return f"{self.write(low, lang)} … {self.write(high, lang)}"

    def written(self, value: Any, lang: str) -> str:
        """A value with its unit, as in a sentence."""
        if self.unit == "eur":
            return formats.money(_rounded(value), lang)
        number = self.write(value, lang)
        return wording.word(f"charts.compare.with_unit.{self.unit}", lang, n=number)


def _rounded(value: Any) -> Any:
    """Euros in thousands where they are many, as in the picture."""
    return round(float(value), -3) if abs(float(value)) >= 10_000 else value


def side_labels(table: pd.DataFrame, lang: str) -> dict[str, str]:
    """What the sides are called, by their names in the table, in order."""
    names = names_of_sides(table, lang, short=True)
    by = table.attrs["by"]
    if AXIS in by:
        # In a picture an axis has its short name, in tables the official one.
        others = [name for name in by if name != AXIS]
        for side, key in table.attrs["keys"].items():
            number, name = str(key[AXIS]), axis_name(key, lang)
            if name != style.group_heading(AXIS, lang):
                before = [style.group_label(key, others, lang)] if others else []
                names[side] = ", ".join([*before, f"{number}\u00a0{name}"])
    return {side: names.get(side, side) for side in dict.fromkeys(table["side"])}


def names_of_sides(table: pd.DataFrame, lang: str, *, short: bool = False) -> dict[str, str]:
    """What the sides of groups are called; none for portfolios, which have names of their own."""
    keys, by = table.attrs["keys"], table.attrs["by"]
    if not by:
        return {}
    if len(by) == 1 and by[0] in ("fund", "programme_period"):
        # What kind of group it is, subtitle and title say.
        return {side: brief(by[0], key[by[0]], lang) for side, key in keys.items()}
    return {side: style.group_label(key, by, lang, short=short) for side, key in keys.items()}


def figure_label(table: pd.DataFrame, measure: str, figure: str, lang: str) -> str:
    """What a figure of a measure is called."""
    if figure == "share_at_least":
        return str(table.attrs["figures"][measure]["mark"]["label"][lang])
    if _used_alone(table, measure) and figure in _OF_USED:
        return wording.word(f"charts.compare.used.{figure}", lang)
    sums = figure in ("planned", "realised")
    name = (
        table.attrs["figures"][measure]["label"][lang] if sums else of_project(table, measure, lang)
    )
    return wording.word(f"charts.compare.{figure}", lang, measure=name)


def _used_alone(table: pd.DataFrame, measure: str) -> bool:
    """Whether a pair is the only one of money, and of ended projects: its ratio has a name."""
    figures = table.attrs["figures"]
    money = [name for name, one in figures.items() if one["kind"] == PAIR and one["unit"] == "eur"]
    ended = table.attrs["population_spec"]["statuses"] == ["ended"]
    return (
        money == [measure]
        and ended
        and f"{measure}_absorption" in load.table_specs()["overview"]["columns"]
    )


def of_project(table: pd.DataFrame, measure: str, lang: str) -> str:
    """What the figure of each project is called."""
    about = table.attrs["figures"][measure]
    if _used_alone(table, measure):
        return label(f"{measure}_absorption", lang)
    if about["kind"] == PAIR:
        return wording.word("charts.compare.ratio", lang, measure=about["label"][lang])
    return str(about["label"][lang])


def figure_of(table: pd.DataFrame, measure: str, name: str, lang: str) -> Figure:
    """A figure with the unit that suits its values."""
    about = table.attrs["figures"][measure]
    if name.startswith("share"):
        return Figure(measure, name, figure_label(table, measure, name, lang), 0.01, 1, "percent")
    label = of_project(table, measure, lang)
    if about["kind"] == PAIR or about["unit"] == "ratio":
        label = wording.word("charts.compare.in_percent", lang, label=label)
        return Figure(measure, name, label, 0.01, 1, "percent")
    values = table.loc[table["measure"] == measure, "median"].dropna()
    if about["unit"] == "eur":
        most = values.abs().max() if len(values) else 0
        unit = unit_of_largest(list(values), 1e6) if most >= 1e6 else unit_of_one(most)
        plain = without_unit(label, lang)
        label = wording.word("charts.compare.in_unit", lang, label=plain, unit=unit.name(lang))
        return Figure(measure, name, label, unit.euros, unit.decimals, "eur")
    if about["unit"] == "days":
        label = wording.word("charts.compare.duration", lang)
        return Figure(measure, name, label, MONTH, 1, "months")
    decimals = 0 if (values.abs() >= 100).all() or (values == values.round()).all() else 1
    return Figure(measure, name, label, 1.0, decimals, "number")


@dataclass(frozen=True, slots=True)
class Row:
    """Values of two sides, and the difference between them as `differences` has it."""

    figure: Figure
    values: tuple[Any, Any]
    counts: tuple[int, int]
    gap: dict[str, Any]

    @property
    def of_few(self) -> bool:
        """Whether it is a share of so few projects on a side that their number tells more."""
        return self.figure.name.startswith("share") and min(self.counts) < FEWEST


def pairs_of(
    table: pd.DataFrame,
    gaps: pd.DataFrame,
    names: dict[str, str],
    figures: Sequence[str],
    lang: str,
) -> list[Row]:
    """What is known of either side, measure by measure."""
    names_of = list(names)
    first, _ = names_of
    found = []
    for measure in table.attrs["measures"]:
        part = table[table["measure"] == measure].set_index("side")
        own = gaps[(gaps["measure"] == measure) & (gaps["side_a"] == first)].set_index("figure")
        for name in figures:
            if name not in part or part[name].isna().all():
                continue
            values = tuple(part[name].get(side) for side in names)
            changed = name == "median" and "median_change" in own.index
            at = "median_change" if changed else name
            gap = own.loc[at].to_dict() if at in own.index else {}
            figure = figure_of(table, measure, name, lang)
            counts = (int(part["n"][names_of[0]]), int(part["n"][names_of[1]]))
            gap = {str(k): v for k, v in gap.items()}
            found.append(Row(figure, (values[0], values[1]), counts, gap))
    return found


def counts_of(table: pd.DataFrame, side: str) -> list[int]:
    """How many projects of a side count in measures that are not shares of their own."""
    figures = table.attrs["figures"]
    own = {name for name, about in figures.items() if about["kind"] == SHARE}
    # Where there are only such measures, theirs.
    own = set() if own >= set(table.attrs["measures"]) else own
    rows = table[(table["side"] == side) & ~table["measure"].isin(own)]
    return sorted({int(n) for n in rows["n"] if n})
