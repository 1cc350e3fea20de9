"""Drafts with planted errors held against their portfolio: what is noticed, what is wrongly so.

    python -m benchmarks.proof FOLDER… [--held | --blind c] [--packs FOLDER…] [--rounds 2]

Each FOLDER holds the saved tables of a portfolio (`portfolio.save`). Of each, prose in three
languages is filled with true figures computed here with pandas, and errors of eight kinds are
planted by a seeded program; `--held` takes the texts that were written apart from the vocabulary,
as Markdown, Word and pages, and `--blind` those that were written before any of them was proofed:
what parts a and b taught was mended, part c was written after it. A pack is a folder that
`esrdata report` wrote: its report.docx has errors planted, too. Prints recall by kind, true
numbers contradicted and derivable ones not found.
"""

import argparse
import tempfile
import time
from itertools import product
from pathlib import Path

import esrdata
from benchmarks.proofing.errors import plant
from benchmarks.proofing.facts import Facts
from benchmarks.proofing.formats import write
from benchmarks.proofing.packs import of_pack
from benchmarks.proofing.places import found_for, missed
from benchmarks.proofing.tally import Tally
from benchmarks.proofing.texts import Label, Text, fill
from esrdata.proofing.draft import read
from esrdata.proofing.findings import CONTRADICTED, EQUAL, ROUNDED
from esrdata.proofing.proof import Proofer

LANGUAGES = ("fi", "sv", "en")
#: Of the numbers of a draft so many have an error.
SHARE = 0.12
#: The texts written apart, and what they are written as; one with fewer numbers is not for a
#: portfolio.
HELD = (("1", "md"), ("2", "docx"), ("3", "html"), ("4", "docx"))
FEW = 12
#: Pages written before any of them was proofed: a and b together, each other one when what those
#: before it had taught was mended; d and on have differences, ranks and ratios in words, too.
BLIND = {
    part: tuple((f"{part}{n}", form) for n, form in enumerate(forms, 1))
    for part, forms in (
        ("a", ("docx", "html", "md", "docx")), ("b", ("docx", "html", "md", "docx")),
        ("c", ("docx", "html", "md")), ("d", ("docx", "html", "md", "docx")),
        ("e", ("md", "docx", "html")), ("f", ("docx", "md")), ("g", ("docx", "html", "md")),
        ("h", ("docx", "html")), ("i", ("docx", "html")), ("j", ("docx", "html")),
        ("k", ("docx", "html")), ("l", ("docx", "md")), ("m", ("docx", "md", "html")),
    )
}  # fmt: skip


def of_text(
    text: Text,
    planted: list[tuple[Label, str]],
    proofer: Proofer,
    folder: Path,
    form: str = "md",
) -> Tally:
    """One text held against its portfolio, as Markdown, Word or a page."""
    path = folder / f"draft.{form}"
    write(text.text, path)
    found = proofer.findings(read(path))
    matched = found_for(text, found)
    tally = Tally(words=len(text.text.split()))
    wrong = {label.start: kind for label, kind in planted}
    for label in text.labels:
        one = matched.get(label.start)
        verdict = one.verdict if one is not None else "not seen"
        shown = f"{verdict} {one.expected if one else ''} | {missed(label, text)}"
        if label.start in wrong:
            kind = wrong[label.start]
            tally.planted[kind] += 1
            if verdict == CONTRADICTED and one is not None:
                tally.noticed[kind] += 1
                close = one.expected is not None and abs(one.expected - label.value) <= 0.006 * abs(
                    label.value
                )
                tally.right_value += close
            else:
                tally.misses.append(f"MISSED {kind}: {shown}")
        elif label.derivable:
            tally.true += 1
            tally.verdicts[verdict] += 1
            tally.contradicted += verdict == CONTRADICTED
            if verdict not in (EQUAL, ROUNDED):
                tally.misses.append(f"TRUE: {shown}")
        elif verdict == CONTRADICTED:
            tally.true += 1
            tally.contradicted += 1
            tally.misses.append(f"FOREIGN: {shown}")
        else:
            tally.true += 1
            tally.verdicts["foreign, left"] += 1
    return tally


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--blind", nargs="*", choices=sorted(BLIND), default=[])
    parser.add_argument("--packs", nargs="*", type=Path, default=[])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=20)
    parser.add_argument("--langs", nargs="*", default=LANGUAGES)
    asked = parser.parse_args()
    whole = Tally()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for tables in asked.folders:
            proofer, facts = Proofer(esrdata.load(tables)), Facts(tables)
            parts = [draft for part in asked.blind for draft in BLIND[part]]
            drafts = parts or (HELD if asked.held else [("", "md")])
            for lang, (name, form) in product(asked.langs, drafts):
                start = time.process_time()
                text = fill(lang, facts, name)
                if len(text.labels) < FEW:
                    continue
                tally = of_text(text, [], proofer, folder, form)
                for number in range(asked.rounds):
                    worse, planted = plant(text, facts, SHARE, asked.seed + number)
                    tally.add(of_text(worse, planted, proofer, folder, form))
                seconds = time.process_time() - start
                print(f"## {tables.name} {lang} {name} {form} ({seconds:.0f} s)\n{tally}")
                whole.add(tally)
        for report in asked.packs:
            # A pack holds the saved tables of its portfolio.
            start, proofer = time.process_time(), Proofer(esrdata.load(report))
            tally = of_pack(report / "report.docx", proofer, folder, asked.seed)
            print(f"## {report} ({time.process_time() - start:.0f} s)\n{tally}")
            whole.add(tally)
    print(f"## all\n{whole}")
    for line in whole.misses[: asked.misses]:
        print(line)


if __name__ == "__main__":
    main()
