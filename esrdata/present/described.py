"""What a manifest says of a report: its settings, and each table and figure with its hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from esrdata.knowledge.formats import is_missing
from esrdata.present.model import Content, Figure, Table
from esrdata.present.theme import current
from esrdata.tables.population import Population

# What a float is the same to on any machine: sums are added up in another order on some.
_DIGITS = 12


def settings(
    *,
    population: Population | None,
    template: str | PathLike[str] | None,
    recipe: str | PathLike[str] | None,
    **plain: object,
) -> dict[str, Any]:
    """What a report was asked for; a template and a theme by their hashes, a recipe by its text."""
    theme = current().source
    asked = {
        **plain,
        "population": None if population is None else population.as_json(),
        "recipe": None if recipe is None else Path(recipe).read_text(encoding="utf-8"),
        "template": None if template is None else _hash(Path(template).read_bytes()),
        "theme": None if theme is None else _hash(theme.read_bytes()),
    }
    return {name: value for name, value in asked.items() if value is not None}


def parts(
    content: Content, data: Mapping[str, pd.DataFrame], files: Mapping[str, Iterable[str]]
) -> Iterator[dict[str, Any]]:
    """Every table and figure of a report: how it was computed, and the hash of its values.

    `data` is what stands behind each figure drawn, `files` are the names of its files.
    """
    first = None if content.summary is None else content.summary.picture
    for part in (*([] if first is None else [first]), *content.parts):
        if isinstance(part, Table):
            frame = part.frame[[column.name for column in part.columns]]
            yield {"kind": "table", **_described(part, frame)}
        elif part.key in data:
            own = sorted(files[part.key])
            yield {"kind": "figure", "files": own, **_described(part, data[part.key])}


def _described(part: Table | Figure, frame: pd.DataFrame) -> dict[str, Any]:
    attrs = {} if part.statistic is None else part.statistic.attrs
    call = attrs.get("call", {})
    return {
        "key": part.key,
        "title": part.title,
        "rows": len(frame),
        "sha256": values_hash(frame),
        "statistic": call.get("statistic"),
        "arguments": call.get("arguments"),
        "population": attrs.get("population"),
    }


def values_hash(frame: pd.DataFrame) -> str:
    """A hash of the names of columns and of the values, whatever dtypes hold them."""
    cells = pd.DataFrame(frame).itertuples(index=False, name=None)
    rows = [[*map(str, frame.columns)], *map(list, cells)]
    text = json.dumps([[_cell(value) for value in row] for row in rows], ensure_ascii=False)
    return _hash(text.encode("utf-8"))


def _cell(value: object) -> str | None:
    if is_missing(value):
        return None
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return str(value)
    # A whole number is one whether it is held as an integer or not; no zero is below zero.
    return f"{float(value) + 0.0:.{_DIGITS}g}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
