"""Tables in words: headings, codes, numbers and dates in a language."""

from functools import partial
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from esrdata.errors import UsageError
from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts.style import CODELISTS, group_heading
from esrdata.present.model import Column
from esrdata.present.named import named
from esrdata.present.written import is_written
from esrdata.stats.columns import kind, label
from esrdata.tables import columns
from esrdata.tables.display import Entries, labelled, written

# Decimals of what is neither whole nor money.
_DECIMALS = {"percent": 1, "points": 1, "number": 2}


@on_its_shelf
def in_words(table: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """A table as people read it: headings, codes, numbers and dates in a language.

    Parameters
    ----------
    table
        What a function of `esrdata.stats` returned, or some of its rows and columns; or a table of
        a portfolio.
    lang
        fi, sv or en.

    Returns
    -------
    DataFrame
        The same rows and columns, every cell a text; a missing one is an en dash. A column that is
        nothing of esrdata's keeps its name. Of a long path of a file the end is there.

    Raises
    ------
    UsageError
        If the language is unknown.
    """
    if "file" in table.columns:
        table = table.assign(file=table["file"].map(_end, na_action="ignore"))
    worded = named(table, _statistic(table), lang)
    return written(worded, _entries(table), lang).reset_index(drop=True)


def _end(path: str) -> str:
    """The end of a path: pandas shows the first 50 signs of a cell, and the name stands last."""
    parts = path.split("/")
    while len(parts) > 1 and len("/".join(parts)) > 46:
        del parts[0]
    short = "/".join(parts)
    return path if short == path else f"…/{short}"


def _statistic(table: pd.DataFrame) -> str:
    return str(table.attrs.get("call", {}).get("statistic", ""))


def _entries(table: pd.DataFrame) -> Entries:
    """What is known of the columns of a table: their labels, code lists and kinds."""
    declared = load.statistics()["columns"].get(_statistic(table), {})
    worded = load.statistics()["words"]
    found = {}
    for name in map(str, table.columns):
        spec = _contract(name, table) or {}
        entry: dict[str, Any] = {"codes": spec["codes"]} if "codes" in spec else {}
        if name in declared:
            entry["kind"] = kind(_statistic(table), name)
            of = partial(label, name, statistic=_statistic(table))
            entry["label"] = {lang: of(lang) for lang in load.LANGUAGES}
            if name in CODELISTS:
                entry["codes"] = CODELISTS[name]
            if name == "measure" and not _sums(table[name]):
                entry = {"kind": "text", "label": load.statistics()["labels"]["measured"]}
            elif "label" in spec and name not in load.statistics()["labels"]:
                # The name of a place is not that of a project.
                entry["label"] = spec["label"]
        elif declared and (heading := _heading(name)) is not None:
            # A column of groups, which the caller named, or one that was asked for besides.
            if name not in load.statistics()["labels"]:
                entry["kind"] = "text"
            entry["label"] = heading
            if name in CODELISTS:
                entry["codes"] = CODELISTS[name]
        elif "label" in spec:
            entry = dict(spec)
        else:
            continue
        if name in worded:
            entry["words"] = worded[name]
        found[name] = entry
    return found


def _sums(measures: "pd.Series[Any]") -> bool:
    """Whether all that is measured are sums, which have a code, and no other figures."""
    return {*measures.dropna()} <= {row["code"] for row in load.codes("measures")}


def _heading(name: str) -> dict[str, str] | None:
    """What a column is called that is not declared for its statistic; None where nobody knows."""
    for called in (group_heading, label, partial(wording.code_label, "narrative_sections")):
        try:
            return {lang: called(name, lang) for lang in load.LANGUAGES}
        except UsageError:
            continue
    return None


def _contract(name: str, table: pd.DataFrame) -> Any:
    """The entry of a column in the table of the contract that has all, or most, of the columns."""
    tables = {each: columns.columns(each) for each in load.table_specs()}
    having = [specs for specs in tables.values() if name in specs]
    if not having:
        return None
    return max(having, key=lambda specs: sum(column in specs for column in table.columns))[name]


def typed(table: pd.DataFrame, lang: str) -> tuple[list[Column], pd.DataFrame]:
    """A statistics table with headings and codes in words, and how its columns are written."""
    entries = _entries(table)
    # Each column that is taken of a table with attrs would have a copy of them.
    worded = pd.DataFrame(named(table, _statistic(table), lang))
    frame = labelled(worded, entries, lang)
    kinds = [_kind(entries.get(str(name), {}), worded[name]) for name in worded.columns]
    heads = [
        Column(str(head), str(head), kind, 0 if _whole(values) else _DECIMALS.get(kind, 0))
        for head, kind, (_, values) in zip(frame.columns, kinds, worded.items(), strict=True)
    ]
    return heads, frame


def _whole(values: "pd.Series[Any]") -> bool:
    """Whether counts are shown, whatever dtype holds them."""
    if not is_numeric_dtype(values):
        return False
    stated = values.dropna()
    return bool(stated.abs().gt(1).any() and (stated % 1 == 0).all())


def _kind(entry: Any, values: "pd.Series[Any]") -> str:
    if is_written(values):
        return "figure"
    plain = "date" if pd.api.types.is_datetime64_any_dtype(values) else "text"
    return str(entry.get("kind", plain))
