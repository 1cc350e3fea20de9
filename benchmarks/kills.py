"""Stop `read` and `report` at random moments over an older pack; count what is left behind.

    python benchmarks/kills.py [RUNS] [FOLDER OF SOURCES]

Each run writes over a whole older pack and is stopped by SIGKILL, SIGTERM or SIGINT somewhere in
its usual time. Then the folder must be the old pack or the new one, file by file, and the next run
must succeed and leave nothing beside it.
"""

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def command(verb: str, source: Path, out: Path, lang: str) -> list[str]:
    program = [sys.executable, "-m", "esrdata", verb, str(source), "--out", str(out)]
    return [*program, "--lang", lang]


def pack(folder: Path) -> dict[str, str]:
    """Every file of a folder with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(order: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(order, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def main(runs: int, sources: Path) -> None:
    made = random.Random(1)
    counts: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / "one").mkdir()
        first = sorted(path for path in sources.iterdir() if path.is_file())[0]
        shutil.copy(first, home / "one")
        old, out = home / "old", home / "out"
        run(command("report", home / "one", out, "fi"))
        (out / "notes.txt").write_text("somebody's own", encoding="utf-8")
        shutil.copytree(out, old)
        before, after, took = pack(old), {}, {}
        for verb in ("report", "read"):
            took[verb] = run(command(verb, sources, out, "fi"))
            after[verb] = pack(out)
            shutil.rmtree(out)
            shutil.copytree(old, out)
        for number in range(runs):
            verb = "report" if number % 3 else "read"
            sign = made.choice(SIGNALS)
            # Most of the risk is at the end, where files are put into place.
            share = made.uniform(0.2, 1.1) if number % 2 else made.uniform(0.85, 1.15)
            process = subprocess.Popen(
                command(verb, sources, out, "fi"),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(share * took[verb])
            process.send_signal(sign)
            process.wait()
            left = pack(out)
            name = "old" if left == before else "new" if left == after[verb] else "MIXED"
            counts[verb, sign.name, name] += 1
            if number % 10 == 9:
                run(command("read", home / "one", out, "fi"))
                beside = [path.name for path in home.iterdir() if path.name not in _OWN]
                counts["next run", "", "swept" if not beside else f"LEFT {beside}"] += 1
            shutil.rmtree(out)
            shutil.copytree(old, out)
    print("| command | signal | left behind | runs |\n| --- | --- | --- | --- |")
    for (verb, sign, name), n in sorted(counts.items()):
        print(f"| {verb} | {sign} | {name} | {n} |")


_OWN = {"one", "old", "out"}

if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 60,
        Path(given[1]).resolve() if len(given) > 1 else ROOT / "data" / "raw",
    )
