"""How the house is built: floors, what each may import, and what may not stand in code."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pages import ROOT

HOUSE = ROOT / "esrdata"
MODULES = sorted(HOUSE.rglob("*.py"))

# The floor of a module: of the longest beginning of its name that is here.
FLOORS = {
    "esrdata.version": 0,
    "esrdata.errors": 0,
    "esrdata.renamed": 0,
    "esrdata.annotated": 0,
    "esrdata.given": 0,
    "esrdata.guard": 0,
    "esrdata.limits": 0,
    "esrdata.terminal": 0,
    "esrdata.knowledge": 1,
    "esrdata.documents": 1,
    "esrdata.reading": 2,
    "esrdata.staging": 1,
    "esrdata.cache": 1,
    "esrdata.collecting": 0,
    "esrdata.fetch": 2,
    "esrdata.samples": 2,
    "esrdata.tables": 3,
    "esrdata.portfolio": 4,
    "esrdata.explanation": 4,
    "esrdata.source_text": 4,
    "esrdata.search": 4,
    "esrdata.selection": 4,
    "esrdata.stats": 4,
    "esrdata.summary": 4,
    "esrdata.workbook": 4,
    "esrdata.charts": 5,
    "esrdata.packs": 5,
    "esrdata.present": 5,
    "esrdata.explorer": 5,
    "esrdata.proofing": 5,
    "esrdata.report": 5,
    "esrdata": 5,
    "esrdata.cli": 6,
    "esrdata.__main__": 6,
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor(module: str) -> int | None:
    """The floor of a module; None where nobody has given it one."""
    if module == "esrdata":
        return FLOORS["esrdata"]
    parts = module.split(".")
    for end in range(len(parts), 1, -1):
        found = FLOORS.get(".".join(parts[:end]))
        if found is not None:
            return found
    return None


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules a module imports, at the top or inside its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if is_module(whole) else node.module


def is_module(name: str) -> bool:
    place = ROOT / Path(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts in code with their lines, docstrings left out: examples may name a form."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            if id(node) not in docstrings:
                yield node.lineno, text


class Module:
    """What the tests below ask of a module."""

    def __init__(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.imports = list(imported(tree))
        self.texts = list(texts(tree))
        nodes = list(ast.walk(tree))
        self.caught = [node for node in nodes if isinstance(node, ast.ExceptHandler)]
        self.keywords = [node for node in nodes if isinstance(node, ast.keyword)]
        self.bound = list(imported(without_types(tree)))  # last: it takes branches out of the tree


# Parsed once: six tests look at every module.
parsed = cache(Module)


def test_there_are_modules_on_every_floor() -> None:
    floors = {floor(name_of(path)) for path in MODULES}
    assert {1, 2, 3, 4, 5} <= floors


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_a_module_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    module = name_of(path)
    own = floor(module)
    assert own is not None, f"give {module} a floor"
    for other in parsed(path).imports:
        if other.split(".")[0] == "esrdata":
            below = floor(other)
            assert below is not None, f"give {other} a floor"
            assert below <= own, f"{module} (floor {own}) imports {other} (floor {below})"


def test_no_imports_go_in_a_circle() -> None:
    """Those inside functions too; what is imported for types alone binds nothing."""
    imports = {name_of(path): set(parsed(path).bound) for path in MODULES}
    left = {module: {o for o in others if o in imports} for module, others in imports.items()}
    while last := {module for module, others in left.items() if not others & left.keys()}:
        left = {module: others for module, others in left.items() if module not in last}
    assert sorted(left) == []


def without_types(tree: ast.Module) -> ast.Module:
    class Drop(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.If | None:
            return None if "TYPE_CHECKING" in ast.unparse(node.test) else node

    return Drop().visit(tree)


def test_the_floors_are_those_of_the_decision() -> None:
    page = (ROOT / "docs" / "decisions" / "0001-house.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (.*?) \|", page, re.MULTILINE)
    written = {int(number): set(re.findall(r"`(\w+)`", rooms)) for number, rooms in rows}
    assert set(written) == set(range(7))
    for module, own in FLOORS.items():
        if module != "esrdata":
            assert module.removeprefix("esrdata.") in written[own], module


def test_the_direction_of_imports_can_fail() -> None:
    tree = ast.parse("from esrdata.tables import store\nimport esrdata.portfolio\n")
    assert list(imported(tree)) == ["esrdata.tables.store", "esrdata.portfolio"]
    assert [floor(name) for name in imported(tree)] == [3, 4]
    assert floor("esrdata.reading.form.description") == 2


# Libraries that belong to a floor and none below it.
FIRST_FLOOR_OF = {
    "openpyxl": 1,
    "httpx": 2,
    "rapidfuzz": 3,
    "pandas": 3,
    "numpy": 3,
    "pyarrow": 3,
    "docx": 5,
    "matplotlib": 5,
    "scipy": 4,
    "simplemma": 4,
    "xlsxwriter": 4,
    "jinja2": 5,
    "click": 6,
    "rich": 6,
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_libraries_stay_on_their_floors(path: Path) -> None:
    own = floor(name_of(path)) or 0
    for other in parsed(path).imports:
        assert FIRST_FLOOR_OF.get(other.split(".")[0], 0) <= own, other


def loaded(code: str) -> set[str]:
    """Top modules in memory after some code ran in a fresh interpreter."""
    report = f"{code}; import sys; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_importing_esrdata_imports_nothing_heavy() -> None:
    found = loaded("import esrdata")
    assert "esrdata" in found
    assert found & {"pandas", "numpy", "pyarrow", "yaml", "matplotlib", "joblib", "rich"} == set()


def test_reading_a_document_needs_no_pandas() -> None:
    readers = ("form.description", "dispatch", "lists.read", "web.read")
    modules = [f"esrdata.reading.{name}" for name in readers]
    found = loaded(f"import {', '.join(modules)}, esrdata.documents.open")
    assert set(modules) <= found
    assert found & {"pandas", "numpy", "pyarrow", "matplotlib", "rapidfuzz"} == set()


@pytest.mark.parametrize("name", ["S12577.txt", "kaupunki-leader.txt"])
def test_reading_a_file_to_its_end_needs_no_pandas(name: str) -> None:
    path = str(ROOT / "data" / "raw" / name)
    found = loaded(
        f"from esrdata.reading.dispatch import read_file; read_file({path!r}, contacts=False)"
    )
    assert "esrdata.reading.dispatch" in found
    # openpyxl takes long to load, and few folders hold a workbook.
    unneeded = {"pandas", "numpy", "pyarrow", "matplotlib", "rapidfuzz", "openpyxl"}
    assert found & unneeded == set()


def test_only_fetching_loads_the_network() -> None:
    found = loaded("import esrdata.fetch, esrdata.cli")
    assert "esrdata.fetch" in found
    assert found & {"httpx", "httpcore"} == set()


def test_there_is_no_attic() -> None:
    attic = re.compile(r"utils?|helpers?|misc|common|tools", re.IGNORECASE)
    everything = [path for path in HOUSE.rglob("*") if "__pycache__" not in path.parts]
    assert len(everything) > 40
    assert [path for path in everything if attic.fullmatch(path.stem)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_forms_and_periods_stand_on_the_shelf_and_not_in_code(path: Path) -> None:
    if path == HOUSE / "samples" / "maker.py":
        pytest.skip("names of samples")
    branch = re.compile(r"\b(?:2007|2014|2021)\s?[-–]\s?(?:2013|2020|2027)\b|eura\d{4}|EURA ?\d{4}")
    met = [(line, text) for line, text in parsed(path).texts if branch.search(text)]
    assert met == []


def test_a_form_named_in_code_would_be_met() -> None:
    tree = ast.parse('"""eura2014"""\ndef f(form):\n    """2014-2020"""\n    return form == "x"\n')
    assert [text for _, text in texts(tree)] == ["x"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_errors_are_caught_by_name(path: Path) -> None:
    guard = name_of(path) == "esrdata.guard"  # the one place where any error is
    for node in parsed(path).caught:
        assert node.type is not None, f"bare except on line {node.lineno}"
        caught = ast.unparse(node.type)
        broad = re.search(r"\b(?:Exception|BaseException)\b", caught)
        assert not broad or guard, node.lineno


SILENT = {"'coerce'", "'ignore'", "'replace'"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_nothing_is_coerced_in_silence(path: Path) -> None:
    # What is written on a terminal may have its characters replaced; what is read may not.
    # Damaged letters of UTF-8 become U+FFFD, which is counted and is a finding (text_damaged).
    reported = floor(name_of(path)) == 6 or name_of(path) == "esrdata.documents.text"
    silent = {"'coerce'", "'ignore'"} if reported else SILENT
    for node in parsed(path).keywords:
        if node.arg == "errors":
            assert ast.unparse(node.value) not in silent, node.lineno
