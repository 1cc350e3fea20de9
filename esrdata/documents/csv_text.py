"""Tells a text of rows and cells from prose: its lines are not to be laid out anew."""

_DIVIDERS = ("\t", ";", ",")
_LOOKED_AT, _MOST, _CELLS, _LONGEST = 20, 0.6, 5, 80
_FEW = 2


def is_csv(text: str) -> bool:
    """Tell whether most of the first lines are rows of cells below a row of short headings."""
    lines = _rows(text[:100_000].split("\n", 3 * _LOOKED_AT))
    for divider in _DIVIDERS[:2]:
        # A small table: a tab or a semicolon as often in every line, which prose does not have.
        counts = {line.count(divider) for line in lines[:_LOOKED_AT]}
        if len(lines) > 2 and len(counts) == 1 and counts.pop() >= _FEW:
            return all(len(cell) <= _LONGEST for cell in lines[0].split(divider))
    for divider in _DIVIDERS:
        rows = [line for line in lines[:_LOOKED_AT] if line.count(divider) >= _CELLS]
        if rows and len(rows) >= _MOST * min(len(lines), _LOOKED_AT):
            heading = rows[0].split(divider)
            return all(len(cell) <= _LONGEST for cell in heading)
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
