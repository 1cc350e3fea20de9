"""An RTF document to text, by striprtf: paragraphs, and tables cell by cell side by side.

The library writes the end of a cell as it writes a stroke, and the address of a link behind its
text. So what is wanted is marked before it runs, by signs that no text holds.
"""

from __future__ import annotations

import re
from collections import Counter

from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT
from esrdata.documents.office.blocks import (
    LISTED,
    SPANNED,
    Blocks,
    OfficeText,
    raised,
)

MARK = b"{\\rtf"
# Signs of the private area: the end of a cell and of a row, the beginning of one, a line break;
# what is told before the cells of a row, the edge of each and that one above reaches over it.
_CELL, _ROW, _BEGIN, _LINE = "\ue000", "\ue001", "\ue002", "\ue003"
_EDGE, _OVER = "\ue004", "\ue005"
_WORDS = {
    "cell": _CELL, "row": _ROW, "trowd": _BEGIN, "line": _LINE, "nestcell": "\t", "cellx": _EDGE,
    "clvmrg": _OVER,
}  # fmt: skip
_MARKED = re.compile(
    r"\\(cell|row|trowd|line|nestcell|nestrow|clvmrg|cellx(?=-?[0-9]))(?![a-z])(?:-?[0-9]+)?[ ]?"
)
_TOLD = re.compile(f"({_OVER}?){_EDGE}|{_OVER}")
# What a tracked change deleted, hidden and struck-out text, up to the end of its group or format.
_LEAVING = {"deleted": STRUCK_OUT, "strike": STRUCK_OUT, "striked": STRUCK_OUT, "v": HIDDEN_TEXT}
_RAISED = "super"
_LEAVES = re.compile(r"\\(?:deleted|striked?1?|super|v)(?![a-z0-9])")
_TOKEN = re.compile(
    r"(?P<group>[{}])|\\(?P<word>[a-z]+)(?P<number>-?[0-9]+)?[ ]?|\\'[0-9a-fA-F]{2}|\\.|[^\\{}]+",
    re.DOTALL,
)
_TABLE_ROW = re.compile(f"{_BEGIN}(?P<cells>[^{_ROW}]*){_ROW}")


def read(data: bytes) -> OfficeText:
    """Read the text of an RTF document."""
    # Imported when used: few folders hold RTF.
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1").replace("HYPERLINK", "LINK")
    source, left_out = _shown(source)
    source = _MARKED.sub(lambda match: f"\\u{ord(_WORDS.get(match[1], ' '))}?", source)
    text = str(rtf_to_text(source, errors="strict"))  # type: ignore[no-untyped-call]
    blocks = Blocks()
    at = 0
    for row in _TABLE_ROW.finditer(text, 0, text.rfind(_ROW) + 1):
        _paragraphs(text[at : row.start()], blocks)
        over = [told[1] != "" for told in _TOLD.finditer(row["cells"])]
        cells = _TOLD.sub("", row["cells"]).replace(_BEGIN, "").replace(_LINE, "\n").split(_CELL)
        cells = cells[:-1] if not cells[-1].strip() else cells
        if len(cells) >= LISTED:
            for i, cell in enumerate(cells):
                if not cell.strip() and any(over[i : i + 1]):
                    cells[i] = SPANNED
        blocks.row(cells)
        at = row.end()
    _paragraphs(text[at:], blocks)
    return blocks.document(left_out)


def _shown(source: str) -> tuple[str, Counter[str]]:
    """A source without the texts that are deleted, hidden or struck out, and how many they were.

    Raised digits become raised signs: `46 434` and a note behind it are no sum ten times as large.
    """
    left_out: Counter[str] = Counter()
    if not _LEAVES.search(source):
        return source, left_out
    pieces: list[str] = []
    # The formats that leave a text out in each open group, and the one that left out the last.
    groups: list[frozenset[str]] = [frozenset()]
    leaving: str | None = None
    for token in _TOKEN.finditer(source):
        word = token["word"]
        if token["group"] == "{":
            groups.append(groups[-1])
        elif token["group"] == "}":
            groups[-1:] = [] if len(groups) > 1 else groups[-1:]
        elif word == "plain":
            groups[-1] -= {"strike", "striked", _RAISED, "v"}
        elif word == "nosupersub":
            groups[-1] -= {_RAISED}
        elif word in _LEAVING or word == _RAISED:
            groups[-1] = groups[-1] - {word} if token["number"] == "0" else groups[-1] | {word}
        if word is None or word == "u":
            kind = next((_LEAVING[name] for name in sorted(groups[-1] - {_RAISED})), None)
            if kind is not None and token["group"] is None:
                left_out[kind] += kind != leaving and token[0].strip() != ""
                leaving = kind
                continue
            if token["group"] is None:
                leaving = None
        plain = token["group"] is None and not token[0].startswith("\\")
        pieces.append(_up(token[0]) if plain and _RAISED in groups[-1] else token[0])
    return "".join(pieces), left_out


def _up(text: str) -> str:
    return "".join(f"\\u{ord(raised(sign))}?" if sign.isdecimal() else sign for sign in text)


def _paragraphs(text: str, blocks: Blocks) -> None:
    tidy = _TOLD.sub("", text).replace(_CELL, "\t").replace(_ROW, "\n").replace(_BEGIN, "")
    tidy = tidy.removesuffix("\n")
    if not tidy.strip():
        return
    for paragraph in tidy.split("\n"):
        blocks.paragraph(paragraph.replace(_LINE, "\n"))
