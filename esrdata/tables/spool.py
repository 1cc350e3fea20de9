"""Records that wait on disk, and come back a batch at a time in the order of their codes."""

import os
import pickle
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esrdata.reading.grid import GridRecord
from esrdata.reading.record import Record

# Bytes of packed records in a batch: some thousand descriptions, ten thousand rows of a list.
BATCH = 6 * 2**20
_FAST = 1


class Spool:
    """Records on disk, in a file that nobody else reads; in memory is only where each stands."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b", buffering=2**20)
        self._codes: list[str] = []
        self._orders, self._starts, self._ends = array("Q"), array("Q"), array("Q")
        self._alike = b""
        self._at = 0

    def __len__(self) -> int:
        return len(self._codes)

    def add(self, record: Record, order: int) -> None:
        """Put a record with a code away; of one project the lower `order` comes back first."""
        code = record.code
        assert code is not None
        # A row of a grid is kept without the others.
        alone = record.alone() if isinstance(record, GridRecord) else record
        data = pickle.dumps(alone, protocol=pickle.HIGHEST_PROTOCOL)
        # Records are alike in all but their values: the first one says how.
        self._alike = self._alike or data
        packer = zlib.compressobj(_FAST, zdict=self._alike)
        packed = packer.compress(data) + packer.flush()
        self._codes.append(code)
        self._orders.append(order)
        self._starts.append(self._at)
        self._at += self._file.write(packed)
        self._ends.append(self._at)

    def in_order_read(self) -> Iterator[Record]:
        """Every record, as they were added."""
        with self._opened():
            yield from map(self._record, range(len(self)))

    def batches(self) -> Iterator[list[tuple[int, Record]]]:
        """Every record with its order, by code; the records of a project are in one batch."""
        codes, orders = self._codes, self._orders
        batch: list[tuple[int, Record]] = []
        size, last = 0, None
        with self._opened():
            for at in sorted(range(len(self)), key=lambda i: (codes[i], orders[i])):
                if size > BATCH and codes[at] != last:
                    yield batch
                    batch, size = [], 0
                batch.append((orders[at], self._record(at)))
                size += self._ends[at] - self._starts[at]
                last = codes[at]
        if batch:
            yield batch

    @contextmanager
    def _opened(self) -> Iterator[None]:
        """Have the file open to read records from all over it.

        It is not mapped: pages of a mapped file count as memory, more of them with every record.
        """
        self._file.flush()
        with open(self._file.name, "rb") as self._held:  # noqa: PTH123
            yield

    def _record(self, at: int) -> Record:
        self._held.seek(self._starts[at])
        packed = self._held.read(self._ends[at] - self._starts[at])
        record: Record = pickle.loads(zlib.decompressobj(zdict=self._alike).decompress(packed))
        return record

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        os.unlink(self._file.name)  # noqa: PTH108 (its name is all that is kept of the path)
