"""The labelled facts of one block of a web page, read into its record."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.reading.builder import Draft
from esrdata.reading.listed import between_places, listed
from esrdata.reading.privacy import MASK
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.quantities.periods import Moment, Period, is_length
from esrdata.reading.quantities.sums import find_sums, read_sum
from esrdata.reading.record import ABSENT, Content, Finding, Record, Status, Value
from esrdata.reading.web.alone import READ_ALONE
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.moments import day_in, period_in
from esrdata.reading.web.page import Page
from esrdata.reading.web.persons import is_name, is_private
from esrdata.reading.web.sentences import FUND
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import BULLET, plain, words

_FIRST, _LAST = "projects.start_date", "projects.end_date"
_ALL = re.compile(r".+", re.DOTALL)
# Between the givers of a project's money.
_GIVERS = re.compile(r"(?:(?<!\s)\s+)?(?:[,;/&+\n\t]|(?<=\s)(?:ja|sekä|och|samt|and)(?=\s))\s*")
_WITH_AND = re.compile(r"\s(?:ja|sekä|och|samt|and|&)\s")
# What stands in brackets in a label, or behind a value, and ends with it.
_ASIDE = re.compile(r"\(([^()\d]*\d{0,4}[^()\d]*)\)[\s:]*$")
_A_YEAR = re.compile(r"(?:[^\W\d]{1,5}\.?\s+)?(?:19|20)\d{2}")
# Kinds of value that are of one project only.
_OF_ONE = frozenset({"period", "start", "end", "sum", "code"})
_LIST_SIGN = re.compile(rf"\A\s*{BULLET}")
# The next sentence behind a name, which may end with an abbreviation.
_NEXT = re.compile(r"(?<=[^\s.]{2})\.\s+(?=[A-ZÅÄÖ][^.]*\s\S+\s)")
_LAST_PART = re.compile(r"(?:(?<!\s)\s+)?[,;/]\s*")
_ORGANISATIONS = ("projects.applicant", "projects.authority")
_NOT_OURS = re.compile(r"[\d/ .-]{2,}")
# A label that nobody knows behind a value on its line.
_MORE = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}\s*:")
# A sentence of a few words behind one that ends with its value.
_SENTENCE = re.compile(r"\s*(?:\([^()]*\)\s*)?[.!?]\s+(?P<text>[A-ZÅÄÖ][\w-]*(?:\s+\S+){2,})")
# Before a person or a number that follows an organisation on its line.
_TAIL = re.compile(r"[\s,;:/(–-]+$")
# What is looked for behind the labels of a kind; an address does not end with a full stop.
_FOUND = {
    "code": re.compile(rf"(?<!\w){KINDS['code'].pattern}(?!\w)"),
    "url": re.compile(
        r"(?:https?://|www\.)[^\s,;]*[^\s,;.)]"
        # From the first of its names only: each of a thousand would be tried to the end.
        r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^\s,;]*[^\s,;.)])?"
    ),
    "name": _ALL,
    "text": _ALL,
    "organisation": _ALL,
}


def _is_organisation(text: str) -> bool:
    return words().organisation.search(text) is not None


def _are_several(parts: list[str], text: str, *, labelled: bool) -> bool:
    """Whether a value names several organisations; of two, one may be a unit of the other."""
    if labelled:
        return sum(map(_is_organisation, parts)) > 1
    alike = all(_is_organisation(part) and part[:1].isupper() for part in parts)
    return alike and len(parts) > (1 if _WITH_AND.search(text) is not None else 2)


def _name_end(text: str) -> int:
    """Where the name of an organisation ends, behind which a partner, a person or an ID stands."""
    found = [pattern.search(text) for pattern in (words().after_name, words().role, _NEXT)]
    stop = min((match.start() for match in found if match is not None), default=len(text))
    parts = _LAST_PART.split(text[:stop])
    while len(parts) > 1 and (is_name(parts[-1]) or _is_fund(parts[-1])):
        stop = text[:stop].rindex(parts[-1], 0, stop)
        parts.pop()
    tail = _TAIL.search(text, 0, stop)
    name = text[: tail.start() if tail is not None else stop]
    return len(name) if _is_organisation(name) else len(text)


def _is_fund(text: str) -> bool:
    funds = funds_in(text)
    return bool(funds) and not re.search(r"\w{3}", text[: funds[0][1]] + text[funds[-1][2] :])


def _is_of_another(words_: str) -> bool:
    """Whether words beside a sum make it another one: applied for, of one year, of a partner."""
    text = words_.strip(" (),:")
    return bool(text) and (
        words().otherwise.search(f"{text} ") is not None
        or words().share.search(text) is not None
        or _A_YEAR.fullmatch(text) is not None
        or (
            _is_organisation(text)
            and text[0].isupper()
            and len(text.split()) <= SETTINGS.named
            and page_words().authority.search(text) is None
        )
    )


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
            public = self._public(kind, start, end)
            if public is None:
                self.refuse(fact)
                return
            end = public
            text = self.text(start, end)
        if kind in _OF_ONE and any(map(page_words().others.search, self._asides(fact, start, end))):
            # The period of the project before, the code of the one behind.
            self.quote(fact.line, name if kind != "period" else None, fact.at, end)
            return
        if fact.unsure or (fact.torn and kind not in READ_ALONE):
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        if kind == "organisation" and not words().organisation.search(text):
            # Behind this label the others are persons.
            for i in range(fact.line, fact.last + 1):
                self.withhold(i)
            return
        _READERS[kind](self, fact, start, end)

    def _asides(self, fact: Fact, start: int, end: int) -> list[str]:
        """What stands in brackets in the label of a fact and behind its value."""
        parts = self.text(fact.at, fact.label_end), self.text(start, end)
        found = (_ASIDE.search(part, max(0, len(part) - SETTINGS.heading)) for part in parts)
        return [aside[1] for aside in found if aside is not None]

    def _public(self, kind: str, start: int, end: int) -> int | None:
        """Where the part of a value ends that comes before a person or a number; None without one.

        An organisation may have its contact person behind it on the same line.
        """
        text = self.text(start, end)
        if not is_private(text) and words().role.search(text) is None:
            return end if kind in READ_ALONE or not is_name(text) else None
        role = words().role.search(text)
        cut = role.start() if role is not None else len(text)
        while cut and is_private(text[:cut]):
            cut = max(text.rfind(sign, 0, cut) for sign in " ,;/(\n")
            if cut <= 0:
                return None
        tail = _TAIL.search(text, 0, cut)
        cut = tail.start() if tail is not None else cut
        kept = text[:cut]
        # A name may stand between the two: "Kylät ry, Maija Mallinen, p. 0".
        parts = re.split(r"(?:(?<!\s)\s+)?[,;/]\s*", kept)
        while len(parts) > 1 and is_name(parts[-1]):
            parts.pop()
        kept = kept[: kept.rindex(parts[-1]) + len(parts[-1])] if parts[-1] else kept
        if kind in READ_ALONE:
            return start + len(kept) if kept.strip() else None
        return start + len(kept) if words().organisation.search(kept) is not None else None

    def refuse(self, fact: Fact) -> None:
        """Keep neither value nor text of a line with a person's address or number."""
        line = self.page.lines[fact.line]
        number = self.page.document.span(line.start, line.end).line
        if self.record.values.get(fact.label.field, ABSENT).status is not Status.READ:
            self.record.values[fact.label.field] = Value(Status.UNREADABLE)
            self.record.findings.append(Finding("value_unreadable", fact.label.field, number, MASK))

    def pass_over(self, fact: Fact, start: int, end: int) -> None:
        """Nothing is read behind a label of other registers; its lines are accounted for."""

    def read_code(self, fact: Fact, start: int, end: int) -> None:
        """Read a project code; the number of another register is none, and no mistake."""
        if _NOT_OURS.fullmatch(self.text(start, end)) is None:
            self.read_found(fact, start, end)

    def read_fund(self, fact: Fact, start: int, end: int) -> None:
        """Read the fund; another giver's money is no fund of ours."""
        text = self.text(start, end)
        codes = {code for code, _, _ in funds_in(text)}
        if len(codes) == 1:
            code, first, last = funds_in(text)[0]
            self.put(FUND, Status.READ, code, start + first, start + last)
        elif codes:
            self.put(FUND, Status.UNREADABLE, None, start, end)
        if find_sums(text) or not (codes or page_words().other_fund.search(text)):
            # A sum of a kind that nobody says, or a giver that nobody knows.
            self.quote(fact.line, None, fact.at, end)

    def read_funder(self, fact: Fact, start: int, end: int) -> None:
        """Read who gives the money: funds are funds, an office is the authority."""
        text = self.text(start, end)
        funds = funds_in(text)
        codes = {code for code, _, _ in funds}
        if len(codes) == 1:
            code, first, last = funds[0]
            self.put(FUND, Status.READ, code, start + first, start + last)
        elif codes:
            self.put(FUND, Status.UNREADABLE, None, start, end)
        offices, unknown, at = [], False, 0
        for divider in [*_GIVERS.finditer(text), None]:
            first, last = self.draft.strip(
                start + at, start + (divider.start() if divider is not None else len(text))
            )
            part = self.text(first, last)
            at = divider.end() if divider is not None else at
            if not part or funds_in(part) or page_words().other_fund.search(part):
                continue
            if page_words().authority.search(part):
                offices.append((first, last))
            else:
                unknown = True
        if len(offices) == 1 and not unknown:
            first, last = offices[0]
            content = " ".join(self.text(first, last).split())
            self.put(fact.label.field, Status.READ, content, first, last)
        elif offices or (unknown and not codes):
            # Givers of whom nobody knows which is the authority.
            self.quote(fact.line, fact.label.field, fact.at, end)
            return
        if find_sums(text) or period_in(text) is not None:
            self.quote(fact.line, None, fact.at, end)

    def read_text(self, fact: Fact, start: int, end: int) -> None:
        """Read a text; of several organisations the one that answers for the project."""
        text = self.text(start, end)
        leads = list(words().lead.finditer(text))
        label = plain(self.text(fact.at, fact.label_end)).strip(" :")
        ends = fact.label.field in _ORGANISATIONS and label not in words().several
        stop = _name_end(text) if ends else len(text)
        parts = _GIVERS.split(text[:stop])
        if len(leads) == 1:
            before = text[: leads[0].start()]
            first = max((found.end() for found in _GIVERS.finditer(before)), default=0)
            content = " ".join(before[first:].split())
            self.put(fact.label.field, Status.READ, content, start + first, start + len(before))
            if len(_GIVERS.split(text)) > 1:
                self.quote(fact.line, fact.label.field, fact.at, end)
        elif len(self._lines(start, end)) > 1 or _are_several(
            parts, text[:stop], labelled=label in words().several
        ):
            self.quote(fact.line, fact.label.field, fact.at, end)
        elif stop < len(text):
            content = " ".join(text[:stop].split())
            self.put(fact.label.field, Status.READ, content, start, start + stop)
            person = words().role.search(text) is not None or is_name(_LAST_PART.split(text)[-1])
            raw = MASK if person else self.text(fact.at, end)
            line = self.page.lines[fact.line]
            self.draft.report("unrecognised_line", field=fact.label.field, line=line, raw=raw)
        else:
            self.read_found(fact, start, end)

    def read_found(self, fact: Fact, start: int, end: int) -> None:
        """Read what is found by the pattern of its kind."""
        name, text = fact.label.field, self.text(start, end)
        matches = list(_FOUND[fact.label.kind].finditer(text))
        if not matches:
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        content = " ".join(matches[0].group().split())
        self.put(name, Status.READ, content, start + matches[0].start(), start + matches[0].end())
        if len({other.group() for other in matches}) > 1:
            self.quote(fact.line, name, fact.at, end)

    def read_money(self, fact: Fact, start: int, end: int) -> None:
        """Read a sum and how exactly it is given."""
        text, name = self.text(start, end), fact.label.field
        money = read_sum(text)
        if money is None or any(
            map(_is_of_another, (text[: money.start], *self._asides(fact, start, end)))
        ):
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        first, last = start + money.start, start + money.end
        if self.put(name, Status.READ, money.amount, first, last) and money.qualifier:
            self.record.qualifiers[name] = money.qualifier
        if len(find_sums(text, labelled=True)) > 1 or period_in(text[money.end :]) is not None:
            self.quote(fact.line, name, fact.at, end)
        else:
            self._quote_prose(fact, last, end)

    def read_period(self, fact: Fact, start: int, end: int) -> None:
        """Read a first and a last day."""
        text = self.text(start, end)
        period = period_in(text)
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
        behind = self.text(start + period.end, end)
        if period.more or _MORE.search(behind) is not None or find_sums(behind):
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
        day = moment.first if name == _FIRST else moment.last
        status = Status.READ if day is not None else Status.UNREADABLE
        kept = self.put(name, status, day, start + moment.start, start + moment.end)
        if kept and moment.precision is not None:
            self.record.qualifiers[name] = moment.precision

    def read_day(self, fact: Fact, start: int, end: int) -> None:
        """Read the first or the last day; both may stand behind one label."""
        text = self.text(start, end)
        period = period_in(text)
        sides = {period.first, period.last} if period is not None else set()
        if period is not None and len(sides - {None}) > 1:
            self._put_period(fact, period, start, end)
            return
        day = day_in(text)
        if day is None:
            self.put(fact.label.field, Status.UNREADABLE, None, start, end)
        else:
            self._put_day(fact.label.field, day, start)
            if find_sums(text[day.end :]):
                self.quote(fact.line, None, fact.at, end)
            else:
                self._quote_prose(fact, start + day.end, end)

    def _lines(self, start: int, end: int) -> list[tuple[int, int]]:
        """The lines of a value, without their bullets; a line that is only wrapped goes on."""
        document, found = self.page.document, [start]
        for at in range(document.line_index(start), document.line_index(end)):
            if at not in document.wraps:
                found.append(document.lines[at + 1].start)
        pieces = zip(found, [*found[1:], end], strict=True)
        return [(b - len(_LIST_SIGN.sub("", document.view[a:b], count=1)), b) for a, b in pieces]

    def read_list(self, fact: Fact, start: int, end: int) -> None:
        """Read places; names that hold a comma themselves stay whole."""
        name, view = fact.label.field, self.page.document.view
        if f"{name}.0" in self.record.values:
            line = self.draft.line_at(start)
            raw = self.draft.quoted(line)
            self.draft.report("label_repeated", field=name, line=line, raw=raw)
            return
        items = [
            item
            for piece in self._lines(start, end)
            for item in listed(view, *piece, between_places())
        ]
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
    "code": Values.read_code,
    "text": Values.read_text,
    "fund": Values.read_fund,
    "funder": Values.read_funder,
    "passed": Values.pass_over,
}
