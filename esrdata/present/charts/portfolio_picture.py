"""What an overview of a portfolio shows: its tables, their figures, and the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts.absorption_picture import CLASS, HIGH, LOW, classes, percents
from esrdata.present.charts.conditions import rounded, slices
from esrdata.present.charts.describe import Words
from esrdata.present.charts.grouping import Grouping, amount, grouping
from esrdata.present.charts.rows import as_rows
from esrdata.present.charts.running import of_dates
from esrdata.present.charts.sheet import Sheet
from esrdata.present.charts.spans import of_days
from esrdata.present.charts.units import Unit, unit_of_largest, unit_of_one
from esrdata.present.charts.whom import NEUTRAL, source_of, title, whom

#: What a reader asks first of what is known, by dotted field.
_ASKED = {
    "projects.name": "name", "projects.start_date": "start_date",
    "funding.public_total.realised": "money", "indicators.participants.realised": "participants",
    "locations.region": "locations", "sustainability": "sustainability",
}  # fmt: skip
#: How the columns of what is drawn are typed; those of groups are texts.
_KINDS = {
    "date": "datetime64[ns]", **dict.fromkeys(("from_percent", "to_percent", "n"), "Int64"),
    **dict.fromkeys(
        ("planned", "realised", "amount", "cumulative_share", "planned_all"), "Float64"
    ),
}  # fmt: skip
#: Projects up to which only money and what is known are drawn.
FEW = 12


@dataclass(frozen=True)
class Picture:
    """The tables of an overview, None where they have no rows, and what is drawn of them."""

    table: pd.DataFrame
    ratios: pd.DataFrame | None
    timeline: pd.DataFrame | None
    concentration: pd.DataFrame | None
    sizes: pd.DataFrame | None
    coverage: pd.DataFrame | None
    participants: pd.DataFrame | None

    @property
    def panels(self) -> Sequence[str]:
        """What is drawn; of few projects the others are values of single projects."""
        if self.n <= FEW:
            return ("money", "known")
        return ("money", "use", "time", "beneficiaries", "size", "known")

    @property
    def overlap(self) -> bool:
        """Whether sums of the groups count projects twice."""
        return "region" in self.table.columns

    @property
    def n(self) -> int:
        """Projects in all."""
        return int(self.table["n"].sum())

    def total(self, name: str) -> float:
        """The sum of a column; what is missing adds nothing."""
        return float(self.table[name].sum())

    @property
    def ratio(self) -> float | None:
        """Realised by planned of all projects."""
        planned = self.total("planned")
        return self.total("realised") / planned if planned > 0 and not self.overlap else None

    @property
    def out(self) -> int:
        """Projects that lack one of the sums; of groups that overlap nobody can tell."""
        return 0 if self.overlap else self.n - int(self.table["n_both"].sum())

    @property
    def groups(self) -> Grouping:
        """What the projects are divided by."""
        return grouping(self.table)

    def words(self, lang: str) -> Words:
        """What is written around the picture."""
        scope = self.groups.scope(lang)
        values = {
            "n": formats.number(self.n - self.out, lang),
            "realised": amount(self.total("realised"), lang),
        }
        if self.ratio is None:
            head = title("glance", NEUTRAL, lang)
        else:
            used = "used_so_far" if self.table.attrs.get("n_running") else "used"
            head = title("glance", used, lang, ratio=formats.percent(self.ratio, lang), **values)
            if self.out:
                head = wording.word("content.of_every", lang, text=head, n=self.n)
        text = wording.word("charts.glance.subtitle", lang)
        subtitle = f"{scope} {text}" if scope else text[:1].upper() + text[1:]
        facts = [f"{number} {name}" for number, name in self.figures(lang)]
        notes = [wording.word("charts.glance.note", lang)]
        if self.timeline is not None and self.n > FEW:
            notes.append(wording.word("charts.glance.quarters", lang))
        if self.n > FEW:
            notes += [text for text in [rounded(self.parts(), lang, 0)] if text]
        notes += self.left(lang)
        notes += [*whom(self.table, lang), *self.of_use("charts.glance.ended", lang)]
        source = source_of(self.table.attrs, lang)
        return Words(head, subtitle, tuple(notes), source, tuple(facts))

    def parts(self) -> list[list[float]]:
        """Shares of wholes that are drawn: projects and money by size, money by beneficiary."""
        found = []
        if self.sizes is not None:
            rows = self.sizes[self.sizes["size_band"].notna() & (self.sizes["n"] > 0)]
            found += [rows[name].astype(float) for name in ("n", "planned_all")]
        if self.concentration is not None:
            known = self.concentration["amount"].dropna().astype(float)
            found += [
                pd.Series([known.iloc[a - 1 : b].sum() for a, b in slices(len(known))], dtype=float)
            ]
        return [(part / part.sum()).tolist() for part in found if part.sum() > 0]

    def left(self, lang: str) -> list[str]:
        """How many projects are in no sum."""
        key = "charts.planned_and_realised.out"
        return [wording.word(key, lang, n=self.out)] if self.out else []

    def of_use(self, ended: str, lang: str) -> list[str]:
        """Whom the used shares are about: nearly always the projects that have ended."""
        if self.ratios is None:
            return []
        about = self.ratios.attrs.get("population_spec", {})
        if about.get("statuses") == ["ended"]:
            return [wording.word(ended, lang)]
        return list(whom(self.ratios, lang))

    def figures(self, lang: str) -> list[tuple[str, str]]:
        """Key figures and their names."""
        word = partial(wording.word, lang=lang)
        found = []
        if not self.overlap:
            found.append((formats.number(self.n, lang), word("charts.glance.projects")))
            # Sums that no project has are not known; they are not zero.
            stages = ("planned", "realised") if self.table["planned"].notna().any() else ()
            for name in stages:
                value = self.unit.short(self.total(name), lang)
                found.append((value, word(f"charts.glance.{name}")))
        if self.ratios is not None:
            one = self.ratios.drop_duplicates("project_code")
            middle = float(one["planned"].median())
            value = unit_of_one(middle).short(middle, lang)
            found.append((value, word("charts.glance.median_project")))
        if self.timeline is not None:
            days = (self.timeline["end_date"] - self.timeline["start_date"]).dt.days + 1
            value = wording.word("charts.timeline.months", lang, n=of_days(float(days.median())))
            found.append((value, word("charts.glance.median_length")))
        return found

    def known(self) -> list[tuple[str, str, int]]:
        """What a reader asks first: its field, its word, and how many projects tell it."""
        assert self.coverage is not None
        found = []
        for field, name in _ASKED.items():
            same = self.coverage["field"].str.startswith(field).fillna(False)
            n = int(self.coverage.loc[same, "n_read"].max()) if same.any() else 0
            if name == "participants" and self.participants is not None:
                n, name = int(self.participants["n_realised"].sum()), "participants_counted"
            found.append((field, name, n))
        return found

    def data(self, panels: Sequence[str]) -> pd.DataFrame:
        """What is drawn in these panels, in their order."""
        by = list(self.groups.by)
        found = {
            "money": self.table.loc[self.table["planned"].notna(), [*by, "planned", "realised"]]
        }
        if self.ratios is not None and (spread := Spread.of(self.ratios)).n:
            found["use"] = spread.data()
        if self.timeline is not None:
            steps = [(day, n) for _, _, n, day in of_dates(self.timeline).running]
            found["time"] = pd.DataFrame(steps, columns=["date", "n"])
        if self.concentration is not None:
            name = str(self.concentration.columns[0])
            found["beneficiaries"] = self.concentration[[name, "n", "amount", "cumulative_share"]]
        if self.sizes is not None:
            found["size"] = self.sizes[["size_band", "n", "planned_all"]]
        if self.coverage is not None:
            rows = [(field, n) for field, _, n in self.known()]
            found["known"] = pd.DataFrame(rows, columns=["field", "n"])
        parts = [found[name].astype(object).assign(part=name) for name in panels if name in found]
        whole = pd.concat(parts, ignore_index=True)
        whole.insert(0, "part", whole.pop("part"))
        return whole.astype({name: _KINDS.get(str(name), "string") for name in whole})

    @property
    def unit(self) -> Unit:
        """The unit of sums: euros under a million in all."""
        return unit_of_largest([self.total("planned")], self.total("planned"))

    def money(self, lang: str, most: int) -> tuple[list[dict[str, Any]], list[str]]:
        """Rows with both sums and their names; the smallest of more than `most` are one row."""
        rows = [row for row in as_rows(self.table) if not formats.is_missing(row["planned"])]
        rest: list[dict[str, Any]] = []
        # Groups have an order of their own, projects that of their sums.
        if len(rows) > most or "project_code" in self.table:
            rows = sorted(rows, key=lambda row: -float(row["planned"]))
        if len(rows) > most:
            # Sums of regions that overlap are not added up.
            last = most if self.overlap else most - 1
            rows, rest = rows[:last], [] if self.overlap else rows[last:]
        texts = [self.groups.whole(row, lang) for row in rows]
        if rest:
            sums = {k: sum(float(row[k]) for row in rest) for k in ("planned", "realised")}
            others = wording.word("charts.glance.others", lang, n=len(rest))
            rows, texts = [*rows, sums], [*texts, others[:1].upper() + others[1:]]
        return rows, texts


@dataclass(frozen=True)
class Spread:
    """Used shares of projects in classes, and how many are beside the scale."""

    counts: tuple[int, ...]
    below: int
    above: int
    n: int
    median: float

    def data(self) -> pd.DataFrame:
        """How many projects are in each class of shares, the first and the last open."""
        lows = range(LOW, HIGH, CLASS)
        ends = [(None, LOW), *((low, low + CLASS) for low in lows), (HIGH, None)]
        counts = [self.below, *self.counts, self.above]
        rows = [(*pair, n) for pair, n in zip(ends, counts, strict=True)]
        return pd.DataFrame(rows, columns=["from_percent", "to_percent", "n"])

    @classmethod
    def of(cls, ratios: pd.DataFrame) -> "Spread":
        """Of a table of ratios each project once."""
        one = ratios.drop_duplicates("project_code")
        below, counts, above = classes(percents(one), LOW, HIGH)
        known = one["ratio"].dropna().astype(float)
        return cls(tuple(counts), below, above, len(known), float(known.median()))

    def draw(self, sheet: Sheet, start: float, room: float, base: float, highest: float) -> None:
        """Draw a bar per class on a base line, the tallest with its number, and the scale."""
        wide, largest = room / len(self.counts), max(self.counts) or 1
        for at, n in enumerate(self.counts):
            tall = highest * n / largest
            if n:
                look = "pale" if LOW + at * CLASS >= 100 else "mid"
                sheet.bar(start + at * wide + 0.01, base - tall / 2, wide - 0.02, tall, look)
        sheet.line([start, start + room], [base, base], "rule", 0.8)
        at = self.counts.index(max(self.counts))
        text = formats.number(max(self.counts), sheet.lang)
        sheet.text(start + (at + 0.5) * wide, base - highest - 0.18, text, align="center")
        for tick in range(LOW, HIGH + 1, 10):
            x = start + (tick - LOW) / (HIGH - LOW) * room
            text = formats.number(tick, sheet.lang)
            sheet.text(x, base + 0.25, text, size="small", colour="soft", align="center")


def nothing(panel: str, lang: str) -> str:
    """What stands in a panel without figures: what is missing for them."""
    key = panel if panel in ("money", "use") else "known"
    return wording.word(f"charts.glance.nothing.{key}", lang)
