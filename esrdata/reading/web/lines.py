"""What kind of line each line of a web page is, by itself."""

import re
from collections.abc import Sequence

from esrdata.documents.document import Document, Line
from esrdata.reading.web.vocabulary import plain, words

# The longest heading, and the longest value of one line.
HEADING, VALUE = 120, 200
# A paragraph of this length is prose even where its last full stop is missing.
_PROSE = 120
_SENTENCE_END = re.compile(r"(?:[.…]|[!?](?=.{0,3}$))[)\]\"'”»]*$")
_BREADCRUMBS = re.compile(r"\s[>›»/→]\s")
_DATE_ONLY = re.compile(r"(?=\D*\d)[\d\s./:,–-]*(?:klo|kl\.?|at)?[\d\s./:,–-]*", re.IGNORECASE)


class Lines:
    """A document looked at line by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines: Sequence[Line] = document.lines
        self._said: dict[int, str] = {}

    def said(self, i: int) -> str:
        """The spelling by which a line is compared with the shelf."""
        if i not in self._said:
            text = self.lines[i].text
            # Nothing on the shelf is as long as a title may be.
            self._said[i] = plain(text).rstrip(" :") if len(text) <= HEADING else ""
        return self._said[i]

    def is_prose(self, i: int) -> bool:
        """Whether a line reads like a sentence."""
        text = self.lines[i].text.strip()
        ends = _SENTENCE_END.search(text) is not None and len(text.split()) > 2
        if ends and text.rstrip(")]\"'”»")[-1:] in "!?":
            return len(text) > _PROSE / 2
        return ends or len(text) > _PROSE

    def is_furniture(self, i: int) -> bool:
        """Whether a line belongs to the site: its menu, a trail of links, a bare date."""
        text = self.lines[i].text.strip()
        return len(text) <= VALUE and (
            self.said(i) in words().navigation
            or _BREADCRUMBS.search(text) is not None
            or _DATE_ONLY.fullmatch(text) is not None
        )

    def is_ending(self, i: int) -> bool:
        """Whether the site goes on with something else here."""
        return self.said(i) in words().endings

    def is_caption(self, i: int) -> bool:
        """Whether a line is a caption that names no project."""
        return self.said(i) in words().passed

    def stands_alone(self, i: int) -> bool:
        """Whether blank lines stand around a line."""
        above = i == 0 or self.lines[i - 1].blank
        return above and (i + 1 == len(self.lines) or self.lines[i + 1].blank)

    def below(self, i: int) -> int | None:
        """The next line with something on it."""
        return next((n for n in range(i + 1, len(self.lines)) if not self.lines[n].blank), None)
