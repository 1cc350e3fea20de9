"""Columns of statistics: the unit, dtype and label of each, as `statistics.yml` declares them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.wording import column_label, word
from esrdata.stats.facts import ensure_known

# Where a column of the contract is looked for first: several tables have a name, a status.
_FIRST = ("projects", "overview", "files", "claims", "indicators")


def columns(statistic: str | None = None) -> pd.DataFrame:
    """Describe the columns of statistics tables: what each holds and what it is called.

    Takes no `population`: it describes columns, not projects.

    Parameters
    ----------
    statistic
        A function of `esrdata.stats`, such as ``absorption``; None for all.

    Returns
    -------
    DataFrame
        A row per column, in order, those of groups left out, which the caller names: `statistic`,
        `column`, `unit` (such as ``projects``, ``eur``, ``ratio``; ``figure`` is the unit of the
        figure asked for), `dtype`, `label_fi`, `label_sv`, `label_en`. Nothing is missing.

    Raises
    ------
    UsageError
        If there is no such statistic; the sentence names the nearest.
    """
    declared = load.statistics()
    known = declared["columns"]
    if statistic is not None and not isinstance(statistic, str):
        raise UsageError(
            f"A statistic is asked for by its name, such as 'absorption', not by something of type "
            f"{type(statistic).__name__}."
        )
    if statistic is not None:
        ensure_known("statistic", statistic, list(known))
    rows = [
        {"statistic": name, "column": column, "unit": unit}
        | {"dtype": declared["units"][unit]["dtype"]}
        | {f"label_{lang}": label(column, lang, name) for lang in load.LANGUAGES}
        for name in (known if statistic is None else [statistic])
        for column, unit in known[name].items()
    ]
    return pd.DataFrame(rows).astype("string")


def typed(rows: Sequence[Mapping[str, Any]] | pd.DataFrame, statistic: str) -> pd.DataFrame:
    """Rows of a statistic as a table with the columns and dtypes that are declared for it."""
    declared = load.statistics()
    dtypes = {
        name: declared["units"][unit]["dtype"]
        for name, unit in declared["columns"][statistic].items()
    }
    return pd.DataFrame(rows).reindex(columns=list(dtypes)).astype(dtypes)


def kind(statistic: str, column: str) -> str:
    """How reports write a column of a statistic: a kind of `present.written.KINDS`."""
    declared = load.statistics()
    found: str = declared["units"][declared["columns"][statistic][column]]["kind"]
    return found


def label(column: str, lang: str, statistic: str = "") -> str:
    """What a column of a statistic or of a table of the contract is called.

    Of a `statistic` it may be called as another one, whose projects it is of.

    Raises
    ------
    UsageError
        If nothing has such a column, or the language is unknown.
    """
    column = load.statistics()["called"].get(statistic, {}).get(column, column)
    if column in load.words()["column"]:
        return word(f"column.{column}", lang)
    labels = load.statistics()["labels"]
    if column in labels:
        word("no_data", lang)  # refuses an unknown language
        found: str = labels[column][lang]
        return found
    tables = load.table_specs()
    for table in dict.fromkeys([*_FIRST, *tables]):
        if column in tables[table]["columns"]:
            return column_label(table, column, lang)
    raise UsageError(unknown("column", column, [*labels, *load.words()["column"]]))
