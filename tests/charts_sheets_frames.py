"""Made-up tables of any number of projects for every chart on a sheet, cheap to make."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from esrdata.knowledge import load
from esrdata.present import charts
from esrdata.stats.peers import MEASURES

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
    sizes = None if n <= 4 else _money(n, bands).assign(planned_all=lambda rows: rows["planned"])
    whole = table[["programme_period", "fund", "priority_axis", "n"]]
    return _money(n, whole.drop(columns="n")), {**more, "sizes": sizes}


def answered(n: int) -> pd.DataFrame:
    """Answers of n projects: yes and no, and as many texts as projects up to forty."""
    rows: list[tuple[Any, ...]] = []
    for at, principle in enumerate(("gender_analysis", "gender_mainstreaming", "gender_main_goal")):
        yes = max(1, n // (at + 2))
        for code, count in (("yes", yes), ("no", n - yes)):
            rows.append(("eura2014", principle, code, None, count, count / n, n, at))
    texts = min(n, 40)
    for at in range(texts):
        text = f"{at}. jonkin verran kumppanuutta ja verkostoitumista edistävä projekti"
        rows.append(("eura2007", "partnership", None, text, 1, 1 / texts, texts, 3))
    names = "form principle answer_code answer n share n_answered n_missing"
    table = pd.DataFrame(rows, columns=names.split()).convert_dtypes()
    table.attrs = {"read_from": ["description"]}
    return table


def counted(n: int) -> pd.DataFrame:
    """Indicators of n projects by axis, of one both numbers, of one the plan alone."""
    names = ["programme_period", "fund", "priority_axis"]
    groups = pd.DataFrame(_axes()[: min(n, 27)], columns=names)
    rows: list[Any] = []
    for at, code in enumerate(("participants", "jobs_created")):
        sums = [n * (50 + 31 * row) for row in range(len(groups))]
        part = groups.assign(indicator=code, n=n, n_planned=n, n_realised=n * at, n_both=n * at)
        part["planned"] = part["planned_both"] = sums
        part["realised"] = part["realised_both"] = [x * 0.8 // 1 if at else None for x in sums]
        rows += part.to_dict("records")
    table = pd.DataFrame(rows).convert_dtypes()
    table.attrs = {"read_from": ["list", "web"]}
    return table


def ended(n: int) -> pd.DataFrame:
    """Ends of n projects that moved by some months, of every seventh not known."""
    pattern = [181, 0, 92, -61, 365, 900, None]
    days = pd.array([pattern[at % 7] for at in range(n)], dtype="Int64")
    table = pd.DataFrame({"project_code": [f"S{at}" for at in range(n)], "extension_days": days})
    table.attrs = {"read_from": ["description"]}
    return table


def compared(n: int) -> pd.DataFrame:
    """Pairs of up to nine groups with long names, one of them without an interval."""
    names = [NAME.format(at) for at in range(min(9, n))]
    pairs = [(a, b) for at, a in enumerate(names) for b in names[at + 1 :]]
    table = pd.DataFrame(pairs, columns=["group_a", "group_b"])
    delta = np.linspace(-1, 1, len(pairs))
    table = table.assign(n_a=n, n_b=n, cliffs_delta=delta, p_holm=0.0001)
    table["delta_low"], table["delta_high"] = (
        np.maximum(delta - 0.2, -1),
        np.minimum(delta + 0.2, 1),
    )
    table.loc[0, ["delta_low", "delta_high"]] = None
    table = table.convert_dtypes()
    table.attrs = {"value": "public_total_planned", "by": "applicant", "read_from": ["list"]}
    return table


def associated(n: int) -> pd.DataFrame:
    """Coefficients of figures of n projects, one of them not known."""
    figures = ["duration_days", "partner_count", "participants_planned", "ecological_direct"]
    rows = [
        (x, y, n, rho, rho - 0.1, rho + 0.1)
        for x, y, rho in zip(
            figures, [*figures[1:], "public_total_planned"], [0.8, -0.5, 0.1, 0.0], strict=True
        )
    ]
    rows.append(("public_total_absorption", "social_direct", 2, None, None, None))
    columns = ["x", "y", "n", "rho", "low", "high"]
    table = pd.DataFrame(rows, columns=columns).convert_dtypes()
    table.attrs = {"read_from": ["description"]}
    return table


def placed(n: int) -> pd.DataFrame:
    """A project among n peers in every figure that peers are compared by, one not known."""
    rows = [
        (
            name,
            1_234_567.5 / (at + 1) ** 4,
            n,
            100.0 * at / len(MEASURES),
            987_654.0 / (at + 1) ** 4,
        )
        for at, name in enumerate(MEASURES)
    ]
    columns = ["measure", "value", "n", "percentile", "median"]
    table = pd.DataFrame(rows, columns=columns).convert_dtypes()
    table.loc[3, ["percentile", "median"]] = None
    table.attrs = {"project_code": "S20405", "n_peers": n, "read_from": ["description"]}
    return table


def people(n: int) -> pd.DataFrame:
    """Planned and actual participants of n projects by axis; of the last nobody is known."""
    names = ["programme_period", "fund", "priority_axis"]
    groups = pd.DataFrame(_axes()[: min(n, 27)], columns=names)
    sums = [n * (50 + 31 * row) for row in range(len(groups))]
    known = [row < len(groups) - 1 for row in range(len(groups))]
    counts = pd.Series([n if one else 0 for one in known])
    table = groups.assign(n=n, n_planned=n, n_realised=counts, n_both=counts)
    table["planned"] = table["planned_both"] = sums
    actual = [x * 11 // 10 if one else None for x, one in zip(sums, known, strict=True)]
    table["realised"] = table["realised_both"] = actual
    table["womens_share_realised"] = [0.5 if one else None for one in known]
    table["n_women_realised"] = table["n_realised"]
    table = table.convert_dtypes()
    table.attrs = {"read_from": ["description"]}
    return table


def _absorption(n: int, **look: Any) -> Axes:
    table, ratios = used(n)
    return charts.absorption(table, ratios=ratios, **look)


def _glance(n: int, **look: Any) -> Axes:
    table, more = at_a_glance(n)
    return charts.glance(table, **more, **look)


def _first_page(n: int, **look: Any) -> Axes:
    table, more = at_a_glance(n)
    counts = [n // len(table)] * len(table)
    counts[0] += n - sum(counts)
    shown = money(n) if n <= 12 else table.assign(n=counts)
    return charts.glance(shown, **more, row=True, **look)


#: Every chart on a sheet, as a function of the number of projects and how it is drawn.
DRAWN: dict[str, Callable[..., Axes]] = {
    "planned_and_realised": lambda n, **look: charts.planned_and_realised(money(n), **look),
    "absorption": _absorption,
    "timeline": lambda n, **look: charts.timeline(spans(n), **look),
    "status_by_year": lambda n, **look: charts.status_by_year(years(n), **look),
    "glance": _glance,
    "first_page": _first_page,
    "participants": lambda n, **look: charts.participants(people(n), **look),
    "horizontal_answers": lambda n, **look: charts.horizontal_answers(answered(n), **look),
    "indicators": lambda n, **look: charts.indicators(counted(n), **look),
    "amendments": lambda n, **look: charts.amendments(ended(n), **look),
    "compare_groups": lambda n, **look: charts.compare_groups(compared(n), **look),
    "associations": lambda n, **look: charts.associations(associated(n), **look),
    "peers": lambda n, **look: charts.peers(placed(n), **look),
}
