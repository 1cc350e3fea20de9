"""Decisions on claims, read back from the workbook of a reviewer."""

import io
import warnings
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn
from unicodedata import normalize

import pandas as pd

from esrdata.documents.unread import BROKEN
from esrdata.errors import SourceError, UsageError
from esrdata.given import with_known_arguments
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.knowledge.wording import word
from esrdata.stats import groups
from esrdata.stats.claims_review import DECIDED, DECISIONS, unused
from esrdata.stats.review_workbook import headings_of

# The heading is looked for in so many rows, for a reviewer may write above it.
_TOP = 10


@with_known_arguments
def read_review(path: str | PathLike[str]) -> pd.DataFrame:
    """Read the decisions of a reviewer back from the workbook of `write_review`.

    Sheets may be renamed or added, rows sorted or removed, columns moved or added, and the file
    saved by another program. Headings and decisions are known in Finnish, Swedish and English.

    Takes no `population`: it reads what the workbook has.

    Parameters
    ----------
    path
        The workbook.

    Returns
    -------
    DataFrame
        A row per claim: `id`, `project_code`, `section` (a code; missing where the cell was changed
        to what is none), `decision` (``accepted``, ``rejected``, or missing where undecided),
        `value_corrected` (Float64) and `note`.

        `attrs`: `title`, `population`, `exclusions` (with numbers of rows), `method`, and
        `ignored_columns`, those that the reviewer added.

    Raises
    ------
    SourceError
        If the file cannot be read, or is not such a workbook.
    UsageError
        If a decision is in unknown words, a value or a corrected one is no number, an id is missing
        or comes twice, or a formula stands where a value should; the row of the sheet is named.
    """
    file = Path(path)
    places, others, rows = _sheet(file)
    found: list[dict[str, object]] = []
    rows_of: dict[str, int] = {}
    aside = 0
    for number, cells in rows:
        row = {name: cells[place] for name, place in places.items() if place < len(cells)}
        claim = _claim(row, file, number)
        if claim["id"] is None:
            aside += any(cell.value is not None for cell in cells)
            continue
        first = rows_of.setdefault(str(claim["id"]), number)
        if first != number:
            _refuse(file, number, f"repeats the id of row {first}: keep one of them")
        found.append(claim)
    table = pd.DataFrame(found, columns=list(DECIDED)).astype(DECIDED)
    n = {d: int((table["decision"] == d).sum()) for d in DECISIONS}
    return groups.annotate(
        table,
        title="Decisions on claims",
        population=f"Claims in the workbook: {len(table)}.",
        exclusions={
            "The row is outside the table: it has no id, decision, corrected value or note.": aside,
            "The claim has no decision.": int(table["decision"].isna().sum()),
            "A value was corrected and yet the claim is not accepted.": unused(table),
        },
        method=f"Accepted: {n['accepted']}; rejected: {n['rejected']}.",
        ignored_columns=others,
    )


def _refuse(file: Path, row: int, why: str) -> NoReturn:
    raise UsageError(f"Row {row} of the review workbook {file.name} {why}.")


_Rows = list[tuple[int, tuple[Any, ...]]]


def _sheet(file: Path) -> tuple[dict[str, int], list[str], _Rows]:
    """The place of each known column, other headings, and the rows below with their numbers."""
    import openpyxl

    try:
        data = file.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(f"The review workbook {file} cannot be read ({why}).") from error
    with warnings.catch_warnings():
        # openpyxl warns of all that it would lose if it saved the workbook.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = [list(_cells(book[name])) for name in book.sheetnames]
        except BROKEN as error:
            raise SourceError(f"The file {file} is not a workbook that can be read.") from error
    found = []
    for rows in sheets:
        for top, (_, cells) in enumerate(rows[:_TOP]):
            heads = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
            if {"id", "decision"} <= {_named().get(_fold(head)) for head in heads}:
                found.append((heads, rows[top + 1 :]))
                break
    if not found:
        raise SourceError(
            f"The file {file} is not a review workbook: no sheet has the headings of the id and "
            "the decision."
        )
    if len(found) > 1:
        raise UsageError(f"The review workbook {file} has several sheets of claims: keep one.")
    heads, rows = found[0]
    places: dict[str, int] = {}
    others = []
    for place in range(max([len(heads), *(len(row) for _, row in rows)])):
        head = heads[place] if place < len(heads) else ""
        name = _named().get(_fold(head))
        if name is not None and name in places:
            raise UsageError(f"The review workbook {file} has the column {head!r} twice.")
        if name is not None:
            places[name] = place
        # A column without a heading can hold remarks too.
        elif head or any(c.value is not None for _, row in rows for c in row[place : place + 1]):
            others.append(head or openpyxl.utils.get_column_letter(place + 1))
    return places, others, rows


@per_shelf
def _named() -> dict[str, str]:
    """The names of the columns by their headings in every language."""
    return {_fold(label): n for lang in load.LANGUAGES for n, label in headings_of(lang).items()}


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    if hasattr(sheet, "iter_rows"):
        # What a sheet says of its size may be wrong.
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(), start=1)


def _fold(value: object) -> str:
    return "" if value is None else load.fold(normalize("NFC", str(value)))


def _claim(row: dict[str, Any], file: Path, number: int) -> dict[str, object]:
    """One row of the workbook, each cell judged."""
    for name in ("id", "value", "decision", "value_corrected"):
        if name in row and row[name].data_type == "f":
            _refuse(file, number, "has a formula where a value should stand: type the value")
    cells = {name: cell.value for name, cell in row.items()}
    texts = {name: str(cell).strip() or None for name, cell in cells.items() if cell is not None}
    words = {
        _fold(word(f"review.{decision}", lang)): decision
        for lang in load.LANGUAGES
        for decision in DECISIONS
    }
    decision = texts.get("decision")
    if decision is not None and _fold(decision) not in words:
        _refuse(file, number, f"has the decision {decision!r}, which is none of {', '.join(words)}")
    values = {}
    for name, what in (("value", "value"), ("value_corrected", "corrected value")):
        value = values[name] = cells.get(name) if texts.get(name) else None
        wrong = isinstance(value, bool) or not isinstance(value, int | float) or value < 0
        if value is not None and wrong:
            why = f"has the {what} {str(value)!r}, which is no number that is zero or more"
            _refuse(file, number, why)
    claim = {
        "id": texts.get("id"),
        "project_code": texts.get("project_code"),
        "section": load.spellings("narrative_sections").get(_fold(cells.get("section"))),
        "value": values["value"],
        "decision": None if decision is None else words[_fold(decision)],
        "value_corrected": values["value_corrected"],
        "note": texts.get("note"),
    }
    if claim["id"] is None and any(
        claim[n] is not None for n in ("decision", "value_corrected", "note")
    ):
        _refuse(file, number, "has a decision, a corrected value or a note but no id")
    return claim
