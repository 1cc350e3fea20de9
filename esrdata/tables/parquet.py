"""Tables written as Parquet a part at a time."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from esrdata.tables import columns

# Rows wait until there are enough for a group of their own, or until they take so much memory: a
# hundred thousand narratives are a fifth of a gigabyte.
_GROUP = 100_000
_BYTES = 8 * 2**20
# So many rows that come one by one become a part of a table.
_PART = 5_000
_KEY = "project_code"
_TEXTS = pd.StringDtype("pyarrow")


class Writers:
    """A Parquet file a table, into which rows go as they come; without rows where none do."""

    def __init__(self, folder: Path, tables: Iterable[str]) -> None:
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in tables}
        self._rows: dict[str, list[Mapping[str, object]]] = {name: [] for name in self._waiting}
        self._schemas = {name: _schema(name) for name in self._waiting}
        self._open: dict[str, pq.ParquetWriter] = {}
        self._counts = dict.fromkeys(self._waiting, 0)

    def rows(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Add rows of a table."""
        waiting = self._rows[name]
        waiting += rows
        if len(waiting) >= _PART:
            self._flush_rows(name)

    def add(self, name: str, table: pd.DataFrame) -> None:
        """Add a part of a table, behind the rows added so far."""
        self._flush_rows(name)
        if len(table):
            part = pa.Table.from_pandas(table, schema=self._schemas[name], preserve_index=False)
            waiting = self._waiting[name]
            waiting.append(part)
            if sum(map(len, waiting)) >= _GROUP or sum(p.nbytes for p in waiting) >= _BYTES:
                self._flush(name)

    def written(self, name: str) -> Iterator[pd.DataFrame]:
        """A table that nothing more comes for, a part at a time."""
        self._end(name)
        with pq.ParquetFile(self._path(name)) as file:
            for group in range(file.num_row_groups):
                yield columns.typed(name, file.read_row_group(group).to_pandas())

    def close(self) -> dict[str, int]:
        """End every file; the number of rows of each table."""
        for name in self._waiting:
            self._end(name)
        return self._counts

    def _flush_rows(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        if rows:
            self.add(name, columns.frame(name, rows))

    def _flush(self, name: str) -> None:
        parts, self._waiting[name] = self._waiting[name], []
        if name not in self._open:
            self._open[name] = pq.ParquetWriter(self._path(name), self._schemas[name])
        if parts:
            whole = pa.concat_tables(parts)
            self._open[name].write_table(whole, row_group_size=len(whole))
            self._counts[name] += len(whole)

    def _end(self, name: str) -> None:
        if name not in self._open or self._open[name].is_open:
            self._flush_rows(name)
            self._flush(name)
            self._open[name].close()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"


def _schema(name: str) -> pa.Schema:
    return pa.Schema.from_pandas(plainly(columns.frame(name, [])), preserve_index=False)


def plainly(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose texts are held as by default, so that the same rows are the same bytes.

    How pandas holds texts is an option of its user's.
    """
    kinds = table.dtypes.items()
    other = [n for n, kind in kinds if getattr(kind, "storage", _TEXTS.storage) != _TEXTS.storage]
    return table.astype(dict.fromkeys(other, _TEXTS)) if other else table
