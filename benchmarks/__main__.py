"""Speed against its limits and against peers, in one run: python -m benchmarks [--list CSV]

Times are processor seconds, medians of turns taken one after another in one process, so that ratios
hold on any machine; what is measured in a process of its own, or with two, says so. Documents are
made up as long as real ones. Needs beautifulsoup4 beside `.[dev]`.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pypdfium2

import esrdata
from esrdata.reading import dispatch
from esrdata.samples.maker import write

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
Act = Callable[[], object]


class Line(NamedTuple):
    """A line of the table: what, the figure with its unit, its limit."""

    what: str
    figure: float
    unit: str
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        unit = f" {self.unit}" if self.unit else ""
        figures = f"{self.figure:.2f}{unit} | {sign} {self.limit:g}{unit}"
        return f"| {self.what} | {figures} | {'yes' if self.met else '**no**'} |"


def cpu(act: Act) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def medians(turns: int, **acts: Act) -> dict[str, float]:
    """Processor seconds of each, in turns; what is imported at first counts for nothing."""
    for act in acts.values():
        act()
    spent: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(turns):
        for name, act in acts.items():
            spent[name].append(cpu(act))
    return {name: statistics.median(times) for name, times in spent.items()}


def child(*command: str, turns: int = 5) -> float:
    """Processor seconds of a process of its own, the median; modules are compiled before."""
    # An installed package is compiled; a shell that keeps no bytecode would have it done each time.
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *command], check=True, stdout=subprocess.DEVNULL, env=compiled
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    once()
    return statistics.median(once() for _ in range(turns))


def wall(act: Act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def starting() -> Iterator[Line]:
    ours, pandas = child("-c", "import esrdata"), child("-c", "import pandas")
    yield Line("`import esrdata` / `import pandas`", ours / pandas, "", 1.1)
    nothing = child("-c", "pass")
    helped = child("-m", "esrdata", "--help") - nothing
    yield Line("`esrdata --help` beyond the interpreter", helped, "s", 0.3)
    code = f"import esrdata; esrdata.read({str(RAW / 'S20405.txt')!r})"
    first = child("-c", code) - pandas
    yield Line("first read from a cold start, beyond `import pandas`", first, "s", 0.5)


def soup(files: list[Path]) -> None:
    """What the public scraper does: every paragraph and heading of a page."""
    from bs4 import BeautifulSoup

    for path in files:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for tag in page.find_all(["p", "h1", "h2", "h3"]):
            tag.get_text(strip=True)


def pdf_text(files: list[Path]) -> None:
    for path in files:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()


def without_claims(files: list[Path]) -> None:
    find, dispatch.find_claims = dispatch.find_claims, lambda _: []
    try:
        esrdata.read(files)
    finally:
        dispatch.find_claims = find


def documents(folder: Path, turns: int) -> Iterator[Line]:
    made = {kind: write(folder / kind, projects=20, format=kind) for kind in ("html", "txt")}
    printed = write(folder / "pdf", projects=4, format="pdf")
    found = medians(
        turns,
        soup=lambda: soup(made["html"]),
        html=lambda: esrdata.read(made["html"]),
        plain=lambda: without_claims(made["html"]),
        text=lambda: esrdata.read(made["txt"]),
        pdfium=lambda: pdf_text(printed),
        pdf=lambda: esrdata.read(printed),
    )
    yield Line("HTML whole / BeautifulSoup", found["html"] / found["soup"], "", 2)
    yield Line("HTML without claims / BeautifulSoup", found["plain"] / found["soup"], "", 1)
    yield Line("text whole, a document", 1000 * found["text"] / len(made["txt"]), "ms", 6)
    yield Line("PDF of Chromium whole / pypdfium2's text", found["pdf"] / found["pdfium"], "", 3)


def answers(source: Path | None) -> Iterator[Line]:
    raw = esrdata.read(RAW)
    found = medians(5, themes=raw.themes, search=lambda: raw.search("osallistuja"))
    yield Line("`themes` on four projects", 1000 * found["themes"], "ms", 50)
    yield Line("`search` on four projects", 1000 * found["search"], "ms", 50)
    if source is None:
        return
    yield Line("list read whole", medians(3, read=lambda: esrdata.read(source))["read"], "s", 1.5)
    portfolio = esrdata.read(source)
    code = str(portfolio.projects["project_code"].iloc[-1])
    found = medians(5, explain=lambda: portfolio.explain(code, "funding.public_total.planned"))
    yield Line("`explain` on the list", 1000 * found["explain"], "ms", 20)


def many(folder: Path) -> Iterator[Line]:
    files = write(folder / "many", projects=400)
    one, two = (wall(lambda n=n: esrdata.read(files, workers=n)) for n in (1, 2))
    yield Line("two workers, 400 texts: speed-up", one / two, "times", 1.8, at_least=True)
    kept = folder / "kept"
    esrdata.read(files, cache=kept)
    found = medians(3, again=lambda: esrdata.read(files, cache=kept))
    ratio = cpu(lambda: esrdata.read(files)) / found["again"]
    yield Line("second read of 400 unchanged texts", ratio, "times", 15, at_least=True)


def reports(folder: Path, source: Path | None) -> Iterator[Line]:
    made = folder / "two hundred"
    write(made, projects=200)
    out = str(folder / "report")
    spent = child("-m", "esrdata", "report", str(made), "--out", out, "--no-cache", turns=1)
    read = child("-m", "esrdata", "check", str(made), "--no-cache", turns=1)
    yield Line("report of 200 projects, reading left out", spent - read, "s", 6)
    if source is not None:
        spent = child("-m", "esrdata", "report", str(source), "--out", out, "--no-cache", turns=1)
        yield Line("report of the list, reading and all", spent, "s", 15)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield Line("its memory at most", most, "MB", 700)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--list", type=Path, help="a project list of some 20,000 rows")
    arguments.add_argument("--turns", type=int, default=5)
    given = arguments.parse_args()
    print(f"{date.today().isoformat()}, {platform.machine()}, Python {platform.python_version()}\n")
    print("| what | measured | limit | met |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for lines in (
            starting(), documents(folder, given.turns), answers(given.list), many(folder),
            reports(folder, given.list),
        ):  # fmt: skip
            for line in lines:
                print(line, flush=True)


if __name__ == "__main__":
    main()
