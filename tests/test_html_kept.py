"""Numbers that programs for spreadsheets keep beside what the cells of their pages show."""

from pathlib import Path

import pytest

from esrdata.documents.html.kept import with_numbers
from esrdata.documents.html.page import view_and_tags
from tests.list_grid import END, HEADINGS, PAID, ROWS, START, VALUES
from tests.test_merged_cells import contents, read


def row(cells: list[str], of: dict[int, str]) -> str:
    tags = (f"<td {of.get(j, '')}><font>{cell}</font></td>" for j, cell in enumerate(cells))
    return f"<tr>{''.join(tags)}</tr>"


@pytest.mark.parametrize("sign", ["sdval", "x:num"])
@pytest.mark.parametrize(
    ("number", "shown", "worth", "raw"),
    [
        # Rounded, scaled, without its minus, or in a way that may be another number.
        ("39720.5", "39 721", 39720.5, "39720.5"),
        ("39720.5", "39&nbsp;721 €", 39720.5, "39720.5"),
        ("39720.5", "39.7", 39720.5, "39720.5"),
        ("107832.85", "107,8 t€", 107832.85, "107832.85"),
        ("-194413", "194 413", -194413.0, "-194413"),
        ("46434", "46,434", 46434.0, "46434"),
        # As it is; a text says how it stands in the file.
        ("39720.5", "39 720,50", 39720.5, "39 720,50"),
        ("-100", "-100", -100.0, "-100"),
        ("-100", "(100)", -100.0, "(100)"),
        ("0", "0", 0.0, "0"),
        # A dash in place of zero, and a column too narrow.
        ("0", "-&nbsp;&nbsp; €", 0.0, "0"),
        ("39720.5", "###", 39720.5, "39720.5"),
        # No sum in euros, or another number: what is shown holds.
        ("389784", "389784 SEK", None, "389784 SEK"),
        ("0.45", "45 %", None, "45 %"),
        ("12", "39 720,50", 39720.5, "39 720,50"),
    ],
)
def test_the_number_is_read_where_less_is_shown(
    sign: str, number: str, shown: str, worth: float | None, raw: str, tmp_path: Path
) -> None:
    """39 720.50 shown without decimals had been 39,721 €, and a correction of −194,413 a grant."""
    of = {PAID: f'align=right {sign}="{number}" sdnum="1035;"'}
    first = [*ROWS[0][:PAID], shown, *ROWS[0][PAID + 1 :]]
    table = row(HEADINGS, {}) + row(first, of) + "".join(row(cells, {}) for cells in ROWS[1:])
    found = read(tmp_path / "lista.html", f"<html><body><table>{table}</table></body>".encode())
    want = [[*VALUES[0][:PAID], worth, *VALUES[0][PAID + 1 :]], *VALUES[1:]]
    assert [contents(record) for record in found.records] == want
    value = found.records[0].values["funding.eu_and_state.realised"]
    assert value.raw == raw


def test_a_day_is_no_number(tmp_path: Path) -> None:
    of = {START: 'sdval="42064" sdnum="1035;0;D.M.YYYY"', END: 'sdval="43159"'}
    table = row(HEADINGS, {}) + row(ROWS[0], of)
    found = read(tmp_path / "lista.html", f"<html><body><table>{table}</table></body>".encode())
    assert [contents(record) for record in found.records] == VALUES[:1]


def test_each_sign_of_a_number_has_its_place_in_the_page() -> None:
    cells = row(["S90001", "47 tuhatta", "57,6"], {2: 'sdval="57634"', 1: 'sdval="1"'})
    page = f"<table>{cells}</table>"
    text, starts, ends = with_numbers(page, view_and_tags(page).view)
    assert text == "S90001\t47 tuhatta\t57634"
    assert "".join(page[a:b] for a, b in zip(starts, ends, strict=True)) == "S9000147 tuhatta57634"
    assert starts.tolist() == sorted(starts)


def test_cells_that_nothing_ends_keep_theirs() -> None:
    page = '<table><tr><td>S90001<td sdval="39720.5">39 721<td sdval="5">5<tr><td>S90002'
    assert with_numbers(page, view_and_tags(page).view)[0] == "S90001\t39720.5\t5\nS90002"


@pytest.mark.parametrize(
    ("shown", "worth"),
    [
        ("<b>39720</b><i>50</i>", None),
        ("<b>39720</b><i>,50</i>", 39720.5),
        ("<b>39720</b>", 39720.0),
        ("39&shy;720", 39720.0),
    ],
)
def test_digits_in_several_elements_are_not_one_number(
    shown: str, worth: float | None, tmp_path: Path
) -> None:
    """Cents in an element of their own had made 39,720.50 € 3,972,050 €."""
    first = [*ROWS[0][:PAID], shown, *ROWS[0][PAID + 1 :]]
    table = row(HEADINGS, {}) + row(first, {})
    found = read(tmp_path / "lista.html", f"<html><body><table>{table}</table></body>".encode())
    want = [*VALUES[0][:PAID], worth, *VALUES[0][PAID + 1 :]]
    assert [contents(record) for record in found.records] == [want]
