"""One project in several sources: which is used, what stays as evidence, what is told."""

from hashlib import sha256
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pages import RAW, eura2014_page, raw

import esrdata
from esrdata.fetch import codes_in
from esrdata.portfolio import Portfolio

HEADING = (
    "Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,"
    "Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,"
    "Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
NAME, ELY, APPLICANT = "Pieni hanke", "Hämeen elinkeino-, liikenne- ja ympäristökeskus", "Testi ry"
OLD = f"S20001,ESR,{NAME},5,{ELY},Toiminnassa,1.1.2016,30.6.2016,Testiyhdistys ry,900,0,1000,0"


def read_files(tmp_path: Path, **files: str) -> Portfolio:
    """Files by name; a double underscore stands for the dot of the name."""
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return esrdata.read(tmp_path)


def listed(*rows: str) -> str:
    return "\n".join([HEADING, *rows]) + "\n"


def files_of(portfolio: Portfolio, field: str) -> list[str]:
    """The files whose values of a field are evidence, the one that is used first."""
    rows = portfolio.provenance[portfolio.provenance["field"] == field]
    return [Path(file).name for file in rows["file"]]


def of_field(conflicts: pd.DataFrame, field: str) -> pd.DataFrame:
    return conflicts[conflicts["field"] == field].reset_index(drop=True)


def conflicting(portfolio: Portfolio, field: str) -> list[tuple[int, str, str]]:
    rows = of_field(portfolio.conflicts, field)
    return [(row.rank, row.source, row.value) for row in rows.itertuples()]


# ---- precedence


def test_a_description_comes_before_a_list(tmp_path: Path) -> None:
    page = eura2014_page(status="Toiminta päättynyt")
    portfolio = read_files(tmp_path, a__csv=listed(OLD), b__txt=page)
    row = portfolio.projects.iloc[0]
    assert len(portfolio.projects) == 1
    assert (row["form"], Path(row["source"]).name) == ("eura2014", "b.txt")
    assert row["end_date"] == pd.Timestamp(2016, 12, 31)
    assert files_of(portfolio, "projects.end_date") == ["b.txt", "a.csv"]
    assert conflicting(portfolio, "projects.end_date") == [
        (1, "description", "2016-12-31"),
        (2, "list", "2016-06-30"),
    ]
    place = of_field(portfolio.conflicts, "projects.end_date").iloc[1]
    assert (place["line"], place["raw"]) == (2, "30.6.2016")
    assert portfolio.explain("S20001", "projects.end_date").value == pd.Timestamp(2016, 12, 31)
    assert "duplicate_project_code" not in set(portfolio.issues["code"])


def test_what_a_source_has_no_column_for_is_told_only_where_no_source_has_it(
    tmp_path: Path,
) -> None:
    common = "Koodi;Rahasto;Hankkeen nimi;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi"
    row = f"S20001;ESR;{NAME};Toiminnassa;1.1.2016;30.6.2016;{APPLICANT};900"
    older = f"Tilanne 31.12.2015\n{common};Myönnetty EU- ja valtion rahoitus\n{row}\n"
    newer = f"Tilanne 31.12.2016\n{common};Toteutunut EU- ja valtion rahoitus\n{row}\n"
    portfolio = read_files(tmp_path, a__csv=older, b__csv=newer)
    kept = portfolio.provenance
    told = {
        field: [(Path(f).name, s) for f, s in zip(rows["file"], rows["status"], strict=True)]
        for field, rows in kept.groupby("field")
    }
    assert told["funding.eu_and_state.planned"] == [("a.csv", "read")]
    assert told["funding.eu_and_state.realised"] == [("b.csv", "read")]
    assert told["funding.public_total.planned"] == [("b.csv", "absent")]
    assert told["projects.priority_axis"] == [("b.csv", "absent")]
    assert told["projects.name"] == [("b.csv", "read"), ("a.csv", "read")]
    funding = portfolio.funding.set_index(["measure", "stage"])["amount_eur"]
    assert (funding["eu_and_state", "planned"], funding["eu_and_state", "realised"]) == (900, 900)


@pytest.mark.parametrize("code", ["kadonnut", ""])
def test_a_description_without_its_code_is_no_part_of_the_one_before(
    code: str, tmp_path: Path
) -> None:
    lost = eura2014_page(code=code, final_report="Mukana oli 999 nuorta.")
    text = eura2014_page() + lost + eura2014_page(code="S20002")
    portfolio = read_files(tmp_path, a__txt=text)
    assert portfolio.projects["project_code"].tolist() == ["S20001", "S20002"]
    assert portfolio.files["descriptions"].tolist() == [3]
    assert "form_without_code" in set(portfolio.issues["code"])
    # Neither takes its report for their own.
    assert not portfolio.narratives["text"].str.contains("999").any()
    assert 999 not in set(portfolio.claims["value"])


def test_the_same_project_twice_in_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    # Lists of two days are no duplicates of each other.
    older = f"Tilanne 31.12.2015\n{listed(OLD)}"
    newer = f"Tilanne 31.12.2016\n{listed(OLD, OLD.replace('S20001', 'S20002'), OLD)}"
    portfolio = read_files(tmp_path, a__csv=older, b__csv=newer)
    told = portfolio.issues[portfolio.issues["code"] == "duplicate_project_code"]
    assert told["project_code"].tolist() == ["S20001"]
    # The third line below the title and the heading.
    assert told["raw"].tolist() == [f"{tmp_path / 'b.csv'}:5"]


def test_disagreements_are_findings_with_every_value_and_its_place(tmp_path: Path) -> None:
    portfolio = read_files(tmp_path, a__csv=listed(OLD), b__txt=eura2014_page())
    told = portfolio.issues[portfolio.issues["field"] == "projects.end_date"].iloc[0]
    assert (told["code"], told["severity"]) == ("sources_disagree", "warning")
    first, second = told["raw"].split(" / ")
    assert first.startswith("2016-12-31 (b.txt:")
    assert second == "2016-06-30 (a.csv:2)"


def test_the_newer_of_two_lists_comes_first_whatever_their_names(tmp_path: Path) -> None:
    new = OLD.replace("30.6.2016", "31.8.2016")
    portfolio = read_files(
        tmp_path, **{"a_2016-01-10__csv": listed(OLD), "b_2016-05-10__csv": listed(new)}
    )
    assert portfolio.projects["end_date"].tolist() == [pd.Timestamp(2016, 8, 31)]
    (tmp_path / "a_2016-01-10.csv").rename(tmp_path / "a_2017-01-10.csv")
    again = esrdata.read(tmp_path)
    assert again.projects["end_date"].tolist() == [pd.Timestamp(2016, 6, 30)]
    snapshots = of_field(again.conflicts, "projects.end_date")["snapshot"].tolist()
    assert snapshots == [pd.Timestamp(2017, 1, 10), pd.Timestamp(2016, 5, 10)]


def test_a_field_the_best_source_has_no_place_for_comes_from_the_next(tmp_path: Path) -> None:
    page = eura2014_page()
    cut = page[: page.index("5 Projektin julkinen")]
    portfolio = read_files(tmp_path, a__csv=listed(OLD), b__txt=cut)
    sums = portfolio.funding.set_index(["measure", "stage"])["amount_eur"]
    assert sums["eu_and_state", "planned"] == 900
    assert files_of(portfolio, "funding.eu_and_state.planned") == ["a.csv"]
    assert portfolio.projects["form"].tolist() == ["eura2014"]


def test_a_blank_is_not_filled_from_elsewhere(tmp_path: Path) -> None:
    newer = OLD.replace("30.6.2016", "")
    portfolio = read_files(
        tmp_path, **{"a_2016-01-10__csv": listed(OLD), "b_2016-05-10__csv": listed(newer)}
    )
    assert portfolio.projects["end_date"].isna().tolist() == [True]
    assert conflicting(portfolio, "projects.end_date") == []


def test_equal_facts_in_other_words_are_no_conflict(tmp_path: Path) -> None:
    row = OLD.replace("elinkeino-, liikenne-", "elinkeino-  liikenne-").replace("Pieni", "PIENI")
    row = row.replace("30.6.2016", "31.12.2016")
    portfolio = read_files(tmp_path, a__csv=listed(row), b__txt=eura2014_page())
    fields = {"projects.authority", "projects.name", "projects.status", "projects.end_date"}
    assert not fields & set(portfolio.conflicts["field"])
    assert {"a.csv", "b.txt"} == set(files_of(portfolio, "projects.authority"))


def test_conflicts_are_chosen_saved_and_loaded(tmp_path: Path) -> None:
    other = OLD.replace("S20001", "S20002")
    source = tmp_path / "in"
    source.mkdir()
    portfolio = read_files(source, a__csv=listed(OLD, other), b__txt=eura2014_page())
    assert set(portfolio.select(project_code="S20002").conflicts["field"]) == set()
    portfolio.save(tmp_path / "out")
    assert esrdata.load(tmp_path / "out") == portfolio
    table = portfolio.conflicts
    table["value"] = "x"
    assert "x" not in set(portfolio.conflicts["value"])


# ---- web pages

PAGE = """Yhdistyksen hankkeet

Pieni hanke

Hankeaika 1.1.2016 – 31.12.2016
Julkinen rahoitus noin 1,1 miljoonaa euroa

Hankkeessa autetaan naapureita. Se toimii koko kaupungissa ja kaikissa taloissa.

Hankkeen tavoitteet

Kaikki tuntevat toisensa vuoden lopussa.

Iso talo

Hankeaika 2017 - 2018
Kokonaisbudjetti 250 000 €

Talo korjataan yhdessä asukkaiden kanssa, ja siitä tulee kaikkien olohuone.
"""


def test_a_page_alone_gives_projects_with_keys_of_their_places(tmp_path: Path) -> None:
    portfolio = read_files(tmp_path, page__txt=PAGE)
    # The first eight digits of the page's SHA-256: the same wherever it lies.
    page = sha256((tmp_path / "page.txt").read_bytes()).hexdigest()[:8]
    keys = [f"web:{page}:3", f"web:{page}:14"]
    assert portfolio.projects["project_code"].tolist() == keys
    other = tmp_path / "elsewhere"
    other.mkdir()
    assert read_files(other, sivu__txt=PAGE).projects["project_code"].tolist() == keys
    assert portfolio.projects["name"].tolist() == ["Pieni hanke", "Iso talo"]
    assert set(portfolio.projects["form"]) == {"web"}
    sums = portfolio.funding.dropna(subset="amount_eur")
    assert sums[["measure", "stage", "amount_eur", "qualifier"]].to_numpy().tolist() == [
        ["public_total", "planned", 1_100_000.0, "about"],
        ["total", "planned", 250_000.0, "exact"],
    ]
    assert portfolio.projects["end_date"].tolist() == [
        pd.Timestamp(2016, 12, 31),
        pd.Timestamp(2018, 12, 31),
    ]
    assert portfolio.links["status"].tolist() == ["no_candidate", "no_candidate"]
    assert portfolio.issues["code"].tolist() == ["web_project_unlinked"] * 2


def test_a_page_meets_its_project_and_the_other_stays_alone(tmp_path: Path) -> None:
    page = PAGE.replace("Yhdistyksen hankkeet", "Testiyhdistys").replace("1,1 miljoonaa", "2 000")
    portfolio = read_files(tmp_path, page__txt=page, form__txt=eura2014_page())
    links = portfolio.links.set_index("title")
    assert links.loc["Pieni hanke", ["status", "project_code"]].tolist() == ["linked", "S20001"]
    assert links.loc["Pieni hanke", "score"] >= 0.6
    assert "title" in links.loc["Pieni hanke", "reasons"]
    assert links.loc["Iso talo", "project_code"].startswith("web:")
    sections = portfolio.narratives[portfolio.narratives["project_code"] == "S20001"]
    objectives = sections.set_index("section").loc["objectives"]
    assert objectives["text"] == "Kaikki tuntevat toisensa vuoden lopussa."
    assert set(files_of(portfolio, "narratives.objectives")) == {"page.txt"}


def test_the_shipped_page_meets_s20405_and_what_it_only_tells_of_does_not() -> None:
    links = raw().links
    assert links["status"].tolist() == ["linked", "told_of"]
    assert links["project_code"].tolist()[0] == "S20405"
    assert pd.isna(links["project_code"].iloc[1])
    assert "Yhteiskunnallinen" in links["title"].iloc[1]
    texts = raw().narratives
    own = texts.loc[texts["project_code"] == "S20405", "text"]
    assert not own.str.contains("Yhteiskunnallinen yrittäjyys").any()


# ---- which of two lists is newer

ENDED = OLD.replace("Toiminnassa", "Toiminta päättynyt")


def inferred(portfolio: Portfolio) -> list[tuple[str, str]]:
    found = portfolio.issues[portfolio.issues["code"] == "list_order_inferred"]
    return [(Path(row.file).name, row.raw) for row in found.itertuples()]


def test_an_inferred_day_does_not_decide_in_silence(tmp_path: Path) -> None:
    # The list without a day has a project that ended on 30.6.2016; it may be of any later day.
    late = OLD.replace("S20001", "S20002").replace("Toiminnassa", "Toiminta päättynyt")
    undated = listed(OLD.replace("900,0", "800,0"), late)
    portfolio = read_files(tmp_path, plain__csv=undated, **{"list-2016-05-10__csv": listed(OLD)})
    grants = portfolio.funding.query("project_code == 'S20001' and measure == 'eu_and_state'")
    assert grants["amount_eur"].tolist()[0] == 800
    assert inferred(portfolio) == [("plain.csv", "list-2016-05-10.csv (1)")]
    rows = of_field(portfolio.conflicts, "funding.eu_and_state.planned")
    assert rows["snapshot_basis"].tolist() == ["last_ended", "file_name"]


def test_stated_days_decide(tmp_path: Path) -> None:
    files = {"list-2016-05-10__csv": listed(OLD), "list-2017-05-10__csv": listed(ENDED)}
    portfolio = read_files(tmp_path, **files)
    assert portfolio.projects["status_code"].tolist() == ["ended"]
    assert inferred(portfolio) == []


def test_a_project_that_has_moved_on_rests_on_the_order_too(tmp_path: Path) -> None:
    # Ended after running is no conflict, but which of the two is used depends on the order.
    texts = {"a__csv": listed(ENDED), "b-2016-05-10__csv": listed(OLD)}
    assert inferred(read_files(tmp_path, **texts)) == [("a.csv", "b-2016-05-10.csv (1)")]


def test_a_list_without_any_day_is_not_older_in_silence(tmp_path: Path) -> None:
    files = {"a-2016-05-10__csv": listed(ENDED), "b__csv": listed(OLD)}
    portfolio = read_files(tmp_path, **files)
    assert portfolio.files["snapshot_basis"].isna().tolist() == [False, True]
    assert inferred(portfolio) == [("a-2016-05-10.csv", "b.csv (1)")]


def test_lists_that_agree_rest_on_no_order(tmp_path: Path) -> None:
    files = {"a__csv": listed(ENDED), "b-2016-05-10__csv": listed(ENDED)}
    assert inferred(read_files(tmp_path, **files)) == []


# ---- lists as a source of codes


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_codes_to_fetch_come_from_a_list_of_any_kind(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"list.{kind}"
    rows = [OLD, OLD.replace("S20001", "S20002"), OLD.replace("S20001", "A616120791")]
    if kind == "csv":
        path.write_text(listed(*rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in [HEADING, *rows]:
            book.active.append(row.replace("elinkeino-, ", "elinkeino- ").split(","))
        book.save(path)
    assert codes_in(path) == (["S20001", "S20002"], 1)


def test_amendments_between_the_list_and_the_description() -> None:
    # The snapshot of 2016 and the description of S20405, as design and gold have them.
    after = esrdata.read(RAW / "S20405.txt")
    changed = esrdata.stats.amendments(before(), after).iloc[0]
    assert changed["end_before"] == pd.Timestamp(2016, 12, 31)
    assert changed["end_after"] == pd.Timestamp(2017, 6, 30)
    assert changed["extension_days"] == 181
    assert (changed["grant_change"], changed["status_after"]) == (0, "ended")


def before() -> Portfolio:
    import tempfile

    row = (
        f"S20405,ESR,Asukaslähtöinen kehittäminen Kotkassa 2015-2016,5,{ELY},Toiminnassa,"
        "1.5.2015,31.12.2016,Kehittämisyhdistys Sepra ry,46434.00,0.00,57634.00,0.00"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list-2016-05-10.csv"
        path.write_text(listed(row), encoding="utf-8")
        return esrdata.read(path)


def test_of_two_lists_of_the_same_day_neither_is_newer_in_silence(tmp_path: Path) -> None:
    later = OLD.replace("30.6.2016", "31.12.2016")
    for name, text in (("a_2016-05-01.csv", OLD), ("b_2016-05-01.csv", later)):
        (tmp_path / name).write_text(f"{HEADING}\n{text}\n", encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    assert set(portfolio.files["snapshot_basis"]) == {"file_name"}
    (found,) = portfolio.issues.loc[portfolio.issues["code"] == "list_order_inferred", "message"]
    assert "is the same" in found
    # Lists of one day that agree have no order to tell.
    (tmp_path / "b_2016-05-01.csv").write_text(f"{HEADING}\n{OLD}\n", encoding="utf-8")
    assert "list_order_inferred" not in set(esrdata.read(tmp_path).issues["code"])
