"""Builds the template that reports are written on; run it after a change of styles.

``python -m esrdata.present.word.template`` writes ``template.docx`` beside this file: styles,
margins, header and footer of a report. Writing a report reads that file, or one of an organisation
that has other looks, and sets no style of its own.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esrdata.present.theme import current
from esrdata.present.word.elements import el, field_of, qualified, run_of

#: Where the template stands.
TEMPLATE = Path(__file__).with_name("template.docx")
#: A4 in twentieths of a point, with margins of 2.5 cm; the side margins of cells.
_PAGE, _MARGIN, _PADDING = (11906, 16838), 1417, 70
_TEXT = _PAGE[0] - 2 * _MARGIN
#: Style: size, bold, space above and below in points, line in points, colour, style it rests on.
_STYLES: Mapping[str, tuple[float, bool, float, float, float, str, str]] = {
    "Normal": (10, False, 0, 6, 14, "ink", ""),
    "Title": (20, True, 0, 10, 24, "ink", ""),
    "Heading 1": (16, True, 22, 6, 20, "ink", ""),
    "Heading 2": (12, True, 14, 4, 16, "ink", ""),
    "Heading 3": (10, True, 10, 2, 14, "ink", ""),
    "TOC Heading": (12, True, 14, 4, 16, "ink", ""),
    "toc 1": (9.5, False, 1, 1, 12.5, "ink", "Normal"),
    "toc 2": (9, False, 0, 1, 12, "soft", "Normal"),
    "Caption": (10, True, 12, 4, 13, "ink", ""),
    "Table Text": (8.5, False, 1.5, 1.5, 11, "ink", "Normal"),
    "Table Heading": (8.5, True, 1.5, 1.5, 11, "ink", "Table Text"),
    "Note": (8, False, 3, 10, 10.5, "soft", "Normal"),
    "Figure Subtitle": (9, False, 0, 4, 11.5, "soft", "Normal"),
    "Key Figure": (16, True, 5, 0, 20, "dark", "Normal"),
    "Key Label": (8, False, 0, 5, 10.5, "soft", "Normal"),
    "Summary": (10, False, 0, 5, 14, "ink", "Normal"),
    "Header": (8, False, 0, 0, 10.5, "soft", ""),
    "Footer": (8, False, 0, 0, 10.5, "soft", ""),
}


def built() -> bytes:
    """The template; the same bytes every time."""
    import docx
    from docx.shared import Twips

    document = docx.Document()
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.title = ""
    about.created = about.modified = dt.datetime(2000, 1, 1)
    # Parts of the empty document that tell of whoever made that.
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/extended-properties", "WithEffects")):
                del part.rels[key]
    _set_styles(document)
    settings = document.settings.element
    for name in ("themeFontLang", "decimalSymbol", "listSeparator"):
        settings.remove(settings.find(qualified(f"w:{name}")))
    settings.find(qualified("w:defaultTabStop")).addnext(el("autoHyphenation", val="true"))
    mode = settings.find(qualified("w:compat"))
    mode.remove(mode.find(qualified("w:useFELayout")))
    mode[0].set(qualified("w:val"), "15")
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, _PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Twips(_MARGIN))
    section.header_distance = section.footer_distance = Twips(_MARGIN // 2)
    # The title of the report above; its sources, which are the subject, and the page below.
    section.header.paragraphs[0]._p.extend(field_of("TITLE", run_of("")))
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.clear_all()
    tab = el("r", el("tab"))
    footer._p.extend([*field_of("SUBJECT", run_of("")), tab, *field_of("PAGE", run_of("1"))])
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue())


def dated(document: bytes) -> bytes:
    """The same file without the clock and the machine in it."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as made,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            file.writestr(entry, made.read(name))
    return kept.getvalue()


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt, RGBColor

    colours, font = current().colours, current().fonts.family
    styles = document.styles
    for style in list(styles):
        listed = style.name.startswith(("List", "Body Text", "Intense", "Quote", "macro"))
        if (style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table") or listed:
            style.delete()
    for fonts in list(styles.element.iter(qualified("w:rFonts"))):
        fonts.getparent().remove(fonts)
    plain = styles.element.find(f".//{qualified('w:rPrDefault')}/{qualified('w:rPr')}")
    plain.insert(0, el("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))
    for name, (size, bold, above, below, line, colour, base) in _STYLES.items():
        if name not in [style.name for style in styles]:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        style = styles[name]
        if base:
            style.base_style = styles[base]
        style.hidden, style.font.size, style.font.bold = False, Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(getattr(colours, colour).strip("#"))
        about = style.paragraph_format
        about.space_before, about.space_after = Pt(above), Pt(below)
        about.line_spacing = Pt(line)
        # Pictures stand in lines of text: a line must grow with one.
        about.line_spacing_rule = 3
        if name.startswith(("Title", "Heading", "TOC", "Caption", "Figure")):
            about.keep_with_next = True
            for border in list(style.element.iter(qualified("w:pBdr"))):
                border.getparent().remove(border)
            style.element.get_or_add_pPr().insert_element_before(
                el("suppressAutoHyphens"), *("w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
            )
        if name.startswith("toc"):
            about.left_indent = Pt(12 if name == "toc 2" else 0)
            about.tab_stops.add_tab_stop(Pt(_TEXT / 20), 2, 1)
        if name == "Footer":
            for tab in list(style.element.iter(qualified("w:tabs"))):
                tab.getparent().remove(tab)
            about.tab_stops.add_tab_stop(Pt(_TEXT / 20), 2)
        if name == "Summary":
            about.left_indent, about.first_line_indent = Pt(12), Pt(-12)
    dark = f'w:val="single" w:sz="6" w:space="0" w:color="{colours.ink.strip("#")}"'
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{colours.rule.strip("#")}"'
    cells = (
        f'<w:tblCellMar><w:left w:w="{_PADDING}" w:type="dxa"/>'
        f'<w:right w:w="{_PADDING}" w:type="dxa"/></w:tblCellMar>'
    )

    def part(kind: str, inside: str) -> str:
        return f'<w:tblStylePr w:type="{kind}">{inside}</w:tblStylePr>'

    under = f'<w:tcPr><w:tcBorders><w:bottom {dark}/></w:tcBorders><w:vAlign w:val="bottom"/>'
    over = f"<w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top {dark}/></w:tcBorders></w:tcPr>"
    faint = colours.faint.strip("#")
    shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{faint}"/></w:tcPr>'
    # Statistics have rules above, under the head and around the total; facts lines between.
    for name, inside, parts in (
        ("Statistics", "", part("firstRow", f"{under}</w:tcPr>") + part("lastRow", over)),
        ("Facts", f"<w:insideH {thin}/>", ""),
        ("Key Figures", "", shade),
    ):
        edges = "" if name == "Key Figures" else f"<w:top {dark}/><w:bottom {dark}/>"
        styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" '
                f'w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
                '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
                f"<w:tblPr><w:tblBorders>{edges}{inside}</w:tblBorders>{cells}</w:tblPr>"
                f"{parts}</w:style>"
            )
        )


if __name__ == "__main__":
    TEMPLATE.write_bytes(built())
