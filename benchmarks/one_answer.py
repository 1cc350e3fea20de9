"""Two groups by four functions: whether they count the same projects and find the same.

    python benchmarks/one_answer.py my/list.csv [--by fund]

Prints, for each function, how many projects of each group it counts and the median of their
utilisation rates; Cliff's delta and p of `compare_groups`, and both made anew from the rates of
`ratios`. Ends with 1 where two of them differ, or are about other populations.
"""

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import mannwhitneyu

import esrdata
from esrdata import stats

MEASURE = "public_total"
FIGURE = f"{MEASURE}_absorption"


def differing(portfolio: esrdata.Portfolio, by: str) -> list[str]:
    """Print what each function answers; gives what differs."""
    whole = stats.absorption(portfolio, by=by, measure=MEASURE)
    single = stats.ratios(portfolio, by=by, measure=MEASURE)
    tested = stats.compare_groups(portfolio, FIGURE, by)
    beside = stats.compare(portfolio, MEASURE, by=by)
    if len(tested) != 1:
        raise SystemExit(f"It takes two groups; {by} gives {len(tested)} pairs.")
    pair = tested.iloc[0]
    groups = (pair["group_a"], pair["group_b"])
    keys = [beside.attrs["keys"][side][by] for side in beside["side"]]
    parts = [single.loc[single[by] == key, "ratio"].to_numpy(dtype=float) for key in groups]
    found: dict[str, Sequence[float]] = {
        "absorption": _of(whole.set_index(by), groups, "median_ratio"),
        "ratios": [value for part in parts for value in (len(part), float(np.median(part)))],
        "compare_groups": [pair["n_a"], pair["median_a"], pair["n_b"], pair["median_b"]],
        "compare": _of(beside.set_index([keys]), groups, "median"),
    }
    for name, values in found.items():
        print(f"  {name:15} " + "  ".join(f"{v:,.6g}" for v in values))
    test = mannwhitneyu(*parts, method="asymptotic")
    delta = 2 * test.statistic / (len(parts[0]) * len(parts[1])) - 1
    print(f"  compare_groups: delta {pair['cliffs_delta']:.4f}, p {pair['p']:.4g}")
    print(f"  made anew:      delta {delta:.4f}, p {test.pvalue:.4g}")
    first = found["absorption"]
    wrong = [name for name, values in found.items() if not np.allclose(values, first, rtol=1e-9)]
    if not np.allclose([pair["cliffs_delta"], pair["p"]], [delta, test.pvalue], rtol=1e-9):
        wrong.append("delta or p")
    about = [table.attrs["population_spec"] for table in (whole, single, tested, beside)]
    return wrong + ["population"] * any(one != about[0] for one in about)


def _of(table: pd.DataFrame, groups: Sequence[str], median: str) -> list[float]:
    return [table.loc[key, name] for key in groups for name in ("n", median)]


def main() -> None:
    """Ask the functions, and say whether they agree."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source")
    parser.add_argument("--by", default="fund")
    given = parser.parse_args()
    wrong = differing(esrdata.read(given.source), given.by)
    print("differing: " + (", ".join(wrong) or "none"))
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
