"""Chapters of a user's own recipe."""

from typing import TYPE_CHECKING

import pandas as pd

from esrdata import stats
from esrdata.knowledge import load
from esrdata.present.chapters.maker import Maker
from esrdata.present.model import Figure, Section, Table

if TYPE_CHECKING:
    from esrdata.knowledge.schema.recipe import Item, Part


def own(maker: Maker, item: "Item", number: int) -> Section:
    """A chapter with statistics tables and charts that its writer asked for."""
    parts: list[Table | Figure] = []
    for place, part in enumerate(item.parts, start=1):
        parts += _part(maker, part, f"own_{number}_{place}")
    return maker.section(f"own_{number}", parts=parts, title=item.title)


def _part(maker: Maker, part: "Part", key: str) -> list[Table | Figure]:
    by = [name for group in part.by for name in maker.by_of(group)]
    function = getattr(stats, part.statistic)
    table: pd.DataFrame = function(maker.portfolio, **({"by": by} if by else {}))
    title = part.title or maker.word("own", statistic=part.statistic)
    found: list[Table | Figure] = []
    if part.chart is not None and len(table):
        found.append(maker.figure(key, title, part.chart, table))
    declared = load.statistics()["columns"][part.statistic]
    names = [name for name in part.columns or declared if name in declared and name in table]
    rows = maker.grouped(table, by) if by else table.assign(group=maker.word("total"))
    columns = maker.columns_of(part.statistic, *names)
    found.append(maker.table(key, title, columns, rows, statistic=table))
    return found
