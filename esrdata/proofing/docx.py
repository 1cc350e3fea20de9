"""Reads the places of a Word draft; each keeps its paragraph so that comments can be added."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from esrdata.errors import SourceError
from esrdata.knowledge.wording import sentence
from esrdata.proofing.places import CAPTION, FOOTNOTE, HEADING, PROSE, Gathering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOX = f"{W}txbxContent"
# Deleted text of tracked changes and field codes are not text.
_LEFT_OUT = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
# The copy of a text box for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
#: A note mark typed by hand, which is no number.
_MARK = re.compile(r"[\d*†‡,)\s]{1,6}")
_NOTES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes",
)


def gather(path: Path, gathered: Gathering) -> None:
    """Collect the places of a Word document."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise SourceError(sentence("error.draft_word", file=str(path))) from error
    gather_from(document, gathered)


def gather_from(document: Any, gathered: Gathering) -> None:
    """Collect the places of an open document."""
    kinds = {style.style_id: _kind(style) for style in document.styles}
    _flow(document.element.body, gathered, kinds)
    for relation in document.part.rels.values():
        if relation.reltype not in _NOTES:
            continue
        from lxml import etree

        root = etree.fromstring(relation.target_part.blob)
        gone = _deleted(document.element.body, root.tag)
        for note in root:
            if note.get(f"{W}type") in (None, "normal") and note.get(f"{W}id") not in gone:
                text = "\n".join(text_of(p) for p in note.iter(f"{W}p"))
                gathered.put(FOOTNOTE, text.strip())


def _deleted(body: Any, notes: str) -> set[str]:
    """The notes whose every mark a tracked change deleted."""
    marks = list(body.iter(f"{notes.removesuffix('s')}Reference"))
    kept = {
        mark.get(f"{W}id") for mark in marks
        if not any(above.tag in _LEFT_OUT for above in mark.iterancestors())
    }  # fmt: skip
    return {mark.get(f"{W}id") for mark in marks} - kept


def _kind(style: Any) -> tuple[str, int]:
    """The kind of place a style stands for, and the level of a heading."""
    name = (style.name or "").casefold()
    if name.startswith("heading") or name in ("title", "subtitle"):
        digits = "".join(c for c in name if c.isdigit())
        return HEADING, int(digits or 1)
    if name == "caption":
        return CAPTION, 0
    return ("toc", 0) if name.startswith("toc ") else (PROSE, 0)


def _flow(holder: Any, gathered: Gathering, kinds: dict[str, tuple[str, int]]) -> None:
    for element in holder:
        if element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            kind, level = kinds.get(style.get(f"{W}val") if style is not None else "", (PROSE, 0))
            # Lines of a table of contents repeat the headings.
            gathered.put(HEADING if kind == "toc" else kind, text_of(element), level=level,
                         holder=element)  # fmt: skip
            for box in element.iter(_BOX):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    _flow(box, gathered, kinds)
        elif element.tag == f"{W}tbl":
            _table(element, gathered, kinds)
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            _flow(element, gathered, kinds)


def _table(table: Any, gathered: Gathering, kinds: dict[str, tuple[str, int]]) -> None:
    number = gathered.table()
    inner = []
    # Cells merged downwards hold the text of their top cell.
    rows = [e for e in table.iter(f"{W}tr") if _own(e, table)]
    # Rows deleted by a tracked change are left out.
    rows = [e for e in rows if e.find(f"{W}trPr/{W}del") is None]
    for row, element in enumerate(rows):
        column = 0
        for cell in (e for e in element.iter(f"{W}tc") if _own(e, table)):
            properties = cell.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            paragraphs = [p for p in cell.iter(f"{W}p") if _own(p, table)]
            text = "\n".join(text_of(p) for p in paragraphs)
            gathered.cell(number, row, column, text, holder=paragraphs)
            inner += [t for t in cell.iter(f"{W}tbl") if t is not table and _own(t, table)]
            column += int(span.get(f"{W}val")) if span is not None else 1
    for one in inner:
        _table(one, gathered, kinds)


def _own(element: Any, table: Any) -> bool:
    """Whether an element is in this table, not in a nested one."""
    return next(a for a in element.iterancestors() if a.tag == f"{W}tbl") is table


def pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The elements of a paragraph that hold text, with the text; text boxes are left out."""
    for element in paragraph:
        if element.tag in _LEFT_OUT or element.tag == _BOX or _is_mark(element):
            continue
        if element.tag == f"{W}t":
            yield element, element.text or ""
        elif element.tag in _SIGNS:
            yield element, _SIGNS[element.tag]
        elif not isinstance(element.tag, str) or element.tag.endswith("}AlternateContent"):
            continue
        else:
            yield from pieces(element)


def _is_mark(element: Any) -> bool:
    """Whether a run is a note mark raised by hand."""
    raised = element.find(f"{W}rPr/{W}vertAlign") if element.tag == f"{W}r" else None
    if raised is None or raised.get(f"{W}val") != "superscript":
        return False
    return _MARK.fullmatch("".join(t.text or "" for t in element.iter(f"{W}t"))) is not None


def text_of(paragraph: Any) -> str:
    """The text of a paragraph with tracked changes accepted."""
    return "".join(text for _, text in pieces(paragraph))
