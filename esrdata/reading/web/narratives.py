"""The narratives of one block of a web page: what stands under headings, and its prose."""

import re

from esrdata.reading.web.blocks import Block
from esrdata.reading.web.facts import LABEL_LIKE
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.values import Values
from esrdata.reading.web.vocabulary import words

_NAME, _SUMMARY = "projects.name", "narratives.summary"
_IS_SUM = re.compile(r"(?=\D*\d)[\d\s.,]++(?:€|t€|M€|euroa|eur|euro|euros)", re.IGNORECASE)


class Narratives:
    """Reads the narratives of a block whose facts are read."""

    def __init__(self, values: Values, block: Block) -> None:
        self.values, self.block = values, block
        self.page, self.draft, self.persons = values.page, values.draft, values.persons
        self.record = values.record

    def run(self) -> None:
        """Read what stands under known headings, and a summary where none of them is its own."""
        taken = self._read_sections()
        if _SUMMARY not in self.record.values:
            self._read_summary(taken)

    def _bars(self, i: int) -> bool:
        """Whether no text goes on over a line."""
        page, title = self.page, self.block.title
        return (
            (title is not None and title <= i <= page.title_end(title))
            or i in self.persons
            or i in page.of_facts
            or i in page.of_others
            or page.is_furniture(i)
            or page.is_caption(i)
            or page.is_stamp(i)
            or page.is_row(i)
        )

    def _read_sections(self) -> set[int]:
        """Read what stands under known headings; gives the lines it took."""
        taken: set[int] = set()
        for fact in (fact for fact in self.block.facts if fact.heading):
            for i in range(fact.line, fact.last + 1):
                self.values.claim(i)
            name, lines = fact.label.field, self.page.lines
            inline, first = fact.end > fact.start, fact.last + 1
            while not inline and first < self.block.end:
                if not (lines[first].blank or first in self.persons):
                    break
                first += 1
            stop = first
            nothing = not inline and first < self.block.end and self.page.is_label(first)
            goes_on = not (fact.only or nothing)
            while stop < self.block.end and goes_on and not self._bars(stop):
                # What stands behind a heading with a colon ends with its paragraph.
                if inline and lines[stop].blank:
                    break
                stop += 1
            while first < stop and (lines[stop - 1].blank or self.page.is_notice(stop - 1)):
                stop -= 1
            if fact.line in self.persons:
                self.values.refuse(fact)
                continue
            start, end = fact.start, fact.end
            if not fact.only and stop > first:
                start, end = fact.start if inline else lines[first].start, lines[stop - 1].end
            if name in self.record.values:
                self.values.repeated(name, lines[fact.line].start)
            else:
                self.draft.put_text(name, start, max(start, end))
                heading = self.values.text(fact.at, fact.label_end)
                self.record.titles[name] = " ".join(heading.split()).rstrip(" :")
            taken.update(range(fact.line, stop))
        return taken

    def _read_summary(self, taken: set[int]) -> None:
        """Take the longest prose for the summary."""
        regions: list[tuple[int, int]] = []
        passed, at = False, self.block.start
        for i in [*range(self.block.start, self.block.end), self.block.end]:
            if i < self.block.end and i not in taken and not self._bars(i):
                continue
            if at < i and not passed:
                regions.append((at, i))
            # What stands under most captions is something else, and no summary.
            passed = i < self.block.end and self.page.is_caption(i) and i not in self.page.jumps
            passed = passed and self.page.spelled(i) not in words().introductions
            at = i + 1
        prose = [self._trimmed(*region) for region in regions]
        prose = [region for region in prose if self._is_prose(*region)]
        if not prose:
            return
        lines = self.page.lines
        first, last = max(prose, key=lambda r: lines[r[1] - 1].end - lines[r[0]].start)
        self.draft.put_text(_SUMMARY, lines[first].start, lines[last - 1].end)
        # Such prose has no heading but that of the project.
        self.record.titles[_SUMMARY] = str(self.record.content(_NAME))

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A region without blank lines, unknown labels and notices at its ends."""
        while first < last and self._is_around(first):
            first += 1
        while first < last and self._is_around(last - 1):
            last -= 1
        return first, last

    def _is_around(self, i: int) -> bool:
        """Whether a line at an end of a text is none of it: blank, a label, facts of a table."""
        line = self.page.lines[i]
        text = line.text.strip()
        return (
            line.blank
            or "\t" in text
            or LABEL_LIKE.match(line.text) is not None
            or self.page.is_notice(i)
            or self.page.is_bare(i)
            or _IS_SUM.fullmatch(text) is not None
            or (
                len(text.split()) <= SETTINGS.named
                and not self.page.is_prose(i)
                and words().organisation.search(text) is not None
            )
        )

    def _is_prose(self, first: int, last: int) -> bool:
        return any(self.page.is_prose(i) for i in range(first, last)) or (
            sum(len(self.page.lines[i].text) for i in range(first, last)) > SETTINGS.prose
        )
