"""Labelled facts and headings of a web page: which lines have them, and where the values stand."""

import re
from collections.abc import Iterator

from esrdata.documents.document import Line
from esrdata.reading.quantities.periods import is_length, leads_period
from esrdata.reading.web.alone import READ_ALONE, reads_alone
from esrdata.reading.web.cells import CELLS, Cell, Fact, Match
from esrdata.reading.web.lines import VALUE
from esrdata.reading.web.persons import is_private
from esrdata.reading.web.running import Running
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import BULLET, Label, plain, words

# Kinds of labels whose value is a name.
_NAMES = frozenset({"name", "text", "organisation", "list"})
_FIRST_WORD = re.compile(rf"\s*(?:[#*_]+\s*)?{BULLET}(?P<word>\w+)")
# A label that the shelf lacks.
LABEL_LIKE = re.compile(rf"\s*{BULLET}[^\s:][^:\n]{{0,60}}:(?:\s.{{0,150}})?$")
_BULLET = re.compile(rf"\s*{BULLET}")
_DASHED = re.compile(r"[–—-]\s+(?=\S)")
# A number of any kind that stands alone.
_FIGURE = re.compile(r"(?=\D*\d)[\d\s.,:+/–—-]++(?:%|€|t€|M€|k€|e|eur|euroa|euro)?", re.IGNORECASE)


class FactFinder(Running):
    """Goes over the lines of a page once."""

    def run(self) -> list[Fact]:
        """Facts and headings in the order of the page."""
        found: list[Fact] = []
        for i, line in enumerate(self.lines):
            if i in self._taken or line.blank or i in self.page.jumps:
                continue
            run_on = list(self._run_on(i)) or list(self._bold(i))
            if run_on:
                found += run_on
            elif self._may_begin(line.text):
                found += self._in_line(i)
        return found

    def _may_begin(self, text: str) -> bool:
        """Whether a line or a cell begins with the first word of a label; quick."""
        starts = words().starts
        parts = CELLS.split(text) if "\t" in text or "|" in text else (text,)
        firsts = (_FIRST_WORD.match(part) for part in parts)
        return any(
            first is not None
            and (
                first["word"].casefold() in starts
                or any(map(str.isupper, first["word"][1:]))
                or any(map(str.isdigit, first["word"]))
            )
            for first in firsts
        )

    def _in_line(self, i: int) -> Iterator[Fact]:
        """Facts of one line, from left to right."""
        cells = self._cells(i)
        matches = [self._match(cell) for cell in cells]
        for n in range(1, len(cells)):
            before, text = matches[n - 1], self._plain(cells[n])
            if before is not None and before[0].kind == "status" and text in page_words().statuses:
                # "Päättynyt" behind "Hankkeen tila" is no label of a last day.
                matches[n] = None
        alone = [
            match is not None and not self._rest(match[1], cell)
            for match, cell in zip(matches, cells, strict=True)
        ]
        if len(cells) > 1 and (
            all(alone)
            or self._heads_projects(cells, matches, alone)
            or self._heads_rows(i, cells, matches, alone)
        ):
            yield from self._heads_of_columns(i, cells)
            return
        used: set[int] = set()
        found = []
        for n, cell in enumerate(cells):
            here = matches[n]
            if here is None or n in used:
                continue
            following = n + 1 if n + 1 < len(cells) and matches[n + 1] is None else None
            among = self._among_sums(i, here, n, cells, matches) if here[0].kind == "sum" else None
            if among is not None:
                # Of an unsure sum all cells are told with it.
                found.append(among[0])
                used.update(range(n, among[1] + 1) if among[0].unsure else (n, among[1]))
                continue
            fact = self._fact(i, here, cell, cells[following] if following is not None else None)
            if fact is not None:
                found.append(fact)
                used.add(n)
                if following is not None and fact.start >= cells[following].start:
                    used.add(following)
        if not found and len(cells) == 1:
            glued = self._glued(i)
            found = [glued] if glued is not None else []
            used = {0}
        if found:
            left = [c for n, c in enumerate(cells) if n not in used and self._text(c.start, c.end)]
            self.leftovers[i] = [
                (c.start, c.end) for c in left if self._text(c.start, c.end).strip()
            ]
            yield from found

    def _fact(self, i: int, here: Match, cell: Cell, following: Cell | None) -> Fact | None:
        """A label with what stands behind it, beside it or below it; None where it is prose."""
        label, match = here
        at, end, colon = match.start("label"), match.end(), match["colon"] is not None
        whole = cell.start == self.lines[i].start and cell.end == self.lines[i].end
        rest = self._rest(match, cell)
        value = rest if following is None else self._text(following.start, following.end)
        if label.kind == "narrative" and reads_alone(words().period, value):
            # "Hankkeen toteutus: 2.1.2018–31.12.2019".
            label = words().period
        if rest and not re.fullmatch(r"[*_:?\s]+", rest):
            start = end + self._text(end, cell.end).index(rest[0])
            dash = _DASHED.match(rest) if not colon and label.kind == "text" else None
            start, rest = (
                (start + dash.end(), rest[dash.end() :]) if dash is not None else (start, rest)
            )
            last, stop = self._wrapped(i, start + len(rest)) if whole else (i, start + len(rest))
            if label.kind == "name" and page_words().kind_line.fullmatch(rest) is not None:
                # "Project: Research project" says what kind of one it is.
                return None
            if colon or self._is_behind(i, label, rest, whole=whole, dashed=dash is not None):
                return Fact(label, i, last, at, end, start, stop, only=not whole)
            return None
        if following is not None:
            last = self._last_item(i, here) if following.end == self.lines[i].end else i
            stop = self.lines[last].end if last > i else following.end
            return Fact(label, i, last, at, end, following.start, stop, only=True)
        if label.kind == "narrative":
            # Elsewhere than on a line of its own the word is no heading.
            return Fact(label, i, i, at, end, end, end) if whole else None
        if whole:
            above = None if colon else self._above(i, label)
            if above is not None:
                line = self.lines[above]
                return Fact(label, above, i, at, end, line.start, line.end)
            below = self.page.below(i)
            if (
                below is not None
                and label.kind in ("period", "start", "end")
                and leads_period(self.lines[below].text)
                and not self.page.is_label(below)
            ):
                # "Aloituspäivä", "maanantai", "3.2.2020".
                below = self.page.below(below)
            if below is not None and self._is_value(label, below, below == i + 1):
                line = self.lines[below]
                more = self._more_sums(label, below)
                if more > below:
                    # A row of a table with each cell on a line of its own.
                    self._taken.update(range(below, more + 1))
                    stop = self.lines[more].end
                    return Fact(label, i, more, at, end, line.start, stop, unsure=True)
                last, stop = self._wrapped(below, line.end)
                items = self._last_item(last, here)
                last, stop = items, (self.lines[items].end if items > last else stop)
                self._taken.update(range(below, last + 1))
                bullet = _BULLET.match(line.text)
                start = line.start + (bullet.end() if bullet is not None else 0)
                return Fact(label, i, last, at, end, start, stop)
            if (
                label.kind == "sum"
                and below is not None
                and colon
                and self._is_figure(below, label)
            ):
                # "Budjetti (1000 €):", "245": a sum of which nobody says in what.
                self._taken.add(below)
                line = self.lines[below]
                return Fact(label, i, below, at, end, line.start, line.end, unsure=True)
        return Fact(label, i, i, at, end, end, end) if colon else None

    def _more_sums(self, label: Label, i: int) -> int:
        """The last of the lines that hold nothing but sums, from the value of a sum on."""
        last: int | None = i
        while (
            label.kind == "sum"
            and last is not None
            and _FIGURE.fullmatch(text := self.lines[last].text.strip()) is not None
            and reads_alone(label, text)
        ):
            i, last = last, self.page.below(last)
        return i

    def _is_behind(self, i: int, label: Label, rest: str, *, whole: bool, dashed: bool) -> bool:
        """Whether what stands behind a label without a colon is its value."""
        if dashed:
            # "Hallinnoija – Mallilan ammattiopisto".
            return words().organisation.search(rest) is not None and not self.page.is_prose(i)
        # "Hanke päättyi 31.12.2019. Mukana oli …" is prose, which says of the end what it is.
        sentence = label.kind in ("start", "end") and whole and self.page.is_prose(i)
        ends = sentence and words().sentence.search(rest) is not None
        return reads_alone(label, rest) and not ends

    def _above(self, i: int, label: Label) -> int | None:
        """The line of a value that stands above its label, as in a row of large figures.

        Values and labels follow one another from a value to a label then, not the other way.
        """
        if label.kind not in ("sum", "period"):
            return None
        above = self.page.above(i)
        if above is None or above in self._taken or not self._is_figure(above, label):
            return None
        below = self.page.below(i)
        if below == i + 1 and above < i - 1 and self._is_figure(below, label):
            # The nearer one is its own.
            return None
        while below is not None and self._is_figure(below, label):
            after = self.page.below(below)
            if after is None or self._is_figure(after, label) or self._opens(after):
                return None
            below = self.page.below(after)
        return above if below is None or self._opens(below) else None

    def _is_figure(self, i: int, label: Label) -> bool:
        text = self.lines[i].text.strip()
        figure = _FIGURE.fullmatch(text) is not None and not is_private(text)
        return figure or reads_alone(label, text)

    def _opens(self, i: int) -> bool:
        """Whether a line is prose, a heading, or a label with its value: no label of a figure."""
        line = self.lines[i]
        match = self._match(Cell(line.start, line.end))
        return (
            self.page.is_prose(i)
            or self.page.level(i) is not None
            or len(line.text) > VALUE
            or (match is not None and self._text(match[1].end(), line.end).strip() != "")
        )

    # ---- values

    def _wrapped(self, i: int, end: int) -> tuple[int, int]:
        """The last line and the end of a value that goes on where its line had no more room."""
        while i in self.document.wraps and not self._looks_labelled(self.lines[i + 1]):
            i += 1
            end = self.lines[i].end
            self._taken.add(i)
        return i, end

    def _last_item(self, i: int, here: Match) -> int:
        """The last line of a value that has a line for each of its places or organisations."""
        label = here[0]
        listed = label.kind == "list" or plain(here[1]["label"]) in words().several
        while (listed and self._is_item(i + 1)) or (
            (label.kind == "funder" or label.field == "projects.applicant")
            and self._is_item(i + 1)
            and self._is_giver(i + 1)
        ):
            i += 1
            self._taken.add(i)
        return i

    def _is_giver(self, i: int) -> bool:
        """Whether a line is one more giver of the money, and nothing else."""
        text = self.lines[i].text
        named = page_words().authority.search(text) or page_words().other_fund.search(text)
        return (
            named is not None
            or bool(funds_in(text))
            or words().organisation.search(text) is not None
        )

    def _is_item(self, i: int) -> bool:
        """Whether a line right below another may be one more name of a list."""
        if i >= len(self.lines) or self.lines[i].blank:
            return False
        text = _BULLET.sub("", self.lines[i].text, count=1).strip()
        return (
            text[:1].isupper()
            and "\t" not in text
            and len(text.split()) <= SETTINGS.named
            and not self._looks_labelled(self.lines[i])
            and self.page.level(i) is None
            and not (self.page.is_prose(i) or self.page.is_furniture(i))
            and not (self.page.is_caption(i) or self.page.is_ending(i))
            and words().contact.match(text) is None
        )

    def _looks_labelled(self, line: Line) -> bool:
        """Whether a line has a label, known or not, so that no value runs on to it."""
        labelled = self._match(Cell(line.start, line.end)) is not None
        return labelled or LABEL_LIKE.match(line.text) is not None

    def _is_value(self, label: Label, i: int, adjacent: bool) -> bool:
        """Whether the line below a label that stands alone is its value."""
        text = self.lines[i].text.strip()
        if label.kind == "status" and reads_alone(label, text):
            return True
        if self._match(Cell(self.lines[i].start, self.lines[i].end)) is not None:
            return False
        if label.kind in READ_ALONE:
            return reads_alone(label, text) or (label.kind == "period" and is_length(text))
        if len(text) > VALUE or self.page.is_prose(i) or words().contact.match(text):
            return False
        if label.kind in _NAMES and (self._is_figure(i, label) or self.page.is_bare(i)):
            # Labels in one column, values in the other: a day is no organisation.
            return False
        if self.page.is_caption(i) or self.page.is_ending(i):
            return False
        level = self.page.level(i)
        if level is not None and level <= (self.page.level(i - 1) or level):
            return False
        # A title with prose below it is no value that stands apart from its label.
        below = self.page.below(i)
        return adjacent or below is None or not self.page.is_prose(below)
