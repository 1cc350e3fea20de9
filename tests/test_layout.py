"""Text as a person reads it: wraps, divided words, furniture; each character in its place."""

import re
import textwrap

import pytest

from esrdata.documents.layout import is_furniture, plain
from esrdata.documents.text import NotTextError, decode
from esrdata.knowledge import load

PATTERNS = load.furniture()["patterns"]
PROSE = 2 * (
    "Hankkeessa kokeillaan matalan kynnyksen toimintaa yhdessä asukkaiden kanssa, ja ohjaajat "
    "tapaavat osallistujia siellä, missä he muutenkin liikkuvat. Palautetta kerätään jatkuvasti, "
    "ja toimintaa muutetaan sen mukaan koko hankkeen ajan yhdessä kumppanien kanssa sovitusti. "
)


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: entry["what"])
def test_every_furniture_pattern_has_its_examples(entry: dict[str, object]) -> None:
    assert set(entry) - {"repeats"} == {"what", "pattern", "match", "other"}
    own = re.compile(str(entry["pattern"]), re.IGNORECASE)
    for line in entry["match"]:
        assert own.fullmatch(line), line
        assert is_furniture(f"   {line}\t", repeats="repeats" in entry)
    for line in entry["other"]:
        assert not own.fullmatch(line), line


@pytest.mark.parametrize(
    "line",
    ["2015", "0", "10 10", "8.10.2015 mukana messuilla", "1.Vahvistetaan", "4.1 Osallistujat"],
)
def test_lines_of_prose_and_scores_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_text_that_is_not_wrapped_is_its_own_view() -> None:
    text = f"Hankekoodi: S90001\n\n{PROSE}\n* yksi\n* kaksi\n"
    laid = plain(text)
    assert laid.view is text
    assert (len(laid.starts), laid.wraps, laid.furniture) == (0, frozenset(), ())


def test_wraps_are_told_from_ends() -> None:
    wrapped = textwrap.wrap(PROSE, 60)
    text = "\n".join(["Hankekoodi: S90001", "", *wrapped, "Uusi rivi.", "* yksi"])
    laid = plain(text)
    # Every line of the prose but its last runs on.
    assert laid.wraps == frozenset(range(2, 2 + len(wrapped) - 1))


def test_a_short_text_is_wrapped_where_its_sentences_go_on() -> None:
    text = (
        "Pajalta palkkatyöhön -hankkeessa pitkään työttömänä olleet saavat\n"
        "valmennusta ja työkokeilupaikkoja alueen yrityksissä. Se toteutetaan\n"
        "1.3.2017–28.2.2019 ja sitä rahoittaa Euroopan sosiaalirahasto.\n\nMallila\n"
    )
    assert plain(text).wraps == {0, 1}


def test_a_few_full_lines_of_a_list_are_no_wraps() -> None:
    text = (
        "Toteuttajana on Mallilan kaupungin nuorisopalvelut ja työllisyys\n"
        "Kumppaneina Mallilan ammattiopisto sekä Mallilan seudun yrittäjät\n"
        "Rahoittajana Euroopan sosiaalirahasto ja Mallimaan maakuntaliitto\n\nMallila\n"
    )
    assert plain(text).wraps == frozenset()


def test_a_full_line_above_a_blank_one_is_no_wrap() -> None:
    wrapped = textwrap.wrap(PROSE, 60)
    full = "x" * 29 + " " + "y" * 30
    text = "\n".join([*wrapped, "", full, "", *wrapped])
    assert len(wrapped) + 1 not in plain(text).wraps


def test_words_divided_at_a_line_end() -> None:
    soft = plain("Kunnan kehittä\u00admis\u00ad\nyhtiö aloitti.\n")
    assert soft.view == "Kunnan kehittämisyhtiö aloitti."
    start = soft.view.index("yhtiö")
    text = "Kunnan kehittä\u00admis\u00ad\nyhtiö aloitti.\n"
    assert text[soft.starts[start] : soft.ends[start + 4]] == "yhtiö"


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("tehtiin Päijät-", "Hämeen kanssa", "Päijät-Hämeen"),
        ("tehtiin kehittämis-", "ja työpajoja", "kehittämis-\nja"),
        ("tehtiin elinkeino-,", "liikenne- ja", "elinkeino-,\nliikenne-"),
    ],
)
def test_a_hyphen_at_a_wrap(end: str, begin: str, joined: str) -> None:
    width = 60
    lines = [line.ljust(width - 3, "x") for line in ["sana " * 8] * 8]
    filled = "täyte " * 20
    line = filled[: width - len(end) - 1].rsplit(" ", 1)[0] + " "
    line = line + "y" * (width - len(line) - len(end) - 1) + " " + end
    assert len(line) == width
    assert joined in plain("\n".join([*lines, line, f"{begin} sovittiin"])).view


def test_furniture_is_dropped_and_counted() -> None:
    wrapped = textwrap.wrap(PROSE, 60)
    text = "\n".join([*wrapped[:2], "", "Sivu 2/7", "", *wrapped[2:], "", "Sivu 3/7", "", "Loppu."])
    laid = plain(text)
    assert "Sivu" not in laid.view
    assert len(laid.furniture) == 2
    # Within a paragraph the page end leaves no trace; behind it the paragraph ends.
    assert laid.view.split("\n\n") == ["\n".join(wrapped), "Loppu."]
    assert laid.view[laid.furniture[1] :].lstrip() == "Loppu."


def test_a_day_and_time_in_prose_stays() -> None:
    agenda = "Ohjelma:\n21.11.2016 klo 12.30\nKahvit\n"
    assert plain(agenda).view is agenda
    pages = "21.11.2026 klo 12.30\nYksi.\n21.11.2026 klo 12.31\nKaksi.\n"
    assert plain(pages).view == "Yksi.\nKaksi."


def test_every_character_keeps_its_place() -> None:
    text = "Alku\u00adosa\n\nSivu 2/7\n\nloppu\u200bosa\n"
    laid = plain(text)
    assert laid.view == "Alkuosa\n\nloppuosa"
    for i, sign in enumerate(laid.view):
        if sign != "\n":
            assert text[laid.starts[i] : laid.ends[i]] == sign


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    text = "Hankekoodi: S90001\nHämeen työ"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_zeros_anywhere_are_no_text() -> None:
    with pytest.raises(NotTextError):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01")


@pytest.mark.parametrize(
    "foot",
    [
        "Tulostettu 21.11.2026 klo 12.30",
        "21.11.2026 klo 12.30",
        "21.11.2026 klo 12.30 Hankekuvaus 1/5",
        "https://www.example.org/hanke?id=1 1/5",
        "Sivu 5 (5)",
        "5/5",
    ],
)
def test_a_print_foot_at_the_end_is_no_text(foot: str) -> None:
    laid = plain(f"Ovet avattiin.\n\n{foot}\n")
    assert (laid.view, len(laid.furniture)) == ("Ovet avattiin.", 1)
    assert plain(f"Ovet avattiin. {foot}\n").view == f"Ovet avattiin. {foot}\n"
