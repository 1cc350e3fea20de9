"""Claims out to a workbook in which a person judges them, and the decisions back."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn
from unicodedata import normalize

import pandas as pd

from esrdata.errors import SourceError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.shelf import on_its_shelf, per_shelf
from esrdata.knowledge.wording import code_label, column_label, is_missing, table_label, word
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.claims_review import DECIDED, DECISIONS, claims_of, unused
from esrdata.tables.staging import staged
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
# The heading is looked for in so many rows, for a reviewer may write above it.
_TOP = 10
# What openpyxl and what it stands on raise for files that are damaged.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)


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
    headings = _headings(lang)
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
    with staged(target.parent) as stage:
        (stage / target.name).write_bytes(data)
        (stage / target.name).replace(target)
    return target


def _label(code: object, label: Any) -> object:
    return None if is_missing(code) else label(code)


def _headings(lang: str) -> dict[str, str]:
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


def read_review(path: str | PathLike[str]) -> pd.DataFrame:
    """Read the decisions of a reviewer back from the workbook of `write_review`.

    Sheets may be renamed or added, rows sorted or removed, columns moved or added, and the file
    saved by another program. Headings and decisions are known in Finnish, Swedish and English.

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
        If a decision is in unknown words, a corrected value is no number, an id is missing or
        comes twice, or a formula stands where a value should; the row of the sheet is named.
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
        except _BROKEN as error:
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
    return {_fold(label): n for lang in load.LANGUAGES for n, label in _headings(lang).items()}


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    if hasattr(sheet, "iter_rows"):
        # What a sheet says of its size may be wrong.
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(), start=1)


def _fold(value: object) -> str:
    return "" if value is None else load.fold(normalize("NFC", str(value)))


def _claim(row: dict[str, Any], file: Path, number: int) -> dict[str, object]:
    """One row of the workbook, each cell judged."""
    for name in ("id", "decision", "value_corrected"):
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
    value = cells.get("value_corrected") if texts.get("value_corrected") else None
    wrong = isinstance(value, bool) or not isinstance(value, int | float) or value < 0
    if value is not None and wrong:
        why = f"has the corrected value {str(value)!r}, which is no number that is zero or more"
        _refuse(file, number, why)
    claim = {
        "id": texts.get("id"),
        "project_code": texts.get("project_code"),
        "section": load.spellings("narrative_sections").get(_fold(cells.get("section"))),
        "decision": None if decision is None else words[_fold(decision)],
        "value_corrected": value,
        "note": texts.get("note"),
    }
    if claim["id"] is None and any(
        claim[n] is not None for n in ("decision", "value_corrected", "note")
    ):
        _refuse(file, number, "has a decision, a corrected value or a note but no id")
    return claim
