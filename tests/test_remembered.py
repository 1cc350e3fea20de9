"""Statistics asked for twice while a report is made are computed once, and are the same."""

from importlib import import_module

import pandas as pd
import pytest
from test_stats_trace import portfolio as portfolio

from esrdata import Population, Portfolio, stats
from esrdata.stats.population import within
from esrdata.stats.remembered import forget, remembering
from esrdata.stats.traced_table import traced_table
from esrdata.tables.kept import once
from esrdata.tables.population import stated_sums


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever the sums of absorption are looked up."""
    module = import_module("esrdata.stats.absorption")
    times: list[int] = []
    looked_up = module.stated_sums

    def counted(*args: object) -> object:
        times.append(1)
        return looked_up(*args)

    monkeypatch.setattr(module, "stated_sums", counted)
    return times


def test_a_statistic_is_computed_once_while_it_is_remembered(
    portfolio: Portfolio, computed: list[int]
) -> None:
    stats.absorption(portfolio, by="priority_axis")
    once = len(computed)
    assert once > 0
    with remembering():
        first = stats.absorption(portfolio, by="priority_axis")
        again = stats.absorption(portfolio, by="priority_axis")
        assert len(computed) == 2 * once
        traced_table(again, list(again))
        assert len(computed) == 2 * once
        stats.absorption(portfolio)
        assert len(computed) == 3 * once
    stats.absorption(portfolio, by="priority_axis")
    assert len(computed) == 4 * once
    pd.testing.assert_frame_equal(first, again)
    assert first.attrs == again.attrs


def test_what_is_remembered_is_not_changed_by_who_was_given_it(portfolio: Portfolio) -> None:
    with remembering():
        first = stats.planned_and_realised(portfolio, by="priority_axis")
        first.loc[0, "planned"] = 1.0
        first.attrs["exclusions"].clear()
        again = stats.planned_and_realised(portfolio, by="priority_axis")
    fresh = stats.planned_and_realised(portfolio, by="priority_axis")
    # Those of axis 1 that state both sums: 100.25 + 200 + 300.
    assert again.loc[0, "planned"] == 600.25
    pd.testing.assert_frame_equal(again, fresh)
    assert again.attrs == fresh.attrs


@pytest.mark.parametrize("statistic", ["absorption", "planned_and_realised"])
def test_what_is_remembered_leads_to_the_same_projects(
    portfolio: Portfolio, statistic: str
) -> None:
    table = getattr(stats, statistic)(portfolio, by="priority_axis")
    fresh = traced_table(table, list(table))
    with remembering():
        kept = getattr(stats, statistic)(portfolio, by="priority_axis")
        for _ in range(2):
            pd.testing.assert_frame_equal(traced_table(kept, list(kept)), fresh)
    assert len(fresh)


def test_what_was_not_recorded_is_computed_again_for_who_stands_behind_it(
    portfolio: Portfolio, computed: list[int]
) -> None:
    table = stats.absorption(portfolio, by="priority_axis")
    fresh, once = traced_table(table, list(table)), len(computed) // 2
    with remembering(recorded=False):
        kept = stats.absorption(portfolio, by="priority_axis")
        stats.absorption(portfolio, by="priority_axis")
        assert len(computed) == 3 * once
        for _ in range(2):
            pd.testing.assert_frame_equal(traced_table(kept, list(kept)), fresh)
            assert len(computed) == 4 * once
        assert stats.absorption(portfolio, by="priority_axis").attrs == kept.attrs
        assert len(computed) == 4 * once
    assert len(fresh)


def test_what_is_let_go_is_made_again_and_the_rest_is_not(
    portfolio: Portfolio, computed: list[int]
) -> None:
    made: list[str] = []

    def make(name: str) -> str:
        return once([portfolio], (name, 1), lambda: made.append(name) or name)

    with remembering():
        stats.absorption(portfolio)
        looked_up = len(computed)
        assert (make("evidence"), make("other")) == ("evidence", "other")
        forget(but="evidence")
        assert (make("evidence"), make("other")) == ("evidence", "other")
        assert made == ["evidence", "other", "other"]
        stats.absorption(portfolio)
        assert len(computed) == 2 * looked_up


def test_a_portfolio_is_narrowed_to_a_population_once(portfolio: Portfolio) -> None:
    asked = Population(periods=("2014-2020",))
    with remembering():
        first, out = within(portfolio, asked)
        out.clear()
        again, left_out = within(portfolio, asked)
        assert first is again
        # What one asker does to the reasons is not the other's.
        assert left_out
        assert first is not portfolio
    assert within(portfolio, asked)[0] is not first


def test_sums_are_looked_up_once_for_the_same_tables(portfolio: Portfolio) -> None:
    asked = ("public_total", "planned")
    with remembering():
        first = stated_sums(portfolio.tables, *asked)
        assert stated_sums(portfolio.tables, *asked) is first
        assert stated_sums(portfolio.tables, "public_total", "realised") is not first
        without = {**portfolio.tables, "funding": portfolio.funding.iloc[:0]}
        assert stated_sums(without, *asked)[0].isna().all()
        assert first[0].notna().any()
    assert stated_sums(portfolio.tables, *asked) is not first
