"""Tables of the second set of charts, made by hand, for 4, 24, 200 and 20,000 projects."""

from typing import Any

import numpy as np
import pandas as pd
from charts_frames import DIMENSIONS
from test_compare import portfolio

import esrdata
from esrdata.knowledge import load

SIZES = (4, 24, 200, 20_000)
LONG = "Itä-Suomen työllisyyspalveluyhdistysten yhteistoimintakuntayhtymän hallintoneuvosto ry"
NAMES = (
    "Elinvoimaa ja osallisuutta",
    "Asukaslähtöinen kehittäminen Kotkassa - kaupunginosien osallistava työ",
    "Hyvinvoiva asukas - yhteisöllisen asumisen ja palveluverkoston kehittäminen Etelä-Savossa",
)


def _sources(table: pd.DataFrame, **attrs: Any) -> pd.DataFrame:
    table.attrs = {"read_from": ["description"], **attrs}
    return table


def profile(n: int, varied: bool = False) -> pd.DataFrame:
    """Shares of classes: half zeros and more from one criterion to the next."""
    rows = []
    for at, (dimension, names) in enumerate(DIMENSIONS.items()):
        for place, criterion in enumerate(names.split()):
            for effect in ("direct", "indirect"):
                zero = 0.75 - place * 0.1 if effect == "direct" else 0.5
                low = 0.05 if at else 0.0
                high = 0.1 + 0.01 * place
                own = n - place if varied else n
                shares = (zero, low, 1 - zero - low - high, high)
                rows.append((dimension, criterion, effect, own, *shares))
    names = "dimension criterion effect n share_zero share_1_to_3 share_4_to_7 share_8_or_above"
    table = pd.DataFrame(rows, columns=names.split())
    text = dict.fromkeys(("dimension", "criterion", "effect"), "string")
    shares = dict.fromkeys(table.columns[4:], "Float64")
    out = [{"reason": "The form does not ask for scores.", "n": 7}]
    return _sources(table.astype({**text, **shares, "n": "Int64"}), exclusions=out)


def scores(n: int = 4, wellbeing: int = 5) -> pd.DataFrame:
    """Scores of each project: well-being from the given one on, others between 0 and 4."""
    rows = []
    for at in range(n):
        for dimension, names in DIMENSIONS.items():
            for place, criterion in enumerate(names.split()):
                for effect in ("direct", "indirect"):
                    own = (at + place) % 5
                    if criterion == "wellbeing":
                        own = min(10, wellbeing + at)
                    rows.append((f"S{at}", NAMES[at % 3], dimension, criterion, effect, own))
    names = "project_code name dimension criterion effect score"
    table = pd.DataFrame(rows, columns=names.split())
    text = dict.fromkeys(names.split()[:-1], "string")
    asked = [{"form": "eura2007", "n": 1, "project_code": "S99"}]
    return _sources(table.astype({**text, "score": "Float64"}), not_asked=asked)


def shares(n: int = 300) -> pd.DataFrame:
    """Beneficiaries of which each has nine tenths of the one before, down to a floor."""
    amount = np.round(1e6 * 0.9 ** np.arange(n) + 50_000, 2)
    share = amount / amount.sum()
    table = pd.DataFrame(
        {
            "applicant": [f"{LONG if at % 2 else 'Kaupunki'} {at}" for at in range(n)],
            "n": 2,
            "amount": amount,
            "share": share,
            "cumulative_share": share.cumsum(),
            "rank": range(1, n + 1),
        }
    )
    floats = dict.fromkeys(("amount", "share", "cumulative_share"), "Float64")
    told = {"n_beneficiaries": n, "n_excluded": 3, "gini": 0.4372, "hhi": 0.0346}
    table = table.astype({"applicant": "string", "n": "Int64", **floats})
    return _sources(table, measure="eu_and_state", stage="planned", **told)


def stated(n: int = 5) -> pd.DataFrame:
    """Five kinds of projects: claims, many, none planned, no claim, no text."""
    claims: list[list[tuple]] = [
        [(800, "about", "realised", "n. 800 nuorta"), (20, "at_least", "unknown", "parikymmentä")],
        [(x, "exact", "realised", f"{x} henkilöä") for x in (60, 50, 40, 30)]
        + [(999, "exact", "planned", "999 henkilöä")],
        [(5, "under", "realised", "alle viisi osallistujaa")],
        [],
        [],
    ]
    rows: list[dict] = []
    for at in range(n):
        kind = at % 5
        planned = [43, 0, None, 100, 1200][kind]
        base = {"project_code": f"S{20000 + at}", "name": NAMES[at % 3], "applicable": kind != 2}
        base |= {"planned": None if planned is None else planned + at, "final_report": kind != 4}
        base |= {"realised_on_form": 50 if kind == 3 else None, "n_claims": len(claims[kind])}
        for rank, (value, qualifier, stage, text) in enumerate(claims[kind], 1):
            claim = {"rank": rank, "value": value, "value_high": None, "stage": stage}
            rows.append({**base, **claim, "qualifier": qualifier, "text": text})
        rows += [] if claims[kind] else [base]
    table = pd.DataFrame(rows).assign(decision=None, value_corrected=None)
    order = "project_code name planned realised_on_form applicable final_report rank value "
    order += "value_high qualifier stage text decision value_corrected n_claims"
    text = ("project_code", "name", "qualifier", "stage", "decision", "text")
    kinds = dict.fromkeys(text, "string")
    kinds |= dict.fromkeys(("planned", "realised_on_form", "rank"), "Int64")
    kinds |= dict.fromkeys(("value", "value_high", "value_corrected"), "Float64")
    kinds |= {"applicable": "boolean"}
    return _sources(table[order.split()].astype(kinds))


def regions(n: int = 200, rule: str = "full_count") -> pd.DataFrame:
    """Kanta-Häme has no projects and so no sums; others have more from one to the next."""
    rows: list[tuple] = []
    for at, region in enumerate(load.codes("regions")):
        many = max(1.0, float(n * (at + 1) // 190))
        if n < 20:
            many = float(at < n)
        many = 0.0 if region["label_fi"] == "Kanta-Häme" else many
        planned = many * 123_456.0 if many else None
        median = 100_000.0 + 10_000 * at if many else None
        cells = (planned, many, planned, many, median)
        rows.append((rule, "region", region["label_fi"], many, *cells))
    rows.append((rule, "country", None, 0.0 if n < 20 else 4.0, 1e6, 4.0, 1e6, 4.0, 1e6))
    names = "rule level name n planned n_planned realised n_realised median_planned"
    table = pd.DataFrame(rows, columns=names.split())
    table = table.astype({**dict.fromkeys(("rule", "level", "name"), "string")})
    table = table.astype(dict.fromkeys(names.split()[3:], "Float64"))
    whole = {"n": n, "planned": n * 123_456.0, "median_planned": 190_000.0}
    return _sources(table, rule=rule, n_several=17, whole=whole)


def sides(n: int, long: bool = False) -> pd.DataFrame:
    """Two portfolios of ended projects, one of which uses less of its money."""
    half = n // 2
    # Every tenth of the first is discontinued, and of every ninth nobody knows.
    states = [
        "interrupted" if i % 10 == 1 else None if i % 9 == 2 else "ended" for i in range(half)
    ]
    axes = {"programme_period": "2007-2013", "fund": "ESR"}
    told = {name: [value] * n for name, value in axes.items()}
    first = portfolio(
        [float(i % 10) for i in range(half)], status_code=states, priority_axis=["3"] * n, **told
    )
    second = portfolio(
        [5 + float(i % 6) for i in range(n - half)], "B", priority_axis=["4"] * n, **told
    )
    names = (f"{LONG}, ohjelmakausi 2007–2013", f"{LONG} ja muut") if long else ("Oma", "Muut")
    sides = dict(zip(names, (first, second), strict=True))
    return esrdata.compare(sides, ["public_total", "discontinued"])
