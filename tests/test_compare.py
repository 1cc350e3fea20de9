"""Portfolios and groups side by side, and the intervals of their differences; by hand."""

import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import esrdata
from esrdata import Population, Portfolio, UsageError, stats
from esrdata.stats import difference, differences, facts
from esrdata.tables import columns


def portfolio(realised: list[float | None], first: str = "A", **column: list[Any]) -> Portfolio:
    """Projects A0, A1 and so on, ended unless given otherwise, each with a plan of ten euros."""
    size = range(len(realised))
    column = {"status_code": ["ended"] * len(realised), **column}
    regions = column.pop("region", [])
    projects = [
        {"project_code": f"{first}{i}", **{name: cells[i] for name, cells in column.items()}}
        for i in size
    ]
    funding = [
        {"project_code": f"{first}{i}", "measure": "public_total", "stage": stage}
        | {"amount_eur": amount, "qualifier": "exact"}
        for i in size
        for stage, amount in (("planned", 10.0), ("realised", realised[i]))
        if amount is not None
    ]
    places = [
        {"project_code": f"{first}{i}", "level": "region", "name": name}
        for i, names in enumerate(regions)
        for name in names
    ]
    names = ("indicators", "sustainability", "partners", "provenance", "horizontal")
    tables = {name: columns.frame(name, []) for name in names}
    tables |= {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", places),
    }
    return Portfolio(tables, Path.cwd())


LOW, HIGH = portfolio([1, 2, 3, 4, 5, 6]), portfolio([5, 6, 7, 8, 9, 10], "B")


def gaps(table: pd.DataFrame, *keys: str) -> dict[Any, tuple[Any, ...]]:
    """a, b, difference and its interval by figure, rounded; None where missing."""
    found = differences(table).set_index(list(keys or ("figure",)))
    names = ["a", "b", "difference", "difference_low", "difference_high"]
    return {
        key: tuple(None if pd.isna(cell) else round(cell, 6) for cell in row)
        for key, row in zip(found.index, found[names].itertuples(index=False), strict=True)
    }


def test_two_portfolios() -> None:
    table = esrdata.compare({"low": LOW, "high": HIGH})
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    assert list(table["side"]) == ["low", "high"]
    row = table.iloc[0]
    # 21 of 60 euros; ratios 0.1 to 0.6: all six for the interval of the median; quartiles a
    # quarter of five steps from the ends.
    assert (row["n"], row["n_excluded"], row["planned"], row["realised"]) == (6, 0, 60, 21)
    assert row["ratio_of_sums"] == pytest.approx(0.35)
    assert list(row[["median", "q1", "q3"]]) == pytest.approx([0.35, 0.225, 0.475])
    assert (row["median_low"], row["median_high"]) == (0.1, 0.6)
    assert (row["n_below_080"], row["n_above_100"]) == (6, 0)
    assert (row["share_below_080"], row["share_above_100"]) == (1, 0)
    assert pd.isna(row["mean"])
    # Six values have no interval of the difference of medians. Of the others 0.5, 0.6 and 0.7 are
    # below 0.80. Wilson's intervals of 6 and of 3 of 6: (0.609666, 1) and (0.187616, 0.812384).
    assert gaps(table) == {
        "planned": (60, 60, 0, None, None),
        "realised": (21, 45, -24, None, None),
        "ratio_of_sums": (0.35, 0.75, -0.4, None, None),
        "median": (0.35, 0.75, -0.4, None, None),
        "share_below_080": (1, 0.5, 0.5, 0.000056, 0.812384),
        "share_above_100": (0, 0, 0, -0.390334, 0.390334),
    }
    rules = differences(table).set_index("figure")["rule"]
    assert list(rules[["share_below_080", "share_above_100"]]) == ["newcombe"] * 2
    assert rules[["planned", "ratio_of_sums", "median"]].isna().all()


def test_medians_by_hand() -> None:
    # Of seven values all lie on one side of the median with 2 / 128 = 1.6 %, of ten the two
    # outermost with 2 · 11 / 1024 = 2.1 %: ranks 1 and 7, 2 and 9. 97.5 % is asked of each.
    seven, ten = np.arange(1.0, 8), np.arange(11.0, 21)
    assert difference.of_medians(seven, ten) == (1 - 19, 7 - 12)
    assert difference.of_medians(ten, seven) == (12 - 7, 19 - 1)
    assert difference.of_medians(seven[1:], ten) is None


def test_swapped_sides_change_signs_only() -> None:
    one = gaps(esrdata.compare({"low": LOW, "high": HIGH}))
    other = gaps(esrdata.compare({"high": HIGH, "low": LOW}))
    assert one.keys() == other.keys()
    for figure, (a, b, gap, low, high) in one.items():
        minus = [None if x is None else -x for x in (gap, high, low)]
        assert other[figure] == (b, a, *minus), figure


def test_newcombe_as_he_printed_it() -> None:
    # 56 of 70 and 48 of 80: Newcombe 1998, table II, method 10.
    a, b = np.arange(70) < 56, np.arange(80) < 48
    assert difference.of_shares(a, b) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_means_by_hand() -> None:
    # Variances of the means 30 · 100 / 29 / 30 on both sides; Student's t of 58 degrees of freedom
    # is 2.001717: 2.001717 · √(2 · 3.448276) = 5.2568.
    low, high = np.tile([40.0, 60.0], 15), np.tile([70.0, 90.0], 15)
    assert difference.of_means(low, high) == pytest.approx((-35.2568, -24.7432), abs=1e-4)
    assert difference.of_means(low[:29], high) is None
    # Values without spread have an interval without width.
    same = np.full(30, 2.0)
    assert difference.of_means(same, same + 1) == (-1, -1)


def test_the_same_projects_are_paired() -> None:
    # Changes 0.4, 0.1, 0.4, 0.2, 0.5, 0.6: median 0.4, of six values all make the interval.
    now = portfolio([5, 3, 7, 6, 10, 12])
    table = esrdata.compare({"now": now, "before": LOW})
    assert table.attrs["paired"]
    assert "The same projects are on both sides" in table.attrs["method"]
    found = gaps(table)
    assert found["median_change"] == (None, None, 0.4, 0.1, 0.6)
    # Medians of 0.5, 0.3, 0.7, 0.6, 1, 1.2 and of 0.1 to 0.6; their difference has no interval.
    assert found["median"] == (0.65, 0.35, 0.3, None, None)
    assert set(differences(table)["rule"].dropna()) == {"order_statistics", "newcombe_paired"}
    # Two of six are not below 0.80 now, all were: no margin of all, so no correlation.
    a, b = np.array([True] * 4 + [False] * 2), np.array([True] * 6)
    assert difference.of_paired_shares(a, b) == pytest.approx(difference.of_shares(a, b))


def test_mean_changes_of_thirty_projects() -> None:
    before = np.tile([40.0, 60.0], 15)
    # All rose by ten: there is nothing to be unsure of, whatever their spread.
    assert difference.of_paired_means(before + 10, before) == pytest.approx((10, 10))
    # Changes of 40 and of 60: variance of the mean 3.448276; t of 29 degrees is 2.045230.
    found = difference.of_paired_means(before, np.zeros(30))
    assert found == pytest.approx((50 - 3.79790, 50 + 3.79790), abs=1e-4)
    assert difference.of_paired_means(before[:29], before[:29]) is None


def test_a_project_counts_in_pairs_only_where_it_counts_on_both_sides() -> None:
    now = portfolio([5, 3, None, 6, 10, 12])
    table = esrdata.compare({"now": now, "before": LOW})
    assert list(table["n"]) == [5, 5]
    # Of the former side 0.3 of A2 is out: 0.1, 0.2, 0.4, 0.5, 0.6.
    assert list(table["median"]) == [0.6, 0.4]
    reasons = {part["reason"]: part["n"] for part in table.attrs["exclusions"]}
    assert reasons["The project does not count on the other side."] == 1


def test_portfolios_that_share_projects_are_compared_as_asked_for() -> None:
    whole = portfolio([1, 2, 3, 4, 5, 6, 7, 8])
    with pytest.raises(UsageError, match="both in mine and in all: 6"):
        esrdata.compare({"mine": LOW, "all": whole})
    apart = esrdata.compare({"mine": LOW, "all": whole}, overlap="apart")
    assert list(apart["n"]) == [6, 2]
    assert list(apart["median"]) == [0.35, 0.75]
    paired = esrdata.compare({"mine": LOW, "all": whole}, overlap="paired")
    assert list(paired["n"]) == [6, 6]
    assert gaps(paired)["median_change"] == (None, None, 0, 0, 0)
    with pytest.raises(UsageError, match="'part'; the nearest is 'apart'"):
        esrdata.compare({"mine": LOW, "all": whole}, overlap="part")
    with pytest.raises(UsageError, match="not for the groups of one"):
        esrdata.compare(whole, by="priority_axis", overlap="paired")


def test_groups_against_the_rest_and_against_each_other() -> None:
    axes = [1, 1, 2, 2, 3, 3, None]
    found = portfolio([1, 2, 3, 4, 5, 6, 7], priority_axis=axes)
    table = esrdata.compare(found, by="priority_axis")
    assert list(table["side"]) == ["1", "2", "3"]
    assert list(table["n"]) == [2, 2, 2]
    pairs = gaps(table, "figure", "side_a")
    # 0.1 and 0.2 against 0.3 to 0.6.
    assert pairs["median", "1"][:3] == (0.15, 0.45, -0.3)
    assert differences(table)["side_b"].isna().all()
    reasons = {part["reason"]: part["n"] for part in table.attrs["exclusions"]}
    assert reasons["The project has no priority_axis."] == 1
    each = differences(esrdata.compare(found, by="priority_axis", against="each"))
    sides = each.loc[each["figure"] == "median", ["side_a", "side_b"]].to_numpy().tolist()
    assert sides == [["1", "2"], ["1", "3"], ["2", "3"]]
    one = differences(esrdata.compare(found, by="priority_axis", against="2"))
    assert set(one["side_b"]) == {"2"}
    with pytest.raises(UsageError, match="no side '4'"):
        esrdata.compare(found, by="priority_axis", against="4")


def test_projects_of_several_regions_are_on_no_side() -> None:
    places = [["Kainuu"], ["Kainuu", "Lappi"], ["Lappi"]]
    table = esrdata.compare(portfolio([1, 2, 3], region=places), by="region")
    assert list(table["n"]) == [1, 1]


def test_axes_of_different_periods_are_not_compared() -> None:
    periods = ["2007-2013", "2014-2020"]
    found = portfolio([1, 2, 3, 4], priority_axis=[1, 2, 1, 2], programme_period=periods * 2)
    with pytest.raises(UsageError, match="another thing in another programme_period"):
        esrdata.compare(found, by="priority_axis")
    table = esrdata.compare(found, by=["programme_period", "priority_axis"])
    assert list(table["side"]) == ["2007-2013, 1", "2014-2020, 2"]


def counting(found: Portfolio, pairs: list[tuple[int | None, int | None]]) -> Portfolio:
    """The portfolio with participants, planned and realised."""
    codes = found.projects["project_code"]
    rows = [
        {"project_code": code, "indicator": "participants", "stage": stage}
        | {"total": number, "applicable": True}
        for code, pair in zip(codes, pairs, strict=True)
        for stage, number in zip(("planned", "realised"), pair, strict=True)
    ]
    tables = {**found.tables, "indicators": columns.frame("indicators", rows)}
    return Portfolio(tables, Path.cwd())


def test_a_list_without_participants_is_not_compared_in_them() -> None:
    described = counting(HIGH, [(10, 5)] * 6)
    with pytest.raises(UsageError, match="No project of list states participants"):
        esrdata.compare({"described": described, "list": LOW}, "participants")
    with pytest.raises(UsageError, match="No project of list states participants_planned"):
        esrdata.compare({"described": described, "list": LOW}, "participants_planned")


def test_an_indicator_has_planned_and_realised() -> None:
    pairs = [(10, 5), (20, 20), (0, 3), (None, 2), (4, 6), (10, 10)]
    table = esrdata.compare(
        {"a": counting(HIGH, pairs), "b": counting(LOW, [(10, 10)] * 6)}, "participants"
    )
    # A plan of zero and one that is missing have no ratio: 5 + 20 + 6 + 10 of 10 + 20 + 4 + 10.
    row = table.iloc[0]
    assert (row["n"], row["n_excluded"], row["planned"], row["realised"]) == (4, 2, 44, 41)
    assert row["median"] == 1
    reasons = {part["reason"]: part["n"] for part in table.attrs["exclusions"]}
    assert reasons["The planned number is zero."] == 1
    assert reasons["The planned number is missing."] == 1


def test_a_figure_has_a_mean_and_no_ratio() -> None:
    sides = {"low": LOW, "high": HIGH}
    table = esrdata.compare(sides, ["public_total_realised", "public_total"])
    row = table.iloc[1]
    # 5 to 10 euros.
    assert (row["measure"], row["side"], row["total"]) == ("public_total_realised", "high", 45)
    assert (row["mean"], row["median"], row["median_low"], row["median_high"]) == (7.5, 7.5, 5, 10)
    assert row[["planned", "ratio_of_sums", "n_below_080", "share_below_080"]].isna().all()
    assert set(differences(table).query("measure == 'public_total_realised'")["figure"]) == {
        "total", "mean", "median",
    }  # fmt: skip


def test_projects_that_reach_a_round_value() -> None:
    # The plans of all are ten euros; one project of the first side and three of the second get
    # 500 000 and more, and last three years.
    def made(first: str, plans: list[float], days: list[int]) -> Portfolio:
        ends = [pd.Timestamp("2009-01-01") + pd.Timedelta(days=n - 1) for n in days]
        found = portfolio([1.0] * len(plans), first, end_date=ends)
        tables = {name: table.copy() for name, table in found.tables.items()}
        tables["projects"]["start_date"] = pd.Timestamp("2009-01-01")
        planned = tables["funding"]["stage"] == "planned"
        tables["funding"].loc[planned, "amount_eur"] = plans
        return Portfolio(tables, Path.cwd())

    sides = {
        "a": made("A", [499_999.99, 500_000, 1, 2, 3, 4, 5, 6], [1094] * 8),
        "b": made("B", [500_000, 600_000, 700_000, 4, 5, 6], [1095] * 6),
    }
    table = esrdata.compare(sides, ["public_total_planned", "duration_days", "public_total"])
    shares = table.set_index(["measure", "side"])
    assert list(shares["n_at_least"].astype("Int64").fillna(-1)) == [1, 3, 0, 6, -1, -1]
    assert shares.loc[("public_total_planned", "a"), "share_at_least"] == 1 / 8
    # A plan of one euro was used in full.
    assert shares.loc[("public_total", "a"), "n_below_080"] == 7
    found = gaps(table, "measure", "figure")[("public_total_planned", "share_at_least")]
    assert found[:3] == (0.125, 0.5, -0.375)
    assert found[3] < -0.375 < found[4]
    assert table.attrs["figures"]["duration_days"]["mark"]["value"] == 1095


def test_the_share_discontinued_is_of_all_whose_status_is_known() -> None:
    # Three of six are discontinued; of the other side none of six, and two have no status.
    a = portfolio([1.0] * 6, status_code=["interrupted"] * 3 + ["ended", "ended", "running"])
    b = portfolio([1.0] * 8, "B", status_code=["ended"] * 6 + [None, None])
    table = esrdata.compare({"a": a, "b": b}, ["public_total", "discontinued"])
    rows = table[table["measure"] == "discontinued"]
    assert list(rows["n"]) == [6, 6]
    assert list(rows["n_excluded"]) == [0, 2]
    assert list(rows["n_at_least"]) == [3, 0]
    assert list(rows["share_at_least"]) == [0.5, 0]
    for name in ("median", "total", "planned", "n_below_080"):
        assert rows[name].isna().all()
    # Wilson's intervals of 3 and of none of 6: (0.187616, 0.812384) and (0, 0.390334).
    found = gaps(table, "measure", "figure")
    assert found[("discontinued", "share_at_least")] == (0.5, 0, 0.5, 0.000056, 0.812384)
    assert [key for key in found if key[0] == "discontinued"] == [
        ("discontinued", "share_at_least")
    ]
    # The other measure stays of ended projects, and what is not known is said.
    assert list(table.loc[table["measure"] == "public_total", "n"]) == [2, 6]
    assert {"reason": "discontinued: The status is missing.", "n": 2} in table.attrs["exclusions"]
    assert table.attrs["population_spec"]["statuses"] == ["ended"]
    assert table.attrs["figures"]["discontinued"]["population_spec"]["statuses"] is None
    # The three are traced to what their sources say of their status.
    place = int(rows.index[0])
    traced = stats.trace(table, place, "n_at_least")
    assert list(traced.loc[traced["used"], "project_code"]) == ["A0", "A1", "A2"]
    assert set(traced["field"]) == {"projects.status"}


def test_the_share_discontinued_within_a_population() -> None:
    states, funds = ["interrupted", "ended", "ended"], ["ESR", "ESR", "EAKR"]
    a = portfolio([1.0] * 3, status_code=states, fund=funds)
    b = portfolio([1.0] * 3, "B", fund=funds)

    def shares(population: Population | None) -> list[float]:
        table = esrdata.compare({"a": a, "b": b}, "discontinued", population=population)
        return list(table["share_at_least"])

    assert shares(Population(funds="ESR")) == [0.5, 0]
    # Who asks for ended projects by name gets these.
    assert shares(Population(statuses="ended")) == [0, 0]


def test_the_same_projects_can_be_discontinued_meanwhile() -> None:
    before = portfolio([1.0] * 6)
    now = portfolio([1.0] * 6, status_code=["interrupted"] * 2 + ["ended"] * 4)
    table = esrdata.compare({"now": now, "before": before}, "discontinued")
    assert gaps(table)["share_at_least"][:3] == (round(2 / 6, 6), 0, round(2 / 6, 6))


def test_a_side_without_any_status_is_refused() -> None:
    silent = portfolio([1.0], "B", status_code=[None])
    with pytest.raises(UsageError, match="No project of b states discontinued"):
        esrdata.compare({"a": LOW, "b": silent}, "discontinued")


def test_the_commonest_axis_of_each_side() -> None:
    told = {"programme_period": ["2007-2013"] * 4, "fund": ["ESR"] * 4}
    a = portfolio([1.0] * 4, priority_axis=["1", "1", "1", "2"], **told)
    tied = portfolio([1.0] * 4, "B", priority_axis=["1", "1", "2", "2"], **told)
    partly = portfolio([1.0] * 4, "C", priority_axis=["1", "1", "1", None], **told)
    axes = esrdata.compare({"a": a, "tied": tied, "partly": partly}).attrs["axes"]
    axis = {"programme_period": "2007-2013", "fund": "ESR", "priority_axis": "1"}
    assert axes == {"a": {**axis, "n": 3, "of": 4}}


def test_the_population_is_one_for_all() -> None:
    found = portfolio([1, 2, 3, 4], "C", status_code=["ended", "running", "running", None])
    table = esrdata.compare({"c": found, "low": LOW}, ["public_total", "public_total_realised"])
    assert list(table["n"]) == [1, 6, 1, 6]
    assert table.attrs["population_spec"]["statuses"] == ["ended"]
    # Without conditions it is about ended projects too; all are named.
    assert list(esrdata.compare({"c": found, "low": LOW}, population=Population())["n"]) == [1, 6]
    statuses = ("running", "ended", "interrupted", "missing")
    everyone = esrdata.compare({"c": found, "low": LOW}, population=Population(statuses))
    assert list(everyone["n"]) == [4, 6]


def test_a_side_of_which_nobody_counts_is_empty_and_says_why() -> None:
    running = portfolio([1, 2], "C", status_code=["running"] * 2)
    table = esrdata.compare({"c": running, "low": LOW})
    assert list(table["n"]) == [0, 6]
    assert pd.isna(table["median"][0])
    assert differences(table).empty
    assert table.attrs["intervals_missing"][0] == {
        "measure": "public_total",
        "group": "c",
        "reason": "An interval takes 6 values, and the group has 0.",
    }


@pytest.mark.parametrize(
    ("given", "more", "sentence"),
    [
        (LOW, {}, "One portfolio is compared by groups"),
        ({"a": LOW}, {}, "Give two or more portfolios"),
        ({"a": LOW, "b": HIGH}, {"by": "fund"}, "not both"),
        ({"a": LOW, "b": HIGH}, {"measure": "public_totle"}, "the nearest is 'public_total'"),
        ({"a": LOW, "b": HIGH}, {"measure": []}, "Give one measure"),
    ],
)
def test_what_cannot_be_compared_is_refused(given: Any, more: Any, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        esrdata.compare(given, **more)


def test_too_few_groups_are_an_empty_table_that_says_why() -> None:
    for table in (esrdata.compare(LOW, by="fund"), differences(esrdata.compare(LOW, by="fund"))):
        assert len(table) == 0
        assert table.attrs["why_empty"] == (
            "Comparing by fund takes two groups; the portfolio has 0."
        )
    silent = esrdata.compare({"a": LOW, "b": HIGH}, "participants")
    assert (len(silent), silent.attrs["why_empty"]) == (
        0, "No project states participants, so it is not compared."
    )  # fmt: skip


def test_differences_are_of_a_whole_comparison() -> None:
    table = esrdata.compare({"low": LOW, "high": HIGH})
    with pytest.raises(UsageError, match="changed since it was made"):
        differences(table[table["side"] == "low"])
    with pytest.raises(UsageError, match="has no differences"):
        differences(pd.DataFrame({"side": ["a"]}))


def test_two_groups_are_held_against_each_other() -> None:
    both = portfolio([1, 2], priority_axis=[1, 2])
    found = differences(esrdata.compare(both, by="priority_axis"))
    assert found[["side_a", "side_b"]].drop_duplicates().to_numpy().tolist() == [["1", "2"]]


def test_sums_differ_by_whole_cents() -> None:
    sides = {"a": portfolio([0.001, 0.004]), "b": portfolio([1.0], "B")}
    assert gaps(esrdata.compare(sides, measure="public_total_realised"))["total"][:3] == (0, 1, -1)


def test_figures_of_portfolios_that_are_gone_lead_nowhere() -> None:
    sides = {"low": portfolio([1, 2, 3]), "high": portfolio([4, 5, 6], "B")}
    table = esrdata.compare(sides)
    used = esrdata.stats.trace(table, 0, "planned")
    assert set(used["project_code"]) == {"A0", "A1", "A2"}
    del sides["high"], used
    gc.collect()
    with pytest.raises(UsageError, match="not in memory: make the table again"):
        esrdata.stats.trace(table, 0, "planned")


def test_the_reason_of_projects_to_which_a_figure_does_not_apply() -> None:
    # A project without the figure's row is neither: nothing is known of it.
    without = pd.Series([True, False, None], dtype="boolean")
    reason = facts.reason_of(without)
    assert reason.iloc[0] == "What is counted does not apply to the project."
    assert reason.isna().tolist() == [False, True, True]
