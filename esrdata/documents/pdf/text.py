"""A PDF to lines: the words and their places by PDFium, the order by geometry.

PDFium is not safe in threads: a process reads one file at a time. Its own line ends are not
trusted: on some pages that browsers print it takes rows for columns.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from esrdata.documents.files import read_bytes
from esrdata.documents.layout import AND, SOFT_HYPHEN, Layout, Physical, lay_out, tail
from esrdata.documents.pdf.pieces import Word
from esrdata.documents.pdf.rows import Row, arrange
from esrdata.documents.pdf.settings import SETTINGS
from esrdata.documents.pdf.sheets import Sheets
from esrdata.documents.text import paired
from esrdata.limits import limits

# Page, left, top, right, bottom.
Box = tuple[int, float, float, float, float]

MARK = b"%PDF-"
_ONE_AT_A_TIME = Lock()
_END = b"%%EOF"
# PDFium puts this sign for a hyphen at a line end and leaves the line end out.
_HYPHEN_SIGN = "\ufffe"
# PDFium counts signs beyond U+FFFF by their halves.
_SIGN_OF_WORD = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)
_WORD = re.compile("[^\\s\x00-\x1f\ufffe\ufeff]+")
# A hyphen behind a letter or digit at a line end.
_AT_LINE_END = re.compile("\\w[-\u2010\u2011]$")
_COMPOUND = re.compile(rf"\w+-\w{{{SETTINGS.stem}}}")
_RANGE = re.compile("\\d\u2013$")
_VOWELS = "aeiouyåäö"
_SIGNS = ".,;:)”\"'"


class PdfError(Exception):
    """A PDF that gives no text; `code` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Printed:
    """The text of a PDF, its layout, the lines of each page, and what has no place in them.

    `without_text` are the pages that show something and no text, `across` is how many words ran
    across their page.
    """

    text: str
    layout: Layout
    pages: Sequence[Sequence[Row]]
    without_text: tuple[int, ...] = ()
    across: int = 0

    @cached_property
    def words(self) -> tuple[tuple[int, Word], ...]:
        """Every word with its place on its page, and where it begins in the text."""
        found: list[tuple[int, Word]] = []
        at = 0
        for page in self.pages:
            for row in page:
                for word in (word for cell in row.cells for word in cell):
                    found.append((at, word))
                    # One sign divides it from the next word, line or page.
                    at += len(word.text) + 1
                at += not row.cells
            at += not page
        return tuple(found)


def read(data: bytes) -> Printed:
    """Read the text of a PDF.

    Parameters
    ----------
    data
        The file.

    Returns
    -------
    Printed
        Lines are divided by line feeds and pages by form feeds.

    Raises
    ------
    PdfError
        If the file is broken, needs a password, or holds no text.
    """
    with _ONE_AT_A_TIME:
        pages = list(_pages(data))
    sheets = Sheets([page.words for page in pages], [page.size for page in pages])
    rows = sheets.sheets(arrange(sheets.pages()))
    if not any(rows):
        raise PdfError("pdf_no_text")
    kept = [row for page in rows for row in page if not row.furniture]
    last = tail([_text(row) for row in kept[-SETTINGS.tail :]], letter=False)
    for row in kept[len(kept) - last :]:
        row.furniture = True
    _mend_hyphens([row for row in kept if not row.furniture])
    without_text = tuple(number for number, page in enumerate(pages, 1) if page.shows)
    across = sum(page.across for page in pages)
    return replace(_written(rows), without_text=without_text, across=across)


def _text(row: Row) -> str:
    return "\t".join(" ".join([word.text for word in cell]) for cell in row.cells)


def _written(pages: Sequence[Sequence[Row]]) -> Printed:
    lines, furniture = [], []
    texts: list[str] = []
    at = 0
    for page in pages:
        rows: list[str] = []
        for row in page:
            rows.append(_text(row))
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
    return Printed(whole, lay_out(whole, lines, furniture), pages)


# ---- words


class _Page(NamedTuple):
    """The words of a page, how many run across it, whether it shows anything else, its size."""

    words: list[Word]
    across: int
    shows: bool
    size: tuple[float, float]


def _pages(data: bytes) -> Iterator[_Page]:
    # Imported when used: PDFium is a library to load.
    import pypdfium2
    import pypdfium2.raw as pdfium

    if _END not in data:
        raise PdfError("pdf_broken")
    try:
        with pypdfium2.PdfDocument(data) as document:
            limits().check("pages", len(document))
            for number in range(len(document)):
                page = document[number]
                text = page.get_textpage()
                turn = _reads(page, text, pdfium)
                if turn != page.get_rotation():
                    # PDFium orders the letters of a word by how the page is shown.
                    text.close()
                    page.set_rotation(turn)
                    text = page.get_textpage()
                try:
                    across: list[int] = []
                    words = list(_words(text, number, _upright(page, turn), pdfium, across))
                    shows = not words and pdfium.FPDFPage_CountObjects(page.raw) > 0
                    yield _Page(words, len(across), shows, page.get_size())
                finally:
                    text.close()
                    page.close()
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise PdfError("pdf_encrypted" if locked else "pdf_broken") from error


class _Turned(NamedTuple):
    """Where a place of a page is shown: across `ax·x + bx·y + cx`, down `ay·x + by·y + cy`."""

    ax: float
    bx: float
    cx: float
    ay: float
    by: float
    cy: float


def _reads(page: Any, text: Any, pdfium: Any) -> int:
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


# ---- hyphens


def _mend_hyphens(rows: Sequence[Row]) -> None:
    """Put a soft hyphen where a line ends inside a word, so that laying out joins it.

    A page shows true hyphens and hyphenation alike, so it is decided for the document as a whole:
    where many lines end with a hyphen they divide words, but for those that the spelling asks
    for. Where the page has a sign of its own for hyphenation, nothing has to be guessed.
    """
    ends = [
        (row, below.cells[0][0].text)
        for row, below in pairwise(rows)
        if row.full and _AT_LINE_END.search(row.cells[-1][-1].text)
    ]
    signed = [row for row, _ in ends if row.cells[-1][-1].text[-1] != "-"]
    typed = len(ends) - len(signed)
    full = sum(row.full for row in rows)
    many = not signed and typed >= SETTINGS.hyphens and typed > SETTINGS.hyphenated * full
    # Most prints end no line with a hyphen or a dash: nothing is asked about their words.
    asked = rows if ends or any(r.full and r.cells[-1][-1].text == "-" for r in rows) else ()
    words = {word.text.rstrip(_SIGNS) for row in asked for cell in row.cells for word in cell}
    compounds = {
        match[0].casefold()
        for row in asked
        for cell in row.cells
        for word in cell[:-1]
        if "-" in word.text and (match := _COMPOUND.match(word.text))
    }
    for row, below in ends:
        word = row.cells[-1][-1]
        before = word.text[:-1]
        seen = f"{before}-{below[: SETTINGS.stem]}".casefold() in compounds
        # A name keeps its hyphen before any word: Leader-väki, where Leader stands alone, too.
        seen = seen or (before[:1].isupper() and before in words and before.lower() not in words)
        guessed = many and not seen and not _is_spelled(before, below)
        if word.text[-1] != "-" or guessed:
            row.cells[-1][-1] = replace(word, text=before + SOFT_HYPHEN)
    _mend_dashes(rows, words)


def _is_spelled(before: str, after: str) -> bool:
    """Whether a word is spelled with a hyphen between these parts."""
    first, rest = re.split(r"\W", before)[-1], after.rstrip(_SIGNS)
    if not first or not rest or after.casefold() in AND:
        return True
    if first.isupper() or first.isdigit() or not rest[0].isalpha() or rest[0].isupper():
        return True
    return first[-1] == rest[0] and rest[0] in _VOWELS


def _mend_dashes(rows: Sequence[Row], words: Set[str]) -> None:
    """Join what a line end divides behind a dash: `2014–` and `2017`, `2000 -` and `ohjelma`.

    A dash with a space before it is a hyphen of the next word or a dash between two, and a page
    shows both alike at a line end: a number before it, or the same word elsewhere, tells.
    """
    for row, below in pairwise(rows):
        cell, after = row.cells[-1], below.cells[0][0].text
        if not row.full:
            continue
        word = cell[-1]
        numbered = len(cell) > 1 and cell[-2].text[-1].isdigit() and after[0].islower()
        hyphen = word.text == "-" and (numbered or f"-{after.rstrip(_SIGNS)}" in words)
        if hyphen or (_RANGE.search(word.text) and after[0].isdigit()):
            cell[-1] = replace(word, text=word.text + SOFT_HYPHEN)


# ---- places


def boxes(path: str, start: int, end: int) -> list[Box]:
    """Where a part of the text of a file stands: a box per line.

    Parameters
    ----------
    path
        The file.
    start, end
        The part of its text; where they are equal, the word before.

    Returns
    -------
    list of tuple
        Page (from 1), left, top, right and bottom in points from the top left corner.
    """
    return places(read(read_bytes(path)), start, end)


def places(printed: Printed, start: int, end: int) -> list[Box]:
    """Where a part of a text that is read already stands: a box per line."""
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
        turn = _reads(page, page.get_textpage(), pdfium)
        if turn == page.get_rotation():
            return data
        page.set_rotation(turn)
        kept = io.BytesIO()
        document.save(kept)
    return kept.getvalue()


def picture(
    data: bytes, page: int, marked: Sequence[Box], hidden: Sequence[Box], resolution: int
) -> bytes:
    """A page as a PNG image, with boxes drawn around parts of it and others painted over.

    Parameters
    ----------
    data
        The file.
    page
        The page, from 1.
    marked, hidden
        The boxes; those on other pages do not count.
    resolution
        Dots per inch.

    Returns
    -------
    bytes
        The image.
    """
    import pdfplumber

    with _ONE_AT_A_TIME, pdfplumber.open(io.BytesIO(_as_read(data, page))) as document:
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
