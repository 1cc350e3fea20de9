"""Tells a text of rows and cells from prose: its lines are not to be laid out anew."""

_DIVIDERS = ("\t", ";", ",")
_LOOKED_AT, _MOST, _CELLS, _LONGEST = 20, 0.6, 5, 80


def is_csv(text: str) -> bool:
    """Tell whether most of the first lines are rows of cells below a row of short headings."""
    lines = [line for line in text[:100_000].split("\n", 3 * _LOOKED_AT) if line.strip()]
    for divider in _DIVIDERS:
        rows = [line for line in lines[:_LOOKED_AT] if line.count(divider) >= _CELLS]
        if rows and len(rows) >= _MOST * min(len(lines), _LOOKED_AT):
            heading = rows[0].split(divider)
            return all(len(cell) <= _LONGEST for cell in heading)
    return False
