"""Reads the rows of a table or a list of questions: labels in the order of the form, each with
its values, and an author's free text between them.

Programs that turn pages into text know nothing of cells: the values of a row may stand behind its
label, under it, on any line of a label that wraps, or all together below a column of labels.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from esrdata.documents.document import Line, LinePattern
from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.builder import Draft
from esrdata.reading.form.alignment import best_chain
from esrdata.reading.form.entries import Label, below, read_entry
from esrdata.reading.form.headings import find_labels, whole_lines
from esrdata.reading.form.settings import SETTINGS
from esrdata.reading.form.spec import Entry, Section, first_signs, words_pattern
from esrdata.reading.form.values import Slice, fits, joined, read_pieces, read_templates
from esrdata.reading.quantities.figures import whole
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.record import Status

_NO_PROSE = re.compile(
    rf"(?=.{{0,{SETTINGS.longest_odd_value}}}$)"
    rf"\S+(?:\s+\S+){{0,{SETTINGS.words_of_odd_value - 1}}}"
)


class _Row(NamedTuple):
    """A line that reads like a row: its label, the pieces of its value, and what they are worth.

    `pieces` stand among the words of the label, which is `broken` then, behind it or under it;
    `whole` tells that they are what the label asks for, `end` where the last of them ends.
    """

    place: int
    entry: Entry
    start: int
    label_end: int
    end: int
    pieces: tuple[Slice, ...]
    whole: bool
    worth: float
    broken: bool


def read_rows(draft: Draft, section: Section, order: int, start: int, end: int) -> None:
    """Read the rows of a section whose labels come in the order of the form.

    A row that the form declares and the page lacks is reported: what stands in its place belongs
    to another one then.
    """
    found = sorted(_candidates(draft, section, order, start, end), key=lambda row: row.start)
    chain = best_chain([row.place for row in found], lambda i: found[i].worth, lambda i, j: 0.0)
    for index in chain.doubtful:
        line = draft.line_at(found[index].start)
        draft.report("heading_ambiguous", line=line, raw=draft.quoted(line))
    rows = [found[i] for i in chain.chosen]
    stops = [*(row.start for row in rows[1:]), end][: len(rows)]
    # Where every row has its values beside its label, other numbers are an author's.
    unsure = any(_unsure(draft, row) for row in rows)
    beside = [
        list(_numbers_apart(draft, row, stop)) if unsure else []
        for row, stop in zip(rows, stops, strict=True)
    ]
    apart = [line for lines in beside for line in lines]
    if apart:
        raw = " ".join(line.text.strip() for line in apart)
        draft.report("values_apart", line=apart[0], raw=raw)
    for row, stop, lines in zip(rows, stops, beside, strict=True):
        # The first numbers of a column may stand beside the label above the others.
        sure = not apart or (row.whole and len(row.pieces) == 1 and not lines)
        _read_row(draft, row, stop, sure=sure)
    _report(draft, section, found, rows, chain.doubtful, start)


def _candidates(draft: Draft, section: Section, order: int, start: int, end: int) -> Iterator[_Row]:
    document, language = draft.document, draft.record.language
    for hit in find_labels(document, draft.form, language, order, start, end):
        for i in hit.entries:
            row = _row(draft, section, i, (hit.start, hit.end), (), end)
            if row is not None:
                yield row
    for i, entry in enumerate(section.entries):
        for label in entry.labels.get(language, ()):
            pattern = _broken(label, entry.colon, _values(draft, entry))
            for match in document.matches(pattern, start, end) if pattern else ():
                inside = tuple(_lines_in(match)) if match.lastindex else ()
                if inside:
                    row = _row(draft, section, i, match.span(), inside, end)
                    if row is not None:
                        yield row


def _lines_in(match: re.Match[str]) -> Iterator[Slice]:
    """Lines of values among the words of a label."""
    for group in match.re.groupindex:
        for line in re.finditer(r"\S[^\n]*", match[group] or ""):
            start = match.start(group)
            yield start + line.start(), start + line.start() + len(line[0].rstrip())


def _values(draft: Draft, entry: Entry) -> str:
    """A pattern of one or more values of an entry on a line; empty where it may be any text."""
    if entry.codes is not None:
        return _coded(entry.codes)
    kinds = {kind for template in draft.templates(entry) for _, kind in template.slots}
    return "" if "text" in kinds else _run(frozenset(kinds))


@per_shelf
def _coded(codes: str) -> str:
    return "|".join(words_pattern(text) for text in load.labels(codes))


@cache
def _run(kinds: frozenset[str]) -> str:
    """Values of these kinds on one line, with space between them, or a stroke."""
    if not kinds:
        return ""
    one = "|".join(f"(?:{KINDS[kind].pattern})" for kind in sorted(kinds))
    return rf"(?:{one})(?:[^\S\n]+(?:/[^\S\n]+)?(?:{one}))*"


@cache
def _broken(label: str, colon: bool, values: str) -> LinePattern | None:
    """A label with values at the end of one of its lines, or on a line between two of them."""
    words = [words_pattern(word) for word in label.split()]
    if not values or len(words) < 2:
        return None
    text = words[0]
    for i, word in enumerate(words[1:]):
        more = rf"(?:\s*\n\s*(?:{values}))*"
        value = rf"[^\S\n]*(?:\n\s*)?(?<!\S)(?P<v{i}>(?:{values}){more})[^\S\n]*\n\s*"
        text += rf"(?:\s+|{value}){word}"
    end = r"[^\S\n]*?(?::|(?=\t))" if colon else r"(?!\w)(?:[^\S\n]*:)?"
    line = re.compile(rf"[^\S\n]*{text}{end}", re.MULTILINE)
    return LinePattern(line, first_signs([label]))


def _row(
    draft: Draft,
    section: Section,
    place: int,
    label: Slice,
    inside: tuple[Slice, ...],
    end: int,
) -> _Row | None:
    """A candidate with its value; None where the label stands in prose."""
    entry = section.entries[place]
    start, label_end = label
    line = draft.line_at(label_end)
    stop = min(line.end, end)
    rest = draft.strip(label_end, stop)
    text = draft.document.view[slice(*rest)]
    pieces = (*inside, rest) if text else inside

    def row(whole: bool, worth: float, pieces: tuple[Slice, ...] = pieces, at: int = stop) -> _Row:
        return _Row(place, entry, start, label_end, at, pieces, whole, worth, bool(inside))

    if entry.mark:
        heads = whole_lines(section.furniture, draft.record.language).pattern
        return row(True, SETTINGS.alone) if not text or heads.fullmatch(text) else None
    if pieces and fits(draft, entry, joined(draft, draft.templates(entry), pieces)):
        return row(True, SETTINGS.fitting)
    values = _values(draft, entry)
    if _asks_numbers(draft, entry) and (not text or re.fullmatch(values, text)):
        under = tuple(_numbers_under(draft, values, stop, end))
        pieces = (*pieces, *under)
        if pieces:
            whole = fits(draft, entry, joined(draft, draft.templates(entry), pieces))
            worth = SETTINGS.fitting if whole else SETTINGS.filled
            return row(whole, worth, pieces, pieces[-1][1] if under else stop)
    if not text and below(draft, entry, line.end, end):
        return row(True, SETTINGS.fitting)
    if not text:
        return row(True, SETTINGS.alone)
    if entry.colon:
        return row(True, SETTINGS.filled)
    return row(True, SETTINGS.alone) if _NO_PROSE.fullmatch(text) else None


def _numbers_under(draft: Draft, values: str, start: int, end: int) -> Iterator[Slice]:
    """The lines right under a label that hold nothing but values."""
    for line in draft.lines(start, end):
        if re.fullmatch(rf"\s*(?:{values})\s*", line.text):
            yield draft.strip(line.start, line.end)
        elif not line.blank:
            return


def _asks_numbers(draft: Draft, entry: Entry) -> bool:
    return entry.codes is None and bool(_values(draft, entry))


def _unsure(draft: Draft, row: _Row) -> bool:
    """Whether a row of numbers has none, others than it asks for, or not all in one place."""
    return _asks_numbers(draft, row.entry) and (not row.whole or len(row.pieces) != 1)


def _numbers_apart(draft: Draft, row: _Row, stop: int) -> Iterator[Line]:
    """Lines up to the next row that hold nothing but values and belong to no row for sure.

    A program that reads a table column by column leaves one value in each row and the others
    below the last: then no line of values of its own is sure to be its row's.
    """
    if not _asks_numbers(draft, row.entry):
        return
    values, bounds = _values(draft, row.entry), draft.form.score_bounds
    for line in draft.lines(row.end if row.whole else row.label_end, stop):
        if re.fullmatch(rf"\s*(?:{values})\s*", line.text):
            numbers = [whole(number) for number in re.findall(r"\d+", line.text)]
            # A year alone on a line is an author's.
            if bounds is None or all(bounds[0] <= n <= bounds[1] for n in numbers):
                yield line


def _read_row(draft: Draft, row: _Row, stop: int, *, sure: bool) -> None:
    entry, templates = row.entry, draft.templates(row.entry)
    numbers = _asks_numbers(draft, entry)
    if not (numbers and (row.pieces or not sure)) and not row.broken:
        read_entry(draft, Label(entry, row.start, row.label_end, stop))
        return
    draft.claim(row.start, row.end)
    if not (row.whole and sure):
        pieces = row.pieces or ((row.start, row.label_end),)
        for name in templates[0].fields:
            draft.put(name, Status.UNREADABLE, None, pieces[0][0], pieces[-1][1])
    elif len(row.pieces) == 1:
        read_templates(draft, templates, *row.pieces[0])
    else:
        read_pieces(draft, templates, row.pieces)
    if entry.free_text is not None:
        draft.put_text(entry.free_text, row.end, stop)


def _report(
    draft: Draft,
    section: Section,
    found: Sequence[_Row],
    rows: Sequence[_Row],
    doubtful: Sequence[int],
    start: int,
) -> None:
    """Report rows that the page lacks, or their numbers, and rows in an author's text."""
    language = draft.record.language
    placed = {row.place for row in rows if row.pieces or not _asks_numbers(draft, row.entry)}
    missing = [
        entry.labels[language][0]
        for i, entry in enumerate(section.entries)
        if i not in placed and language in entry.labels and not (entry.mark or entry.optional)
    ]
    if missing:
        draft.report("row_missing", line=draft.line_at(max(start - 1, 0)), raw=" · ".join(missing))
    known = {row.start for row in [*rows, *(found[i] for i in doubtful)]}
    for row in found:
        whole = not row.pieces or row.worth >= SETTINGS.fitting
        if row.start not in known and whole and not row.entry.mark:
            line = draft.line_at(row.start)
            draft.report("label_in_text", line=line, raw=draft.quoted(line))
            known.add(row.start)
