"""Personal data: what is covered, that offsets stay, and that no output holds it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import eura2007_page, eura2014_page

import esrdata
from esrdata.portfolio import Portfolio
from esrdata.reading.privacy import COVER, mask, places


@pytest.mark.parametrize(
    "text",
    [
        "tiina.testinen@example.org",
        "tiina.testinen(at)example.org",
        "tiina.testinen (at) example.org",
        "tiina.testinen[at]example.org",
        "tiina.testinen(ät)example.org",
        "tiina(a)example.org",
        "tiina.testinen(at)",  # cut off behind the sign, as on a real page
        "etunimi.sukunimi@example.org",
        "044 277 0000",
        "044-2770000",
        "044 - 277 0000",
        "0442770000",
        "(05) 123 4567",
        "05 123 4567",
        "+358 44 277 0000",
        "+358 (0)44 277 0000",
        "+358442770000",
        "040\u00a0123\u00a04567",
        "09/123 4567",
    ],
)
def test_addresses_and_numbers_are_covered_sign_by_sign(text: str) -> None:
    whole = f"Kysy: {text}, niin kerromme."
    covered = mask(whole)
    assert covered == f"Kysy: {COVER * len(text)}, niin kerromme."


@pytest.mark.parametrize(
    "text",
    [
        "Vuosina 2015–2017 ja 1.1.2016 – 31.12.2018",
        "Y-tunnus 0160225-7 on kaupungin",
        "00530 Helsinki",
        "540 henkilöä, 1 024 osallistujaa ja 12 500 euroa",
        "LIFE@WORK-hanke ja @sepra",
        "vaihtoehto (a) on parempi",
        "0,5 henkilötyövuotta",
        "klo 10.30 - 12.00",
        "Hankekoodi S20405, A616120791",
    ],
)
def test_other_signs_and_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_a_named_person_is_covered_in_either_order_and_any_case() -> None:
    text = "Tiina Testisen vetämä ryhmä; TESTINEN TIINA kertoo. Tuija Testi on toinen."
    assert mask(text, ["Testinen Tiina"]) == (
        f"{COVER * 14} vetämä ryhmä; {COVER * 14} kertoo. Tuija Testi on toinen."
    )
    assert mask("Heikin Peltosen ja Matti Virran", ["Heikki Peltonen"]) == (
        f"{COVER * 15} ja Matti Virran"
    )


@given(st.text("ab 0123456789.,()-–@+\n", max_size=60))
def test_a_covered_text_is_as_long_and_holds_nothing_more_to_cover(text: str) -> None:
    covered = mask(text)
    assert len(covered) == len(text)
    for start, end in places(text):
        assert set(covered[start:end]) == {COVER}
    assert places(covered) == []


# ---- through the whole reading

SECRETS = ("Testinen Tiina", "tiina.testinen@example.org", "000 0000002", "Tiina Testinen")
PROSE = (
    "Mukana oli 20 henkilöä. Kysy: Tiina Testinen, tiina.testinen(at)example.org tai "
    "044 277 0000. Lopuksi juhlittiin."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    page = eura2014_page(final_report=PROSE)
    (source / "a.txt").write_text(page, encoding="utf-8")
    html = "".join(f"<p>{line}</p>" for line in page.replace("S20001", "S20002").split("\n"))
    html = html.replace("tiina.testinen(at)", "tiina.testinen&#64;").replace(
        "Kysy:", 'Kysy: <a href="mailto:tiina.testinen@example.org">posti</a>'
    )
    (source / "b.html").write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    (source / "c.txt").write_text(eura2007_page(summary=PROSE), encoding="utf-8")
    return source


def everything(portfolio: Portfolio, out: Path) -> str:
    """All that a portfolio writes and shows, as one text."""
    portfolio.save(out / "tables")
    esrdata.report.write(portfolio, out / "report", lang="fi")
    written = [p.read_bytes().decode("utf-8", "replace") for p in sorted(out.rglob("*.*"))]
    shown = [
        str(portfolio.explain(row.project_code, row.field))
        for row in portfolio.provenance.itertuples()
    ]
    cells = [table.to_string() for table in portfolio.tables.values()]
    return "\n".join([*written, *shown, *cells])


def test_no_output_holds_a_contact_person(folder: Path, tmp_path: Path) -> None:
    text = everything(esrdata.read(folder), tmp_path / "out")
    assert "Lopuksi juhlittiin" in text
    for secret in (*SECRETS, "testinen(at)", "testinen&#64;", "044 277 0000", "277 0000"):
        assert secret not in text, secret


def test_offsets_stay_right_and_the_files_as_they_were(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    portfolio = esrdata.read(folder)
    row = portfolio.narratives.set_index(["project_code", "section"]).loc["S20001", "final_report"]
    assert len(row["text"]) == len(PROSE)
    assert row["text"].index("Lopuksi") == PROSE.index("Lopuksi")
    assert row["text"].startswith("Mukana oli 20 henkilöä. Kysy: ████")
    for place in portfolio.provenance.dropna(subset="raw").itertuples():
        assert place.end - place.start == len(place.raw), place.field
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_was_covered_is_counted(folder: Path) -> None:
    issues = esrdata.read(folder).issues
    told = issues[issues["code"] == "personal_data_masked"]
    found = told[["project_code", "field", "raw", "severity"]].to_numpy().tolist()
    assert found == [
        ["S20001", "narratives.final_report", "3", "info"],
        ["S20002", "narratives.final_report", "3", "info"],
        ["S10001", "narratives.summary", "3", "info"],
    ]


def test_contacts_on_request_are_in_their_table_and_prose_keeps_its_cover(folder: Path) -> None:
    portfolio = esrdata.read(folder, contacts=True)
    assert set(portfolio.contacts["name"]) == {"Testinen Tiina"}
    text = "\n".join(portfolio.narratives["text"])
    assert "Tiina Testinen" in text
    assert not re.search(r"044 277|testinen\(at\)|@example", text)


def test_findings_quote_no_address(tmp_path: Path) -> None:
    page = eura2014_page() + "\nLisätiedot: soita 044 277 0000 tai kirjoita x.y@example.org\n"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    heading = "Koodi,Rahasto,Hankkeen nimi,Tila,Aloituspvm,Päättymispvm,Toteuttajan nimi"
    row = "Kysy: x.y@example.org, 044 277 0000"
    (tmp_path / "b.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    assert len(portfolio.issues) >= 1
    quoted = " ".join(portfolio.issues["raw"].dropna()) + " ".join(portfolio.issues["message"])
    assert "277 0000" not in quoted
    assert "example.org" not in quoted


def test_persons_beside_a_block_of_a_web_page_are_not_shown_around_its_values(
    tmp_path: Path,
) -> None:
    page = (
        "Ota yhteyttä\nTiina Testinen\n044 277 0000\n\nPieni hanke\n\n"
        "Hankeaika 1.1.2016 – 31.12.2016\n\nHankkeessa autetaan naapureita kaikissa taloissa.\n"
    )
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    portfolio = esrdata.read(tmp_path)
    (code,) = portfolio.projects["project_code"]
    shown = str(portfolio.explain(code, "projects.name"))
    assert "Pieni hanke" in shown
    assert "Tiina" not in shown and "277 0000" not in shown
