"""The words of a PDF and their places, by PDFium.

PDFium is not safe in threads: a process reads one file at a time. Its own line ends are not
trusted: on some pages that browsers print it takes rows for columns.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.settings import SETTINGS
from esrdata.documents.text import paired
from esrdata.limits import limits

MARK = b"%PDF-"
ONE_AT_A_TIME = Lock()
_END = b"%%EOF"
# PDFium puts this sign for a hyphen at a line end and leaves the line end out.
_HYPHEN_SIGN = "\ufffe"
# PDFium counts signs beyond U+FFFF by their halves.
_SIGN_OF_WORD = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)
_WORD = re.compile("[^\\s\x00-\x1f\ufffe\ufeff]+")


class PdfError(Exception):
    """A PDF that gives no text; `code` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Page(NamedTuple):
    """The words of a page, how many run across it, whether it shows anything else, its size.

    `pictured` are pages of few words that a picture fills, as a scanner makes them that writes its
    name below; `title` is what the file is called.
    """

    words: list[Word]
    across: int
    shows: bool
    pictured: bool
    size: tuple[float, float]
    title: str


def pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF, one at a time; `PdfError` where it is broken or needs a password."""
    # Imported when used: PDFium is a library to load.
    import pypdfium2
    import pypdfium2.raw as pdfium

    if _END not in data:
        raise PdfError("pdf_broken")
    try:
        with pypdfium2.PdfDocument(data) as document:
            limits().check("pages", len(document))
            title = " ".join(document.get_metadata_value("Title").split())
            for number in range(len(document)):
                page = document[number]
                text = page.get_textpage()
                turn = turn_of(page, text, pdfium)
                if turn != page.get_rotation():
                    # PDFium orders the letters of a word by how the page is shown.
                    text.close()
                    page.set_rotation(turn)
                    text = page.get_textpage()
                try:
                    across: list[int] = []
                    words = list(_words(text, number, _upright(page, turn), pdfium, across))
                    shows = not words and pdfium.FPDFPage_CountObjects(page.raw) > 0
                    few = 0 < len(words) <= SETTINGS.few_words
                    pictured = few and _is_filled(page, pdfium)
                    yield Page(words, len(across), shows, pictured, page.get_size(), title)
                finally:
                    text.close()
                    page.close()
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise PdfError("pdf_encrypted" if locked else "pdf_broken") from error


def _is_filled(page: Any, pdfium: Any) -> bool:
    """Whether one picture takes most of a page."""
    wide, high = page.get_size()
    ends = [ctypes.c_float() for _ in range(4)]
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        pdfium.FPDFPageObj_GetBounds(image.raw, *map(ctypes.byref, ends))
        left, bottom, right, top = (end.value for end in ends)
        if (right - left) * (top - bottom) >= SETTINGS.filled * wide * high:
            return True
    return False


class _Turned(NamedTuple):
    """Where a place of a page is shown: across `ax·x + bx·y + cx`, down `ay·x + by·y + cy`."""

    ax: float
    bx: float
    cx: float
    ay: float
    by: float
    cy: float


def turn_of(page: Any, text: Any, pdfium: Any) -> int:
    """How a page must be turned to be read: as it is shown, unless its letters stand otherwise."""
    count, matrix = text.count_chars(), pdfium.FS_MATRIX()
    handle = ctypes.c_void_p.from_param(ctypes.cast(text.raw, ctypes.c_void_p).value)
    matrix_of, to_matrix = _bare("FPDFText_GetMatrix", ctypes.c_int), ctypes.byref(matrix)
    turns: list[int] = []
    for i in range(SETTINGS.asked):
        if matrix_of(handle, count * i // SETTINGS.asked, to_matrix):
            level = abs(matrix.a) > abs(matrix.b)
            turns.append((0 if matrix.a > 0 else 180) if level else (90 if matrix.b > 0 else 270))
    for turn in {*turns}:
        if turns.count(turn) > SETTINGS.agree * len(turns):
            return turn
    shown: int = page.get_rotation()
    return shown


def _upright(page: Any, turn: int) -> _Turned:
    """From the places a page counts in to those of the page as it is read, from its top left."""
    left, bottom, right, top = page.get_cropbox()
    turned = {
        0: _Turned(1, 0, -left, 0, -1, top),
        90: _Turned(0, 1, -bottom, 1, 0, -left),
        180: _Turned(-1, 0, right, 0, 1, -bottom),
        270: _Turned(0, -1, top, -1, 0, right),
    }
    return turned[turn]


@cache
def _bare(name: str, gives: type[ctypes.c_int] | type[ctypes.c_double]) -> Any:
    """A function of PDFium that does not look at the types of what it is given.

    Five are called for every word: half the time of each went into looking at them.
    """
    import pypdfium2.raw as pdfium

    function = getattr(pdfium, name)
    return ctypes.PYFUNCTYPE(gives)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _words(
    page: Any, number: int, turned: _Turned, pdfium: Any, across_page: list[int]
) -> Iterator[Word]:
    """The words of a page; those that run across it, as a stamp does, are only counted."""
    count = page.count_chars()
    text = page.get_text_range() if count else ""
    if len(text) != count:
        # A glyph without a letter has no place in the text.
        signs = (pdfium.FPDFText_GetUnicode(page.raw, i) for i in range(count))
        text = "".join(chr(sign) if sign else "\ufffd" for sign in signs)
    tidy = is_normalized("NFC", text) and paired(text) == text
    handle = ctypes.c_void_p.from_param(ctypes.cast(page.raw, ctypes.c_void_p).value)
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    to_x, to_y, to_matrix, to_loose = map(ctypes.byref, (x, y, matrix, loose))
    origin = _bare("FPDFText_GetCharOrigin", ctypes.c_int)
    box = _bare("FPDFText_GetLooseCharBox", ctypes.c_int)
    matrix_of = _bare("FPDFText_GetMatrix", ctypes.c_int)
    size_of = _bare("FPDFText_GetFontSize", ctypes.c_double)
    ax, bx, cx, ay, by, cy = turned
    slanted = SETTINGS.slanted

    def placed(start: int, end: int, whole: bool) -> Word | None:
        """The word of a slice; None where it is to be whole and has several lines, or is across."""
        origin(handle, start, to_x, to_y)
        across, up = x.value, y.value
        left, base = ax * across + bx * up + cx, ay * across + by * up + cy
        matrix_of(handle, start, to_matrix)
        b, d = matrix.b, matrix.d
        # Most words stand straight on a page that does: that is seen without asking more.
        if b or d < 0:
            a = matrix.a
            if abs(ay * a + by * b) > slanted * (ax * a + bx * b):
                across_page.append(start)
                return None
        size = size_of(handle, start) * (abs(d) or abs(b))
        if whole and end - start > 1:
            origin(handle, end - 1, to_x, to_y)
            if abs(ay * x.value + by * y.value + cy - base) > SETTINGS.same_line * size:
                return None
        divided = text[end : end + 1] == _HYPHEN_SIGN
        box(handle, end if divided else end - 1, to_loose)
        right = max(ax * loose.left + bx * loose.bottom, ax * loose.right + bx * loose.top) + cx
        word = text[start:end] if tidy else normalize("NFC", paired(text[start:end]))
        if divided:
            word += "-"
        return Word(word, number, left, right, base, size or 1.0, divided)

    for match in _WORD.finditer(text):
        word = placed(*match.span(), whole=True)
        if word is not None:
            yield word
            continue
        if across_page and across_page[-1] == match.start():
            continue
        for sign in _SIGN_OF_WORD.finditer(text, *match.span()):
            alone = placed(*sign.span(), whole=False)
            if alone is not None:
                yield alone
