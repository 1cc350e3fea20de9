"""Instructions of the processor that reading takes: python -m benchmarks.instructions [--keep]

Reads a text, a page and a list of 300 rows under valgrind, which counts to the instruction what a
clock cannot tell on a machine with company. A count more than 5 % above the kept one fails. What
was kept by another Python or another pandas is printed and not compared; --keep keeps the counts.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.store import HEADINGS, row

KEPT = Path(__file__).with_suffix(".json")
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
MOST = 1.05
LIBRARIES = ("pandas", "numpy", "pyarrow", "lxml", "pyyaml")
# Twice before it counts, so that what is imported and compiled is there, and then without Python's
# search for unused objects, which falls now here, now there. Nothing else asks for the number of
# the parent: there valgrind writes down what it has counted, and begins anew.
READS = """
import gc, os, sys, esrdata
for _ in range(2):
    for path in sys.argv[1:]:
        esrdata.read(path)
gc.disable()
for path in sys.argv[1:]:
    os.getppid()
    esrdata.read(path)
os.getppid()
"""


def counted(folder: Path) -> dict[str, int]:
    """Instructions of reading each document once."""
    rows = folder / "list.csv"
    rows.write_text("\n".join([HEADINGS, *map(row, range(300))]) + "\n", encoding="utf-8")
    documents = {"text": RAW / "S20405.txt", "page": RAW / "S21684.html", "list": rows}
    out = folder / "counts"
    # Sets and dictionaries in one order, and one thread.
    fixed = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}
    options = ("-q", "--tool=callgrind", "--dump-before=getppid", f"--callgrind-out-file={out}")
    subprocess.run(
        ["valgrind", *options, sys.executable, "-c", READS, *map(str, documents.values())],
        check=True,
        env=os.environ | fixed,
    )
    totals = [
        int(found[1])
        for part in range(2, len(documents) + 2)
        if (found := re.search(r"^summary: (\d+)", Path(f"{out}.{part}").read_text(), re.M))
    ]
    return dict(zip(documents, totals, strict=True))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--keep", action="store_true", help="keep these counts")
    given = arguments.parse_args()
    if shutil.which("valgrind") is None:
        print("valgrind is not installed: nothing was counted.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        counts = counted(Path(folder))
    by = {"python": sys.version, **{name: version(name) for name in LIBRARIES}}
    if given.keep:
        KEPT.write_text(json.dumps({"by": by, "counts": counts}, indent=1) + "\n", encoding="utf-8")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    for name, count in counts.items():
        ratio = count / kept["counts"][name]
        print(f"{name}: {count / 1e6:.1f} million instructions, {ratio:.3f} of what was kept")
    others = [name for name in by if by[name] != kept["by"].get(name)]
    if others:
        print(f"Kept by another {', '.join(others)}: not compared.")
        return 0
    more = [name for name, count in counts.items() if count > MOST * kept["counts"][name]]
    if more:
        print(f"More than {MOST - 1:.0%} above what was kept: {', '.join(more)}.")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
