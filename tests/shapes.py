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

from esrdata import Portfolio, read
from esrdata.knowledge import load
from esrdata.samples.shapes import (
    doubled,
    furnished,
    hyphenated,
    indented,
    tight,
    trailing,
    wrapped,
)
from esrdata.samples.shapes import spaced as spaced_thousands

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


def spaced(text: str, space: str) -> str:
    """Another space between thousands, and behind the colon of a label."""
    text = spaced_thousands(text, space)
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
            label=escape(piece.text, quote=False),
            bare=escape(piece.text.removesuffix(":"), quote=False),
            value=escape(piece.value, quote=False),
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
    body = "\n".join(
        filter(None, _body(pieces(text), pair, scores=scores, group=group, prose=prose))
    )
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
        '<script>var x = "Hankkeen nimi: x"; if (1 < 2) { document.write("<p>5</p>"); }</script>',
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
.scores td:nth-child(n+2), .scores th:nth-child(n+2) { width: 2.2cm; text-align: right; }
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
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)


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
    html = _soften(page_of(text, style=_PRINT + style), soft)
    return print_chromium(html, *(() if headers else (_NO_HEADERS,)))


def _soften(html: str, every: int) -> str:
    """Soft hyphens in the words of a page, not in its tags; none where `every` is 0."""
    if not every:
        return html
    # The parts are told by the words of the forms, so the hyphens go in afterwards.
    head, body, rest = html.partition("<body>")
    parts = re.split(r"(<[^>]*>)", rest)
    return (
        head
        + body
        + "".join(part if part.startswith("<") else hyphenated(part, every=every) for part in parts)
    )


# ---------------------------------------------------------------- the registry


@dataclass(frozen=True)
class Shape:
    """A shape: how its file is made of a text, and what it can hold.

    Attributes
    ----------
    name, suffix
        Its name here, and how the file is called.
    make
        Text to the bytes of the file.
    needs
        A program without which the file cannot be made.
    says
        The text as this shape can say it (an encoding without bullets has none).
    beside
        Files of a folder ``<name>_files`` that is saved with it.
    paragraphs
        Whether the shape still shows where a paragraph ends.
    cut
        The share of the file that is there; what stood behind the cut is not expected.
    whole
        Of a cut shape, the file before it was cut.
    """

    name: str
    suffix: str
    make: Callable[[str], bytes]
    needs: str | None = None
    says: Callable[[str], str] = str
    beside: Mapping[str, bytes] = field(default_factory=dict)
    paragraphs: bool = True
    cut: float = 1.0
    whole: Callable[[str], bytes] | None = None

    @property
    def format(self) -> str:
        """The format, as the matrix groups by it."""
        return {".txt": "text", ".mhtml": "mhtml", ".pdf": "pdf"}.get(self.suffix, "html")

    def write(self, folder: Path, text: str, name: str = "hanke") -> Path:
        """Write the file, and what is saved beside it, into a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}{self.suffix}"
        path.write_bytes(self.make(text))
        for inside, data in self.beside.items():
            (folder / f"{name}_files").mkdir(exist_ok=True)
            (folder / f"{name}_files" / inside).write_bytes(data)
        return path


def missing(needs: str | None) -> str | None:
    """A sentence where a program is not installed."""
    if needs is None or shutil.which(needs):
        return None
    return f"{needs} is not installed, so this shape cannot be printed."


SHAPES: dict[str, Shape] = {}


def _add(name: str, suffix: str, make: Callable[[str], bytes], **more: Any) -> None:
    SHAPES[name] = Shape(name, suffix, make, **more)


def _txt(
    name: str, change: Callable[[str], str] = str, encoding: str = "utf-8", **more: Any
) -> None:
    _add(name, ".txt", lambda text: change(text).encode(encoding), **more)


def _html(name: str, change: Callable[[str], str], encoding: str = "utf-8", **more: Any) -> None:
    _add(name, ".html", lambda text: change(text).encode(encoding, "xmlcharrefreplace"), **more)


def _text_shapes() -> None:
    _txt("text")
    _txt("text bom", encoding="utf-8-sig")
    _add("text utf-16 le", ".txt", lambda text: b"\xff\xfe" + text.encode("utf-16-le"))
    _add("text utf-16 be", ".txt", lambda text: b"\xfe\xff" + text.encode("utf-16-be"))
    _txt("text utf-16 le without bom", encoding="utf-16-le")
    _txt("text cp1252", _within("cp1252"), "cp1252", says=_within("cp1252"))
    _txt("text latin-1", _within("latin-1"), "latin-1", says=_within("latin-1"))
    _txt("text crlf", lambda text: text.replace("\n", "\r\n"))
    _txt("text cr", lambda text: text.replace("\n", "\r"))
    _txt("text nfd", partial(unicodedata.normalize, "NFD"))
    _txt("text soft hyphens", hyphenated)
    for name, space in (("no-break", "\u00a0"), ("narrow no-break", "\u202f"), ("thin", "\u2009")):
        _txt(f"text {name} spaces", partial(spaced, space=space))
    _txt("text tight", tight, paragraphs=False)
    _txt("text doubled", doubled)
    for width in (60, 70, 72, 80):
        for hyphens in (False, True):
            name = f"text wrap {width}" + (" hyphens" if hyphens else "")
            _txt(name, partial(wrapped, width=width, hyphens=hyphens))
            _txt(
                f"{name} tight",
                lambda text, width=width, hyphens=hyphens: tight(
                    wrapped(text, width, hyphens=hyphens)
                ),
                paragraphs=False,
            )
    _txt("text wrap 40", partial(wrapped, width=40, hyphens=False))
    _txt("text wrap 72 indented", lambda text: indented(wrapped(text, 72, hyphens=False), "  "))
    _txt(
        "text wrap 72 indented tight",
        lambda text: tight(indented(wrapped(text, 72, hyphens=False), "  ")),
        paragraphs=False,
    )
    _txt("text wrap 60 scores by cell", lambda text: wrapped(cells(text), 60, hyphens=False))
    _txt(
        "text wrap 60 nfd",
        lambda text: unicodedata.normalize("NFD", wrapped(text, 60, hyphens=False)),
    )
    _txt("text indented", partial(indented, by="    "))
    _txt("text indented by tab", partial(indented, by="\t"))
    _txt("text trailing spaces", trailing)
    _txt("text scores by cell", cells)
    _txt("text scores by tab", tabbed)
    _txt("text scores by cell tight", lambda text: tight(cells(text)), paragraphs=False)


_FURNITURE: dict[str, dict[str, Any]] = {
    "sivu": {"foot": "Sivu {page}/{pages}"},
    "counter": {"foot": "{page}/{pages}"},
    "url": {"foot": URL + " {page}/{pages}"},
    "header": {"head": CLOCK},
    "both": {"foot": URL + " {page}/{pages}", "head": CLOCK},
}


def _furniture_shapes() -> None:
    for name, said in _FURNITURE.items():
        _txt(f"text pages {name}", partial(furnished, **said))
        _txt(f"text pages {name} feed", partial(furnished, feed=True, **said))
        for feed in (False, True):
            _txt(
                f"text wrap 72 pages {name}" + (" feed" if feed else ""),
                lambda text, said=said, feed=feed: furnished(
                    wrapped(text, 72, hyphens=False), feed=feed, **said
                ),
            )
    for every in (13, 29, 37):
        _txt(
            f"text wrap 60 pages of {every} lines",
            lambda text, every=every: furnished(
                wrapped(text, 60, hyphens=False), feed=True, every=every, **_FURNITURE["both"]
            ),
        )
    _txt(
        "text wrap 72 pages apart",
        lambda text: furnished(wrapped(text, 72, hyphens=False), foot="\n\nSivu {page}/{pages}\n"),
        paragraphs=False,
    )
    _txt("text pages feed only", partial(furnished, feed=True))
    _txt("text torn sivu", partial(torn, width=40, between=["Sivu 2/7"]))
    _txt("text torn counter", partial(torn, width=50, between=["", "2/7", ""]))
    _txt("text torn url feed", partial(torn, width=60, between=[f"{URL} 2/7", f"\f{CLOCK}"]))
    _txt(
        "text all at once",
        lambda text: furnished(
            wrapped(_within("cp1252")(text), 72, hyphens=False), feed=True, **_FURNITURE["both"]
        ).replace("\n", "\r\n"),
        "cp1252",
        says=_within("cp1252"),
    )


_PAIRS: dict[str, tuple[str, tuple[str, str]]] = {
    "strong": ("<p><strong>{label}</strong> {value}</p>", ("", "")),
    "dl": ("<dt>{label}</dt><dd>{value}</dd>", ("<dl>", "</dl>")),
    "two cells": ("<tr><td>{label}</td><td>{value}</td></tr>", ("<table>", "</table>")),
    "two cells without colons": (
        "<tr><td>{bare}</td><td>{value}</td></tr>", ("<table>", "</table>")
    ),
    "dl without colons": ("<dt>{bare}</dt><dd>{value}</dd>", ("<dl>", "</dl>")),
    "div div": ("<div>{label}</div>\n<div>{value}</div>", ("", "")),
    "p p": ("<p>{label}</p>\n<p>{value}</p>", ("", "")),
    "span span": ("<div><span>{label}</span><span>{value}</span></div>", ("", "")),
    "span span apart": ("<div>\n<span>{label}</span>\n<span>{value}</span>\n</div>", ("", "")),
}  # fmt: skip


def _cut(make: Callable[[str], bytes], share: float) -> Callable[[str], bytes]:
    def cut(text: str) -> bytes:
        whole = make(text)
        return whole[: int(len(whole) * share)]

    return cut


def _html_shapes() -> None:
    _html("html", page)
    _html("html paragraphs", partial(page, scores="paragraphs"))
    _html("html one paragraph", scores_in_one_paragraph)
    for name, (template, group) in _PAIRS.items():
        _html(f"html {name}", partial(page, pair=_between(template), group=group))
    _html("html noise", noisy)
    _html("html says latin-1, is utf-8", partial(page, head='<meta charset="iso-8859-1">'))
    _html("html says utf-8, is cp1252", page, "cp1252")
    _html("html says nothing", partial(page, head=""))
    _html("html says nothing, is cp1252", partial(page, head=""), "cp1252")
    _add("html utf-16", ".html", lambda text: b"\xff\xfe" + page(text).encode("utf-16-le"))
    _html("html by word", word, "cp1252")
    _html("html capitals", upper)
    # A list is a block of its own here, so there are more paragraphs than in the text.
    _html("html unclosed", unclosed, paragraphs=False)
    _html("html one line", lambda text: page(text).replace("\n", ""))
    _html("html indented", lambda text: indented(page(text).replace("><", ">\n<"), "\t"))
    _html("html soft hyphens", lambda text: _soften(page(text), 1))
    _html(
        "html no-break spaces",
        lambda text: page(spaced(text, "\u00a0")).replace("\u00a0", "&nbsp;"),
    )
    _add("mhtml", ".mhtml", mhtml)
    saved = lambda text: page(  # noqa: E731
        text, head=f'{_UTF8}\n<link rel="stylesheet" href="hanke_files/tyyli.css">'
    ).encode()
    _add("html with a folder", ".htm", saved, beside=_BESIDE)
    whole = lambda text: page(text).encode()  # noqa: E731
    _add("html cut off", ".html", _cut(whole, 0.6), cut=0.6, whole=whole)


_NARROW = "@page { size: 12cm 20cm; margin: 1cm; }"
# A font without the hyphen U+2010: hyphenation and true hyphens look the same.
_ASCII = "body, h1, h2, h3 { font-family: 'Nimbus Sans' !important; }"
_CENTRED = ".scores td:nth-child(n+2), .scores th:nth-child(n+2) { text-align: center; }"
_LEFT = ".scores td:nth-child(n+2), .scores th:nth-child(n+2) { text-align: left; }"


def _large(size: int) -> str:
    return f"body, h1, h2, h3 {{ font-size: {size}pt !important; }} @page {{ margin: 1.5cm; }}"


def _pdf_shapes() -> None:
    def pdf(name: str, **more: Any) -> None:
        _add(f"pdf {name}", ".pdf", partial(printed, **more), needs=CHROMIUM)

    pdf("a4")
    pdf("headers", headers=True)
    pdf("12 cm", style=_NARROW)
    pdf("soft hyphens", soft=2)
    pdf("12 cm hyphenated", style=_NARROW, soft=1)
    pdf("centred scores", style=_CENTRED)
    pdf("left scores", style=_LEFT)
    pdf("12 cm hyphenated ascii", style=_NARROW + _ASCII, soft=1)
    pdf("large", style=_large(22), headers=True)
    pdf("larger", style=_large(26), headers=True)
    pdf("largest", style=_large(30))
    pdf("paragraphs", page_of=partial(page, scores="paragraphs"))
    pdf(
        "two cells",
        page_of=partial(page, pair=_between(_PAIRS["two cells"][0]), group=_PAIRS["two cells"][1]),
    )
    for name, style, soft in (
        ("soffice", "", 0),
        ("soffice 12 cm", _NARROW, 0),
        ("soffice 12 cm hyphenated", _NARROW, 1),
    ):
        _add(
            f"pdf {name}",
            ".pdf",
            lambda text, style=style, soft=soft: print_soffice(
                _soften(page(text, style=_PRINT + style), soft)
            ),
            needs=SOFFICE,
            # With some fonts the last line of a paragraph is as long as one whose word is divided.
            paragraphs=not soft,
        )


_text_shapes()
_furniture_shapes()
_html_shapes()
_pdf_shapes()

# Several descriptions in one file, in the order given.
SEVERAL: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape("several text", ".txt", lambda text: text.encode()),
        Shape("several text tight", ".txt", lambda text: tight(text).encode(), paragraphs=False),
        Shape(
            "several text wrap 72", ".txt", lambda text: wrapped(text, 72, hyphens=False).encode()
        ),
        Shape("several html", ".html", lambda text: page(text).encode()),
        Shape("several pdf", ".pdf", printed, needs=CHROMIUM),
    )
}


# ---------------------------------------------------------------- the measure


def is_prose(name: str) -> bool:
    """Whether a fact is prose, measured by the word."""
    return name.startswith("narratives.") or name.endswith(".justification")


def _cell(value: object) -> object:
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _rows(portfolio: Portfolio, table: str, code: str) -> list[dict[str, object]]:
    frame = portfolio.tables[table]
    rows = frame[frame["project_code"] == code].drop(columns="project_code")
    return [
        {str(key): _cell(value) for key, value in row.items()} for row in rows.to_dict("records")
    ]


def facts_of(portfolio: Portfolio, code: str) -> Facts:
    """Every cell of a project by a dotted name; missing ones are None."""
    found: Facts = {}

    def put(name: str, row: Mapping[str, object], *leave: str) -> None:
        found.update({f"{name}.{key}": row[key] for key in row if key not in leave})

    for row in _rows(portfolio, "projects", code):
        found["projects.project_code"] = code
        put("projects", row, "source")
    for row in _rows(portfolio, "funding", code):
        found[f"funding.{row['measure']}.{row['stage']}"] = row["amount_eur"]
    for row in _rows(portfolio, "indicators", code):
        name = f"indicators.{row['indicator']}.{row['stage']}"
        found |= {name: row["total"], f"{name}_women": row["women"]}
        found[f"{name}_applicable"] = row["applicable"]
    for row in _rows(portfolio, "sustainability", code):
        put(f"sustainability.{row['criterion']}", row, "criterion")
    for row in _rows(portfolio, "horizontal", code):
        put(f"horizontal.{row['principle']}", row, "principle")
    counts: dict[object, int] = {}
    for row in _rows(portfolio, "locations", code):
        at = counts[row["level"]] = counts.get(row["level"], -1) + 1
        put(f"locations.{row['level']}.{at}", row, "level")
    for table in ("partners", "contacts"):
        if table in portfolio.tables:
            for i, row in enumerate(_rows(portfolio, table, code)):
                put(f"{table}.{i}", row)
    for row in _rows(portfolio, "narratives", code):
        found[f"narratives.{row['section']}"] = row["text"]
        found[f"titles.{row['section']}"] = row["title"]
    return found


def placed(portfolio: Portfolio, code: str) -> dict[str, int]:
    """Where in the file each fact ends that provenance knows."""
    table = portfolio.provenance
    rows = table[(table["project_code"] == code) & (table["status"] == "read")]
    rows = rows[rows["end"].notna()]
    found = dict(zip(rows["field"], rows["end"].astype(int), strict=True))
    named = {"horizontal": ".answer", "locations": ".name"}
    out = {}
    for name, end in found.items():
        table_name = name.split(".")[0]
        more = named.get(table_name, "") if not name.endswith(".justification") else ""
        out[name + more] = end
    return out


@dataclass
class Score:
    """What was read of one description, against what is there.

    Attributes
    ----------
    right, total
        Cells read rightly, of those that hold something.
    wrong, lost, invented
        Cells that hold another thing, nothing, or something where nothing is: expected and got.
    words, words_total, words_added
        Words of all prose that are kept, that there are, and that do not belong.
    prose
        Prose that differs by any word: expected and got.
    paragraphs, paragraphs_total
        Paragraphs of the narratives, as read and as they are.
    """

    right: int = 0
    total: int = 0
    wrong: dict[str, tuple[object, object]] = field(default_factory=dict)
    lost: dict[str, object] = field(default_factory=dict)
    invented: dict[str, object] = field(default_factory=dict)
    words: int = 0
    words_total: int = 0
    words_added: int = 0
    prose: dict[str, tuple[str, str]] = field(default_factory=dict)
    paragraphs: int = 0
    paragraphs_total: int = 0

    @property
    def perfect(self) -> bool:
        """Whether every cell and every word is as it is."""
        return not (self.wrong or self.lost or self.invented or self.prose)

    def __add__(self, other: "Score") -> "Score":
        def added(name: str) -> Any:
            mine, theirs = getattr(self, name), getattr(other, name)
            return {**mine, **theirs} if isinstance(mine, dict) else mine + theirs

        return Score(**{name: added(name) for name in self.__dataclass_fields__})

    def of(self, code: str) -> "Score":
        """The same with the project named in front of every difference."""
        for said in (self.wrong, self.lost, self.invented, self.prose):
            for name in list(said):
                said[f"{code} {name}"] = said.pop(name)  # type: ignore[attr-defined]
        return self

    def told(self, most: int = 12) -> str:
        """The differences, a line each; what contact persons are called is not told."""
        if self.lost and not self.right:
            return "nothing was read"
        told = [
            f"wrong    {n}: {_told(n, e)} read as {_told(n, g)}" for n, (e, g) in self.wrong.items()
        ]
        told += [f"lost     {name}: {_told(name, said)}" for name, said in self.lost.items()]
        told += [f"invented {name}: {_told(name, said)}" for name, said in self.invented.items()]
        told += [f"prose    {name}: {_difference(*said)}" for name, said in self.prose.items()]
        more = [f"and {len(told) - most} more"] if len(told) > most else []
        return "\n".join([*told[:most], *more])


def _told(name: str, said: object) -> str:
    return "…" if "contacts." in name else f"{said!r:.90}"


def _difference(expected: str, got: str) -> str:
    a, b = expected.split(), got.split()
    out = []
    for tag, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            out.append(f"{' '.join(a[i:j])!r:.60} → {' '.join(b[k:n])!r:.60}")
    more = f" (and {len(out) - 3} more)" if len(out) > 3 else ""
    return "; ".join(out[:3]) + more


def _compare_prose(score: Score, name: str, expected: str, got: str) -> None:
    a, b = expected.split(), got.split()
    kept = len(a)
    if a != b:
        score.prose[name] = (expected, got)
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        kept = sum(block.size for block in blocks)
    score.words += kept
    score.words_total += len(a)
    score.words_added += len(b) - kept
    if name.startswith("narratives."):
        score.paragraphs += len(got.split("\n\n")) if got else 0
        score.paragraphs_total += len(expected.split("\n\n"))


def compare(
    expected: Mapping[str, object], got: Mapping[str, object], *, within: set[str] | None = None
) -> Score:
    """Compare facts with what was read.

    Parameters
    ----------
    expected, got
        Facts by their dotted names, as `facts_of` gives them.
    within
        Names that the file holds for certain; the others may be lost, but not be wrong. All of
        them where None.
    """
    score = Score()
    for name in dict.fromkeys([*expected, *got]):
        said, read = expected.get(name), got.get(name)
        sure = within is None or name in within
        if said is None and read is None:
            continue
        if said is None:
            # A word cut through at the end of the file is prose, for all that can be told.
            if sure or not is_prose(name):
                score.invented[name] = read
            continue
        if not sure and (read is None or is_prose(name)):
            # Behind the cut, or cut through: what is there must be the beginning of it.
            if read is not None and not str(said).startswith(str(read)[:-12]):
                score.prose[name] = (str(said), str(read))
            continue
        score.total += 1
        if read is None:
            score.lost[name] = said
            if is_prose(name):
                score.words_total += len(str(said).split())
        elif is_prose(name):
            score.right += 1
            if within is not None:
                read = _without_stump(str(said), str(read))
            _compare_prose(score, name, str(said), str(read))
        elif said == read:
            score.right += 1
        else:
            score.wrong[name] = (said, read)
    return score


def _without_stump(said: str, read: str) -> str:
    """The prose without the piece of a line behind it through which the file was cut."""
    words, got = said.split(), read.split()
    return said if got[: len(words)] == words and "\n" not in read[len(said) :].strip() else read


def explained(portfolio: Portfolio) -> tuple[int, int]:
    """Lines that belong to a value, heading, narrative or furniture, and all lines read."""
    lines = int(portfolio.files["lines"].fillna(0).sum())
    met = portfolio.issues[portfolio.issues["code"] == "unrecognised_line"]
    unknown = sum(str(raw).count("\n") + 1 for raw in met["raw"])
    return lines - unknown, lines


def standing(shape: Shape, text: str, folder: Path, code: str) -> set[str]:
    """Facts that stand before the cut of a shape, by their places in the whole file."""
    if shape.whole is None:
        raise ValueError(f"{shape.name} is not cut")
    whole = shape.whole(text)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"whole{shape.suffix}"
    path.write_bytes(whole)
    kept = len(shape.make(text).decode(errors="ignore"))
    return {name for name, end in placed(read(path), code).items() if end < kept}
