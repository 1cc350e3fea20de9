"""What projects count, planned and realised; worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.stats.facts import quantities
from esrdata.tables import columns

indicators = esrdata.stats.indicators

# Of a project and an indicator: planned and realised, then women among them; False where the
# count does not apply. S4 is of a source that asks nothing.
COUNTS: dict[tuple[str, str], tuple[Any, ...]] = {
    ("S1", "jobs_created"): (10, 8, 6, 4),
    ("S2", "jobs_created"): (5, None, None, None),
    ("S3", "jobs_created"): (0, 2, 0, 1),
    ("S1", "participating_companies"): (0, 4, None, None),
    ("S3", "participants"): False,
    ("S2", "young_people"): (30, 21, None, None),
    ("S3", "young_people"): (None, None, None, None),
}


def portfolio(counts: dict[tuple[str, str], Any] = COUNTS) -> Portfolio:
    axes = {"S1": 1, "S2": 2, "S3": 1, "S4": 2}
    projects = [{"project_code": code, "priority_axis": axis} for code, axis in axes.items()]
    rows = []
    for (code, indicator), given in counts.items():
        planned, realised, of_planned, of_realised, *refused = given or (None,) * 4
        for stage, total, women in (
            ("planned", planned, of_planned),
            ("realised", realised, of_realised),
        ):
            row = {"project_code": code, "indicator": indicator, "stage": stage, "total": total}
            applicable = given is not False and not refused
            rows.append({**row, "women": women, "applicable": applicable})
    empty = {name: columns.frame(name, []) for name in load.table_specs() if name != "overview"}
    tables = {
        **empty,
        "projects": columns.frame("projects", projects),
        "indicators": columns.frame("indicators", rows),
    }
    return Portfolio(tables, Path.cwd())


def rows_of(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    cells = table[list(names)].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def excluded(table: pd.DataFrame) -> dict[str, int]:
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    return {part["reason"]: part["n"] for part in table.attrs["exclusions"] if part["n"]}


def test_every_indicator_of_the_portfolio_has_a_row_and_those_off_the_shelf_come_last() -> None:
    table = indicators(portfolio())
    assert rows_of(table, "indicator", "n", "n_not_applicable", "n_unknown", "n_missing") == [
        ("participating_companies", 1, 0, 3, 0),
        ("participants", 0, 1, 3, 0),
        ("jobs_created", 3, 0, 1, 0),
        ("young_people", 2, 0, 2, 1),
    ]
    assert rows_of(table, "planned", "realised", "planned_both", "realised_both", "ratio") == [
        (0, 4, 0, 4, None),
        (None, None, None, None, None),
        # 10 + 5 + 0 and 8 + 2; both of S1 and S3, 10 + 0 and 8 + 2
        (15, 10, 10, 10, 1.0),
        (30, 21, 30, 21, 0.7),
    ]
    assert table.attrs["indicators"] == list(table["indicator"])
    assert {str(table[name].dtype) for name in ("n", "planned", "women_planned")} == {"Int64"}


def test_women_are_of_projects_that_state_them_and_missing_where_nobody_does() -> None:
    jobs, young = indicators(portfolio(), ["jobs_created", "young_people"]).to_dict("records")
    # 6 + 0 of 10 + 0 planned, 4 + 1 of 8 + 2 realised
    assert (jobs["n_women_planned"], jobs["women_planned"], jobs["women_realised"]) == (2, 6, 5)
    assert (jobs["womens_share_planned"], jobs["womens_share_realised"]) == (0.6, 0.5)
    assert young["n_women_planned"] == 0
    assert pd.isna(young["women_planned"])


def test_groups_come_first_and_then_the_indicators_of_each() -> None:
    table = indicators(portfolio(), ["jobs_created", "young_people"], by="priority_axis")
    assert rows_of(table, "priority_axis", "indicator", "n", "planned") == [
        (1, "jobs_created", 2, 10),
        (1, "young_people", 1, None),
        (2, "jobs_created", 1, 5),
        (2, "young_people", 1, 30),
    ]
    assert list(table)[:3] == ["priority_axis", "indicator", "n"]
    assert table.attrs["title"] == "Indicators by priority_axis"


def test_why_projects_are_left_out_is_said_of_each_indicator() -> None:
    assert excluded(indicators(portfolio(), "jobs_created")) == {
        "New jobs created: it cannot be told whether it applies.": 1,
        "New jobs created: the realised number is missing.": 1,
    }
    counts = {**COUNTS, ("S3", "participants"): (7, None, None, None)}
    said = excluded(indicators(portfolio(counts), "participants"))
    assert said == {
        "Participants: it cannot be told whether it applies.": 3,
        "Participants: the realised number is missing.": 1,
    }


def test_a_number_beside_a_count_that_does_not_apply_is_told_where_it_is_above_zero() -> None:
    refused = "does not apply"
    made = portfolio(
        {
            ("S1", "jobs_created"): (1, None, None, None, refused),
            ("S2", "jobs_created"): (0, 0, None, None, refused),
            ("S3", "jobs_created"): False,
        }
    )
    reasons = excluded(indicators(made, "jobs_created"))
    assert [n for reason, n in reasons.items() if "though a number above zero" in reason] == [1]


def test_participants_are_the_same_as_of_their_own_statistic() -> None:
    shipped = esrdata.read(Path(__file__).parents[1] / "data/raw")
    own = esrdata.stats.participants(shipped, by="form")
    same = indicators(shipped, "participants", by="form")
    shared = [name for name in own if name in same]
    assert len(shared) > 15
    pd.testing.assert_frame_equal(own[shared], same[shared])


def test_an_indicator_without_projects_is_asked_for_by_name_and_an_unknown_one_refused() -> None:
    (row,) = indicators(portfolio(), "qualifications").to_dict("records")
    assert (row["n"], row["n_unknown"]) == (0, 4)
    with pytest.raises(UsageError, match="no indicator 'jobs'; the nearest is 'jobs_created'"):
        indicators(portfolio(), "jobs")
    none = indicators(portfolio({}))
    assert len(none) == 0
    assert list(none) == list(indicators(portfolio()))


def test_the_overview_names_every_indicator_by_the_same_pattern() -> None:
    table = portfolio().overview().set_index("project_code")
    assert rows_of(table, "young_people_planned", "young_people_realised") == [
        (None, None),
        (30, 21),
        (None, None),
        (None, None),
    ]
    assert table["jobs_created_planned_women"]["S1"] == 6
    # Nobody states women among them, and to every project that has them they apply.
    assert not {"young_people_planned_women", "young_people_applicable"} & {*table}
    assert "companies_created_planned" not in table
    assert rows_of(table, "participants_applicable") == [(None,), (None,), (False,), (None,)]


def test_a_figure_of_the_overview_can_be_compared_whatever_it_counts() -> None:
    counts = {**COUNTS, ("S3", "jobs_created"): False}
    figures, without = quantities(portfolio(counts), ["jobs_created_planned"])
    assert rows_of(figures, "jobs_created_planned") == [(10.0,), (5.0,), (None,), (None,)]
    assert list(without) == [False, False, True, False]


def test_an_indicator_is_called_as_the_shelf_says_when_it_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = load.codes

    def with_young_people(name: str) -> tuple[dict[str, str], ...]:
        labels = {"label_fi": "Alle 30-vuotiaat", "label_sv": "Under 30 år", "label_en": "Under 30"}
        more = ({"code": "young_people", **labels},) if name == "indicators" else ()
        return (*codes(name), *more)

    monkeypatch.setattr(load, "codes", with_young_people)
    said = excluded(indicators(portfolio(), "young_people"))
    assert said["Under 30: it cannot be told whether it applies."] == 2
