"""Where the cells of a list stand: line, page and place of each are those that a person finds."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.reading.lists.record import RecordReader

HEADING = [
    "Koodi", "Rahasto", "Hankkeen nimi", "Tila", "Aloituspvm", "Päättymispvm", "Toteuttajan nimi",
    "Myönnetty EU- ja valtion rahoitus", "Toteutunut EU- ja valtion rahoitus",
]  # fmt: skip
NAME, END, WHO = "projects.name", "projects.end_date", "projects.applicant"
PAID, SPENT = "funding.eu_and_state.planned", "funding.eu_and_state.realised"
# By project and field: the raw text, its line, and what stands on either side of it.
Cells = dict[tuple[str, str], tuple[str, int, str, str]]

WRITTEN = f"""\
Hankkeita
Tilanne 31.12.2018

{";".join(HEADING)}
S20001;ESR; Uusi alku ;Päättynyt;1.2.2015;31.12.2017;Kotka;1 234,50;-
S20002;ESR;"Toinen ""alku""
kahdella rivillä";Päättynyt;1.2.2015;31.12.2017;Kotka;;900

S20003;ESR;Työ 😀 Q\u0301;Päättynyt;1.2.2015;joskus;"Oy; Ab";1000;=1+1
Yhteensä;;;;;;;9;9
S20004;ESR;R&amp;D;Päättynyt;1.2.2015;31.12.2017;Ty&ouml;;#N/A;0
"""
OF_WRITTEN: Cells = {
    ("S20001", NAME): ("Uusi alku", 5, "; ", " ;"),
    ("S20001", PAID): ("1 234,50", 5, ";", ";"),
    ("S20001", SPENT): ("-", 5, ";", "\n"),
    ("S20002", NAME): ('Toinen ""alku""\nkahdella rivillä', 6, ';"', '";'),
    ("S20002", END): ("31.12.2017", 7, ";", ";"),
    ("S20002", PAID): ("", 7, ";", ";"),
    ("S20002", SPENT): ("900", 7, ";", "\n"),
    ("S20003", NAME): ("Työ 😀 Q\u0301", 9, ";", ";"),
    ("S20003", END): ("joskus", 9, ";", ";"),
    ("S20003", WHO): ("Oy; Ab", 9, ';"', '";'),
    ("S20003", SPENT): ("=1+1", 9, ";", "\n"),
    ("S20004", NAME): ("R&amp;D", 11, ";", ";"),
    ("S20004", WHO): ("Ty&ouml;", 11, ";", ";"),
    ("S20004", PAID): ("#N/A", 11, ";", ";"),
    ("S20004", SPENT): ("0", 11, ";", "\n"),
}

ELEMENTS = (
    "koodi", "rahasto", "hankkeennimi", "tila", "aloituspvm", "paattymispvm", "toteuttajannimi",
    "euvaltionrahoitusmyonnetty",
)  # fmt: skip
MARKED = """\
<hankkeet>
 <hanke><koodi>S20001</koodi><rahasto>ESR</rahasto><hankkeennimi>R&amp;D ja
 ty&#246;</hankkeennimi><tila>Päättynyt</tila>
  <aloituspvm>1.2.2015</aloituspvm><paattymispvm></paattymispvm>
  <toteuttajannimi> Kotka </toteuttajannimi></hanke>
 <hanke><koodi>S20002</koodi><rahasto>ESR</rahasto><hankkeennimi>A</hankkeennimi><tila>-</tila>
  <aloituspvm>1.2.2015</aloituspvm><paattymispvm>joskus</paattymispvm>
  <toteuttajannimi>Oy &quot;K&quot;</toteuttajannimi>
  <euvaltionrahoitusmyonnetty>1&#160;000&nbsp;&euro;</euvaltionrahoitusmyonnetty></hanke>
</hankkeet>
"""
OF_MARKED: Cells = {
    ("S20001", NAME): ("R&amp;D ja\n ty&#246;", 2, "nimi>", "</"),
    # Nothing stands in an empty element: its place is that of its tag.
    ("S20001", END): ("", 4, "</aloituspvm>", "<paattymispvm></"),
    ("S20001", WHO): ("Kotka", 5, "> ", " <"),
    ("S20002", "projects.status"): ("-", 6, "tila>", "</"),
    ("S20002", END): ("joskus", 7, ">", "<"),
    ("S20002", WHO): ("Oy &quot;K&quot;", 8, ">", "<"),
    ("S20002", PAID): ("1&#160;000&nbsp;&euro;", 9, ">", "<"),
}

PAGE = f"""<html><body><h1>Hankkeita</h1>
<table>
<tr>{"".join(f"<th>{h}</th>" for h in HEADING)}</tr>
<tr><td>S20001</td><td>ESR</td><td>Ty&ouml;<br>
ja me</td><td>Päättynyt</td><td>1.2.2015</td>
<td>joskus</td><td></td><td>1&nbsp;000&nbsp;&euro;</td><td><b>9</b>00</td></tr>
</table></body></html>
"""
OF_PAGE: Cells = {
    ("S20001", NAME): ("Ty&ouml;<br>\nja me", 4, "<td>", "</td>"),
    ("S20001", END): ("joskus", 6, "<td>", "</td>"),
    ("S20001", PAID): ("1&nbsp;000&nbsp;&euro;", 6, "<td>", "</td>"),
    ("S20001", SPENT): ("9</b>00", 6, "<b>", "</td>"),
}

OBJECTS = """\
[{"Koodi": "S20001", "Rahasto": "ESR", "Hankkeen nimi": "Työ 😀", "Tila": "Päättynyt",
  "Aloituspvm": "1.2.2015", "Päättymispvm": null, "Toteuttajan nimi": "Oy \\"K\\"",
  "Myönnetty EU- ja valtion rahoitus": 1000.5}]
"""
OF_OBJECTS: Cells = {
    ("S20001", NAME): ("Työ 😀", 1, '"', '",'),
    ("S20001", WHO): ('"Oy \\"K\\""', 2, ": ", ","),
    ("S20001", PAID): ("1000.5", 3, ": ", "}"),
}


@pytest.fixture(params=["by column", "row by row"], autouse=True)
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rows that are as rows should be are read by column; all can be read by themselves."""
    if request.param == "row by row":
        monkeypatch.setattr(RecordReader, "_grid", lambda self: 1 / 0)
    yield


def opened(path: Path) -> Document:
    document = open_document(str(path))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("name", "text", "cells"),
    [
        ("lista.csv", WRITTEN, OF_WRITTEN),
        ("lista.xml", MARKED, OF_MARKED),
        ("lista.html", PAGE, OF_PAGE),
        ("lista.json", OBJECTS, OF_OBJECTS),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_cell_stands_where_it_is_found(
    name: str, text: str, cells: Cells, ends: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(text.replace("\n", ends).encode())
    kept = esrdata.read(path).provenance
    decoded = opened(path).text
    placed = kept.dropna(subset=["start"])
    for raw, start, end in zip(
        placed["raw"].fillna(""), placed["start"], placed["end"], strict=True
    ):
        assert decoded[start:end] == raw
    # What stands nowhere has no raw text either.
    assert kept["raw"][kept["start"].isna()].isna().all()
    rows = kept.set_index(["project_code", "field"])
    for key, (raw, line, before, behind) in cells.items():
        row = rows.loc[key]
        assert (row["raw"] if raw else "") == raw, key
        assert (row["line"], row["page"]) == (line, 1), key
        assert decoded[: row["start"]].endswith(before), key
        assert decoded[row["end"] :].startswith(behind), key


def test_a_cell_of_a_workbook_stands_in_the_row_of_its_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Toinen")
    row = ["ESR", "Uusi\nalku", "Päättynyt", "1.2.2015", "31.12.2017", "Kotka"]
    for cells in ([], ["Tilanne 31.12.2018"], HEADING, ["S20001", *row, 1000, "-"]):
        first.append(cells)
    for cells in (HEADING, [], [], ["S20002", *row, "", 900], ["S20003", *row, "#N/A", 0.1 + 0.2]):
        second.append(cells)
    path = tmp_path / "lista.xlsx"
    book.save(path)
    kept = esrdata.read(path).provenance.set_index(["project_code", "field"])
    text = opened(path).text
    for key, found in {
        ("S20001", NAME): ("Uusi\u2028alku", 1, 4),
        ("S20001", PAID): ("1000", 1, 4),
        ("S20001", SPENT): ("-", 1, 4),
        ("S20002", PAID): ("", 2, 4),
        ("S20002", SPENT): ("900", 2, 4),
        ("S20003", WHO): ("Kotka", 2, 5),
        ("S20003", PAID): ("#N/A", 2, 5),
        ("S20003", SPENT): ("0.3", 2, 5),
    }.items():
        raw, page, line = found
        where = kept.loc[key]
        assert (where["page"], where["line"]) == (page, line), key
        assert text[where["start"] : where["end"]] == raw, key
        assert (where["raw"] if raw else "") == raw, key
