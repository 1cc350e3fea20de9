import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import docx
import openpyxl
import pages
import pytest
from click.testing import CliRunner
from pages import eura2014_page

import esrdata
from esrdata.cli import main
from esrdata.cli.places import Place
from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import statistic_label

RAW = str(pages.RAW)


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def written(monkeypatch):
    """What the report was asked to be; drawing it is tested elsewhere."""
    asked = []

    def write(portfolio, out, **how):
        asked.append((list(portfolio.projects["project_code"]), how))
        return Path(out) / "report.html"

    monkeypatch.setattr("esrdata.present.report.write", write)
    return asked


@pytest.mark.slow
def test_report_reads_saves_and_writes(run, tmp_path):
    result = run("report", RAW, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (
        "Hankkeita: 4. Tiedostoja: 5, joista luettu 5. Huomioita aineistosta: 4, joista virheitä 0."
        in result.output
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="fi">' in page
    assert {"report.docx", "report.xlsx", "figures", "evidence"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }
    assert len(esrdata.load(tmp_path / "out")) == 4
    text = (tmp_path / "out" / "ro-crate-metadata.json").read_text(encoding="utf-8")
    entities = {entity["@id"]: entity for entity in json.loads(text)["@graph"]}
    assert entities["projects.parquet"]["rows"] == 4
    assert entities["#esrdata"]["version"] == esrdata.__version__


def test_report_in_swedish_and_english(run, tmp_path, written):
    swedish = run("report", RAW, "--out", tmp_path, "--lang", "sv")
    assert (
        "Projekt: 4. Filer: 5, varav lästa: 5. Noteringar om materialet: 4, varav fel: 0."
        in swedish.output
    )
    english = run("report", RAW, "--out", tmp_path, "--lang", "en")
    assert "Projects: 4. Files: 5 (read: 5)." in english.output


def test_files_that_are_nothing_known_are_not_counted_as_read(run, tmp_path, written):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kirje.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    out = tmp_path / "out"
    result = run("report", f"{RAW}/S20405.txt", tmp_path / "in", "--out", out)
    assert result.exit_code == 0, result.output
    assert "Hankkeita: 1. Tiedostoja: 2, joista luettu 1. Huomioita aineistosta: 1" in result.output


def test_report_of_some_projects(run, tmp_path, written):
    args = ("--select", "programme_period=2014-2020", "--select", "region=Kymenlaakso")
    result = run("report", RAW, "--out", tmp_path, *args)
    assert result.exit_code == 0, result.output
    assert "Hankkeita: 1. Tiedostoja: 2, joista luettu 2." in result.output
    assert str(tmp_path / "report.html") in result.output
    given_not = ("title", "cards", "before", "traces", "population", "template", "recipe")
    nothing = dict.fromkeys(given_not) | {"compare": {}, "explorer": True}
    ((codes, how),) = written
    progress = how.pop("progress")
    assert callable(progress)
    assert (codes, how) == (["S20405"], {"lang": "fi", **nothing})


def test_the_same_column_twice_means_either(run, tmp_path, written):
    args = ("--select", "priority_axis=2", "--select", "priority_axis=5", "--select", "fund=ESR")
    run("report", RAW, "--out", tmp_path, *args)
    run("report", RAW, "--out", tmp_path, "--select", "priority_axis=2")
    assert [codes for codes, _ in written] == [["S12577", "S20405", "S20562", "S21684"], ["S12577"]]


def test_a_title_and_cards_for_the_report(run, tmp_path, written):
    run("report", RAW, "--out", tmp_path, "--title", "Oma otsikko", "--cards", "--lang", "sv")
    run("report", RAW, "--out", tmp_path, "--no-cards")
    (_, first), (_, second) = written
    assert (first["title"], first["cards"], first["lang"]) == ("Oma otsikko", True, "sv")
    assert (second["title"], second["cards"]) == (None, False)


def test_an_earlier_source_for_the_report(run, tmp_path, written):
    run("report", RAW, "--out", tmp_path, "--before", f"{RAW}/S20405.txt")
    ((codes, how),) = written
    assert len(codes) == 4
    assert list(how["before"].projects["project_code"]) == ["S20405"]


@pytest.mark.slow
def test_the_options_reach_the_page(run, tmp_path):
    options = ("--select", "project_code=S12577", "--title", "Oma <otsikko>", "--no-cards")
    result = run("report", RAW, "--out", tmp_path, *options, "--before", f"{RAW}/S12577.txt")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<h1>Oma &lt;otsikko&gt;</h1>" in page
    assert "S12577" in page
    assert "S20405" not in page
    # The earlier source is the same one.
    assert "Yhdenkään päivät tai rahoitus eivät ole muuttuneet." in page
    assert 'class="card"' not in page
    assert list(esrdata.load(tmp_path).projects["project_code"]) == ["S12577"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "fund"], "A choice is COLUMN=VALUE, such as fund=ESR, not 'fund'."),
        (["--select", "fund="], "A choice is COLUMN=VALUE, such as fund=ESR, not 'fund='."),
        (["--select", "funt=ESR"], "There is no column 'funt'; the nearest is 'fund'."),
        (
            ["--select", "priority_axis=five"],
            "The column priority_axis holds whole numbers, not 'five'.",
        ),
        (["--before", "nowhere"], "There is no file or folder nowhere: check the path."),
    ],
)
def test_a_wrong_choice_is_one_sentence_and_nothing_is_written(run, tmp_path, options, said):
    result = run("report", RAW, "--out", tmp_path / "out", "--lang", "en", *options)
    assert result.exit_code == 2
    assert result.stderr == f"{said}\n"
    assert not (tmp_path / "out").exists()


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
    assert (
        "the value “31.2.2016” of the field “Start date” could not be interpreted" in result.output
    )


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
    result = run(*args, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_wrong_options_exit_2(run, tmp_path):
    assert run("report", RAW).exit_code == 2
    assert run("report", RAW, "--out", tmp_path, "--lang", "de").exit_code == 2
    assert run("read").exit_code == 2


def test_sample_then_check(run, tmp_path):
    result = run(
        "sample", tmp_path / "s", "--projects", 5, "--seed", 3, "--format", "html", "--short"
    )
    assert result.exit_code == 0
    assert len(list((tmp_path / "s").glob("*.html"))) == 5
    assert run("check", tmp_path / "s").exit_code == 0


def test_contacts_only_when_asked(run, tmp_path):
    run("read", RAW, "--out", tmp_path)
    assert not (tmp_path / "contacts.csv").exists()
    run("read", RAW, "--out", tmp_path, "--contacts")
    assert "ESIMERKKI ERKKI" in (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")


def test_ctrl_c_while_the_program_is_loaded_is_no_traceback():
    code = (
        "import sys, esrdata.__main__ as begin\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'esrdata.cli.main': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "begin.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_as_a_module_in_a_pipe():
    done = subprocess.run(
        [sys.executable, "-m", "esrdata", "check", RAW], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0
    # No progress bar in a pipe.
    assert done.stderr == ""


def test_nothing_is_searched_for_unused_objects_at_the_end():
    # What is registered first comes last.
    code = (
        "import atexit, gc\n"
        "atexit.register(lambda: print('frozen', gc.get_freeze_count() > 0))\n"
        "from esrdata.cli import main\n"
        "main(['--version'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "frozen True"


def test_explain_leads_to_the_evidence_page(run, tmp_path):
    field = "funding.public_total.realised"
    result = run("explain", RAW, "S20405", field, "--evidence", tmp_path, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert f"Evidence page: {tmp_path / 'S20405.html'}#{field}" in result.output
    page = (tmp_path / "S20405.html").read_text(encoding="utf-8")
    assert f'id="{field}"' in page


# ---- wrong use, in the language chosen and before anything is read


@pytest.fixture
def unread(monkeypatch):
    """Nothing may be read."""

    def read(*_, **__):
        pytest.fail("something was read")

    monkeypatch.setattr("esrdata.portfolio.opening.read_batch", read)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "nowhere"], "Tiedostoa tai kansiota nowhere ei ole; tarkista polku."),
        (
            ["check", "nowhere", "--lang", "sv"],
            "Filen eller mappen nowhere finns inte; kontrollera sökvägen.",
        ),
        (["report", "nowhere", "--out", "o", "--select", "funt=ESR"], "lähin on ”fund”."),
        (["report", RAW, "--out", f"{RAW}/S20405.txt"], "on tiedosto; anna valinnalle --out"),
        (["report", RAW, "--out", f"{RAW}/S20405.txt/x"], "on tiedosto; anna valinnalle --out"),
        (["read", RAW, "--out", f"{RAW}/S20405.txt", "--lang", "en"], "is a file: give a folder"),
        (["report", RAW, "--out", "o", "--before", "nowhere"], "kansiota nowhere ei ole"),
        (["report", RAW, "--out", "o", "--compare", "a=nowhere"], "kansiota nowhere ei ole"),
        (["report", RAW], "Puuttuu: --out. (Ohje: "),
        (["check"], "Puuttuu: LÄHDE"),
        (["chek", RAW], "Komentoa chek ei ole; lähin on ”check”."),
        (["xyz", "--lang", "en"], "There is no command xyz; the commands are "),
        (["check", RAW, "--lnag", "fi"], "Valintaa --lnag ei ole; lähin on ”--lang”."),
        (["check", RAW, "--lang", "de"], "Valinnan --lang arvo de ei käy; mahdollisia ovat fi,"),
        (
            ["table", "absorbtion", RAW, "--out", "t.csv"],
            "tilasto ”absorbtion”; lähin on ”absorption”.",
        ),
        (["table", "peers", RAW, "--out", "t.csv"], "peers tarvitsee muutakin kuin aineiston"),
        (["table", "absorption", RAW, "--out", "t.pdf"], "käy .xlsx, .csv, .docx."),
        (["table", "coverage", RAW, "--out", "t.csv", "--measure", "x"], "ole valintaa --measure"),
        (
            ["chart", "absorbtion", RAW, "--out", "c.svg"],
            "kuvio ”absorbtion”; lähin on ”absorption”.",
        ),
        (["chart", "peers", RAW, "--out", "c.svg"], "peers tarvitsee muutakin kuin aineiston"),
        (["chart", "glance", RAW, "--out", "c.svg", "--by", "fund"], "ole valintaa --by"),
        (["sample", "s", "--format", "html", "--shape", "utf16"], "Muotoa utf16 ei ole"),
        (["sample", "s", "--form", "list_x", "--format", "csv"], "list_x"),
        (["chart", "absorption", RAW, "--out", RAW], "on kansio; anna valinnalle --out tiedosto."),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(run, unread, monkeypatch, tmp_path, args, said):
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "name"),
    [("report", "report.docx"), ("report", "projects.csv"), ("read", "overview.csv")],
)
def test_a_file_of_somebody_is_told_before_anything_is_read(run, unread, tmp_path, command, name):
    """`esrdata report data --out .` had written over a user's own report.docx."""
    (tmp_path / name).write_text("oma", encoding="utf-8")
    result = run(command, RAW, "--out", tmp_path)
    assert result.exit_code == 2
    assert f"on tiedosto {name}, jota esrdata ei ole kirjoittanut" in result.stderr
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["oma"]


def test_the_evidence_of_a_project_does_not_take_the_place_of_its_source(run, tmp_path):
    """Both are called S21684.html: the page that was read was lost."""
    shutil.copy(f"{RAW}/S21684.html", tmp_path)
    before = (tmp_path / "S21684.html").read_bytes()
    command = ("explain", tmp_path, "S21684", "projects.name", "--evidence")
    result = run(*command, tmp_path)
    assert result.exit_code == 2
    assert "on tiedosto S21684.html, jota esrdata ei ole kirjoittanut" in result.stderr
    assert (tmp_path / "S21684.html").read_bytes() == before
    for _ in range(2):
        assert run(*command, tmp_path / "evidence").exit_code == 0


@pytest.mark.parametrize(
    ("command", "name"), [(("explore",), "S21684.html"), (("table", "absorption"), "lista.csv")]
)
def test_a_source_is_not_written_over(run, unread, tmp_path, command, name):
    shutil.copy(f"{RAW}/S21684.html", tmp_path / name)
    before = (tmp_path / name).read_bytes()
    result = run(*command, tmp_path, "--out", tmp_path / "." / name)
    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path / name} on lähde; anna valinnalle --out muu tiedosto.\n",
    )
    assert (tmp_path / name).read_bytes() == before


def test_tables_do_not_mind_a_report_of_somebody(run, tmp_path):
    (tmp_path / "report.docx").write_text("oma", encoding="utf-8")
    assert run("read", RAW, "--out", tmp_path).exit_code == 0
    assert (tmp_path / "report.docx").read_text(encoding="utf-8") == "oma"


def test_the_language_may_come_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("ESRDATA_LANG", "sv")
    assert run("check", "nowhere").stderr == (
        "Filen eller mappen nowhere finns inte; kontrollera sökvägen.\n"
    )
    assert "Ange" not in run("chek").stderr
    assert run("chek").stderr.startswith("Kommandot chek finns inte; närmast är ”check”.")
    # One that there is not leaves what the environment says.
    assert run("check", RAW, "--lang", "de").stderr.startswith("Värdet de passar inte för --lang")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            ["programme_period=2014"],
            "No project has programme_period '2014'; there are 2007-2013, 2014-2020.",
        ),
        (
            ["region=Lappi"],
            "No project has region 'Lappi'; there are Etelä-Karjala, Etelä-Savo, Kymenlaakso, "
            "Uusimaa.",
        ),
        (
            ["programme_period=2007-2013", "region=Kymenlaakso"],
            "No project meets all of these at once: programme_period=2007-2013, "
            "region=Kymenlaakso.",
        ),
    ],
)
def test_a_choice_that_meets_nothing_says_what_there_is(run, tmp_path, chosen, said):
    options = [part for choice in chosen for part in ("--select", choice)]
    result = run("report", RAW, "--out", tmp_path / "out", "--lang", "en", *options)
    assert (result.exit_code, result.stderr) == (2, f"{said}\n")
    assert not (tmp_path / "out").exists()


def paths_of(command, *above):
    """Every parameter of a command and of those below it that is a path."""
    for param in command.params:
        if isinstance(param.type, click.Path):
            yield (*above, command.name), param
    for below in getattr(command, "commands", {}).values():
        yield from paths_of(below, *above, command.name)


def test_every_path_is_a_place():
    asked = list(paths_of(main))
    assert len(asked) > 40
    assert [
        (names, param.name) for names, param in asked if not isinstance(param.type, Place)
    ] == []


def test_an_empty_path_is_not_the_folder_that_the_user_is_in(run, tmp_path, monkeypatch):
    """`esrdata sample "$UNSET"` wrote two hundred files among the user's own."""
    monkeypatch.chdir(tmp_path)
    for args in (
        ("sample", "", "--projects", 1),
        ("fetch", "S20405", "--to", ""),
        ("read", RAW, "--out", " "),
        ("report", RAW, "--out="),
        ("verify", ""),
    ):
        result = run(*args)
        assert result.exit_code == 2, args
        assert result.stderr.startswith("Puuttuu: ")
        assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="The argument folder is a folder, not ''"):
        esrdata.sample("", projects=1)


def test_a_path_that_the_shell_left_begins_at_home(run, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert run("sample", "~/made", "--projects", 1, "--short").exit_code == 0
    assert run("sample", "./~", "--projects", 1, "--short").exit_code == 0
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")) == [
        "home/made/S90001.txt",
        "~/S90001.txt",
    ]


def test_every_kind_of_name_a_command_may_ask_for_has_words():
    code = [
        path.read_text(encoding="utf-8") for path in Path(esrdata.__file__).parent.rglob("*.py")
    ]
    asked = {
        kind for text in code for kind in re.findall(r'(?:unknown|ensure_known)\("(.+?)"', text)
    }
    assert {"column", "condition", "way of drawing"} <= asked
    assert asked <= load.words()["error"]["kind"].keys()


@pytest.mark.parametrize(
    ("args", "finnish", "swedish"),
    [
        (["form"], "Komento puuttuu; komentoja ovat ", "Kommandot saknas; kommandona är "),
        (
            ["report", RAW, "--out", "--title", "x"],
            "Valinnan --out arvo puuttuu.",
            "Värdet för --out saknas.",
        ),
        (
            ["sample", "s", "--projects", "0"],
            "Valinnan --projects arvo on vähintään 1.",
            "Värdet för --projects är minst 1.",
        ),
        (
            ["report", RAW, "--out", "o", "--population", "foo=1"],
            "Tuntematon ehto ”foo”; tarjolla ovat statuses,",
            "Namnet ”foo” finns inte (villkor); här finns statuses,",
        ),
        (["verify", "nowhere"], "Tiedostoa tai kansiota nowhere ei ole", "nowhere finns inte;"),
        (["diff", RAW, "nowhere"], "Tiedostoa tai kansiota nowhere ei ole", "nowhere finns inte;"),
        (
            ["report", RAW, "--out", "o", "--recipe", "broken.yml"],
            "Reseptitiedosto broken.yml ei ole kelvollista YAMLia; virhe on rivillä 2",
            "Receptfilen broken.yml är inte giltig YAML; felet finns på rad 2",
        ),
        (
            ["report", RAW, "--out", "o", "--recipe", "key.yml"],
            "Reseptissä key.yml, koko tiedosto: avainta ”chapter” ei ole; lähin on ”chapters”.",
            "Receptet key.yml, hela filen: nyckeln ”chapter” finns inte; närmast är ”chapters”.",
        ),
        (
            ["report", RAW, "--out", "o", "--recipe", "name.yml"],
            "chapters 1: tilasto ”peer” on tuntematon; lähin on ”peers”.",
            "chapters 1: namnet ”peer” finns inte (statistik); närmast är ”peers”.",
        ),
        (
            ["report", RAW, "--out", "o", "--theme", "key.yml"],
            "Teemassa key.yml, koko tiedosto: avainta ”chapter” ei ole;",
            "Temat key.yml, hela filen: nyckeln ”chapter” finns inte;",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence_in_the_language(
    run, unread, monkeypatch, tmp_path, args, finnish, swedish
):
    monkeypatch.chdir(tmp_path)
    Path("broken.yml").write_text("chapters: []\na: [", encoding="utf-8")
    Path("key.yml").write_text("chapter: []", encoding="utf-8")
    Path("name.yml").write_text(
        "chapters: [{title: x, parts: [{statistic: peer}]}]", encoding="utf-8"
    )
    for lang, said in (("fi", finnish), ("sv", swedish)):
        result = run(*args, "--lang", lang)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert said in result.stderr


# ---- one table, one chart


def test_nothing_found_is_an_answer(run, tmp_path):
    # No project of these is doubtful.
    target = tmp_path / "t.csv"
    done = run("table", "doubtful", RAW, "--out", str(target), "--lang", "fi")
    assert (done.exit_code, "Taulukossa ei ole rivejä" in done.stdout) == (0, True)
    heads = target.read_text(encoding="utf-8-sig")
    assert heads == "Hankekoodi,Hankkeen nimi,Tarkistus,Vakavuus,Arvot,Rahoitus\n"


def test_a_table_as_csv_excel_and_word(run, tmp_path):
    by = ("--by", "programme_period", "--lang", "sv", "--out")
    assert run("table", "absorption", RAW, *by, tmp_path / "t.csv").exit_code == 0
    head, first, *_ = (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Programperiod,n,")
    assert first.startswith("Programperioden 2007–2013,1,0,50000")
    assert run("table", "absorption", RAW, *by, tmp_path / "t.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[-1]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 50000 in cells and "Programperioden 2007–2013" in cells
    assert run("table", "absorption", RAW, *by, tmp_path / "t.docx").exit_code == 0
    (table, *_) = docx.Document(tmp_path / "t.docx").tables
    assert table.cell(0, 0).text == "Programperiod"


def test_a_chart_as_svg_and_in_word(run, tmp_path):
    out = ("--lang", "en", "--out")
    assert run("chart", "timeline", RAW, *out, tmp_path / "c.svg").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["c.svg"]
    assert run("chart", "timeline", RAW, *out, tmp_path / "c.docx").exit_code == 0
    document = docx.Document(tmp_path / "c.docx")
    assert len(document.inline_shapes) == 1
    assert document.paragraphs[-1].text != "timeline"


# ---- stopped


def test_the_overview_is_drawn_of_several_statistics(run, tmp_path):
    file = tmp_path / "g.svg"
    assert run("chart", "glance", RAW, "--out", file, "--lang", "fi").exit_code == 0
    assert file.read_bytes().startswith(b"<?xml")


@pytest.mark.slow
def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path):
    esrdata.sample(tmp_path / "in", projects=60, short=True)
    # Tells when writing has begun, so that the signal comes in the middle of it.
    # Where the tests run in the background of a shell, the signal is ignored unless asked for.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys, time, esrdata.present.pack as pack; from esrdata.cli import main\n"
        "def slow(*a, **k): print('now', flush=True); time.sleep(60)\n"
        "pack.content = slow; main(sys.argv[1:], prog_name='esrdata')"
    )
    command = [sys.executable, "-c", code, "report", "in", "--out", "out", "--lang", "en"]
    done = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert done.stdout is not None and done.stdout.readline() == "now\n"
    done.send_signal(signal.SIGINT)
    _, said = done.communicate(timeout=60)
    assert done.returncode == 130
    assert said == "Stopped (Writing the report: 1 of 7); nothing was left half done.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


# ---- a folder of ours in the source


def test_what_esrdata_wrote_into_the_source_is_skipped_with_one_note(run, tmp_path):
    source, out = tmp_path / "in", tmp_path / "in" / "out"
    shutil.copytree(RAW, source)
    esrdata.read(source).save(out)
    # The manifest names what a report wrote beside the tables.
    (out / "evidence").mkdir()
    shutil.copy(f"{RAW}/S21684.html", out / "evidence" / "S21684.html")
    crate = json.loads((out / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    crate["@graph"].append({"@id": "evidence/S21684.html", "@type": "File"})
    (out / "ro-crate-metadata.json").write_text(json.dumps(crate), encoding="utf-8")
    (out / "mine.txt").write_text("Hyvää päivää\n", encoding="utf-8")
    again = esrdata.read(source)
    assert len(again) == 4
    ours = again.issues[again.issues["code"] == "own_folder"]
    assert [Path(file).name for file in ours["file"]] == ["out"]
    # What somebody else put there is read.
    names = [Path(file).name for file in again.files["file"]]
    assert (names.count("mine.txt"), names.count("S21684.html")) == (1, 1)
    assert again.files.set_index("file")["status"].value_counts()["skipped"] == 1
    assert run("check", source, "--lang", "en").exit_code == 0
    # Alone it is no source.
    (out / "mine.txt").unlink()
    with pytest.raises(esrdata.SourceError, match="holds tables that esrdata saved"):
        esrdata.read(out)


@pytest.fixture(scope="module")
def saves(tmp_path_factory):
    """What was read of the same sources and saved: as a store, and with contact persons."""
    folder = tmp_path_factory.mktemp("saves")
    esrdata.read(RAW, to=folder / "store")
    esrdata.read(RAW, contacts=True).save(folder / "contacts")
    return folder


def test_a_save_is_loaded_where_a_command_takes_sources(run, saves, tmp_path):
    for source in (RAW, saves / "store"):
        file = tmp_path / f"{Path(source).name}.csv"
        done = run("table", "absorption", source, "--select", "fund=ESR", "--out", file)
        assert done.exit_code == 0, done.stderr
    one, two = (path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert one == two
    assert "57634" in run("explain", saves / "store", "S20405", PLANNED).output


@pytest.mark.parametrize("source", [["store", "store"], ["store", "./store"], ["above"], ["st*"]])
def test_one_save_is_loaded_however_it_is_named(run, saves, tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    for folder in ("store", "above/store"):
        shutil.copytree(saves / "store", tmp_path / folder)
    done = run("check", *source, "--lang", "en")
    assert (done.exit_code, "Projects: 4." in done.output) == (0, True), done.stderr


def test_two_saves_are_not_put_together(run, saves, monkeypatch):
    monkeypatch.chdir(saves)
    done = run("check", "store", "contacts", "--lang", "en")
    assert done.exit_code == 2
    assert done.stderr.strip() == (
        "The folders store, contacts hold tables that esrdata saved, and saves cannot be put "
        "together: read their sources together."
    )


def test_a_save_among_other_files_is_no_source(run, saves, tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(saves / "store", folder)
    shutil.copy(f"{RAW}/S20405.txt", folder)
    # The file beside the save is newer than it: it is read, and the save passed over.
    assert "Hankkeita: 1." in run("check", folder, "--lang", "fi").output


@pytest.mark.parametrize("lost", ["gone", "damaged", "with its Parquet files"])
def test_a_save_without_its_manifest_is_no_source(run, saves, tmp_path, lost):
    """As in a copy that took only the CSV files; a list of ours would be a list of nobody."""
    folder = tmp_path / "data" / "store"
    shutil.copytree(saves / "store", folder)
    esrdata.load(folder).save(folder)  # with CSV files
    manifest = folder / "ro-crate-metadata.json"
    if lost == "damaged":
        manifest.write_bytes(manifest.read_bytes()[:300])
    else:
        manifest.unlink()
    if lost == "with its Parquet files":
        for path in folder.glob("*.parquet"):
            path.unlink()
    shutil.copy(f"{RAW}/S20405.txt", tmp_path / "data")
    both = esrdata.read(tmp_path / "data")
    assert list(both.issues["code"]) == ["own_folder"]
    assert list(both.projects["project_code"]) == ["S20405"]
    done = run("check", folder, "--lang", "en")
    assert done.exit_code == 2
    assert ("no readable" in done.stderr) or (lost == "damaged" and "not written by" in done.stderr)


PLANNED = "funding.public_total.planned"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["check", "store", "--privacy", "strict"], "ja valinta --privacy koskee lukemista"),
        (["check", "store", "--shelf", "store"], "ja valinta --shelf koskee lukemista"),
        (["read", "store", "--large", "--out", "new"], "ja valinta --large koskee lukemista"),
        (["read", "store", "--contacts", "--out", "new"], "valinta --contacts koskee lukemista"),
        (["explain", "contacts", "S20405", PLANNED], "on tallennettu myös yhteyshenkilöt"),
    ],
)
def test_a_save_that_was_read_otherwise_is_refused(run, saves, monkeypatch, command, told):
    monkeypatch.chdir(saves)
    done = run(*command, "--lang", "fi")
    assert (done.exit_code, told in done.stderr) == (2, True)
    assert not (saves / "new").exists()


def test_contact_persons_of_a_save_come_where_they_are_asked_for(run, saves, tmp_path):
    done = run("read", saves / "contacts", "--contacts", "--out", tmp_path / "new")
    assert done.exit_code == 0, done.stderr
    assert "contacts" in esrdata.load(tmp_path / "new").tables


# ---- help


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


#: What click says in English by itself, and words of ours that a language must not show.
ENGLISH = ("Usage", "Options", "Commands", "Show", "default:", "required", "PATH", "INTEGER")


@pytest.mark.parametrize("path", list(commands(main)), ids="-".join)
def test_help_is_in_the_language_chosen(run, path):
    known = load.words()["cli"]["help"]
    shown = {lang: run(*path, "--help", "--lang", lang).stdout for lang in ("fi", "sv", "en")}
    assert not any(word in shown[lang] for lang in ("fi", "sv") for word in ENGLISH)
    assert shown["en"].startswith("Usage: ")
    for lang, text in shown.items():
        # Lines are divided at spaces and hyphens.
        said = known["command"]["-".join(path) or "esrdata"][lang]
        assert "".join(said.split()) in "".join(text.split())
    command = main
    for name in path:
        command = command.commands[name]
    for option in (p for p in command.params if isinstance(p, click.Option)):
        own = "-".join([*path, option.name])
        words = known["option"][own if own in known["option"] else option.name]
        start = words["sv"].partition("{")[0]
        assert start.replace(" ", "") in "".join(shown["sv"].split()), option.name


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--lang", "sv", "--help"), "Användning: "),
        (("--lang", "sv", "form", "--help"), "Användning: "),
        (("--lang", "sv", "read"), "KÄLLA saknas. "),
        (("--lang", "sv", "read", "--lang", "en"), "Missing: SOURCE. "),
        (("sample", "x", "--projects", "0"), "Valinnan --projects arvo on vähintään 1. "),
        (("sample", "x", "--projects", "a"), "Valinnan --projects arvo a ei ole kokonaisluku. "),
        (("recipe", "x"), "Ylimääräistä: x. "),
        (("fetch", "X1", "--to", "x"), "Hankekoodi on kirjain ja viisi numeroa (S20405), ei ”X1”."),
        ((), "Käyttö: "),
    ],
)
def test_the_language_may_stand_before_the_command(run, args, said):
    result = run(*args)
    assert (result.stdout + result.stderr).startswith(said)


# ---- what goes wrong, in the language chosen


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["check", ""], "Lähde on polku, ei ''; anna tiedosto, kansio tai hakumalli."),
        (["check", RAW, "--limit", "pages=0"], "Raja pages on nollaa suurempi luku, ei 0."),
        (
            ["read", RAW, "--out", "o", "--contacts", "--privacy", "strict"],
            "Joko yhteyshenkilöt luetaan tai kaikkien nimet peitetään; valitse toinen.",
        ),
        (
            ["explain", RAW, "S20405", "projects.name", "--png", "x.png"],
            "ei ole sivuja kuvattavaksi; kuva on vain PDF-tiedostosta luetulla arvolla.",
        ),
        (
            ["read", RAW, "--out", "/proc/nowhere/x"],
            "Kansioon /proc/nowhere/x ei voi kirjoittaa (tiedostoa tai kansiota ei ole); "
            "valitse toinen.",
        ),
        (
            ["fetch", "S20405", "--to", "/proc/nowhere/x"],
            "Kansioon /proc/nowhere/x ei voi kirjoittaa (tiedostoa tai kansiota ei ole); "
            "valitse toinen.",
        ),
        (
            ["fetch", "--from-list", "nowhere", "--to", "x"],
            "Listaa nowhere ei voitu lukea (tiedostoa tai kansiota ei ole); tarkista polku.",
        ),
        (
            ["report", RAW, "--out", "o", "--compare", "a/l.csv", "--compare", "b/l.csv"],
            "Kaksi verrattavaa lähdettä on nimeltään l; nimeä ne: --compare NIMI=LÄHDE.",
        ),
    ],
)
def test_what_goes_wrong_is_told_in_the_language(run, tmp_path, monkeypatch, command, told):
    monkeypatch.chdir(tmp_path)
    done = run(*command, "--lang", "fi")
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr
    assert done.stderr.count("\n") == 1


def test_a_damaged_save_is_told_in_the_language(run, saves, tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(saves / "store", folder)
    (folder / "projects.parquet").write_bytes(b"")
    done = run("check", folder, "--lang", "sv")
    assert done.exit_code == 2
    assert done.stderr == (
        f"Filen {folder}/projects.parquet är inte den som sparades: sparandet avbröts eller filen "
        "har ändrats, så spara tabellerna på nytt.\n"
    )
    manifest = folder / "ro-crate-metadata.json"
    manifest.write_bytes(manifest.read_bytes()[:300])
    done = run("check", folder, "--lang", "fi")
    assert done.exit_code == 2
    assert "ei ole esrdatan kirjoittama" in done.stderr


def test_files_of_one_folder_that_hold_no_text_are_told_in_the_language(run, tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)))
    (tmp_path / "b.txt").write_bytes(b"")
    done = run("check", tmp_path, "--lang", "sv")
    assert done.exit_code == 2
    assert f"{tmp_path}/a.bin (innehåller ingen text), {tmp_path}/b.txt (tom);" in done.stderr


@pytest.mark.parametrize("command", ["verify", "diff"])
def test_json_is_written_into_a_new_folder_or_told(run, saves, tmp_path, command):
    packs = [saves / "store"] * (2 if command == "diff" else 1)
    file = tmp_path / "new" / "found.json"
    assert run(command, *packs, "--json", file).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))
    done = run(command, *packs, "--json", "/proc/nowhere/x.json", "--lang", "en")
    assert done.exit_code == 2
    assert done.stderr == (
        "Cannot write the folder /proc/nowhere (No such file or directory): choose another.\n"
    )
    # A device is written to, and stays one.
    assert run(command, *packs, "--json", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_cache_that_cannot_be_written_is_told_as_a_sentence(run, monkeypatch):
    monkeypatch.setenv("ESRDATA_CACHE", "/proc/nowhere")
    done = run("check", RAW, "--lang", "sv")
    assert done.exit_code == 0
    assert done.stderr == (
        "Det går inte att skriva i cachen /proc/nowhere (filen eller mappen finns inte); "
        "allt läses på nytt.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_behind_the_output_is_told():
    command = [sys.executable, "-m", "esrdata", "check", RAW, "--lang", "fi"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "Tulosta ei voitu kirjoittaa (levy on täynnä); ohjaa se muualle.\n"
    )


def test_a_workbook_without_decisions_is_told(run, tmp_path):
    book, shelf = tmp_path / "who.xlsx", tmp_path / "shelf"
    assert run("organisations", RAW, "--review", book).exit_code == 0
    done = run("organisations", RAW, "--decided", book, "--shelf", shelf, "--lang", "en")
    assert (done.exit_code, "holds no decisions, so nothing was added" in done.stdout) == (0, True)
    assert not shelf.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["read", RAW, "--out", "DENIED/new"],
        ["report", RAW, "--out", "DENIED"],
        ["explore", RAW, "--out", "DENIED/x.html"],
        ["table", "absorption", RAW, "--out", "DENIED/x.csv"],
        ["chart", "absorption", RAW, "--out", "DENIED/x.png"],
        ["explain", RAW, "S20405", "projects.name", "--evidence", "DENIED/new"],
        ["explain", RAW, "S20405", "projects.name", "--png", "DENIED/x.png"],
        ["organisations", RAW, "--review", "DENIED/x.xlsx"],
        ["table", "absorption", RAW, "--by", "nonsense", "--out", "x.csv"],
        ["table", "absorption", RAW, "--measure", "nonsense", "--out", "x.csv"],
        ["chart", "absorption", RAW, "--by", "nonsense", "--out", "x.png"],
    ],
)
def test_what_cannot_be_written_or_named_is_told_before_reading(
    run, tmp_path, monkeypatch, command
):
    denied = tmp_path / "denied"
    denied.mkdir()
    may = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: may(path, mode) and not (mode == os.W_OK and Path(path) == denied),
    )
    monkeypatch.setattr(esrdata.portfolio.opening, "read_batch", None)
    monkeypatch.chdir(tmp_path)
    done = run(*[part.replace("DENIED", str(denied)) for part in command], "--lang", "en")
    told = "(Permission denied): choose another." if "nonsense" not in command else "'nonsense'"
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr


def test_a_source_that_may_not_be_looked_into_is_not_called_a_file(run, tmp_path, monkeypatch):
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path and may(path, mode))
    done = run("verify", tmp_path, "--lang", "en")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"You may not use {tmp_path}: give another file or folder.")


def test_an_unknown_name_is_answered_with_those_there_are(run):
    done = run("chart", "nochart", RAW, "--out", "x.png", "--lang", "en")
    assert done.exit_code == 2
    assert "There is no chart 'nochart'; there are absorption, compare, " in done.stderr


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("fi", "- Tiedosto muistio.txt (tekstirivejä 1) ei ole mikään tunnetuista lomakkeista"),
        ("sv", "- Filen muistio.txt (textrader: 1) är inte någon av de kända blanketterna"),
        ("en", "- The file muistio.txt (lines of text: 1) is not one of the known forms"),
    ],
)
def test_where_no_project_was_read_the_reason_is_told(run, tmp_path, monkeypatch, lang, why):
    monkeypatch.chdir(tmp_path)
    Path("muistio.txt").write_text("Kokous keskiviikkona.\n", encoding="utf-8")
    done = run("read", "muistio.txt", "--out", "out", "--lang", lang)
    assert done.exit_code == 1
    assert why in done.stderr
    # `check` tells it in its list, once.
    done = run("check", "muistio.txt", "--lang", lang)
    assert (done.exit_code, done.output.count(why[2:])) == (1, 1)


@pytest.mark.parametrize(
    ("name", "lang", "why"),
    [
        ("horizontal_answers", "fi", "Pois 1: Lomakkeella ei kysytä horisontaalisista periaat"),
        ("locations_summary", "sv", "Utelämnade 1: Projektets plats anges inte, som i projektl"),
    ],
)
def test_why_projects_are_left_out_is_told_in_the_language(run, tmp_path, name, lang, why):
    """It had been English in the middle of the sentence."""
    (tmp_path / "lista.csv").write_text(
        "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;"
        "Toteuttajan nimi\n"
        "S90001;ESR;Silta;5;Hämeen ELY-keskus;Toiminnassa;1.5.2015;30.6.2017;Malli Oy\n",
        encoding="utf-8",
    )
    done = run("table", name, tmp_path / "lista.csv", "--out", tmp_path / "t.csv", "--lang", lang)
    assert why in done.output


def test_the_file_that_may_hold_the_project_looked_for_is_told(run, tmp_path):
    (tmp_path / "S20001.txt").write_text(eura2014_page(), encoding="utf-8")
    (tmp_path / "S20002.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = run("explain", tmp_path, "S20002", "projects.name", "--lang", "sv")
    assert done.exit_code == 2
    told, why = done.stderr.strip().splitlines()
    assert told.startswith("- Filen ") and "S20002.png är en bild" in told
    assert why == "Namnet ”S20002” finns inte (projekt); närmast är ”S20001”."


def test_a_single_table_has_the_name_of_its_statistic_in_the_language(run, tmp_path):
    """It had the name of the function: *Tabell 1. absorption, fond*."""
    (tmp_path / "S20001.txt").write_text(pages.eura2014_page(), encoding="utf-8")
    out = tmp_path / "t.docx"
    run("table", "absorption", tmp_path, "--by", "fund", "--out", out, "--lang", "sv")
    titles = [p.text for p in docx.Document(str(out)).paragraphs]
    assert titles[0].startswith("Tabell\u00a01. Utnyttjandegrad: Fond")
    for name in load.statistics()["columns"]:
        for lang in load.LANGUAGES:
            assert statistic_label(name, lang) != name
