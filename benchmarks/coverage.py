"""How often intervals cover what they are of, simulated: ``python benchmarks/coverage.py [LIST]``.

The ratios of ended projects (of a project list, or of a made-up portfolio) are taken for a whole;
samples are drawn from it with replacement, and their intervals held against the figures of the
whole. Most of these ratios are 1, which is what makes intervals hard. Prints the tables of
docs/methods.md.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

import esrdata
from esrdata.samples.maker import write
from esrdata.stats import difference
from esrdata.stats.intervals import of_quantile, of_share

SIZES = (6, 8, 15, 30, 300)
Values = npt.NDArray[np.float64]
Bounds = tuple[float, float] | None
# Bounds that equal the figure but for rounding cover it.
ROUNDING = 1e-12


def sides(source: Path | None) -> Iterator[tuple[str, Values, Values]]:
    """Planned sums and ratios of two groups, the first group's twice for one that is the same."""
    if source is None:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), projects=400, seed=1)
            portfolio, by = esrdata.read(folder), "programme_period"
    else:
        portfolio, by = esrdata.read(source), "fund"
    ratios = esrdata.stats.ratios(portfolio, by=by)
    for name, part in ratios.groupby(by, sort=False):
        yield str(name), *(part[c].to_numpy(dtype=float) for c in ("planned", "ratio"))


def coverage(of: Callable[[], Bounds], figure: float, times: int) -> str:
    """The share of intervals that cover a figure; a dash where there is none."""
    found = [of() for _ in range(times)]
    known = [bounds for bounds in found if bounds is not None]
    if not known:
        return "–"
    hits = sum(low - ROUNDING <= figure <= high + ROUNDING for low, high in known)
    return f"{hits / len(known):.1%}"


def rows(groups: list[tuple[str, Values, Values]], times: int, seed: int) -> Iterator[list[str]]:
    """A row per figure: its name and its coverage at each size."""
    random = np.random.default_rng(seed)

    def drawn(values: Values, n: int) -> Values:
        return values[random.integers(0, len(values), n)]

    def row(name: str, figure: float, of: Callable[[int], Bounds]) -> list[str]:
        return [name, *(coverage(lambda n=n: of(n), figure, times) for n in SIZES)]

    for name, _, ratio in groups:
        equal = f"{(ratio == 1).mean():.0%} of ratios are 1"
        for label, q in (("median", 0.5), ("lower quartile", 0.25), ("upper quartile", 0.75)):
            yield row(
                f"{name} ({equal}): {label}",
                float(np.quantile(ratio, q)),
                lambda n, r=ratio, q=q: of_quantile(drawn(r, n), q),
            )
        yield row(
            f"{name}: share below 80 %",
            float((ratio < 0.8).mean()),
            lambda n, r=ratio: of_share(int((drawn(r, n) < 0.8).sum()), n),
        )
    (a, money_a, of_a), (b, money_b, of_b) = groups[:2]
    yield row(
        f"{a} − {b}: medians",
        float(np.median(of_a) - np.median(of_b)),
        lambda n: difference.of_medians(drawn(of_a, n), drawn(of_b, n)),
    )
    yield row(
        f"{a} − {b}: shares below 80 %",
        float((of_a < 0.8).mean() - (of_b < 0.8).mean()),
        lambda n: difference.of_shares(drawn(of_a, n) < 0.8, drawn(of_b, n) < 0.8),
    )
    yield row(
        f"{a} − {b}: means of planned sums",
        float(money_a.mean() - money_b.mean()),
        lambda n: difference.of_means(drawn(money_a, n), drawn(money_b, n)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, nargs="?", help="a project list; else made-up ones")
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"| interval of | {' | '.join(f'n = {n}' for n in SIZES)} |")
    print(f"| --- |{' --- |' * len(SIZES)}")
    for row in rows(list(sides(asked.source)), asked.times, asked.seed):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
