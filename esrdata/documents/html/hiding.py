"""A page that hides or strikes out some of its elements: they are left out, and counted."""

from __future__ import annotations

from esrdata.documents.html import hidden
from esrdata.documents.html.hidden import LeftOut, is_panel
from esrdata.documents.html.style import style_of
from esrdata.documents.html.tags import BLOCKS
from esrdata.documents.html.tokens import TEXT
from esrdata.documents.html.viewer import Viewer
from esrdata.documents.left_out import HIDDEN_TEXT, STRUCK_OUT


class HidingViewer(Viewer):
    """Views a page that hides or strikes out some of its elements."""

    def __init__(
        self, text: str, *, hiding: bool = True, panels: frozenset[int] = frozenset()
    ) -> None:
        super().__init__(text)
        # Whether hidden text is left out, as struck-out text always is; and what was left out.
        self._hiding = hiding
        self._shown = hidden.opened(text)
        self._style = style_of(text)
        # Where panels begin that are read, and those that were met.
        self._read = panels
        self.panels: set[int] = set()
        self._left_out: LeftOut | None = None
        self.left_out: list[LeftOut] = []

    def run(self) -> None:
        """Take the whole page."""
        super().run()
        self._end_left_out(len(self._text))

    def _pass_over(self, start: int, end: int) -> None:
        if self._left_out is not None:
            texts = (m[0] for m in TEXT.finditer(self._text, start, end) if not m.lastgroup)
            self._left_out.signs += sum(len(text) for text in texts if not text.isspace())

    def _open(self, tag: str, attributes: str, at: int) -> None:
        if self._left_out is not None:
            if self._left_out.opens(tag):
                return
            self._end_left_out(at)
        kind = None if self._silent else hidden.kind(tag, attributes, self._shown, self._style)
        if attributes and hidden.is_unseen_number(self._text, tag, attributes, at, self._style):
            kind = kind or HIDDEN_TEXT
        hides = kind == HIDDEN_TEXT and self._hiding and at not in self._read
        leaves = kind == STRUCK_OUT or hides
        # What is struck out leaves its place: an empty cell, an empty line.
        if not leaves or (kind == STRUCK_OUT and tag in BLOCKS):
            super()._open(tag, attributes, at)
        if kind is not None and leaves:
            self._left_out = LeftOut(tag, kind, at)
            self._silent.append(kind)

    def _close(self, tag: str, at: int) -> None:
        if self._left_out is not None:
            inside = self._left_out.closes(tag)
            if inside is not True:
                self._end_left_out(at)
            if inside is not None:
                return
        super()._close(tag, at)

    def _end_left_out(self, at: int) -> None:
        left_out, self._left_out = self._left_out, None
        if left_out is None:
            return
        self._silent.remove(left_out.kind)
        if left_out.signs:
            self.left_out.append(left_out)
        if left_out.kind == HIDDEN_TEXT and is_panel(self._text, left_out.tag, left_out.start, at):
            self.panels.add(left_out.start)
        if left_out.kind == STRUCK_OUT and left_out.tag in BLOCKS:
            super()._close(left_out.tag, at)
