"""What the tags of a page say of its parts, and what of it is furniture of its site."""

import re
from pathlib import Path

import pytest
from pages import ROOT

import esrdata
from esrdata.documents.document import Document
from esrdata.documents.layout import is_known
from esrdata.documents.open import open_document
from esrdata.knowledge import load

BODY = "<h1>Silta töihin</h1><p>Kylillä tehdään töitä.</p>"


def opened(tmp_path: Path, html: str) -> Document:
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document)
    return document


def seen(document: Document) -> list[str]:
    return [line.text for line in document.lines if not line.blank]


@pytest.mark.parametrize(
    "around",
    [
        "{}<footer><p>Mallila</p><p>puh. 09 000 000</p></footer>",
        "{}<div id=footer><p>Mallila</p></div>",
        '{}<div class="wide site-footer x"><p>Mallila</p></div>',
        "{}<div role='contentinfo'><h2>Seuraa meitä</h2></div>",
        "<nav><ul><li>Etusivu</li><li>Hankkeet</li></ul></nav>{}",
        '<div role="navigation"><a>Hankkeet</a></div>{}',
        '<ul class="main-menu"><li>Hankkeet</li></ul>{}',
        '<div id="cookie-banner"><p>Tämä sivusto käyttää evästeitä.</p></div>{}',
        '<ol class="breadcrumb"><li>Etusivu</li><li>Silta töihin</li></ol>{}',
        "{}<footer><p>Mallila",
        "{}<p>Päivitetty 12.3.2020</p><p>© 2020 Mallila</p>",
        "<main>{}<footer><p>Avainsanat: kylät</p></footer></main>",
    ],
)
def test_what_belongs_to_the_site_is_no_text_of_the_page(tmp_path: Path, around: str) -> None:
    document = opened(tmp_path, f"<html><body>{around.format(BODY)}</body></html>")
    assert seen(document) == ["Silta töihin", "Kylillä tehdään töitä."]
    assert document.furniture
    for line in document.lines:
        span = document.span(line.start, max(line.end, line.start + 1))
        assert line.blank or document.raw(span) == line.text


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        # A wrapper that is called so, a menu that nothing closes, and a footer that states facts.
        (f"<div class='footer'><main>{BODY}</main></div>", "Silta töihin"),
        (f"<nav><ul><li>Etusivu</li></ul>{BODY}", "Silta töihin"),
        (f"<body><nav>{BODY}</nav>", "Silta töihin"),
        (f"<div class='menu'><p>{'Pitkä teksti. ' * 20}</p></div><p>Loppu.</p>", "Pitkä"),
        (f"<main>{BODY}<footer><p>Hankeaika: 1.1.2020 – 2.2.2021</p></footer></main>", "Hankeaika"),
        (f"<div class='has-footer no-menu'>{BODY}</div>", "Silta töihin"),
        (f"<p>Päivitetty 12.3.2020</p>{BODY}", "Päivitetty"),
        (f"<script>'<nav>'</script>{BODY}<!-- <footer> --><p>Loppu.</p>", "Loppu."),
    ],
)
def test_what_may_be_text_of_the_page_stays(tmp_path: Path, html: str, kept: str) -> None:
    assert any(kept in line for line in seen(opened(tmp_path, f"<html>{html}</html>")))


def test_titles_headings_and_regions(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        "<html><head><title>Silta t&ouml;ihin | Mallila</title>"
        "<meta property='og:title' content='Silta töihin'>"
        '<meta content="Mallila" property="og:site_name"></head><body>'
        "<nav aria-label='Murupolku'><ol><li><a>Etusivu</a></li><li>Silta töihin</li></ol></nav>"
        "<header>Mallila</header><main><h1>Silta <em>töihin</em></h1>"
        "<aside><h2>Tiedot</h2><p>Kesto: 2020</p></aside><p>Teksti.</p></main></body></html>",
    )
    outline = document.outline
    assert outline is not None
    assert outline.title == "Silta töihin | Mallila"
    assert (outline.meta["og:title"], outline.meta["og:site_name"]) == ("Silta töihin", "Mallila")
    assert outline.trail == ("Etusivu", "Silta töihin")
    found = {
        line.text: (outline.level_at(place), outline.kinds_at(place))
        for line in document.lines
        if not line.blank
        for place in [document.span(line.start, line.end).start]
    }
    assert found == {
        "Mallila": (None, {"header"}),
        "Silta töihin": (1, {"main"}),
        "Tiedot": (2, {"main", "aside"}),
        "Kesto: 2020": (None, {"main", "aside"}),
        "Teksti.": (None, {"main"}),
    }


def test_other_formats_have_no_outline(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Silta töihin\n", encoding="utf-8")
    document = open_document(str(path))
    assert isinstance(document, Document) and document.outline is None


@pytest.mark.parametrize(
    "footer",
    [
        "<footer><p>Työ- ja elinkeinoministeriö</p><p>Palaute</p></footer>",
        "<div id='footer'><p>Euroopan unioni</p></div>",
        "<div role='contentinfo'>Kysy lisää: PL 32</div>",
        "<p>Päivitetty 12.3.2020</p>",
        "<div class='menu'><ul><li>Etusivu</li><li>Haku</li></ul></div><p>© 2016 Mallila</p>",
    ],
)
def test_the_footer_of_a_saved_description_is_in_no_value(tmp_path: Path, footer: str) -> None:
    source = (ROOT / "data" / "raw" / "S21684.html").read_text(encoding="utf-8")
    plain, framed = tmp_path / "plain.html", tmp_path / "framed.html"
    plain.write_text(source, encoding="utf-8")
    end = "</body>" if "</body>" in source else "</html>"
    assert end in source
    framed.write_text(source.replace(end, footer + end), encoding="utf-8")
    one, other = esrdata.read(plain), esrdata.read(framed)
    for table in ("projects", "narratives", "sustainability", "funding"):
        left, right = getattr(one, table), getattr(other, table)
        columns = [column for column in left.columns if column != "source"]
        assert left[columns].equals(right[columns]), table
    file = other.files.iloc[0]
    assert file["lines"] == file["lines_accounted"] > one.files.iloc[0]["lines"]


@pytest.mark.parametrize("kind", ["site_lines", "closings", "notices", "messages"])
def test_lines_of_the_site_have_their_examples(kind: str) -> None:
    for entry in load.furniture()[kind]:
        assert entry["match"] and entry["other"]
        for line in entry["match"]:
            assert re.fullmatch(entry["pattern"], line, re.IGNORECASE), line
            assert is_known(kind, line)
        for line in entry["other"]:
            assert not is_known(kind, line), line
