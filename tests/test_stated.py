"""Participants told of in texts, beside those of the form; every answer worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest

import esrdata.stats
from esrdata import Portfolio, UsageError
from esrdata.stats import claims_review
from esrdata.tables import columns

DTYPES = {
    "project_code": "string",
    "section": "string",
    "kind": "string",
    "value": "Float64",
    "value_high": "Float64",
    "qualifier": "string",
    "unit": "string",
    "text": "string",
    "sentence": "string",
    "start": "Int64",
    "end": "Int64",
    "stage": "string",
}


def claim(code: str, value: float | None, start: int, **cells: object) -> dict:
    said = f"{value} henkilöä" if value is not None else "tuhansia ihmisiä"
    return {
        "project_code": code,
        "section": "final_report",
        "kind": "people",
        "value": value,
        "qualifier": "exact",
        "unit": "henkilö",
        "text": said,
        "sentence": f"Mukana oli {said}.",
        "start": start,
        "end": start + len(said),
        "stage": "unknown",
        **cells,
    }


def portfolio(
    *claims: dict,
    names: dict[str, str],
    people: tuple[dict, ...] = (),
    texts: tuple[tuple[str, str], ...] = (),
) -> Portfolio:
    """Projects by code and name; counts of participants; codes and sections of narratives."""
    counts = [{"indicator": "participants", "applicable": True, **row} for row in people]
    # What counts something else is never a participant.
    others = [{**row, "indicator": "jobs_created", "total": 999} for row in counts]
    written = [{"project_code": code, "section": name, "text": "…"} for code, name in texts]
    rows = [{"project_code": code, "name": name} for code, name in names.items()]
    tables = {
        "projects": columns.frame("projects", rows),
        "indicators": columns.frame("indicators", others + counts),
        "narratives": columns.frame("narratives", written),
        "claims": pd.DataFrame(claims, columns=list(DTYPES)).astype(DTYPES),
    }
    return Portfolio(tables, Path.cwd())


PLANNED, REALISED = {"stage": "planned"}, {"stage": "realised"}
PORTFOLIO = portfolio(
    claim("S2", 20, 5),
    claim("S2", 500, 40, stage="planned"),
    claim("S2", None, 60),
    claim("S2", 120, 80, qualifier="over"),
    claim("S2", 20, 1, value_high=30, stage="realised"),
    claim("S2", 20, 0, value_high=25),
    claim("S2", 90, 200, kind="events"),
    claim("S2", 700, 0, section="summary"),
    claim("S1", 3, 0),
    claim("S9", 4, 0),
    names={"S2": "Kaksi", "S1": "Yksi", "S3": "Kolme", "S4": "Neljä"},
    people=(
        {"project_code": "S2", "total": 43, **PLANNED},
        {"project_code": "S2", "total": None, **REALISED},
        {"project_code": "S1", "total": 0, "applicable": False, **PLANNED},
        {"project_code": "S1", "total": 0, "applicable": False, **REALISED},
        {"project_code": "S3", "total": 12, **PLANNED},
        {"project_code": "S3", "total": 10, **REALISED},
    ),
    texts=(
        ("S2", "final_report"),
        ("S1", "final_report"),
        ("S3", "final_report"),
        ("S4", "summary"),
    ),
)


def rows(table: pd.DataFrame, *names: str) -> list[tuple[object, ...]]:
    """The rows of some columns; missing is None."""
    cells = table[list(names)].itertuples(index=False)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in cells]


def excluded(table: pd.DataFrame) -> dict[str, int]:
    return {entry["reason"]: entry["n"] for entry in table.attrs["exclusions"]}


def id_of(start: int, code: str = "S2", section: str = "final_report") -> str:
    claims = claims_review.claims_of(PORTFOLIO, section=section)
    found = claims[(claims["start"] == start) & (claims["project_code"] == code)]
    return str(found["id"].item())


def test_the_largest_first_then_plans_then_what_has_no_number() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO)
    assert rows(table, "project_code", "rank", "value", "value_high", "stage", "start") == [
        ("S2", 1, 120, None, "unknown", 80),
        ("S2", 2, 20, 30, "realised", 1),
        ("S2", 3, 20, 25, "unknown", 0),
        ("S2", 4, 20, None, "unknown", 5),
        ("S2", 5, 500, None, "planned", 40),
        ("S2", 6, None, None, "unknown", 60),
        ("S1", 1, 3, None, "unknown", 0),
        ("S3", None, None, None, None, None),
        ("S4", None, None, None, None, None),
    ]
    assert table["sentence"][0] == "Mukana oli 120 henkilöä."
    assert table["decision"].isna().all()


def test_the_form_stands_beside_and_absence_is_told() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO).drop_duplicates("project_code")
    facts = ("name", "planned", "realised_on_form", "applicable", "final_report", "n_claims")
    assert rows(table, *facts) == [
        ("Kaksi", 43, None, True, True, 6),
        ("Yksi", None, None, False, True, 1),
        ("Kolme", 12, 10, True, True, 0),
        ("Neljä", None, None, None, False, 0),
    ]
    assert table.attrs["population"] == "Projects: 4; with the text: 3; with such a claim: 2."
    assert excluded(table) == {
        "The project does not have the text.": 1,
        "The text holds no such claim.": 1,
        "The participants on the form do not apply.": 1,
        "The planned number of participants is missing though it can apply.": 1,
        "The project of a claim is not among the projects.": 1,
    }
    assert "not summed" in table.attrs["method"]
    assert "stated" not in table


def test_columns_and_dtypes() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO)
    assert " ".join(table) == (
        "project_code name planned realised_on_form applicable final_report rank value value_high "
        "qualifier unit stage sentence text section start end decision value_corrected id n_claims"
    )
    kinds = {name: str(table[name].dtype) for name in table}
    assert {name for name, kind in kinds.items() if kind == "Int64"} == {
        *("planned", "realised_on_form", "rank", "start", "end", "n_claims")
    }
    assert {name for name, kind in kinds.items() if kind == "Float64"} == {
        *("value", "value_high", "value_corrected")
    }
    assert {name for name, kind in kinds.items() if kind == "boolean"} == {
        *("applicable", "final_report")
    }
    assert set(kinds.values()) == {"string", "Int64", "Float64", "boolean"}


def test_another_section_or_kind() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO, section="summary")
    told = rows(table, "project_code", "value", "summary", "planned")
    assert told[0] == ("S2", 700, False, 43)
    assert told[-1] == ("S4", None, True, None)
    table = esrdata.stats.stated_participants(PORTFOLIO, kind="events")
    # Planned participants say nothing of events.
    assert rows(table, "value", "planned", "applicable")[0] == (90, None, None)


DECISIONS = pd.DataFrame(
    [
        (id_of(80), "accepted", 110.0),
        (id_of(1), "rejected", 7.0),
        (id_of(40), "accepted", None),
        (id_of(60), "accepted", None),
        (id_of(0, "S1"), None, 5.0),
        (id_of(0, section="summary"), "accepted", None),
        ("c0", "accepted", 9.0),
    ],
    columns=["id", "decision", "value_corrected"],
)


def test_decisions_stand_beside_the_claims_and_change_neither_value_nor_order() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO, decisions=DECISIONS)
    assert rows(table, "value", "decision", "value_corrected")[:7] == [
        (120, "accepted", 110),
        (20, "rejected", 7),
        (20, None, None),
        (20, None, None),
        (500, "accepted", None),
        (None, "accepted", None),
        (3, None, 5),
    ]
    assert (table.attrs["n_gone"], table.attrs["gone"]) == (1, ["c0"])


def test_only_accepted_claims_are_summed_and_only_when_asked() -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO, decisions=DECISIONS, sum_accepted=True)
    names = ["n_accepted", "n_rejected", "n_undecided", "n_without_value", "n_planned"]
    assert rows(table, "project_code", "planned", "final_report", "stated", *names, "n_claims") == [
        # 110 corrected from 120, and 500 planned
        ("S2", 43, True, 610, 3, 1, 2, 1, 1, 6),
        ("S1", None, True, None, 0, 0, 1, 0, 0, 1),
        ("S3", 12, True, None, 0, 0, 0, 0, 0, 0),
        ("S4", None, False, None, 0, 0, 0, 0, 0, 0),
    ]
    assert "overlap" in table.attrs["warning"]
    assert table.attrs["warning"].endswith("state a plan: 1.")
    with pytest.raises(UsageError, match="Only accepted claims are summed: give decisions"):
        esrdata.stats.stated_participants(PORTFOLIO, sum_accepted=True)


def test_parquet_keeps_the_table_and_its_words(tmp_path: Path) -> None:
    table = esrdata.stats.stated_participants(PORTFOLIO, decisions=DECISIONS)
    table.to_parquet(tmp_path / "t.parquet")
    back = pd.read_parquet(tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(back, table)
    assert back.attrs == table.attrs


def test_no_claims_at_all() -> None:
    table = esrdata.stats.stated_participants(portfolio(names={"S1": "Yksi"}))
    assert rows(table, "project_code", "final_report", "rank", "n_claims") == [
        ("S1", False, None, 0)
    ]


def test_what_cannot_be_is_told() -> None:
    tables = PORTFOLIO.tables
    with pytest.raises(UsageError, match="no section 'report'; the nearest is 'final_report'"):
        esrdata.stats.stated_participants(PORTFOLIO, section="report")
    with pytest.raises(UsageError, match="no kind of claims 'persons'; there are people"):
        esrdata.stats.stated_participants(PORTFOLIO, kind="persons")
    without = Portfolio({k: v for k, v in tables.items() if k != "claims"}, Path.cwd())
    with pytest.raises(UsageError, match="The portfolio has no table of claims"):
        esrdata.stats.stated_participants(without)
    less = Portfolio({**tables, "claims": tables["claims"].drop(columns="stage")}, Path.cwd())
    with pytest.raises(UsageError, match="The table of claims has no column 'stage'"):
        esrdata.stats.stated_participants(less)
