"""What changed between two portfolios; every answer worked out here by hand."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import esrdata
import esrdata.stats
from esrdata import Portfolio, UsageError
from esrdata.tables import columns

DTYPES = {
    "project_code": "string",
    "name": "string",
    "start_before": "datetime64[ns]",
    "start_after": "datetime64[ns]",
    "end_before": "datetime64[ns]",
    "end_after": "datetime64[ns]",
    "extension_days": "Int64",
    "grant_before": "Float64",
    "grant_after": "Float64",
    "grant_change": "Float64",
    "public_total_before": "Float64",
    "public_total_after": "Float64",
    "public_total_change": "Float64",
    "status_before": "string",
    "status_after": "string",
    "status_changed": "boolean",
    "amended": "boolean",
}
SUMMARY = [
    "n",
    "n_compared",
    "n_amended",
    "n_end",
    "n_extended",
    "n_shortened",
    "median_extension_days",
    "n_grant_raised",
    "n_grant_cut",
    "grant_before",
    "grant_after",
    "grant_change",
    "n_grant",
    "n_public_total_raised",
    "n_public_total_cut",
    "public_total_before",
    "public_total_after",
    "public_total_change",
    "n_public_total",
    "n_status",
    "n_status_changed",
    "n_ended",
    "n_interrupted",
]


def portfolio(*rows: dict, places: tuple[tuple[str, str], ...] = ()) -> Portfolio:
    """Projects with `grant` and `public` beside the columns of `projects`; dates in ISO form."""
    projects, funding = [], []
    for row in rows:
        sums = {"eu_and_state": row.get("grant"), "public_total": row.get("public")}
        for measure, amount in sums.items():
            where = {"project_code": row["project_code"], "measure": measure}
            # What was realised is no amendment.
            funding.append({**where, "stage": "realised", "amount_eur": float(len(funding))})
            funding.append({**where, "stage": "planned", "amount_eur": amount})
        rest = {name: cell for name, cell in row.items() if name not in ("grant", "public")}
        for name in ("start_date", "end_date"):
            if rest.get(name):
                rest[name] = dt.date.fromisoformat(rest[name])
        projects.append(rest)
    locations = [{"project_code": c, "level": "region", "name": name} for c, name in places]
    tables = {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", locations),
    }
    return Portfolio(tables, Path.cwd())


def project(code: str, end: str | None = None, **cells: object) -> dict:
    return {"project_code": code, "end_date": end, **cells}


def one(before: dict, after: dict) -> dict[str, object]:
    """The row of a project, its code filled in; missing is None."""
    table = esrdata.stats.amendments(
        portfolio({"project_code": "S1", **before}), portfolio({"project_code": "S1", **after})
    )
    assert len(table) == 1
    return {name: None if pd.isna(cell) else cell for name, cell in table.iloc[0].items()}


def rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {name: None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in table.to_dict("records")
    ]


def excluded(table: pd.DataFrame) -> dict[str, int]:
    return {entry["reason"]: entry["n"] for entry in table.attrs["exclusions"]}


def test_a_population_is_that_of_the_second_portfolio() -> None:
    before = portfolio(project("S1", fund="ESR"), project("S2", fund="ESR"), project("S3"))
    after = portfolio(project("S1", fund="ESR"), project("S2", fund="EAKR"))
    table = esrdata.stats.amendments(before, after, population=esrdata.Population(funds="ESR"))
    assert list(table["project_code"]) == ["S1"]
    assert excluded(table)["The fund is not among those selected."] == 1
    # S2 is left out, and S3 alone is gone.
    assert excluded(table)["The project is only in the first portfolio."] == 1
    assert table.attrs["only_before"] == ["S3"]


def test_the_project_of_the_forms() -> None:
    snapshot = project(
        "S20405",
        "2016-12-31",
        name="Asukaslähtöinen",
        start_date="2015-05-01",
        grant=46_434,
        status_code="running",
    )
    description = project(
        "S20405",
        "2017-06-30",
        name="Asukaslähtöinen hanke",
        start_date="2015-05-01",
        grant=46_434,
        public=57_634,
        status_code="ended",
    )
    table = esrdata.stats.amendments(portfolio(snapshot), portfolio(description))
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == DTYPES
    assert list(table) == list(DTYPES)
    day = pd.Timestamp
    assert rows(table) == [
        {
            "project_code": "S20405",
            "name": "Asukaslähtöinen hanke",
            "start_before": day(2015, 5, 1),
            "start_after": day(2015, 5, 1),
            "end_before": day(2016, 12, 31),
            "end_after": day(2017, 6, 30),
            # 31 + 28 + 31 + 30 + 31 + 30
            "extension_days": 181,
            "grant_before": 46_434,
            "grant_after": 46_434,
            "grant_change": 0,
            "public_total_before": None,
            "public_total_after": 57_634,
            "public_total_change": None,
            "status_before": "running",
            "status_after": "ended",
            "status_changed": True,
            "amended": True,
        }
    ]


@pytest.mark.parametrize(
    ("before", "after", "change", "amended"),
    [
        (1000, 1000, 0, False),
        (1000, 1000.5, 0.5, False),
        (1000.5, 1000, -0.5, False),
        # In binary 0.6 - 0.1 is a little more than one half.
        (1000.1, 1000.6, 0.5, False),
        (1000, 1000.51, 0.51, True),
        (1000, 999.49, -0.51, True),
        (0, 1000, 1000, True),
        (0, 0, 0, False),
        (None, 1000, None, None),
        (0, None, None, None),
        (None, 0, None, None),
        (None, None, None, None),
    ],
)
@pytest.mark.parametrize("measure", ["grant", "public"])
def test_sums_are_compared_to_half_a_euro_and_never_with_nothing(
    measure: str,
    before: float | None,
    after: float | None,
    change: float | None,
    amended: bool | None,
) -> None:
    row = one({measure: before}, {measure: after})
    column = "grant_change" if measure == "grant" else "public_total_change"
    assert row[column] == change
    assert row["amended"] == amended


@pytest.mark.parametrize(
    ("before", "after", "days", "amended"),
    [
        ("2016-12-31", "2016-12-31", 0, False),
        ("2016-02-28", "2016-03-01", 2, True),
        ("2016-12-31", "2016-12-30", -1, True),
        (None, "2016-12-31", None, None),
        ("2016-12-31", None, None, None),
    ],
)
def test_extension(before: str | None, after: str | None, days: int | None, amended: bool) -> None:
    row = one({"end_date": before}, {"end_date": after})
    assert row["extension_days"] == days
    assert row["amended"] == amended


def test_what_cannot_be_compared_does_not_hide_what_can() -> None:
    rows_ = [one({"grant": 1, "public": 5}, {"grant": grant}) for grant in (1, 9)]
    assert [row["amended"] for row in rows_] == [False, True]


def test_another_start_or_status_is_no_amendment() -> None:
    row = one(
        {"start_date": "2016-01-01", "status_code": "running", "grant": 5},
        {"start_date": "2016-02-01", "status_code": "interrupted", "grant": 5},
    )
    assert (row["amended"], row["status_changed"]) == (False, True)
    assert row["start_after"] == pd.Timestamp(2016, 2, 1)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("ended", "ended", False),
        ("running", "ended", True),
        (None, "ended", None),
        ("ended", None, None),
        (None, None, None),
    ],
)
def test_status(before: str | None, after: str | None, changed: bool | None) -> None:
    assert one({"status_code": before}, {"status_code": after})["status_changed"] == changed


def test_only_projects_met_in_both_and_the_others_told() -> None:
    before = portfolio(
        project("S3", "2016-12-31", status_code="ended"),
        project("S9"),
        project("S1", grant=5, status_code="ended"),
        project("S8"),
    )
    after = portfolio(
        project("S1", "2016-12-31", grant=6), project("S3"), project("S7"), project("S5")
    )
    table = esrdata.stats.amendments(before, after)
    assert list(table["project_code"]) == ["S1", "S3"]
    assert table.attrs["title"] == "Amendments between two portfolios"
    assert table.attrs["population"] == "Projects in both portfolios: 2."
    assert table.attrs["only_before"] == ["S8", "S9"]
    assert "0.50 euros or less" in table.attrs["method"]

    def missing(what: str, which: str) -> str:
        return f"The {what} is missing in the {which} portfolio, so it is not compared."

    assert excluded(table) == {
        "The project is only in the first portfolio.": 2,
        "The project is only in the second portfolio.": 2,
        missing("end date", "first"): 1,
        missing("end date", "second"): 1,
        missing("EU and state funding granted", "first"): 1,
        missing("EU and state funding granted", "second"): 1,
        missing("planned public funding in total", "first"): 2,
        missing("planned public funding in total", "second"): 2,
        missing("status", "first"): 0,
        missing("status", "second"): 2,
    }


def test_fifty_codes_are_listed_and_all_are_counted() -> None:
    before = portfolio(*(project(f"S{number}") for number in range(100, 160)))
    table = esrdata.stats.amendments(before, portfolio(project("S100")))
    assert table.attrs["only_before"] == [f"S{number}" for number in range(101, 151)]
    assert excluded(table)["The project is only in the first portfolio."] == 59


BEFORE = portfolio(
    project("S1", "2016-12-31", priority_axis=3, grant=100, public=200, status_code="running"),
    project("S2", "2016-12-31", priority_axis=5, grant=100, public=None, status_code="running"),
    project("S3", "2016-12-31", priority_axis=5, grant=100, public=400, status_code="running"),
    project("S4", "2016-12-31", priority_axis=5, grant=None, public=50, status_code=None),
    project("S5", "2016-12-31", priority_axis=5, grant=10, public=70, status_code="interrupted"),
    project("S6", priority_axis=5),
    project("S9", "2016-12-31", priority_axis=5, grant=1e6, public=1e6),
)
AFTER = portfolio(
    project("S7", "2019-12-31", priority_axis=5, grant=1e6, public=1e6),
    # Extended by 31 days and raised by 50.
    project("S1", "2017-01-31", priority_axis=5, grant=150, public=250, status_code="ended"),
    # Extended by 10 days, cut by 20; the public total appears, which is no raise.
    project("S2", "2017-01-10", priority_axis=5, grant=80, public=900, status_code="interrupted"),
    # Shortened by a day; 40 cents are no raise.
    project("S3", "2016-12-30", priority_axis=5, grant=100.4, public=400, status_code="running"),
    # The end disappears, the grant appears.
    project("S4", priority_axis=5, grant=77, public=50, status_code="ended"),
    # Interrupted already; 40 cents are no cut.
    project("S5", "2016-12-31", priority_axis=5, grant=9.6, public=70, status_code="interrupted"),
    project("S6", "2016-12-31"),
    places=(("S1", "Uusimaa"), ("S1", "Kainuu"), ("S2", "Uusimaa"), ("S7", "Lappi")),
)


def test_a_summary_by_the_groups_of_the_second() -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by="priority_axis")
    assert list(table) == ["priority_axis", *SUMMARY]
    first, last = rows(table)
    assert first == {
        "priority_axis": 5,
        "n": 5,
        "n_compared": 5,
        "n_amended": 3,
        "n_end": 4,
        "n_extended": 2,
        "n_shortened": 1,
        # (31 + 10) / 2
        "median_extension_days": 20.5,
        "n_grant_raised": 1,
        "n_grant_cut": 1,
        # S1, S2, S3, S5
        "grant_before": 310,
        "grant_after": pytest.approx(340),
        "grant_change": pytest.approx(30),
        "n_grant": 4,
        "n_public_total_raised": 1,
        "n_public_total_cut": 0,
        # S1, S3, S4, S5
        "public_total_before": 720,
        "public_total_after": 770,
        "public_total_change": 50,
        "n_public_total": 4,
        "n_status": 4,
        "n_status_changed": 2,
        "n_ended": 1,
        "n_interrupted": 1,
    }
    # Of S6 nothing can be compared: counts are zero, sums and medians are missing.
    money = {name for name in SUMMARY if not name.startswith("n")}
    assert last == {
        "priority_axis": None,
        **{name: None if name in money else 0 for name in SUMMARY},
        "n": 1,
    }


def test_dtypes_and_words_of_a_summary() -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by="priority_axis")
    kinds = {name: str(dtype) for name, dtype in table.dtypes.items() if name in SUMMARY}
    assert kinds == {name: "Int64" if name.startswith("n") else "Float64" for name in SUMMARY}
    assert table.attrs["title"] == "Amendments between two portfolios by priority_axis"
    assert table.attrs["population"] == "Projects in both portfolios: 6."
    assert table.attrs["only_before"] == ["S9"]
    assert excluded(table)["The project is only in the second portfolio."] == 1
    assert "Groups are those of the second portfolio." in table.attrs["method"]


def test_a_project_of_two_regions_counts_in_both() -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by="region")
    assert [(row["region"], row["n"], row["n_extended"]) for row in rows(table)] == [
        ("Kainuu", 1, 1),
        ("Uusimaa", 2, 2),
        (None, 4, 0),
    ]
    assert list(table["median_extension_days"].dropna()) == [31, 20.5]
    assert "Projects of several regions: 1." in table.attrs["method"]


def test_groups_of_two_names() -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by=["priority_axis", "region"])
    found = [(row["priority_axis"], row["region"], row["n"]) for row in rows(table)]
    assert found == [(5, "Kainuu", 1), (5, "Uusimaa", 2), (5, None, 3), (None, None, 1)]


def test_groups_of_one_project_each() -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by="project_code")
    assert list(table["project_code"]) == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert list(table["n_amended"]) == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("by", [None, "region"])
def test_no_project_in_common(by: str | None) -> None:
    table = esrdata.stats.amendments(portfolio(project("S1")), portfolio(project("S2")), by=by)
    assert len(table) == 0
    wanted = list(DTYPES) if by is None else ["region", *SUMMARY]
    assert list(table) == wanted
    assert table.attrs["population"] == "Projects in both portfolios: 0."
    if by is None:
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == DTYPES


@pytest.mark.parametrize("by", [None, "region"])
def test_parquet_keeps_the_table_and_its_words(tmp_path: Path, by: str | None) -> None:
    table = esrdata.stats.amendments(BEFORE, AFTER, by=by)
    table.to_parquet(tmp_path / "t.parquet")
    back = pd.read_parquet(tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(back, table)
    assert back.attrs == table.attrs


def test_what_is_no_portfolio_is_told() -> None:
    with pytest.raises(UsageError, match="takes a portfolio as before, not the path"):
        esrdata.stats.amendments("list.csv", AFTER)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="takes a portfolio as after, not a DataFrame"):
        esrdata.stats.amendments(BEFORE, AFTER.projects)  # type: ignore[arg-type]


LIST = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä\n"
    "S90001;ESR;Silta;5;Hämeen ELY-keskus;Toiminnassa;1.5.2015;{end};Malli Oy;100;0;200;0\n"
)


def test_lists_the_wrong_way_round_are_refused_by_the_days_they_state(tmp_path: Path) -> None:
    for name, end in (("lista-2016-05-10", "31.12.2016"), ("lista-2018-05-10", "30.6.2017")):
        (tmp_path / f"{name}.csv").write_text(LIST.format(end=end), encoding="utf-8")
    (tmp_path / "lista.csv").write_text(LIST.format(end="30.6.2017"), encoding="utf-8")
    old, new, undated = (
        esrdata.read(tmp_path / f"{name}.csv")
        for name in ("lista-2016-05-10", "lista-2018-05-10", "lista")
    )
    (row,) = rows(esrdata.stats.amendments(old, new))
    assert row["extension_days"] == 181
    told = "The earlier data are of 2018-05-10 and the later of 2016-05-10: give the older ones"
    with pytest.raises(UsageError, match=told):
        esrdata.stats.amendments(new, old)
    with pytest.raises(UsageError, match=told):
        esrdata.report.write(old, tmp_path / "out", before=new)
    assert not (tmp_path / "out").exists()
    # A day that no list states orders nothing, nor does one list that is in both.
    assert len(esrdata.stats.amendments(new, undated)) == 1
    both = esrdata.read(str(tmp_path / "lista-*.csv"))
    assert len(esrdata.stats.amendments(new, both)) == 1


def test_an_unknown_group_is_told() -> None:
    with pytest.raises(UsageError, match="no group 'priority'; the nearest is 'priority_axis'"):
        esrdata.stats.amendments(BEFORE, AFTER, by="priority")


def test_an_extension_of_a_day_is_one() -> None:
    before = portfolio(project("S1", "2016-12-30"), project("S2", "2016-12-30"))
    after = portfolio(project("S1", "2016-12-31"), project("S2", "2017-01-02"))
    (row,) = rows(esrdata.stats.amendments(before, after, by="fund"))
    # (1 + 3) / 2
    assert (row["n_extended"], row["median_extension_days"]) == (2, 2)


def test_who_was_interrupted_before_is_not_interrupted_again() -> None:
    before = portfolio(
        project("S1", status_code="running"),
        project("S2", status_code="running"),
        project("S3", status_code="interrupted"),
    )
    after = portfolio(*(project(f"S{n}", status_code="interrupted") for n in (1, 2, 3)))
    (row,) = rows(esrdata.stats.amendments(before, after, by="fund"))
    assert row["n_interrupted"] == 2
