"""Tables of somebody's own: nothing is guessed; a map is proposed, confirmed, and read by."""

import csv
import io
import json
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import esrdata
from esrdata.cli.main import main
from esrdata.documents import json_rows
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.dispatch import read_file
from esrdata.reading.lists.mapping import OwnTable, list_file, own_table, propose
from tests.list_grid import HEADINGS, ROWS

OWN = """Hankenumero;Hanke;Hakijat;Alkaa;Loppupvm;Myönnetty tuki;Mistä;Huom;Budjetti (1000 €)
S90001;Kylän uusi aamu;Mallilan kaupunki;1.3.2015;28.2.2018;46 434 €;ESR;ok;57
S90002;Taidot;Malliopisto sr;1.2.2016;31.1.2019;194 413 €;ESR;;389
A90003;Puu;Malli Oy;1.8.2015;31.12.2017;117 967 €;EAKR;;251
"""
SCRAPED = [
    {
        "project_code": "S90001",
        "name": 'Kylän "uusi" aamu',
        "beneficiary": "Mallilan kaupunki",
        "start_date": "2015-03-01",
        "end_date": None,
        "public_total_planned": 57634.5,
        "place": {"region": "Kymenlaakso"},
    },
    {"project_code": "S90002", "name": "Taidot,\ntyö", "beneficiary": "Malliopisto sr"},
]


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.output


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "oma.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def columns_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def table_of(path: Path) -> OwnTable:
    document = open_document(str(path))
    assert isinstance(document, Document)
    found = own_table(document)
    assert found is not None
    return found


def test_a_table_whose_headings_nobody_knows_is_a_finding_and_not_guessed(own: Path) -> None:
    portfolio = esrdata.read(own)
    assert len(portfolio) == 0
    assert portfolio.issues["code"].tolist() == ["list_headings_unknown"]
    assert "esrdata map" in run("check", own, "--lang", "en")[1]


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_so_is_a_workbook_and_what_a_scraper_wrote(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"oma.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in csv.reader(OWN.splitlines(), delimiter=";"):
            book.worksheets[0].append(row)
        book.save(path)
    else:
        path.write_text(json.dumps(SCRAPED), encoding="utf-8")
    assert esrdata.read(path).issues["code"].tolist() == ["list_headings_unknown"]


@pytest.mark.parametrize("ending", ["html", "docx", "md"])
def test_so_is_a_list_among_text_that_lacks_a_column(ending: str, tmp_path: Path) -> None:
    """It had been the page of one project, which was called Tl."""
    rows = [[*row[:1], *row[2:]] for row in [HEADINGS, *ROWS]]
    path = tmp_path / f"lista.{ending}"
    if ending == "docx":
        report = docx.Document()
        report.add_heading("Hankkeet")
        table = report.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        report.save(str(path))
    elif ending == "html":
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        page = f"<html><body><h1>Hankkeet</h1><table>{cells}</table></body></html>"
        path.write_text(page, encoding="utf-8")
    else:
        lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
        text = "".join(f"| {' | '.join(row)} |\n" for row in lines)
        path.write_text(f"# Hankkeet\n\n{text}", encoding="utf-8")
    found = read_file(str(path), contacts=False)
    assert found.records == ()
    assert found.findings[-1].code == "list_headings_unknown"
    assert (found.findings[-1].raw or "").startswith("Koodi, Hankkeen nimi, Tl, Viranomainen")


def test_each_column_gets_a_field_with_its_reason_or_is_left_alone(own: Path) -> None:
    found = {p.heading: (p.field, p.why) for p in propose(table_of(own))}
    assert found == {
        "Hankenumero": ("projects.project_code", "same"),
        "Hanke": ("projects.name", "same"),
        "Hakijat": ("projects.applicant", "like"),
        "Alkaa": ("projects.start_date", "same"),
        "Loppupvm": ("projects.end_date", "same"),
        "Myönnetty tuki": ("funding.eu_and_state.planned", "same"),
        # Nothing but its cells tells that these are funds.
        "Mistä": ("projects.fund", "content"),
        "Huom": ("", "none"),
        # Thousands are no euros.
        "Budjetti (1000 €)": ("", "none"),
    }


def test_the_list_of_kohesio_gets_its_fields_and_a_budget_of_the_union_is_no_whole_one() -> None:
    table = OwnTable(
        (
            "Operation_Local_Identifier",
            "Operation_Name_Programme_Language",
            "Operation_Start_Date",
            "Total_Eligible_Expenditure_amount",
            "Project_EU_Budget",
            "Fund_Code",
        ),
        (
            ("S90001", "Kylän uusi aamu", "2015-03-01", "57634.5", "28817.25", "ESF"),
            ("S90002", "Taidot", "2016-02-01", "389000.0", "194500.0", "ESF"),
        ),
    )
    assert [each.field for each in propose(table)] == [
        "projects.project_code",
        "projects.name",
        "projects.start_date",
        "funding.total.planned",
        "",
        "projects.fund",
    ]


def test_a_heading_whose_cells_are_of_another_kind_is_not_believed() -> None:
    rows = (("S90001", "Kotka", "x"), ("S90002", "Kouvola", "y"))
    found = propose(OwnTable(("Koodi", "Alkaa", "Myönnetty"), rows))
    assert [p.field for p in found] == ["projects.project_code", "", ""]


def test_the_map_begins_with_the_code_and_ends_with_what_it_leaves_alone() -> None:
    rows = (("ok", "Kylän uusi aamu", "S90001"), ("", "Taidot", "S90002"))
    found = propose(OwnTable(("Huom", "Hanke", "Hankenumero"), rows))
    written = csv.DictReader(io.StringIO(list_file(found)))
    assert [(row["field"], row["required"]) for row in written] == [
        ("projects.project_code", "yes"),
        ("projects.name", "yes"),
        ("", "no"),
    ]


def test_two_columns_that_both_hold_funds_are_not_chosen_from() -> None:
    rows = (("S90001", "ESR", "EAKR"), ("S90002", "EAKR", "ESR"))
    found = propose(OwnTable(("Koodi", "Ensin", "Sitten"), rows))
    assert [p.field for p in found] == ["projects.project_code", "", ""]


def test_the_map_is_written_once_and_the_table_read_by_it(own: Path) -> None:
    shelf = own.parent / "shelf"
    status, text = run("map", own, "--out", shelf, "--period", "2014-2020", "--lang", "en")
    assert (status, "Huom" in text) == (1, True)
    assert (shelf / "lists" / "2014-2020-oma.csv").is_file()
    assert run("map", own, "--out", shelf, "--period", "2014-2020")[0] == 2
    portfolio = esrdata.read(own, shelf=shelf)
    rows = portfolio.projects.set_index("project_code")
    assert rows["applicant"].to_dict() == {
        "S90001": "Mallilan kaupunki",
        "S90002": "Malliopisto sr",
        "A90003": "Malli Oy",
    }
    assert rows["programme_period"].unique().tolist() == ["2014-2020"]
    assert rows.loc["A90003", "fund"] == "EAKR"
    assert rows.loc["S90002", "end_date"] == pd.Timestamp(2019, 1, 31)
    assert sorted(portfolio.funding["amount_eur"].dropna()) == [46434.0, 117967.0, 194413.0]


def test_a_table_of_no_period_states_none(own: Path) -> None:
    shelf = own.parent / "shelf"
    run("map", own, "--out", shelf)
    assert esrdata.read(own, shelf=shelf).projects["programme_period"].isna().all()


def test_a_file_without_codes_has_nothing_to_map(tmp_path: Path) -> None:
    (tmp_path / "muu.csv").write_text("a;b;c\n1;2;3\n4;5;6\n", encoding="utf-8")
    assert run("map", tmp_path / "muu.csv", "--lang", "en")[0] == 2


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        # As the regulations of the Union ask of lists of operations.
        ("Beneficiary name", "Malli Oy", "projects.applicant"),
        ("Operation name", "Kylän uusi aamu", "projects.name"),
        ("Total eligible expenditure", "57 634", "funding.total.planned"),
        ("Union co-financing rate", "75 %", ""),
        ("Toimen päättymispäivä", "28.2.2018", "projects.end_date"),
        ("Tukikelpoiset kokonaismenot", "57 634", "funding.total.planned"),
        ("Insatsens startdatum", "1.3.2015", "projects.start_date"),
        # A word that tells nothing more.
        ("Hankkeen päättymispäivä", "28.2.2018", "projects.end_date"),
        ("Budjetti yhteensä", "57 634", "funding.total.planned"),
        # Own and private money is in a budget: it is not the public funding.
        ("Kokonaisbudjetti", "57 634", "funding.total.planned"),
        ("Toteutuneet kustannukset", "57 634", "funding.total.realised"),
        ("Hakijat", "Malli Oy", "projects.applicant"),
        # The same words in another order, in three languages.
        ("Granted EU and state funding", "46 434", "funding.eu_and_state.planned"),
        ("EU and state funding, realised", "46 434", "funding.eu_and_state.realised"),
        ("EU- ja valtion rahoitus, toteutunut", "46 434", "funding.eu_and_state.realised"),
        ("Beviljat EU- och statligt stöd", "46 434", "funding.eu_and_state.planned"),
        ("Planerad offentlig finansiering totalt", "57 634", "funding.public_total.planned"),
        ("Offentlig finansiering, utfall", "57 634", "funding.public_total.realised"),
        ("Planned public funding 2015", "57 634", ""),
        ("Planned EU funding", "57 634", ""),
        ("Planned private funding", "57 634", ""),
        # One that makes it something else.
        ("Osatoteuttaja", "Malli Oy", ""),
        ("Beslutsdatum", "1.3.2015", ""),
        ("Myönnetty EU-tuki", "46 434", ""),
        ("Myönnetty valtion rahoitus", "46 434", ""),
        ("Myönnetty lisätuki", "46 434", ""),
        ("Maksettu tuki 2015", "46 434", ""),
        ("Kokonaisbudjetti 2017", "46 434", ""),
        ("Budjetti SEK", "46 434", ""),
        ("Myönnetty tuki %", "46", ""),
        ("Yhteensä", "46 434", ""),
        ("Budjetti (tuhansina)", "46", ""),
    ],
)
def test_a_heading_is_like_another_of_the_same_words(heading: str, cell: str, field: str) -> None:
    table = OwnTable(("Koodi", heading), (("S90001", cell), ("S90002", cell)))
    assert [column.field for column in propose(table)] == ["projects.project_code", field]


def test_rows_and_headings_of_other_lengths_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "oma.csv"
    path.write_text(
        "Muistio\n"
        "Koodi;Hanke;Tuki\n"
        'S90001;"Koti; työ";46 434\n'
        "S90002;Taidot\n"
        "Yhteensä;S90003\n"
        "S90004;Puu;1;muistettavaa\n",
        encoding="utf-8",
    )
    table = table_of(path)
    assert table.headings == ("Koodi", "Hanke", "Tuki")
    assert table.column(0) == ["S90001", "S90002", "S90004"]
    assert table.column(1) == ["Koti; työ", "Taidot", "Puu"]
    assert table.column(2) == ["46 434", "1"]


@pytest.mark.parametrize(
    "text",
    [
        # No row above the first code, none in its column, one heading alone, one code alone.
        "S90001;a;b\nS90002;a;b\n",
        "x;y\na;b;S90001\na;b;S90002\n",
        "Koodi;;\nS90001;a;b\nS90002;a;b\n",
        "Koodi;Nimi;Muu\nS90001;a;b\nx;a;b\n",
        "Koodi;Nimi;Muu\nS90001;a;b\nx;S90002;b\n",
        # A cell longer than any.
        f"Koodi;Nimi;Muu\nS90001;a;{'b' * 200_000}\nS90002;a;b\n",
    ],
)
def test_what_has_no_headings_or_codes_is_no_table(text: str, tmp_path: Path) -> None:
    (tmp_path / "oma.csv").write_text(text, encoding="utf-8")
    document = open_document(str(tmp_path / "oma.csv"))
    assert isinstance(document, Document)
    assert own_table(document) is None


def test_the_table_of_a_workbook_stands_on_any_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Selite", "Koodi on hankkeen tunnus", "eikä muuta"])
    page = book.create_sheet("Hankkeet")
    for row in (["Hanke", "Tunnus"], ['Koti "ja', "S90001"], ["S90003"], ["Työ", "S90002"]):
        page.append(row)
    other = book.create_sheet("Maksut")
    for row in (["Maksettu", "Tunnus"], ["5", "S90001"], ["6", "S90002"]):
        other.append(row)
    book.save(tmp_path / "oma.xlsx")
    assert table_of(tmp_path / "oma.xlsx").column(0) == ['Koti "ja', "Työ"]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_field_goes_to_the_column_that_is_likest_wherever_it_stands(turn: int) -> None:
    headings = ("Hakijat", "Hakija", "Toteuttajan Y-tunnus", "Koodi", "Nimikko")
    cells = ("A Oy", "B ry", "0201256-6", "S90001", "Silta")
    table = OwnTable(headings[::turn], (cells[::turn],) * 2)
    assert [(column.field, column.why) for column in propose(table)][::turn] == [
        ("", "none"),
        ("projects.applicant", "same"),
        ("projects.business_id", "same"),
        ("projects.project_code", "same"),
        ("", "none"),
    ]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["ESR"] * 5, "projects.fund"),
        (["ESR"] * 4 + ["?!"], "projects.fund"),
        (["ESR"] * 3 + ["?!"] * 2, ""),
        (["Lapin liitto"] * 5, "projects.authority"),
        (["Malli Oy"] * 5, ""),
    ],
)
def test_words_of_a_code_list_tell_what_a_column_is(cells: list[str], field: str) -> None:
    rows = tuple((f"S9000{i}", cell) for i, cell in enumerate(cells))
    assert propose(OwnTable(("Koodi", "Mistä"), rows))[1].field == field


def test_a_map_of_the_code_alone_is_read_by_all_headings(tmp_path: Path) -> None:
    (tmp_path / "oma.csv").write_text("Koodi;Väri\nS90001;musta\nS90002;sini\n", "utf-8")
    shelf = tmp_path / "shelf"
    run("map", tmp_path / "oma.csv", "--out", shelf)
    assert [row["required"] for row in columns_of(shelf / "lists" / "oma.csv")] == ["yes", "yes"]
    portfolio = esrdata.read(tmp_path / "oma.csv", shelf=shelf)
    assert portfolio.projects["project_code"].tolist() == ["S90001", "S90002"]
    (tmp_path / "muu.csv").write_text("Koodi;Maku\nS90001;hapan\nS90002;makea\n", "utf-8")
    assert esrdata.read(tmp_path / "muu.csv", shelf=shelf).projects.empty


# ---- JSON


def test_objects_are_rows_and_every_value_stands_where_it_says(tmp_path: Path) -> None:
    path, shelf = tmp_path / "lista.json", tmp_path / "shelf"
    text = json.dumps(SCRAPED, indent=1)
    path.write_text(text, encoding="utf-8")
    run("map", path, "--out", shelf)
    portfolio = esrdata.read(path, shelf=shelf)
    assert portfolio.projects["name"].tolist() == ['Kylän "uusi" aamu', "Taidot, työ"]
    places = portfolio.provenance.set_index(["project_code", "field"])
    who = places.loc[("S90001", "projects.applicant")]
    assert text[who["start"] : who["end"]] == who["raw"] == "Mallilan kaupunki"
    # null is blank, a member that is not there is absent.
    assert places.loc[("S90001", "projects.end_date"), "status"] == "blank"
    assert places.loc[("S90002", "projects.end_date"), "status"] == "absent"


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": "1", "b": {"c": 2.50}}, {"a": "x\\ty"}]',
        '{"count": 2, "items": [{"a": "1", "b": {"c": 2.50}}, {"a": "x\\ty"}]}',
        '{"a": "1", "b": {"c": 2.50}}\n{"a": "x\\ty"}\n',
    ],
)
def test_an_array_an_object_that_holds_one_and_an_object_a_line(text: str) -> None:
    view = json_rows.view(text)
    assert view is not None
    assert view[0] == "a\tb.c\n1\t2.50\nx y\t"
    assert len(view[1]) == len(view[2]) == len(view[0])


@pytest.mark.parametrize("orient", ["split", "columns", "index", "records", "values", "list"])
def test_a_data_frame_is_a_list_however_it_was_written(orient: str, tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS, columns=HEADINGS)
    text = {
        "values": lambda: json.dumps([HEADINGS, *ROWS], ensure_ascii=False),
        "list": lambda: json.dumps(frame.to_dict("list"), ensure_ascii=False),
    }.get(orient, lambda: frame.to_json(orient=orient, force_ascii=False))()
    (tmp_path / "lista.json").write_text(text, encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "lista.json")
    assert portfolio.projects["project_code"].tolist() == ["S90001", "S90002", "A90003"]
    names = dict(
        zip(portfolio.projects["project_code"], portfolio.projects["applicant"], strict=True)
    )
    assert names["S90002"] == "Malliopisto sr"
    assert portfolio.funding["amount_eur"].dropna().sum() == pytest.approx(1388985.71)
    where = portfolio.provenance.set_index(["project_code", "field"])
    place = where.loc[("A90003", "funding.public_total.planned")]
    assert text[place["start"] : place["end"]] == place["raw"] == "251051"


def test_an_object_of_objects_that_are_no_rows_is_one_row() -> None:
    view = json_rows.view('{"hanke": {"koodi": "S90001", "nimi": "a"}, "tuki": {"eu": 1}}')
    assert view is not None
    assert view[0] == "hanke.koodi\thanke.nimi\ttuki.eu\nS90001\ta\t1"


def test_a_file_on_one_line_is_no_row_of_headings_alone(tmp_path: Path) -> None:
    (tmp_path / "lista.txt").write_text(",".join([*HEADINGS, *ROWS[0], *ROWS[1]]), encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "lista.txt")
    assert portfolio.files["form"].isna().all()
    assert "list_column_unknown" not in portfolio.issues["code"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[1, 2]",
        "{}",
        "[{}, 1]",
        "Teksti [1].",
        '{"a": ',
        "[]",
        # Rows of other lengths than their headings, and headings that are none.
        '[["a", "b"], ["1"]]',
        '[["a", "b"], ["1", "2"], "c"]',
        "[[1, 2], [3, 4]]",
        "[[",
        '{"columns": ["a", "b"], "data": [["1", "2"], ["3"',
    ],
)
def test_what_is_no_list_of_objects_is_left_to_others(text: str) -> None:
    assert json_rows.view(text) is None
