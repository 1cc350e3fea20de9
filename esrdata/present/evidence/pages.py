"""Evidence pages: a project's sources as they stand, every value marked where it was read."""

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Template
from markupsafe import Markup

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf, per_shelf
from esrdata.portfolio import Portfolio
from esrdata.present.html import templates
from esrdata.reading.form.description import read_document
from esrdata.reading.form.headings import line_pattern
from esrdata.reading.form.spec import all_forms
from esrdata.reading.lists.read import LIST
from esrdata.reading.privacy import COVER, places
from esrdata.reading.record import Status
from esrdata.reading.web.page import Page
from esrdata.reading.web.read import WEB, read_web
from esrdata.tables.linking.sources import list_name
from esrdata.tables.staging import staged
from esrdata.version import __version__

# Files kept open: the lists of a portfolio serve thousands of pages.
_KEPT = 6
# Lines with text shown above and below the block of a web page.
_AROUND = 5
# A mark longer than this has its note at the foot of the window, not beside it.
_LONG = 80
# Names of projects that every file system takes as they are.
_SAFE = re.compile(r"[A-Z]\d[A-Z0-9-]{1,40}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_WORDS = re.compile(r"\w")
_AT = re.compile(r"@|[(\[]\s?(?:at|ät|a)\s?[)\]]", re.IGNORECASE)
_PROSE = ("narratives.",)
_ANSWER = ".justification"
NOWHERE = -1
_PERIOD = "projects.programme_period"
# How a piece of text that belongs to several values is drawn: as the first of these.
_DRAWN = (Status.UNREADABLE, Status.BLANK, Status.NOT_APPLICABLE, Status.READ)


@on_its_shelf
def write_evidence(
    portfolio: Portfolio,
    folder: str | PathLike[str],
    *,
    lang: str = "fi",
    codes: Iterable[str] | None = None,
) -> dict[str, str]:
    """Write a page per project with its sources and every value where it was read.

    A page is one HTML file that needs nothing beside it and no script. The same portfolio and
    files give the same bytes. Contact persons are withheld unless the portfolio has them.

    Parameters
    ----------
    portfolio
        What was read; a source file is shown while it is the one that was read.
    folder
        Where to; made if need be.
    lang
        Language of the pages: fi, sv or en.
    codes
        The projects; all if None.

    Returns
    -------
    dict
        Project code to the name of its file in the folder, as `file_name` makes it. The place of
        a value on the page is the anchor ``#`` and its dotted field.

    Raises
    ------
    UsageError
        If the language or a project is unknown.
    StoreError
        If the folder cannot be written.
    """
    wording.word("evidence.intro", lang)  # an unknown language is told before anything is written
    known = dict.fromkeys(portfolio.projects["project_code"])
    wanted = list(known if codes is None else dict.fromkeys(codes))
    unknown = next((code for code in wanted if code not in known), None)
    if unknown is not None:
        raise UsageError(f"There is no project {unknown!r} in the portfolio.")
    pages = _Pages(portfolio, wanted, lang)
    names = {code: file_name(code) for code in wanted}
    target = Path(folder)
    with staged(target) as stage:
        for code, name in names.items():
            (stage / name).write_text(pages.page(code), encoding="utf-8", newline="\n")
        for name in names.values():
            (stage / name).replace(target / name)
    return names


def file_name(code: str) -> str:
    """The file name of a project's page, safe on every file system and the same everywhere."""
    if _SAFE.fullmatch(code):
        return f"{code}.html"
    # Keys made of places hold signs that no file name may, and may differ in their case only.
    return f"{_UNSAFE.sub('-', code).strip('-')[:60]}-{sha256(code.encode()).hexdigest()[:8]}.html"


# ---- the values of a project


class _Value(NamedTuple):
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
class _Mark:
    """A value on the page; `record` counts the records of the project.

    `id` is the row that tells of it, `anchor` where links to it lead, `start:end` its place in the
    view of its file.
    """

    value: _Value
    record: int
    id: str
    label: str
    status: str
    shown: str
    used: bool
    anchor: str
    tip: str = ""
    start: int = NOWHERE
    end: int = NOWHERE

    @property
    def placed(self) -> bool:
        """Whether it is marked in the text."""
        return self.start != NOWHERE


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line and the values it belongs to; `anchors` are of those that begin here."""

    text: str
    marks: tuple[_Mark, ...] = ()
    kind: str = ""
    tip: str = ""
    anchors: tuple[str, ...] = ()

    @property
    def told_by(self) -> str:
        """The rows that tell of it."""
        return " ".join(mark.id for mark in self.marks)


@dataclass(slots=True)
class _Line:
    """A line on the page; `page` is set where a page begins, `left_out` where lines were."""

    number: int
    pieces: list[_Piece]
    gap: bool
    page: int | None = None
    left_out: bool = False
    withheld: bool = False
    notes: list[Mapping[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Source:
    """A source of the project: its text, or why it is not shown."""

    file: str
    kind: str
    format: str
    sha256: str
    marks: list[_Mark]
    note: str | None = None
    language: str | None = None
    lines: list[_Line] = field(default_factory=list)
    goes_on: bool = False


def _rows(table: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table as tuples, what is missing as None."""
    columns = ((table[name].tolist(), table[name].isna().tolist()) for name in names)
    kept = ([None if no else v for v, no in zip(*column, strict=True)] for column in columns)
    return zip(*kept, strict=True)


def _contents(tables: Mapping[str, pd.DataFrame], codes: set[str]) -> dict[tuple[str, str], object]:
    """Project and field to the cell of the tables."""
    found: dict[tuple[str, str], object] = {}
    some = {
        name: table[table["project_code"].isin(codes)]
        for name, table in tables.items()
        if "project_code" in table
    }
    for column in some["projects"].columns:
        for code, cell in _rows(some["projects"], ["project_code", column]):
            found[code, f"projects.{column}"] = cell
    # Columns that name the row, and the columns of values with what ends their field.
    for name, keys, cells in _KEYED:
        for code, *row in _rows(some[name], ["project_code", *keys, *cells]):
            said = [name, *row[: len(keys)]]
            for suffix, cell in zip(cells.values(), row[len(keys) :], strict=True):
                found[code, ".".join(said) + suffix] = cell
    counted: dict[tuple[str, ...], int] = {}
    for name, keys, columns in _COUNTED:
        for code, *row in _rows(some[name], ["project_code", *keys, *columns]):
            said = [name, *row[: len(keys)]]
            number = counted[code, *said] = counted.get((code, *said), -1) + 1
            for column, cell in zip(columns, row[len(keys) :], strict=True):
                end = f".{column}" if len(columns) > 1 else ""
                found[code, f"{'.'.join(said)}.{number}{end}"] = cell
    return found


_KEYED: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("funding", ["measure", "stage"], {"amount_eur": ""}),
    ("indicators", ["indicator", "stage"], {"total": "", "women": "_women"}),
    (
        "sustainability",
        ["criterion"],
        {name: f".{name}" for name in ("direct", "indirect", "justification")},
    ),
    ("horizontal", ["principle"], {"answer": "", "justification": ".justification"}),
    ("narratives", ["section"], {"text": ""}),
)
_COUNTED: tuple[tuple[str, list[str], list[str]], ...] = (
    ("locations", ["level"], ["name"]),
    ("partners", [], ["role", "name", "business_id"]),
)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# ---- a file


class _Text:
    """A source file at hand, shared by all projects in it."""

    def __init__(self, document: Document, form: str, contacts: bool) -> None:
        self.document, self.form, self.contacts = document, form, contacts
        self.full = [i for i, line in enumerate(document.lines) if not line.blank]
        self.withheld: frozenset[int] = frozenset()
        self.persons: list[str] = []
        self.language: dict[str | None, str] = {}
        self.begins = [0]
        if form == LIST:
            return
        records = read_document(document, all_forms(), contacts=False) if form != WEB else []
        records = records or read_web(document)
        self.language = {record.code: record.language for record in records}
        if not contacts:
            withheld = {i for record in records for i in record.withheld}
            # Persons around a block belong to none of the records.
            withheld |= Page(document).personal if form == WEB else set()
            self.withheld = frozenset(withheld)
            self.persons = [name for record in records for name in record.persons]
        firsts = (
            min(value.span.start for value in record.values.values() if value.span is not None)
            for record in records
            if any(value.span is not None for value in record.values.values())
        )
        lines = sorted(document.line_index(document.view_place(at)) for at in firsts)
        self.begins = [0, *(self._with_banner(line) for line in lines[1:])]

    def _with_banner(self, first: int) -> int:
        """Move the first line of a description up over the banner that stands above it."""
        banner, lines = _banner(), self.document.lines
        for i in range(first - 1, -1, -1):
            if banner.fullmatch(lines[i].text):
                first = i
            elif not lines[i].blank:
                break
        return first

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the view that a place in the text is of: `Document.span` backwards."""
        document = self.document
        if not document.starts:
            return start, end
        if start == end:
            # An empty place stands behind the sign before it.
            at = document.view_place(start - 1) + 1 if start else 0
            return at, at
        first, last = document.view_place(start), document.view_place(end - 1)
        # One sign of the text may be several of the view.
        while first > 0 and document.starts[first - 1] == start < document.ends[first - 1]:
            first -= 1
        return first, max(first, last) + 1

    def place(self, index: int) -> tuple[int, int]:
        """Page and number of a line."""
        line = self.document.lines[index]
        span = self.document.span(line.start, line.end)
        return span.page, span.line

    def chosen(self, marks: Sequence[_Mark]) -> list[int]:
        """Index of the lines to show: those of the project."""
        met: dict[int, set[int]] = {}
        shown: set[int] = set()
        at = self.document.line_index
        for mark in (mark for mark in marks if mark.placed):
            touched = set(range(at(mark.start), at(max(mark.start, mark.end - 1)) + 1))
            if self.form == LIST and mark.value.field == _PERIOD:
                shown |= touched  # the heading row
            else:
                met.setdefault(mark.record, set()).update(touched)
        for lines in met.values():
            first, last = min(lines), max(lines)
            if self.form == WEB:
                above = bisect_right(self.full, first - 1)
                below = bisect_right(self.full, last)
                shown.update(self.full[max(above - _AROUND, 0) : below + _AROUND])
            elif self.form != LIST:
                n = bisect_right(self.begins, first)
                ends = [*self.begins, len(self.document.lines)]
                shown.update(range(self.begins[n - 1], ends[n]))
            shown.update(range(first, last + 1))
        return sorted(i for i in shown if not self.document.lines[i].blank)

    def _cell(self, mark: _Mark) -> tuple[int, int]:
        """The place of a value in a list; the period stands for the whole heading row."""
        if mark.value.field != _PERIOD:
            return mark.start, mark.end
        line = self.document.lines[self.document.line_index(mark.start)]
        return line.start, line.end

    def covered(self, first: int, last: int, marks: Sequence[_Mark], bare: bool) -> str:
        """Lines `first` to `last` of the view, personal data covered sign by sign."""
        lines = self.document.lines
        start, end = lines[first].start, lines[last].end
        view = self.document.view[start:end]
        signs = list(view)
        inside = [m for m in marks if m.start < end and m.end > start]
        contacts = [m for m in inside if m.value.field.startswith("contacts.")]
        facts = [m for m in inside if not _is_prose(m)]
        if bare:
            # Cells of columns nobody knows may name persons.
            known = {i - start for m in inside for i in range(*self._cell(m))}
            signs = [
                COVER if i not in known and _WORDS.match(sign) else sign
                for i, sign in enumerate(signs)
            ]
        for a, b in places(view, self.persons):
            held = (start + a, start + b)
            # As in the tables: contacts that were asked for, and codes and IDs in facts, stay.
            if _within(held, contacts) or (_within(held, facts) and not _AT.search(view[a:b])):
                continue
            signs[a:b] = COVER * (b - a)
        return "".join(signs)


def _within(place: tuple[int, int], marks: Iterable[_Mark]) -> bool:
    return any(
        mark.start <= place[0] and place[1] <= mark.end and mark.value.status == Status.READ
        for mark in marks
    )


def _is_prose(mark: _Mark) -> bool:
    return mark.value.field.startswith(_PROSE) or mark.value.field.endswith(_ANSWER)


@per_shelf
def _banner() -> re.Pattern[str]:
    return line_pattern(tuple(labels for form in all_forms() for labels in form.furniture))


# ---- pages


class _Pages:
    """Makes the pages of a portfolio."""

    def __init__(self, portfolio: Portfolio, codes: Sequence[str], lang: str) -> None:
        self.lang = lang
        self._base = portfolio._base
        self._contacts = "contacts" in portfolio.tables
        wanted = set(codes)
        self._values: dict[str, list[_Value]] = {code: [] for code in codes}
        rows = portfolio.provenance
        rows = rows if len(wanted) == len(portfolio) else rows[rows["project_code"].isin(wanted)]
        for code, *row in _rows(rows, ["project_code", *_Value._fields]):
            self._values[code].append(_Value(*row))
        self._cells = _contents(portfolio.tables, wanted)
        self._files = {row["file"]: row for row in _records(portfolio.files)}
        self._issues: dict[str, list[dict[str, Any]]] = {}
        for told in _records(portfolio.issues):
            project = told["project_code"]
            # Findings of a whole file are kept by its name behind a sign that no code has.
            self._issues.setdefault(project or f"/{told['file']}", []).append(told)
        self._conflicts: dict[str, list[dict[str, Any]]] = {}
        for told in _records(portfolio.conflicts()):
            self._conflicts.setdefault(told["project_code"], []).append(told)
        self._open: OrderedDict[str, _Text | str] = OrderedDict()
        self._label = cache(partial(wording.field_label, lang=lang))
        self._code_label = cache(partial(wording.code_label, lang=lang))
        self._word = cache(partial(wording.word, lang=lang))
        self._template = _template()

    def page(self, code: str) -> str:
        """The page of a project."""
        marks = self._marks(code)
        absent = [mark for mark in marks if mark.value.status == Status.ABSENT]
        by_file: dict[str, list[_Mark]] = {}
        for mark in marks:
            if mark.value.status != Status.ABSENT:
                by_file.setdefault(mark.value.file, []).append(mark)
        findings = list(self._issues.get(code, ()))
        for file in by_file:
            findings += self._issues.get(f"/{file}", ())
        sources = []
        for file, held in by_file.items():
            source, findings = self._source(code, file, held, findings)
            sources.append(source)
        # What was found elsewhere in a list or on a page is not of this project.
        whole = [f for f in findings if f["project_code"] is not None or f["line"] is None]
        anchors = {(m.value.file, m.value.start): m.anchor for m in reversed(marks) if m.placed}
        return self._template.render(
            lang=self.lang,
            version=__version__,
            word=self._word,
            code=code,
            name=self._cells.get((code, "projects.name")),
            sources=sources,
            absent=absent,
            findings=[self._said(finding) for finding in whole],
            conflicts=list(self._disagreements(code, anchors)),
            kinds=[status for status in reversed(_DRAWN) if _met(sources, status)],
            unused=any(not mark.used for source in sources for mark in source.marks),
            status=partial(self._code_label, "value_statuses"),
        )

    # ---- values

    def _marks(self, code: str) -> list[_Mark]:
        """The values of a project, with what the tables hold and whether they are the ones used."""
        met: set[str] = set()
        first: dict[str, int] = {}
        record, file = 0, None
        found = []
        for number, value in enumerate(self._values[code], start=1):
            # Rows come a record at a time.
            if value.file != file or value.field in met:
                met, file, record = set(), value.file, record + 1
            met.add(value.field)
            topic = list_name(value.field) or value.field
            used = first.setdefault(topic, record) == record
            cell = self._cells.get((code, value.field))
            if value.status != Status.READ:
                shown = ""
            elif used and cell is not None:
                shown = _shown(cell)
            else:
                shown = value.raw or ""
            label = self._label(value.field)
            status = self._code_label("value_statuses", value.status)
            # Others link to a value the tables hold by its field.
            anchor = value.field if used else f"at-v{number}"
            quoted = wording.quoted(shown)
            mark = _Mark(value, record, f"v{number}", label, status, quoted, used, anchor)
            said = f"{status}: {mark.shown}" if shown else status
            mark.tip = "\n".join([label, said, *self._remark(mark), value.field])
            found.append(mark)
        return found

    def _remark(self, mark: _Mark) -> list[str]:
        return [] if mark.used else [self._word("evidence.not_used")]

    # ---- sources

    def _text(self, file: str) -> "_Text | str":
        """A file at hand, or the key of the reason why it is not."""
        if file in self._open:
            self._open.move_to_end(file)
            return self._open[file]
        row = self._files.get(file, {})
        document = open_document(str(self._base / file))
        found: _Text | str
        if not isinstance(document, Document):
            found = "explain.file_gone"
        elif document.sha256 != row.get("sha256"):
            found = "explain.file_changed"
        else:
            found = _Text(document, str(row["form"]), self._contacts)
        self._open[file] = found
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return found

    def _source(
        self, code: str, file: str, marks: list[_Mark], findings: list[dict[str, Any]]
    ) -> tuple[_Source, list[dict[str, Any]]]:
        """A source as shown, and the findings that are not beside one of its lines."""
        row = self._files.get(file, {})
        form = str(row.get("form"))
        kind = self._code_label("source_kinds", form if form in (LIST, WEB) else "description")
        text = self._text(file)
        source = _Source(file, kind, row.get("format") or "", row.get("sha256") or "", marks)
        if isinstance(text, str):
            source.note = self._word(text, file=file)
            return source, findings
        source.language = text.language.get(code) or text.language.get(None)
        for mark in marks:
            if mark.value.start is not None and mark.value.end is not None:
                mark.start, mark.end = text.slice(mark.value.start, mark.value.end)
        of_file = self._issues.get(f"/{file}", ())
        unknown = any(finding["code"] == "list_column_unknown" for finding in of_file)
        bare = form == LIST and unknown and not self._contacts
        chosen = text.chosen(marks)
        source.lines = self._lines(text, marks, chosen, bare)
        source.goes_on = bool(chosen) and chosen[-1] < text.full[-1]
        return source, self._put(text, source, chosen, findings)

    def _lines(
        self, text: _Text, marks: Sequence[_Mark], chosen: Sequence[int], bare: bool
    ) -> list[_Line]:
        document = text.document
        on: dict[int, list[_Mark]] = {}
        for mark in (mark for mark in marks if mark.placed):
            last = document.line_index(max(mark.start, mark.end - 1))
            for i in range(document.line_index(mark.start), last + 1):
                on.setdefault(i, []).append(mark)
        shown: list[_Line] = []
        anchored: set[str] = set()
        before, page = -1, 0 if document.paged else 1
        for first, last in _runs(chosen, text.full):
            held = [mark for i in range(first, last + 1) for mark in on.get(i, ())]
            covered = text.covered(first, last, list({id(m): m for m in held}.values()), bare)
            begin = document.lines[first].start
            for i in (i for i in range(first, last + 1) if not document.lines[i].blank):
                line = document.lines[i]
                at, number = text.place(i)
                said = covered[line.start - begin : line.end - begin]
                withheld = i in text.withheld
                pieces = list(self._pieces(said, line.start, on.get(i, ()), withheld, anchored))
                left_out = bool(_between(text.full, before, i))
                shown.append(_Line(number, pieces, i - 1 != before, None, left_out, withheld))
                if at != page:
                    shown[-1].page = page = at
                before = i
        return shown

    def _pieces(
        self, said: str, begin: int, marks: Sequence[_Mark], withheld: bool, anchored: set[str]
    ) -> Iterator[_Piece]:
        """A line cut where values begin and end."""
        end = begin + len(said)
        cuts = {begin, end}
        for mark in marks:
            cuts |= {min(max(at, begin), end) for at in (mark.start, mark.end)}
        points = sorted(cuts)
        for at, next_ in [*pairwise(points), (end, end)]:
            slots = tuple(m for m in marks if m.start == m.end == at)
            if slots:
                yield self._piece("", slots, anchored)
            if next_ == at:
                continue
            within = tuple(m for m in marks if m.start <= at and next_ <= m.end)
            text = said[at - begin : next_ - begin]
            if within:
                yield self._piece(text, within, anchored)
            elif not withheld:
                yield _Piece(text)

    def _piece(self, text: str, marks: tuple[_Mark, ...], anchored: set[str]) -> _Piece:
        met = {mark.value.status for mark in marks}
        kind = next(status for status in _DRAWN if status in met)
        classes = [kind.replace("_", "-")]
        classes += ["slot"] * (not text) + ["long"] * (len(text) > _LONG)
        classes += ["unused"] * (not any(mark.used for mark in marks))
        new = tuple(mark.anchor for mark in marks if mark.anchor not in anchored)
        anchored.update(new)
        tip = "\n\n".join(mark.tip for mark in marks)
        return _Piece(text, marks, " ".join(classes), tip, new)

    # ---- findings

    def _put(
        self,
        text: _Text,
        source: _Source,
        chosen: Sequence[int],
        findings: Sequence[dict[str, Any]],
    ) -> list[dict[str, Any]]:
        """Put findings beside their lines; gives those that have none here."""
        rest = []
        shown = dict(zip(chosen, source.lines, strict=True))
        for finding in findings:
            here = finding["file"] == source.file and finding["line"] is not None
            index = self._index(text, source, shown, finding) if here else None
            if index is None:
                rest.append(finding)
            else:
                shown[index].notes.append(self._said(finding))
        return rest

    def _index(
        self,
        text: _Text,
        source: _Source,
        shown: Mapping[int, _Line],
        finding: Mapping[str, Any],
    ) -> int | None:
        """The line a finding is about; None where several lines have its number."""
        for mark in source.marks:
            value = mark.value
            place = value.field, value.line
            if mark.placed and place == (finding["field"], finding["line"]):
                return text.document.line_index(mark.start)
        met = [i for i, line in shown.items() if line.number == finding["line"]]
        if len(met) > 1:
            raw = " ".join(str(finding["raw"] or "").partition("\n")[0].split())
            lines = text.document.lines
            met = [i for i in met if raw and raw in " ".join(lines[i].text.split())]
        return met[0] if len(met) == 1 else None

    def _said(self, finding: Mapping[str, Any]) -> dict[str, str]:
        named = finding["field"]
        # What was written about a contact person is not repeated.
        person = named is not None and str(named).startswith("contacts")
        said = wording.message(
            finding["code"],
            self.lang,
            file=finding["file"],
            project=finding["project_code"],
            field=named,
            line=finding["line"],
            raw=None if person else finding["raw"],
        )
        label = self._code_label("severities", finding["severity"])
        return {"severity": finding["severity"], "label": label, "said": said}

    def _disagreements(
        self, code: str, anchors: Mapping[tuple[str, int | None], str | None]
    ) -> Iterator[dict[str, Any]]:
        """What the sources disagree on."""
        for row in self._conflicts.get(code, ()):
            yield {
                "field": self._label(row["field"]),
                "used": row["rank"] == 1,
                "kind": self._code_label("source_kinds", row["source"]),
                "value": wording.quoted(str(row["value"])),
                "file": row["file"],
                "line": row["line"],
                "anchor": anchors.get((row["file"], row["start"])),
            }


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = list(table.columns)
    return (dict(zip(names, row, strict=True)) for row in _rows(table, names))


def _met(sources: Iterable[_Source], status: str) -> bool:
    return any(mark.value.status == status for source in sources for mark in source.marks)


def _between(full: Sequence[int], before: int, index: int) -> Sequence[int]:
    """Lines with text between two lines."""
    return full[bisect_right(full, before) : bisect_right(full, index - 1)]


def _runs(chosen: Sequence[int], full: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other but for blank ones, as first and last."""
    run: list[int] = []
    for i in chosen:
        if run and _between(full, run[-1], i):
            yield run[0], run[-1]
            run = []
        run.append(i)
    if run:
        yield run[0], run[-1]


def _template() -> Template:
    environment = templates()
    # Line ends in an attribute are kept by browsers only as references.
    environment.filters["attribute"] = lambda text: Markup(
        str(Markup.escape(text)).replace("\n", "&#10;")
    )
    return environment.get_template("evidence.html")
