"""The thresholds of reading a list, in one place."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListSettings:
    """What decides how far a list is searched and what its cells may be."""

    # The heading row stands among so many first lines of a file or a sheet.
    top: int = 200
    # A heading row whose quoted cells run over lines has no more characters.
    longest_row: int = 5_000
    # No row is broken over more lines.
    most_lines: int = 20
    # A row with more separators than this beyond its columns is not taken apart: the ways to divide
    # it grow with the third power of their number.
    most_bare: int = 100
    # A number in a column of dates that falls between these is a day, counted from 1899-12-30.
    first_day: date = date(1990, 1, 1)
    last_day: date = date(2060, 12, 31)
    # More counted days than this share lie before the period of a list where 1904 is day 0.
    share_before: float = 0.1
    # A mark for nothing, or for what stands above, has no more characters.
    longest_mark: int = 20
    # Nor has a line with a unit in its middle: in a text about projects thousands are sums.
    unit_line: int = 100
    # Where programs cut texts off: databases, drivers of older Excel, cells of a workbook.
    cut_lengths: frozenset[int] = frozenset({255, 256, 4000, 32767})
    # So many rows with codes make somebody's own table, among other text so many of our headings.
    fewest_rows: int = 2
    fewest_headings: int = 5
    # There a heading is like another from this ratio (of 100) on, where no word is longer than that
    # of the other by more letters; this share of its cells at least must be of a kind.
    like: float = 82
    longer: int = 2
    mostly: float = 0.8
    # A row without a readable code is reported as a row if at least this share of the columns that
    # every list has are filled, otherwise as a line outside the rows.
    filled: float = 0.6


SETTINGS = ListSettings()
