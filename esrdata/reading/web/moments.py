"""Periods of a web page: those of the grammar, but for the years of a programme."""

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.periods import Period, find_period


def period_in(text: str) -> Period | None:
    """The first period in a text; the years of a programme are no project's."""
    period = find_period(text)
    return None if period is not None and _is_of_programme(period) else period


def _is_of_programme(period: Period) -> bool:
    first, last = period.first, period.last
    if first is None or last is None or not first.precision == last.precision == "year":
        return False
    years = [side.first.year for side in (first, last) if side.first is not None]
    return "-".join(map(str, years)) in _programmes()


@per_shelf
def _programmes() -> frozenset[str]:
    return frozenset(row["code"] for row in load.codes("programme_periods"))
