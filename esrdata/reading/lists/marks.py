"""What stands in a cell of a list beside a value, or in place of one.

Marks for nothing or for what stands above, errors of a spreadsheet, formulas, and what guards a
code or a number.
"""

import re

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.refused import FormulaError, SheetError
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.quantities.figures import APOSTROPHE, MINUS
from esrdata.reading.quantities.kinds import UnreadableError

# What keeps a spreadsheet from taking a code for a number.
_GUARD = re.compile(rf"{APOSTROPHE}(?=[^\W_]|{MINUS})")
# A formula of a text, which keeps it so too, and one that makes a link of it.
_SAID = re.compile(r'=(?:HYPERLINK\("(?:[^"]|"")*"\s*[,;]\s*)?+"((?:[^"]|"")*)"\)?', re.IGNORECASE)
# The same as it stands in a cell in quotes.
_SAID_QUOTED = re.compile(r'=""([^"]*)""')


@per_shelf
def _nothing() -> frozenset[str]:
    return frozenset(load.cells()["nothing"])


@per_shelf
def _above() -> frozenset[str]:
    return frozenset(load.cells()["above"])


@per_shelf
def _error() -> re.Pattern[str]:
    return re.compile(load.cells()["error"])


def is_nothing(text: str) -> bool:
    """Whether a cell holds a mark for nothing, such as a dash."""
    return _is_mark(text, _nothing())


def _is_mark(text: str, marks: frozenset[str]) -> bool:
    # Most cells are longer than any mark, or letters and digits with nothing to fold.
    if len(text) > SETTINGS.longest_mark:
        return False
    return (text.casefold() if text.isalnum() else load.fold(text)) in marks


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
    UnreadableError
        Of a mark for what stands above.
    """
    if text[0] == "=":
        raise FormulaError(text)
    if text[0] in "#EVF" and _error().fullmatch(text):
        raise SheetError(text)
    if _is_mark(text, _above()):
        raise UnreadableError(text)


@per_shelf
def no_value() -> str:
    """A pattern of what stands in the place of a value: marks, and errors."""
    marks = "|".join(sorted(map(re.escape, _nothing() | _above()), key=len, reverse=True))
    return f"(?i:{marks})|{load.cells()['error']}"


def bare(text: str) -> str:
    """A cell without what keeps a spreadsheet from taking its code or number for something else."""
    guard = _GUARD.match(text)
    if guard is None:
        return text
    return text[guard.end() :].strip()
