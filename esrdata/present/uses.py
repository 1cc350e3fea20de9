"""Where in a report each value counts: in which tables, figures, sentences and cards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from pandas.api.types import is_string_dtype

from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import word
from esrdata.present.model import Content, Figure
from esrdata.stats.made import FILTERED, INTACT, state
from esrdata.stats.made_of import of_overview
from esrdata.stats.origins import Origins
from esrdata.stats.remembered import lookups
from esrdata.stats.traced_table import traced_table


@dataclass(frozen=True, slots=True)
class Use:
    """A place of the report: what it is called, and its anchor on ``report.html``."""

    label: str
    anchor: str


#: Places by project and dotted field, in the order of the report.
Uses = Mapping[str, Mapping[str, Sequence[Use]]]
_Pairs = Iterable[tuple[str, str]]


def uses(content: Content) -> Uses | None:
    """Where each value of a project counts in a report.

    Parameters
    ----------
    content
        The report, its tables traced.

    Returns
    -------
    Mapping
        Project code and dotted field to the first page, the tables and the figures whose numbers
        the value counts in. None where the report is not traced, so that nobody takes silence for
        "nowhere".
    """
    if not content.traced:
        return None
    found: dict[str, dict[str, list[Use]]] = {}
    for use, pairs in _places(content):
        for code, name in pairs:
            places = found.setdefault(code, {}).setdefault(name, [])
            # The pairs of one place come together.
            if not places or places[-1] is not use:
                places.append(use)
    return found


def _places(content: Content) -> Iterator[tuple[Use, _Pairs]]:
    """The places of a report with the projects and fields that count in each."""
    shared = lookups()
    tables = content.tables
    # A table and the figure above it often show the same statistic.
    known = {
        id(table.statistic): _used(content.traced[table.key].frame)
        for table in tables
        if table.key in content.traced
    }

    def of(statistic: pd.DataFrame) -> list[tuple[str, str]]:
        if id(statistic) not in known:
            names = [str(name) for name in statistic.columns]
            known[id(statistic)] = _counting(statistic, names, shared)
        return known[id(statistic)]

    if content.summary is not None:
        here = Use(word("evidence.in.summary", content.lang), "summary")
        for statistic, columns in content.summary.statistics:
            if "project_code" in statistic:
                yield here, _fields_of_rows(statistic, ["project_code", *columns], content.raw)
            else:
                yield here, _counting(statistic, columns, shared)
    for number, table in enumerate(tables, start=1):
        here = Use(word("evidence.in.table", content.lang, n=number), f"table-{table.key}")
        if table.key in content.traced:
            yield here, _used(content.traced[table.key].frame)
        elif table.statistic is None:
            yield (
                here,
                _fields_of_rows(table.frame, [one.name for one in table.columns], content.raw),
            )
    for number, figure in enumerate((p for p in content.parts if isinstance(p, Figure)), 1):
        drawn = figure.statistic
        if drawn is None or state(drawn) not in (INTACT, FILTERED):
            continue
        here = Use(word("evidence.in.figure", content.lang, n=number), f"figure-{figure.key}")
        if "project_code" in drawn:
            # Of a project a chart draws numbers and days; the rest is for grouping and sorting.
            names = [str(name) for name in drawn if not is_string_dtype(drawn[name].dtype)]
            yield here, _fields_of_rows(drawn, ["project_code", *names], content.raw)
        else:
            yield here, of(drawn)


def _counting(
    statistic: pd.DataFrame, columns: Sequence[str], shared: dict[int, Origins]
) -> list[tuple[str, str]]:
    found = traced_table(statistic, columns, shared)
    return _used(found.rename(columns={"columns": "used_in", "field": "name"}))


def _used(frame: pd.DataFrame) -> list[tuple[str, str]]:
    known = frame["used_in"].notna().to_numpy()
    codes, names = (frame[name].to_numpy(dtype=object)[known] for name in ("project_code", "name"))
    return list(zip(codes, names, strict=True))


def _fields_of_rows(
    rows: pd.DataFrame, names: Sequence[str], tables: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[str, str]]:
    """What a table of projects shows of each of them."""
    if "project_code" not in names:
        return
    for name in names:
        if name in tables["overview"] and name != "project_code":
            fields = of_overview(name, tables)[1]
            cells = zip(rows["project_code"], rows[name], strict=True)
            for code in (code for code, value in cells if not is_missing(value)):
                yield from ((str(code), field) for field in fields)
