"""Change one thing in a module and see whether its tests notice.

    python benchmarks/mutants.py [N] [SEED]

A seeded sample of N changes in `reading/` and `stats/`: a comparison, a sign, a number, a
condition, a truth turned round. Each is run in a process of its own against the few test files
that name the module most. What no test notices is printed with its place, to be killed by a test
or explained.
"""

import ast
import importlib.abc
import importlib.util
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
AREAS = ("esrdata/reading", "esrdata/stats")
# Tests of whole areas; those of statistics are found by the names that they use.
TESTS = {
    "esrdata/reading/claims": ["test_claims.py"],
    "esrdata/reading/quantities": [
        "test_values.py", "test_money.py", "test_numerals.py", "test_periods_and_sums.py"],
    "esrdata/reading/form": ["test_fields.py", "test_rows.py", "test_toy_form.py", "test_chain.py"],
    "esrdata/reading/lists": ["test_lists.py", "test_list_grid.py"],
    "esrdata/reading/web": ["test_web.py", "test_web_pages.py"],
    "esrdata/reading/privacy": ["test_privacy_kinds.py", "test_privacy.py"],
    "esrdata/reading": ["test_guard.py", "test_reading_traps.py"],
}  # fmt: skip
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
#: No test may take longer with a change than so many seconds of the processor.
LONGEST = 240


def places(tree: ast.Module) -> Iterator[ast.AST]:
    """What can be changed, in the order of the tree."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in SWAPS:
                yield node
            case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
                yield node
            case ast.Constant(value=bool() | int()) | ast.UnaryOp(op=ast.Not()):
                yield node
            case ast.If() | ast.IfExp() | ast.Continue():
                yield node


def changed(source: str, at: int) -> tuple[str, int, str]:
    """The source with one place changed, its line, and what was changed."""
    tree = ast.parse(source)
    node = list(places(tree))[at]
    before = ast.unparse(node).split("\n")[0]
    line = getattr(node, "lineno", 0)

    class Change(ast.NodeTransformer):
        def visit(self, found: ast.AST) -> ast.AST:
            return turned(found) if found is node else self.generic_visit(found)

    made = ast.fix_missing_locations(Change().visit(tree))
    return ast.unparse(made), line, before


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
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Continue():
            return ast.copy_location(ast.Break(), node)
    return node


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module from another source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, name, path, target=None):
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def tests_of(path: Path) -> list[str]:
    short = path.relative_to(ROOT).as_posix()
    for area, files in TESTS.items():
        if short.startswith(area):
            return files
    public = [
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    used: Counter[str] = Counter()
    for test in (ROOT / "tests").glob("test_stats*.py"):
        text = test.read_text(encoding="utf-8")
        used[test.name] = sum(len(re.findall(rf"\b{name}\b", text)) for name in public)
    return [name for name, n in used.most_common(2) if n] or ["test_stats_groups.py"]


def survives(path: Path, source: str) -> bool:
    """Whether the tests of a module pass with another source of it."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    code = 1
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        signal.alarm(15 * LONGEST)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        sys.meta_path.insert(0, Changed(name, path, source))
        import pytest

        files = [str(ROOT / "tests" / file) for file in tests_of(path)]
        code = int(pytest.main(["-x", "-q", "-n", "0", "-m", "", "-p", "no:cacheprovider", *files]))
    finally:
        os._exit(code)


def main(wanted: int, seed: int) -> None:
    sys.path.insert(0, str(ROOT))
    # What every run needs and no change touches.
    for library in ("pandas", "pyarrow", "lxml.etree", "pytest", "hypothesis", "pydantic", "yaml"):
        importlib.import_module(library)
    every = [
        (path, at)
        for area in AREAS
        for path in sorted((ROOT / area).rglob("*.py"))
        if path.name != "__init__.py"
        for at in range(len(list(places(ast.parse(path.read_text(encoding="utf-8"))))))
    ]
    chosen = random.Random(seed).sample(every, wanted)
    killed, began = 0, time.monotonic()
    for number, (path, at) in enumerate(chosen, start=1):
        source, line, before = changed(path.read_text(encoding="utf-8"), at)
        if survives(path, source):
            print(f"SURVIVES {path.relative_to(ROOT)}:{line} {before[:90]}", flush=True)
        else:
            killed += 1
        if number % 10 == 0 or number == wanted:
            spent = time.monotonic() - began
            print(f"{killed} of {number} killed, of {len(every)} places, {spent:.0f} s", flush=True)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given or [400]), *([1] if len(given) < 2 else []))
