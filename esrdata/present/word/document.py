"""The report as a Word document: headings, captions and tables that Word itself knows as such.

Text is only ever the text of a run: what looks like a field, a formula or a link in a project
description stays letters. Fields are the list of contents, the numbers of captions and of pages,
and links lead to headings and evidence pages. Every field holds its result, so the document is
whole without being updated; only page numbers of the contents come when Word or LibreOffice updates
the list, for only they know the pages (docs/decisions/0015).
How it looks is the business of a template (`styles.py`): here are only the names of styles.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from urllib.parse import quote

from esrdata.knowledge import wording
from esrdata.present.model import Card, Content, Figure, Section, Summary, Table
from esrdata.present.word.elements import (
    el,
    field_of,
    in_language,
    one_line,
    paragraphs_of,
    qualified,
    run_of,
)
from esrdata.present.word.laying import Flow, Laid, lay
from esrdata.present.word.layout import BOLD, PADDING, SIZES, height_of, lines_of, width_of
from esrdata.present.word.pages import SPACE, Pages, bookmark_of, frame_of
from esrdata.present.word.styles import describe
from esrdata.present.word.template import dated
from esrdata.staging import put

#: Contents of up to so many lines name projects; a report of fewer headings has none.
ENTRIES, FEWEST = 40, 2
#: So many paragraphs before a table or figure go with it.
INTRODUCTION = 4
#: About how much key figures take, and what stands above charts that have no caption.
_KEY_FIGURES, _APART = 900, 140
#: A line of the contents, and the size of key figures in points.
_ENTRY, _NUMBER = 260, 16
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    # Neither the clock nor the machine is seen in the file.
    put(path, dated(written.getvalue()))


class _Report(Pages):
    """A Word document being written."""

    # ---- the first pages

    def front(self, content: Content) -> None:
        if content.summary is None:
            self.text(one_line(content.title), "Title")
            self.facts(content.facts)
        else:
            self.summary(content.summary)
        entries = list(_headings(content))
        # Long names take a line more, and a list of contents is for looking over.
        lines = sum(lines_of(title, self.page.width, SIZES[0]) for _, title in entries)
        depth = 2 if lines <= ENTRIES else 1
        kept = [(at, level, title) for at, (level, title) in enumerate(entries, 1)]
        kept = [entry for entry in kept if entry[1] <= depth]
        if len(entries) < FEWEST:
            return
        # LibreOffice leaves a heading behind that stands before a list of contents: what does not
        # fit under the first page is on the next one.
        high = SPACE["TOC Heading"] + len(kept) * _ENTRY
        breaks = self.flow.total + high > self.flow.height
        if breaks:
            self.flow = Flow(self.flow.height)
        head = self.text(wording.word("report.contents", self.lang), "TOC Heading")
        head.paragraph_format.page_break_before = breaks or None
        *start, end = field_of(f'TOC \\o "1-{depth}" \\h \\z')
        for at, level, title in kept:
            link = el("hyperlink", run_of(title), anchor=bookmark_of(at), history=1)
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
        self.put(el("tbl", *frame_of(self.ids["Key Figures"], widths), row))
        self.flow.add(_KEY_FIGURES)
        self.text("", "Note")

    # ---- chapters

    def section(self, section: Section) -> None:
        parts: list[Laid | Figure] = [
            laid
            for part in section.parts
            for laid in (lay(part, self.page, self.lang) if isinstance(part, Table) else [part])
        ]
        # A heading goes with a lying table that follows it at once.
        self.turn(
            bool(parts) and isinstance(parts[0], Laid) and parts[0].lying and not section.paragraphs
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
            if isinstance(parts[0], Laid):
                # Tables keep their order, but for a small one that fits whole.
                heights[1:] = [(whole, whole, whole) for whole, _, _ in heights[1:]]
            after = self.flow.goes_first(heights)
            for part in (parts.pop(1), parts.pop(0)) if after else (parts.pop(0),):
                self.flow.keep(self.height(part)[1], before)
                before = 0
                if isinstance(part, Laid):
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


def _headings(content: Content) -> Iterator[tuple[int, str]]:
    """Headings of the contents, in the order in which they are written."""
    for section in content.sections:
        yield 1, one_line(section.title)
        yield from ((2, one_line(f"{card.code} {card.name}")) for card in section.cards)
