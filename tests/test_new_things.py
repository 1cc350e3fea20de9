"""What a shelf of a user's own adds as data reaches everything: a form, a list and four codes."""

import itertools
import shutil
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio, UsageError
from esrdata.samples.maker import write as write_sample

FORM = """
form: skola
what: A made-up notice of a school project
label: {fi: Kouluilmoitus, sv: Skolanmälan, en: School notice}
languages: [sv]
sets: {projects.programme_period: "2014-2020"}
titles:
  - {sv: Anmälan om skolprojekt, sets: {projects.fund: ESR}}
sections:
  - key: school
    number: "1"
    sv: Skolan
    entries:
      - {sv: Beteckning, template: "{projects.project_code:code}"}
      - {sv: Rubrik, template: "{projects.name:text}"}
      - {sv: Skede just nu, template: "{projects.status:text}", codes: status}
      - {sv: Läsåret, template: "från {projects.start_date:date} till {projects.end_date:date}"}
      - {sv: Målnummer, template: "{projects.specific_objective:dotted}"}
      - {sv: Skolans huvudman, template: "{projects.applicant:text}"}
      - {sv: Landskap, list: locations.region, codes: regions}
      - {sv: Offentliga medel, template: "{funding.public_total.planned:money}"}
  - {key: summary, number: "2", sv: Vad vi gör, narrative: narratives.summary}
  - {key: worries, number: "3", sv: Vad som oroar oss, narrative: narratives.worries}
  - key: pupils
    number: "4"
    sv: Eleverna
    entries:
      - sv: Elever enligt planen
        template: "{indicators.pupils.planned:count} ({indicators.pupils.planned_women:count})"
      - sv: Elever på plats
        template: "{indicators.pupils.realised:count} ({indicators.pupils.realised_women:count})"
  - key: principles
    number: "5"
    sv: Hur vi arbetar
    entries:
      - {sv: Skolan är öppen för alla, template: "{horizontal.open_school:text}", codes: answers}
  - key: scores
    number: "6"
    sv: Våra poäng
    ordered: true
    entries:
      - {sv: Trivsel, score: comfort}
score:
  colon: false
  template: "{sustainability.*.direct:score} {sustainability.*.indirect:score}"
score_bounds: [0, 5]
"""
LABELS = "label_fi,label_sv,label_en"
FILES = {
    "forms/skola.yml": FORM,
    "lists/2031-2037.csv": "field,kind,codes,required,heading,variants,why\n"
    "projects.project_code,list_code,,yes,Beteckning,,\n"
    "projects.fund,coded,fund,yes,Fond,,\n"
    "projects.name,text,,yes,Rubrik,,\n"
    "projects.start_date,date,,yes,Början,,\n"
    "projects.end_date,date,,yes,Slutet,,\n"
    "indicators.pupils.planned,count,,no,Elever,,\n",
    "codes/indicators.csv": f"code,{LABELS},source\npupils,Oppilaat,Elever,Pupils,made_up\n",
    "codes/narrative_sections.csv": f"code,{LABELS},source\n"
    "worries,Huolet,Bekymmer,Worries,made_up\n",
    "codes/horizontal_principles.csv": f"form,code,{LABELS},source\n"
    "skola,open_school,Avoin koulu,Öppen skola,Open school,made_up\n",
    "codes/sustainability_criteria.csv": f"dimension,code,{LABELS},source\n"
    "social,comfort,Viihtyvyys,Trivsel,Comfort,made_up\n",
}
PAGE = """Anmälan om skolprojekt

1 Skolan

Beteckning: S70001

Rubrik: Ny skolgård

Skede just nu: Avslutad

Läsåret: från 1.8.2015 till 31.5.2016

Målnummer: 10.1

Skolans huvudman: Mallbyns stad

Landskap: Nyland

Offentliga medel: 40 000

2 Vad vi gör

Vi bygger en gård.

3 Vad som oroar oss

Vintern kan bli lång.

4 Eleverna

Elever enligt planen: 1 200 (640)

Elever på plats: 900 (450)

5 Hur vi arbetar

Skolan är öppen för alla: Ja

6 Våra poäng

Trivsel 4 2
"""
LANGUAGES = {
    "fi": ("Oppilaat", "Huolet", "Avoin koulu", "Viihtyvyys"),
    "sv": ("Elever", "Bekymmer", "Öppen skola", "Trivsel"),
    "en": ("Pupils", "Worries", "Open school", "Comfort"),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    for place, text in FILES.items():
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def portfolio(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    page = tmp_path_factory.mktemp("pages") / "S70001.txt"
    page.write_text(PAGE, encoding="utf-8")
    return esrdata.read(page, shelf=shelf)


def test_the_page_is_read(portfolio: Portfolio) -> None:
    assert portfolio.issues.empty
    assert portfolio.projects["form"].tolist() == ["skola"]


def test_the_overview_and_the_figures_of_projects_have_the_indicator(portfolio: Portfolio) -> None:
    (row,) = portfolio.overview().to_dict("records")
    assert (row["pupils_planned"], row["pupils_realised"]) == (1200, 900)
    assert (row["pupils_planned_women"], row["pupils_realised_women"]) == (640, 450)
    assert (row["social_direct"], row["social_indirect"]) == (4, 2)


def test_statistics_have_all_four(portfolio: Portfolio) -> None:
    (pupils,) = esrdata.stats.indicators(portfolio).to_dict("records")
    assert pupils["indicator"] == "pupils"
    # 900 of 1 200; 640 of 1 200 and 450 of 900
    assert (pupils["ratio"], pupils["womens_share_realised"]) == (0.75, 0.5)
    (answer,) = esrdata.stats.horizontal_answers(portfolio).to_dict("records")
    assert (answer["form"], answer["principle"], answer["answer_code"]) == (
        "skola", "open_school", "yes",
    )  # fmt: skip
    profile = esrdata.stats.sustainability_profile(portfolio)
    # The criteria of other forms are not asked of this one.
    assert profile[["criterion", "effect", "n", "mean"]].to_numpy().tolist() == [
        ["comfort", "direct", 1, 4.0],
        ["comfort", "indirect", 1, 2.0],
    ]
    fields = esrdata.stats.coverage(portfolio).set_index("field")["n_read"]
    for field in (
        "indicators.pupils.planned_women",
        "narratives.worries",
        "horizontal.open_school",
    ):
        assert fields[field] == 1


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_has_all_four_in_every_language(
    portfolio: Portfolio, lang: str, tmp_path: Path
) -> None:
    page = esrdata.report.write(portfolio, tmp_path, lang=lang, explorer=False)
    html = page.read_text(encoding="utf-8")
    document = docx.Document(str(tmp_path / "report.docx"))
    cells = {c.text for t in document.tables for row in t.rows for c in row.cells}
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", read_only=True)
    sheets = {
        str(value)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    }
    indicator, narrative, principle, criterion = LANGUAGES[lang]
    for label in (indicator, principle, criterion):
        assert label in html
        assert label in cells
        assert label in sheets
    # The narrative is on the card of the project.
    assert narrative in html
    assert narrative in [paragraph.text for paragraph in document.paragraphs]
    assert "Vintern kan bli lång." in html


@pytest.mark.parametrize("format_", ["txt", "html"])
def test_the_sample_writes_the_form_and_reads_it_back(
    shelf: Path, tmp_path: Path, format_: str
) -> None:
    write_sample(tmp_path, projects=12, short=True, form="skola", format=format_, shelf=shelf)
    portfolio = esrdata.read(tmp_path, shelf=shelf)
    assert portfolio.issues.empty
    assert set(portfolio.projects["form"]) == {"skola"}
    assert len(portfolio) == 12
    assert portfolio.projects.drop(columns="priority_axis")["status_code"].notna().all()
    pupils = portfolio.indicators
    assert set(pupils["indicator"]) == {"pupils"}
    assert (pupils["women"] <= pupils["total"]).all()
    assert portfolio.sustainability["direct"].between(0, 5).all()
    assert set(portfolio.horizontal["answer_code"]) == {"yes", "no"}
    assert "worries" in set(portfolio.narratives["section"])


def test_a_sum_without_a_colon_is_one_cell_of_the_page_made_up(shelf: Path, tmp_path: Path) -> None:
    whole = tmp_path / "shelf"
    shutil.copytree(shelf, whole)
    form = whole / "forms" / "skola.yml"
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("sv: Offentliga medel,", "sv: Medel, colon: false,"), "utf-8")
    write_sample(
        tmp_path / "pages", projects=6, short=True, form="skola", format="html", shelf=whole
    )
    portfolio = esrdata.read(tmp_path / "pages", shelf=whole)
    assert portfolio.issues.empty
    assert len(portfolio.funding["amount_eur"].dropna()) == 6


def test_a_sample_of_all_forms_has_the_new_one_and_the_old_ones(
    shelf: Path, tmp_path: Path
) -> None:
    write_sample(tmp_path, projects=24, short=True, shelf=shelf)
    portfolio = esrdata.read(tmp_path, shelf=shelf)
    assert portfolio.issues.empty
    assert set(portfolio.projects["form"]) == {"eura2007", "eura2014", "skola"}


def test_the_sample_writes_the_list_and_reads_it_back(shelf: Path, tmp_path: Path) -> None:
    (path,) = write_sample(
        tmp_path, projects=9, short=True, form="2031-2037", format="csv", shelf=shelf
    )
    assert path.read_text(encoding="utf-8").startswith("Beteckning,Fond,Rubrik,")
    portfolio = esrdata.read(path, shelf=shelf)
    assert portfolio.issues.empty
    planned = portfolio.overview()["pupils_planned"]
    assert len(planned) == 9
    assert planned.notna().all()
    # The name of the list is its period, which no code list has; nobody says its language.
    assert set(portfolio.projects["programme_period"]) == {"2031-2037"}
    assert portfolio.projects["form_language"].isna().all()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "Sammanlagt deltog 900 elever. Planerat antal elever var 1 300."),
        ("en", "Altogether 900 pupils took part. The planned number of pupils was 1,300."),
        ("fi", "Kaikkiaan oppilaita toteutui 900. Oppilaita suunniteltiin 1 300."),
    ],
)
def test_a_draft_is_held_against_the_indicator(
    portfolio: Portfolio, tmp_path: Path, lang: str, text: str
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    numbers = esrdata.proof(draft, portfolio, lang=lang)
    assert list(zip(numbers["value"], numbers["verdict"], strict=True)) == [
        (900, "equal"),
        (1300, "contradicted"),
    ]


def test_the_names_of_forms_are_those_of_the_shelf(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no form 'skola'; there are eura2007, eura2014, mixed"):
        write_sample(tmp_path, form="skola")
    with pytest.raises(UsageError, match="no form 'skolan'; the nearest is 'skola'"):
        write_sample(tmp_path, form="skolan", shelf=shelf)
    with pytest.raises(UsageError, match="no form '2031-2037'"):
        write_sample(tmp_path, form="2031-2037", shelf=shelf)


def test_the_sample_does_not_change_with_a_shelf_that_is_not_asked_of(
    shelf: Path, tmp_path: Path
) -> None:
    with_shelf = write_sample(tmp_path / "a", projects=4, short=True, form="eura2014", shelf=shelf)
    without = write_sample(tmp_path / "b", projects=4, short=True, form="eura2014")
    for one, other in itertools.zip_longest(with_shelf, without):
        assert one.read_bytes() == other.read_bytes()


def test_all_indicators_stand_side_by_side(portfolio: Portfolio, shelf: Path) -> None:
    raw = Path(__file__).parents[1] / "data" / "raw"
    both = esrdata.read([raw / "S12577.txt", portfolio_page(portfolio)], shelf=shelf)
    table = esrdata.stats.indicators(both, by="form")
    shown = table[table["n"] > 0].groupby("form")["indicator"].agg(list)
    assert shown["skola"] == ["pupils"]
    assert "pupils" not in shown["eura2007"]
    assert pd.isna(both.overview()["pupils_planned"][0])


def portfolio_page(portfolio: Portfolio) -> Path:
    return Path(portfolio.files["file"][0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_is_put_in_the_words_of_its_shelf(portfolio: Portfolio, lang: str) -> None:
    table = esrdata.stats.horizontal_answers(portfolio)
    ax = esrdata.charts.horizontal_answers(table, lang="en")
    assert LANGUAGES[lang][2] in esrdata.charts.alt_text(ax, lang)
    plt.close(ax.figure)


def test_a_principle_that_two_forms_ask_about_is_counted_by_form(
    shelf: Path, tmp_path: Path, portfolio: Portfolio
) -> None:
    whole = tmp_path / "shelf"
    shutil.copytree(shelf, whole)
    form = whole / "forms" / "skola.yml"
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("horizontal.open_school", "horizontal.gender_analysis"), "utf-8")
    raw = Path(__file__).parents[1] / "data" / "raw" / "S20405.txt"
    both = esrdata.read([raw, portfolio_page(portfolio)], shelf=whole)
    table = esrdata.stats.horizontal_answers(both)
    rows = table[table["principle"] == "gender_analysis"]
    assert sorted(zip(rows["form"], rows["n"], strict=True)) == [("eura2014", 1), ("skola", 1)]
    plt.close(esrdata.charts.horizontal_answers(table).figure)
