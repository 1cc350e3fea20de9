"""Participants as final reports tell of them, beside those of the form."""

from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import claims_review, groups
from esrdata.stats.columns import typed
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population

OVERLAP = (
    "Claims of one project can overlap: the same people may be counted in several sentences, as a "
    "whole and in parts."
)

_CLAIM = ["rank", "value", "value_high", "qualifier", "unit", "stage", "sentence", "text"]
_PLACE = ["section", "start", "end"]
_REVIEW = ["decision", "value_corrected", "id"]


@statistic
@of_population
def stated_participants(
    portfolio: Portfolio,
    *,
    section: str = "final_report",
    kind: str = "people",
    decisions: pd.DataFrame | None = None,
    sum_accepted: bool = False,
    population: Population | None = None,
) -> pd.DataFrame:
    """Set the people that final reports speak of beside the participants on the form.

    Parameters
    ----------
    section
        The section of narratives whose claims are taken.
    kind
        The kind of claims. With another kind than ``people`` the counts of participants are
        missing, for they count something else.
    decisions
        What `read_review` returned: a reviewer's decisions on claims.
    sum_accepted
        Whether to add up the accepted claims of each project. Claims overlap, so a sum is only
        as good as the reviewer's choice; nothing else is ever summed.

    Returns
    -------
    DataFrame
        A row per claim, projects in the order of `projects`: `project_code`, `name`; `planned`,
        `realised_on_form` (Int64, participants on the form; missing where not stated or not
        applicable), `applicable`; a boolean column named as the section (``final_report``): whether
        the project has that text; `rank`, `value`, `value_high`, `qualifier`, `unit`, `stage`,
        `sentence`, `text`, `section`, `start`, `end`; `decision` (``accepted``, ``rejected``,
        or missing where undecided), `value_corrected`, `id`; `n_claims`. A project without such a
        claim has one row whose claim is missing.

        Within a project the largest value comes first (rank 1), a range by its lower end and
        equal ones in the order of the text; then what is said to have been planned, the largest
        first; last what has no number. Corrected values do not change the order.

        With `sum_accepted` a row per project: the same columns up to the section's; `stated`
        (Float64, the sum of accepted values, corrected ones where there are; missing where none
        is accepted), `n_accepted`, `n_rejected`, `n_undecided`, `n_without_value` (accepted ones
        that have no number and so add nothing), `n_planned` (accepted ones that tell of a plan),
        `n_claims`.

        `attrs`: `title`, `population`, `exclusions`, `method`; with decisions also `n_gone` and
        `gone`, decisions on claims that the portfolio does not have (ids, up to 50); with
        `sum_accepted` also `warning`.

    Raises
    ------
    UsageError
        If the portfolio has no claims, the section or the kind is unknown, the decisions do not
        fit, or a sum is asked for without decisions.
    """
    if sum_accepted and decisions is None:
        raise UsageError("Only accepted claims are summed: give decisions, as of read_review.")
    claims = claims_review.claims_of(portfolio, section=section, kinds=kind)
    more: dict[str, Any] = {}
    if decisions is not None:
        # Decisions on other sections and kinds are no strangers.
        _, gone = claims_review.decided(claims_review.claims_of(portfolio), decisions)
        more = {"n_gone": len(gone), "gone": gone[: claims_review.LISTED]}
    nobody = pd.DataFrame({"id": [], "decision": []})
    claims, _ = claims_review.decided(claims, nobody if decisions is None else decisions)
    facts = _facts(portfolio, section, kind)
    table = facts.merge(_ranked(claims), on="project_code", how="left")
    n_claims = table["id"].notna().groupby(table["project_code"]).transform("sum")
    table["n_claims"] = n_claims.astype("Int64")
    projects = table.drop_duplicates("project_code")
    has_text, has_claim = projects[section], projects["n_claims"] > 0
    table = table[[*facts, *_CLAIM, *_PLACE, *_REVIEW, "n_claims"]]
    strangers = claims[~claims["project_code"].isin(facts["project_code"])]
    title = f"Quantities stated in texts ({section}, {kind})"
    method = "The largest comes first, then plans, then what has no number. " + OVERLAP
    if sum_accepted:
        title, table = f"{title}, accepted ones added up", _summed(table, list(facts.columns))
        more["warning"] = (
            f"{OVERLAP} The sum counts people once only if the accepted claims do not overlap. "
            f"Accepted claims that state a plan: {table['n_planned'].sum()}."
        )
        method = "Accepted values are added up, corrected ones where there are. " + OVERLAP
    else:
        method += " They are not summed."
    participants = (
        {
            "The participants on the form do not apply.": int((~projects["applicable"]).sum()),
            "The planned number of participants is missing though it can apply.": int(
                (projects["planned"].isna() & projects["applicable"].ne(False).fillna(True)).sum()
            ),
        }
        if kind == "people"
        else {}
    )
    return groups.annotate(
        table,
        title=title,
        population=(
            f"Projects: {len(projects)}; with the text: {int(has_text.sum())}; "
            f"with such a claim: {int(has_claim.sum())}."
        ),
        exclusions={
            "The project does not have the text.": int((~has_text).sum()),
            "The text holds no such claim.": int((has_text & ~has_claim).sum()),
            **participants,
            "The project of a claim is not among the projects.": (
                strangers["project_code"].nunique()
            ),
        },
        method=method,
        **more,
    )


def _facts(portfolio: Portfolio, section: str, kind: str) -> pd.DataFrame:
    """What the form says of each project, and whether it has the text."""
    facts = portfolio.projects[["project_code", "name"]].reset_index(drop=True)
    rows = portfolio.indicators
    rows = rows[rows["indicator"].eq("participants") & (kind == "people")]
    counts = {
        stage: rows[rows["stage"] == stage].set_index("project_code")
        for stage in ("planned", "realised")
    }

    def beside(stage: str, column: str) -> "pd.Series[Any]":
        found: pd.Series[Any] = counts[stage][column].reindex(facts["project_code"])
        return found.set_axis(facts.index)

    applicable = beside("planned", "applicable").fillna(beside("realised", "applicable"))
    for name, stage in (("planned", "planned"), ("realised_on_form", "realised")):
        facts[name] = beside(stage, "total").where(applicable.ne(False).fillna(True))
    facts["applicable"] = applicable
    texts = portfolio.narratives
    written = texts.loc[texts["section"] == section, "project_code"]
    facts[section] = facts["project_code"].isin(written).astype("boolean")
    return facts


def _ranked(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims with their ranks, those of a project in this order."""
    order = claims.assign(
        _nothing=claims["value"].isna(), _plan=claims["stage"].eq("planned").fillna(False)
    )
    order = order.sort_values(
        ["_nothing", "_plan", "value", "value_high", "start"],
        ascending=[True, True, False, False, True],
    )
    rank = order.groupby("project_code").cumcount() + 1
    return order.assign(rank=rank.astype("Int64")).drop(columns=["_nothing", "_plan"])


def _summed(table: pd.DataFrame, facts: list[str]) -> pd.DataFrame:
    """A row per project, its accepted claims added up."""
    is_accepted = table["decision"].eq("accepted").fillna(False)
    value = table["value_corrected"].fillna(table["value"]).where(is_accepted)
    counts = {
        "n_accepted": is_accepted,
        "n_rejected": table["decision"].eq("rejected").fillna(False),
        "n_undecided": table["id"].notna() & table["decision"].isna(),
        "n_without_value": is_accepted & value.isna(),
        "n_planned": is_accepted & table["stage"].eq("planned").fillna(False),
    }
    codes = table["project_code"]
    added = pd.DataFrame({name: condition.astype("Int64") for name, condition in counts.items()})
    added = added.groupby(codes).sum()
    added.insert(0, "stated", value.groupby(codes).sum(min_count=1).astype("Float64"))
    once = table.drop_duplicates("project_code")[[*facts, "n_claims"]]
    summed = once.merge(added, left_on="project_code", right_index=True)
    return summed[[*facts, *added, "n_claims"]].reset_index(drop=True)


@statistic
@of_population
def unknown_units(portfolio: Portfolio, *, population: Population | None = None) -> pd.DataFrame:
    """Count the words that claims count and the vocabulary lacks, so that it can grow.

    Parameters
    ----------
    portfolio
        The portfolio.

    Returns
    -------
    DataFrame
        One row per word, the commonest first: unit (as written), n (claims), projects (with one),
        sentence (the first). To teach one, add it to `knowledge/claims/units.yml`.
    """
    claims = portfolio.claims
    unknown = claims[~claims["known_unit"]].groupby("unit", sort=False)
    table = unknown.agg(
        n=("unit", "size"), projects=("project_code", "nunique"), sentence=("sentence", "first")
    ).reset_index()
    return groups.annotate(
        typed(table, "unknown_units").sort_values(
            ["n", "unit"], ascending=[False, True], ignore_index=True
        ),
        title="Words that claims count and the vocabulary lacks",
        population=f"Claims: {len(claims)}.",
        exclusions={"The word is known.": int(claims["known_unit"].sum())},
        method="Claims of all kinds and sections are counted by their unit as written.",
    )
