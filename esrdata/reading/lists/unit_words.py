"""Which sums of a list are in another unit than euros, by what lines beside its rows say.

A line that names a column of the list says so of that one, any other of all sums.
"""

import re
from collections.abc import Iterable, Sequence

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
def of_euros() -> re.Pattern[str]:
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
        if not is_sum and not is_rate and of_euros().search(text):
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
