"""Scores of sustainability, project by project."""

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.columns import typed
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.scores import OUTSIDE, scores_of


@statistic
@of_population
def sustainability_scores(
    portfolio: Portfolio, *, population: Population | None = None
) -> pd.DataFrame:
    """Give the scores of each project on each criterion of sustainability.

    Returns
    -------
    DataFrame
        A row per project whose form asks for scores (in the order of `projects`), criterion (in the
        order of the form) and effect (direct, then indirect): `project_code`, `name`, `dimension`,
        `criterion`, `effect` (codes), `score` (Float64, points, 0 to 10; missing where the project
        left it out, or where it is outside the form's bounds). A stated zero is a score.

        `attrs`: `title`, `population`, `exclusions`, `method`; `not_asked`, for each form
        that does not ask, its name as `form`, the number of its projects `n`, and the code of the
        first as `project_code`.

    Notes
    -----
    The applicant's own estimates made before the project: never a measured effect, and not for
    ranking projects.
    """
    rows = scores_of(portfolio)
    projects = portfolio.projects.reset_index(drop=True)
    asked = projects["project_code"].isin(rows["project_code"])
    shelf = {row["code"]: row["dimension"] for row in load.codes("sustainability_criteria")}
    held = portfolio.sustainability
    dimensions = {**dict(zip(held["criterion"], held["dimension"], strict=True)), **shelf}
    stated = set(rows["criterion"].unique())
    criteria = [code for code in shelf if code in stated] + sorted(stated - {*shelf})
    order = pd.MultiIndex.from_product(
        [projects.loc[asked, "project_code"], criteria, ["direct", "indirect"]],
        names=["project_code", "criterion", "effect"],
    )
    table = rows.set_index(order.names)["score"].reindex(order).reset_index()
    table["dimension"] = table["criterion"].map(dimensions)
    table["name"] = table["project_code"].map(projects.set_index("project_code")["name"])
    out = projects[~asked].groupby("form", sort=False, dropna=False)["project_code"]
    return groups.annotate(
        typed(table, "sustainability_scores"),
        title="Sustainability scores of each project",
        population=f"Projects: {len(projects)}; asked for scores: {int(asked.sum())}.",
        exclusions={
            "The form does not ask for scores.": int((~asked).sum()),
            OUTSIDE: int(rows.loc[rows["outside"], "project_code"].nunique()),
        },
        method=(
            "Scores are the applicant's own estimate made before the project, never a measured "
            "effect. Scores outside the form's bounds are left out."
        ),
        not_asked=[
            {
                "form": None if is_missing(form) else form,
                "n": len(codes),
                "project_code": codes.iloc[0],
            }
            for form, codes in out
        ],
    )
