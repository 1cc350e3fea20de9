"""Lists damaged in one cell, in every format: what must come out, worked out by a person.

A damage changes cells of a small list and says what each changed cell is worth then: a value, BLANK
(a mark for nothing), or TOLD (nothing may be read, and a finding says so). All other cells must
stay as they are.
"""

import datetime as dt
import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

BLANK, TOLD = "<blank>", "<told>"
HEADINGS = [
    "Koodi", "Rahasto", "Hankkeen nimi", "Tl", "Viranomainen", "Tila", "Aloituspvm",
    "Päättymispvm", "Toteuttajan nimi", "Myönnetty EU- ja valtion rahoitus",
    "Toteutunut EU- ja valtion rahoitus", "Suunniteltu julkinen rahoitus yhteensä",
    "Toteutunut julkinen rahoitus yhteensä",
]  # fmt: skip
ELEMENTS = [
    "koodi", "rahasto", "hankkeennimi", "toimintalinjanumero", "viranomainen", "tila",
    "aloituspvm", "paattymispvm", "toteuttajannimi", "euvaltionrahoitusmyonnetty",
    "euvaltionrahoitustoteutunut", "julkinenrahoitussuunniteltu", "julkinenrahoitustoteutunut",
]  # fmt: skip
FIELDS = [
    "projects.project_code", "projects.fund", "projects.name", "projects.priority_axis",
    "projects.authority", "projects.status", "projects.start_date", "projects.end_date",
    "projects.applicant", "funding.eu_and_state.planned", "funding.eu_and_state.realised",
    "funding.public_total.planned", "funding.public_total.realised",
]  # fmt: skip
CODE, FUND, NAME, AXIS, OFFICE, STATE, START, END, WHO, GRANTED, PAID, PLANNED, SPENT = range(13)
ELY = "Hämeen elinkeino-, liikenne- ja ympäristökeskus"
ROWS = [
    ["S90001", "ESR", "Kylän uusi aamu", "3", ELY, "Toiminnassa", "1.3.2015", "28.2.2018",
     "Mallilan kaupunki", "46434", "39720.50", "57634", "49361.25"],
    ["S90002", "ESR", "Taidot, työ ja me", "4", "Lapin liitto", "Toiminnassa", "1.2.2016",
     "31.1.2019", "Malliopisto sr", "194413", "107832.85", "389784", "134788.11"],
    ["A90003", "EAKR", "Puusta pidemmälle", "2", "Lapin liitto", "Toiminta päättynyt", "1.8.2015",
     "31.12.2017", "Malli Energia Oy", "117967", "0", "251051", "0"],
]  # fmt: skip
VALUES: list[list[object]] = [
    ["S90001", "ESR", "Kylän uusi aamu", 3, ELY, "Toiminnassa", dt.date(2015, 3, 1),
     dt.date(2018, 2, 28), "Mallilan kaupunki", 46434.0, 39720.5, 57634.0, 49361.25],
    ["S90002", "ESR", "Taidot, työ ja me", 4, "Lapin liitto", "Toiminnassa", dt.date(2016, 2, 1),
     dt.date(2019, 1, 31), "Malliopisto sr", 194413.0, 107832.85, 389784.0, 134788.11],
    ["A90003", "EAKR", "Puusta pidemmälle", 2, "Lapin liitto", "Toiminta päättynyt",
     dt.date(2015, 8, 1), dt.date(2017, 12, 31), "Malli Energia Oy", 117967.0, 0.0, 251051.0, 0.0],
]  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """Cells of one row that are written otherwise, and what they are worth then."""

    name: str
    cells: dict[int, str]
    worth: dict[int, object]
    row: int = 0


def sums(name: str, text: str, worth: object) -> Damage:
    return Damage(f"sum {name}", {PAID: text}, {PAID: worth})


def day(name: str, text: str, worth: object) -> Damage:
    return Damage(f"day {name}", {END: text}, {END: worth})


def one(name: str, column: int, text: str, worth: object) -> Damage:
    return Damage(name, {column: text}, {column: worth})


D = dt.date(2018, 2, 28)
DAMAGES = [
    sums("no-break space and euro", "192\u00a0523\u00a0€", 192523.0),
    sums("narrow space", "192\u202f523", 192523.0),
    sums("thin space", "192\u2009523", 192523.0),
    sums("decimal comma", "140 979,92", 140979.92),
    sums("dots and comma", "140.979,92", 140979.92),
    sums("apostrophes", "192'523", 192523.0),
    sums("curly apostrophes", "1’192’523", 1192523.0),
    sums("euro", "192523 €", 192523.0),
    sums("euro before", "€192523", 192523.0),
    sums("euroa", "192 523 euroa", 192523.0),
    sums("EUR", "192523 EUR", 192523.0),
    sums("no cents", "192 523,-", 192523.0),
    sums("true minus", "−876", -876.0),
    sums("en dash as minus", "–876,50", -876.5),
    sums("minus and space", "- 876", -876.0),
    sums("brackets", "(876)", -876.0),
    sums("brackets and euro", "(876,50 €)", -876.5),
    sums("trailing minus", "876-", -876.0),
    sums("zero", "0,00 €", 0.0),
    sums("scientific", "1,92523E+05", 192523.0),
    sums("scientific with point", "1.92523E5", 192523.0),
    sums("scientific, rounded", "1,9E+05", TOLD),
    sums("guarded", "'192523", 192523.0),
    sums("long decimals", "39720.123456", 39720.123456),
    sums("ambiguous comma", "192,523", TOLD),
    sums("ambiguous point", "192.523", TOLD),  # other sums have no sign between thousands
    sums("two figures", "100 / 200", TOLD),
    sums("words", "ei vielä tiedossa", TOLD),
    sums("about", "noin 50 000", TOLD),
    sums("other money", "500 SEK", TOLD),
    sums("hyphen", "-", BLANK),
    sums("en dash", "–", BLANK),
    sums("em dash", "—", BLANK),
    sums("n/a", "n/a", BLANK),
    sums("N/A", "N/A", BLANK),
    sums("NaN", "NaN", BLANK),
    sums("NULL", "NULL", BLANK),
    sums("two dots", "..", BLANK),
    sums("ei tietoa", "ei tietoa", BLANK),
    sums("nothing", "", BLANK),
    sums("spaces", " \u00a0 ", BLANK),
    sums("#ARVO!", "#ARVO!", TOLD),
    sums("#N/A", "#N/A", TOLD),
    sums("#PUUTTUU!", "#PUUTTUU!", TOLD),
    sums("#DIV/0!", "#DIV/0!", TOLD),
    sums("#JAKO/0!", "#JAKO/0!", TOLD),
    sums("#NAME?", "#NAME?", TOLD),
    sums("too narrow", "######", TOLD),
    sums("Err", "Err:502", TOLD),
    sums("formula", "=K2+L2", TOLD),
    day("ISO", "2018-02-28", D),
    day("ISO with midnight", "2018-02-28 00:00:00", D),
    day("ISO with T", "2018-02-28T00:00:00", D),
    day("Finnish with midnight", "28.2.2018 0:00", D),
    day("leading zeros", "28.02.2018", D),
    day("spaces", "28. 2. 2018", D),
    day("compact", "20180228", D),
    day("year first", "2018/02/28", D),
    day("serial", "43159", D),
    day("serial with decimal", "43159.0", D),
    day("guarded", "'28.2.2018", D),
    day("American", "2/12/2018", TOLD),
    day("two digits", "28.2.18", TOLD),
    day("dashes", "2-12-2018", TOLD),
    day("impossible", "31.2.2018", TOLD),
    day("words", "kevät 2018", TOLD),
    day("year", "2018", TOLD),
    day("time of day", "28.2.2018 13:45", TOLD),
    day("hyphen", "-", BLANK),
    day("#ARVO!", "#ARVO!", TOLD),
    one("code guarded", CODE, "'S90001", "S90001"),
    one("code as formula", CODE, '="S90001"', "S90001"),
    one("code small", CODE, "s90001", "S90001"),
    one("code with spaces", CODE, " S90001\u00a0", "S90001"),
    one("fund small", FUND, "esr", "ESR"),
    one("fund in words", FUND, "Euroopan sosiaalirahasto", "ESR"),
    one("fund unknown", FUND, "XYZ", TOLD),
    one("axis with name", AXIS, "3 Työllisyys", 3),
    one("axis with point", AXIS, "3.0", 3),
    one("axis unknown", AXIS, "kolme", TOLD),
    one("office without commas", OFFICE, ELY.replace(",", ""), ELY.replace(",", "")),
    one("office is a state", OFFICE, "Toiminnassa", TOLD),
    one("office is a number", OFFICE, "157500", TOLD),
    one("who is a number", WHO, "157500", TOLD),
    one("who is a sum", WHO, "157 500,00 €", TOLD),
    one("who is a day", WHO, "15.10.2014", TOLD),
    one("who is an error", WHO, "#N/A", TOLD),
    one("who is a dash", WHO, "-", BLANK),
    one("name is a number", NAME, "100000", TOLD),
    one("name in spaces", NAME, "  Kylän   uusi aamu ", "Kylän uusi aamu"),
    one("name ends in a number", NAME, "Kylän uusi aamu 2", "Kylän uusi aamu 2"),
    one("state is a number", STATE, "12", TOLD),
    one("state is a day", STATE, "1.3.2015", TOLD),
    one("name with a raised note", NAME, "Kylän uusi aamu¹", "Kylän uusi aamu"),
    one("name with a power", NAME, "Kylän uusi aamu²", "Kylän uusi aamu²"),
    one("name with a note in brackets", NAME, "Kylän uusi aamu ²)", "Kylän uusi aamu"),
    one("name with a part in brackets", NAME, "Kylän uusi aamu (osa 1)", "Kylän uusi aamu (osa 1)"),
    one("name with a star", NAME, "Kylän uusi aamu*", "Kylän uusi aamu*"),
    one("name with a measure", NAME, "Kylä 100 km²", "Kylä 100 km²"),
    one("who with a note", WHO, "Mallilan kaupunki 1)", "Mallilan kaupunki"),
    one("state with a star", STATE, "Toiminnassa*", "Toiminnassa"),
    one("office with a note", OFFICE, "Lapin liitto¹)", "Lapin liitto"),
    sums("with a note", "46434¹", TOLD),
    one("who has swallowed", WHO, "MALLI OY,100000,15.10.2014", TOLD),
    one("name with a semicolon", NAME, "Kylä; aamu", "Kylä; aamu"),
    one("name with quotes", NAME, 'Kylän "uusi" aamu', 'Kylän "uusi" aamu'),
]  # fmt: skip


# ---- formats


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _bare(text: str, divider: str) -> str:
    return _quoted(text) if any(sign in text for sign in (divider, '"', "\n")) else text


def semicolon(headings: list[str], rows: list[list[str]]) -> bytes:
    return _csv([headings, *rows], ";")


def tab(headings: list[str], rows: list[list[str]]) -> bytes:
    return _csv([headings, *rows], "\t")


def quoted(headings: list[str], rows: list[list[str]]) -> bytes:
    lines = (",".join(map(_quoted, row)) for row in [headings, *rows])
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def comma(headings: list[str], rows: list[list[str]]) -> bytes:
    """Commas between and inside, nothing quoted, as the service writes lists."""
    return ("\n".join(",".join(row) for row in [headings, *rows]) + "\n").encode("utf-8")


def _csv(rows: list[list[str]], divider: str) -> bytes:
    lines = (divider.join(_bare(text, divider) for text in row) for row in rows)
    return ("\r\n".join(lines) + "\r\n").encode()


def xlsx(headings: list[str], rows: list[list[str]]) -> bytes:
    """Every cell as text."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate([headings, *rows]):
            for j, text in enumerate(row):
                sheet.write_string(i, j, text)
    return made.getvalue()


def native(headings: list[str], rows: list[list[str]]) -> bytes:
    """Sums as numbers and days as days where they are such."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "d.m.yyyy"})
        for i, row in enumerate([headings, *rows]):
            for j, text in enumerate(row):
                plain = any(text == whole[j] for whole in ROWS)
                if i and j in (START, END) and plain:
                    d, m, y = map(int, text.split("."))
                    sheet.write_datetime(i, j, dt.datetime(y, m, d), days)
                elif i and j >= GRANTED and plain:
                    sheet.write_number(i, j, float(text))
                else:
                    sheet.write_string(i, j, text)
    return made.getvalue()


def xls(headings: list[str], rows: list[list[str]]) -> bytes:
    import xlwt

    book, made = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Hankkeet")
    for i, row in enumerate([headings, *rows]):
        for j, text in enumerate(row):
            sheet.write(i, j, text)
    book.save(made)
    return made.getvalue()


_ODS = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(headings: list[str], rows: list[list[str]]) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_ods_text(text)}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in [headings, *rows]
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{_ODS}office:1.0" '
        f'xmlns:table="{_ODS}table:1.0" xmlns:text="{_ODS}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Hankkeet">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    return made.getvalue()


def _ods_text(text: str) -> str:
    return html.escape(text).replace("  ", ' <text:s text:c="1"/>')


def page(headings: list[str], rows: list[list[str]]) -> bytes:
    lines = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>\n"
        for row in [headings, *rows]
    )
    start = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Hankkeet</title></head>"
    return f"{start}<body><h1>Hankelista</h1><table>{lines}</table></body></html>".encode()


def xml(headings: list[str], rows: list[list[str]]) -> bytes:
    lines = "".join(
        "<projekti>"
        + "".join(f"<{n}>{html.escape(t)}</{n}>" for n, t in zip(ELEMENTS, row, strict=True))
        + "</projekti>\n"
        for row in rows
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<projektilista>{lines}</projektilista>'.encode()
    )


FORMATS: dict[str, tuple[str, Callable[[list[str], list[list[str]]], bytes]]] = {
    "semicolon": ("csv", semicolon),
    "tab": ("csv", tab),
    "quoted": ("csv", quoted),
    "comma": ("csv", comma),
    "xlsx": ("xlsx", xlsx),
    "native": ("xlsx", native),
    "xls": ("xls", xls),
    "ods": ("ods", ods),
    "html": ("html", page),
    "xml": ("xml", xml),
}


@dataclass
class Count:
    """Cells by what became of them."""

    right: int = 0
    told: int = 0
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # Told although it could have been read.
    lost: list[str] = field(default_factory=list)


def damaged(damage: Damage) -> tuple[list[list[str]], list[list[object]]]:
    """The rows with the damage in them, and what they are worth."""
    rows, worth = [list(row) for row in ROWS], [list(row) for row in VALUES]
    for column, text in damage.cells.items():
        rows[damage.row][column] = text
        worth[damage.row][column] = damage.worth[column]
    return rows, worth


def judge(read: Any, worth: list[list[object]], count: Count, name: str) -> None:
    """Hold what was read against what the cells are worth."""
    found = {record.code: record for record in (read.records if read else [])}
    loud = [f.raw or "" for f in read.findings if f.code == "list_row_unreadable"] if read else []
    for row in worth:
        record = found.get(row[CODE])
        for column, want in enumerate(row):
            where = f"{name}: {FIELDS[column]}"
            value = record.values.get(FIELDS[column]) if record else None
            have = value.content if value else None
            told = record is None or any(f.field == FIELDS[column] for f in record.findings)
            told = told and (record is not None or bool(loud) or read is None)
            if have is not None and (want in (BLANK, TOLD) or have != want):
                count.wrong.append(f"{where}: {have!r}, not {want!r}")
            elif have is not None or (want == BLANK and record is not None and not told):
                count.right += 1
            elif not told:
                count.silent.append(where)
            elif want == TOLD:
                count.told += 1
            else:
                count.lost.append(where)


def write(folder: Path, form: str, headings: list[str], rows: list[list[str]]) -> Path:
    ending, writer = FORMATS[form]
    path = folder / f"lista.{ending}"
    path.write_bytes(writer(headings, rows))
    return path
