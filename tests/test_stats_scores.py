"""Sustainability scores and answers on horizontal principles; worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.knowledge import load
from esrdata.tables import columns

sustainability_profile = esrdata.stats.sustainability_profile
horizontal_answers = esrdata.stats.horizontal_answers

Score = tuple[str, str, int | None, int | None]


def portfolio(
    projects: list[dict[str, Any]],
    *,
    scores: list[Score] = (),
    answers: list[tuple[str, str, str | None, str | None]] = (),
    places: list[tuple[str, str]] = (),
) -> Portfolio:
    """Projects, scores (project, criterion, direct, indirect), answers (…, code, text)."""
    dimensions = {r["code"]: r["dimension"] for r in load.codes("sustainability_criteria")}
    rows = {
        "projects": projects,
        "sustainability": [
            {"project_code": code, "dimension": dimensions[criterion], "criterion": criterion}
            | {"direct": direct, "indirect": indirect}
            for code, criterion, direct, indirect in scores
        ],
        "horizontal": [
            {"project_code": code, "principle": principle, "answer_code": answer, "answer": text}
            for code, principle, answer, text in answers
        ],
        "locations": [
            {"project_code": code, "level": "region", "name": name} for code, name in places
        ],
    }
    tables = {name: columns.frame(name, table) for name, table in rows.items()}
    return Portfolio(tables, Path.cwd())


def listed(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows with None for a missing cell, floats rounded."""
    return [
        tuple(None if pd.isna(c) else round(c, 9) if isinstance(c, float) else c for c in row)
        for row in table.itertuples(index=False, name=None)
    ]


def excluded(table: pd.DataFrame) -> dict[str, int]:
    assert json.loads(json.dumps(table.attrs)) == table.attrs
    return {part["reason"]: part["n"] for part in table.attrs["exclusions"] if part["n"]}


def project(code: str, form: str = "eura2014", **more: Any) -> dict[str, Any]:
    return {"project_code": code, "form": form, **more}


PROJECTS = [
    project("S1", priority_axis=1),
    project("S2", priority_axis=1),
    project("S3", priority_axis=2),
    project("S4", "list", priority_axis=1),
]
SCORES: list[Score] = [
    ("S1", "wellbeing", 0, 8),
    ("S2", "wellbeing", 7, None),
    ("S3", "wellbeing", 8, 10),
    ("S1", "equality", 11, 0),
    ("S2", "equality", 10, -1),
]
FIGURES = ["n", "n_missing", "n_outside", "mean", "median", "share_zero", "share_8_or_above"]


def of(table: pd.DataFrame, criterion: str, effect: str) -> list[tuple[Any, ...]]:
    chosen = table[(table["criterion"] == criterion) & (table["effect"] == effect)]
    return listed(chosen[FIGURES])


def test_a_profile_of_all_projects() -> None:
    table = sustainability_profile(portfolio(PROJECTS, scores=SCORES))
    # 0, 7, 8: mean 5, median 7, one of three is zero and one is 8 or above.
    assert of(table, "wellbeing", "direct") == [(3, 0, 0, 5, 7, round(1 / 3, 9), round(1 / 3, 9))]
    # 8 and 10; S2 left it out.
    assert of(table, "wellbeing", "indirect") == [(2, 1, 0, 9, 9, 0, 1)]
    # 11 and -1 are outside 0 to 10; S3 has no row and so no score.
    assert of(table, "equality", "direct") == [(1, 1, 1, 10, 10, 0, 1)]
    assert of(table, "equality", "indirect") == [(1, 1, 1, 0, 0, 1, 0)]
    assert of(table, "natura_2000", "direct") == [(0, 3, 0, None, None, None, None)]
    assert excluded(table) == {
        "The form does not ask for scores.": 1,
        "A score is outside the form's bounds.": 2,
    }
    assert table.attrs["population"] == "Projects: 4; asked for scores: 3."
    assert "never a measured effect" in table.attrs["method"]


def test_intervals_of_scores() -> None:
    found = portfolio(
        [project(f"S{i}", "eura2014") for i in range(9)],
        scores=[(f"S{i}", "wellbeing", i, i + 2 if i < 5 else None) for i in range(9)],
    )
    table = sustainability_profile(found).query("criterion == 'wellbeing'").set_index("effect")
    ends = ["median_low", "median_high", "share_zero_low", "share_zero_high"]
    # Ranks 2 and 8 of 0 to 8; Wilson's interval of 1 of 9. Five scores have none.
    assert [round(end, 4) for end in table.loc["direct", ends]] == [1, 7, 0.0199, 0.4350]
    assert table.loc["indirect", ends].isna().all()


def test_the_profile_has_every_criterion_in_the_order_of_the_shelf() -> None:
    table = sustainability_profile(portfolio(PROJECTS, scores=SCORES))
    shelf = [(r["dimension"], r["code"]) for r in load.codes("sustainability_criteria")]
    assert len(shelf) == 15
    assert listed(table[["dimension", "criterion", "effect"]]) == [
        (*pair, effect) for pair in shelf for effect in ("direct", "indirect")
    ]
    bounds = [f"{name}_{end}" for name in FIGURES[4:] for end in ("low", "high")]
    assert list(table) == [
        *["dimension", "criterion", "effect", *FIGURES, *bounds],
        *["share_1_to_3", "share_4_to_7"],
    ]
    assert [str(dtype) for dtype in table.dtypes] == [
        *["string"] * 3,
        *["Int64"] * 3,
        *["Float64"] * 12,
    ]


def test_classes_of_scores() -> None:
    found = portfolio(
        [project(f"S{i}") for i in range(9)],
        scores=[
            (f"S{i}", "wellbeing", score, None)
            for i, score in enumerate([0, 0, 1, 3, 4, 7, 8, 10, 11])
        ],
    )
    table = sustainability_profile(found).query("criterion == 'wellbeing'").set_index("effect")
    classes = ["share_zero", "share_1_to_3", "share_4_to_7", "share_8_or_above"]
    # 11 is outside the bounds: two of each class, of eight.
    assert list(table.loc["direct", classes]) == [0.25] * 4
    assert table.loc["indirect", classes].isna().all()


def test_scores_of_each_project() -> None:
    named = [{**row, "name": f"Hanke {row['project_code']}"} for row in PROJECTS]
    table = esrdata.stats.sustainability_scores(portfolio(named, scores=SCORES))
    # Three projects are asked, and two criteria of the form have any score.
    assert len(table) == 3 * 2 * 2
    assert list(table["criterion"].iloc[:4]) == ["wellbeing", "wellbeing", "equality", "equality"]
    assert list(table["name"].unique()) == ["Hanke S1", "Hanke S2", "Hanke S3"]
    scores = table.set_index(["project_code", "criterion", "effect"])["score"]
    assert scores["S1", "wellbeing", "direct"] == 0
    assert scores["S3", "wellbeing", "indirect"] == 10
    # Left out, outside the bounds, and no row at all.
    assert scores[[("S2", "wellbeing", "indirect"), ("S1", "equality", "direct")]].isna().all()
    assert pd.isna(scores["S3", "equality", "direct"])
    assert table.attrs["not_asked"] == [{"form": "list", "n": 1, "project_code": "S4"}]
    assert excluded(table)["A score is outside the form's bounds."] == 2
    empty = esrdata.stats.sustainability_scores(portfolio(PROJECTS[3:]))
    assert (len(empty), "ask for scores" in empty.attrs["why_empty"]) == (0, True)


def test_a_profile_by_group() -> None:
    table = sustainability_profile(portfolio(PROJECTS, scores=SCORES), "priority_axis")
    assert list(table["priority_axis"]) == [1] * 30 + [2] * 30
    # The list's project of axis 1 is not asked, and so misses nothing.
    assert of(table, "wellbeing", "direct") == [
        (2, 0, 0, 3.5, 3.5, 0.5, 0),
        (1, 0, 0, 8, 8, 0, 1),
    ]
    assert of(table, "equality", "direct")[1] == (0, 1, 0, None, None, None, None)
    assert table.attrs["title"] == "Sustainability scores by priority_axis"


def test_a_group_that_nobody_asked_is_there() -> None:
    table = sustainability_profile(portfolio(PROJECTS, scores=SCORES), "form")
    assert of(table, "wellbeing", "direct")[1] == (0, 0, 0, None, None, None, None)
    assert list(table["form"]) == ["eura2014"] * 30 + ["list"] * 30


def test_bounds_are_those_of_the_form() -> None:
    # A form without bounds on the shelf has no score outside them.
    table = sustainability_profile(
        portfolio([project("S1", "list")], scores=[("S1", "equality", 80, 8)])
    )
    assert of(table, "equality", "direct") == [(1, 0, 0, 80, 80, 0, 1)]


def test_a_profile_of_no_projects() -> None:
    table = sustainability_profile(portfolio([]))
    assert (len(table), table["n"].sum(), table["n_missing"].sum()) == (30, 0, 0)
    assert len(sustainability_profile(portfolio([]), "form")) == 0


def test_a_project_of_several_regions_is_in_each() -> None:
    found = portfolio(
        PROJECTS,
        scores=SCORES,
        answers=[("S1", "gender_analysis", "yes", "Kyllä")],
        places=[("S1", "Uusimaa"), ("S1", "Kainuu")],
    )
    table = sustainability_profile(found, "region")
    assert [row[0] for row in of(table, "wellbeing", "direct")] == [1, 1, 2]
    assert "Projects of several regions: 1." in table.attrs["method"]
    table = horizontal_answers(found, "region")
    assert listed(table[["region", "n"]]) == [("Kainuu", 1), ("Uusimaa", 1)]
    assert "Projects of several regions: 1." in table.attrs["method"]


TWO_FORMS = [
    project("S1", priority_axis=1),
    project("S2", priority_axis=1),
    project("S3", priority_axis=2),
    project("S4", "eura2007", priority_axis=2),
    project("S5", "eura2007", priority_axis=2),
    project("S6", "list"),
]
ANSWERS = [
    ("S4", "partnership", None, "Ö-luokka"),
    ("S5", "partnership", None, "Luokka  a"),
    ("S4", "equality", None, None),
    ("S5", "equality", None, None),
    ("S1", "gender_main_goal", "no", "Ei"),
    ("S2", "gender_main_goal", "yes", "Kyllä"),
    ("S3", "gender_main_goal", "no", "Nej"),
    ("S1", "gender_analysis", "yes", "Ja"),
    ("S2", "gender_analysis", None, None),
    ("S3", "gender_analysis", "yes", "Kyllä"),
]


ENDS = ["share_low", "share_high"]


def test_the_interval_of_an_answer_is_of_those_who_answered() -> None:
    codes = ["yes"] * 8 + ["no"] * 2 + [None]
    found = portfolio(
        [project(f"S{i}", "eura2014") for i in range(11)],
        answers=[(f"S{i}", "gender_analysis", code, code) for i, code in enumerate(codes)],
    )
    # Wilson's interval of 8 of 10 is printed in many places; the one of 2 of 10 mirrors it.
    table = horizontal_answers(found)[ENDS].astype(float).round(4)
    assert table.to_numpy().tolist() == [[0.4902, 0.9433], [0.0567, 0.5098]]


def test_answers() -> None:
    table = horizontal_answers(portfolio(TWO_FORMS, answers=ANSWERS))
    assert list(table) == [
        "form", "principle", "answer_code", "answer", "n", "share", "share_low", "share_high",
        "n_answered", "n_missing",
    ]  # fmt: skip
    # Fewer than six answered, so that no share has an interval.
    assert table[ENDS].isna().all(axis=None)
    # Principles and codes as on the shelf, yes before no; a blank answer is missing, not a no.
    assert listed(table.drop(columns=ENDS)) == [
        ("eura2014", "gender_analysis", "yes", None, 2, 1, 2, 1),
        ("eura2014", "gender_main_goal", "yes", None, 1, round(1 / 3, 9), 3, 0),
        ("eura2014", "gender_main_goal", "no", None, 2, round(2 / 3, 9), 3, 0),
        ("eura2007", "equality", None, None, 0, None, 0, 2),
        ("eura2007", "partnership", None, "Luokka  a", 1, 0.5, 2, 0),
        ("eura2007", "partnership", None, "Ö-luokka", 1, 0.5, 2, 0),
    ]
    assert [str(dtype) for dtype in table.dtypes] == [
        *["string"] * 4, "Int64", *["Float64"] * 3, "Int64", "Int64",
    ]  # fmt: skip
    assert excluded(table) == {"The form does not ask about principles.": 1}
    assert table.attrs["population"] == "Projects: 6; asked: 5."


def test_answers_by_group() -> None:
    table = horizontal_answers(portfolio(TWO_FORMS, answers=ANSWERS), "priority_axis")
    # S2 of axis 1 left the analysis blank; the project of the list, without an axis, is not asked.
    assert listed(table.drop(columns=["form", "answer", *ENDS])) == [
        (1, "gender_analysis", "yes", 1, 1, 1, 1),
        (1, "gender_main_goal", "yes", 1, 0.5, 2, 0),
        (1, "gender_main_goal", "no", 1, 0.5, 2, 0),
        (2, "gender_analysis", "yes", 1, 1, 1, 0),
        (2, "gender_main_goal", "no", 1, 1, 1, 0),
        (2, "equality", None, 0, None, 0, 2),
        (2, "partnership", None, 1, 0.5, 2, 0),
        (2, "partnership", None, 1, 0.5, 2, 0),
    ]


def test_the_form_as_a_group_is_told_once() -> None:
    table = horizontal_answers(portfolio(TWO_FORMS, answers=ANSWERS), "form")
    assert list(table).count("form") == 1
    assert list(table["form"]) == ["eura2007"] * 3 + ["eura2014"] * 3


def test_spellings_of_an_answer_are_one() -> None:
    texts = ["Selvästi edistävä", "selvästi  EDISTÄVÄ", "Ei edistä"]
    rows = [(f"S{i}", "partnership", None, text) for i, text in enumerate(texts, start=1)]
    found = portfolio([project(f"S{i}", "eura2007") for i in (1, 2, 3)], answers=rows)
    table = horizontal_answers(found)
    assert listed(table[["answer", "n"]]) == [("Ei edistä", 1), ("Selvästi edistävä", 2)]


def test_no_answers() -> None:
    table = horizontal_answers(portfolio([project("S1", "list")]))
    assert (len(table), list(table)[:2]) == (0, ["form", "principle"])
    assert len(horizontal_answers(portfolio([]), "priority_axis")) == 0


@pytest.mark.parametrize("statistic", [sustainability_profile, horizontal_answers])
def test_an_unknown_group_is_told(statistic: Any) -> None:
    with pytest.raises(UsageError, match="no group 'regoin'"):
        statistic(portfolio(PROJECTS), "regoin")


def test_the_portfolio_stays_as_it_was() -> None:
    found = portfolio(TWO_FORMS, scores=SCORES, answers=ANSWERS)
    before = {name: table.copy() for name, table in found.tables.items()}
    sustainability_profile(found, "form")
    horizontal_answers(found, "form")
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_a_criterion_that_only_another_form_asks_for_is_missing_from_nobody_else() -> None:
    """A form of a user's own has a criterion and a dimension that no other form has."""
    scores = [("S1", "wellbeing", 4, 5), ("S9", "honesty", 3, None), ("S9", "wellbeing", 1, 2)]
    projects = columns.frame(
        "projects",
        [{"project_code": "S1", "form": "eura2014"}, {"project_code": "S9", "form": "of_our_own"}],
    )
    rows = [
        {"project_code": code, "criterion": criterion, "direct": direct, "indirect": indirect}
        | {"dimension": "values" if criterion == "honesty" else "social"}
        for code, criterion, direct, indirect in scores
    ]
    tables = {"projects": projects, "sustainability": columns.frame("sustainability", rows)}
    table = sustainability_profile(Portfolio(tables, Path.cwd()))
    found = table.set_index(["criterion", "effect"])
    assert list(found.loc[("honesty", "direct"), ["n", "n_missing"]]) == [1, 0]
    assert list(found.loc[("honesty", "indirect"), ["n", "n_missing"]]) == [0, 1]
    assert found.loc[("honesty", "direct"), "dimension"] == "values"
    # The form of 2014 asks S1 for fifteen, the other form, off the shelf, S9 for two.
    assert list(found.loc[("wellbeing", "direct"), ["n", "n_missing"]]) == [2, 0]
    assert list(found.loc[("biodiversity", "direct"), ["n", "n_missing"]]) == [0, 1]
    assert list(table["criterion"])[-1] == "honesty"
