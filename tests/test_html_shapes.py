"""The shapes of a saved page: each reads into the tables of the plain page, places and all."""

import base64
import quopri
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import esrdata
from esrdata import Portfolio
from esrdata.documents.document import Document
from esrdata.documents.html.page import view_and_tags
from esrdata.documents.open import NotOpened, open_document
from esrdata.documents.paths import paths

TABLES = (
    "projects",
    "funding",
    "indicators",
    "sustainability",
    "horizontal",
    "locations",
    "partners",
    "narratives",
)
Pages = Callable[..., str]
Field = Callable[[str, str], str]
Scores = Callable[[list[str]], str]


def saved(folder: Path, page: str | bytes, name: str = "sivu.html") -> Portfolio:
    """The page read from a file; every value checked to stand where it is said to."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    portfolio = esrdata.read(path)
    document = open_document(str(path))
    assert isinstance(document, Document)
    places = portfolio.provenance.dropna(subset=["raw"])
    assert len(places) >= 40
    for row in places.itertuples():
        assert document.text[row.start : row.end] == row.raw
        assert document.text.count("\n", 0, row.start) + 1 == row.line
    return portfolio


def assert_same(got: Portfolio, wanted: Portfolio) -> None:
    for name in TABLES:
        tables = [getattr(p, name).drop(columns="source", errors="ignore") for p in (got, wanted)]
        pd.testing.assert_frame_equal(*tables)


@pytest.fixture
def plain(tmp_path: Path, page_2014: Pages) -> Portfolio:
    portfolio = saved(tmp_path / "plain", page_2014(), "sivu.txt")
    # What the comparisons rest on, as a person reads the page.
    assert portfolio.projects["name"].tolist() == ["Sillat: työhön ja takaisin!"]
    assert portfolio.funding["amount_eur"].tolist() == [46434, 39720, 57634, 49361]
    assert portfolio.sustainability["direct"].tolist() == [0] * 5 + [1] * 5 + [8, 10, 7, 2, 4]
    assert portfolio.sustainability["indirect"].tolist() == [
        *(1, 2, 3, 4, 0, 5, 6, 7, 8, 9, 10, 9, 6, 3, 5)
    ]
    assert portfolio.sustainability["justification"].dropna().tolist() == [
        "Kaikki kalusteet ovat käytettyjä.",
        "Jätettä syntyy vähän.",
        "Naapurit tutustuvat.",
        "Lajittelua opitaan yhdessä.",
    ]
    assert portfolio.issues["severity"].isin(["info", "warning"]).all()
    return portfolio


# ---- one page in many shapes of markup

_HEADING = re.compile(r"\d{1,2}(\.\d)?\.? [A-ZÅÄÖ][^.:]*")
_FIELD = re.compile(r"([^:.]{3,}):(?: (.*))?")
_SCORES = re.compile(r"(.+) (\d+) (\d+)")


def marked_up(text: str, field: Field, scores: Scores) -> str:
    """The page with every label and value, and the table of scores, marked up as asked."""
    out = ["<!DOCTYPE html>\n<html><head><title>Hanke</title></head>\n<body>"]
    fields = True
    for block in re.split(r"\n{2,}", text):
        lines = block.split("\n")
        if lines[0] == "VälitönVälillinen":
            out.append(scores(lines))
            continue
        if len(lines) == 1 and _HEADING.fullmatch(block):
            # Prose stands under 3, 4 and 9.
            fields = block[0] not in "349"
            level = 2 if re.match(r"\d+ ", block) else 3
            out.append(f"<h{level}>{escape(block)}</h{level}>")
            continue
        prose: list[str] = []
        for line in lines:
            met = _FIELD.fullmatch(line) if fields else None
            if met is None:
                prose.append(escape(line))
                continue
            if prose:
                out.append(f"<p>{'<br>'.join(prose)}</p>")
                prose = []
            out.append(field(escape(met[1]), escape(met[2] or "")))
        if prose:
            out.append(f"<p>{'<br>'.join(prose)}</p>")
    return "\n".join([*out, "</body>\n</html>\n"])


FIELDS: dict[str, Field] = {
    "p": lambda label, value: f"<p>{label}: {value}</p>",
    "strong": lambda label, value: f"<p><strong>{label}:</strong> {value}</p>",
    "strong, colon outside": lambda label, value: f"<p><strong>{label}</strong>: {value}</p>",
    "strong without a space": lambda label, value: f"<p><strong>{label}:</strong>{value}</p>",
    "spans": lambda label, value: f"<div><span>{label}:</span>\n<span>{value}</span></div>",
    "label": lambda label, value: f"<p><label for='x'>{label}:</label> {value}</p>",
    "dl": lambda label, value: f"<dl><dt>{label}:</dt><dd>{value}</dd></dl>",
    "dl of lines": lambda label, value: f"<dl>\n<dt>{label}:\n<dd>\n{value}\n</dl>",
    "dl of paragraphs": lambda label, value: (
        f"<dl><dt><p>{label}:</p></dt><dd><p>{value}</p></dd></dl>"
    ),
    "th and td": lambda label, value: f"<table><tr><th>{label}:</th><td>{value}</td></tr></table>",
    "td and td": lambda label, value: (
        f"<table>\n<tr>\n<td>\n{label}:\n</td>\n<td>\n{value}\n</td>\n</tr>\n</table>"
    ),
    "td, an empty one, td": lambda label, value: (
        f"<table><tr><td></td><td>{label}:</td><td>&nbsp;</td><td></td><td>{value}</td></tr></table>"
    ),
    "td of paragraphs": lambda label, value: (
        f"<table><tr><td><p><b>{label}:</b></p></td><td><p>{value}</p></td></tr></table>"
    ),
    "td with a table": lambda label, value: (
        f"<table><tr><td>{label}:</td><td><table><tr><td>{value}</table></td></tr></table>"
    ),
    "label over two lines": lambda label, value: (
        f"<table><tr><td>{label.replace(' ', '<br>', 1)}:</td><td>{value}</td></tr></table>"
    ),
    "rows under a spanned cell": lambda label, value: (
        f"<table><tr><td rowspan='2'>{label}:</td><td>{value}</td></tr><tr></tr></table>"
    ),
    "tags left open": lambda label, value: f"<table><tr><td>{label}:<td>{value}</table>",
    "div and div": lambda label, value: f"<div>{label}:</div><div>{value}</div>",
    "td and td without a colon": lambda label, value: (
        f"<table><tr><td>{label}</td><td>{value}</td></tr></table>"
    ),
    "dl without a colon": lambda label, value: f"<dl><dt>{label}<dd>{value}</dl>",
    "p and p": lambda label, value: f"<p><b>{label}:</b></p><p>{value}</p>",
    "list": lambda label, value: f"<ul><li><b>{label}:</b> {value}</li></ul>",
    "line break": lambda label, value: f"<p><b>{label}:</b><br>\n{value}</p>",
}


def _rows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Label, two scores and justification; of a dimension the name alone."""
    row: list[str] = []
    for line in lines[1:]:
        met = _SCORES.fullmatch(line)
        if met is None and len(row) == 3:
            yield (*row, line)
            row = []
            continue
        if row:
            yield (*row, "")
        row = list(met.groups()) if met else []
        if met is None:
            yield (line,)
    if row:
        yield (*row, "")


HEAD = "<thead><tr><th></th><th>Välitön</th><th>Välillinen</th></tr></thead>"


def scores_table(lines: list[str]) -> str:
    """Justifications in rows of their own."""
    out = [HEAD]
    for row in _rows(lines):
        if len(row) == 1:
            out.append(f'<tr><td colspan="3"><b>{row[0]}</b></td></tr>')
            continue
        label, direct, indirect, why = row
        out.append(f"<tr><td>{label}</td><td>{direct}</td><td>{indirect}</td></tr>")
        out.append(f'<tr><td colspan="3">{why}</td></tr>' if why else "")
    return "<table>\n" + "\n".join(out) + "\n</table>"


def scores_paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in ["Välitön Välillinen", *lines[1:]])


def _in_one_cell(before: str, after: str) -> Scores:
    """Justifications in the cell of their label."""

    def table(lines: list[str]) -> str:
        out = [HEAD]
        for row in _rows(lines):
            if len(row) == 1:
                out.append(f"<tr><td>{row[0]}</td><td></td><td></td></tr>")
                continue
            label, direct, indirect, why = row
            cell = label + (f"{before}{why}{after}" if why else "")
            out.append(f"<tr><td>{cell}</td><td>{direct}</td><td>{indirect}</td></tr>")
        return "<table>" + "".join(out) + "</table>"

    return table


def scores_spanned(lines: list[str]) -> str:
    """Dimensions beside their criteria, justifications in rows of their own."""
    out = []
    rows = list(_rows(lines))
    for i, row in enumerate(rows):
        if len(row) == 1:
            below = next((j for j in range(i + 1, len(rows)) if len(rows[j]) == 1), len(rows))
            size = sum(1 + bool(r[3]) for r in rows[i + 1 : below])
            out.append(f"<tr><td rowspan={size}>{row[0]}</td>")
            continue
        label, direct, indirect, why = row
        new = "" if len(rows[i - 1]) == 1 else "<tr>"
        out.append(f"{new}<td>{label}</td><td>{direct}</td><td>{indirect}</td></tr>")
        out.append(f"<tr><td colspan=3>{why}</td></tr>" if why else "")
    return "<table>" + "".join(out) + "</table>"


SCORES: dict[str, Scores] = {
    "table": scores_table,
    "paragraphs": scores_paragraphs,
    "justification below a line break": _in_one_cell("<br>", ""),
    "justification in a paragraph": _in_one_cell("<p>", "</p>"),
    "justification in a division": _in_one_cell("<div><i>", "</i></div>"),
    "dimensions beside": scores_spanned,
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_labels_and_values(
    tmp_path: Path, page_2014: Pages, plain: Portfolio, field: Field
) -> None:
    assert_same(saved(tmp_path, marked_up(page_2014(), field, scores_table)), plain)


@pytest.mark.parametrize("scores", SCORES.values(), ids=SCORES)
def test_the_table_of_scores(
    tmp_path: Path, page_2014: Pages, plain: Portfolio, scores: Scores
) -> None:
    assert_same(saved(tmp_path, marked_up(page_2014(), FIELDS["p"], scores)), plain)


@pytest.mark.xfail(strict=True, reason="the engine takes a fourth cell for prose yet")
def test_justifications_in_a_column_of_their_own(
    tmp_path: Path, page_2014: Pages, plain: Portfolio
) -> None:
    def scores(lines: list[str]) -> str:
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in _rows(lines))
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    assert_same(saved(tmp_path, marked_up(page_2014(), FIELDS["p"], scores)), plain)


def _body(page: str) -> str:
    return page.split("<body>")[1].split("</body>")[0]


LAYOUTS: dict[str, Callable[[str], str]] = {
    "one cell": lambda body: f"<table><tr><td>{body}</td></tr></table>",
    "a margin": lambda body: f"<table><tr><td width=9>&nbsp;</td><td>{body}</td></tr></table>",
    "a margin behind": lambda body: f"<table><tr><td>{body}</td><td>&nbsp;</td></tr></table>",
    "navigation": lambda body: (
        f"<table><tr><td><a>Etusivu</a><br><a>Haku</a></td><td>{body}</td></tr></table>"
    ),
    "navigation in a list": lambda body: (
        f"<div><ul><li>Etusivu<li>Haku</ul></div><div>{body}</div>"
    ),
    "tables in tables": lambda body: (
        "<table><tr><td>Rakennerahastot</td></tr><tr><td>Valikko</td><td>"
        f"<table><tbody><tr><td>&nbsp;</td></tr><tr><td>{body}</td></tr></tbody></table>"
        "</td></tr></table>"
    ),
    "a form": lambda body: (
        "<form><input name=haku value='Hankekoodi: S10000'><textarea>Hankekoodi: S10001\n"
        f"</textarea><button>Hae</button></form>{body}"
    ),
    "comments and scripts": lambda body: (
        "<!-- <p>Hankekoodi: S10000</p> --><script>document.write('<p>Hankekoodi: S1</p>')"
        f"</script><noscript><p>Hankekoodi: S2</p></noscript>{body}<!-- loppu --!><!-->"
    ),
    "wide margins in the source": lambda body: re.sub(r">(?=\S)", ">\n\t   ", body),
    "upper case": lambda body: re.sub(r"</?[a-z]\w*", lambda met: met[0].upper(), body),
    "paragraphs left open": lambda body: body.replace("</p>", ""),
    "attributes": lambda body: re.sub(
        r"<(p|td|h\d)\b", r"""<\1 title="a > b" onclick='go("<b>")' data-x=1/2 hidden""", body
    ),
}


@pytest.mark.parametrize("scores", [scores_table, _in_one_cell("<br>", "")], ids=["rows", "cells"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(
    tmp_path: Path,
    page_2014: Pages,
    plain: Portfolio,
    layout: Callable[[str], str],
    scores: Scores,
) -> None:
    body = _body(marked_up(page_2014(), FIELDS["th and td"], scores))
    assert_same(saved(tmp_path, f"<html><body>{layout(body)}</body></html>"), plain)


def test_a_text_file_that_a_browser_saved(
    tmp_path: Path, page_2014: Pages, plain: Portfolio
) -> None:
    page = f'<html><head></head><body><pre style="x">{escape(page_2014())}</pre></body></html>'
    assert_same(saved(tmp_path, page), plain)


def test_a_page_cut_off_reads_as_far_as_it_goes(
    tmp_path: Path, page_2014: Pages, plain: Portfolio
) -> None:
    page = marked_up(page_2014(), FIELDS["td and td"], scores_table)
    for cut in ("", "<", "<td", "<td class='", "<!-- ", "<script>", "&au"):
        whole = page.split("<h3>8.2")[0]
        portfolio = saved(tmp_path, whole + cut)
        for name in ("projects", "funding", "indicators", "locations"):
            got, wanted = (getattr(p, name) for p in (portfolio, plain))
            pd.testing.assert_frame_equal(
                got.drop(columns="source", errors="ignore"),
                wanted.drop(columns="source", errors="ignore"),
            )
        assert "section_missing" in set(portfolio.issues["code"])


# ---- Word


def by_word(text: str) -> str:
    """The page as Word writes it: its tags, its islands, and source lines broken anywhere."""

    def field(label: str, value: str) -> str:
        return (
            f"<p class=MsoNormal><b><span lang=FI style='font-size:11.0pt'>{label}:</span></b>"
            f"<span\nlang=FI> {value}<o:p></o:p></span></p>"
        )

    def scores(lines: list[str]) -> str:
        cells = re.sub(
            r"<t([dh])([^>]*)>(.*?)</t[dh]>",
            r"<t\1\2 style='border:none;mso-border-alt:solid windowtext .5pt'>"
            r"<p class=MsoNormal><span lang=FI>\3<o:p></o:p></span></p></t\1>",
            scores_table(lines),
        )
        return cells.replace("<table", "<table class=MsoNormalTable border=0", 1)

    page = marked_up(text, field, scores)
    head = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"\nxmlns="x">\n<head>\n'
        "<meta name=Generator content='Microsoft Word 15'>\n"
        "<!--[if gte mso 9]><xml><o:Author>Hankekoodi: S10000</o:Author></xml><![endif]-->\n"
        "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>\n"
        "<style>\n<!-- p.MsoNormal {margin:0cm} -->\n</style>\n"
        "<!--[if !mso]><!--><meta name=x><!--<![endif]-->\n</head>"
    )
    page = page.replace("<html><head><title>Hanke</title></head>", head)
    body = _body(page).replace("<h2>", "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<h2>")
    # Word breaks its source at any space of a line.
    broken = re.sub(r"(>[^<\n]{12,}?) (?=[^<>]*<)", r"\1\n", body)
    assert broken.count("\n") > body.count("\n") + 20
    return page.replace(_body(page), f"<div class=WordSection1>{broken}</div>")


def test_a_page_that_word_saved(tmp_path: Path, page_2014: Pages, plain: Portfolio) -> None:
    page = by_word(page_2014()).encode("cp1252")
    portfolio = saved(tmp_path, page, "sivu.htm")
    assert_same(portfolio, plain)
    assert portfolio.files["encoding"].tolist() == ["cp1252"]


def test_typographic_signs_of_word(tmp_path: Path, page_2014: Pages) -> None:
    page = marked_up(page_2014(), FIELDS["p"], scores_table).replace(
        "Työtä vailla olevat", "”Työtä vailla” – olevat…"
    )
    portfolio = saved(tmp_path, page.encode("cp1252"))
    texts = portfolio.narratives.set_index("section")["text"]
    assert texts["target_groups"] == "”Työtä vailla” – olevat… aikuiset."


# ---- what a person sees of single pieces of markup


HIDE = "<style>.a, #a {color: red; display: none}"


def seen(page: str) -> str:
    view, starts, ends = view_and_tags(page).view
    assert len(view) == len(starts) == len(ends)
    return view.strip("\n")


@pytest.mark.parametrize(
    ("page", "view"),
    [
        # side by side
        ("<dl><dt>A:</dt><dd>1</dd><dt>B:</dt><dd>2</dd><dd>3</dd></dl>", "A:\t1\nB:\t2\n3"),
        ("<dl><div><dt>A:</dt><dd>1</dd></div><div><dt>B:</dt></div></dl>", "A:\t1\nB:"),
        ("<dl><dt></dt><dd>1</dd></dl>", "1"),
        ("<table><tr><td><p>A:<p>B:<td><p>1<p>2</table>", "A:\t1\n\nB:\t2"),
        ("<dl><dt>A:<dd><dt>B:<dd>2<dd></dl><dl><dt>C:<dd></dl>D", "A:\t\nB:\t2\n\nC:\t\n\nD"),
        ("<table><tr><td>A:<td><tr><td>B:<td></table>C", "A:\t\nB:\t\n\nC"),
        ("<table><tr><td>A:<td><p></p><div><p>1</p></div>", "A:\t1"),
        ("<dl><dt>A:<dd></div>B", "A:\nB"),
        ("<table><tr><td>A</td><td>1</td></tr><tr><td>B<td><p></table>", "A\t1\nB\t"),
        ("<table><tr><th>A:</th><td>1</td></tr></table>", "A:\t1"),
        ("<table><tr><td>A</td><td></td><td>3</td></tr></table>", "A\t\t3"),
        ("<table><tr><td></td><td>A</td><td></td></tr></table>", "A\t"),
        ("<table><td>A<td>1<tr><td>B<td>2</table>", "A\t1\nB\t2"),
        ("<table><caption>K</caption><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>",
         "K\na\tb\n1\t2"),
        ("<div>A:</div><div>1</div>", "A:\n1"),
        ("<p>A:</p><p>1</p>", "A:\n\n1"),
        # cells of several lines
        ("<table><tr><td>A:</td><td>x<p>y</p><p>z</p></td></tr></table>", "A:\tx\n\ny\n\nz"),
        ("<table><tr><td>A<br>Siksi.</td><td>0</td><td>1</td></tr></table>", "A\t0\t1\nSiksi."),
        ("<table><tr><td>A<br>ja b</td><td>0</td></tr></table>", "A\nja b\t0"),
        ("<table><tr><td>A<br>(b)</td><td>0</td></tr></table>", "A\n(b)\t0"),
        ("<table><tr><td>A<br>B:</td><td>0</td></tr></table>", "A\nB:\t0"),
        ("<table><tr><td>A:<br>B:</td><td>1<br>2</td></tr></table>", "A:\t1\nB:\t2"),
        ("<table><tr><td>a<br>b</td><td>c<br>d<br>e</td></tr></table>", "a\nb\nc\nd\ne"),
        ("<table><tr><td><p>&nbsp;</p><p>A</p><p>&nbsp;</p></td><td>1</td></tr></table>",
         "\u00a0\n\nA\t1\n\n\u00a0"),
        ("<table><tr><td rowspan=2>A</td><td>b</td><td>1</td></tr><tr><td>c</td><td>2</td></tr>",
         "A\nb\t1\nc\t2"),
        ("<table><tr><td rowspan='1'>A</td><td>b</td></tr></table>", "A\tb"),
        # tables in tables
        ("<table><tr><td>A:<td><table><tr><td>1<td>2</table><tr><td>B:<td>3</table>",
         "A:\t1\t2\nB:\t3"),
        ("<table><tr><td>nav</td><td><table><tr><td>A:<td>1<tr><td>B:<td>2</table></table>",
         "nav\nA:\t1\nB:\t2"),
        ("<table><tr><td>nav</td><td><h1>T</h1>x</td></tr></table>", "nav\n\nT\n\nx"),
        # signs
        ("<p>Hank&shy;kee\u00adn<wbr> ni&#8203;mi:\u200b x\ufeff</p>", "Hankkeen nimi: x"),
        ("<p>46 434<sup>1</sup> m<sup>2</sup>, <sup>3<p>4</p>", "46 434¹ m², ³\n\n4"),
        ("<p>a&nbsp;&nbsp;b&#9;c&#10;&#13; d</p>", "a\u00a0\u00a0b c d"),
        ("<p>1\u202f234 5\u2009678</p>", "1\u202f234 5\u2009678"),
        ("<p>&nbsp46 &euro;5 &copy &auml &Auml;&#xe4;&#XE4;&#228</p>", "\u00a046 €5 © ä Ääää"),
        ("<p>&#146;&#150; &amp;auml; &amp;#228; AT&T &x; & &; &#; &#x;</p>",
         "’– &auml; &#228; AT&T &x; & &; &#; &#x;"),
        ("<p>a&#776;iti A&#x30a; K&#8491;l</p>", "äiti Å KÅl"),
        ("<p>a\0b</p>", "ab"),
        # comments and their like
        ("a<!-->b<!--->c<!-- > -->d<!-- x --!>e<!->f<! x>g<?php x ?>h</ x>i", "abcdefghi"),
        ("a<!-- x -> <p>b</p>", "a\n\nb"),
        ("a<!--[if mso]><p>ei</p><![endif]-->b<![if !mso]>c<![endif]>", "abc"),
        ("<p>on</p><style><!-- p {} --></style><script>'</p>' <!-- </script>on", "on\n\non"),
        ("<SCRIPT SRC='a.js'/><P>on</P><TITLE/>on", "on\n\non"),
        ("<p>5 < 6 <7 <- x</p>", "5 < 6 <7 <- x"),
        # quotes in tags
        ("<p a='>' b=\"<i>\">x</p>", "x"),
        ('<p class="a>x</p><p class="b">y</p>', "x\n\ny"),
        ('<p align="left"">x</p><p title=it\'s>y', "x\n\ny"),
        # Word
        ("<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span "
         "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
         "a&nbsp;b</p>", "· a\u00a0b"),
        ("<p class=MsoListParagraphCxSpFirst>- a</p>\n<p class=MsoListParagraphCxSpMiddle>- b</p>\n"
         "<p class=MsoListParagraphCxSpLast>- c</p><p class=MsoNormal>d", "- a\n- b\n- c\n\nd"),
        ("<head><xml><w:x>ei</w:x><p>ei</p></xml></head><p>on<o:p></o:p></p>", "on"),
        # pages of other kinds
        ("<pre>\na  b\n\n\n c\td\n</pre>e", "a  b\n\n c\td\n\ne"),
        ("<frameset><frame src=a><noframes><body>Kehyksiä</body></noframes></frameset>",
         "Kehyksiä"),
        ("<select><option>a<option>b</select><input value=x><textarea>y</textarea>", "x"),
        # hidden and struck-out text
        ("<p hidden>a</p><p style='display: none'>b</p>cd", "cd"),
        ("<p hidden=until-found>a</p><p style='overflow:hidden'>b", "a\n\nb"),
        ("<span hidden>46434</span>46 434 <b data-hidden=a aria-hidden=true>c</b>", "46 434 c"),
        ("<div style='visibility:hidden'><div>a</div>b</div>cd", "cd"),
        ("<table><tr hidden><td>a<td>b<tr><td>c<td>d</table>", "c\td"),
        ("<table><tr><td>a<td hidden>b<td>c</table>", "a\tc"),
        ("<ul><li hidden>a<ul><li>b</ul><li>cd</ul>", "cd"),
        ("<p hidden>a<p>b", "b"),
        ("<div><span hidden>a</div>bc", "bc"),
        ("<dialog>a</dialog><dialog open>b</dialog>", "b"),
        ("<a href='#x'>c</a><div id=x hidden>a</div><p hidden role=tabpanel>b", "c\na\n\nb"),
        ("<body hidden>a", "a"),
        # panels that a click on their heading shows
        ("<h3>a</h3><div style='display:none'><p>b</p></div><h3>c</h3><div hidden>d</div>",
         "a\n\nb\n\nc\n\nd"),
        ("<div><button>a</button></div><div hidden>b<div hidden>no</div></div></div>", "a\nb"),
        ("<h2>a</h2><div hidden>b</div><div>cd</div>", "a\n\ncd"),
        ("<h2>a</h2><p hidden>b</p><h2>cd</h2>", "a\n\ncd"),
        ("<p hidden>greater part</p><p>a", "greater part\n\na"),
        ("<p>a <a href='#'>more</a></p><div hidden>b</div>c", "a more\n\nb\nc"),
        ("<p>ab <a href='/x'>more</a></p><div hidden>b</div>c", "ab more\n\nc"),
        ("<p onclick=\"go(event, 'x')\">ab</p><div id=x hidden>b</div>", "ab\n\nb"),
        ("<p>a<span hidden> b</span> <a href='#x'>Lue lisää</a>", "a b Lue lisää"),
        ("<div hidden>b</div><p><button>Visa mer</button></p>cd", "b\n\nVisa mer\n\ncd"),
        ("<div hidden>b</div><button>Sulje</button>cd", "Suljecd"),
        # what a style sheet of the page hides or strikes out by a class
        (f"{HIDE}</style><p class='b a'>b</p><p id=a>c</p>de", "de"),
        (f"{HIDE} b.a{{display:inline}}</style><b class=a>b</b>c", "bc"),
        (f"{HIDE} .c{{display:flex}}</style><p class='a c'>b</p><p>c", "b\n\nc"),
        ("<style>.c{display:flex}.a{display:none}</style><p class='a c'>b</p>cd", "cd"),
        ("<style>.a{display:none!important}.c{display:flex}</style><p class='a c'>b</p>cd", "cd"),
        (f"{HIDE} .a.on{{display:block}}</style><p class=a>b</p>c", "b\n\nc"),
        (f"{HIDE} .open > .a{{display:block}}</style><p class=a>b</p>c", "b\n\nc"),
        (f"{HIDE}</style><p class=a style='display:block'>b</p>c", "b\n\nc"),
        (f"{HIDE}</style><h2>a</h2><div class=a>b</div><h2>c</h2>", "a\n\nb\n\nc"),
        ("<style>@media print {.a {display:none}}</style><p class=a>b</p>c", "b\n\nc"),
        ("<style media=print>.a {display:none}</style><p class=a>b</p>c", "b\n\nc"),
        ("<style><!-- p.a {display:none;mso-hide:all} --></style><p class=a>b</p>cd", "cd"),
        (
            "<style>.a{display:none!important}@media (min-width:9px){.m{display:block!important}}"
            "</style><p class='a m'>b</p><p class=a>cd</p>e",
            "b\n\ne",
        ),
        (
            "<style>.a{display:none}@media print{.a{display:block}}</style><p class=a>b</p>cd",
            "cd",
        ),
        ("<style>.x .a, .a:hover {display:none}</style><p class=a>b</p>c", "b\n\nc"),
        ("<style>/*.a {display:none}*/ p {display:none}</style><p class=a>b</p>c", "b\n\nc"),
        # of any screen, in a layer, and shown by a name with a sign in it
        ("<style>@media screen{.a{display:none}}</style><p class=a>b</p>cd", "cd"),
        ("<style>@layer x{.a{display:none}}</style><p class=a>b</p>cd", "cd"),
        (
            "<style>.a{display:none}@media (min-width:9px){.m\\:b{display:block}}</style>"
            "<p class='a m:b'>b</p><p class=a>cd</p>e",
            "b\n\ne",
        ),
        ("<style>@media screen,print{.a{display:none}}</style><p class=a>b</p>cd", "cd"),
        ("<style media='(max-width:9px)'>.a{display:none}</style><p class=a>b</p>c", "b\n\nc"),
        ("<style>.a{opacity:0}b{color:red}.a{animation:x 1s}</style><b class=a>1</b>c", "1c"),
        # numbers that a style sheet shows nowhere, or only at first
        ("<style>.a{opacity:0}</style><b class=a>1</b>cd", "cd"),
        ("<style>.a{visibility:hidden}</style><b class=a>1</b>cd", "cd"),
        ("<style>.a{position:absolute;left:-9999px}</style><b class=a>1</b>cd", "cd"),
        ("<style>.a{opacity:0;transition:opacity 1s}</style><b class=a>1</b>c", "1c"),
        ("<style>.a{opacity:0}.a.in{opacity:1}</style><b class=a>1</b>c", "1c"),
        ("<style>.a{opacity:0.9;left:-9px}</style><b class=a>1</b>c", "1c"),
        ("<style>.a{visibility:hidden}</style><p class=a>1</p>c", "1\n\nc"),
        ("<P><SPAN style='LEFT: -9999px'>1</SPAN>2", "2"),
        # what is written for browsers that do not know a tag
        ("<canvas>1</canvas><datalist><option>2</datalist><meter value=3>3</meter>4", "4"),
        ("<style>p.a {text-decoration: line-through}</style><p class=a>1</p><i class=a>2", "2"),
        # fields of a form
        ("<label>A:</label> <input value='1 2'><label>B</label><input value=3>", "A:\t1 2\nB\t3"),
        ("<table><tr><td>A:<td><input readonly value=x></table>", "A:\tx"),
        ("<label>A</label><input value=1.1.> – <input value=2.1.>", "A\t1.1. – 2.1."),
        ("a<input type=hidden value=1><input type=submit value=2><input type=tel value=3>b", "ab"),
        ("a<input name=s value=Hae><input value=''><input><input hidden value=b>b", "ab"),
        ("<p>A: <input type=number value=&quot;12&quot;>€", 'A:\t"12" €'),
        ("A <select name=x><option>b<option value=1 selected>c</select>d", "A\tc d"),
        ("A<select><option>b</select>c", "Ac"),
        ("A:<textarea disabled>\nb <i>\n\n&auml;</textarea>c", "A:\tb <i>\n\nä c"),
        (f"A<textarea>{'b' * 50}</textarea><textarea>&lt;{'b' * 50}</textarea>", f"A\t{'b' * 50}"),
        ("a <s>b</s> c <del>d</del><ins>e</ins><strike>f</strike>", "a c e"),
        ("a <i style='color:red;text-decoration:line-through'>b</i> c", "a c"),
        ("a<p style='text-decoration-line: line-through'>b</p>c", "a\n\nc"),
        ("<table><tr><td>a<td style='text-decoration:line-through'>b<td>c</table>", "a\t\tc"),
        ("<p>a <s>b</p><p>c</p>", "a\n\nc"),
        ("<s><s>a</s>b</s>c", "c"),
        ("<ins>a</ins><del><script>'</del>'</script>b</del>c", "ac"),
    ],
)  # fmt: skip
def test_what_a_person_sees(page: str, view: str) -> None:
    assert seen(page) == view


def test_places_in_a_row_that_was_put_side_by_side() -> None:
    source = "<table>\n<tr><td>Materiaalit<br>Siksi &amp; näin.</td>\n<td>0</td><td>1</td></tr>"
    view, starts, ends = view_and_tags(source).view
    page = Document("page", "html", "utf-8", "", source, view, starts, ends)
    assert page.view.strip() == "Materiaalit\t0\t1\nSiksi & näin."
    for said, raw, line in (
        ("Materiaalit", "Materiaalit", 2),
        ("0", "0", 3),
        ("Siksi & näin.", "Siksi &amp; näin.", 2),
    ):
        at = page.view.index(said)
        span = page.span(at, at + len(said))
        assert (page.raw(span), span.line) == (raw, line)
        assert page.view_place(span.start) == at
    # A slice of several cells reaches from the first place of any of them to the last.
    whole = page.span(page.view.index("0"), len(page.view))
    assert page.raw(whole) == source[source.index("<br>") : source.index("1</td>") + 1]


def test_a_letter_made_of_two_has_the_place_of_both() -> None:
    source = "<p>Pa&#776;<b>a</b>&#776;</p>"
    view, starts, ends = view_and_tags(source).view
    at = view.index("Pää")
    assert [source[starts[i] : ends[i]] for i in range(at, at + 3)] == [
        "P",
        "a&#776;",
        "a</b>&#776;",
    ]


def test_an_amount_with_a_footnote_is_not_another_amount(tmp_path: Path, page_2014: Pages) -> None:
    page = marked_up(page_2014(), FIELDS["p"], scores_table)
    portfolio = saved(tmp_path, page.replace("46 434", "46 434<sup>1</sup>"))
    granted = portfolio.funding.query("measure == 'eu_and_state' and stage == 'planned'")
    assert granted["amount_eur"].isna().all()
    assert "value_unreadable" in set(portfolio.issues["code"])


def test_many_unclosed_things_are_quick() -> None:
    began = time.process_time()
    for piece in (
        '<p a="',
        "<!-- ",
        "<title>",
        "<script",
        "&",
        "<",
        "<table><tr><td>",
        "</",
        "<p hidden>",
        "<s>",
        "<del><p>",
    ):
        view_and_tags(piece * 3000)
    assert time.process_time() - began < 10


_CELLS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2>", "<th>"]
)
_OTHERS = st.sampled_from(
    ["<dl>", "</dl>", "<dt>", "<dd>", "</dd>", "<p>", "</p>", "<h2>", "<br>", "<div>", "</div>"]
)
_SAID = st.sampled_from(["Nimi:", "a b", "Ä", "&auml;", "a&#776;", " ", "\n", "&nbsp;", "<sup>2"])


@given(st.lists(st.one_of(_CELLS, _OTHERS, _SAID), max_size=40).map("".join))
def test_no_sign_is_lost_or_comes_twice(source: str) -> None:
    view, starts, ends = view_and_tags(source).view
    assert len(view) == len(starts) == len(ends)
    said = [(starts[i], ends[i]) for i, sign in enumerate(view) if sign not in " \t\n"]
    written = [met.span() for met in re.finditer(r"a&#776;|<[^>]*>|&\w+;|[^\s<]", source)]
    assert sorted(said) == [(a, b) for a, b in written if source[a] != "<"]
    assert not re.search(r" [ \t\n]|\n\t|\n\n\n", view)


@given(st.lists(st.one_of(_CELLS, _OTHERS, _SAID), max_size=40).map("".join))
def test_a_page_whose_places_are_called_ordered_has_them_so(source: str) -> None:
    page = view_and_tags(source)
    _, *places = page.view
    assert not page.ordered or all(list(some) == sorted(some) for some in places)


def test_a_row_that_was_put_side_by_side_is_not_called_ordered() -> None:
    beside = "<table><tr><td>Materiaalit<br>Siksi</td><td>0</td></tr></table>"
    pages = [view_and_tags(source) for source in (beside, "<p>a</p><p>b</p>")]
    assert [page.ordered for page in pages] == [False, True]


# ---- charset


def _entities(style: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda page: re.sub(r"[^\x00-\x7f]", lambda m: style(m[0]), page).encode("ascii")


META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
NAMED = {"ä": "&auml;", "ö": "&ouml;", "Ä": "&Auml;", "Ö": "&Ouml;"}
CHARSETS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda page: page.encode(),
    "utf-8 called iso-8859-1": lambda page: (META.format("iso-8859-1") + page).encode(),
    "utf-8 with a mark, called x": lambda page: (META.format("x") + page).encode("utf-8-sig"),
    "iso-8859-1": lambda page: page.encode("iso-8859-1"),
    "iso-8859-1 called utf-8": lambda page: (META.format("utf-8") + page).encode("iso-8859-1"),
    "windows-1252 called iso-8859-1": lambda page: (
        META.format("iso-8859-1") + page.replace("-", "–", 1).replace("–", "-", 1)
    ).encode("cp1252"),
    "utf-16": lambda page: (META.format("utf-8") + page).encode("utf-16"),
    "utf-16 big-endian": lambda page: b"\xfe\xff" + page.encode("utf-16-be"),
    "decomposed": lambda page: unicodedata.normalize("NFD", page).encode(),
    "line ends of Windows": lambda page: page.replace("\n", "\r\n").encode(),
    "named entities": _entities(lambda sign: NAMED[sign]),
    "decimal entities": _entities(lambda sign: f"&#{ord(sign)};"),
    "hexadecimal entities": _entities(lambda sign: f"&#x{ord(sign):X};"),
    "entities of decomposed letters": _entities(
        lambda sign: "{}&#{};".format(*(c if c < "\x7f" else ord(c) for c in _parts(sign)))
    ),
}


def _parts(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)


@pytest.mark.parametrize("encode", CHARSETS.values(), ids=CHARSETS)
def test_charsets(
    tmp_path: Path, page_2014: Pages, plain: Portfolio, encode: Callable[[str], bytes]
) -> None:
    page = marked_up(page_2014(), FIELDS["th and td"], scores_table)
    assert_same(saved(tmp_path, encode(page)), plain)


def test_entities_written_twice_are_undone_and_told(tmp_path: Path, page_2014: Pages) -> None:
    page = marked_up(page_2014(), FIELDS["p"], scores_table)
    portfolio = saved(tmp_path, page.replace("ovet", "ovea").replace("Ovet", "Kyl&amp;auml;t"))
    texts = portfolio.narratives.set_index("section")["text"]
    assert texts["final_report"].startswith("Kylät avattiin")
    assert "mended_entities" in set(portfolio.issues["code"])


def test_a_page_with_zero_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "sivu.html").write_bytes(b"<p>Hankekoodi:\0 S99901</p>")
    met = open_document(str(tmp_path / "sivu.html"))
    assert isinstance(met, NotOpened)
    assert met.code == "file_not_text"


# ---- web archives

PICTURE = base64.encodebytes(bytes(range(256))).decode()


def _quoted(page: bytes) -> bytes:
    return quopri.encodestring(page).replace(b"\n", b"\r\n")


def archive(body: bytes, encoding: str, kind: str = 'text/html; charset="utf-8"') -> bytes:
    """An archive as Chromium writes it: folded headers, a page, a picture."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.eura2014.fi/rrtiepa/\r\n"
        "Subject: =?utf-8?Q?Euroopan=20sosiaalirahaston=20(ESR)=20rahoittaman?=\r\n"
        " =?utf-8?Q?=20hankkeen=20kuvaus?=\r\nDate: Mon, 2 Mar 2020 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----Raja"\r\n\r\n\r\n------Raja\r\n'
        f"Content-Type: {kind}\r\nContent-ID: <sivu@mhtml>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: https://x/\r\n\r\n"
    )
    rest = (
        "\r\n------Raja\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{PICTURE}\r\n------Raja--\r\n"
    )
    return head.encode() + body + rest.encode()


TRANSFERS: dict[str, Callable[[str], bytes]] = {
    "quoted-printable": lambda page: archive(_quoted(page.encode()), "quoted-printable"),
    "base64": lambda page: archive(base64.encodebytes(page.encode()), "base64"),
    "8bit": lambda page: archive(page.encode(), "8bit"),
    "8bit of Windows, called utf-8": lambda page: archive(page.encode("cp1252"), "8bit"),
    "base64 of utf-16": lambda page: archive(base64.encodebytes(page.encode("utf-16")), "base64"),
    "no end": lambda page: archive(_quoted(page.encode()), "quoted-printable").split(
        b"\r\n------Raja\r\nContent-Type: image"
    )[0],
    "one part": lambda page: (
        b'From: "Saved by Internet Explorer"\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n'
        b'\tcharset="windows-1252"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + _quoted(page.encode("cp1252"))
    ),
    "an empty frame in front": lambda page: archive(
        b"<html><head><title>x</title></head><body>&nbsp;</body></html>", "7bit"
    ).replace(
        b"------Raja--",
        b"------Raja\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page.encode())
        + b"\r\n------Raja--",
    ),
    "a frame before its root": lambda page: (
        archive(b"<p>Mainos</p>", "7bit")
        .replace(b'\ttype="text/html"', b'\tstart="<oikea@mhtml>"')
        .replace(
            b"------Raja--",
            b"------Raja\r\nContent-Type: text/html\r\nContent-ID: <oikea@mhtml>\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(page.encode())
            + b"\r\n------Raja--",
        )
    ),
}


@pytest.mark.parametrize("pack", TRANSFERS.values(), ids=TRANSFERS)
def test_web_archives(
    tmp_path: Path, page_2014: Pages, plain: Portfolio, pack: Callable[[str], bytes]
) -> None:
    page = marked_up(page_2014(), FIELDS["th and td"], scores_table)
    portfolio = saved(tmp_path, pack(page), "sivu.mhtml")
    assert_same(portfolio, plain)
    assert portfolio.files["format"].tolist() == ["mhtml"]
    # Places count in the page inside.
    document = open_document(str(tmp_path / "sivu.mhtml"))
    assert isinstance(document, Document)
    assert document.text.startswith("<!DOCTYPE html>\n<html>")
    code = portfolio.provenance.query("field == 'projects.project_code'")
    assert code["line"].tolist() == [page[: page.index("S99901")].count("\n") + 1]


def test_a_web_archive_of_plain_text(tmp_path: Path, page_2014: Pages, plain: Portfolio) -> None:
    packed = archive(_quoted(page_2014().encode()), "quoted-printable", "text/plain")
    portfolio = saved(tmp_path, packed, "sivu.mht")
    assert_same(portfolio, plain)
    assert portfolio.files["format"].tolist() == ["mhtml"]


@pytest.mark.parametrize(
    ("data", "code", "format_"),
    [
        (archive(b"", "7bit"), "format_unsupported", "mhtml"),
        (archive(b"abc", "7bit", "image/gif"), "format_unsupported", "mhtml"),
        (archive(b"", "7bit").split(b"\r\n\r\n")[0] + b"\r\n\r\n", "format_unsupported", "mhtml"),
        (archive(base64.encodebytes(bytes(range(256))), "base64"), "format_unsupported", "mhtml"),
    ],
    ids=["empty page", "no page", "head alone", "a picture called a page"],
)
def test_broken_web_archives(tmp_path: Path, data: bytes, code: str, format_: str | None) -> None:
    (tmp_path / "sivu.mhtml").write_bytes(data)
    met = open_document(str(tmp_path / "sivu.mhtml"))
    assert isinstance(met, NotOpened)
    assert (met.code, met.format) == (code, format_)


def test_a_text_that_speaks_of_content_types_is_no_web_archive(tmp_path: Path) -> None:
    for text in ("Hankekoodi: S1\nContent-Type: text/html\n", "Koe\nContent-Type: multipart/x\n"):
        (tmp_path / "sivu.txt").write_text(text, encoding="utf-8")
        met = open_document(str(tmp_path / "sivu.txt"))
        assert isinstance(met, Document)
        assert met.format == "text"


# ---- the folder that a browser saves beside a page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = (
        "a.html", "a_files/kehys.html", "a_files/css/tyyli.css", "B.HTM", "B_tiedostot/kuva.png",
        "c.htm", "c-filer/x.txt", "d.html", "d_filer/x.txt", "e.htm", "e.files/x.txt",
        "projekti.php.html", "projekti.php_files/x.txt", "f.txt", "f_files/x.txt",
        "muut_files/x.txt", "alla/a_files/x.txt", "alla/g.html", "alla/g_files/x.txt",
        "_files/x.txt",
    )  # fmt: skip
    for name in names:
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


KEPT = [
    "data/B.HTM",
    "data/_files/x.txt",
    "data/a.html",
    "data/alla/a_files/x.txt",
    "data/alla/g.html",
    "data/c.htm",
    "data/d.html",
    "data/e.htm",
    "data/f.txt",
    "data/f_files/x.txt",
    "data/muut_files/x.txt",
    "data/projekti.php.html",
]


@pytest.mark.parametrize("source", ["data", "data/*", "data/**", "da*"])
def test_the_companion_folder_of_a_page_is_passed_over(folder: Path, source: str) -> None:
    assert sorted(paths(source)) == KEPT


def test_a_companion_folder_that_is_asked_for_is_read(folder: Path) -> None:
    assert paths("data/a_files/kehys.html") == ["data/a_files/kehys.html"]
    assert paths("data/a_files/*.html") == ["data/a_files/kehys.html"]
    assert paths("data/c-filer") == ["data/c-filer/x.txt"]
    assert paths("data/**/*.txt") == [
        "data/_files/x.txt",
        "data/alla/a_files/x.txt",
        "data/f.txt",
        "data/f_files/x.txt",
        "data/muut_files/x.txt",
    ]
