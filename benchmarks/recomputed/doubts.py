"""The rules of plausibility written by hand, key figures without the doubtful, cases drawn."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from statistics import fmean
from typing import Any

from esrdata import Portfolio, stats
from recomputed.comparisons import figure
from recomputed.facts import Facts, Key, Second, plain, quantile, ratio, total
from recomputed.money import pairs

PERIODS = {
    "2007-2013": (date(2007, 1, 1), date(2015, 12, 31)),
    "2014-2020": (date(2014, 1, 1), date(2023, 12, 31)),
    "2021-2027": (date(2021, 1, 1), date(2029, 12, 31)),
}
FIRST, LAST = date(2007, 1, 1), date(2029, 12, 31)
SUMS = [(m, s) for m in ("eu_and_state", "public_total") for s in ("planned", "realised")]
CASES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("stratified", {}),
    ("stratified", {"by": "fund", "seed": 7}),
    ("extreme", {"side": "both"}),
    ("extreme", {"side": "smallest", "by": "fund"}),
    ("typical", {"figures": ["public_total_planned", "duration_days"]}),
    ("deviant", {"figures": "public_total_planned", "by": "programme_period"}),
)
#: Whether a project is doubtful; None where it is not asked.
Answer = bool | None


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    answers = judged(portfolio, facts)
    yield plausibility(portfolio, facts, answers)
    yield doubtful(portfolio, facts, answers)
    for measure in ("public_total", "eu_and_state"):
        yield without_doubtful(portfolio, facts, answers, measure)
    for how, asked in CASES:
        frame = drawable(facts, how, asked)
        for n in (5, 16):
            if n <= len(frame):
                yield sample_cases(portfolio, facts, n, how, asked, frame)


def judged(portfolio: Portfolio, facts: Facts) -> dict[str, dict[str, Answer]]:
    """What each rule says of each project."""
    days = {row["file"]: plain(row["snapshot_date"]) for row in portfolio.files.to_dict("records")}
    plan = portfolio.provenance
    plan = plan[plan["field"] == "funding.public_total.planned"].drop_duplicates("project_code")
    blank = {*plan.loc[plan["status"] == "blank", "project_code"]}

    class One:
        """Values of a project, stated exactly."""

        def __init__(self, code: str) -> None:
            self.sums = {key: facts.sum(code, *key) for key in SUMS}
            self.grant, self.paid, self.planned, self.realised = self.sums.values()
            project = facts.projects[code]
            self.status, self.period = project["status_code"], project["programme_period"]
            self.start, self.end = (
                day and day.date() for day in (project["start_date"], project["end_date"])
            )
            seen = days.get(project["source"])
            self.day = seen and seen.date()
            self.blank_plan = code in blank

    def any_of(*answers: Answer) -> Answer:
        known = [answer for answer in answers if answer is not None]
        return any(known) if known else None

    def above(a: Any, b: Any, euros: float, share: float = 0) -> Answer:
        return None if a is None or b is None else a - b > max(euros, share * abs(b))

    def zero(value: Any) -> Answer:
        return None if value is None else value == 0

    def outside(one: One, first: date | None, last: date | None) -> Answer:
        return any_of(
            None if one.start is None or first is None else one.start < first,
            None if one.end is None or last is None else one.end > last,
        )

    def plan_missing(one: One) -> Answer:
        if not (one.grant or 0) > 0:
            return None
        no_sum = False if one.planned is not None else True if one.blank_plan else None
        return any_of(zero(one.planned), no_sum)

    def running_late(one: One) -> Answer:
        if one.status != "running" or one.day is None or one.end is None:
            return None
        return bool(one.day - one.end > timedelta(365))

    alone: dict[str, Callable[[One], Answer]] = {
        "negative_sum": lambda x: (
            any_of(*(s is not None and s < 0 for s in x.sums.values()))
            if any(s is not None for s in x.sums.values())
            else None
        ),
        "zero_grant": lambda x: zero(x.grant),
        "grant_without_plan": plan_missing,
        "running_past_end": running_late,
        "ended_with_nothing_realised": lambda x: (
            zero(x.realised) if x.status == "ended" and (x.planned or 0) > 0 else None
        ),
        "realised_above_granted": lambda x: any_of(
            above(x.paid, x.grant, 1), above(x.realised, x.planned, 1, 0.05)
        ),
        "eu_and_state_above_public_total": lambda x: any_of(
            above(x.grant, x.planned, 1), above(x.paid, x.realised, 1)
        ),
        "end_before_start": lambda x: None if None in (x.start, x.end) else x.end < x.start,
        "outside_programme_period": lambda x: outside(x, *PERIODS.get(x.period, (None, None))),
        "outside_every_period": lambda x: outside(x, FIRST, LAST) if x.period is None else None,
    }
    ones = {code: One(code) for code in facts.projects}
    found = {rule: {code: test(one) for code, one in ones.items()} for rule, test in alone.items()}
    return found | {"far_above_median": far_above(facts), "duplicated": duplicated(facts)}


def far_above(facts: Facts) -> dict[str, Answer]:
    """A hundred medians of the group, and beyond Tukey's outer fence of the logarithms."""
    held: defaultdict[Key, dict[str, float]] = defaultdict(dict)
    for code, project in facts.projects.items():
        key = tuple(project[name] for name in ("programme_period", "fund", "priority_axis"))
        amount = facts.sum(code, "public_total", "planned")
        if amount is not None and amount > 0 and None not in key:
            held[key][code] = amount
    found: dict[str, Answer] = dict.fromkeys(facts.projects)
    for amounts in held.values():
        if len(amounts) < 20:
            continue
        values = list(amounts.values())
        logs = [math.log(value) for value in values]
        q1, q3 = quantile(logs, 0.25), quantile(logs, 0.75)
        middle = quantile(values, 0.5)
        assert q1 is not None and q3 is not None and middle is not None
        limit = max(100 * middle, math.exp(q3 + 2 * (q3 - q1)))
        found |= {code: amount > limit for code, amount in amounts.items()}
    return found


def duplicated(facts: Facts) -> dict[str, Answer]:
    keys = {}
    for code, project in facts.projects.items():
        sums = [facts.sum(code, m, "planned") for m in ("eu_and_state", "public_total")]
        dates = [project["start_date"], project["end_date"]]
        names = [project["applicant_id"], project["name"]]
        if sums[1] is not None and sums[1] > 0 and None not in (*sums, *dates, *names):
            keys[code] = (*sums, *dates, *(" ".join(name.split()).casefold() for name in names))
    times = Counter(keys.values())
    return {code: times[keys[code]] > 1 if code in keys else None for code in facts.projects}


def plausibility(
    portfolio: Portfolio, facts: Facts, answers: dict[str, dict[str, Answer]]
) -> Second:
    rows = {}
    for rule, of in answers.items():
        asked = [answer for answer in of.values() if answer is not None]
        sums = [facts.sum(code, "public_total", "planned") for code, yes in of.items() if yes]
        rows[(rule,)] = {
            "n": len(asked),
            "n_doubtful": sum(asked),
            "share": ratio(sum(asked), len(asked)),
            "amount": total(sums),
            "n_without_sum": sums.count(None),
        }
    attrs = {"n_doubtful": len(any_rule(answers))}
    return Second("plausibility", {}, stats.plausibility(portfolio), ["check"], rows, attrs)


def doubtful(portfolio: Portfolio, facts: Facts, answers: dict[str, dict[str, Answer]]) -> Second:
    rows = {
        (rule, code): {"amount": facts.sum(code, "public_total", "planned")}
        for rule, of in answers.items()
        for code, yes in of.items()
        if yes
    }
    return Second("doubtful", {}, stats.doubtful(portfolio), ["check", "project_code"], rows)


def any_rule(answers: dict[str, dict[str, Answer]]) -> set[str]:
    return {code for of in answers.values() for code, yes in of.items() if yes}


def without_doubtful(
    portfolio: Portfolio, facts: Facts, answers: dict[str, dict[str, Answer]], measure: str
) -> Second:
    whole = key_figures(facts, list(facts.projects), measure)
    left = any_rule(answers)
    kept = key_figures(facts, [code for code in facts.projects if code not in left], measure)
    rows = {
        (name,): {
            "n": n,
            "value": value,
            "n_without": kept[name][0],
            "value_without": kept[name][1],
            "change": None if None in (value, kept[name][1]) else kept[name][1] - value,
        }
        for name, (n, value) in whole.items()
    }
    table = stats.without_doubtful(portfolio, measure=measure)
    return Second("without_doubtful", {"measure": measure}, table, ["figure"], rows)


def key_figures(facts: Facts, group: list[str], measure: str) -> dict[str, tuple[int, Any]]:
    """Number of projects and value of each."""
    projects = [facts.projects[code] for code in group]
    named = [p["applicant_id"] for p in projects if p["applicant_id"] is not None]
    found: dict[str, tuple[int, Any]] = {
        "projects": (len(group), len(group)),
        "beneficiaries": (len(named), len({*named})),
    }
    for status in ("ended", "running", "interrupted"):
        n = sum(p["status_code"] == status for p in projects)
        found[status] = n, n
    for name, of, stage in (
        ("grant", "eu_and_state", "planned"),
        ("planned", measure, "planned"),
        ("realised", measure, "realised"),
    ):
        sums = [x for x in (facts.sum(code, of, stage) for code in group) if x is not None]
        found[name] = len(sums), total(sums)
    both = pairs(facts, group, measure, "ended").values()
    used = ratio(total(p[1] for p in both), total(p[0] for p in both))
    found["utilisation"] = len(both), used
    found["median_utilisation"] = len(both), quantile([p[1] / p[0] for p in both], 0.5)
    return found


def drawable(facts: Facts, how: str, asked: dict[str, Any]) -> dict[str, list[float]]:
    """Figures of those that have all that the draw needs."""
    named = asked.get("figures", "public_total_planned")
    named = [] if how == "stratified" else [named] if isinstance(named, str) else named
    found = {code: [figure(facts, code, name) for name in named] for code in facts.projects}
    return {
        code: [float(v) for v in values if v is not None]
        for code, values in found.items()
        if None not in values
    }


def sample_cases(
    portfolio: Portfolio,
    facts: Facts,
    n: int,
    how: str,
    asked: dict[str, Any],
    frame: dict[str, list[float]],
) -> Second:
    seed = asked.get("seed", 1)
    by = asked.get("by")
    if by is None and how == "stratified":
        by = ["programme_period", "fund", "priority_axis"]
    names = [] if by is None else [by] if isinstance(by, str) else by
    value: dict[str, Any] = dict.fromkeys(frame)
    if how == "extreme":
        value = {code: figures[0] for code, figures in frame.items()}
    elif how != "stratified":
        value = distances(frame)
    table = stats.sample_cases(portfolio, n, how, **asked)
    strata: defaultdict[Key, list[str]] = defaultdict(list)
    for code in frame:
        strata[facts.keys(code, names)[0]].append(code)
    # Of groups of one size the first in natural order has the case left over: the library's order.
    groups = [tuple(s["group"].values()) for s in table.attrs["protocol"]["strata"]]
    shares = shared_out(n, [len(strata[key]) for key in groups])
    rows: dict[Key, dict[str, Any]] = {}
    for key, k in zip(groups, shares, strict=True):
        for code, reason in drawn(strata[key], k, how, asked.get("side", "both"), seed, value):
            rows[(code,)] = {"case": len(rows) + 1, "reason": reason, "value": value[code]}
    whole = {"n": n, "how": how, **asked}
    return Second("sample_cases", whole, table, ["project_code"], rows)


def distances(frame: dict[str, list[float]]) -> dict[str, float]:
    """Mean distance from the medians, in mean absolute deviations."""
    parts = []
    for figures in zip(*frame.values(), strict=True):
        middle = quantile(figures, 0.5)
        assert middle is not None
        off = [abs(x - middle) for x in figures]
        parts.append([x / (fmean(off) or 1) for x in off])
    return dict(zip(frame, map(fmean, zip(*parts, strict=True)), strict=True))


def shared_out(n: int, sizes: list[int]) -> list[int]:
    """By the largest remainder; then one to each from the group most above its share."""
    quotas = [Fraction(n * size, sum(sizes)) for size in sizes]
    shares = [math.floor(quota) for quota in quotas]
    by_rest = sorted(
        range(len(sizes)), key=lambda i: (quotas[i] - shares[i], sizes[i], -i), reverse=True
    )
    for i in by_rest[: n - sum(shares)]:
        shares[i] += 1
    if n >= len(sizes):
        for i in [i for i, share in enumerate(shares) if not share]:
            givers = [j for j, share in enumerate(shares) if share > 1]
            giver = max(givers, key=lambda j: (shares[j] - quotas[j], -j))
            shares[giver], shares[i] = shares[giver] - 1, 1
    return shares


def drawn(
    group: list[str], k: int, how: str, side: str, seed: int, value: dict[str, Any]
) -> list[tuple[str, str]]:
    lot = {code: hashlib.sha256(f"{seed}:{code}".encode()).hexdigest() for code in group}
    if how == "stratified":
        return [(code, "lot") for code in sorted(group, key=lambda c: lot[c])[:k]]
    rising = sorted(group, key=lambda c: (value[c], lot[c]))
    falling = sorted(group, key=lambda c: (-value[c], lot[c]))
    if how == "typical":
        return [(code, "near_median") for code in rising[:k]]
    if how == "deviant":
        return [(code, "far_from_median") for code in falling[:k]]
    largest = {"both": (k + 1) // 2, "largest": k, "smallest": 0}[side]
    top = falling[:largest]
    rest = [code for code in rising if code not in top][: k - largest]
    return [(code, "largest") for code in top] + [(code, "smallest") for code in rest]
