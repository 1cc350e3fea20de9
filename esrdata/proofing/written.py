"""Writes the findings of a draft as files: JSON, Excel, and marked copies."""

import json
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from esrdata.knowledge import wording
from esrdata.knowledge.formats import is_missing
from esrdata.proofing.findings import Finding
from esrdata.proofing.marked import commented, page
from esrdata.proofing.places import Draft
from esrdata.staging import staged
from esrdata.workbook import workbook, write_value

#: Column widths of the workbook, in characters.
_WIDTHS = (30, 18, 14, 20, 14, 50, 10, 60)


def as_json(table: pd.DataFrame) -> str:
    """The findings as JSON: a list of objects under `numbers`, with null for missing values.

    `figures` says how each figure is computed, by its name in `statistic`.
    """
    numbers = [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]
    whole = {
        "draft": Path(table.attrs["draft"]).name,
        "lang": table.attrs["lang"],
        "summary": table.attrs["summary"],
        "counts": table.attrs["counts"],
        "numbers": numbers,
        "figures": table.attrs["figures"],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def write(
    draft: Draft, found: Sequence[Finding], table: pd.DataFrame, out: str | PathLike[str]
) -> list[Path]:
    """Write the findings into a folder.

    Parameters
    ----------
    draft, found, table
        As `findings` and `table` of `esrdata.proofing.proof` give them.
    out
        The folder; made if need be.

    Returns
    -------
    list of Path
        `proof.json`, `proof.xlsx`, `proof.html`, and of a Word draft its copy with comments.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    folder = Path(out)
    names = []
    with staged(folder) as stage:
        (stage / "proof.json").write_text(as_json(table), encoding="utf-8", newline="\n")
        with (stage / "proof.xlsx").open("wb") as file:
            _excel(table, file)
        (stage / "proof.html").write_text(
            page(draft, found, table.attrs["summary"]), encoding="utf-8", newline="\n"
        )
        if draft.format == "docx":
            commented(draft, found, stage / f"{Path(draft.path).stem}-proof.docx")
        for made in sorted(stage.iterdir()):
            made.replace(folder / made.name)
            names.append(folder / made.name)
    return names


def _excel(table: pd.DataFrame, file: object) -> None:
    lang = table.attrs["lang"]
    with workbook(file, wording.word("proof.title", lang)) as book:  # type: ignore[arg-type]
        sheet = book.add(wording.word("proof.title", lang))
        book.text(sheet, 0, 0, table.attrs["summary"])
        heads = [wording.word(f"proof.column.{name}", lang) for name in table]
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        book.table(sheet, 2, len(table), heads, bold=True)
        for number, row in enumerate(table.itertuples(index=False, name=None), start=3):
            for place, (name, cell) in enumerate(zip(table, row, strict=True)):
                if name == "verdict":
                    cell = wording.word(f"proof.verdict.{cell}", lang)
                if isinstance(cell, str):
                    book.text(sheet, number, place, cell, text_wrap=True)
                else:
                    write_value(sheet, number, place, cell, None, book.format())
        sheet.freeze_panes(3, 1)
