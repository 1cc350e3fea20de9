"""A Word document to text: paragraphs, tables cell by cell side by side, notes, text boxes.

Text that a tracked change deleted or moved away is no text, nor is struck-out or hidden text, or
one too small or too white to be seen; text it put in is.
Page headers and footers stand beside the text, and so do comments on a document with a list; the
codes of fields are left out.
A note stands below the paragraph that refers to it, a text box below the paragraph that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from esrdata.documents.document import Beside
from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT
from esrdata.documents.office import plain_xml
from esrdata.documents.office.blocks import LISTED, SPANNED, WIDE, Blocks, Flow, OfficeText, raised
from esrdata.documents.office.packed import Packed, attribute, child, inner, local
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.unread import UnreadError

_MAIN, _RELATIONS = "word/document.xml", "_rels/.rels"
_HEAD = re.compile(r"word/(?:(?:header|footer)\d*|comments)\.xml")
_OFFICE_DOCUMENT = "/officeDocument"
# What holds no text of the document as it stands.
_LEFT_OUT = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "commentReference", "annotationRef",
    "footnoteRef", "endnoteRef", "rt", "Fallback",
}  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SOFT_HYPHEN = "\u00ad"
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_OFF = {"0", "false", "off"}
# What rows and cells may stand in.
_GROUPS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
# Where the text of another file is to stand.
_ELSEWHERE = {"altChunk", "subDoc"}
_TAKEN = {"del", "moveFrom"}
# Formats that a paragraph style and a style of signs turn on together, never off.
_TOGGLES = {"vanish", "strike", "dstrike"}
_WHITE = "FFFFFF"
# What is drawn behind white text, or may be.
_BEHIND = {"shd", "highlight", "tblStyle"}
# Formats and whether they are on; those of each style.
_Formats = dict[str, bool]
_Styles = dict[str, _Formats]


def read(data: bytes) -> OfficeText:
    """Read the text of a Word document, packed or written as plain XML."""
    part: Callable[[str], Any]
    styles: Any = None
    if plain_xml.format_of(data) is None:
        packed = Packed(data)
        part = packed.part
        main = _main(part)
        root = part(main)
        styles = packed.styles(f"{main.rpartition('/')[0]}/styles.xml")
    else:
        root = plain_xml.root_of(data)
        part = plain_xml.parts_of(root).get
        main = _main(part)
        # In 2003 the body and the styles stood alone.
        alone = child(root, "body") is not None
        styles = child(root, "styles") if alone else part("word/styles.xml")
        root = root if alone else part(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise UnreadError("document_broken")
    notes = {}
    for kind in ("footnote", "endnote"):
        held = part(f"{main.rpartition('/')[0]}/{kind}s.xml")
        for note in held if held is not None else ():
            notes[kind, attribute(note, "id")] = note
    blocks = Blocks()
    reader = _Reader(notes, _styles(styles))
    reader.drawn = child(root, "background") is not None
    reader.flow(body, blocks)
    found = blocks.document(reader.left_out)
    return found._replace(beside=tuple(_heads(data))) if found.has_list else found


def _heads(data: bytes) -> Iterator[Beside]:
    """The lines of the heads and feet of the pages of a packed document, and of its comments."""
    if plain_xml.format_of(data) is not None:
        return
    packed = Packed(data)
    for name in filter(_HEAD.fullmatch, sorted(packed.names)):
        root = packed.styles(name)
        for line in root.iter() if root is not None else ():
            if local(line) == "p":
                text = "".join(part.text or "" for part in line.iter() if local(part) == "t")
                if text.strip():
                    yield Beside(text)


def _main(part: Callable[[str], Any]) -> str:
    """The part that holds the document; some programs give it a name of their own."""
    relations = part(_RELATIONS)
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith(_OFFICE_DOCUMENT):
            return (attribute(relation, "Target") or _MAIN).lstrip("/")
    return _MAIN


def _styles(root: Any) -> _Styles:
    """Formats of each style, by itself or by what it is based on."""
    own: dict[str, tuple[str | None, _Formats]] = {}
    for style in root if root is not None else ():
        if local(style) == "style":
            above = child(style, "basedOn")
            based = attribute(above, "val") if above is not None else None
            formats = _formats(child(style, "pPr")) | _formats(child(style, "rPr"))
            own[attribute(style, "styleId") or ""] = based, formats
    found: _Styles = {}
    for name in own:
        seen, told = name, _Formats()
        for _ in range(len(own)):
            if seen not in own:
                break
            based, formats = own[seen]
            told, seen = formats | told, based or ""
        found[name] = {each: on for each, on in told.items() if on or each not in _TOGGLES}
    return found


def _formats(properties: Any) -> _Formats:
    """Formats that leave a text out, show it after all or raise it, and whether they are on."""
    found = {}
    for format_ in properties if properties is not None else ():
        name, value = local(format_), attribute(format_, "val") or ""
        if name in _TOGGLES:
            found[name] = value not in _OFF
        elif name == "sz":
            found[name] = value.isdecimal() and int(value) <= SETTINGS.unseen
        elif name == "color":
            found[name] = value.upper() == _WHITE
        elif name == "vertAlign":
            found[name] = value == "superscript"
        elif name in _BEHIND and (attribute(format_, "fill") or "").upper() not in {"AUTO", _WHITE}:
            found[name] = True
    return found


class _Reader(Flow):
    def __init__(self, notes: dict[tuple[str, str | None], Any], styles: _Styles) -> None:
        super().__init__()
        self._notes, self._styles = notes, styles
        # The formats of the paragraph that is being read; whether more is drawn behind it.
        self._told: _Formats = {}
        self.drawn = False
        # The fields that are open, and whether their codes are being read.
        self._fields: list[bool] = []
        # The text of a paragraph whose end a tracked change deleted.
        self._goes_on = ""

    def flow(self, elements: Iterable[Any], blocks: Blocks) -> None:
        drawn, self.drawn = self.drawn, self.drawn or local(elements) == "txbxContent"
        for element in elements:
            name = local(element)
            if name == "p":
                self._paragraph(element, blocks)
            elif name == "tbl":
                self._table(element, blocks)
            elif name in _ELSEWHERE:
                # Word itself takes its text in when it opens and saves the file.
                raise UnreadError("document_broken")
            elif name not in _LEFT_OUT and not self._prompts(element):
                # Controls, changes and the like only hold paragraphs.
                self.flow(element, blocks)
        if self._goes_on:
            blocks.paragraph(self._goes_on)
            self._goes_on = ""
        self.drawn = drawn

    def _told_by(self, properties: Any, name: str) -> _Formats:
        """The formats that properties name, by their style of a kind or by themselves."""
        style = child(properties, name) if properties is not None and self._styles else None
        styled = self._styles.get(attribute(style, "val") or "", {}) if style is not None else {}
        return styled | _formats(properties)

    def _paragraph(self, element: Any, blocks: Blocks) -> None:
        self._told = self._told_by(child(element, "pPr"), "pStyle")
        self._fields = []
        text = self._goes_on + "".join(self._pieces(element))
        self._goes_on = ""
        if _is_taken(child(element, "pPr"), "rPr"):
            self._goes_on = text
            return
        if not text and self._told.get("vanish"):
            # It takes no room, and what hangs on it is hidden with it.
            self._below.clear()
            return
        self._put(text, blocks)

    def _pieces(self, element: Any) -> Iterable[str]:
        for part in element:
            name = local(part)
            if name == "t":
                # The result of a field inside the code of another is no text.
                yield "" if any(self._fields) else part.text or ""
            elif name == "fldChar":
                kind = attribute(part, "fldCharType")
                if kind != "begin":
                    self._fields = self._fields[:-1]
                if kind != "end":
                    self._fields.append(kind == "begin")
                yield from self._pieces(part)
            elif name == "ddList":
                yield _chosen(part)
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "softHyphen":
                yield _SOFT_HYPHEN
            elif name == "sym":
                yield _symbol(part)
            elif name in _NOTES:
                yield from self._note(_NOTES[name], part)
            elif name == "txbxContent":
                self._below.append(part)
            elif name == "r":
                yield from self._run(part)
            elif name in _TAKEN:
                self.left_out[STRUCK_OUT] += 1
            elif name not in _LEFT_OUT and not self._prompts(part):
                yield from self._pieces(part)

    def _prompts(self, element: Any) -> bool:
        """Whether a control is not filled in and only shows what is wanted there."""
        properties = child(element, "sdtPr")
        shows = child(properties, "showingPlcHdr") if properties is not None else None
        if shows is None or attribute(shows, "val") in _OFF:
            return False
        self.left_out[HIDDEN_TEXT] += 1
        return True

    def _run(self, run: Any) -> Iterable[str]:
        properties = child(run, "rPr")
        told = self._told | self._told_by(properties, "rStyle")
        on = {format_ for format_, on in told.items() if on}
        if on & {"vanish", "sz"} or ("color" in on and not on & _BEHIND and not self.drawn):
            self.left_out[HIDDEN_TEXT] += any(local(part) == "t" for part in run)
        elif on & _TOGGLES:
            self.left_out[STRUCK_OUT] += any(local(part) == "t" for part in run)
        else:
            pieces = self._pieces(run)
            yield from map(raised, pieces) if "vertAlign" in on else pieces

    def _note(self, kind: str, reference: Any) -> Iterable[str]:
        number = attribute(reference, "id")
        note = self._notes.get((kind, number))
        if note is not None:
            self._below.append(note)
            yield raised(number or "")

    def _table(self, table: Any, blocks: Blocks) -> None:
        drawn = self.drawn
        self.drawn |= any(local(part) in _BEHIND for part in table.iter())
        for row in inner(table, {"tr"}, _GROUPS):
            if _is_taken(row, "trPr"):
                self.left_out[STRUCK_OUT] += 1
                continue
            cells, arranges = list[str](), False
            found = list(inner(row, {"tc"}, _GROUPS))
            for cell in found:
                text = self._cell(cell)
                nested = inner(cell, {"tbl"}, _GROUPS)
                arranges |= any(len(list(inner(table, {"tr"}, _GROUPS))) > 1 for table in nested)
                cells += _spread(cell, text) if len(found) >= LISTED else [text]
            blocks.row(cells, arranges=arranges)
        self.drawn = drawn


def _spread(cell: Any, text: str) -> list[str]:
    """The text of a cell in the first of the columns it reaches over, and what one above does."""
    properties = child(cell, "tcPr")
    wide = child(properties, "gridSpan") if properties is not None else None
    high = child(properties, "vMerge") if properties is not None else None
    goes_on = high is not None and attribute(high, "val") != "restart" and not text
    columns = int(attribute(wide, "val") or 1) if wide is not None else 1
    return [SPANNED if goes_on else text, *[WIDE] * min(columns - 1, SETTINGS.columns)]


def _is_taken(element: Any, name: str) -> bool:
    """Whether a tracked change took away the end of a paragraph, or a row, by its properties."""
    properties = child(element, name) if element is not None else None
    return properties is not None and any(local(part) in _TAKEN for part in properties)


def _chosen(choices: Any) -> str:
    """The entry that is chosen in a list of a form; its number counts from 0."""
    held = {local(each): attribute(each, "val") or "" for each in choices}
    entries = [attribute(entry, "val") or "" for entry in choices if local(entry) == "listEntry"]
    number = held.get("result") or held.get("default") or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


def _symbol(part: Any) -> str:
    """A sign of a font of signs; what it looks like is in the font only."""
    with suppress(ValueError, OverflowError):
        return chr(int(attribute(part, "char") or "", 16))
    return ""
