"""Texts of a list that were cut off."""

from pathlib import Path

import pytest

from tests.list_grid import NAME, ROWS, WHO
from tests.test_list_habits import lines
from tests.test_merged_cells import contents, read, told

_LONG = 'Hankkeen tavoitteena on tukea nuoria ja kehittää "uusia malleja". ' * 10
_CODES = [
    "Hankekoodi",
    "Rahasto",
    "Hankkeen nimi",
    "Toteuttajan nimi",
    "Aloituspvm",
    "Päättymispvm",
]
_SUMMARY = "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta"


@pytest.mark.parametrize(
    ("column", "texts", "told_of"),
    [
        (NAME, ["Kylän uusi aamu ja…", "Taidot, työ ja…", "Polku"], "Hankkeen nimi"),
        (WHO, ["Mallilan koulutus...", "Malliopiston sää...", "Malli"], "Toteuttajan nimi"),
        # One may end so by itself, and a sentence ends with one dot.
        (NAME, ["Ja sitten...", "Polku", "Taidot"], None),
        (WHO, ["Malli Oy.", "Mallila ry.", "Malli sr."], None),
    ],
)
def test_texts_that_end_with_dots_are_told(
    column: int, texts: list[str], told_of: str | None, tmp_path: Path
) -> None:
    rows = [list(row) for row in ROWS]
    for row, text in zip(rows, texts, strict=True):
        row[column] = text
    found = read(tmp_path / "lista.csv", lines(rows))
    assert [contents(record)[column] for record in found.records] == texts
    assert told(found.findings) == ([("list_text_cut", None, told_of)] if told_of else [])


@pytest.mark.parametrize(
    ("lengths", "is_told"),
    [
        ((255, 255, 90), True),
        ((32767, 32767, 32767), True),
        ((255, 200, 90), False),
        ((254,) * 3, False),
    ],
)
def test_summaries_as_long_as_a_program_lets_them_be_are_told(
    lengths: tuple[int, ...], is_told: bool, tmp_path: Path
) -> None:
    """Old drivers of Excel cut texts after 255 characters without a word."""
    rows = [[*_CODES, _SUMMARY]]
    for i, length in enumerate(lengths):
        text = (f"{i}. {_LONG * 50}")[: length - 1] + "a"
        rows.append([f"S3010{i}", "ESR", "Polku", "Malli Oy", "1.2.2023", "3.4.2024", text])
    table = "".join(
        ";".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) + "\n" for row in rows
    )
    found = read(tmp_path / "lista.csv", table.encode())
    assert [len(str(r.content("narratives.summary"))) for r in found.records] == list(lengths)
    assert told(found.findings) == ([("list_text_cut", None, _SUMMARY)] if is_told else [])
