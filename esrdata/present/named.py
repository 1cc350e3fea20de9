"""What stands in the cells of statistics tables beside codes of lists: figures, sides, checks."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.present.charts.grouping import alone
from esrdata.present.charts.likeness import figure_texts
from esrdata.present.charts.sides import PAIR, figure_label, names_of_sides
from esrdata.present.charts.style import group_label
from esrdata.present.written import written, written_column
from esrdata.stats.columns import label

#: Columns of figures by their names, of two groups that are compared, and of sides.
_FIGURES, _GROUPS = ("x", "y", "measure"), ("group_a", "group_b")
_SIDES = ("side", "side_a", "side_b")
#: Figures of a comparison that are shares whatever is compared begin so.
_SHARE = "share_"
_KINDS = {"eur": "money", "ratio": "percent", "projects": "integer", "organisations": "integer"}
_DECIMALS = {"percent": 1, "points": 1}
#: Key figures that the glance has no words for.
_OWN = ("utilisation", "median_utilisation")


def named(table: pd.DataFrame, statistic: str, lang: str) -> pd.DataFrame:
    """A statistics table with figures, sides, groups and checks by their names.

    Numbers in the unit of the figure of their row are written in it.
    """
    return table.assign(**dict(_named(table, statistic, lang)))


def _named(table: pd.DataFrame, statistic: str, lang: str) -> Iterator[tuple[str, Any]]:
    by = table.attrs.get("by")
    for name in _FIGURES:
        if name in table:
            yield name, _texts(table[name], lambda value: figure_name(value, lang))
    if isinstance(by, str):
        known = alone(table)
        for name in _GROUPS:
            if name in table:
                yield (
                    name,
                    _texts(table[name], lambda v: group_label({**known, by: v}, [by], lang)),
                )
    if "check" in table:
        checks = load.plausibility()
        yield "check", _texts(table["check"], lambda v: checks[v]["label"][lang])
    if "figures" in table.attrs and "keys" in table.attrs:
        yield from _compared(table, lang)
    elif statistic == "without_doubtful":
        yield from _key_figures(table, lang)
    elif statistic == "compare_groups" and "value" in table.attrs:
        # Medians are in the unit of the figure that is compared.
        measures = [table.attrs["value"]] * len(table)
        yield from _figures(table, measures, ("median_a", "median_b"), lang)
    elif statistic == "peers" and "measure" in table:
        names = ("value", "median", "q1", "q3", "median_low", "median_high")
        yield from _figures(table, table["measure"], names, lang)


def _figures(
    table: pd.DataFrame, measures: Iterable[object], names: Iterable[str], lang: str
) -> Iterator[tuple[str, Any]]:
    """Columns of figures of projects, each row in the unit of its measure."""
    columns = {name: table[name].tolist() for name in names if name in table}
    for name, cells in figure_texts(measures, columns, lang).items():
        yield name, written_column(cells, table.index)


def _texts(values: "pd.Series[Any]", name: Callable[[Any], str]) -> "pd.Series[Any]":
    return values.map(name, na_action="ignore").astype("string")


def _in_units(values: "pd.Series[Any]", kinds: Iterable[str], lang: str) -> "pd.Series[Any]":
    """Numbers of a column, each written in the unit of its row."""
    cells = zip(values, kinds, strict=True)
    return written_column(
        (written(v, kind, lang, _DECIMALS.get(kind, 0)) for v, kind in cells), values.index
    )


def figure_name(code: object, lang: str) -> str:
    """What is measured: a sum, which has a code, a share of projects, or another figure of them."""
    if code in {row["code"] for row in load.codes("measures")}:
        return wording.code_label("measures", code, lang)
    shares = load.statistics()["shares"]
    if code in shares:
        return str(shares[code]["label"][lang])
    try:
        return label(str(code), lang)
    except UsageError:
        # One of a shelf that is not in use now.
        return str(code)


def _compared(table: pd.DataFrame, lang: str) -> Iterator[tuple[str, Any]]:
    """Sides and figures of a comparison, and their numbers in their units."""
    sides = names_of_sides(table, lang)
    for name in _SIDES:
        if name in table:
            yield name, _texts(table[name], lambda side: sides.get(side, side))
    if "measure" not in table:
        return
    if "figure" in table:
        pairs = list(zip(table["measure"], table["figure"], strict=True))
        found = [figure_label(table, measure, figure, lang) for measure, figure in pairs]
        yield "figure", pd.Series(found, index=table.index, dtype="string")
    else:
        pairs = [(measure, "") for measure in table["measure"]]
    units = load.statistics()["columns"]["differences" if "figure" in table else "compare"]
    for name in (n for n, unit in units.items() if unit == "figure" and n in table):
        kinds = [_unit(table, measure, figure or name) for measure, figure in pairs]
        if name.startswith("difference"):
            kinds = ["points" if kind == "percent" else kind for kind in kinds]
        yield name, _in_units(table[name], kinds, lang)


def _unit(table: pd.DataFrame, measure: str, figure: str) -> str:
    """How a figure of a measure is written."""
    about = table.attrs["figures"][measure]
    of_pair = about["kind"] == PAIR and figure not in ("planned", "realised")
    if of_pair or figure.startswith(_SHARE):
        return "percent"
    return _KINDS.get("eur" if about["kind"] == PAIR else about["unit"], "number")


def key_figure(name: str, lang: str) -> str:
    """What a key figure of a portfolio is called."""
    if name == "projects":
        return wording.word("content.cover.projects", lang)
    group = "plausibility" if name in _OWN else "glance"
    return wording.word(f"content.{group}.{name}", lang)


def _key_figures(table: pd.DataFrame, lang: str) -> Iterator[tuple[str, Any]]:
    """Key figures by their names, each in its unit."""
    if "figure" in table:
        yield "figure", _texts(table["figure"], lambda name: key_figure(name, lang))
    for column in ("value", "value_without", "change"):
        if {column, "unit"} <= set(table):
            yield column, _in_units(table[column], table["unit"].map(_KINDS), lang)
    if "unit" in table:
        yield "unit", _texts(table["unit"], lambda unit: wording.word(f"excel.unit.{unit}", lang))
