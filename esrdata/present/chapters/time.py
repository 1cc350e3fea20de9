"""When projects run, and what was amended."""

from esrdata import stats
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.model import Column, Figure, Section, Table


def time(maker: Maker) -> Section:
    """First and last days, and what was amended since an earlier snapshot."""
    amended = None if maker.before is None else stats.amendments(maker.before, maker.portfolio)
    parts: list[Table | Figure] = []
    table = stats.timeline(maker.portfolio, amended=amended)
    if len(table):
        parts.append(maker.figure("timeline", maker.word("time.timeline"), "timeline", table))
    parts += beside.extensions(maker)
    if amended is None:
        return maker.section("time", maker.word("time.no_before"), parts=parts)
    changed = amended[amended["amended"].fillna(False)]
    first = changed.head(ROWS)
    columns = [
        Column("project_code", maker.label("project_code")), Column("name", maker.label("name")),
        Column("extension_days", maker.label("extension_days"), "integer"),
        Column("grant_change", maker.label("grant_change"), "money"),
        Column("public_total_change", maker.label("public_total_change"), "money"),
    ]  # fmt: skip
    title = maker.word("time.amendments")
    cut = maker.more(len(first), len(changed), "figures/amendments.csv")
    note = f"{maker.word('of', n=len(amended))} {cut}".strip()
    parts.append(Table("amendments", title, columns, first, note))
    if len(amended):
        parts.append(maker.figure("amendments", title, "amendments", amended))
    return maker.section("time", parts=parts)
