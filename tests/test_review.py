"""Claims to a workbook and decisions back; the reviewer's hand is played by openpyxl."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pandas as pd
import pytest
from openpyxl.chart import BarChart
from test_stated import claim, excluded, portfolio, rows

import esrdata.stats
from esrdata import UsageError
from esrdata.errors import SourceError
from esrdata.knowledge import load
from esrdata.stats import claims_review, review_workbook

FORMULA = '=HYPERLINK("http://example.org")'
PORTFOLIO = portfolio(
    claim("S2", 120, 80, qualifier="over", sentence=FORMULA),
    claim("S2", 20, 5, value_high=30.5, stage="planned", sentence="-20 astetta\nja 20 henkilöä."),
    claim("S1", None, 0, unit=None),
    claim("S1", 7, 9, kind="events"),
    claim("S1", 8, 0, section="summary"),
    names={"S1": "@Yksi", "S2": "Kaksi"},
)
# In the workbook ids are in column A, decisions in M, corrected values in N, notes in O.


@pytest.fixture
def reviewed(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with some cells filled in, saved anew."""

    def fill(*, lang: str = "fi", hand: Callable[[Any], None] | None = None, **cells: Any) -> Path:
        path = tmp_path / "review.xlsx"
        esrdata.stats.write_review(PORTFOLIO, path, lang=lang, overwrite=True)
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book.worksheets[0][place] = value
        if hand is not None:
            hand(book)
        book.save(path)
        return path

    return fill


def sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def test_the_workbook(tmp_path: Path) -> None:
    path = esrdata.stats.write_review(PORTFOLIO, tmp_path / "new" / "review.xlsx")
    made = sheet(path)
    head, *body = made.iter_rows(values_only=True)
    assert head == (
        *("Tunniste", "Hankekoodi", "Hankkeen nimi", "Osa", "Laji", "Vaihe", "Määrä"),
        *("Määrän yläraja", "Tarkkuus", "Yksikkö", "Tekstikohta", "Virke"),
        *("Päätös", "Korjattu määrä", "Huomautus"),
    )
    report, people = "Loppuraportin tiivistelmä", "henkilöt"
    summary = "Suunnitelman mukainen tiivistelmä toteutuksesta"
    assert [row[1:9] for row in body] == [
        ("S1", "@Yksi", report, people, "ei tiedossa", None, None, "täsmällinen"),
        ("S1", "@Yksi", summary, people, "ei tiedossa", 8, None, "täsmällinen"),
        ("S2", "Kaksi", report, people, "suunniteltu", 20, 30.5, "täsmällinen"),
        ("S2", "Kaksi", report, people, "ei tiedossa", 120, None, "yli"),
    ]
    assert [row[9:] for row in body] == [
        (None, "tuhansia ihmisiä", "Mukana oli tuhansia ihmisiä.", None, None, None),
        ("henkilö", "8 henkilöä", "Mukana oli 8 henkilöä.", None, None, None),
        ("henkilö", "20 henkilöä", "-20 astetta\nja 20 henkilöä.", None, None, None),
        ("henkilö", "120 henkilöä", FORMULA, None, None, None),
    ]
    assert made.freeze_panes == "A2"
    assert [table.ref for table in made.tables.values()] == ["A1:O5"]
    choices, numbers = made.data_validations.dataValidation
    assert (str(choices.sqref), choices.formula1) == ("M2:M5", '"hyväksytty,hylätty"')
    assert (str(numbers.sqref), numbers.operator) == ("N2:N5", "greaterThanOrEqual")
    assert numbers.formula1 == "0"
    assert [p.name for p in path.parent.iterdir()] == ["review.xlsx"]


def test_text_is_inert(tmp_path: Path) -> None:
    path = esrdata.stats.write_review(PORTFOLIO, tmp_path / "review.xlsx")
    made = sheet(path)
    assert {cell.data_type for row in made.iter_rows() for cell in row} <= {"s", "n"}
    # Where a person edits the cell, the sign before it keeps it a text.
    live = [made[place].quotePrefix for place in ("C2", "L4", "L5")]
    assert live == [True, True, True]
    assert not made["L2"].quotePrefix
    with zipfile.ZipFile(path) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert not any("externalLink" in name for name in packed.namelist())


def test_the_same_claims_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    turned = {**PORTFOLIO.tables, "claims": PORTFOLIO.claims[::-1]}
    first = esrdata.stats.write_review(PORTFOLIO, tmp_path / "a.xlsx")
    again = esrdata.stats.write_review(type(PORTFOLIO)(turned, Path.cwd()), tmp_path / "b.xlsx")
    assert first.read_bytes() == again.read_bytes()
    # Nothing in it tells the day or the hour.
    said = openpyxl.load_workbook(first).properties
    assert said.created == said.modified == dt.datetime(2000, 1, 1)
    with zipfile.ZipFile(first) as packed:
        assert {part.date_time[:3] for part in packed.infolist()} == {(1980, 1, 1)}


def test_kinds_section_and_a_table_of_claims(tmp_path: Path) -> None:
    def codes(name: str, given: Any = PORTFOLIO, **which: Any) -> list[tuple[Any, ...]]:
        path = esrdata.stats.write_review(given, tmp_path / name, lang="en", **which)
        return [row[1:7] for row in sheet(path).iter_rows(min_row=2, values_only=True)]

    report = "Summary of the final report"
    assert codes("a.xlsx", kinds="events") == [("S1", "@Yksi", report, "events", "unknown", 7)]
    assert len(codes("b.xlsx", kinds=None)) == 5
    assert len(codes("c.xlsx", section="final_report")) == 3
    # Nothing to review: a table cannot be without rows.
    assert codes("d.xlsx", kinds="money") == []
    assert codes("e.xlsx", PORTFOLIO.claims)[2][:3] == ("S2", None, report)
    assert len(esrdata.stats.read_review(tmp_path / "d.xlsx")) == 0


def test_a_review_in_progress_is_not_written_over(tmp_path: Path) -> None:
    path = esrdata.stats.write_review(PORTFOLIO, tmp_path / "review.xlsx")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is there already and may hold decisions"):
        esrdata.stats.write_review(PORTFOLIO, path, lang="en")
    assert path.read_bytes() == before
    esrdata.stats.write_review(PORTFOLIO, path, lang="en", overwrite=True)
    assert path.read_bytes() != before
    with pytest.raises(UsageError, match=r"review\.xls does not end in \.xlsx"):
        esrdata.stats.write_review(PORTFOLIO, tmp_path / "review.xls")
    with pytest.raises(UsageError, match="'de' is not one of fi, sv, en"):
        esrdata.stats.write_review(PORTFOLIO, tmp_path / "other.xlsx", lang="de")
    with pytest.raises(UsageError, match="no kind of claims 'persons'"):
        esrdata.stats.write_review(PORTFOLIO, tmp_path / "other.xlsx", kinds=["persons"])


WORDS = {
    "fi": ("hyväksytty", "hylätty"),
    "sv": ("godkänd", "underkänd"),
    "en": ("accepted", "rejected"),
}


@pytest.mark.parametrize("lang", WORDS)
def test_decisions_come_back(reviewed: Callable[..., Path], lang: str) -> None:
    yes, no = WORDS[lang]
    path = reviewed(lang=lang, M2=yes, M3=f" {no.upper()} ", M5=yes, N5=110, O5=" sama ryhmä ")
    table = esrdata.stats.read_review(path)
    names = ("project_code", "section", "decision", "value_corrected", "note")
    assert rows(table, *names) == [
        ("S1", "final_report", "accepted", None, None),
        ("S1", "summary", "rejected", None, None),
        ("S2", "final_report", None, None, None),
        ("S2", "final_report", "accepted", 110, "sama ryhmä"),
    ]
    claims = claims_review.claims_of(PORTFOLIO, kinds="people")
    assert set(table["id"]) == set(claims["id"])
    assert [str(dtype) for dtype in table.dtypes] == [
        *["string"] * 3,
        *("Float64", "string", "Float64", "string"),
    ]
    assert table.attrs["population"] == "Claims in the workbook: 4."
    assert table.attrs["ignored_columns"] == []
    assert excluded(table)["The claim has no decision."] == 1


def test_an_empty_review_is_undecided(reviewed: Callable[..., Path]) -> None:
    table = esrdata.stats.read_review(reviewed(M2="  ", N2=" "))
    assert table["decision"].isna().all()
    assert table["value_corrected"].isna().all()


def test_what_reviewers_and_programs_do_to_a_workbook(reviewed: Callable[..., Path]) -> None:
    def hand(book: Any) -> None:
        first = book.worksheets[0]
        first.title = "Oma nimi"
        first["P1"], first["P4"], first["Q3"] = "Tarkastaja", "TT", "katso liite"
        first["C9"] = "Tarkastettu maanantaina"
        first.delete_rows(3)
        first.insert_rows(1)
        first["A1"] = "Kevään tarkastus"
        for place in (0, 2):
            book.create_sheet("Muistiinpanot", place)["A1"] = "Tunniste"
        book.create_chartsheet("Kuva", 0).add_chart(BarChart())

    table = esrdata.stats.read_review(reviewed(hand=hand, M2="hylätty"))
    assert rows(table, "project_code", "decision") == [
        ("S1", "rejected"),
        ("S2", None),
        ("S2", None),
    ]
    # The remark in Q3 went with its row.
    assert table.attrs["ignored_columns"] == ["Tarkastaja"]
    aside = "The row is outside the table: it has no id, decision, corrected value or note."
    assert excluded(table)[aside] == 1
    table = esrdata.stats.read_review(reviewed(Q3="katso liite", M2="hylätty"))
    assert table.attrs["ignored_columns"] == ["Q"]


def test_a_workbook_that_tells_a_wrong_size(reviewed: Callable[..., Path]) -> None:
    path = reviewed(M5=normalize("NFD", "hyväksytty"))
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b'ref="A1:O5"', b'ref="A1:B2"', 1)
    assert b'<dimension ref="A1:B2"' in parts[part]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert esrdata.stats.read_review(path)["decision"][3] == "accepted"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"G3": 9, "M3": "hyväksytty"}, r"value 9, but the text says 8 \('8 henkilöä'\)"),
        ({"G2": 2000, "M2": "hyväksytty"}, "value 2000, but the text says no number"),
    ],
)
def test_a_number_mended_in_its_own_cell_is_not_passed_over(
    reviewed: Callable[..., Path], cells: dict[str, Any], told: str
) -> None:
    decisions = esrdata.stats.read_review(reviewed(**cells))
    with pytest.raises(UsageError, match=told):
        esrdata.stats.accepted_claims(PORTFOLIO, decisions)


def test_columns_that_are_gone(reviewed: Callable[..., Path]) -> None:
    path = reviewed(M2="hyväksytty", hand=lambda book: book.worksheets[0].delete_cols(14, 2))
    table = esrdata.stats.read_review(path)
    assert rows(table, "decision", "value_corrected", "note")[0] == ("accepted", None, None)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (
            {"M3": "ehkä"},
            "Row 3 .* has the decision 'ehkä', which is none of hyväksytty, hylätty, ",
        ),
        ({"G4": "9 hlö"}, "Row 4 .* has the value '9 hlö', which is no number"),
        ({"N4": "noin 5"}, "Row 4 .* has the corrected value 'noin 5', which is no number"),
        ({"N4": "5"}, "Row 4 .* has the corrected value '5', which is no number"),
        ({"N4": -1}, "Row 4 .* has the corrected value '-1'"),
        ({"N4": True}, "Row 4 .* has the corrected value 'True'"),
        ({"N4": pd.Timestamp(2026, 5, 1)}, "Row 4 .* has the corrected value '2026-05-01 "),
        ({"N4": "=2+3"}, "Row 4 .* has a formula where a value should stand: type the value"),
        ({"A4": None, "M4": "hylätty"}, "Row 4 .* but no id"),
        ({"A7": None, "O7": "huom."}, "Row 7 .* but no id"),
        ({"P1": "päätös"}, "has the column 'Päätös' twice|has the column 'päätös' twice"),
    ],
)
def test_what_is_not_understood_is_refused(
    reviewed: Callable[..., Path], cells: dict[str, Any], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        esrdata.stats.read_review(reviewed(**cells))


def test_what_comes_twice_is_refused(reviewed: Callable[..., Path]) -> None:
    def copy_row(book: Any) -> None:
        book.worksheets[0]["A5"] = book.worksheets[0]["A3"].value

    with pytest.raises(UsageError, match=r"Row 5 .* repeats the id of row 3"):
        esrdata.stats.read_review(reviewed(hand=copy_row))

    def copy_sheet(book: Any) -> None:
        book.active.title = "A"
        book.copy_worksheet(book.active)

    path = reviewed(hand=copy_sheet)
    with pytest.raises(UsageError, match="several sheets of claims"):
        esrdata.stats.read_review(path)


def test_what_is_no_review_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pytest.raises(SourceError, match=r"a\.xlsx cannot be read \(No such file"):
        esrdata.stats.read_review(path)
    path.write_text("Tunniste;Päätös", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.xlsx is not a workbook"):
        esrdata.stats.read_review(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "")
    with pytest.raises(SourceError, match=r"a\.xlsx is not a workbook"):
        esrdata.stats.read_review(path)
    book = openpyxl.Workbook()
    book.active.append(["Tunniste", "Hankekoodi"])
    book.save(path)
    with pytest.raises(SourceError, match=r"a\.xlsx is not a review workbook"):
        esrdata.stats.read_review(path)


def test_only_accepted_claims_go_on(reviewed: Callable[..., Path]) -> None:
    cells = {"M3": "hyväksytty", "M2": "hylätty", "N2": 5, "M4": "hyväksytty", "N4": 25}
    decisions = esrdata.stats.read_review(reviewed(**cells, O4="korjattu"))
    table = esrdata.stats.accepted_claims(PORTFOLIO, decisions)
    names = ("project_code", "section", "value", "value_high", "value_stated", "note")
    assert rows(table, *names) == [
        ("S2", "final_report", 25, None, 20, "korjattu"),
        ("S1", "summary", 8, None, 8, None),
    ]
    assert list(table) == [*PORTFOLIO.claims, "value_stated", "note", "id"]
    assert table.attrs["population"] == "Claims accepted: 2 of 5."
    assert excluded(table) == {
        "The claim was rejected.": 1,
        "The claim is undecided.": 2,
        "A value was corrected and yet the claim is not accepted.": 1,
        "The claim was accepted but is not in this portfolio.": 0,
    }
    assert table.attrs["n_gone"] == 0


def test_claims_that_are_gone_are_told(reviewed: Callable[..., Path]) -> None:
    decisions = esrdata.stats.read_review(reviewed(M3="hyväksytty", M4="hyväksytty"))
    moved = PORTFOLIO.claims.assign(start=PORTFOLIO.claims["start"].replace(5, 6))
    later = type(PORTFOLIO)({**PORTFOLIO.tables, "claims": moved}, Path.cwd())
    table = esrdata.stats.accepted_claims(later, decisions)
    assert list(table["value"]) == [8]
    assert (table.attrs["n_gone"], table.attrs["gone"]) == (1, [decisions["id"][2]])
    assert excluded(table)["The claim was accepted but is not in this portfolio."] == 1


def test_decisions_that_do_not_fit_are_refused() -> None:
    claims = claims_review.claims_of(PORTFOLIO)
    some = pd.DataFrame({"id": claims["id"], "decision": "accepted"})
    assert len(esrdata.stats.accepted_claims(PORTFOLIO, some)) == 5
    with pytest.raises(UsageError, match="Decisions are a table with id and decision"):
        esrdata.stats.accepted_claims(PORTFOLIO, claims)
    with pytest.raises(UsageError, match="An id is missing or comes twice"):
        esrdata.stats.accepted_claims(PORTFOLIO, pd.concat([some, some]))
    with pytest.raises(UsageError, match="'yes' is none of accepted, rejected"):
        esrdata.stats.accepted_claims(PORTFOLIO, some.assign(decision="yes"))
    with pytest.raises(UsageError, match="row of project S7 but belongs to project S2: were only"):
        esrdata.stats.accepted_claims(PORTFOLIO, some.assign(project_code="S7"))
    twice = pd.concat([PORTFOLIO.claims, PORTFOLIO.claims])
    with pytest.raises(UsageError, match="Two claims have the same project"):
        claims_review.claims_of(twice)


def test_an_id_is_the_same_on_any_day() -> None:
    # sha256 of ["S1", "summary", 0, 10, "8 henkilöä"] in UTF-8, its first 16 digits
    claims = claims_review.claims_of(PORTFOLIO, section="summary")
    assert list(claims["id"]) == ["c67b3b4dec8e32dd4"]


def test_every_heading_means_one_column() -> None:
    for lang in load.LANGUAGES:
        headings = review_workbook.headings_of(lang)
        assert len({load.fold(heading) for heading in headings.values()}) == len(headings)
    meanings: dict[str, set[str]] = {}
    for lang in load.LANGUAGES:
        for name, heading in review_workbook.headings_of(lang).items():
            meanings.setdefault(load.fold(heading), set()).add(name)
    assert {h: names for h, names in meanings.items() if len(names) > 1} == {}


def test_a_long_sentence_is_cut_with_a_sign(tmp_path: Path) -> None:
    long = portfolio(claim("S1", 1, 0, sentence="a" * 40_000), names={"S1": "Yksi"})
    esrdata.stats.write_review(long, tmp_path / "a.xlsx")
    text = sheet(tmp_path / "a.xlsx")["L2"].value
    assert (len(text), text[-2:]) == (32_767, "a…")
