"""The report as a Word document: headings, captions and tables that Word itself knows as such.

Text is only ever the text of a run: what looks like a field, a formula or a link in a project
description stays letters. Fields are the list of contents, the numbers of captions and of pages,
and links lead to headings and evidence pages. Every field holds its result, so the document is
whole without being updated; only page numbers of the contents come when Word or LibreOffice updates
the list, for only they know the pages (docs/decisions/0015).
How it looks is the business of a template (`styles.py`): here are only the names of styles.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, product
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from esrdata.knowledge import wording
from esrdata.present.model import Card, Column, Content, Figure, Section, Summary, Table, sheets_of
from esrdata.present.word.cells import blocks_of, columns_of
from esrdata.present.word.elements import (
    SOFT_HYPHEN,
    clean,
    el,
    field_of,
    in_language,
    one_line,
    paragraphs_of,
    qualified,
    run_of,
)
from esrdata.present.word.flow import Flow
from esrdata.present.word.layout import (
    BOLD,
    HEAD_LINES,
    PADDING,
    SIZES,
    Page,
    fitted,
    height_of,
    lies,
    lines_of,
    measured,
    pieces_of,
    width_of,
)
from esrdata.present.word.styles import describe, opened
from esrdata.present.word.template import dated
from esrdata.tables.staging import staged

#: Contents of up to so many entries name projects; a report of fewer headings has none.
ENTRIES, FEWEST = 40, 2
#: So many paragraphs before a table or figure go with it.
INTRODUCTION = 4
#: A table up to this part of a page stays whole.
TOGETHER = 0.3


def write_word(
    content: Content,
    path: Path,
    figures: Mapping[str, tuple[Path, str]],
    template: str | PathLike[str] | None = None,
) -> None:
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
    template
        A Word file whose styles, margins, header and footer the report has; None for our own.

    Raises
    ------
    UsageError
        If the language or the kind of a column is unknown, a figure has no picture, or the
        template is not a Word file.
    StoreError
        If the folder cannot be written.
    """
    report = _Report(content.lang, figures, template)
    # One table or chart for somebody's own report has no title, and no pages of ours around it.
    if content.title:
        report.front(content)
    for section in content.sections:
        report.section(section)
    describe(report.document, one_line(content.title), one_line(content.source), content.day)
    written = io.BytesIO()
    report.document.save(written)
    with staged(path.parent) as stage:
        # Neither the clock nor the machine is seen in the file.
        (stage / path.name).write_bytes(dated(written.getvalue()))
        (stage / path.name).replace(path)


class _Laid(NamedTuple):
    """A table, or a piece of one, as it is printed."""

    lying: bool
    size: float
    widths: list[int]
    title: str
    note: str
    rows: list[list[str]]
    right: list[bool]
    heights: list[int]
    total: bool
    # The language of each row's texts, by the columns that have texts of the sources.
    languages: list[str]
    foreign: list[bool]
    # How many rows each first cell is of; 0 where it is that of the row above.
    blocks: list[int]


class _Report:
    """A Word document being written."""

    def __init__(
        self,
        lang: str,
        figures: Mapping[str, tuple[Path, str]],
        template: str | PathLike[str] | None,
    ) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        wording.word("word_file.language", lang)  # refuses an unknown language
        self.lang, self.figures = lang, figures
        self.document = opened(template, lang)
        self.page = Page.of(self.document.sections[0])
        # A template's own styles may have other ids.
        self.ids = {style.name: style.style_id for style in self.document.styles}
        self.default = self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH).name
        self.flow = Flow(self.page.height)
        self.lying = False
        self.bookmarks, self.numbers = count(1), {"table": count(1), "figure": count(1)}

    # ---- the first pages

    def front(self, content: Content) -> None:
        if content.summary is None:
            self.text(one_line(content.title), "Title")
            self.facts(content.facts)
        else:
            self.summary(content.summary)
        entries = list(_headings(content))
        depth = 2 if len(entries) <= ENTRIES else 1
        kept = [(at, level, title) for at, (level, title) in enumerate(entries, 1)]
        kept = [entry for entry in kept if entry[1] <= depth]
        if len(entries) < FEWEST:
            return
        # LibreOffice leaves a heading behind that stands before a list of contents: what does not
        # fit under the first page is on the next one.
        high = _SPACE["TOC Heading"] + len(kept) * _ENTRY
        breaks = self.flow.total + high > self.flow.height
        if breaks:
            self.flow = Flow(self.flow.height)
        head = self.text(wording.word("report.contents", self.lang), "TOC Heading")
        head.paragraph_format.page_break_before = breaks or None
        *start, end = field_of(f'TOC \\o "1-{depth}" \\h \\z')
        for at, level, title in kept:
            link = el("hyperlink", run_of(title), anchor=_bookmark(at), history=1)
            self.text("", f"toc {level}")._p.extend([*start, link])
            start = []
        self.document.paragraphs[-1]._p.append(end)

    def summary(self, summary: Summary) -> None:
        self.text(one_line(summary.title), "Title")
        if summary.figures:
            self.key_figures(summary.figures)
        for clause, rest in summary.sentences:
            paragraph = self.text("–\u2002", "Summary")
            paragraph.add_run(one_line(clause)).bold = True
            paragraph.add_run(f" {one_line(rest)}" if rest else "")
        if summary.picture is not None:
            self.pictures(summary.picture, above=_APART)
        if summary.unread:
            self.text(wording.word("content.summary.unread", self.lang), "TOC Heading")
            most = max(width_of(one_line(n)) for n, _ in summary.unread) * BOLD
            first = min(round(most * SIZES[0] * 20 * 1.05) + 2 * PADDING, self.page.width // 4)
            widths = [first, self.page.width - first]
            unread = [list(row) for row in summary.unread]
            self.rows(unread, widths, [True, False], SIZES[0])
            self.flow.add(sum(height_of(unread, widths, SIZES[0])))
            self.text("", "Note")
        if summary.counted:
            self.text(wording.word("content.summary.counted", self.lang), "TOC Heading")
            self.text(one_line(summary.counted))

    def key_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        # As wide as their numbers need; what is left is shared.
        needs = [int(width_of(one_line(n)) * BOLD * _NUMBER * 20) for n, _ in figures]
        over = max(self.page.width - sum(needs), 0) // len(figures)
        widths = [need + over for need in needs]
        cells = [
            el(
                "tc",
                el("tcPr", el("tcW", w=width, type="dxa")),
                *(
                    self.cell(one_line(t), style, kept=True)
                    for style, t in (("Key Figure", number), ("Key Label", what))
                ),
            )
            for (number, what), width in zip(figures, widths, strict=True)
        ]
        row = el("tr", el("trPr", el("cantSplit")), *cells)
        self.put(el("tbl", *_frame(self.ids["Key Figures"], widths), row))
        self.flow.add(_KEY_FIGURES)
        self.text("", "Note")

    # ---- chapters

    def section(self, section: Section) -> None:
        parts: list[_Laid | Figure] = [
            laid
            for part in section.parts
            for laid in (self.laid(part) if isinstance(part, Table) else [part])
        ]
        # A heading goes with a lying table that follows it at once.
        self.turn(
            bool(parts)
            and isinstance(parts[0], _Laid)
            and parts[0].lying
            and not section.paragraphs
        )
        start = self.flow.at
        if section.title:
            self.heading(section.title, 1)
        paragraphs = [text for prose in section.paragraphs for text in paragraphs_of(prose)]
        if not (paragraphs or parts or section.cards):
            paragraphs = [wording.word("no_data", self.lang)]
        # A short introduction goes with what it introduces.
        kept = bool(parts) and len(paragraphs) <= INTRODUCTION
        for text in paragraphs:
            self.text(text).paragraph_format.keep_with_next = kept or None
        # A figure that fills a page leaves no room there for a heading and an introduction.
        opening = (self.flow.at - start) % self.flow.height
        if len(parts) > 1 and opening + self.height(parts[0])[1] > self.flow.height:
            parts[:2] = reversed(parts[:2])
        # What goes on with the first part where that begins the next page.
        before = opening if kept or not paragraphs else 0
        while parts:
            # What had to wait comes next: a table is never far from its figure.
            heights = [self.height(part) for part in parts[:2]]
            if isinstance(parts[0], _Laid):
                # Tables keep their order, but for a small one that fits whole.
                heights[1:] = [(whole, whole, whole) for whole, _, _ in heights[1:]]
            after = self.flow.goes_first(heights)
            for part in (parts.pop(1), parts.pop(0)) if after else (parts.pop(0),):
                self.flow.keep(self.height(part)[1], before)
                before = 0
                if isinstance(part, _Laid):
                    self.table(part)
                else:
                    self.figure(part)
        for card in section.cards:
            self.card(card)

    def card(self, card: Card) -> None:
        self.turn(False)
        language = card.language or self.lang
        self.heading(f"{card.code} {card.name}", 2, language)
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
                paragraph = self.text(text)
                for run in paragraph.runs:
                    in_language(run._r, language, self.lang)

    # ---- tables

    def height(self, part: "_Laid | Figure") -> tuple[int, int, int]:
        """How high a part is, in twentieths of a point, and what stands together at either end."""
        if isinstance(part, Figure):
            whole = self.picture(part)[1] + self.around(part)
            return whole, whole, whole
        above = self.above(part.title)
        note = self.note_height(part.note)
        whole = sum(part.heights) + above + note
        if self.together(part):
            return whole, whole, whole
        # On the next page the heading comes again.
        end = part.heights[0] + sum(part.heights[-3:]) + note
        return whole, sum(part.heights[:3]) + above, end

    def above(self, title: str) -> int:
        """About how high a caption is."""
        lines = lines_of(title, self.page.width / BOLD, _TITLE)
        return _CAPTION + (lines - 1) * _LINE

    def around(self, figure: Figure) -> int:
        """About how high all is that stands with a picture."""
        lines = lines_of(figure.subtitle, self.page.width, _SUBTITLE) if figure.subtitle else 0
        return self.above(figure.title) + lines * _LINE + self.note_height(figure.note)

    def note_height(self, note: str) -> int:
        return height_of([[note]], [self.page.width], 8)[0] + 200 if note else 200

    def together(self, laid: _Laid) -> bool:
        return sum(laid.heights) <= TOGETHER * self.page.height

    def table(self, table: _Laid) -> None:
        # What stands upright fits after a lying table too.
        if table.lying:
            self.turn(True)
        self.caption("table", table.title)
        self.rows(
            table.rows, table.widths, table.right, table.size,
            title=table.title, together=self.together(table), total=table.total,
            languages=[self.lang, *table.languages], foreign=table.foreign, blocks=table.blocks,
        )  # fmt: skip
        # Rows that stand together move on together, the last ones with the note.
        unit, last = 0, len(table.heights) - 1
        for at, height in enumerate(table.heights):
            unit += height
            if at == last or not _stays(at, table.blocks, self.together(table)):
                note = self.note_height(table.note) if at == last else 0
                self.flow.keep(unit + note, table.heights[0] if at > 2 else self.above(table.title))
                self.flow.add(unit)
                unit = 0
        empty = [wording.word("no_data", self.lang)] if len(table.rows) == 1 else []
        self.text("\n".join([*empty, *paragraphs_of(table.note)]), "Note")

    def laid(self, table: Table) -> list[_Laid]:
        """Write the cells of a table and give it its layout; too wide a table becomes several."""
        columns = list(columns_of(table, self.lang))
        measures = [measured(column, texts) for column, texts in columns]
        page, everything = self.page, list(range(len(measures)))
        laid = [self._piece(table, columns, everything, page.width)]
        # One that does not fit upright lies if it fills the page so, and else is divided.
        pieces = list(pieces_of(measures, page.width))
        if not laid[0][1] and len(pieces) > 1:
            wide = self._piece(table, columns, everything, page.lying_width)
            if wide[1] and lies(wide[0].heights, page):
                return [wide[0]._replace(lying=True)]
            laid = [self._piece(table, columns, piece, page.width) for piece in pieces]
        last = len(laid)
        return [
            one._replace(
                title=f"{table.title} ({n}/{last})" if last > 1 else table.title,
                note=table.note if n == last else "",
            )
            for n, (one, _) in enumerate(laid, 1)
        ]

    def divided(self, heading: str) -> str:
        """A heading with the places where its long words may be divided."""
        for word in wording.word("word_file.divided", self.lang).split():
            first, last = word.split("-")
            heading = re.sub(rf"(?i)\b({first})({last})\b", rf"\1{SOFT_HYPHEN}\2", heading)
        return heading

    def _piece(
        self,
        table: Table,
        columns: Sequence[tuple[Column, Sequence[str]]],
        piece: Sequence[int],
        width: int,
    ) -> tuple[_Laid, bool]:
        """Some columns of a table in so much width, and whether they have what they should."""
        chosen = [columns[at][0] for at in piece]
        texts = [columns[at][1] for at in piece]
        # The heading is a block by itself; so is a total.
        blocks = [1, *blocks_of(chosen[0], texts[0])]
        size, widths, comfortable, rows = min(
            self._tried(chosen, texts, blocks, width),
            # A tall heading is no better than rows of several lines.
            key=lambda one: (
                (heights := height_of(one[3], one[1], one[0], blocks))[0] + sum(heights)
            ),
        )
        laid = _Laid(
            lying=False,
            size=size,
            widths=widths,
            title=table.title,
            note=table.note,
            rows=rows,
            right=[column.kind not in ("text", "date") for column in chosen],
            heights=height_of(rows, widths, size, blocks),
            total=table.total,
            languages=table.languages(self.lang),
            foreign=[column.foreign for column in chosen],
            blocks=blocks,
        )
        return laid, comfortable

    def _tried(
        self,
        columns: Sequence[Column],
        texts: Sequence[Sequence[str]],
        blocks: Sequence[int],
        width: int,
    ) -> Iterator[tuple[float, list[int], bool, list[list[str]]]]:
        """Ways to lay a table: size, widths, whether these are enough, and rows."""
        plain = [one_line(column.label) for column in columns]
        for heads in (plain, [self.divided(head) for head in plain]):
            rows = [heads, *(list(row) for row in zip(*texts, strict=True))]
            for lines, stacked in product(HEAD_LINES, (False, True) if 0 in blocks else (False,)):
                measures = [
                    measured(replace(column, label=head), cells, lines, stacked and at == 0)
                    for at, (column, head, cells) in enumerate(
                        zip(columns, heads, texts, strict=True)
                    )
                ]
                yield *fitted(measures, width), rows

    def facts(self, facts: Sequence[tuple[str, str]]) -> Any:
        """Add labels and texts, and the paragraph below, without which tables grow together."""
        if facts:
            longest = max(width_of(one_line(label)) * BOLD for label, _ in facts)
            width = self.page.width
            first = min(round(longest * SIZES[0] * 20 * 1.05) + 2 * PADDING, width * 2 // 5)
            self.rows([list(fact) for fact in facts], [first, width - first], [False] * 2, SIZES[0])
        return self.text("", "Note")

    def rows(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        right: Sequence[bool],
        size: float,
        *,
        title: str | None = None,
        together: bool = True,
        total: bool = False,
        languages: Sequence[str] = (),
        foreign: Sequence[bool] = (),
        blocks: Sequence[int] = (),
    ) -> None:
        """Add a table; one with a title has a row of headings, one without a column of them."""
        from docx.shared import Pt

        headed = title is not None
        look = self.ids["Statistics" if headed else "Facts"]
        table = el("tbl", *_frame(look, widths, title, total))
        # Where a table may break LibreOffice draws its last line through a block at its end: there
        # the name of the group stands in the first row alone.
        starts = [] if together else [at for at, n in enumerate(blocks) if n]
        end = starts[-1] if starts else len(rows)
        for at, row in enumerate(rows):
            heads = headed and at == 0
            marks = el("trPr", el("cantSplit"), *([el("tblHeader")] if heads else []))
            line = el("tr", marks)
            kept = _stays(at, blocks or [1] * len(rows), together)
            for place, (text, width, number) in enumerate(zip(row, widths, right, strict=True)):
                text = "" if place == 0 and at > end else text
                style = "Table Heading" if heads or (place == 0 and not headed) else "Table Text"
                paragraph = self.cell(clean(text), style, kept, number)
                run = paragraph[-1]
                if size != SIZES[0]:
                    run.get_or_add_rPr().sz_val = Pt(size)
                if total and at == len(rows) - 1:
                    run.get_or_add_rPr().append(el("b"))
                if foreign and foreign[place]:
                    in_language(run, languages[at], self.lang)
                cell = el("tcPr", el("tcW", w=width, type="dxa"))
                if place == 0 and at < end and blocks and blocks[at] != 1:
                    cell.append(el("vMerge", val="restart" if blocks[at] else "continue"))
                line.append(el("tc", cell, paragraph))
            table.append(line)
        self.put(table)
        if not headed:
            self.flow.add(sum(height_of(rows, widths, size)))

    def cell(self, text: str, style: str, kept: bool = False, right: bool = False) -> Any:
        """A paragraph of a cell."""
        how = el("pPr", el("pStyle", val=self.ids[style]))
        if kept:
            how.append(el("keepNext"))
        if right:
            how.append(el("jc", val="right"))
        return el("p", how, run_of(text))

    # ---- figures, captions, headings, text

    def picture(self, figure: Figure) -> tuple[int, int]:
        """Width and height of a picture on the page, in twentieths of a point."""
        ((first, _), *_) = sheets_of(self.figures, figure.key)
        return self.sized(first, figure)

    def sized(self, path: Path, figure: Figure) -> tuple[int, int]:
        """Width and height of a picture file on the page, with what stands around it."""
        from PIL import Image

        with Image.open(path) as image:
            (wide, high), dots = image.size, image.info.get("dpi", (72, 72))
        width, height = wide / dots[0] * 1440, high / dots[1] * 1440
        tallest = self.page.height - self.around(figure) - 200
        # A hair narrower than the text: LibreOffice cuts the edge of a picture as wide as that.
        scale = min(1, (self.page.width - _HAIR) / width, tallest / height)
        return int(width * scale), int(height * scale)

    def figure(self, figure: Figure) -> None:
        self.turn(False)
        self.caption("figure", figure.title)
        if figure.subtitle:
            self.text(figure.subtitle, "Figure Subtitle")
        self.pictures(figure)

    def pictures(self, figure: Figure, above: int = 0) -> None:
        """The sheets of a figure with what stands below them, under its caption if it has one."""
        from docx.shared import Twips

        chosen = sheets_of(self.figures, figure.key)
        for number, (path, text) in enumerate(chosen, 1):
            width, height = self.sized(path, figure)
            paragraph = self.text("")
            paragraph.paragraph_format.space_before = Twips(above) if above else None
            kept = bool(figure.note) and number == len(chosen)
            paragraph.paragraph_format.keep_with_next = kept or None
            picture = paragraph.add_run().add_picture(str(path), Twips(width), Twips(height))
            if number > 1:
                self.flow.keep(height)
            self.flow.add(height)
            inline = picture._inline
            # Without distances of none LibreOffice moves the picture to the right.
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")
            about = inline.docPr
            about.set("descr", one_line(text or figure.title))
            about.set("title", one_line(figure.title))
            # The name of a temporary file is left out.
            inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", one_line(figure.key))
        if figure.note:
            self.text(figure.note, "Note")

    def caption(self, kind: str, title: str) -> None:
        label = wording.word(f"word_file.{kind}", self.lang)
        paragraph = self.text(f"{label}\u00a0", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        self.flow.add(self.above(title) - _CAPTION)
        number = run_of(str(next(self.numbers[kind])))
        paragraph._p.extend(field_of(f"SEQ {label} \\* ARABIC", number))
        paragraph._p.append(run_of(f". {one_line(title)}"))

    def heading(self, text: str, level: int, language: str | None = None) -> Any:
        paragraph = self.text("", f"Heading {level}")
        # What is more than a line of it, at its size.
        size = _HEADINGS[level]
        self.flow.add(
            (lines_of(one_line(text), self.page.width / BOLD, size) - 1) * round(size * 25)
        )
        paragraph.paragraph_format.keep_with_next = True
        run = run_of(one_line(text))
        in_language(run, language or self.lang, self.lang)
        if level < 3:
            at = next(self.bookmarks)
            start = el("bookmarkStart", id=at, name=_bookmark(at))
            paragraph._p.extend([start, run, el("bookmarkEnd", id=at)])
        else:
            paragraph._p.append(run)
        return paragraph

    def text(self, text: str, style: str = "Normal") -> Any:
        cleaned = clean(text)
        lines = height_of([[cleaned]], [self.page.width], 8 if style == "Note" else 10)[0]
        self.flow.add(lines + _SPACE.get(style, 120))
        from docx.text.paragraph import Paragraph

        # As `Document.add_paragraph`, which looks through all styles and all that is written.
        own = [] if style == self.default else [el("pPr", el("pStyle", val=self.ids[style]))]
        made = el("p", *own, *([run_of(cleaned)] if cleaned else []))
        self.put(made)
        paragraph = Paragraph(made, self.document)
        if style == "Note":
            # Not the end of a note alone on the next page.
            paragraph.paragraph_format.keep_together = True
        return paragraph

    def put(self, element: Any) -> None:
        # The properties of the last section stand last.
        self.document.element.body[-1].addprevious(element)

    def turn(self, lying: bool) -> None:
        """Begin a page of the other direction where the next thing needs it."""
        if lying == self.lying:
            return
        from docx.enum.section import WD_ORIENT

        self.lying = lying
        self.flow = Flow(self.page.lying_height if lying else self.page.height)
        section = self.document.add_section()
        # The last paragraph ends the section: one of its own might fall on an empty page.
        own = self.document.paragraphs[-1]._p
        # Where nothing stands before, there is no section to end.
        before = own.getprevious()
        if before is not None:
            before.set_sectPr(own.pPr.sectPr)
        own.getparent().remove(own)
        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width


_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: 0.5 mm, in twentieths of a point.
_HAIR = 28
#: About how much key figures and a caption take, and what stands around the text of a style.
_KEY_FIGURES, _CAPTION = 900, 620
#: What stands above charts that have no caption.
_APART = 140
#: A line of the contents, and the size of key figures in points.
_ENTRY, _NUMBER = 260, 16
#: Sizes of captions and of what stands below them, and a line of them.
_TITLE, _SUBTITLE, _LINE = 10.5, 9.5, 290
_HEADINGS = {1: 16, 2: 12, 3: 10}
_SPACE: Mapping[str, int] = {
    "Title": 700, "Heading 1": 760, "Heading 2": 480, "Heading 3": 300, "TOC Heading": 480,
    "Caption": 360, "Note": 200, "toc 1": -70, "toc 2": -70,
}  # fmt: skip


def _frame(
    style: str, widths: Sequence[int], title: str | None = None, total: bool = False
) -> Iterator[Any]:
    """The properties of a table, and its grid: LibreOffice needs both."""
    headed = title is not None
    look = {"firstRow": int(headed), "firstColumn": int(not headed), "lastRow": int(total)}
    bits = 0x0600 | 0x20 * headed | 0x80 * (not headed) | 0x40 * total
    about = [el("tblCaption", val=one_line(title))] if title else []
    yield el(
        "tblPr",
        el("tblStyle", val=style),
        el("tblW", w=sum(widths), type="dxa"),
        el("tblInd", w=0, type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblLook", val=f"{bits:04X}", **look, lastColumn=0, noHBand=1, noVBand=1),
        *about,
    )
    yield el("tblGrid", *(el("gridCol", w=width) for width in widths))


def _stays(at: int, blocks: Sequence[int], together: bool) -> bool:
    """Whether a row of a table stands on the page of the next one, or of the note below.

    The first rows stay with the caption, the last with each other, and a block stays whole, or the
    page after it would begin without the name of the group.
    """
    return together or at < 2 or at >= len(blocks) - 3 or blocks[at + 1 : at + 2] == [0]


def _bookmark(at: int) -> str:
    return f"_Toc{at:06}"


def _headings(content: Content) -> Iterator[tuple[int, str]]:
    """Headings of the contents, in the order in which they are written."""
    for section in content.sections:
        yield 1, one_line(section.title)
        yield from ((2, one_line(f"{card.code} {card.name}")) for card in section.cards)
