"""Markdown, as clippers of web pages write it, to the plain text that a person sees of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from esrdata.documents.csv_text import SETTINGS as CSV
from esrdata.documents.lines import LINE_BREAK
from esrdata.documents.mapped import Edit


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """When a text is taken for Markdown."""

    # It has so many marks that nobody types in a plain text: bold words, headings with `#`, links,
    # escapes. What a program wrote before the text (`---`, `title: …`) counts for all.
    marks: int = 2


SETTINGS = MarkdownSettings()

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<facts>(?:[\w-]+:.*\n|[ \t].*\n|- .*\n|\n)+?)---[ \t]*\n")
_FRONT_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*$", re.M)
# The program html2text writes headings between stars.
_HEADING = re.compile(
    r"^[ ]{0,3}(?:#{1,6}|\*{3,})[ \t]+(?=\S)|(?<=\S)[ \t]+(?:#{1,6}|\*{3,})[ \t]*$", re.M
)
_OPENING = re.compile(r"^[ ]{0,3}(?:#{1,6}[ \t]+\S|\*{3,}[ \t][^\n]*\S[ \t]\*{3,}$)", re.M)
_UNDERLINE = re.compile(r"(?<=\S\n)[ ]{0,3}(?:={3,}|-{3,})[ \t]*\n", re.M)
_RULE = re.compile(r"^[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$\n?", re.M)
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.M)
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\n`]*$\n?", re.M)
_IMAGE = re.compile(r"!\[(?P<text>[^\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(
    r"(?<!\\)\[(?P<text>(?:\\.|[^\[\]\\\n])+)\]"
    r"\((?:<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ ]+[\"'][^\"'\n]*[\"'])?\)"
)
_AUTOLINK = re.compile(r"<(?P<text>(?:https?://|mailto:|www\.)[^<>\s]+)>")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_BREAK = re.compile(r"\\(?=\n)|<br[ ]*/?>")
# Bold before italic: the longest mark first. A mark stands at the edge of words.
_STRONG = re.compile(
    r"(?<!\\)(?P<mark>\*{2,3}|_{2,3}|==)(?=\S)(?P<text>[^\n]+?|[^\n]+\n[^\n]*?[^\s*_=])(?P=mark)"
)
_STRUCK = re.compile(r"(?<![\\~])~~(?=[^\s~])[^\n]*?[^\s\\]~~(?!~)")
_ITALIC = re.compile(r"(?<![\w\\*])\*(?=[^\s*])[^*\n]*[^\s*\\]\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\_])_(?=[^\s_])[^_\n]*[^\s_\\]_(?![\w_])")
_CODE = re.compile(r"(?<![`\\])(?P<mark>`{1,2})(?!`)[^`\n]+(?P=mark)(?!`)")
_ITEM = re.compile(
    r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+(?=\*\*|__|[^\n:]{1,80}:[ \t*_]|\[[ x]\])", re.M
)
_ROW = re.compile(
    r"^[ \t]*+\|?(?P<cells>[^\n]*?(?<!\\)\|[^\n]*?)(?:\|[ \t]*+$|(?<![ \t])[ \t]*+$)", re.M
)
_DIVIDER = re.compile(
    r"^[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$\n?", re.M
)
# A value below its term, and what is left of a page where Markdown has no mark for it.
_DEFINITION = re.compile(r"^[ ]{0,3}:(?:[ \t]+(?=\S)|[ \t]*$)", re.M)
_CELLS = re.compile(r"</t[hd]>[ \t]*<t[hd](?:\s[^<>]*+)?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:div|section|article|main|header|footer|aside|span|p|h[1-6]|strong|em|table|thead|tbody"
    r"|tfoot|tr|th|td|colgroup|col|caption|dl|dt|dd|ul|ol|li|a|b|i|u|hr)(?:\s+[\w-]+=[^<>]*+)?\s?/?>",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[ \t]*$|#", re.M)
_STROKE = re.compile(r"(?<!\\)\|")


# Labels in bold letters as browsers and mailers write them into a text: "*Kesto:* 2018–2019".
_LABEL = re.compile(
    r"^[ \t]*+(?:[*+-][ \t]++)?(?P<mark>[*_])(?=[^\s*_])[^*_\n]{0,60}"
    r"(?::(?P=mark)|(?P=mark)[ ]?:)(?=\s)",
    re.M,
)

_PAIRS = ("**", "__", "# ", "](", "\\", "|--", "| -", "|:-", ":*", "*:", ":_", "_:")


def is_markdown(text: str) -> bool:
    """Whether a plain text has the marks of Markdown."""
    if _FRONT.match(text):
        return True
    # A single sign is found ten times as fast as a pair.
    if not any(pair[0] in text and pair[-1] in text and pair in text for pair in _PAIRS):
        return False
    marks = 0
    for pattern in (_STRONG, _OPENING, _LINK, _ESCAPE, _LABEL):
        for _ in pattern.finditer(text):
            marks += 1
            if marks >= SETTINGS.marks:
                return True
    return _tables(text) != []


def struck_edits(text: str) -> list[Edit]:
    """What is struck out in a Markdown text, to be left out."""
    return [(match.start(), match.end(), "") for match in _STRUCK.finditer(text)]


def plain_edits(text: str) -> list[Edit]:
    """What to take off a Markdown text, or to write otherwise, in order.

    Cells of a table become cells divided by tabs; of a link its text stays, as of a page; items of
    a list lose their mark only before a label, since writers number and list things themselves.
    """
    edits: list[Edit] = []
    taken = bytearray(len(text) + 1)

    def take(start: int, end: int, instead: str = "") -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            edits.append((start, end, instead))

    front = _FRONT.match(text)
    if front is not None:
        take(*front.span(), _kept_title(text, front))
    for start, end, instead in _tables(text):
        take(start, end, instead)
    for match in _CELLS.finditer(text):
        take(*match.span(), "\t")
    for pattern in (_FENCE, _RULE, _UNDERLINE, _QUOTE, _IMAGE, _TAG, _DEFINITION):
        for match in pattern.finditer(text):
            take(*match.span())
    for match in _LINK.finditer(text):
        take(match.start(), match.start("text"))
        take(match.end("text"), match.end())
    for match in _AUTOLINK.finditer(text):
        take(match.start(), match.start("text"))
        take(match.end("text"), match.end())
    for match in _BREAK.finditer(text):
        take(*match.span(), "" if match[0] == "\\" else "\n")
    for pattern in (_HEADING, _ITEM):
        for match in pattern.finditer(text):
            take(*match.span())
    for pattern in (_STRONG, _CODE):
        for match in pattern.finditer(text):
            width = len(match["mark"])
            take(match.start(), match.start() + width)
            take(match.end() - width, match.end())
    for pattern in (_ITALIC, _UNDERLINED):
        for match in pattern.finditer(text):
            take(match.start(), match.start() + 1)
            take(match.end() - 1, match.end())
    for match in _ESCAPE.finditer(text):
        take(*match.span())
    return sorted(edits)


def _kept_title(text: str, front: re.Match[str]) -> str:
    """The title that a clipper wrote before the text, where no line of the text says it."""
    match = _FRONT_TITLE.search(front["facts"])
    if match is None:
        return ""
    line = rf"^[#*_>\s]*{re.escape(match['title'])}[#*_\s]*$"
    if re.search(line, text[front.end() :], re.M) is not None:
        return ""
    return match["title"] + "\n\n"


def _tables(text: str) -> list[Edit]:
    """Tables, known by the line of strokes below their first row."""
    edits: list[Edit] = []
    if "|" not in text:
        return edits
    done = 0
    for divider in _DIVIDER.finditer(text):
        if divider.start() < done or "|" not in divider[0]:
            continue
        rows = list(_table_rows(text, divider))
        if not rows:
            continue
        edits.append((*divider.span(), ""))
        for row in rows:
            edits += _row(text, row)
            done = row.end()
    return sorted(edits)


def _table_rows(text: str, divider: re.Match[str]) -> Iterator[re.Match[str]]:
    head, above = None, divider.start()
    # The first row may go on below its stroke.
    for _ in range(2):
        begin = text.rfind("\n", 0, max(above - 1, 0)) + 1
        if head is None and not _BLANK.match(text, begin):
            head, above = _ROW.match(text, begin, max(above - 1, begin)), begin
    if head is None:
        return
    yield head
    at = divider.end()
    # A table ends at a blank line: a row of one cell, or the rest of one, may have no stroke.
    while at < len(text) and not _BLANK.match(text, at):
        row = _ROW.match(text, at)
        if row is not None:
            yield row
        at = text.find("\n", at) + 1 or len(text)


def _row(text: str, row: re.Match[str]) -> Iterator[Edit]:
    """A row with its outer strokes taken off and a tab for each of the others."""
    start, end = row.span("cells")
    first = len(text[start:end]) - len(text[start:end].lstrip())
    if row.start() < start + first:
        yield row.start(), start + first, ""
    at = start + first
    strokes = list(_STROKE.finditer(text, at, end))
    if len(strokes) >= CSV.cells:
        # Of a row of a list each cell stays one.
        for found in _BREAK.finditer(text, at, end):
            yield *found.span(), LINE_BREAK
    for stroke in strokes:
        begin, behind = stroke.span()
        while begin > at and text[begin - 1] in " \t":
            begin -= 1
        while behind < end and text[behind] in " \t":
            behind += 1
        yield begin, behind, "\t"
        at = behind
    last = len(text[at:end].rstrip()) + at
    if last < row.end():
        yield last, row.end(), ""
