"""Made-up tables of any number of projects for every chart on a sheet, cheap to make."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from esrdata.knowledge import load
from esrdata.present import charts

NAME = "Itä-Suomen kuntoutus- ja työllisyyspalveluyhdistysten yhteistoiminnan kehittämishanke {}"


def _axes() -> list[tuple[str, str, int]]:
    rows = load.codes("priority_axes")
    return [(r["programme_period"], r["fund"], int(r["code"])) for r in rows]


def _money(n: int, groups: pd.DataFrame) -> pd.DataFrame:
    """Sums of n projects divided among groups: the last has one project, and one is over plan."""
    random = np.random.default_rng(n)
    counts = np.maximum(1, (n * np.arange(1, len(groups) + 1)[::-1] ** 2) // 900)
    planned = counts * random.uniform(20_000, 900_000, len(groups)).round(2)
    table = groups.assign(n=counts, n_both=counts, planned=planned)
    table["realised"] = (planned * random.uniform(0.5, 1.1, len(groups))).round(2)
    table.attrs = {"measure": "public_total", "read_from": ["list", "web"]}
    return table.convert_dtypes()


def money(n: int) -> pd.DataFrame:
    """Sums of projects where they are few, else of all priority axes."""
    if n <= 24:
        names = [NAME.format(at % 7) for at in range(n)]
        periods = ["2007-2013" if at % 3 else "2014-2020" for at in range(n)]
        groups = {"programme_period": periods, "name": names}
        groups["project_code"] = [f"S{20000 + at}" for at in range(n)]
        return _money(n, pd.DataFrame(groups))
    names = ["programme_period", "fund", "priority_axis"]
    return _money(n, pd.DataFrame(_axes()[: 12 if n < 1000 else None], columns=names))


def used(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ratios of n projects by axis, some far outside the scale, and their figures."""
    random = np.random.default_rng(n)
    axes = _axes()[: max(1, min(n // 2, 11))]
    group = random.integers(0, len(axes), n)
    ratio = np.minimum(random.normal(0.97, 0.06, n), 1.02)
    ratio[:: max(n // 12, 2)] = 0.3
    ratio[1 :: max(n // 9, 25)] = 1.4
    names = ["programme_period", "fund", "priority_axis"]
    heads = pd.DataFrame([axes[at] for at in group], columns=names)
    ratios = heads.assign(ratio=ratio, planned=random.uniform(2e4, 9e6, n).round(2))
    ratios.insert(0, "project_code", [f"S{at}" for at in range(n)])
    rows = []
    for key, part in ratios.groupby(names, sort=False):
        middle = float(part["ratio"].median())
        few = len(part) < 6
        ends = (None, None) if few else (middle - 0.03, middle + 0.04)
        rows.append((*key, len(part), 1, middle, *ends))
    columns = [*names, "n", "n_excluded", "median_ratio", "ci_low", "ci_high"]
    table = pd.DataFrame(rows, columns=columns).convert_dtypes()
    table.attrs = {"measure": "public_total", "read_from": ["description"]}
    return table, ratios


def spans(n: int) -> pd.DataFrame:
    """Times of n projects over two periods; every third was extended."""
    random = np.random.default_rng(n)
    start = pd.Timestamp(2007, 5, 1) + pd.to_timedelta(
        np.sort(random.integers(0, 5500, n)), unit="D"
    )
    end = start + pd.to_timedelta(random.integers(60, 1500, n), unit="D")
    status = random.choice(["ended", "running", "interrupted"], n, p=[0.8, 0.19, 0.01])
    table = pd.DataFrame({"start_date": start, "end_date": end, "status_code": status})
    table.insert(0, "project_code", [f"S{20000 + at}" for at in range(n)])
    table.insert(1, "name", [NAME.format(at % 7) for at in range(n)])
    early = table["start_date"] < pd.Timestamp(2014, 1, 1)
    table["programme_period"] = np.where(early, "2007-2013", "2014-2020")
    table["fund"], table["duration_days"] = "ESR", (table["end_date"] - table["start_date"]).dt.days
    moved = pd.to_timedelta(np.where(np.arange(n) % 3, 0, 181), unit="D")
    table["end_before"] = (table["end_date"] - moved).where(np.arange(n) % 5 != 4)
    table.attrs = {"read_from": ["made_up"]}
    return table


def years(n: int) -> pd.DataFrame:
    """Projects of n by calendar year."""
    counts = [max(1, n // 17) + at for at in range(17)]
    table = pd.DataFrame({"year": range(2007, 2024), "n_running": [2 * x for x in counts]})
    table["n_started"] = counts
    for code in ("running", "ended", "interrupted", "without_status"):
        table[f"n_started_{code}"] = counts if code == "ended" else 0
    table.attrs = {"read_from": ["list"]}
    return table


def at_a_glance(n: int) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Money, and the tables of the other pictures; of four projects only some."""
    table, ratios = used(n)
    bands = pd.DataFrame({"size_band": [row["code"] for row in load.codes("size_bands")]})
    shares = np.sort(np.random.default_rng(n).pareto(1.2, max(n // 4, 2)))[::-1]
    shares = shares / shares.sum()
    owners = pd.DataFrame({"applicant": [NAME.format(at) for at in range(len(shares))]})
    owners["n"], owners["amount"] = 1, shares * n * 200_000
    owners["share"], owners["cumulative_share"] = shares, shares.cumsum()
    fields = ["projects.name", "projects.start_date", "funding.public_total.realised"]
    known = pd.DataFrame({"field": fields, "n": n, "n_read": [n, n - 1, n - 2]})
    more = {"ratios": ratios, "timeline": spans(n), "concentration": owners, "coverage": known}
    sizes = None if n <= 4 else _money(n, bands)
    whole = table[["programme_period", "fund", "priority_axis", "n"]]
    return _money(n, whole.drop(columns="n")), {**more, "sizes": sizes}


def _absorption(n: int, **look: Any) -> Axes:
    table, ratios = used(n)
    return charts.absorption(table, ratios=ratios, **look)


def _glance(n: int, **look: Any) -> Axes:
    table, more = at_a_glance(n)
    return charts.glance(table, **more, **look)


#: Every chart on a sheet, as a function of the number of projects and how it is drawn.
DRAWN: dict[str, Callable[..., Axes]] = {
    "planned_and_realised": lambda n, **look: charts.planned_and_realised(money(n), **look),
    "absorption": _absorption,
    "timeline": lambda n, **look: charts.timeline(spans(n), **look),
    "status_by_year": lambda n, **look: charts.status_by_year(years(n), **look),
    "glance": _glance,
}
