"""Reads the places of Markdown, plain text and the text of a PDF."""

import re
from collections.abc import Sequence
from html import unescape

from esrdata.proofing.places import CAPTION, FOOTNOTE, HEADING, PROSE, Gathering
from esrdata.proofing.shelf import shelf

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ROW = re.compile(r"\s*\|.*\||[^|]+\|[^|]+")
# An escaped pipe is a letter.
_PIPE = re.compile(r"(?<!\\)\|")
_DIVIDER = re.compile(r"(?=.*--)[\s|:+-]+$")
_NOTE = re.compile(r"\s*\[\^[^\]]+\]:\s*")
_MARK = re.compile(
    r"<!--.*?-->|~~[^~]+~~|<sup>[\[\d\],*]+</sup>|\^\d+\^|</?\w+/?>|\*\*|__"
    r"|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`|\[\^[^\]]+\]|!?\[(?=[^\]]+\]\()"
)
_LINK = re.compile(r"(?<=\w)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)])\s+")
# Gaps between cells of a table laid out with spaces or tabs.
_CELLS = re.compile(r"\s*\t\s*|\s{3,}")
# In plain text two spaces are enough where many rows have as many cells.
_NARROW = re.compile(r"\s*\t\s*|\s{2,}")
_RULE = re.compile(r"[\s=+_-]*[-=_]{3}[\s=+_-]*")
#: Greatest length of a heading: a line without a full stop.
_SHORT = 90
#: A line inside a paragraph may be a heading if so much shorter than the longest line.
_PART = 0.75
#: A soft hyphen at the end of a line, and a hyphen before the second half of a name.
_BROKEN = re.compile(r"\u00ad ?|(?<=\w-) (?=[A-ZÅÄÖ])")
#: A table has so many rows of equally many cells; with two-space gaps, so many.
_ROWS, _NARROW_ROWS = 2, 3


def markdown(text: str, gathered: Gathering) -> None:
    """Collect the places of a Markdown text."""
    lines = text.split("\n")
    lines = _without_front(lines)
    waiting: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = _HEADING.match(line)
        if heading is not None:
            _paragraph(waiting, gathered)
            gathered.put(HEADING, _bare(heading[2]), level=len(heading[1]))
        elif waiting and _UNDERLINE.match(line) and len(waiting) == 1:
            gathered.put(HEADING, _bare(waiting.pop()), level=1 if "=" in line else 2)
        elif _ROW.match(line) and at + 1 < len(lines) and _DIVIDER.match(lines[at + 1]):
            _paragraph(waiting, gathered)
            at = _pipes(lines, at, gathered)
            continue
        elif not line.strip():
            _paragraph(waiting, gathered)
        else:
            if _ITEM.match(line):
                _paragraph(waiting, gathered)
            waiting.append(line)
        at += 1
    _paragraph(waiting, gathered)


def _without_front(lines: list[str]) -> list[str]:
    """A text without the metadata between two rules at its beginning."""
    if lines and lines[0].strip() == "---" and "---" in [x.strip() for x in lines[1:40]]:
        return lines[[x.strip() for x in lines[1:]].index("---") + 2 :]
    return lines


def _bare(text: str) -> str:
    return unescape(_LINK.sub("", _MARK.sub("", text))).strip()


def _pipes(lines: Sequence[str], at: int, gathered: Gathering) -> int:
    number, row = gathered.table(), 0
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        if not _DIVIDER.match(lines[at]):
            for column, cell in enumerate(_PIPE.split(lines[at].strip().strip("|"))):
                gathered.cell(number, row, column, _bare(cell))
            row += 1
        at += 1
    return at


def _paragraph(waiting: list[str], gathered: Gathering) -> None:
    if waiting:
        text = " ".join(line.strip() for line in waiting)
        note = _NOTE.match(text)
        bare = _bare(text[note.end() :] if note else text)
        caption = shelf().caption.match(bare) is not None
        gathered.put(FOOTNOTE if note else CAPTION if caption else PROSE, bare)
        waiting.clear()


def plain(text: str, gathered: Gathering) -> None:
    """Collect the places of a plain text: paragraphs between empty lines, and tables."""
    for block in re.split(r"\n\s*\n", text.replace("\f", "\n\n")):
        lines(block.strip("\n").split("\n"), gathered, 0)


def lines(given: Sequence[str], gathered: Gathering, page: int) -> None:
    """Collect lines: rows of cells as tables, short lines as headings, others as paragraphs."""
    waiting: list[str] = []
    at = 0
    longest = max((len(line) for line in given), default=0)

    def goes_on(place: int) -> bool:
        following = given[place].strip() if place < len(given) else ""
        return bool(following) and not following[:1].isupper()

    def flush() -> None:
        if not waiting:
            return
        text = _BROKEN.sub("", " ".join(line.strip() for line in waiting))
        caption = shelf().caption.match(text) is not None
        heading = len(waiting) == 1 and _may_head(text)
        kind = CAPTION if caption else HEADING if heading else PROSE
        gathered.put(kind, text, page=page, level=int(kind == HEADING))
        waiting.clear()

    while at < len(given):
        line = given[at].strip()
        table = _table_from(given, at, _CELLS)
        if not page:
            narrow = _table_from(given, at, _NARROW)
            if len(narrow) >= max(_NARROW_ROWS, len(table) + 1):
                table = narrow
        if len(table) >= _ROWS:
            flush()
            number = gathered.table()
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    gathered.cell(number, row, column, cell, page=page)
            rows = 0
            while rows < len(table):
                rows += _RULE.fullmatch(given[at]) is None
                at += 1
            continue
        if not line:
            flush()
        elif (
            _may_head(line)
            and (not waiting or waiting[-1].rstrip().endswith((".", ":", "!")))
            and (not waiting or (len(line) < _PART * longest and not goes_on(at + 1)))
        ):
            flush()
            following = given[at + 1].strip() if at + 1 < len(given) else ""
            waiting.append(line)
            if not following or following[:1].isupper():
                flush()
        else:
            if _ITEM.match(line) or shelf().caption.match(line):
                flush()
            waiting.append(line)
        at += 1
    flush()


def _may_head(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith((".", ",", ";", ":")) and text[:1].isalnum()


def _table_from(lines: Sequence[str], at: int, gap: re.Pattern[str]) -> list[list[str]]:
    """The rows of a table that begins at a line; empty if there is none."""
    rows: list[list[str]] = []
    for line in lines[at:]:
        if rows and _RULE.fullmatch(line):
            # A rule below the headings or above the total.
            continue
        cells = gap.split(line.strip())
        if len(cells) < 2 or (rows and len(cells) != len(rows[-1])):
            break
        rows.append(cells)
    return rows
