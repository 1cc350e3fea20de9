"""Facts of projects that the page adds up: numbers of those that count, missing for the others.

The functions that `esrdata.stats` itself uses decide who counts, so that the page has nothing
to decide: it adds up what is there (`explorer.yml`).
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.stats.facts import exact_sums, quantities
from esrdata.stats.indicators import STAGES, counts_of
from esrdata.stats.participants import costs
from esrdata.stats.population import chosen, members_with
from esrdata.stats.scores import asked_pairs, scores_of

#: Numbers of projects in their order, None where a project has none.
Column = list[int | None]
_CENTS, _DIGITS = 100, 10**15


def measures(portfolio: Portfolio) -> list[str]:
    """Codes of the measures that a portfolio has sums of, in the order of the shelf."""
    rows = portfolio.funding
    held = set(rows.loc[rows["amount_eur"].notna(), "measure"].dropna().unique())
    return [row["code"] for row in load.codes("measures") if row["code"] in held]


def money(portfolio: Portfolio, measure: str) -> dict[str, Column]:
    """Exact sums of a measure in cents, and 1 for the projects whose ratio counts.

    `shared` is what `concentration` divides among organisations: planned sums not below zero.
    """
    planned, realised = (exact_sums(portfolio, measure, stage)[0] for stage in STAGES)
    about = chosen("absorption", None, measure=measure)
    counts = members_with(portfolio, about, measure)["reason"].isna()
    return {
        "planned": cents(planned),
        "realised": cents(realised),
        "in_ratio": _ones(counts),
        "shared": cents(planned.mask(planned < 0)),
    }


def stated(portfolio: Portfolio) -> dict[str, Column]:
    """Public funding in total as `locations_summary` and `status_by_year` take it, in cents."""
    names = {f"stated_{stage}": f"public_total_{stage}" for stage in STAGES}
    figures, _ = quantities(portfolio, names.values())
    return {name: cents(figures[column]) for name, column in names.items()}


def cents(amounts: "pd.Series[Any]") -> Column:
    """Sums in whole cents, which add up without a rest.

    Raises
    ------
    UsageError
        If a sum has parts of a cent, which the page could not add up exactly.
    """
    values = amounts.to_numpy(dtype=float, na_value=np.nan)
    whole = np.rint(values * 100)
    # Up to fifteen digits no other decimal is the same number.
    sure = (np.abs(whole) < _DIGITS) & (whole / 100 == values)
    found: Column = np.where(sure, whole, 0).astype(np.int64).tolist()
    for at in np.flatnonzero(~sure):
        found[at] = None if np.isnan(values[at]) else _exact_cents(float(values[at]))
    return found


def _exact_cents(amount: float) -> int:
    exact = Fraction(repr(amount)) * _CENTS
    if exact.denominator != 1:
        raise UsageError(f"The sum {amount!r} has parts of a cent; the explorer takes none.")
    return int(exact)


def counts(portfolio: Portfolio) -> Iterator[tuple[str, dict[str, Column]]]:
    """What projects count, by the code of the indicator; of participants also who has a cost."""
    rows = portfolio.indicators
    stating = rows["total"].notna() | rows["women"].notna() | rows["applicable"].notna()
    held = [str(code) for code in rows.loc[stating, "indicator"].dropna().unique()]
    shelf = [row["code"] for row in load.codes("indicators")]
    for code in [*(c for c in shelf if c in held), *sorted(set(held) - set(shelf))]:
        facts, _ = counts_of(portfolio, code)
        names = [f"{tail}{stage}" for stage in STAGES for tail in ("", "women_")]
        found: dict[str, Column] = {
            name: [None if is_missing(n) else int(n) for n in facts[name]] for name in names
        }
        found |= {name: _ones(facts[name]) for name in ("applies", "refused")}
        if code == "participants" and "public_total" in measures(portfolio):
            for stage in STAGES:
                amounts, people = costs(portfolio, facts, stage)
                found[f"in_cost_{stage}"] = _ones(amounts.notna() & people.notna())
        yield code, found


def scores(portfolio: Portfolio) -> Iterator[tuple[str, str, dict[str, Column]]]:
    """Scores of every criterion and effect that any project was asked for, in the shelf's order."""
    table = scores_of(portfolio)
    asked = asked_pairs(portfolio, table)
    codes = [str(code) for code in portfolio.projects["project_code"]]
    shelf = [row["code"] for row in load.codes("sustainability_criteria")]
    held = {str(code) for code in asked["criterion"]}
    groups = dict(iter(table.groupby(["criterion", "effect"])))
    for criterion in [c for c in shelf if c in held] + sorted(held - set(shelf)):
        of = set(asked.loc[asked["criterion"] == criterion, "project_code"])
        for effect in ("direct", "indirect"):
            part = groups.get((criterion, effect), table.iloc[:0])
            score = dict(zip(part["project_code"], part["score"], strict=True))
            outside = set(part.loc[part["outside"], "project_code"])
            values: Column = [
                None if is_missing(score.get(code)) else int(score[code]) for code in codes
            ]
            yield (
                criterion,
                effect,
                {
                    "score": values,
                    "outside": [1 if code in outside else None for code in codes],
                    "missing": [
                        1 if code in of and value is None and code not in outside else None
                        for code, value in zip(codes, values, strict=True)
                    ],
                },
            )


def answers(portfolio: Portfolio) -> list[dict[str, Any]]:
    """Answers on horizontal principles: of each form and principle what each project answered.

    `of` has the place of the answer, -1 where a project was asked and did not answer, None where
    it was not asked; `answers` are pairs of a code and a text, one of them missing.
    """
    table = portfolio.horizontal[["project_code", "principle", "answer_code", "answer"]]
    projects = portfolio.projects
    forms = dict(zip(projects["project_code"].tolist(), projects["form"].tolist(), strict=True))
    codes = {code: place for place, code in enumerate(forms)}
    order = {row["code"]: i for i, row in enumerate(load.codes("horizontal_principles"))}
    first: dict[str, str] = {}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for code, principle, answer_code, answer in table.itertuples(index=False, name=None):
        made = found.setdefault(
            (str(principle), str(forms[code])), {"answers": [], "of": [None] * len(codes)}
        )
        given: tuple[str | None, str | None]
        if not is_missing(answer_code):
            given = (str(answer_code), None)
        elif not is_missing(answer):
            # Spellings that differ in case and spaces are one answer.
            given = (None, first.setdefault(load.fold(answer), str(answer)))
        else:
            made["of"][codes[code]] = -1
            continue
        if given not in made["answers"]:
            made["answers"].append(given)
        made["of"][codes[code]] = made["answers"].index(given)
    return [
        {"principle": principle, "form": form, **found[principle, form]}
        for principle, form in sorted(
            found, key=lambda key: (order.get(key[0], len(order)), key[1])
        )
    ]


def _ones(condition: "pd.Series[Any]") -> Column:
    return [1 if holds else None for holds in condition.fillna(False).astype(bool)]


def days(dates: "pd.Series[Any]") -> Column:
    """Days since the beginning of 1970."""
    numbers = dates.to_numpy(dtype="datetime64[D]").astype(np.int64).tolist()
    missing = dates.isna().tolist()
    return [None if no else day for day, no in zip(numbers, missing, strict=True)]
