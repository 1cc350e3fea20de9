"""Chapters of a user's own recipe."""

from dataclasses import replace
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import is_string_dtype

from esrdata import stats
from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence, statistic_label
from esrdata.present.chapters.maker import Maker
from esrdata.present.chapters.phrases import ALL
from esrdata.present.charts.style import group_label
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.named import named
from esrdata.present.written import is_written

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Item, Part

_DECIMALS = {"statistic": 2, "points": 1}


def own(maker: Maker, item: "Item", number: int) -> Section:
    """A chapter with statistics tables and charts that its writer asked for.

    Raises
    ------
    UsageError
        If a statistic does not know what it is asked.
    """
    parts: list[Table | Figure] = []
    paragraphs: list[str] = []
    for place, part in enumerate(item.parts, start=1):
        try:
            made, why = _part(maker, part, f"own_{number}_{place}")
        except UsageError as error:
            where = f"chapters {number}, {part.statistic}"
            what = error.args[0]
            raise UsageError(sentence("error.file.made", where=where, what=what)) from error
        parts += made
        paragraphs += why
    return maker.section(f"own_{number}", *paragraphs, parts=parts, title=item.title)


def _part(maker: Maker, part: "Part", key: str) -> tuple[list[Table | Figure], list[str]]:
    """A table and its chart; of a table without rows a sentence."""
    function = getattr(stats, part.statistic)
    asked: dict[str, Any] = dict(part.given)
    by = [name for group in part.by for name in maker.by_of(group)]
    if by:
        # A comparison is by one group.
        alone = signature(function).parameters["by"].default is Parameter.empty
        asked["by"] = part.by[0] if alone else by
    table: pd.DataFrame = function(maker.portfolio, **asked)
    if len(by) == 1 and by[0] in table:
        table = maker.in_order(by[0], table)
    title = part.title or statistic_label(part.statistic, maker.lang)
    if not len(table):
        return [], [maker.word("own_empty", title=title)]
    found: list[Table | Figure] = []
    if part.chart is not None:
        found.append(maker.figure(key, title, part.chart, table))
    rows, heads = _headed(maker, table, by, part.statistic)
    declared = load.statistics()["columns"][part.statistic]
    names = [
        name for name in part.columns or declared if name in declared and name in table
        and (name in part.columns or name not in heads)
    ]  # fmt: skip
    units = stats.columns(part.statistic).set_index("column")["unit"]
    columns = [
        one if one.name == "group" else _precise(one, rows[one.name], str(units.get(one.name)))
        for one in maker.columns_of(part.statistic, *names, by=part.by[0] if len(by) == 1 else ALL)
    ]
    found.append(maker.table(key, title, columns, rows, statistic=table))
    return found, []


def _precise(column: Column, values: "pd.Series[Any]", unit: str) -> Column:
    """A column with the decimals of its unit: p values have three, other statistics two."""
    if is_written(values):
        return replace(column, kind="figure")
    if unit == "statistic" and column.name.startswith("p"):
        return replace(column, kind="p")
    return replace(column, decimals=_DECIMALS[unit]) if unit in _DECIMALS else column


def _headed(
    maker: Maker, table: pd.DataFrame, by: list[str], statistic: str
) -> tuple[pd.DataFrame, list[str]]:
    """The rows in words under the names of their groups, and the columns that these are made of."""
    rows = named(table, statistic, maker.lang)
    if by and all(name in table for name in by):
        return maker.grouped(rows, by), []
    heads = [str(name) for name in table if is_string_dtype(table[name].dtype)]
    if not heads:
        return rows.assign(group=maker.word("total")), []
    names = [
        " – ".join(
            group_label({name: value}, [name], maker.lang)
            for name, value in zip(heads, values, strict=True)
        )
        for values in zip(*(rows[name] for name in heads), strict=True)
    ]
    return rows.assign(group=pd.array(names, dtype="string")), heads
