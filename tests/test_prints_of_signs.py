"""Prints as Chromium makes them, with signs that PDF files write in two halves or turn round."""

import shutil
from pathlib import Path

import attacks
import pytest
import shapes
from pages import eura2014_page

import esrdata

CHROMIUM = pytest.mark.skipif(shutil.which(shapes.CHROMIUM) is None, reason="needs Chromium")
# Beyond U+FFFF: a smiling face, and letters and digits of mathematics.
FACE, BOLD, NINE = "\U0001f603", "\U0001d407\U0001d41a\U0001d427\U0001d424\U0001d41e", "\U0001d7d7"


def printed(folder: Path, **facts: str) -> esrdata.Portfolio:
    (folder / "a.pdf").write_bytes(shapes.printed(eura2014_page(**facts)))
    return esrdata.read(folder)


@CHROMIUM
@pytest.mark.slow
def test_faces_soft_hyphens_and_letters_of_mathematics(tmp_path: Path) -> None:
    soft = "Hank\u00adkees\u00adsa autettiin 25 osal\u00adlis\u00adtu\u00adjaa "
    summary = f"{soft}{FACE}. Yhtälö {BOLD} = {NINE} on kirjoitettu oudosti. " * 3
    portfolio = printed(tmp_path, name=f"Kohti työtä {FACE} {BOLD} {NINE}", summary=summary)
    assert portfolio.projects["name"].iloc[0] == f"Kohti työtä {FACE} {BOLD} {NINE}"
    rows = portfolio.narratives
    text = rows.loc[rows["section"] == "summary", "text"].iloc[0]
    plain = f"Hankkeessa autettiin 25 osallistujaa {FACE}. Yhtälö {BOLD} = {NINE} on kirjoitettu"
    assert text.replace("\n", " ").count(plain) == 3
    # A digit of mathematics is no digit of a sum.
    assert list(portfolio.claims["value"]) == [25.0, 25.0, 25.0]
    for claim in portfolio.claims.itertuples():
        assert text[claim.start : claim.end] == "25 osallistujaa"
    assert portfolio.issues.empty
    shown = portfolio.explain("S20001", "projects.name")
    assert FACE in str(shown)


@CHROMIUM
@pytest.mark.slow
def test_text_from_right_to_left_is_told_of(tmp_path: Path) -> None:
    summary = "Sana \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd on tervehdys."
    portfolio = printed(tmp_path, summary=summary)
    # What a print does to the order cannot be undone for certain: the letters are there.
    text = "".join(portfolio.narratives["text"].dropna())
    assert set("\u05e9\u05dc\u05d5\u05dd") <= set(text)
    found = portfolio.issues[portfolio.issues["code"] == "right_to_left_print"]
    assert list(found["raw"]) == ["1"]


def test_a_print_from_left_to_right_is_not_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(attacks.in_prose("Sana \u05e9\u05dc\u05d5\u05dd."), "utf-8")
    # A text holds its letters in the order of reading.
    assert "right_to_left_print" not in set(esrdata.read(tmp_path).issues["code"])
    content = b"BT /F1 9 Tf 50 700 Td (Tavallista) Tj ET"
    (tmp_path / "b.pdf").write_bytes(attacks.pdf(1, content))
    assert "right_to_left_print" not in set(esrdata.read(tmp_path).issues["code"])
