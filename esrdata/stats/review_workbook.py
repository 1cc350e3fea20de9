"""Claims out to a workbook in which a person judges them."""

import io
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import code_label, column_label, table_label, word
from esrdata.portfolio import Portfolio
from esrdata.staging import put
from esrdata.stats.claims_review import DECISIONS, claims_of
from esrdata.workbook import workbook

# Columns of the workbook in order, and how many characters wide they are.
_WIDTHS = {
    "id": 19,
    "project_code": 11,
    "name": 28,
    "section": 20,
    "kind": 13,
    "stage": 12,
    "value": 10,
    "value_high": 10,
    "qualifier": 12,
    "unit": 14,
    "text": 24,
    "sentence": 70,
    "decision": 14,
    "value_corrected": 14,
    "note": 30,
}
# What a reviewer fills in.
_BY_HAND = ("decision", "value_corrected", "note")


@on_its_shelf
def write_review(
    portfolio_or_claims: Portfolio | pd.DataFrame,
    path: str | PathLike[str],
    *,
    lang: str = "fi",
    kinds: str | Iterable[str] | None = ("people",),
    section: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the workbook in which a reviewer accepts or rejects claims.

    Takes no `population`: give `claims` of the projects to review.

    Parameters
    ----------
    portfolio_or_claims
        A portfolio, or its table `claims`, which does not know the names of projects.
    path
        Where to; a file name that ends in ``.xlsx``.
    lang
        Language of headings and choices: fi, sv or en.
    kinds
        Kinds of claims to review; None takes all.
    section
        The section of narratives; None takes all.
    overwrite
        Whether a file already there may be replaced: it can hold a reviewer's work.

    Returns
    -------
    Path
        The file. A row per claim, sorted by project, section and place in the text; the reviewer
        fills in the last three columns (decision, corrected value, note). Nothing in it is a
        formula, and the same claims give the same bytes.

    Raises
    ------
    UsageError
        If the language, a kind or the section is unknown, the name does not end in ``.xlsx``, or
        the file is there already.
    StoreError
        If the folder cannot be written.
    """
    headings = headings_of(lang)
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"The name {target.name} does not end in .xlsx, as a workbook's must.")
    if target.exists() and not overwrite:
        raise UsageError(
            f"The file {target} is there already and may hold decisions: choose another name or "
            "say overwrite=True."
        )
    claims = claims_of(portfolio_or_claims, section=section, kinds=kinds)
    claims = claims.sort_values(["project_code", "section", "start", "end"])
    names: dict[str, object] = {}
    if isinstance(portfolio_or_claims, Portfolio):
        projects = portfolio_or_claims.projects
        names = dict(zip(projects["project_code"], projects["name"], strict=True))
    rows = [
        {
            **row,
            "name": names.get(row["project_code"]),
            "section": code_label("narrative_sections", row["section"], lang),
            "kind": word(f"review.kind.{row['kind']}", lang),
            "stage": _label(row["stage"], lambda code: word(f"review.stage.{code}", lang)),
            "qualifier": _label(row["qualifier"], lambda c: code_label("qualifiers", c, lang)),
        }
        for row in claims.to_dict("records")
    ]
    data = _workbook(rows, headings, lang)
    put(target, data)
    return target


def _label(code: object, label: Any) -> object:
    return None if is_missing(code) else label(code)


def headings_of(lang: str) -> dict[str, str]:
    """The headings of the workbook by the names of its columns, in order."""
    elsewhere = {"name": "projects", "stage": "funding"}
    own = {"id", "decision", "value_corrected", "note"}
    return {
        name: word(f"review.{name}", lang)
        if name in own
        else column_label(elsewhere.get(name, "claims"), name, lang)
        for name in _WIDTHS
    }


def _workbook(rows: Sequence[dict[Any, Any]], headings: dict[str, str], lang: str) -> bytes:
    packed = io.BytesIO()
    look: dict[str, Any] = {"text_wrap": True}
    with workbook(packed, in_memory=True) as book:
        plain, by_hand = book.format(**look), book.format(**look, bg_color="#FFF8E1")
        sheet = book.add(table_label("claims", lang))
        columns = list(headings)
        # A table has a row at least, even where there is nothing to review.
        last = max(len(rows), 1)
        book.table(sheet, 0, len(rows), list(headings.values()), **look)
        for place, name in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS[name])
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                cell = row.get(name)
                if name in _BY_HAND or is_missing(cell):
                    kept = by_hand if name in _BY_HAND else plain
                    sheet.write_blank(number, place, None, kept)
                elif isinstance(cell, str):
                    book.text(sheet, number, place, cell, **look)
                else:
                    sheet.write_number(number, place, float(str(cell)), plain)
        choices = [word(f"review.{decision}", lang) for decision in DECISIONS]
        place = columns.index("decision")
        message = {"error_message": word("review.choose", lang)}
        sheet.data_validation(
            1, place, last, place, {"validate": "list", "source": choices, **message}
        )
        place = columns.index("value_corrected")
        numbers = {"validate": "decimal", "criteria": ">=", "value": 0}
        message = {"error_message": word("review.give_number", lang)}
        sheet.data_validation(1, place, last, place, {**numbers, **message})
        sheet.freeze_panes(1, 0)
    return packed.getvalue()
