"""Content as a workbook: a cover, its tables, the numbers behind its figures, and raw tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge.wording import word
from esrdata.present.excel.sheets import Sheet, sheets_of
from esrdata.present.excel.writer import Writer
from esrdata.present.model import Content
from esrdata.staging import staged
from esrdata.workbook import workbook


def write_excel(
    content: Content, path: Path, behind: Mapping[str, pd.DataFrame] | None = None
) -> None:
    """Write a workbook: everything in it is a value, nothing is computed when it is opened.

    The same content gives the same bytes. A former workbook stays whole until the new one is
    complete. What does not fit into Excel (rows above `ROWS`, texts of more than 32,767 characters)
    is counted on the cover.

    Parameters
    ----------
    content
        What to write: its facts, the tables of its sections, and its raw tables.
    path
        Where to; a file name that ends in ``.xlsx``. A file there is replaced.
    behind
        The data drawn in figures, by the keys of the figures. Named indices become columns.

    Raises
    ------
    UsageError
        If the language is unknown, the name does not end in ``.xlsx``, or data belong to no figure.
    StoreError
        If the folder cannot be written.
    """
    word("excel.cover", content.lang)  # refuses an unknown language before anything is written
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"The name {path.name} does not end in .xlsx, as a workbook's must.")
    drawn = {} if behind is None else behind
    if strayed := sorted(drawn.keys() - {figure.key for figure in content.figures}):
        raise UsageError(f"The content has no figure {strayed[0]!r} to give the numbers of.")
    sheets = sheets_of(content, drawn)
    with staged(path.parent) as stage:
        draft = stage / path.name
        with draft.open("wb") as file:
            _write(content, sheets, file, stage)
        draft.replace(path)


def _write(content: Content, sheets: Sequence[Sheet], file: BinaryIO, stage: Path) -> None:
    with workbook(file, content.title, tmpdir=str(stage)) as book:
        writer = Writer(book, content.lang)
        # The cover is the first sheet but is written last, when it is known what did not fit.
        cover = book.add(word("excel.cover", content.lang))
        names = [writer.table(sheet, cover.name) for sheet in sheets]
        writer.cover(cover, content, list(zip(names, sheets, strict=True)))
