"""What stands in a cell of a list beside a value, or in place of one.

Marks for nothing or for what stands above, errors of a spreadsheet, formulas, and what guards a
code or a number.
"""

import re

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.lists.refused import ERROR, FORMULA, OddCellError
from esrdata.reading.lists.settings import SETTINGS
from esrdata.reading.quantities.figures import APOSTROPHE, MINUS

# What keeps a spreadsheet from taking a code for a number.
_GUARD = re.compile(rf"{APOSTROPHE}(?=[^\W_]|{MINUS})")
# A formula of a text, which keeps it so too, and one that makes a link of it.
_SAID = re.compile(r'=(?:HYPERLINK\("(?:[^"]|"")*"\s*[,;]\s*)?+"((?:[^"]|"")*)"\)?', re.IGNORECASE)
# The same as it stands in a cell in quotes.
_SAID_QUOTED = re.compile(r'=""([^"]*)""')
# The mark of a note behind a text: raised digits, or a number and a bracket that nothing opens.
_RAISED = "[¹²³\u2070\u2074-\u2079]{1,2}"
_NOTED = re.compile(rf"(?:(?<=[^\W\d_]{{3}}){_RAISED}|\s?{_RAISED}\)|(?P<number>\s\d{{1,2}}\)))$")
NOTE_ENDS = frozenset(")¹²³\u2070\u2074\u2075\u2076\u2077\u2078\u2079")
NOTHING, ABOVE = "nothing", "above"


@per_shelf
def _marks() -> dict[str, str]:
    return {mark: kind for kind in (NOTHING, ABOVE) for mark in load.cells()[kind]}


@per_shelf
def _error() -> re.Pattern[str]:
    return re.compile(load.cells()["error"])


def mark(text: str) -> str | None:
    """What a cell marks: nothing, as a dash does, or what stands above; None where it is a text."""
    # Most cells are longer than any mark, or letters and digits with nothing to fold.
    if len(text) > SETTINGS.longest_mark:
        return None
    return _marks().get(text.casefold() if text.isalnum() else load.fold(text))


def is_nothing(text: str) -> bool:
    """Whether a cell holds a mark for nothing."""
    return mark(text) == NOTHING


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

    Raises `OddCellError` of a spreadsheet's error, and of a formula without its value.
    """
    if text[0] == "=":
        raise OddCellError(text, FORMULA)
    if text[0] in "#EVF" and _error().fullmatch(text):
        raise OddCellError(text, ERROR)


@per_shelf
def no_value() -> str:
    """A pattern of what stands in the place of a value: marks, and errors."""
    marks = "|".join(sorted(map(re.escape, _marks()), key=len, reverse=True))
    return f"(?i:{marks})|{load.cells()['error']}"


def without_note(text: str, *, coded: bool) -> str:
    """A text without the mark of a note behind it.

    No word of a list of codes ends with a star, as the name of a project may.
    """
    if coded:
        text = text.rstrip("* ") or text
    noted = _NOTED.search(text) if text[-1] in NOTE_ENDS else None
    if noted is None or (noted["number"] and text.count("(") >= text.count(")")):
        return text
    return text[: noted.start()] or text


def bare(text: str) -> str:
    """A cell without what keeps a spreadsheet from taking its code or number for something else."""
    guard = _GUARD.match(text)
    if guard is None:
        return text
    return text[guard.end() :].strip()
