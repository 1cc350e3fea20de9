"""Every shape in which a description reaches a user, and a measure of what is read from each.

A shape takes a description as plain text and gives the files a user would have: the text in
another encoding or wrapped, a saved page, a print. Nothing here reads a document; the measure
compares what was read from a shape with what was read from the clean text.
"""

import base64
import hashlib
import quopri
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, partial
from html import escape
from pathlib import Path
from textwrap import wrap as wrap_paragraph
from typing import Any

import pandas as pd

from esrdata import Portfolio
from esrdata.knowledge import load

Facts = dict[str, object]

# ---------------------------------------------------------------- what a description consists of


@dataclass(frozen=True)
class Piece:
    """A part of a description: its kind, its words, and how deep a heading stands.

    Kinds: ``line`` (banner), ``title``, ``heading``, ``pair`` (label and value), ``columns`` (the
    head of the score table), ``mark`` (a line inside that table), ``row`` (label and two scores),
    ``prose`` (one paragraph, its lines kept).
    """

    kind: str
    text: str = ""
    value: str = ""
    level: int = 0


_SCORES = re.compile(r"(?P<label>.+?) (?P<direct>-?\d+) (?P<indirect>-?\d+)")
_COLUMNS = "VälitönVälillinen"


def _said(raw: Mapping[str, Any]) -> list[str]:
    said = raw.get("fi", [])
    return [said] if isinstance(said, str) else list(said)


@dataclass(frozen=True)
class _Words:
    """Titles (with the kind of section below and the depth) and labels of all forms."""

    pages: frozenset[str]
    titles: dict[str, tuple[str, int, bool]]
    labels: tuple[str, ...]
    criteria: frozenset[str]
    marks: frozenset[str]


@cache
def words() -> _Words:
    """The wordings of the forms, from the knowledge files."""
    pages, titles, labels = set(), {}, set()
    criteria, marks = set(), set()

    def walk(sections: Iterable[Mapping[str, Any]], level: int) -> None:
        for section in sections:
            kind = "prose" if section.get("narrative") else "fields"
            kind = "ordered" if section.get("ordered") else kind
            for title in _said(section):
                titles[title] = (kind, level, section.get("number") is not None)
            for entry in section.get("entries", ()):
                if entry.get("score"):
                    criteria.update(_said(entry))
                elif entry.get("mark"):
                    marks.update(_said(entry))
                else:
                    labels.update(_said(entry))
            walk(section.get("sections", ()), level + 1)

    for name in load.form_names():
        raw = load.form(name)
        pages.update(said for title in raw["titles"] for said in _said(title))
        walk(raw["sections"], 2)
    by_length = tuple(sorted(labels, key=len, reverse=True))
    return _Words(frozenset(pages), titles, by_length, frozenset(criteria), frozenset(marks))


_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d)?\.? )?(?P<title>.+)")


def _heading(line: str) -> tuple[str, int] | None:
    met = _HEADING.fullmatch(line)
    known = words().titles.get(met["title"]) if met else None
    if met is None or known is None or (met["number"] is not None) != known[2]:
        return None
    return known[0], known[1]


def _pair(line: str) -> Piece | None:
    for label in words().labels:
        if line.startswith(f"{label}:"):
            return Piece("pair", f"{label}:", line[len(label) + 1 :].strip())
    return None


def _of_ordered(line: str) -> Piece | None:
    """A line of a section in which labels stand among free text."""
    if line == _COLUMNS:
        return Piece("columns", line)
    if line in words().marks:
        return Piece("mark", line)
    met = _SCORES.fullmatch(line)
    if met is not None and met["label"] in words().criteria:
        return Piece("row", met["label"], f"{met['direct']} {met['indirect']}")
    return _pair(line)


def pieces(text: str) -> list[Piece]:
    """The parts of one or more descriptions, in the order of the page."""
    found: list[Piece] = []
    within = "top"
    for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        lines = block.split("\n")
        if len(lines) == 1 and block in words().pages:
            within = "top"
            found.append(Piece("title", block))
            continue
        heading = _heading(block) if len(lines) == 1 else None
        if heading is not None:
            within = heading[0]
            found.append(Piece("heading", block, level=heading[1]))
            continue
        if within == "ordered":
            loose: list[str] = []
            for line in lines:
                known = _of_ordered(line)
                if known is None:
                    loose.append(line)
                    continue
                found += [Piece("prose", "\n".join(loose))] if loose else []
                loose = []
                found.append(known)
            found += [Piece("prose", "\n".join(loose))] if loose else []
            continue
        known = _pair(block) if within == "fields" and len(lines) == 1 else None
        found.append(known or Piece("line" if within == "top" else "prose", block))
    return found


# ---------------------------------------------------------------- plain text, line by line


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def wrapped(text: str, width: int, *, hyphens: bool) -> str:
    """Hard line ends at a width, through labels, names and score lines alike."""
    return _text(
        part
        for line in _lines(text)
        for part in wrap_paragraph(
            line, width, break_long_words=False, break_on_hyphens=hyphens, drop_whitespace=True
        )
        or [""]
    )


def tight(text: str) -> str:
    """Without blank lines."""
    return _text(line for line in _lines(text) if line.strip())


def doubled(text: str) -> str:
    """Two blank lines where one was."""
    return text.replace("\n\n", "\n\n\n")


def indented(text: str, by: str) -> str:
    return _text(by + line if line else line for line in _lines(text))


def trailing(text: str) -> str:
    """White space at line ends, and on blank lines."""
    ends = ("  ", "\t", " \t ", "")
    return _text(line + ends[i % 4] for i, line in enumerate(_lines(text)))


_SYLLABLE = re.compile(r"(?<=[^\W\d_]{2})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö][^\W\d_])", re.I)
_LONG_WORD = re.compile(r"(?<![\w.@/])[^\W\d_]{9,}(?![\w@/]|\.\w|\()")


def hyphenated(text: str, mark: str = "\u00ad", *, every: int = 1) -> str:
    """A mark at syllable ends of long words, in labels and prose; addresses are left whole."""

    def inside(met: re.Match[str]) -> str:
        parts = re.split(_SYLLABLE, met[0])
        groups = ["".join(parts[i : i + every]) for i in range(0, len(parts), every)]
        return mark.join(groups)

    return _LONG_WORD.sub(inside, text)


def spaced(text: str, space: str) -> str:
    """Another space between thousands, and behind the colon of a label."""
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", space, text)
    return _text(
        line.replace(": ", f":{space}", 1) if _pair(line) else line for line in _lines(text)
    )


def cells(text: str) -> str:
    """The score table cell by cell, as a copied table often comes."""
    out: list[str] = []
    for line in _lines(text):
        met = _SCORES.fullmatch(line)
        if line == _COLUMNS:
            out += ["Välitön", "Välillinen"]
        elif met is not None and met["label"] in words().criteria:
            out += [met["label"], met["direct"], met["indirect"]]
        else:
            out.append(line)
    return _text(out)


def tabbed(text: str) -> str:
    """The score table with tabs between its cells."""
    out = []
    for line in _lines(text):
        met = _SCORES.fullmatch(line)
        if line == _COLUMNS:
            line = "\tVälitön\tVälillinen"
        elif met is not None and met["label"] in words().criteria:
            line = f"{met['label']}\t{met['direct']}\t{met['indirect']}"
        out.append(line)
    return _text(out)


URL = "https://www.eura2014.fi/rrtiepa/projekti.php?projektikoodi=S20405"
CLOCK = "21.11.2026 klo 12.30  Hankekuvaus"


def furnished(
    text: str, *, foot: str = "", head: str = "", feed: bool = False, every: int = 45
) -> str:
    """What a printer puts between pages, wherever a page happens to end."""
    lines = _lines(text)
    pages = [lines[i : i + every] for i in range(0, len(lines), every)]
    out: list[str] = []
    for number, page in enumerate(pages, start=1):
        top = [head.format(page=number, pages=len(pages))] if head else []
        bottom = [foot.format(page=number, pages=len(pages))] if foot else []
        page = [*top, *page, *bottom]
        if feed and number > 1:
            page[0] = f"\f{page[0]}"
        out += page
    return _text(out)


def torn(text: str, width: int, between: Sequence[str]) -> str:
    """Page furniture in the middle of wrapped paragraphs, labels and score rows.

    Every third wrapped line of a label or a score table, and every tenth of prose, is torn behind
    its first line.
    """
    out: list[str] = []
    met: dict[str, int] = {"label": 0, "prose": 0}
    for line in _lines(text):
        parts = wrap_paragraph(line, width, break_long_words=False, break_on_hyphens=False)
        known = _of_ordered(line) or _heading(line)
        kind = "label" if known else "prose"
        if len(parts) > 1:
            if met[kind] % (3 if kind == "label" else 10) == 0:
                parts[1:1] = between
            met[kind] += 1
        out += parts or [""]
    return _text(out)


# What the older encodings have no sign for, as people replace it.
_REPLACED = str.maketrans(
    {"•": "*", "–": "-", "—": "-", "’": "'", "‘": "'", "”": '"', "“": '"', "…": "...", "€": "e",
     "−": "-", "\u0095": "*", "\u2028": " ", "\u200b": "", "\uf0b7": "*"}
)  # fmt: skip


def _within(encoding: str) -> Callable[[str], str]:
    """The text with what an encoding can say."""

    def say(text: str) -> str:
        out = []
        for sign in text:
            try:
                sign.encode(encoding)
                out.append(sign)
            except UnicodeEncodeError:
                told = sign.translate(_REPLACED)
                out.append(told.encode(encoding, "replace").decode(encoding))
        return "".join(out)

    return say


# ---------------------------------------------------------------- pages

Tags = Callable[[Piece], str]
_UTF8 = '<meta charset="utf-8">'


def _br(text: str) -> str:
    return "<br>\n".join(escape(line, quote=False) for line in text.split("\n"))


def _plain_pair(piece: Piece) -> str:
    return f"<p>{escape(f'{piece.text} {piece.value}'.strip(), quote=False)}</p>"


def _between(template: str) -> Tags:
    """A pair by a template with a place for the label and one for the value."""

    def tags(piece: Piece) -> str:
        return template.format(
            label=escape(piece.text, quote=False), value=escape(piece.value, quote=False)
        )

    return tags


def _score_cells(piece: Piece) -> str:
    direct, indirect = piece.value.split()
    return f"<tr><td>{escape(piece.text)}</td><td>{direct}</td><td>{indirect}</td></tr>"


def _body(
    parts: Sequence[Piece],
    pair: Tags,
    *,
    scores: str = "table",
    group: tuple[str, str] = ("", ""),
    prose: Callable[[str], str] = _br,
) -> Iterator[str]:
    """Lines of the body of a page; `group` stands around neighbouring pairs."""
    table = grouped = opened = False
    for piece in parts:
        if grouped and piece.kind != "pair":
            yield group[1]
            grouped = False
        in_scores = piece.kind in ("columns", "mark", "row")
        if table and not in_scores and piece.kind != "prose":
            yield "</table>"
            table = False
        if piece.kind == "heading" and piece.level == 2:
            yield ("</div>\n" if opened else "") + "<div>"
            opened = True
        if piece.kind == "title":
            yield ("</div>\n" if opened else "") + f"<h1>{escape(piece.text)}</h1>"
            opened = False
        elif piece.kind == "heading":
            yield f"<h{piece.level}>{escape(piece.text)}</h{piece.level}>"
        elif piece.kind == "pair":
            if group[0] and not grouped:
                yield group[0]
                grouped = True
            yield pair(piece)
        elif scores == "paragraphs" and in_scores:
            yield f"<p>{escape(f'{piece.text} {piece.value}'.strip())}</p>"
        elif piece.kind == "columns":
            table = True
            yield '<table class="scores">'
            yield "<tr><th></th><th>Välitön</th><th>Välillinen</th></tr>"
        elif piece.kind == "mark":
            yield f'<tr><td colspan="3"><b>{escape(piece.text)}</b></td></tr>'
        elif piece.kind == "row":
            yield _score_cells(piece)
        elif table:
            yield f'<tr><td colspan="3">{prose(piece.text)}</td></tr>'
        else:
            yield f"<p>{prose(piece.text)}</p>"
    yield group[1] if grouped else ""
    yield "</table>" if table else ""
    yield "</div>" if opened else ""


def page(
    text: str,
    *,
    pair: Tags = _plain_pair,
    scores: str = "table",
    group: tuple[str, str] = ("", ""),
    head: str = _UTF8,
    style: str = "",
    prose: Callable[[str], str] = _br,
) -> str:
    """A description as a page of the service: div, h2, h3 and p, the scores in a table."""
    body = "\n".join(filter(None, _body(pieces(text), pair, scores=scores, group=group, prose=prose)))
    css = f"<style>\n{style}\n</style>\n" if style else ""
    return (
        f'<!DOCTYPE html>\n<html lang="fi">\n<head>\n{head}\n<title>Hankekuvaus</title>\n{css}'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def scores_in_one_paragraph(text: str) -> str:
    """Section 8.2 as one paragraph with line breaks, nothing but the lines of the text."""
    out, lines = [], []

    def flush() -> None:
        if lines:
            out.append("<p>" + "<br>\n".join(map(escape, lines)) + "</p>")
            lines.clear()

    for piece in pieces(text):
        if piece.kind in ("columns", "mark", "row"):
            lines.append(f"{piece.text} {piece.value}".strip())
        elif piece.kind == "prose" and lines:
            lines += piece.text.split("\n")
        else:
            flush()
            out += [line for line in _body([piece], _plain_pair) if line and line != "</div>"]
    flush()
    body = "\n".join(out).replace("<div>\n", "").replace("<div>", "")
    return f"<html><head>{_UTF8}</head><body>\n{body}\n</body></html>\n"


def noisy(text: str) -> str:
    """Comments, scripts and style between and inside the lines of a page."""
    noise = (
        "<!-- Hankekoodi: S00000 -->",
        '<script>var label = "Hankkeen nimi: x"; if (1 < 2) { document.write("<p>5</p>"); }</script>',
        '<style>p:before { content: "Kunnat: Oulu"; }</style>',
        "<noscript><img src='x.gif' alt='Suunniteltu: 9'></noscript>",
    )
    lines = page(text, pair=_between("<p>{label}<!-- > arvo: --> {value}<!--\n--></p>")).split("\n")
    at = lines.index("<body>")
    out = lines[: at + 1]
    for i, line in enumerate(lines[at + 1 :]):
        out += [line, noise[i % 4]] if line.endswith(">") and not line.endswith("<br>") else [line]
    return "\n".join(out)


def unclosed(text: str) -> str:
    """Start tags only, as old editors wrote them; lists marked up as lists."""

    def listed(prose: str) -> str:
        out, within = [], False
        for line in prose.split("\n"):
            item = line[:2] in ("* ", "- ", "• ")
            out.append(("" if within else "<ul>\n") + "<li>" + escape(line, quote=False))
            if not item:
                out[-1] = ("</ul>\n" if within else "<br>" if out[1:] else "") + escape(
                    line, quote=False
                )
            within = item
        return "\n".join(out) + ("</ul>" if within else "")

    return re.sub(r"</(?:p|td|th|tr|li|body|html|div|dd|dt)>", "", page(text, prose=listed))


def upper(text: str) -> str:
    """Tags and attributes in capitals."""
    return re.sub(r"<[^>]*>", lambda met: met[0].upper(), page(text))


_CONDITIONAL = """<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Normal</w:View><w:HyphenationZone>21</w:HyphenationZone>
 </w:WordDocument>
</xml><![endif]-->"""


def word(text: str) -> str:
    """A page that Word saved as HTML."""

    def paragraph(inside: str) -> str:
        return f"<p class=MsoNormal>{inside}<o:p></o:p></p>"

    def cell(inside: str, width: int) -> str:
        style = "border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt"
        return f"<td width={width} valign=top style='{style}'>{paragraph(inside)}</td>"

    def said(prose: str) -> str:
        return "<br>\n".join(escape(line, quote=False) for line in prose.split("\n"))

    empty = "<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>"
    out: list[str] = []
    table = False
    for piece in pieces(text):
        inside = said(piece.text)
        if table and piece.kind not in ("mark", "row", "prose"):
            out += ["</table>", empty]
            table = False
        if piece.kind in ("title", "heading"):
            level = piece.level or 1
            out.append(f"<h{level}><span lang=FI>{inside}<o:p></o:p></span></h{level}>")
        elif piece.kind == "pair":
            out.append(paragraph(f"<b>{inside}</b><span lang=FI> {said(piece.value)}</span>"))
            out.append(empty)
        elif piece.kind == "columns":
            table = True
            out.append("<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>")
            heads = (cell("&nbsp;", 400), cell("<b>Välitön</b>", 80), cell("<b>Välillinen</b>", 80))
            out.append(f"<tr>{''.join(heads)}</tr>")
        elif piece.kind == "row":
            direct, indirect = piece.value.split()
            row = (cell(inside, 400), cell(direct, 80), cell(indirect, 80))
            out.append(f"<tr style='mso-yfti-irow:1'>{''.join(row)}</tr>")
        elif table:
            out.append(f"<tr>{cell(inside, 560).replace('<td', '<td colspan=3')}</tr>")
        else:
            out += [paragraph(f"<span lang=FI style='mso-ansi-language:FI'>{inside}</span>"), empty]
    out += ["</table>"] if table else []
    body = "\n".join(
        part
        for line in "\n\n".join(out).split("\n")
        for part in wrap_paragraph(line, 76, break_long_words=False, break_on_hyphens=False) or [""]
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=Generator content="Microsoft Word 15">
<title>Hankekuvaus</title>
{_CONDITIONAL}
<style>
<!--
 p.MsoNormal, li.MsoNormal {{margin:0cm; font-size:12.0pt;}}
-->
</style>
</head>

<body lang=FI style='tab-interval:65.2pt'>

<div class=WordSection1>

{body}

</div>

</body>

</html>
"""


_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_CSS = 'p:before { content: "Kunnat: Oulu"; }\n'


def mhtml(text: str) -> bytes:
    """A page as Chromium saves it in one file."""
    mark = "----MultipartBoundary--3oTkZqX0dWm1Gd5UZyWnbcVvYq7nS2Y0----"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
    style = '<link rel="stylesheet" href="https://www.eura2014.fi/rrtiepa/tyyli.css">'
    html = quopri.encodestring(page(text, head=f"{head}\n{style}").encode()).decode("ascii")
    parts = [
        ("text/html", "quoted-printable", URL, html),
        ("text/css", "quoted-printable", "https://www.eura2014.fi/rrtiepa/tyyli.css", _CSS),
        ("image/gif", "base64", "https://www.eura2014.fi/x.gif", base64.b64encode(_PIXEL).decode()),
    ]
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {URL}",
        "Subject: =?utf-8?Q?Hankekuvaus=20V=C3=A4lit=C3=B6n?=",
        "Date: Sat, 21 Nov 2026 12:30:00 -0000",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related;",
        '\ttype="text/html";',
        f'\tboundary="{mark}"',
        "",
        "",
    ]
    for kind, coding, place, inside in parts:
        lines += [
            f"--{mark}",
            f"Content-Type: {kind}",
            f"Content-Transfer-Encoding: {coding}",
            f"Content-Location: {place}",
            "",
            inside,
        ]
    lines.append(f"--{mark}--")
    return "\r\n".join("\n".join(lines).split("\n")).encode("ascii") + b"\r\n"


_BESIDE = {
    "tyyli.css": _CSS.encode(),
    "x.gif": _PIXEL,
    "haku.js": b'var label = "Hankekoodi: S00000";\n',
    "kehys.html": b"<html><body><p>Etusivu</p><p>Haku</p></body></html>\n",
}


# ---------------------------------------------------------------- prints

CHROMIUM, SOFFICE = "chromium", "soffice"
_CACHE = Path(tempfile.gettempdir()) / "esrdata-shapes"
_CHROMIUM_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_PRINT = """body { font: 11pt 'Liberation Sans', Arial, sans-serif; }
h1 { font-size: 15pt; } h2 { font-size: 13pt; } h3 { font-size: 11pt; }
table { border-collapse: collapse; width: 100%; }
td, th { border: none; padding: 2px 4px; vertical-align: top; text-align: left; }
td:nth-child(n+2), th:nth-child(n+2) { width: 2.2cm; text-align: right; }
* { break-inside: auto !important; break-after: auto !important; orphans: 1; widows: 1; }
"""


def _cached(key: str, make: Callable[[Path], bytes]) -> bytes:
    name = hashlib.sha256(key.encode()).hexdigest()
    kept = _CACHE / f"{name}.pdf"
    if not kept.is_file():
        _CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_CACHE) as folder:
            made = make(Path(folder))
            part = Path(folder) / "whole"
            part.write_bytes(made)
            part.replace(kept)
    return kept.read_bytes()


def _run(command: Sequence[str | Path]) -> None:
    subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, timeout=120
    )


def print_chromium(html: str, *flags: str) -> bytes:
    """A page as Chromium prints it; the same page is printed once."""

    def make(folder: Path) -> bytes:
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(html, encoding="utf-8")
        _run(
            [CHROMIUM, *_CHROMIUM_FLAGS, f"--user-data-dir={folder / 'user'}", *flags,
             f"--print-to-pdf={target}", source]
        )  # fmt: skip
        return target.read_bytes()

    return _cached("\0".join(["chromium", *flags, html]), make)


def print_soffice(html: str) -> bytes:
    """A page as LibreOffice Writer prints it."""

    def make(folder: Path) -> bytes:
        source = folder / "page.html"
        source.write_text(html, encoding="utf-8")
        _run(
            [SOFFICE, f"-env:UserInstallation={(folder / 'user').as_uri()}", "--headless",
             "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export",
             "--outdir", folder, source]
        )  # fmt: skip
        return (folder / "page.pdf").read_bytes()

    return _cached(f"soffice\0{html}", make)


_NO_HEADERS = "--no-pdf-header-footer"


def printed(
    text: str,
    *,
    style: str = "",
    soft: int = 0,
    headers: bool = False,
    page_of: Callable[..., str] = page,
) -> bytes:
    """A print of the service's page; `soft` puts a soft hyphen at every so many syllables."""
    said = hyphenated(text, every=soft) if soft else text
    # The parts are told by the words of the forms, so the hyphens go in afterwards.
    html = page_of(text, style=_PRINT + style)
    if soft:
        html = _soften(html, soft)
    assert said
    return print_chromium(html, *(() if headers else (_NO_HEADERS,)))


def _soften(html: str, every: int) -> str:
    head, body, rest = html.partition("<body>")
    parts = re.split(r"(<[^>]*>)", rest)
    return head + body + "".join(
        part if part.startswith("<") else hyphenated(part, every=every) for part in parts
    )
