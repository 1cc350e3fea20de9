"""Any table that is saved, or written as CSV, Excel or HTML, comes back as it was or is refused."""

import io
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pages import eura2014_page, read_pages

import esrdata
from esrdata import Portfolio, StoreError
from esrdata.tables.columns import typed
from esrdata.tables.csv_file import write_csv
from esrdata.terminal import visible

KEPT = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# A whole save or workbook takes half a second.
FEW = settings(KEPT, max_examples=6)
# Any sign there is, and those that formulas, tags, quotes and lines are made of more often.
SIGNS = st.characters(codec="utf-8") | st.sampled_from(
    "=+-@＝；;,\t\n\r\"'<>&\\\u2028\u202e\x1b\x00 "
)
WORDS = st.text(SIGNS, max_size=12)
SUMS = st.none() | st.floats(-1e12, 1e12).map(lambda x: round(x, 2))
ROWS = st.lists(st.tuples(WORDS, st.none() | WORDS, SUMS), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return read_pages(tmp_path_factory.mktemp("source"), eura2014_page())


def filled(portfolio: Portfolio, rows: list[tuple[str, str | None, float | None]]) -> Portfolio:
    """A portfolio whose partners and sums are these."""
    frames = {}
    for name, keys in (("partners", ("name", "role")), ("funding", ("amount_eur",))):
        taken = [row[:2] if name == "partners" else row[2:] for row in rows]
        cells = [{"project_code": "S20001", **dict(zip(keys, row, strict=True))} for row in taken]
        columns = portfolio.tables[name].columns
        frames[name] = typed(name, pd.DataFrame(cells).reindex(columns=columns))
    return Portfolio({**portfolio.tables, **frames}, portfolio.base, portfolio.shelf)


@pytest.mark.slow
@FEW
@given(ROWS)
def test_saved_and_loaded_is_equal_or_refused(
    portfolio: Portfolio, rows: list[tuple[str, str | None, float | None]]
) -> None:
    made = filled(portfolio, rows)
    with tempfile.TemporaryDirectory() as place:
        try:
            made.save(place)
        except StoreError:
            return
        back = esrdata.load(place)
        for name in ("partners", "funding"):
            pd.testing.assert_frame_equal(back.tables[name], made.tables[name])


@KEPT
@given(ROWS)
@example([(" =1+1", "\r", None), ("a\r\nb", "\u00a0＝1", 1.5)])
def test_csv_holds_every_cell(rows: list[tuple[str, str | None, float | None]]) -> None:
    table = pd.DataFrame(rows, columns=["name", "role", "amount"])
    table = table.astype({"name": "string", "role": "string", "amount": "Float64"})
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "a.csv"
        write_csv(table, path)
        back = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    assert list(back.columns) == list(table.columns)
    assert len(back) == len(table)
    for column in ("name", "role"):
        for was, now in zip(table[column], back[column], strict=True):
            assert now.lstrip("'") == ("" if pd.isna(was) else shown(was)).lstrip("'")
            # No cell is a formula.
            assert not now.lstrip().startswith(("=", "+", "@", "＝", "＋", "＠"))
    for was, now in zip(table["amount"], back["amount"], strict=True):
        assert now == "" if pd.isna(was) else float(now) == was


def shown(text: str) -> str:
    """A text as a CSV file has it: line ends of one kind, signs that steer as codes."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.slow
@FEW
@given(ROWS)
def test_excel_and_html_hold_every_cell(
    portfolio: Portfolio, rows: list[tuple[str, str | None, float | None]]
) -> None:
    made = filled(portfolio, rows)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "a.xlsx"
        made.to_excel(path)
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        cells = [row for sheet in book for row in sheet.iter_rows()]
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]
    found = {str(cell.value) for row in cells for cell in row if cell.value is not None}
    for name, _, _ in rows:
        if plain(name):
            assert plain(name) in {plain(text) for text in found}
    table = made.partners[["name", "role"]]
    page = lxml_html.fromstring(f"<div>{table.to_html()}</div>")
    assert page.xpath("count(//tbody/tr)") == len(rows)
    assert {element.tag for element in page.iter()} <= {
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def plain(text: str) -> str:
    """A text without what a workbook cannot hold or shows by a code."""
    return "".join(sign for sign in visible(text) if sign.isalnum())
