"""Leads a figure of a statistics table back to its projects, and from there to its sources."""

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import word
from esrdata.portfolio import Portfolio
from esrdata.stats.behind import Rows, values_of
from esrdata.stats.calls import call_of
from esrdata.stats.made_of import MadeOf, columns_of, made_of
from esrdata.stats.origins import PLACE, Origins
from esrdata.stats.recording import Members, Record, recording

COLUMNS = ("project_code", "field", "value", "used", "reason", *PLACE)
#: Of a figure that is not made again from its values.
TEST = (
    "The figure is a test statistic, an interval or a place among others: it is made of all the "
    "values used, and cannot be added up from them."
)


@on_its_shelf
def trace(
    table: pd.DataFrame, row: object, column: str, *, portfolio: Portfolio | None = None
) -> pd.DataFrame:
    """Lead a figure of a statistics table back to its projects and their sources.

    Takes no `population`: it is about that of the table.

    Parameters
    ----------
    table
        What a function of `esrdata.stats` returned. It may have been filtered or sorted.
    row
        The row: its label in the index; of an unchanged index also a position from the end, such
        as -1.
    column
        The column of the figure.
    portfolio
        The portfolio that the table was made of, where it is no longer in memory, or the table was
        read from a file.

    Returns
    -------
    DataFrame
        A row per project and value, projects in the order of the portfolio: `project_code`;
        `field` (dotted, as in `provenance`); `value` (of the tables, in the dtype of its column
        where all have one; missing where the source has none); `used` (boolean, whether the
        project counts in the figure); `reason` (why not, the first reason alone; missing where it
        counts); `file`, `page`, `line`, `start`, `end` as in `provenance` (missing where no source
        has such a field). A project has a row for each value that the figure needs of it, such as
        both sums of a ratio.

        Where a figure has two parts, such as a share, the column `part` says which one a value is
        in, and a value that is in both has two rows; where a project is divided among places,
        `weight` says how much of it counts.

        `attrs`: `statistic`, `column`, `row` (the cells that name the group), `figure`, `how` (it
        is made of the values: ``count``, ``sum``, ``median``, …, as `traces.yml` has it), `each`
        (what is made of the values of a project before), `fields`, `parts`; `by`, the
        number that the figure is divided by, where it is; and `note`, a sentence where the figure
        is a test statistic.

    Raises
    ------
    UsageError
        If the row or the column is unknown, the column names the group, the table does not say how
        it was made or its figure is not that of the statistic, or the portfolio is gone.

    Notes
    -----
    The statistic is computed once more. Excluded projects of the group are there with `used` false,
    so that counts of projects counted and left out both add up.

    Examples
    --------
    >>> table = stats.absorption(portfolio)                          # doctest: +SKIP
    >>> values = stats.trace(table, row=0, column="realised")        # doctest: +SKIP
    >>> values.loc[values["used"], "value"].sum()                    # doctest: +SKIP
    """
    return Tracer(table, portfolio).figure(row, column)


class Tracer:
    """Traces figures of one table; the statistic is computed once more for all of them."""

    def __init__(
        self,
        table: pd.DataFrame,
        portfolio: Portfolio | None = None,
        shared: dict[int, Origins] | None = None,
    ) -> None:
        self._call = call_of(table, portfolio)
        self._bare = table.copy()
        self._bare.attrs = {}
        self.statistic = self._call.statistic
        given = load.traces()["given"].get(self.statistic, {})
        self._arguments = {**given, **self._call.arguments}
        self._known: dict[tuple[str, int, tuple[str, ...]], pd.DataFrame] = {}
        # Those of one portfolio serve all tables made of it, by its identity while it is in memory.
        known = {} if shared is None else shared
        self._origins: dict[str, Origins] = {}
        for name, one in self._call.sources.items():
            if id(one) not in known:
                known[id(one)] = Origins(one)
            self._origins[name] = known[id(one)]

    @property
    def record(self) -> Record:
        """Who stands behind the figures."""
        return self._again[0]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The cells of each row of the table, and the arguments of the statistic."""
        names = [str(name) for name in self._bare]
        return [
            {**self._arguments, **dict(zip(names, row, strict=True))}
            for row in self._bare.itertuples(index=False, name=None)
        ]

    def fields(self, column: str, cells: Mapping[str, Any]) -> tuple[str, ...]:
        """The dotted fields of a figure."""
        made = made_of(self.statistic, column)
        return made.fields(cells, self.origins(None).figure)[0] if made is not None else ()

    def origins(self, source: str | None) -> Origins:
        """Values and places of one of the portfolios; of the first where it has no name."""
        return next(iter(self._origins.values())) if source is None else self._origins[source]

    @cached_property
    def _again(self) -> tuple[Record, pd.DataFrame]:
        """The statistic computed once more, and who stands behind its figures."""
        with recording() as record:
            again = self._call.again()
        # Or they would be copied with each cell that is taken.
        again.attrs = {}
        return record, again

    def figure(self, row: object, column: str) -> pd.DataFrame:
        """The values behind one figure, as `trace` returns them."""
        cells = _row(self._bare, row)
        made = made_of(self.statistic, column) if column in cells else None
        if made is None:
            figures = [name for name in columns_of(self.statistic) if name in cells]
            raise UsageError(unknown("figure to trace", column, figures))
        if "project_code" in cells:
            found = self._own(cells, made)
        else:
            record, again = self._again
            cells = _same_row(again, cells, self.statistic, column)
            found = self._behind(record, cells, made)
        traced = found[[*COLUMNS, *(name for name in ("part", "weight") if name in found)]]
        if is_missing(cells[column]) and made.how != "test" and traced["used"].any():
            # Of a measure that has no such figure, or of too few values: nothing is made of them.
            no_figure = traced["reason"].mask(traced["used"], word("trace.reason.no_figure", "en"))
            traced = traced.assign(used=False, reason=no_figure).astype({"used": "boolean"})
        traced.attrs = found.attrs
        names = [name for name in cells if made_of(self.statistic, name) is None]
        traced.attrs |= {
            "statistic": self.statistic,
            "column": column,
            "row": {name: _plain(cells[name]) for name in names},
            "figure": _plain(cells[column]),
            **({} if made.by is None else {"by": _plain(cells[made.by])}),
            **({"note": TEST} if made.how == "test" else {}),
        }
        return traced

    def _behind(self, record: Record, cells: Mapping[str, Any], made: MadeOf) -> pd.DataFrame:
        """The values of the projects of a row, from what the statistic noted."""
        fields, each = made.fields({**self._arguments, **cells}, self.origins(None).figure)
        found = []
        for part in made.parts:
            for number, members in enumerate(record.members.get(part, ())):
                key = (part, number, fields)
                if key not in self._known:
                    origins = self.origins(members.source)
                    self._known[key] = values_of(members, fields, origins, made.how, part)
                whole = self._known[key]
                mine = Rows(members.rows).of(members, {**self._arguments, **cells})
                rows = whole[mine[whole["row"]]]
                found.append(rows.assign(part=part) if len(made.parts) > 1 else rows)
        if not found:
            raise UsageError(f"{self.statistic} does not tell what its {made.parts[0]} is made of.")
        table = pd.concat(found, ignore_index=True)
        table.attrs = {"how": made.how, "each": each, "fields": [*fields], "parts": [*made.parts]}
        return table

    def _own(self, cells: Mapping[str, Any], made: MadeOf) -> pd.DataFrame:
        """A project's own values, which nothing needs to be computed for."""
        codes = pd.array([cells["project_code"]], dtype="string")
        rows = pd.DataFrame({"project_code": codes})
        self._known.clear()
        record = Record()
        for part in made.parts:
            source = part if part in self._origins else None
            record.add(part, Members(rows, pd.Series(True, index=rows.index), source=source))
        return self._behind(record, cells, made)


def _row(table: pd.DataFrame, row: object) -> dict[str, Any]:
    """The cells of a row, groups in the index too.

    A label comes before a position, as everywhere in pandas; a position from the end is none.
    """
    index = table.index
    if isinstance(row, int) and row < 0 and index.equals(pd.RangeIndex(len(table))):
        row = len(table) + row
    if isinstance(row, int) and not pd.api.types.is_integer_dtype(index) and row not in index:
        places = [row] if -len(table) <= row < len(table) else []
    else:
        missing = is_missing(row)
        same = [is_missing(label) if missing else _is(label, row) for label in index]
        places = [place for place, found in enumerate(same) if found]
    if len(places) != 1:
        what = "several rows" if places else "no row"
        names = ", ".join(str(label) for label in index[:5]) or "none, for it is empty"
        more = ", …" if len(index) > 5 else ""
        raise UsageError(f"The table has {what} {row!r}; its rows are {names}{more}.")
    whole = table if index.names == [None] else table.reset_index(allow_duplicates=True)
    return {str(name): whole.iloc[places[0], place] for place, name in enumerate(whole.columns)}


def _same_row(
    again: pd.DataFrame, cells: Mapping[str, Any], statistic: str, column: str
) -> dict[str, Any]:
    """The row of the statistic computed again that is about the same group."""
    keys = [str(name) for name in again if made_of(statistic, str(name)) is None]
    kept = again
    for key in keys:
        if key in cells:
            value = cells[key]
            same = kept[key].isna() if is_missing(value) else kept[key].eq(value).fillna(False)
            kept = kept[same.astype(bool)]
    names = ", ".join(f"{key} {cells[key]}" for key in keys if key in cells) or "no group"
    if len(kept) != 1:
        many = "no row" if not len(kept) else "several rows"
        raise UsageError(f"The statistic {statistic} has {many} of {names}: was the table changed?")
    found = {str(name): kept[name].iloc[0] for name in kept}
    if not _equal(cells[column], found[column]):
        raise UsageError(
            f"The table has {cells[column]} for {column} of {names} where {statistic} gives "
            f"{found[column]}: was the table, or the portfolio, changed?"
        )
    return found


def _is(label: object, row: object) -> bool:
    return not is_missing(label) and bool(label == row)


def _equal(one: Any, other: Any) -> bool:
    if is_missing(one) or is_missing(other):
        return is_missing(one) and is_missing(other)
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(one == other)


def _plain(value: Any) -> Any:
    """A cell as JSON knows it."""
    if is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value
