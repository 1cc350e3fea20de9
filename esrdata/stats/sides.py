"""Sides of a comparison: which projects are on which, and what each of them states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import quantities
from esrdata.stats.grouped import plain
from esrdata.stats.indicators import counts_of
from esrdata.stats.meanings import told_apart_by
from esrdata.stats.population import Population, exclusions_of, members_with
from esrdata.stats.who import Joining
from esrdata.tables.overview import declared
from esrdata.tables.population import first_reason, missing_code, stated_sums

#: How portfolios that share projects are compared.
OVERLAPS = ("paired", "apart")
#: What a measure is: sums of money or counts, planned and realised, or one figure of a project.
#: Or whether a project has one of some codes, of which there is a share alone.
PAIR, FIGURE, SHARE = "pair", "figure", "share"


@dataclass(frozen=True, slots=True)
class Sides:
    """Projects by side, in the order of the sides.

    Attributes
    ----------
    rows
        `side` and `project_code`, with the portfolio each is of in `source` (a number).
    labels
        The sides, those without any project too.
    sources
        The portfolios.
    paired
        Whether the same projects are on both sides.
    left_out
        Why projects are on no side, and how many.
    method
        Notes on the sides, in English sentences.
    keys
        Of groups, what each side has in common, as JSON knows it.
    """

    rows: pd.DataFrame
    labels: list[str]
    sources: list[Portfolio]
    paired: bool
    left_out: dict[str, int]
    method: str = ""
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)


def of_portfolios(portfolios: Mapping[str, Portfolio], overlap: str | None) -> Sides:
    """A side per portfolio; those that share projects only as asked for."""
    if overlap is not None and overlap not in OVERLAPS:
        raise UsageError(unknown("way of comparing what overlaps", str(overlap), OVERLAPS))
    labels = list(portfolios)
    if len(labels) < 2 or not all(isinstance(p, Portfolio) for p in portfolios.values()):
        raise UsageError(
            "Give two or more portfolios by their names, such as {'2007': a, '2014': b}, or one "
            "portfolio and by=."
        )
    codes = {label: pd.Index(p.projects["project_code"]) for label, p in portfolios.items()}
    rows = pd.concat(
        [
            pd.DataFrame({"side": label, "project_code": codes[label], "source": number})
            for number, label in enumerate(labels)
        ],
        ignore_index=True,
    )
    shared = rows["project_code"].duplicated(keep=False)
    same = len(labels) == 2 and set(codes[labels[0]]) == set(codes[labels[1]]) and shared.any()
    paired = same or overlap == "paired"
    left_out: dict[str, int] = {}
    if paired:
        if len(labels) > 2:
            raise UsageError("Only two portfolios of the same projects can be compared in pairs.")
        alone = rows.loc[~shared, "project_code"].nunique()
        left_out["The project is in one of the portfolios only."] = int(alone)
        rows = rows[shared]
    elif overlap == "apart":
        later = rows["project_code"].duplicated()
        left_out["The project is on an earlier side."] = int(later.sum())
        rows = rows[~later]
    elif shared.any():
        first = rows[rows["project_code"] == rows.loc[shared, "project_code"].iloc[0]]
        a, b = first["side"].iloc[:2]
        n = len(codes[a].intersection(codes[b]))
        raise UsageError(sentence("error.compare_shared", a=str(a), b=str(b), n=n))
    return Sides(
        rows.reset_index(drop=True), labels, list(portfolios.values()), bool(paired), left_out
    )


def of_groups(portfolio: Portfolio, by: str | Sequence[str], **who: Unpack[Joining]) -> Sides:
    """A side per group of one portfolio; projects of several regions are on none."""
    names = [by] if isinstance(by, str) else list(by)
    keys = groups.keys(portfolio, names, rule="leave_out", **who)
    _ensure_one_meaning(portfolio, names)
    missing = keys[names].isna().any(axis=1)
    kept = keys[~missing]
    # What is the same in all of them tells what a code means, and is no name of a side.
    alone = {
        name: portfolio.projects[name].dropna().unique()
        for name in ("programme_period", "fund")
        if name not in names
    }
    same = {name: str(values[0]) for name, values in alone.items() if len(values) == 1}
    found = [[plain(key) for key in row] for row in kept[names].itertuples(index=False)]
    text = [", ".join(map(str, row)) for row in found]
    of_side = {
        label: {**same, **dict(zip(names, row, strict=True))}
        for label, row in zip(text, found, strict=True)
    }
    rows = pd.DataFrame({"project_code": kept["project_code"], "source": 0})
    rows.insert(0, "side", pd.Series(text, index=rows.index, dtype="string"))
    left_out = exclusions_of(keys)
    left_out[f"The project has no {' or no '.join(names)}."] = int(missing.sum())
    labels = list(dict.fromkeys(rows["side"].astype(str)))
    method = keys.attrs["method"]
    rows = rows.reset_index(drop=True)
    return Sides(rows, labels, [portfolio], False, left_out, method, of_side)


def _ensure_one_meaning(portfolio: Portfolio, names: Sequence[str]) -> None:
    """Raise where a code means one thing in one period or fund and another in another."""
    for name in names:
        for within in told_apart_by(name):
            if within not in names and portfolio.projects[within].nunique() > 1:
                raise UsageError(sentence("error.compare_meaning", name=name, within=within))


# ---- what projects state


def about(measure: str, sides: Sides) -> dict[str, Any]:
    """What a measure is: `kind`, `unit` (of its sums, or of the figure) and `label` by language.

    Raises
    ------
    UsageError
        If there is no such measure; the sentence names the nearest.
    """
    pairs: dict[str, dict[str, Any]] = {}
    for codelist, unit in (("measures", "eur"), ("indicators", "count")):
        for row in load.codes(codelist):
            label = {lang: row[f"label_{lang}"] for lang in load.LANGUAGES}
            pairs[row["code"]] = {"kind": PAIR, "unit": unit, "label": label}
    figures: dict[str, dict[str, Any]] = {}
    for source in sides.sources:
        for code in source.indicators["indicator"].dropna().unique():
            # One that the shelf lacks is its own label.
            label = dict.fromkeys(load.LANGUAGES, str(code))
            pairs.setdefault(str(code), {"kind": PAIR, "unit": "count", "label": label})
        for name, spec in declared(source.tables).items():
            if spec["type"] in ("integer", "money", "number") and "codes" not in spec:
                own = {"unit": spec.get("unit"), "label": dict(spec["label"])}
                figures.setdefault(name, {"kind": FIGURE, **own})
    shares: dict[str, dict[str, Any]] = {
        name: {
            "kind": SHARE, "unit": None, "label": dict(spec["label"]),
            # One is all of it: a project has the code or not.
            "mark": {"value": 1, "label": dict(spec["mark"])},
        }
        for name, spec in load.statistics()["shares"].items()
    }  # fmt: skip
    known = figures | pairs | shares
    if measure not in known:
        raise UsageError(unknown("measure", str(measure), known))
    return known[measure]


def stated(sides: Sides, measure: str, whom: Population) -> tuple[pd.DataFrame, dict[str, int]]:
    """What the projects of each side state of a measure.

    Returns
    -------
    tuple
        `sides.rows` with `planned`, `realised` and `value` (their ratio, or the figure itself; all
        missing where the project does not count), `reason` why it does not, and `has`, whether it
        states the measure at all; the reasons with their numbers.
    """
    found = [_stated(source, measure, whom) for source in sides.sources]
    facts = pd.concat(
        [table.assign(source=number) for number, (table, _) in enumerate(found)], ignore_index=True
    )
    rows = sides.rows.merge(facts, on=["project_code", "source"], how="left")
    looked_for = dict.fromkeys(reason for _, reasons in found for reason in reasons)
    if sides.paired:
        other = "The project does not count on the other side."
        out = rows["reason"].notna().groupby(rows["project_code"]).transform("any")
        rows["reason"] = rows["reason"].mask(out & rows["reason"].isna(), other)
        looked_for[other] = None
    counted = rows["reason"].isna()
    for name in ("planned", "realised", "value"):
        rows[name] = rows[name].where(counted)
    # By region a project is on one side; of portfolios each side has its own.
    return rows, {reason: int((rows["reason"] == reason).sum()) for reason in looked_for}


def commonest(sides: Sides, facts: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The priority axis that most of the projects that count are of, side by side.

    Its period, fund and code, `n` projects of `of`; a side where it is tied or not known for all
    is not there.
    """
    names = ["programme_period", "fund", "priority_axis"]
    known = [one.projects[["project_code", *names]] for one in sides.sources]
    of = pd.concat([one.assign(source=number) for number, one in enumerate(known)])
    counted = facts.loc[facts["value"].notna(), ["side", "project_code", "source"]]
    counted = counted.merge(of, on=["project_code", "source"], how="left")
    found = {}
    for side, rows in counted.groupby("side", sort=False):
        sizes = rows.groupby(names).size().sort_values(ascending=False)
        if int(sizes.sum()) < len(rows) or (len(sizes) > 1 and sizes.iloc[0] == sizes.iloc[1]):
            continue
        axis = dict(zip(names, map(str, sizes.index[0]), strict=True))
        found[str(side)] = {**axis, "n": int(sizes.iloc[0]), "of": len(rows)}
    return found


def _shared(
    portfolio: Portfolio, spec: dict[str, Any], whom: Population
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Whether each project has one of the codes: one or zero."""
    codes = portfolio.projects[spec["column"]]
    value = codes.isin(spec["codes"]).astype("Float64").where(codes.notna())
    members = whom.members(portfolio)
    missing = missing_code(spec["column"])
    nothing = pd.Series(pd.NA, index=codes.index, dtype="Float64")
    table = members.assign(planned=nothing, realised=nothing, value=value, has=value.notna())
    table["reason"] = members["reason"].fillna(first_reason({missing: codes.isna()}, codes.index))
    return table, {**exclusions_of(members), missing: int((table["reason"] == missing).sum())}


def _stated(
    portfolio: Portfolio, measure: str, whom: Population
) -> tuple[pd.DataFrame, dict[str, int]]:
    shares = load.statistics()["shares"]
    if measure in shares:
        return _shared(portfolio, shares[measure], whom)
    if measure in [row["code"] for row in load.codes("measures")]:
        members = members_with(portfolio, whom, measure)
        sums = {
            stage: stated_sums(portfolio.tables, measure, stage)[0]
            for stage in ("planned", "realised")
        }
        has = sums["planned"].notna() & sums["realised"].notna()
        table = members.assign(**sums, value=sums["realised"] / sums["planned"], has=has)
        return table, exclusions_of(members)
    members = whom.members(portfolio)
    if measure in [*portfolio.indicators["indicator"]] or measure in [
        row["code"] for row in load.codes("indicators")
    ]:
        counts, _ = counts_of(portfolio, measure)
        planned, realised = (counts[name].astype("Float64") for name in ("planned", "realised"))
        value = realised / planned.where(planned > 0)
        reasons: dict[str, pd.Series[Any]] = {
            "What is counted does not apply to the project.": counts["refused"],
            "The planned number is missing.": planned.isna(),
            "The realised number is missing.": realised.isna(),
            "The planned number is zero.": planned <= 0,
        }
        has = planned.notna() & realised.notna()
    else:
        figures, without = quantities(portfolio, [measure], whom)
        value = figures[measure]
        planned = realised = pd.Series(pd.NA, index=value.index, dtype="Float64")
        reasons = {
            "What is counted does not apply to the project.": without,
            "The figure is missing.": value.isna(),
        }
        has = value.notna()
    own = first_reason(reasons, members.index)
    table = members.assign(planned=planned, realised=realised, value=value, has=has)
    table["reason"] = members["reason"].fillna(own)
    return table, exclusions_of(members) | dict.fromkeys(reasons, 0)


def numbers(column: "pd.Series[Any]") -> npt.NDArray[np.float64]:
    """The values of a column that are there."""
    return np.asarray(column.dropna(), dtype=float)
