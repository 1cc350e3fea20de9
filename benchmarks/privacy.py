"""What is covered and what is not: python benchmarks/privacy.py [--shapes FILE] [DOCUMENT…]

FILE is a list of `text`, `token` and `likely`: each text is read as a paragraph of a description
whose contact person is PERSON, and its token may then stand in no table, no file, no page and no
explanation. Of the documents, everything covered by sign alone is printed, to be judged by reading,
with the CPU that covering takes.
"""

import argparse
import html
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import esrdata
from esrdata.documents.open import open_documents
from esrdata.reading.privacy import COVER, places

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

PERSON = "HEINONEN TUULIKKI-ANNELI"


def kind_of(shape: dict) -> str:
    text, token = shape["text"], shape["token"]
    if "kind" in shape:
        return shape["kind"]
    if any(part in token for part in ("einonen", "einos", "uulik", "EINO", "UULIK", "nneli")):
        return "name"
    if any(c.isdigit() for c in token):
        identity = "hetu" in text.casefold() or "FI" in text or "tunnus" in text.casefold()
        return "identity or account" if identity else "phone"
    return "e-mail"


def page(text: str, code: str) -> str:
    from pages import eura2014_page

    whole = eura2014_page(summary=f"Alku.\n\n{text}\n\nLoppu.").replace("S20001", code)
    return whole.replace("Testinen Tiina", PERSON)


def leaks(shapes: list[dict], outputs: bool) -> list[tuple[dict, set[str]]]:
    """Every shape with the outputs its token stands in."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for i, shape in enumerate(shapes):
            code = f"S2{i:04}"
            written = page(shape["text"], code)
            (source / f"{code}.txt").write_text(written, encoding="utf-8")
            if outputs:
                code = f"S3{i:04}"
                lines = "".join(
                    f"<p>{html.escape(line)}</p>" for line in page(shape["text"], code).split("\n")
                )
                (source / f"{code}.html").write_text(f"<html><body>{lines}</body></html>", "utf-8")
        portfolio = esrdata.read(source)
        shown = {name: table.to_csv() for name, table in portfolio.tables.items()}
        if outputs:
            portfolio.save(out / "tables")
            esrdata.report.write(portfolio, out / "report", lang="fi")
            for path in out.rglob("*"):
                if path.is_file():
                    shown[path.suffix] = shown.get(path.suffix, "") + path.read_bytes().decode(
                        "utf-8", "replace"
                    )
        shown["explain"] = "\n".join(
            str(portfolio.explain(row.project_code, row.field))
            for row in portfolio.provenance[
                portfolio.provenance["field"].str.startswith("narratives.summary")
            ].itertuples()
        )
        return [(s, {name for name, text in shown.items() if s["token"] in text}) for s in shapes]


def recall(name: str, outputs: bool) -> None:
    shapes = json.loads(Path(name).read_text(encoding="utf-8"))
    counts: dict[str, Counter] = {}
    for shape, where in leaks(shapes, outputs):
        for kind in (kind_of(shape), "all likely" if shape["likely"] else "all odd"):
            counts.setdefault(kind, Counter()).update(covered=not where, shapes=1)
        if where:
            print(f"  comes through: {shape['text']!r} in {', '.join(sorted(where))}")
    for kind, count in sorted(counts.items()):
        print(f"{kind:20} {count['covered']:3} of {count['shapes']:3}")


def masks(names: list[str]) -> None:
    for name in names:
        for document in open_documents(name):
            if not hasattr(document, "view"):
                continue
            view = document.view
            spent = []
            for _ in range(3 if len(view) > 1_000_000 else 15):
                began = time.process_time()
                found = places(view)
                spent.append(time.process_time() - began)
            ms = statistics.median(spent) * 1000
            print(f"{name}: {len(view)} signs, {len(found)} places covered, {ms:.2f} ms")
            for start, end in found[:400]:
                around = view[max(start - 30, 0) : start], view[end : end + 20]
                print("   ", " ".join(f"{around[0]}[{view[start:end]}]{around[1]}".split()))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shapes")
    asked.add_argument("--outputs", action="store_true", help="look into reports and files too")
    asked.add_argument("documents", nargs="*")
    args = asked.parse_args()
    assert COVER
    if args.shapes:
        recall(args.shapes, args.outputs)
    masks(args.documents)
