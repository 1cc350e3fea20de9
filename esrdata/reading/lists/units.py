"""Units of single sums: in a column of units, in a note to a cell, in an attribute of XML.

Sums in thousands, in other money than euros, or of a part of a project, are not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import chain

from esrdata.documents.document import Document
from esrdata.documents.xml.tags import ATTRIBUTE
from esrdata.knowledge.headings import heading_key
from esrdata.reading.lists.block import Block
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.row import Place, Row
from esrdata.reading.lists.spec import is_unit, keys_of
from esrdata.reading.lists.sums import money
from esrdata.reading.lists.unit_words import is_other_unit, unit
from esrdata.reading.quantities.kinds import UnreadableError

# By where a row begins, the columns whose sums are others, and whether a zero there is one: in
# another unit it is, of a part it is not.
Doubted = Mapping[int, Mapping[int, bool]]
# What stands around the rows of a format: its name, if it has one, and its value.
_AROUND = {
    "json": re.compile(
        r'"([^"\\]{1,60}+)"\s*+:\s*+(?:"([^"\\]{1,200}+)"|(-?\d{1,9})\b)'
        r'|[\[,]\s*+"([^"\\]{1,200}+)"(?!\s*+:)'
    ),
    "xml": re.compile(
        r"<([^\W\d][^\s<>/]*+)[^<>]*+>([^<>]{1,200}+)</|<([!?])([^<>]{1,200}?)[?-]+>"
    ),
    "html": re.compile(
        r"\b(title|summary|aria-[\w-]+|data-[\w-]+)=[\"']([^\"'<>]++)"
        r"|(?<=\bcontent:)()\s*[\"']([^\"'<>]++)"
    ),
}
# Beginnings of attributes that say something of what they belong to.
_SAYING = ("title", "aria-", "data-")
_TAG = re.compile(r"<[^\W\d][^\s<>/]*+(?P<attributes>\s[^<>]*+)>")


def _is_of_euros(unit: str) -> bool:
    return is_unit(unit) or not heading_key(unit)


# ---- units of single sums


def doubted(block: Block) -> Doubted:
    """The sums that a cell of their row, or an attribute of their element, says to be another."""
    sums = list(block.heading.sums)
    found = defaultdict[int, dict[int, bool]](dict)
    for row, columns in chain(_beside(block, sums), _noted(block, sums)):
        found[row.start].update(dict.fromkeys(columns, True))
    document = block.document
    told_other = {"xml": _is_element_other, "html": _is_shown_other}.get(document.format)
    for row in block.rows if told_other is not None else ():
        for at in sums if row.cells is not None else ():
            assert row.cells is not None and told_other is not None
            if told_other(document, row.cells[at]):
                found[row.start][at] = True
    for row, columns in _of_parts(block):
        found[row.start].update(dict.fromkeys(columns, False))
    return dict(found)


def _of_parts(block: Block) -> Iterator[tuple[Row, list[int]]]:
    """The rows, and their columns of sums, in which a project may have those of a part.

    Each of several rows may have the sums of a year or a partner: so it is where a column says that
    (`Vuosi`, `Osapuoli`), and of sums that differ where another column that no list has differs.
    Where years tell a project's sums apart, those of a project with one row are of one year too.
    """
    heading, sums = block.heading, block.heading.sums
    unknown = [i for i, column in enumerate(heading.columns) if column is None]
    at = heading.code_at
    if not unknown or at is None or not sums:
        return
    names, periods = set(map(heading_key, heading.unknown)), keys_of("part_periods")
    named = not names.isdisjoint(keys_of("part_names") | keys_of("part_columns") | periods)
    by_code = defaultdict[str, list[Row]](list)
    for row in block.rows:
        by_code[block.text(row, at)].append(row)
    found = list[tuple[Row, list[int]]]()
    is_apart = False
    for code, several in by_code.items():
        if not code or len(several) == 1:
            continue
        differing = {i for i in (*unknown, *sums) if len({*block.texts(i, several), ""}) > 2}
        apart = [c for c in sums if c in differing and not differing <= sums.keys()]
        is_apart = is_apart or bool(apart)
        found += ((row, list(sums) if named else apart) for row in several)
    of_periods = is_apart and not names.isdisjoint(periods)
    yield from ((row, list(sums)) for row in block.rows) if of_periods else found


def _beside(block: Block, sums: Sequence[int]) -> Iterator[tuple[Row, Sequence[int]]]:
    """The rows and columns of sums beside which a column of units has another than euros.

    It is that of all sums, or without a heading that of the column before it.
    """
    heading = block.heading
    cells = block.view[heading.start : heading.end].rsplit("\n", 1)[-1].split(heading.divider)
    keys = enumerate(map(heading_key, cells[: len(heading.columns)]))
    unknown = [(i, key) for i, key in keys if heading.columns[i] is None]
    named = [i for i, key in unknown if key in keys_of("unit_headings")]
    unnamed = [i for i, key in unknown if not key]
    for row in block.rows if named or unnamed or heading.nameless else ():
        if not all(_is_of_euros(block.text(row, at)) for at in named):
            yield row, sums
        for at in unnamed:
            if unit().fullmatch(block.text(row, at)):
                yield row, [at - 1] if at - 1 in sums else sums
        behind = block.behind(row) if heading.nameless else ""
        if any(map(_is_unit, behind.split(heading.divider))):
            yield row, sums


def _noted(block: Block, sums: Sequence[int]) -> Iterator[tuple[Row, Sequence[int]]]:
    """The rows and columns of sums for which a note to a cell holds.

    A note to a heading is of its column, one to a cell of a row is of that sum or of the row, and
    any other of all.
    """
    document, heading = block.document, block.heading
    page = document.view.count("\f", 0, heading.start) + 1
    rows = {document.line_index(r.start): r for r in block.rows} if document.beside else {}
    for note in document.beside:
        if note.line is None or note.column is None or note.page != page:
            continue
        # The first line may be the name of its writer.
        if not any(map(is_other_unit, note.text.splitlines())):
            continue
        first, last = (document.line_index(at) for at in (heading.start, heading.end))
        of_heading = first <= note.line <= last and note.column < len(heading.columns)
        if of_heading and heading.columns[note.column] is None:
            continue
        columns = [note.column] if note.column in sums else sums
        noted = [rows[note.line]] if note.line in rows else block.rows
        yield from ((row, columns) for row in noted)


def _is_element_other(document: Document, cell: Place) -> bool:
    """Whether an attribute of the element of a sum tells what is not understood.

    What divides a cell from the one before has the place of its element; of a cell that has none
    that is the place of its row, whose attributes are the cells.
    """
    tag = _TAG.match(document.text, document.starts[cell[0] - 1])
    of_sum = cell[0] < cell[1]
    for name, value in _attributes(tag["attributes"]) if tag is not None else ():
        key = heading_key(name.rpartition(":")[2])
        if key in keys_of("unit_headings"):
            other = not _is_of_euros(value)
        elif of_sum:
            other = key not in keys_of("plain_attributes") or _is_unit(value)
        else:
            other = key in keys_of("part_names") | keys_of("part_periods") or _is_unit(value)
        if other:
            return True
    return False


def _is_shown_other(document: Document, cell: Place) -> bool:
    """Whether attributes of a cell of a page hold another unit, or another number than it shows."""
    if cell[0] == cell[1]:
        return False
    start, end = document.starts[cell[0]], document.ends[cell[1] - 1]
    source = document.text[max(document.text.rfind("<t", 0, start), 0) : end]
    shown = document.view[slice(*cell)]
    for name, value in _attributes(source) if "=" in source else ():
        if heading_key(name) in keys_of("number_attributes") and _sum(value) not in (
            None,
            _sum(shown),
        ):
            return True
        if name.startswith(_SAYING) and (is_other_unit(value) or _is_unit(value)):
            return True
    return False


def _sum(text: str) -> float | None:
    try:
        return money(text.strip())
    except UnreadableError:
        return None


def _is_unit(text: str) -> bool:
    return unit().fullmatch(text.strip()) is not None


def _attributes(source: str) -> Iterator[tuple[str, str]]:
    for found in ATTRIBUTE.finditer(source):
        yield found[1], unescape(found[2] or found[3] or "")


def told_around(document: Document, heading: Heading) -> list[str]:
    """What stands around the rows of XML or JSON, as attributes, elements or members, as lines."""
    if heading.end >= len(document.starts) or document.format not in _AROUND:
        return []
    begin, end = document.starts[heading.end], document.ends[-1]
    # What divides the two belongs to neither.
    around = f"{document.text[:begin]}\n;\n{document.text[end:]}"
    if document.format == "html":
        # Of a page, what belongs to the headings, and what its style sets behind texts.
        table = document.text.rfind("<table", 0, document.starts[heading.start])
        styles = re.findall(r"\bcontent:\s*[\"'][^\"'<>]+[\"']", document.text[:begin])
        around = "\n".join([*styles, document.text[max(table, 0) : begin]])
    found = _AROUND[document.format].findall(around)
    members = [("", *filter(None, each))[-2:] for each in found]
    for tag in _TAG.finditer(around) if document.format == "xml" else ():
        members += _attributes(tag[0])
    # Of a description of a column its heading tells.
    headings = document.view[heading.start : heading.end].split("\t")
    told = [f"{name}: {unescape(value)}" for name, value in members if value not in headings]
    scaled = any(_is_factor(heading_key(name), value) for name, value in members)
    return [*told, "x 1000"] if scaled else told


def _is_factor(key: str, value: str) -> bool:
    """Whether a member tells by how much sums are to be multiplied, or digits that they lack."""
    if key in keys_of("decimal_names"):
        return value.startswith("-")
    return key in keys_of("factor_names") and value.isdecimal() and int(value) > 1
