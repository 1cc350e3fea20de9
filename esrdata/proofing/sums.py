"""How the numbers of one table follow from each other: sums, differences, ratios and shares."""

from collections.abc import Mapping, Sequence
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

from esrdata.proofing.number import PERCENT, PLAIN, Number
from esrdata.proofing.shelf import shelf

if TYPE_CHECKING:
    from esrdata.proofing.cells import Cells

#: A relation needs so many rows, and such a share of all rows, that keep it.
_ROWS, _PART = 2, 0.6
#: The most that rounding may move a ratio or share, in points: else small numbers fit anything.
_POINTS = 1.0


def is_total(label: str) -> bool:
    """Whether the name of a row (or column) says that it holds the total."""
    name = label.casefold().rstrip(" :.")
    return any(name == word or name.startswith(word + " ") for word in shelf().total_row)


class Sums:
    """Relations between the numbers of a table."""

    def __init__(
        self, table: "Cells", readings: Mapping[tuple[int, int], Sequence[tuple[Number, Any]]]
    ) -> None:
        self.table = table
        self.numbers = {
            at: rows[0][0] for at, rows in readings.items()
            if len(rows) == 1 and rows[0][0].value is not None
        }  # fmt: skip
        self.rows = sorted({row for row, _ in self.numbers})
        self.columns = sorted({column for _, column in self.numbers})
        self.totals = [row for row in self.rows if is_total(self.table.label(row))]
        self.wholes = [column for column in self.columns if is_total(self.table.head(column))]
        self._relations: dict[int, tuple[str, int, int] | None] = {}

    def _across(self, row: int, column: int) -> float | None:
        """The sum of the other numbers of a row, for a column of totals."""
        if column not in self.wholes:
            return None
        number = self.numbers[row, column]
        others = [n for (r, c), n in self.numbers.items() if r == row and c not in self.wholes]
        alike = [n for n in others if n.unit == number.unit != PERCENT]
        if len(alike) < _ROWS or len(alike) < len(others):
            return None
        return sum(n.value or 0.0 for n in alike)

    def check(self, row: int, column: int, number: Number) -> tuple[str, float, bool] | None:
        """How the table derives a number, the value it should be, and whether it is.

        None if nothing derives it. Parts are rounded, so small differences are accepted.
        """
        if row in self.totals and number.unit != PERCENT:
            above = self._above(row, column)
            if above:
                found = sum(self.numbers[at].value or 0.0 for at in above)
                # The sum of rounded parts may differ from the rounded total.
                rounded = number.unit != PLAIN or number.decimals > 0
                off = sum(self._half(*at) for at in (*above, (row, column)))
                close = rounded and abs(found - (number.value or 0.0)) <= off
                return "sum", found, number.fits(found) or close
        across = self._across(row, column)
        # Rows need not add up where a project has several groups; so most rows must.
        if across is not None and self._adds_up(column):
            return "sum", across, number.fits(across)
        return self._relation(row, column)

    def _adds_up(self, column: int) -> bool:
        """Whether most rows of a column of totals add up."""
        rows = [row for row in self.rows if (row, column) in self.numbers]
        sums = [(self.numbers[row, column], self._across(row, column)) for row in rows]
        known = [(number, total) for number, total in sums if total is not None]
        right = sum(number.fits(total) for number, total in known)
        return right >= _ROWS and right >= _PART * len(known)

    def _above(self, row: int, column: int) -> list[tuple[int, int]]:
        """The cells that a total adds up; empty if one of them holds no number."""
        above = [(other, column) for other in self.rows
                 if other < row and other not in self.totals]  # fmt: skip
        return above if len(above) >= _ROWS and all(at in self.numbers for at in above) else []

    def _relation(self, row: int, column: int) -> tuple[str, float, bool] | None:
        if column not in self._relations:
            self._relations[column] = self._found(column)
        relation = self._relations[column]
        if relation is None:
            return None
        value = self._made(relation, row)
        if value is None:
            return None
        return relation[0], value, self._keeps(relation, row, column)

    def _found(self, column: int) -> tuple[str, int, int] | None:
        """The relation that most rows of a column keep."""
        rows = [row for row in self.rows if (row, column) in self.numbers]
        others = [one for one in self.columns if one != column]
        pairs = product(permutations(others, 2), ("ratio", "difference", "total"))
        every = [(name, *pair) for pair, name in pairs] + [("share", one, one) for one in others]
        fits = {one: sum(self._keeps(one, row, column) for row in rows) for one in every}
        best = max(every, key=lambda one: fits[one], default=None)
        most = fits[best] if best is not None else 0
        # Shares and ratios of small numbers fit by accident sooner than sums.
        least = _ROWS if best is not None and best[0] in ("difference", "total") else _ROWS + 1
        return best if most >= least and most >= _PART * len(rows) else None

    def _keeps(self, relation: tuple[str, int, int], row: int, column: int) -> bool:
        number = self.numbers[row, column]
        if (relation[0] in ("ratio", "share")) != (number.unit == PERCENT):
            return False
        made = self._made(relation, row)
        if made is None or made == 0:
            return False
        # The parts are rounded, too.
        slack = self._slack(relation, row) + self._half(row, column) + 1e-6
        return number.value is not None and abs(made - number.value) <= slack

    def _half(self, row: int, column: int) -> float:
        """By how much rounding may change a number; zero for counts."""
        number = self.numbers[row, column]
        bare = number.unit == PLAIN and number.decimals == 0 and number.qualifier == "exact"
        counted = bare and self.table.counts(row, column)
        return 0.0 if counted else (number.high - number.low) / 2

    def _slack(self, relation: tuple[str, int, int], row: int) -> float:
        name, one, other = relation
        parts = [self.numbers[row, at] for at in (one, other)]
        halves = [self._half(row, at) for at in (one, other)]
        if name in ("ratio", "share"):
            values = [abs(n.value or 0.0) for n in parts]
            made = sum(100 * h / v for h, v in zip(halves, values, strict=True) if v)
            return min(made, _POINTS)
        return sum(halves)

    def _made(self, relation: tuple[str, int, int], row: int) -> float | None:
        name, one, other = relation
        a, b = self.numbers.get((row, one)), self.numbers.get((row, other))
        if a is None or b is None or a.value is None or b.value is None or a.unit != b.unit:
            return None
        if name == "ratio":
            return 100 * a.value / b.value if b.value else None
        if name == "difference":
            return a.value - b.value
        if name == "total":
            return a.value + b.value
        total = sum(
            n.value or 0.0
            for (r, c), n in self.numbers.items()
            if c == one and r not in self.totals
        )
        return 100 * a.value / total if total else None
