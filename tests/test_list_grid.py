"""One odd cell costs one cell: every damage of `list_grid` in every format, and damaged lists."""

import json
from pathlib import Path

import openpyxl
import pytest
from list_grid import (
    BLANK,
    DAMAGES,
    ELY,
    FIELDS,
    FORMATS,
    HEADINGS,
    PAID,
    ROWS,
    SPENT,
    TOLD,
    VALUES,
    WHO,
    Count,
    comma,
    damaged,
    judge,
    semicolon,
    write,
)

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.lists.read import ListRead, read_list

LOST_IN_COMMA_LISTS = {
    # A comma inside the cell, or a word where a number should stand: then nothing says for certain
    # where the cells of an unquoted row end, and the row is quoted whole.
    "sum decimal comma", "sum dots and comma", "sum no cents", "sum en dash as minus",
    "sum brackets and euro", "sum zero", "sum scientific", "sum scientific, rounded",
    "sum ambiguous comma", "sum two figures", "sum words", "sum about", "sum other money",
    "sum formula", "sum with a note", "day words", "day year", "axis unknown", "who is a sum",
    "state is a day", "who has swallowed",
}  # fmt: skip


def read(path: Path) -> ListRead:
    document = open_document(str(path))
    assert isinstance(document, Document), document
    found = read_list(document)
    assert found is not None
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_cell_costs_itself_at_most(form: str, tmp_path: Path) -> None:
    if form == "xls":
        pytest.importorskip("xlwt")
    lost = set()
    for damage in DAMAGES:
        rows, worth = damaged(damage)
        count = Count()
        judge(read(write(tmp_path, form, HEADINGS, rows)), worth, count, damage.name)
        assert count.wrong == count.silent == [], damage.name
        if count.lost:
            lost.add(damage.name)
        else:
            assert count.right + count.told == len(VALUES) * len(HEADINGS), damage.name
    assert lost == (LOST_IN_COMMA_LISTS if form == "comma" else set())


def text_of(data: bytes, tmp_path: Path) -> tuple[ListRead, Count]:
    (tmp_path / "lista.csv").write_bytes(data)
    found, count = read(tmp_path / "lista.csv"), Count()
    judge(found, VALUES, count, "list")
    return found, count


def whole(data: bytes, tmp_path: Path) -> bool:
    found, count = text_of(data, tmp_path)
    assert found.accounted == found.lines
    return count.right == len(VALUES) * len(HEADINGS)


LONG = HEADINGS[9:]
FUNDING = (
    "eu_and_state.planned", "eu_and_state.realised", "public_total.planned",
    "public_total.realised",
)  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [
        [*HEADINGS[:-1], f"{HEADINGS[-1]};"],
        [f"{heading}:" for heading in HEADINGS],
        [f'"{heading}"' for heading in HEADINGS],
        [heading.upper() for heading in HEADINGS],
        [f"  {heading.replace(' ', '  ')}\u00a0" for heading in HEADINGS],
        [*HEADINGS[:9], *(f"{heading} (€)" for heading in LONG)],
        [*HEADINGS[:9], *(f"{heading}, euroa" for heading in LONG)],
        [heading.replace("y", "y\u00ad") for heading in HEADINGS],
        [*HEADINGS[:-2], HEADINGS[-2].replace(" ", "\n"), HEADINGS[-1].replace(" ", "\n")],
    ],
    ids=["separator", "colon", "quotes", "capitals", "spaces", "sign", "unit", "hyphens", "lines"],
)
def test_what_decorates_a_heading_does_not_lose_its_column(
    headings: list[str], tmp_path: Path
) -> None:
    assert whole(semicolon(headings, ROWS), tmp_path)
    if not any("\n" in heading for heading in headings):
        assert whole(comma(headings, ROWS), tmp_path)


def test_a_heading_in_thousands_is_no_heading_in_euros(tmp_path: Path) -> None:
    headings = [*HEADINGS[:9], *(f"{heading} (1 000 €)" for heading in LONG)]
    found, count = text_of(semicolon(headings, ROWS), tmp_path)
    assert count.wrong == []
    assert [f.code for f in found.findings] == ["list_column_unknown"] * 4


@pytest.mark.parametrize("unit", [", %", " (%)", " ($)", " £", ", % tavoitteesta"])
def test_a_heading_of_shares_or_another_currency_is_no_heading_in_euros(
    unit: str, tmp_path: Path
) -> None:
    headings = [*HEADINGS[:9], *(f"{heading}{unit}" for heading in LONG)]
    found, count = text_of(semicolon(headings, ROWS), tmp_path)
    assert count.wrong == []
    assert [f.code for f in found.findings] == ["list_column_unknown"] * 4


@pytest.mark.parametrize(
    "note",
    [
        "Luvut tuhansina euroina",
        "Taulukon luvut ovat tuhansia euroja",
        "(1 000 €)",
        "Belopp i tusen euro",
        "kEUR",
        ";" * 9 + "t€;t€;t€;t€",
        # Beside the units of other columns, and in a part of a title.
        ";" * 6 + "pp.kk.vvvv;pp.kk.vvvv;;t€;t€;t€;t€",
        "Taulukko 1. Hankkeet 2015–2020 (1 000 €)",
        "Tilanne 31.12.2016, luvut tuhansina euroina",
        "Hankkeet maakunnittain, tuh. €",
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_sums_that_a_line_calls_thousands_are_not_read_as_euros(
    note: str, below: bool, tmp_path: Path
) -> None:
    data = semicolon(HEADINGS, [[*ROWS[0][:9], "46", "39.7", "0", "-"]]).decode()
    text = f"{data}{note}\n" if below else f"Hankkeita\n{note}\n{data}"
    (tmp_path / "lista.csv").write_text(text, encoding="utf-8")
    (record,) = read(tmp_path / "lista.csv").records
    # Nothing is nothing in thousands, too.
    assert [record.content(f"funding.{name}") for name in FUNDING] == [None, None, 0, None]
    odd = [(f.code, f.field) for f in record.findings]
    assert odd == [("value_ambiguous", f"funding.{name}") for name in FUNDING[:2]]
    assert record.content("projects.name") == "Kylän uusi aamu"


@pytest.mark.parametrize(
    "title",
    [
        "Hankkeet, joiden rahoitus on yli 100 tuhatta euroa",
        "Hankkeet (rahoitus yli 100 tuhatta euroa)",
        "Summat euroina",
        "Yhteensä;;1000 €",
        "Pienin tuki: 1 000 €",
    ],
)
def test_a_line_that_names_a_sum_scales_none(title: str, tmp_path: Path) -> None:
    assert whole(f"{title}\n".encode() + semicolon(HEADINGS, ROWS), tmp_path)


def test_headings_in_two_rows(tmp_path: Path) -> None:
    over = [*[""] * 9, "EU- ja valtion rahoitus", "", "Julkinen rahoitus yhteensä", ""]
    fine = ["Myönnetty", "Toteutunut", "Suunniteltu", "Toteutunut"]
    assert whole(semicolon(over, [[*HEADINGS[:9], *fine], *ROWS]), tmp_path)
    # The cells of the other columns merged from above.
    merged = [*HEADINGS[:9], *over[9:]]
    assert whole(semicolon(merged, [[*[""] * 9, *fine], *ROWS]), tmp_path)


@pytest.mark.parametrize("divider", [";", ",", "\t"])
def test_a_list_below_another_is_read_by_its_own_heading(divider: str, tmp_path: Path) -> None:
    granted = HEADINGS[:9]
    first = [*granted, *LONG]
    # Granted and realised stand the other way round, in columns as many and as full.
    other = [*granted, LONG[1], LONG[0], LONG[3], LONG[2]]
    rows = [
        first,
        ["S90001", *ROWS[0][1:9], "46434", "39720.50", "57634", "49361.25"],
        other,
        ["S90002", *ROWS[0][1:9], "107832.85", "194413", "134788.11", "389784"],
    ]
    (tmp_path / "lista.csv").write_text("\n".join(map(divider.join, rows)) + "\n", encoding="utf-8")
    found = read(tmp_path / "lista.csv")
    assert found.findings == []
    assert found.accounted == found.lines == 4
    planned, realised = "funding.eu_and_state.planned", "funding.eu_and_state.realised"
    assert [(r.code, r.content(planned), r.content(realised)) for r in found.records] == [
        ("S90001", 46434.0, 39720.5),
        ("S90002", 194413.0, 107832.85),
    ]


def test_a_heading_that_is_repeated_in_one_row_or_two_is_no_row(tmp_path: Path) -> None:
    spaced = [f"{heading} " for heading in HEADINGS]
    over = [*[""] * 9, "EU- ja valtion rahoitus", "", "Julkinen rahoitus yhteensä", ""]
    fine = ["Myönnetty", "Toteutunut", "Suunniteltu", "Toteutunut"]
    low, high = [*HEADINGS[:9], *fine], [*HEADINGS[:9], *over[9:]]
    for rows in (
        [HEADINGS, ROWS[0], spaced, *ROWS[1:], HEADINGS],
        [over, low, ROWS[0], over, low, *ROWS[1:], over, low],
        [high, [*[""] * 9, *fine], ROWS[0], high, [*[""] * 9, *fine], *ROWS[1:]],
    ):
        found, count = text_of(semicolon(rows[0], rows[1:]), tmp_path)
        assert count.right == len(VALUES) * len(HEADINGS)
        assert found.findings == []
        assert found.accounted == found.lines == len(rows)


def test_sums_of_a_list_below_do_not_say_how_the_one_above_writes_its_own(tmp_path: Path) -> None:
    above = [*ROWS[0][:9], "46,434", "39,720", "57,634", "49,361"]
    below = [HEADINGS[i] for i in (0, 1, 2, 3, 4, 5, 8, 6, 7, 9, 10, 11, 12)]
    # A day stands there in the column of a sum of the list above.
    rows = [above, [*below[:7], *below[9:], *below[7:9]], ["S90002", *ROWS[0][1:6], ROWS[0][8]]]
    rows[2] += ["1000.50", "2000", "3000", "4000", "1.3.2015", "28.2.2018"]
    (tmp_path / "lista.csv").write_bytes(semicolon(HEADINGS, rows))
    first, second = read(tmp_path / "lista.csv").records
    assert [first.content(f"funding.{name}") for name in FUNDING] == [None] * 4
    assert [second.content(f"funding.{name}") for name in FUNDING] == [1000.5, 2000, 3000, 4000]


def test_columns_in_another_order_and_columns_nobody_knows(tmp_path: Path) -> None:
    order = [12, 0, 1, 2, 3, 5, 4, 8, 6, 7, 9, 10, 11]
    rows = [[row[i] for i in order] for row in ROWS]
    assert whole(semicolon([HEADINGS[i] for i in order], rows), tmp_path)
    assert whole(
        semicolon(["", *HEADINGS], [[str(i), *row] for i, row in enumerate(ROWS)]), tmp_path
    )
    found, count = text_of(
        semicolon([*HEADINGS, ""], [[*r, "muistettava"] for r in ROWS]), tmp_path
    )
    assert count.lost == count.wrong == count.silent == []
    assert [(f.code, f.raw) for f in found.findings] == [("list_column_unknown", "14")]


def test_a_column_that_stands_twice_is_not_chosen_from(tmp_path: Path) -> None:
    rows = [[*row, "1"] for row in ROWS]
    found, count = text_of(semicolon([*HEADINGS, HEADINGS[9]], rows), tmp_path)
    assert count.wrong == []
    assert [f.code for f in found.findings] == ["list_column_twice"]


def test_rows_in_quotes_as_a_whole_are_unwrapped(tmp_path: Path) -> None:
    for divider, end in ((",", '";'), (",", '"'), (";", '"')):
        lines = [f'"{divider.join(row)}{end}' for row in [HEADINGS, *ROWS]]
        assert whole(("\r\n".join(lines) + "\r\n").encode(), tmp_path)
    row = [*ROWS[0][:2], '"Aamu""-hanke', *ROWS[0][3:]]
    line = ",".join(row).replace('"', '""')
    (tmp_path / "lista.csv").write_text(f'{",".join(HEADINGS)};\n"{line}";\n', encoding="utf-8")
    record = read(tmp_path / "lista.csv").records[0]
    assert record.content("projects.name") == '"Aamu"-hanke'
    assert record.content("projects.authority") == ELY


@pytest.mark.parametrize("divider", [";", ",", "\t"])
def test_a_quote_that_lacks_its_other_half_swallows_no_rows(divider: str, tmp_path: Path) -> None:
    # A name that was cut off, and one with an inch mark two rows below, which closes the quote.
    names = ['"Aamun ja ill', "Kylän uusi aamu", 'Putki 5"', "Puusta pidemmälle"]
    rows = [
        [f"S9000{i}", "ESR", name, "3", "Lapin liitto", *ROWS[0][5:9], *[str(i)] * 4]
        for i, name in enumerate(names)
    ]
    # A text may have lines, and name other projects in them.
    rows.append([*rows[3][:2], '"Jatkaa:\nS90001, S90002 ja\nS90003"', *rows[3][3:]])
    rows[4][0] = "S90004"
    text = "\n".join(map(divider.join, [HEADINGS, *rows])) + "\n"
    (tmp_path / "lista.csv").write_text(text, encoding="utf-8")
    found = read(tmp_path / "lista.csv")
    assert [(r.code, r.content("projects.name")) for r in found.records] == [
        *((f"S9000{i}", name) for i, name in enumerate(names)),
        ("S90004", "Jatkaa: S90001, S90002 ja S90003"),
    ]
    sums = [[r.content(f"funding.{name}") for name in FUNDING] for r in found.records]
    assert sums == [[0] * 4, [1] * 4, [2] * 4, [3] * 4, [3] * 4]


def test_a_row_that_ends_early_is_read_only_if_another_follows(tmp_path: Path) -> None:
    found, count = text_of(semicolon(HEADINGS, [ROWS[0][:-2], *ROWS[1:]]), tmp_path)
    assert count.wrong == []
    assert [(f.code, f.raw) for f in found.records[0].findings] == [
        ("list_row_short", ", ".join(HEADINGS[-2:]))
    ]
    # The end of a file that was cut off.
    found, count = text_of(semicolon(HEADINGS, ROWS)[:-40], tmp_path)
    assert count.wrong == count.silent == []
    assert [f.code for f in found.findings] == ["list_row_unreadable"]


def test_a_text_broken_over_lines_is_one_text(tmp_path: Path) -> None:
    data = semicolon(HEADINGS, ROWS).replace("Kylän uusi".encode(), "Kylän\nuusi".encode())
    assert whole(data, tmp_path)


def test_a_line_below_a_short_row_is_no_part_of_it(tmp_path: Path) -> None:
    # As many separators as the row lacks, but what stands there fits no column.
    lines = [";".join(row) for row in (HEADINGS, ROWS[1], ROWS[0][:-2])]
    text = "\n".join([*lines, "Huom;vain osa;luvuista"]) + "\n"
    (tmp_path / "lista.csv").write_text(text, encoding="utf-8")
    found = read(tmp_path / "lista.csv")
    assert [r.code for r in found.records] == ["S90002"]
    told = [(f.code, str(f.raw).partition(";")[0]) for f in found.findings]
    assert told == [("list_row_unreadable", "S90001"), ("list_line_outside", "Huom")]
    # A workbook leaves out the empty cells at the end of a row, and figures stand below.
    book = openpyxl.Workbook()
    for cells in (HEADINGS, ROWS[0][:-2], ["", 5000, 6000]):
        book.active.append(cells)
    book.save(tmp_path / "lista.xlsx")
    found = read(tmp_path / "lista.xlsx")
    assert [f.code for f in found.findings] == ["list_line_outside"]
    sums = [found.records[0].content(f"funding.{name}") for name in FUNDING]
    assert sums == [46434, 39720.5, None, None]


def test_a_cell_too_many_is_no_stray_separator(tmp_path: Path) -> None:
    rows = [[*ROWS[0], "lisä"], [*ROWS[1], "", ""], ROWS[2]]
    (tmp_path / "lista.csv").write_bytes(semicolon(HEADINGS, rows))
    found = read(tmp_path / "lista.csv")
    assert [r.code for r in found.records] == ["S90002", "A90003"]
    assert [f.code for f in found.findings] == ["list_row_unreadable", "list_stray_separators"]


@pytest.mark.parametrize("at", [2, 4, WHO])
def test_cells_that_have_moved_are_not_read_as_each_others(at: int, tmp_path: Path) -> None:
    moved = [*ROWS[0][:at], *ROWS[0][at + 1 :]]
    for row in (moved, [*moved, ""]):
        found, count = text_of(semicolon(HEADINGS, [row, *ROWS[1:]]), tmp_path)
        assert count.wrong == count.silent == []
        assert [f.code for f in found.findings] == ["list_row_unreadable"]


def test_a_row_whose_code_cannot_be_read_is_reported_as_a_row(tmp_path: Path) -> None:
    for code in ("", "90001", "S9"):
        found, _ = text_of(semicolon(HEADINGS, [[code, *ROWS[0][1:]], *ROWS[1:]]), tmp_path)
        assert [f.code for f in found.findings] == ["list_row_unreadable"], code


@pytest.mark.parametrize(
    ("sums", "worth"),
    [
        # Dots between thousands all over.
        (["46.434", "39.720", "157.634", "49.361"], [46434.0, 39720.0, 157634.0, 49361.0]),
        (["46,434.00", "39,720.50", "1,157,634", "361.25"], [46434.0, 39720.5, 1157634.0, 361.25]),
        # The other sums show that a comma is between thousands.
        (["46,434", "39,720.50", "157,634", "361.25"], [46434.0, 39720.5, 157634.0, 361.25]),
        # The sign of the euro changes nothing of that.
        (["46,434 €", "€39,720.50", "157,634 €", "361.25 €"], [46434.0, 39720.5, 157634.0, 361.25]),
        (["46,434 €", "1,139,720 EUR", "0 €", "€ 200,000"], [46434.0, 1139720.0, 0.0, 200000.0]),
        (["46,434 €", "39,720 €", "157,634 €", "0 €"], [None, None, None, 0.0]),
        (["46.434 €", "39.720 €", "157.634 €", "0 €"], [46434.0, 39720.0, 157634.0, 0.0]),
        (["192.523 €", "39720.50 €", "57634 €", "0"], [None, 39720.5, 57634.0, 0.0]),
        # Here nothing does.
        (["46,434", "39,720", "157,634", "49,361"], [None] * 4),
        # Thousands stand together elsewhere, so that this is no thousand.
        (["192.523", "39720.50", "57634", "49361.25"], [None, 39720.5, 57634.0, 49361.25]),
    ],
)
def test_how_a_list_writes_its_sums_decides_what_a_lone_sign_is(
    sums: list[str], worth: list[float | None], tmp_path: Path
) -> None:
    row = [*ROWS[0][:9], *sums]
    (tmp_path / "lista.csv").write_bytes(semicolon(HEADINGS, [row]))
    record = read(tmp_path / "lista.csv").records[0]
    fields = [name for name in record.values if name.startswith("funding.")]
    assert [record.content(name) for name in fields] == worth
    odd = {f.field: f.code for f in record.findings}
    expected = (f for f, w in zip(fields, worth, strict=True) if w is None)
    assert odd == dict.fromkeys(expected, "value_ambiguous")


@pytest.mark.parametrize("name", ["lista.xlsx", "lista.json"])
@pytest.mark.parametrize(
    ("sums", "worth"),
    [
        # Three decimals of a number, or thousands of a text: nothing shows which.
        ([192.523, 500, 0, 46], [None, 500, 0, 46]),
        (["192.523", "1.192.523", 0, 46], [192523, 1192523, 0, 46]),
    ],
)
def test_three_decimals_of_a_number_are_no_thousands(
    sums: list[object], worth: list[float | None], name: str, tmp_path: Path
) -> None:
    rows = [HEADINGS, [*ROWS[0][:9], *sums]]
    if name.endswith("json"):
        text = json.dumps([dict(zip(*rows, strict=True))])
        (tmp_path / name).write_text(text, encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for cells in rows:
            book.active.append(cells)
        book.save(tmp_path / name)
    record = read(tmp_path / name).records[0]
    assert [record.content(f"funding.{field}") for field in FUNDING] == worth


def test_the_doubts_of_a_list_are_told_in_the_tables(tmp_path: Path) -> None:
    row = list(ROWS[0])
    row[WHO], row[PAID], row[SPENT] = "157500", "#ARVO!", "-"
    (tmp_path / "lista.csv").write_bytes(semicolon(HEADINGS, [row]))
    portfolio = esrdata.read(tmp_path)
    assert portfolio.projects["applicant"].isna().all()
    told = portfolio.issues.set_index("code")["field"].to_dict()
    assert told["list_text_doubtful"] == "projects.applicant"
    assert told["list_cell_error"] == "funding.eu_and_state.realised"
    where = portfolio.provenance.set_index("field").loc["funding.public_total.realised"]
    assert (where["status"], where["raw"]) == ("blank", "-")


def test_the_grid_can_fail() -> None:
    count = Count()
    judge(None, [["S90001", *[TOLD] * 11, BLANK]], count, "nothing read")
    assert count.right == 0


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ("Oy Työ&auml;", "Oy Työä"),
        ("Kahvila TyÃ¶", "Kahvila Työ"),
        ("Kahvila A&#38;B &amp;", "Kahvila A&B &"),
        # The first sign of the code is the one that it stands for.
        ("Kahvila ja leipomo &amp;", "Kahvila ja leipomo &"),
        ("Uusi\x0btyö", "Uusi työ"),
    ],
)
def test_the_raw_text_of_a_mended_cell_is_what_stands_in_the_file(
    written: str, content: str, tmp_path: Path
) -> None:
    # The name stands last: what is mended in it moves no sign behind it.
    rows = [[*ROWS[0][:8], *ROWS[0][9:], written], [*ROWS[1][:8], *ROWS[1][9:], "Kotka"]]
    path = tmp_path / "lista.csv"
    path.write_bytes("\t".join([*HEADINGS[:8], *LONG, HEADINGS[8]]).encode() + b"\n")
    with path.open("ab") as file:
        file.write("".join("\t".join(row) + "\n" for row in rows).encode())
    value = read(path).records[0].values["projects.applicant"]
    assert (value.content, value.raw) == (content, written)
    assert value.span is not None
    assert path.read_text(encoding="utf-8")[value.span.start : value.span.end] == written


def page_of(rows: list[list[str]]) -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in [HEADINGS, *rows])
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Kylän<br>uusi aamu", "Kylän uusi aamu"),
        ("Kylän<br>Uusi aamu", "Kylän Uusi aamu"),
        ("<p>Kylän</p><p>uusi aamu</p>", "Kylän uusi aamu"),
        ("<ul><li>Kylän</li><li>uusi aamu</li></ul>", "Kylän uusi aamu"),
    ],
)
def test_a_cell_of_a_page_that_runs_over_lines_is_one_cell(
    name: str, content: str, tmp_path: Path
) -> None:
    first = [*ROWS[0][:2], name, *ROWS[0][3:]]
    second = [
        *ROWS[1][:4],
        "Lapin<br>liitto",
        *ROWS[1][5:8],
        "Malli&shy;opisto<br>sr",
        *ROWS[1][9:],
    ]
    (tmp_path / "lista.html").write_bytes(page_of([first, second]))
    found = read(tmp_path / "lista.html")
    assert found.findings == []
    one, other = found.records
    assert [one.content(f) for f in FIELDS] == [*VALUES[0][:2], content, *VALUES[0][3:]]
    assert [other.content(f) for f in FIELDS] == VALUES[1]


def test_a_row_of_a_page_or_a_print_that_lacks_a_cell_is_not_read_by_the_columns_beside(
    tmp_path: Path,
) -> None:
    # A cell was lost: what stands behind it may belong one column further.
    lost = page_of([ROWS[0], [*ROWS[1][:9], *ROWS[1][10:]]])
    (tmp_path / "lista.html").write_bytes(lost)
    # An empty cell leaves no trace in print: nothing was granted here, or nothing realised.
    lines = [HEADINGS, ROWS[0], [*ROWS[1][:9], *ROWS[1][10:]]]
    text = "\n".join(map("\t".join, lines))
    printed = read_list(Document("lista.pdf", "pdf", None, "", text, text))
    for found in (read(tmp_path / "lista.html"), printed):
        assert found is not None
        assert [r.code for r in found.records] == ["S90001"]
        assert [f.code for f in found.findings] == ["list_row_unreadable"]
        assert str(found.findings[0].raw).startswith("S90002")
