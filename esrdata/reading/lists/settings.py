"""The thresholds of reading a list, in one place."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ListSettings:
    """What decides how far a list is searched and what its cells may be.

    Attributes
    ----------
    top
        The heading row stands among so many first lines of a file or a sheet.
    longest_row
        A heading row whose quoted cells run over lines has no more characters.
    most_lines
        No row is broken over more lines.
    most_bare
        A row with more separators than this beyond its columns is not taken apart: the ways to
        divide it grow with the third power of their number.
    first_day, last_day
        A number in a column of dates is a day, counted from 1899-12-30 as spreadsheets do, where it
        falls between these.
    longest_mark
        A mark for nothing, or for what stands above, has no more characters.
    unit_line
        A line that has a unit in its middle tells that of the sums where it has no more characters:
        in a text about projects thousands are sums.
    cut_lengths
        Where programs cut texts off: databases, drivers of older Excel, cells of a workbook.
    fewest_rows, fewest_headings, like, longer, mostly
        Of somebody's own table: so many rows with codes make it one, and among other text so many
        headings that our lists have; a heading is like another from
        this ratio (of 100) on, where no word is longer than that of the other by more letters; at
        least this share of its cells must be of a kind.
    filled
        A row without a readable project code is reported as a row if at least this share of the
        columns that every list has are filled, otherwise as a line outside the rows.
    """

    top: int = 200
    longest_row: int = 5_000
    most_lines: int = 20
    most_bare: int = 100
    first_day: date = date(1990, 1, 1)
    last_day: date = date(2060, 12, 31)
    longest_mark: int = 20
    unit_line: int = 100
    cut_lengths: frozenset[int] = frozenset({255, 256, 4000, 32767})
    fewest_rows: int = 2
    fewest_headings: int = 5
    like: float = 82
    longer: int = 2
    mostly: float = 0.8
    filled: float = 0.6


SETTINGS = ListSettings()
