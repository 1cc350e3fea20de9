# ruff: noqa: E501 (a mistake and its sentence on one line)
"""The shelf is checked before anything is read: one plain sentence for each way of being wrong."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from esrdata.errors import EsrdataError, KnowledgeError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.schema.check import check_file, check_shelf
from esrdata.knowledge.schema.package import MODELS, check_package
from esrdata.knowledge.schema.problems import Problem, ShelfError, nearest, written
from esrdata.knowledge.schema.structure import check_structure
from esrdata.knowledge.schema.yaml_text import read_yaml
from esrdata.reading.lists.spec import CELLS
from esrdata.reading.quantities.kinds import KINDS

FORM = """\
form: apiary
what: A beekeeper's yearly notice
label: {fi: Mehiläisilmoitus, sv: Bigårdsanmälan, en: Notice of an apiary}
languages: [fi, sv]
sets: {projects.programme_period: "2028-2034"}
blank_words: ["-", Ingen]
personal_words: [nimi, namn]
furniture:
  - {fi: Mehiläistoimisto, sv: Bikontoret}
titles:
  - {fi: Ilmoitus mehiläistarhasta, sv: Anmälan om bigård, sets: {projects.fund: ESR}}
sections:
  - key: yard
    number: "1"
    fi: Tarha
    sv: Bigården
    entries:
      - {fi: Tunnus, sv: Kod, template: "{projects.project_code:code}"}
      - {fi: Nimi, sv: Namn, template: "{projects.name:text}"}
      - {fi: Kausi, sv: Säsong, template: "{projects.start_date:date} - {projects.end_date:date}"}
      - {fi: Tila, sv: Läge, template: "{projects.status:text}", codes: status}
      - {fi: Hoitaja, sv: Skötare, template: "{contacts.0.name:text}", withheld: contacts}
      - {fi: Kunnat, sv: Kommuner, list: locations.municipality}
  - {key: year, number: "2", fi: Vuosi, sv: Året, narrative: narratives.bee_year}
  - key: honey
    number: "3"
    fi: Hunaja
    sv: Honung
    entries:
      - {fi: Purkit, sv: Burkar, template: "{indicators.jars.planned:count}"}
  - key: principles
    number: "4"
    fi: Periaatteet
    sv: Principer
    ordered: true
    entries:
      - {fi: Rauha, sv: Ro, template: "{horizontal.calm:text}", free_text: horizontal.calm.justification}
"""
LIST = """\
field,kind,codes,required,heading,variants,why
projects.project_code,list_code,,yes,Kod,,
projects.fund,coded,fund,yes,Fond,,
projects.name,text,,yes,Namn,Titel|Benämning,
projects.start_date,date,,no,Börjar,,
indicators.jars.planned,count,,no,Burkar,,
,ignored,,no,Övrigt,,nobody needs it
"""
CODES = {
    "indicators": "code,label_fi,label_sv,label_en,source\njars,Purkit,Burkar,Jars,made_up\n",
    "narrative_sections": "code,label_fi,label_sv,label_en\nbee_year,Vuosi,Året,The year\n",
    "horizontal_principles": "form,code,label_fi,label_sv,label_en\napiary,calm,Rauha,Ro,Calm\n",
}
WORDS = "apiary_words:\n  greeting: {fi: 'Hei {name}', sv: 'Hej {name}', en: 'Hello {name}'}\n"
FORM_FILE, LIST_FILE = "forms/apiary.yml", "lists/2028-2034.csv"

Shelf = Callable[[], Path]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelf without a mistake, named from the folder it stands in."""
    monkeypatch.chdir(tmp_path)
    root = Path("mine")
    files = {FORM_FILE: FORM, LIST_FILE: LIST, "words.yml": WORDS}
    files |= {f"codes/{name}.csv": text for name, text in CODES.items()}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def wrong(shelf: Path) -> list[str]:
    return [problem.sentence() for problem in check_shelf(shelf)]


def change(shelf: Path, file: str, old: str, new: str) -> None:
    text = (shelf / file).read_text(encoding="utf-8")
    assert old in text
    (shelf / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_shelf_without_a_mistake(shelf: Path) -> None:
    assert wrong(shelf) == []


def test_our_own_shelf_holds_to_the_models() -> None:
    assert [problem.sentence() for problem in check_package()] == []


@pytest.mark.parametrize("place", ["web.yml", "quantities/sums.yml", "cells.yml", "sample.yml"])
def test_a_group_of_words_that_a_reader_needs_is_missed(place: str) -> None:
    text = (Path(load.__file__).parent / place).read_text(encoding="utf-8")
    group = next(line[:-1] for line in text.splitlines() if re.fullmatch("[a-z_]+:", line))
    located = read_yaml(text.replace(f"\n{group}:", f"\n{group}_x:", 1), place)
    check_structure(located, MODELS[place])
    assert [problem.sentence() for problem in located.problems] == [
        f"{place}, line {located.problems[0].line}: the key '{group}' is missing."
    ]


NAME = "sections[0].entries[1]"
IN_FORM = [
    (
        'template: "{projects.name',
        'tempalte: "{projects.name',
        f"line 19, {NAME}: there is no key 'tempalte' here; the nearest right one is template",
    ),
    (
        "languages: [fi, sv]\n",
        "",
        "line 1: the key 'languages' is missing",
    ),
    (
        "  - key: honey\n    number",
        "  - number",
        "line 25, sections[2]: the key 'key' is missing",
    ),
    (
        "key: honey",
        "key: yard",
        "line 25, sections[2].key: another section has the key 'yard' already, on line 13",
    ),
    (
        "    fi: Hunaja\n",
        "    fi: Hunaja\n    fi: Mesi\n",
        "line 28, sections[2]: the key 'fi' stands twice, first on line 27",
    ),
    (
        'template: "{projects.name:text}"',
        "score: wellbeing",
        f"line 19, {NAME}.score: score is used, but the top of the file has no key score that says "
        "what a line of scores looks like",
    ),
    (
        "{projects.name:text}",
        "{projects.name:txt}",
        f"line 19, {NAME}.template: there is no kind of value 'txt'; the nearest right one is text",
    ),
    (
        "{projects.name:text}",
        "{project.name:text}",
        f"line 19, {NAME}.template: there is no table 'project'; the nearest right one is projects",
    ),
    (
        "{projects.name:text}",
        "{projects.nmae:text}",
        f"line 19, {NAME}.template: the table projects has no column 'nmae'; the nearest right one "
        "is name",
    ),
    (
        "codes: status",
        "codes: statuss",
        "line 21, sections[0].entries[3].codes: there is no code list 'statuss'; the nearest right "
        "one is status",
    ),
    (
        "indicators.jars",
        "indicators.jras",
        "line 30, sections[2].entries[0].template: the code 'jras' is not in codes/indicators.csv; "
        "add a row for it or correct it; the nearest right one is jars",
    ),
    (
        "{horizontal.calm:text}",
        "{horizontal.clam:text}",
        "line 37, sections[3].entries[0].template: the code 'clam' is not in "
        "codes/horizontal_principles.csv; add a row for it or correct it; the nearest right one is "
        "calm",
    ),
    (
        "narratives.bee_year",
        "narratives.bee_yaer",
        "line 24, sections[1].narrative: the code 'bee_yaer' is not in "
        "codes/narrative_sections.csv; add a row for it or correct it; the nearest right one is "
        "bee_year",
    ),
    (
        FORM[FORM.index("sections:") :],
        "sections: x\n",
        "line 12, sections: the value 'x' must be a list; the nearest right one is [x]",
    ),
    (
        "[fi, sv]",
        "[de]",
        "line 4, languages[0]: the value 'de' is not known here; known are fi, sv, en; the nearest "
        "right one is en",
    ),
    (
        "fi: Nimi",
        "fi: 2028",
        f"line 19, {NAME}.fi: the value '2028' must be text; write it in quotes; the nearest right "
        'one is "2028"',
    ),
    (
        "{projects.name:text}",
        "{projects.name:text",
        f"line 19, {NAME}.template: the braces are not in pairs in '{{projects.name:text'; the "
        "nearest right one is {projects.name:text}",
    ),
    (
        'template: "{projects.name:text}"',
        'template: "{projects.name:text}", colon: "no"',
        f"line 19, {NAME}.colon: the value 'no' must be true or false, without quotes; the nearest "
        "right one is false",
    ),
    (
        "sections:",
        "score_bounds: 0-10\nsections:",
        "line 12, score_bounds: the bounds '0-10' must be two whole numbers, the smaller first; the "
        "nearest right one is [0, 10]",
    ),
    (
        "sections:",
        "score_bounds: [10, 1]\nsections:",
        "line 12, score_bounds: the bounds '[10, 1]' must be two whole numbers, the smaller first; "
        "the nearest right one is [1, 10]",
    ),
    (
        "form: apiary",
        "form: [apiary\nwhat: x",
        "line 2: the file is not YAML (did not find expected ',' or ']'); often the line is indented wrongly, or a text with a colon, a comma or a brace lacks its quotes on this line or before",
    ),
    (
        "form: apiary",
        "form: eura2014",
        "line 1, form: the name 'eura2014' is taken; give another one",
    ),
    (
        "form: apiary",
        "form: apiray",
        "line 1, form: the name 'apiray' is not that of the file; the nearest right one is apiary",
    ),
    (
        "form: apiary",
        "form: Apiary 2",
        "line 1, form: the name 'Apiary 2' may hold only small letters a to z, digits and "
        "underscores, a letter first",
    ),
    (
        'number: "3"',
        "number: 3.10",
        "line 26, sections[2].number: the value '3.10' must be text; write it in quotes; the "
        'nearest right one is "3.10"',
    ),
    (
        '["-", Ingen]',
        '["-", no]',
        "line 6, blank_words[1]: the value 'no' must be text; write it in quotes; the nearest right "
        'one is "no"',
    ),
    (
        '"2028-2034"',
        "2028-01-01",
        "line 5, sets.projects.programme_period: the value '2028-01-01' must be text; write it in "
        'quotes; the nearest right one is "2028-01-01"',
    ),
    (
        "titles:\n  - {fi: Ilmoitus mehiläistarhasta, sv: Anmälan om bigård, sets: "
        "{projects.fund: ESR}}\n",
        "",
        "line 1: the key 'titles' is missing",
    ),
    (
        "projects.fund: ESR",
        "projects.fund: ERS",
        "line 11, titles[0].sets.projects.fund: the code 'ERS' is not in codes/fund.csv; add a row "
        "for it or correct it; known are EAKR, ESR, JTF; the nearest right one is ESR",
    ),
    (
        'template: "{projects.name:text}"',
        'template: {en: "{projects.name:text}"}',
        f"line 19, {NAME}.template.en: the language 'en' is not among the form's languages; known "
        "are fi, sv; the nearest right one is fi",
    ),
    (
        'template: "{projects.name:text}"',
        "template: {projects.name:text}",
        f"line 19, {NAME}.template: the template '{{projects.name:text}}' must be text, such as "
        '"{projects.name:text}"; the nearest right one is "{projects.name:text}"',
    ),
    (
        'template: "{projects.name:text}"',
        "template: ~",
        f"line 19, {NAME}.template: the value is missing; write one or take the key away",
    ),
    (
        "sv: Namn,",
        "en: Name,",
        f"line 19, {NAME}.en: the language 'en' is not among the form's languages; known are fi, "
        "sv; the nearest right one is fi",
    ),
    (
        "fi: Nimi,",
        'fi: "Nimi:",',
        f"line 19, {NAME}.fi: the wording 'Nimi:' is written without the colon at its end; the "
        'page may have it; the nearest right one is "Nimi"',
    ),
    (
        "fi: Nimi, sv: Namn, ",
        "",
        f"line 19, {NAME}: the wording is missing in every language of the form (fi, sv)",
    ),
    (
        ', template: "{projects.name:text}"',
        "",
        f"line 19, {NAME}: the label 'Nimi' does not say where its value goes; give it template, "
        "list, free_text, sets, mark, score or withheld",
    ),
    (
        "sections:",
        "unseen_after: {sv: yaer}\nsections:",
        "line 12, unseen_after.sv: there is no section with the key 'yaer' (leave the language out "
        "where all its labels have been seen); known are yard, year, honey, principles; the nearest "
        "right one is year",
    ),
    (
        "sections:",
        "not_applicable: [{indicators: [jarrs], when: {projects.name: x}}]\nsections:",
        "line 12, not_applicable[0].indicators[0]: the code 'jarrs' is not in codes/indicators.csv; "
        "add a row for it or correct it; the nearest right one is jars",
    ),
    (
        "sections:",
        "not_applicable: [{indicators: [jars], when: {projects.nam: x}}]\nsections:",
        "line 12, not_applicable[0].when.projects.nam: the table projects has no column 'nam'; the "
        "nearest right one is name",
    ),
    (
        "narratives.bee_year",
        "bee_year",
        "line 24, sections[1].narrative: 'bee_year' is not a field of prose; the nearest right one "
        "is narratives.bee_year",
    ),
    (
        "    ordered: true",
        "    partners: coorganiser",
        "line 35, sections[3].partners: the code 'coorganiser' is not in codes/partner_roles.csv; "
        "add a row for it or correct it; known are co_organiser, subsidy_transferee; the nearest "
        "right one is co_organiser",
    ),
    (
        "withheld: contacts",
        "withheld: yes",
        "line 22, sections[0].entries[4].withheld: the value 'yes' is not known here; known are "
        "contacts, always; the nearest right one is always",
    ),
    (
        ", withheld: contacts",
        "",
        "line 22, sections[0].entries[4].template: a contact person's data lacks withheld: contacts",
    ),
    (
        "list: locations.municipality",
        "list: projects.city",
        "line 23, sections[0].entries[5].list: the field 'projects.city' does not take a list; the "
        "nearest right one is locations.country",
    ),
    (
        "{projects.name:text}",
        "{projects.name}",
        f"line 19, {NAME}.template: '{{projects.name}}' lacks a kind; write field and kind, such as "
        "{projects.name:text}; the nearest right one is {projects.name:text}",
    ),
    (
        "{projects.name:text}",
        "{projects.name:text}{projects.city:text}",
        f"line 19, {NAME}.template: the template '{{projects.name:text}}{{projects.city:text}}' has "
        "nothing between two fields, so they cannot be told apart",
    ),
    (
        "{projects.name:text}",
        "{{projects.name:text}}",
        f"line 19, {NAME}.template: the braces are not in pairs in '{{{{projects.name:text}}}}'; the nearest right one is {{projects.name:text}}",
    ),
    (
        "{projects.name:text}",
        "{projects.name: text}",
        f"line 19, {NAME}.template: the braces '{{projects.name: text}}' may hold no spaces; the nearest right one is {{projects.name:text}}",
    ),
    (
        "horizontal.calm.justification",
        "horizontal.calm",
        "line 37, sections[3].entries[0]: the field horizontal.calm is given already on line 37, so one of the two values would be lost",
    ),
    (
        "codes: status",
        "codes: [status]",
        "line 21, sections[0].entries[3].codes: the value '[status]' must be text; write it in quotes; the nearest right one is status",
    ),
    (
        "{projects.start_date:date}",
        "{projects.start_date:text}",
        "line 20, sections[0].entries[2].template: the kind 'text' does not fit the column of the "
        "field projects.start_date; the nearest right one is date",
    ),
    (
        "indicators.jars.planned",
        "indicators.jars",
        "line 30, sections[2].entries[0].template: the field 'indicators.jars' has several values; "
        "name one of them; known are indicators.{indicator}.{stage}_women, "
        "indicators.{indicator}.{stage}; the nearest right one is indicators.{indicator}.{stage}",
    ),
    (
        "{projects.status:text}",
        "{projects.name:text}",
        "line 21, sections[0].entries[3]: the field projects.name is given already on line 19, so "
        "one of the two values would be lost",
    ),
    (
        "horizontal.calm.justification",
        "projects.start_date",
        "line 37, sections[3].entries[0].free_text: the field 'projects.start_date' does not take "
        "text",
    ),
    (
        "sections:",
        'score: {template: "{sustainability.wellbeing.direct:score}"}\nsections:',
        "line 12, score.template: the template has no asterisk (*) for the criterion, so all scores "
        "would go to one field",
    ),
    (
        "- {fi: Tunnus",
        "- Tunnus\n      - {fi: Tunnus",
        "line 18, sections[0].entries[0]: the value 'Tunnus' must be keys and values",
    ),
    (
        '    number: "3"',
        '\tnumber: "3"',
        "line 26: the line begins with a tab; YAML is indented with spaces",
    ),
    (
        "{key: year, number",
        "{key: notes, fi: Muuta, narrative: narratives.bee_year}\n  - {key: year, number",
        "line 25, sections[2].narrative: the field narratives.bee_year is given already on line 24, "
        "so one of the two values would be lost",
    ),
    (
        "languages: [fi, sv]",
        "languages: [fi, fi]",
        "line 4, languages[1]: 'fi' stands twice in the list",
    ),
    (
        "languages: [fi, sv]",
        "languages: [fi, sv]\nlanguages: [fi]",
        "line 5: the key 'languages' stands twice, first on line 4",
    ),
    (
        ", en: Notice of an apiary",
        ", eng: Notice",
        "line 3, label: there is no key 'eng' here; known are fi, sv, en; the nearest right one is en",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), IN_FORM)
def test_one_sentence_for_a_mistake_in_a_form(
    shelf: Path, old: str, new: str, sentence: str
) -> None:
    change(shelf, FORM_FILE, old, new)
    assert wrong(shelf) == [f"mine/{FORM_FILE}, {sentence}."]


IN_TABLES = [
    (LIST_FILE, ",text,", ",txt,", "line 4, kind: there is no kind of value 'txt'; the nearest right one is text"),
    (LIST_FILE, "projects.name", "projects.nmae", "line 4, field: the table projects has no column 'nmae'; the nearest right one is name"),
    (LIST_FILE, "coded,fund", "coded,fond", "line 3, codes: there is no code list 'fond'; the nearest right one is fund"),
    (LIST_FILE, "coded,fund", "coded,", "line 3, codes: the kind 'coded' needs a code list"),
    (LIST_FILE, "no,Börjar", "maybe,Börjar", "line 5, required: the value 'maybe' is not known here; known are yes, no; the nearest right one is yes"),
    (LIST_FILE, "Fond", "", "line 3, heading: the cell is empty"),
    (LIST_FILE, "Fond", "Titel", "line 4, heading: the heading 'Titel' belongs already to the column on line 3"),
    (LIST_FILE, ",date,", ",text,", "line 5, kind: the kind 'text' does not fit the column of the field projects.start_date; the nearest right one is date"),
    (LIST_FILE, "heading", "headings", "line 1: there is no column 'headings' in such a file; the nearest right one is heading"),
    (LIST_FILE, "field,kind,codes,required,heading,variants,why\n", "", "line 1: the file lacks a header with the names of its columns: field,kind,codes,required,heading,variants,why"),
    (LIST_FILE, "field,kind,codes,required,heading,variants,why", "kenttä,laji,koodit,pakollinen,otsikko,muut,miksi", "line 1: the file lacks a header with the names of its columns: field,kind,codes,required,heading,variants,why"),
    (LIST_FILE, "variants,", "", "line 1: the column 'variants' is missing"),
    (LIST_FILE, "Kod,", '"Kod, nr",', "" ),
    (LIST_FILE, "Kod,", "Kod, nr,", "line 2: the row has 8 cells for 7 columns; write a cell that holds a comma in quotes"),
    (LIST_FILE, "projects.project_code,list_code", "projects.authority,text", "line 2: the column of the project code is missing (field projects.project_code)"),
    (LIST_FILE, ",ignored", ",text", "line 7, field: the field is missing; only the kind ignored has none"),
    (LIST_FILE, ",ignored,,no,Övrigt", "contacts.0.name,text,,no,Kontakt", "line 7, field: no contact person's data is read from a project list: leave field empty and make kind ignored"),
    (LIST_FILE, "Fond", "Namn (€)", "line 4, heading: the heading 'Namn' belongs already to the column on line 3"),
    (LIST_FILE, "Övrigt", "€", "line 7, heading: the heading '€' has no letters or digits to be known by"),
    (LIST_FILE, "Titel|", "–|", "line 4, heading: the heading '–' has no letters or digits to be known by"),
    (LIST_FILE, "list_code", "text", "line 2, kind: the kind 'text' does not fit the column of the field projects.project_code; the nearest right one is list_code"),
    (LIST_FILE, "yes,Fond,,\nprojects.name,text,,yes", "no,Fond,,\nprojects.name,text,,no", "line 2, required: a list is known by its required columns, of which there must be at least two: write yes for the columns that it always has"),
    (LIST_FILE, "projects.name,text", " projects.name , text", ""),
    (LIST_FILE, "Kod,", '"Kod,', "line 2: the file is not CSV (unexpected end of data)"),
    ("codes/indicators.csv", "code,", "kode,", "line 1: there is no column 'kode' in such a file; known are code, variants, note; the nearest right one is code"),
    ("codes/indicators.csv", ",Burkar", "", "line 2: the row has 4 cells for 5 columns; write a cell that holds a comma in quotes"),
    ("codes/indicators.csv", "Burkar", "", "line 2, label_sv: the cell is empty"),
    ("codes/indicators.csv", "label_sv,", "", "line 1: the column 'label_sv' is missing"),
    ("codes/indicators.csv", "made_up\n", "made_up\njars,a,b,c,d\n", "line 3, code: the code 'jars' stands already on line 2"),
    ("codes/indicators.csv", "made_up\n", "made_up\nparticipants,a,b,c,d\n", "line 3, code: the code 'participants' is already in the code list indicators; use it or give another one"),
    ("codes/indicators.csv", "made_up\n", "made_up\nBig jars,a,b,c,d\n", "line 3, code: the cell 'Big jars' has the wrong form; the nearest right one is big_jars"),
    ("codes/indicators.csv", "made_up\n", "made_up\nÄly hoi,a,b,c,d\n", "line 3, code: the cell 'Äly hoi' has the wrong form; the nearest right one is aly_hoi"),
    ("codes/indicators.csv", "made_up\n", "made_up\n10,a,b,c,d\n", "line 3, code: the cell '10' has the wrong form"),
    ("codes/horizontal_principles.csv", "apiary", "apairy", "line 2, form: there is no form 'apairy'; known are apiary, eura2007, eura2014; the nearest right one is apiary"),
    ("words.yml", ", en: 'Hello {name}'", "", "line 2, apiary_words.greeting: the language 'en' is missing"),
    ("words.yml", "Hej {name}", "Hej", "line 2, apiary_words.greeting.sv: the languages do not have the same braces: {name}"),
    ("words.yml", "apiary_words:\n  greeting", "column:\n  planned", "line 2, column.planned: the word 'column.planned' is there already; give another key"),
    ("words.yml", "'Hello {name}'", "5", "line 2, apiary_words.greeting.en: the value '5' must be text; write it in quotes; the nearest right one is \"5\""),
    ("words.yml", "en: ", "eng: ", "line 2, apiary_words.greeting: there is no key 'eng' here; known are fi, sv, en; the nearest right one is en"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "sentence"), IN_TABLES)
def test_one_sentence_for_a_mistake_in_a_list_a_code_list_or_words(
    shelf: Path, file: str, old: str, new: str, sentence: str
) -> None:
    change(shelf, file, old, new)
    assert wrong(shelf) == ([f"mine/{file}, {sentence}."] if sentence else [])


OF_CODES = [
    ("authorities", "code,label_fi,label_sv,label_en\nlappi,Lapin liitto,Förbundet i norr,Council of the north", "line 2: 'lapin liitto' already stands for the code regional_council_lappi"),
    ("authorities", "code,label_fi,label_sv,label_en,first_day,last_day\nmalli,Mallivirasto,Mallverket,Model office,2020-01-01,2019-12-31", "line 2, last_day: '2019-12-31' comes before '2020-01-01' of the column first_day"),
    ("authority_successors", "code,label_fi,label_sv,label_en,successor,from_day\nelinvoimakeskus_uusimaa,a,b,c,elly_lappi,2030-01-01", "line 2, successor: the code 'elly_lappi' is not in codes/authorities.csv; add a row for it or correct it; the nearest right one is ely_lappi"),
    ("fund", "code,label_fi,label_sv,label_en,letter\nMEHI,Mehiläisrahasto,Bifonden,Bee fund,S", "line 2: 's' already stands for the code ESR"),
    ("inhabitants", "region,year,value,source\n99,2030,1000,made_up", "line 2, region: the code '99' is not in codes/regions.csv; add a row for it or correct it; the nearest right one is 09"),
    ("municipality_mergers", "label_fi,successor,from_day,source\nMallilan kunta,Mallion kaupunki,2025-02-30,made_up", "line 2, from_day: the cell '2025-02-30' has the wrong form"),
    ("organisations", "code,label_fi,label_sv,label_en,variants\na,Malli Oy,Malli Ab,Malli Ltd,Malli\nb,Mallila ry,Mallila rf,Mallila,Malli", "line 3: 'malli' already stands for the code a"),
    ("organisations", "code,label_fi,label_sv,label_en,variants\na,Helsingin yliopisto,Helsingfors universitet,University of Helsinki,HY", ""),
    ("organisations", "code,label_fi,label_sv,label_en,parent\na,Malli Oy,Malli Ab,Malli Ltd,b\nb,Mallila ry,Mallila rf,Mallila,", ""),
    ("organisations", "code,label_fi,label_sv,label_en,kind\na,Malli Oy,Malli Ab,Malli Ltd,univercity", "line 2, kind: the code 'univercity' is not in codes/organisation_kinds.csv; add a row for it or correct it; the nearest right one is university"),
    ("priority_axes", "code,programme_period,fund,label_fi,label_sv,label_en\n9,2028-2034,ESRR,a,b,c", "line 2, fund: the code 'ESRR' is not in codes/fund.csv; add a row for it or correct it; known are EAKR, ESR, JTF; the nearest right one is ESR"),
    ("programme_periods", "code,label_fi,label_sv,label_en,first_day,last_day\n2028-2034,a,b,c,2028-13-01,2034-12-31", "line 2, first_day: the cell '2028-13-01' has the wrong form"),
    ("size_bands", "code,label_fi,label_sv,label_en,lower,upper\nx,a,b,c,5000,900", "line 2, upper: '900' comes before '5000' of the column lower"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "sentence"), OF_CODES)
def test_codes_that_cannot_be_are_told(shelf: Path, name: str, text: str, sentence: str) -> None:
    file = f"codes/{name}.csv"
    (shelf / file).write_text(f"{text}\n", encoding="utf-8")
    assert wrong(shelf) == ([f"mine/{file}, {sentence}."] if sentence else [])


def test_a_code_may_stand_in_a_file_that_comes_later(shelf: Path) -> None:
    for name, text in (
        (
            "sustainability_criteria",
            "code,dimension,label_fi,label_sv,label_en\nbees,field,a,b,c\n",
        ),
        ("sustainability_dimensions", "code,label_fi,label_sv,label_en\nfield,a,b,c\n"),
    ):
        (shelf / "codes" / f"{name}.csv").write_text(text, encoding="utf-8")
    assert wrong(shelf) == []


# ---- whole files and folders


def test_several_mistakes_are_all_named_in_the_order_of_the_lines(shelf: Path) -> None:
    change(shelf, FORM_FILE, "codes: status", "codes: statuss")
    change(shelf, FORM_FILE, "{projects.name:text}", "{projects.nmae:txt}")
    change(shelf, "codes/indicators.csv", "Burkar", "")
    assert wrong(shelf) == [
        "mine/codes/indicators.csv, line 2, label_sv: the cell is empty.",
        f"mine/{FORM_FILE}, line 19, {NAME}.template: the table projects has no column 'nmae'; the nearest right one is name.",
        f"mine/{FORM_FILE}, line 19, {NAME}.template: there is no kind of value 'txt'; the nearest right one is text.",
        f"mine/{FORM_FILE}, line 21, sections[0].entries[3].codes: there is no code list 'statuss'; the nearest right one is status.",
    ]


@pytest.mark.parametrize("name", ["indicators", "narrative_sections", "horizontal_principles"])
def test_a_code_without_its_file_is_named_once(shelf: Path, name: str) -> None:
    (shelf / f"codes/{name}.csv").unlink()
    (sentence,) = wrong(shelf)
    assert f"is not in codes/{name}.csv; add a row for it or correct it" in sentence


@pytest.mark.parametrize("file", [FORM_FILE, "codes/horizontal_principles.csv", "words.yml"])
def test_a_file_in_another_encoding_is_named_and_nothing_that_follows_from_it(
    shelf: Path, file: str
) -> None:
    text = (shelf / file).read_text(encoding="utf-8").replace("Hej", "Hä").replace("Ro", "Rö")
    (shelf / file).write_bytes(text.encode("latin-1"))
    (sentence,) = wrong(shelf)
    assert sentence.startswith(f"mine/{file}, line ")
    assert sentence.endswith(
        "the file is not UTF-8, so its ä and ö would be lost; save it as UTF-8."
    )


def test_the_mark_that_excel_puts_before_a_csv_is_no_mistake(shelf: Path) -> None:
    for path in [p for p in shelf.rglob("*") if p.is_file()]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert wrong(shelf) == []


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (FORM_FILE, "", "mine/forms/apiary.yml: the file is empty."),
        (FORM_FILE, "# later\n", "mine/forms/apiary.yml: the file is empty."),
        (FORM_FILE, "- a\n- b\n", "mine/forms/apiary.yml, line 1: the value '[a, b]' must be keys and values."),
        (FORM_FILE, "form: &x [*x]\n", "mine/forms/apiary.yml, line 1: the file is not YAML (it is nested too deeply); often the line is indented wrongly, or a text with a colon, a comma or a brace lacks its quotes on this line or before."),
        (LIST_FILE, "", "mine/lists/2028-2034.csv, line 1: the file is empty."),
        (LIST_FILE, LIST.splitlines()[0], "mine/lists/2028-2034.csv, line 1: there are no rows under the header."),
        (LIST_FILE, LIST.replace(",", ";"), "mine/lists/2028-2034.csv, line 1: the columns are divided by ';'; save the file with commas between them."),
        ("words.yml", "- a\n", "mine/words.yml, line 1: the value '[a]' must be keys and values."),
        ("codes/indicators.csv", CODES["indicators"].replace(",", ";"), "mine/codes/indicators.csv, line 1: the columns are divided by ';'; save the file with commas between them."),
    ],
)  # fmt: skip
def test_a_file_of_which_nothing_can_be_read(
    shelf: Path, file: str, text: str, sentence: str
) -> None:
    (shelf / file).write_text(text, encoding="utf-8")
    assert wrong(shelf) == [sentence]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("forms", "form", "mine/form: this has no place here; a shelf holds forms, lists, codes, words.yml and plausibility.yml; the nearest right one is forms."),
        (FORM_FILE, "forms/apiary.yaml", "mine/forms/apiary.yaml: in the folder forms the names of files end in .yml; the nearest right one is apiary.yml."),
        ("codes", "Codes", "mine/Codes: this has no place here; a shelf holds forms, lists, codes, words.yml and plausibility.yml; the nearest right one is codes."),
        ("codes/indicators.csv", "codes/indicators.xlsx", "mine/codes/indicators.xlsx: in the folder codes the names of files end in .csv; the nearest right one is indicators.csv."),
        ("words.yml", "word.yml", "mine/word.yml: this has no place here; a shelf holds forms, lists, codes, words.yml and plausibility.yml; the nearest right one is words.yml."),
        ("codes/indicators.csv", "codes/indicator.csv", "mine/codes/indicator.csv: no form or list uses the code list 'indicator'; the nearest right one is indicators."),
        (LIST_FILE, "lists/2014-2020.csv", "mine/lists/2014-2020.csv, line 1: the name '2014-2020' is taken; give another one."),
    ],
)  # fmt: skip
def test_a_file_or_folder_of_the_wrong_name(shelf: Path, old: str, new: str, sentence: str) -> None:
    (shelf / old).rename(shelf / new)
    assert wrong(shelf) == [sentence]


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_in_the_place_of_one(shelf: Path, make: Callable[[Path], None]) -> None:
    (shelf / "words.yml").unlink()
    make(shelf / "forms" / "other.yml")
    assert wrong(shelf) == [
        "mine/forms/other.yml: this is no file, so nothing can be read from it; the folder forms "
        "holds only files whose names end in .yml."
    ]


def test_notes_and_what_systems_leave_behind_are_no_mistake(shelf: Path) -> None:
    for name in ("README.md", ".DS_Store", "forms/notes.txt", "codes/~$indicators.csv"):
        (shelf / name).write_text("x", encoding="utf-8")
    assert wrong(shelf) == []


def test_a_folder_that_is_no_shelf(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (sentence,) = [p.sentence() for p in check_shelf("empty")]
    assert sentence.startswith("empty: the folder holds no knowledge; it takes forms/*.yml")
    with pytest.raises(UsageError, match=r"There is no folder 'nowhere' to be a shelf\."):
        check_shelf("nowhere")
    with pytest.raises(UsageError, match="is a file; name the folder it is in"):
        check_shelf(shelf / "words.yml")
    with pytest.raises(UsageError, match=r"There is no file 'nowhere\.yml'"):
        check_file("nowhere.yml")


def test_a_second_shelf_may_use_the_first_and_not_its_names(shelf: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    (second / "forms").mkdir(parents=True)
    form = FORM.replace("form: apiary", "form: hive")
    (second / "forms/hive.yml").write_text(form, encoding="utf-8")
    assert check_shelf([shelf, second]) == []
    assert check_shelf([shelf, shelf]) == []  # named twice, it is one
    (second / "forms/hive.yml").rename(second / "forms/apiary.yml")
    (second / "forms/apiary.yml").write_text(FORM, encoding="utf-8")
    (problem,) = check_shelf([shelf, second])
    assert (problem.code, problem.file) == ("name_taken", str(second / "forms/apiary.yml"))


def test_a_form_inside_a_shelf_is_checked_with_its_codes(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_file(shelf / FORM_FILE) == []
    alone = Path("apiary.yml")
    alone.write_text(FORM, encoding="utf-8")
    codes = {problem.values["found"] for problem in check_file(alone)}
    assert codes == {"jars", "calm", "bee_year"}
    monkeypatch.chdir(shelf / "forms")
    assert check_file("apiary.yml") == []


def test_our_own_files_are_checked_as_our_own() -> None:
    own = Path(load.__file__).parent / "forms/eura2014.yml"
    assert check_file(own) == []


# ---- scores


def test_scores_of_a_form_that_declares_them(shelf: Path) -> None:
    change(shelf, FORM_FILE, 'template: "{projects.name:text}"', "score: wellbeing")
    shape = '"{sustainability.*.direct:score} {sustainability.*.indirect:score}"'
    change(shelf, FORM_FILE, "sections:", f"score: {{colon: false, template: {shape}}}\nsections:")
    assert wrong(shelf) == []
    change(shelf, FORM_FILE, "score: wellbeing", "score: welbeing")
    assert wrong(shelf) == [
        "mine/forms/apiary.yml, line 20, sections[0].entries[1].score: the code 'welbeing' is not in codes/sustainability_criteria.csv; add a row for it or correct it; the nearest right one is wellbeing."
    ]
    change(shelf, FORM_FILE, "score: {colon", "scroe: {colon")
    assert [s.split(": ", 1)[1] for s in wrong(shelf)] == [
        "there is no key 'scroe' here; the nearest right one is score."
    ]


# ---- sentences


def test_every_sentence_in_three_languages(shelf: Path) -> None:
    change(shelf, FORM_FILE, "codes: status", "codes: statuss")
    (problem,) = check_shelf(shelf)
    place = "mine/forms/apiary.yml"
    assert problem.sentence("fi") == (
        f"{place}, rivi 21, sections[0].entries[3].codes: koodistoa ”statuss” ei ole; "
        "lähin oikea on status."
    )
    assert problem.sentence("sv") == (
        f"{place}, rad 21, sections[0].entries[3].codes: kodlistan ”statuss” finns inte; "
        "det närmaste rätta är status."
    )


def test_the_error_of_a_shelf_has_a_line_for_each_mistake() -> None:
    problems = [Problem("a.yml", "empty"), Problem("b.csv", "no_rows", 1)]
    error = ShelfError(problems)
    assert isinstance(error, KnowledgeError)
    assert isinstance(error, EsrdataError)
    assert (
        str(error)
        == "a.yml: the file is empty.\nb.csv, line 1: there are no rows under the header."
    )
    assert error.text("sv").splitlines()[0] == "a.yml: filen är tom."
    kind, arguments = error.__reduce__()
    assert str(kind(*arguments)) == str(error)


def test_long_values_are_cut_and_lines_joined() -> None:
    problem = Problem("a.yml", "no_slot", values={"found": "x\n" + "y" * 500})
    sentence = problem.sentence()
    assert "\n" not in sentence
    assert len(sentence) < 140


def test_the_nearest_word() -> None:
    assert nearest("tempalte", ["colon", "template", "list"]) == "template"
    assert nearest("STATUSS", ["fund", "status"]) == "status"
    assert nearest("x", []) is None
    assert written(("sections", 2, "entries", 1, "template")) == "sections[2].entries[1].template"


def test_yaml_keeps_the_lines_and_the_text_as_written() -> None:
    located = read_yaml("a: yes\nb:\n  - 1.10\n  - {no: x}\n", "f.yml")
    assert located.problems == []
    assert located.data == {"a": True, "b": [1.1, {"no": "x"}]}
    assert (located.texts[("a",)], located.texts[("b", 0)]) == ("yes", "1.10")
    assert [located.line(p) for p in (("a",), ("b", 1, "no"), ("b", 1, "no", "gone"))] == [1, 4, 4]


# ---- what the models name is what the readers know


def test_the_kinds_are_those_of_the_readers() -> None:
    assert set(load.kinds()["form"]) == set(KINDS)
    assert set(load.kinds()["list"]) == set(CELLS)


def test_reading_by_our_own_shelf_needs_no_models() -> None:
    code = (
        "import esrdata.reading.dispatch, esrdata.cli.main, sys; print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
