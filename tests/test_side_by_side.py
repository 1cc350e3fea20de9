"""Texts that programs made of pages and prints: labels beside values, drawn lines, titles."""

from itertools import groupby
from pathlib import Path

import openpyxl
import pytest

import esrdata
from esrdata.documents.layout import furniture
from esrdata.documents.mapped import Mapped
from esrdata.documents.markdown import plain_edits
from esrdata.documents.side_by_side import with_labels_first, without_rules


def first(text: str) -> str:
    whole = with_labels_first(Mapped(text))
    for sign, start, end in zip(whole.text, whole.starts, whole.ends, strict=bool(whole.starts)):
        # Every sign has its place; those put between pieces have none of their own.
        assert start == end or text[start:end] == sign
    return whole.text


FROM_TOP = """\
Toimintalinja:         Osallisuus
Suunnitelman mukainen  Alkaa 1.5.2015 ja
toteutusaika:          päättyy 30.6.2017
Tila:                  Päättynyt
"""
CENTRED = """\
1 Hanke
Toimintalinja:         Osallisuus
                       10.1. Työelämän ulkopuolella olevien työ- ja
Erityistavoite:
                       toimintakyvyn parantaminen
Suunnitelman mukainen
                       Alkaa 1.5.2015
toteutusaika:
Tila:                  Päättynyt
"""


def test_a_label_that_was_wrapped_stands_whole_before_its_value() -> None:
    assert first(FROM_TOP).split("\n")[1:3] == [
        "Suunnitelman mukainen toteutusaika: Alkaa 1.5.2015 ja",
        "päättyy 30.6.2017",
    ]


def test_values_above_and_below_their_label_follow_it() -> None:
    assert [line.strip() for line in first(CENTRED).split("\n")[2:6]] == [
        "Erityistavoite: 10.1. Työelämän ulkopuolella olevien työ- ja",
        "toimintakyvyn parantaminen",
        "Suunnitelman mukainen toteutusaika: Alkaa 1.5.2015",
        "Tila:                  Päättynyt",
    ]


@pytest.mark.parametrize(
    "text",
    [
        # By lines the rows are read right.
        "Tila:   Päättynyt\nNimi:   Pajalta\n        työhön\n",
        # The middle value could belong to either.
        "Tila:   a\n        b\nNimi:   c\n        d\n",
        "Tila: Päättynyt\nSuunnitelman mukainen\ntoteutusaika: 2015\n",
        # One gap makes no column, nor do some that begin somewhere else each.
        "Nimi: Pajalta työhön ja takaisin\nMyönnetty  tuki:  301 873\nja siitä maksettu osuus\n",
        "Nimi:  Pajalta työhön\nMyönnetty tuki:  301 873\nja siitä maksettu\nKoodi:  S12345\n",
        "Yhteensä:  5 kokousta pidettiin\nja lopuksi juhlittiin yhdessä:\nkaikki tulivat.\n",
    ],
)
def test_what_can_be_read_as_it_stands_or_in_two_ways_stays(text: str) -> None:
    assert first(text) == text


@pytest.mark.parametrize("line", ["----", "  ------ ---", "+---+---+", "=====", "── ──"])
def test_a_drawn_line_is_blank(line: str) -> None:
    assert without_rules(Mapped(f"a\n{line}\nb")).text == "a\n\nb"


@pytest.mark.parametrize("line", ["---", "-", "- a", "-- --", "a ----", "--- b ---", "C++"])
def test_other_lines_are_none(line: str) -> None:
    assert without_rules(Mapped(f"a\n{line}\nb")).text == f"a\n{line}\nb"


def test_the_title_beside_page_numbers_is_furniture() -> None:
    head, foot = "11/30/26, 2:44 PM", "file:///tmp/page.html"
    lines = [
        *(head, "Hankekuvaus", "Tila: Päättynyt", "Maakunnat:", foot, "1/2"),
        *(head, "Hankekuvaus", "Kymenlaakso", foot, "2/2"),
    ]
    kept = [line for i, line in enumerate(lines) if i not in furniture(lines)]
    assert kept == ["Tila: Päättynyt", "Maakunnat:", "Kymenlaakso"]


def test_a_value_beside_page_numbers_is_none() -> None:
    lines = ["Nimi: a", "Kyllä", "Sivu 1/3", "Kyllä", "Ei", "Sivu 2/3", "Kyllä", "c", "Sivu 3/3"]
    assert furniture(lines) == {2, 5, 8}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tila:\n:   Päättynyt\n", "Tila:\nPäättynyt\n"),
        ("Tila:\n:   \n", "Tila:\n\n"),
        ("<div>\n\nTila\n\n</div>\n", "\n\nTila\n\n\n"),
        ("<tr>\n<td>Tila:</td><td>a</td>\n</tr>\n", "\nTila:\ta\n\n"),
        ("a <b ja 5> c\n", "a <b ja 5> c\n"),
        ("**Suunnitelman\ntoteutusaika:** 2015\n", "Suunnitelman\ntoteutusaika: 2015\n"),
        ("***** 1 Hanke *****\n", "1 Hanke\n"),
        ("Tila:| a  \n---|---  \nNimi:| b\nc  \nMaa:| d\n\ne | f\n",
         "Tila:\ta\nNimi:\tb\nc  \nMaa:\td\n\ne | f\n"),
        ("Tila:|\na  \n---|---  \n\n", "Tila:\t\na  \n\n"),
    ],
)  # fmt: skip
def test_marks_of_converters(text: str, plain: str) -> None:
    assert Mapped(text).edited(plain_edits(text)).text == plain


RAW = Path(__file__).parents[1] / "data" / "raw" / "S20405.txt"


def read(tmp_path: Path, text: str) -> esrdata.Portfolio:
    path = tmp_path / "kuvaus.txt"
    path.write_text(text, encoding="utf-8")
    return esrdata.read(path)


def test_a_description_without_its_lines_is_refused(tmp_path: Path) -> None:
    for between in (" ", "|", "\t", "\n\\item "):
        text = between.join(RAW.read_text(encoding="utf-8").split("\n"))
        portfolio = read(tmp_path, text)
        assert portfolio.projects.empty
        assert portfolio.issues["code"].tolist() == ["form_lines_unknown"]


def test_a_value_goes_on_below_where_it_wants_more(tmp_path: Path) -> None:
    lines = RAW.read_text(encoding="utf-8").split("\n")
    # Prose that a program wrapped, and a longer line that it wrapped as well.
    wrapped = [piece for line in lines for piece in _wrapped(line, 76)]
    at = next(i for i, line in enumerate(wrapped) if "toteutusaika:" in line)
    begin, end = wrapped[at].split(" päättyy ")
    wrapped[at : at + 1] = [f"{begin} päättyy", end]
    project = read(tmp_path, "\n".join(wrapped)).projects.iloc[0]
    assert str(project["end_date"])[:10] == "2017-06-30"


def _wrapped(line: str, width: int) -> list[str]:
    words = line.split(" ")
    ends = []
    length = 0
    for word in words:
        length = length + 1 + len(word) if length and length + 1 + len(word) <= width else len(word)
        ends.append(length == len(word))
    numbers = [sum(ends[: i + 1]) for i in range(len(words))]
    rows = groupby(zip(numbers, words, strict=True), key=lambda each: each[0])
    return [" ".join(word for _, word in row) for _, row in rows]


def test_a_word_that_a_line_end_divides_at_its_hyphen_is_one(tmp_path: Path) -> None:
    text = RAW.read_text(encoding="utf-8")
    text = text.replace("köyhyyden torjunta", "köyhyyden ESR-\ntorjunta maa- \nja metsä", 1)
    label = read(tmp_path, text).projects["priority_axis_label"].iloc[0]
    assert label == "Sosiaalinen osallisuus ja köyhyyden ESR-torjunta maa- ja metsä"


def test_a_label_beside_an_empty_cell_is_no_part_of_the_value_above(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in filter(None, RAW.read_text(encoding="utf-8").split("\n")):
        label, colon, value = line.partition(": ")
        cells = [label, value] if colon and len(label) < 90 else [line.removesuffix(":")]
        book.active.append(cells[:1] if label in ("Toimintalinja", "Vastuuviranomainen") else cells)
    book.save(tmp_path / "kuvaus.xlsx")
    project = esrdata.read(tmp_path / "kuvaus.xlsx").projects.iloc[0]
    assert project["name"] == "Asukaslähtöinen kehittäminen Kotkassa 2015-2016"
    assert project["status"] == "Toiminta päättynyt"
    assert project[["priority_axis", "authority"]].isna().all()
