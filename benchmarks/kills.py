"""Stop `read` and `report` anywhere, and take their disk away; count what is left behind.

    python benchmarks/kills.py [RUNS] [PART ...]

Each run is a process of its own over a whole older pack. It is stopped by SIGKILL, SIGTERM or
SIGINT: half of the runs at a random moment of their usual time, half before a random one of their
file operations, so that the few milliseconds in which files are put into place have their share.
Then the folder must be the old pack or the new one, file by file, and the next run must succeed and
leave nothing beside it. So it is for a disk that is full at any size, a target that is removed, is
read-only or is a mount of its own, and two runs at once. Mounts need Linux and its superuser; where
they cannot be had, a line says so. Parts are kills, mount, full, removed, read_only and at_once;
all of them where none is named.
"""

import contextlib
import hashlib
import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from esrdata.cli import main as command
from esrdata.tables.transaction import recover

ROOT = Path(__file__).parent.parent
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
# What a run does to files, by the names that Python gives its own acts.
ACTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.chmod",
        "os.listdir", "os.scandir", "os.symlink", "os.truncate", "shutil.rmtree",
        "ctypes.dlsym", "os.utime", "tempfile.mkdtemp"}  # fmt: skip
RECIPE = "chapters:\n  - chapter: glance\n  - chapter: funding\n  - chapter: method\n"
NOBODY = 65534
counts: Counter[tuple[str, str, str]] = Counter()
Order = list[str]


def order(verb: str, source: Path, out: Path) -> Order:
    given = [verb, str(source), "--out", str(out), "--lang", "fi"]
    few = ["--recipe", str(source.parent / "recipe.yml"), "--no-traces", "--no-cards"]
    return given + (few if verb == "report" else [])


def pack(folder: Path) -> dict[str, str]:
    """Every file of a folder with its hash; stages that a stopped run left are no part of it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(content(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".esrdata-" not in path.relative_to(folder).parts[0]
    }


def content(path: Path) -> bytes:
    """The bytes of a file, but for where the sources are as seen from the pack."""
    if path.name != "ro-crate-metadata.json":
        return path.read_bytes()
    bare = re.sub(rb'"base": "[./]*', b'"base": "', path.read_bytes())
    # Its own hash depends on that, and comes first.
    return re.sub(rb'"sha256": "[0-9a-f]*"', b"", bare, count=1)


def started(given: Order, errors: Path, prepare: Callable[[], None] = lambda: None) -> int:
    """Start a command in a process that has everything imported, and give the process."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 2)
        prepare()
        command(given)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        os._exit(code)


def ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def done(given: Order, errors: Path) -> float:
    start = time.perf_counter()
    code = ended(started(given, errors))
    assert code in (0, 1), (given, code, errors.read_text())
    return time.perf_counter() - start


def counting(place: Path) -> Callable[[], None]:
    """Write down how many file operations a run has."""

    def prepare() -> None:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        sys.addaudithook(lambda name, _: os.write(handle, b".") and None if name in ACTS else None)

    return prepare


def stopping(at: int, sign: signal.Signals) -> Callable[[], None]:
    """Stop a run before one of its file operations."""

    def prepare() -> None:
        left = [at]

        def hook(name: str, _: object) -> None:
            if name in ACTS:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), sign)

        sys.addaudithook(hook)

    return prepare


class Bench:
    """Sources, an old pack, and the pack that each command makes."""

    def __init__(self, home: Path) -> None:
        self.home, self.old, self.out = home, home / "old", home / "out"
        self.errors = home / "errors"
        self.small, self.large = home / "small", home / "large"
        sources = sorted((ROOT / "data" / "raw").glob("*.txt"))
        for folder, files in ((self.small, sources[:1]), (self.large, sources[:2])):
            folder.mkdir()
            for file in files:
                shutil.copy(file, folder)
        (home / "recipe.yml").write_text(RECIPE, encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            # Imports everything, so that a run begins at once.
            command(order("report", self.large, self.out))
        shutil.rmtree(self.out)
        done(order("report", self.small, self.out), self.errors)
        (self.out / "notes.txt").write_text("somebody's own", encoding="utf-8")
        shutil.copytree(self.out, self.old)
        self.before, self.after, self.took, self.acts = pack(self.old), {}, {}, {}
        for verb in ("report", "read"):
            given = order(verb, self.large, self.out)
            self.took[verb] = done(given, self.errors)
            self.after[verb] = pack(self.out)
            self.reset()
            ended(started(given, self.errors, counting(home / "acts")))
            self.acts[verb] = (home / "acts").stat().st_size
            assert pack(self.out) == self.after[verb]
            self.reset()

    def reset(self) -> None:
        emptied(self.out)
        shutil.copytree(self.old, self.out, dirs_exist_ok=True)

    def left(self, verb: str) -> str:
        found = pack(self.out)
        return "old" if found == self.before else "new" if found == self.after[verb] else "MIXED"

    def next_run(self) -> str:
        """What the next run makes of what is left."""
        try:
            done(order("read", self.small, self.out), self.errors)
        except AssertionError as error:
            return f"FAILED {error}"
        beside = [path.name for path in self.home.iterdir() if ".esrdata-" in path.name]
        beside += [path.name for path in self.out.iterdir() if ".esrdata-" in path.name]
        return f"LEFT {beside}" if beside else "succeeds, nothing left beside it"


def emptied(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def kills(bench: Bench, runs: int, chance: random.Random) -> None:
    for number in range(runs):
        verb = "report" if number % 4 < 2 else "read"
        sign = SIGNALS[number % 3]
        given = order(verb, bench.large, bench.out)
        if number % 2:
            process = started(given, bench.errors)
            time.sleep(chance.uniform(0.02, 1.05) * bench.took[verb])
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, sign)
            how = "a random moment"
        else:
            act = chance.randrange(1, bench.acts[verb] + 1)
            process = started(given, bench.errors, stopping(act, sign))
            how = "a random file operation"
        ended(process)
        counts[f"{verb}, {how}", sign.name, bench.left(verb)] += 1
        counts["the run after each of them", "", bench.next_run()] += 1
        bench.reset()


def kills_of_a_mount(bench: Bench, runs: int, chance: random.Random) -> None:
    """The target cannot be swapped: a stopped run is finished, or swept, by the next or by load."""
    with mounted(bench.out, "64m") as possible:
        if not possible:
            print("No mounts can be made here.")
            return
        bench.reset()
        for number in range(runs):
            verb, sign = ("report", "read")[number % 2], SIGNALS[number % 3]
            # The last operations are those of the files that are moved.
            act = chance.randrange(bench.acts[verb] // 2, bench.acts[verb] + 60)
            given = order(verb, bench.large, bench.out)
            ended(started(given, bench.errors, stopping(act, sign)))
            name = bench.left(verb)
            recover(bench.out)
            name = f"{bench.left(verb)} once recovered" if name == "MIXED" else name
            counts[f"{verb}, a mount of its own", sign.name, name] += 1
            counts["the run after each of these", "", bench.next_run()] += 1
            bench.reset()


@contextlib.contextmanager
def mounted(folder: Path, size: str, options: str = "") -> Iterator[bool]:
    folder.mkdir(exist_ok=True)
    given = ["mount", "-t", "tmpfs", "-o", f"size={size}{options}", "esrdata-kills", str(folder)]
    try:
        possible = subprocess.run(given, capture_output=True).returncode == 0
    except FileNotFoundError:
        possible = False
    try:
        yield possible
    finally:
        if possible:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def full(bench: Bench, steps: Sequence[int] = range(12)) -> None:
    """The old pack on a disk with less and less room, beside the target and as the target."""
    whole, home, out = Path(bench.old), bench.home, bench.out
    size = sum(path.stat().st_size // 4096 * 4 + 4 for path in whole.rglob("*"))
    for kind in ("the disk", "a mount of its own"):
        with mounted(home / "disk", "64m") as possible:
            if not possible:
                return
            place = home / "disk" / "out" if kind == "the disk" else home / "disk"
            shutil.copytree(whole, place, dirs_exist_ok=True)
            done(order("report", bench.large, place), bench.errors)
            after, bench.after["report"] = bench.after["report"], pack(place)
        for step in steps:
            disk = home / "disk"
            with mounted(disk, f"{size + step * size // 8 + 64}k") as possible:
                if not possible:
                    return
                bench.out = disk / "out" if kind == "the disk" else disk
                shutil.copytree(whole, bench.out, dirs_exist_ok=True)
                code = ended(started(order("report", bench.large, bench.out), bench.errors))
                sentences = bench.errors.read_text(encoding="utf-8").strip().count("\n") + 1
                name = bench.left("report")
                recover(bench.out)
                name = f"{bench.left('report')} once recovered" if name == "MIXED" else name
                said = "done" if code in (0, 1) else f"exit {code}, {sentences} sentence"
                counts[f"report, {kind} is full at {step + 8}/8 of a pack", said, name] += 1
                bench.out = out
        bench.after["report"] = after


def removed(bench: Bench, runs: int, chance: random.Random) -> None:
    fresh = {}
    for verb in ("report", "read"):
        done(order(verb, bench.large, bench.home / "fresh"), bench.errors)
        fresh[verb] = pack(bench.home / "fresh")
        shutil.rmtree(bench.home / "fresh")
    for number in range(runs):
        verb = ("report", "read")[number % 2]
        process = started(order(verb, bench.large, bench.out), bench.errors)
        time.sleep(chance.uniform(0.05, 0.95) * bench.took[verb])
        shutil.rmtree(bench.out, ignore_errors=True)
        code = ended(process)
        # What was somebody's own, and a report that `read` leaves be, went with the folder, or did
        # so in part: what the run writes must be there whole, and nothing else that is not of old.
        found = pack(bench.out) if bench.out.exists() else {}
        written = found.items() >= fresh[verb].items()
        of_old = {n: h for n, h in found.items() if n not in fresh[verb]}
        whole = written and of_old.items() <= bench.before.items()
        name = "new" if whole else "none" if not found else "MIXED"
        counts[f"{verb}, the target removed meanwhile", f"exit {code}", name] += 1
        counts["the run after each of the removals", "", bench.next_run()] += 1
        bench.reset()


def read_only(bench: Bench) -> None:
    """Folders that may not be written, for somebody who is not the superuser."""
    if os.getuid() != 0:
        print("Folders of somebody else cannot be made here.")
        return
    bench.home.chmod(0o755)
    for kind, above, own in (
        ("the target read-only", 0o777, 0o555),
        ("the folder above it read-only", 0o555, 0o777),
        ("both read-only", 0o555, 0o555),
    ):
        home, out = bench.home, bench.out
        inner = bench.home / "inner"
        inner.mkdir()
        bench.out = inner / "out"
        shutil.copytree(bench.old, bench.out)
        for path in [bench.out, *bench.out.rglob("*")]:
            path.chmod(own if path.is_dir() else own & 0o666)
        inner.chmod(above)
        bench.errors.unlink(missing_ok=True)
        given = order("report", bench.large, bench.out)
        code = ended(started(given, bench.errors, lambda: os.setuid(NOBODY)))
        sentences = bench.errors.read_text(encoding="utf-8").strip().count("\n") + 1
        said = "done" if code in (0, 1) else f"exit {code}, {sentences} sentence"
        beside = [path.name for path in [*inner.iterdir(), *bench.out.iterdir()] if ".esrdata-" in path.name]  # fmt: skip  # noqa: E501
        counts[f"report, {kind}", said, bench.left("report") + (f" LEFT {beside}" * bool(beside))] += 1  # fmt: skip  # noqa: E501
        bench.home, bench.out = home, out
        inner.chmod(0o755)
        shutil.rmtree(inner)
    disk = bench.home / "disk"
    with mounted(disk, "64m") as possible:
        if possible:
            out, bench.out = bench.out, disk
            shutil.copytree(bench.old, disk, dirs_exist_ok=True)
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            code = ended(started(order("report", bench.large, disk), bench.errors))
            counts["report, a mount that is read-only", f"exit {code}", bench.left("report")] += 1
            bench.out = out


def at_once(bench: Bench, runs: int, chance: random.Random) -> None:
    """Two runs that write into one folder: both end well, and one of them is there whole."""
    for _ in range(runs):
        verbs = chance.choice((("report", "read"), ("read", "read"), ("report", "report")))
        errors = [bench.home / f"errors-{n}" for n in range(2)]
        running = [
            started(order(verb, bench.large, bench.out), place)
            for verb, place in zip(verbs, errors, strict=True)
        ]
        codes = [ended(process) for process in running]
        names = {bench.left(verb) for verb in verbs} - {"MIXED"} or {"MIXED"}
        good = "both done" if set(codes) <= {0, 1} else f"exits {codes}"
        counts[f"two at once: {verbs[0]} and {verbs[1]}", good, " or ".join(names)] += 1
        counts["the run after each pair", "", bench.next_run()] += 1
        bench.reset()


def main(runs: int, wanted: Sequence[str]) -> int:
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place).resolve())
        parts: dict[str, Callable[[], None]] = {
            "kills": lambda: kills(bench, runs, chance),
            "mount": lambda: kills_of_a_mount(bench, max(runs // 5, 1), chance),
            "full": lambda: full(bench),
            "removed": lambda: removed(bench, max(runs // 10, 2), chance),
            "read_only": lambda: read_only(bench),
            "at_once": lambda: at_once(bench, max(runs // 20, 1), chance),
        }
        for name in wanted or parts:
            parts[name]()
    print("| what | how | left behind | runs |\n| --- | --- | --- | --- |")
    for (what, how, name), n in sorted(counts.items()):
        print(f"| {what} | {how} | {name} | {n} |")
    bad = [name for _, _, name in counts if any(w in name for w in ("MIXED", "LEFT", "FAILED"))]
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, sys.argv[2:]))
