"""A PDF to lines: the words and their places by PDFium, the order by geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from esrdata.documents.layout import Layout, Physical, lay_out, tail
from esrdata.documents.pdf.hyphens import mend_hyphens
from esrdata.documents.pdf.order import out_of_order
from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.rows import Row, arrange
from esrdata.documents.pdf.settings import SETTINGS
from esrdata.documents.pdf.sheets import Sheets
from esrdata.documents.pdf.stamps import without_stamps
from esrdata.documents.pdf.words import ONE_AT_A_TIME, pages
from esrdata.documents.unread import UnreadError


@dataclass(frozen=True)
class Printed:
    """The text of a PDF, its layout, the lines of each page, and what has no place in them.

    `without_text` are the pages that show something and no text of their own, `across` is how many
    words ran across their page or stood on others, `title` what the file is called, `out_of_order`
    the pages before which others are missing.
    """

    text: str
    layout: Layout
    pages: Sequence[Sequence[Row]]
    without_text: tuple[int, ...] = ()
    across: int = 0
    title: str = ""
    out_of_order: tuple[int, ...] = ()

    @cached_property
    def words(self) -> tuple[tuple[int, Word], ...]:
        """Every word with its place on its page, and where it begins in the text."""
        found: list[tuple[int, Word]] = []
        at = 0
        for page in self.pages:
            for row in page:
                for word in (word for cell in row.cells for word in cell.words):
                    found.append((at, word))
                    # One sign divides it from the next word, line or page.
                    at += len(word.text) + 1
            at += not page
        return tuple(found)


def read(data: bytes) -> Printed:
    """Read the text of a PDF.

    Lines are divided by line feeds and pages by form feeds.

    Raises `UnreadError` if the file is broken, needs a password, or holds no text.
    """
    with ONE_AT_A_TIME:
        found = list(pages(data))
    runs, stamped = without_stamps([page.runs for page in found])
    sheets = Sheets(runs, [page.size for page in found])
    halves = arrange(sheets.pages())
    apart = {(number - 1) // (1 + sheets.halved) + 1 for number in out_of_order(halves)}
    rows = sheets.sheets(halves)
    if not any(rows) or all(page.shows or page.pictured for page in found):
        raise UnreadError("pdf_no_text")
    kept = [row for page in rows for row in page if not row.furniture]
    last = tail([row.text for row in kept[-SETTINGS.tail :]], letter=False)
    for row in kept[len(kept) - last :]:
        row.furniture = True
    mend_hyphens([row for row in kept if not row.furniture])
    # What stands below the pictures of scanned pages in the middle is furniture.
    without_text = tuple(
        number
        for number, (page, own) in enumerate(zip(found, rows, strict=True), 1)
        if page.shows or (page.pictured and all(row.furniture for row in own))
    )
    across = stamped + sum(page.across for page in found)
    return Printed(
        *_written(rows), rows, without_text, across, found[0].title, tuple(sorted(apart))
    )


def _written(sheets: Sequence[Sequence[Row]]) -> tuple[str, Layout]:
    lines, furniture = [], []
    texts: list[str] = []
    at = 0
    for page in sheets:
        rows: list[str] = []
        for row in page:
            rows.append(row.text)
            end = at + len(rows[-1])
            if row.furniture:
                furniture.append(at)
            else:
                lines.append(Physical(at, end, row.full, row.apart))
            at = end + 1
        texts.append("\n".join(rows))
        # A page without rows is divided from the next one as well.
        at += not rows
    whole = "\f".join(texts)
    return whole, lay_out(whole, lines, furniture)
