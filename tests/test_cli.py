import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import esrdata
from esrdata.cli import main

RAW = str(Path(__file__).parents[1] / "data" / "raw")


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


def test_report_reads_saves_and_writes(run, tmp_path):
    result = run("report", RAW, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (
        "Hankkeita: 4. Tiedostoja: 5, joista luettu 5. Havaintoja: 4, joista virheitä 0."
        in result.output
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="fi">' in page
    assert len(esrdata.load(tmp_path / "out")) == 4
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["projects"] == 4
    assert manifest["esrdata"] == esrdata.__version__


def test_report_in_swedish_and_english(run, tmp_path):
    swedish = run("report", RAW, "--out", tmp_path, "--lang", "sv")
    assert "Projekt: 4. Filer: 5, varav lästa 5. Iakttagelser: 4, varav fel 0." in swedish.output
    english = run("report", RAW, "--out", tmp_path, "--lang", "en")
    assert "Projects: 4. Files: 5, of which read 5." in english.output


def test_files_that_are_nothing_known_are_not_counted_as_read(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kirje.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    out = tmp_path / "out"
    result = run("report", f"{RAW}/S20405.txt", tmp_path / "in", "--out", out)
    assert result.exit_code == 0, result.output
    assert "Hankkeita: 1. Tiedostoja: 2, joista luettu 1. Havaintoja: 1" in result.output


def test_read_takes_several_sources(run, tmp_path):
    result = run("read", f"{RAW}/S20405.txt", f"{RAW}/S125*.txt", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert list(esrdata.load(tmp_path).projects["project_code"]) == ["S20405", "S12577"]
    assert not (tmp_path / "report.html").exists()


def test_check_exits_1_on_errors_only(run, tmp_path):
    assert run("check", RAW).exit_code == 0
    page = Path(RAW, "S20562.txt").read_text(encoding="utf-8")
    broken = page.replace("Alkaa 1.4.2016", "Alkaa 31.2.2016")
    (tmp_path / "S20562.txt").write_text(broken, encoding="utf-8")
    result = run("check", tmp_path, "--lang", "en")
    assert result.exit_code == 1
    assert "the value “31.2.2016” of the field “Start date” was not understood" in result.output


def test_explain_shows_the_line(run):
    result = run("explain", RAW, "S20405", "funding.public_total.realised", "--lang", "en")
    assert result.exit_code == 0
    assert "49 361" in result.output
    assert "→   109  Toteutunut julkinen rahoitus yhteensä: 49 361" in result.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "nowhere"], "There is no file or folder nowhere: check the path."),
        (["explain", RAW, "S2040", "projects.name"], "There is no project 'S2040'; the nearest"),
        (["explain", RAW, "S20405", "projects.nam"], "the nearest is 'projects.name'."),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(run, args, said):
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_wrong_options_exit_2(run, tmp_path):
    assert run("report", RAW).exit_code == 2
    assert run("report", RAW, "--out", tmp_path, "--lang", "de").exit_code == 2
    assert run("read").exit_code == 2


def test_sample_then_check(run, tmp_path):
    result = run("sample", tmp_path / "s", "--projects", 5, "--seed", 3, "--format", "html")
    assert result.exit_code == 0
    assert len(list((tmp_path / "s").glob("*.html"))) == 5
    assert run("check", tmp_path / "s").exit_code == 0


def test_contacts_only_when_asked(run, tmp_path):
    run("read", RAW, "--out", tmp_path)
    assert not (tmp_path / "contacts.csv").exists()
    run("read", RAW, "--out", tmp_path, "--contacts")
    assert "ESIMERKKI ERKKI" in (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")


def test_as_a_module_in_a_pipe():
    done = subprocess.run(
        [sys.executable, "-m", "esrdata", "check", RAW], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0
    # No progress bar in a pipe.
    assert done.stderr == ""
