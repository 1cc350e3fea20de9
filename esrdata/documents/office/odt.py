"""An OpenDocument text to text: paragraphs, tables cell by cell side by side, notes, text boxes.

What tracked changes deleted stands apart in the file and is no text, nor is struck-out or hidden
text. Page headers and footers stand beside it, and so do comments on a text with a list. A note
stands below the paragraph that refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from esrdata.documents.document import Beside
from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT
from esrdata.documents.office import plain_xml
from esrdata.documents.office.blocks import LISTED, SPANNED, WIDE, Blocks, Flow, OfficeText, raised
from esrdata.documents.office.packed import Packed, attribute, child, inner, local
from esrdata.documents.office.settings import SETTINGS
from esrdata.documents.unread import UnreadError

MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_LEFT_OUT = {
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "ruby-text",
}  # fmt: skip
# Fields that a condition hides, or that only show what is wanted in their place.
_HIDDEN_FIELDS = {"hidden-text", "hidden-paragraph", "placeholder"}
_MAY_HIDE = {"section", "table-row", "content-control", *_HIDDEN_FIELDS}
_HIDES = {
    ("display", "none"), ("visibility", "collapse"), ("visibility", "filter"),
    ("is-hidden", "true"), ("showing-place-holder", "true"),
}  # fmt: skip
_CELL, _COVERED = "table-cell", "covered-table-cell"
_GROUPS = {"table-header-rows", "table-rows", "table-row-group"}
_PARAGRAPHS = {"p", "h"}
_WHITE = re.compile(r"[ \t\r\n]+")


def read(data: bytes) -> OfficeText:
    """Read the text of an OpenDocument text, packed or flat."""
    named = dict[str, str]()
    if plain_xml.format_of(data) is not None:
        root = file = plain_xml.root_of(data)
    else:
        packed = Packed(data)
        manifest = packed.part(_MANIFEST)
        parts = manifest.iter() if manifest is not None else ()
        if any(local(part) == "encryption-data" for part in parts):
            raise UnreadError("workbook_encrypted")
        root = packed.part(_CONTENT)
        # Styles of heads and feet there may be called as others are here.
        file = packed.styles(_STYLES)
        named = _styles(child(file, "styles") if file is not None else None, {})
    body = child(root, "body") if root is not None else None
    text = child(body, "text") if body is not None else None
    if text is None:
        raise UnreadError("document_broken")
    blocks = Blocks()
    reader = _Reader(named | _styles(root, named))
    reader.flow(text, blocks)
    reader.left_out[STRUCK_OUT] += len([*text.iter("{*}deletion")])
    found = blocks.document(reader.left_out)
    if not found.has_list:
        return found
    holders = (*_heads(file), *text.iter("{*}annotation"))
    lines = ("".join(line.itertext()) for holder in holders for line in holder.iter("{*}p"))
    return found._replace(beside=tuple(map(Beside, filter(str.strip, lines))))


def _heads(styles: Any) -> Iterator[Any]:
    """The heads and feet of pages."""
    for page in styles.iter("{*}master-page") if styles is not None else ():
        yield from (part for part in page if attribute(part, "display") != "false")


_RAISED = "raised"


def _styles(root: Any, named: dict[str, str]) -> dict[str, str]:
    """Names of the styles that raise a text, strike it out or hide it, and which.

    A style is also what the named one is that it is of, unless it says otherwise itself.
    """
    found = dict[str, str]()
    for style in root.iter("{*}style") if root is not None else ():
        name, above = attribute(style, "name") or "", attribute(style, "parent-style-name")
        kind = found.get(above or "", named.get(above or ""))
        for properties in style:
            if (attribute(properties, "text-position") or "").startswith("super"):
                kind = _RAISED
            struck = attribute(properties, "text-line-through-style")
            if struck is not None:
                kind = STRUCK_OUT if struck != "none" else kind if kind != STRUCK_OUT else None
            shown = attribute(properties, "display")
            if shown is not None:
                kind = HIDDEN_TEXT if shown == "none" else kind if kind != HIDDEN_TEXT else None
        if kind is not None:
            found[name] = kind
    return found


class _Reader(Flow):
    def __init__(self, styles: dict[str, str]) -> None:
        super().__init__()
        self._styles = styles

    def flow(self, elements: Iterable[Any], blocks: Blocks) -> None:
        for element in elements:
            name = local(element)
            if name in _PARAGRAPHS:
                self._put("".join(self._styled(element)), blocks)
            elif self._is_hidden(element, name):
                continue
            elif name == "table":
                self._table(element, blocks)
            elif name not in _LEFT_OUT:
                # Lists, sections and indexes only hold paragraphs.
                self.flow(element, blocks)

    def _styled(self, element: Any) -> Iterable[str]:
        """The text of a paragraph or a span as its style shows it."""
        style = self._styles.get(attribute(element, "style-name") or "")
        if style is None:
            yield from self._pieces(element)
        elif style == _RAISED:
            yield from (raised(piece) for piece in self._pieces(element))
        elif any(text.strip() for text in element.itertext()):
            self.left_out[style] += 1

    def _pieces(self, element: Any) -> Iterable[str]:
        """White space is one space here; spaces, tabs and line ends that count are elements."""
        yield _WHITE.sub(" ", element.text or "")
        for part in element:
            name = local(part)
            if name == "s":
                yield " " * min(_times(part, "c"), SETTINGS.repeated)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "note":
                yield from self._note(part)
            elif name == "text-box":
                self._below.append(part)
            elif name == "span":
                yield from self._styled(part)
            elif not self._is_hidden(part, name) and name not in _LEFT_OUT:
                yield from self._pieces(part)
            yield _WHITE.sub(" ", part.tail or "")

    def _is_hidden(self, element: Any, name: str) -> bool:
        """Whether a section, a row, a field or a control holds nothing that is shown as text."""
        if name not in _MAY_HIDE:
            return False
        told = {(key.rpartition("}")[2], value) for key, value in element.attrib.items()}
        field = name in _HIDDEN_FIELDS and ("is-hidden", "false") not in told
        hidden = field or not _HIDES.isdisjoint(told)
        self.left_out[HIDDEN_TEXT] += hidden
        return hidden

    def _note(self, note: Any) -> Iterable[str]:
        citation, body = child(note, "note-citation"), child(note, "note-body")
        if body is not None:
            self._below.append(body)
            yield raised("".join(self._pieces(citation)) if citation is not None else "")

    def _table(self, table: Any, blocks: Blocks) -> None:
        for row in inner(table, {"table-row"}, _GROUPS):
            if self._is_hidden(row, "table-row"):
                continue
            cells, arranges = list[str](), False
            listed = len([*inner(row, {_CELL, _COVERED}, _GROUPS)]) >= LISTED
            # How many cells to the right the last one reaches over.
            wide = 0
            for cell in inner(row, {_CELL, _COVERED} if listed else {_CELL}, _GROUPS):
                text = self._cell(cell)
                nested = cell.iter("{*}table")
                arranges |= any(
                    len(list(inner(table, {"table-row"}, _GROUPS))) > 1 for table in nested
                )
                times = _times(cell, "number-columns-repeated")
                if local(cell) == _COVERED:
                    text = WIDE if wide else SPANNED
                    wide -= min(times, wide)
                else:
                    wide = _times(cell, "number-columns-spanned") - 1
                cells += [text] * min(times, SETTINGS.repeated)
            blocks.row(cells, arranges=arranges)


def _times(element: Any, name: str) -> int:
    """How often something is repeated; what is no number of a few digits says nothing."""
    written = attribute(element, name) or ""
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 1
