"""The labelled facts of one block of a web page, read into its record."""

import re
from collections.abc import Callable

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.listed import between_places, listed
from esrdata.reading.privacy import MASK
from esrdata.reading.quantities.kinds import KINDS
from esrdata.reading.record import ABSENT, Finding, Status, Value
from esrdata.reading.web.alone import OTHER_NUMBER, READ_ALONE
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.facts import LABEL_LIKE
from esrdata.reading.web.kept import GOES_ON
from esrdata.reading.web.organisations import (
    ORGANISATIONS,
    Organisations,
    is_said,
)
from esrdata.reading.web.persons import before_person, is_address, is_private
from esrdata.reading.web.sentences import FIRST, LAST
from esrdata.reading.web.shelf import page_words
from esrdata.reading.web.sums_and_days import SumsAndDays
from esrdata.reading.web.vocabulary import names_part, words

# Kinds of value that are of one project only.
_OF_ONE = frozenset({"period", "start", "end", "sum", "code"})
_TEXTS = frozenset({"name", "text", "organisation"})
# What a place is to the project, or where it is: "Kotka (hallinnoija)", "Kotka (Kymenlaakso)".
_ROLE = re.compile(r"\((?P<first>[^\W\d])[^()]*+\)\s*+$")
# What is looked for behind the labels of a kind; an address does not end with a full stop.
_FOUND = {
    "code": re.compile(rf"(?<!\w){KINDS['code'].pattern}(?!\w)"),
    "url": re.compile(
        r"(?:https?://|www\.)[^\s,;]*[^\s,;.)]"
        # From the first of its names only: each of a thousand would be tried to the end.
        r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^\s,;]*[^\s,;.)])?"
    ),
}


@per_shelf
def _called(codes: str) -> frozenset[str]:
    """How the places of a code list are called in all languages."""
    rows = load.codes(codes)
    labels = [row[f"label_{language}"] for row in rows for language in load.LANGUAGES]
    return frozenset(
        map(load.fold, [*labels, *(v for r in rows for v in r["variants"].split("|"))])
    )


def _place_end(view: str, start: int, end: int) -> int | None:
    """Where the name of a place ends; None where an item is none: a number, a sentence."""
    aside = _ROLE.search(view, start, end)
    end = start + len(view[start : aside.start()].rstrip()) if aside is not None else end
    others = words().and_others.search(view, start, end)
    # A full stop behind the last of them is none of its name.
    end = others.start() if others is not None else end - view[start:end].endswith(".")
    text = view[start:end]
    # "Virolahden kunta" is no name of one, "Pedersören kunta" is.
    small = any(word[0].islower() for word in text.split())
    small = small and load.fold(text) not in _called("municipality_names")
    none = any(map(str.isdigit, text)) or small or words().area.search(text) is not None
    # "Kotka/Hamina" may be two places, or one in two languages.
    return None if not text[:1].isupper() or "/" in text or none else end


def _cuts_more(view: str, end: int, last: int) -> bool:
    """Whether more than what a place is to the project stands behind its name."""
    role = _ROLE.match(view, end + len(view[end:last]) - len(view[end:last].lstrip()), last)
    others = words().and_others.match(view, end, last) is not None
    return others or (role is not None and role["first"].isupper())


def _is_known_heading(text: str) -> bool:
    """Whether a heading says of facts below it no more than what they are: "Rahoitus ja aika"."""
    of_part = words().of_part.search(text) or words().organisation.search(text)
    return "?" in text or (of_part is None and words().over_facts.search(text) is not None)


class Values(Organisations, SumsAndDays):
    """Reads the facts of a block."""

    def read(self, fact: Fact) -> None:
        """Read one fact, whatever its kind."""
        for i in range(fact.line, fact.last + 1):
            self.claim(i)
        start, end = self.draft.strip(fact.start, fact.end)
        text = self.text(start, end)
        kind, name = fact.label.kind, fact.label.field
        names = (FIRST, LAST) if kind == "period" else (name,)
        if not text or load.fold(text) in words().blanks:
            for each in names:
                if each not in self.record.values:
                    self.put(each, Status.BLANK, None, start, end)
            return
        if self.persons.intersection(range(fact.line, fact.last + 1)):
            public = before_person(text, alone=kind in READ_ALONE)
            if public is None:
                self.refuse(fact)
                return
            if not is_private(text) or words().organisation.search(text, public):
                # A person without a number, or a body behind the person of the first one.
                self.quote(fact.line, name if kind != "period" else None, fact.at, end)
            end = start + public
            text = self.text(start, end)
        if kind in _OF_ONE and any(map(page_words().others.search, self.asides(fact, start, end))):
            # The period of the project before, the code of the one behind.
            self.quote(fact.line, name if kind != "period" else None, fact.at, end)
            return
        if (
            fact.unsure
            or (kind in _OF_ONE and self._is_of_part(fact))
            or (fact.torn and kind not in READ_ALONE)
            or (kind in _TEXTS and self._is_torn(fact, text))
        ):
            for each in names:
                self.put(each, Status.UNREADABLE, None, start, end)
            return
        if kind == "organisation" and not words().organisation.search(text):
            # Behind this label the others are persons.
            for i in range(fact.line, fact.last + 1):
                self.withhold(i)
            return
        _READERS[kind](self, fact, start, end)

    def _is_of_part(self, fact: Fact) -> bool:
        """Whether facts stand under or beside words that make them a partner's or a phase's."""
        page, first = self.page, self.page.document.line_index(self.draft.start)
        before = self.text(page.lines[fact.line].start, fact.at).split("\t")
        if len(before) > 1 and names_part(before[-2].strip()):
            return True
        if page.is_of_part(fact.line, first):
            return True
        over = range(fact.line - 1, first, -1)
        i = next((i for i in over if not (page.lines[i].blank or i in page.of_facts)), first)
        if i == first or not page.is_headline(i) or page.is_titled(i):
            return False
        if first not in page.of_facts and page.above(i) == page.title_end(first):
            # A second line of the title.
            return False
        level, same = page.level(i), page.spelled(i) == page.spelled(first)
        over_facts = (level or 0) > 1
        if level is None and fact.line == fact.last:
            # A value on the next line is one of several, with their labels above them.
            alone = page.document.outline is None and page.stands_alone(i)
            over_facts = alone or self._is_partner(i)
        return over_facts and not (same or _is_known_heading(page.title_text(i)))

    def _is_partner(self, i: int) -> bool:
        """Whether a line that is no heading names a partner, and is not the value of a label."""
        page, above, text = self.page, self.page.above(i), self.page.title_text(i)
        listed = above is not None and (
            page.is_label(above) or page.is_caption(above) or names_part(page.title_text(above))
        )
        return names_part(text) and not listed and LABEL_LIKE.match(text) is None

    def _is_torn(self, fact: Fact, text: str) -> bool:
        """Whether a text is the beginning or the end of one: in a narrow column, or a lost line."""
        whole = GOES_ON.search(text) is None and words().organisation.fullmatch(text) is None
        other = fact.label.field in ORGANISATIONS and (is_said(text) or is_address(text))
        return not whole or other or self.page.goes_on(fact.last)

    def refuse(self, fact: Fact) -> None:
        """Keep neither value nor text of a line with a person's address or number."""
        line = self.page.lines[fact.line]
        number = self.page.document.span(line.start, line.end).line
        if self.record.values.get(fact.label.field, ABSENT).status is not Status.READ:
            self.record.values[fact.label.field] = Value(Status.UNREADABLE)
            self.record.findings.append(Finding("value_unreadable", fact.label.field, number, MASK))

    def read_code(self, fact: Fact, start: int, end: int) -> None:
        """Read a project code; the number of another register is none, and no mistake."""
        if OTHER_NUMBER.fullmatch(self.text(start, end)) is None:
            self.read_found(fact, start, end)

    def read_found(self, fact: Fact, start: int, end: int) -> None:
        """Read what is found by the pattern of its kind."""
        name, text = fact.label.field, self.text(start, end)
        matches = list(_FOUND[fact.label.kind].finditer(text))
        if not matches:
            self.put(name, Status.UNREADABLE, None, start, end)
            return
        content = matches[0].group()
        self.put(name, Status.READ, content, start + matches[0].start(), start + matches[0].end())
        if len({other.group() for other in matches}) > 1:
            self.quote(fact.line, name, fact.at, end)

    def read_list(self, fact: Fact, start: int, end: int) -> None:
        """Read places; names that hold a comma themselves stay whole."""
        name, view = fact.label.field, self.page.document.view
        if f"{name}.0" in self.record.values:
            self.repeated(name, start)
            return
        items = [
            item
            for piece in self.lines(start, end, items=True)
            for item in listed(view, *piece, between_places())
        ]
        places = [(first, _place_end(view, first, last)) for first, last in items]
        if not name.endswith(".region"):
            # No region is a municipality.
            places = [
                (a, b if b is not None and load.fold(view[a:b]) not in _called("regions") else None)
                for a, b in places
            ]
        if any(
            stop is None or _cuts_more(view, stop, last)
            for (_, stop), (_, last) in zip(places, items, strict=True)
        ):
            self.quote(fact.line, name, fact.at, end)
        # Of a sentence no part is a list.
        sure = all(stop is not None for _, stop in places)
        found = [(first, stop) for first, stop in places if stop is not None and sure]
        for i, (first, stop) in enumerate(found):
            content = " ".join(view[first:stop].split())
            self.draft.put(f"{name}.{i}", Status.READ, content, first, stop)


_READERS: dict[str, Callable[[Values, Fact, int, int], None]] = {
    "period": Values.read_period,
    "start": Values.read_day,
    "end": Values.read_day,
    "sum": Values.read_money,
    "list": Values.read_list,
    "name": lambda values, _, start, end: values.put_name(start, end),
    "url": Values.read_found,
    "code": Values.read_code,
    "text": Values.read_text,
    "organisation": Values.read_text,
    "status": Values.read_text,
    "fund": Values.read_fund,
    "funder": Values.read_funder,
    # Behind a label of other registers nothing is read; its lines are accounted for.
    "passed": lambda values, fact, start, end: None,
}
