"""The text of a source file as it was read: the file is opened again, but not read again.

The table `passages` has which parts belong to which description, and what is withheld.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.passages import DESCRIPTION, PERSON, VIEW, WITHHELD
from esrdata.reading.privacy import COVER, places
from esrdata.tables.cells import plain_rows


class Kept(NamedTuple):
    """A row of `passages`."""

    kind: str
    start: int
    end: int
    project_code: str | None
    form_language: str | None


class SourceText:
    """An unchanged source file.

    Attributes
    ----------
    document
        Its text.
    withheld
        Index of the lines with personal data.
    persons
        Names of persons, as slices of the view.
    begins
        Index of the lines with which its descriptions begin.
    """

    def __init__(self, document: Document, kept: tuple[Kept, ...]) -> None:
        self.document = document
        self.persons = [(k.start, k.end) for k in kept if k.kind == PERSON]
        described = [k for k in kept if k.kind == DESCRIPTION]
        self._languages = {k.project_code: k.form_language for k in described}
        self.begins = [document.line_index(k.start) for k in described] or [0]
        hidden: set[int] = set()
        for passage in (k for k in kept if k.kind == WITHHELD):
            first, last = (document.line_index(at) for at in (passage.start, passage.end))
            hidden.update(range(first, last + 1))
        self.withheld = frozenset(hidden)

    @cached_property
    def full(self) -> list[int]:
        """Index of the lines that are not blank."""
        return [i for i, line in enumerate(self.document.lines) if not line.blank]

    def language(self, code: str) -> str | None:
        """The language of the labels of a description; None where it has none."""
        return self._languages.get(code)

    def private(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where addresses, numbers and names of persons are in a slice of the view, in order."""
        # An address or number may begin or end on a neighbouring line.
        lines, at = self.document.lines, self.document.line_index
        first = lines[max(at(start) - 2, 0)].start
        last = lines[min(at(max(end - 1, start)) + 2, len(lines) - 1)].end
        found = [(first + a, first + b) for a, b in places(self.document.view[first:last])]
        held = [(max(a, start), min(b, end)) for a, b in [*found, *self.persons]]
        return sorted((a, b) for a, b in held if a < b)

    def masked(self, start: int, end: int) -> str:
        """A slice of the view with personal data replaced character by character."""
        signs = list(self.document.view[start:end])
        for a, b in self.private(start, end):
            signs[a - start : b - start] = COVER * (b - a)
        return "".join(signs)


@dataclass(frozen=True)
class Source:
    """A file of a portfolio.

    Attributes
    ----------
    file
        Its name in the tables.
    place
        Where it is now: a path or an address.
    sha256
        Its hash when it was read.
    passages
        Its rows of `passages`.
    """

    file: str
    place: str
    sha256: str | None
    passages: tuple[Kept, ...]

    def open(self) -> SourceText | str:
        """Open the file, or return the key in `words.yml` of why it cannot be shown.

        The last opened file is cached as long as it is unchanged on disk.
        """
        try:
            state = Path(self.place).stat()
        except OSError:
            return self._opened()
        key = (self, state.st_size, state.st_mtime_ns)
        if _LAST[:1] != [key]:
            _LAST[:] = [key, self._opened()]
        opened: SourceText | str = _LAST[1]
        return opened

    def _opened(self) -> SourceText | str:
        document = open_document(self.place)
        if not isinstance(document, Document):
            return "explain.file_gone"
        if document.sha256 != self.sha256:
            return "explain.file_changed"
        # Offsets of persons are valid only in the text in which they were found.
        if [k.end for k in self.passages if k.kind == VIEW] != [len(document.view)]:
            return "explain.file_shown_otherwise"
        return SourceText(document, self.passages)


# The file opened last, in its state then, and its text.
_LAST: list[Any] = []


class Sources:
    """The files of a portfolio with what its tables hold of each.

    Parameters
    ----------
    tables
        The tables of the portfolio.
    files
        Names of the files that are asked for; None is all.
    """

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], files: Collection[str] | None = None
    ) -> None:
        hashed, passages = tables["files"], tables["passages"]
        if files is not None:
            hashed = hashed[hashed["file"].isin(files)]
            passages = passages[passages["file"].isin(files)]
        self._hashes = dict(plain_rows(hashed.drop_duplicates("file"), ["file", "sha256"]))
        self._kept: dict[str, list[Kept]] = {}
        for file, *row in plain_rows(passages, ["file", *Kept._fields]):
            self._kept.setdefault(file, []).append(Kept(*row))

    def of(self, file: str, place: str) -> Source:
        """A file and where it is now."""
        return Source(file, place, self._hashes.get(file), tuple(self._kept.get(file, ())))
