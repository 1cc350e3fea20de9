"""The words of a PDF and their places, by PDFium.

PDFium is not safe in threads: a process reads one file at a time. Its own line ends are not
trusted: on some pages that browsers print it takes rows for columns.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, compress, count, pairwise, repeat
from operator import add, ne, sub
from threading import Lock
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from esrdata.documents.pdf.pieces import Piece, WordList
from esrdata.documents.pdf.settings import SETTINGS
from esrdata.documents.text import paired
from esrdata.documents.unread import UnreadError
from esrdata.limits import limits

MARK = b"%PDF-"
ONE_AT_A_TIME = Lock()
_END = b"%%EOF"
# PDFium puts this sign for a hyphen at a line end and leaves the line end out.
_HYPHEN_SIGN = "\ufffe"
# PDFium counts signs beyond U+FFFF by their halves.
_SIGN_OF_WORD = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)
# So many letters PDFium is asked for at once.
_ROOM = 1024
# Points by which places of letters on one baseline may differ.
_NEAR = 0.01
# How words stand up the page: the baseline, the last box above and below.
_Stands = tuple[float, float, float]
_Place = tuple[float, float, _Stands]
# In place of a size.
_ACROSS, _ON_LINES = 0.0, -1.0
# What stands between words; none but a plain space is printable.
_BETWEEN = re.compile("[\\s\x00-\x1f\ufffe\ufeff]")


class Page(NamedTuple):
    """The words of a page, how many run across it, whether it shows anything else, its size.

    The words stand in runs: on one baseline, in one size, each as far from the next as words are.
    `pictured` are pages of few words that a picture fills, as a scanner makes them that writes its
    name below; `title` is what the file is called.
    """

    runs: list[Piece]
    across: int
    shows: bool
    pictured: bool
    size: tuple[float, float]
    title: str


def pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF, one at a time; `UnreadError` where it is broken or needs a password."""
    # Imported when used: PDFium is a library to load.
    import pypdfium2
    import pypdfium2.raw as pdfium

    if _END not in data:
        raise UnreadError("pdf_broken")
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
                    found = _Words(page, text, number, turn, pdfium)
                    words = sum(map(len, found.runs))
                    shows = not words and pdfium.FPDFPage_CountObjects(page.raw) > 0
                    pictured = 0 < words <= SETTINGS.few_words and _is_filled(page, pdfium)
                    yield Page(found.runs, found.across, shows, pictured, page.get_size(), title)
                finally:
                    text.close()
                    page.close()
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise UnreadError("pdf_encrypted" if locked else "pdf_broken") from error


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


def turn_of(page: Any, text: Any, pdfium: Any) -> int:
    """How a page must be turned to be read: as it is shown, unless its letters stand otherwise."""
    count, matrix = text.count_chars(), pdfium.FS_MATRIX()
    handle, matrix_of, to_matrix = _handle(text), _bare("FPDFText_GetMatrix"), ctypes.byref(matrix)
    turns: list[int] = []
    for i in range(SETTINGS.asked):
        if matrix_of(handle, count * i // SETTINGS.asked, to_matrix):
            level = abs(matrix.a) > abs(matrix.b)
            turns.append((0 if matrix.a > 0 else 180) if level else (90 if matrix.b > 0 else 270))
    for turn in {*turns}:
        if turns.count(turn) > SETTINGS.agree * len(turns):
            return turn
    return int(page.get_rotation())


def _upright(page: Any, turn: int) -> tuple[bool, int, float, int, float]:
    """Where a place of a page is shown: across `ahead·u + edge`, down `down·v + top`.

    Of its x and y the first is `u`, or the second where the page is not `flat`.
    """
    left, bottom, right, top = page.get_cropbox()
    return {
        0: (True, 1, -left, -1, top),
        90: (False, 1, -bottom, 1, -left),
        180: (True, -1, right, 1, -bottom),
        270: (False, -1, top, -1, right),
    }[turn]


@cache
def _bare(name: str, gives: type[ctypes.c_int] | type[ctypes.c_double] = ctypes.c_int) -> Any:
    """A function of PDFium that does not look at the types of what it is given.

    Two are called for every word: half the time of each went into looking at them.
    """
    import pypdfium2.raw as pdfium

    function = getattr(pdfium, name)
    return ctypes.PYFUNCTYPE(gives)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _handle(text: Any) -> Any:
    return ctypes.c_void_p.from_param(ctypes.cast(text.raw, ctypes.c_void_p).value)


@cache
def _room() -> tuple[array[float], array[float], list[Any], list[Any], list[Any]]:
    """Room for origins (x, y) and boxes (left, top, right, bottom), and where each is written.

    PDFium has no call for more than one letter: it is asked of many without a step of Python.
    """
    origins, boxes = array("d", [0.0]) * (2 * _ROOM), array("f", [0.0]) * (4 * _ROOM)
    doubles = (ctypes.c_double * len(origins)).from_buffer(origins)
    floats = (ctypes.c_float * len(boxes)).from_buffer(boxes)
    places = range(0, 16 * _ROOM, 16)
    to_x, to_y = ([ctypes.byref(doubles, at + by) for at in places] for by in (0, 8))
    return origins, boxes, to_x, to_y, [ctypes.byref(floats, at) for at in places]


class _Words:
    """Runs of words of a page; those that run `across` it, as a stamp does, are only counted."""

    def __init__(self, page: Any, text: Any, number: int, turn: int, pdfium: Any) -> None:
        self.across = 0
        self.runs: list[Piece] = []
        self._number, self._turned, self._handle = number, _upright(page, turn), _handle(text)
        self._matrix = pdfium.FS_MATRIX()
        # Sizes of fonts, by how a letter's box stands about its baseline.
        self._sizes: dict[tuple[float, float], float] = {}
        signs = text.count_chars()
        self._text = text.get_text_range() if signs else ""
        # Halves of signs are left out of a text: where none is missing, there was none.
        self._tidy = len(self._text) == signs and is_normalized("NFC", self._text)
        if len(self._text) != signs:
            # A glyph without a letter has no place in the text.
            each = (pdfium.FPDFText_GetUnicode(text.raw, i) for i in range(signs))
            self._text = "".join(chr(sign) if sign else "\ufffd" for sign in each)
        # Between plain spaces words are found, and where they stand, without a step for each.
        spaced = self._text.replace("\r\n", "  ")
        words = (spaced if spaced.isprintable() else _BETWEEN.sub(" ", spaced)).split(" ")
        lasts = [*compress(map(add, accumulate(map(len, words)), count(-1)), words)]
        words = [*filter(None, words)]
        self._put([*map(add, map(sub, lasts, map(len, words)), repeat(1))], lasts, words)

    def _put(
        self, starts: list[int], lasts: list[int], words: list[str], *, whole: bool = True
    ) -> None:
        """Put words; one that is to be `whole` and has several lines sign by sign."""
        if len(words) > _ROOM:
            for i in range(0, len(words), _ROOM):
                some = slice(i, i + _ROOM)
                self._put(starts[some], lasts[some], words[some], whole=whole)
            return
        _, ahead, edge, down, top = self._turned
        texts = words if self._tidy else [normalize("NFC", paired(word)) for word in words]
        divided = [False] * len(words)
        if _HYPHEN_SIGN in self._text:
            # A hyphen at a line end belongs to the word before it.
            divided = [self._text[last + 1 : last + 2] == _HYPHEN_SIGN for last in lasts]
            lasts = [*map(add, lasts, divided)]
            texts = [text + "-" * sign for text, sign in zip(texts, divided, strict=True)]
        begins, ends, stands = self._placed(starts, lasts)
        if not whole:
            drawn = map(self._drawn, starts, begins, ends, stands)
            begins, ends, stands = map(list, zip(*drawn, strict=True))
        if (ahead, edge) != (1, 0):
            begins, ends = ([ahead * at + edge for at in side] for side in (begins, ends))
        bases, sizes = [0.0] * len(words), [0.0] * len(words)
        of = WordList(texts, begins, ends, bases, sizes, divided, [self._number] * len(words))
        gaps = [0.0, *map(sub, begins[1:], ends)]
        # Most words stand on the line of the one before them and are set as it is.
        lines = compress(count(1), map(ne, stands, stands[1:]))
        for at, end in pairwise((0, *lines, len(words))):
            while at < end and (size := self._size(starts[at], lasts[at], stands[at], whole)) <= 0:
                self.across += size == _ACROSS
                if size == _ON_LINES:
                    signs = [*_SIGN_OF_WORD.finditer(words[at])]
                    firsts = [starts[at] + sign.start() for sign in signs]
                    ends_of = [starts[at] + sign.end() - 1 for sign in signs]
                    self._put(firsts, ends_of, [sign[0] for sign in signs], whole=False)
                at += 1
            if at == end:
                continue
            base = down * stands[at][0] + top
            bases[at:end], sizes[at:end] = [base] * (end - at), [size] * (end - at)
            near, far = SETTINGS.same_word * size, SETTINGS.number_gap * size
            bounds = [at, end]
            within = gaps[at + 1 : end] or [near]
            if min(within) < near or max(within) > far:
                bounds[1:1] = [i for i in range(at + 1, end) if not near <= gaps[i] <= far]
            self.runs += (Piece(of, *some) for some in pairwise(bounds))

    def _placed(
        self, firsts: list[int], lasts: list[int]
    ) -> tuple[Sequence[float], Sequence[float], list[_Stands]]:
        """Where words begin and end along their lines, and how they stand up the page: the
        baselines of their first letters, the boxes of their last ones above and below.
        """
        flat, ahead, *_ = self._turned
        origins, boxes, to_x, to_y, to_box = _room()
        origin, box = _bare("FPDFText_GetCharOrigin"), _bare("FPDFText_GetLooseCharBox")
        deque(map(origin, repeat(self._handle), firsts, to_x, to_y), 0)
        deque(map(box, repeat(self._handle), lasts, to_box), 0)
        x, y = (origins[side : 2 * len(firsts) : 2] for side in range(2))
        left, top, right, bottom = (boxes[side : 4 * len(firsts) : 4] for side in range(4))
        if flat:
            return x, right if ahead > 0 else left, [*zip(y, top, bottom, strict=True)]
        return y, top if ahead > 0 else bottom, [*zip(x, left, right, strict=True)]

    def _drawn(self, letter: int, begin: float, end: float, stands: _Stands) -> _Place:
        """The place of a letter, of one that PDFium puts elsewhere where its own text begins.

        So it puts what a file spells out for a joined sign (ﬁ), on a sheet with several pages.
        """
        matrix, up = self._matrix, stands[0]
        _bare("FPDFText_GetMatrix")(self._handle, letter, ctypes.byref(matrix))
        begins, base = (matrix.e, matrix.f) if self._turned[0] else (matrix.f, matrix.e)
        if abs(base - up) <= self._asked(letter):
            return begin, end, stands
        above, below = (side - up + base for side in stands[1:])
        return begins, begins, (base, above, below)

    def _size(self, first: int, last: int, stands: tuple[float, ...], whole: bool) -> float:
        """Of the font of a word; or that it runs across the page, or stands on several lines."""
        up, above, below = stands
        form = (above - up) // _NEAR, (below - up) // _NEAR
        if form in self._sizes:
            return self._sizes[form]
        size = self._asked(first)
        origins, _, *to_origin, _ = _room()
        _bare("FPDFText_GetCharOrigin")(self._handle, last, *(to[0] for to in to_origin))
        ends_up = origins[int(self._turned[0])]
        if whole and size and abs(ends_up - up) > SETTINGS.same_line * size:
            return _ON_LINES
        if size and ends_up == up:
            size = self._sizes[form] = self._asked(last) or size
        return size

    def _asked(self, letter: int) -> float:
        """The size of a letter; none where it rises or falls from the lines of the page."""
        flat, ahead, *_ = self._turned
        matrix = self._matrix
        _bare("FPDFText_GetMatrix")(self._handle, letter, ctypes.byref(matrix))
        level, off = (matrix.a, matrix.b) if flat else (matrix.b, matrix.a)
        if (matrix.b or matrix.d < 0) and abs(off) > SETTINGS.slanted * ahead * level:
            return _ACROSS
        size: float = _bare("FPDFText_GetFontSize", ctypes.c_double)(self._handle, letter)
        return size * (abs(matrix.d) or abs(matrix.b)) or 1.0
