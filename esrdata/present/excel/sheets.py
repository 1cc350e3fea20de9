"""Which sheets the workbook of a report has: its tables, what is drawn, what was read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import table_label, word
from esrdata.present.model import Column, Content, Figure, Table
from esrdata.present.traces import CSV, PARQUET, whole
from esrdata.present.traces import ROWS as TRACED_ROWS
from esrdata.present.worded import typed
from esrdata.stats.columns import label as column_label
from esrdata.tables import columns
from esrdata.tables.display import labelled
from esrdata.tables.origin import folder_of
from esrdata.tables.overview import declared

#: A raw table of more rows is in the Parquet and CSV files alone: nobody reads it in a workbook.
RAW_ROWS = 5_000


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table; without `captioned` the table begins at the top."""

    name: str
    title: str
    columns: Sequence[Column]
    cells: Sequence["pd.Series[Any]"]
    rows: int
    note: str = ""
    captioned: bool = True
    table: str | None = None
    bars: Sequence[str] = ()
    total: bool = False


def sheets_of(content: Content, behind: Mapping[str, pd.DataFrame]) -> list[Sheet]:
    """The sheets of a report but for the cover; `behind` is what its figures drew, by key."""
    return [
        *_tables(content.tables, content.lang),
        *_drawn([part for part in content.parts if isinstance(part, Figure)], behind, content.lang),
        *_traced(content),
        *_raw(content),
    ]


def _tables(tables: Iterable[Table], lang: str) -> Iterator[Sheet]:
    for n, table in enumerate(tables, start=1):
        name = word("excel.table", lang, n=n)
        title = word("caption.numbered", lang, n=n, text=table.title)
        cells = [table.frame[column.name] for column in table.columns]
        yield Sheet(
            name, title, table.columns, cells, len(table.frame), table.note,
            bars=table.bars, total=table.total,
        )  # fmt: skip


def _drawn(
    figures: Iterable[Figure], behind: Mapping[str, pd.DataFrame], lang: str
) -> Iterator[Sheet]:
    for n, figure in enumerate(figures, start=1):
        if figure.key in behind:
            data = behind[figure.key]
            data = data if data.index.names == [None] else data.reset_index()
            name = word("excel.figure", lang, n=n)
            title = word("excel.numbers", lang, n=n, title=figure.title)
            if not data.attrs and figure.statistic is not None:
                data = data.copy()
                data.attrs = figure.statistic.attrs
            heads, worded = typed(data, lang)
            cells = [worded.iloc[:, place] for place in range(len(heads))]
            yield Sheet(name, title, heads, cells, len(worded), note=figure.note)


def _traced(content: Content) -> Iterator[Sheet]:
    """What the figures of statistics tables are made of; where it is too much, where that is."""
    if not content.traced:
        return
    lang, rows = content.lang, _below(whole(content), _folder(content))
    note = word("trace.note", lang)
    if len(rows) > TRACED_ROWS:
        files = word("trace.in_files", lang, n=len(rows), csv=CSV, parquet=PARQUET)
        note, rows = f"{note} {files}", rows.head(0)
    own = {"table": "table", "group": "group", "value": "value", "used_in": "used_in"}
    own |= {"reason": "why_not"}
    heads = [
        Column(
            str(name),
            word(f"trace.{own[name]}", lang) if name in own else column_label(str(name), lang),
            "integer" if name in ("page", "line") else "text",
        )
        for name in rows
    ]
    title = word("trace.sheet", lang)
    yield Sheet(title, title, heads, [rows[name] for name in rows], len(rows), note)


def _raw(content: Content) -> Iterator[Sheet]:
    """The tables of the portfolio with headings and codes in words; the longest are left out."""
    folder = _folder(content)
    for name, frame in content.raw.items():
        if len(frame) > RAW_ROWS:
            continue
        known = name in load.table_specs()
        entries: Mapping[str, Mapping[str, Any]] = columns.columns(name) if known else {}
        if name == "overview":
            entries = declared(content.raw)
        frame = _below(frame, folder)
        label = table_label(name, content.lang) if known else name
        if name == "dictionary":
            label, frame = word("excel.dictionary", content.lang), _dictionary(frame, content.lang)
        worded = labelled(frame, entries, content.lang) if known else frame
        cells = [worded.iloc[:, place] for place in range(len(worded.columns))]
        heads = [
            _as_it_is(str(head), entries.get(str(column), {}).get("type"), values)
            for head, column, values in zip(worded, frame, cells, strict=True)
        ]
        table = f"esr_{name}" if known else None
        yield Sheet(label, label, heads, cells, len(frame), captioned=False, table=table)


def elsewhere(content: Content) -> Iterator[str]:
    """The sentence of the tables that are in files beside the workbook alone."""
    long = [name for name, frame in content.raw.items() if len(frame) > RAW_ROWS]
    if long:
        specs = load.table_specs()
        names = [table_label(n, content.lang) if n in specs else n for n in long]
        yield word("excel.elsewhere", content.lang, names=", ".join(names), most=RAW_ROWS)


def _folder(content: Content) -> str:
    return folder_of(map(str, content.raw.get("files", pd.DataFrame()).get("file", ())))


def _below(frame: pd.DataFrame, folder: str) -> pd.DataFrame:
    """A table with its files as they are called below the folder of all."""
    if not folder or "file" not in frame:
        return frame
    short = frame["file"].astype("string").str.removeprefix(folder)
    return frame.assign(file=short)


def _dictionary(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The data dictionary in the language of the report."""
    if not {"table", "column", f"label_{lang}"} <= set(frame.columns):
        return frame
    names = {
        "table": frame["table"].map(lambda name: table_label(str(name), lang)),
        "label": frame[f"label_{lang}"],
        "file": frame["table"],
        "column": frame["column"],
        "unit": frame["unit"].map(
            lambda unit: unit if is_missing(unit) else word(f"excel.unit.{unit}", lang)
        ),
        "description": frame["description" if lang == "en" else f"description_{lang}"],
    }
    return pd.DataFrame({word(f"excel.head.{key}", lang): v for key, v in names.items()})


def _as_it_is(head: str, kind: object, values: "pd.Series[Any]") -> Column:
    """A column of raw data, numbers without separators: many are codes and places."""
    if kind == "money":
        return Column(head, head, "money", 2)
    is_day = pd.api.types.is_datetime64_any_dtype(values)
    return Column(head, head, "date" if is_day else "text")
