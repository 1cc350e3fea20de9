"""esrdata form: the schema for editors, the check with a page, the first draft."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from esrdata.cli import main
from esrdata.knowledge import load
from esrdata.knowledge.schema.describe import KINDS, json_schema
from esrdata.knowledge.schema.forms import Entry, Form, Section
from esrdata.reading.form.outline import _follows

PAGE = """\
Bikontoret
Anmälan om bigård inom Europeiska socialfonden

1 Bigården

Kod: S71001
Namn: Surret vid ån
Säsong: 1.4.2030 - 30.9.2030
Särskilt mål: 4.1 Vägar till arbete
Kontaktperson: Testin Teija

2 Året som gick

Våren kom sent, och bina med den.
1 Det här är ingen rubrik
Skörden blev god.

3 Honung

3.1 Burkar

Planerat: 12
Utfall: 15
Något nytt: hej
"""

DONE_FORM = """\
form: bees
languages: [sv]
furniture: [{sv: Bikontoret}]
titles:
  - {sv: Anmälan om bigård inom Europeiska socialfonden, sets: {projects.fund: ESR}}
sections:
  - key: yard
    number: "1"
    sv: Bigården
    entries:
      - {sv: Kod, template: "{projects.project_code:code}"}
      - {sv: Namn, template: "{projects.name:text}"}
      - {sv: Säsong, template: "{projects.start_date:date} - {projects.end_date:date}"}
      - {sv: Särskilt mål, template: "{projects.specific_objective:dotted}"}
      - {sv: Kontaktperson, template: "{contacts.0.name:text}", withheld: contacts}
  - {key: year, number: "2", sv: Året som gick, narrative: narratives.summary}
  - key: honey
    number: "3"
    sv: Honung
    sections:
      - key: jars
        number: "3.1"
        sv: Burkar
        entries:
          - {sv: Planerat, template: "{indicators.participants.planned:count}"}
          - {sv: Utfall, template: "{indicators.participants.realised:count}"}
"""


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["form", *map(str, args)])


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    return Path("page.txt")


# ---- schema


def test_our_forms_hold_to_the_schema_that_editors_get() -> None:
    import jsonschema  # takes a second, in each process that only collects this

    done = run("schema")
    assert done.exit_code == 0
    schema = json.loads(done.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    for name in load.form_names():
        assert list(checker.iter_errors(load.form(name))) == []
    wrong = {**load.form("eura2014"), "languages": "fi", "titel": []}
    assert {error.validator for error in checker.iter_errors(wrong)} == {
        "type",
        "additionalProperties",
    }


def test_an_editor_sees_what_each_key_means() -> None:
    schema = json_schema()
    for model in (Form, Section, Entry):
        part = schema if model is Form else schema["$defs"][model.__name__]
        assert set(part["properties"]) == set(model.model_fields)
        for key, spec in part["properties"].items():
            assert spec["description"].strip(), key
    colon = schema["$defs"]["Entry"]["properties"]["colon"]
    assert colon["description"] == "`false` where the label carries no colon"
    rows = json_schema("codes")["properties"]
    assert rows["label_fi"]["description"] == "its label in Finnish"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_file_has_a_schema(kind: str) -> None:
    import jsonschema

    done = run("schema", "--kind", kind)
    assert done.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(done.output))


def test_a_kind_that_is_none_is_one_sentence() -> None:
    done = run("schema", "--kind", "form-file")
    assert (done.exit_code, done.output) == (
        2,
        "Tuntematon tiedostolaji ”form-file”; lähin on ”form”.\n",
    )


# ---- check


def test_a_form_that_is_right(page: Path) -> None:
    Path("bees.yml").write_text(DONE_FORM, encoding="utf-8")
    done = run("check", "bees.yml", "--lang", "en")
    assert (done.exit_code, done.output) == (0, "There is nothing wrong with bees.yml.\n")


def test_a_first_section_without_labels_is_not_called_right(page: Path) -> None:
    start = "sections:\n  - {key: preface, sv: Förord, narrative: narratives.objectives}\n"
    Path("bees.yml").write_text(DONE_FORM.replace("sections:\n", start, 1), encoding="utf-8")
    done = run("check", "bees.yml", "--lang", "en")
    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 1
    assert "the first label of the first section is not the project code" in done.output


def test_each_line_of_a_page_beside_what_explains_it(page: Path) -> None:
    Path("bees.yml").write_text(DONE_FORM, encoding="utf-8")
    done = run("check", "bees.yml", page, "--lang", "en")
    found = [" ".join(line.split()) for line in done.output.splitlines()]
    assert found == [
        "1 Bikontoret furniture",
        "2 Anmälan om bigård inom Europeiska socialfonden title · projects.fund: ESR",
        "4 1 Bigården heading: yard",
        "6 Kod: S71001 label: Kod · projects.project_code: S71001",
        "7 Namn: Surret vid ån label: Namn · projects.name: Surret vid ån",
        "8 Säsong: 1.4.2030 - 30.9.2030 label: Säsong · projects.start_date: 2030-04-01 · "
        "projects.end_date: 2030-09-30",
        "? 9 Särskilt mål: 4.1 Vägar till arbete label: Särskilt mål · "
        "projects.specific_objective: ?",
        "10 […] withheld",
        "12 2 Året som gick heading: year",
        "14 Våren kom sent, och bina med den. narratives.summary",
        "15 1 Det här är ingen rubrik narratives.summary",
        "16 Skörden blev god. narratives.summary",
        "18 3 Honung heading: honey",
        "20 3.1 Burkar heading: jars",
        "22 Planerat: 12 label: Planerat · indicators.participants.planned: 12",
        "23 Utfall: 15 label: Utfall · indicators.participants.realised: 15",
        "? 24 Något nytt: hej",
        "Lines: 17, not explained: 1, with an unreadable value: 1.",
    ]
    assert done.exit_code == 1
    assert "Teija" not in done.output


def test_a_page_that_is_wholly_explained_ends_well(page: Path) -> None:
    page.write_text(
        PAGE.replace("4.1 Vägar till arbete", "4.1").replace("Något nytt: hej\n", ""),
        encoding="utf-8",
    )
    Path("bees.yml").write_text(DONE_FORM, encoding="utf-8")
    done = run("check", "bees.yml", page, "--lang", "sv")
    assert done.exit_code == 0
    assert done.output.endswith("Rader: 16, oförklarade: 0, med oläsbart värde: 0.\n")


def test_labels_that_the_page_lacks_are_listed(page: Path) -> None:
    page.write_text(
        PAGE.replace("Säsong: 1.4.2030 - 30.9.2030\n", "").replace("Utfall: 15\n", ""),
        encoding="utf-8",
    )
    Path("bees.yml").write_text(DONE_FORM, encoding="utf-8")
    done = run("check", "bees.yml", page, "--lang", "en")
    # The contact person, withheld, is none of them.
    assert "\nLabels of the form that the page lacks: Säsong, Utfall.\n" in done.output


def test_a_page_of_another_form(page: Path) -> None:
    Path("bees.yml").write_text(DONE_FORM, encoding="utf-8")
    page.write_text("1 Hanke\n\nHankekoodi: S99901\n", encoding="utf-8")
    done = run("check", "bees.yml", page, "--lang", "en")
    assert done.exit_code == 1
    assert "No description on the form was found on the page" in done.output


def test_what_is_wrong_is_told_in_the_language_asked_for_and_no_page_is_read(page: Path) -> None:
    Path("bees.yml").write_text(DONE_FORM.replace("text}", "txt}", 1), encoding="utf-8")
    done = run("check", "bees.yml", page, "--lang", "sv")
    assert (done.exit_code, done.output) == (
        1,
        "bees.yml, rad 12, sections[0].entries[1].template: värdeslaget ”txt” är okänt; "
        "det närmaste rätta är text.\n",
    )


def test_a_form_whose_pages_nobody_would_know(page: Path) -> None:
    moved = DONE_FORM.replace("projects.project_code:code", "projects.city:text")
    Path("bees.yml").write_text(moved, encoding="utf-8")
    done = run("check", "bees.yml", "--lang", "en")
    assert done.exit_code == 1
    assert "is not the project code ({projects.project_code:code})" in done.output


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["check", "nowhere.yml"], "Tiedostoa ”nowhere.yml” ei ole."),
        (["draft", "nowhere.txt", "--lang", "en"], "nowhere.txt"),
        (["draft", "page.txt", "--out", "page.txt"], "Tiedosto page.txt on jo olemassa"),
    ],
)
def test_wrong_use_is_one_sentence(page: Path, args: list[str], sentence: str) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert sentence in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_shelf_with_a_mistake_stops_every_command_in_its_language(page: Path) -> None:
    Path("mine/forms").mkdir(parents=True)
    Path("mine/forms/bees.yml").write_text(DONE_FORM.replace("form:", "from:"), encoding="utf-8")
    args = ["check", "page.txt", "--shelf", "mine", "--lang", "sv"]
    done = CliRunner().invoke(main, args)
    assert (done.exit_code, done.output) == (
        2,
        "mine/forms/bees.yml, rad 1: nyckeln ”from” är okänd här; det närmaste rätta är form.\n",
    )


# ---- draft


def test_a_draft_holds_what_the_page_tells(page: Path) -> None:
    done = run("draft", page, "--out", "mine/forms/bees.yml", "--lang", "en")
    assert done.exit_code == 0
    assert done.output == "The draft is in mine/forms/bees.yml; places to fill in (TODO): 11.\n"
    text = Path("mine/forms/bees.yml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    assert (raw["form"], raw["languages"]) == ("bees", ["sv"])
    assert raw["furniture"] == [{"sv": "Bikontoret"}]
    assert raw["titles"] == [
        {
            "sets": {"projects.fund": "ESR"},
            "sv": "Anmälan om bigård inom Europeiska socialfonden",
        }
    ]
    yard, year, honey = raw["sections"]
    assert (yard["key"], yard["number"], yard["sv"]) == ("bigarden", "1", "Bigården")
    assert [(e["sv"], e["template"]) for e in yard["entries"]] == [
        ("Kod", "{TODO:code}"),
        ("Namn", "{TODO:text}"),
        ("Säsong", "{TODO:date} - {TODO:date}"),
        (
            "Särskilt mål",
            "{projects.specific_objective:dotted} {projects.specific_objective_label:text}",
        ),
        ("Kontaktperson", "{contacts.0.TODO:text}"),
    ]
    assert yard["entries"][-1]["withheld"] == "contacts"
    assert year["narrative"] == "narratives.TODO"
    assert "entries" not in honey
    assert [e["template"] for e in honey["sections"][0]["entries"]] == [
        "{TODO:count}",
        "{TODO:count}",
        "{TODO:text}",
    ]


def test_the_check_of_a_draft_names_only_what_a_person_must_fill_in(page: Path) -> None:
    run("draft", page, "--out", "bees.yml")
    done = run("check", "bees.yml", "--lang", "en")
    assert done.exit_code == 1
    sentences = done.output.splitlines()
    assert len(sentences) > 5
    assert {s.split(": ", 1)[1] for s in sentences} == {"this is still to be filled in (TODO)."}


def test_a_draft_of_a_page_of_our_own_forms_guesses_nearly_all(tmp_path: Path) -> None:
    raw = Path(__file__).parents[1] / "data/raw"
    out = tmp_path / "again.yml"
    assert run("draft", raw / "S12577.txt", "--out", out).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("# a guess, by its label") > 30
    assert "indicators.jobs_created.planned" in text
    done = run("check", out, "--lang", "en")
    assert {s.rsplit(": ", 1)[1] for s in done.output.splitlines()} == {
        "this is still to be filled in (TODO)."
    }


def test_a_draft_of_a_page_without_numbers_has_its_labels_and_no_prose(page: Path) -> None:
    page.write_text(
        "Anmälan om bigård\nTestin Teija bor här sedan länge och har många bin i sin "
        "stora trädgård vid ån.\n\nKod: S71001\nNamn: Surret\n\nVåren kom sent.\n",
        encoding="utf-8",
    )
    text = run("draft", page, "--name", "bees", "--language", "sv").output
    (section,) = yaml.safe_load(text)["sections"]
    assert [entry["sv"] for entry in section["entries"]] == ["Kod", "Namn"]
    assert "Våren" not in text
    assert "Teija" not in text
    Path("bees.yml").write_text(text, encoding="utf-8")
    done = run("check", "bees.yml", "--lang", "en")
    assert {s.split(": ", 1)[1] for s in done.output.splitlines()} == {
        "this is still to be filled in (TODO)."
    }


@pytest.mark.parametrize(
    ("number", "path", "follows"),
    [
        ("1", [], True),
        ("2", [], False),
        ("1.1", [], False),
        ("2", ["1."], True),
        ("3", ["1."], False),
        ("1.1", ["1"], True),
        ("1.2", ["1"], False),
        ("2.1", ["1"], False),
        ("1.5", ["1", "1.4"], True),
        ("1.4", ["1", "1.4"], False),
        ("2", ["1", "1.4"], True),
        ("1.4.1", ["1", "1.4"], True),
        ("1.1.1", ["1"], False),
    ],
)
def test_a_heading_of_a_draft_has_the_next_number(
    number: str, path: list[str], follows: bool
) -> None:
    assert _follows(number, path) is follows


def test_a_draft_without_a_file_is_printed(page: Path) -> None:
    done = run("draft", page, "--name", "bees", "--language", "fi")
    assert done.exit_code == 0
    assert yaml.safe_load(done.output)["languages"] == ["fi"]


# ---- the shelf of every command

# They read no sources, or take the shelf that the pack was made with.
WITHOUT = {"cache", "diff", "form schema", "new-key", "recipe", "sign", "verify"}


def commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    for own, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name}{own} ")
        else:
            yield f"{name}{own}", command


def test_every_command_that_reads_takes_a_shelf_and_refuses_one_that_is_not_there() -> None:
    found = dict(commands(main))
    assert set(found) > WITHOUT
    for name, command in found.items():
        given = [opt for param in command.params for opt in param.opts]
        assert ("--shelf" in given) is (name not in WITHOUT), name


def test_a_title_that_a_print_has_wrapped_is_one_line_of_the_draft(page: Path) -> None:
    wrapped = PAGE.replace("bigård inom", "bigård\ninom")
    page.write_text(wrapped, encoding="utf-8")
    assert 'sv: "Anmälan om bigård inom Europeiska socialfonden"' in run("draft", page).output


def test_a_table_is_no_page_to_draft_a_form_from(page: Path) -> None:
    Path("list.csv").write_text("Kod;Namn\nS71001;Surret\nS71002;Honung\n", "utf-8")
    done = run("draft", "list.csv", "--lang", "en")
    assert (done.exit_code, done.output) == (
        2,
        "The file list.csv is a table and no page of one project; the command esrdata map "
        "proposes what its columns mean.\n",
    )
    for command in (["form", "draft"], ["form", "check", "nowhere.yml"], ["map"]):
        gone = CliRunner().invoke(main, [*command, "nowhere.csv", "--lang", "en"])
        assert gone.exit_code == 2
        assert gone.output.startswith("There is no file 'nowhere.")


def test_a_form_is_checked_and_drafted_beside_other_shelves(page: Path) -> None:
    ours = Path("ours/codes/indicators.csv")
    ours.parent.mkdir(parents=True)
    ours.write_text("code,label_fi,label_sv,label_en\njars,Purkit,Burkar,Jars\n", "utf-8")
    form = Path("mine/forms/bees.yml")
    form.parent.mkdir(parents=True)
    form.write_text(DONE_FORM.replace("indicators.participants", "indicators.jars"), "utf-8")
    alone = run("check", form, "--lang", "en")
    assert "the code 'jars' is not in codes/indicators.csv" in alone.output
    done = run("check", form, page, "--shelf", "ours", "--lang", "en")
    assert "indicators.jars.planned: 12" in done.output
    drafted = run("draft", page, "--shelf", "ours").output
    assert "{indicators.jars.planned:count}" in drafted
    assert "indicators.jars" not in run("draft", page).output


def test_a_table_is_mapped_and_codes_are_fetched_by_the_lists_of_a_shelf(page: Path) -> None:
    own = Path("ours/lists/2030-2036.csv")
    own.parent.mkdir(parents=True)
    own.write_text(
        "field,kind,codes,required,heading,variants,why\n"
        "projects.project_code,list_code,,yes,Märke,,\n"
        "projects.name,text,,yes,Vad,,\n",
        "utf-8",
    )
    Path("list.csv").write_text("Märke;Vad\nS71001;Surret vid ån\nS71002;Honungens väg\n", "utf-8")
    mapped = CliRunner().invoke(main, ["map", "list.csv", "--shelf", "ours", "--lang", "en"])
    assert mapped.exit_code == 0, mapped.output
    assert "Vad [Surret vid ån] → projects.name" in mapped.output
    done = CliRunner().invoke(main, ["fetch", "--to", "to", "--shelf", "nowhere", "--lang", "en"])
    assert (done.exit_code, done.output) == (
        2,
        "There is no folder 'nowhere' to be a shelf.\n",
    )


def test_a_draft_gives_a_field_to_one_label_only(page: Path) -> None:
    # Two contact persons are two; a code that stands twice is of the first label.
    page.write_text(
        "Hankkeen kuvaus\n\n1 Hanke\n\nHankekoodi: S1\n\nHankkeen nimi: Silta\n\n"
        "2 Liite\n\nHankekoodi: S2\n\nLisätieto: kyllä\n",
        "utf-8",
    )
    text = run("draft", page).output
    assert text.count("projects.project_code") == 1
    assert text.index("projects.project_code") < text.index("Liite")
