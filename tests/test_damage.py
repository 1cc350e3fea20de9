"""Damage that programs do to a text: undone where it is certain, told where it is not."""

import quopri
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from conftest import PAGE_2014

import esrdata
from esrdata.documents.damage import left, mend_bytes, mend_codes, mend_lines, mend_view
from esrdata.documents.document import Document
from esrdata.documents.line_signs import line_signs
from esrdata.documents.mapped import Mapped
from esrdata.documents.open import open_document

TEXT = "\n\n".join(PAGE_2014.values()) + "\n"


def signed(sign: str, of_paragraphs: bool = False) -> str:
    blocks = TEXT.strip().split("\n\n")
    if of_paragraphs:
        return "\n".join(sign + block for block in blocks)
    return "\n".join(sign + line for block in blocks for line in [*block.split("\n"), ""])


def quoted_printable(encoding: str = "utf-8") -> str:
    return quopri.encodestring(TEXT.encode(encoding)).decode("ascii")


def double_decoded(encoding: str = "cp1252") -> str:
    # What a program does that keeps the five bytes which Windows-1252 leaves open.
    data = TEXT.replace("vailla", "– vailla – ”niin” ").encode("utf-8")
    if encoding == "latin-1":
        return data.decode("latin-1")
    return "".join(
        bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data
    )


def entities(text: str) -> str:
    names = {"ä": "&auml;", "ö": "&ouml;", "Ä": "&Auml;", "–": "&ndash;", "å": "&#229;"}
    return "".join(names.get(sign, sign) for sign in text.replace("&", "&amp;"))


def bold(text: str) -> str:
    """Labels in bold letters, as Firefox and Thunderbird write them into a text."""
    lines = []
    for line in text.split("\n"):
        label, colon, value = line.partition(": ")
        lines.append(f"*{label}:* {value}" if colon and len(label) < 60 else line)
    return "\n".join(lines)


def markdown(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        label, colon, value = line.partition(": ")
        if line[:1].isdigit() and not colon:
            line = f"## {line}"
        elif colon and len(label) < 80:
            line = f"**{label}:** {value}".replace("-", "\\-")
        elif line.endswith(":"):
            line = f"**{line}**"
        lines.append(line)
    return "\n".join(lines)


KINDS: dict[str, tuple[str, str]] = {
    "e-mail codes": (quoted_printable(), "quoted_printable"),
    "e-mail codes of Latin-1": (quoted_printable("latin-1"), "quoted_printable"),
    "double-decoded": (double_decoded(), "double_decoded"),
    "double-decoded by Latin-1": (double_decoded("latin-1"), "double_decoded"),
    "entities": (entities(TEXT), "entities"),
    "entities twice": (escape(entities(TEXT)), "entities"),
    "program codes": (TEXT.replace("ä", "\\u00e4").replace("ö", "\\u00F6"), "entities"),
    "bullets": (signed("•\t"), "line_signs"),
    "bullets of paragraphs": (signed("•\t", of_paragraphs=True), "line_signs"),
    "dashes": (signed("- "), "line_signs"),
    "quotation": (signed("> "), "line_signs"),
    "quotation of a quotation": (signed("> > "), "line_signs"),
    "quotation below a greeting": ("Hei,\n\nalla kuvaus.\n\n" + signed("> "), "line_signs"),
    "direction marks": (
        TEXT.replace(": ", ":\u200f \u202a").replace("\n", "\n\u200e"),
        "invisible",
    ),
    "zero width": (TEXT.replace("ko", "k\u200bo").replace(": ", ":\u200d "), "invisible"),
    "ligatures": (TEXT.replace("avattiin", "avattiin ﬁnaalissa"), "ligatures"),
    "labels in bold, as a browser saves a text": (bold(TEXT), "markdown"),
    "Markdown": (markdown(TEXT), "markdown"),
    "Markdown with front matter": (
        f'---\ntitle: "Sillat"\nsource: https://example.org\n---\n\n{markdown(TEXT)}',
        "markdown",
    ),
}


def cells(path: Path) -> dict[str, dict[str, list[object]]]:
    portfolio = esrdata.read(path)
    tables = ("projects", "funding", "indicators", "sustainability", "horizontal", "locations")
    found = {
        name: portfolio.tables[name].drop(columns="source", errors="ignore") for name in tables
    }
    return {name: table.astype(str).to_dict("list") for name, table in found.items()}


def opened(path: Path) -> Document:
    document = open_document(str(path))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_description_is_read_like_the_clean_one(tmp_path: Path, kind: str) -> None:
    damaged, code = KINDS[kind]
    (tmp_path / "clean.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "damaged.txt").write_text(damaged, encoding="utf-8")
    clean = cells(tmp_path / "clean.txt")
    assert clean["projects"]["name"] == ["Sillat: työhön ja takaisin!"]
    assert cells(tmp_path / "damaged.txt") == clean
    portfolio = esrdata.read(tmp_path / "damaged.txt")
    assert [c for c in portfolio.issues["code"] if c.startswith("mended_")] == [f"mended_{code}"]
    section = portfolio.narratives.set_index("section")["text"]
    assert section["target_groups"].endswith("aikuiset.")


@pytest.mark.parametrize("kind", KINDS)
def test_places_lead_to_the_text_as_it_stands(tmp_path: Path, kind: str) -> None:
    (tmp_path / "damaged.txt").write_text(KINDS[kind][0], encoding="utf-8")
    document = opened(tmp_path / "damaged.txt")
    assert document.text.strip() == KINDS[kind][0].strip()
    at = document.view.index("takaisin!")
    span = document.span(at, at + len("takaisin!"))
    assert document.raw(span) == "takaisin!"
    assert document.text.count("\n", 0, span.start) == span.line - 1
    assert document.view_place(span.start) == at


# ---- each mender


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("MyÃ¶nnetty â€“ Ã„iti, Ã…land, Ã–ljy", "Myönnetty – Äiti, Åland, Öljy"),
        ("16Â\u00a0000 â‚¬ ja 5Â 000 â‚¬", "16\u00a0000 € ja 5 000 €"),
        ("kÃƒÂ¤yttÃƒÂ¶", "käyttö"),
        ("kaÌˆyttoÌˆ", "käyttö"),
        ("ï»¿Hankekoodi", "\ufeffHankekoodi"),
    ],
)
def test_letters_read_in_the_wrong_encoding_come_back(damaged: str, mended: str) -> None:
    assert mend_bytes(damaged).whole.text == mended


@pytest.mark.parametrize(
    "text",
    [
        "Lauloimme »SÄHKÖ» ja »ÖÖ»…",
        "kävi sitä”…",
        "CAFÉ» ja Ångström” sekä â la carte",
        "Hinta = 20 ja https://example.org/sivu?koodi=S20405&id=E4",
        "a=1, b=2, c=DE, d=AB",
        "=31000;=95000;=125000;=84200",
        "R&D; M&S; AT&T",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    undone = mend_lines(mend_codes(mend_bytes(text)))
    assert (undone.whole.text, undone.mended, left(text, text)) == (text, (), ())


def test_of_a_text_that_is_coded_in_part_only_the_certain_letters_come_back() -> None:
    text = "Kehitt=C3=A4minen, katso https://example.org/?koodi=S1&id=20"
    assert mend_bytes(text).whole.text == "Kehittäminen, katso https://example.org/?koodi=S1&id=20"


@pytest.mark.parametrize(
    "text", ["kÃ yttÃ  alkoi", "toimiâ€ sanoi", "määrä\u202e000 5", "k=E4yt=F6n a=b"]
)
def test_what_is_not_certain_is_left_and_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("Ovet avattiin", text), encoding="utf-8")
    issues = esrdata.read(tmp_path / "a.txt").issues
    found = issues[issues["code"] == "text_looks_damaged"]
    assert list(found["severity"]) == ["warning"]


def test_a_list_of_things_in_a_text_keeps_its_bullets() -> None:
    text = "\n".join(["Hanke", "Tavoitteet", *["- kohta"] * 12, "Lopuksi kerrotaan muuta.", "Hei."])
    assert line_signs(text) == []


def test_numbers_of_lines_go_only_where_they_count_on() -> None:
    counted = "\n".join(f"{i}. rivi" for i in range(1, 12))
    assert mend_lines(mend_bytes(counted)).whole.text == "\n".join(["rivi"] * 11)
    years = "\n".join(f"{year}  rivi" for year in (2007, 2014, 2021, 2007, 2014, 2021, 2007, 2014))
    assert line_signs(years) == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("|A|B|\n| --- | ---: |\n| C | S1 \\| 2 |\n\nD", "A\tB\nC\tS1 | 2\n\nD"),
        ("# Otsikko #\n\n**A:** b\n**C**: d", "Otsikko\n\nA: b\nC: d"),
        (
            "**A:** [s](http://x.fi/a_(b)) <http://y.fi>\n**C:** ![k](k) d",
            "A: s http://y.fi\nC:  d",
        ),
        ("10\\.1\\. työ\\- ja \\*muu\\*\\\nrivi", "10.1. työ- ja *muu*\nrivi"),
        ("- **A:** b\n- **C:** d\n- k *e* _f_ a_b_c `g`", "A: b\nC: d\n- k e f a_b_c g"),
        ("Otsikko\n=======\n\n**A:** b\n\n---\n\n**C:** d __e__", "Otsikko\n\nA: b\n\n\nC: d e"),
    ],
)
def test_markdown_becomes_what_a_person_sees(written: str, seen: str) -> None:
    undone = mend_lines(mend_bytes(written))
    assert (undone.whole.text, [kind for kind, _ in undone.mended]) == (seen, ["markdown"])


def test_stars_and_strokes_alone_are_no_markdown() -> None:
    text = "Arvio 4 * 5 * 6, tiedosto a_b_c ja polku C:\\koe\\. Kysy 2*3*4."
    assert mend_lines(mend_bytes(text)).whole.text == text


# ---- lists and pages


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "".join(chr(b) for b in text.encode("utf-8")),
        entities,
        lambda text: quopri.encodestring(text.encode("utf-8")).decode("ascii"),
        lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
        lambda text: text.replace(";", ";\u200e"),
    ],
    ids=["double-decoded", "entities", "e-mail codes", "quoted", "direction marks"],
)
def test_a_damaged_list_is_read_like_the_clean_one(
    tmp_path: Path, damage: Callable[[str], str]
) -> None:
    head = (
        "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;"
        "Toteuttajan nimi;Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
        "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
    )
    row = (
        "S2000{};ESR;Työhön ja takaisin;5;Hämeen ELY-keskus;Päättynyt;1.1.2015;31.12.2016;"
        "Mallilan kyläyhdistys ry;1000;900;2000;1500"
    )
    text = "\n".join([head, *(row.format(i) for i in range(6))]) + "\n"
    (tmp_path / "a.csv").write_text(damage(text), encoding="utf-8")
    portfolio = esrdata.read(tmp_path / "a.csv")
    assert list(portfolio.projects["name"]) == ["Työhön ja takaisin"] * 6
    assert set(portfolio.projects["applicant"]) == {"Mallilan kyläyhdistys ry"}
    assert portfolio.funding["amount_eur"].sum() == 6 * 5400


def test_a_page_is_mended_in_its_bytes_and_in_what_is_seen(tmp_path: Path) -> None:
    body = "".join(f"<p>{escape(line)}</p>" for line in TEXT.split("\n") if line)
    page = f"<html><body>{body}</body></html>"
    for name, text in {
        "a": page.encode("utf-8").decode("latin-1"),
        "b": page.replace("ä", "&amp;auml;"),
        "c": quopri.encodestring(page.encode("utf-8")).decode("ascii"),
        "d": page.replace("fi", "ﬁ"),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert cells(tmp_path / name)["projects"]["name"] == ["Sillat: työhön ja takaisin!"], name
        assert cells(tmp_path / name)["sustainability"]["direct"].count("10") == 1, name


def test_a_page_pasted_as_code_is_read_as_a_page(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>\n" for line in TEXT.split("\n") if line)
    (tmp_path / "a.txt").write_text(escape(f"<div>{body}</div>"), encoding="utf-8")
    assert cells(tmp_path / "a.txt")["projects"]["name"] == ["Sillat: työhön ja takaisin!"]


def test_what_is_seen_of_a_print_is_mended() -> None:
    undone = mend_view(mend_bytes("Tyﬀä ja eﬃkas Ty&ouml;"))
    assert undone.whole.text == "Tyffä ja effikas Työ"


def test_an_edit_of_an_edit_keeps_the_place_in_the_first_text() -> None:
    first = Mapped("a&amp;auml;b").edited([(1, 6, "&")])
    second = first.edited([(1, 7, "ä")])
    assert (second.text, list(second.starts), list(second.ends)) == ("aäb", [0, 1, 11], [1, 11, 12])


def test_an_accent_that_has_lost_its_letter_is_not_put_in(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Byggnadsv&uml;rd och v&auml;rme\n" * 3, encoding="utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document)
    assert "v&uml;rd och värme" in document.view


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b"])
def test_line_ends_of_other_programs_are_line_ends_of_a_text(tmp_path: Path, sign: str) -> None:
    lines = ["Hankekoodi: S10001", "Hankkeen nimi: Sillat", "Kunnat: Kotka"]
    (tmp_path / "a.txt").write_text(sign.join(lines) + "\n\n" + "Teksti. " * 40, encoding="utf-8")
    document = open_document(str(tmp_path / "a.txt"))
    assert isinstance(document, Document)
    assert document.view.split("\n")[:3] == lines
    assert ("control", 2) in document.mended


def test_in_a_list_they_stand_within_cells(tmp_path: Path) -> None:
    rows = "Hankekoodi;Hankkeen nimi;Kunta\nS10001;Sillat\x0bja tiet;Kotka\n"
    rows += "".join(f"S{code};Polut metsissä;Hamina\n" for code in range(10002, 10022))
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    document = open_document(str(tmp_path / "a.csv"))
    assert isinstance(document, Document)
    assert document.format == "csv"
    assert "S10001;Sillat ja tiet;Kotka" in document.view.split("\n")
