"""The report as a Word document: headings, captions and tables that Word itself knows as such.

Text is only ever the text of a run: what looks like a field, a formula or a link in a project
description stays letters. Fields are the list of contents, the numbers of captions and of pages,
and links lead to headings and evidence pages. Every field holds its result, so the document is
whole without being updated; only page numbers of the contents come when Word updates the list.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from urllib.parse import quote

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.charts.style import FAINT, INK, LINE, SOFT
from esrdata.present.model import Card, Column, Content, Figure, Section, Table
from esrdata.tables.staging import staged

#: A4 in twentieths of a point, with margins of 2.5 cm; the side margins of cells.
PAGE, MARGIN, PADDING = (11906, 16838), 1417, 85
#: Widths of text, upright and lying, and the tallest picture.
UPRIGHT, LYING, TALLEST = PAGE[0] - 2 * MARGIN, PAGE[1] - 2 * MARGIN, 12600
#: How tables are tried: lying or not, and the size of type in points.
LAYOUTS = ((False, 9), (False, 8), (True, 9), (True, 8), (True, 7))
#: Width that a column of text should have, and that of the longest word kept whole, in ems.
COMFORT, LONGEST = 10.0, 22.0
#: Tables up to this many rows stay on one page; contents of up to so many entries name projects.
TOGETHER, ENTRIES = 12, 40
FONT = "Arial"
#: Style: size, bold, space above and below in points, colour, style it is based on.
STYLES: Mapping[str, tuple[float, bool, float, float, str, str]] = {
    "Normal": (10, False, 0, 6, INK, ""),
    "Title": (22, True, 0, 14, INK, ""),
    "Heading 1": (16, True, 22, 6, INK, ""),
    "Heading 2": (13, True, 16, 4, INK, ""),
    "Heading 3": (10.5, True, 10, 2, INK, ""),
    "TOC Heading": (13, True, 22, 6, INK, ""),
    "toc 1": (10, False, 3, 3, INK, "Normal"),
    "toc 2": (9, False, 0, 2, SOFT, "Normal"),
    "Caption": (9.5, True, 14, 4, INK, ""),
    "Table Text": (9, False, 1.5, 1.5, INK, "Normal"),
    "Table Heading": (9, True, 1.5, 1.5, INK, "Table Text"),
    "Note": (8, False, 3, 10, SOFT, "Normal"),
    "Footer": (8, False, 0, 0, SOFT, ""),
}
#: Letters of the font that are far from half an em wide, and how much wider bold ones are.
_NARROW, _BROAD, _BOLD = " \u00a0!'(),-./:;I[\\]`fijlrt{|}", '"%@MWm—', 1.1

_WRITERS: Mapping[str, Callable[[Any, str, int], str]] = {
    "text": lambda value, lang, _: (
        wording.word("format.missing", lang) if wording.is_missing(value) else str(value)
    ),
    "integer": lambda value, lang, _: wording.number(value, lang),
    "number": wording.number,
    "money": wording.money,
    "percent": wording.percent,
    "date": lambda value, lang, _: wording.date(value, lang),
}


def write_word(content: Content, path: Path, figures: Mapping[str, tuple[Path, str]]) -> None:
    """Write a report as a Word document; the same content gives the same bytes.

    The former file stays whole until the new one is complete.

    Parameters
    ----------
    content
        The report.
    path
        The file, ending in ``.docx``; its folder is made if need be.
    figures
        Of each figure of the content, by key, the PNG file and what it shows in words.

    Raises
    ------
    UsageError
        If the language or the kind of a column is unknown, or a figure has no picture.
    StoreError
        If the folder cannot be written.
    """
    report = _Report(content.lang, figures)
    report.cover(content)
    for at, section in enumerate(content.sections):
        report.section(section, first=at == 0)
    written = io.BytesIO()
    report.document.save(written)
    with staged(path.parent) as stage, zipfile.ZipFile(written) as made:
        with zipfile.ZipFile(stage / path.name, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in made.namelist():
                # Neither the clock nor the machine is seen in the file.
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
                kept.writestr(entry, made.read(name))
        (stage / path.name).replace(path)


class _Laid(NamedTuple):
    """A table, or a piece of one, as it is printed."""

    lying: bool
    size: int
    widths: list[int]
    title: str
    note: str
    rows: list[list[str]]
    right: list[bool]


class _Report:
    """A Word document being written."""

    def __init__(self, lang: str, figures: Mapping[str, tuple[Path, str]]) -> None:
        self.lang, self.figures = lang, figures
        self.document = _document(lang)
        self.lying = False
        self.bookmarks, self.numbers = count(1), {"table": count(1), "figure": count(1)}

    def cover(self, content: Content) -> None:
        title = _line(content.title)
        # Word keeps no longer titles.
        self.document.core_properties.title = title[:255]
        self.text(title, "Title")
        self.facts(content.facts)
        entries = list(_headings(content))
        depth = 2 if len(entries) <= ENTRIES else 1
        shown = [(at, level, title) for at, (level, title) in enumerate(entries, 1)]
        shown = [entry for entry in shown if entry[1] <= depth]
        if not shown:
            return
        self.text(wording.word("report.contents", self.lang), "TOC Heading")
        *start, end = _field(f'TOC \\o "1-{depth}" \\h \\z')
        for at, level, title in shown:
            link = _el("hyperlink", _run(title), anchor=_bookmark(at), history=1)
            self.text("", f"toc {level}")._p.extend([*start, link])
            start = []
        self.document.paragraphs[-1]._p.append(end)

    def section(self, section: Section, first: bool) -> None:
        parts = [
            laid
            for part in section.parts
            for laid in (self.laid(part) if isinstance(part, Table) else [part])
        ]
        # A heading goes with a lying table that follows it at once.
        self.turn(bool(parts) and isinstance(parts[0], _Laid) and parts[0].lying)
        self.heading(section.title, 1).paragraph_format.page_break_before = first or None
        paragraphs = [text for prose in section.paragraphs for text in _paragraphs(prose)]
        if not (paragraphs or parts or section.cards):
            paragraphs = [wording.word("no_data", self.lang)]
        for text in paragraphs:
            self.text(text)
        for part in parts:
            if isinstance(part, _Laid):
                self.table(part)
            else:
                self.figure(part)
        for card in section.cards:
            self.card(card)

    def card(self, card: Card) -> None:
        self.turn(False)
        self.heading(f"{card.code} {card.name}", 2)
        under = self.facts(card.facts)
        if card.evidence:
            file = quote(_line(card.evidence).lstrip("/"))
            shown = _run(wording.word("word_file.evidence", self.lang))
            shown.get_or_add_rPr().append(_el("u", val="single"))
            link = _el("hyperlink", shown)
            part = self.document.part
            link.set(_name("r:id"), part.relate_to(file, f"{_RELATED}/hyperlink", is_external=True))
            under._p.append(link)
        for heading, prose in card.texts:
            self.heading(heading, 3)
            for text in _paragraphs(prose):
                self.text(text)

    def table(self, table: "_Laid") -> None:
        # What stands upright fits after a lying table too.
        if table.lying:
            self.turn(True)
        self.caption("table", table.title)
        self.rows(table.rows, table.widths, table.right, table.size, table.title)
        empty = [wording.word("no_data", self.lang)] if len(table.rows) == 1 else []
        self.text("\n".join([*empty, *_paragraphs(table.note)]), "Note")

    def laid(self, table: Table) -> "list[_Laid]":
        """Write the cells of a table and give it its layout; too wide a table becomes several."""
        unknown = sorted({c.kind for c in table.columns} - set(_WRITERS))
        if unknown:
            raise UsageError(f"There is no kind of column {unknown[0]!r}: see content.KINDS.")
        cells = [
            [_WRITERS[c.kind](value, self.lang, c.decimals) for value in table.frame[c.name]]
            for c in table.columns
        ]
        measures = [_measured(c, texts) for c, texts in zip(table.columns, cells, strict=True)]
        pieces = list(_pieces(measures))
        return [
            _Laid(
                *_fitted([measures[at] for at in piece]),
                f"{table.title} ({n}/{len(pieces)})" if len(pieces) > 1 else table.title,
                table.note if n == len(pieces) else "",
                [
                    [_line(table.columns[at].label) for at in piece],
                    *(list(row) for row in zip(*(cells[at] for at in piece), strict=True)),
                ],
                [table.columns[at].kind not in ("text", "date") for at in piece],
            )
            for n, piece in enumerate(pieces, 1)
        ]

    def facts(self, facts: Sequence[tuple[str, str]]) -> Any:
        """Add labels and texts, and the paragraph below, without which tables grow together."""
        if facts:
            longest = max(_width(_line(label)) * _BOLD for label, _ in facts)
            first = min(round(longest * 9 * 20 * 1.05) + 2 * PADDING, UPRIGHT * 2 // 5)
            self.rows([list(fact) for fact in facts], [first, UPRIGHT - first], [False] * 2, 9)
        return self.text("", "Note")

    def rows(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        right: Sequence[bool],
        size: float,
        title: str | None = None,
    ) -> None:
        """Add a table; one with a title has a row of headings, one without a column of them."""
        from docx.shared import Pt

        headed = title is not None
        look = {"val": "0620" if headed else "0680"}
        look |= {"firstRow": str(int(headed)), "firstColumn": str(int(not headed))}
        about = [_el("tblCaption", val=_line(title))] if title else []
        table = _el(
            "tbl",
            _el(
                "tblPr",
                _el("tblStyle", val="Statistics"),
                _el("tblW", w=sum(widths), type="dxa"),
                _el("tblInd", w=0, type="dxa"),
                _el("tblLayout", type="fixed"),
                _el("tblLook", **look, lastRow=0, lastColumn=0, noHBand=1, noVBand=1),
                *about,
            ),
            _el("tblGrid", *(_el("gridCol", w=width) for width in widths)),
        )
        for at, row in enumerate(rows):
            heads = headed and at == 0
            marks = _el("trPr", _el("cantSplit"), *([_el("tblHeader")] if heads else []))
            line = _el("tr", marks)
            together = at < 2 if len(rows) > TOGETHER else at < len(rows) - 1 or not headed
            for place, (text, width, number) in enumerate(zip(row, widths, right, strict=True)):
                style = "TableHeading" if heads or (place == 0 and not headed) else "TableText"
                how = _el("pPr", _el("pStyle", val=style))
                if together:
                    how.append(_el("keepNext"))
                if number:
                    how.append(_el("jc", val="right"))
                run = _run(_clean(text))
                if size != STYLES["Table Text"][0]:
                    run.get_or_add_rPr().sz_val = Pt(size)
                cell = _el("tcPr", _el("tcW", w=width, type="dxa"))
                line.append(_el("tc", cell, _el("p", how, run)))
            table.append(line)
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def figure(self, figure: Figure) -> None:
        from docx.shared import Twips

        if figure.key not in self.figures:
            raise UsageError(f"There is no picture for the figure {figure.key!r}.")
        path, shown = self.figures[figure.key]
        self.turn(False)
        self.caption("figure", figure.title)
        paragraph = self.text("")
        paragraph.paragraph_format.keep_with_next = bool(figure.note)
        picture = paragraph.add_run().add_picture(str(path))
        width, height = picture.width, picture.height
        scale = min(1, Twips(UPRIGHT) / width, Twips(TALLEST) / height)
        picture.width, picture.height = int(width * scale), int(height * scale)
        about = picture._inline.docPr
        about.set("descr", _line(shown))
        about.set("title", _line(figure.title))
        # The name of a temporary file is not told.
        picture._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", _line(figure.key))
        if figure.note:
            self.text(figure.note, "Note")

    def caption(self, kind: str, title: str) -> None:
        label = wording.word(f"word_file.{kind}", self.lang)
        paragraph = self.text(f"{label}\u00a0", "Caption")
        paragraph.paragraph_format.keep_with_next = True
        number = _run(str(next(self.numbers[kind])))
        paragraph._p.extend(_field(f"SEQ {label} \\* ARABIC", number))
        paragraph._p.append(_run(f". {_line(title)}"))

    def heading(self, text: str, level: int) -> Any:
        paragraph = self.text("", f"Heading {level}")
        run = _run(_line(text))
        if level < 3:
            at = next(self.bookmarks)
            start = _el("bookmarkStart", id=at, name=_bookmark(at))
            paragraph._p.extend([start, run, _el("bookmarkEnd", id=at)])
        else:
            paragraph._p.append(run)
        return paragraph

    def text(self, text: str, style: str = "Normal") -> Any:
        return self.document.add_paragraph(_clean(text), style)

    def turn(self, lying: bool) -> None:
        """Begin a page of the other direction where the next thing needs it."""
        if lying == self.lying:
            return
        from docx.enum.section import WD_ORIENT
        from docx.shared import Twips

        self.lying = lying
        section = self.document.add_section()
        # The last paragraph ends the section: one of its own might fall on an empty page.
        own = self.document.paragraphs[-1]._p
        own.getprevious().set_sectPr(own.pPr.sectPr)
        own.getparent().remove(own)
        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        sides = map(Twips, reversed(PAGE) if lying else PAGE)
        section.page_width, section.page_height = sides


# ---- the empty document

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _document(lang: str) -> Any:
    """An empty document in our styles and language."""
    import docx
    from docx.shared import Twips

    document = docx.Document()
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = dt.datetime(2000, 1, 1)
    about.language = wording.word("word_file.language", lang)
    # Parts of the empty document that tell of whoever made that.
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/extended-properties", "WithEffects")):
                del part.rels[key]
    _set_styles(document, about.language)
    settings = document.settings.element
    for name in ("themeFontLang", "decimalSymbol", "listSeparator"):
        settings.remove(settings.find(_name(f"w:{name}")))
    settings.find(_name("w:defaultTabStop")).addnext(_el("autoHyphenation", val="true"))
    mode = settings.find(_name("w:compat"))
    mode.remove(mode.find(_name("w:useFELayout")))
    mode[0].set(_name("w:val"), "15")
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Twips(MARGIN))
    section.footer_distance = Twips(MARGIN // 2)
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    footer._p.extend(_field("PAGE", _run("1")))
    return document


def _set_styles(document: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt, RGBColor

    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for fonts in list(styles.element.iter(_name("w:rFonts"))):
        fonts.getparent().remove(fonts)
    plain = styles.element.find(f".//{_name('w:rPrDefault')}/{_name('w:rPr')}")
    plain.insert(0, _el("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    plain.find(_name("w:lang")).set(_name("w:val"), language)
    for name, (size, bold, above, below, colour, base) in STYLES.items():
        if base:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
            styles[name].base_style = styles[base]
        style = styles[name]
        style.hidden, style.font.size, style.font.bold = False, Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour.strip("#"))
        about = style.paragraph_format
        about.space_before, about.space_after = Pt(above), Pt(below)
        about.line_spacing = 1.0 if name in ("Table Text", "Note") else None
        if name.startswith(("Title", "Heading", "TOC")):
            about.keep_with_next = True
            for border in list(style.element.iter(_name("w:pBdr"))):
                border.getparent().remove(border)
            style.element.get_or_add_pPr().insert_element_before(
                _el("suppressAutoHyphens"), *("w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
            )
        if name.startswith("toc"):
            about.left_indent = Pt(12 if name == "toc 2" else 0)
            about.tab_stops.add_tab_stop(Pt(UPRIGHT / 20), 2, 1)
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE.strip("#")}"'
    dark = line.replace(LINE.strip("#"), SOFT.strip("#"))
    styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Statistics">'
            '<w:name w:val="Statistics"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
            f"<w:tblPr><w:tblBorders><w:top {dark}/><w:bottom {dark}/><w:insideH {line}/>"
            f'</w:tblBorders><w:tblCellMar><w:left w:w="{PADDING}" w:type="dxa"/>'
            f'<w:right w:w="{PADDING}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {dark}/>'
            f'</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{FAINT.strip("#")}"/>'
            '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )


# ---- elements


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


def _el(tag: str, *inside: Any, **values: object) -> Any:
    """An element of Word with what is in it and its attributes."""
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(_name(f"w:{name}"), str(value))
    made.extend(inside)
    return made


def _run(text: str) -> Any:
    made = _el("r")
    made.text = text
    return made


def _field(code: str, *result: Any) -> list[Any]:
    """Runs of a field; the code is never anybody's text but ours."""
    instruction = _el("instrText")
    instruction.text = f" {code} "
    instruction.set(_name("xml:space"), "preserve")
    begin, separate, end = (
        _el("r", _el("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    return [begin, _el("r", instruction), separate, *result, end]


def _bookmark(at: int) -> str:
    return f"_Toc{at:06}"


def _headings(content: Content) -> Iterator[tuple[int, str]]:
    """Headings of the contents, in the order in which they are written."""
    for section in content.sections:
        yield 1, _line(section.title)
        yield from ((2, _line(f"{card.code} {card.name}")) for card in section.cards)


# ---- text


def _clean(text: str) -> str:
    """Text that XML can hold: line ends of all kinds become one, other control signs go.

    XML 1.0 has no U+0000–U+001F but tab and line ends, no lone surrogates, no U+FFFE and U+FFFF.
    """
    lines = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "", lines)


def _line(text: str) -> str:
    """Clean text on one line; no-break spaces stay."""
    return re.sub("[ \t\n]+", " ", _clean(text)).strip(" ")


def _paragraphs(text: str) -> list[str]:
    """Paragraphs are divided by empty lines; other line ends stay."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*(?=\n)", _clean(text)) if part.strip()]


def _width(text: str) -> float:
    """About how wide a line of text is, in ems."""
    widths = (
        0.28 if letter in _NARROW
        else 1.0 if letter in _BROAD or east_asian_width(letter) in "WF"
        else 0.56 if letter.islower() or letter.isdigit() or letter in "–−€"
        else 0.73
        for letter in text
    )  # fmt: skip
    return sum(widths)


def _measured(column: Column, texts: Sequence[str]) -> tuple[float, float, float]:
    """Width in ems that a column needs, should have, and has when no line ends in its cells."""
    head, text = _line(column.label), column.kind == "text"
    longest = max((_width(line) for cell in texts for line in cell.split("\n")), default=0.0)
    pieces = {part for cell in texts for part in _parts(cell)} if text else set()
    need = max(
        0.0 if text else longest,
        *map(_width, pieces),
        *(_width(part) * _BOLD for part in _parts(head)),
        0.0,
    )
    need = min(need, LONGEST)
    return (
        need,
        max(need, min(longest, COMFORT)) if text else need,
        max(need, longest, _width(head) * _BOLD),
    )


def _unit(size: float) -> float:
    # In twentieths of a point; a little is added, for fonts differ.
    return size * 20 * 1.03


def _room(lying: bool, columns: int) -> int:
    return (LYING if lying else UPRIGHT) - 2 * PADDING * columns


def _pieces(measures: Sequence[tuple[float, float, float]]) -> Iterator[list[int]]:
    """Divide columns so that words and numbers stay whole; the first one begins every piece."""
    lying, size = LAYOUTS[-1]
    piece = [0]
    for at in range(1, len(measures)):
        if sum(measures[i][0] for i in [*piece, at]) * _unit(size) > _room(lying, len(piece) + 1):
            yield piece
            piece = [0]
        piece.append(at)
    yield piece


def _fitted(measures: Sequence[tuple[float, float, float]]) -> tuple[bool, int, list[int]]:
    """Choose whether a table lies, its size of type, and widths of columns within the margins."""
    needs, least, whole = zip(*measures, strict=True)
    for lying, size in LAYOUTS:
        over = _room(lying, len(measures)) / _unit(size) - sum(least)
        if over >= 0:
            break
    else:
        least, over = needs, over + sum(least) - sum(needs)
    wanted = [most - width for most, width in zip(whole, least, strict=True)]
    share = min(1.0, over / (sum(wanted) or 1.0))
    widths = [width + share * more for width, more in zip(least, wanted, strict=True)]
    return lying, size, [int(width * _unit(size)) + 2 * PADDING for width in widths]


def _parts(text: str) -> list[str]:
    """Pieces of a text that a line end does not divide."""
    return re.findall(r"[^ \t\n\-–]+[\-–]?|[\-–]", text)
