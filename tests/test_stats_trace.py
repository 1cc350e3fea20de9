"""Figures led back to their projects, and made again from them; worked out by hand."""

import math
import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import chapters, eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, UsageError, stats
from esrdata.knowledge import load, wording
from esrdata.present import pack, traces
from esrdata.present.model import Table
from esrdata.stats.made_of import made_of
from esrdata.stats.traced_table import traced_table
from esrdata.stats.tracing import Tracer
from esrdata.tables import columns

# Projects by code: axis, status, planned and realised sum; None is not stated.
PROJECTS = {
    "S1": (1, "ended", 100.25, 50.10),
    "S2": (1, "ended", 200.0, 160.0),
    "S3": (1, "running", 300.0, 10.0),
    "S4": (1, "ended", 50.0, None),
    "S5": (2, "ended", 1000.0, 1100.0),
    "S6": (None, "ended", 10.0, 20.0),
}
# The status of reading of the sum that is missing.
BLANK = ("S4", "realised")


@pytest.fixture
def portfolio() -> Portfolio:
    projects, funding, provenance = [], [], []
    for line, (code, (axis, status, *sums)) in enumerate(PROJECTS.items(), start=2):
        projects.append({"project_code": code, "priority_axis": axis, "status_code": status})
        for stage, amount in zip(("planned", "realised"), sums, strict=True):
            if amount is not None:
                funding.append(
                    {"project_code": code, "measure": "public_total", "stage": stage}
                    | {"amount_eur": amount, "qualifier": "exact"}
                )
            provenance.append(
                {"project_code": code, "field": f"funding.public_total.{stage}"}
                | {"status": "blank" if (code, stage) == BLANK else "read"}
                | {"file": "list.csv", "line": line, "start": 10 * line, "end": 10 * line + 6}
            )
    tables = {
        "projects": columns.frame("projects", projects),
        "funding": columns.frame("funding", funding),
        "locations": columns.frame("locations", []),
        "provenance": columns.frame("provenance", provenance),
    }
    return Portfolio(tables, Path.cwd())


def used(traced: pd.DataFrame) -> list[tuple[str, Any]]:
    kept = traced[traced["used"]]
    return list(zip(kept["project_code"], kept["value"], strict=True))


def out(traced: pd.DataFrame) -> dict[str, str]:
    left = traced[~traced["used"]]
    return dict(zip(left["project_code"], left["reason"], strict=True))


def test_a_sum_leads_back_to_the_sums_of_its_projects(portfolio: Portfolio) -> None:
    table = stats.absorption(portfolio, by="priority_axis")
    traced = stats.trace(table, row=0, column="realised")
    assert list(traced) == [
        "project_code", "field", "value", "used", "reason", "file", "page", "line", "start", "end",
    ]  # fmt: skip
    assert used(traced) == [("S1", 50.10), ("S2", 160.0)]
    assert traced.loc[traced["used"], "value"].sum() == 210.10 == table["realised"][0]
    assert out(traced) == {
        "S3": wording.word("population.reason.statuses_other", "en"),
        "S4": wording.word("population.reason.realised_missing", "en"),
    }
    assert set(traced["field"]) == {"funding.public_total.realised"}
    # S4 is on line 5: its cell is blank, and its place is known all the same.
    place = traced.set_index("project_code").loc["S4", ["file", "line", "start", "end"]]
    assert place.tolist() == ["list.csv", 5, 50, 56]
    assert traced["value"].isna().tolist() == [False, False, False, True]
    assert traced.loc[traced["used"], "reason"].isna().all()
    assert traced.attrs["how"] == "sum"
    assert traced.attrs["figure"] == 210.10


def test_counts_ratios_and_quantiles_are_made_again(portfolio: Portfolio) -> None:
    table = stats.absorption(portfolio)
    expected = {
        "n": 4,  # S1, S2, S5, S6
        "n_excluded": 2,  # S3 runs, S4 has no realised sum
        "planned": 1310.25,
        "realised": 1330.10,
        "ratio_of_sums": 1330.10 / 1310.25,
        # 0.49975..., 0.8, 1.1, 2
        "median_ratio": 0.95,
        "q1": 50.10 / 100.25 + 0.75 * (0.8 - 50.10 / 100.25),
        "q3": 1.1 + 0.25 * 0.9,
        "n_below_080": 1,
        "n_above_100": 2,
    }
    for column, figure in expected.items():
        traced = stats.trace(table, 0, column)
        assert stats.recompute(traced) == pytest.approx(figure, abs=1e-12), column
        assert table[column][0] == pytest.approx(figure, abs=1e-12), column
    excluded = stats.trace(table, 0, "n_excluded")
    assert list(dict.fromkeys(code for code, _ in used(excluded))) == ["S3", "S4"]
    assert out(excluded)["S1"] == "The project is not counted in n_excluded."


def test_an_interval_says_that_it_is_a_test(portfolio: Portfolio) -> None:
    traced = stats.trace(stats.absorption(portfolio), 0, "ci_low")
    assert len(used(traced)) == 8
    assert "test statistic" in traced.attrs["note"]
    assert pd.isna(stats.recompute(traced))


def test_a_group_without_a_name_is_a_group(portfolio: Portfolio) -> None:
    table = stats.planned_and_realised(portfolio, by="priority_axis")
    assert pd.isna(table["priority_axis"][2])
    assert used(stats.trace(table, 2, "planned")) == [("S6", 10.0)]


def test_a_sorted_or_filtered_table_is_traced_by_its_labels(portfolio: Portfolio) -> None:
    table = stats.planned_and_realised(portfolio, by="priority_axis")
    largest = table.sort_values("planned", ascending=False)
    assert used(stats.trace(largest, 1, "planned")) == [("S5", 1000.0)]
    filtered = table[table["planned"] > 700]
    assert used(stats.trace(filtered, 1, "planned")) == [("S5", 1000.0)]
    indexed = table.set_index("priority_axis")
    assert used(stats.trace(indexed, 2, "planned")) == [("S5", 1000.0)]
    assert used(stats.trace(table, -2, "planned")) == [("S5", 1000.0)]
    with pytest.raises(UsageError, match=r"^The table has no row 0; its rows are 1\.$"):
        stats.trace(filtered, 0, "planned")


def test_wrong_names_and_changed_tables_are_refused_in_a_sentence(portfolio: Portfolio) -> None:
    table = stats.planned_and_realised(portfolio, by="priority_axis")
    with pytest.raises(UsageError, match=r"'realized'.*'realised'"):
        stats.trace(table, 0, "realized")
    with pytest.raises(UsageError, match="no figure to trace 'priority_axis'"):
        stats.trace(table, 0, "priority_axis")
    with pytest.raises(UsageError, match="no row 7"):
        stats.trace(table, 7, "planned")
    changed = table.copy()
    changed.loc[0, "planned"] = 1.0
    with pytest.raises(UsageError, match="changed"):
        stats.trace(changed, 0, "planned")
    other = table.assign(priority_axis=pd.array([8, 9, None], dtype="Int64"))
    with pytest.raises(UsageError, match="no row of priority_axis 8"):
        stats.trace(other, 0, "planned")
    with pytest.raises(UsageError, match="does not say which statistic"):
        stats.trace(pd.DataFrame({"n": [1]}), 0, "n")


def test_a_table_whose_portfolio_is_gone_asks_for_it(portfolio: Portfolio) -> None:
    copy = pickle.loads(pickle.dumps(portfolio.tables))
    table = stats.planned_and_realised(Portfolio(copy, Path.cwd()))
    with pytest.raises(UsageError, match="not in memory"):
        stats.trace(table, 0, "planned")
    traced = stats.trace(table, 0, "planned", portfolio=portfolio)
    # All but S4 have both sums: 100.25 + 200 + 300 + 1000 + 10.
    assert traced.loc[traced["used"], "value"].sum() == 1610.25


def test_shares_have_two_parts(portfolio: Portfolio) -> None:
    ids = pd.array([*"xyxzyw"], dtype="string")
    tables = portfolio.tables | {"projects": portfolio.projects.assign(business_id=ids)}
    named = Portfolio(tables, Path.cwd())
    # y has 1200, x 400.25, z 50, w 10 of 1660.25.
    table = stats.concentration(named, by="business_id", measure="public_total")
    traced = stats.trace(table, 1, "share")
    part = traced[traced["used"]].groupby("part")["value"].sum()
    assert part.to_dict() == {"amount": 400.25, "whole": 1660.25}
    assert stats.recompute(traced) == pytest.approx(400.25 / 1660.25)
    grown = stats.trace(table, 1, "cumulative_share")
    assert stats.recompute(grown) == pytest.approx(1600.25 / 1660.25)


def test_recording_costs_nothing_when_nobody_traces(portfolio: Portfolio) -> None:
    before = stats.absorption(portfolio, by="priority_axis")
    stats.trace(before, 0, "n")
    again = stats.absorption(portfolio, by="priority_axis")
    pd.testing.assert_frame_equal(before, again)


def test_every_column_of_a_statistic_is_declared_or_names_the_row() -> None:
    units = {"text", "boolean", "code", "year", "offset", "rank"}
    # Figures that are no values of projects; tables made of claims, of other tables, or of lists of
    # projects whose values stand in them.
    apart = {"unknown_units", "differences", "extensions"}
    apart |= {"plausibility", "doubtful", "without_doubtful", "sample_cases"}
    reference = {("rates", "frame"), ("per_inhabitant", "inhabitants")}
    for name, declared in load.statistics()["columns"].items():
        for column, unit in declared.items():
            if name not in apart and unit not in units and (name, column) not in reference:
                assert made_of(name, column) is not None, f"{name}.{column}"


BY = ["programme_period", "fund"]
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("absorption", {"by": BY}),
    ("planned_and_realised", {"by": "region"}),
    ("concentration", {}),
    ("participants", {"by": BY}),
    ("indicators", {"by": "programme_period"}),
    ("participant_pairs", {}),
    ("sustainability_profile", {"by": "region"}),
    ("sustainability_scores", {}),
    ("horizontal_answers", {"by": "programme_period"}),
    ("locations_summary", {"rule": "equal_split"}),
    ("timeline", {}),
    ("status_by_year", {}),
    ("coverage", {}),
    ("types_and_sizes", {"by": "programme_period"}),
    ("compare", {"by": "programme_period", "measure": ["public_total", "participants"]}),
    ("constant_prices", {"by": "fund", "year": 2020}),
    ("compare_groups", {"value": "duration_days", "by": "programme_period", "min_n": 2}),
    ("associations", {"x": "duration_days", "y": ["partner_count", "social_direct"], "min_n": 4}),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    from esrdata.samples.maker import write

    folder: Path = tmp_path_factory.mktemp("sample")
    write(folder, projects=24, short=True, seed=3)
    return esrdata.read(folder)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=[name for name, _ in CALLS])
def test_figures_of_a_sample_are_made_again(
    name: str, arguments: dict[str, Any], sample: Portfolio
) -> None:
    table = getattr(stats, name)(sample, **arguments)
    tracer, tried = Tracer(table), 0
    # Another row for each column.
    for place, column in enumerate(str(c) for c in table if made_of(name, str(c))):
        row = 7 * place % len(table)
        traced = tracer.figure(row, column)
        assert traced["reason"].isna().tolist() == traced["used"].tolist(), column
        if traced.attrs["how"] != "test":
            assert same(table[column].iloc[row], stats.recompute(traced)), (column, row)
            tried += 1
    assert tried


def test_a_whole_table_is_traced_at_once(portfolio: Portfolio) -> None:
    table = stats.absorption(portfolio, by="priority_axis")
    rows = traced_table(table, ["priority_axis", "n", "planned", "n_above_100"])
    planned = rows[rows["field"] == "funding.public_total.planned"]
    found = planned.set_index("project_code")[["row", "columns", "reason"]].to_dict("index")
    assert {code: (one["row"], one["columns"]) for code, one in found.items() if code != "S4"} == {
        "S1": (0, "n planned"),
        "S2": (0, "n planned"),
        "S3": (0, None),
        "S5": (1, "n planned n_above_100"),
        "S6": (2, "n planned n_above_100"),
    }
    assert found["S3"]["reason"] == wording.word("population.reason.statuses_other", "en")
    assert rows["line"].tolist() == rows["start"].floordiv(10).tolist()


def test_a_figure_that_a_row_cannot_have_is_made_of_nothing(tmp_path: Path) -> None:
    portfolio = read_pages(tmp_path, eura2014_page())
    # Of funding planned and realised are compared; of one of them there is nothing planned.
    table = stats.compare(
        {"a": portfolio, "b": portfolio}, ["public_total", "public_total_planned"]
    )
    rows = traced_table(table, [str(name) for name in table])
    fields = rows.groupby("row")["field"].agg(lambda found: sorted(set(found))).to_dict()
    pair = ["funding.public_total.planned", "funding.public_total.realised"]
    planned = ["funding.public_total.planned"]
    assert fields == {0: pair, 1: pair, 2: planned, 3: planned}


def test_the_largest_are_traced_where_somebody_names_no_applicant(tmp_path: Path) -> None:
    names = ["Yksi Oy", "Kaksi ry", ""]
    pages = [
        eura2014_page(code=f"S2000{n}", applicant=name, business_id="")
        for n, name in enumerate(names)
    ]
    read = read_pages(tmp_path, *pages)
    table = stats.concentration(read)
    rows = traced_table(table, ["cumulative_share"])
    counted = rows[rows["columns"].notna()].groupby("row")["project_code"].agg(sorted).to_dict()
    assert counted == {0: ["S20001"], 1: ["S20000", "S20001"]}


@pytest.mark.slow
def test_a_report_says_what_its_figures_are_made_of(sample: Portfolio) -> None:
    content = pack.content(sample, lang="sv", cards=False)
    name = "absorption_by_priority_axis"
    assert {name, "participants_by_all", "sustainability_direct"} <= {*content.traced}
    (table,) = [
        part
        for section in content.sections
        for part in section.parts
        if isinstance(part, Table) and part.key == name
    ]
    # The last row is the total.
    *groups, (_, everyone, left_out_of_all) = content.traced[name].by_group()
    others = [other for _, _, left_out in groups for other in left_out]
    counted = [len(projects) for _, projects, _ in groups]
    assert [*counted, len(everyone)] == table.frame["n"].to_list()
    assert sum(counted) == len(everyone)
    assert sum(counted) + len(others) == len(sample)
    assert {code for code, _ in left_out_of_all} == {code for code, _ in others}
    english = {entry["en"] for entry in load.words()["population"]["reason"].values()}
    assert not english & {reason for _, reason in others}
    rows = traces.whole(content)
    assert rows["table"].nunique() == len(content.traced)
    assert (rows["used_in"].isna() == rows["reason"].notna()).all()
    method = next(section for section in content.sections if section.key == "method")
    assert "Siffrornas källor" in method.paragraphs[-1]


@pytest.mark.slow
def test_a_report_says_that_its_figures_are_not_traced(
    sample: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last(**asked: bool) -> str:
        content = chapters(sample, "absorption", "method", lang="en", **asked)
        assert bool(content.traced) is asked.get("traces", False)
        return next(one for one in content.sections if one.key == "method").paragraphs[-1]

    assert "by choice (--no-traces)" in last(traces=False)
    monkeypatch.setattr(traces, "MOST", 1)
    assert "more than 1 project" in last()
    assert "Sources of figures" in last(traces=True)


def same(figure: Any, again: Any) -> bool:
    if pd.isna(figure) or pd.isna(again):
        return bool(pd.isna(figure) and pd.isna(again))
    if isinstance(figure, pd.Timestamp):
        return bool(figure == again)
    return math.isclose(figure, again, rel_tol=1e-9)
