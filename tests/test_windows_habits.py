"""What Windows does otherwise, held without Windows: code pages, paths, names, line ends, locks."""

import ast
import ctypes
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pages import eura2014_page

import esrdata
from esrdata import Portfolio, SourceError, StoreError
from esrdata.cli import main
from esrdata.documents.files import is_portable
from esrdata.present.evidence.pages import file_name

# A name with signs that the console of an old Windows does not have.
NAME = "Ääkköset → \U0001f600 Łódź 𝟗 עברית"
HOME = Path(esrdata.__file__).parent


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "lähde"
    folder.mkdir()
    (folder / "a.txt").write_text(
        eura2014_page().replace("Hankkeen nimi:", f"Hankkeen nimi: {NAME}"), encoding="utf-8"
    )
    return folder


class Console(io.TextIOWrapper):
    """A console of a code page, which stops at signs that are not on it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="cp1252", errors="strict", write_through=True)

    def text(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("cp1252")


def typed(monkeypatch: pytest.MonkeyPatch, *given: str) -> tuple[int, str]:
    """Exit code and what stands on a console of code page 1252."""
    out, err = Console(), Console()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "argv", ["esrdata", *given])
    with pytest.raises(SystemExit) as ended:
        main(list(given))
    code = ended.value.code
    return code if isinstance(code, int) else 0, out.text() + err.text()


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_commands_go_on_on_a_console_without_some_signs(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    out = str(tmp_path / "out")
    for given in (
        ["read", str(source), "--out", out, "--lang", lang],
        ["check", str(source), "--lang", lang],
        ["explain", str(source), "S20001", "projects.name", "--lang", lang],
    ):
        code, text = typed(monkeypatch, *given)
        assert code in (0, 1), text
        assert "Traceback" not in text
        if given[0] == "explain":
            # What the code page has is there, and a question mark for what it has not.
            assert "Ääkköset ? ? ?ód? ? ?????" in text


@pytest.mark.parametrize(
    "given", [["--help"], ["--version"], ["report", "--help"], ["read"], ["nothing"], []]
)
def test_help_and_mistakes_are_printed_too(
    monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    _, text = typed(monkeypatch, *given)
    assert "esrdata" in text


@pytest.mark.slow
def test_a_process_of_its_own_on_such_a_console(source: Path) -> None:
    # No file may be opened in the encoding of the system either.
    given = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning:esrdata"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*given, "-m", "esrdata", "check", str(source)], capture_output=True, env=environment
    )
    assert done.returncode in (0, 1), done.stderr
    assert b"Traceback" not in done.stderr
    done.stdout.decode("cp1252")


def test_backslashes_divide_a_path(source: Path) -> None:
    windows = str(source).replace("/", "\\")
    for given in (f"{windows}\\a.txt", f"{windows}\\*.txt", windows, f"{windows}\\"):
        files = esrdata.read(given).files["file"]
        assert [Path(name).name for name in files] == ["a.txt"]
        assert not files.str.contains("\\", regex=False).any()
    with pytest.raises(SourceError):
        esrdata.read(f"{windows}\\*.pdf")


@pytest.mark.skipif(os.sep == "\\", reason="no file of Windows holds a backslash")
def test_a_backslash_in_a_name_is_a_sign_of_it(source: Path, tmp_path: Path) -> None:
    (tmp_path / "b\\a.txt").write_text(eura2014_page(), encoding="utf-8")
    assert len(esrdata.read(tmp_path / "b\\a.txt")) == 1


def test_a_folder_with_brackets_in_its_name_is_no_pattern(source: Path) -> None:
    moved = source.rename(source.with_name("hankkeet [2014] (1)"))
    assert len(esrdata.read(f"{moved}/*.txt")) == 1
    assert len(esrdata.read(moved)) == 1


def test_a_long_path_is_read_and_written_or_refused_in_one_sentence(source: Path) -> None:
    deep = source
    while len(str(deep)) < 400:
        deep = deep / ("pitkä" * 8)
    deep.mkdir(parents=True)
    (source / "a.txt").rename(deep / "a.txt")
    portfolio = esrdata.read(source)
    assert len(portfolio) == 1
    portfolio.save(deep / "out")
    assert len(esrdata.load(deep / "out")) == 1
    with pytest.raises(StoreError):
        portfolio.save(source / ("x" * 300))


@pytest.mark.parametrize(
    "name",
    ["con", "CON", "aux.txt", "Nul.tar.gz", "com1", "LPT9.csv", "COM¹", "con .txt", "a.", "a ",
     "a. ", "a:b", "a/b", "a\\b", "a?", "a*", 'a"', "a|b", "a\n", "", " ", ".."],
)  # fmt: skip
def test_names_that_windows_has_for_no_file(name: str) -> None:
    assert not is_portable(name)


@pytest.mark.parametrize(
    "name", ["a", "console", "auxiliary.csv", "a.con", "Ää 1", ".a", "com", "com10"]
)
def test_names_that_any_file_may_have(name: str) -> None:
    assert is_portable(name)


def test_pages_of_projects_have_names_that_any_system_takes() -> None:
    odd = ["con", "CON", "aux.txt", "NUL", "com1", "a.", "a ", "a", "A", "S20405", "s20405",
           "x" * 300, "S20/../4", "web:hankkeet?id=1", "ä", "Ä", "\u202e", ""]  # fmt: skip
    names = [file_name(code) for code in odd]
    assert [name for name in names if not is_portable(name)] == []
    assert max(map(len, names)) <= 80
    # No two are one name where capitals do not count.
    assert len({name.lower() for name in names}) == len(odd)


def test_a_map_is_not_called_like_a_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "a.csv"
    rows = "".join(f"S2040{n};Hanke {n};Kotka\n" for n in range(9))
    table.write_text(f"Hankekoodi;Hankkeen nimi;Paikka\n{rows}", encoding="utf-8")
    given = ["map", str(table), "--out", str(tmp_path / "shelf"), "--lang", "en", "--name"]
    code, text = typed(monkeypatch, *given, "con")
    assert code == 2
    assert "A file cannot be called 'con' on every system" in text
    assert not (tmp_path / "shelf").exists()


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    tables = []
    for name, end in (("unix", "\n"), ("windows", "\r\n"), ("mac", "\r")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.txt").write_bytes(eura2014_page().replace("\n", end).encode())
        portfolio = esrdata.read(folder)
        names = ("projects", "funding", "indicators", "narratives", "partners")
        found = {name: portfolio.tables[name] for name in names}
        found["projects"] = found["projects"].drop(columns=["source"])
        tables.append(found)
    for other in tables[1:]:
        for name, table in tables[0].items():
            assert table.equals(other[name]), name


@pytest.mark.slow
def test_files_are_written_with_line_ends_of_one_kind() -> None:
    """Windows would write others, and a pack would not be the same bytes everywhere."""
    bare = []
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write_text":
                if ast.unparse(node.func) == "formatter.write_text":
                    continue  # click's, which prints
                keys = {keyword.arg for keyword in node.keywords}
                if not {"encoding", "newline"} <= keys:
                    bare.append(f"{path.relative_to(HOME)}:{node.lineno}")
    # A tag of the cache has one line without an end; documents are made by whoever develops.
    assert [p for p in bare if not p.startswith(("cache.py", "knowledge/schema/describe.py"))] == []


def test_a_source_on_another_drive(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apart(*paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.chdir(source.parent)
    portfolio = esrdata.read(source)
    with monkeypatch.context() as other:
        other.setattr(os.path, "commonpath", apart)
        other.setattr(os.path, "relpath", apart)
        portfolio.save(tmp_path / "out")
    back = esrdata.load(tmp_path / "out")
    assert Path(back.base) == source.parent or (Path(back.base) / back.files["file"][0]).is_file()


def test_a_pack_is_whole_without_locks_and_without_a_swap(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*given: Any, **more: Any) -> Any:
        raise TypeError("bad argument type for built-in operation")

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(ctypes, "CDLL", none)
    out = tmp_path / "out"
    portfolio: Portfolio = esrdata.read(source)
    portfolio.save(out)
    (out / "notes.txt").write_text("somebody's own", encoding="utf-8")
    portfolio.save(out)
    assert esrdata.load(out).projects.equals(portfolio.projects)
    assert (out / "notes.txt").exists()
    assert not [path for path in (*tmp_path.iterdir(), *out.iterdir()) if ".esrdata-" in path.name]
