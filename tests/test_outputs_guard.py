"""What the program fails at in an output costs that part; the rest is written and says so."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from click.testing import CliRunner
from pages import eura2014_page

import esrdata
from esrdata import Portfolio, stats
from esrdata.cli import main
from esrdata.portfolio import excel
from esrdata.tables import overview as wide_module
from esrdata.tables import store

CODES = ["S20001", "S20002", "S20003"]
ODD = "S20002"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    folder = tmp_path_factory.mktemp("three")
    for code in CODES:
        page = eura2014_page().replace("S20001", code)
        (folder / f"{code}.txt").write_text(page, encoding="utf-8")
    return esrdata.read(folder)


@pytest.fixture
def odd_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of partners cannot be counted where one project is among others."""
    real = wide_module._partner_count

    def count(tables: dict[str, pd.DataFrame], codes: pd.Series) -> pd.Series:
        if ODD in set(codes):
            raise OverflowError("secret text of a file")
        return real(tables, codes)

    monkeypatch.setattr(wide_module, "_partner_count", count)


def test_one_odd_project_costs_its_row_of_the_overview(three: Portfolio, odd_days: None) -> None:
    with pytest.warns(RuntimeWarning, match=f"failed at figures of {ODD}: they are missing"):
        table = three.overview()
    assert list(table["project_code"]) == CODES
    assert list(table["partner_count"].isna()) == [False, True, False]
    assert list(table["public_total_planned"].isna()) == [False, True, False]
    assert table["name"].notna().all()
    assert list(table.attrs["failed"]) == [ODD]
    assert table.attrs["failed"][ODD].startswith("OverflowError < ")
    assert "secret" not in table.attrs["failed"][ODD]


def test_a_save_is_whole_and_tells_of_it(three: Portfolio, odd_days: None, tmp_path: Path) -> None:
    three.save(tmp_path / "out")
    back = esrdata.load(tmp_path / "out")
    found = back.issues[back.issues["code"] == "part_failed"]
    assert list(found["project_code"]) == [ODD]
    assert found["raw"].iloc[0].startswith("overview: OverflowError")
    assert "part_failed" in (tmp_path / "out" / "failures.log").read_text(encoding="utf-8")
    assert len(pd.read_csv(tmp_path / "out" / "overview.csv")) == 3


def test_a_table_that_is_no_csv_is_left_out_and_told_of(
    three: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.write_csv

    def write(table: pd.DataFrame, path: Path) -> None:
        if path.name == "funding.csv":
            path.write_text("half")
            raise ValueError("odd")
        real(table, path)

    monkeypatch.setattr(store, "write_csv", write)
    three.save(tmp_path / "out")
    assert not (tmp_path / "out" / "funding.csv").exists()
    back = esrdata.load(tmp_path / "out")
    assert back.funding.equals(three.funding)
    (raw,) = back.issues.loc[back.issues["code"] == "part_failed", "raw"]
    assert raw.startswith("funding.csv: ValueError < ")


def test_a_sheet_that_fails_is_a_sentence_and_the_others_are_whole(
    three: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = excel.labelled

    def labelled(table: pd.DataFrame, entries: excel.Entries, lang: str) -> pd.DataFrame:
        if "amount_eur" in table.columns:
            raise ValueError("odd")
        return real(table, entries, lang)

    monkeypatch.setattr(excel, "labelled", labelled)
    three.to_excel(tmp_path / "a.xlsx", lang="en", tables=["projects", "funding", "horizontal"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 3
    projects, funding, horizontal = book.worksheets
    assert projects.max_row == 4
    assert funding.max_row == 1
    assert "is missing because the program failed at it" in funding["A1"].value
    assert horizontal.max_row > 1


@pytest.mark.parametrize("command", ["table", "chart"])
def test_a_command_that_breaks_is_one_sentence_with_a_code_of_its_own(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absorption(portfolio: Portfolio, by: str | None = None) -> pd.DataFrame:
        raise ZeroDivisionError("secret text of a file")

    monkeypatch.setattr(stats, "absorption", absorption)
    (tmp_path / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    out = tmp_path / ("a.xlsx" if command == "table" else "a.svg")
    given = [command, "absorption", str(tmp_path / "a.txt"), "--out", str(out), "--lang", "en"]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 70
    assert done.stderr.count("\n") == 1
    assert "ZeroDivisionError < test_outputs_guard.py:" in done.stderr
    assert "secret" not in done.stderr
    assert not out.exists()


def test_a_full_disk_is_no_fault_of_a_table(
    three: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(table: pd.DataFrame, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_csv", write)
    with pytest.raises(esrdata.StoreError, match="No space left"):
        three.save(tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_full_disk_is_no_fault_of_a_workbook(
    three: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store(book: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", store)
    (tmp_path / "a.xlsx").write_text("old")
    with pytest.raises(esrdata.StoreError, match="No space left"):
        three.to_excel(tmp_path / "a.xlsx", tables=["projects"])
    assert (tmp_path / "a.xlsx").read_text() == "old"
    (tmp_path / "out").mkdir()
    with pytest.raises(esrdata.StoreError, match="No space left"):
        esrdata.report.write(three, tmp_path / "out", lang="en")
    assert list((tmp_path / "out").iterdir()) == []
