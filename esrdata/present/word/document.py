"""The report as a Word document: headings, captions and tables that Word itself knows as such.

Text is only ever the text of a run: what looks like a field, a formula or a link in a project
description stays letters. Fields are the list of contents, the numbers of captions and of pages,
and links lead to headings and evidence pages. Every field holds its result, so the document is
whole without being updated; only page numbers of the contents come when Word updates the list.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.model import Card, Content, Figure, Section, Table
from esrdata.present.word.elements import (
    clean,
    el,
    field_of,
    one_line,
    paragraphs_of,
    qualified,
    run_of,
)
from esrdata.present.word.layout import (
    BOLD,
    PADDING,
    PAGE,
    TALLEST,
    UPRIGHT,
    fitted,
    measured,
    pieces_of,
    width_of,
)
from esrdata.present.word.styles import STYLES, empty_document
from esrdata.tables.staging import staged

#: Tables up to this many rows stay on one page; contents of up to so many entries name projects.
TOGETHER, ENTRIES = 12, 40


def write_word(content: Content, path: Path, figures: Mapping[str, tuple[Path, str]]) -> None:
    """Write a report as a Word document; the same content gives the same bytes.

    The former file stays whole until the new one is complete.

    Parameters
    ----------
    content
        The report.
    path
        The file, ending in ``.docx``; its folder is made if need be.
    figures
        Of each figure of the content, by key, the PNG file and what it shows in words.

    Raises
    ------
    UsageError
        If the language or the kind of a column is unknown, or a figure has no picture.
    StoreError
        If the folder cannot be written.
    """
    report = _Report(content.lang, figures)
    # One table or chart for somebody's own report has no title, and no pages of ours around it.
    if content.title:
        report.cover(content)
    for at, section in enumerate(content.sections):
        report.section(section, first=at == 0)
    written = io.BytesIO()
    report.document.save(written)
    with staged(path.parent) as stage, zipfile.ZipFile(written) as made:
        with zipfile.ZipFile(stage / path.name, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in made.namelist():
                # Neither the clock nor the machine is seen in the file.
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
                kept.writestr(entry, made.read(name))
        (stage / path.name).replace(path)


class _Laid(NamedTuple):
    """A table, or a piece of one, as it is printed."""

    lying: bool
    size: int
    widths: list[int]
    title: str
    note: str
    rows: list[list[str]]
    right: list[bool]


class _Report:
    """A Word document being written."""

    def __init__(self, lang: str, figures: Mapping[str, tuple[Path, str]]) -> None:
        self.lang, self.figures = lang, figures
        self.document = empty_document(lang)
        self.lying = False
        self.bookmarks, self.numbers = count(1), {"table": count(1), "figure": count(1)}

    def cover(self, content: Content) -> None:
        title = one_line(content.title)
        # Word keeps no longer titles.
        self.document.core_properties.title = title[:255]
        self.text(title, "Title")
        self.facts(content.facts)
        entries = list(_headings(content))
        depth = 2 if len(entries) <= ENTRIES else 1
        kept = [(at, level, title) for at, (level, title) in enumerate(entries, 1)]
        kept = [entry for entry in kept if entry[1] <= depth]
        if not kept:
            return
        self.text(wording.word("report.contents", self.lang), "TOC Heading")
        *start, end = field_of(f'TOC \\o "1-{depth}" \\h \\z')
        for at, level, title in kept:
            link = el("hyperlink", run_of(title), anchor=_bookmark(at), history=1)
            self.text("", f"toc {level}")._p.extend([*start, link])
            start = []
        self.document.paragraphs[-1]._p.append(end)

    def section(self, section: Section, first: bool) -> None:
        parts = [
            laid
            for part in section.parts
            for laid in (self.laid(part) if isinstance(part, Table) else [part])
        ]
        # A heading goes with a lying table that follows it at once.
        self.turn(bool(parts) and isinstance(parts[0], _Laid) and parts[0].lying)
        if section.title:
            self.heading(section.title, 1).paragraph_format.page_break_before = first or None
        paragraphs = [text for prose in section.paragraphs for text in paragraphs_of(prose)]
        if not (paragraphs or parts or section.cards):
            paragraphs = [wording.word("no_data", self.lang)]
        for text in paragraphs:
            self.text(text)
        for part in parts:
            if isinstance(part, _Laid):
                self.table(part)
            else:
                self.figure(part)
        for card in section.cards:
            self.card(card)

    def card(self, card: Card) -> None:
        self.turn(False)
        self.heading(f"{card.code} {card.name}", 2)
        under = self.facts(card.facts)
        if card.evidence:
            file = quote(one_line(card.evidence).lstrip("/"))
            run = run_of(wording.word("word_file.evidence", self.lang))
            run.get_or_add_rPr().append(el("u", val="single"))
            link = el("hyperlink", run)
            part = self.document.part
            link.set(
                qualified("r:id"), part.relate_to(file, f"{_RELATED}/hyperlink", is_external=True)
            )
            under._p.append(link)
        for heading, prose in card.texts:
            self.heading(heading, 3)
            for text in paragraphs_of(prose):
                self.text(text)

    def table(self, table: "_Laid") -> None:
        # What stands upright fits after a lying table too.
        if table.lying:
            self.turn(True)
        self.caption("table", table.title)
        self.rows(table.rows, table.widths, table.right, table.size, table.title)
        empty = [wording.word("no_data", self.lang)] if len(table.rows) == 1 else []
        self.text("\n".join([*empty, *paragraphs_of(table.note)]), "Note")

    def laid(self, table: Table) -> "list[_Laid]":
        """Write the cells of a table and give it its layout; too wide a table becomes several."""
        cells = [
            [c.write(value, self.lang) for value in table.frame[c.name]] for c in table.columns
        ]
        measures = [measured(c, texts) for c, texts in zip(table.columns, cells, strict=True)]
        pieces = list(pieces_of(measures))
        return [
            _Laid(
                *fitted([measures[at] for at in piece]),
                f"{table.title} ({n}/{len(pieces)})" if len(pieces) > 1 else table.title,
                table.note if n == len(pieces) else "",
                [
                    [one_line(table.columns[at].label) for at in piece],
                    *(list(row) for row in zip(*(cells[at] for at in piece), strict=True)),
                ],
                [table.columns[at].kind not in ("text", "date") for at in piece],
            )
            for n, piece in enumerate(pieces, 1)
        ]

    def facts(self, facts: Sequence[tuple[str, str]]) -> Any:
        """Add labels and texts, and the paragraph below, without which tables grow together."""
        if facts:
            longest = max(width_of(one_line(label)) * BOLD for label, _ in facts)
            first = min(round(longest * 9 * 20 * 1.05) + 2 * PADDING, UPRIGHT * 2 // 5)
            self.rows([list(fact) for fact in facts], [first, UPRIGHT - first], [False] * 2, 9)
        return self.text("", "Note")

    def rows(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        right: Sequence[bool],
        size: float,
        title: str | None = None,
    ) -> None:
        """Add a table; one with a title has a row of headings, one without a column of them."""
        from docx.shared import Pt

        headed = title is not None
        look = {"val": "0620" if headed else "0680"}
        look |= {"firstRow": str(int(headed)), "firstColumn": str(int(not headed))}
        about = [el("tblCaption", val=one_line(title))] if title else []
        table = el(
            "tbl",
            el(
                "tblPr",
                el("tblStyle", val="Statistics"),
                el("tblW", w=sum(widths), type="dxa"),
                el("tblInd", w=0, type="dxa"),
                el("tblLayout", type="fixed"),
                el("tblLook", **look, lastRow=0, lastColumn=0, noHBand=1, noVBand=1),
                *about,
            ),
            el("tblGrid", *(el("gridCol", w=width) for width in widths)),
        )
        for at, row in enumerate(rows):
            heads = headed and at == 0
            marks = el("trPr", el("cantSplit"), *([el("tblHeader")] if heads else []))
            line = el("tr", marks)
            together = at < 2 if len(rows) > TOGETHER else at < len(rows) - 1 or not headed
            for place, (text, width, number) in enumerate(zip(row, widths, right, strict=True)):
                style = "TableHeading" if heads or (place == 0 and not headed) else "TableText"
                how = el("pPr", el("pStyle", val=style))
                if together:
                    how.append(el("keepNext"))
                if number:
                    how.append(el("jc", val="right"))
                run = run_of(clean(text))
                if size != STYLES["Table Text"][0]:
                    run.get_or_add_rPr().sz_val = Pt(size)
                cell = el("tcPr", el("tcW", w=width, type="dxa"))
                line.append(el("tc", cell, el("p", how, run)))
            table.append(line)
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def figure(self, figure: Figure) -> None:
        from docx.shared import Twips

        if figure.key not in self.figures:
            raise UsageError(f"There is no picture for the figure {figure.key!r}.")
        path, text = self.figures[figure.key]
        self.turn(False)
        self.caption("figure", figure.title)
        paragraph = self.text("")
        paragraph.paragraph_format.keep_with_next = bool(figure.note)
        picture = paragraph.add_run().add_picture(str(path))
        width, height = picture.width, picture.height
        scale = min(1, Twips(UPRIGHT) / width, Twips(TALLEST) / height)
        picture.width, picture.height = int(width * scale), int(height * scale)
        about = picture._inline.docPr
        about.set("descr", one_line(text))
        about.set("title", one_line(figure.title))
        # The name of a temporary file is not told.
        picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", one_line(figure.key))
        if figure.note:
            self.text(figure.note, "Note")

    def caption(self, kind: str, title: str) -> None:
        label = wording.word(f"word_file.{kind}", self.lang)
        paragraph = self.text(f"{label}\u00a0", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        number = run_of(str(next(self.numbers[kind])))
        paragraph._p.extend(field_of(f"SEQ {label} \\* ARABIC", number))
        paragraph._p.append(run_of(f". {one_line(title)}"))

    def heading(self, text: str, level: int) -> Any:
        paragraph = self.text("", f"Heading {level}")
        run = run_of(one_line(text))
        if level < 3:
            at = next(self.bookmarks)
            start = el("bookmarkStart", id=at, name=_bookmark(at))
            paragraph._p.extend([start, run, el("bookmarkEnd", id=at)])
        else:
            paragraph._p.append(run)
        return paragraph

    def text(self, text: str, style: str = "Normal") -> Any:
        return self.document.add_paragraph(clean(text), style)

    def turn(self, lying: bool) -> None:
        """Begin a page of the other direction where the next thing needs it."""
        if lying == self.lying:
            return
        from docx.enum.section import WD_ORIENT
        from docx.shared import Twips

        self.lying = lying
        section = self.document.add_section()
        # The last paragraph ends the section: one of its own might fall on an empty page.
        own = self.document.paragraphs[-1]._p
        # Where nothing stands before, there is no section to end.
        before = own.getprevious()
        if before is not None:
            before.set_sectPr(own.pPr.sectPr)
        own.getparent().remove(own)
        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        sides = map(Twips, reversed(PAGE) if lying else PAGE)
        section.page_width, section.page_height = sides


_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _bookmark(at: int) -> str:
    return f"_Toc{at:06}"


def _headings(content: Content) -> Iterator[tuple[int, str]]:
    """Headings of the contents, in the order in which they are written."""
    for section in content.sections:
        yield 1, one_line(section.title)
        yield from ((2, one_line(f"{card.code} {card.name}")) for card in section.cards)
