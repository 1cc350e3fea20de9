"""Signs that programs put before every line of a text: bullets, dashes, quotation marks, numbers.

A person puts them before some lines. Only where they stand before all lines of a text, or before
all of a quoted passage, are they no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from esrdata.documents.mapped import Edit


@dataclass(frozen=True, slots=True)
class LineSignSettings:
    """When signs before lines are no part of a text."""

    fewest: int = 8  # a text has at least so many lines with a sign
    share: float = 0.9  # and so large a share of the lines that begin at its margin
    # paragraphs, begun: or so many lines and this share of them, the first line among them: then
    # the signs stand before paragraphs, and lines without one only go on.
    paragraphs: int = 20
    begun: float = 0.5
    run: int = 3  # so many lines in a row are quoted (`>`), blank ones not counted
    # Where a smaller share of all lines has a sign, the others being blank or going on, none counts
    few: float = 0.15


SETTINGS = LineSignSettings()

# Word writes some bullets with letters of its fonts of signs, and "o" before a tab.
_SIGN = re.compile(
    r"[ \t\u00a0]*(?:[•·▪■□●○◦‣⁃∙◆◇➢➤✓✔☐→*+\-–—\u2212\uf0b7\uf0a7\uf0d8\uf0fc]"
    r"(?:[ \t\u00a0\u2003]+|\Z)|[o§](?:\t[ \t]*|\Z))"
)
_SIGNS = frozenset("•·▪■□●○◦‣⁃∙◆◇➢➤✓✔☐→*+-–—\u2212\uf0b7\uf0a7\uf0d8\uf0fco§")
_NUMBER = re.compile(r"[ \t]*(?P<number>\d{1,4})(?:[.):|]|\t|(?= {2}))[ \t]*")
_QUOTED = re.compile(r"[ \t]*(?:[>|][ \t]?)*[>|](?=[ \t\n]|\Z|\w|[*#\-•])[ \t]?")
_LINE = re.compile(r"[^\n]+")


def line_signs(text: str) -> list[Edit]:
    """Signs before the lines of a text that are no part of it, to be taken off."""
    # Nearly every text has none: that is seen at the first signs of its lines.
    heads = [line.lstrip()[:1] for line in text.split("\n")]
    signed = sum(map(_SIGNS.__contains__, heads))
    quoted_lines = ">" in heads or "|" in heads
    numbered = next(filter(None, heads), "").isdigit()
    if not (quoted_lines or numbered or signed >= max(SETTINGS.fewest, SETTINGS.few * len(heads))):
        return []
    lines = [match.span() for match in _LINE.finditer(text) if not match[0].isspace()]
    quoted = _quoted(text, lines)
    behind = {start: end for start, end, _ in quoted}
    inner = [(behind.get(start, start), end) for start, end in lines]
    inner = [(start, end) for start, end in inner if text[start:end].strip()]
    signs = _bulleted(text, inner) or _numbered(text, inner)
    return sorted([*quoted, *signs])


def _quoted(text: str, lines: Sequence[tuple[int, int]]) -> list[Edit]:
    """Marks of quoted lines, where several follow one another."""
    if ">" not in text and "|" not in text:
        return []
    edits: list[Edit] = []
    every: list[Edit] = []
    run: list[Edit] = []
    filled = 0
    for start, end in [*lines, (len(text), len(text))]:
        match = _QUOTED.match(text, start, end)
        # A row of cells begins and ends with such a stroke.
        if match is not None and not ("|" in match[0] and text[match.end() : end].count("|")):
            run.append((start, match.end(), ""))
            every.append(run[-1])
            filled += match.end() < end
            continue
        if filled >= SETTINGS.run:
            edits += run
        run, filled = [], 0
    return every if _certain(every, lines) else edits


def _certain(edits: Sequence[Edit], lines: Sequence[tuple[int, int]]) -> bool:
    """Whether signs stand before all lines, or before all paragraphs from the first on."""
    if len(edits) < SETTINGS.fewest:
        return False
    if len(edits) >= SETTINGS.share * len(lines):
        return True
    first = edits[0][0] == lines[0][0]
    return first and len(edits) >= max(SETTINGS.paragraphs, SETTINGS.begun * len(lines))


def _bulleted(text: str, lines: Sequence[tuple[int, int]]) -> list[Edit]:
    found = [(start, end, _SIGN.match(text, start, end)) for start, end in lines]
    edits = [(start, match.end(), "") for start, _, match in found if match is not None]
    # The lines of a paragraph below the first stand below its text; a text may be indented whole.
    margin = min((_indent(text, *edit[:2]) for edit in edits), default=0)
    at_margin = [
        (start, end)
        for start, end, match in found
        if match is not None or _indent(text, start, end) <= margin
    ]
    return edits if _certain(edits, at_margin) else []


def _indent(text: str, start: int, end: int) -> int:
    line = text[start:end]
    return len(line) - len(line.lstrip())


def _numbered(text: str, lines: Sequence[tuple[int, int]]) -> list[Edit]:
    """Numbers of lines as editors show them: one more on each line, from the first on."""
    if len(lines) < SETTINGS.fewest:
        return []
    edits: list[Edit] = []
    number: int | None = None
    for start, end in lines:
        match = _NUMBER.match(text, start, end)
        if match is None or (number is not None and int(match["number"]) <= number):
            return []
        # Blank lines may have had their numbers, which went with them.
        if number is not None and int(match["number"]) > number + 2:
            return []
        number = int(match["number"])
        edits.append((start, match.end(), ""))
    return edits
