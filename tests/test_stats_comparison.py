"""Groups compared and figures put together; worked out by hand or taken from the books."""

import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest

from esrdata import Portfolio, UsageError
from esrdata.stats import associations, compare_groups, comparison
from esrdata.tables import columns

TABLES = ("projects", "funding", "indicators", "sustainability", "locations", "partners")


def portfolio(**rows: list[dict]) -> Portfolio:
    """A portfolio of these rows."""
    names = (*TABLES, "provenance")
    return Portfolio({n: columns.frame(n, rows.get(n, [])) for n in names}, Path.cwd())


def funded(*groups: list[float | None], **figures: list) -> Portfolio:
    """Projects of axis 1, 2 and so on, with their planned public funding."""
    members = [(axis, v) for axis, values in enumerate(groups, start=1) for v in values]
    return portfolio(
        projects=[
            {"project_code": f"S{i}", "priority_axis": axis} for i, (axis, _) in enumerate(members)
        ],
        funding=[sum_of(i, "public_total", v) for i, (_, v) in enumerate(members)],
        **figures,
    )


def sum_of(i: int, measure: str, amount: float | None) -> dict:
    return {
        "project_code": f"S{i}",
        "measure": measure,
        "stage": "planned",
        "amount_eur": amount,
    }


def compared(found: Portfolio, min_n: int = 5, **more) -> pd.DataFrame:
    return compare_groups(found, "public_total_planned", "priority_axis", min_n=min_n, **more)


# Hogarty & Kromrey (1999), "Using SAS to Calculate Tests of Cliff's Delta".
TREATED = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50]
CONTROL = [10, 20, 30, 40, 40, 50]


def test_two_groups_as_in_the_literature() -> None:
    table = compared(funded(TREATED, CONTROL))
    (row,) = table.to_dict("records")
    assert (row["group_a"], row["group_b"], row["n_a"], row["n_b"]) == (1, 2, 10, 6)
    # Medians: (20 + 30) / 2 and (30 + 40) / 2.
    assert (row["median_a"], row["median_b"]) == (25, 35)
    assert row["cliffs_delta"] == pytest.approx(-0.25)
    # delta = 2 U / (10 · 6) − 1
    assert row["u"] == pytest.approx(22.5)
    # The interval that the R package effsize prints for these data (unbiased, Student's t). By
    # hand: squares of the rows 2.40278 and of the columns 2.235 (variances 0.26698 and 0.447), of
    # all pairs 45.25; variance (36 · 2.40278 + 100 · 2.235 − 45.25) / (60 · 9 · 5) = 0.098056.
    assert row["delta_low"] == pytest.approx(-0.7265846, abs=1e-7)
    assert row["delta_high"] == pytest.approx(0.3890062, abs=1e-7)
    assert row["p_holm"] == row["p"]
    said = table.attrs
    assert (said["test"], said["df"], said["epsilon_squared"]) == ("Mann–Whitney U", None, None)
    assert (said["statistic"], said["p"], said["n"]) == (row["u"], row["p"], 16)


def test_p_of_tied_groups_is_normal_and_corrected() -> None:
    (row,) = compared(funded(TREATED, CONTROL)).to_dict("records")
    # Ties of 3, 4, 4, 3, 2 among 16: 24 + 60 + 60 + 24 + 6 = 174.
    # Variance 10 · 6 / 12 · (17 − 174 / (16 · 15)) = 81.375; z = (|22.5 − 30| − 0.5) / 9.02081
    z = 7 / math.sqrt(81.375)
    assert row["p"] == pytest.approx(math.erfc(z / math.sqrt(2)))


def test_groups_apart_have_an_exact_p_and_a_limit() -> None:
    (row,) = compared(funded([1, 2, 3], [4, 5, 6]), 3).to_dict("records")
    # Two of the 20 ways to choose 3 of 6 are as far apart.
    assert row["p"] == pytest.approx(0.1)
    assert (row["u"], row["cliffs_delta"], row["delta_low"]) == (0, -1, -1)
    # t of 4 degrees of freedom is 2.776445, squared 7.708648; −(3 − 7.7086) / (3 + 7.7086)
    assert row["delta_high"] == pytest.approx(0.439705, abs=1e-6)
    (row,) = compared(funded([4, 5, 6], [1, 2, 3]), 3).to_dict("records")
    assert (row["u"], row["cliffs_delta"], row["delta_high"]) == (9, 1, 1)
    assert row["delta_low"] == pytest.approx(-0.439705, abs=1e-6)


def test_three_groups() -> None:
    table = compared(funded([1, 2, 3], [4, 5, 6], [7, 8, 9]), 3)
    said = table.attrs
    # Sums of ranks 6, 15, 24: 12 / (9 · 10) · (36 + 225 + 576) / 3 − 3 · 10 = 7.2
    assert (said["test"], said["df"], said["n"]) == ("Kruskal–Wallis", 2, 9)
    assert said["statistic"] == pytest.approx(7.2)
    # Chi squared of 2 degrees of freedom: exp(−7.2 / 2)
    assert said["p"] == pytest.approx(math.exp(-3.6))
    # 7.2 · 10 / (81 − 1)
    assert said["epsilon_squared"] == pytest.approx(0.9)
    pairs = list(zip(table["group_a"], table["group_b"], strict=True))
    assert pairs == [(1, 2), (1, 3), (2, 3)]
    assert list(table["p"]) == pytest.approx([0.1] * 3)
    assert list(table["p_holm"]) == pytest.approx([0.3] * 3)
    assert said["groups"] == [
        {"group": 1, "n": 3, "median": 2.0},
        {"group": 2, "n": 3, "median": 5.0},
        {"group": 3, "n": 3, "median": 8.0},
    ]
    assert (said["share_tied"], said["heaping"]) == (0, None)
    assert "No value equals another." in said["method"]
    assert "does not tell of a cause" in said["method"]


def test_ties_and_heaping_are_corrected_and_told() -> None:
    table = compared(funded([1, 1], [1, 2], [2, 2], [None, 2]), 2)
    said = table.attrs
    # Mean ranks 2 and 5, sums 4, 7, 10: 12 / 42 · 165 / 2 − 21 = 2.571429, divided by the
    # correction 1 − 2 · (27 − 3) / (216 − 6) = 0.771429: 10 / 3
    assert said["statistic"] == pytest.approx(10 / 3)
    assert said["p"] == pytest.approx(math.exp(-5 / 3))
    assert said["epsilon_squared"] == pytest.approx(10 / 3 * 7 / 35)
    assert said["share_tied"] == 1
    assert said["heaping"] == {"value": 1.0, "share": 0.5}
    assert "100% of the values equal another one, and the commonest, 1, is 50%" in said["method"]
    assert said["left_out"] == [{"group": 4, "n": 1}]
    assert said["exclusions"][-2:] == [
        {"reason": "The public_total_planned is missing.", "n": 1},
        {"reason": "The group has fewer than 2 values.", "n": 1},
    ]


def test_two_groups_of_one_value_beside_another_do_not_differ() -> None:
    table = compared(funded([1, 1], [1, 1], [2, 3]), 2)
    row = table.iloc[0]
    assert (row["p"], row["cliffs_delta"], row["u"]) == (1, 0, 2)
    # The least variance, 1 / (4 − 1); t of 2 degrees of freedom is 4.302653.
    # 4.302653 · √(1/3) / √(1 + 18.512820 / 3)
    assert row["delta_high"] == pytest.approx(0.927658, abs=1e-6)
    assert row["delta_low"] == -row["delta_high"]
    assert not table.isna().any(axis=None)


def test_holm_steps_down_and_never_back() -> None:
    # 0.005 · 4, 0.01 · 3, 0.03 · 2, and 0.04 · 1, which may not be less than the one before.
    p = pd.Series([0.01, 0.04, 0.03, 0.005]).to_numpy()
    assert list(comparison._holm(p)) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert list(comparison._holm(pd.Series([0.6, 0.7]).to_numpy())) == [1, 1]


def test_without_pairs_the_overall_test_is_the_same() -> None:
    found = funded([1, 2, 3], [4, 5, 6], [7, 8, 9])
    table = compared(found, 3, pairs=False)
    assert len(table) == 0
    assert list(table) == list(compared(found, 3))
    assert table.attrs["statistic"] == pytest.approx(7.2)
    assert "Cliff" not in table.attrs["method"]
    assert len(compared(funded([1, 2, 3], [4, 5, 6]), 3, pairs=False)) == 1


def test_every_project_is_compared_or_accounted_for() -> None:
    regions = [["Kainuu"], ["Kainuu"], ["Kainuu"], ["Lappi"], ["Lappi"], ["Lappi", "Kainuu"]]
    regions += [["Uusimaa"], [], ["Lappi"]]
    found = funded(
        # The eighth has neither a region nor a sum, and is counted once.
        [1, 2, None, 4, 5, 6, 7, None, 9],
        locations=[
            {"project_code": f"S{i}", "level": "region", "name": name}
            for i, names in enumerate(regions)
            for name in names
        ],
    )
    table = compare_groups(found, "public_total_planned", "region", min_n=2)
    assert list(table["group_a"]) + list(table["group_b"]) == ["Kainuu", "Lappi"]
    assert (table["n_a"][0], table["n_b"][0]) == (2, 3)
    assert str(table["group_a"].dtype) == "string"
    counted = {row["reason"]: row["n"] for row in table.attrs["exclusions"]}
    assert counted == {
        "The project is of several regions.": 1,
        "The project has no region.": 1,
        "What is counted does not apply to the project.": 0,
        "The public_total_planned is missing.": 1,
        "The group has fewer than 2 values.": 1,
    }
    assert sum(counted.values()) + table.attrs["n"] == 9
    assert "Projects of several regions are left out." in table.attrs["method"]


def people(i: int, total: int, applicable: bool) -> list[dict]:
    row = {"project_code": f"S{i}", "indicator": "participants", "applicable": applicable}
    return [{**row, "stage": stage, "total": total} for stage in ("planned", "realised")]


def test_participants_that_do_not_apply_are_no_zero() -> None:
    counts = [(10, True), (20, True), (0, False), (30, True), (0, True)]
    rows = [row for i, (total, does) in enumerate(counts) for row in people(i, total, does)]
    found = funded([1, 1, 1], [1, 2], indicators=rows)
    table = compare_groups(found, "participants_planned", "priority_axis", min_n=2)
    assert list(table["n_a"]) == [2]
    # Of 10 and 20 against 30 and the true zero: two below, two above.
    assert list(table["cliffs_delta"]) == [0]
    reason = "What is counted does not apply to the project."
    assert {"reason": reason, "n": 1} in table.attrs["exclusions"]
    # Its funding is compared all the same.
    table = compared(found, 2)
    assert list(table["n_a"]) == [3]
    assert {"reason": reason, "n": 0} in table.attrs["exclusions"]


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (
            [[1, 2], [3]],
            r"two groups with at least 2 values each; groups with as many: 1 \(.* n = 2, 1",
        ),
        ([[1, 2, 3]], r"groups with as many: 1 \(the largest have n = 3"),
        ([[None, None]], r"groups with as many: 0 \(the largest have n = 0"),
        ([], r"groups with as many: 0 \(the largest have n = 0"),
        ([[7, 7], [7, 7]], "All 4 values of public_total_planned are 7, so nothing"),
    ],
)
def test_what_cannot_be_compared_gives_no_rows_and_says_why(groups: list, message: str) -> None:
    table = compared(funded(*groups), 2)
    assert len(table) == 0
    assert re.search(message, table.attrs["why_empty"])
    assert table.attrs["n"] == 0
    assert table.attrs["p"] is None
    # Each project is accounted for.
    assert sum(row["n"] for row in table.attrs["exclusions"]) == sum(map(len, groups))


@pytest.mark.parametrize(
    ("value", "by", "min_n", "message"),
    [
        ("duration", "fund", 5, "no figure 'duration'; the nearest is 'duration_days'"),
        ("priority_axis", "fund", 5, "no figure 'priority_axis'"),
        ("duration_days", "fnd", 5, "no group 'fnd'; the nearest is 'fund'"),
        ("duration_days", ["fund", "form"], 5, "compared by one name"),
        ("duration_days", "fund", 1, "min_n, is 2 or more, not 1"),
    ],
)
def test_wrong_names_are_told(value: str, by: str, min_n: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compare_groups(funded([1, 2]), value, by, min_n=min_n)


def test_what_a_comparison_says_is_json() -> None:
    found = portfolio(
        projects=[
            {"project_code": f"S{i}", "start_date": pd.Timestamp(2015 + i // 2, 1, 1).date()}
            for i in range(4)
        ],
        funding=[sum_of(i, "public_total", i) for i in range(4)],
    )
    table = compare_groups(found, "public_total_planned", "start_date", min_n=2)
    assert [row["group"] for row in table.attrs["groups"]] == ["2015-01-01", "2016-01-01"]
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    assert table["group_a"].dtype == found.projects["start_date"].dtype


# The example of ci.spear in Bonett's R package statpsych.
Y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19]
X = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51]


def two_figures(x: list[float | None], y: list[float | None]) -> Portfolio:
    """Projects with EU and state funding x and public funding y."""
    sums = [sum_of(i, "eu_and_state", v) for i, v in enumerate(x)]
    sums += [sum_of(i, "public_total", v) for i, v in enumerate(y)]
    return portfolio(projects=[{"project_code": f"S{i}"} for i in range(len(x))], funding=sums)


ONE, OTHER = "eu_and_state_planned", "public_total_planned"


def test_an_association_as_in_the_literature() -> None:
    table = associations(two_figures([*X, 5, None], [*Y, None, 7]), ONE, OTHER)
    (row,) = table.to_dict("records")
    assert (row["x"], row["y"], row["n"]) == (ONE, OTHER, 15)
    assert row["rho"] == pytest.approx(0.8699639, abs=1e-7)
    assert row["low"] == pytest.approx(0.5840951, abs=1e-7)
    assert row["high"] == pytest.approx(0.9638297, abs=1e-7)
    assert 0 < row["p"] < 0.001
    assert table.attrs["refused"] == []
    assert table.attrs["exclusions"] == [
        {"reason": f"The {ONE} is missing or does not apply.", "n": 1},
        {"reason": f"The {OTHER} is missing or does not apply.", "n": 1},
    ]
    assert "does not tell of a cause" in table.attrs["method"]


def test_every_pair_comes_once_and_refusals_are_told() -> None:
    found = two_figures([1, 2, 3, 4], [5, 5, 5, 5])
    table = associations(found, [ONE, OTHER], [OTHER, ONE, "duration_days"], min_n=4)
    pairs = [(ONE, OTHER), (ONE, "duration_days"), (OTHER, "duration_days")]
    assert list(zip(table["x"], table["y"], strict=True)) == pairs
    assert list(table["n"]) == [4, 0, 0]
    assert table[["rho", "low", "high", "p"]].isna().all(axis=None)
    assert [row["reason"] for row in table.attrs["refused"]] == [
        f"The {OTHER} is the same in all 4 projects.",
        f"Only 0 projects have both {ONE} and duration_days; at least 4 are needed.",
        f"Only 0 projects have both {OTHER} and duration_days; at least 4 are needed.",
    ]
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        **dict.fromkeys(("x", "y"), "string"),
        "n": "Int64",
        **dict.fromkeys(("rho", "low", "high", "p"), "Float64"),
    }


def test_opposite_orders_have_no_interval() -> None:
    table = associations(two_figures([1, 2, 3, 4, 5], [9, 8, 7, 6, 5]), ONE, OTHER, min_n=5)
    assert table["rho"][0] == pytest.approx(-1)
    assert table[["low", "high"]].isna().all(axis=None)
    assert "no interval" in table.attrs["refused"][0]["reason"]


@pytest.mark.parametrize(
    ("x", "y", "min_n", "message"),
    [
        (ONE, ONE, 4, "two different figures"),
        ([], OTHER, 4, "two different figures"),
        (ONE, "public_totl_planned", 4, "the nearest is 'public_total_planned'"),
        (ONE, OTHER, 3, "min_n, is 4 or more, not 3"),
    ],
)
def test_associations_that_cannot_be_told(x: str, y: str, min_n: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        associations(two_figures([1, 2, 3, 4], [5, 6, 7, 8]), x, y, min_n=min_n)


def test_too_few_projects_have_no_association() -> None:
    table = associations(two_figures([1, 2, 3, 4], [5, 6, 7, 8]), ONE, OTHER)
    assert table["n"].tolist() == [4]
    assert table["rho"].isna().all()
    reason = f"Only 4 projects have both {ONE} and {OTHER}; at least 10 are needed."
    assert table.attrs["refused"][0]["reason"] == reason
