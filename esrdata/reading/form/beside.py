"""Reads a value by the templates of its label, and several values that stand side by side.

A space may stand between two values or between the thousands of one, and a value that is not there
leaves no trace in a line of text: ``120 300`` is two values or one. Such a line is read where there
is one way only to take it apart; the borders of cells, where the page has them, decide.
"""

import re
from collections.abc import Collection, Sequence
from itertools import combinations

from esrdata.knowledge import load
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.templates import WITH_THOUSANDS, Part, Template, read_part
from esrdata.reading.record import Status

Slice = tuple[int, int]
Parts = tuple[Part, ...]


def read_value(
    templates: Sequence[Template], text: str, blank_words: Collection[str] = ()
) -> Parts:
    """Read a value by the first template that fits.

    Strictly first, then with unreadable parts; where no template fits at all, every field of
    the first one is unreadable.

    `text`: the value. Tabs at its ends are the borders of empty cells. `blank_words`: folded words
    that stand for no value, in place of one of several values.
    """
    if any(template.side_by_side for template in templates):
        return _read_beside(templates, text, blank_words)
    left, bare = len(text) - len(text.lstrip()), text.strip()
    for strict in (True, False):
        for template in templates:
            parts = template.read(bare, strict=strict)
            if parts is not None:
                return _moved(parts, left)
    return tuple(
        Part(name, Status.UNREADABLE, None, left, left + len(bare)) for name in templates[0].fields
    )


def _read_beside(templates: Sequence[Template], text: str, blank_words: Collection[str]) -> Parts:
    """Read a text in the one way in which one of the templates takes it apart."""
    gaps = [m.span() for m in re.finditer(r"\s+", text)]
    cells = [m.span() for m in re.finditer(r"(?:(?<![^\S\t])[^\S\t]+)?\t[^\S\t]*", text)]
    left, bare = len(text) - len(text.lstrip()), text.strip()
    ways: set[Parts] = set()
    for template in templates:
        if not template.side_by_side:
            if len(template.slots) == 1 and not cells:
                ways.add(_parts(template, text, [], blank_words))
            continue
        borders = len(template.slots) - 1
        if len(cells) == borders:
            by_cell = _parts(template, text, cells, blank_words)
            if "\t" in bare or (text.startswith("\t") and _readable(by_cell)):
                # The cells are the values, each for itself.
                return by_cell
            # A tab at the end is the border of an empty cell, or an editor left it there.
            ways.add(by_cell)
        if len(gaps) <= SETTINGS.most_gaps:
            # Of a value that is blank no gap may be left, unless another template tells of that.
            lacking = borders if not cells and len(templates) == 1 else 0
            ends = [(0, 0)] * lacking, [(len(text), len(text))] * lacking
            for chosen in combinations([*ends[0], *gaps, *ends[1]], borders):
                ways.add(_parts(template, text, chosen, blank_words))
    readable = [way for way in ways if _readable(way)]
    if len(readable) == 1:
        return readable[0]
    return tuple(
        Part(name, Status.UNREADABLE, None, left, left + len(bare))
        for name in dict.fromkeys(name for template in templates for name in template.fields)
    )


def _parts(
    template: Template, text: str, gaps: Collection[Slice], blank_words: Collection[str]
) -> Parts:
    """The values between gaps."""
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(text)]
    return tuple(
        _value(read_part(name, kind, text[start:end], start), kind, text, blank_words)
        for (name, kind), start, end in zip(template.slots, starts, ends, strict=True)
    )


def _readable(parts: Parts) -> bool:
    return all(part.status is not Status.UNREADABLE for part in parts)


def _value(part: Part, kind: str, text: str, blank_words: Collection[str]) -> Part:
    """One of several values; the last thousands of a sum, and two sums as one, are no value."""
    words = text[part.start : part.end]
    if load.fold(words) in blank_words:
        return part._replace(status=Status.BLANK, content=None)
    large = isinstance(part.content, int | float) and abs(part.content) > SETTINGS.largest_beside
    if kind in WITH_THOUSANDS and (large or re.match(r"0\d", words)):
        return part._replace(status=Status.UNREADABLE, content=None)
    return part


def _moved(parts: Parts, by: int) -> Parts:
    if not by:
        return parts
    return tuple(part._replace(start=part.start + by, end=part.end + by) for part in parts)
