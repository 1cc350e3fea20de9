"""CSV with places: the rows of a file with their lines, and what is wrong with it as CSV."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from esrdata.knowledge.schema.problems import Problem, hints


@dataclass
class Rows:
    """The rows of a CSV file below its header, each with the line it begins on."""

    file: str
    header: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(
        self,
        code: str,
        line: int,
        column: str = "",
        hint: dict[str, Any] | None = None,
        **values: str,
    ) -> None:
        """Add a mistake in a row."""
        path = (column,) if column else ()
        self.problems.append(Problem(self.file, code, line, path, values, **(hint or {})))


def read_rows(text: str, file: str, columns: tuple[str, ...], needed: tuple[str, ...]) -> Rows:
    """Read the text of a CSV file.

    Parameters
    ----------
    text, file
        The text, and the file as it is named in sentences.
    columns, needed
        The columns it may have, and those it must have.
    """
    found = Rows(file)
    lines = _lines(found, text)
    first = next(lines, None)
    if first is None:
        if not found.problems:
            found.problem("empty", 1)
        return found
    found.header = tuple(cell.strip() for cell in first[1])
    if not _header(found, first[0], columns, needed):
        return found
    for line, cells in lines:
        if len(cells) != len(found.header):
            there, wanted = str(len(cells)), str(len(found.header))
            found.problem("row_cells", line, found=there, wanted=wanted)
        else:
            row = dict(zip(found.header, map(str.strip, cells), strict=True))
            found.rows.append((line, row))
    if not found.rows and not found.problems:
        found.problem("no_rows", first[0])
    return found


def _lines(found: Rows, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        found.problem("no_csv", line, why=str(error))


def _header(found: Rows, line: int, columns: tuple[str, ...], needed: tuple[str, ...]) -> bool:
    if len(found.header) == 1 and any(sign in found.header[0] for sign in ";\t"):
        found.problem("divider", line, found=";" if ";" in found.header[0] else "TAB")
        return False
    if not set(found.header) & set(columns):
        found.problem("no_header", line, columns=",".join(columns))
        return False
    meant = set()
    for name in dict.fromkeys(found.header):
        if found.header.count(name) > 1:
            found.problem("column_twice", line, found=name)
        if name not in columns:
            free = [column for column in columns if column not in found.header]
            hint = hints(name, free or columns)
            meant.add(hint["near"])
            found.problem("unknown_header", line, hint=hint, found=name)
    for name in needed:
        if name not in found.header and name not in meant:
            found.problem("missing_header", line, found=name)
    return not found.problems
