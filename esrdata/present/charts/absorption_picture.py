"""What the chart of absorption shows: groups with their ratios on one scale, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.present.charts.describe import Words
from esrdata.present.charts.grouping import Grouping, is_granted, scoped
from esrdata.present.charts.rows import Row, as_rows, ends, largest
from esrdata.present.charts.whom import NEUTRAL, around, noted, speaks, title

#: The scale of every report, so that charts can be laid side by side, and its wider ends.
LOW, HIGH, _LOWER, _HIGHER = 70, 110, 50, 120
#: How wide a class of the histogram is.
CLASS = 2
#: Projects up to which each is a dot.
DOTS = 60
#: A tallest bar this many times the next group's is cut.
_CUT = 1.6
#: Fewest projects with per cent, and in a title.
FEWEST, _TITLED, _SHARE = 3, 30, 0.05
# In per cent, so that a table rounded to two decimals is still that of its ratios.
_NEAR = 0.51


@dataclass(frozen=True)
class Group:
    """A row of the table with what is drawn of it."""

    row: Row
    #: Ratios of its projects in per cent, and shares of its classes from the lowest.
    values: tuple[float, ...]
    shares: tuple[float, ...]
    below: int
    above: int

    @property
    def n(self) -> int:
        """Projects whose ratio is known."""
        return int(self.row["n"])

    @property
    def tallest(self) -> float:
        """The share of the class with most projects."""
        return max(self.shares, default=0.0)


def _fits(row: Row, values: tuple[float, ...]) -> bool:
    """Whether ratios, in per cent, are those of a row's projects."""
    if len(values) != int(row["n"]) or not values:
        return len(values) == int(row["n"])
    return abs(median(values) - 100 * float(row["median_ratio"])) < _NEAR


class Picture:
    """What is drawn: groups with their ratios on one scale."""

    def __init__(self, table: pd.DataFrame, groups: Grouping, ratios: pd.DataFrame | None) -> None:
        self.table, self.groups, self.ratios = table, groups, ratios
        self.drawn = largest(table)
        self.measure = str(table.attrs.get("measure", "public_total"))
        self.granted = is_granted(self.measure)
        rows = as_rows(self.drawn)
        # Groups of one heading stand together, in the order in which the headings first come.
        heads = [groups.heading(row, "fi") for row in rows]
        rows = [
            row
            for _, row in sorted(
                zip(map(heads.index, heads), rows, strict=True), key=lambda p: p[0]
            )
        ]
        found = [self._values(row) for row in rows]
        other = ratios is not None and ratios.attrs.get("measure", self.measure) != self.measure
        if other or (ratios is not None and not all(map(_fits, rows, found))):
            raise UsageError(
                "The ratios are of other projects, or of another measure, than the table: give "
                "what esrdata.stats.ratios returned of the same portfolio, asked alike."
            )
        every = [] if ratios is None else percents(ratios.drop_duplicates("project_code"))
        medians = [row["median_ratio"] for row in rows]
        half_low = any(100 * float(x) < LOW for x in medians if not formats.is_missing(x))
        high = bool(every) and sum(x > HIGH for x in every) > 0.05 * len(every)
        self.low, self.high = _LOWER if half_low else LOW, _HIGHER if high else HIGH
        self.every = every
        self.dots = 0 < len(every) <= DOTS
        self.list = [self._group(row, v) for row, v in zip(rows, found, strict=True)]
        order = sorted((one.tallest for one in self.list if one.n >= FEWEST), reverse=True)
        cut = len(order) > 1 and order[0] > _CUT * order[1] > 0
        #: The share that the tallest bar stands for, and whether one is cut.
        self.top = order[1] * 1.2 if cut else max(order, default=0.0)
        self.cut = order[0] if cut else None

    def _values(self, row: Row) -> tuple[float, ...]:
        if self.ratios is None:
            return ()
        own = self.ratios
        for name in self.groups.by:
            same = own[name].isna() if formats.is_missing(row[name]) else own[name] == row[name]
            own = own[same.fillna(False)]
        return tuple(sorted(percents(own)))

    def _group(self, row: Row, values: tuple[float, ...]) -> Group:
        below, counts, above = classes(values, self.low, self.high)
        shares = tuple(c / len(values) for c in counts) if values else ()
        return Group(row, values, shares, below, above)

    def words(self, lang: str) -> Words:
        """What is written around the picture."""
        groups = self.groups
        measure = wording.word(f"charts.measure.{self.measure}", lang)
        share = wording.word("charts.of_granted" if self.granted else "charts.of_planned_n", lang)
        text = wording.word(
            "charts.absorption.subtitle", lang, measure=measure, of=share, n=self.counted
        )
        subtitle = scoped(groups.scope(lang), text)
        facts = [self.fact(one, lang) for one in ends([one for one in self.list if one.n])]
        words = self.title(lang), subtitle, self.notes(lang), facts
        return around(self.table, lang, *words, self.counted)

    def fact(self, one: Group, lang: str) -> str:
        """A group as text."""
        median = formats.percent(one.row["median_ratio"], lang)
        name = self.groups.whole(one.row, lang)
        return wording.word("charts.absorption.fact", lang, name=name, median=median, n=one.n)

    def of_planned(self, lang: str) -> str:
        """Of the planned, or of the granted."""
        key = "charts.of_granted_money" if self.granted else "charts.of_planned_money"
        return wording.word(key, lang)

    def title(self, lang: str) -> str:
        """The finding whose condition holds."""
        of_planned = self.of_planned(lang)
        if found := self._far():
            one, others = found
            low, high = (formats.number(100 * x, lang) for x in (min(others), max(others)))
            between = low if low == high else f"{low}–{high}"
            written = wording.word("format.percent", lang, sign="", number=between)
            return title(
                "absorption", "far", lang, group=self.groups.whole(one.row, lang),
                share=formats.percent(one.below / one.n, lang, 0), others=written,
                low=formats.percent(self.low / 100, lang, 0), of_planned=of_planned,
            )  # fmt: skip
        middle = self.median()
        if middle is None or not speaks("absorption", "median", self.counted):
            measure = wording.word(f"charts.measure.{self.measure}", lang)
            return title("absorption", NEUTRAL, lang, measure=measure)
        written = formats.percent(middle, lang)
        return title("absorption", "median", lang, median=written, of_planned=of_planned)

    @property
    def counted(self) -> int:
        """The projects whose ratio is known."""
        return len(self.every) if self.ratios is not None else int(self.table["n"].sum())

    def median(self) -> float | None:
        """The median of all projects."""
        if self.every:
            return median(self.every) / 100
        if len(self.list) == 1 and not formats.is_missing(self.list[0].row["median_ratio"]):
            return float(self.list[0].row["median_ratio"])
        return None

    def _far(self) -> tuple[Group, list[float]] | None:
        """The group of which far more than of the others is under the scale, and their shares."""
        known = [one for one in self.list if one.n >= FEWEST and one.values]
        if len(known) < 2 or len(self.drawn) < len(self.table):
            return None
        first = max(known, key=lambda one: one.below / one.n)
        others = [one.below / one.n for one in known if one is not first]
        share = first.below / first.n
        holds = first.n >= _TITLED and share >= _SHARE and share > 2 * max(others)
        return (first, others) if holds else None

    def notes(self, lang: str) -> list[str]:
        """Sentences under the picture."""
        name, overlap = "absorption", "region" in self.groups.by
        return noted(
            lang,
            {
                f"{name}.{'dots' if self.dots else 'bars'}": bool(self.every),
                f"{name}.marks": True,
                f"{name}.edges": any(one.below or one.above for one in self.list),
                f"{name}.cut": self.cut is not None and not self.dots,
                f"{name}.few": any(
                    one.n and formats.is_missing(one.row["ci_low"]) for one in self.list
                ),
                f"{name}.nothing": any(not one.n for one in self.list),
                "left_out": len(self.table) - len(self.drawn),
                "groups_overlap": overlap,
                f"{name}.out": 0 if overlap else int(self.table["n_excluded"].sum()),
            },
        )


def classes(values: Iterable[float], low: int, high: int) -> tuple[int, list[int], int]:
    """How many values, in per cent, are below a scale, in each of its classes, and above it."""
    counts, below, above = [0] * ((high - low) // CLASS), 0, 0
    for x in values:
        if x < low:
            below += 1
        elif x > high:
            above += 1
        else:
            # The upper end is inside the scale.
            counts[min(int((x - low) // CLASS), len(counts) - 1)] += 1
    return below, counts, above


def percents(ratios: pd.DataFrame) -> list[float]:
    """Ratios in per cent; 100 % is 100, whatever the arithmetic."""
    return [round(float(x), 9) for x in 100 * ratios["ratio"].dropna().astype(float)]
