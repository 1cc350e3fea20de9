"""Tables built of some files while others are still read by other processes.

Where each project is told of once, and no page names one without its code, they are parts of the
whole: the records they were built of are let go of. Elsewhere all records are unpacked and looked
at once more, and what was built is used where nothing came that could change it: no other file
tells of one of its projects, and no page of it was linked to a project.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from esrdata.guard import Failure, attempt
from esrdata.reading.batch import Read, Sent
from esrdata.reading.dispatch import FileRead
from esrdata.reading.record import Record
from esrdata.tables import columns
from esrdata.tables.build import (
    Before,
    Checks,
    Tables,
    completed,
    of_batch,
    of_files,
    of_projects,
    tables,
)
from esrdata.tables.failing import whole_tables
from esrdata.tables.linking.links import uncoded_in

# Bytes of a piece as they are sent, some hundred descriptions: fewer cost more for each, more leave
# those who read without new questions.
_MUCH = 4 << 20


@dataclass(frozen=True)
class _Piece:
    """Tables of so many files, and how many records tell of each of their projects."""

    files: int
    counts: Mapping[str, int]
    tables: Tables
    of_files: Tables

    def holds(
        self, files: Sequence[FileRead], sources: Mapping[str, Sequence[Record]], before: Before
    ) -> bool:
        """Whether the tables would be the same now that all files are known, these among them."""
        return (
            all(len(sources[code]) == n for code, n in self.counts.items())
            # Pages that were linked to their projects have codes now.
            and _counts(files).keys() == self.counts.keys()
            and all(len(list(before(read))) == len(read.findings) for read in files)
        )


class Pieces:
    """Files that are read one after another, and tables built meanwhile of what others sent."""

    def __init__(self, checks: Checks, *, contacts: bool) -> None:
        self._checks, self._contacts = checks, contacts
        self._reads: list[Read] = []
        self._made: list[_Piece] = []
        self._codes: set[str] = set()
        # Whether each project is told of once and none must be linked; whether to build more.
        self._apart = self._early = True
        # Reads that are in pieces, and bytes of what was sent that are in none yet.
        self._done = self._sent = 0

    def add(self, read: Read) -> None:
        """Take what the next file holds."""
        # What is looked at once more at the end is unpacked while others read.
        self._reads.append(read if self._apart else tuple(read))
        self._sent += len(read.packed) if isinstance(read, Sent) else 0
        if not self._early or self._sent < _MUCH:
            return
        part = self._files(self._done)
        counts = self._counted(part)
        built = partial(of_batch, part, self._checks, contacts=self._contacts)
        made = attempt(built) if self._codes.isdisjoint(counts) else None
        if made is None or isinstance(made, Failure):
            # Where files tell of the same projects, more will; what fails is found at the end.
            self._early = self._apart = False
            return
        self._codes |= counts.keys()
        self._made.append(_Piece(len(part), counts, made, of_files(part)))
        self._done, self._sent = len(self._reads), 0

    def tables(self) -> Tables:
        """Every table of the files."""
        if self._made:
            rest = self._files(self._done)
            self._counted(rest)
            made = attempt(partial(self._joined, rest) if self._apart else self._again)
            if not isinstance(made, Failure):
                return made
        return whole_tables(self._files(), self._checks, contacts=self._contacts)

    def _files(self, begin: int = 0) -> list[FileRead]:
        """The files from a read on, in the order to keep."""
        return list(chain.from_iterable(self._reads[begin:]))

    def _counted(self, files: Sequence[FileRead]) -> Counter[str]:
        """How many records tell of each project of the next files."""
        counts = _counts(files)
        self._apart = (
            self._apart
            and all(n == 1 for n in counts.values())
            and self._codes.isdisjoint(counts)
            and not any(list(uncoded_in(read)) for read in files)
        )
        return counts

    def _joined(self, rest: Sequence[FileRead]) -> Tables:
        """The tables of the pieces and of the files that are in none."""
        parts = [piece.tables | piece.of_files for piece in self._made]
        if rest:
            parts.append(of_batch(rest, self._checks, contacts=self._contacts) | of_files(rest))
        # What is joined is let go of: the next table takes its memory.
        self._made.clear()
        names = list(parts[0])
        return completed(
            {name: columns.joined([part.pop(name) for part in parts]) for name in names}, ()
        )

    def _again(self) -> Tables:
        """The tables of all files, with those of pieces that hold."""
        return tables(
            self._files(), self._checks, contacts=self._contacts, projects=self._of_projects
        )

    def _of_projects(
        self,
        files: Sequence[FileRead],
        sources: Mapping[str, Sequence[Record]],
        before: Before,
    ) -> Tables:
        """The tables of projects; what was built is taken where it holds."""
        build = partial(of_projects, checks=self._checks, contacts=self._contacts)
        made, rest, at = list[Tables](), list[FileRead](), 0
        for piece in self._made:
            part = files[at : at + piece.files]
            at += piece.files
            if not piece.holds(part, sources, before):
                rest += part
                continue
            if rest:
                made.append(build(rest, sources, before))
            made.append(piece.tables)
            rest = []
        rest += files[at:]
        if rest:
            made.append(build(rest, sources, before))
        return {name: columns.joined([part[name] for part in made]) for name in made[0]}


def _counts(files: Iterable[FileRead]) -> Counter[str]:
    """How many records tell of each project."""
    codes = (record.code for read in files for record in read.records)
    return Counter(code for code in codes if code is not None)
