"""Evidence pages: a project's sources as they stand, every value marked where it was read."""

import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Template
from markupsafe import Markup

from esrdata.errors import StoreError, UsageError
from esrdata.knowledge import messages, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.lines import DRAWN, line_of, lines_of
from esrdata.present.evidence.model import Mark, Source
from esrdata.present.evidence.text import FileText
from esrdata.present.evidence.values import Values
from esrdata.present.html import looks, templates
from esrdata.reading.record import LIST, Status
from esrdata.source_text import Sources
from esrdata.staging import staged
from esrdata.tables.cells import plain_rows
from esrdata.tables.kept import once
from esrdata.tables.linking.sources import kind_of
from esrdata.tables.origin import folder_of
from esrdata.version import __version__

if TYPE_CHECKING:
    from esrdata.present.uses import Use, Uses

_Row = dict[str, Any]
# Files kept open: the lists of a portfolio serve thousands of pages.
_KEPT = 6
# Projects whose evidence a report keeps from its pages for its explorer, some 50 MB.
_SHARED = 200
# Names of projects that every file system takes as they are.
_SAFE = re.compile(r"[A-Z]\d[A-Z0-9-]{1,40}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@on_its_shelf
def write_evidence(
    portfolio: Portfolio,
    folder: str | PathLike[str],
    *,
    lang: str = "fi",
    codes: Iterable[str] | None = None,
    uses: "Uses | None" = None,
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
    uses
        Where in the report ``../report.html`` each value counts, as `present.uses` finds it. None
        says nothing of it.

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
        If the folder cannot be written, or has another file of such a name, such as the page of a
        project that it was read from.
    """
    wording.word(
        "evidence.intro", lang
    )  # an unknown language is refused before anything is written
    known = dict.fromkeys(portfolio.projects["project_code"])
    wanted = list(known if codes is None else dict.fromkeys(codes))
    unknown = next((code for code in wanted if code not in known), None)
    if unknown is not None:
        raise UsageError(f"There is no project {unknown!r} in the portfolio.")
    pages = Pages(portfolio, wanted, lang, uses=uses)
    names = {code: file_name(code) for code in wanted}
    target = Path(folder)
    for name in names.values():
        if os.path.lexists(target / name) and not _is_evidence(target / name):
            text = wording.sentence("error.file_of_others", folder=str(target), file=name)
            raise StoreError(text)
    with staged(target) as stage:
        for code, name in names.items():
            (stage / name).write_text(pages.page(code), encoding="utf-8", newline="\n")
        for name in names.values():
            (stage / name).replace(target / name)
    return names


def _is_evidence(path: Path) -> bool:
    """Whether a file is a page that esrdata wrote."""
    try:
        with path.open("rb") as file:
            return b'content="esrdata ' in file.read(_HEAD)
    except OSError:
        return False


# A page of ours says what made it in so many bytes.
_HEAD = 500


def file_name(code: str) -> str:
    """The file name of a project's page, safe on every file system and the same everywhere."""
    if _SAFE.fullmatch(code):
        return f"{code}.html"
    # Keys made of places hold signs that no file name may, and may differ in their case only.
    return f"{_UNSAFE.sub('-', code).strip('-')[:60]}-{sha256(code.encode()).hexdigest()[:8]}.html"


@dataclass(frozen=True)
class Evidence:
    """What is known of where a project's values come from.

    Attributes
    ----------
    marks
        Its values in the order of provenance; none where none of its sources is opened.
    sources
        Its sources, each with its values and its lines; a source that is not opened has no lines.
    findings
        Findings that are not beside a line, as sentences with their severities.
    conflicts
        What its sources disagree on.
    """

    marks: list[Mark]
    sources: list[Source]
    findings: list[dict[str, str]]
    conflicts: list[_Row]


class Pages:
    """Makes the pages of a portfolio; `opens` says of which forms sources are opened.

    Attributes
    ----------
    values
        The values of its projects.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        codes: Sequence[str],
        lang: str,
        opens: Callable[[str], bool] = lambda form: True,
        uses: "Uses | None" = None,
    ) -> None:
        self.lang = lang
        self._uses = uses
        self._portfolio = portfolio
        self._sources = Sources(portfolio.tables)
        self.values = Values(portfolio, codes, lang)
        self._shared = len(codes) <= _SHARED
        self._files = {row["file"]: row for row in _records(portfolio.files)}
        self._folder = folder_of(self._files)
        forms = {str(row["form"]) for row in self._files.values()}
        self._opened = frozenset(filter(opens, forms))
        self._findings: dict[str, list[_Row]] = {}
        for finding in _records(portfolio.issues):
            # Findings of a whole file are kept by its name behind a sign that no code has.
            place = finding["project_code"] or f"/{finding['file']}"
            self._findings.setdefault(place, []).append(finding)
        self._conflicts: dict[str, list[_Row]] = {}
        for conflict in _records(portfolio.conflicts):
            self._conflicts.setdefault(conflict["project_code"], []).append(conflict)
        self._open: OrderedDict[str, FileText | str] = OrderedDict()
        self._code_label = cache(partial(wording.code_label, lang=lang))
        self._word = cache(partial(wording.word, lang=lang))

    @cached_property
    def _template(self) -> Template:
        # The explorer asks for evidence alone.
        environment = templates()
        # Most texts stand on many pages: they are escaped once, and so not in the hottest loops.
        shown: Callable[[Any], Any] = environment.finalize or str
        environment.finalize = lru_cache(2**14, typed=True)(lambda it: Markup.escape(shown(it)))
        # Line ends in an attribute are kept by browsers only as references.
        environment.filters["attribute"] = lambda text: Markup(
            str(Markup.escape(text)).replace("\n", "&#10;")
        )
        return environment.get_template("evidence.html")

    def evidence(self, code: str) -> Evidence:
        """Where the values of a project come from; nobody may change it."""
        if not self._shared:
            return self._evidence(code)
        asked = ("evidence", code, self.lang, self._opened)
        return once([self._portfolio], asked, partial(self._evidence, code))

    def _evidence(self, code: str) -> Evidence:
        files = set(self.values.columns["file"][self.values.of[code]])
        opened = any(map(self._opens, files))
        marks = self.values.marks(code) if opened else []
        by_file: dict[str, list[Mark]] = {}
        for mark in marks:
            if mark.value.status != Status.ABSENT:
                by_file.setdefault(mark.value.file, []).append(mark)
        findings = list(self._findings.get(code, ()))
        for file in by_file:
            if self._opens(file):
                findings += self._findings.get(f"/{file}", ())
        sources = []
        for file, held in by_file.items():
            source, findings = self._source(code, file, held, findings)
            sources.append(source)
        # What was found elsewhere in a list or on a page is not of this project.
        whole = [f for f in findings if f["project_code"] is not None or f["line"] is None]
        anchors = {(m.value.file, m.value.start): m.anchor for m in reversed(marks) if m.placed}
        notes = [self._note(finding) for finding in whole]
        return Evidence(marks, sources, notes, list(self._disagreements(code, anchors)))

    def _opens(self, file: str) -> bool:
        return str(self._files[file]["form"]) in self._opened

    def page(self, code: str) -> str:
        """The page of a project."""
        found = self.evidence(code)
        marks = [mark for source in found.sources for mark in source.marks]
        statuses = {mark.value.status for mark in marks}
        return self._template.render(
            lang=self.lang,
            version=__version__,
            theme=looks(),
            word=self._word,
            short=self._short,
            code=wording.project_code(code, self.lang),
            name=self.values.cell(code, "projects.name"),
            sources=found.sources,
            absent=[mark for mark in found.marks if mark.value.status == Status.ABSENT],
            findings=found.findings,
            conflicts=found.conflicts,
            kinds=[status for status in reversed(DRAWN) if status in statuses],
            unused=any(not mark.used for mark in marks),
            status=partial(self._code_label, "value_statuses"),
            uses=None if self._uses is None else self._uses.get(code, {}),
            links=_links,
        )

    def _short(self, file: str) -> str:
        return file.removeprefix(self._folder)

    def _text(self, file: str) -> FileText | str:
        """A file at hand, or the key of the reason why it is not."""
        if file in self._open:
            self._open.move_to_end(file)
            return self._open[file]
        opened = self._sources.of(file, self._portfolio.place_of(file)).open()
        form = str(self._files[file]["form"])
        found = opened if isinstance(opened, str) else FileText(opened, form)
        self._open[file] = found
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return found

    def _source(
        self, code: str, file: str, marks: list[Mark], findings: list[_Row]
    ) -> tuple[Source, list[_Row]]:
        """A source as shown, and the findings that are not beside one of its lines."""
        row = self._files[file]
        form = str(row["form"])
        kind = self._code_label("source_kinds", kind_of(form))
        source = Source(file, kind, row["sha256"] or "", marks)
        if not self._opens(file):
            return source, findings
        text = self._text(file)
        if isinstance(text, str):
            source.note = self._word(text, file=self._short(file))
            return source, findings
        source.language = text.text.language(code)
        for mark in marks:
            if mark.value.start is not None and mark.value.end is not None:
                mark.start, mark.end = text.slice(mark.value.start, mark.value.end)
        of_file = self._findings.get(f"/{file}", ())
        # Cells of columns nobody knows may name persons.
        unknown = any(finding["code"] == "list_column_unknown" for finding in of_file)
        bare = form == LIST and unknown and "contacts" not in self._portfolio.tables
        chosen = text.chosen(marks)
        source.lines = lines_of(text, marks, chosen, bare=bare)
        source.goes_on = bool(chosen) and chosen[-1] < text.full[-1]
        line_at = dict(zip(chosen, source.lines, strict=True))
        rest = []
        for finding in findings:
            index = line_of(text, source, line_at, finding)
            if index is None:
                rest.append(finding)
            else:
                line_at[index].notes.append(self._note(finding))
        return source, rest

    def _note(self, finding: _Row) -> dict[str, str]:
        """A finding as a sentence."""
        field = finding["field"]
        # What was written about a contact person is not repeated.
        person = field is not None and str(field).startswith("contacts")
        text = messages.message(
            finding["code"],
            self.lang,
            file=finding["file"] and self._short(finding["file"]),
            project=finding["project_code"],
            field=field,
            line=finding["line"],
            raw=None if person else finding["raw"],
        )
        label = self._code_label("severities", finding["severity"])
        return {"severity": finding["severity"], "label": label, "text": text}

    def _disagreements(
        self, code: str, anchors: Mapping[tuple[str, int | None], str]
    ) -> Iterator[_Row]:
        """What the sources disagree on."""
        for row in self._conflicts.get(code, ()):
            yield {
                "name": row["field"],
                "field": self.values.label(row["field"]),
                "used": row["rank"] == 1,
                "kind": self._code_label("source_kinds", row["source"]),
                "value": wording.quoted(wording.field_value(row["field"], row["value"], self.lang)),
                "file": row["file"],
                "line": row["line"],
                "anchor": anchors.get((row["file"], row["start"])),
            }


@cache
def _links(*uses: "Use") -> Markup:
    """Where in the report a value counts; many projects have the same places."""
    link = Markup('<a href="../report.html#{}">{}</a>')
    return Markup(", ").join(link.format(use.anchor, use.label) for use in uses)


def _records(table: pd.DataFrame) -> Iterator[_Row]:
    names = list(table.columns)
    return (dict(zip(names, row, strict=True)) for row in plain_rows(table, names))
