"""Charts of what texts state of participants."""

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import HOLLOW
from esrdata.present.charts.rows import check, project_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEEDS = (
    *("project_code", "name", "planned", "applicable", "rank", "value", "value_high"),
    *("qualifier", "stage", "decision", "value_corrected", "n_claims"),
)
#: Projects and claims of each at most, and the share of the width that labels may take.
_PROJECTS, _CLAIMS, _LABELS = 30, 3, 0.36
_TICKS = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1_000_000, 10_000_000)
#: Signs before numbers, and the kinds of marks, by qualifier.
_SIGNS = {"about": "≈", "over": ">", "at_least": "≥", "under": "<", "up_to": "≤"}
_KINDS = {"exact": "exact", "about": "about", "over": "least", "at_least": "least"}
_KINDS |= {"under": "most", "up_to": "most"}
_MARKS: dict[str, dict[str, Any]] = {
    "exact": {"marker": "D", "markersize": 4.2, "color": style.REALISED},
    "about": {"marker": "o", "markersize": 5.5, "color": style.PALETTE[2]},
    "least": {"marker": ">", "markersize": 5.5, "color": style.ALERT},
    "most": {"marker": "<", "markersize": 5.5, "color": style.ALERT},
}


@documented()
@on_its_shelf
def stated_participants(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw the planned participants of each project beside the largest numbers its text states.

    Up to three claims of a project are marks of their own and never added up: they may count the
    same people. What the text says to have been planned, and what a reviewer rejected, is left
    out. The scale is logarithmic, with zero.

    Parameters
    ----------
    table
        What `esrdata.stats.stated_participants` returned: a row per claim. Of more than 30
        projects those with the largest planned numbers are drawn.
    """
    whole = check(table, "stated_participants", _NEEDS, lang).reset_index(drop=True)
    every = whole.drop_duplicates("project_code")
    order = (
        every["planned"].astype("Float64").fillna(-1).sort_values(ascending=False, kind="stable")
    )
    projects = every.loc[sorted(order.index[:_PROJECTS])].reset_index(drop=True)
    claims = _claims(whole)
    first = claims.drop_duplicates("project_code").set_index("project_code")
    column = str(whole.columns[list(whole.columns).index("applicable") + 1])
    cells = [_largest(row, first, column, lang) for row in projects.to_dict("records")]
    beside = {
        wording.word("column.planned", lang): [
            wording.number(x, lang) for x in projects["planned"]
        ],
        wording.word("charts.stated_participants.largest", lang): cells,
    }
    labels = project_labels(projects, _LABELS)
    drawn = drawing(
        "stated_participants", table, lang, ax, labels=labels, beside=beside, with_title=with_title
    )
    with drawn as chart:
        y = dict(zip(projects["project_code"], chart.y, strict=True))
        _draw(chart, y, projects, claims[claims["project_code"].isin(list(y))])
        counts: dict[str, Any] = {"n": len(every), "stated": len(first)}
        captions = [("note", counts), ("never_summed", {}), ("scale", {})]
        plans = whole.loc[whole["stage"].eq("planned").fillna(False), "project_code"]
        for key, n in (
            ("unplanned", int(every["planned"].isna().sum())),
            ("plans", len(plans)),
            ("rejected", int(whole["decision"].eq("rejected").fillna(False).sum())),
            ("left_out", len(every) - len(projects)),
        ):
            if n:
                captions.append((key, {"n": n}))
        key = "charts.stated_participants"
        chart.captions += [wording.word(f"{key}.{name}", lang, **more) for name, more in captions]
        if labels == projects["project_code"].tolist() and every["name"].notna().any():
            chart.captions.append(wording.word("charts.names_in_table", lang))
        chart.facts = {**counts, **_facts(every, first)}
        chart.alt = "alt" if len(first) else "alt_nothing"
    return chart.ax


def _claims(whole: pd.DataFrame) -> pd.DataFrame:
    """The largest claims of each project: neither plans nor rejected, as a reviewer corrected."""
    out = whole["stage"].eq("planned") | whole["decision"].eq("rejected")
    value = whole["value_corrected"].fillna(whole["value"])
    # A corrected number is no range.
    high = whole["value_high"].where(whole["value_corrected"].isna())
    claims = whole.assign(value=value, value_high=high)[~out.fillna(False) & value.notna()]
    claims = claims.sort_values("value", ascending=False, kind="stable")
    return claims.groupby("project_code", sort=False).head(_CLAIMS)


def _largest(row: dict[Any, Any], first: pd.DataFrame, text: str, lang: str) -> str:
    """The largest number a text states, with its qualifier, or why there is none."""
    if row["project_code"] not in first.index:
        has_text = not wording.is_missing(row[text]) and bool(row[text])
        key = "no_claim" if has_text else "no_text"
        return wording.word(f"charts.stated_participants.{key}", lang)
    return _written(first.loc[row["project_code"]], lang)


def _written(claim: Any, lang: str) -> str:
    sign = _SIGNS.get(claim["qualifier"], "")
    ends = [claim[name] for name in ("value", "value_high") if not wording.is_missing(claim[name])]
    numbers = "–".join(wording.number(x, lang) for x in ends)
    return f"{sign}\u00a0{numbers}" if sign else numbers


def _draw(chart: Chart, y: dict[Any, float], projects: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Draw planned numbers hollow, and claims as marks by their qualifier."""
    axes, lang = chart.ax, chart.lang
    planned = projects[projects["planned"].notna()]
    if len(planned):
        at = [y[code] for code in planned["project_code"]]
        xs = planned["planned"].astype(float).tolist()
        (line,) = axes.plot(xs, at, linestyle="none", zorder=3, clip_on=False, **HOLLOW)
        chart.legend[wording.word("column.planned", lang)] = line
    kinds = claims["qualifier"].map(_KINDS).fillna("exact")
    for kind, look in _MARKS.items():
        part = claims[kinds == kind]
        if len(part):
            at = [y[code] for code in part["project_code"]]
            xs = part["value"].astype(float).tolist()
            edge: dict[str, Any] = {"markeredgecolor": "white", "markeredgewidth": 0.6, "zorder": 4}
            (line,) = axes.plot(xs, at, linestyle="none", clip_on=False, **edge, **look)
            chart.legend[wording.word(f"charts.stated_participants.{kind}", lang)] = line
    ranges = claims[claims["value_high"].notna()]
    for code, low, high in zip(
        ranges["project_code"], ranges["value"], ranges["value_high"], strict=True
    ):
        axes.plot([float(low), float(high)], [y[code]] * 2, color=style.REALISED, linewidth=1.6)
    for place in chart.y:
        axes.axhline(place, color=style.LINE, linewidth=0.5, zorder=0)
    ends = [*planned["planned"], *claims["value"], *ranges["value_high"], 1]
    largest = max(0.0, *(float(x) for x in ends))
    chart.fit([(float(np.log1p(largest)), 6.0, 10.0), (0.0, 8.0, 8.0)])
    low, high = (float(np.expm1(x)) for x in axes.get_xlim())
    axes.set_xscale("function", functions=(np.log1p, np.expm1))
    axes.set_xlim(low, high)
    _ticks(chart, [tick for tick in _TICKS if tick <= high])


def _ticks(chart: Chart, ticks: list[int]) -> None:
    """Number the scale, leaving out what would meet its neighbour."""
    unit = chart.width / float(np.diff(np.log1p(chart.ax.get_xlim()))[0])
    kept: list[int] = []
    free = -np.inf
    for tick in ticks:
        half = style.width_of(wording.number(tick, chart.lang)) / 2 + 3
        middle = float(np.log1p(tick)) * unit
        if middle - half >= free:
            kept.append(tick)
            free = middle + half
    chart.ax.set_xticks(kept, [wording.number(tick, chart.lang) for tick in kept])
    chart.ax.minorticks_off()
    chart.ax.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
    chart.ax.set_axisbelow(True)


def _facts(every: pd.DataFrame, first: pd.DataFrame) -> dict[str, Fact]:
    """The largest number stated, and in how many projects it is above the planned one."""
    if not len(first):
        return {}
    planned = every.set_index("project_code")["planned"]
    both = planned.reindex(first.index).dropna()
    # At most so many is not more than planned.
    stated = first["value"].where(~first["qualifier"].isin(["under", "up_to"]))
    code: Any = first["value"].astype(float).idxmax()
    return {
        "both": len(both),
        "above": int((stated.loc[both.index] > both).sum()),
        "project": str(code),
        "largest": partial(_written, first.loc[code]),
        "planned": partial(wording.number, planned[code]),
    }
