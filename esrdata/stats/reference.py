"""Reference figures of the shelf: frames of programmes, inhabitants of regions, prices of years."""

from collections.abc import Collection, Mapping

from esrdata.errors import Sentence, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence

#: A programme period, a fund and a priority axis.
Cell = tuple[str, str, int]


def to_fill(name: str, asked: str) -> Sentence:
    """What is missing, what there is, and the file of a shelf of one's own to write it to.

    Parameters
    ----------
    name
        A code list of reference figures: ``frames``, ``inhabitants`` or ``price_index``.
    asked
        Of which years or programmes figures were asked for.
    """
    return sentence(f"reference.{name}", asked=asked, known=_known(name) or "–")


def _known(name: str) -> str:
    """The years, or the programmes, that the shelf has figures of."""
    rows = load.codes(name)
    if name == "frames":
        known = {f"{row['fund']} {row['programme_period']}: {row['measure']}" for row in rows}
        return ", ".join(sorted(known))
    return spans({int(row["year"]) for row in rows})


def spans(years: Collection[int]) -> str:
    """Years as spans: ``2006–2009, 2012``."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and parts[-1][-1] == year - 1:
            parts[-1] = [parts[-1][0], year]
        else:
            parts.append([year])
    return ", ".join("–".join(map(str, part)) for part in parts)


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
