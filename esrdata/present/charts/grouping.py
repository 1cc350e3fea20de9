"""Groups on a sheet: what they have in common, headings, short names, and their sums as written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.present.charts import style
from esrdata.stats.meanings import WITHIN

_MILLION = 1_000_000
_PERIOD, _FUND, _AXIS = "programme_period", "fund", "priority_axis"
_PROJECT = ("name", "project_code")


@dataclass(frozen=True)
class Grouping:
    """The group columns of a statistics table, and what a chart writes of them.

    Attributes
    ----------
    by
        The group columns.
    common
        What all rows have in common, which stands once: column -> value.
    heads
        Columns that differ and stand in headings above the rows.
    own
        The column that names a row; empty where the whole is one row.
    projects
        Whether a row is a project.
    """

    by: tuple[str, ...]
    common: Mapping[str, Any]
    heads: tuple[str, ...]
    own: str
    projects: bool
    equal_names: frozenset[str]

    def heading(self, row: Mapping[str, Any], lang: str) -> str:
        """The heading a row stands under; empty where there are none."""
        heads = [name for name in self.heads if name != _AXIS]
        parts = [_heads(heads, row, lang, len(self.heads) > 1)]
        if _AXIS in self.heads:
            parts.append(self._axis(row, lang))
        return ", ".join(filter(None, parts))

    def _axis(self, row: Mapping[str, Any], lang: str) -> str:
        axis = style.group_heading(_AXIS, lang)
        if formats.is_missing(row[_AXIS]):
            return style.group_label(row, [_AXIS], lang)
        name = axis_name({**self.common, **row}, lang)
        return f"{axis}\u00a0{row[_AXIS]}" + ("" if name == axis else f": {name}")

    def label(self, row: Mapping[str, Any], lang: str) -> tuple[str, str]:
        """The number of an axis, else nothing, and the name of a row."""
        if self.projects:
            return "", self._project(row, lang)
        if not self.own:
            return "", wording.word("report.whole_material", lang)
        if self.own == _AXIS and not formats.is_missing(row[_AXIS]):
            number, name = str(row[_AXIS]), axis_name({**self.common, **row}, lang)
            # Without a name of its own it is called by its number.
            axis = style.group_heading(_AXIS, lang)
            return ("", f"{axis}\u00a0{number}") if name == axis else (number, name)
        return "", style.group_label({**self.common, **row}, [self.own], lang, short=True)

    def _project(self, row: Mapping[str, Any], lang: str) -> str:
        code = wording.project_code(row["project_code"], lang) if "project_code" in row else ""
        name = row.get("name")
        if formats.is_missing(name):
            return code
        return f"{name} ({code})" if str(name) in self.equal_names and code else str(name)

    def whole(self, row: Mapping[str, Any], lang: str) -> str:
        """Heading, number and name of a row in one, for a sentence."""
        number, name = self.label(row, lang)
        heads = _heads(self.heads, row, lang, True)
        return " ".join(filter(None, [heads, f"{number}\u00a0{name}" if number else name]))

    def scope(self, lang: str) -> str:
        """What all rows have in common, such as ``ESR 2007–2013``."""
        known = {k: v for k, v in self.common.items() if not formats.is_missing(v)}
        parts = [brief(name, known[name], lang) for name in (_FUND, _PERIOD) if name in known]
        others = [style.group_label(known, [k], lang) for k in known if k not in (_FUND, _PERIOD)]
        return ", ".join([*filter(None, [" ".join(parts)]), *others])

    def grouped(self, lang: str) -> str:
        """What tells the rows apart, such as ``toimintalinjoittain``."""
        words = load.words()["charts"]["per"]
        name = "project" if self.projects else self.own
        if not name:
            return ""
        if name in words:
            return wording.word(f"charts.per.{name}", lang)
        heading = style.group_heading(name, lang)
        return wording.word("charts.per_other", lang, name=heading[:1].lower() + heading[1:])


def grouping(table: pd.DataFrame) -> Grouping:
    """Tell what the group columns of a statistics table are to a chart; they end before `n`."""
    by = [str(name) for name in table.columns[: list(table.columns).index("n")]]
    known = alone(table)
    projects = "project_code" in by or by[-1:] == ["name"]
    plain = [name for name in by if not (projects and name in _PROJECT)]
    # A row of its own needs a name, even where there is one row only.
    own = "" if projects or not plain else plain[-1]
    same = {
        name: table[name].iloc[0]
        for name in plain
        if name != own and table[name].nunique(dropna=False) == 1
    }
    heads = tuple(name for name in plain if name != own and name not in same)
    names = table["name"].astype(str) if projects and "name" in table else pd.Series(dtype=str)
    equal = frozenset(names[names.duplicated(keep=False)])
    return Grouping(tuple(by), {**known, **same}, heads, own, projects, equal)


def alone(table: pd.DataFrame) -> dict[str, str]:
    """The period and the fund that all projects of a table have, which names of axes need."""
    return {name: table.attrs[name] for name in WITHIN if name in table.attrs}


def scope_of(table: pd.DataFrame, lang: str) -> str:
    """The fund and the period that all rows of a table have, such as ``ESR 2007–2013``."""
    parts = []
    for name in (_FUND, _PERIOD):
        known = (
            set(table[name].dropna().unique())
            if name in table
            else {table.attrs.get(name)} - {None}
        )
        if len(known) == 1 and not (name in table and table[name].isna().any()):
            parts.append(brief(name, known.pop(), lang))
    return " ".join(parts)


def scoped(scope: str, text: str) -> str:
    """A subtitle that begins with what all rows have in common, where there is anything."""
    return f"{scope}, {text}" if scope else text[:1].upper() + text[1:]


def axis_name(row: Mapping[str, Any], lang: str) -> str:
    """The short name of a priority axis; its label or its number where the shelf has none.

    Which of several meanings an axis has without its period and fund is not guessed.
    """
    apart = {key: str(row[key]) for key in (_PERIOD, _FUND) if not formats.is_missing(row.get(key))}
    found = [
        entry
        for entry in load.codes("priority_axes")
        if entry["code"] == str(row[_AXIS]) and all(entry[k] == v for k, v in apart.items())
    ]
    names = {entry.get(f"short_{lang}") or entry[f"label_{lang}"] for entry in found}
    return names.pop() if len(names) == 1 else style.group_heading(_AXIS, lang)


def fund_letters(fund: Any, lang: str) -> str:
    """The letters of a fund in a language: ESR is ESF in Swedish and English."""
    found = {row["code"]: row for row in load.codes("fund")}
    return found[str(fund)][f"short_{lang}"] if str(fund) in found else str(fund)


def years(period: Any) -> str:
    """A programming period as years, such as ``2007–2013``."""
    return str(period).replace("-", "–")


def within(about: Mapping[str, Any], lang: str) -> str:
    """Behind a name the period and the fund that all is of: `` (ohjelmakausi 2007–2013, ESR)``."""
    where = []
    if about.get(_PERIOD):
        period = wording.code_label("programme_periods", about[_PERIOD], lang)
        where.append(wording.lower_first(period))
    if about.get(_FUND):
        where.append(fund_letters(about[_FUND], lang))
    return f" ({', '.join(where)})" if where else ""


def brief(name: str, value: Any, lang: str) -> str:
    """A fund by its letters, a period by its years."""
    return fund_letters(value, lang) if name == _FUND else years(value)


def _heads(names: Sequence[str], row: Mapping[str, Any], lang: str, several: bool) -> str:
    """The values above a row: ``2007–2013 ESR``; with commas where one is not known."""
    apart = ", " if any(formats.is_missing(row[name]) for name in names) else " "
    return apart.join(_short(name, row[name], lang, several) for name in names)


def _short(name: str, value: Any, lang: str, several: bool) -> str:
    """A value in a heading: the fund with its letters, a period among others as years."""
    label = style.group_label({name: value}, [name], lang)
    if formats.is_missing(value):
        return label
    if name == _FUND:
        return fund_letters(value, lang) if several else f"{label} ({fund_letters(value, lang)})"
    return years(value) if name == _PERIOD and several else label


# ---- sums


def is_granted(measure: str) -> bool:
    """Whether the first sum of a measure is what was granted, and not what was planned."""
    key = f"funding_stage.{measure}.planned"
    return wording.word(key, "en") != wording.word("indicator_stage.planned", "en")


def amount(value: float, lang: str) -> str:
    """A sum before the word euros, such as ``1 436,2 milj.`` or ``633 594``."""
    if abs(value) < _MILLION:
        return formats.number(value, lang)
    number = formats.number(value / _MILLION, lang, 1)
    return wording.word("charts.amount", lang, number=number)


def counted(n: int, lang: str) -> str:
    """A number of projects, in words from four to ten where it begins a sentence."""
    return wording.word(f"charts.numeral.{n}", lang) if 4 <= n <= 10 else formats.number(n, lang)
