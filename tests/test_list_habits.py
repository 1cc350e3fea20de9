"""What programs and people do to lists when they save them: guards, links, other separators."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

import esrdata
from tests.list_grid import (
    AXIS,
    ELEMENTS,
    END,
    FIELDS,
    GRANTED,
    HEADINGS,
    ROWS,
    VALUES,
    WHO,
    page,
    xml,
)
from tests.test_merged_cells import contents, html, plain, read


def lines(rows: list[list[str]], divider: str = ";") -> bytes:
    return "".join(f"{divider.join(row)}\n" for row in [HEADINGS, *rows]).encode()


@pytest.mark.parametrize("quoted", [False, True])
def test_a_formula_that_says_a_text_is_that_text_in_every_column(
    quoted: bool, tmp_path: Path
) -> None:
    def guarded(text: str) -> str:
        return f'"=""{text}"""' if quoted else f'="{text}"'

    rows = [[guarded(cell) for cell in row] for row in ROWS]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record) for record in found.records] == VALUES
    assert [f for record in found.records for f in record.findings] == []


def test_a_guarded_cell_with_nothing_in_it_is_blank(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:8], '=""', '="-"', *ROWS[0][10:]], *ROWS[1:]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert contents(found.records[0]) == [*VALUES[0][:8], None, None, *VALUES[0][10:]]
    blank = [found.records[0].values[name] for name in FIELDS[8:10]]
    assert [value.status.value for value in blank] == ["blank", "blank"]


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_link_made_by_a_formula_says_its_text(sign: str, tmp_path: Path) -> None:
    def link(text: str) -> str:
        return f'=HYPERLINK("https://example.org/?a=1&b=2"{sign}"{text}")'

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    for row in ROWS:
        page.append([link(row[0]), row[1], link(row[2]), *row[3:]])
    book.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx", (tmp_path / "lista.xlsx").read_bytes())
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize("gap", [" ", "\u00a0"])
def test_a_gap_behind_the_letter_of_a_code_is_no_part_of_it(gap: str, tmp_path: Path) -> None:
    rows = [[f"{row[0][0]}{gap}{row[0][1:]}", *row[1:]] for row in ROWS]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record) for record in found.records] == VALUES


def test_a_code_with_another_gap_is_told(tmp_path: Path) -> None:
    rows = [["S9 0001", *ROWS[0][1:]], ["S - 90002", *ROWS[1][1:]], ROWS[2]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [record.code for record in found.records] == ["A90003"]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"] * 2


@pytest.mark.parametrize("note", ["*", " **", "\u00b9", "\u00b2)", " (1)", "[2]", " 1)", " *)"])
def test_the_mark_of_a_note_is_no_part_of_a_code(note: str, tmp_path: Path) -> None:
    rows = [[row[0] + note, *row[1:]] for row in ROWS]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record) for record in found.records] == VALUES
    assert found.records[0].values[FIELDS[0]].raw == ROWS[0][0] + note


@pytest.mark.parametrize("more", ["1)", ")", " a", "/1", "-2", " (12345)", " S90009", "."])
def test_what_may_be_part_of_another_code_is_told(more: str, tmp_path: Path) -> None:
    found = read(tmp_path / "lista.csv", lines([[ROWS[0][0] + more, *ROWS[0][1:]], *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


def test_headings_in_the_letters_of_english_are_known(tmp_path: Path) -> None:
    # As clean_names() of R and names of columns in databases write them.
    plain_letters = str.maketrans("äöåÄÖÅ", "aoaAOA")
    for sign in ("_", " ", "."):
        names = [h.translate(plain_letters).lower().replace(" ", sign) for h in HEADINGS]
        text = "\n".join(map(";".join, [names, *ROWS])) + "\n"
        found = read(tmp_path / "lista.csv", text.encode())
        assert [contents(record) for record in found.records] == VALUES
        assert found.findings == []


@pytest.mark.parametrize("note", ["\u00b9", " \u00b2)", " 1)", "*", " *)"])
def test_the_mark_of_a_note_is_no_part_of_a_heading(note: str, tmp_path: Path) -> None:
    names = [*HEADINGS[:GRANTED], HEADINGS[GRANTED] + note, *HEADINGS[GRANTED + 1 :]]
    text = "\n".join(map(";".join, [names, *ROWS])) + "\n"
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES
    assert found.findings == []


@pytest.mark.parametrize("more", [" (2)", " 2", ".1", " 2016"])
def test_a_number_behind_a_heading_makes_it_another(more: str, tmp_path: Path) -> None:
    names = [*HEADINGS[:GRANTED], HEADINGS[GRANTED] + more, *HEADINGS[GRANTED + 1 :]]
    text = "\n".join(map(";".join, [names, *ROWS])) + "\n"
    found = read(tmp_path / "lista.csv", text.encode())
    want = [[*row[:GRANTED], None, *row[GRANTED + 1 :]] for row in VALUES]
    assert [contents(record) for record in found.records] == want
    assert [(f.code, f.raw) for f in found.findings] == [
        ("list_column_unknown", HEADINGS[GRANTED] + more)
    ]


@pytest.mark.parametrize("divider", ["\t", ";"])
@pytest.mark.parametrize("quote", ['"', ""])
def test_numbers_that_r_writes_before_rows_are_no_cells(
    quote: str, divider: str, tmp_path: Path
) -> None:
    # write.table() gives them no heading.
    table = [HEADINGS, *([str(i), *row] for i, row in enumerate(ROWS, start=1))]
    text = "".join(divider.join(f"{quote}{c}{quote}" for c in row) + "\n" for row in table)
    found = read(tmp_path / "lista.txt", text.encode())
    assert [contents(record) for record in found.records] == VALUES
    # What is no number, or stands before a row that lacks another cell, is told.
    for first, row in (("x", ROWS[0]), ("1", [*ROWS[0][:3], *ROWS[0][4:], ""])):
        text = "".join(divider.join(r) + "\n" for r in [HEADINGS, [first, *row], ["2", *ROWS[1]]])
        found = read(tmp_path / "lista.txt", text.encode())
        assert [contents(record) for record in found.records] == VALUES[1:2]
        assert [f.code for f in found.findings] == ["list_row_unreadable"]


def test_a_quote_behind_a_backslash_is_one_in_a_name(tmp_path: Path) -> None:
    """As programs for databases write it; the name had kept the quotes around it."""
    rows = [[*row] for row in ROWS]
    rows[0][2], rows[1][2], rows[2][2] = r'"Kylän \"uusi\" aamu"', r'"Taidot; \"me\""', r'"C:\\"'
    text = "".join(";".join(row) + "\n" for row in [HEADINGS, *rows])
    found = read(tmp_path / "lista.csv", text.encode())
    names = ['Kylän "uusi" aamu', 'Taidot; "me"', "C:\\\\"]
    wanted = [[*v[:2], name, *v[3:]] for v, name in zip(VALUES, names, strict=True)]
    assert [contents(record) for record in found.records] == wanted


def test_a_star_and_a_stroke_in_cells_are_no_markdown(tmp_path: Path) -> None:
    names = ["**Kylän** uusi *aamu*", "# Taidot [ja](me)", r"Puusta \* \[pidemmälle\]"]
    rows = [[*row[:2], name, *row[3:]] for row, name in zip(ROWS, names, strict=True)]
    text = "".join(";".join(row) + "\n" for row in [HEADINGS, *rows])
    found = read(tmp_path / "lista.csv", text.encode())
    assert [record.content("projects.name") for record in found.records] == names


def test_a_cell_of_several_lines_in_a_markdown_table_is_one(tmp_path: Path) -> None:
    rows = [[*HEADINGS], *([*row] for row in ROWS)]
    rows[0][9] = rows[0][9].replace(" ja", "<br>ja")
    rows[1][2], rows[1][8] = "Kylän<br/>uusi aamu", "Mallilan<br>kaupunki"
    table = "".join(f"| {' | '.join(row)} |\n" for row in [rows[0], ["---"] * 13, *rows[1:]])
    prose = "".join(f"Kappaleessa {i} kerrotaan **hankkeista**.\n\n" for i in range(12))
    for text in (table, f"# Raportti\n\n{prose}{table}"):
        found = read(tmp_path / "lista.md", text.encode())
        assert [contents(record) for record in found.records] == VALUES


def test_the_mark_of_a_note_behind_a_heading_in_quotes_is_none_of_it(tmp_path: Path) -> None:
    heads = [f'"{h} 1)"' if h.startswith("Myönnetty") else f'"{h}"' for h in HEADINGS]
    text = "".join(";".join(row) + "\n" for row in [heads, *ROWS])
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES


def test_sums_that_slipped_into_a_name_between_bars_are_told(tmp_path: Path) -> None:
    """Of a heading that broke off the last column takes what stands behind it."""
    rows = [HEADINGS[:9], *ROWS]
    found = read(tmp_path / "lista.csv", "".join("|".join(r) + "\n" for r in rows).encode())
    assert not any(record.content(FIELDS[8]) for record in found.records)


def test_notes_in_columns_without_a_heading_leave_the_quotes_of_names_alone(tmp_path: Path) -> None:
    """They had made it a list that quotes nothing, whose names kept their quotes."""
    rows = [[*row, "ok", "", "ks. liite"] for row in ROWS]
    rows[0][2], rows[1][2] = '"Kylän ""uusi"" aamu"', '"Taidot; työ ja me"'
    text = "".join(";".join(row) + "\n" for row in [[*HEADINGS, "", "", ""], *rows])
    found = read(tmp_path / "lista.csv", text.encode())
    wanted = [[*row] for row in VALUES]
    wanted[0][2], wanted[1][2] = 'Kylän "uusi" aamu', "Taidot; työ ja me"
    assert [contents(record) for record in found.records] == wanted
    assert [(f.code, f.raw) for f in found.findings] == [("list_column_unknown", "14")]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "utf-16", "utf-8-sig"])
def test_a_list_is_decoded_as_its_program_wrote_it(encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path / "lista.csv", lines(ROWS).decode().encode(encoding))
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        # One day whose order is sure shows that of the others; 2/2 is the same day in both.
        (["02/01/2015", "12/31/2017", "3-1-2016"], ["2015-02-01", "2017-12-31", "2016-03-01"]),
        (["02/01/2015", "31/12/2017", "3/1/2016"], ["2015-01-02", "2017-12-31", "2016-01-03"]),
        (["02/01/2015", "12/31/2017", "31/12/2017"], [None, "2017-12-31", "2017-12-31"]),
        (["02/01/2015", "02/02/2016", "1.12.2017"], [None, "2016-02-02", "2017-12-01"]),
        (["02/01/2015 0:00", "12/31/2017", "2/30/2016"], ["2015-02-01", "2017-12-31", None]),
        (["02/01/15", "12/31/2017", "5/6/0000"], [None, "2017-12-31", None]),
    ],
)
@pytest.mark.parametrize("column", [6, 7])
def test_days_in_two_orders_are_read_by_the_others(
    cells: list[str], days: list[str | None], column: int, tmp_path: Path
) -> None:
    both = zip(ROWS, cells, strict=True)
    rows = [[*row[:column], cell, *row[column + 1 :]] for row, cell in both]
    found = read(tmp_path / "lista.csv", lines(rows))
    contents_of = [record.content(FIELDS[column]) for record in found.records]
    assert [None if day is None else str(day) for day in contents_of] == days
    told_of = [any(f.field == FIELDS[column] for f in record.findings) for record in found.records]
    assert told_of == [day is None for day in days]


def test_a_month_is_no_sum(tmp_path: Path) -> None:
    cells = ["12.2015", "1.2016", "13.2015"]
    rows = [
        [*row[:GRANTED], cell, *row[GRANTED + 1 :]] for row, cell in zip(ROWS, cells, strict=True)
    ]
    found = read(tmp_path / "lista.csv", lines(rows))
    sums = [record.content(FIELDS[GRANTED]) for record in found.records]
    assert sums == [None, None, 13.2015]
    codes = [[f.code for f in record.findings] for record in found.records]
    assert codes == [["value_ambiguous"], ["value_ambiguous"], []]


_SWEDISH = [
    "Kod", "Fond", "Projektets namn", "Prioritet", "Myndighet", "Läge", "Startdatum", "Slutdatum",
    "Genomförare", "Utfallen finansiering", "Beviljad finansiering", "Planerad", "Utfallen",
]  # fmt: skip


@pytest.mark.parametrize("between", ["", "\n", "\nProjekt 2016\n"])
def test_rows_below_a_heading_that_no_list_has_are_told(between: str, tmp_path: Path) -> None:
    # As many cells as the list above, with the sums in another order.
    other = [*ROWS[2][:GRANTED], "0", "117967", *ROWS[2][GRANTED + 2 :]]
    text = lines(ROWS[:2]).decode() + between + ";".join(_SWEDISH) + "\n" + ";".join(other) + "\n"
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES[:2]
    quoted = [f.raw for f in found.findings if f.code == "list_row_unreadable"]
    assert quoted == [";".join(_SWEDISH), ";".join(other)]
    # The list goes on where its own heading stands again.
    found = read(tmp_path / "lista.csv", (text + lines(ROWS[2:]).decode()).encode())
    assert [contents(record) for record in found.records] == VALUES


def test_rows_of_another_table_above_are_told(tmp_path: Path) -> None:
    text = ";".join(_SWEDISH) + "\n" + ";".join(["S90009", *ROWS[0][1:]]) + "\n\n"
    found = read(tmp_path / "lista.csv", text.encode() + lines(ROWS))
    assert [contents(record) for record in found.records] == VALUES
    quoted = [f.raw for f in found.findings if f.code == "list_row_unreadable"]
    assert quoted == [";".join(["S90009", *ROWS[0][1:]])]


@pytest.mark.parametrize(
    "row", [["A", *"BCDEFGHIJKLM"], ["Toimintalinja neljä"] * 13, ["TL neljä", *[""] * 12]]
)
def test_a_row_of_letters_or_of_one_text_ends_no_list(row: list[str], tmp_path: Path) -> None:
    found = read(tmp_path / "lista.csv", lines([ROWS[0], row, *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES


def test_a_list_of_a_map_is_read(tmp_path: Path) -> None:
    place = {"type": "Point", "coordinates": [24.9, 60.2]}
    shown = [
        {"type": "Feature", "geometry": place, "properties": dict(zip(HEADINGS, row, strict=True))}
        for row in ROWS
    ]
    text = json.dumps({"type": "FeatureCollection", "name": "lista", "features": shown})
    found = read(tmp_path / "lista.geojson", text.encode())
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize(
    ("end", "rows", "quoted"),
    [
        ("</projektilista>", 3, 0),
        ("</projekti>\n</projektilista>", 2, 1),
        # Its last sum would be 0, 36 or 4936.
        ("</projekti>", 2, 1),
        ("</julkinenrahoitustoteutunut></projekti>", 2, 1),
        ("1.25</julkinenrahoitustoteutunut></projekti>", 2, 1),
        ("<julkinenrahoitustoteutunut>49361.25</julkinenrahoitustoteutunut></projekti>", 2, 1),
        ("<aloituspvm>1.3.2015</aloituspvm>", 2, 1),
    ],
)
def test_a_row_in_which_a_download_broke_off_is_quoted(
    end: str, rows: int, quoted: int, tmp_path: Path
) -> None:
    text = xml(HEADINGS, [ROWS[2], ROWS[1], ROWS[0]]).decode()
    found = read(tmp_path / "lista.xml", text[: text.rindex(end)].encode())
    want = [VALUES[2], VALUES[1], VALUES[0]][:rows]
    assert [contents(record) for record in found.records] == want
    assert [f.code for f in found.findings] == ["list_row_unreadable"] * quoted
    portfolio = esrdata.read(tmp_path / "lista.xml")
    assert "page_cut_off" in set(portfolio.issues["code"])
    (tmp_path / "lista.xml").write_bytes(text.encode())
    assert "page_cut_off" not in set(esrdata.read(tmp_path / "lista.xml").issues["code"])


@pytest.mark.parametrize(
    ("end", "rows"), [("</td></tr>", 2), ("61.25</td></tr>", 2), ("</tr>", 3), ("</table>", 3)]
)
def test_a_row_in_which_a_page_broke_off_is_quoted(end: str, rows: int, tmp_path: Path) -> None:
    shown = [ROWS[2], ROWS[1], ROWS[0]]
    text = page(HEADINGS, shown).decode()
    found = read(tmp_path / "lista.html", text[: text.rindex(end)].encode())
    assert [contents(record) for record in found.records] == [VALUES[i] for i in (2, 1, 0)][:rows]
    quoted = [f.code for f in found.findings if f.code == "list_row_unreadable"]
    assert quoted == ["list_row_unreadable"] * (3 - rows)


def _lost(text: bytes, tmp_path: Path) -> tuple[list[list[object]], list[str]]:
    found = read(tmp_path / "lista.xml", text)
    quoted = [f"{f.line} {f.raw}" for f in found.findings if f.code == "list_row_unreadable"]
    return [contents(record) for record in found.records], quoted


def test_a_row_of_xml_whose_tag_was_lost_is_told(tmp_path: Path) -> None:
    whole = xml(HEADINGS, ROWS)
    second = b"<projekti><koodi>S90002"
    assert _lost(whole, tmp_path) == (VALUES, [])
    # Without its first tag its cells stand in no row.
    rows, quoted = _lost(whole.replace(second, b"<koodi>S90002"), tmp_path)
    assert rows == [VALUES[0], VALUES[2]]
    assert [text[:24] for text in quoted] == ["3 <koodi>S90002</koodi><"]
    # Without its last tag the first row holds the others, which are the rows.
    rows, quoted = _lost(whole.replace(b"</projekti>\n" + second, b"\n" + second), tmp_path)
    assert rows == [VALUES[1], VALUES[2]]
    assert [text[:24] for text in quoted] == ["2 <koodi>S90001</koodi><"]
    # What stands in a comment is none, whatever its name.
    hidden = b"<!-- <projekti><koodi>S90009</koodi></projekti> -->"
    assert _lost(whole.replace(b"</projektilista>", hidden + b"</projektilista>"), tmp_path) == (
        VALUES,
        [],
    )
    other = whole.replace(b"<koodi>", b"<x:koodi>").replace(b"</koodi>", b"</x:koodi>")
    assert _lost(other, tmp_path) == (VALUES, [])


def test_bars_divide_cells(tmp_path: Path) -> None:
    found = read(tmp_path / "lista.txt", lines(ROWS, "|"))
    assert [contents(record) for record in found.records] == VALUES
    assert found.findings == []


_PLACES = ["Hankekoodi", "Rahasto", "Hankkeen nimi", "Toteuttajan nimi", "Aloituspvm"]
_PLACES += ["Päättymispvm", "Sijainti"]


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ('"Uusimaa\nKainuu"', ["Uusimaa", "Kainuu"]),
        ('"Uusimaa,\nKainuu\n"', ["Uusimaa", "Kainuu"]),
        ('"Etelä-\nSavo"', ["Etelä- Savo"]),
        ('="Uusimaa, Kainuu"', ["Uusimaa", "Kainuu"]),
        ('"=""Uusimaa, Kainuu"""', ["Uusimaa", "Kainuu"]),
        ('="Lappi"', ["Lappi"]),
    ],
)
def test_places_in_a_cell_stand_on_lines_of_their_own(
    cell: str, places: list[str], tmp_path: Path
) -> None:
    row = ["S30001", "ESR+", "Sillat", "Malli ry", "1.1.2023", "31.12.2024", cell]
    text = "\n".join(map(";".join, [_PLACES, row]))
    (record,) = read(tmp_path / "lista.csv", text.encode()).records
    found = [record.content(f"locations.region.{i}") for i in range(len(places))]
    assert found == places
    assert f"locations.region.{len(places)}" not in record.values


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("100<br>200", None),
        ("<p>46</p><p>434</p>", None),
        ("46<br><br>434,50", None),
        ("46 434<br>12 000", None),
        ("ESR 100<br>valtio 200", None),
        # One number, with its unit below it or a blank line.
        ("46 434<br>euroa", 46434.0),
        ("46 434,00<br>&nbsp;", 46434.0),
    ],
)
def test_sums_on_lines_of_their_own_are_not_one_sum(
    cell: str, amount: float | None, tmp_path: Path
) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][GRANTED] = (cell, 1, 1)
    record = read(tmp_path / "lista.html", html(rows)).records[0]
    assert contents(record) == [*VALUES[0][:GRANTED], amount, *VALUES[0][GRANTED + 1 :]]
    told = [finding.code for finding in record.findings]
    assert told == ([] if amount else ["value_unreadable"])


@pytest.mark.parametrize(
    ("cell", "axis"),
    [
        ("5<br>4", None),
        ("3 ja 4", None),
        ("3 / 4", None),
        ("TL 3, 4", None),
        ("3 Työllisyys, 4 Koulutus", None),
        ("3<br>Työllisyys", 3),
        ("3. Työllisyys ja työvoiman liikkuvuus", 3),
        ("TL 3 (ESR)", 3),
    ],
)
def test_two_axes_in_a_cell_are_not_the_first_one(
    cell: str, axis: int | None, tmp_path: Path
) -> None:
    rows = [plain(HEADINGS), *map(plain, ROWS)]
    rows[1][AXIS] = (cell, 1, 1)
    record = read(tmp_path / "lista.html", html(rows)).records[0]
    assert record.content("projects.priority_axis") == axis
    assert [finding.code for finding in record.findings] == ([] if axis else ["value_unreadable"])


@pytest.mark.parametrize(
    ("cell", "objective"),
    [
        ("4.1 ja 4.2", None),
        ("4.1 / 4.2", None),
        ("4.1\n4.2", None),
        ("4.1 Polkuja töihin", "4.1"),
        ("4,1", "4.1"),
    ],
)
def test_two_objectives_in_a_cell_are_not_the_first_one(
    cell: str, objective: str | None, tmp_path: Path
) -> None:
    headings = [*_PLACES[:-1], "Et"]
    row = ["S30001", "ESR+", "Sillat", "Malli ry", "1.1.2023", "31.12.2024", f'"{cell}"']
    text = "\n".join(map(";".join, [headings, row]))
    (record,) = read(tmp_path / "lista.csv", text.encode()).records
    assert record.content("projects.specific_objective") == objective


def test_two_elements_in_a_cell_of_xml_are_two_texts(tmp_path: Path) -> None:
    def written(row: list[str], granted: str) -> str:
        cells = [f"<{n}>{v}</{n}>" for n, v in zip(ELEMENTS, row, strict=True)]
        cells[GRANTED] = f"<{ELEMENTS[GRANTED]}>{granted}</{ELEMENTS[GRANTED]}>"
        return f"<hanke>{''.join(cells)}</hanke>"

    granted = ROWS[1][GRANTED]
    # As one number they would be 46200, in euros.
    two = written(ROWS[0], "<eu>46</eu>\n <valtio>200</valtio>")
    one = written(ROWS[1], f"<arvo>{granted}</arvo>")
    text = f"<hankkeet>{two}{one}</hankkeet>"
    apart, together = read(tmp_path / "lista.xml", text.encode()).records
    assert contents(apart) == [*VALUES[0][:GRANTED], None, *VALUES[0][GRANTED + 1 :]]
    assert [(f.code, f.field) for f in apart.findings] == [("value_ambiguous", FIELDS[GRANTED])]
    assert contents(together) == VALUES[1]


def test_an_element_that_stands_twice_in_a_row_of_xml_is_told(tmp_path: Path) -> None:
    def written(row: list[str], more: str = "") -> str:
        cells = (f"<{n}>{v}</{n}>" for n, v in zip(ELEMENTS, row, strict=True))
        return f"<hanke>{''.join(cells)}{more}</hanke>"

    again = [(ELEMENTS[WHO], "Malli Oy"), (ELEMENTS[GRANTED], "200")]
    twice = "".join(f"<{name}>{value}</{name}>" for name, value in again)
    first = [*ROWS[0][:GRANTED], "46", *ROWS[0][GRANTED + 1 :]]
    text = f"<hankkeet>{written(first, twice)}{written(ROWS[1])}</hankkeet>"
    one, other = read(tmp_path / "lista.xml", text.encode()).records
    assert contents(one) == [*VALUES[0][:WHO], None, None, *VALUES[0][GRANTED + 1 :]]
    assert [(f.code, f.field) for f in one.findings] == [
        ("value_ambiguous", FIELDS[WHO]),
        ("value_ambiguous", FIELDS[GRANTED]),
    ]
    assert contents(other) == VALUES[1]


def test_two_cells_of_other_columns_are_enough_to_refuse_a_row(tmp_path: Path) -> None:
    # The office was lost and a cell came in before the sums: the start would be the day of the end.
    moved = [*ROWS[0][:4], *ROWS[0][5:9], "", *ROWS[0][9:]]
    assert moved[6] == ROWS[0][END] and len(moved) == len(HEADINGS)
    found = read(tmp_path / "lista.csv", lines([moved, *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


def test_a_sign_that_came_into_a_day_makes_a_row_one_that_has_moved(tmp_path: Path) -> None:
    # 15.3.2015 would be the fifth, the state 1, and the office have swallowed the state.
    broken = [*ROWS[0][:6], "1", "5.3.2015", *ROWS[0][7:]]
    found = read(tmp_path / "lista.csv", lines([broken, *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        # Five of the seven columns that every list has are filled, and four of them.
        (["", "ESR", "Kylän aamu", "", "", "Toiminnassa", "1.3.2015", "", "Malli"], "unreadable"),
        (["", "ESR", "Kylän aamu", "", "", "Toiminnassa", "1.3.2015", "", ""], "outside"),
    ],
)
def test_a_row_without_a_code_is_a_row_by_its_cells(
    row: list[str], code: str, tmp_path: Path
) -> None:
    found = read(tmp_path / "lista.csv", lines([ROWS[0], [*row, "", "", "", ""], *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES
    assert [f.code for f in found.findings] == [
        {"unreadable": "list_row_unreadable", "outside": "list_line_outside"}[code]
    ]


_BLANK_END = [*ROWS[1][:-1], ""]


@pytest.mark.parametrize(
    ("changed", "read_too"),
    [
        # A sum was lost: the others would each be one of another column.
        ([*ROWS[0][:10], *ROWS[0][11:]], False),
        # The sign between two sums was lost: 46434 and 39720 would be 4643439720.
        ([*ROWS[0][:9], "4643439720", *ROWS[0][11:]], False),
        # An empty cell came in, and the empty end of the row went out.
        ([*ROWS[0][:9], "", *ROWS[0][9:-1], ""], False),
        # A sign came into a sum.
        ([*ROWS[0][:9], "46", "434", *ROWS[0][10:-1], ""], False),
        (ROWS[0], True),
    ],
)
@pytest.mark.parametrize("divider", [";", "\t"])
def test_a_row_of_another_length_than_the_others_is_told(
    changed: list[str], read_too: bool, divider: str, tmp_path: Path
) -> None:
    for table in ([changed, _BLANK_END, ROWS[2]], [_BLANK_END, changed, ROWS[2]]):
        found = read(tmp_path / "lista.csv", lines(table, divider))
        blank = [*VALUES[1][:-1], None]
        want = [VALUES[0], blank, VALUES[2]] if read_too else [blank, VALUES[2]]
        assert sorted(map(contents, found.records), key=str) == sorted(want, key=str)
        codes = [] if read_too else ["list_row_unreadable"]
        assert [finding.code for finding in found.findings] == codes


def test_rows_that_end_early_together_are_read(tmp_path: Path) -> None:
    # Excel leaves out the last column in blocks of rows that have nothing in it.
    table = [*(ROWS[i][:-1] for i in (0, 1)), _BLANK_END, ["S90009", *ROWS[2][1:]], ROWS[2]]
    found = read(tmp_path / "lista.csv", lines(table))
    assert [record.code for record in found.records] == [
        "S90001", "S90002", "S90002", "S90009", "A90003",
    ]  # fmt: skip
    assert contents(found.records[0]) == [*VALUES[0][:-1], None]
    short = [[f.code for f in record.findings] for record in found.records]
    assert short == [["list_row_short"], ["list_row_short"], [], [], []]


def test_sums_are_refused_where_every_row_is_shorter_than_the_headings(tmp_path: Path) -> None:
    # A heading came in before the sums, or the last column went: nobody can say.
    heads = [*HEADINGS[:GRANTED], "Huom.", *HEADINGS[GRANTED:]]
    text = "\n".join(map(";".join, [heads, *ROWS])) + "\n"
    (first, *_) = read(tmp_path / "lista.csv", text.encode()).records
    assert contents(first) == [*VALUES[0][:GRANTED], *[None] * 4]
    assert {finding.code for finding in first.findings} == {"value_ambiguous", "list_row_short"}


def test_an_empty_cell_behind_every_row_costs_none_of_them(tmp_path: Path) -> None:
    table = [[*ROWS[0], ""], [*_BLANK_END, ""], [*ROWS[2][:GRANTED], "n. 500", *ROWS[2][10:], ""]]
    found = read(tmp_path / "lista.csv", lines(table))
    third = [*VALUES[2][:GRANTED], None, *VALUES[2][GRANTED + 1 :]]
    assert [contents(r) for r in found.records] == [VALUES[0], [*VALUES[1][:-1], None], third]
    assert [finding.code for finding in found.findings] == ["list_stray_separators"]
    # Rows that are refused for something else do not count among those that have it or not.
    odd = [[f"S9990{i}", *ROWS[0][1:], "x", "y"] for i in (1, 2)]
    found = read(tmp_path / "lista.csv", lines([ROWS[1], *odd, table[0], table[2]]))
    assert [contents(record) for record in found.records] == [VALUES[1], VALUES[0], third]
    # Behind one row alone it is no stray one where something else is odd.
    found = read(tmp_path / "lista.csv", lines([ROWS[0], ROWS[1], table[2]]))
    assert [contents(record) for record in found.records] == VALUES[:2]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


def test_rows_that_are_longer_than_their_headings_are_not_read(tmp_path: Path) -> None:
    """Where a heading was lost, the sums of a row that ends in an empty cell had moved a column."""
    text = lines([*ROWS, _BLANK_END]).decode().replace(f";{HEADINGS[GRANTED + 1]}", "", 1)
    found = read(tmp_path / "lista.csv", text.encode())
    assert found.records == []
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"] * 4


@pytest.mark.parametrize(
    ("last", "below", "is_read"),
    [
        ("49", "361,25", False),
        ("1 049", "361 €", False),
        ("4", "9361,25", False),
        ("49361,25", "361", True),
        ("49", "36", True),
        ("49", "Sivu 361", True),
        ("49", "\n361", True),
        ("", "361", True),
    ],
)
def test_a_sum_that_goes_on_below_its_row_is_not_read(
    last: str, below: str, is_read: bool, tmp_path: Path
) -> None:
    # A letter breaks lines between thousands: 49 would be a thousandth of the sum.
    text = lines([[*ROWS[0][:-1], last]]).decode() + below + "\n"
    found = read(tmp_path / "lista.csv", text.encode() + lines(ROWS[1:]).split(b"\n", 1)[1])
    assert [record.code for record in found.records][-2:] == ["S90002", "A90003"]
    assert (len(found.records) == 3) is is_read
    codes = [finding.code for finding in found.findings]
    assert codes == ([] if is_read else ["list_row_unreadable"]) + ["list_line_outside"]


def test_two_rows_on_one_line_do_not_cost_the_quotes_of_the_others(tmp_path: Path) -> None:
    quoted = [*ROWS[1][:2], '"Taito ""plus"""', *ROWS[1][3:]]
    text = lines([quoted, ROWS[2]]).decode() + ";".join(ROWS[0]) + ";".join(ROWS[0]) + "\n"
    found = read(tmp_path / "lista.csv", text.encode())
    named = [*VALUES[1][:2], 'Taito "plus"', *VALUES[1][3:]]
    assert [contents(record) for record in found.records] == [named, VALUES[2]]
    assert [finding.code for finding in found.findings] == ["list_row_unreadable"]


@pytest.mark.parametrize(("title", "rows"), [("Hankelista\n\n", 3), ("", 2), ("", 1)])
def test_a_list_whose_columns_nothing_divides_is_told(
    title: str, rows: int, tmp_path: Path
) -> None:
    table = [HEADINGS, *ROWS[:rows]]
    wide = [max(len(row[i]) for row in table) + 2 for i in range(len(HEADINGS))]
    texts = ["".join(c.ljust(w) for c, w in zip(row, wide, strict=True)).rstrip() for row in table]
    (tmp_path / "lista.txt").write_text(title + "\n".join(texts) + "\n", "utf-8")
    portfolio = esrdata.read(tmp_path / "lista.txt")
    assert portfolio.projects.empty
    # A single code makes no list.
    told = [("list_not_divided", str(rows))] if rows > 1 else []
    issues = portfolio.issues[portfolio.issues["code"] == "list_not_divided"]
    assert list(zip(issues["code"], issues["raw"], strict=True)) == told
    assert portfolio.files["status"].tolist() == ["not_read"]


@pytest.mark.parametrize(
    "mark", ["(tyhjä)", "(blank)", "(tom)", "?", "Tieto puuttuu", "undefined", "Ei määritelty"]
)
def test_a_mark_for_nothing_is_no_name(mark: str, tmp_path: Path) -> None:
    rows = [[*ROWS[0][:8], mark, *ROWS[0][9:]], *ROWS[1:]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert contents(found.records[0]) == [*VALUES[0][:8], None, *VALUES[0][9:]]
    value = found.records[0].values[FIELDS[WHO]]
    assert (value.status.value, value.raw) == ("blank", mark)


@pytest.mark.parametrize("mark", ["-”-", '"', "''", "ks. yllä", "Sama kuin yllä", "ditto", "samma"])
def test_a_mark_for_what_stands_above_is_no_value(mark: str, tmp_path: Path) -> None:
    """Not the one above either: the list may have been sorted since."""
    columns = (4, END, WHO, GRANTED)
    changed = [mark if i in columns else cell for i, cell in enumerate(ROWS[1])]
    found = read(tmp_path / "lista.html", page(HEADINGS, [ROWS[0], changed, ROWS[2]]))
    want = [None if i in columns else value for i, value in enumerate(VALUES[1])]
    assert [contents(record) for record in found.records] == [VALUES[0], want, VALUES[2]]
    told = [(f.code, f.field) for f in found.records[1].findings]
    assert told == [("value_unreadable", FIELDS[i]) for i in columns]


@pytest.mark.parametrize("other", ["ESR", "1.3.2015", "Lapin liitto"])
def test_two_cells_of_other_columns_among_the_sums_show_that_a_row_has_moved(
    other: str, tmp_path: Path
) -> None:
    row = [*ROWS[0][:GRANTED], "Toiminnassa", other, *ROWS[0][GRANTED + 2 :]]
    found = read(tmp_path / "lista.csv", lines([row, *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [(f.code, f.line) for f in found.findings] == [("list_row_unreadable", 2)]


@pytest.mark.parametrize(
    ("first", "other", "day"),
    [
        ("5.1.2015", "6.30.2017", None),
        ("2015-01-05", "2017-30-06", None),
        # The same day either way, and a list that has the usual order too.
        ("1.1.2015", "6.30.2017", dt.date(2015, 1, 1)),
        ("31.5.2015", "6.30.2017", dt.date(2015, 5, 31)),
    ],
)
def test_days_whose_month_has_changed_places_are_not_read(
    first: str, other: str, day: dt.date | None, tmp_path: Path
) -> None:
    row = [*ROWS[0][:6], first, other, *ROWS[0][8:]]
    found = read(tmp_path / "lista.csv", lines([row]))
    assert found.records[0].content("projects.start_date") == day
    assert found.records[0].content("projects.end_date") is None


@pytest.mark.parametrize("at", [6, 7, WHO])
def test_a_row_that_was_pushed_right_is_no_row(at: int, tmp_path: Path) -> None:
    row = [*ROWS[0][:at], "", *ROWS[0][at:-1]]
    found = read(tmp_path / "lista.csv", lines([row, *ROWS[1:]]))
    assert [contents(record) for record in found.records] == VALUES[1:]
    assert [(f.code, f.line) for f in found.findings] == [("list_row_unreadable", 2)]


@pytest.mark.parametrize("text", ["1.3.2015", "Lapin liitto", "Euroopan sosiaalirahasto"])
def test_one_cell_of_another_column_may_be_a_slip(text: str, tmp_path: Path) -> None:
    row = [*ROWS[0][:GRANTED], text, *ROWS[0][GRANTED + 1 :]]
    found = read(tmp_path / "lista.csv", lines([row, *ROWS[1:]]))
    want = [*VALUES[0][:GRANTED], None, *VALUES[0][GRANTED + 1 :]]
    assert [contents(record) for record in found.records] == [want, *VALUES[1:]]


@pytest.mark.parametrize("text", ["ESR", "eakr", "Toiminnassa"])
def test_a_fund_or_a_state_is_no_name(text: str, tmp_path: Path) -> None:
    rows = [[*ROWS[0][:WHO], text, *ROWS[0][WHO + 1 :]], *ROWS[1:]]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert found.records[0].content(FIELDS[WHO]) is None
    assert [(f.code, f.field) for f in found.records[0].findings] == [
        ("list_text_doubtful", FIELDS[WHO])
    ]


def test_a_list_may_have_the_required_columns_alone(tmp_path: Path) -> None:
    columns = [0, 1, 2, WHO, 6, END]
    names = [HEADINGS[i] for i in columns]
    table = [["Hankekoodi", *names[1:]], *([row[i] for i in columns] for row in ROWS)]
    text = "".join(f"{';'.join(row)}\n" for row in table)
    found = read(tmp_path / "lista.csv", text.encode())
    want = [[value[i] for i in columns] for value in VALUES]
    assert [[r.content(FIELDS[i]) for i in columns] for r in found.records] == want


@pytest.mark.parametrize("title", ["", "Hankkeet 2016"])
def test_a_heading_in_quotes_may_stand_on_several_lines(title: str, tmp_path: Path) -> None:
    headings = [f'"{HEADINGS[0]}"', *HEADINGS[1:]]
    headings = [f'"{name.replace(" ", chr(10))}"' if " " in name else name for name in headings]
    titles = [[title]] if title else []
    text = "".join(f"{';'.join(row)}\n" for row in [*titles, headings, *ROWS])
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES
    outside = [("list_line_outside", title)] if title else []
    assert [(f.code, f.raw) for f in found.findings] == outside


def test_counts_on_lines_of_their_own_are_not_one_count(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    (shelf / "lists").mkdir(parents=True)
    (shelf / "lists" / "oma.csv").write_text(
        "field,kind,codes,required,heading,variants,why\n"
        "projects.project_code,list_code,,yes,Koodi,,\n"
        "indicators.participants.planned,count,,yes,Osallistujia,,\n",
        "utf-8",
    )
    (tmp_path / "lista.csv").write_text('Koodi;Osallistujia\nS90001;"1\n200"\nS90002;1 200\n')
    portfolio = esrdata.read(tmp_path / "lista.csv", shelf=shelf)
    total = portfolio.indicators.set_index("project_code")["total"]
    assert total.dropna().to_dict() == {"S90002": 1200}
    assert portfolio.issues["code"].tolist() == ["value_unreadable"]


@pytest.mark.parametrize(("first", "name"), [("", "Aamu²"), ("¹", "Aamu")])
def test_a_power_is_the_mark_of_a_note_where_there_is_a_first_one(
    first: str, name: str, tmp_path: Path
) -> None:
    rows = [
        [*row[:2], text, *row[3:]]
        for row, text in zip(ROWS, ["Aamu²", f"Ilta{first}", "Yö"], strict=True)
    ]
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record)[2] for record in found.records] == [name, "Ilta", "Yö"]
