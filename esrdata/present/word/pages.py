"""The pages of a Word document being written: text, captions, tables and pictures."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any

from esrdata.knowledge import wording
from esrdata.present.model import Figure, sheets_of
from esrdata.present.word.elements import (
    clean,
    el,
    field_of,
    in_language,
    one_line,
    paragraphs_of,
    run_of,
)
from esrdata.present.word.laying import Flow, Laid, stays
from esrdata.present.word.layout import BOLD, PADDING, SIZES, Page, height_of, lines_of, width_of
from esrdata.present.word.styles import opened

#: A table up to this part of a page stays whole.
TOGETHER = 0.3
#: 0.5 mm, in twentieths of a point.
_HAIR = 28
#: About how much a caption takes, and what stands around the text of a style.
_CAPTION = 620
#: Sizes of captions and of what stands below them, and a line of them.
_TITLE, _SUBTITLE, _LINE = 10.5, 9.5, 290
_HEADINGS = {1: 16, 2: 12, 3: 10}
SPACE: Mapping[str, int] = {
    "Title": 700, "Heading 1": 760, "Heading 2": 480, "Heading 3": 300, "TOC Heading": 480,
    "Caption": 360, "Note": 200, "toc 1": -70, "toc 2": -70,
}  # fmt: skip


class Pages:
    """A Word document being written: each thing goes below what is there."""

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

    # ---- tables

    def height(self, part: Laid | Figure) -> tuple[int, int, int]:
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
        """About how high the note below a part is."""
        return height_of([[note]], [self.page.width], 8)[0] + 200 if note else 200

    def together(self, laid: Laid) -> bool:
        """Whether a table stays whole on a page."""
        return sum(laid.heights) <= TOGETHER * self.page.height

    def table(self, table: Laid) -> None:
        """Add a table with its caption and its note."""
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
            if at == last or not stays(at, table.blocks, self.together(table)):
                note = self.note_height(table.note) if at == last else 0
                self.flow.keep(unit + note, table.heights[0] if at > 2 else self.above(table.title))
                self.flow.add(unit)
                unit = 0
        empty = [wording.word("no_data", self.lang)] if len(table.rows) == 1 else []
        self.text("\n".join([*empty, *paragraphs_of(table.note)]), "Note")

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
        table = el("tbl", *frame_of(look, widths, title, total))
        # Where a table may break LibreOffice draws its last line through a block at its end: there
        # the name of the group stands in the first row alone.
        starts = [] if together else [at for at, n in enumerate(blocks) if n]
        end = starts[-1] if starts else len(rows)
        for at, row in enumerate(rows):
            heads = headed and at == 0
            marks = el("trPr", el("cantSplit"), *([el("tblHeader")] if heads else []))
            line = el("tr", marks)
            kept = stays(at, blocks or [1] * len(rows), together)
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
        """Add a figure with its caption and its note."""
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
        """Add a numbered caption."""
        label = wording.word(f"word_file.{kind}", self.lang)
        paragraph = self.text(f"{label}\u00a0", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        self.flow.add(self.above(title) - _CAPTION)
        number = run_of(str(next(self.numbers[kind])))
        paragraph._p.extend(field_of(f"SEQ {label} \\* ARABIC", number))
        paragraph._p.append(run_of(f". {one_line(title)}"))

    def heading(self, text: str, level: int, language: str | None = None) -> Any:
        """Add a heading; those of the contents can be led to."""
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
            start = el("bookmarkStart", id=at, name=bookmark_of(at))
            paragraph._p.extend([start, run, el("bookmarkEnd", id=at)])
        else:
            paragraph._p.append(run)
        return paragraph

    def text(self, text: str, style: str = "Normal") -> Any:
        """Add a paragraph."""
        cleaned = clean(text)
        lines = height_of([[cleaned]], [self.page.width], 8 if style == "Note" else 10)[0]
        self.flow.add(lines + SPACE.get(style, 120))
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
        """Add an element below what is there."""
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


def frame_of(
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


def bookmark_of(at: int) -> str:
    """The bookmark of a heading, by its place in the contents."""
    return f"_Toc{at:06}"
