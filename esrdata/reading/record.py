"""What reading gives: values with their places, findings, and the record that holds both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from esrdata.documents.document import Span
from esrdata.reading.claims.find import Claim

# What the records of a list and of a web page have in place of a form's name.
LIST, WEB = "list", "web"


class Status(StrEnum):
    """Why a cell holds what it holds; zero is `READ`."""

    READ = "read"
    BLANK = "blank"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


Content = str | int | float | date | None


class Value(NamedTuple):
    """One field of one project.

    `raw` is the text at `span`, exactly; both are missing where nothing stood to be read.
    """

    status: Status
    content: Content = None
    raw: str | None = None
    span: Span | None = None


ABSENT = Value(Status.ABSENT)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report: `code` names a sentence in `messages.yml`."""

    code: str
    field: str | None = None
    line: int | None = None
    raw: str | None = None


@dataclass(frozen=True)
class Declared:
    """What a kind of source says of its fields, shared by all records read from it.

    Attributes
    ----------
    fields
        Every field of the source, in its own order; contacts left out.
    code_lists
        Field to the code list its values come from; of a list, the common name.
    score_bounds
        The least and the greatest score, where the source has scores.
    """

    fields: tuple[str, ...] = ()
    code_lists: Mapping[str, str] = field(default_factory=dict)
    score_bounds: tuple[int, int] | None = None


@dataclass
class Record:
    """One project as one document tells it.

    Attributes
    ----------
    path, form, language
        The file, the form it was read by (a form file, or `list` or `web`), and the language of
        its labels.
    declared
        The fields of the source.
    values
        Field (dotted) to value; every field the form declares is there.
    titles
        Narrative field to its heading as written.
    applicable
        Indicator to whether it applies; None where that is not known.
    findings
        What is to be reported.
    lines, accounted
        Visible non-blank lines of the description, and those that belong to a value, a heading,
        a narrative, the page's furniture or a finding.
    begin
        Where in the view of the document the part begins that it was read from.
    withheld
        Index (in the document) of the lines whose text must not leave it.
    persons
        Names of contact persons that are not to be kept, until they are covered in prose.
    qualifiers
        Field to how exactly its value is stated, where it is not exact: of a sum `about`,
        `over`, `at_least`, `under` or `up_to`; of a date `month` or `year`, the last sure part.
    around
        The text of the web page the project stands on, persons left out; it names organisations
        and places that the project's own lines do not.
    snapshot, snapshot_basis
        The day of which a list tells, as far as it can be known, and what says so: a code of
        `snapshot_bases`.
    given_code
        The project code of a record whose source states none: of the known project it was
        linked to, or a key made from its place.
    claims
        Text of a narrative to the quantities it states; they are found where the text is read,
        which may be a process of its own.
    failed
        Whether reading it failed: it has a finding, and no values.
    """

    path: str
    form: str
    language: str
    declared: Declared = Declared()
    values: dict[str, Value] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    applicable: dict[str, bool | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    accounted: int = 0
    begin: int = 0
    withheld: set[int] = field(default_factory=set)
    persons: list[str] = field(default_factory=list)
    qualifiers: dict[str, str] = field(default_factory=dict)
    around: str = ""
    snapshot: date | None = None
    snapshot_basis: str | None = None
    given_code: str | None = None
    claims: dict[str, Sequence[Claim]] = field(default_factory=dict)
    failed: bool = False

    # Packed as plain tuples, which takes half the time; most raw texts are the content itself.
    def __getstate__(self) -> dict[str, Any]:
        values = {
            name: (status, content, content if raw == content else raw, span and tuple(span))
            for name, (status, content, raw, span) in self.values.items()
        }
        claims = {text: list(map(tuple, found)) for text, found in self.claims.items()}
        return {**vars(self), "values": values, "claims": claims}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.values = {
            name: Value(status, content, raw, span and Span(*span))
            for name, (status, content, raw, span) in state["values"].items()
        }
        self.claims = {text: list(map(Claim._make, found)) for text, found in self.claims.items()}

    def content(self, name: str) -> Content:
        """The content of a field, None where it holds none."""
        value = self.values.get(name, ABSENT)
        return value.content

    @property
    def code(self) -> str | None:
        """The project code, read or given."""
        content = self.content("projects.project_code")
        return content if isinstance(content, str) else self.given_code
