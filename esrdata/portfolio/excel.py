"""Writes the tables of a portfolio into a workbook: labels in words, numbers as numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.errors import EsrdataError, UsageError
from esrdata.guard import Failure, attempt
from esrdata.knowledge.wording import table_label, word
from esrdata.staging import staged
from esrdata.tables.display import Entries, labelled
from esrdata.workbook import Book, workbook, write_value

# Rows of a sheet without its heading.
_ROWS = 1_048_575
_NARROW, _WIDE, _LOOKED = 9, 50, 500


def write_workbook(
    tables: Mapping[str, tuple[pd.DataFrame, Entries]], path: Path, lang: str
) -> None:
    """Write tables into a workbook, a sheet each.

    Parameters
    ----------
    tables
        Tables by their names, each with the entries of its columns.
    path
        Where to; its name ends in ``.xlsx``. A file there is replaced when the new one is whole.
    lang
        fi, sv or en.

    Raises
    ------
    UsageError
        If the name ends otherwise, or a table has more rows than a sheet. A table that esrdata
        fails at becomes a sheet with a sentence that says so.
    StoreError
        If the folder cannot be written.
    """
    word("format.missing", lang)  # refuses an unknown language
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"The name {path.name} does not end in .xlsx, as a workbook's must.")
    for name, (table, _) in tables.items():
        if len(table) > _ROWS:
            raise UsageError(
                f"The table {name} has {len(table)} rows, more than a sheet holds: "
                "portfolio.save(folder) writes them all."
            )
    with staged(path.parent) as stage:
        draft = stage / path.name
        failed: set[str] = set()
        while (bad := _failing(draft, tables, failed, lang)) is not None:
            failed.add(bad)
        draft.replace(path)


def _failing(
    draft: Path, tables: Mapping[str, tuple[pd.DataFrame, Entries]], failed: set[str], lang: str
) -> str | None:
    """Write the workbook, a sentence for each failed table; return the next one that fails."""
    with draft.open("wb") as file, workbook(file, tmpdir=str(draft.parent)) as book:
        for name, (table, entries) in tables.items():
            label = table_label(name, lang)
            if name in failed:
                sentence = word("content.part_failed", lang, title=label)
                book.text(book.add(label), 0, 0, sentence)
                continue
            made = attempt(
                lambda: _sheet(book, label, labelled(table, entries, lang), entries, lang),  # noqa: B023
                passing=(OSError, EsrdataError),
            )
            if isinstance(made, Failure):
                return name
    return None


def _sheet(book: Book, label: str, table: pd.DataFrame, entries: Entries, lang: str) -> None:
    sheet = book.add(label)
    kinds = [entry.get("type") for entry in entries.values()]
    patterns = {
        "money": word("excel.money", lang, digits="#,##0.00"),
        "date": word("excel.date", lang),
    }
    dates = book.format(num_format=patterns["date"])
    for place, head in enumerate(table.columns):
        cells: list[Any] = table.iloc[:, place].tolist()
        kind = kinds[place] if place < len(kinds) else None
        look = book.format(num_format=patterns.get(str(kind), "General"))
        longest = max([len(str(head)) + 3, *(len(str(cell)) + 1 for cell in cells[:_LOOKED])])
        sheet.set_column(place, place, min(max(longest, _NARROW), _WIDE), look)
        for row, cell in enumerate(cells, start=1):
            if not write_value(sheet, row, place, cell, dates, look):
                book.text(sheet, row, place, str(cell))
    book.table(sheet, 0, len(table), list(table.columns), bold=True, bottom=1)
    sheet.freeze_panes(1, 1)
