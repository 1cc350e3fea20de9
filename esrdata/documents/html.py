"""An HTML page to the lines a person sees, each character with its place in the source.

The tree builders give no places, so the page is taken as a stream of tags: block tags begin
a line, unclosed ones do no harm, and a page that is cut off reads as far as it goes.
"""

from __future__ import annotations

from array import array
from html import unescape
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title", "noscript", "template", "svg"}
_IN_HEAD = {*_SILENT, "html", "meta", "link", "base"}
# A paragraph stands apart (a blank line in the view); the others only begin a line.
_PARAGRAPHS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre",
    "section", "article", "header", "footer", "nav", "main", "aside", "form", "fieldset", "hr",
}  # fmt: skip
_LINES = {"div", "li", "tr", "br", "dt", "body", "html", "caption", "option", "legend", "address"}
_CELLS = {"td", "th", "dd"}


class _Viewer(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._line_starts = [0]
        self._line_starts += [i + 1 for i, sign in enumerate(text) if sign == "\n"]
        self.view: list[str] = []
        self.starts = array("L")
        self.ends = array("L")
        self._silent: list[str] = []
        self._preformatted = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _put(self, sign: str, start: int, end: int) -> None:
        if sign == " " and (not self.view or self.view[-1] in " \n\t"):
            return
        if sign == "\t":
            while self.view and self.view[-1] == " ":
                self._drop()
            if not self.view or self.view[-1] in "\n\t":
                return
        if sign == "\n":
            while self.view and self.view[-1] in " \t":
                self._drop()
            if not self.view or self.view[-2:] == ["\n", "\n"]:
                return
        self.view.append(sign)
        self.starts.append(start)
        self.ends.append(end)

    def _drop(self) -> None:
        self.view.pop()
        self.starts.pop()
        self.ends.pop()

    def _break(self, tag: str) -> None:
        at = self._at()
        if tag in _PARAGRAPHS:
            self._new_line(at)
            self._put("\n", at, at)
        if tag == "br" and self.view[-1:] == ["\n"]:
            self._put("\n", at, at)
        elif tag in _LINES:
            self._new_line(at)
        if tag in _CELLS:
            self._put("\t", at, at)

    def _new_line(self, at: int) -> None:
        while self.view and self.view[-1] in " \t":
            self._drop()
        if self.view and self.view[-1] != "\n":
            self._put("\n", at, at)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        if tag == "pre":
            self._preformatted += 1
        if tag not in _IN_HEAD and "head" in self._silent:
            # The end of the head may be left out: the first tag of the page ends it.
            self._silent.clear()
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        at = self._at()
        for i, sign in enumerate(data, start=at):
            if sign.isspace() and sign != "\u00a0":
                keeps = self._preformatted and sign == "\n"
                self._put("\n" if keeps else " ", i, i + 1)
            else:
                self._put(sign, i, i + 1)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        if self._silent:
            return
        at = self._at()
        end = at + len(written)
        if self._text[end : end + 1] == ";":
            end += 1
        for sign in unescape(self._text[at:end]):
            self._put(sign, at, end)


def view(text: str) -> tuple[str, array[int], array[int]]:
    """What a person sees of a page, with the place of each character in its source.

    Parameters
    ----------
    text
        The decoded page.

    Returns
    -------
    tuple
        The view (a line feed between lines, cells of a table row by a tab), and for each of its
        characters the start and the end in `text`.
    """
    viewer = _Viewer(text)
    viewer.feed(text)
    viewer.close()
    return "".join(viewer.view), viewer.starts, viewer.ends
