"""What an evidence page is made of: values, the pieces of lines they mark, lines, sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

NOWHERE = -1


class Value(NamedTuple):
    """A row of provenance."""

    field: str
    status: str
    raw: str | None
    file: str
    page: int | None
    line: int | None
    start: int | None
    end: int | None


@dataclass(slots=True)
class Mark:
    """A value on the page.

    Attributes
    ----------
    value, record
        The value, and the number of the record of the project it is from.
    id
        The row of the page that describes it.
    label, status, text
        Its field, its status and its content as people read them.
    used, content
        Whether the tables hold it, and what they hold of one that was read.
    anchor
        Where links to it lead.
    remark
        What is to be noted besides.
    start, end
        Its place in the view of its file; `NOWHERE` where it is not marked.
    """

    value: Value
    record: int
    id: str
    label: str
    status: str
    text: str
    used: bool
    anchor: str
    remark: str = ""
    content: object = None
    start: int = NOWHERE
    end: int = NOWHERE

    @property
    def tip(self) -> str:
        """The note beside it."""
        note = f"{self.status}: {self.text}" if self.text else self.status
        remarks = [self.remark] if self.remark else []
        return "\n".join([self.label, note, *remarks, self.value.field])

    @property
    def placed(self) -> bool:
        """Whether it is marked in the text."""
        return self.start != NOWHERE


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line and the values it belongs to; `anchors` are of those that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    kind: str = ""
    tip: str = ""
    anchors: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """The rows of the page that describe it."""
        return " ".join(mark.id for mark in self.marks)


@dataclass(slots=True)
class Line:
    """A line on the page; `page` is set where a page begins, `left_out` where lines were."""

    number: int
    pieces: list[Piece]
    gap: bool
    page: int | None = None
    left_out: bool = False
    withheld: bool = False
    notes: list[Mapping[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A source of the project: its text, or why it is not shown."""

    file: str
    kind: str
    sha256: str
    marks: list[Mark]
    note: str | None = None
    language: str | None = None
    lines: list[Line] = field(default_factory=list)
    goes_on: bool = False
