"""How much of an office file is taken in, and where its paragraphs end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Bounds and thresholds of the office readers."""

    # Where so large a share of the paragraphs is empty, the writer divides paragraphs by empty
    # ones, and the others are lines.
    empty: float = 0.2
    # Rows of so few cells are label and value; in longer ones every cell has its column.
    label_and_value: int = 3
    # rows, columns: a sheet has no more rows, and a row no more cells: those that only carry a
    # format go on to the end of the sheet.
    rows: int = 2**20
    columns: int = 2**10
    # A row of a table in a text is repeated so many times at most; some claim a million.
    repeated: int = 1000
    unseen: int = 4  # half points: nobody reads letters as small in a Word document


SETTINGS = OfficeSettings()
