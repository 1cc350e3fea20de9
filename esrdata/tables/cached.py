"""Tables of a whole source kept in a cache, for the same files read again unchanged."""

import io
import json
from collections.abc import Mapping

import pandas as pd

from esrdata.cache import Cache
from esrdata.guard import Failure, attempt
from esrdata.tables import columns
from esrdata.tables.build import TABLES

_LENGTH = 8


def keep_tables(cache: Cache, key: str, tables: Mapping[str, pd.DataFrame]) -> None:
    """Keep the tables under a key."""
    parts: list[bytes] = []
    for table in tables.values():
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False, compression="lz4")
        parts.append(buffer.getvalue())
    sizes = dict(zip(tables, map(len, parts), strict=True))
    head = json.dumps(sizes).encode()
    cache.put(key, b"".join((len(head).to_bytes(_LENGTH), head, *parts)))


def kept_tables(cache: Cache, key: str) -> dict[str, pd.DataFrame] | None:
    """The tables that were kept under a key, equal to those; None where there are none."""
    data = cache.get(key)
    if data is None:
        return None
    tables = attempt(lambda: _tables(memoryview(data)))
    if isinstance(tables, Failure) or not tables.keys() >= set(TABLES):
        cache.drop(key)
        return None
    return tables


def _tables(data: memoryview) -> dict[str, pd.DataFrame]:
    at = _LENGTH + int.from_bytes(data[:_LENGTH])
    tables = {}
    for name, size in json.loads(bytes(data[_LENGTH:at])).items():
        tables[name] = columns.typed(name, pd.read_parquet(io.BytesIO(data[at : at + size])))
        at += size
    return tables
