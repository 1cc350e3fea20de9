"""Text that is struck out, deleted by a tracked change or hidden is no text, and that is told."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from pages import eura2014_page
from test_formats import as_odt, run, word

import esrdata

LABEL = "Myönnetty EU- ja valtion rahoitus: "
# The values of the page are 1 000 euros granted, in Helsinki: what is struck out is another sum.
SUM, PLACES = f"{LABEL}1 000", "Kunnat: Helsinki"


def page(gone: Callable[[str], str], mark: Callable[[str], str] = escape) -> list[str]:
    """The lines of a page with something gone from its sum and its places, marked up."""
    lines = []
    for line in filter(None, eura2014_page().split("\n")):
        text = mark(line)
        if line == SUM:
            text = f"{mark(LABEL)}{gone('900')}{mark(' 1 000')}"
        if line == PLACES:
            text = f"{mark(PLACES)}{gone(', Espoo')}"
        lines.append(text)
    return lines


def saved(how: str) -> bytes:
    """A file that holds the page, with what is gone gone in some way."""
    format_, _, way = how.partition(" ")
    if format_ == "html":
        opening = {
            "s": "<s>", "del": "<del>", "style": "<span style='text-decoration: line-through'>",
            "hidden": "<span hidden>", "none": "<span style='display:none'>",
        }[way]  # fmt: skip
        closing = f"</{opening[1:].rstrip('>').split()[0]}>"
        lines = page(lambda text: f"{opening}{text}{closing}")
        return "".join(f"<p>{line}</p>\n" for line in lines).encode()
    if format_ == "docx":
        gone = {
            "strike": lambda text: run(text, "<w:strike/>"),
            "vanish": lambda text: run(text, "<w:vanish/>"),
            "white": lambda text: run(text, "<w:color w:val='FFFFFF'/>"),
            "small": lambda text: run(text, "<w:sz w:val='2'/>"),
            "tracked": lambda text: f"<w:del w:id='1'>{run(text)}</w:del>",
            "prompt": lambda text: (
                f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run(text)}"
                "</w:sdtContent></w:sdt>"
            ),
        }[way]
        return word(body="".join(f"<w:p>{line}</w:p>" for line in page(gone, run)))
    if format_ == "odt":
        told = {"field": "text:placeholder", "hidden": "text:hidden-text"}.get(way)
        if told is not None:
            lines = page(lambda text: f"<{told}>{text}</{told}>")
            return as_odt("", "".join(f"<text:p>{line}</text:p>" for line in lines))
        looks = {"strike": "style:text-line-through-style='solid'", "none": "text:display='none'"}
        style = f"<style:text-properties {looks[way]}/>"
        style = f"<style:style xmlns:style='urn:s' style:name='T9'>{style}</style:style>"
        lines = page(lambda text: f"<text:span text:style-name='T9'>{text}</text:span>")
        return as_odt("", style + "".join(f"<text:p>{line}</text:p>" for line in lines))
    if format_ == "rtf":
        lines = page(
            lambda text: {
                "strike": rf"{{\loch\strike\loch {text}}}",
                "off": rf"\strike {text}\strike0 ",
                "v": rf"{{\loch\v {text}}}",
                "deleted": rf"{{\rtlch\deleted\revauthdel1 {text}}}",
            }[way],
            lambda text: "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text),
        )
        return ("{\\rtf1\\ansi " + "".join(f"{line}\\par\n" for line in lines) + "}").encode()
    lines = page(lambda text: f"~~{text.removeprefix(', ')}~~", str)
    return "\n\n".join(["# Hanke", "**Kuvaus**", *lines]).encode()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("html s", "mended_struck"),
        ("html del", "mended_struck"),
        ("html style", "mended_struck"),
        ("html hidden", "mended_hidden"),
        ("html none", "mended_hidden"),
        ("docx strike", "mended_struck"),
        ("docx vanish", "mended_hidden"),
        ("docx white", "mended_hidden"),
        ("docx small", "mended_hidden"),
        ("docx tracked", "mended_struck"),
        ("docx prompt", "mended_hidden"),
        ("odt strike", "mended_struck"),
        ("odt field", "mended_hidden"),
        ("odt hidden", "mended_hidden"),
        ("odt none", "mended_hidden"),
        ("rtf strike", "mended_struck"),
        ("rtf off", "mended_struck"),
        ("rtf v", "mended_hidden"),
        ("rtf deleted", "mended_struck"),
        ("markdown", "mended_struck"),
    ],
)
def test_what_is_gone_is_no_value_and_told(tmp_path: Path, how: str, code: str) -> None:
    (tmp_path / "kuvaus").write_bytes(saved(how))
    portfolio = esrdata.read(tmp_path / "kuvaus")
    granted = portfolio.funding.query("measure == 'eu_and_state' and stage == 'planned'")
    assert granted["amount_eur"].tolist() == [1000]
    places = portfolio.locations.query("level == 'municipality'")
    assert places["name"].tolist() == ["Helsinki"]
    told = portfolio.issues.set_index("code")["raw"]
    assert told[code] == "2"


def test_a_page_that_hides_the_greater_part_is_read_and_told(tmp_path: Path) -> None:
    lines = "".join(f"<p>{escape(line)}</p>" for line in eura2014_page().split("\n"))
    (tmp_path / "sivu.html").write_text(f"<div style='display:none'>{lines}</div>")
    portfolio = esrdata.read(tmp_path / "sivu.html")
    assert portfolio.projects["name"].tolist() == ["Pieni hanke"]
    assert "mended_hidden_read" in set(portfolio.issues["code"])


def test_rows_and_ends_of_paragraphs_that_a_tracked_change_took_away(tmp_path: Path) -> None:
    taken = "<w:rPr><w:del w:id='1'/></w:rPr>"
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    rows = row.format("<w:trPr><w:del w:id='2'/></w:trPr>", run("Kunnat:"), run("Espoo"))
    rows += row.format("", run("Kunnat:"), run("Helsinki"))
    body = f"<w:p><w:pPr>{taken}</w:pPr>{run('Suunniteltu: 4')}</w:p><w:p>{run('3')}</w:p>"
    (tmp_path / "a.docx").write_bytes(word(body=f"{body}<w:tbl>{rows}</w:tbl>"))
    document = esrdata.documents.open.open_document(str(tmp_path / "a.docx"))
    assert document.view == "Suunniteltu: 43\n\nKunnat:\tHelsinki"


def test_what_a_translator_of_the_browser_adds_to_each_paragraph_is_left_out(
    tmp_path: Path,
) -> None:
    added = '<font class="notranslate immersive-translate-target-wrapper" lang="en"><br>'
    whole = eura2014_page()
    lines = [
        f"<p>{line}{added}<font>The same in English.</font></font></p>"
        for line in whole.split("\n")
    ]
    path, plain = tmp_path / "page.html", tmp_path / "plain.txt"
    path.write_text(f"<html><body>{''.join(lines)}</body></html>", encoding="utf-8")
    plain.write_text(whole, encoding="utf-8")
    got, wanted = esrdata.read(path), esrdata.read(plain)
    assert got.projects["name"].tolist() == wanted.projects["name"].tolist()
    assert not got.narratives["text"].str.contains("in English").any()
    assert "mended_hidden" in set(got.issues["code"])
