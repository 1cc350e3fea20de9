"""The labelled facts of one block of a web page, read into its record."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.reading.builder import Draft
from esrdata.reading.privacy import MASK
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.quantities.periods import Moment, Period, find_day, find_period, is_length
from esrdata.reading.quantities.sums import find_sums, read_sum
from esrdata.reading.record import ABSENT, Content, Finding, Record, Status, Value
from esrdata.reading.web.facts import Fact
from esrdata.reading.web.page import Page
from esrdata.reading.web.vocabulary import words

_FIRST, _LAST = "projects.start_date", "projects.end_date"
_ALL = re.compile(r".+", re.DOTALL)
# What is looked for behind the labels of a kind; an address does not end with a full stop.
_FOUND = {
    "code": re.compile(rf"(?<!\w){KINDS['code'].pattern}(?!\w)"),
    "url": re.compile(
        r"(?:https?://|www\.)[^\s,;]*[^\s,;.)]|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^\s,;]*[^\s,;.)])?"
    ),
    "name": _ALL,
    "text": _ALL,
    "organisation": _ALL,
}


@dataclass
class Values:
    """A block while its facts are read; `persons` are the lines whose text must not leave it."""

    page: Page
    draft: Draft
    persons: set[int]

    @property
    def record(self) -> Record:
        """The record in the making."""
        return self.draft.record

    def text(self, start: int, end: int) -> str:
        """A slice of the view."""
        return self.page.document.view[start:end]

    def claim(self, i: int) -> None:
        """Count a line as accounted for."""
        line = self.page.lines[i]
        self.draft.claim(line.start, line.end)

    def withhold(self, i: int) -> None:
        """Keep the text of a person's line out of everything."""
        self.persons.add(i)
        self.record.withheld.add(i)
        self.claim(i)

    def quote(self, i: int, field: str | None, start: int, end: int) -> None:
        """Report a part of a line that no value holds."""
        line = self.page.lines[i]
        raw = self.text(start, end).strip() if i not in self.persons else MASK
        self.draft.report("unrecognised_line", field=field, line=line, raw=raw)

    def put(self, name: str, status: Status, content: Content, start: int, end: int) -> bool:
        """Keep a value unless its field has one; a second one that differs is reported."""
        before = self.record.values.get(name)
        if before is not None and before.status is Status.READ:
            if status is not Status.BLANK and content != before.content:
                line = self.draft.line_at(start)
                raw = self.draft.quoted(line)
                self.draft.report("label_repeated", field=name, line=line, raw=raw)
            return False
        self.draft.put(name, status, content, start, end)
        return True

    def read(self, fact: Fact) -> None:
        """Read one fact, whatever its kind."""
        for i in range(fact.line, fact.last + 1):
            self.claim(i)
        start, end = self.draft.strip(fact.start, fact.end)
        text = self.text(start, end)
        kind, name = fact.label.kind, fact.label.field
        names = (_FIRST, _LAST) if kind == "period" else (name,)
        if not text or load.fold(text) in words().blanks:
            for each in names:
                if each not in self.record.values:
                    self.put(each, Status.BLANK, None, start, end)
            return
        if self.persons.intersection(range(fact.line, fact.last + 1)):
            self.refuse(fact)
            return
        if kind == "organisation" and not words().organisation.search(text):
            # Behind this label the others are persons.
            for i in range(fact.line, fact.last + 1):
                self.withhold(i)
            return
        _READERS[kind](self, fact, start, end)

    def refuse(self, fact: Fact) -> None:
        """Keep neither value nor text of a line with a person's address or number."""
        line = self.page.lines[fact.line]
        number = self.page.document.span(line.start, line.end).line
        if self.record.values.get(fact.label.field, ABSENT).status is not Status.READ:
            self.record.values[fact.label.field] = Value(Status.UNREADABLE)
            self.record.findings.append(Finding("value_unreadable", fact.label.field, number, MASK))

    def read_found(self, fact: Fact, start: int, end: int) -> None:
        """Read what is met by the pattern of its kind."""
        name, text = fact.label.field, self.text(start, end)
        met = list(_FOUND[fact.label.kind].finditer(text))
        if not met:
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        content = " ".join(met[0].group().split())
        self.put(name, Status.READ, content, start + met[0].start(), start + met[0].end())
        if len({other.group() for other in met}) > 1:
            self.quote(fact.line, name, fact.at, end)

    def read_money(self, fact: Fact, start: int, end: int) -> None:
        """Read a sum and how exactly it was said."""
        text, name = self.text(start, end), fact.label.field
        money = read_sum(text)
        if money is None:
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        first, last = start + money.start, start + money.end
        if self.put(name, Status.READ, money.amount, first, last) and money.qualifier:
            self.record.qualifiers[name] = money.qualifier
        if len(find_sums(text, labelled=True)) > 1:
            self.quote(fact.line, name, fact.at, end)

    def read_period(self, fact: Fact, start: int, end: int) -> None:
        """Read a first and a last day."""
        text = self.text(start, end)
        period = find_period(text)
        if period is None and is_length(text):
            # How long, not when: no date can be read, and none is wrong.
            self.quote(fact.line, None, fact.at, end)
        elif period is None:
            for name in (_FIRST, _LAST):
                self.put(name, Status.UNREADABLE, None, start, end)
        else:
            self._put_period(fact, period, start, end)

    def _put_period(self, fact: Fact, period: Period, start: int, end: int) -> None:
        self._put_day(_FIRST, period.first, start)
        self._put_day(_LAST, period.last, start)
        if period.more:
            self.quote(fact.line, None, fact.at, end)

    def _put_day(self, name: str, moment: Moment | None, start: int) -> None:
        if moment is None:
            return
        day = moment.first if name == _FIRST else moment.last
        status = Status.READ if day is not None else Status.UNREADABLE
        kept = self.put(name, status, day, start + moment.start, start + moment.end)
        if kept and moment.precision is not None:
            self.record.qualifiers[name] = moment.precision

    def read_day(self, fact: Fact, start: int, end: int) -> None:
        """Read the first or the last day; both may stand behind one label."""
        text = self.text(start, end)
        period = find_period(text)
        sides = {period.first, period.last} if period is not None else set()
        if period is not None and len(sides - {None}) > 1:
            self._put_period(fact, period, start, end)
            return
        day = find_day(text)
        if day is None:
            self.put(fact.label.field, Status.UNREADABLE, None, start, end)
        else:
            self._put_day(fact.label.field, day, start)

    def read_list(self, fact: Fact, start: int, end: int) -> None:
        """Read places; names that hold a comma themselves stay whole."""
        name, view = fact.label.field, self.page.document.view
        whole = {load.fold(row["label_fi"]) for row in load.codes("municipalities_with_comma")}
        if f"{name}.0" in self.record.values:
            line = self.draft.line_at(start)
            raw = self.draft.quoted(line)
            self.draft.report("label_repeated", field=name, line=line, raw=raw)
            return
        items: list[tuple[int, int]] = []
        at = start
        for met in [*words().ands.finditer(view, start, end), None]:
            first, last = self.draft.strip(at, met.start() if met is not None else end)
            if first < last and items and load.fold(view[items[-1][0] : last]) in whole:
                items[-1] = (items[-1][0], last)
            elif first < last:
                items.append((first, last))
            at = met.end() if met is not None else end
        for i, (first, last) in enumerate(items):
            content = " ".join(view[first:last].split())
            self.draft.put(f"{name}.{i}", Status.READ, content, first, last)


_READERS: dict[str, Callable[[Values, Fact, int, int], None]] = {
    "period": Values.read_period,
    "start": Values.read_day,
    "end": Values.read_day,
    "sum": Values.read_money,
    "list": Values.read_list,
    **dict.fromkeys(_FOUND, Values.read_found),
}
