"""A web page as a whole: its facts, its titles, and the lines of persons."""

import re
from functools import cached_property

from esrdata.documents.document import Document
from esrdata.reading.quantities.sums import find_sums
from esrdata.reading.web.alone import READ_ALONE
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.facts import FactFinder
from esrdata.reading.web.lines import HEADING, Lines
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.persons import is_contact_label, is_private, personal_lines
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.titles import page_titles, print_titles
from esrdata.reading.web.vocabulary import names_part, plain, words

_LETTERS = re.compile(r"[^\W\d_]{2}")
_OPENING = re.compile(r"[\"'“”„»«(\[*_#\s]*(?P<first>\w)")
_NUMBERED = re.compile(r"\A\d{1,2}(?:\.\d{1,2})*+[.)]?+\s+")
# A label with a figure behind it: "Aika: 3.6.2021".
_FIGURE = re.compile(r"[^\W\d][^:\n]{0,40}:\s*\d")
# How portals of research name people: "Mallinen, Maija (PI)".
_INVESTIGATOR = re.compile(r"[\w'’-]+, [\w'’. -]+\([^()]+\)")
# Kinds of labels of days, and how long a word is that is such a label and no word of names.
_DAYS, _LABEL = ("period", "start", "end"), 8
_ROW = re.compile(r"\w;\w")
# What no name holds: a postcode with its town, a sum or its unit ("Kustannukset (€)"), and at its
# beginning or behind one word a day ("3.4.2018 | Uutiset", "Päätös 3.4.2018"), an address.
_NO_NAME = re.compile(
    r"(?<!\d)\d{5}\s+[A-ZÅÄÖ]|€\s?\d|\d\s?€|€\)?\Z|\A\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"
    r"|\A[\w-]+\s+\d{1,2}\.\d{1,2}\.\d{4}\Z|\.\d{4}\s+\w|https?://|www\."
)
_BULLET = re.compile(r"\s*(?:[*•·▪●◦]\s|[•▪●◦]|[–-]\s)")


class Page(Lines):
    """A web page: its facts and headings in order, and parts of their lines left over."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.of_facts: frozenset[int] = frozenset()
        finder = FactFinder(self)
        self.facts: list[Fact] = finder.run()
        self.leftovers = finder.leftovers
        self.of_facts = frozenset(i for f in self.facts for i in range(f.line, f.last + 1))

    def is_other(self, i: int) -> bool:
        """Whether a line turns to another project; the name below the facts of a portal does not.

        "Parallel project Silta" is the name of one there.
        """
        if not super().is_other(i):
            return False
        below_facts = self.portal is not None and self.portal.title == "below_facts"
        return not (below_facts and self.above(i) in self.of_facts)

    # ---- titles

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the page is called outside its text, without the name of its site."""
        outline = self.document.outline
        if outline is None:
            short = (line.text for line in self.lines if 0 < len(line.text) <= HEADING)
            return print_titles(self.document.title, short)
        return page_titles(outline, map(self.title_text, self.first_headings))

    @cached_property
    def first_headings(self) -> list[int]:
        """The headings of the first level."""
        return [i for i in self.full if self.level(i) == 1 and i not in self.of_titles]

    @cached_property
    def lists_projects(self) -> bool:
        """Whether the one heading of the first level is one above several projects."""
        heads, first = [i for i in self.full if self.level(i)], self.first_headings
        named = any(self.is_titled(i) for i in heads if i not in first)
        return len(first) == 1 and not named and self.is_portfolio

    def is_titled(self, i: int) -> bool:
        """Whether the page is called as a line says."""
        return self.agreement(i) > 1

    def agreement(self, i: int) -> int:
        """How far the titles of the page say the same as a line: 2 the same, 1 a part, 0 not."""
        text = plain(self.title_text(i))
        found = 0
        for title in map(plain, self.titles):
            if title == text:
                return 2
            # A title may be cut, or go on with a second part.
            if len(text) > 3 and (title.startswith(text) or text.startswith(title)):
                found = 1
        return found

    def is_headline(self, i: int) -> bool:
        """Whether a line may be a title: short, no sentence, and none of the known lines."""
        last = self.title_end(i)
        text = self.title_text(i) if last > i else self.lines[i].text.strip()
        if not 0 < len(text) <= HEADING or i in self.of_facts or i in self.of_titles:
            return False
        level = self.level(i)
        opening = _OPENING.match(text)
        return (
            (text[-1] not in ".,;:…" or level == 1)
            and opening is not None
            and (not opening["first"].islower() or level is not None)
            and _LETTERS.search(text) is not None
            and "\t" not in text
            and not is_private(text)
            and not (_BULLET.match(text) and level is None)
            and not (i - 1 in self.document.wraps and len(self.lines[i - 1].text) > HEADING)
            and not (level is None and (i in self.torn or self.goes_on(last)))
            and not (level is None and (self._is_part_of_label(i) or self.is_notice(i)))
            and not (level is None and _FIGURE.match(text) is not None)
            and not (level is None and _NO_NAME.search(text) is not None)
            and not (
                level is None
                and text.split()[-1] in page_words().unfinished
                and not self.has_prose_below(i, self.spelled(i))
            )
            and not (self.is_furniture(i) and not self.is_titled(i))
            and not (self.is_ending(i) or self.is_caption(i))
            # A project may be called as a label is: "Alku".
            and not (self.is_label(i) and not (level == 1 and self.is_called_below(i)))
            and not self.names_no_project(i)
            and not is_contact_label(text)
            and not (level is None and _INVESTIGATOR.fullmatch(text) is not None)
            and (level in (1, 2) or not self.is_prose(i))
        )

    def is_of_part(self, i: int, first: int) -> bool:
        """Whether a heading over a line, behind the line of a title, is a partner's or a phase's.

        Of headings of several ranks all count: "Mallilan AMK", "Rahoitus". A print
        shows none, and prose there goes by the line that stands alone above it.
        """
        in_print = self.document.outline is None and self.is_prose(i)
        rank, lowest = self.level(i) or 7, 6
        for n in range(i - 1, first, -1):
            level = self.level(n)
            if level is None and in_print and self.stands_alone(n) and self.is_headline(n):
                level = lowest
            if level == 1:
                return False
            if level is not None and level < rank and self.spelled(n) != self.spelled(first):
                rank, text = level, self.title_text(n)
                if names_part(text) and "?" not in text and not self.is_titled(n):
                    return True
        return False

    def is_called_below(self, i: int) -> bool:
        """Whether the prose below a line calls it a project: "Uusi suunta -hanke"."""
        name = plain(self.title_text(i))
        return any(self.has_prose_below(i, f"{name}-{word}") for word in ("hank", "projekt"))

    def _is_part_of_label(self, i: int) -> bool:
        """Whether a line is a label with a number, or the beginning of one in a narrow column.

        A row of a table is no name either: "Hankeaika;1.1.2018", "Budjetti 100 000 € 90 000 €".
        """
        text = self.lines[i].text
        label = words().label.match(text)
        if _ROW.search(text) is not None or self._is_head_of_sums(i):
            return True
        if label is not None and find_sums(text[label.end() :]):
            return True
        head, colon, _ = text.partition(":")
        if self._gives_money(text) or (colon and plain(head) in words().passed):
            return True
        spelled = self.spelled(i)
        numbered = _NUMBERED.sub("", spelled, count=1)
        known = (words().labels, words().headings, words().passed)
        last = words().labels.get(spelled.rpartition(" ")[2])
        if last is not None and last.kind in _DAYS and len(spelled.rpartition(" ")[2]) >= _LABEL:
            # "Uusi päättymispäivä": no word of names, unlike "Uusi alku".
            return True
        return spelled in words().beginnings or (
            numbered != spelled and any(numbered in group for group in known)
        )

    @staticmethod
    def _gives_money(text: str) -> bool:
        """Whether a line begins with the full name of a fund: "Euroopan sosiaalirahasto | …"."""
        first = any(start == 0 and " " in text[:end] for _, start, end in funds_in(text)[:1])
        return first and page_words().subject.search(text) is None

    def _is_head_of_sums(self, i: int) -> bool:
        """Whether a line holds the heads of columns: "Myönnetty", "Haettu Toteutunut"."""
        heads = self.spelled(i).split()
        return bool(heads) and all(
            head in words().planned
            or head in words().totals
            or words().otherwise.fullmatch(f"{head} ") is not None
            for head in heads
        )

    def opening_title(self, i: int) -> tuple[int, int] | None:
        """The title with which a line of a print begins that goes on with a date or a heading."""
        line = self.lines[i]
        end = page_words().after_title.search(self.document.view, line.start, line.end)
        stop = end.start() if end is not None else line.start
        # "Hanketunnus: 12345 Toteutusaika: 1.1.2011" is no part of the title before it.
        label = words().run_on.search(self.document.view, line.start, stop)
        stop = label.start() if label is not None else stop
        start, stop = line.start, line.start + len(self.document.view[line.start : stop].rstrip())
        text = self.document.view[start:stop]
        fits = 0 < len(text) <= HEADING and len(text.split()) > 1 and text[0].isupper()
        return (start, stop) if fits and not is_private(text) else None

    @cached_property
    def boxed(self) -> dict[int, str]:
        """Lines under a caption and over a bare period, as a name stands in a box of facts."""
        found = {}
        for i in self.full:
            name = self.below(i) if self.is_caption(i) else None
            period = self.below(name) if name is not None else None
            if name is None or period is None or not self.is_bare(period):
                continue
            if period_in(self.lines[period].text) is not None:
                found[name] = self.spelled(name)
        return found

    def opens_prose(self, i: int) -> bool:
        """Whether a line is a title by itself with a sentence below it."""
        if not (self.is_headline(i) and self.stands_alone(i)):
            return False
        below = self.below(self.title_end(i))
        return below is not None and below not in self.of_facts and self.is_prose(below)

    # ---- persons

    @cached_property
    def personal(self) -> frozenset[int]:
        """Lines that tell of contact persons."""
        return personal_lines(self, self._readable)

    @cached_property
    def _readable(self) -> frozenset[int]:
        """Lines whose digits are dates and sums and no phone numbers."""
        kinds = READ_ALONE - {"code"}
        return frozenset(fact.line for fact in self.facts if fact.label.kind in kinds)

    @cached_property
    def has_links(self) -> bool:
        """Whether the source has addresses or numbers behind links."""
        text = self.document.text
        return bool(self.document.starts) and ("mailto:" in text or "tel:" in text)
