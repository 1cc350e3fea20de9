"""Lays physical lines out as a person reads them.

Page furniture is dropped, words that a line end divided are joined, and it is kept which line
ends are only wraps. Every character of the view keeps its place in the text.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from esrdata.documents.csv_text import SETTINGS as CSV
from esrdata.documents.mapped import Edit, Mapped
from esrdata.documents.text import rare
from esrdata.knowledge import load


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """When the lines of a text were wrapped."""

    # No text that a person wrapped is wider; a wider page has its paragraphs on one line.
    widest: int = 100
    signature: int = 12  # a greeting and who sends a letter take no more lines
    message: int = 30  # what a program puts below a letter takes no more lines
    # wraps, wrapped: a text counts as wrapped where so many line ends, and this share of them,
    # could be wraps.
    wraps: int = 5
    wrapped: float = 0.1
    # few, wide: in a text of this width so few are enough, where most of them stand within a
    # sentence.
    few: int = 2
    wide: int = 56
    # What stands beside the page number of so many pages is a title, wherever the first is.
    pages: int = 4


SETTINGS = LayoutSettings()

SOFT_HYPHEN = "\u00ad"
# Signs that take no room: soft hyphen, zero-width space and joiners, byte-order mark, directions.
UNSEEN_SIGNS = (
    f"{SOFT_HYPHEN}\u200b\u200c\u200d\u2060\ufeff"
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNSEEN = re.compile(f"[{UNSEEN_SIGNS}]")
_DIGITS = re.compile(r"\d+")
_HYPHENS = f"-\u2010\u2011{SOFT_HYPHEN}"
_HYPHENED = re.compile(r"\w[-\u2010\u2011]$")
_STATED = re.compile(r"\d\.\d{4}|\d{4}\s*[-\u2013]\s*\d{4}|\d\s*(?:€|euro)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\w)[A-ZÅÄÖ]\d{5}(?!\d)")
_BLANK_BELOW = re.compile(r"[^\n]*(?:\n[^\S\n]*(?:\n|\Z)|\Z)")
_BLANK_ABOVE = re.compile(r"(?:\A|\n[^\S\n]*\n)[^\S\n]*\Z")
# Words before which a hyphen at a line end is a hanging one: "elinkeino- ja".
AND = {"ja", "tai", "sekä", "eli", "och", "eller", "samt", "and", "or"}


class Physical(NamedTuple):
    """A non-blank line of the text as it stands: the slice `start:end`, to its last sign.

    `full` says that the next word had no room on it, `apart` that a blank line or a wider space
    stands above it.
    """

    start: int
    end: int
    full: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A view, the places of its characters, its wraps, and where furniture was dropped."""

    view: str
    starts: array[int]
    ends: array[int]
    wraps: frozenset[int]
    furniture: tuple[int, ...]


@cache
def _known(kind: str, *repeats: bool) -> re.Pattern[str]:
    patterns = (
        entry["pattern"]
        for entry in load.furniture()[kind]
        if not repeats or entry.get("repeats", False) in repeats
    )
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_furniture(line: str, *, repeats: bool = False) -> bool:
    """Whether a line is one that printers and browsers put on pages.

    With `repeats`, whether it is one that only counts where it comes again.
    """
    return _known("patterns", repeats).fullmatch(line.strip()) is not None


def furniture(lines: Sequence[str]) -> set[int]:
    """Which lines of a text are page furniture."""
    known = _known("patterns")
    found = {i: line for i, line in enumerate(lines) if known.fullmatch(line.strip())}
    sure = {i for i, line in found.items() if is_furniture(line)}
    folded = {
        i: _DIGITS.sub("0", line.strip())
        for i, line in found.items()
        if is_furniture(line, repeats=True)
    }
    times = Counter(folded.values())
    ends = {0, len(lines) - 1}
    put = sure | {i for i, line in folded.items() if i in ends or times[line] > 1}
    return put | _titles(lines, put) if len(put) > 1 else put


def _titles(lines: Sequence[str], put: set[int]) -> set[int]:
    """Lines that stand beside every line of furniture of a kind: the title of what was printed.

    Two pages may begin or end with one word by chance, but not as the text itself does.
    """
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    for i in sorted(put):
        kinds[_DIGITS.sub("0", lines[i].strip())].append(i)
    kept = [i for i in range(len(lines)) if i not in put]
    found: set[int] = set()
    for places, step in product(kinds.values(), (1, -1)):
        beside = {i + step for i in places if 0 <= i + step < len(lines)}
        said = {lines[i].strip() for i in beside}
        if len(said) != 1 or not kept or not put.isdisjoint(beside):
            continue
        (title,) = said
        edge = kept[0] if step == 1 else kept[-1]
        outer = {edge} if lines[edge].strip() == title else set()
        pages = len(beside | outer)
        if pages < (2 if outer else SETTINGS.pages) or title.endswith(":"):
            continue
        if any(map(str.isalpha, title)):
            found |= beside | outer
    return found


def is_known(kind: str, line: str) -> bool:
    """Whether a line is of a kind of `furniture.yml`, `patterns` that must come again included."""
    return _known(kind).fullmatch(line) is not None


def tail(lines: Sequence[str], *, letter: bool = True) -> int:
    """How many of the non-blank lines of a text, from the last one up, belong to no document.

    Web pages end with lines of their site, and what may be a `letter` with a greeting and who
    sends it.
    """
    first = len(lines)
    while first and is_known("site_lines", lines[first - 1].strip()):
        first -= 1
    if not letter:
        return len(lines) - first
    for i in range(max(0, first - SETTINGS.message), first):
        if not is_known("messages", lines[i]):
            continue
        # A letter that holds a description of its own is none to leave out, nor is one that states
        # more than its day below a text that states nothing: that was sent on.
        above, below = lines[:i], lines[i:first]
        sent_on = sum(map(_states, below)) > 1 and not any(map(_states, above))
        if not sent_on and not any(_CODE.search(line) for line in below):
            first = i
            break
    for i in range(max(0, first - SETTINGS.signature), first):
        if is_known("closings", lines[i]) and not any(map(_states, lines[i + 1 : first])):
            return len(lines) - i
    return len(lines) - first


def _states(line: str) -> bool:
    """Whether a line may state something of a project: it is long, or has a day, years or money."""
    return len(line) > SETTINGS.widest or _STATED.search(line) is not None


def lay_out(
    text: str, lines: Sequence[Physical], furniture: Sequence[int], *, years: bool = True
) -> Layout:
    """Make the view of a text; lines apart are divided by a blank line.

    `lines` are its non-blank lines without furniture, in reading order, `furniture` is where lines
    of it begin. With `years` a line may end between a hyphen and a digit, as printed ones do
    (2014-/2020).
    """
    unseen = _UNSEEN.search(rare(text)) is not None
    edits: list[Edit] = []
    wraps = set()
    dropped: list[int] = []
    waiting = sorted(furniture, reverse=True)
    length = number = at = 0
    for i, line in enumerate(lines):
        above = lines[i - 1] if i else None
        while waiting and waiting[-1] < line.start:
            waiting.pop()
            dropped.append(length)
        breaks = 0
        if above is not None and not _divided(text, above, line, years):
            breaks = 2 if line.apart else 1
            if above.full and not line.apart:
                wraps.add(number)
        if text[at : line.start] != "\n" * breaks:
            edits.append((at, line.start, "\n" * breaks))
        length += breaks + line.end - line.start
        number += breaks
        at = line.end
        for match in _UNSEEN.finditer(text, line.start, line.end) if unseen else ():
            edits.append((*match.span(), ""))
            length -= 1
    dropped += [length] * len(waiting)
    if at < len(text):
        edits.append((at, len(text), ""))
    whole = Mapped(text).edited(edits)
    return Layout(whole.text, whole.starts, whole.ends, frozenset(wraps), tuple(dropped))


def _divided(text: str, above: Physical, line: Physical, years: bool) -> bool:
    """Whether a word runs on from one line to the next."""
    if text[above.end - 1] not in _HYPHENS:
        return text.endswith("://", above.start, above.end)
    last = text[max(above.start, above.end - 2) : above.end]
    if last.endswith(SOFT_HYPHEN):
        return True
    if not above.full or line.apart or not _HYPHENED.search(last):
        return False
    following = text[line.start : line.end].split(None, 1)[0]
    if following[0].isdigit() and not years:
        return False
    return following.strip(",.;").casefold() not in AND


def plain(text: str) -> Layout:
    """Lay out a plain text: find its furniture, its width and its wraps."""
    texts = [line for line in text.split("\n") if line and not line.isspace()]
    put = furniture(texts)
    put.update(range(len(texts) - tail(texts), len(texts)))
    full = _full([line for i, line in enumerate(texts) if i not in put])
    unchanged = not put and not _UNSEEN.search(rare(text))
    if unchanged and not full:
        # Most texts have each paragraph on one line.
        return Layout(text, array("L"), array("L"), frozenset(), ())
    slices = [m.span() for m in re.finditer(r"[^\n]+", text) if not m[0].isspace()]
    kept = [piece for i, piece in enumerate(slices) if i not in put]
    dropped = [slices[i][0] for i in sorted(put)]
    # Where furniture always has blank lines around it they are its own, not a paragraph's.
    padded = all(_BLANK_BELOW.match(text, s) and _BLANK_ABOVE.search(text[:s]) for s in dropped)
    lines = []
    for i, (start, end) in enumerate(kept):
        above = kept[i - 1][1] if i else 0
        between = sum(above <= place < start for place in dropped) if dropped else 0
        apart = text.count("\n", above, start) - between > 1
        if between and padded and i - 1 in full:
            # Then only a line with room left on it ends a paragraph at the end of a page.
            apart = False
        lines.append(Physical(start, _trimmed(text, start, end), i in full, apart))
    if unchanged and not any(_divided(text, *two, False) for two in pairwise(lines)):
        numbers = {i: text.count("\n", 0, line.start) for i, line in enumerate(lines) if line.full}
        wraps = frozenset(
            number for i, number in numbers.items() if i + 1 < len(lines) and not lines[i + 1].apart
        )
        return Layout(text, array("L"), array("L"), wraps, ())
    # No program wraps a text between a hyphen and a digit: "2012- 2013" had its space.
    return lay_out(text, lines, dropped, years=False)


def _trimmed(text: str, start: int, end: int) -> int:
    # A row of a list ends with its last cell, an empty one too.
    if text.count("\t", start, end) >= CSV.cells:
        return end
    return start + len(text[start:end].rstrip())


def _full(lines: Sequence[str]) -> set[int]:
    """Lines on which the first word of the next had no room, in a text that is wrapped."""
    widths: list[int] = []
    width = 0
    for line in lines:
        widths.append(len(line.rstrip().lstrip("\f").expandtabs()))
        # A long address has no place to be wrapped at.
        if widths[-1] > width and " " in line.strip():
            width = widths[-1]
            if width > SETTINGS.widest:
                return set()
    full = {
        i
        for i in range(len(lines) - 1)
        if widths[i] + 1 + len(lines[i + 1].split(None, 1)[0]) > width
    }
    if len(full) >= max(SETTINGS.wraps, SETTINGS.wrapped * len(lines)):
        return full
    within = sum(_goes_on(lines[i], lines[i + 1]) for i in full) if width >= SETTINGS.wide else 0
    return full if within >= SETTINGS.few and within * 2 > len(full) else set()


def _goes_on(line: str, below: str) -> bool:
    """Whether a sentence goes on from one line to the one below."""
    first = below.lstrip()[:1]
    return line.rstrip()[-1] not in ".!?:;" and (first.islower() or first.isdigit())
