"""docs/adding-a-form.md does what it says: its files are written, its commands and code are run."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import docx
import pytest
import yaml
from click.testing import CliRunner

import esrdata
from esrdata.cli import main
from esrdata.knowledge.schema.describe import fill

PAGE = Path(__file__).parents[1] / "docs/adding-a-form.md"
CODES = sorted((Path(esrdata.__file__).parent / "knowledge/codes").glob("*.csv"))
BLOCK = re.compile(r"([^\n]*)\n\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`([\w./-]+\.(?:yml|csv|txt))`[^`]*:$")


def test_the_keys_and_fields_on_the_page_are_those_of_the_models() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill(page) == page
    assert "| `withheld` |" in page
    assert "| indicators | `indicators.{indicator}.{stage}` |" in page


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def python(code: str, names: dict[str, object]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, PAGE.name, "exec"), names)
    return out.getvalue()


def shell(command: str) -> str:
    program, *words = shlex.split(command)
    assert program == "esrdata"
    done = CliRunner().invoke(main, words)
    # A form that is not finished ends with 1, as the page says.
    assert done.exit_code in (0, 1), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder after everything on the page was done in its order."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    output = ""
    for before, kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        named = FILE.search(before)
        if named is not None:
            Path(named[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(named[1]).write_text(text, encoding="utf-8")
        elif kind == "sh":
            output = "".join(shell(line) for line in text.splitlines())
        elif kind == "python":
            output = python(text, names)
        elif kind == "text":
            assert lines(output) == lines(text)
        elif kind == "csv":
            # Rows of a list that the page names: its columns are those of ours.
            heads = [path.read_text(encoding="utf-8").splitlines()[0] for path in CODES]
            assert any(head.startswith(text.splitlines()[0]) for head in heads)
        else:
            # A part of a form, tried in test_beside.py.
            assert text.startswith("# yaml-language-server") or "entries" in yaml.safe_load(text)
    return tmp_path


@pytest.mark.slow
def test_the_page_runs_and_the_new_indicator_reaches_the_report(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert {
        "page.txt",
        "my-shelf/forms/bygd.yml",
        "my-shelf/codes/indicators.csv",
        "my-shelf/lists/2028-2034.csv",
    } <= files
    (report,) = folder.glob("pack/*.docx")
    text = "\n".join(
        [
            *(paragraph.text for paragraph in docx.Document(str(report)).paragraphs),
            *(
                cell.text
                for table in docx.Document(str(report)).tables
                for row in table.rows
                for cell in row.cells
            ),
        ]
    )
    assert "Mentorer" in text
    portfolio = esrdata.read("page.txt", shelf="my-shelf")
    assert portfolio.narratives["section"].to_list() == ["summary", "lessons"]
    assert "Namn Namnsson" not in text
