"""What a cell of a list holds, read by itself: sums, days, codes and texts, and what is none.

A cell that may be read in two ways is not read. Numbers and days are read by the grammar of
`quantities/cells.py`; here stands what spreadsheets and exports add to them: marks for nothing,
errors, formulas, guards of codes, serial days, and texts that have swallowed their neighbours.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.quantities.cells import read_amount, read_count, read_day
from esrdata.reading.quantities.figures import APOSTROPHE, DASH, GAP, MINUS
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.quantities.settings import SETTINGS as QUANTITIES
from esrdata.reading.record import Content, Finding

# Day 1 of spreadsheets is 1900-01-01; they also count a 29 February 1900 that never was.
_DAY_ZERO = date(1899, 12, 30)
# What keeps a spreadsheet from taking a code for a number.
_GUARD = re.compile(rf"{APOSTROPHE}(?=[^\W_]|{MINUS})")
# A formula of a text, which keeps it so too, and one that makes a link of it.
_SAID = re.compile(r'=(?:HYPERLINK\("(?:[^"]|"")*"\s*[,;]\s*)?+"((?:[^"]|"")*)"\)?', re.IGNORECASE)
# The same as it stands in a cell in quotes.
_SAID_QUOTED = re.compile(r'=""([^"]*)""')
_SCIENTIFIC = re.compile(r"\d(?:[.,](?P<decimals>\d+))?[eE]\+?(?P<power>\d+)")
# Three decimals that cannot be thousands: a formula's result.
_THREE_DECIMALS = re.compile(r"-?(?:0|\d{4,})[.,]\d{3}")
# Three digits behind a lone sign: thousands or decimals.
THOUSANDS = re.compile(rf"{MINUS}?[1-9]\d{{0,2}}(?P<sign>[.,])\d{{3}}")
_NUMBERS_APART = re.compile(r"\d[^\d\n]*\n\s*[^\d\n]*\d")
_SERIAL = re.compile(r"\d{5}(?:[.,]0+)?")
# Days whose parts may come in another order, or whose century is not there.
_UNSURE_DAY = re.compile(r"\d{1,2}([-/])\d{1,2}\1(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{2}")
# Hyphens that keep a line from breaking, and the dash of figures.
_HYPHEN = re.compile("[\u2010-\u2012]")
_NUMBER = rf"{MINUS}?\d(?:[\d.,'’]|{GAP}(?=\d))*(?:\s?(?:€|eur|euroa))?"
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}"
_NO_WORDS = re.compile(rf"\(?(?:{_NUMBER}|{_DAY}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})\)?", re.IGNORECASE)
# A number of one or two digits may well end a title; longer ones, and days, two in a row do not.
_ODD_DAY = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]|\d{4,5}(?!\d)")
_SLIPPED = re.compile(
    rf"(?:^|[,;])\s*(?:{MINUS}?\d[\d.\s]{{2,}}|{_DAY})\s*[,;]\s*(?:{MINUS}?\d[\d.\s]*|{_DAY})\s*(?=[,;]|$)"
)


# What may stand for a day, a sum or a code in a row, whether it can be read or not.
_ODD = {
    "list_code": r"['\u2019\u2018]?[A-Za-zÅÄÖåäö]\d{5,9}|=\"[A-ZÅÄÖ]\d{5,9}\"",
    "date": (
        r"['\u2019]?\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:[T ][\d:.]+Z?)?"
        r"|\d{8}|\d{5}(?:\.0+)?"
    ),
    "axis": r"(?:TL\s?)?\d{1,2}(?:\.0+)?\.?(?:\s[^,;\n]*)?",
    "list_money": (
        r"(?!\d{1,2}\.\d{1,2}\.\d{2,4}\b)[-\u2212\u2013(+€'\u2019]{0,2}\s?\d[\d\s.'\u2019]*"
        r"(?:[eE]\+?\d+)?\s?(?:€|(?i:eur|euroa|e)\b)?[-\u2212\u2013)]?"
    ),
}


class OddCellError(UnreadableError):
    """A cell that is not read; `code` names the finding."""

    code = "value_unreadable"


class AmbiguousError(OddCellError):
    """A cell that may be read in two ways."""

    code = "value_ambiguous"


class SheetError(OddCellError):
    """A cell in which a formula has failed."""

    code = "list_cell_error"


class FormulaError(OddCellError):
    """A formula without the value that a spreadsheet stores beside it."""

    code = "list_formula_unsaved"


class StruckError(OddCellError):
    """A cell in which something is struck through."""

    code = "list_cell_struck"


class MergedError(OddCellError):
    """A sum that belongs to several rows."""

    code = "list_cell_merged"


class DoubtError(OddCellError):
    """A text that is a number, or has swallowed cells beside it."""

    code = "list_text_doubtful"


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell.

    `pattern` is what one looks like inside a row whose commas divide, None where it may hold
    anything; `read` turns its text into content; `blank` tells whether it may be empty.
    """

    pattern: str | None
    read: Callable[[str], Content]
    blank: bool = True


# ---- what is no value


@per_shelf
def _nothing() -> frozenset[str]:
    return frozenset(load.cells()["nothing"])


@per_shelf
def _error() -> re.Pattern[str]:
    return re.compile(load.cells()["error"])


def is_nothing(text: str) -> bool:
    """Whether a cell holds a mark for nothing, such as a dash."""
    # Most cells are longer than any mark, or letters and digits with nothing to fold.
    if len(text) > SETTINGS.longest_mark:
        return False
    return (text.casefold() if text.isalnum() else load.fold(text)) in _nothing()


def said(text: str) -> str:
    """The text that a formula says without reckoning: `="00100"`, or one with an address."""
    start, end = said_within(text)
    return text[start:end].replace('""', '"').strip() if start else text


def said_within(text: str) -> tuple[int, int]:
    """Where in a cell that text stands."""
    found = _SAID.fullmatch(text) or _SAID_QUOTED.fullmatch(text)
    return (0, len(text)) if found is None else found.span(1)


def check_value(text: str) -> None:
    """Refuse what stands in the place of a value.

    Raises
    ------
    OddCellError
        Of a spreadsheet's error, and of a formula without its value.
    """
    if text[0] == "=":
        raise FormulaError(text)
    if text[0] in "#EVF" and _error().fullmatch(text):
        raise SheetError(text)


# A part of a line: one in brackets, or one between other signs.
_PART = re.compile(r"\(([^()]*)\)|[^(),:;\t]+")


@per_shelf
def _scaled() -> re.Pattern[str]:
    beside = "|".join(load.cells()["scaled_beside"])
    return re.compile(rf"(?:\W|(?:{beside})\b)*+(?:{load.cells()['scaled']})\w*\W*", re.IGNORECASE)


def is_scaled(line: str) -> bool:
    """Whether a line says that sums are thousands or millions.

    Its only cells say so, or a part of it between brackets (`Hankkeet (1 000 €)`); a part between
    other signs says so in words (`Tilanne 1.2.2016, luvut tuhansina euroina`), since a sum of a
    thousand euros may stand anywhere.
    """
    cells = [cell.strip() for cell in re.split(r"[\t;]", line) if cell.strip()]
    if cells and all(map(_scaled().fullmatch, cells)):
        return True
    return any(
        _scaled().fullmatch((part[1] or part[0]).strip())
        and (part[1] is not None or not re.search(r"\d", part[0]))
        for part in _PART.finditer(line)
    )


def bare(text: str) -> str:
    """A cell without what keeps a spreadsheet from taking its code or number for something else."""
    guard = _GUARD.match(text)
    if guard is None:
        return text
    return text[guard.end() :].strip()


@per_shelf
def odd_pattern(kind: str, divider: str) -> str:
    """What a cell of a kind may look like that is not as lists write it, where a sign divides."""
    marks = "|".join(sorted(map(re.escape, _nothing()), key=len, reverse=True))
    shapes = {**_ODD, "coded": r"[A-Za-z]{3}\+?", "vocabulary": rf"[^{divider}\n]+"}
    return "|".join(filter(None, (f"(?i:{marks})", load.cells()["error"], shapes.get(kind, ""))))


# ---- sums


def money(text: str) -> float:
    """The sum of a cell, in euros.

    Raises
    ------
    UnreadableError
        If the text is no sum, or more than one could be meant.
    """
    if text.isdecimal() and len(text) <= QUANTITIES.digits:
        return float(text)
    if "\n" in text:
        _check_lines(text)
    written = " ".join(_HYPHEN.sub("-", bare(text)).split())
    rounded = _SCIENTIFIC.search(written)
    # A narrow column shows fewer digits than the number has: 1,93E+05 was rounded.
    if rounded is not None and len(rounded["decimals"] or "") < int(rounded["power"]):
        raise AmbiguousError(text)
    if _THREE_DECIMALS.fullmatch(written):
        return float(written.replace(",", "."))
    try:
        amount = read_amount(written)
    except UnreadableError as error:
        if THOUSANDS.fullmatch(written):
            raise AmbiguousError(text) from error
        raise
    # Zero has no sign.
    return amount or 0.0


def count(text: str) -> int:
    """The count of a cell.

    Raises
    ------
    UnreadableError
        If the text is no count, or more than one.
    """
    if "\n" in text:
        _check_lines(text)
    return read_count(bare(text))


def _check_lines(text: str) -> None:
    """Refuse numbers on lines of their own, which are no thousands and hundreds of one."""
    if _NUMBERS_APART.search(text):
        raise UnreadableError(text)


@dataclass(frozen=True, slots=True)
class Signs:
    """How the sums of a list are written, as far as those that can be read in one way show.

    `grouping` are the signs seen between thousands, `decimal` those before cents; `run` tells
    whether thousands stand without any sign, `typed` whether cells may be numbers of a program,
    which have a point before their decimals.
    """

    grouping: frozenset[str]
    decimal: frozenset[str]
    run: bool
    typed: bool

    def thousands(self, sign: str) -> bool:
        """Whether a lone sign before three digits stands between thousands."""
        if self.run or sign in self.decimal or self.grouping - {sign}:
            return False
        if sign == "." and not self.typed:
            # No Finnish sum has three decimals, but a decimal comma is what Finnish has.
            return True
        return sign in self.grouping or "." in self.decimal


def thousands(text: str, signs: Signs) -> float:
    """The sum of a cell that could be in thousands or have three decimals.

    Raises
    ------
    AmbiguousError
        If the other sums of the list do not show which.
    """
    sign = "," if "," in text else "."
    if not signs.thousands(sign):
        raise AmbiguousError(text)
    return money(bare(text).replace(sign, ""))


def signs_of(texts: Iterable[str], *, typed: bool) -> Signs:
    """How the sums of a list are written."""
    grouping: set[str] = set()
    decimal: set[str] = set()
    run = False
    for text in texts:
        figure = re.sub(r"[^\d.,'’\s]", "", text).strip()
        parts = re.fullmatch(r"(?P<whole>.*?)(?:(?P<sign>[.,])(?P<cents>\d{1,2}|\d{4,}))?", figure)
        if parts is None or THOUSANDS.fullmatch(figure):
            continue
        decimal.update(parts["sign"] or "")
        between = set(re.findall(r"\d(\D)(?=\d{3}(?!\d))", parts["whole"]))
        grouping |= {" " if sign.isspace() else sign for sign in between}
        run = run or re.search(r"\d{4}", parts["whole"]) is not None
    return Signs(frozenset(grouping), frozenset(decimal), run, typed)


# ---- days


def is_serial(text: str) -> bool:
    """Whether a cell is the number by which a spreadsheet counts a day."""
    return _SERIAL.fullmatch(bare(text)) is not None


def day(text: str) -> date:
    """The day of a cell.

    Raises
    ------
    UnreadableError
        If the text is no day, has a time other than midnight, or could be two days.
    """
    written = " ".join(re.sub(DASH, "-", bare(text)).split())
    if _SERIAL.fullmatch(written):
        counted = _DAY_ZERO + timedelta(days=int(written[:5]))
        if SETTINGS.first_day <= counted <= SETTINGS.last_day:
            return counted
    try:
        return read_day(written)
    except UnreadableError as error:
        if _UNSURE_DAY.fullmatch(written):
            raise AmbiguousError(text) from error
        raise


# ---- codes and texts


def _matched(pattern: str, kind: str | None = None) -> Callable[[str], Content]:
    """Read the first group of a pattern; what does not fit is unreadable."""
    compiled = re.compile(pattern, re.DOTALL | re.IGNORECASE)

    def read(text: str) -> Content:
        found = compiled.fullmatch(bare(text))
        if found is None:
            raise UnreadableError(text)
        return KINDS[kind].read(found[1]) if kind is not None else found[1]

    return read


def code(text: str) -> str:
    """The project code of a cell."""
    found = bare(text).upper()
    if not _PROJECT.fullmatch(found):
        found = _GAP_IN_CODE.sub("", found)
        if not _PROJECT.fullmatch(found):
            raise UnreadableError(text)
    return found


# A label behind a number; another number there is of another axis or objective.
_LABEL = r"(?:[.:]?\s\D*)?"


def _objective(text: str) -> Content:
    return str(_matched(rf"(\d{{1,2}}[.,]\d{{1,2}}){_LABEL}")(text)).replace(",", ".")


def _narrative(text: str) -> Content:
    paragraphs = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(paragraphs).strip()


@per_shelf
def _elsewhere() -> frozenset[str]:
    """What stands in another column of every list: states and funds."""
    return frozenset(load.spellings("status")) | frozenset(load.spellings("fund"))


def has_slipped(text: str) -> bool:
    """Whether a text holds numbers or days that were cells beside it."""
    return _SLIPPED.search(text) is not None


def is_of_another(kind: str, finding: Finding) -> bool:
    """Whether a cell that was not read looks like one of another column."""
    text = finding.raw or ""
    if finding.code == DoubtError.code:
        return True
    if kind == "date":
        return bool(_NO_WORDS.fullmatch(text)) and not _ODD_DAY.match(text)
    if re.fullmatch(_DAY, text) or load.fold(text) in _elsewhere():
        return True
    return load.fold(text) in load.spellings("authorities")


def words(text: str) -> Content:
    """A text in words.

    Raises
    ------
    DoubtError
        If it is a number, a day or a state, or holds cells that have slipped into it.
    """
    content = vocabulary(text)
    if has_slipped(text) or load.fold(text) in _elsewhere():
        raise DoubtError(text)
    return content


def vocabulary(text: str) -> Content:
    """A text of a code list, known or not.

    Raises
    ------
    DoubtError
        If it is a number or a day.
    """
    if _NO_WORDS.fullmatch(text):
        raise DoubtError(text)
    return KINDS["text"].read(text)


_CODE = r"[A-ZÅÄÖ]\d{5,9}"
_PROJECT = re.compile(_CODE)
# What people put behind the letter of a code.
_GAP_IN_CODE = re.compile(r"(?<=^[A-ZÅÄÖ])\s(?=\d)")
_AXIS = r"\d{1,2}"
_SUM = r"-?\d[\d ]*(?:\.\d{1,2})?"
_TEXT = KINDS["text"].read
CELLS = {
    "list_code": Cell(_CODE, code, blank=False),
    # Codes and addresses: zeros in front of a postal code are guarded.
    "text": Cell(None, lambda text: _TEXT(bare(text))),
    "words": Cell(None, words),
    "places": Cell(None, vocabulary),
    "narrative": Cell(None, _narrative),
    "vocabulary": Cell("", vocabulary),
    "coded": Cell("", _TEXT, blank=False),
    # The newest list may write the label behind the number; what saves tables may add a decimal.
    "axis": Cell(_AXIS, _matched(rf"(?:TL\s?)?({_AXIS})(?:[.,]0+)?{_LABEL}", "integer")),
    "objective": Cell(r"\d{1,2}\.\d{1,2}", _objective),
    "count": Cell(r"\d[\d ]*", count),
    "date": Cell(KINDS["date"].pattern, day),
    "list_money": Cell(_SUM, money),
    "ignored": Cell(r"[^\n]*?", _TEXT),
}
