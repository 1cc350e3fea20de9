"""Sums that are not read because what stands beside their headings is not understood.

Over and under the heading of a sum, and in a note to it, every word must be one that changes
nothing of a sum of a project.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat, takewhile

from esrdata.documents.json_apart import LABELS
from esrdata.knowledge import load
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import CODE_SHAPE
from esrdata.reading.lists.spec import Column, note_mark, pattern_of
from esrdata.reading.lists.unit_words import is_other_unit, of_euros, unit

# A number of a part, and a year that is no end of a period and in no day.
_SHORT = re.compile(r"\d\d?")
_YEAR = re.compile(r"(?<![\d.–-])(?<![–-]\s)(?:19|20)\d\d(?!\s?[–-]|\d)")
# A note below or above a list.
_NOTE = re.compile(
    r"\s*(\*{1,3}|[¹²³\u2074-\u2079]{1,2}|\d{1,2}(?=\)|\s+[A-ZÅÄÖ]))\)?[.:=]?\s*(?=[^\W\d])"
)
# An object of JSON, as far as one is that describes a column, and the texts in it.
_OBJECT = re.compile(r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)?\}")
_MEMBER = re.compile(r'"([^"\\]++)"\s*+:\s*+"([^"\\]++)"')
# Kinds of cells that no words are.
_NUMBERS = frozenset({"list_money", "date"})
# The fields of sums, and whether a zero holds for the whole, as in another unit.
Doubtful = dict[str, bool]


def doubtful_sums(block: Block, lines: Sequence[str]) -> Doubtful:
    """The sums over, under or to whose headings something stands that is not understood.

    And those that may stand under each other's headings. `lines` are those beside the rows.
    """
    view, heading = block.view, block.heading
    found = dict.fromkeys(_under_one(block), False)
    for line, near in _above(view, heading):
        found |= _over(line, heading, near=near)
    if heading.upper is not None:
        upper = _over(view[slice(*heading.upper)], heading, near=True)
        found |= {f: zero for f, zero in upper.items() if f not in heading.halves}
    for row in takewhile(lambda row: row.start in block.notes, block.rows):
        found |= _under(view[row.start : row.end], heading)
    found |= _noted(heading, lines)
    found |= dict.fromkeys(_labelled(block), False)
    if _is_shifted(block):
        found |= dict.fromkeys(heading.sums.values(), False)
    return found


def _labelled(block: Block) -> Iterator[str]:
    """The sums of JSON that the label of their column, beside the rows, calls something else."""
    document, heading = block.document, block.heading
    if document.format != "json" or heading.end >= len(document.starts):
        return
    around = document.text[: document.starts[heading.end]], document.text[document.ends[-1] :]
    for described in chain.from_iterable(map(_OBJECT.findall, around)):
        members = _MEMBER.findall(described)
        columns = (heading.spec.named([heading_key(text)]) for _, text in members)
        fields = {column.field for column in columns if column is not None}
        if len(fields) > 1 or any(name in LABELS and is_strange(text) for name, text in members):
            yield from fields.intersection(heading.sums.values())


def _under_one(block: Block) -> Iterator[str]:
    """The sums whose heading reaches over other columns, with none of their own right below."""
    merged, heading = block.document.merged, block.heading
    if not (merged and block.rows and block.has_code(block.rows[0])):
        return
    line = block.document.line_index(heading.end)
    for first, last, column, width in merged:
        over = heading.columns[column : column + width]
        if width > 1 and first <= line <= last and not any(over[1:]) and column in heading.sums:
            yield heading.sums[column]


def _above(view: str, heading: Heading) -> Iterator[tuple[str, bool]]:
    """The lines above the headings, and whether they go with these: the next one at the margin ends
    what does.
    """
    end, near = heading.start - 1, True
    while end > 0 and view[end] != "\f":
        start = max(view.rfind(sign, 0, end) for sign in "\n\f") + 1
        line = view[start:end]
        if CODE_SHAPE.search(line):
            return
        if line.strip():
            yield line, near
            near = near and not line.split(heading.divider)[0].strip(' "')
        end = start - 1


def _over(line: str, heading: Heading, *, near: bool) -> Doubtful:
    """The sums over whose headings a line says that they are of something else.

    Where it goes with the headings (`near`) any word counts that lists do not have there.
    """
    cells = [cell.strip() for cell in line.split(heading.divider)]
    reached = dict(_reached(line, heading))
    # Of a page, cells over several columns may have none of their own.
    if any(of_euros().match(cell) and unit().fullmatch(cell) for cell in cells) or any(
        map(unit().fullmatch, reached.values())
    ):
        return dict.fromkeys(reached, True)
    strange = is_strange if near else pattern_of("of_a_part").fullmatch
    return {field: False for field, cell in reached.items() if cell and strange(cell)}


def _under(line: str, heading: Heading) -> Doubtful:
    """The same of a line between the headings and the first project, without a project code."""
    at, cells = heading.code_at, line.split(heading.divider)
    if at is None or "".join(cells[at : at + 1]).strip(' "'):
        return {}
    under = ((field, cell) for field, cell in _reached(line, heading) if cell and is_strange(cell))
    return {field: unit().fullmatch(cell) is not None for field, cell in under}


def _reached(line: str, heading: Heading) -> Iterator[tuple[str, str]]:
    """Each sum, and the cell of a line over or under it: one reaches to the next that is full."""
    over = ""
    cells = chain(line.split(heading.divider), repeat(""))
    for at, cell in zip(range(len(heading.columns)), cells, strict=False):
        over = cell.strip(' "') or over if at in heading.sums else ""
        if at in heading.sums:
            yield heading.sums[at], over


def _noted(heading: Heading, lines: Iterable[str]) -> Doubtful:
    """The sums to whose headings a note says what is not understood."""
    if not heading.marks:
        return {}
    cells = (cell.strip(' "') for line in lines for cell in line.split(heading.divider))
    notes = [(found[1], cell[found.end() :]) for cell in cells if (found := _NOTE.match(cell))]
    told = {note_mark(mark): text for mark, text in notes}
    texts = {field: told.get(mark, "") for field, mark in heading.marks.items()}
    return {f: is_other_unit(text) for f, text in texts.items() if text and is_strange(text)}


def is_strange(cell: str) -> bool:
    """Whether a cell beside the heading of a sum has a year, a share or a word not usual there."""
    is_part = pattern_of("of_a_part").fullmatch(cell) or _SHORT.fullmatch(cell)
    known = _usual().fullmatch(load.fold(cell)) is not None and not unit().fullmatch(cell)
    return bool(is_part or _YEAR.search(cell)) or not known


@per_shelf
def _usual() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\w%‰]|\d|\b(?:{'|'.join(load.cells()['beside_sums'])})\b)*+")


def _is_shifted(block: Block) -> bool:
    """Whether sums may stand under each other's headings, by one of these too many or too few.

    One may have come in where rows are shorter than the headings, or where the cells of a column
    that no list has are such as the next ones hold, of which the last has none. One may be lost
    where sums stand behind the last one.
    """
    # Sums of all rows may well stand in their own columns.
    full = [row for row in block.rows if row.cells and row.start not in block.notes]
    heading, columns = block.heading, block.heading.columns
    last = max(heading.sums, default=-1)
    if last < 0:
        return False
    lacking = min((row.lacking for row in full), default=0)
    if lacking > 0 and last >= len(columns) - lacking:
        return True
    if heading.nameless and last == len(columns) - 1:
        behind = [block.behind(row).split(heading.divider)[1:] for row in full]
        alone = not any("".join(cells[1:]).strip(' "') for cells in behind)
        if alone and _are_such(columns[last], chain.from_iterable(behind)):
            return True
    for at, following in enumerate(columns[1:]):
        if columns[at] is None and following is not None and following.kind in _NUMBERS:
            kinds = [column.kind if column else following.kind for column in columns]
            other = (i for i, kind in enumerate(kinds) if i > at and kind != following.kind)
            end = next(other, len(columns)) - 1
            held = filter(None, (text.strip(' "') for text in block.texts(end, full)))
            if not any(map(following.reads, held)) and _are_such(following, block.texts(at, full)):
                return True
    return False


def _are_such(column: Column | None, texts: Iterable[str]) -> bool:
    """Whether most cells are such as a column holds, and there are some."""
    full = list(filter(None, (text.strip(' "') for text in texts)))
    if column is None or any(map(unit().fullmatch, full)):
        return False
    return 2 * sum(map(column.reads, full)) > len(full)
