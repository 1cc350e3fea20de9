"""The tables of a save, in memory or still on disk."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from esrdata.errors import StoreError, UnknownNameError, unknown
from esrdata.knowledge.wording import sentence
from esrdata.tables import columns
from esrdata.version import __version__


def sha256(path: Path) -> str:
    """The hash of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class OnDemand(Mapping[str, pd.DataFrame]):
    """Tables that are made when they are asked for, and then kept."""

    #: Whoever asks for a shelf looks here and makes no table for it.
    attrs: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, names: Iterable[str], make: Callable[[str], pd.DataFrame]) -> None:
        self._make = make
        self._made: dict[str, pd.DataFrame | None] = dict.fromkeys(names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __contains__(self, name: object) -> bool:
        return name in self._made

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            raise UnknownNameError(unknown("table", str(name), self._made))
        table = self._made[name]
        if table is None:
            self._made[name] = table = self._make(name)
        return table

    def made(self, name: str) -> pd.DataFrame | None:
        """A table that was asked for already."""
        return self._made[name]


class Stored(OnDemand):
    """The tables of a save, each read when it is asked for."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        super().__init__(manifest["rows"], self._taken)
        self._folder, self._manifest = folder, manifest
        self._whole: set[str] = set()

    def rows(self, name: str, column: str, values: Collection[str]) -> pd.DataFrame:
        """The rows of a table that have one of some values; only these come into memory."""
        table = self.made(name)
        if table is not None:
            return table[table[column].isin(values)].reset_index(drop=True)
        return self._taken(name, [(column, "in", list(values))])

    def _taken(
        self, name: str, filters: list[tuple[str, str, object]] | None = None
    ) -> pd.DataFrame:
        path = self._folder / f"{name}.parquet"
        if name not in self._whole:
            if not path.is_file() or sha256(path) != self._manifest["files"].get(path.name):
                raise StoreError(sentence("error.save_other_file", file=str(path)))
            self._whole.add(name)
        try:
            table = columns.typed(name, pd.read_parquet(path, filters=filters))
        except (KeyError, TypeError, ValueError) as error:
            text = sentence("error.save_other_columns", file=str(path), version=__version__)
            raise StoreError(text) from error
        if filters is None and len(table) != self._manifest["rows"][name]:
            raise StoreError(sentence("error.save_other_file", file=str(path)))
        return table.reset_index(drop=True)
