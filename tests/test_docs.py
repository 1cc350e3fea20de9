"""The pages for newcomers do what they say: code and commands run in the order of the page."""

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path

import matplotlib
import pytest
from click.testing import CliRunner
from pages import RAW

import esrdata
import esrdata.stats
from esrdata.cli import main

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.fi.md", "docs/tutorial.md", "docs/cookbook.md", "docs/methods.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What is typed before the program is there, or needs the network.
NOT_HERE = ("python3 ", ".venv", "pip ", "cd ", "mkdir ", "git ", ". .venv", "pytest")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like that of the repository, in which everything may be written."""
    shutil.copytree(RAW, tmp_path / "data/raw")
    monkeypatch.chdir(tmp_path)
    matplotlib.use("agg")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_page_runs(page: str, folder: Path) -> None:
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert any(kind in ("python", "sh") for kind, _ in blocks)
    names: dict[str, object] = {}
    said, ran = "", 0
    for kind, code in blocks:
        if kind == "python":
            said = python(code, page, names)
            ran += 1
        elif kind == "sh":
            said = "".join(shell(line) for line in code.splitlines())
            ran += 1
        elif kind == "text":
            assert lines(said) == lines(code), page
        else:
            pytest.fail(f"{page} has a block of the kind {kind}, which nothing runs")
    assert ran
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.close("all")


def python(code: str, page: str, names: dict[str, object]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, page, "exec"), names)
    return out.getvalue()


def shell(line: str) -> str:
    if not line.strip() or line.startswith(NOT_HERE):
        return ""
    program, *words = shlex.split(line, comments=True)
    assert program == "esrdata", line
    # Nothing is asked of the network: of `fetch` only the command and its options are looked at.
    done = CliRunner().invoke(main, [*words, "--help"] if words[0] == "fetch" else words)
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return done.output


def lines(text: str) -> list[str]:
    """What stands there, with white space at the ends of lines left out."""
    return [line.rstrip() for line in text.strip().splitlines()]


def test_every_statistic_has_its_method() -> None:
    told = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    # These two read and write the reviewer's workbook.
    plain = {"write_review", "read_review"}
    missing = {name for name in esrdata.stats.__all__ if f"`{name}`" not in told}
    assert missing <= plain


def test_every_chart_is_in_the_gallery() -> None:
    told = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
    missing = {name for name in esrdata.charts.__all__ if f"`{name}`" not in told}
    not_charts = {"Words", "alt_text", "save", "sheets", "theme", "words"}
    assert missing <= not_charts


def test_the_questions_of_the_cookbook_say_what_to_beware_of() -> None:
    told = (ROOT / "docs/cookbook.md").read_text(encoding="utf-8")
    _, *questions = re.split(r"^## ", told, flags=re.MULTILINE)
    assert len(questions) >= 15
    for question in questions:
        title = question.splitlines()[0]
        assert title.endswith("?"), title
        assert "```python" in question or "```sh" in question, title
        assert "**Beware:**" in question, title


def test_the_finnish_page_shows_every_command() -> None:
    told = (ROOT / "README.fi.md").read_text(encoding="utf-8")
    assert {name for name in main.commands if f"`esrdata {name} " not in told} == set()
