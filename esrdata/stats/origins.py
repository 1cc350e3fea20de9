"""The values of one field in all projects, each with the place it was read from."""

import re
from collections import defaultdict
from functools import cache, partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.knowledge.fields import NUMBER, Field, field_of
from esrdata.portfolio import Portfolio
from esrdata.stats.made_of import of_overview
from esrdata.tables.cells import plain_rows

PLACE = ("file", "page", "line", "start", "end")
_NUMBERED = f"{{{NUMBER}}}"
#: Behind the last place, where a project stands that has no value.
_NOWHERE = [-1]


def of_first(name: str) -> str:
    """The field of a project that has no value of a list: that of the first, which is not there."""
    return name.replace(_NUMBERED, "0")


class Origins:
    """Values and places by field, looked up once for each field.

    Attributes
    ----------
    tables
        The tables of the portfolio.
    """

    def __init__(self, portfolio: Portfolio) -> None:
        # Kept, or another portfolio could have its identity.
        self._portfolio = portfolio
        self.tables = portfolio.tables
        # Of several sources the one used comes first.
        places = portfolio.provenance[["project_code", "field", "status", *PLACE]]
        self._provenance = places.drop_duplicates(["project_code", "field"], ignore_index=True)
        self._by_field = self._provenance.groupby("field").indices
        #: Places of rows by table and the columns that tell its rows of a project apart.
        self._by_keys: dict[tuple[str, tuple[str, ...]], dict[tuple[object, ...], list[int]]] = {}
        self._known: dict[str, pd.DataFrame] = {}
        self._values: dict[str, Values] = {}
        #: What a figure of the overview is made of; the same few are asked for again and again.
        self.figure = cache(partial(of_overview, tables=self.tables))

    def of(self, name: str) -> pd.DataFrame:
        """Values of a field.

        Parameters
        ----------
        name
            A dotted name; with ``{number}`` in it, all values of a list.

        Returns
        -------
        DataFrame
            A row per project and value: `project_code`, `field`, `value` (dtype of its column),
            `status` (of reading), `file`, `page`, `line`, `start`, `end`. A value that is in no
            table but whose place is known has a row, and the other way about.
        """
        if name not in self._known:
            found = self._listed(name) if _NUMBERED in name else self._single(name)
            self._known[name] = found[["project_code", "field", "value", "status", *PLACE]]
        return self._known[name]

    def values(self, name: str) -> "Values":
        """The same as `of`, for looking up the projects of many rows."""
        if name not in self._values:
            self._values[name] = Values(self.of(name), of_first(name))
        return self._values[name]

    def _single(self, name: str) -> pd.DataFrame:
        field = field_of(name)
        at = np.asarray(self._by_field.get(name, ()), dtype=np.intp)
        places = self._provenance.take(at).drop(columns="field")
        rows = self._rows(field)
        if rows["project_code"].array.equals(places["project_code"].array):
            # As nearly always: each project has the value, and its place.
            found = places.assign(value=rows["value"].array)
        else:
            found = rows.merge(places, on="project_code", how="outer")
        return found.assign(field=name)

    def _listed(self, name: str) -> pd.DataFrame:
        field = field_of(of_first(name))
        rows = self._rows(field)
        number = rows.groupby("project_code").cumcount().astype("string")
        before, _, after = name.partition(_NUMBERED)
        rows = rows.assign(field=before + number + after)
        pattern = re.escape(before) + r"\d+" + re.escape(after)
        asked = self._provenance["field"].str.fullmatch(pattern).to_numpy(dtype=bool)
        places = self._provenance.take(np.flatnonzero(asked))
        return rows.merge(places, on=["project_code", "field"], how="outer")

    def _rows(self, field: Field) -> pd.DataFrame:
        """Values of a field in its table."""
        table = self.tables[field.table]
        rows = pd.DataFrame({"project_code": table["project_code"], "value": table[field.column]})
        if not field.keys:
            return rows
        keys, values = zip(*field.keys, strict=True)
        if (field.table, keys) not in self._by_keys:
            at = self._by_keys[field.table, keys] = defaultdict(list)
            for place, own in enumerate(plain_rows(table, keys)):
                at[own].append(place)
        return rows.take(self._by_keys[field.table, keys].get(values, []))


class Values:
    """The values of a field as arrays, found by project."""

    def __init__(self, rows: pd.DataFrame, absent: str) -> None:
        codes = rows["project_code"].to_numpy(dtype=object)
        self._at: dict[str, list[int]] = {}
        for place, code in enumerate(codes):
            self._at.setdefault(code, []).append(place)
        self._texts = {"field": np.append(rows["field"].to_numpy(dtype=object), absent)}
        for name in ("status", "file"):
            texts = rows[name].astype("string").to_numpy(dtype=object)
            self._texts[name] = np.append(texts, [None])
        self._others = {name: rows[name].array for name in ("value", *PLACE) if name != "file"}

    def __len__(self) -> int:
        return len(self._texts["field"]) - 1

    def of(self, codes: npt.NDArray[Any]) -> tuple[npt.NDArray[np.intp], dict[str, Any]]:
        """Which of some projects each value is of, and the columns of `Origins.of` beside them."""
        found = [self._at.get(code, _NOWHERE) for code in codes]
        which = np.repeat(np.arange(len(codes)), list(map(len, found)))
        at = np.fromiter(chain.from_iterable(found), dtype=np.intp, count=len(which))
        texts = {name: texts[at] for name, texts in self._texts.items()}
        others = {name: array.take(at, allow_fill=True) for name, array in self._others.items()}
        return which, texts | others
