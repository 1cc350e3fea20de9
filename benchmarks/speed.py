"""Speed, as ratios and medians of one run: python benchmarks/speed.py"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from esrdata import read
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import all_forms
from esrdata.samples.maker import write


def median_seconds(action, times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def import_ratio() -> float:
    """Process time of `import esrdata` as a share of that of `import pandas`."""

    def run(name: str) -> None:
        subprocess.run([sys.executable, "-c", f"import {name}"], check=True)

    run("pandas"), run("esrdata")
    return median_seconds(lambda: run("esrdata"), 9) / median_seconds(lambda: run("pandas"), 9)


def parse(path: Path) -> None:
    document = open_document(str(path))
    assert isinstance(document, Document)
    read_document(document, all_forms(), contacts=False)


def main() -> None:
    print(f"import esrdata / import pandas: {import_ratio():.2f}")
    with tempfile.TemporaryDirectory() as folder:
        for format_ in ("txt", "html"):
            files = write(Path(folder) / format_, projects=200, format=format_)
            parse(files[0])
            spent = [median_seconds(lambda file=file: parse(file), 3) for file in files]
            print(
                f"{format_}: {1000 * statistics.median(spent):.2f} ms a document, opened and parsed"
            )
        many = Path(folder) / "many"
        write(many, projects=1000)
        print(f"1,000 documents to tables: {median_seconds(lambda: read(many), 1):.1f} s")


if __name__ == "__main__":
    main()
