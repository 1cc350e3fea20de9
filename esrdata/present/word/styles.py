"""The document a report is written on: our template, or an organisation's own."""

import copy
import datetime as dt
import hashlib
import uuid
import zipfile
from os import PathLike
from pathlib import Path
from typing import Any

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.wording import sentence
from esrdata.present.theme import Theme, current, ours
from esrdata.present.word.elements import el, qualified, run_of

TEMPLATE = Path(__file__).with_name("template.docx")
#: Styles that a report uses, by name.
NEEDED = (
    *("Title", "Heading 1", "Heading 2", "Heading 3", "TOC Heading", "toc 1", "toc 2", "Caption"),
    *(
        "Table Text",
        "Table Heading",
        "Note",
        "Figure Subtitle",
        "Key Figure",
        "Key Label",
        "Summary",
    ),
    *("Statistics", "Facts", "Key Figures"),
)
# Of a style that a template lacks, what is its own business: typeface and colour.
_LOOKS = ("w:rFonts", "w:color", "w:lang")


def opened(template: str | PathLike[str] | None, lang: str) -> Any:
    """An empty document with the styles, margins, header and footer of a template.

    Styles that an organisation's template lacks come from ours, in its typeface and colours.

    Parameters
    ----------
    template
        A Word file; None for our own.
    lang
        Language of the text.

    Raises
    ------
    UsageError
        If the template is not a Word file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if template is None:
        document = _ours()
        _set_language(document, lang)
        return document
    path = Path(template)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UsageError(sentence("error.template_unread", path=path.name)) from error
    _empty(document)
    _complete(document)
    _set_language(document, lang)
    return document


def _ours() -> Any:
    """Our template in the theme in use, with the files of its family, so that all see it."""
    import io

    import docx

    from esrdata.present.word.template import built

    plain = current() is ours()
    document = docx.Document(str(TEMPLATE) if plain else io.BytesIO(built()))
    _empty(document)
    embed(document, current())
    return document


def _empty(document: Any) -> None:
    body = document.element.body
    for child in list(body):
        if child.tag != qualified("w:sectPr"):
            body.remove(child)


def _complete(document: Any) -> None:
    """Add the styles that a template lacks; each after the one it rests on."""
    import docx

    ours = docx.Document(str(TEMPLATE)).styles
    known = {style.name for style in document.styles}
    ids = {style.style_id for style in document.styles}
    for name in NEEDED:
        if name in known:
            continue
        added = copy.deepcopy(ours[name].element)
        for tag in _LOOKS:
            for looks in list(added.iter(qualified(tag))):
                looks.getparent().remove(looks)
        base = added.find(qualified("w:basedOn"))
        if base is not None and base.get(qualified("w:val")) not in ids:
            added.remove(base)
        ids.add(added.get(qualified("w:styleId")))
        document.styles.element.append(added)


def _set_language(document: Any, lang: str) -> None:
    tag = wording.word("word_file.language", lang)
    document.core_properties.language = tag
    plain = document.styles.element.find(f".//{qualified('w:rPrDefault')}/{qualified('w:rPr')}")
    if plain is None:
        return
    found = plain.find(qualified("w:lang"))
    if found is None:
        plain.append(el("lang", val=tag))
    else:
        found.set(qualified("w:val"), tag)


def describe(document: Any, title: str, source: str, day: dt.date | None) -> None:
    """Set the properties of a document, and the fields of its header and footer that show them.

    The day is that of the data; without one the document has none, rather than today.
    """
    about = document.core_properties
    # Word keeps no longer ones.
    about.title, about.subject = title[:255], source[:255]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1
    element = about._element
    for name in ("created", "modified", "lastPrinted"):
        for old in element.xpath(f"./*[local-name()='{name}']"):
            element.remove(old)
    if day is not None:
        about.created = about.modified = dt.datetime(day.year, day.month, day.day)
    texts = {"TITLE": title, "SUBJECT": source}
    for section in document.sections:
        for part in (section.header, section.footer):
            _fill(part._element, texts)


def _fill(part: Any, texts: dict[str, str]) -> None:
    """Write the result of fields that show a property of the document."""
    for code in part.iter(qualified("w:instrText")):
        text = texts.get(code.text.strip())
        if text is None:
            continue
        run = code.getparent()
        while run.find(qualified("w:fldChar")) is None or (
            run.find(qualified("w:fldChar")).get(qualified("w:fldCharType")) != "separate"
        ):
            run = run.getnext()
        while (after := run.getnext()) is not None and after.find(qualified("w:fldChar")) is None:
            after.getparent().remove(after)
        run.addnext(run_of(text))


_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: What a document calls the weights it can have.
_WEIGHTS = {"regular": "embedRegular", "bold": "embedBold"}


def embed(document: Any, theme: Theme) -> None:
    """Put the files of the theme's family into a document; nothing where it has none.

    The first 32 bytes of each are veiled by a key that stands in the document, as the format asks
    (ECMA-376 part 4, 2.8.1).
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    files = {weight: path for weight, path in theme.files if weight in _WEIGHTS}
    if not files:
        return
    tables = [r.target_part for r in document.part.rels.values() if r.reltype == _TABLE]
    if not tables:
        return
    (table,) = tables
    root = etree.fromstring(table.blob)
    entry = etree.SubElement(root, f"{{{_W}}}font", {f"{{{_W}}}name": theme.fonts.family})
    for place, (weight, path) in enumerate(files.items(), 1):
        data = path.read_bytes()
        # The same file has the same key every time.
        key = uuid.UUID(bytes=hashlib.sha256(data).digest()[:16])
        veil = key.bytes[::-1] * 2
        veiled = bytes(a ^ b for a, b in zip(data[:32], veil, strict=True)) + data[32:]
        name = PackURI(f"/word/fonts/font{place}.odttf")
        part = Part(name, _KIND, veiled, document.part.package)
        attributes = {
            f"{{{_R}}}id": table.relate_to(part, _FONT),
            f"{{{_W}}}fontKey": f"{{{str(key).upper()}}}",
        }
        etree.SubElement(entry, f"{{{_W}}}{_WEIGHTS[weight]}", attributes)
    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    settings = document.settings.element
    wanted = etree.Element(f"{{{_W}}}embedTrueTypeFonts")
    before = [settings.find(f"{{{_W}}}{name}") for name in ("zoom", "view", "writeProtection")]
    first = next((one for one in before if one is not None), None)
    if first is None:
        settings.insert(0, wanted)
    else:
        first.addnext(wanted)
