"""What stands below a description and is none of it: lines of the site, the end of a letter."""

from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from pages import eura2014_page
from test_pdf import lines, written

import esrdata

PAGE = eura2014_page(final_report="Kokeiltiin.")
SITE = "\n\nTakaisin hakutuloksiin\n\nTulosta sivu\n\nTietosuojaseloste\n"
LETTER = "\n\nYstävällisin terveisin\n\nErkki Esimerkki\nprojektipäällikkö\nPuh. 000 0000000\n"


def letter(text: str, kind: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Hanke"
    if kind == "html":
        text = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n"))
    message.set_content(text, subtype=kind)
    return message.as_bytes()


@pytest.mark.parametrize(
    "data",
    [
        (PAGE + SITE).encode(),
        (PAGE + LETTER).encode(),
        (PAGE + LETTER + SITE).encode(),
        letter(PAGE + LETTER, "plain"),
        letter(PAGE + "\n\n-- \nErkki Esimerkki\nKehittämisyhdistys\n", "plain"),
        letter(PAGE + LETTER, "html"),
        "".join(f"<p>{escape(line)}</p>" for line in (PAGE + SITE).split("\n")).encode(),
    ],
    ids=["site", "letter", "both", "e-mail", "signature", "html e-mail", "page"],
)
def test_what_stands_below_is_no_final_report(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "kuvaus").write_bytes(data)
    portfolio = esrdata.read(tmp_path / "kuvaus")
    assert portfolio.narratives.set_index("section")["text"]["final_report"] == "Kokeiltiin."
    assert portfolio.files["lines"].equals(portfolio.files["lines_accounted"])


def test_lines_of_the_site_below_a_print_are_furniture() -> None:
    page = lines("9 Loppuraportin tiivistelmä", "Kokeiltiin.", "Tulosta sivu", "Tietosuojaseloste")
    view = esrdata.documents.pdf.read(written([page])).layout.view
    assert view.split() == ["9", "Loppuraportin", "tiivistelmä", "Kokeiltiin."]


@pytest.mark.parametrize(
    "below",
    [
        "Terveisin Erkki\nHankkeen kesto 1.1.2019-31.12.2021",
        "Terveisin Erkki\nRahoitus 30 000 euroa",
        "Terveisin paikalle tuli 40 asukasta.",
        "Tulosta kahvia oli tarjolla.",
        "Terveisin Erkki\n" + "\n".join(f"Kokous {n} pidettiin." for n in range(12)),
    ],
)
def test_what_may_be_of_the_project_stays(tmp_path: Path, below: str) -> None:
    (tmp_path / "kuvaus.txt").write_text(PAGE + below, encoding="utf-8")
    report = esrdata.read(tmp_path).narratives.set_index("section")["text"]["final_report"]
    assert report == f"Kokeiltiin.\n{below}"


@pytest.mark.parametrize("below", [SITE, LETTER, "\n\n----------\n", LETTER + "\n=====\n"])
def test_what_stands_between_two_descriptions_is_of_neither(tmp_path: Path, below: str) -> None:
    second = eura2014_page(code="S20002", name="Toinen hanke", final_report="Onnistuttiin.")
    (tmp_path / "kuvaukset.txt").write_text(f"{PAGE}{below}\n{second}", encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    reports = portfolio.narratives.query("section == 'final_report'").set_index("project_code")
    assert reports["text"].to_dict() == {"S20001": "Kokeiltiin.", "S20002": "Onnistuttiin."}
    assert portfolio.files["lines"].equals(portfolio.files["lines_accounted"])
    assert "unrecognised_line" not in set(portfolio.issues["code"])


ANSWERED = "\nHei, laitatko hankkeen kuvauksen?\n\nMaija\n"
HEADER = "Lähettäjä: Maija <maija@example.org>\nLähetetty: 12.3.2019 10:05\nAihe: Hanke\n"


@pytest.mark.parametrize(
    "below",
    [
        f"-----Alkuperäinen viesti-----\n{HEADER}{ANSWERED}",
        f"________________________________\n{HEADER}{ANSWERED}",
        "On Tue, 12 Mar 2019 at 10:05, Maija <maija@example.org> wrote:\n> Hei!\n> Maija\n",
        f"Terveisin Erkki\n\n-----Original Message-----\n{HEADER}{ANSWERED}",
        "Lähetetty iPhonesta\n",
        "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle.\n",
    ],
    ids=["divider", "outlook", "gmail", "closing", "telephone", "notice"],
)
def test_a_letter_below_is_no_final_report(tmp_path: Path, below: str) -> None:
    (tmp_path / "kuvaus.txt").write_text(f"{PAGE}\n\n{below}", encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    assert portfolio.narratives.set_index("section")["text"]["final_report"] == "Kokeiltiin."


def test_a_letter_below_that_holds_a_description_is_read(tmp_path: Path) -> None:
    second = eura2014_page(code="S20002", name="Toinen hanke")
    text = f"{PAGE}\n\n-----Alkuperäinen viesti-----\n{HEADER}\n{second}"
    (tmp_path / "kuvaus.txt").write_text(text, encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    assert sorted(portfolio.projects["project_code"]) == ["S20001", "S20002"]
    reports = portfolio.narratives.query("section == 'final_report'")["text"]
    assert reports.tolist() == ["Kokeiltiin.", "Kokeiltiin."]
