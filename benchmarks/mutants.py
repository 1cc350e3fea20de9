"""Change one thing in a module and see whether the tests notice.

    python benchmarks/mutants.py [N] [SEED] [FOLDER] [ONLY] [TESTS …]

A seeded sample of N changes in `reading/` and `stats/`: a comparison, a sign, a number, a
condition, a truth turned round, each inside a function or in a constant of a module (what stands
at the level of a class is left out). The tests are run once, with what each line is covered by
(`pip install coverage`), and kept in FOLDER; then every change is made in a process that is
forked from the one that has imported everything, and the tests that cover the changed line are run,
the quickest first, until one fails. What no test notices is printed with its place, to be killed
by a test or explained. With ONLY, places with that text (`stats/peers.py:130`) are tried; with
TESTS, by these files (in a FOLDER of their own, for what covers what is kept there).
"""

import ast
import gc
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
AREAS = ("esrdata/reading", "esrdata/stats")
# Tests that look at these areas themselves; those of packs, pages and charts take minutes.
TESTS = (
    "amendments", "beside", "bounds", "cache", "cases", "chain", "claims", "compare", "conflicts",
    "explain", "fields", "form", "html_outline", "in_words", "intervals", "linkage", "list_",
    "lists", "made", "money", "numerals",
    "one_population", "organisation", "passages", "pdf", "periods", "plausibility", "population",
    "portfolio", "privacy", "reading_traps", "reference", "remembered", "review", "rows", "samples",
    "search", "sizes", "sources", "stated", "stats", "statuses", "tables", "toy_form", "uses",
    "values", "web",
)  # fmt: skip
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
#: Seconds of tests for a change at first, and for what survives those.
FIRST, ALL = 30.0, 300.0
Covered = dict[str, dict[str, list[str]]]


# ---- changes


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """What can be changed, each with the statement it stands in, in the order of the tree."""
    for top in tree.body:
        if isinstance(top, ast.Assign | ast.AnnAssign):
            yield from _inside(top, top)
        else:
            for function in _outermost(top):
                for statement in function.body:
                    yield from _inside(statement, statement)


def _outermost(top: ast.AST) -> Iterator[ast.FunctionDef]:
    if isinstance(top, ast.FunctionDef):
        yield top
        return
    for child in ast.iter_child_nodes(top):
        yield from _outermost(child)


def _inside(node: ast.AST, statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.stmt]]:
    if _changeable(node):
        yield node, statement
    for child in ast.iter_child_nodes(node):
        yield from _inside(child, child if isinstance(child, ast.stmt) else statement)


def _changeable(node: ast.AST) -> bool:
    match node:
        case ast.Compare(ops=[op]) | ast.BinOp(op=op) | ast.BoolOp(op=op):
            return type(op) in SWAPS
        case ast.Constant(value=bool() | int()) | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.If() | ast.IfExp() | ast.Continue():
            return True
    return False


def turned(node: ast.AST) -> ast.AST:
    match node:
        case ast.Compare():
            node.ops = [SWAPS[type(node.ops[0])]()]
        case ast.BinOp() | ast.BoolOp():
            node.op = SWAPS[type(node.op)]()
        case ast.Constant(value=bool()):
            return ast.copy_location(ast.Constant(not node.value), node)
        case ast.Constant():
            return ast.copy_location(ast.Constant(node.value + 1), node)
        case ast.UnaryOp():
            return node.operand
        case ast.If() | ast.IfExp():
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
        case ast.Continue():
            return ast.copy_location(ast.Break(), node)
    return node


class Change:
    """One change of a module: what it is, where it is, and how it is made."""

    def __init__(self, path: Path, at: int) -> None:
        self.path = path
        source = path.read_text(encoding="utf-8")
        self.before, self.after = ast.parse(source), ast.parse(source)
        node, statement = list(places(self.after))[at]
        held = next(top for top in self.after.body if node in ast.walk(top))
        self.constant = self.after.body.index(held) if held is statement else None
        self.line = getattr(node, "lineno", 0)
        self.text = ast.unparse(node).split("\n")[0]
        last = statement.end_lineno or statement.lineno
        if isinstance(statement, ast.If | ast.For | ast.While | ast.With):
            last = max(self.line, statement.body[0].lineno - 1)
        self.lines = range(min(self.line, statement.lineno), last + 1)

        class Turn(ast.NodeTransformer):
            def visit(self, found: ast.AST) -> ast.AST:
                return turned(found) if found is node else self.generic_visit(found)

        ast.fix_missing_locations(Turn().visit(self.after))

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}"

    def make(self) -> bool:
        """Make the change in what is imported; whether anything was there to change."""
        module = sys.modules[".".join(self.path.relative_to(ROOT).with_suffix("").parts)]
        _forget()
        if self.constant is None:
            old = compile(self.before, str(self.path), "exec")
            new = compile(self.after, str(self.path), "exec")
            return _replaced(dict(_pairs(old, new))) > 0
        fresh = dict(vars(module))
        for statement in self.after.body[self.constant :]:
            if isinstance(statement, ast.Assign | ast.AnnAssign):
                exec(compile(ast.Module([statement], []), str(self.path), "exec"), fresh)
        return _rebound(module, fresh) > 0


def _forget() -> None:
    """Empty what functions keep of what they made before the change."""
    for name, module in list(sys.modules.items()):
        if name.startswith("esrdata"):
            for value in list(vars(module).values()):
                if callable(getattr(value, "cache_clear", None)) and not isinstance(value, type):
                    value.cache_clear()


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    yield old, new
    inner = [[one for one in code.co_consts if isinstance(one, CodeType)] for code in (old, new)]
    for before, after in zip(*inner, strict=True):
        yield from _pairs(before, after)


def _replaced(codes: dict[CodeType, CodeType]) -> int:
    changed = 0
    # What the tests have frozen is not among the objects otherwise.
    gc.unfreeze()
    for function in gc.get_objects():
        if isinstance(function, FunctionType):
            new = codes.get(function.__code__)
            if new is not None and new != function.__code__:
                function.__code__ = new
                changed += 1
    return changed


def _rebound(module: Any, fresh: dict[str, Any]) -> int:
    """Give changed constants to the module, and to those that import them by name."""
    changed = 0
    for name, value in fresh.items():
        old = vars(module).get(name)
        if value is old or name.startswith("__"):
            continue
        for other in [m for n, m in sys.modules.items() if n.startswith("esrdata")]:
            if vars(other).get(name) is old:
                setattr(other, name, value)
                changed += 1
    return changed


# ---- tests


class Tests:
    """What pytest is given: it collects; the map and the changes are made from what it found."""

    def __init__(self, wanted: int, seed: int, folder: Path, only: str) -> None:
        self.wanted, self.seed, self.folder, self.only = wanted, seed, folder, only
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        items = {item.nodeid: item for item in session.items}
        kept = self.folder / "covered.json"
        if not kept.exists():
            # In a process of its own: what the tests leave in memory is not for the changes.
            process = os.fork()
            if not process:
                try:
                    made = json.dumps(self.mapped(list(items.values())))
                    kept.write_text(made, encoding="utf-8")
                finally:
                    os._exit(0)
            os.waitpid(process, 0)
        covered, spent = json.loads(kept.read_text(encoding="utf-8"))
        self.changes(items, covered, spent)
        return True

    def mapped(self, items: list[Any]) -> tuple[Covered, dict[str, float]]:
        """Which tests come to which line, and how long each takes."""
        # A measure beside this one has the name of that library.
        sys.path[:] = [place for place in sys.path if Path(place) != Path(__file__).parent]
        import coverage

        measured = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{ROOT / area}/*" for area in AREAS]
        )
        measured.start()
        spent: dict[str, float] = {}
        for n, item in enumerate(items):
            measured.switch_context(item.nodeid)
            began = time.process_time()
            _run(item, items[n + 1] if n + 1 < len(items) else None)
            spent[item.nodeid] = round(time.process_time() - began, 4)
        measured.stop()
        for name in self.failed:
            spent.pop(name, None)
            print(f"fails without a change: {name}", flush=True)
        data = measured.get_data()
        covered: Covered = {}
        for file in data.measured_files():
            lines = defaultdict(list)
            for line, names in data.contexts_by_lineno(file).items():
                lines[str(line)] = [name for name in names if name in spent]
            covered[Path(file).relative_to(ROOT).as_posix()] = dict(lines)
        print(f"{len(spent)} tests, {sum(spent.values()):.0f} s of CPU", flush=True)
        return covered, spent

    def changes(self, items: dict[str, Any], covered: Covered, spent: dict[str, float]) -> None:
        every = [
            (path, at)
            for area in AREAS
            for path in sorted((ROOT / area).rglob("*.py"))
            if path.name != "__init__.py"
            for at in range(len(list(places(ast.parse(path.read_text(encoding="utf-8"))))))
        ]
        chosen = every
        if not self.only:
            chosen = random.Random(self.seed).sample(every, min(self.wanted, len(every)))
        counted: dict[str, int] = dict.fromkeys(("killed", "survives", "uncovered", "not made"), 0)
        began = time.monotonic()
        for path, at in chosen:
            short = path.relative_to(ROOT).as_posix()
            if self.only.partition(":")[0] not in short:
                continue
            change = Change(path, at)
            if self.only not in change.place:
                continue
            lines = covered.get(short, {})
            names = {name for line in change.lines for name in lines.get(str(line), ())}
            if change.constant is not None:
                names = {name for held in lines.values() for name in held}
            quickest = sorted(
                (n for n in names if n in items and n in spent), key=spent.__getitem__
            )
            fate = _fate(change, [items[n] for n in quickest], [spent[n] for n in quickest])
            counted[fate] += 1
            if fate != "killed":
                print(f"{fate.upper()} {change.place} {change.text[:90]}", flush=True)
            if sum(counted.values()) % 10 == 0:
                print(f"{counted}, {time.monotonic() - began:.0f} s", flush=True)
        print(f"{counted} of {len(every)} places, {time.monotonic() - began:.0f} s", flush=True)


def _fate(change: Change, items: list[Any], spent: list[float]) -> str:
    if not items:
        return "uncovered"
    for most in (FIRST, ALL):
        some, total = [], 0.0
        for item, seconds in zip(items, spent, strict=True):
            total += seconds
            if total <= most or not some:
                some.append(item)
        code = _forked(change, some, min(total, most))
        if code == 3:
            return "not made"
        if code:
            return "killed"
        if len(some) == len(items):
            break
    return "survives"


def _forked(change: Change, items: list[Any], seconds: float) -> int:
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        most = int(20 + 5 * seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, 6 * 2**30))
        signal.alarm(20 * most)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        if not change.make():
            os._exit(3)
        session = items[0].session
        session.testsfailed = 0
        for n, item in enumerate(items):
            _run(item, items[n + 1] if n + 1 < len(items) else None)
            if session.testsfailed:
                os._exit(1)
        code = 0
    finally:
        os._exit(code)


def _run(item: Any, following: Any) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def main(given: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    wanted, seed = (int(word) for word in (*given[:2], *("400", "1")[len(given[:2]) :]))
    folder = Path(given[2]) if len(given) > 2 else Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    tests = Tests(wanted, seed, folder.resolve(), given[3] if len(given) > 3 else "")
    files = [
        str(path)
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        if path.stem.removeprefix("test_").startswith(TESTS)
    ]
    files = given[4:] or files
    asked = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "-m", "not slow"]
    return int(pytest.main([*asked, f"--basetemp={folder.resolve() / 'tmp'}", *files], [tests]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
