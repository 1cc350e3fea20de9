"""Tables of projects built of some files while others are still read by other processes.

What was built is used where nothing came that could change it: no other file tells of one of its
projects, and no page of it was linked to a project.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from esrdata.guard import Failure, attempt
from esrdata.reading.dispatch import FileRead
from esrdata.reading.record import Record
from esrdata.tables import columns
from esrdata.tables.build import Before, Checks, Tables, of_batch, of_projects, tables
from esrdata.tables.failing import whole_tables

# Projects of a piece: fewer cost more for each, more leave those who read without new questions.
_MANY = 100


@dataclass(frozen=True)
class _Piece:
    """Tables of some files, and how many records tell of each of their projects."""

    files: Sequence[FileRead]
    counts: Mapping[str, int]
    tables: Tables

    def holds(self, sources: Mapping[str, Sequence[Record]], before: Before) -> bool:
        """Whether the tables would be the same now that all files are known."""
        return (
            all(len(sources[code]) == n for code, n in self.counts.items())
            # Pages that were linked to their projects have codes now.
            and _counts(self.files).keys() == self.counts.keys()
            and all(len(list(before(read))) == len(read.findings) for read in self.files)
        )


class Pieces:
    """Files that are read one after another, and tables built of them meanwhile.

    Parameters
    ----------
    checks
        What is to be reported of a record besides its own findings.
    contacts
        Whether the table `contacts` is built.
    early
        Whether to build before all files are there, because others read them.

    Attributes
    ----------
    files
        The files, in the order to keep.
    """

    def __init__(self, checks: Checks, *, contacts: bool, early: bool) -> None:
        self.files: list[FileRead] = []
        self._checks, self._contacts, self._early = checks, contacts, early
        self._made: list[_Piece] = []
        self._codes: set[str] = set()
        # Files that are in pieces, and records that are in none yet.
        self._done = self._records = 0

    def add(self, files: Sequence[FileRead]) -> None:
        """Take the next files."""
        self.files += files
        self._records += sum(len(read.records) for read in files)
        if not self._early or self._records < _MANY:
            return
        part = self.files[self._done :]
        self._done, self._records = len(self.files), 0
        counts = _counts(part)
        built = partial(of_batch, part, self._checks, contacts=self._contacts)
        made = attempt(built) if self._codes.isdisjoint(counts) else None
        if made is None or isinstance(made, Failure):
            # Where files tell of the same projects, more will; what fails is found at the end.
            self._early = False
            return
        self._codes |= counts.keys()
        self._made.append(_Piece(part, counts, made))

    def tables(self) -> Tables:
        """Every table of the files."""
        if self._made:
            made = attempt(
                lambda: tables(
                    self.files, self._checks, contacts=self._contacts, projects=self._of_projects
                )
            )
            if not isinstance(made, Failure):
                return made
        return whole_tables(self.files, self._checks, contacts=self._contacts)

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
            at += len(piece.files)
            if not piece.holds(sources, before):
                rest += piece.files
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
