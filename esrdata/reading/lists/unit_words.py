"""Which sums of a list are in another unit than euros, by what lines beside its rows say.

A line that names a column of the list says so of that one, any other of all sums.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from esrdata.knowledge import load
from esrdata.knowledge.headings import heading_key
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.heading import Heading
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.lists.spec import pattern_of

# A part of a line: one in brackets, or one between other signs, or a sentence.
_PART = re.compile(
    r"\(([^()]*)\)|[^(),:;\t.]++(?:\.(?!\s+[A-ZÅÄÖ])[^(),:;\t.]*+)*+|\.(?=\S)[^(),:;\t.]*+"
)
_BETWEEN = re.compile(r"[\t;|]")
# The mark of a note before its words.
_NOTE = re.compile(r"\A\s*+(?:\d{1,2}|[¹²³\u2074-\u2079])[).]?\s*+(?=[A-ZÅÄÖ][a-zåäö])")
# A number of a part, and a year that is no end of a period and in no day.
_SHORT = re.compile(r"\d\d?")
_YEAR = re.compile(r"(?<![\d.–-])(?<![–-]\s)(?:19|20)\d\d(?!\s?[–-]|\d)")
_NUMBER = re.compile(r"(?:^|\t)[^\S\t]*+-?\d(?:[\d.,]|[^\S\t])*+[%€]?[^\S\t]*+(?=\t|$)")


@per_shelf
def unit() -> re.Pattern[str]:
    """A unit of sums that is not the euro, with what may stand beside it."""
    words = load.cells()
    other = "|".join(map(re.escape, load.quantities("sums")["other_currencies"]))
    scaled, beside = "|".join(words["scaled"]), "|".join(words["scaled_beside"])
    one = rf"(?:(?:{scaled})\w*|(?:{other})(?!\w))"
    return re.compile(rf"(?:(?!{one})(?:\W|(?:{beside})\b))*+{one}\W*", re.IGNORECASE)


@per_shelf
def _scale() -> re.Pattern[str]:
    # `Hankkeita 1 000 Euroopan alueella` has none.
    return re.compile(rf"(?:{'|'.join(load.cells()['scaled'])})(?!oop)", re.IGNORECASE)


@per_shelf
def _of_euros() -> re.Pattern[str]:
    """What tells that thousands are those of euros: the euro, zeros, or a word for sums."""
    words = "|".join(load.cells()["sum_words"])
    return re.compile(rf"€|eur|000|noll|zero|\b(?:{words})", re.IGNORECASE)


@per_shelf
def _before_sums() -> frozenset[str]:
    """Words before a sum, as far as one stands right before it."""
    words = load.quantities("sums")
    known = [*words["qualifiers"].values(), words["total"]]
    listed = (word for group in known for each in group.values() for word in each)
    signs = (sign for each in words["qualifier_signs"].values() for sign in each)
    return frozenset([*(w.split()[-1] for w in listed), *signs, *load.cells()["before_sums"]])


def is_other_unit(line: str) -> bool:
    """Whether a line says that sums are thousands, millions or other money than euros.

    Its only cells say so, or a part of it between brackets (`Hankkeet (1 000 €)`); a part between
    other signs says so in words (`Tilanne 1.2.2016, luvut tuhansina euroina`), since a sum of a
    thousand euros may stand anywhere.
    """
    line = _NOTE.sub("", line, 1)
    cells = [cell.strip() for cell in _BETWEEN.split(line) if cell.strip()]
    if cells and all(map(unit().fullmatch, cells)):
        return True
    # `Yksikkö:` and `1 000 €` may stand in two cells.
    if len(cells) == 2 and cells[0][0].isalpha() and unit().fullmatch(" ".join(cells)):
        return True
    return any(
        unit().fullmatch((part[1] or part[0]).strip())
        and (part[1] is not None or not re.search(r"\d", part[0]))
        for part in _PART.finditer(line)
    )


def _has_scale(text: str) -> bool:
    """Whether a short text has thousands or millions in it that are no sum and no rate.

    They are a sum behind a number or a word such as `yli`: `Hankkeet, joiden rahoitus on yli 100
    tuhatta euroa`.
    """
    if len(text) > SETTINGS.unit_line:
        return False
    for found in _scale().finditer(text):
        before, behind = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        last = (before.rsplit(maxsplit=1) or [""])[-1].casefold()
        several = pattern_of("scaled_never_sums").match(found[0])
        is_sum = last[-1:].isdigit() or (not several and last.lstrip("(") in _before_sums())
        # `Pienin tuki: 1 000 €`.
        is_sum = is_sum or (last[-1:] == ":" and any(map(str.isdigit, found[0])))
        is_rate = re.match(r"/|:(?!\w)", behind) is not None
        if not is_sum and not is_rate and _of_euros().search(text):
            return True
    return False


def other_sums(heading: Heading, lines: Iterable[str]) -> frozenset[str]:
    """The fields of the sums that lines which follow one another say to be in another unit.

    Two of them may say so together, since a title may go on in the line below it: `Hankkeet ja
    rahoitus (1 000`, `euroa)`.
    """
    sums = frozenset(heading.sums.values())
    found, before = set[str](), ""
    for line in lines:
        split = (cell.strip(' "') for cell in _BETWEEN.split(line.strip(', "')))
        cells = [cell for cell in split if cell]
        alone = cells[0] if len(cells) == 1 else ""
        both = f"{before} {alone}" if before and alone else alone
        field = _named(heading, cells)
        if field in sums:
            found.add(field)
            alone = ""
        elif any(map(is_other_unit, (line, alone, both))) or any(map(_has_scale, (alone, both))):
            return sums
        before = alone
    return sums & found


def _named(heading: Heading, cells: Sequence[str]) -> str:
    """The field of the column whose heading a line begins with, where the rest is a unit."""
    name, *rest = cells or [""]
    names = [name]
    if not any(map(is_other_unit, rest)):
        words = name.split()
        parts = ((" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words)))
        names = [name for name, rest in parts if unit().fullmatch(rest)]
    columns = (heading.spec.named([heading_key(name)]) for name in names)
    return next((column.field for column in columns if column is not None), "")


def is_of_words(lines: Sequence[str]) -> bool:
    """Whether a sheet holds words alone, as a cover or a legend does.

    A sheet with numbers side by side tells of its own.
    """
    return len(lines) <= SETTINGS.top and all(len(_NUMBER.findall(each)) < 2 for each in lines)


def sums_below(line: str, heading: Heading, *, near: bool) -> dict[str, bool]:
    """The fields of the sums over which a line says that they are of something else.

    And whether a zero holds for the whole, as in another unit, which is that of all sums. Right
    above the headings (`near`) any word counts that lists do not have there.
    """
    cells = [cell.strip() for cell in line.split(heading.divider)]
    over = dict(_reached(line, heading))
    # Of a page, cells over several columns may have none of their own.
    if any(_of_euros().match(cell) and unit().fullmatch(cell) for cell in cells) or any(
        map(unit().fullmatch, over.values())
    ):
        return dict.fromkeys(over, True)
    strange = _is_strange if near else pattern_of("of_a_part").fullmatch
    return {field: False for field, cell in over.items() if cell and strange(cell)}


def sums_above(line: str, heading: Heading) -> dict[str, bool]:
    """The same of a line between the headings and the first project, without a project code."""
    cells = line.split(heading.divider)
    if heading.code_at is None or "".join(cells[heading.code_at : heading.code_at + 1]).strip(' "'):
        return {}
    under = {field: cell for field, cell in _reached(line, heading) if cell}
    others = {field: unit().fullmatch(cell) is not None for field, cell in under.items()}
    return {f: other for f, other in others.items() if other or _is_strange(under[f])}


def _reached(line: str, heading: Heading) -> Iterator[tuple[str, str]]:
    """Each sum, and the cell of a line over or under it: one reaches to the next that is full."""
    over = ""
    cells = chain(line.split(heading.divider), repeat(""))
    for at, cell in zip(range(len(heading.columns)), cells, strict=False):
        over = cell.strip(' "') or over if at in heading.sums else ""
        if at in heading.sums:
            yield heading.sums[at], over


def _is_strange(cell: str) -> bool:
    """Whether a cell beside the heading of a sum has a year, a share or a word not usual there."""
    is_part = pattern_of("of_a_part").fullmatch(cell) or _SHORT.fullmatch(cell)
    return bool(is_part or _YEAR.search(cell)) or _usual().fullmatch(load.fold(cell)) is None


@per_shelf
def _usual() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\w%‰]|\d|\b(?:{'|'.join(load.cells()['beside_sums'])})\b)*+")
