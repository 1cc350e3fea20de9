"""How much of an office file is taken in, and where its paragraphs end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Bounds and thresholds of the office readers.

    Attributes
    ----------
    empty
        Where so large a share of the paragraphs is empty, the writer divides paragraphs by empty
        ones, and the others are lines.
    label_and_value
        Rows of so few cells are label and value; in longer ones every cell has its column.
    rows, columns
        A sheet has no more rows, and a row no more cells: those that only carry a format go on to
        the end of the sheet.
    repeated
        A row of a table in a text is repeated so many times at most; some claim a million.
    """

    empty: float = 0.2
    label_and_value: int = 3
    rows: int = 2**20
    columns: int = 2**10
    repeated: int = 1000


SETTINGS = OfficeSettings()
