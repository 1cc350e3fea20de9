"""One table or one chart as a file of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts.style import group_heading
from esrdata.present.charts.whom import whom
from esrdata.present.model import Content, Figure, Section, Table
from esrdata.present.worded import typed
from esrdata.staging import staged
from esrdata.tables.csv_file import write_csv
from esrdata.tables.display import headings

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _part(table: pd.DataFrame, name: str, by: Sequence[str], lang: str) -> Table:
    """A statistic as a table of a report: typed cells, headings and codes in words."""
    worded, frame = typed(table, lang)
    title = wording.statistic_label(name, lang)
    if by:
        title = f"{title}: {', '.join(group_heading(each, lang) for each in by)}"
    return Table(name, title, worded, frame, " ".join(whom(table, lang)))


@on_its_shelf
def write_table(table: pd.DataFrame, name: str, by: Sequence[str], path: Path, lang: str) -> None:
    """Write a statistic as .xlsx, .csv or .docx, headings and codes in words.

    One without rows has its headings alone.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    part = _part(table, name, by, lang)
    content = Content(lang, "", (), [Section(name, "", (), [part])])
    if path.suffix.lower() == ".xlsx":
        from esrdata.present.excel.document import write_excel

        write_excel(content, path)
    elif path.suffix.lower() == ".docx":
        from esrdata.present.word.document import write_word

        write_word(content, path, {})
    else:
        frame = part.frame.set_axis(headings([str(c) for c in part.frame.columns]), axis=1)
        with staged(path.parent) as stage:
            write_csv(frame, stage / path.name)
            (stage / path.name).replace(path)


def write_chart(
    table: pd.DataFrame, name: str, path: Path, lang: str, **beside: pd.DataFrame
) -> None:
    """Draw a statistic as .svg, .png or .docx, with the other tables that its chart takes.

    Raises
    ------
    UsageError
        If the table has no rows; the sentence says why.
    StoreError
        If the folder cannot be written.
    """
    from esrdata.present import charts

    ending = path.suffix.lower().removeprefix(".")
    # In Word the title is the caption.
    ax: Axes = getattr(charts, name)(table, lang=lang, **beside, with_title=ending != "docx")
    text = charts.alt_text(ax, lang)
    with staged(path.parent) as stage:
        paths = charts.save(ax, stage / "chart", lang=lang, close=True)
        if ending == "docx":
            from esrdata.present.word.document import write_word

            figure = Figure(name, charts.words(ax, lang).title, lambda: ax)
            content = Content(lang, "", (), [Section(name, "", (), [figure])])
            write_word(content, stage / path.name, {name: (paths["png"], text)})
            (stage / path.name).replace(path)
        else:
            paths[ending].replace(path)
