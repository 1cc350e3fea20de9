"""What a cell of a list holds, read by itself: sums, days, codes and texts.

A cell that may be read in two ways is not read. Sums are read by `sums.py`, days by `dates.py`;
here stand codes, and texts that have swallowed their neighbours.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.dates import day
from esrdata.reading.lists.marks import bare, no_value
from esrdata.reading.lists.refused import DOUBTFUL, OddCellError
from esrdata.reading.lists.sums import count, money
from esrdata.reading.quantities.figures import GAP, MINUS
from esrdata.reading.quantities.kinds import KINDS, UnreadableError
from esrdata.reading.record import Content, Finding

_NUMBER = rf"{MINUS}?\d(?:[\d.,'’]|{GAP}(?=\d))*(?:\s?(?:€|eur|euroa))?"
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}"
_NO_WORDS = re.compile(rf"\(?(?:{_NUMBER}|{_DAY}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})\)?", re.IGNORECASE)
# A number of one or two digits may well end a title; longer ones, and days, two in a row do not.
_ODD_DAY = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]|\d{4,5}(?!\d)")
_SLIPPED = re.compile(
    rf"(?:^|[,;|])\s*(?:{MINUS}?\d[\d.\s]{{2,}}|{_DAY})\s*[,;|]"
    rf"\s*(?:{MINUS}?\d[\d.\s]*|{_DAY})\s*(?=[,;|]|$)"
)
# SharePoint writes a value of another list behind its number so: `12;#Mallilan kaupunki`.
_LOOKUP = ";#"

# What may stand for a day, a sum or a code in a row, whether it can be read or not.
_ODD = {
    "list_code": r"['\u2019\u2018]?[A-Za-zÅÄÖåäö]\d{5,9}(?:\s?\*{1,3}|[¹²³])?|=\"[A-ZÅÄÖ]\d{5,9}\"",
    "date": (
        r"['\u2019]?\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:[T ][\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?"
        r"|\d{8}|\d{5}(?:\.0+)?"
    ),
    "axis": r"(?:TL\s?)?\d{1,2}(?:\.0+)?\.?(?:\s[^,;\n]*)?",
    "list_money": (
        r"(?!\d{1,2}\.\d{1,2}\.\d{2,4}\b)[-\u2212\u2013(+€'\u2019]{0,2}\s?\d[\d\s.'\u2019]*"
        r"(?:[eE]\+?\d+)?\s?(?:€|(?i:eur|euroa|e)\b)?[-\u2212\u2013)]?"
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell.

    `pattern` is what one looks like inside a row whose commas divide, None where it may hold
    anything; `read` turns its text into content; `blank` tells whether it may be empty.
    """

    pattern: str | None
    read: Callable[[str], Content]
    blank: bool = True


@per_shelf
def odd_pattern(kind: str, divider: str) -> str:
    """What a cell of a kind may look like that is not as lists write it, where a sign divides."""
    shapes = {**_ODD, "coded": r"[A-Za-z]{3}\+?", "vocabulary": rf"[^{divider}\n]+"}
    return "|".join(filter(None, (no_value(), shapes.get(kind, ""))))


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
    """The project code of a cell, without the mark of a note behind it."""
    found = _NOTE.sub("", bare(text).upper())
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
def _elsewhere() -> set[str]:
    """What stands in another column of every list: states and funds."""
    funds = {load.fold(row["code"]) for row in load.codes("fund")}
    return funds.union(load.spellings("status"), load.spellings("fund"))


def has_slipped(text: str) -> bool:
    """Whether a text holds numbers or days that were cells beside it."""
    return _SLIPPED.search(text) is not None


def is_of_another(kind: str, finding: Finding) -> bool:
    """Whether a cell that was not read looks like one of another column."""
    text = finding.raw or ""
    if finding.code == DOUBTFUL:
        return True
    if load.fold(text) in _elsewhere() or load.fold(text) in load.spellings("authorities"):
        return True
    if kind == "date":
        return bool(_NO_WORDS.fullmatch(text)) and not _ODD_DAY.match(text)
    return re.fullmatch(_DAY, text) is not None


def words(text: str) -> Content:
    """A text in words.

    Raises `OddCellError` if it is a number, a day or a state, or holds cells that have slipped into
    it.
    """
    content = vocabulary(text)
    if has_slipped(text) or _LOOKUP in text or load.fold(text) in _elsewhere():
        raise OddCellError(text, DOUBTFUL)
    return content


def vocabulary(text: str) -> Content:
    """A text of a code list, known or not.

    Raises `OddCellError` if it is a number or a day.
    """
    if _NO_WORDS.fullmatch(text):
        raise OddCellError(text, DOUBTFUL)
    return KINDS["text"].read(text)


_CODE = r"[A-ZÅÄÖ]\d{5,9}"
_PROJECT = re.compile(_CODE)
# What people put behind the letter of a code.
_GAP_IN_CODE = re.compile(r"(?<=^[A-ZÅÄÖ])\s(?=\d)")
_NOTE = re.compile(
    r"(?<=\d)(?:\s?(?:\*{1,3}\)?|[¹²³\u2070-\u2079]{1,2}\)?|[†‡])|\s?\(\d{1,2}\)|\s?\[\d{1,2}\]|\s\d{1,2}\))$"
)
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
