"""Words with places to pieces on baselines, and the running heads and feet among them.

A page is words with places. Words on one baseline make pieces, divided where the gap is wider
than a space.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import attrgetter, sub
from statistics import median
from typing import NamedTuple

from esrdata.documents.layout import is_furniture, is_known
from esrdata.documents.pdf.settings import SETTINGS

NUMBER = re.compile(r"[-\u2013\u2212]?\d{1,3}")
# Behind a space three digits are the thousands of a sum.
_SCORE = re.compile(r"[-\u2013\u2212]?\d{1,2}")
_FIGURE = re.compile(
    r"[-\u2013\u2212]?\d[\d.,:/\u2013-]*(?<=\d)%?|[€%]|[tM]€|eur(?:oa?)?", re.IGNORECASE
)
# A count of pages or an hour, its numbers folded.
_COUNTED = re.compile(r"0\s*/\s*0|0:0|klo 0\.0")
_DASHES = ("-", "\u2013", "\u2014")
_DIGITS = re.compile(r"\d+")
# How the head or the foot that a browser prints begins: an address, a day.
_SIGNS = frozenset("hHfFlLwWaA\ufb010123456789")
_HEADLIKE = re.compile(
    r"https?:|(?:fi|\ufb01)?le:|www\.|about:|\d{1,2}[./]\d{1,2}[./]\d{2}", re.IGNORECASE
)

Edge = tuple[str, int]


class Word(NamedTuple):
    """A word and its place, in points from the left and the top of the page (counted from 0).

    `divided` says that the page breaks the line inside the word, at a hyphen.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    divided: bool
    page: int


class WordList(NamedTuple):
    """Words by what is asked of them: few are ever looked at one by one."""

    texts: list[str]
    lefts: Sequence[float]
    rights: Sequence[float]
    bases: Sequence[float]
    sizes: Sequence[float]
    divided: Sequence[bool]
    pages: Sequence[int]

    @staticmethod
    def of(words: Sequence[Word]) -> WordList:
        """The words by themselves as a list."""
        return WordList._make([word[i] for word in words] for i in range(len(Word._fields)))


class Piece:
    """Words on one baseline with nothing but spaces between them: `start:end` of a list.

    Its own page, left edge, baseline and size are those of its first word, the right edge is that
    of its last.
    """

    __slots__ = ("base", "end", "left", "of", "page", "right", "size", "start")

    def __init__(self, of: WordList, start: int, end: int) -> None:
        self.of, self.start, self.end = of, start, end
        self.page, self.left, self.right = of.pages[start], of.lefts[start], of.rights[end - 1]
        self.base, self.size = of.bases[start], of.sizes[start]

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def first(self) -> str:
        """The first word."""
        return self.of.texts[self.start]

    @property
    def last(self) -> str:
        """The last word."""
        return self.of.texts[self.end - 1]

    @property
    def texts(self) -> list[str]:
        """Its words without their places."""
        return self.of.texts[self.start : self.end]

    @property
    def words(self) -> list[Word]:
        """Its words, each with its place."""
        return [*map(Word, *(column[self.start : self.end] for column in self.of))]

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(self.of.texts[self.start : self.end])

    @property
    def edges(self) -> tuple[Edge, Edge, Edge]:
        """Places of its left edge, its middle and its right edge, to compare columns by."""
        left, right = self.left / SETTINGS.edge, self.right / SETTINGS.edge
        return ("left", round(left)), ("middle", round((left + right) / 2)), ("right", round(right))

    @property
    def is_number(self) -> bool:
        """Whether it is one whole number of a few digits."""
        return self.end - self.start == 1 and NUMBER.fullmatch(self.first) is not None

    @property
    def is_numeric(self) -> bool:
        """Whether it is nothing but numbers, sums and days: none of them goes on below.

        Narrow columns stand no wider apart than words.
        """
        return self.last not in _DASHES and all(
            text in _DASHES or _FIGURE.fullmatch(text) for text in self.texts
        )


# ---- words to pieces, pieces to baselines


def baselines(runs: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that share a baseline, from the top of the page, each from left to right."""
    strips: list[list[Piece]] = []
    for run in sorted(runs, key=attrgetter("base")):
        last = strips[-1][-1] if strips else None
        if last and run.base - last.base < SETTINGS.same_line * min(run.size, last.size):
            strips[-1].append(run)
        else:
            strips.append([run])
    return [_pieces(strip) for strip in strips]


def _pieces(runs: list[Piece]) -> list[Piece]:
    if len(runs) == 1:
        return runs
    of, start, end = runs[0].of, runs[0].start, runs[-1].end
    # Runs that follow one another in a list and do not touch are measured there.
    if not all(
        run.of is last.of
        and run.start == last.end
        and run.left - last.right >= SETTINGS.same_word * run.size
        for last, run in pairwise(runs)
    ):
        words = sorted((word for run in runs for word in run.words), key=attrgetter("left"))
        of = WordList.of(_joined(words))
        start, end = 0, len(of.texts)
    gaps = [*map(sub, of.lefts[start + 1 : end], of.rights[start:end])]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    narrowest = min(gaps) if len(gaps) > 1 else 0.0
    begins = [
        i
        for i, gap in enumerate(gaps, start + 1)
        if gap > SETTINGS.number_gap * of.sizes[i] and _are_apart(of, i, gap, usual, narrowest)
    ]
    return [Piece(of, *some) for some in pairwise([start, *begins, end])]


def _joined(words: Sequence[Word]) -> list[Word]:
    """Words that touch as one."""
    joined = [words[0]]
    for word in words[1:]:
        last = joined[-1]
        if word.left - last.right < SETTINGS.same_word * word.size:
            text, right = last.text + word.text, max(last.right, word.right)
            joined[-1] = word._replace(text=text, left=last.left, right=right, base=last.base)
        else:
            joined.append(word)
    return joined


def _are_apart(of: WordList, i: int, gap: float, usual: float, narrowest: float) -> bool:
    """Whether a gap of more than that of two numbers divides a word from the one before it."""
    size = of.sizes[i]
    if gap > max(SETTINGS.cell_gap * size, SETTINGS.wider * min(usual, size)):
        return True
    # Scores may stand close in their columns; the thousands of one sum stand a space apart.
    both = NUMBER.fullmatch(of.texts[i - 1]) and _SCORE.fullmatch(of.texts[i])
    return both is not None and gap > SETTINGS.wider_number * narrowest


# ---- furniture


def furniture(pages: Sequence[Sequence[list[Piece]]]) -> list[set[int]]:
    """Numbers of the baselines of each page that are running heads or feet."""
    # Heads and feet stand in the first and the last rows of a page.
    ends = slice(SETTINGS.margin_rows), slice(-SETTINGS.margin_rows, None)
    keys = [{i: _keys(page[i]) for end in ends for i in range(len(page))[end]} for page in pages]
    places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, of in enumerate(keys):
        for key in {*chain.from_iterable(of.values())}:
            places[key].append(number)
    often = {key for key, on in places.items() if _is_often(key[0], on, len(pages))}
    found = []
    for page, of in zip(pages, keys, strict=True):
        count, known = len(page), {i: _known_parts(page[i]) for i in of}
        sure = {i for i in of if known[i] == 1}
        repeated = {i for i in of if not often.isdisjoint(of[i])}
        heads = sure | repeated | {i for i in of if known[i]}
        # What repeats on many pages is sure in the outermost row; the others stand clear of text.
        sure |= repeated & {0, count - 1} if len(pages) > 2 else set()
        top = next(i for i in range(count + 1) if i not in heads)
        foot = next(i for i in range(count - 1, -2, -1) if i not in heads)
        while 0 < top < count and top - 1 not in sure and not _clear(*page[top - 1 : top + 1]):
            top -= 1
        while -1 < foot < count - 1 and foot + 1 not in sure and not _clear(*page[foot : foot + 2]):
            foot += 1
        found.append({*range(top), *range(foot + 1, count)})
    return _with_inner(pages, found)


def _is_often(folded: str, on: Sequence[int], pages: int) -> bool:
    """Whether what a row says stands on so many pages that it is a head or a foot.

    Several prints may be one file, so it is asked of the pages from its first one to its last; a
    count of pages or an hour need not come often.
    """
    few = 1 if _COUNTED.search(folded) or pages < 4 else 2
    return len(on) > max(few, SETTINGS.most_pages * (on[-1] - on[0] + 1))


def _with_inner(pages: Sequence[Sequence[list[Piece]]], found: list[set[int]]) -> list[set[int]]:
    """Also the heads and feet of pages that are printed several on one sheet."""
    inner: dict[tuple[int, int], str] = {}
    outer = [page[i] for number, page in enumerate(pages) for i in found[number]]
    heads = {text: of[0].first for of in outer if _COUNTED.search(text := _folded(of))}
    begins = {*heads.values()}
    for number, page in enumerate(pages):
        for i, pieces in enumerate(page):
            # Few lines begin so: that is seen before patterns are tried.
            first = pieces[0].first
            headlike = first[0] in _SIGNS and _HEADLIKE.match(first) and i not in found[number]
            if headlike and is_known("patterns", text := "  ".join(p.text for p in pieces)):
                inner[number, i] = text
            elif (headlike or first in begins) and _folded(pieces) in heads:
                found[number].add(i)
    sure = {key for key, text in inner.items() if is_furniture(text)}
    times = Counter(_DIGITS.sub("0", text) for text in inner.values())
    for number, i in inner:
        if (number, i) in sure or times[_DIGITS.sub("0", inner[number, i])] > 1:
            found[number].add(i)
    return found


def _known_parts(pieces: Sequence[Piece]) -> float:
    """Share of a row that is known furniture: a browser puts a title beside an address."""
    # At the edge of a page what people write too needs not come again.
    if is_known("patterns", "  ".join(piece.text for piece in pieces)):
        return 1
    if len(pieces) == 1:
        return 0
    return sum(is_known("patterns", piece.text) for piece in pieces) / len(pieces)


def _clear(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    first, second = above[0], below[0]
    space = SETTINGS.clear * max(first.size, second.size)
    return second.base - first.base > space or not same_size(first.size, second.size)


def _keys(pieces: Sequence[Piece]) -> list[tuple[str, int]]:
    """What a row says with its numbers folded, and where; neighbouring places count as one."""
    text = _folded(pieces)
    place = int(pieces[0].base / SETTINGS.edge)
    return [(text, place), (text, place + 1)]


def _folded(pieces: Sequence[Piece]) -> str:
    """What a row says with its numbers folded."""
    return _DIGITS.sub("0", "  ".join(piece.text for piece in pieces))


def same_size(above: float, below: float) -> bool:
    """Whether the letters of two lines are of one size."""
    return abs(above / below - 1) <= SETTINGS.same_size
