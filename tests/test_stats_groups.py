"""Groups of projects: which, in what order, what is said of them; worked out by hand."""

import datetime as dt
import itertools
import json
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import esrdata.stats
from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.stats import groups
from esrdata.tables import columns


def portfolio(
    projects: list[dict],
    *,
    sums: dict[str, float | None] | None = None,
    places: list[tuple[str, str, str]] = (),
) -> Portfolio:
    """Projects with their planned public funding and their places."""
    funding = [
        {"project_code": code, "measure": measure, "stage": stage, "amount_eur": amount}
        for code, amount in (sums or {}).items()
        # Another measure and stage, which are not to be taken.
        for measure, stage, amount in (
            ("eu_and_state", "planned", 1.0),
            ("public_total", "planned", amount),
            ("public_total", "realised", 2.0),
        )
    ]
    locations = [{"project_code": c, "level": level, "name": name} for c, level, name in places]
    tables = {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", locations),
    }
    return Portfolio(tables, Path.cwd())


def projects(**column: list) -> list[dict]:
    """Projects S1, S2 and so on, with one column filled."""
    ((name, values),) = column.items()
    return [{"project_code": f"S{i}", name: value} for i, value in enumerate(values, start=1)]


def listed(table: pd.DataFrame) -> list[tuple]:
    """Rows with None for a missing cell."""
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in table.itertuples(index=False, name=None)
    ]


TWO_REGIONS = portfolio(
    projects(priority_axis=[5, 3, 5, None]),
    places=[
        ("S1", "region", "Uusimaa"),
        ("S2", "region", "Uusimaa"),
        ("S2", "region", "Kainuu"),
        ("S2", "municipality", "Kajaani"),
        ("S1", "country", "Valtakunnallinen"),
        ("S3", "country", "Valtakunnallinen"),
    ],
)


def test_a_column_of_projects() -> None:
    table = groups.keys(TWO_REGIONS, "priority_axis")
    assert listed(table) == [("S2", 3), ("S1", 5), ("S3", 5), ("S4", None)]
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        "project_code": "string",
        "priority_axis": "Int64",
    }
    assert table.attrs == {"rule": "full_count", "n_several": 0, "exclusions": [], "method": ""}


def test_a_project_of_several_regions_is_once_in_each() -> None:
    table = groups.keys(TWO_REGIONS, "region")
    assert listed(table) == [
        ("S2", "Kainuu"),
        ("S1", "Uusimaa"),
        ("S2", "Uusimaa"),
        ("S3", None),
        ("S4", None),
    ]
    assert str(table["region"].dtype) == "string"
    assert table.attrs["n_several"] == 1
    assert table.attrs["exclusions"] == []
    assert table.attrs["method"] == (
        "A project of several regions is counted in full in each of them, so the groups can add up "
        "to more than the whole. Projects of several regions: 1. "
        "Projects of the whole country, which have no region: 1."
    )


def test_equal_split_gives_every_project_the_weight_of_one() -> None:
    table = groups.keys(TWO_REGIONS, "region", rule="equal_split")
    assert list(table["weight"]) == [0.5, 1, 0.5, 1, 1]
    assert str(table["weight"].dtype) == "Float64"
    assert list(groups.keys(TWO_REGIONS, "region")) == ["project_code", "region"]


def test_leaving_out_is_told() -> None:
    table = groups.keys(TWO_REGIONS, "region", rule="leave_out")
    assert listed(table) == [("S1", "Uusimaa"), ("S3", None), ("S4", None)]
    assert table.attrs["exclusions"] == [{"reason": "The project is of several regions.", "n": 1}]


def test_several_names() -> None:
    table = groups.keys(TWO_REGIONS, ["region", "priority_axis"])
    assert list(table) == ["project_code", "region", "priority_axis"]
    assert listed(table) == [
        ("S2", "Kainuu", 3),
        ("S2", "Uusimaa", 3),
        ("S1", "Uusimaa", 5),
        ("S3", None, 5),
        ("S4", None, None),
    ]


def test_the_first_name_decides_first() -> None:
    found = portfolio(
        projects(priority_axis=[1, 2]),
        places=[("S1", "region", "Uusimaa"), ("S2", "region", "Kainuu")],
    )
    table = groups.keys(found, ("region", "priority_axis"))
    assert listed(table) == [("S2", "Kainuu", 2), ("S1", "Uusimaa", 1)]
    table = groups.keys(found, ("priority_axis", "region"))
    assert listed(table) == [("S1", 1, "Uusimaa"), ("S2", 2, "Kainuu")]


def test_only_some_projects() -> None:
    table = groups.keys(TWO_REGIONS, "region", among=["S1", "S4", "S9"])
    assert listed(table) == [("S1", "Uusimaa"), ("S4", None)]
    assert table.attrs["n_several"] == 0
    assert "whole country, which have no region: 0." in table.attrs["method"]


def test_spellings_of_a_region_are_one_region() -> None:
    found = portfolio(
        projects(name=["A", "B", "C"]),
        places=[
            ("S1", "region", "Birkaland"),
            ("S1", "region", "pirkanmaa"),
            ("S2", "region", "Pirkanmaa"),
            ("S3", "region", "Atlantis"),
        ],
    )
    table = groups.keys(found, "region")
    assert listed(table) == [("S3", "Atlantis"), ("S1", "Pirkanmaa"), ("S2", "Pirkanmaa")]
    assert table.attrs["n_several"] == 0


def test_start_year() -> None:
    days = [dt.date(2016, 1, 1), None, dt.date(2015, 12, 31)]
    table = groups.keys(portfolio(projects(start_date=days)), "start_year")
    assert listed(table) == [("S3", 2015), ("S1", 2016), ("S2", None)]
    assert str(table["start_year"].dtype) == "Int64"


def test_a_band_begins_at_its_lower_bound_and_ends_before_its_upper() -> None:
    sums = {
        "S1": 1_000_000,
        "S2": None,
        "S3": 49_999.99,
        "S4": 50_000,
        "S5": 99_999.5,
        "S6": 100_000,
        "S7": 999_999,
        "S8": 0,
        "S9": 499_999,
    }
    table = groups.keys(portfolio(projects(name=["x"] * 10), sums=sums), "size_band")
    assert listed(table) == [
        ("S3", "under_50000"),
        ("S8", "under_50000"),
        ("S4", "from_50000"),
        ("S5", "from_50000"),
        ("S6", "from_100000"),
        ("S9", "from_250000"),
        ("S7", "from_500000"),
        ("S1", "from_1000000"),
        ("S2", None),
        ("S10", None),
    ]
    assert str(table["size_band"].dtype) == "string"
    assert "planned public funding" in table.attrs["method"]


def test_bands_on_the_shelf_leave_no_gap() -> None:
    bands = load.codes("size_bands")
    assert len(bands) == 6
    assert (bands[0]["lower"], bands[-1]["upper"]) == ("", "")
    for band, after in itertools.pairwise(bands):
        assert band["upper"] == after["lower"]
    bounds = [int(band["upper"]) for band in bands[:-1]]
    assert bounds == sorted(set(bounds))


@pytest.mark.parametrize(
    ("column", "values", "order"),
    [
        ("specific_objective", ["10.1", "9.2", "10.10", "10.2", "9"], "5 2 1 4 3"),
        ("applicant", ["Öljy", "Zeta", "Åbo", "Äiti", "zulu", "Abo"], "6 2 5 3 4 1"),
        ("applicant", ["Müller", "Muller", "Mur", "Mäki", "Mzz"], "2 1 3 5 4"),
        ("programme_period", ["2014-2020", "2007-2013"], "2 1"),
        ("priority_axis", [10, 9, None, 1], "4 2 1 3"),
        ("end_date", [dt.date(2020, 1, 1), None, dt.date(2019, 12, 31)], "3 1 2"),
        ("city", [None, None], "1 2"),
    ],
)
def test_the_order_of_groups(column: str, values: list, order: str) -> None:
    table = groups.keys(portfolio(projects(**{column: values})), column)
    assert list(table["project_code"]) == [f"S{place}" for place in order.split()]


def test_rows_group_in_their_order_with_the_missing_key_last() -> None:
    table = groups.keys(TWO_REGIONS, ["priority_axis", "region"])
    sizes = table.groupby(["priority_axis", "region"], sort=False, dropna=False).size()
    assert list(sizes) == [1, 1, 1, 1, 1]
    sizes = table.groupby("priority_axis", sort=False, dropna=False).size()
    assert list(sizes) == [2, 2, 1]
    assert pd.isna(sizes.index[-1])


def test_a_group_may_be_the_project_itself() -> None:
    assert listed(groups.keys(TWO_REGIONS, "project_code")) == [("S1",), ("S2",), ("S3",), ("S4",)]


def test_no_projects_have_no_groups() -> None:
    table = groups.keys(portfolio([]), ["region", "size_band", "start_year"])
    assert list(table) == ["project_code", "region", "size_band", "start_year"]
    assert len(table) == 0


@pytest.mark.parametrize("by", ["regoin", ["priority_axis", "regoin"]])
def test_an_unknown_group_is_told_with_the_nearest(by: str | list[str]) -> None:
    with pytest.raises(UsageError, match="no group 'regoin'; the nearest is 'region'"):
        groups.keys(TWO_REGIONS, by)


@pytest.mark.parametrize("by", [[], ["region", "region"]])
def test_groups_are_named_once_each(by: list[str]) -> None:
    with pytest.raises(UsageError, match="Group by one name or several different ones"):
        groups.keys(TWO_REGIONS, by)


def test_a_number_is_no_group() -> None:
    with pytest.raises(UsageError, match="no group '5'"):
        groups.keys(TWO_REGIONS, 5)  # type: ignore[arg-type]


def test_an_unknown_rule_is_told() -> None:
    with pytest.raises(UsageError, match="no rule 'full'; the nearest is 'full_count'"):
        groups.keys(TWO_REGIONS, "region", rule="full")


def test_the_portfolio_stays_as_it_was() -> None:
    before = {name: table.copy() for name, table in TWO_REGIONS.tables.items()}
    for rule in groups.RULES:
        groups.keys(TWO_REGIONS, ["region", "start_year", "size_band"], rule=rule)
    for name, table in TWO_REGIONS.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_parquet_keeps_what_a_table_says_of_itself(tmp_path: Path) -> None:
    table = groups.annotate(
        pd.DataFrame({"n": [1]}),
        title="Counts",
        population="Projects: 1.",
        exclusions={"No end date.": pd.Series([2]).sum()},
        method="Counted.",
        only_before=["S1"],
    )
    said = {
        "title": "Counts",
        "population": "Projects: 1.",
        "exclusions": [{"reason": "No end date.", "n": 2}],
        "method": "Counted.",
        "only_before": ["S1"],
    }
    assert table.attrs == said
    assert json.loads(json.dumps(table.attrs)) == said
    table.to_parquet(tmp_path / "t.parquet")
    assert pd.read_parquet(tmp_path / "t.parquet").attrs == said


def test_what_json_does_not_know_is_not_said() -> None:
    with pytest.raises(TypeError):
        groups.annotate(
            pd.DataFrame(), title="", population="", exclusions={}, method="", codes={"S1"}
        )


def test_a_statistic_is_a_function_whatever_was_imported_before() -> None:
    module = import_module("esrdata.stats.amendments")
    assert esrdata.stats.amendments is module.amendments
    for name in esrdata.stats.__all__:
        assert callable(getattr(esrdata.stats, name))
    with pytest.raises(AttributeError, match="no attribute 'amendment'"):
        _ = esrdata.stats.amendment
