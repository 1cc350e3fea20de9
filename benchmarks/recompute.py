"""Every statistic computed a second time, from the tables alone, and compared with the library.

    python benchmarks/recompute.py [LIST OR FOLDER]...

Takes project lists, descriptions, folders of them or saved portfolios; two made-up samples are
always added. `recomputed/` beside this file computes the figures with plain Python, numpy, scipy
and statsmodels, and uses no function of `esrdata.stats`. Figures may differ by one in 10⁹, sums by
less than a cent. Prints a line per statistic and the figures that differ (the first twenty of
each); the exit code is 1 if any does.
"""

import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from recomputed import Second, Sum, comparisons, doubts, money, people, places, reference, sides
from recomputed.facts import Facts, plain

import esrdata
from esrdata import Portfolio, stats
from esrdata.samples.maker import write

# Half a cent: what is not rounded may lie in the middle of two.
RELATIVE, CENT, SHOWN = 1e-9, 0.005 + 1e-6, 20
PARTS: list[Callable[[Portfolio, Facts], Iterator[Second]]] = [
    money.seconds, people.seconds, places.seconds, comparisons.seconds, doubts.seconds,
    reference.seconds, sides.seconds,
]  # fmt: skip
#: Made-up samples: projects and seed.
SAMPLES = ((24, 1), (200, 2))


class Tally:
    """Figures compared and figures that differ, by statistic."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.left: defaultdict[str, set[str]] = defaultdict(set)
        self.differing: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, source: str, second: Second) -> None:
        """Compare the table of one call with what was computed a second time."""
        name, where = second.statistic, f"{source} {second.statistic}{second.asked}"
        self.calls[name] += 1
        rows = second.library.to_dict("records")
        ours = {tuple(plain(row[key]) for key in second.keys): row for row in rows}
        if len(ours) < len(rows):
            self.differing[name].append(f"{where}: two rows have one key")
        for key in {**second.rows, **ours}:
            if key not in ours or key not in second.rows:
                which = "is missing" if key not in ours else "is one too many"
                self.differing[name].append(f"{where} {key}: the row {which}")
                continue
            for column, value in second.rows[key].items():
                self._figure(name, f"{where} {key} {column}", value, plain(ours[key][column]))
        for column, value in second.attrs.items():
            self._figure(name, f"{where} {column}", value, second.library.attrs[column])
        if second.rows:
            # The overview is a table of the contract: only what is recomputed of it is compared.
            if name == "overview":
                return
            units = stats.columns(name).set_index("column")["unit"]
            numbers = units[~units.isin(["text", "date", "boolean"])].index
            known = set().union(*second.rows.values(), second.keys)
            given = {*second.library.columns[second.library.notna().any()]}
            self.left[name] |= (set(numbers) & given) - known

    def _figure(self, name: str, where: str, theirs: Any, ours: Any) -> None:
        self.compared[name] += 1
        if not alike(theirs, ours):
            self.differing[name].append(f"{where}: recomputed {theirs!r}, library {ours!r}")

    def report(self) -> int:
        """Print the table; exit code 1 where a figure differs."""
        print(f"{'statistic':24}{'calls':>7}{'compared':>10}{'differing':>11}  not recomputed")
        for name in sorted(self.calls):
            left = ", ".join(sorted(self.left[name])) or "–"
            counts = f"{self.calls[name]:7}{self.compared[name]:10}{len(self.differing[name]):11}"
            print(f"{name:24}{counts}  {left}")
        whole = sum(map(len, self.differing.values()))
        print(f"{'all':24}{self.calls.total():7}{self.compared.total():10}{whole:11}")
        for line in (line for found in self.differing.values() for line in found[:SHOWN]):
            print(line)
        print("Statistics without a second computation:", *sorted(self._never()))
        return int(bool(whole))

    def _never(self) -> set[str]:
        return {*stats.columns()["statistic"].unique()} - {*self.calls} or {"none"}


def alike(theirs: Any, ours: Any) -> bool:
    """Whether two figures are one: sums to the cent, others to one in 10⁹."""
    if not isinstance(theirs, (int, float)) or not isinstance(ours, (int, float)):
        return bool(theirs == ours)
    if isinstance(theirs, Sum):
        return abs(theirs - ours) < CENT
    return math.isclose(theirs, ours, rel_tol=RELATIVE, abs_tol=RELATIVE)


def samples(folder: Path) -> Iterator[tuple[str, Portfolio]]:
    """Two made-up portfolios, so that every statistic has rows."""
    for projects, seed in SAMPLES:
        write(folder / str(seed), projects=projects, seed=seed)
        yield f"sample {projects}", esrdata.read(folder / str(seed))


def portfolios(sources: list[str], folder: Path) -> Iterator[tuple[str, Portfolio]]:
    for source in sources:
        kept = Path(source, "projects.parquet").exists()
        files = [Path(source)] if kept or Path(source).is_file() else sorted(Path(source).iterdir())
        # Each list by itself: two exports of one list are one portfolio otherwise.
        for file in files if all(f.suffix == ".csv" for f in files) else [Path(source)]:
            yield file.name, esrdata.load(file) if kept else esrdata.read(file)
    yield from samples(folder)


def main(sources: list[str]) -> int:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for name, portfolio in portfolios(sources, Path(folder)):
            facts = Facts(portfolio)
            for part in PARTS:
                for second in part(portfolio, facts):
                    tally.add(name, second)
    return tally.report()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
