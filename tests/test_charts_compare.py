"""Charts of comparisons, effects, peers and indicators: by structure, never by pixels."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from test_charts import LANGUAGES, labels, plain, texts
from test_compare import HIGH, LOW, counting, portfolio

import esrdata
from esrdata import UsageError, stats
from esrdata.present import charts

mpl.use("agg")

LONG = "Itä-Suomen kuntoutus- ja työllisyyspalveluyhdistysten yhteistoimintakuntayhtymä ry"
EIGHT = portfolio([float(i % 13) for i in range(80)], name=[f"{i % 8} {LONG}" for i in range(80)])
TWO = portfolio(
    [float(i % 11) for i in range(40)], programme_period=["2007-2013", "2014-2020"] * 20
)


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


DRAWN: dict[str, Callable[..., Axes]] = {
    "groups": lambda **k: charts.compare_groups(groups(), **k),
    "associations": lambda **k: charts.associations(associated(), **k),
    "peers": lambda **k: charts.peers(placed(), **k),
    "indicators": lambda **k: charts.indicators(counted(), **k),
}  # fmt: skip
every_chart = pytest.mark.parametrize("name", DRAWN)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


@every_language
@every_chart
def test_texts_stand_in_the_figure_and_on_no_other(name: str, lang: str) -> None:
    ax = DRAWN[name](lang=lang)
    figure = ax.get_figure()
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(ax)]
    for text, box in boxes:
        assert min(box.x0, box.y0) >= -0.5, text
        assert box.x1 <= figure.bbox.width + 0.5, text
        assert box.y1 <= figure.bbox.height + 0.5, text
    for (one, first), (other, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert min(wide, high) <= 1.5, (one, other)
    assert figure.get_size_inches()[1] <= 24.7 / 2.54
    # What stands for those who cannot see it has all its facts.
    assert not re.search(r"[{}]", charts.alt_text(ax, lang))


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


def test_effects_stand_strongest_first_at_their_places() -> None:
    ax = charts.compare_groups(groups(), lang="en")
    assert labels(ax)[0] == "B – C"
    lines = [
        line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 2.2
    ]
    assert [tuple(line.get_xdata()) for line in lines] == [(-0.8, -0.3), (-0.2, 0.4)]
    assert "< 0.001" in plain(ax)
    assert "not known" in plain(charts.associations(associated(), lang="en"))


def test_a_figure_without_a_place_is_not_known() -> None:
    ax = charts.peers(placed(), lang="fi")
    shown = plain(ax)
    assert shown.count("ei tietoa") == 1
    assert "91 %" in shown
    dots = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert dots == [90.0, 37.5]


def test_indicators_are_realised_in_planned() -> None:
    ax = charts.indicators(counted(), lang="en")
    # 6 × 1,000 planned and 6 × 900 realised in one period; of the other only 6 × 40 planned.
    shown = plain(ax)
    assert "6,000 240" in shown
    wide = [bar.get_width() for bar in ax.patches]
    assert wide == pytest.approx([1, 0.9, 0.04])
