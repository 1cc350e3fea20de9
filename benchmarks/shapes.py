"""What is read from every shape, and how fast: python benchmarks/shapes.py [WORD…] [--tell]

A row for each shape: cells right of all cells, cells wrong, lost and invented, words of prose
kept, lines accounted for, paragraphs kept. The real documents are measured where they stand
beside the project, with every cell that a person read off them; otherwise those of data/raw. With
words only the shapes whose names hold one of them; `--tell` shows every difference. Exit code 1
if any cell is not as it is.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import shapes  # noqa: E402

from esrdata import Portfolio, read  # noqa: E402
from esrdata.errors import EsrdataError  # noqa: E402
from esrdata.reading.dispatch import read_file  # noqa: E402

SHARED = ROOT.parent / "shared"
CODES = ("S20405", "S12577")
THIRD = "S20562"


@dataclass
class Row:
    """What a shape gave: the score, lines, seconds and pages of each document."""

    name: str
    format: str
    score: shapes.Score
    lines: tuple[int, int] = (0, 0)
    seconds: tuple[float, ...] = ()
    pages: tuple[int, ...] = ()
    note: str = ""


def text_of(code: str) -> str:
    real = SHARED / "real" / "descriptions" / f"{code}.txt"
    path = real if real.is_file() else ROOT / "data" / "raw" / f"{code}.txt"
    return path.read_text(encoding="utf-8")


def gold_facts(code: str, text: str) -> shapes.Facts:
    """The cells a person read off a page, by dotted names; none where they are not at hand."""
    path = SHARED / "gold" / f"{code}.json"
    if not path.is_file():
        return {}
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = {f"projects.{name}": cell for name, cell in gold["project"].items()}
    found["projects.form"] = gold["form"]
    for measure, stages in gold["funding"].items():
        found |= {f"funding.{measure}.{stage}": amount for stage, amount in stages.items()}
    for indicator, stages in gold["indicators"].items():
        found |= {f"indicators.{indicator}.{stage}": count for stage, count in stages.items()}
    for level, names in gold["locations"].items():
        found |= {f"locations.{level}.{i}.name": name for i, name in enumerate(names)}
    for row in gold["sustainability"]:
        name = f"sustainability.{row['criterion']}"
        found |= {f"{name}.{part}": row[part] for part in ("dimension", "direct", "indirect")}
    for principle, answer in (gold["gender"] | gold.get("classification", {})).items():
        found[f"horizontal.{principle}.answer"] = answer
    found |= {f"contacts.0.{part}": said for part, said in gold["contact"].items()}
    for section, (begin, end) in gold["narratives"].items():
        start = text.index(begin)
        found[f"narratives.{section}"] = text[start : text.index(end, start) + len(end)]
    return found


def read_text(text: str, folder: Path) -> Portfolio:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "hanke.txt"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read(path, contacts=True)


def expected_of(code: str, text: str, said: str, folder: Path) -> shapes.Facts:
    """The facts of the clean text, and over them what a person read off it."""
    facts = shapes.facts_of(read_text(said, folder), code)
    if said != text:
        return facts
    for name, cell in gold_facts(code, text).items():
        if not (shapes.is_prose(name) and str(cell).split() == str(facts.get(name)).split()):
            facts[name] = cell
    return facts


def pages_of(path: Path) -> int:
    if path.suffix != ".pdf":
        return 1
    import pypdfium2

    with path.open("rb") as file:
        return len(pypdfium2.PdfDocument(file))


def seconds_of(path: Path, times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        read_file(str(path), contacts=True)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def measure(
    shape: shapes.Shape, texts: Mapping[str, str], all_facts: Mapping[str, shapes.Facts],
    folder: Path, times: int, within: set[str] | None = None,
) -> Row:  # fmt: skip
    """Write a shape of some descriptions into one file, read it and compare."""
    row = Row(shape.name, shape.format, shapes.Score())
    path = shape.write(folder, "\n\n".join(text.strip("\n") for text in texts.values()) + "\n")
    portfolio = None
    try:
        portfolio = read(path.parent, contacts=True)
        row.lines = shapes.explained(portfolio)
        row.seconds, row.pages = (seconds_of(path, times),), (pages_of(path),)
    except EsrdataError:
        row.note = "not read"
    except Exception as error:  # the engine may be in the making: the matrix goes on
        row.note = f"raised {type(error).__name__}: {error}"[:80]
    for code in texts:
        got = shapes.facts_of(portfolio, code) if portfolio is not None else {}
        row.score += shapes.compare(all_facts[code], got, within=within).of(code)
    if portfolio is not None:
        others = set(portfolio.projects["project_code"]) - set(texts)
        row.score.invented |= {f"{code} as a whole": code for code in others}
    return row


def matrix(wanted: list[str], times: int, folder: Path) -> list[Row]:
    rows = []
    texts = {code: text_of(code) for code in CODES}
    for shape in shapes.SHAPES.values():
        if not any(word in shape.name for word in wanted or [""]):
            continue
        row = Row(shape.name, shape.format, shapes.Score())
        lacking = shapes.missing(shape.needs)
        if lacking:
            row.note = lacking
            rows.append(row)
            continue
        for code, text in texts.items():
            place = folder / shape.name / code
            said = shape.says(text)
            facts = expected_of(code, text, said, place / "clean")
            within = None
            if shape.whole is not None:
                within = shapes.standing(shape, text, place / "whole", code)
            one = measure(shape, {code: text}, {code: facts}, place / "shape", times, within)
            row.score += one.score
            row.lines = (row.lines[0] + one.lines[0], row.lines[1] + one.lines[1])
            row.seconds, row.pages = row.seconds + one.seconds, row.pages + one.pages
            row.note = row.note or one.note
        rows.append(row)
    texts[THIRD] = text_of(THIRD)
    facts = {
        code: expected_of(code, text, text, folder / "clean" / code) for code, text in texts.items()
    }
    for shape in shapes.SEVERAL.values():
        if not any(word in shape.name for word in wanted or [""]):
            continue
        row = Row(shape.name, shape.format, shapes.Score())
        row.note = shapes.missing(shape.needs) or ""
        orders = list(permutations(texts)) if shape.needs is None else [tuple(texts)]
        for i, order in enumerate(orders if not row.note else []):
            ordered = {code: texts[code] for code in order}
            one = measure(shape, ordered, facts, folder / shape.name / str(i), 1)
            row.score += one.score
            row.lines = (row.lines[0] + one.lines[0], row.lines[1] + one.lines[1])
            row.note = row.note or one.note
        rows.append(row)
    return rows


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def show(rows: list[Row], *, tell: bool) -> None:
    heads = (
        "cells right",
        "wrong",
        "lost",
        "invented",
        "words kept",
        "added",
        "lines",
        "paragraphs",
    )
    print(f"{'shape':36}" + "".join(f"{head:>13}" for head in heads))
    for row in rows:
        score = row.score
        cells = (
            f"{score.right}/{score.total}",
            str(len(score.wrong)),
            str(len(score.lost)),
            str(len(score.invented)),
            share(score.words, score.words_total),
            str(score.words_added),
            share(*row.lines),
            f"{score.paragraphs}/{score.paragraphs_total}",
        )
        print(f"{row.name:36}" + "".join(f"{cell:>13}" for cell in cells) + f"  {row.note}")
        if tell and not score.perfect:
            print("    " + score.told().replace("\n", "\n    "))
    print()
    for format_ in dict.fromkeys(row.format for row in rows):
        spent = [(s, p) for row in rows if row.format == format_
                 for s, p in zip(row.seconds, row.pages, strict=True)]  # fmt: skip
        if spent:
            whole = statistics.median(seconds for seconds, _ in spent)
            a_page = statistics.median(seconds / pages for seconds, pages in spent)
            print(f"{format_}: {1000 * whole:.1f} ms a document, {1000 * a_page:.1f} ms a page")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only shapes whose names hold one of these")
    parser.add_argument("--tell", action="store_true", help="show every difference")
    parser.add_argument("--times", type=int, default=3, help="readings timed of each file")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = matrix(said.words, said.times, Path(folder))
    show(rows, tell=said.tell)
    return int(any(r.score.wrong or r.score.lost or r.score.invented for r in rows))


if __name__ == "__main__":
    sys.exit(main())
