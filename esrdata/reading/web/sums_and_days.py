"""Sums and days of a web page: read where all that stands beside them is understood."""

import re
from functools import cached_property

from esrdata.reading.lists.unit_words import is_other_unit
from esrdata.reading.quantities.periods import (
    Moment,
    Period,
    find_day,
    is_length,
    leads_period,
)
from esrdata.reading.quantities.sums import Sum, find_sums, leads_sum, read_sum, read_unit
from esrdata.reading.record import Status
from esrdata.reading.web.beside import are_known
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.kept import Kept
from esrdata.reading.web.moments import later_day, period_in
from esrdata.reading.web.prose import sums_of
from esrdata.reading.web.sentences import FIRST, LAST, Sentence
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import flat, page_words, without_funds

# What stands in brackets in a label, or behind a value, and ends with it.
_ASIDE = re.compile(r"\(([^()\d]*\d{0,4}[^()\d]*)\)[\s:]*$")
# Around words that may stand before a sum: brackets, and its share of a whole.
_AROUND_SUM = re.compile(r"[()=]|(?<!\d)\d++(?:[.,]\d++)?\s?%(?:\s+eli\b)?")
# A label that nobody knows behind a value on its line.
_MORE = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}\s*:")
# A sentence of a few words behind one that ends with its value.
_SENTENCE = re.compile(r"\s*(?:\([^()]*\)\s*)?[.!?]\s+(?P<text>[A-ZÅÄÖ][\w-]*(?:\s+\S+){2,})")


class SumsAndDays(Kept):
    """Reads sums, periods and single days."""

    def asides(self, fact: Fact, start: int, end: int) -> list[str]:
        """What stands in brackets in the label of a fact and behind its value."""
        parts = self.text(fact.at, fact.label_end), self.text(start, end)
        found = (_ASIDE.search(part, max(0, len(part) - SETTINGS.heading)) for part in parts)
        return [aside[1] for aside in found if aside is not None]

    def read_money(self, fact: Fact, start: int, end: int) -> None:
        """Read a sum and how exactly it is given."""
        text, name = self.text(start, end), fact.label.field
        money = read_sum(text)
        if (
            money is None
            or not (self._leads(fact, text[: money.start], money) and are_known(text[money.end :]))
            or not all(
                are_known(aside) and read_unit(aside) in (None, 1)
                for aside in self.asides(fact, start, end)
            )
            or (money.bare and self._other_unit)
        ):
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        first, last = start + money.start, start + money.end
        if self.put(name, Status.READ, money.amount, first, last) and money.qualifier:
            self.record.qualifiers[name] = money.qualifier
        behind = text[money.end :]
        if (
            period_in(behind) is not None
            or _MORE.search(behind) is not None
            or not self._read_parts(text, money, start)
        ):
            self.quote(fact.line, name, fact.at, end)
        else:
            self._quote_prose(fact, last, end)

    def _leads(self, fact: Fact, before: str, money: Sum) -> bool:
        """Whether each word before a sum is known, so that it is the sum of its label."""
        if fact.label.field != "funding.total.planned":
            # "EU-rahoitus: ESR 150 000 €".
            before = without_funds(before)
        return money.total or leads_sum(_AROUND_SUM.sub(" ", before))

    @cached_property
    def _other_unit(self) -> bool:
        """Whether a line says that sums are thousands or other money: "Luvut tuhansina euroina"."""
        return any(
            is_other_unit(line.text)
            for i, line in enumerate(self.page.lines)
            if 0 < len(line.text) <= SETTINGS.heading and i not in self.page.of_facts
        )

    def _read_parts(self, text: str, money: Sum, start: int) -> bool:
        """Read the sums behind a sum that are labelled: "200 000 €, josta ESR-rahoitus 150 000 €".

        Gives whether there is no other.
        """
        behind = flat(text[money.end :])
        found = list(sums_of(Sentence(behind, start + money.end)))
        if len(find_sums(text, labelled=True)) != 1 + len(found):
            return False
        for claim in found:
            kept = self.put(claim.field, Status.READ, claim.content, claim.start, claim.end)
            if kept and claim.qualifier is not None:
                self.record.qualifiers[claim.field] = claim.qualifier
        return True

    def read_period(self, fact: Fact, start: int, end: int) -> None:
        """Read a first and a last day."""
        text = self.text(start, end)
        period = period_in(text)
        if period is None and is_length(text):
            # How long, not when: no date can be read, and none is wrong.
            self.quote(fact.line, None, fact.at, end)
        else:
            self._put_period(fact, period, start, end)

    def _put_period(self, fact: Fact, period: Period | None, start: int, end: int) -> None:
        behind = self.text(start + period.end, end) if period is not None else ""
        again = period_in(behind)
        if (
            period is None
            or not leads_period(self.text(start, start + period.start))
            or (
                again is not None
                and None not in (again.first, again.last)
                and not (behind[: again.start].strip())
            )
        ):
            # Of something else ("EU-ohjelmakausi 2014–2020"); or two, and a print does not show
            # which of them is struck out.
            for name in (FIRST, LAST):
                self.put(name, Status.UNREADABLE, None, start, end)
            return
        self._put_day(FIRST, period.first, start)
        below = self.page.below(fact.last)
        # A print has the one struck out above the new one.
        new = self.page.lines[below].text if below and self.page.is_bare(below) else ""
        longer = period.last is not None and later_day(f"{behind} {new}", period.last.last)
        if longer or page_words().apart.match(behind) is not None:
            # "1.1.2015–31.12.2016, jatkettu 30.6.2017 asti", "2015–2016, II vaihe 2017–2018",
            # "31.12.2016 saakka ja muualla pidempään".
            self.put(LAST, Status.UNREADABLE, None, start, end)
            self.quote(fact.line, None, fact.at, end)
            return
        self._put_day(LAST, period.last, start)
        if period.more or not are_known(behind) or _MORE.search(behind) or find_sums(behind):
            self.quote(fact.line, None, fact.at, end)
        else:
            self._quote_prose(fact, start + period.end, end)

    def _quote_prose(self, fact: Fact, start: int, end: int) -> None:
        """Report a sentence that begins behind a value on its line."""
        sentence = _SENTENCE.match(self.text(start, end))
        if sentence is not None:
            self.quote(fact.line, None, start + sentence.start("text"), end)

    def _put_day(self, name: str, moment: Moment | None, start: int) -> None:
        if moment is None:
            return
        day = moment.first if name == FIRST else moment.last
        status = Status.READ if day is not None else Status.UNREADABLE
        kept = self.put(name, status, day, start + moment.start, start + moment.end)
        if kept and moment.precision is not None:
            self.record.qualifiers[name] = moment.precision

    def read_day(self, fact: Fact, start: int, end: int) -> None:
        """Read the first or the last day; both may stand behind one label."""
        text = self.text(start, end)
        period = period_in(text)
        if period is not None and len({period.first, period.last} - {None}) > 1:
            self._put_period(fact, period, start, end)
            return
        day = find_day(text)
        behind = text[day.end :] if day is not None else ""
        apart = page_words().apart.match(behind) is not None
        if day is None or apart or not leads_period(text[: day.start]):
            self.put(fact.label.field, Status.UNREADABLE, None, start, end)
        else:
            self._put_day(fact.label.field, day, start)
            if find_sums(behind) or not are_known(behind):
                self.quote(fact.line, None, fact.at, end)
            else:
                self._quote_prose(fact, start + day.end, end)
