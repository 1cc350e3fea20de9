"""An RTF document to text, by striprtf: paragraphs, and tables cell by cell side by side.

The library writes the end of a cell as it writes a stroke, and the address of a link behind its
text. So what is wanted is marked before it runs, by signs that no text holds.
"""

from __future__ import annotations

import re

from esrdata.documents.office.blocks import Blocks, DocumentError

MARK = b"{\\rtf"
# Signs of the private area: the end of a cell and of a row, the beginning of one, a line break.
_CELL, _ROW, _BEGIN, _LINE = "\ue000", "\ue001", "\ue002", "\ue003"
_WORDS = {"cell": _CELL, "row": _ROW, "trowd": _BEGIN, "line": _LINE, "nestcell": "\t"}
_MARKED = re.compile(r"\\(cell|row|trowd|line|nestcell|nestrow)(?![a-z])[ ]?")
# A group that begins so is passed over whole: what a tracked change deleted, and hidden text.
_DELETED = re.compile(r"\{(?=\\(?:deleted|v)(?![a-z0-9]))")
_TABLE_ROW = re.compile(f"{_BEGIN}(?P<cells>[^{_ROW}]*){_ROW}")


def read(data: bytes) -> str:
    """Read the text of an RTF document."""
    # Imported when used: few folders hold RTF.
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").replace("HYPERLINK", "LINK")
    source = _DELETED.sub(r"{\\*", source)
    source = _MARKED.sub(lambda match: f"\\u{ord(_WORDS.get(match[1], ' '))}?", source)
    try:
        text = str(rtf_to_text(source, errors="strict"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError) as error:
        raise DocumentError("document_broken") from error
    blocks = Blocks()
    at = 0
    for row in _TABLE_ROW.finditer(text, 0, text.rfind(_ROW) + 1):
        _paragraphs(text[at : row.start()], blocks)
        cells = row["cells"].replace(_BEGIN, "").replace(_LINE, "\n").split(_CELL)
        blocks.row(cells[:-1] if not cells[-1].strip() else cells)
        at = row.end()
    _paragraphs(text[at:], blocks)
    return blocks.text()


def _paragraphs(text: str, blocks: Blocks) -> None:
    tidy = text.replace(_CELL, "\t").replace(_ROW, "\n").replace(_BEGIN, "").removesuffix("\n")
    if not tidy.strip():
        return
    for paragraph in tidy.split("\n"):
        blocks.paragraph(paragraph.replace(_LINE, "\n"))
