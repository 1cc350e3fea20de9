"""Projects by place and by time, worked out by hand."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.stats import amendments, locations_summary, status_by_year, timeline
from esrdata.tables import columns

TABLES = ("projects", "funding", "indicators", "sustainability", "locations", "partners")


def portfolio(
    projects: list[dict],
    sums: dict[tuple[str, str], float | None] | None = None,
    places: list[tuple[str, str, str]] = (),
) -> Portfolio:
    """Projects, their public funding by code and stage, and their places."""
    tables = {
        "projects": projects,
        "funding": [
            {"project_code": code, "measure": "public_total", "stage": stage, "amount_eur": amount}
            for (code, stage), amount in (sums or {}).items()
        ],
        "locations": [{"project_code": c, "level": level, "name": n} for c, level, n in places],
    }
    names = (*TABLES, "provenance")
    return Portfolio({n: columns.frame(n, tables.get(n, [])) for n in names}, Path.cwd())


def by_name(table: pd.DataFrame, column: str) -> dict:
    """Cells of a column by the name of the place, those of the regions without projects left out.

    The whole country is None.
    """
    met = table[(table["n"] > 0) | table["name"].isna()]
    return {
        None if pd.isna(name) else name: None if pd.isna(cell) else cell
        for name, cell in zip(met["name"], met[column], strict=True)
    }


def exclusions(table: pd.DataFrame) -> list[int]:
    return [row["n"] for row in table.attrs["exclusions"]]


# S1 in two regions, S2 in one and the whole country, S3 in the whole country only, S4 in a
# municipality only, S5 nowhere, as in lists.
PLACED = portfolio(
    [{"project_code": f"S{i}"} for i in range(1, 6)],
    {
        ("S1", "planned"): 100,
        ("S1", "realised"): 80,
        ("S2", "planned"): 10,
        ("S3", "planned"): 7,
        ("S3", "realised"): 0,
        ("S5", "planned"): 1000,
    },
    [
        ("S1", "region", "Kainuu"),
        ("S1", "region", "Birkaland"),
        ("S1", "municipality", "Kajaani"),
        ("S2", "region", "Kainuu"),
        ("S2", "country", "Valtakunnallinen"),
        ("S3", "country", "Valtakunnallinen"),
        ("S4", "municipality", "Äänekoski"),
        # Of no project here.
        ("S9", "region", "Uusimaa"),
        ("S9", "municipality", "Utsjoki"),
    ],
)


def test_full_count() -> None:
    table = locations_summary(PLACED)
    assert by_name(table, "n") == {"Kainuu": 2, "Pirkanmaa": 1, None: 1}
    assert by_name(table, "n_several") == {"Kainuu": 1, "Pirkanmaa": 1, None: 0}
    assert by_name(table, "planned") == {"Kainuu": 110, "Pirkanmaa": 100, None: 7}
    assert by_name(table, "n_planned") == {"Kainuu": 2, "Pirkanmaa": 1, None: 1}
    # The realised sum of S2 is missing, that of S3 is zero.
    assert by_name(table, "realised") == {"Kainuu": 80, "Pirkanmaa": 80, None: 0}
    assert by_name(table, "n_realised") == {"Kainuu": 1, "Pirkanmaa": 1, None: 1}
    assert by_name(table, "nuts3") == {"Kainuu": "FI1D4", "Pirkanmaa": "FI197", None: None}
    # Kainuu has 100 and 10; what a project of two regions has is whole in both.
    assert by_name(table, "median_planned") == {"Kainuu": 55, "Pirkanmaa": 100, None: 7}
    # S1, S2 and S3 have 100, 10 and 7; S4 has no sum and S5 no place.
    assert table.attrs["whole"] == {"n": 4, "planned": 117, "median_planned": 10}
    # S5 has no place, S4 none of this level.
    assert exclusions(table) == [1, 1, 0]
    assert table.attrs["population"] == "Projects with a place: 4 of 5."
    assert table.attrs["n_several"] == 1
    assert "counted in full" in table.attrs["method"]
    assert set(table["rule"]) == {"full_count"}
    assert json.loads(json.dumps(table.attrs)) == table.attrs


def test_equal_split() -> None:
    table = locations_summary(PLACED, rule="equal_split")
    # S1 is halved: Kainuu 50 + 10.
    assert by_name(table, "n") == {"Kainuu": 1.5, "Pirkanmaa": 0.5, None: 1}
    assert by_name(table, "planned") == {"Kainuu": 60, "Pirkanmaa": 50, None: 7}
    assert by_name(table, "realised") == {"Kainuu": 40, "Pirkanmaa": 40, None: 0}
    assert by_name(table, "n_realised") == {"Kainuu": 0.5, "Pirkanmaa": 0.5, None: 1}
    assert by_name(table, "median_planned") == {"Kainuu": 55, "Pirkanmaa": 100, None: 7}
    assert table["n"].sum() == 3
    assert table["planned"].sum() == 117


def test_leave_out() -> None:
    table = locations_summary(PLACED, rule="leave_out")
    assert by_name(table, "n") == {"Kainuu": 1, None: 1}
    # Nobody told what was realised in Kainuu: missing, not zero.
    assert by_name(table, "realised") == {"Kainuu": None, None: 0}
    assert by_name(table, "n_several") == {"Kainuu": 0, None: 0}
    assert exclusions(table) == [1, 1, 1]
    assert "several regions: 1" in table.attrs["method"]


def test_all_regions_are_there_in_finnish_order() -> None:
    table = locations_summary(PLACED)
    regions = table[table["level"] == "region"]
    assert set(regions["name"]) == {row["label_fi"] for row in load.codes("regions")}
    assert len(table) == 20
    assert regions["name"].iloc[0] == "Ahvenanmaa"
    assert list(regions["name"])[-3:] == ["Satakunta", "Uusimaa", "Varsinais-Suomi"]
    assert table["level"].iloc[-1] == "country"
    empty = regions[regions["name"] == "Uusimaa"].iloc[0]
    assert (empty["n"], empty["n_planned"], empty["n_several"]) == (0, 0, 0)
    assert pd.isna(empty["planned"])
    assert regions["nuts3"].notna().all()
    kinds = {name: str(dtype) for name, dtype in table.dtypes.items()}
    assert kinds == {
        **dict.fromkeys(("rule", "level", "name", "nuts3"), "string"),
        **dict.fromkeys(("n", "planned", "n_planned", "realised", "n_realised"), "Float64"),
        "median_planned": "Float64",
        "n_several": "Int64",
    }


def test_municipalities() -> None:
    table = locations_summary(PLACED, "municipality")
    assert list(table["name"].dropna()) == ["Kajaani", "Äänekoski"]
    # S2 and S3 are of the whole country and name no municipality.
    assert by_name(table, "n") == {"Kajaani": 1, "Äänekoski": 1, None: 2}
    assert by_name(table, "planned") == {"Kajaani": 100, "Äänekoski": None, None: 17}
    assert exclusions(table) == [1, 0, 0]
    assert table["nuts3"].isna().all()


def test_spellings_of_a_municipality_are_one() -> None:
    names = ("Espoo", "Esbo", "ESPOO", "Joensuu", "Mallila")
    places = [(f"S{i}", "municipality", name) for i, name in enumerate(names)]
    # One project that names it twice counts once.
    found = portfolio(
        [{"project_code": f"S{i}"} for i in range(5)], {}, [*places, ("S0", *places[1][1:])]
    )
    table = locations_summary(found, "municipality")
    assert by_name(table, "n") == {"Espoo": 3, "Joensuu": 1, "Mallila": 1, None: 0}
    assert list(found.select(municipality="Esbo").projects["project_code"]) == ["S0", "S1", "S2"]
    assert list(found.select(municipality="Mallila").projects["project_code"]) == ["S4"]


def test_a_region_that_is_not_on_the_shelf_is_shown_without_its_code() -> None:
    table = locations_summary(portfolio([{"project_code": "S1"}], {}, [("S1", "region", "Narnia")]))
    assert by_name(table, "n") == {"Narnia": 1, None: 0}
    assert table.loc[table["name"] == "Narnia", "nuts3"].isna().all()
    assert len(table) == 21


@pytest.mark.parametrize("n", [0, 3])
def test_lists_have_no_places(n: int) -> None:
    table = locations_summary(portfolio([{"project_code": f"S{i}"} for i in range(n)]))
    assert len(table) == 0
    assert list(table) == list(locations_summary(PLACED))
    assert exclusions(table) == [n, 0, 0]
    assert str(table["n"].dtype) == "Float64"


def test_unknown_levels_and_rules_are_told() -> None:
    with pytest.raises(UsageError, match="no level 'regions'; the nearest is 'region'"):
        locations_summary(PLACED, "regions")
    with pytest.raises(UsageError, match="no rule 'split'; the nearest is 'equal_split'"):
        locations_summary(PLACED, rule="split")


def dated(*rows: tuple) -> list[dict]:
    """Projects S1, S2 and so on with start, end and status."""
    return [
        {
            "project_code": f"S{i}",
            "name": f"Hanke {i}",
            "priority_axis": i,
            "start_date": start and dt.date.fromisoformat(start),
            "end_date": end and dt.date.fromisoformat(end),
            "status_code": status,
        }
        for i, (start, end, status) in enumerate(rows, start=1)
    ]


ROWS = [
    ("2016-05-01", "2017-04-30", "ended"),
    ("2015-12-31", "2018-01-01", "running"),
    ("2016-05-01", "2016-05-01", None),
    (None, "2017-01-01", "ended"),
    ("2017-01-02", "2017-01-01", "ended"),
    ("2020-01-01", "2020-12-31", "interrupted"),
    ("2016-01-01", None, "running"),
]


def test_the_timeline() -> None:
    table = timeline(portfolio(dated(*ROWS)))
    assert list(table["project_code"]) == ["S2", "S3", "S1", "S6"]
    # 31.12.2015–1.1.2018: 1 + 366 + 365 + 1; one day; a year; a leap year.
    assert list(table["duration_days"]) == [733, 1, 365, 366]
    assert list(table["priority_axis"]) == [2, 3, 1, 6]
    assert table["status_code"].isna().sum() == 1
    assert exclusions(table) == [2, 1]
    assert table.attrs["population"] == "Projects with a first and a last day: 4."
    assert "end_before" not in table
    assert str(table["duration_days"].dtype) == "Int64"
    assert str(table["end_date"].dtype).startswith("datetime64")


def test_the_timeline_with_former_ends() -> None:
    before = portfolio(dated(("2016-05-01", "2016-12-31", "running"), (None, None, "running")))
    after = portfolio(dated(*ROWS))
    table = timeline(after, amended=amendments(before, after))
    ends = table.set_index("project_code")["end_before"]
    assert ends["S1"] == pd.Timestamp("2016-12-31")
    assert ends.notna().sum() == 1
    assert table.attrs["exclusions"][-1] == {
        "reason": "The former last day is not known.",
        "n": 3,
    }
    with pytest.raises(UsageError, match="a row per project"):
        timeline(after, amended=amendments(before, after, "priority_axis"))


def test_years() -> None:
    sums = {("S1", "planned"): 100, ("S2", "planned"): 50, ("S6", "planned"): None}
    table = status_by_year(portfolio(dated(*ROWS), {**sums, ("S4", "planned"): 9}))
    columns_ = ["n_running", "n_started", "n_ended"]
    assert list(table["year"]) == [2015, 2016, 2017, 2018, 2019, 2020]
    # S2 runs from 2015 to 2018 by a day at either end, S1 in 2016 and 2017, S3 in 2016.
    assert table[columns_].to_numpy().tolist() == [
        [1, 1, 0],
        [3, 2, 1],
        [2, 0, 1],
        [1, 0, 1],
        [0, 0, 0],
        [1, 1, 1],
    ]
    assert list(table["n_started_running"]) == [1, 0, 0, 0, 0, 0]
    assert list(table["n_started_ended"]) == [0, 1, 0, 0, 0, 0]
    assert list(table["n_started_interrupted"]) == [0, 0, 0, 0, 0, 1]
    assert list(table["n_started_without_status"]) == [0, 1, 0, 0, 0, 0]
    # S3 and S6 state no sum: 2016 has that of S1 alone, 2020 none, which is not zero.
    planned = [None if pd.isna(cell) else cell for cell in table["planned_started"]]
    assert planned == [50, 100, None, None, None, None]
    assert list(table["n_planned_started"]) == [1, 1, 0, 0, 0, 0]
    assert exclusions(table) == [2, 1, 2]
    kinds = {str(dtype) for name, dtype in table.dtypes.items() if name != "planned_started"}
    assert kinds == {"Int64"}
    assert str(table["planned_started"].dtype) == "Float64"


@pytest.mark.parametrize("rows", [[], [(None, None, "ended")]])
def test_without_days_there_are_no_years(rows: list) -> None:
    found = portfolio(dated(*rows))
    table = status_by_year(found)
    assert len(table) == len(timeline(found)) == 0
    assert str(table["year"].dtype) == "Int64"
    assert str(table["planned_started"].dtype) == "Float64"
    assert exclusions(table) == [len(rows), 0, 0]


def test_the_portfolio_stays_as_it_was() -> None:
    found = portfolio(dated(*ROWS))
    before = {name: table.copy() for name, table in found.tables.items()}
    for action in (locations_summary, timeline, status_by_year):
        action(found)
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, before[name])
