"""All figures of a statistics table led back to their projects at once, for reports."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.stats.behind import Rows
from esrdata.stats.made import FILTERED, INTACT, state
from esrdata.stats.made_of import made_of
from esrdata.stats.origins import PLACE, Origins
from esrdata.stats.recording import Members
from esrdata.stats.tracing import Tracer
from esrdata.tables.kept import once

COLUMNS = ("row", "project_code", "field", "value", "columns", "reason", *PLACE)
# More columns than bits cannot be kept apart.
_MOST = 62

_Bits = npt.NDArray[np.int64]


@on_its_shelf
def traced_table(
    table: pd.DataFrame, columns: Sequence[str], shared: dict[int, Origins] | None = None
) -> pd.DataFrame:
    """Lead all figures of a table back to their projects.

    Parameters
    ----------
    table
        What a function of `esrdata.stats` returned, or some of its rows, while its portfolio is in
        memory.
    columns
        The columns it shows; those that are no figures of projects are passed over.
    shared
        Values looked up for other tables of the same portfolios, which are kept in it.

    Returns
    -------
    DataFrame
        A row per row of the table, project and field that any of the columns needs, in the order of
        the table: `row` (position, Int64), `project_code`, `field`, `value`; `columns` (names, with
        a space between them, of those that the project counts in; missing where it counts in
        none); `reason` (why not: what the statistic says, or the status of reading); `file`,
        `page`, `line`, `start`, `end`. Of a share it is about the projects above the line: those
        below it count in a column of their own.

    Raises
    ------
    UsageError
        If the table is not as it was made, or as `trace` raises.
    """
    found = state(table)
    if found not in (INTACT, FILTERED):
        raise UsageError("The table was changed since it was made, so it is not traced as a whole.")
    make = partial(_traced, table, columns, shared)
    call = table.attrs["call"]
    if found == FILTERED or len(table) != 1 or call["not_kept"]:
        return make()
    # Several tables of a report have the one row of all projects below their groups.
    return once([], ("traced", json.dumps(call, sort_keys=True), *columns), make).copy()


def _traced(
    table: pd.DataFrame, columns: Sequence[str], shared: dict[int, Origins] | None
) -> pd.DataFrame:
    tracer = Tracer(table, shared=shared)
    wanted = [name for name in columns if made_of(tracer.statistic, name) is not None][:_MOST]
    found = [part for uses in _together(tracer, wanted) for part in _of_rows(tracer, uses)]
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    whole = _with_reasons(_joined(found, wanted))
    return whole.sort_values(["row", "_project"], kind="stable", ignore_index=True)[[*COLUMNS]]


_Use = tuple[int, str, Members]
#: Columns of some rows of the result, as arrays: a table each would be nearly all preparation.
_Part = dict[str, Any]


def _together(tracer: Tracer, columns: Sequence[str]) -> Iterator[list[_Use]]:
    """Columns that count among the same rows: the number of each, its name and its members."""
    by_rows: dict[int, list[_Use]] = {}
    for number, column in enumerate(columns):
        made = made_of(tracer.statistic, column)
        for members in tracer.record.members.get(made.parts[0], ()) if made else ():
            by_rows.setdefault(id(members.rows), []).append((number, column, members))
    yield from by_rows.values()


def _fields(tracer: Tracer, column: str, cells: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of a figure; none of one that cannot be: nothing is planned of a plan."""
    try:
        return tracer.fields(column, cells)
    except UsageError:
        if not is_missing(cells[column]):
            raise
        return ()


def _of_rows(tracer: Tracer, uses: Sequence[_Use]) -> Iterator[_Part]:
    """What the columns of some rows are made of, field by field."""
    rows = Rows(uses[0][2].rows)
    counted = {number: members.used.to_numpy() for number, _, members in uses}
    wanted: dict[tuple[str, str | None], dict[int, _Bits]] = {}
    for place, cells in enumerate(tracer.rows):
        mine: dict[tuple[tuple[str, ...], Any], npt.NDArray[np.bool_]] = {}
        for number, column, members in uses:
            key = (members.keys, members.where)
            if key not in mine:
                mine[key] = rows.of(members, cells)
            if not mine[key].any():
                continue
            used = mine[key] & counted[number]
            for field in _fields(tracer, column, cells):
                bits = wanted.setdefault((field, members.source), {})
                if place not in bits:
                    bits[place] = np.full(len(rows.codes), -1, dtype=np.int64)
                # Less than zero is of another row of the table.
                bits[place][mine[key] & (bits[place] < 0)] = 0
                bits[place][used] |= 1 << number
    for (field, source), by_place in wanted.items():
        at = [np.flatnonzero(bits >= 0) for bits in by_place.values()]
        chosen = np.concatenate(at)
        marks = np.concatenate([b[p] for b, p in zip(by_place.values(), at, strict=True)])
        values = tracer.origins(source).values(field)
        # A field that no source has and that counts for nobody has nothing to show.
        if not marks.any() and not len(values):
            continue
        places = np.repeat(list(by_place), [len(positions) for positions in at])
        which, columns = values.of(rows.codes[chosen])
        yield {
            "row": places[which],
            "_project": chosen[which],
            "project_code": rows.codes[chosen][which],
            "_reason": rows.reasons[chosen][which],
            "_bits": marks[which],
            **columns,
        }


def _joined(parts: Sequence[_Part], columns: Sequence[str]) -> pd.DataFrame:
    """All parts below each other."""
    joined: dict[str, Any] = {}
    for name, first in parts[0].items():
        pieces = [part[name] for part in parts]
        if isinstance(first, np.ndarray):
            joined[name] = np.concatenate(pieces)
        else:
            joined[name] = pd.concat([pd.Series(piece) for piece in pieces], ignore_index=True)
    joined["columns"] = _named(joined.pop("_bits"), columns)
    texts = {
        name: pd.array(values, dtype="string")
        for name, values in joined.items()
        if isinstance(values, np.ndarray) and values.dtype == object
    }
    return pd.DataFrame(joined | texts)


def _named(bits: _Bits, names: Sequence[str]) -> Any:
    """The names of the columns of each row; missing where there are none."""
    codes, kinds = pd.factorize(bits)
    texts = [
        " ".join(name for number, name in enumerate(names) if int(kind) >> number & 1) or None
        for kind in kinds
    ]
    return pd.array(texts, dtype="string")[codes]


def _with_reasons(found: pd.DataFrame) -> pd.DataFrame:
    """Why those projects count in nothing that do not."""
    missing = found["status"].fillna("nowhere").where(found["value"].isna())
    reason = found["_reason"].fillna(missing).fillna("counted_nowhere")
    return found.assign(reason=reason.where(found["columns"].isna()))
