"""One block of a web page to a record: its facts, its narratives, and an account of its lines."""

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

from esrdata.knowledge import load
from esrdata.reading.builder import Draft
from esrdata.reading.form.spec import Form
from esrdata.reading.quantities.periods import find_moments
from esrdata.reading.record import ABSENT, WEB, Record, Status
from esrdata.reading.web.blocks import Block
from esrdata.reading.web.names import name_slice
from esrdata.reading.web.narratives import Narratives
from esrdata.reading.web.page import Page
from esrdata.reading.web.prose import claims, most_precise
from esrdata.reading.web.seen import (
    bare_funds,
    bare_period,
    bodies_seen,
    days_seen,
    figures,
    funds_seen,
    labelled_fund,
    titled_fund,
)
from esrdata.reading.web.sentences import FIRST, FUND, LAST, Claim, sentences
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import page_words
from esrdata.reading.web.values import Values
from esrdata.reading.web.vocabulary import declared, words

_NAME, _CODE = "projects.name", "projects.project_code"
_A_CODE = re.compile(r"(?<![\w-])[SA]\d{5}(?!\w)")
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@cache
def _form() -> Form:
    """What a draft asks of its form."""
    shelf = words()
    return Form(WEB, load.LANGUAGES, {}, (), (), {}, (), (), None, shelf.blanks, shelf.personal)


class BlockReader:
    """Reads one project.

    `block`: its title, its labels and headings in the order of the page, and its lines. `alone`:
    whether no other project stands on the page, so that a fund named above its title, as in the
    banner of a page, is its own.
    """

    def __init__(self, page: Page, block: Block, *, alone: bool) -> None:
        document = page.document
        self.page, self.block, self.alone = page, block, alone
        self.title, self.facts = block.title, block.facts
        self.start, self.end = start, end = block.start, block.end
        self.first = start if self.title is None else self.title
        self.own = page.own(start, end)
        self.sentences = list(sentences(page, self.own))
        last = page.lines[end].start if end < len(page.lines) else len(document.view)
        languages = Counter(language for fact in block.facts for language in fact.label.languages)
        language = max(load.LANGUAGES, key=lambda known: languages[known])
        self.record = Record(document.path, WEB, language, declared())
        self.record.begin = page.lines[start].start
        self.draft = Draft(document, _form(), self.record, self.record.begin, last)
        self.persons = {i for i in range(start, end) if i in page.personal}
        self.values = Values(page, self.draft, self.persons)

    def run(self) -> Record:
        """Read the facts, then the prose around them, then account for the lines."""
        self._pass_over()
        if self.title is not None:
            self._read_title(self.title)
        for fact in self.facts:
            if not fact.heading:
                self.values.read(fact)
        self._read_claims()
        self._judge_end()
        Narratives(self.values, self.block).run()
        self._find_code()
        for i, parts in self.page.leftovers.items():
            if self.start <= i < self.end and i not in self.persons:
                for first, last in parts:
                    self.values.quote(i, None, first, last)
        self._report_bodies()
        self._report_figures()
        self._fill_absent()
        self.draft.account()
        return self.record

    # ---- lines

    def _pass_over(self) -> None:
        """Withhold persons and claim the lines of the site."""
        for i in range(self.start, self.end):
            if self.page.lines[i].blank:
                continue
            if i in self.persons:
                self.values.withhold(i)
            elif (
                # What is stated of another project is reported, and its prose passed over.
                (i in self.page.of_others and i not in self.page.of_facts)
                or self.page.is_caption(i)
                or self.page.is_notice(i)
                or (self.page.is_furniture(i) and not self._is_counted(i))
            ):
                self.values.claim(i)

    def _is_counted(self, i: int) -> bool:
        """Whether a number stands right below what it counts: "Osallistujat", "Budjetti (t€)"."""
        above = self.page.lines[i - 1].text.strip() if i else ""
        figure = re.sub(r"[ \u00a0,]", "", self.page.lines[i].text.strip())
        return figure.isdecimal() and (above[-1:].isalpha() or above.endswith((")", ":", "€")))

    def _read_title(self, i: int) -> None:
        for n in range(i, self.page.title_end(i) + 1):
            self.values.claim(n)
        if not any(fact.label.kind == "name" and fact.end > fact.start for fact in self.facts):
            start, end = self.block.called or name_slice(self.page, i)
            opening = self.page.opening_title(i)
            if not self.page.is_headline(i) and opening is not None:
                start, end = opening
            self.values.put_name(start, end)

    def _read_claims(self) -> None:
        """What prose says of fields that no label gives; what it says in two ways is not taken."""
        lines = self.own
        name = self.record.content(_NAME)
        named = [str(name), *self.page.titles] if name is not None else list(self.page.titles)
        above, place = self.first, self.page.document.line_index
        found = [
            claim
            for claim in claims(self.sentences, named)
            if claim.field == FUND or not self.page.is_of_part(place(claim.start), above)
        ]
        if not any(claim.field in (FIRST, LAST) for claim in found):
            found += bare_period(self.page, self._near_top())
        if not any(claim.field == FUND for claim in found):
            around = self.page.own(0, self.end) if self.alone else lines
            found += (
                bare_funds(self.page, around)
                or titled_fund(self.page, self.title)
                or labelled_fund(self.page, self.facts)
            )
        by_field: dict[str, list[Claim]] = {}
        for claim in found:
            by_field.setdefault(claim.field, []).append(claim)
        for field, given in by_field.items():
            agreed = most_precise(given)
            if self.record.values.get(field, ABSENT).status is not Status.ABSENT:
                continue
            first = agreed[0]
            if len({(claim.content, claim.qualifier) for claim in agreed}) > 1:
                line = self.draft.line_at(first.start)
                raw = "; ".join(dict.fromkeys(self.values.text(c.start, c.end) for c in agreed))
                self.draft.report("web_claims_differ", field=field, line=line, raw=raw)
                continue
            self.values.put(field, Status.READ, first.content, first.start, first.end)
            if first.qualifier is not None:
                self.record.qualifiers[field] = first.qualifier
            i = self.page.document.line_index(first.start)
            if not self.page.is_prose(i):
                self.values.claim(i)

    def _judge_end(self) -> None:
        """Report a later day beside a word for a longer time; the end is not taken then."""
        end = self.record.values.get(LAST, ABSENT)
        if not isinstance(end.content, date):
            return
        for i in self.own:
            later = None if i in self.persons else self._later(i, end.content)
            if later is None:
                continue
            raw = f"{end.raw}; {later}"
            self.draft.report("web_claims_differ", field=LAST, line=self.page.lines[i], raw=raw)
            del self.record.values[LAST]
            self.record.qualifiers.pop(LAST, None)
            return

    def _later(self, i: int, end: date) -> str | None:
        """The day behind an end of which a sentence of a line says that the time is longer."""
        text, longer = self.page.lines[i].text, page_words().extended
        for sentence in words().sentence.split(text) if longer.search(text) is not None else ():
            for day in find_moments(sentence) if longer.search(sentence) is not None else ():
                if day.last is not None and day.last > end:
                    return sentence[day.start : day.end].strip()
        return None

    def _near_top(self) -> list[int]:
        """The first full lines under the title, and the one where a box of facts says it again."""
        full = [i for i in self.own if i > self.first and not self.page.lines[i].blank]
        name, boxed = self.page.spelled(self.first), self.page.boxed
        again = (low for up, low in pairwise(full) if boxed.get(up) == name)
        return [*full[: SETTINGS.near_top], *again]

    def _report_bodies(self) -> None:
        """Who carries the project out and which office pays, where only a sentence says so."""
        names = [str(self.record.content(_NAME)), *self.page.titles]
        for field, sentence in bodies_seen(self.sentences, names):
            if field not in self.record.values:
                end = sentence.start + len(sentence.text)
                self.values.put(field, Status.UNREADABLE, None, sentence.start, end)

    def _report_figures(self) -> None:
        """Periods and sums that stand in the block, where none of their fields could be read."""
        values = self.record.values
        missing = [name for name in (FIRST, LAST) if name not in values]
        seen = figures(self.sentences)
        dates = [text for text in seen if missing and _A_YEAR.search(text)]
        if missing and not dates:
            read = {v.raw for n in (FIRST, LAST) if (v := values.get(n)) is not None}
            name = str(self.record.content(_NAME))
            dates = [text for text in days_seen(self.sentences, [name]) if text not in read]
        money = any(name.startswith("funding.") for name in values)
        sums = [] if money else [text for text in seen if not _A_YEAR.search(text)]
        funds = funds_seen(self.sentences) if FUND not in values else []
        if dates or sums or funds:
            self.draft.report("web_figures_unread", raw="; ".join([*dates, *sums, *funds]))

    def _find_code(self) -> None:
        """A lone code beside a word for a project, where no label names one."""
        if self.record.values.get(_CODE, ABSENT).status is Status.READ:
            return
        found = []
        for i in self.own:
            line = self.page.lines[i]
            if i in self.persons or not (i == self.title or words().code.search(line.text)):
                continue
            if page_words().others.search(line.text) is not None:
                continue
            found += [
                (code.group(), line.start + code.start()) for code in _A_CODE.finditer(line.text)
            ]
        if len({code for code, _ in found}) == 1:
            code, at = found[0]
            self.values.put(_CODE, Status.READ, code, at, at + len(code))
        for _, at in found if len({code for code, _ in found}) > 1 else ():
            self.values.repeated(_CODE, at)

    def _fill_absent(self) -> None:
        values = self.record.values
        for name in self.record.declared.fields:
            if name not in values and f"{name}.0" not in values:
                values[name] = ABSENT
