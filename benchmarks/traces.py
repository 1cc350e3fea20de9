"""Figures of the report led back to their projects and made again: how many differ.

    python benchmarks/traces.py data/raw my/lists/*.csv [--figures 200] [--seed 1]

Of each source, figures are drawn at random from all statistics tables of the report. Prints, for
each, how many were traced and made again, how many differ (0 is right) and the processor seconds.
"""

import argparse
import math
import random
import time

import pandas as pd

import esrdata
from esrdata.present import pack
from esrdata.present.model import Table
from esrdata.stats import recompute
from esrdata.stats.made_of import made_of
from esrdata.stats.tracing import Tracer


def tables(portfolio: esrdata.Portfolio) -> list[Table]:
    """The statistics tables of the report."""
    content = pack.content(portfolio, lang="en", cards=False, traces=False)
    parts = [part for section in content.sections for part in section.parts]
    return [part for part in parts if isinstance(part, Table) and part.statistic is not None]


def same(figure: object, again: object) -> bool:
    """Whether two figures are equal but for the last bits."""
    if pd.isna(figure) or pd.isna(again):
        return bool(pd.isna(figure) and pd.isna(again))
    return math.isclose(float(figure), float(again), rel_tol=1e-9)


def measure(source: str, figures: int, seed: int) -> int:
    """Trace figures of one source; gives how many differ."""
    portfolio = esrdata.read(source)
    before = time.process_time()
    cells = []
    for part in tables(portfolio):
        # The total row is a statistic of its own.
        for table in [
            part.statistic,
            *([part.whole] if part.total and part.whole is not None else []),
        ]:
            tracer = Tracer(table)
            for column in part.columns:
                made = made_of(tracer.statistic, column.name)
                if made is not None and made.how != "test" and column.name in table:
                    cells += [(part.key, table, tracer, at, column.name) for at in table.index]
    drawn = random.Random(seed).sample(cells, min(figures, len(cells)))
    differing = 0
    for key, table, tracer, label, column in drawn:
        figure, again = table.loc[label, column], recompute(tracer.figure(label, column))
        if not same(figure, again):
            differing += 1
            print(f"  {key} {label} {column}: {figure} but {again}")
    spent = time.process_time() - before
    print(
        f"{source}: {len(portfolio)} projects, {len(drawn)} of {len(cells)} figures traced, "
        f"{differing} differing, {spent:.1f} s"
    )
    return differing


def main() -> None:
    """Trace figures of every source."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--figures", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if sum(measure(source, given.figures, given.seed) for source in given.sources):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
