"""What kind of line each line of a web page is, by itself."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from esrdata.documents.document import Document, Line
from esrdata.reading.web.jumps import jumps
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import Portal, flat, funds_in, is_but_funds, page_words
from esrdata.reading.web.vocabulary import BULLET, plain, words
from esrdata.reading.web.wrapped import SENTENCE_END, torn_lines, wrapped_titles

HEADING, VALUE = SETTINGS.heading, SETTINGS.value
_BREADCRUMBS = re.compile(r"\s[>›»/→]\s")
_DATE_ONLY = re.compile(r"(?=\D*\d)[\d\s./:,–-]*(?:klo|kl\.?|at)?[\d\s./:,–-]*", re.IGNORECASE)
# How Markdown marks a heading.
_MARKDOWN = re.compile(r"\s*(?P<level>#{1,6})\s+(?=\S)")
_BRACKETED = re.compile(r"[(\[{].*[)\]}]")
_ADDRESS = re.compile(r"https?:|www\.|\S+@|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?$")
_DIGIT = re.compile(r"\d")
# Signs alone: the clock of an icon font comes out of a print as "@".
_AROUND_KIND = re.compile(r"\A[\W_]++|(?<![\W_])[\W_]+\Z")
_AROUND_TITLE = " \t*_#"


class Lines:
    """A document looked at line by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines: Sequence[Line] = document.lines
        self._spelled: dict[int, str] = {}

    # ---- structure

    def place(self, i: int) -> int:
        """Where in the source a line begins."""
        line = self.lines[i]
        at = line.start + len(line.text) - len(line.text.lstrip())
        return self.document.starts[at] if self.document.starts else at

    def level(self, i: int) -> int | None:
        """The level of the heading that a line is, 1 to 6; None where it is none."""
        if self.lines[i].blank:
            return None
        if self.document.outline is not None:
            return self.document.outline.level_at(self.place(i))
        marked = _MARKDOWN.match(self.lines[i].text)
        return len(marked["level"]) if marked is not None else None

    def regions(self, i: int) -> set[str]:
        """The kinds of the regions that hold a line; empty where the page has none."""
        if self.document.outline is None or self.lines[i].blank:
            return set()
        return self.document.outline.kinds_at(self.place(i))

    def title_slice(self, i: int) -> tuple[int, int]:
        """The words of a headline, without the marks of Markdown."""
        first, last = self.lines[i].start, self.lines[self.title_end(i)].end
        text = self.document.view[first:last]
        start = len(text) - len(text.lstrip(_AROUND_TITLE))
        return first + start, first + max(start, len(text.rstrip(_AROUND_TITLE)))

    def title_end(self, i: int) -> int:
        """The last line of a title that begins with a line and is wrapped, as in a print."""
        return self._titles.get(i, i)

    @cached_property
    def _titles(self) -> dict[int, int]:
        """The last line of each paragraph of a print that may be a title of several lines."""
        return wrapped_titles(self)

    @cached_property
    def of_titles(self) -> frozenset[int]:
        """Lines that go on with a title above them."""
        return frozenset(
            n for first, last in self._titles.items() for n in range(first + 1, last + 1)
        )

    def title_text(self, i: int) -> str:
        """The words of a headline with single spaces."""
        start, end = self.title_slice(i)
        return " ".join(self.document.view[start:end].split())

    # ---- kinds

    def spelled(self, i: int) -> str:
        """The spelling by which a line is compared with the shelf."""
        if i not in self._spelled:
            text = self.lines[i].text
            # Nothing on the shelf is as long as a title may be.
            short = re.sub(rf"^\s*{BULLET}", "", text) if len(text) <= HEADING else ""
            self._spelled[i] = plain(short).strip(" :*#")
        return self._spelled[i]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each short line stands on the page."""
        return Counter(map(self.spelled, self.full))

    def is_prose(self, i: int) -> bool:
        """Whether a line reads like a sentence, or is one of several of a paragraph of them."""
        if i in self.torn:
            return True
        text = self.lines[i].text.strip()
        ends = SENTENCE_END.search(text) is not None and len(text.split()) > 2
        if ends and text.rstrip(")]\"'”»")[-1:] in "!?":
            return len(text) > SETTINGS.prose / 2
        return ends or len(text) > SETTINGS.prose

    def has_prose_below(self, i: int, spelled: str) -> bool:
        """Whether a line of prose below a line holds some words."""
        numbers, starts, text = self._prose
        first = bisect_right(numbers, i)
        return first < len(numbers) and text.find(spelled, starts[first]) >= 0

    @cached_property
    def _prose(self) -> tuple[list[int], list[int], str]:
        """The lines of prose, and where each begins among the spellings of all of them.

        Spelled once: a long page has hundreds of headlines and thousands of lines.
        """
        numbers = [i for i in range(len(self.lines)) if self.is_prose(i)]
        spelled = [plain(self.lines[i].text) for i in numbers]
        starts = [0, *accumulate(len(text) + 1 for text in spelled)]
        return numbers, starts, "\n".join(spelled)

    def is_furniture(self, i: int) -> bool:
        """Whether a line belongs to the site: its menu, a trail of links, a bare date."""
        text = self.lines[i].text.strip()
        return len(text) <= VALUE and (
            self.spelled(i) in words().navigation
            or i in self.jumps
            or (_BREADCRUMBS.search(text) is not None and "\t" not in text)
            or _DATE_ONLY.fullmatch(text) is not None
        )

    def is_notice(self, i: int) -> bool:
        """Whether a line says when the page changed, or only who gives the money."""
        text = flat(self.lines[i].text).strip()
        if len(text) > HEADING:
            return False
        bracketed = _BRACKETED.fullmatch(text) is not None and bool(funds_in(text))
        return bracketed or is_but_funds(text) or self.is_stamp(i)

    def is_stamp(self, i: int) -> bool:
        """Whether a line says when the page changed, who wrote it, or that the EU pays."""
        text = flat(self.lines[i].text)
        return len(text) <= HEADING and (
            page_words().notice.fullmatch(" ".join(text.split())) is not None
        )

    def is_ending(self, i: int) -> bool:
        """Whether the site goes on with something else here."""
        spelled = self.spelled(i)
        return (
            spelled in words().endings
            or words().ending.fullmatch(spelled) is not None
            or self.is_other(i)
        )

    @cached_property
    def jumps(self) -> frozenset[int]:
        """Lines of links to parts of the page, and of its tabs: they stand above all it tells."""
        return jumps(self)

    def is_other(self, i: int) -> bool:
        """Whether a line is a heading that turns to another project."""
        text = self.lines[i].text
        if len(text) > HEADING or words().others.match(text) is None:
            return False
        if self.level(i) is not None:
            return True
        # Such words may open a sentence, too, and a label: "Edeltävä hanke: Silta".
        above = i == 0 or self.lines[i - 1].blank
        apart = self.stands_alone(i) or (above and ":" not in text and not self.goes_on(i))
        return apart and not self.is_prose(i)

    @cached_property
    def of_others(self) -> frozenset[int]:
        """Lines under a heading that turns to another project, up to the next one of its rank."""
        found: set[int] = set()
        for i in range(len(self.lines)):
            rank = self.level(i)
            if rank is not None and i not in found and self.is_other(i):
                levels = ((n, self.level(n)) for n in range(i + 1, len(self.lines)))
                stop = next((n for n, level in levels if level is not None and level <= rank), None)
                found.update(range(i, stop if stop is not None else len(self.lines)))
        return frozenset(found)

    def own(self, first: int, last: int) -> list[int]:
        """Lines from one to before another, without those under such a heading."""
        return [i for i in range(first, last) if i not in self.of_others]

    def is_caption(self, i: int) -> bool:
        """Whether a line is a caption that names no project."""
        spelled = self.spelled(i)
        return spelled in words().passed or (
            self.portal is not None and spelled in self.portal.captions
        )

    def is_row(self, i: int) -> bool:
        """Whether a line has cells, of which the first is a label, a heading or a caption."""
        head, tab, _ = self.lines[i].text.partition("\t")
        known = (words().labels, words().headings, words().passed)
        return tab == "\t" and any(plain(head).strip(" :") in group for group in known)

    def is_label(self, i: int) -> bool:
        """Whether a line is a label or a known heading and nothing more."""
        spelled = self.spelled(i)
        return spelled in words().labels or spelled in words().headings

    def names_no_project(self, i: int) -> bool:
        """Whether a line is a status, a kind, a file, a fund, or words in brackets."""
        text = " ".join(flat(self.lines[i].text).split())
        shelf = page_words()
        return (
            self.spelled(i) in shelf.statuses
            or shelf.kind_line.fullmatch(text) is not None
            or shelf.file.search(text) is not None
            or _BRACKETED.fullmatch(text) is not None
            # A line of the menu with the number of its page.
            or plain(re.sub(r"(?<!\s)\s+\d{1,3}$", "", text)) in words().navigation
            or shelf.portfolio.fullmatch(text) is not None
            or (self.level(i) != 1 and shelf.of_kind.fullmatch(text) is not None)
            or self.is_bare(i)
            or is_but_funds(text)
        )

    def is_bare(self, i: int) -> bool:
        """Whether a line holds a period or a fund, and at most the word for a project with it."""
        text = self.lines[i].text
        if len(text) > HEADING:
            return False
        spans = [(start, end) for _, start, end in funds_in(text)]
        period = period_in(text) if _DIGIT.search(text) is not None else None
        spans += [(period.start, period.end)] if period is not None else []
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + text[end:]
        text = _AROUND_KIND.sub("", text)
        return bool(spans) and (not text or page_words().kind_line.fullmatch(text) is not None)

    @cached_property
    def torn(self) -> frozenset[int]:
        """Lines of wrapped paragraphs of sentences."""
        return torn_lines(self)

    def goes_on(self, i: int) -> bool:
        """Whether the line right below goes on in small letters, as in a narrow column."""
        if self.document.outline is not None or not 0 <= i < len(self.lines) - 1:
            return False
        text = self.lines[i + 1].text.strip()
        return (
            text[:1].islower()
            and _ADDRESS.match(text) is None
            and not self.is_notice(i + 1)
            and words().contact.match(text) is None
        )

    @cached_property
    def portal(self) -> Portal | None:
        """The portal that the page is of, if it is of a known one."""
        short = [
            text
            for line in self.lines
            if not line.blank and len(text := flat(line.text).strip(" •*\t-")) <= HEADING
        ]
        for portal in page_words().portals:
            found = sum(
                any(pattern.match(text) and pattern.fullmatch(text.rstrip(" :")) for text in short)
                for pattern in portal.known
            )
            if found >= portal.least:
                return portal
        return None

    def stands_alone(self, i: int) -> bool:
        """Whether blank lines stand around a line."""
        above, last = i == 0 or self.lines[i - 1].blank, self.title_end(i)
        return above and (last + 1 == len(self.lines) or self.lines[last + 1].blank)

    @cached_property
    def full(self) -> list[int]:
        """The lines with something on them."""
        return [i for i, line in enumerate(self.lines) if not line.blank]

    @cached_property
    def is_portfolio(self) -> bool:
        """Whether a heading of the first level is one above several projects."""
        heads = (self.title_text(i) for i in self.full if self.level(i) == 1)
        return any(page_words().portfolio.fullmatch(head) is not None for head in heads)

    def above(self, i: int) -> int | None:
        """The line with something on it before one."""
        return next((n for n in range(i - 1, -1, -1) if not self.lines[n].blank), None)

    def below(self, i: int) -> int | None:
        """The next line with something on it."""
        return next((n for n in range(i + 1, len(self.lines)) if not self.lines[n].blank), None)
