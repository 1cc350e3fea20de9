"""The words of chapters: titles, sums, columns, groups and what is left out, in one language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.present.charts.grouping import axis_name, brief
from esrdata.present.charts.style import group_heading, group_label
from esrdata.stats.columns import label
from esrdata.stats.groups import alphabetical

#: Groups that are names, which stand in the order of the alphabet, and have one in each language.
_NAMES = ("region", "authority", "organisation_type")
_MILLION = 1_000_000
#: All projects as one group.
ALL = "all"


class Phrases:
    """Says things as a report of a language does."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def word(self, key: str, **values: object) -> str:
        """Words of the pack in the language of the report."""
        return wording.word(f"content.{key}", self.lang, **values)

    def template(self, key: str) -> str:
        """Words of the pack with their braces."""
        entry: Any = load.words()["content"]
        for part in key.split("."):
            entry = entry[part]
        found: str = entry[self.lang]
        return found

    def title(self, key: str, finding: str | None = None, **values: object) -> str:
        """The title of a chapter: what it is about, and what it shows where that is known."""
        name = self.word(f"{key}.title")
        if finding is None:
            return name
        return self.word("titled", name=name, finding=self.word(f"{key}.{finding}", **values))

    def label(self, name: str) -> str:
        """The heading of a column: of the report, of charts, or of a table of the contract."""
        if name in load.words()["content"]["label"]:
            return self.word(f"label.{name}")
        return label(name, self.lang)

    def by(self, key: str, name: str) -> str:
        """A title with what its rows are: *Osallistujat maakunnittain*, *Osallistujat: …*."""
        title = self.word(key)
        if name in load.words()["charts"]["per"]:
            return f"{title} {wording.word(f'charts.per.{name}', self.lang)}"
        return self.word("titled", name=title, finding=self.head(name))

    def head(self, name: str) -> str:
        """What the groups of a table are called; the whole is a group without a name."""
        if name == ALL:
            return wording.lower_first(wording.word("report.whole_material", self.lang))
        return group_heading(name, self.lang)

    def listed(self, names: "Iterable[str]") -> str:
        """Names in a sentence, the last one after *and*."""
        *first, last = list(names)
        return self.word("listed", first=", ".join(first), last=last) if first else last

    def sum_in_words(self, amount: float) -> str:
        """A sum for a sentence, such as ``1 436,2 milj. euroa``."""
        if abs(amount) < _MILLION:
            return formats.money(amount, self.lang)
        return self.word("unit.sentence", number=formats.in_unit(amount, self.lang, _MILLION, 1))

    def interval(self, low: object, high: object) -> str:
        """An interval of percentages."""
        numbers = [formats.number(float(str(v)) * 100, self.lang, 1) for v in (low, high)]
        return self.word("unit.interval", low=numbers[0], high=numbers[1])

    def more(self, first: int, n: int, table: str | None = None) -> str:
        """What to say below rows that are not all, and where all are; nothing if they are."""
        if first == n:
            return ""
        if table is None:
            return self.word("some", first=first, n=n)
        known = table in load.table_specs()
        name = wording.table_label(table, self.lang) if known else table
        return self.word("more", first=first, n=n, table=name)

    def overlap(self, name: str) -> str:
        """What to say of groups a project can be in several of; nothing of others."""
        return self.word("overlap") if name == "region" else ""

    def left_out(self, table: pd.DataFrame, own: Mapping[str, str] | None = None) -> str:
        """How many projects a statistic leaves out, and why; its own reasons by the English one."""
        known = {**reasons(self.lang), **(own or {})}
        found = [
            (known.get(row["reason"], row["reason"]), row["n"])
            for row in table.attrs.get("exclusions", [])
            if row["n"]
        ]
        if not found:
            return ""
        plain = [(reason[:1].lower() + reason[1:].rstrip("."), n) for reason, n in found]
        # The number of a reason that is the only one stands before it already.
        reasons_text = plain[0][0]
        if len(plain) > 1:
            reasons_text = "; ".join(self.word("reason", reason=reason, n=n) for reason, n in plain)
        return self.word("left_out", n=sum(n for _, n in found), reasons=reasons_text)

    def in_order(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """A statistics table whose groups are names, in the order of the names that are shown."""
        if name not in _NAMES:
            return table
        keys = [
            (formats.is_missing(value), alphabetical(group_label({name: value}, [name], self.lang)))
            for value in table[name]
        ]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        return table.iloc[order].reset_index(drop=True)

    def headed(self, by: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
        """A table with the labels of its groups; by nothing it is of the whole."""
        if by:
            return self.grouped(table, by)
        return table.assign(group=wording.word("report.whole_material", self.lang))

    def grouped(self, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """A statistics table with the labels of its groups in one column."""
        rows = pd.DataFrame(table).to_dict("records")
        periods = len({row.get("programme_period") for row in rows}) > 1
        funds = len({row.get("fund") for row in rows}) > 1
        labels = []
        for row in rows:
            own = {str(name): value for name, value in row.items()}
            label = self._group(own, by[-1])
            named = ["programme_period"] * periods + ["fund"] * funds
            before = [self._before(own, name) for name in named]
            if before and formats.is_missing(own[by[-1]]):
                label = _as_phrase(label)
            comma = any(formats.is_missing(own[name]) for name in named)
            heads = (", " if comma else " ").join(before)
            labels.append(f"{heads}: {label}" if heads else label)
        return table.assign(group=pd.Series(labels, index=table.index, dtype="string"))

    def _before(self, row: Mapping[str, Any], name: str) -> str:
        """The period or the fund of a group, in brief if it is known."""
        if formats.is_missing(row[name]):
            return _as_phrase(group_label(row, [name], self.lang))
        return brief(name, row[name], self.lang)

    def _group(self, row: Mapping[str, Any], name: str) -> str:
        """A group by its label, an axis by its number and its short name."""
        if name == "priority_axis" and not formats.is_missing(row[name]):
            short = axis_name(row, self.lang)
            if short != group_heading(name, self.lang):
                return f"{row[name]}\u00a0{short}"
        return group_label(row, [name], self.lang)


def _as_phrase(label: str) -> str:
    """The label of what has no name, behind which a colon of another label comes."""
    return label[:1].lower() + label[1:].replace(": ", " ", 1)


def reasons(lang: str) -> dict[str, str]:
    """Reasons as statistics give them, in English, in the language of the report."""
    return {
        entry["en"]: entry[lang]
        for group in ("population", "trace")
        for entry in load.words()[group]["reason"].values()
    }
