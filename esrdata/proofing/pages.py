"""Reads the places of an HTML page."""

import re
from typing import Any

from esrdata.proofing.places import CAPTION, FOOTNOTE, HEADING, PROSE, Gathering
from esrdata.proofing.shelf import shelf

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "ul", "ol", "li",
    "dl", "dt", "dd", "blockquote", "pre", "figure", "form", "details", "summary", "body", "html",
    "address", "fieldset", "table", "figcaption", *_HEADINGS,
}  # fmt: skip
_UNSEEN = {
    "script", "style", "template", "head", "noscript", "svg", "math", "nav", "del", "s", "strike",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\n\r\f]+")
#: A note mark.
_MARK = re.compile(r"\s*[\[(]?[\d*†‡,\s]{1,6}[\])]?\s*")
_NOTE = re.compile(r"\b(?:footnotes?|fn|endnotes?)\b", re.IGNORECASE)


def gather(text: str, gathered: Gathering) -> None:
    """Collect the places of a page."""
    from lxml import html

    # lxml refuses decoded text with an encoding declaration.
    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    _block(root, gathered, note=False)


def _block(element: Any, gathered: Gathering, *, note: bool) -> None:
    """Collect the places of an element: runs of text between blocks."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or _hidden(element):
        return
    if element.tag == "table":
        _table(element, gathered)
        return
    note = note or _NOTE.search(element.get("class") or element.get("role") or "") is not None
    level = _HEADINGS.get(element.tag, 0)
    kind = (
        HEADING if level
        else CAPTION if element.tag == "figcaption"
        else FOOTNOTE if note
        else PROSE
    )  # fmt: skip
    words = [element.text or ""]
    for child in element:
        # A span in a caption is a line of its own.
        line = element.tag == "figcaption" and child.tag == "span"
        if line or (isinstance(child.tag, str) and (child.tag in _BLOCKS or _holds_block(child))):
            _flush(words, kind, level, gathered)
            _block(child, gathered, note=note)
        else:
            words.append(_inline(child))
        words.append(child.tail or "")
    _flush(words, kind, level, gathered)


def _flush(words: list[str], kind: str, level: int, gathered: Gathering) -> None:
    text = _SPACES.sub(" ", "".join(words)).strip()
    if kind == PROSE and shelf().caption.match(text) is not None:
        # Word processors save captions as paragraphs.
        kind = CAPTION
    gathered.put(kind, text, level=level)
    words.clear()


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in (
        element.get("style") or ""
    ).replace(" ", "")


def _holds_block(element: Any) -> bool:
    return any(isinstance(e.tag, str) and e.tag in _BLOCKS for e in element.iter())


def _inline(element: Any) -> str:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or _hidden(element):
        return ""
    if element.tag == "sup" or element.get("role") == "doc-noteref":
        text = "".join(element.itertext())
        return "" if _MARK.fullmatch(text) else text
    if element.tag == "br":
        return "\n"
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return "".join(parts)


def _table(table: Any, gathered: Gathering) -> None:
    for caption in table.iterchildren("caption"):
        gathered.put(CAPTION, _SPACES.sub(" ", _inline(caption)).strip())
    number = gathered.table()
    taken: set[tuple[int, int]] = set()
    rows = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table]
    for row, element in enumerate(rows):
        column = 0
        for cell in element.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            text = _SPACES.sub(" ", _inline(cell)).strip()
            gathered.cell(number, row, column, text)
            column += wide


def _span(cell: Any, name: str) -> int:
    """How many rows or columns a cell spans."""
    given = cell.get(name) or "1"
    return min(int(given), 100) if given.isdigit() and int(given) else 1
