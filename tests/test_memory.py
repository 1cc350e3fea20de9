"""Memory is bounded by the size of a file: what packs to a thousandth is counted, then read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import esrdata
from esrdata.documents.office import xlsx

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import attacks
import memory

ROW = "<row><c><v>1</v></c></row>"
# More than the sixteen million characters that any file may weigh, at 96, 8 and 16 for an element.
STAYING, CELLS, EACH = 180_000, 2_200_000, 1_100_000
SHEET = "<table:table table:name='a'>{}</table:table>"

WIDE = "<table:table-cell a='' b='' c=''/>"

SMALL = {
    "strings.xlsx": lambda: attacks.xlsx(ROW, "<si/>" * STAYING),
    "formats.xlsx": lambda: memory.styled(f"<cellXfs>{'<xf/>' * STAYING}</cellXfs>"),
    "cells.xlsx": lambda: attacks.xlsx(f"<row>{'<c/>' * CELLS}</row>"),
    "formulas.xlsx": lambda: attacks.xlsx(f"<row>{'<c><f/></c>' * (CELLS // 2)}</row>"),
    # One cell at the right edge stands for sixteen thousand, and the row is empty all the same.
    "edges.xlsx": lambda: attacks.xlsx('<row><c r="XFD1"/></row>' * 1_200),
    "cells.ods": lambda: attacks.odf(
        "spreadsheet",
        SHEET.format(f"<table:table-row>{WIDE * (EACH // 4)}</table:table-row>"),
    ),
    "paragraphs.odt": lambda: attacks.odf("text", "<text:p/>" * EACH),
    "paragraphs.docx": lambda: attacks.docx("<w:p/>" * EACH),
    "attributes.docx": lambda: attacks.docx("<w:p " + "a='1' " * EACH + "/>"),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_small_file_does_not_fill_the_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SMALL[name]())
    assert (tmp_path / name).stat().st_size < 4_000_000
    (tmp_path / "b.txt").write_text(attacks.PAGE, encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    found = portfolio.issues[portfolio.issues["code"] == "limit_reached"]
    assert list(found["raw"]) == ["text_ratio = 20"]
    assert found["file"].iloc[0].endswith(name)
    assert list(portfolio.projects["project_code"]) == ["S20001"]


def test_a_list_of_many_texts_and_cells_is_read() -> None:
    # Texts of their own for each cell, as many as a list has.
    count = 3_000
    columns = ("Koodi", "Rahasto", "Hankkeen nimi", "Tl")
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in columns)
    cell = '<c t="s"><v>{}</v></c>'
    rows = "".join(
        f"<row>{''.join(cell.format(4 * n + i) for i in range(4))}</row>" for n in range(count)
    )
    texts = "".join(
        f"<si><t>{text}</t></si>"
        for n in range(count)
        for text in (f"S{20000 + n}", "ESR", f"Hanke {n}", n)
    )
    book = xlsx.read(attacks.xlsx(f"<row>{head}</row>{rows}", texts))
    assert book.text.split("\n")[1:3] == ["S20000\tESR\tHanke 0\t0", "S20001\tESR\tHanke 1\t1"]
    assert book.text.count("\n") == count
