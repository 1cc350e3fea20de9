"""What somebody who knows pandas types first, and what comes of it."""

import datetime as dt
import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pages import raw

import esrdata
from esrdata import Portfolio, UsageError

CODES = ["S12577", "S20405", "S20562", "S21684"]


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return raw()


# ---- what is meant is given


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (lambda p: len(p), 4),
        (lambda p: bool(p), True),
        (lambda p: "S20405" in p, True),
        (lambda p: "S20406" in p, False),
        (lambda p: 20405 in p, False),
        (lambda p: [project.code for project in p], CODES),
        (lambda p: p["funding"] is p.funding, True),
        (lambda p: p["funding"]["amount_eur"].max(), 375960),
        (lambda p: len(p["conflicts"]), 4),
        (lambda p: p.conflicts["rank"].tolist(), [1, 2, 1, 2]),
        (lambda p: p.conflicts.equals(p.tables["conflicts"]), True),
        (lambda p: len(p[p.projects["priority_axis"] == 5]), 3),
        (lambda p: len(p[[True, False, False, False]]), 1),
        (lambda p: [x.code for x in p[["S20405", "S12577"]]], ["S12577", "S20405"]),
        (lambda p: [x.code for x in p[p.projects["project_code"].head(2)]], CODES[:2]),
        (lambda p: len(p[p.overview()["public_total_planned"] > 100_000]), 2),
        (lambda p: len(p.select(region="Kymenlaakso")), 1),
        (lambda p: [x.code for x in p.select(start_date="2015-05-01")], ["S20405"]),
        (lambda p: [x.code for x in p.select(start_date=dt.date(2015, 5, 1))], ["S20405"]),
        (lambda p: [x.code for x in p.select(start_date=pd.Timestamp(2015, 5, 1))], ["S20405"]),
        (lambda p: p.project("S20405").name, "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"),
        (lambda p: p.project("S20405").facts["end_date"], pd.Timestamp("2017-06-30")),
        (lambda p: p.project("S20405").money.loc["public_total", "realised"], 49361),
        (lambda p: p.project("S21684").people.loc["participants", "planned"], 100),
        # Its form says zero, and that no persons take part.
        (lambda p: pd.isna(p.project("S12577").people.loc["participants", "planned"]), True),
        (lambda p: p.project("S20405").findings["code"].iloc[0], "sources_disagree"),
        (lambda p: p.project("S20405").explain("projects.end_date").line, 15),
        (lambda p: [x.code for x in p.project("S20405").portfolio], ["S20405"]),
        (lambda p: len(p.project("S20405").table("locations")), 3),
        (lambda p: sum(project.money.loc["public_total", "planned"] for project in p), 633594),
        (lambda p: p.tables_for_display()["projects"]["Project code"].tolist(), CODES),
        (lambda p: p.tables_for_display("fi")["funding"].iloc[0, 3], "37\u00a0500\u00a0€"),
        (lambda p: hasattr(p, "_repr_png_"), False),
        (lambda p: getattr(p, "nothing", "default"), "default"),
        (lambda p: p.tables.get("nothing", "default"), "default"),
        (lambda p: "nothing" in p.tables_for_display(), False),
        (lambda p: [project.code for project in reversed(p)], CODES[::-1]),
        (lambda p: p.project("S20405") in p, True),
        (lambda p: p.project("S20405") == p.project("S20405"), True),
        (lambda p: p.project("S20405") == p.project("S12577"), False),
        (lambda p: p.project("S21684")["fund"], "ESR"),
        (lambda p: len(p.project("S20405")["locations"]), 3),
        (lambda p: [x.code for x in p if x["priority_axis"] == 2], ["S12577"]),
    ],
)
def test_what_is_meant(portfolio: Portfolio, typed: Callable[[Any], Any], given: object) -> None:
    assert typed(portfolio) == given


# ---- or one sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (lambda p: p.fundings, "A portfolio has no 'fundings'; the nearest is 'funding'."),
        (lambda p: p.Funding, "A portfolio has no 'Funding'; the nearest is 'funding'."),
        (lambda p: p.select_projects, "A portfolio has no 'select_projects'; the nearest is"),
        (lambda p: p.budget, "A portfolio has no 'budget': see portfolio.funding."),
        (lambda p: p.findings, "A portfolio has no 'findings': see portfolio.issues."),
        (lambda p: p.plot, "A portfolio has no 'plot': see esrdata.charts, of a table that"),
        (lambda p: p.to_csv, "A portfolio has no 'to_csv': see portfolio.save(folder)."),
        (lambda p: p.query, "A portfolio has no 'query': see portfolio.select(fund='ESR')."),
        (
            lambda p: p.end_date,
            "A portfolio has no 'end_date' of its own, it is a column of projects: "
            "portfolio.projects['end_date'].",
        ),
        (
            lambda p: p.public_total_planned,
            "A portfolio has no 'public_total_planned' of its own, it is a column of "
            "portfolio.overview()['public_total_planned'].",
        ),
        (
            lambda p: p.absorption,
            "A portfolio has no 'absorption', it is a statistic: "
            "esrdata.stats.absorption(portfolio).",
        ),
        (
            lambda p: p.head,
            "A portfolio is several tables: for 'head' take one of them, such as "
            "portfolio.projects.head, or portfolio.overview() with a row per project.",
        ),
        (lambda p: p.groupby, "A portfolio is several tables: for 'groupby' take one of them"),
        (lambda p: p.shape, "A portfolio is several tables: for 'shape' take one of them"),
        (lambda p: p.contacts, "Contact persons were not read: read again with contacts=True"),
        (lambda p: p.xyzzy, "A portfolio has no 'xyzzy'; its tables are projects, funding,"),
        (lambda p: p["fundng"], "A portfolio has no 'fundng'; the nearest is 'funding'."),
        (lambda p: p.tables["fundng"], "A portfolio has no 'fundng'; the nearest is 'funding'."),
        (
            lambda p: p.tables_for_display()["fundng"],
            "no table 'fundng'; the nearest is 'funding'.",
        ),
        (lambda p: p + p, "read their sources together, such as esrdata.read([a, b])"),
        (lambda p: sum([p, p]), "read their sources together, such as esrdata.read([a, b])"),
        (lambda p: p | p, "read their sources together, such as esrdata.read([a, b])"),
        (lambda p: pd.DataFrame(p), "portfolio.overview() has a row per project."),
        (lambda p: p["funding", "stage"], "several of them: portfolio['funding']['stage']."),
        (lambda p: p[None], "or a list of project codes, not None."),
        (lambda p: p.merge, "portfolio.overview().merge(other, on='project_code')"),
        (lambda p: p.population, "see esrdata.Population, which statistics take as population=."),
        (lambda p: p.overview("fund"), "A population is an esrdata.Population, not 'fund'."),
        (lambda p: p.overview(by="fund"), "has no argument 'by'; its arguments are population."),
        (lambda p: delattr(p, "projects"), "The table projects of a portfolio cannot be taken"),
        (lambda p: p.project("S20405").fund, "has no 'fund' of its own: see project['fund']."),
        (lambda p: p.project("S20405").nme, "A project has no 'nme'; the nearest is 'name'."),
        (lambda p: p.project("S20405").overview, "see project.portfolio.overview."),
        (lambda p: p.project("S20405")["fnd"], "There is no fact or table of a project 'fnd'; the"),
        (lambda p: p.project("S20405").table(1), "There is no table of projects '1'"),
        (lambda p: Portfolio("data/raw"), "A portfolio is made by reading: esrdata.read("),  # type: ignore[arg-type]
        (lambda p: esrdata.read("x", worker=2), "no argument 'worker'; the nearest is 'workers'."),  # type: ignore[call-arg]
        (lambda p: esrdata.read("x", workers="two"), "workers is 1 or more, not 'two'."),  # type: ignore[arg-type]
        (lambda p: esrdata.read([]), "The list of sources is empty:"),
        (lambda p: esrdata.stats.absorption(p, groupby="fund"), "'groupby'; the nearest is 'by'."),  # type: ignore[call-arg]
        (lambda p: esrdata.compare(p, p), "Give portfolios by their names, such as {'2007': a"),  # type: ignore[arg-type]
        (lambda p: esrdata.compare([p, p]), "give several by their names, such as {'2007': a"),  # type: ignore[arg-type]
        (
            lambda p: esrdata.proof(p, "x"),
            "takes a portfolio as portfolio; its arguments are draft",
        ),  # type: ignore[arg-type]
        (lambda p: esrdata.stats.state(p), "stats.state takes a table that esrdata.stats gave"),  # type: ignore[arg-type]
        (lambda p: esrdata.stats.recompute(p.projects), "give what esrdata.stats.trace returned."),
        (lambda p: esrdata.stats.columns(p.projects), "by its name, such as 'absorption', not"),  # type: ignore[arg-type]
        (lambda p: esrdata.charts.save(p.projects, "x"), "No chart was drawn here:"),  # type: ignore[arg-type]
        (lambda p: esrdata.find_claims(3), "A narrative is a text, not of type int:"),  # type: ignore[arg-type]
        (lambda p: p.S20405, "'S20405' is a project and no table: portfolio.project('S20405')."),
        (lambda p: p["S20405"], "'S20405' is a project and no table: portfolio.project('S20405')."),
        (lambda p: p["end_date"], "it is a column of projects: portfolio.projects['end_date']."),
        (lambda p: p[0], "or a list of project codes, not 0: rows by number are those of"),
        (lambda p: p[:2], "not slice(None, 2, None): rows by number are those of"),
        (lambda p: p[["S20405", "S20406"]], "There is no project 'S20406'; the nearest is"),
        (lambda p: p[{"a": 1}], "or a list of project codes, not a dict."),
        (lambda p: p[[True]], "one true or false for each of the 4 projects"),
        (lambda p: p.project("S2040"), "There is no project 'S2040'; the nearest is 'S20405'."),
        (lambda p: p.project("x"), "There is no project 'x'; there are S12577, S20405, S20562"),
        (lambda p: p.project("S20405", lang="de"), "The language 'de' is not one of fi, sv, en."),
        (lambda p: p.project("S20405").table("files"), "There is no table of projects 'files'"),
        (lambda p: p.project("S20405").explain("end_date"), "the nearest is 'projects.end_date'"),
        (
            lambda p: p.select(start_date="2015"),
            "there are 2014-01-01, 2015-05-01, 2016-04-01, 2019",
        ),
        (lambda p: p.select(funt="ESR"), "There is no column 'funt'; the nearest is 'fund'."),
        (
            lambda p: p.select("fund == 'ESR'"),
            "Give a column and its value, such as portfolio.select",
        ),
        (lambda p: p.tables_for_display("se"), "The language 'se' is not one of fi, sv, en."),
        (lambda p: p.to_excel("a.xls"), "The name a.xls does not end in .xlsx"),
        (lambda p: p.to_excel("a.xlsx", tables=["fund"]), "There is no table 'fund'; the nearest"),
        (lambda p: p.to_excel("a.xlsx", index=True), "have no index: leave index=True out."),
        (
            lambda p: esrdata.read(p),
            "The source is a portfolio already: read takes files and folders.",
        ),
        (lambda p: esrdata.read(p.projects), "A source is a path or a list of paths"),
        (lambda p: esrdata.load("nowhere"), "holds no readable ro-crate-metadata.json"),
        (
            lambda p: esrdata.sample("x", projects=0),
            "portfolio has one project or more, not 0.",
        ),
    ],
)
def test_or_one_sentence(portfolio: Portfolio, typed: Callable[[Any], Any], sentence: str) -> None:
    with pytest.raises((esrdata.EsrdataError, AttributeError)) as raised:
        typed(portfolio)
    said = str(raised.value)
    assert sentence in said
    assert said.endswith(".") and "\n" not in said
    # Python adds a guess of its own to an error that has a name.
    assert getattr(raised.value, "name", None) is None


def takes_one(room: Any, name: str) -> bool:
    """Whether the first thing a public function takes is a portfolio or a table."""
    function = getattr(room, name)
    if not inspect.isfunction(function):
        return False
    first = next(iter(inspect.signature(function).parameters), "")
    return first in ("portfolio", "portfolios", "before", "portfolio_or_claims", "table")


PUBLIC = [
    (room, name)
    for room in (esrdata.stats, esrdata.charts)
    for name in room.__all__
    if takes_one(room, name) and name not in ("state", "portfolio_of")
]


def test_the_public_functions_are_asked() -> None:
    assert len(PUBLIC) > 40


@pytest.mark.parametrize(("room", "name"), PUBLIC, ids=str)
def test_anything_else_where_a_portfolio_or_a_table_is_due(room: Any, name: str) -> None:
    more = {"peers": ["S1"], "compare_groups": ["n", "fund"], "associations": ["x", "y"]}
    more |= {"sample_cases": [3], "amendments": [raw()], "accepted_claims": [pd.DataFrame()]}
    more |= {
        "trace": [0, "n"],
        "write_review": ["x.xlsx"],
        "constant_prices": [2020],
        "sample_protocol": ["fi"],
    }
    for given in ("data/raw", Path("data/raw"), ["S1"], None, {"a": 1}):
        with pytest.raises(UsageError) as raised:
            getattr(room, name)(given, *more.get(name, []))
        assert str(raised.value).count(". ") == 0, given
    wrong = pd.DataFrame({"a": [1]}) if room is esrdata.stats else raw()
    with pytest.raises(UsageError):
        getattr(room, name)(wrong, *more.get(name, []))


@pytest.mark.parametrize(
    ("chart", "statistic"),
    [
        ("absorption", "absorption"),
        ("glance", "planned_and_realised"),
        ("sustainability", "sustainability_profile"),
        ("tile_map", "locations_summary"),
    ],
)
def test_a_chart_that_is_given_a_portfolio_names_the_statistic_it_draws(
    portfolio: Portfolio, chart: str, statistic: str
) -> None:
    told = rf"give what esrdata\.stats\.{statistic}\(portfolio\) returns"
    with pytest.raises(UsageError, match=told):
        getattr(esrdata.charts, chart)(portfolio)
    assert hasattr(esrdata.stats, statistic)


def test_the_report_asks_for_a_portfolio(tmp_path: Path, portfolio: Portfolio) -> None:
    with pytest.raises(UsageError, match=r"takes a portfolio.*, not the path 'a': give esrdata.re"):
        esrdata.report.write("a", tmp_path / "out")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="a portfolio as before, not a DataFrame"):
        esrdata.report.write(portfolio, tmp_path / "out", before=portfolio.projects)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


# ---- the card


def test_a_card_in_a_terminal(portfolio: Portfolio) -> None:
    card = repr(portfolio.project("S20405", lang="fi"))
    assert card.startswith("S20405  Asukaslähtöinen kehittäminen Kotkassa 2015-2016\n")
    lines = [" ".join(line.split()) for line in card.splitlines()]
    assert "Hakija Kehittämisyhdistys Sepra ry" in lines
    assert "Toteutusaika 1.5.2015–30.6.2017" in lines
    assert "Julkinen rahoitus yhteensä 57 634 € 49 361 €" in lines
    assert "Osallistuvien henkilöiden lukumäärä 43 –" in lines
    assert any(line.startswith("Lähteet ilmoittavat") or "S20405" in line for line in lines[-3:])


def test_a_card_in_a_notebook_has_nothing_that_runs(tmp_path: Path) -> None:
    page = Path("data/raw/S20405.txt")
    text = (Path(__file__).parents[1] / page).read_text(encoding="utf-8")
    name = "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"
    assert name in text
    (tmp_path / "a.txt").write_text(text.replace(name, "<script>x</script>"), encoding="utf-8")
    html = esrdata.read(tmp_path).project("S20405")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "€49,361" in html


# ---- tables in words


def test_findings_are_in_the_language_asked_for(portfolio: Portfolio) -> None:
    shown = portfolio.tables_for_display("sv")["issues"]
    assert shown.columns[0] == "Fil"
    assert shown.iloc[1].str.contains("Källorna").any()


def test_an_authority_keeps_its_name_and_a_missing_cell_is_a_dash(portfolio: Portfolio) -> None:
    shown = portfolio.tables_for_display("fi")["projects"].set_index("Hankekoodi")
    assert shown.loc["S12577", "Toimintalinja"].startswith("Työllistymisen ja työmarkkinoilla")
    assert shown.loc["S20405", "Toimintalinja"] == "Sosiaalinen osallisuus ja köyhyyden torjunta"
    assert shown.loc["S12577", "Postinumero"] == "–"
    assert shown.loc["S20405", "Päättymispäivä"] == "30.6.2017"


def test_a_workbook_has_numbers_and_dates(portfolio: Portfolio, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    portfolio.to_excel(path, lang="fi", tables=["projects", "funding"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Hankkeet", "Rahoitus"]
    heads, first, *_ = book["Rahoitus"].iter_rows(values_only=True)
    assert heads == ("Hankekoodi", "Rahoituslaji", "Vaihe", "Määrä, €", "Tarkkuus")
    assert first == ("S12577", "EU- ja valtion rahoitus", "Suunniteltu", 37500, "täsmällinen")
    heads, first, *_ = book["Hankkeet"].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert row["Alkamispäivä"] == dt.datetime(2014, 1, 1)
    assert row["Postinumero"] is None


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda p: p.funds, "there is a column of projects: portfolio.projects['fund']."),
        (lambda p: p.rahoitus, "see portfolio.funding."),
        (lambda p: p.ohjelmakausi, "portfolio.projects['programme_period']."),
        (lambda p: p["Fond"], "portfolio.projects['fund']."),
        (lambda p: p.to_frame(), "see portfolio.overview()"),
        (lambda p: p[["projects", "funding"]], "One table at a time is taken: portfolio['proj"),
        (lambda p: p.select("ESR"), "Give a column and its value, such as portfolio.select(fun"),
        (lambda p: p.select(rahasto="ESR"), "no column 'rahasto'; the nearest is 'fund'."),
        (lambda p: esrdata.stats.absorption(p, by="Toimintalinja"), "nearest is 'priority_axis'."),
        (lambda p: esrdata.stats.absorption(p, by="landskap"), "the nearest is 'region'."),
    ],
)
def test_names_of_pandas_and_of_people_are_led_to_ours(
    portfolio: Portfolio, ask: Callable[[Any], object], said: str
) -> None:
    with pytest.raises((AttributeError, UsageError)) as raised:
        ask(portfolio)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("module", "name", "hint"),
    [
        (esrdata, "read_csv", ": see esrdata.read(source)"),
        (esrdata.stats, "overview", ": see portfolio.overview()"),
        (esrdata.stats, "absorbtion", "; the nearest is 'absorption'"),
        (esrdata.charts, "funding", ": see esrdata.charts.planned_and_realised"),
        (esrdata.charts, "xyzzy", "; it has Words, absorption, alt_text"),
    ],
)
def test_a_module_says_what_it_has_instead(module: Any, name: str, hint: str) -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(module, name)
    assert f"has no attribute {name!r}{hint}" in str(raised.value)


def test_a_misspelt_argument_of_a_chart_is_told(portfolio: Portfolio) -> None:
    table = esrdata.stats.absorption(portfolio)
    with pytest.raises(UsageError, match="no argument 'langauge'; the nearest is 'lang'"):
        esrdata.charts.absorption(table, langauge="fi")  # type: ignore[call-arg]


def test_a_chart_is_not_saved_as_what_it_cannot_be(portfolio: Portfolio, tmp_path: Path) -> None:
    chart = esrdata.charts.absorption(esrdata.stats.absorption(portfolio), lang="fi")
    with pytest.raises(UsageError, match=r"as SVG and PNG, not as \.jpg: give the name"):
        esrdata.charts.save(chart, tmp_path / "figure.jpg")
    assert list(tmp_path.iterdir()) == []


def test_rooms_are_imported_by_the_names_that_users_call_them():
    """Only those of `stats` and `search` could be; `esrdata.charts` is written everywhere."""
    code = (
        "from esrdata.charts import absorption; from esrdata.report import write;"
        "import esrdata.charts as charts, esrdata.report as report, esrdata;"
        "assert charts is esrdata.charts and report is esrdata.report;"
        "assert absorption is charts.absorption and write is report.write"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("given", [None, 5, b"x", ["a", "b"]])
def test_what_is_no_path_is_told(given):
    for function in (esrdata.read_review, esrdata.search.write_themes):
        with pytest.raises(UsageError, match=r"takes str . PathLike.str. as path, not "):
            function(given)
    with pytest.raises(UsageError, match=r"diff takes str . PathLike.str. as a, not "):
        esrdata.diff(given, "other")


@pytest.mark.parametrize("given", [5, True, object(), {}, [5]])
def test_what_is_no_code_of_a_population_is_told(given):
    with pytest.raises(UsageError, match="Give one or several codes as funds, or None"):
        esrdata.Population(funds=given)
