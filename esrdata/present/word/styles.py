"""An empty Word document in our styles and language."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from esrdata.knowledge import wording
from esrdata.present.charts.style import FAINT, INK, LINE, SOFT
from esrdata.present.word.elements import el, field_of, qualified, run_of
from esrdata.present.word.layout import MARGIN, PADDING, PAGE, UPRIGHT

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


def empty_document(lang: str) -> Any:
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
        settings.remove(settings.find(qualified(f"w:{name}")))
    settings.find(qualified("w:defaultTabStop")).addnext(el("autoHyphenation", val="true"))
    mode = settings.find(qualified("w:compat"))
    mode.remove(mode.find(qualified("w:useFELayout")))
    mode[0].set(qualified("w:val"), "15")
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Twips(MARGIN))
    section.footer_distance = Twips(MARGIN // 2)
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    footer._p.extend(field_of("PAGE", run_of("1")))
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
    for fonts in list(styles.element.iter(qualified("w:rFonts"))):
        fonts.getparent().remove(fonts)
    plain = styles.element.find(f".//{qualified('w:rPrDefault')}/{qualified('w:rPr')}")
    plain.insert(0, el("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    plain.find(qualified("w:lang")).set(qualified("w:val"), language)
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
            for border in list(style.element.iter(qualified("w:pBdr"))):
                border.getparent().remove(border)
            style.element.get_or_add_pPr().insert_element_before(
                el("suppressAutoHyphens"), *("w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
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
