"""Claims of narratives and the decisions of a person on them."""

import hashlib
import json
from collections.abc import Iterable

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import ensure_known

#: What a reviewer can decide; a claim without a decision is undecided.
DECISIONS = ("accepted", "rejected")
#: How many ids are listed of decisions whose claim the portfolio does not have.
LISTED = 50
# Spreadsheets keep 15 digits.
_SAME = 1e-12
# What is needed of `claims`.
_DTYPES = {
    **dict.fromkeys(("project_code", "section", "kind", "qualifier", "unit"), "string"),
    **dict.fromkeys(("text", "sentence", "stage"), "string"),
    **dict.fromkeys(("value", "value_high"), "Float64"),
    **dict.fromkeys(("start", "end"), "Int64"),
}
DECIDED = {
    "id": "string",
    "project_code": "string",
    "section": "string",
    "value": "Float64",
    "decision": "string",
    "value_corrected": "Float64",
    "note": "string",
}


def claims_of(
    given: Portfolio | pd.DataFrame,
    *,
    section: str | None = None,
    kinds: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Take the claims of a portfolio, or of its table, each with its id.

    The id is made of project_code, section, start, end and text, and so is the same each time the
    same narrative is read. `section` and `kinds` take all where None.

    Raises
    ------
    UsageError
        If there are no claims to take, the section or a kind is unknown, or two claims have the
        same id.
    """
    claims = given
    if isinstance(given, Portfolio):
        if "claims" not in given.tables:
            raise UsageError("The portfolio has no table of claims: read its sources again.")
        claims = given.claims
    if not isinstance(claims, pd.DataFrame):
        raise UsageError(f"Claims come from a Portfolio or its table, not {type(given).__name__}.")
    if lacking := [name for name in _DTYPES if name not in claims]:
        raise UsageError(f"The table of claims has no column {lacking[0]!r}.")
    claims = claims.astype(_DTYPES)
    place = ["project_code", "section", "start", "end", "text"]
    ids = [_id(*cells) for cells in claims[place].itertuples(index=False)]
    claims["id"] = pd.Series(ids, index=claims.index, dtype="string")
    if claims["id"].duplicated().any():
        raise UsageError("Two claims have the same project, section, place and text.")
    if section is not None:
        ensure_known("section", section, [row["code"] for row in load.codes("narrative_sections")])
        claims = claims[claims["section"] == section]
    if kinds is not None:
        wanted = [kinds] if isinstance(kinds, str) else list(kinds)
        for kind in wanted:
            ensure_known("kind of claims", kind, [*load.words()["review"]["kind"]])
        claims = claims[claims["kind"].isin(wanted)]
    return claims.reset_index(drop=True)


def _id(*cells: object) -> str:
    plain = [None if is_missing(c) else c if isinstance(c, str) else int(str(c)) for c in cells]
    whole = json.dumps(plain, ensure_ascii=False).encode()
    # The letter keeps spreadsheets from taking an id for a number.
    return "c" + hashlib.sha256(whole).hexdigest()[:16]


def unused(table: pd.DataFrame) -> int:
    """How many values were corrected in vain."""
    not_accepted = table["decision"].ne("accepted").fillna(True)
    return int((table["value_corrected"].notna() & not_accepted).sum())


def decided(claims: pd.DataFrame, decisions: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Put decisions beside the claims that `claims_of` gave.

    Returns
    -------
    tuple
        The claims with `decision`, `value_corrected` and `note`, and the ids that none of them has.

    Raises
    ------
    UsageError
        If the decisions are no such table, an id comes twice, a decision is unknown, an id belongs
        to another project, or the value beside it is another than the claim's.
    """
    if not isinstance(decisions, pd.DataFrame) or not {"id", "decision"} <= set(decisions):
        raise UsageError("Decisions are a table with id and decision, as read_review returns it.")
    judged = decisions.reindex(columns=list(DECIDED)).astype(DECIDED).drop(columns="section")
    if judged["id"].isna().any() or judged["id"].duplicated().any():
        raise UsageError("An id is missing or comes twice among the decisions.")
    if unknown := sorted(set(judged["decision"].dropna()) - set(DECISIONS)):
        raise UsageError(f"The decision {unknown[0]!r} is none of {', '.join(DECISIONS)}.")
    both = claims.merge(judged, on="id", how="left", suffixes=("", "_judged"))
    # A number mended in its own cell would else be passed over, and the former one summed.
    other = (both["value_judged"] - both["value"]).abs() > _SAME * both["value"].abs()
    other |= both["value_judged"].notna() & both["value"].isna()
    if other.fillna(False).any():
        row = both[other.fillna(False)].iloc[0]
        said = "no number" if is_missing(row["value"]) else f"{row['value']:.15g}"
        raise UsageError(
            f"The decision {row['id']} stands beside the value {row['value_judged']:.15g}, but the "
            f"text says {said} ({row['text']!r}): another number belongs into the column of "
            "corrected values."
        )
    strayed = both["project_code_judged"].ne(both["project_code"]).fillna(False)
    if strayed.any():
        row = both[strayed].iloc[0]
        raise UsageError(
            f"The decision {row['id']} is on a row of project {row['project_code_judged']} but "
            f"belongs to project {row['project_code']}: were only some columns sorted?"
        )
    gone = judged.loc[~judged["id"].isin(claims["id"]), "id"]
    return both.drop(columns=["project_code_judged", "value_judged"]), sorted(gone)


@on_its_shelf
def accepted_claims(portfolio: Portfolio, decisions: pd.DataFrame) -> pd.DataFrame:
    """Take the claims that a reviewer accepted; only these enter further tables.

    Takes no `population`: the decisions say which claims count.

    Parameters
    ----------
    portfolio
        The portfolio.
    decisions
        What `read_review` returned.

    Returns
    -------
    DataFrame
        The accepted rows of `claims`, with `value_stated`, `note` and `id` added. Where the
        reviewer corrected the value, `value` is the corrected one and `value_high` is missing;
        `value_stated` is always what the text says.

        `attrs`: `title`, `population`, `exclusions` (with numbers of claims), `method`, `n_gone`
        (decisions on claims that the portfolio does not have) and `gone`, up to 50 of their ids.

    Raises
    ------
    UsageError
        If the portfolio has no claims, or the decisions do not fit.
    """
    judged, gone = decided(claims_of(portfolio), decisions)
    kept = judged[judged["decision"].eq("accepted").fillna(False)].reset_index(drop=True)
    kept["value_stated"] = kept["value"]
    corrected = kept["value_corrected"].notna()
    kept["value"] = kept["value_corrected"].fillna(kept["value"])
    kept["value_high"] = kept["value_high"].mask(corrected)
    lost = decisions["id"].isin(gone) & decisions["decision"].eq("accepted").fillna(False)
    return groups.annotate(
        kept[[*portfolio.claims.columns, "value_stated", "note", "id"]],
        title="Claims accepted in review",
        population=f"Claims accepted: {len(kept)} of {len(judged)}.",
        exclusions={
            "The claim was rejected.": int((judged["decision"] == "rejected").sum()),
            "The claim is undecided.": int(judged["decision"].isna().sum()),
            "A value was corrected and yet the claim is not accepted.": unused(judged),
            "The claim was accepted but is not in this portfolio.": int(lost.sum()),
        },
        method=(
            "Claims are matched by an id made of project, section, place and text. A corrected "
            f"value replaces the one stated ({int(corrected.sum())} of these claims). Claims of "
            "one project can overlap."
        ),
        n_gone=len(gone),
        gone=gone[:LISTED],
    )
