"""Font files inside a Word document, so that a machine without the family shows it too."""

import hashlib
import uuid
from typing import Any

from esrdata.present.theme import Theme

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
