"""Units of sums that stand beside them: thousands and other money are no euros."""

import json
from pathlib import Path

import pytest

from tests.list_grid import (
    ELEMENTS,
    FIELDS,
    GRANTED,
    HEADINGS,
    PAID,
    PLANNED,
    ROWS,
    SPENT,
    VALUES,
    xml,
)
from tests.test_list_habits import lines
from tests.test_list_sheets import book
from tests.test_merged_cells import contents, read, told


def without(rows: list[int], columns: list[int]) -> list[list[object]]:
    """What is read where some sums are in another unit; zero is zero in any."""
    return [
        [None if i in rows and j in columns and value else value for j, value in enumerate(row)]
        for i, row in enumerate(VALUES)
    ]


SUMS = [*range(GRANTED, SPENT + 1)]


@pytest.mark.parametrize(
    ("line", "in_euros"),
    [
        ("Alla belopp i SEK", False),
        ("Kaikki summat (kr)", False),
        ("Valuutta: SEK", False),
        ("Yksikkö: 1 000 €", False),
        ("Summat: USD", False),
        ("Myönnetty tuki (tuhansissa euroissa)", False),
        ("Luvut miljoonissa euroissa", False),
        ("Summat tuhansina", False),
        ("Euromäärät tuhansissa", False),
        ("Rahoitus, mrd. €", False),
        ("Amounts in EUR thousand", False),
        ("Amounts in thousand EUR", False),
        ("Values in EUR (thousands)", False),
        ("All figures in thousands", False),
        ("EUR 1,000", False),
        ("€000", False),
        ("Budget, EUR '000", False),
        ("€ million", False),
        ("EUR m", False),
        ("mn EUR", False),
        ("€m", False),
        ("Belopp i miljoner €", False),
        ("Belopp i tusental", False),
        ("tusen €", False),
        ("1) Luvut tuhansina euroina", False),
        ("1 Rahoitus on esitetty tuhansina euroina.", False),
        ("Taulukossa 2 on hankkeet. Rahoitus on ilmoitettu tuhansina euroina.", False),
        ("Lähde: EURA 2014. Summat miljoonina euroina", False),
        ("Rahoitusluvut tonneina", False),
        ("Summat ilman kolmea viimeistä nollaa", False),
        ("Luvut on jaettu tuhannella", False),
        ("Luvut 1 000 €:n yksiköissä", False),
        ("Belopp utan de tre sista nollorna", False),
        ("Rahoitus osallistujaa kohden", False),
        ("Beloppen har avrundats till tusental", False),
        ("Summat on pyöristetty tuhansiin", False),
        ("Amounts in 1000s", False),
        ("hela tusental", False),
        ("Summad tuhandetes eurodes", False),
        ("Belopp i norska kronor", False),
        ("Kerroin 1000", False),
        ("Tuh e", False),
        ("TE-toimistojen hankkeet, rahoitus euroina", True),
        ("Alle tuhannen euron tuet puuttuvat", True),
        ("Luvut euroina ja sentteinä", True),
        ("Tonnin stipendit", True),
        ("Yli tuhannen euron hankkeet", True),
        ("Luvut ilman arvonlisäveroa", True),
        ("2 miljoonaa euroa", True),
        ("Hankkeita 12. Rahoitus yli 1 000 euroa.", True),
        ("Summat: eurot", True),
        ("Eurot", True),
        ("Luvut euroina", True),
        ("Tuhansia osallistujia", True),
        ("Hankkeita miljoonissa kodeissa", True),
        ("Myönnetty yhteensä 46 434 €", True),
        ("Valuutta: EUR", True),
        ("Yksikkö: euro", True),
        ("1 € = 9,50 SEK", True),
        ("Hankkeet, joiden rahoitus on yli 500 SEK", True),
    ],
)
def test_a_line_above_or_below_tells_the_money_of_all_sums(
    line: str, in_euros: bool, tmp_path: Path
) -> None:
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    text = lines(ROWS).decode()
    for whole in (f"{line}\n{text}", f"{text}\n{line}\n"):
        found = read(tmp_path / "lista.csv", whole.encode())
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize("below", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "in_euros"),
    [
        ("Hankkeet ja rahoitus (1 000", "euroa)", False),
        ("Rahoitus, tuhatta", "euroa", False),
        ("Huom. luvut ovat tuhansia", "euroja", False),
        ("Beloppen anges i tusen", "euro", False),
        ("All amounts in thousand", "EUR", False),
        ("Huom! Summat 1 000 €", "Lähde: EURA", False),
        # A sum, or a number and words that have nothing to do with it.
        ("Hankkeet, joiden rahoitus on yli 1 000", "euroa", True),
        ("Hankkeita 1 000", "Euroopan sosiaalirahasto", True),
        ("Hankkeita yhteensä 1", "000 €", True),
    ],
)
def test_a_title_of_two_lines_tells_the_unit_of_all_sums(
    first: str, second: str, in_euros: bool, below: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    for divider, empty in ((";", ""), ("|", ""), (";", '""')):
        around = "".join(
            divider.join([f'"{text}"', *[empty] * 12]) + "\n" for text in (first, second)
        )
        if not empty:
            around = around.replace('"', "")
        table = "".join(divider.join(row) + "\n" for row in [HEADINGS, *ROWS])
        source = table + around if below else around + table
        found = read(tmp_path / "lista.csv", source.encode())
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("beside", "in_euros"),
    [
        ([["Selite"], ["Tl", "toimintalinja"], ["Luvut on ilmoitettu tuhansina euroina"]], False),
        ([["Hankelista"], ["Kaikki luvut 1 000 €"], ["Sivuja", "3"]], False),
        ([["Hankelista"], ["Kaikki luvut euroina"]], True),
        # A table of its own tells of its own numbers.
        ([["Rahoitus (1 000 €)"], ["Alue", "Tuki", "Oma"], ["Lappi", "12", "3"]], True),
    ],
)
def test_a_cover_or_a_legend_tells_the_unit_of_the_lists_on_other_sheets(
    beside: list[list[str]], in_euros: bool, first: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    path = tmp_path / "lista.xlsx"
    sheets = {"Lista": [HEADINGS, *ROWS], "Muu": beside}
    found = read(path, book(path, dict(sorted(sheets.items(), reverse=first))))
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize("heading", ["Valuutta", "Yksikkö", "Currency", "Enhet"])
def test_a_column_of_units_holds_for_the_sums_of_its_row(heading: str, tmp_path: Path) -> None:
    units = ["EUR", "SEK", "t€"]
    table = [[*HEADINGS, heading], *([*row, unit] for row, unit in zip(ROWS, units, strict=True))]
    text = "".join(f"{';'.join(row)}\n" for row in table)
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == without([1, 2], SUMS)
    ambiguous = [("value_ambiguous", FIELDS[j], ROWS[1][j]) for j in SUMS]
    assert told(found.records[1].findings) == ambiguous
    assert told(found.findings) == [("list_column_unknown", None, heading)]


def test_another_unknown_column_beside_one_of_units_is_none(tmp_path: Path) -> None:
    cells = [["x", "EUR"], ["SEK", ""], ["t€", "€"]]
    table = [
        [*HEADINGS, "Huom", "Valuutta"],
        *([*row, *c] for row, c in zip(ROWS, cells, strict=True)),
    ]
    text = "".join(f"{';'.join(row)}\n" for row in table)
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize(
    ("attributes", "in_euros"),
    [
        (' yksikko="t€"', False),
        (' yksikkö="1000 EUR"', False),
        (" valuutta='SEK'", False),
        (' yksikko="kpl"', False),
        (' valuutta="ei tiedossa"', False),
        (' x:currency="SEK"', False),
        (' esitys="tuhatta euroa"', False),
        (' vaihe="2" valuutta="USD"', False),
        (' valuutta="EUR"', True),
        (' yksikko="&#8364;"', True),
        (' yksikko=""', True),
        (' xsi:type="xs:decimal"', True),
        (' vuosi="2015"', False),
        (" Osapuoli='Malli Oy'", False),
        (' vaihe="2"', True),
        (' paivitetty="2015"', True),
    ],
)
def test_an_attribute_of_an_element_is_the_unit_of_its_sum(
    attributes: str, in_euros: bool, tmp_path: Path
) -> None:
    name = ELEMENTS[PAID]
    text = xml(HEADINGS, ROWS).decode().replace(f"<{name}>", f"<{name}{attributes}>", 2)
    found = read(tmp_path / "lista.xml", text.encode())
    want = VALUES if in_euros else without([0, 1], [PAID])
    assert [contents(record) for record in found.records] == want
    ambiguous = [] if in_euros else [("value_ambiguous", FIELDS[PAID])]
    findings = [[(f.code, f.field) for f in record.findings] for record in found.records]
    assert findings == [ambiguous, ambiguous, []]


@pytest.mark.parametrize(
    ("attributes", "in_euros"),
    [
        ('yksikko="tuhatta euroa"', False),
        ('versio="1.0" summat="1 000 €"', False),
        ('valuutta="SEK"', False),
        ('valuutta="EUR"', True),
    ],
)
def test_an_attribute_around_the_rows_is_the_unit_of_all_sums(
    attributes: str, in_euros: bool, tmp_path: Path
) -> None:
    text = xml(HEADINGS, ROWS).decode().replace("<projektilista>", f"<projektilista {attributes}>")
    found = read(tmp_path / "lista.xml", text.encode())
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("around", "in_euros"),
    [
        ({"unit": "1 000 €"}, False),
        ({"meta": {"valuutta": "SEK"}}, False),
        ({"info": "Luvut tuhansina euroina"}, False),
        ({"unit": "EUR", "name": "Hankkeet"}, True),
        # A column of its own is another matter.
        ({"fields": [{"label": "Budjetti (1 000 €)"}]}, True),
    ],
)
def test_what_json_says_beside_its_rows_is_the_unit_of_all_sums(
    around: dict[str, object], in_euros: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    rows = [{**dict(zip(HEADINGS, row, strict=True)), "Budjetti (1 000 €)": "5"} for row in ROWS]
    for whole in ({**around, "data": rows}, {"data": rows, **around}):
        found = read(tmp_path / "lista.json", json.dumps(whole, ensure_ascii=False).encode())
        want = VALUES if in_euros else without([0, 1, 2], SUMS)
        assert [contents(record) for record in found.records] == want


def test_what_json_says_beside_its_rows_may_tell_its_day(tmp_path: Path) -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    whole = {"updated": "2018-05-10T10:00:00Z", "count": 3, "data": rows}
    day = read(tmp_path / "lista.json", json.dumps(whole).encode()).day
    assert day is not None
    assert (str(day.day), day.basis) == ("2018-05-10", "document")


def test_an_attribute_around_the_rows_may_tell_the_day_of_the_list(tmp_path: Path) -> None:
    text = xml(HEADINGS, ROWS).decode()
    dated = text.replace(
        "<projektilista>", '<projektilista tilanne="2018-12-31" luotu="2019-02-01">'
    )
    day = read(tmp_path / "lista.xml", dated.encode()).day
    assert day is not None
    assert (str(day.day), day.basis, day.other) == ("2018-12-31", "document", None)


@pytest.mark.parametrize(
    ("cell", "in_euros"), [("1 000 €", False), ("t€", False), ("€", True), ("46 434 €", True)]
)
def test_a_cell_beside_the_title_and_over_sums_is_the_unit_of_all(
    cell: str, in_euros: bool, tmp_path: Path
) -> None:
    title = ";".join(["Hankkeet 2016", *[""] * 11, cell])
    found = read(tmp_path / "lista.csv", f"{title}\n".encode() + lines(ROWS))
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


def test_a_sum_of_a_thousand_euros_is_no_unit(tmp_path: Path) -> None:
    found = read(tmp_path / "lista.csv", b"Pienin tuki;1 000 \xe2\x82\xac\n" + lines(ROWS))
    assert [contents(record) for record in found.records] == VALUES
    text = lines(ROWS).decode() + ";".join(["Keskimäärin", *[""] * 11, "1 000 €"]) + "\n"
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == VALUES


@pytest.mark.parametrize(
    ("unit", "is_sum"), [("%", False), ("kpl", False), ("hlö", False), ("€", True), ("EUR", True)]
)
def test_a_unit_below_its_heading_is_that_of_the_column(
    unit: str, is_sum: bool, tmp_path: Path
) -> None:
    units = ["€" if i in SUMS else "" for i in range(len(HEADINGS))]
    units[PAID] = unit
    text = "".join(f"{';'.join(row)}\n" for row in [HEADINGS, units, *ROWS])
    found = read(tmp_path / "lista.csv", text.encode())
    want = [v if is_sum else [*v[:PAID], None, *v[PAID + 1 :]] for v in VALUES]
    assert [contents(record) for record in found.records] == want
    told = {f.field for record in found.records for f in record.findings}
    assert told == (set() if is_sum else {FIELDS[PAID]})


@pytest.mark.parametrize("heading", ["Vuosi", "Osapuoli", "År"])
def test_sums_of_several_rows_of_a_project_are_those_of_their_parts(
    heading: str, tmp_path: Path
) -> None:
    table = [[*HEADINGS, heading], [*ROWS[0], "2015"], [*ROWS[0], "2016"], [*ROWS[1], "2016"]]
    text = "".join(f"{';'.join(row)}\n" for row in table)
    found = read(tmp_path / "lista.csv", text.encode())
    parts = without([0], SUMS)[0]
    assert [contents(record) for record in found.records] == [parts, parts, VALUES[1]]


@pytest.mark.parametrize(("heading", "alone"), [("Maksuvuosi", False), ("Osapuoli", True)])
def test_where_years_tell_sums_apart_those_of_one_row_are_of_a_year(
    heading: str, alone: bool, tmp_path: Path
) -> None:
    other = [*ROWS[0][: SUMS[0]], *"1234"]
    table = [[*HEADINGS, heading], [*ROWS[0], "a"], [*other, "b"], [*ROWS[2], "c"]]
    text = "".join(f"{';'.join(row)}\n" for row in table)
    found = read(tmp_path / "lista.csv", text.encode())
    # The last project stands in one row; two of its sums are zero, which is no sum of it either.
    one = VALUES[2] if alone else [*VALUES[2][: SUMS[0]], *[None] * len(SUMS)]
    parts = without([0], SUMS)[0]
    assert [contents(record) for record in found.records] == [parts, parts, one]


@pytest.mark.parametrize(
    ("legend", "columns"),
    [
        # The columns that it names.
        ([[HEADINGS[PAID], "tuhatta euroa"], [HEADINGS[GRANTED], "euroa"]], [PAID]),
        ([[HEADINGS[PAID], "Maksettu tuki", "1 000 €"]], [PAID]),
        ([[HEADINGS[PAID], "Maksettu tuki (1 000 €)"], [HEADINGS[SPENT], "t€"]], [PAID, SPENT]),
        ([[f"{HEADINGS[PAID]}: tuhansina euroina"]], [PAID]),
        ([[f"{HEADINGS[PAID]} on ilmoitettu tuhansina euroina."]], [PAID]),
        # Of all where it names none, or more than begins the line.
        ([["Kaikki rahoitus", "tuhatta euroa"]], SUMS),
        ([[f"{HEADINGS[PAID]} ja myönnetty tuki on ilmoitettu tuhansina euroina."]], SUMS),
        ([["Tila 31.12.2016, luvut tuhansina euroina"]], SUMS),
        ([[HEADINGS[PAID], "Maksettu tuki, kaikki hankkeet"]], []),
    ],
)
def test_a_legend_of_one_column_is_of_that_one(
    legend: list[list[str]], columns: list[int], tmp_path: Path
) -> None:
    """The sums of all columns had been refused."""
    path = tmp_path / "lista.xlsx"
    want = without([0, 1, 2], columns)
    for sheets in (
        {"Lista": [HEADINGS, *ROWS], "Selite": [["Sarake", "Selite"], *legend]},
        {"Lista": [*legend, HEADINGS, *ROWS]},
        {"Lista": [HEADINGS, *ROWS, *legend]},
    ):
        found = read(path, book(path, sheets))
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    "line",
    [
        "Hankkeille myönnetty rahoitus esitetään tuhansina euroina",
        "Rahoitusluvut on annettu miljoonissa euroissa vuosittain",
        "Beviljat stöd till projekten i tusen euro",
        "Support granted to projects in thousands of euros",
    ],
)
def test_words_of_no_other_meaning_tell_the_unit_behind_any_words(
    line: str, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    found = read(tmp_path / "lista.csv", f"{line}\n{lines(ROWS).decode()}".encode())
    assert [contents(record) for record in found.records] == without([0, 1, 2], SUMS)


@pytest.mark.parametrize(
    ("line", "in_euros"),
    [
        ("Taulukko: ESR-hankkeet, 1 000 euroa", False),
        ("Rahoitusmäärät: 1 000 €", False),
        ("Huom! Rahoitustiedot t€.", False),
        ("yksikkö tuhat euroa", False),
        ("Rahoitus x 1 000 €", False),
        ("Luvut kerrottava tuhannella", False),
        ("Alla olevat summat tuhansia euroja", False),
        ("Hankkeiden rahoitus tuhansia euroja 2014–2020", False),
        ("Projektens stöd, tusen euro, 2014–2020", False),
        ("Project funding, thousand euros, by region", False),
        # Sums, rates, and prose about projects.
        ("Hankkeet, joiden rahoitus ylittää 1 000 euroa", True),
        ("Hankkeita yhteensä 1 000 €", True),
        ("Kertakorvaus 1 000 €/kk", True),
        ("Hankkeille myönnettiin 12 miljoonaa euroa", True),
        ("Hankkeille myönnettiin muutama tuhat euroa", True),
        ("Hankkeita 1 000 Euroopan alueella", True),
        (
            "Ohjelmasta rahoitettiin hankkeita, joiden tuki vaihteli, ja osa tuhansia euroja "
            "saaneista jatkoi työtään omin varoin.",
            True,
        ),
    ],
)
def test_a_unit_in_the_middle_of_a_short_line_is_that_of_the_sums(
    line: str, in_euros: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    text = lines(ROWS).decode()
    for whole in (f"{line}\n{text}", f"{text}\n{line}\n"):
        found = read(tmp_path / "lista.csv", whole.encode())
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("units", "columns"),
    [
        (["€", "€", "1 000 €", "€"], [SUMS[2]]),
        (["EUR", "1000 EUR", "EUR", "1000 EUR"], [SUMS[1], SUMS[3]]),
        (["€", "€", "€", "€"], []),
        # A word that no list knows is no euro either.
        (["(k)", "Yhteensä", "lei", "'000"], [SUMS[0], *SUMS[2:]]),
        (["in 1000s", "Toteutunut", "", "€"], [SUMS[0]]),
    ],
)
def test_a_row_of_units_tells_each_of_its_column(
    units: list[str], columns: list[int], tmp_path: Path
) -> None:
    text = lines(ROWS).decode().replace("\n", f"\n{';' * 9}{';'.join(units)}\n", 1)
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == without([0, 1, 2], columns)


@pytest.mark.parametrize(
    ("cells", "in_euros"),
    [
        (["Yksikkö:", "1 000 €"], False),
        (["Luvut", "1 000 euroa"], False),
        (["Valuutta", "SEK"], False),
        (["Yksikkö", "euroa"], True),
        (["Pienin tuki", "1 000 €"], True),
    ],
)
def test_a_unit_may_stand_in_the_cell_beside_its_word(
    cells: list[str], in_euros: bool, tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    path = tmp_path / "lista.xlsx"
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    for table in ([cells, HEADINGS, *ROWS], [HEADINGS, *ROWS, cells]):
        found = read(path, book(path, {"Lista": table}))
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("name", "in_euros"),
    [
        ("hankkeet (1000 €).csv", False),
        ("hankkeet_t€.csv", False),
        ("hankkeet_teur_2016.csv", False),
        ("hankkeet tuhatta euroa.csv", False),
        ("1000 hanketta.csv", True),
        ("hankkeet yli 1000 €.csv", True),
    ],
)
def test_the_name_of_a_file_may_tell_the_unit_of_the_sums(
    name: str, in_euros: bool, tmp_path: Path
) -> None:
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    found = read(tmp_path / name, lines(ROWS))
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("unit", "columns"), [("t€", [PAID]), ("SEK", [PAID]), ("1000 €", [PAID]), ("€", [])]
)
def test_a_column_without_a_heading_tells_the_unit_of_the_sums_before_it(
    unit: str, columns: list[int], tmp_path: Path
) -> None:
    """Sums in thousands had been read as euros."""
    table = [[*row[: PAID + 1], unit, *row[PAID + 1 :]] for row in ROWS]
    heads = [*HEADINGS[: PAID + 1], "", *HEADINGS[PAID + 1 :]]
    path = tmp_path / "lista.xlsx"
    found = read(path, book(path, {"Lista": [heads, *table]}))
    assert [contents(record) for record in found.records] == without([0, 1, 2], columns)
    # Behind the last column it is that of all sums of its row.
    table = [[*ROWS[0], unit], *ROWS[1:]]
    text = "".join(
        ";".join(row) + "\n" for row in [[*HEADINGS, ""], *([*r, ""][:14] for r in table)]
    )
    found = read(tmp_path / "lista.csv", text.encode())
    assert [contents(record) for record in found.records] == without([0], SUMS if columns else [])


@pytest.mark.parametrize(
    ("member", "in_euros"),
    [
        ({"multiplier": 1000}, False),
        ({"kerroin": "1000"}, False),
        ({"UNIT_MULT": "3"}, False),
        ({"UNIT_MULT": "0"}, True),
        ({"exponent": 3}, False),
        ({"decimals": -3}, False),
        ({"decimals": 2}, True),
        ({"huomautus": "Summat tonneina"}, False),
        ({"huomautus": "Summat euroina"}, True),
        ({"multiplier": 1}, True),
        ({"total": 3}, True),
    ],
)
def test_a_factor_beside_the_rows_of_json_tells_the_unit(
    member: dict[str, object], in_euros: bool, tmp_path: Path
) -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    for whole in ({**member, "rows": rows}, {"rows": rows, "meta": member}):
        found = read(tmp_path / "lista.json", json.dumps(whole).encode())
        assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    ("heading", "texts", "second", "columns"),
    [
        # Of a stage, and of something that nobody knows: sums that differ are of neither.
        ("Vaihe", ["1", "2"], "5", SUMS),
        ("Jotakin", ["a", "b"], "5", [GRANTED]),
        # Nothing tells the rows apart, or their sums do not differ.
        ("Jotakin", ["a", "b"], "", []),
        ("Jotakin", ["a", "a"], "5", []),
        ("Jotakin", ["a", "b"], ROWS[0][GRANTED], []),
    ],
)
def test_sums_of_several_rows_of_a_project_that_another_column_tells_apart_are_of_parts(
    heading: str, texts: list[str], second: str, columns: list[int], tmp_path: Path
) -> None:
    """The sums of the first stage, funder or kind of cost had been those of the project."""
    rows = [[*ROWS[0], texts[0]], [*ROWS[0], texts[1]], [*ROWS[1], "a"]]
    rows[1][GRANTED] = second
    table = "".join(";".join(row) + "\n" for row in [[*HEADINGS, heading], *rows])
    found = read(tmp_path / "lista.csv", table.encode())
    first, other, last = ([*VALUES[i]] for i in (0, 0, 1))
    other[GRANTED] = float(second) if second else None
    for row in (first, other):
        for column in columns:
            row[column] = None
    assert [contents(record) for record in found.records] == [first, other, last]


@pytest.mark.parametrize(
    ("over", "columns"),
    [
        # Over all sums, over two of them, and over none.
        (";" * GRANTED + "Vuosi 2015", SUMS),
        (";" * PLANNED + "Osatoteuttajan osuus", SUMS[2:]),
        (";" * GRANTED + "2014–2020", []),
        (";" * GRANTED + "Rahoitus;;Haettu", SUMS[2:]),
        (";" * GRANTED + "Suunniteltu;Toteutunut", []),
        (";" * GRANTED + "Q1/2016", SUMS),
        (";" * GRANTED + "Tilanne 31.12.2016", []),
        # Cells over several columns, as a page has them.
        ("Hanke;Rahoitus, 1 000 euroa", SUMS),
        ("Hanke;Pienin tuki 1 000 euroa", []),
    ],
)
def test_sums_below_a_year_or_a_part_are_not_those_of_the_project(
    over: str, columns: list[int], tmp_path: Path
) -> None:
    found = read(tmp_path / "lista.csv", f"{over}\n".encode() + lines(ROWS))
    # A zero of a year or a partner is none of the project.
    holds = 0 if "1 000" in over else None
    whole = without([0, 1, 2], columns)
    assert [contents(record) for record in found.records] == [
        [holds if j in columns and value == 0 else value for j, value in enumerate(row)]
        for row in whole
    ]


@pytest.mark.parametrize(
    ("around", "in_euros"),
    [
        ("<yksikko>1000 EUR</yksikko>", False),
        ("<!-- Luvut tuhansina euroina -->", False),
        ("<kerroin>1000</kerroin>", False),
        ("<yksikko>EUR</yksikko><lahde>EURA 2014</lahde>", True),
    ],
)
def test_elements_and_comments_before_the_rows_of_xml_tell_the_unit(
    around: str, in_euros: bool, tmp_path: Path
) -> None:
    root = b"<projektilista>"
    whole = xml(HEADINGS, ROWS).replace(root, root + around.encode())
    found = read(tmp_path / "lista.xml", whole)
    want = VALUES if in_euros else without([0, 1, 2], SUMS)
    assert [contents(record) for record in found.records] == want


@pytest.mark.parametrize(
    "line",
    [
        "Huom! Hankkeen S90001 summat ovat tuhansia euroja.",
        "Huomautus: S90001 - summa mk",
        "Kaikki rahasummat ovat markkoja",
    ],
)
def test_a_note_that_names_a_project_tells_the_unit_too(line: str, tmp_path: Path) -> None:
    found = read(tmp_path / "lista.csv", lines(ROWS) + f"{line};;\n".encode())
    assert [contents(record) for record in found.records] == without([0, 1, 2], SUMS)
    assert any(line in str(finding.raw) for finding in found.findings)


def test_a_unit_above_a_second_list_is_of_its_sums(tmp_path: Path) -> None:
    other = [0, 1, 2, 3, 4, 5, 8, 6, 7, 9, 10, 11, 12]
    second = [[row[i] for i in other] for row in [HEADINGS, ROWS[2]]]
    below = "".join(f"{';'.join(row)}\n" for row in second)
    found = read(tmp_path / "lista.csv", lines(ROWS[:2]) + f"Kausi 2 (t€);;\n{below}".encode())
    last = found.records[-1]
    assert last.content(FIELDS[0]) == "A90003"
    assert [last.content(FIELDS[at]) for at in (9, 11)] == [None, None]


def test_the_share_of_the_state_is_not_the_funding_of_both(tmp_path: Path) -> None:
    over = [""] * 9 + ["Myönnetty", "", "Toteutunut", ""]
    below = [*HEADINGS[:9], *["EU- ja valtion rahoitus", "Valtion rahoitus"] * 2]
    rows = "".join(f"{';'.join(row)}\n" for row in [over, below, ROWS[0]])
    record = read(tmp_path / "lista.csv", rows.encode()).records[0]
    planned, realised = (f"funding.eu_and_state.{stage}" for stage in ("planned", "realised"))
    assert (record.content(planned), record.content(realised)) == (46434, 57634)
    one = [*HEADINGS[:10], "Valtion rahoitus toteutunut", *HEADINGS[11:]]
    found = read(tmp_path / "lista.csv", f"{';'.join(one)}\n{';'.join(ROWS[0])}\n".encode())
    assert found.records[0].content(realised) is None
    assert told(found.findings) == [("list_column_unknown", None, one[10])]


def test_an_element_of_another_name_space_is_another_column(tmp_path: Path) -> None:
    name = "euvaltionrahoitustoteutunut"
    rows = [[*row[:10], "", *row[11:]] for row in ROWS]
    whole = xml(HEADINGS, rows).replace(b"<projektilista>", b'<projektilista xmlns:h="urn:haettu">')
    empty = next(e for e in (f"<{name}></{name}>", f"<{name}/>") if e.encode() in whole)
    found = read(
        tmp_path / "lista.xml",
        whole.replace(empty.encode(), f"{empty}<h:{name}>7</h:{name}>".encode()),
    )
    assert [record.content(FIELDS[10]) for record in found.records] == [None] * 3
    assert [(f.code, f.raw) for f in found.findings] == [("list_column_twice", name)]


def test_a_value_in_an_attribute_is_not_lost_without_a_word(tmp_path: Path) -> None:
    whole = xml(HEADINGS, ROWS).decode()
    sum_of, name_of = ">46434</euvaltionrahoitusmyonnetty>", ">Kylän uusi aamu</hankkeennimi>"
    assert sum_of in whole and name_of in whole
    whole = whole.replace(sum_of, ' value="46434"/>').replace(name_of, ' value="Kylän uusi aamu"/>')
    first = read(tmp_path / "lista.xml", whole.encode()).records[0]
    assert (first.content(FIELDS[9]), first.content("projects.name")) == (None, "Kylän uusi aamu")
    assert [(f.code, f.field) for f in first.findings] == [("value_ambiguous", FIELDS[9])]
