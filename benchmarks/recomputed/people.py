"""Participants and other counts, scores and answers."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean, median
from typing import Any

import pandas as pd

from esrdata import Portfolio, stats
from recomputed.facts import Facts, Second, between, codes, names, plain, quantile, ratio, wilson

BY: list[Any] = [None, "programme_period", ["fund", "priority_axis"], "region", "form"]


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for by in BY:
        yield participants(portfolio, facts, by)
        yield indicators(portfolio, facts, by)
        yield sustainability(portfolio, facts, by)
        yield horizontal(portfolio, facts, by)
    yield scores(portfolio, facts)
    yield participant_pairs(portfolio, facts)
    yield stated(portfolio, facts)
    yield unknown_units(portfolio)


def count_of(facts: Facts, code: str, indicator: str) -> dict[str, Any]:
    """What a project counts, and whether the count applies to it."""
    rows = {
        stage: facts.counts.get((code, indicator, stage), {}) for stage in ("planned", "realised")
    }
    said = [row.get("applicable") for row in rows.values()]
    numbers = {
        f"{who}{stage}": row.get(column)
        for stage, row in rows.items()
        for who, column in (("", "total"), ("women_", "women"))
    }
    refused = False in said
    applies = not refused and (True in said or any(n is not None for n in numbers.values()))
    if refused:
        numbers = dict.fromkeys(numbers)
    return {**numbers, "refused": refused, "applies": applies}


def summed(values: list[Any]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def counted(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures that participants and other indicators share."""
    both = [row for row in found if row["planned"] is not None and row["realised"] is not None]
    figures: dict[str, Any] = {
        "n": sum(row["applies"] for row in found),
        "n_not_applicable": sum(row["refused"] for row in found),
        "n_unknown": sum(not row["applies"] and not row["refused"] for row in found),
        "n_missing": sum(
            row["applies"] and row["planned"] is None and row["realised"] is None for row in found
        ),
        "n_both": len(both),
    }
    for stage in ("planned", "realised"):
        figures[f"n_{stage}"] = sum(row[stage] is not None for row in found)
        figures[stage] = summed([row[stage] for row in found])
        figures[f"{stage}_both"] = summed([row[stage] for row in both])
        women = [row for row in found if None not in (row[stage], row[f"women_{stage}"])]
        figures[f"n_women_{stage}"] = len(women)
        figures[f"women_{stage}"] = of_women = summed([row[f"women_{stage}"] for row in women])
        of_all = summed([row[stage] for row in women])
        figures[f"womens_share_{stage}"] = ratio(of_women, of_all)
    figures["ratio"] = ratio(figures["realised_both"], figures["planned_both"])
    return figures


def participants(portfolio: Portfolio, facts: Facts, by: Any) -> Second:
    rows = {}
    for key, group in facts.groups(by).items():
        found = [count_of(facts, code, "participants") for code in group]
        rows[key] = counted(found)
        for stage in ("planned", "realised"):
            cost = []
            for code, row in zip(group, found, strict=True):
                money = facts.sum(code, "public_total", stage)
                over = stage == "planned" or facts.projects[code]["status_code"] == "ended"
                if money is not None and money > 0 and over and (row[stage] or 0) > 0:
                    cost.append(money / row[stage])
            rows[key][f"cost_per_{stage}"] = quantile(cost, 0.5)
            rows[key][f"cost_{stage}_q1"] = quantile(cost, 0.25)
            rows[key][f"cost_{stage}_q3"] = quantile(cost, 0.75)
            rows[key][f"cost_{stage}_n"] = len(cost)
            ends = between(cost, 0.5)
            rows[key] |= {f"cost_{stage}_low": ends[0], f"cost_{stage}_high": ends[1]}
    table = stats.participants(portfolio, by=by)
    return Second("participants", {"by": by}, table, names(by), rows)


def indicators(portfolio: Portfolio, facts: Facts, by: Any) -> Second:
    held = {indicator for _, indicator, _ in facts.counts}
    rows = {
        (*key, indicator): counted([count_of(facts, code, indicator) for code in group])
        for key, group in facts.groups(by).items()
        for indicator in held
    }
    table = stats.indicators(portfolio, by=by)
    return Second("indicators", {"by": by}, table, [*names(by), "indicator"], rows)


def participant_pairs(portfolio: Portfolio, facts: Facts) -> Second:
    rows = {}
    for code in facts.projects:
        row = count_of(facts, code, "participants")
        if row["planned"] is not None or row["realised"] is not None:
            rows[(code,)] = {stage: row[stage] for stage in ("planned", "realised")}
    table = stats.participant_pairs(portfolio)
    return Second("participant_pairs", {}, table, ["project_code"], rows)


def sustainability(portfolio: Portfolio, facts: Facts, by: Any) -> Second:
    scores: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    asking: defaultdict[str, set[str]] = defaultdict(set)
    for row in portfolio.sustainability.to_dict("records"):
        asking[facts.projects[row["project_code"]]["form"]].add(row["criterion"])
        for effect in ("direct", "indirect"):
            scores[row["project_code"], row["criterion"], effect].append(plain(row[effect]))
    asked = {code for code, _, _ in scores}
    every = {row["code"] for row in codes("sustainability_criteria")}
    every = set().union(*asking.values()) or every
    rows = {}
    for key, group in facts.groups(by).items():
        for criterion in every:
            for effect in ("direct", "indirect"):
                found = [s for code in group for s in scores.get((code, criterion, effect), [])]
                within = [s for s in found if s is not None and 0 <= s <= 10]
                outside = sum(s is not None for s in found) - len(within)
                n_asked = sum(
                    code in asked and criterion in asking[facts.projects[code]["form"]]
                    for code in group
                )
                n = len(within)
                zero, high = sum(s == 0 for s in within), sum(s >= 8 for s in within)
                rows[(*key, criterion, effect)] = row = {
                    "n": n,
                    "n_outside": outside,
                    "n_missing": n_asked - n - outside,
                    "mean": fmean(within) if within else None,
                    "median": median(within) if within else None,
                    "share_zero": ratio(zero, n),
                    "share_8_or_above": ratio(high, n),
                    "share_1_to_3": ratio(sum(s in (1, 2, 3) for s in within), n),
                    "share_4_to_7": ratio(sum(s in (4, 5, 6, 7) for s in within), n),
                }
                for name, ends in (
                    ("median", between(within, 0.5)),
                    ("share_zero", wilson(zero, n)),
                    ("share_8_or_above", wilson(high, n)),
                ):
                    row |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
    table = stats.sustainability_profile(portfolio, by=by)
    keys = [*names(by), "criterion", "effect"]
    return Second("sustainability_profile", {"by": by}, table, keys, rows)


def scores(portfolio: Portfolio, facts: Facts) -> Second:
    """Scores that are outside the form's bounds are left out, not the rows."""
    found: dict[tuple[Any, ...], Any] = {}
    for row in portfolio.sustainability.to_dict("records"):
        for effect in ("direct", "indirect"):
            found[row["project_code"], row["criterion"], effect] = plain(row[effect])
    criteria = {criterion for _, criterion, _ in found}
    rows = {}
    for code in {code for code, *_ in found}:
        for criterion, effect in itertools.product(criteria, ("direct", "indirect")):
            score = found.get((code, criterion, effect))
            within = score is not None and 0 <= score <= 10
            rows[(code, criterion, effect)] = {"score": score if within else None}
    table = stats.sustainability_scores(portfolio)
    return Second("sustainability_scores", {}, table, ["project_code", "criterion", "effect"], rows)


def horizontal(portfolio: Portfolio, facts: Facts, by: Any) -> Second:
    answers: defaultdict[str, dict[str, tuple[Any, Any]]] = defaultdict(dict)
    first: dict[str, str] = {}
    for row in portfolio.horizontal.to_dict("records"):
        code, text = plain(row["answer_code"]), plain(row["answer"])
        if code is not None or text is None:
            text = None
        else:
            text = first.setdefault(" ".join(text.split()).casefold(), text)
        answers[row["project_code"]][row["principle"]] = code, text
    rows = {}
    for key, group in facts.groups(by).items():
        for principle in {name for code in group for name in answers[code]}:
            found = [answers[code][principle] for code in group if principle in answers[code]]
            given = [answer for answer in found if answer != (None, None)]
            whole = {"n_answered": len(given), "n_missing": len(found) - len(given)}
            for answer in set(given) or {(None, None)}:
                n = given.count(answer)
                share = ratio(n, len(given))
                low, high = wilson(n, len(given))
                row = {"n": n, "share": share, "share_low": low, "share_high": high}
                rows[(*key, principle, *answer)] = row | whole
    table = stats.horizontal_answers(portfolio, by=by)
    keys = [*names(by), "principle", "answer_code", "answer"]
    return Second("horizontal_answers", {"by": by}, table, keys, rows)


def stated(portfolio: Portfolio, facts: Facts) -> Second:
    """People that final reports speak of: the numbers of claims, by place."""
    claims = portfolio.claims
    claims = claims[(claims["section"] == "final_report") & (claims["kind"] == "people")]
    per = claims.groupby("project_code").size().to_dict()
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in claims.to_dict("records"):
        if row["project_code"] in facts.projects:
            key = (row["project_code"], plain(row["start"]), plain(row["end"]))
            rows[key] = {name: plain(row[name]) for name in ("value", "value_high")}
    for code in facts.projects:
        if code not in per:
            rows[(code, None, None)] = {"value": None, "value_high": None}
    for (code, *_), row in rows.items():
        on_form = count_of(facts, code, "participants")
        row |= {"planned": on_form["planned"], "realised_on_form": on_form["realised"]}
        row["n_claims"] = per.get(code, 0)
    ranked: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in claims.to_dict("records"):
        value, high = plain(row["value"]), plain(row["value_high"])
        plan, place = plain(row["stage"]) == "planned", (row["start"], row["end"])
        order = (value is None, plan, -(value or 0), high is None, -(high or 0), *place)
        ranked[row["project_code"]].append(order)
    for code, orders in ranked.items():
        for rank, order in enumerate(sorted(orders), start=1):
            if (code, *order[-2:]) in rows:
                rows[(code, *order[-2:])]["rank"] = rank
    table = stats.stated_participants(portfolio)
    return Second("stated_participants", {}, table, ["project_code", "start", "end"], rows)


def unknown_units(portfolio: Portfolio) -> Second:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in portfolio.claims.to_dict("records"):
        if not row["known_unit"] and pd.notna(row["unit"]):
            found[row["unit"]].append(row["project_code"])
    rows = {(u,): {"n": len(each), "projects": len({*each})} for u, each in found.items()}
    return Second("unknown_units", {}, stats.unknown_units(portfolio), ["unit"], rows)
