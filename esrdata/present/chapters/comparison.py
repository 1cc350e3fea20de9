"""The portfolio beside others."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from esrdata import stats
from esrdata.errors import NotStatedError
from esrdata.portfolio import Portfolio
from esrdata.present.chapters.maker import QUARTILES, Maker
from esrdata.present.charts.sides import figure_label
from esrdata.present.charts.whom import whom
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.named import figure_name
from esrdata.stats.intervals import FEWEST

#: What is compared: size, use of funding, duration, projects discontinued, people.
MEASURES = (
    "public_total_planned", "public_total", "duration_days", "discontinued",
    "participants_planned",
)  # fmt: skip
_PAIR = ("n", "planned", "realised", "ratio_of_sums", "median", "median_low", "median_high")
_SHARES = ("share_below_080", "share_above_100")
_FIGURE = ("n", "total", "mean", "median", "median_low", "median_high", "q1", "q3")
#: What is between counts, and so need not be whole below a hundred.
_MIDDLE, _LARGE = ("mean", "median", "median_low", "median_high", "q1", "q3"), 100
_GAP = ("a", "b", "difference", "difference_low", "difference_high")


def comparison(maker: Maker) -> Section | None:
    """Sides beside each other, and their differences, measure by measure; None without others."""
    if not maker.others:
        return None
    sides = {maker.word("comparison.own"): maker.portfolio, **maker.others}
    found, refused = {}, []
    for measure in MEASURES:
        name = figure_name(measure, maker.lang)
        try:
            table = _compared(sides, measure)
        except NotStatedError as why:
            refused.append(maker.word("comparison.not_stated", measure=name, side=why.side))
            continue
        if len(table):
            found[measure] = table
        else:
            refused.append(maker.word("comparison.stated_nowhere", measure=name))
    paragraphs = [maker.word("comparison.intro", others=", ".join(maker.others))]
    tables = list(found.values())
    if tables:
        paragraphs += _about(maker, tables[0])
    if refused:
        paragraphs.append(" ".join([maker.word("comparison.not_compared"), *refused]))
    known = [
        measure
        for measure, table in found.items()
        if table["median"].notna().any() or table["share_at_least"].notna().any()
    ]
    parts: list[Table | Figure] = []
    if known:
        title = maker.word("comparison.figure", sides=", ".join(sides))
        drawn = _compared(sides, *known)
        parts.append(maker.figure("comparison", title, "compare", drawn))
    for measure, table in found.items():
        parts += _tables(maker, measure, table)
    return maker.section("comparison", *paragraphs, parts=parts)


def _compared(sides: Mapping[str, Portfolio], *measures: str) -> pd.DataFrame:
    """The same projects in pairs, other projects apart."""
    codes = [set(portfolio.projects["project_code"]) for portfolio in sides.values()]
    overlap = "paired" if len(codes) == 2 and codes[0] == codes[1] else "apart"
    return stats.compare(sides, list(measures), overlap=overlap)


def _about(maker: Maker, table: pd.DataFrame) -> list[str]:
    """Whom the figures are about, and what became of shared projects."""
    paragraphs = list(whom(table, maker.lang))
    if table.attrs["paired"]:
        return [*paragraphs, maker.word("comparison.same")]
    n = table.attrs["exclusions"][0]["n"]
    return [*paragraphs, *([maker.word("comparison.shared", n=n)] if n else [])]


def _tables(maker: Maker, measure: str, table: pd.DataFrame) -> list[Table | Figure]:
    about = table.attrs["figures"][measure]
    pair = about["kind"] == "pair"
    name = about["label"][maker.lang]
    sums = {"eur": "money", "count": "integer"}.get(about["unit"], "number")
    shared = about["kind"] == "share"
    names = [*_PAIR, *_SHARES] if pair else ["n", "n_at_least"] if shared else list(_FIGURE)
    kinds = {n: _kind(n, pair, sums) for n in names}
    heads = {}
    if "mark" in about:
        kinds["share_at_least"] = "percent"
        # Of a share of projects the mark is what these projects are.
        mark = about["mark"]["label"][maker.lang]
        heads = {"n_at_least": mark, "share_at_least": name if shared else mark}
    columns = [
        Column(n, heads.get(n, maker.label(n)), kind, int(kind == "percent"))
        for n, kind in {"side": "text", **kinds}.items()
    ]
    columns = [_of_counts(c, table[[c.name]]) if c.name in _MIDDLE else c for c in columns]
    of = {n: "n" for n, kind in kinds.items() if kind == "percent" and n.startswith("share_")}
    columns, rows = maker.of_few(columns, table, of)
    if not pair and not shared:
        enough = rows["n"] >= QUARTILES
        rows = rows.assign(q1=rows["q1"].where(enough), q3=rows["q3"].where(enough))
    gaps = stats.differences(table)
    gaps = gaps.assign(
        name=[figure_label(table, measure, figure, maker.lang) for figure in gaps["figure"]],
        sides=gaps["side_a"] + " – " + gaps["side_b"],
    )
    parts: list[Table | Figure] = [
        maker.table(f"comparison_{measure}", name, columns, rows, statistic=table)
    ]
    # Sums stand in the table of sides; figures of projects differ in one unit, and what differs in
    # points is in the figure.
    left = ["planned", "realised", "total", *([] if shared else ["share_at_least"])]
    figures = gaps[~gaps["figure"].isin(left)]
    # Shares of a few projects stand as counts in the table of sides.
    few = {side for side, n in zip(table["side"], table["n"], strict=True) if n < FEWEST}
    of_few = figures["side_a"].isin(few) | figures["side_b"].isin(few)
    figures = figures[~(of_few & figures["figure"].str.startswith("share_"))]
    if len(figures):
        kind, gap = ("percent", "points") if pair or shared else (sums, sums)
        kinds = {n: gap if n.startswith("difference") else kind for n in _GAP}
        shown = [Column(n, _head(maker, n), "text") for n in ("sides", "name")]
        decimals = int(pair or shared)
        shown += [Column(n, _head(maker, n), k, decimals) for n, k in kinds.items()]
        shown = [_of_counts(c, figures[[*_GAP]]) for c in shown]
        title = maker.word("comparison.differences", measure=name)
        parts.append(Table(f"comparison_{measure}_differences", title, shown, figures))
    return parts


def _of_counts(column: Column, values: pd.DataFrame) -> Column:
    """A column of means or medians of counts with the decimals that the chart has."""
    if column.kind not in ("integer", "number"):
        return column
    known = values.stack().dropna().astype(float).abs()
    whole = (known >= _LARGE).all() or (known == known.round()).all()
    return column if whole else replace(column, kind="number", decimals=1)


def _kind(name: str, pair: bool, sums: str) -> str:
    if name in ("n", "n_at_least"):
        return "integer"
    return "percent" if pair and name not in ("planned", "realised") else sums


def _head(maker: Maker, name: str) -> str:
    return maker.label({"sides": "side", "name": "figure"}.get(name, name))
