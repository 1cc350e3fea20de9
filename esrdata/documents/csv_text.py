"""Tells a text of rows and cells from prose: its lines are not to be laid out anew."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CsvSettings:
    """When lines are rows of cells."""

    lines: int = 20  # so many full lines are looked at
    # cells, most: so many dividers make a line a row, and this share of the lines must be rows.
    cells: int = 5
    most: float = 0.6
    always: int = 2  # or so many dividers, as often in every line: a small table
    heading: int = 80  # signs of the longest cell of the heading row


SETTINGS = CsvSettings()
_DIVIDERS = ("\t", ";", ",", "|")


def is_csv(text: str, *, bars: bool = True) -> bool:
    """Tell whether most of the first lines are rows of cells below a row of short headings.

    `bars` tells whether a bar may divide cells, as in tables of Markdown.
    """
    lines = _rows(text[:100_000].split("\n", 3 * SETTINGS.lines))
    for divider in _DIVIDERS[:2]:
        # A small table: a tab or a semicolon as often in every line, which prose does not have.
        counts = {line.count(divider) for line in lines[: SETTINGS.lines]}
        if len(lines) > 2 and len(counts) == 1 and counts.pop() >= SETTINGS.always:
            return all(len(cell) <= SETTINGS.heading for cell in lines[0].split(divider))
    for divider in _DIVIDERS if bars else _DIVIDERS[:-1]:
        rows = [line for line in lines[: SETTINGS.lines] if line.count(divider) >= SETTINGS.cells]
        if rows and len(rows) >= SETTINGS.most * min(len(lines), SETTINGS.lines):
            heading = rows[0].split(divider)
            return all(len(cell) <= SETTINGS.heading for cell in heading)
    return False


def _rows(lines: list[str]) -> list[str]:
    """Full lines, those of one quoted cell together."""
    rows: list[str] = []
    open_ = False
    for line in filter(str.strip, lines):
        if open_:
            rows[-1] += line
        else:
            rows.append(line)
        open_ ^= line.count('"') % 2 == 1
    return rows
