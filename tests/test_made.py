"""Statistics tables know how they were made and whether they still are so."""

import gc
import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from test_population import portfolio

from esrdata import Population, UsageError, charts, stats
from esrdata.knowledge import load
from esrdata.stats.made import portfolio_by


def table() -> pd.DataFrame:
    """Three rows: no fund, EAKR and ESR."""
    return stats.planned_and_realised(portfolio(), by="fund")


def through_parquet(table: pd.DataFrame) -> pd.DataFrame:
    file = io.BytesIO()
    table.to_parquet(file)
    return pd.read_parquet(file)


def swapped(table: pd.DataFrame) -> pd.DataFrame:
    assert table["n"].tolist() == [1, 8, 1]
    return table.assign(n=table["n"].iloc[[1, 0, 2]].to_numpy())


def with_value(table: pd.DataFrame, column: str, value: Any) -> pd.DataFrame:
    changed = table.copy()
    changed.loc[0, column] = value
    return changed


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda t: t, "intact"),
        (pd.DataFrame.copy, "intact"),
        (through_parquet, "intact"),
        (lambda t: t.sort_values("planned", ascending=False), "intact"),
        (lambda t: t.sort_values("n").reset_index(drop=True), "intact"),
        (lambda t: t[["fund", "n"]], "intact"),
        (lambda t: t[t.columns[::-1]], "intact"),
        (lambda t: t.assign(group="x"), "intact"),
        (lambda t: t.astype({"n": float}), "intact"),
        (lambda t: t[t["fund"] == "ESR"], "filtered"),
        (lambda t: t.dropna(), "filtered"),
        (lambda t: t.head(2), "filtered"),
        (lambda t: through_parquet(t.head(2)), "filtered"),
        (lambda t: t.iloc[:0], "filtered"),
        (lambda t: with_value(t, "n", 99), "changed"),
        (lambda t: with_value(t, "fund", "JTF"), "changed"),
        (lambda t: with_value(t, "realised", None), "changed"),
        (lambda t: t.round({"planned": -3}), "changed"),
        (swapped, "changed"),
        (lambda t: t.iloc[[0, 0, 1]], "changed"),
        (lambda t: t.iloc[[0, 1, 2, 2]], "changed"),
        (lambda t: with_value(t, "n", 99)[["fund", "n"]], "changed"),
        (lambda t: with_value(t.head(2), "n", 99), "changed"),
        (lambda t: t.iloc[[0, 0]], "changed"),
        (
            lambda t: t.groupby("n", as_index=False).sum(numeric_only=True).assign(fund="ESR"),
            "changed",
        ),
        (lambda t: pd.DataFrame(t.to_dict("list")), "unknown"),
    ],
)
def test_what_became_of_a_table(change: Callable[[pd.DataFrame], pd.DataFrame], state: str) -> None:
    assert stats.state(change(table())) == state


def test_a_changed_copy_leaves_the_table_as_it_was() -> None:
    made = table()
    with_value(made, "n", 99)
    assert stats.state(made) == "intact"


def test_the_call_is_kept_and_makes_the_same_table_again() -> None:
    found = portfolio()
    asked = Population("ended", periods=("2007-2013",))
    made = stats.absorption(found, ["fund"], population=asked)
    call = made.attrs["call"]
    assert call["statistic"] == "absorption"
    assert call["arguments"] == {"by": ["fund"], "population": asked.as_json()}
    assert call["not_kept"] == []
    assert stats.portfolio_of(made) is found
    assert stats.portfolio_of(through_parquet(made)) is found
    assert portfolio_by(call["portfolios"]["portfolio"]) is found
    again = stats.absorption(found, "fund", population=Population.from_json(asked.as_json()))
    pd.testing.assert_frame_equal(again, made)
    # One portfolio has one token, another portfolio another.
    assert again.attrs["call"]["portfolios"] == call["portfolios"]
    other = portfolio()
    assert stats.ratios(other).attrs["call"]["portfolios"] != call["portfolios"]


def test_a_portfolio_that_is_gone_is_not_another() -> None:
    made = stats.absorption(portfolio())
    gc.collect()
    with pytest.raises(UsageError, match="not in memory"):
        stats.portfolio_of(made)
    with pytest.raises(UsageError, match="not in memory"):
        stats.portfolio_of(pd.DataFrame())


def test_several_portfolios_and_tables_are_told_apart() -> None:
    one, other = portfolio(), portfolio()
    made = stats.amendments(one, after=other)
    assert stats.portfolio_of(made, "before") is one
    assert stats.portfolio_of(made, "after") is other


@pytest.mark.parametrize("lang", load.LANGUAGES)
def test_a_chart_says_whom_it_is_about_and_what_was_done_to_the_table(lang: str) -> None:
    def caption(table: pd.DataFrame) -> str:
        ax = charts.planned_and_realised(table, lang=lang)
        return " ".join(" ".join(t.get_text() for t in ax.texts).replace("\u00a0", " ").split())

    everybody = {
        "fi": "Hankkeita ei ole rajattu ehdoilla.",
        "sv": "Inga urvalsvillkor har använts.",
        "en": "No selection criteria were applied to the projects.",
    }[lang]
    rows = {
        "fi": "Kuviossa on 2 laskelman 3 rivistä.",
        "sv": "Av beräkningens 3 rader visar figuren 2.",
        "en": "The figure shows 2 of the 3 rows computed.",
    }[lang]
    changed = {"fi": "on muutettu", "sv": "har ändrats", "en": "was changed"}[lang]
    unknown = {"fi": "ei selviä", "sv": "framgår inte", "en": "does not tell"}[lang]
    whole, part, other = (caption(t) for t in (table(), table().head(2), swapped(table())))
    assert everybody in whole
    assert rows not in whole
    assert rows in part
    assert changed not in part
    assert changed in other
    assert unknown not in whole + part + other
    # A table put together again has lost what it knew of itself.
    assert unknown in caption(pd.DataFrame(table().to_dict("list")))


def test_a_fingerprint_costs_next_to_nothing() -> None:
    import time

    from esrdata.stats.made import _fingerprint

    rows = pd.DataFrame({"code": [f"S{i}" for i in range(20_000)], "sum": range(20_000)})
    start = time.process_time()
    _fingerprint(rows)
    assert time.process_time() - start < 1
