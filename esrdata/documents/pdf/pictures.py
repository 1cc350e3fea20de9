"""Where a part of the text of a PDF stands on its pages, and pictures of them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.settings import SETTINGS
from esrdata.documents.pdf.text import Printed
from esrdata.documents.pdf.words import ONE_AT_A_TIME, turn_of

# Page, left, top, right, bottom.
Box = tuple[int, float, float, float, float]


def places(printed: Printed, start: int, end: int) -> list[Box]:
    """Where a part of the text of a print stands: a box per line.

    Page (from 1), left, top, right and bottom in points from the top left corner. Where the part is
    empty, that of the word before.
    """
    found: list[Box] = []
    for at, word in printed.words:
        if at < end and at + len(word.text) > min(start, end - 1):
            box = _box(word)
            last = found[-1] if found else None
            if last is not None and (last[0], last[2], last[4]) == (box[0], box[2], box[4]):
                found[-1] = (*last[:3], max(last[3], box[3]), last[4])
            else:
                found.append(box)
    return found


def _box(word: Word) -> Box:
    top, bottom = word.base - SETTINGS.ascent * word.size, word.base + SETTINGS.descent * word.size
    return word.page + 1, word.left, top, word.right, bottom


def _as_read(data: bytes, number: int) -> bytes:
    """A PDF with a page turned as it is read, as the places of its words count."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    with pypdfium2.PdfDocument(data) as document:
        page = document[number - 1]
        turn = turn_of(page, page.get_textpage(), pdfium)
        if turn == page.get_rotation():
            return data
        page.set_rotation(turn)
        kept = io.BytesIO()
        document.save(kept)
    return kept.getvalue()


def picture(
    data: bytes, page: int, marked: Sequence[Box], hidden: Sequence[Box], resolution: int
) -> bytes:
    """A page (from 1) as a PNG image, with boxes drawn around parts of it and others painted over.

    Boxes on other pages do not count; the resolution is in dots per inch.
    """
    import pdfplumber

    with ONE_AT_A_TIME, pdfplumber.open(io.BytesIO(_as_read(data, page))) as document:
        image = document.pages[page - 1].to_image(resolution=resolution)
        for box in (box for box in hidden if box[0] == page):
            image.draw_rect(box[1:], fill="#dddddd", stroke="#dddddd")
        for _, left, top, right, bottom in (box for box in marked if box[0] == page):
            image.draw_rect(
                (left - 1, top - 1, right + 1, bottom + 1), fill=(255, 214, 0, 70), stroke="#d4380d"
            )
        kept = io.BytesIO()
        image.annotated.save(kept, "PNG")
    return kept.getvalue()
