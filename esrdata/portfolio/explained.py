"""Looks up a value of a portfolio: what is known of it, and the lines around its place."""

from collections.abc import Callable, Mapping

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.explanation import ContextLine, Explanation, context
from esrdata.knowledge.fields import field_of
from esrdata.knowledge.shelf import Shelf
from esrdata.reading.record import Status
from esrdata.selection import Part
from esrdata.source_text import Sources
from esrdata.tables.cells import cells

_PLACE = ("page", "line", "start", "end")


def explained(
    of: Mapping[str, pd.DataFrame],
    project_code: str,
    field: str,
    place_of: Callable[[str], str],
    lang: str,
    shelf: Shelf,
) -> Explanation:
    """Everything known of a value, as `Portfolio.explain` returns it; `place_of` locates a file.

    Raises
    ------
    UsageError
        If the project has no such field; the sentence names the nearest.
    """
    tables = Part(of, pd.Series([project_code], dtype="string"))
    rows = tables["provenance"]
    names = list(rows["field"])
    if field not in names:
        within = [name for name in names if name.startswith(f"{field}.")]
        raise UsageError(unknown("field", field, within[:1] or names))
    row = rows.iloc[names.index(field)]
    status = str(row["status"])
    raw = None if pd.isna(row["raw"]) else str(row["raw"])
    place = {key: None if pd.isna(row[key]) else int(row[key]) for key in _PLACE}
    lines: tuple[ContextLine, ...] = ()
    note = None
    value: object = None
    if status == Status.READ:
        # Parts of a joined value have no cell of their own.
        held = cells(tables, {project_code}, [field_of(field).table])
        value = held.get((project_code, field), raw)
    name = str(row["file"])
    file = Sources(tables, {name}).of(name, place_of(name))
    if place["start"] is not None:
        lines, note = context(file, place["start"])
    return Explanation(
        project_code=project_code,
        field=field,
        value=value,
        status=status,
        raw=raw,
        file=file.file,
        context=lines,
        note=note,
        lang=lang,
        source=file,
        shelf=shelf,
        **place,
    )
