"""What the figures of a report's tables are made of, as people read it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.knowledge import load, wording
from esrdata.present.model import Content, Section, Table, Traced
from esrdata.stats.origins import Origins
from esrdata.stats.remembered import lookups
from esrdata.stats.traced_table import traced_table
from esrdata.tables.cells import plain
from esrdata.tables.csv_file import write_csv
from esrdata.tables.parquet import plainly

#: Above so many projects figures are traced only when asked for: it takes a fifth more time.
MOST = 2_000
#: Above so many projects a page does not list them under its tables.
LISTED = 200
#: Above so many rows the sources of figures are files beside the report, and no sheet.
ROWS = 50_000
CSV, PARQUET, WORKBOOK = "traces.csv", "traces.parquet", "report.xlsx"
_COLUMNS = (
    "table", "group", "project_code", "field", "value", "used_in", "reason", "file", "page", "line",
)  # fmt: skip


#: Columns that count the projects of which a table has no figure.
_OUTSIDE = {"n_not_applicable", "n_missing", "n_outside"}


def are_traced(projects: int, traces: bool | None) -> bool:
    """Whether figures of so many projects are traced; None traces them up to `MOST`."""
    return projects <= MOST if traces is None else traces


def traced(sections: Iterable[Section], lang: str) -> dict[str, Traced]:
    """What is known of each statistics table, by its key."""
    shared = lookups()
    return {table.key: _traced(table, lang, shared) for table in _statistics(sections)}


def _statistics(sections: Iterable[Section]) -> Iterator[Table]:
    """The tables that show a table of `esrdata.stats`."""
    for section in sections:
        for part in section.parts:
            if isinstance(part, Table) and part.statistic is not None:
                yield part


def _traced(table: Table, lang: str, shared: dict[int, Origins]) -> Traced:
    assert table.statistic is not None
    labels = {column.name: column.label for column in table.columns}
    found = traced_table(table.statistic, list(labels), shared)
    if table.total and table.whole is not None:
        last = traced_table(table.whole, list(labels), shared)
        last["row"] += len(table.statistic)
        found = pd.concat([found, last], ignore_index=True)
    heads = []
    for column in table.columns:
        if column.kind != "text":
            break
        heads.append(table.frame[column.name].astype("string").fillna("–"))
    # A table without groups is about all projects.
    if heads:
        names = [", ".join(texts) for texts in zip(*heads, strict=True)]
    else:
        names = [table.title] * len(table.frame)
    fields = {name: wording.field_label(name, lang) for name in found["field"].unique()}
    used = {
        names_of: "; ".join(labels[name] for name in str(names_of).split())
        for names_of in found["columns"].dropna().unique()
    }
    outside: dict[str, str | None] = {
        names_of: text if set(str(names_of).split()) <= _OUTSIDE else None
        for names_of, text in used.items()
    }
    reasons = _reasons(lang)
    return Traced(
        pd.DataFrame(
            {
                "group": pd.array(names, dtype="string")[found["row"].to_numpy(dtype=int)],
                "project_code": found["project_code"],
                "field": _mapped(found["field"], fields),
                "name": found["field"].astype("string"),
                "value": found["value"],
                "used_in": _mapped(found["columns"], used),
                "reason": _mapped(found["reason"], reasons),
                "outside": _mapped(found["columns"], outside),
                "file": found["file"],
                "page": found["page"],
                "line": found["line"],
            }
        )
    )


def _mapped(column: "pd.Series[Any]", texts: Mapping[str, str | None]) -> Any:
    """Other texts for those of a long column; one that has none stays."""
    codes, known = pd.factorize(column)
    # What is missing has the code -1, which is the last of these.
    found = pd.array([*(texts.get(text, text) for text in known), None], dtype="string")
    return found[codes]


def whole(content: Content) -> pd.DataFrame:
    """All tables below each other, with the title of each."""
    frames = [
        content.traced[table.key].frame.assign(
            table=wording.word("caption.numbered", content.lang, n=n, text=table.title)
        )
        for n, table in enumerate(content.tables, start=1)
        if table.key in content.traced
    ]
    if not frames:
        return pd.DataFrame(columns=list(_COLUMNS))
    texts = dict.fromkeys(set(_COLUMNS) - {"value", "page", "line"}, "string")
    return pd.concat(frames, ignore_index=True)[[*_COLUMNS]].astype(texts)


def _reasons(lang: str) -> dict[str, str]:
    """Reasons as statistics give them, in English or by status, in the language of the report."""
    words = load.words()
    listed = [*words["population"]["reason"].values(), *words["trace"]["reason"].values()]
    known = {entry["en"]: entry[lang] for entry in listed}
    return known | {name: entry[lang] for name, entry in words["trace"]["reason"].items()}


def pointer(content: Content, asked: bool | None) -> str | None:
    """A sentence that says where the sources of the figures are, or why they are left out.

    None where there are no figures to trace.
    """
    if not any(_statistics(content.sections)):
        return None
    if asked is False:
        return wording.word("trace.not_wanted", content.lang)
    if not content.traced:
        return wording.word("trace.too_many", content.lang, n=MOST)
    n = sum(len(one.frame) for one in content.traced.values())
    lang = content.lang
    if not n:
        return None
    if n > ROWS:
        return wording.word("trace.method_files", lang, csv=CSV, parquet=PARQUET)
    sheet = wording.word("trace.sheet", lang)
    return wording.word("trace.method_sheet", lang, file=WORKBOOK, sheet=sheet)


def write_files(content: Content, folder: Path) -> None:
    """Write the sources of figures beside the report, where they are too many for a sheet."""
    rows = whole(content)
    if len(rows) > ROWS:
        # A column holds one type in Parquet, and values are sums, dates and texts.
        text = rows.assign(value=rows["value"].map(plain).astype("string"))
        plainly(text).to_parquet(folder / PARQUET, index=False)
        write_csv(text, folder / CSV)
