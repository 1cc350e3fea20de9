"""Where a part of the text of a PDF stands on its pages, and pictures of them."""

from __future__ import annotations

import io
from collections.abc import Sequence

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
            high, low = SETTINGS.ascent * word.size, SETTINGS.descent * word.size
            box = word.page + 1, word.left, word.base - high, word.right, word.base + low
            last = found[-1] if found else None
            if last is not None and (last[0], last[2], last[4]) == (box[0], box[2], box[4]):
                found[-1] = (*last[:3], max(last[3], box[3]), last[4])
            else:
                found.append(box)
    return found


def picture(
    data: bytes, page: int, marked: Sequence[Box], hidden: Sequence[Box], resolution: int
) -> bytes:
    """A page (from 1) as a PNG image, with boxes drawn around parts of it and others painted over.

    It stands as it is read, for so the places of its words count. Boxes on other pages do not
    count; the resolution is in dots per inch.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium
    from PIL.ImageDraw import Draw

    scale = resolution / 72
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
        shown = document[page - 1]
        shown.set_rotation(turn_of(shown, shown.get_textpage(), pdfium))
        image = shown.render(scale=scale).to_pil().convert("RGB")
    drawn = Draw(image, "RGBA")
    grey, yellow, red = "#dddddd", (255, 214, 0, 70), "#d4380d"
    for boxes, by, fill, line in ((hidden, 0, grey, grey), (marked, 1, yellow, red)):
        for number, left, top, right, bottom in boxes:
            if number == page:
                around = left - by, top - by, right + by, bottom + by
                drawn.rectangle([scale * edge for edge in around], fill=fill, outline=line)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
