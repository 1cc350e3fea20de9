"""Charts of effects, peers and indicators: by structure, never by pixels."""

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from test_charts_second import bars, texts
from test_compare import HIGH, LOW, counting, portfolio

import esrdata
from esrdata import UsageError, stats
from esrdata.present import charts

mpl.use("agg")

LONG = "Itä-Suomen kuntoutus- ja työllisyyspalveluyhdistysten yhteistoimintakuntayhtymä ry"


def effects(names: list[str], **column: list[Any]) -> pd.DataFrame:
    """A table of one estimate a row, with its interval."""
    return pd.DataFrame(column).astype(dict.fromkeys(names, "Float64"))


def groups() -> pd.DataFrame:
    figures = ["cliffs_delta", "delta_low", "delta_high", "p_holm"]
    table = effects(
        figures,
        group_a=[LONG, "B"], group_b=["B", "C"], n_a=[8, 9], n_b=[9, 1200],
        cliffs_delta=[0.1, -0.6], delta_low=[-0.2, -0.8], delta_high=[0.4, -0.3],
        p_holm=[0.5, 0.0002],
    )  # fmt: skip
    table.attrs = {"value": "duration_days", "by": "applicant"}
    return table


def associated() -> pd.DataFrame:
    return effects(
        ["rho", "low", "high"],
        x=["duration_days", "partner_count"], y=["public_total_planned"] * 2, n=[40, 3],
        rho=[0.5, None], low=[0.2, None], high=[0.7, None],
    )  # fmt: skip


def placed() -> pd.DataFrame:
    table = effects(
        ["value", "percentile", "median"],
        measure=["public_total_planned", "public_total_absorption", "partner_count"],
        value=[1_234_567.0, 0.913, None], n=[9, 9, 0],
        percentile=[90.0, 37.5, None], median=[350_000.0, 0.97, None],
    )  # fmt: skip
    table.attrs = {"project_code": "S1", "n_peers": 9}
    return table


def counted() -> pd.DataFrame:
    found = portfolio([1.0] * 12, programme_period=["2007-2013", "2014-2020"] * 6)
    return stats.indicators(counting(found, [(1000, 900), (40, None)] * 6), by="programme_period")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_a_table_that_is_not_whole_is_refused() -> None:
    table = esrdata.compare({"low": LOW, "high": HIGH})
    with pytest.raises(UsageError, match="changed since"):
        charts.compare(table[table["side"] == "low"])
    running = portfolio([1.0], "C", status_code=["running"])
    empty = esrdata.compare({"c": running, "d": portfolio([1.0], "D", status_code=["running"])})
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.compare(empty)
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.associations(associated().tail(1))
    with pytest.raises(UsageError, match="nothing is drawn"):
        charts.peers(placed().tail(1))
    with pytest.raises(UsageError, match="is not whole"):
        charts.compare_groups(groups().assign(value=1).rename_axis("x").pipe(_without_attrs))


def _without_attrs(table: pd.DataFrame) -> pd.DataFrame:
    table.attrs = {}
    return table


def dots(ax: Axes) -> list[float]:
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]


def test_effects_stand_strongest_first_at_their_places() -> None:
    ax = charts.compare_groups(groups(), lang="en")
    shown = texts(ax)
    # Each of a pair has a line of its own.
    assert shown.index("C") == shown.index("B –") + 1
    assert shown.index("B –") < shown.index(next(t for t in shown if t.startswith("Itä-Suomen")))
    # From −1 to 1 in 2.6 cm, beginning at 6.3.
    assert dots(ax) == pytest.approx([6.3 + 1.3 * 0.4, 6.3 + 1.3 * 1.1])
    ends = [tuple(line.get_xdata()) for line in ax.lines if line.get_linewidth() == 3.2]
    wanted = [(6.3 + 1.3 * 0.2, 6.3 + 1.3 * 0.7), (6.3 + 1.3 * 0.8, 6.3 + 1.3 * 1.4)]
    assert [x for pair in ends for x in pair] == pytest.approx([x for pair in wanted for x in pair])
    assert "< 0.001" in shown
    assert "−0.80 … −0.30" in shown
    assert "not known" in texts(charts.associations(associated(), lang="en"))


def test_a_title_tells_of_a_difference_only_where_chance_is_left_out() -> None:
    def title(table: pd.DataFrame, lang: str = "fi") -> str:
        return charts.words(charts.compare_groups(table), lang).title

    assert title(groups()) == "Suurin ero: B – C, Cliffin delta −0,60"
    # The interval leaves zero out, but chance makes such differences among so many pairs.
    unsure = groups().assign(p_holm=[0.5, 0.2])
    unsure.attrs = groups().attrs
    assert title(unsure, "en").startswith("Differences between groups: ")
    same = groups().iloc[:1]
    wanted = "Sökande: grupperna skiljer sig inte åt mer än vad slumpen kan ge upphov till"
    assert title(same, "sv") == wanted
    # The interval covers zero, and yet chance seldom makes such a difference.
    rare = same.assign(p_holm=0.03)
    rare.attrs = same.attrs
    assert title(rare, "en").startswith("Differences between groups: ")


def test_a_title_names_the_strongest_correlation() -> None:
    ax = charts.associations(associated())
    pair = "Kesto – Suunniteltu julkinen rahoitus yhteensä"
    assert charts.words(ax, "fi").title == f"Vahvin järjestyskorrelaatio: {pair}, 0,50"
    wide = associated().assign(low=pd.array([-0.2, None], dtype="Float64"))
    # The second pair is not known, so it is not said that chance could produce all of them.
    assert charts.words(charts.associations(wide), "en").title == "Rank correlations of figures"
    assert "could produce" in charts.words(charts.associations(wide.iloc[:1]), "en").title


def test_a_figure_without_a_place_has_no_dot() -> None:
    ax = charts.peers(placed(), lang="fi")
    shown = texts(ax)
    assert "91,3 %" in shown
    # Percentiles are drawn from 6 to 10 cm.
    assert dots(ax) == pytest.approx([6 + 4 * 0.9, 6 + 4 * 0.375])
    # Neither the place, the value nor the median of the last is known.
    assert shown.count("–") == 3
    assert charts.words(ax, "fi").title == (
        "Hanke S1 verrokkiensa joukossa: Suunniteltu julkinen rahoitus yhteensä, persentiili 90"
    )
    few = placed().assign(n=[5, 5, 0])
    few.attrs = placed().attrs
    assert charts.words(charts.peers(few), "sv").title == "Projektet S1 och liknande projekt"


def test_indicators_are_realised_in_planned_of_the_same_projects() -> None:
    ax = charts.indicators(counted(), lang="en")
    shown = " | ".join(texts(ax))
    # 6 × 1,000 planned and 6 × 900 realised in one period; of the other only 6 × 40 planned.
    assert "| 6,000 | 5,400 | 90 | 6 |" in shown
    assert "| 240 | – | – | 6 |" in shown
    # The longest bar has 4.05 cm.
    pale, dark = bars(ax, "pale")[1:], bars(ax, "dark")[1:]
    assert [bar.get_width() for bar in pale] == pytest.approx([4.05, 4.05 * 0.04])
    assert [bar.get_width() for bar in dark] == pytest.approx([4.05 * 0.9])


def test_a_title_tells_the_indicator_that_most_projects_have() -> None:
    whole = stats.indicators(counting(portfolio([1.0] * 3), [(10, 9), (20, 30), (5, 1)]))
    title = charts.words(charts.indicators(whole), "fi").title
    assert (
        title == "Osallistuvien henkilöiden lukumäärä: suunniteltu 35, toteutunut 40 (3 hanketta)"
    )
    two = stats.indicators(counting(portfolio([1.0] * 2), [(10, 9), (20, 30)]))
    assert charts.words(charts.indicators(two), "en").title == "Planned and actual indicators"
