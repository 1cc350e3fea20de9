"""More than memory holds: python -m benchmarks.store rows|descriptions N [N…] [--workers W]

Makes lists of 20,000 rows, or descriptions as long as real ones, reads them into a store and prints
for each N the seconds, the processor seconds and the most memory that all processes had together,
in the reading and in what follows. N may grow; memory should not.
"""

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

import esrdata
from esrdata.samples.maker import write

ROWS = 20_000
HEADINGS = (
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan tila,Aloituspvm,"
    "Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,"
    "Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,"
    "Toteutunut julkinen rahoitus yhteensä"
)
SECTIONS = ("Itä-Suomen suuralueosio", "Länsi-Suomen suuralueosio", "Valtakunnallinen osio")
TOWNS = ("Kotka", "Lahti", "Joensuu", "Vaasa", "Oulu", "Kemi", "Pori", "Rauma", "Salo", "Turku")


def row(number: int) -> str:
    """A row of a list, different in every cell that a list has for it."""
    town = TOWNS[number % len(TOWNS)]
    planned, realised = 1000 + number * 37 % 900_000, number * 29 % 900_000
    cells = (
        f"S{1_000_000 + number}",
        "ESR",
        f"Osaamista {town.lower()}laisille {number}",
        SECTIONS[number % len(SECTIONS)],
        str(1 + number % 4),
        "Pohjois-Karjalan maakuntaliitto",
        "Toiminta päättynyt",
        f"{1 + number % 28}.1.2008",
        f"{1 + number % 28}.12.2011",
        f"{town}n oppimisyhdistys {number % 3000} ry",
        *map(str, (planned, realised, 2 * planned, 2 * realised)),
    )
    return ",".join(cells)


def lists(folder: Path, rows: int) -> None:
    for first in range(0, rows, ROWS):
        text = "\n".join([HEADINGS, *map(row, range(first, min(first + ROWS, rows)))])
        (folder / f"{first:08d}.csv").write_text(text + "\n", encoding="utf-8")


class Watch:
    """The most memory that this process and its children have at once, in MiB."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.1):
            self.most = max(self.most, sum(_sizes(me)))

    def end(self) -> float:
        self._over.set()
        return self.most


def _sizes(me: psutil.Process) -> Iterator[float]:
    for process in (me, *me.children(recursive=True)):
        try:
            # What processes share counts once.
            yield process.memory_full_info().uss / 2**20
        except psutil.Error:
            continue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("rows", "descriptions"))
    parser.add_argument("n", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print(
        f"| {asked.what} | seconds | processor | most MiB | MiB on disk | absorption | MiB then |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for n in asked.n:
        with tempfile.TemporaryDirectory() as name:
            source, store = Path(name, "in"), Path(name, "store")
            source.mkdir()
            if asked.what == "rows":
                lists(source, n)
            else:
                write(source, projects=n, seed=n)
            watch, start, before = Watch(), time.perf_counter(), psutil.Process().cpu_times()
            portfolio = esrdata.read(source, to=store, workers=asked.workers)
            took, most = time.perf_counter() - start, watch.end()
            spent = sum(psutil.Process().cpu_times()[:4]) - sum(before[:4])
            size = sum(path.stat().st_size for path in store.iterdir()) / 2**20
            watch, start = Watch(), time.perf_counter()
            esrdata.stats.absorption(portfolio, by="fund")
            then = time.perf_counter() - start
            figures = f"{took:.0f} | {spent:.0f} | {most:.0f} | {size:.0f} | {then:.1f}"
            print(f"| {len(portfolio):,} | {figures} | {watch.end():.0f} |", flush=True)
            shutil.rmtree(source)


if __name__ == "__main__":
    main()
