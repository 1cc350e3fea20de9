"""What applicants and authorities say of sustainability and of horizontal principles."""

from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.reading.form.spec import form as form_file
from esrdata.stats import groups, intervals
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.recording import current, note
from esrdata.stats.who import Joining

_EFFECTS = ("direct", "indirect")
_HIGH = 8
_FIGURES = ("mean", "median", "share_zero", "share_8_or_above")
_BOUNDS = [f"{name}_{end}" for name in _FIGURES[1:] for end in ("low", "high")]
#: Classes between zero and the highest, each with its lowest and highest score.
_BETWEEN = {"share_1_to_3": (1, 3), "share_4_to_7": (4, 7)}
_TABLE = "sustainability."
OUTSIDE = "A score is outside the form's bounds."


def scores_of(portfolio: Portfolio) -> pd.DataFrame:
    """A row per project asked, criterion and effect; `outside` where a score is out of bounds."""
    rows = portfolio.sustainability.melt(
        ["project_code", "criterion"], list(_EFFECTS), var_name="effect", value_name="score"
    )
    bounds = {name: load.form(name).get("score_bounds") for name in load.form_names()}
    forms = portfolio.projects[["project_code", "form"]]
    rows = rows.merge(forms, on="project_code")
    rows["outside"] = False
    for form, limits in bounds.items():
        if limits is not None:
            beyond = ~rows["score"].between(*limits) & (rows["form"] == form)
            rows["outside"] |= beyond.fillna(False).astype(bool)
    rows["score"] = rows["score"].mask(rows["outside"]).astype("Float64")
    return rows.drop(columns="form")


def asked_pairs(portfolio: Portfolio, scores: pd.DataFrame) -> pd.DataFrame:
    """A row per project and criterion that it was asked to score, of what `scores_of` gives."""
    asked = scores[["project_code"]].drop_duplicates()
    return _asked_pairs(portfolio, asked, _asked_for(portfolio, scores))


@statistic
@of_population
def sustainability_profile(
    portfolio: Portfolio,
    by: By = None,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Tell how projects score themselves on each criterion of sustainability.

    Returns
    -------
    DataFrame
        A row per group, criterion in the order of the form, and effect (direct, then indirect): a
        column per name of `by`; `dimension`, `criterion`, `effect` (codes); `n` (Int64, projects
        that state a score), `n_missing` (Int64, projects whose form asks for scores, without
        this one), `n_outside` (Int64, scores outside the form's bounds, which are left out);
        `mean`, `median` (Float64, points, 0 to 10); `share_zero`, `share_8_or_above` (Float64, 0
        to 1, of the n); the 95 % intervals of the last three: `median_low`, `median_high`,
        `share_zero_low` and so on, missing where n is below 6; `share_1_to_3`, `share_4_to_7`
        (Float64, 0 to 1, of the n). Figures of no project are missing; a stated zero is a score.
        `attrs`: `title`, `population`, `exclusions`, `method`.

    Raises
    ------
    UsageError
        If a group is unknown.

    Notes
    -----
    Plain summaries of the form's own scores, made by the applicant before the project: never a
    measured effect, and not for ranking projects or groups. Means suppose that the points are
    evenly spaced; the median does not. Intervals: `esrdata.stats.intervals`.
    """
    scores = scores_of(portfolio)
    asked = scores[["project_code"]].drop_duplicates()
    grouped = Grouped(portfolio, by, portfolio.projects[["project_code"]], who)
    asked_for = _asked_for(portfolio, scores)
    shelf = {row["code"]: row["dimension"] for row in load.codes("sustainability_criteria")}
    wanted = set().union(*asked_for.values()) or {*shelf}
    criteria = [code for code in shelf if code in wanted] + sorted(wanted - {*shelf})
    table = _profile(grouped, scores, criteria).join(grouped.heads, on="group")
    table["n_asked"] = _times_asked(portfolio, grouped, asked, asked_for, table)
    table["n_missing"] = table["n_asked"] - table["n"] - table["n_outside"]
    held = portfolio.sustainability
    held_in = dict(zip(held["criterion"], held["dimension"], strict=True))
    table["dimension"] = table["criterion"].map({**held_in, **shelf})
    if current() is not None:
        _note_scores(portfolio, grouped, scores, asked_for)
    texts = dict.fromkeys(("dimension", "criterion", "effect"), "string")
    counts = ["n", "n_missing", "n_outside"]
    order = [*grouped.names, *texts, *counts, *_FIGURES, *_BOUNDS, *_BETWEEN]
    return groups.annotate(
        table[order].astype(texts),
        title=grouped.title("Sustainability scores"),
        population=f"Projects: {len(portfolio)}; asked for scores: {len(asked)}.",
        exclusions={
            "The form does not ask for scores.": len(portfolio) - len(asked),
            OUTSIDE: int(scores.loc[scores["outside"], "project_code"].nunique()),
        },
        method=(
            "Scores are the applicant's own estimate made before the project, never a measured "
            f"effect. Scores outside the form's bounds are left out. {intervals.METHOD} "
            f"{grouped.method}"
        ).strip(),
    )


def _note_scores(
    portfolio: Portfolio,
    grouped: Grouped,
    scores: pd.DataFrame,
    asked_for: dict[str, set[str]],
) -> None:
    """Say whose scores each figure counts, to whoever records."""
    asked = _asked_pairs(portfolio, scores[["project_code"]].drop_duplicates(), asked_for)
    effects = pd.DataFrame({"effect": pd.array(list(_EFFECTS), dtype="string")})
    rows = asked.merge(effects, how="cross")
    rows = rows.merge(
        scores.astype({"effect": "string"}), on=["project_code", "criterion", "effect"], how="left"
    )
    rows = grouped.numbered(rows).join(grouped.heads, on="group")
    score, outside = rows["score"], rows["outside"].eq(True).fillna(False)
    rows["reason"] = pd.Series(OUTSIDE, index=rows.index, dtype="string").where(outside)
    keys, rows = [*grouped.names, "criterion", "effect"], rows.drop(columns="score")
    used = {
        "n": score.notna(),
        "n_missing": score.isna() & ~outside,
        "n_outside": outside,
        "zero": score.eq(0),
        "high": score.ge(_HIGH),
        **{name: score.between(*ends) for name, ends in _BETWEEN.items()},
    }
    for column, counted in used.items():
        note(column, rows, counted, keys=keys)


def _asked_pairs(
    portfolio: Portfolio, asked: pd.DataFrame, asked_for: dict[str, set[str]]
) -> pd.DataFrame:
    """A row per project and criterion that its form asks for."""
    pairs = [(form, code) for form, codes in asked_for.items() for code in codes]
    forms = asked.merge(portfolio.projects[["project_code", "form"]], on="project_code")
    pairs_of = pd.DataFrame(pairs, columns=["form", "criterion"], dtype="string")
    return forms.merge(pairs_of, on="form")[["project_code", "criterion"]]


def _profile(grouped: Grouped, scores: pd.DataFrame, criteria: list[str]) -> pd.DataFrame:
    """The figures of every group, criterion and effect, those of no score missing."""
    scores = scores.assign(
        zero=scores["score"].eq(0),
        high=scores["score"].ge(_HIGH),
        **{name: scores["score"].between(*ends) for name, ends in _BETWEEN.items()},
    )
    per = grouped.numbered(scores).groupby(["group", "criterion", "effect"])
    every = pd.MultiIndex.from_product(
        [grouped.heads.index, criteria, _EFFECTS], names=["group", "criterion", "effect"]
    )
    n, outside = (
        found.reindex(every, fill_value=0).astype("Int64")
        for found in (per["score"].count(), per["outside"].sum())
    )
    means = {"mean": per["score"].mean(), "median": per["score"].median()}
    figures = {name: found.reindex(every).astype("Float64") for name, found in means.items()}
    known = {key: intervals.of_quantile(part.dropna()) for key, part in per["score"]}
    figures |= intervals.ends("median", *intervals.bounds(map(known.get, every), every))
    for name, column in (("share_zero", "zero"), ("share_8_or_above", "high")):
        figures |= intervals.shares(name, per[column].sum().reindex(every, fill_value=0), n)
    for name in _BETWEEN:
        counts = per[name].sum().reindex(every, fill_value=0)
        figures[name] = (counts / n.where(n > 0)).astype("Float64")
    return pd.DataFrame({"n": n, "n_outside": outside, **figures}).reset_index()


def _times_asked(
    portfolio: Portfolio,
    grouped: Grouped,
    asked: pd.DataFrame,
    asked_for: dict[str, set[str]],
    table: pd.DataFrame,
) -> "pd.Series[Any]":
    """How many projects of each row's group have a form that asks for its criterion."""
    forms = _asked_pairs(portfolio, asked, asked_for)
    counts = grouped.numbered(forms).groupby(["group", "criterion"]).size()
    key = pd.MultiIndex.from_frame(table[["group", "criterion"]])
    return counts.reindex(key, fill_value=0).astype("Int64").set_axis(table.index)


def _asked_for(portfolio: Portfolio, scores: pd.DataFrame) -> dict[str, set[str]]:
    """The criteria that each form asks for; of a form off the shelf those that it was seen with."""
    rows = scores.merge(portfolio.projects[["project_code", "form"]], on="project_code")
    seen = {str(form): {*codes} for form, codes in rows.groupby("form")["criterion"]}
    known = load.form_names()
    return {
        name: codes | {f.split(".")[1] for f in form_file(name).fields() if f.startswith(_TABLE)}
        if name in known
        else codes
        for name, codes in seen.items()
    }


@statistic
@of_population
def horizontal_answers(
    portfolio: Portfolio,
    by: By = None,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Count the answers on each horizontal principle.

    Returns
    -------
    DataFrame
        A row per group, principle and answer found, principles and answer codes in the order of
        the shelf, other answers in alphabetical order: a column per name of `by`; `form` (the
        form that asks; the group's own where `by` has it), `principle`; `answer_code` (missing
        where the answer is a classification), `answer` (its text as first written, where there is
        no code); `n` (Int64, projects with the answer), `share` (Float64, 0 to 1, of the
        `n_answered`), `share_low`, `share_high` (its 95 % interval, missing where fewer than 6
        answered), `n_answered`, `n_missing` (Int64, projects asked that answered or did not,
        the same in every row of the principle). Where nobody asked has answered, one row has n 0
        and no answer nor share. A principle that no project of the group is asked has no row.
        `attrs`: `title`, `population`, `exclusions`, `method`.

    Raises
    ------
    UsageError
        If a group is unknown.

    Notes
    -----
    Counts of what the forms state: in 2014–2020 the applicant's yes or no, in 2007–2013 the
    authority's classification of the project. Not for comparing the two, which ask other
    questions of other people; nor for telling what was done.
    """
    answers = portfolio.horizontal[["project_code", "principle", "answer_code", "answer"]]
    # Spellings that differ in case and spaces are one answer, and a code stands for its words.
    spelt = answers["answer"].mask(answers["answer_code"].notna())
    first = {load.fold(text): text for text in reversed(spelt.dropna().tolist())}
    spelling = spelt.map(lambda text: first[load.fold(text)], na_action="ignore").astype("string")
    rows = answers.assign(answer=spelling)
    rows["answered"] = rows["answer_code"].notna() | spelling.notna()
    grouped = Grouped(portfolio, by, portfolio.projects[["project_code"]], who)
    rows = grouped.numbered(rows)
    # Forms may share a principle and ask other questions about it.
    rows["asked_by"] = rows["project_code"].map(
        portfolio.projects.set_index("project_code")["form"]
    )
    of = rows.groupby(["group", "asked_by", "principle"])["answered"]
    rows["n_answered"] = of.transform("sum").astype("Int64")
    rows["n_missing"] = of.transform("size").astype("Int64") - rows["n_answered"]
    key = ["group", "asked_by", "principle", "answer_code", "answer"]
    heads, of_group = rows.join(grouped.heads, on="group"), [*grouped.names, "principle"]
    note("n", heads, heads["answered"], keys=[*of_group, "answer_code", "answer"])
    note("n_answered", heads, heads["answered"], keys=of_group)
    note("n_missing", heads, ~heads["answered"], keys=of_group)
    counts = rows.groupby([*key, "n_answered", "n_missing"], dropna=False)["answered"].sum()
    table = counts.astype("Int64").rename("n").reset_index()
    # The unanswered are counted in n_missing, and have a row only where they are all.
    table = table[(table["n"] > 0) | (table["n_answered"] == 0)]
    table = table.assign(**intervals.shares("share", table["n"], table["n_answered"]))
    for column, codelist in (("principle", "horizontal_principles"), ("answer_code", "answers")):
        places = {row["code"]: i for i, row in enumerate(load.codes(codelist))}
        table[f"{column}_place"] = table[column].map(places).astype("Int64")
    order = ["group", "principle_place", "asked_by", "answer_code_place", "answer"]
    table = groups.ordered(table, order).join(grouped.heads, on="group")
    if "form" not in table:
        table["form"] = table["asked_by"]
    columns = [*grouped.names, "form", *key[2:], "n", "share", "share_low", "share_high"]
    columns += ["n_answered", "n_missing"]
    asked = answers["project_code"].nunique()
    return groups.annotate(
        table[list(dict.fromkeys(columns))],
        title=grouped.title("Answers on horizontal principles"),
        population=f"Projects: {len(portfolio)}; asked: {asked}.",
        exclusions={"The form does not ask about principles.": len(portfolio) - asked},
        method=(
            "Shares are of the projects that answered. Yes and no are the applicant's own answers, "
            f"the classifications those of the responsible authority. {intervals.METHOD} "
            f"{grouped.method}"
        ).strip(),
    )
