"""Run the fuzzers.

    python -m fuzz [SECONDS] [FORMAT ...] [--to FOLDER] [--corpus FOLDER]
    python -m fuzz --summary FILE

Each format has an equal share of the time in a process of its own: by atheris, which is led by
coverage, where it is installed (``pip install 'esrdata[fuzz]'``; it takes the same mutators) and
has a minute, by the mutators alone otherwise. With a corpus, atheris goes on from what earlier
runs kept. What fails, is far slower than its size or does not end is written into a folder
(``fuzz/found`` is read again by the tests); a line says for each format how many inputs were run,
how much processor's time they took, and how many edges of the code were reached. Exit code 1 where
something failed. The summary adds up what many runs printed into one file.
"""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.seeds import seeds
from fuzz.target import FORMATS, read

HERE = Path(__file__).parent
# Atheris takes some ten seconds to begin: not worth while for less than this.
_LED = 60


def keep(data: bytes, ending: str, to: Path, error: BaseException) -> None:
    """Keep an input that failed, and say why."""
    to.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(data).hexdigest()[:12]}.{ending}"
    (to / name).write_bytes(data)
    print(f"FAILED {name}: {type(error).__name__}: {str(error)[:300]}", flush=True)


def tried(data: bytes, ending: str, to: Path, known: set[str]) -> None:
    """Read an input; of what fails in one place, the first is kept."""
    try:
        read(data, ending)
    except Exception as error:
        where = f"{type(error).__name__} {re.sub(r'[0-9]+', '', str(error))[:160]}"
        if where not in known:
            known.add(where)
            keep(data, ending, to, error)


def by_mutators(ending: str, seconds: float, to: Path) -> None:
    """Mutate the seeds, and what was made of them, for so long."""
    pool = list(seeds(ending))
    known: set[str] = set()
    end, runs = time.monotonic() + seconds, 0
    for data in pool:
        tried(data, ending, to, known)
    while time.monotonic() < end:
        start = pool[runs % len(pool)]
        for step in range(1 + runs % 4):
            start = mutated(start, ending, runs * 7 + step)
        tried(start, ending, to, known)
        runs += 1
    report(ending, runs, None, len(known))


def by_atheris(ending: str, seconds: float, to: Path, kept: Path | None) -> None:
    """Let atheris choose what to mutate further."""
    import atheris

    for name in [name for name in sys.modules if name.split(".")[0] == "esrdata"]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["esrdata"]):
        from esrdata.reading import dispatch  # noqa: F401
        from fuzz import target
    import importlib

    importlib.reload(target)
    known: set[str] = set()
    globals()["read"] = target.read

    def one(data: bytes) -> None:
        tried(data, ending, to, known)

    def mutator(data: bytes, most: int, seed: int) -> bytes:
        if seed % 8 == 0:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, ending, seed)[:most]

    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) if kept is None else kept / ending
        corpus.mkdir(parents=True, exist_ok=True)
        for n, data in enumerate(seeds(ending)):
            (corpus / f"seed-{n}").write_bytes(data)
        flags = [f"-max_total_time={int(seconds)}", "-max_len=200000", "-timeout=300",
                 f"-artifact_prefix={to}/", "-report_slow_units=100000", "-rss_limit_mb=4096", "-print_final_stats=1", "-len_control=0",
                 str(corpus)]  # fmt: skip
        atheris.Setup(["fuzz", *flags], one, custom_mutator=mutator)
        atheris.Fuzz()


def report(ending: str, runs: int, edges: int | None, failed: int) -> None:
    """Say what was run."""
    reached = "-" if edges is None else edges
    spent = time.process_time()
    print(
        f"{ending}: {runs} inputs, {spent:.0f} s of CPU, {reached} edges, {failed} failed",
        flush=True,
    )


def run(ending: str, seconds: float, to: Path, kept: Path | None) -> bool:
    """Fuzz a format in a process of its own; whether nothing failed."""
    order = [sys.executable, "-m", "fuzz", "--one", ending, str(seconds), str(to)]
    order += [] if kept is None else [str(kept)]
    start = time.monotonic()
    before = _children()
    done = subprocess.run(order, capture_output=True, text=True, errors="replace", cwd=HERE.parent)
    text = done.stdout + done.stderr
    for line in text.split("\n"):
        if line.startswith(("FAILED", f"{ending}: ")):
            print(line, flush=True)
    runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", text)
    edges = re.findall(r"cov: (\d+)", text)
    if runs is not None:
        print(
            f"{ending}: {runs[1]} inputs, {_children() - before:.0f} s of CPU in "
            f"{time.monotonic() - start:.0f} s, {edges[-1] if edges else '-'} edges",
            flush=True,
        )
    elif done.returncode:
        print(f"FAILED {ending}: exit {done.returncode}\n{text[-2000:]}", flush=True)
    return "FAILED" not in text and done.returncode == 0


def _children() -> float:
    try:
        import resource
    except ModuleNotFoundError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _folder(given: list[str], option: str) -> Path | None:
    if option not in given:
        return None
    at = given.index(option)
    folder = given[at + 1]
    del given[at : at + 2]
    return Path(folder).resolve()


def summary(text: str) -> None:
    """Add up what runs printed, a row a format."""
    print("| format | inputs | s of CPU | edges, at most | failed |")
    print("| --- | --- | --- | --- | --- |")
    rows = re.findall(r"^(\w+): (\d+) inputs, (\d+) s of CPU.*?, (\d+|-) edges", text, re.MULTILINE)
    failed = re.findall(r"^FAILED [\w-]+\.(\w+)", text, re.MULTILINE)
    for ending in FORMATS:
        of_it = [row[1:] for row in rows if row[0] == ending]
        edges = max((int(e) for _, _, e in of_it if e != "-"), default=0)
        inputs, spent = (sum(int(row[at]) for row in of_it) for at in (0, 1))
        print(f"| {ending} | {inputs} | {spent} | {edges} | {failed.count(ending)} |")
    whole = [sum(int(row[at]) for row in rows) for at in (1, 2)]
    print(f"| all | {whole[0]} | {whole[1]} | | {len(failed)} |")


def main(given: list[str]) -> int:
    """Run what is asked for."""
    if given[:1] == ["--summary"]:
        summary(Path(given[1]).read_text(encoding="utf-8"))
        return 0
    if given[:1] == ["--one"]:
        _, ending, seconds, to, *kept = given
        if float(seconds) >= _LED and importlib.util.find_spec("atheris") is not None:
            by_atheris(ending, float(seconds), Path(to), Path(kept[0]) if kept else None)
        else:
            by_mutators(ending, float(seconds), Path(to))
        return 0
    to, corpus = _folder(given, "--to") or HERE / "found", _folder(given, "--corpus")
    seconds = float(given[0]) if given else 60.0
    asked = given[1:] or list(FORMATS)
    whole = [run(ending, seconds / len(asked), to, corpus) for ending in asked]
    return 0 if all(whole) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
