"""Reference figures of the shelf: frames of programmes, inhabitants of regions, prices of years."""

from collections.abc import Mapping

from esrdata.errors import UsageError
from esrdata.knowledge import load

#: A programme period, a fund and a priority axis.
Cell = tuple[str, str, int]


def to_fill(name: str, what: str) -> str:
    """What is missing, and the file of a shelf of one's own to write it to."""
    return (
        f"The shelf has no {what}: add rows to codes/{name}.csv of a shelf of your own, with the "
        "source of each (docs/methods.md, Reference figures)."
    )


def frames(measure: str) -> dict[Cell, float]:
    """The frame of each axis in euros, as of the last year that there is one of."""
    rows = [row for row in load.codes("frames") if row["measure"] == measure]
    return {
        (row["programme_period"], row["fund"], int(row["priority_axis"])): float(row["value"])
        for row in sorted(rows, key=lambda row: int(row["year"]))
    }


def inhabitants() -> dict[int, dict[str, int]]:
    """Inhabitants at the end of each year by the Finnish name of the region."""
    names = {row["code"]: row["label_fi"] for row in load.codes("regions")}
    found: dict[int, dict[str, int]] = {}
    for row in load.codes("inhabitants"):
        found.setdefault(int(row["year"]), {})[names[row["region"]]] = int(row["value"])
    return found


def prices() -> dict[int, float]:
    """The price index of each year, its series joined at the first year that two of them have.

    Raises
    ------
    UsageError
        If a series has no year in common with those before it.
    """
    series: dict[str, dict[int, float]] = {}
    for row in load.codes("price_index"):
        series.setdefault(row["series"], {})[int(row["year"])] = float(row["value"])
    whole: dict[int, float] = {}
    for name, own in series.items():
        whole = _joined(whole, own, name)
    return whole


def _joined(whole: Mapping[int, float], own: Mapping[int, float], name: str) -> dict[int, float]:
    """Earlier years as they were, later ones as the newer series has them."""
    if not whole:
        return dict(own)
    both = sorted({*whole} & {*own})
    if not both:
        raise UsageError(
            f"The series {name} of codes/price_index.csv has no year in common with those before."
        )
    level = whole[both[0]] / own[both[0]]
    return {**whole, **{year: value * level for year, value in own.items() if year >= both[0]}}
