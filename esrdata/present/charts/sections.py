"""Rows of groups on a sheet: under their headings, each with its number and its name."""

from collections.abc import Iterable, Sequence
from typing import Any

from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.grouping import Grouping
from esrdata.present.charts.rows import Row
from esrdata.present.charts.sheet import BEFORE_HEADING, Sheet

#: How wide the number of an axis is; the name hangs beside it.
_NUMBER = 0.32


def sections(groups: Grouping, rows: Sequence[Row], lang: str) -> list[tuple[str, list[Row]]]:
    """Rows under their headings, in order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(groups.heading(row, lang), []).append(row)
    return list(found.items())


def project_lines(
    sheet: Sheet, projects: Iterable[tuple[Any, Any]], width: float, most: int, **look: Any
) -> dict[str, list[str]]:
    """Names in lines by the keys of projects, alike ones told apart; without a name it is the code.

    Projects whose pages state no code have keys of their own, and are all called by *no code*.
    """
    names = {str(key): name for key, name in projects}
    codes = [wording.project_code(key, sheet.lang) for key in names]
    plain = [
        code if formats.is_missing(name) else str(name)
        for code, name in zip(codes, names.values(), strict=True)
    ]
    return dict(zip(names, sheet.told_apart(plain, width, most, codes=codes, **look), strict=True))


def head_of(sheet: Sheet, name: str, most: int = 2) -> float:
    """Write a heading that stays with the row below it, and return its middle."""
    sheet.skip(BEFORE_HEADING if sheet.y > 3 else 0.04)
    y = sheet.row(keep=most * LINE + 0.16)
    sheet.text(0, y, name, weight="bold")
    return y


def row_of(
    sheet: Sheet,
    label: tuple[str, str],
    width: float,
    most: int = 2,
    lines: list[str] | None = None,
) -> float:
    """Begin a row with the number and the name of a group, and return its middle.

    Its lines are those given, where they were made for all rows together.
    """
    number, name = label
    # Axes may stand among rows without a number: their names begin where numbers do.
    hang = _NUMBER if number else 0.0
    lines = lines or sheet.fitted(name, width - hang, most)
    y = sheet.row(len(lines))
    sheet.text(0, y - (len(lines) - 1) / 2 * LINE, number)
    sheet.lines(hang, y, lines)
    return y
