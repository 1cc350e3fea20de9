"""Who answers for a project and who pays for it: one name out of what stands behind a label."""

import re
from dataclasses import replace

from esrdata.reading.privacy import MASK
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.sums import find_sums
from esrdata.reading.record import Status
from esrdata.reading.web.cells import Fact
from esrdata.reading.web.days import of_programme
from esrdata.reading.web.kept import GOES_ON, LIST_SIGN, Kept
from esrdata.reading.web.moments import period_in
from esrdata.reading.web.persons import LAST_PART, TAIL, is_name
from esrdata.reading.web.sentences import FUND
from esrdata.reading.web.shelf import funds_in, is_but_funds, page_words, without_funds
from esrdata.reading.web.vocabulary import plain, words

# Between the givers of a project's money; none between "Sosiaali- ja terveysministeriö".
_GIVERS = re.compile(
    r"(?:(?<!\s)\s+)?(?:[,;/&+\n\t]|(?<![-\u2010–]\s)(?<=\s)(?:ja|sekä|och|samt|and)(?=\s))\s*"
)
_WITH_AND = re.compile(r"(?<![-\u2010–])\s(?:ja|sekä|och|samt|and|&)\s")
# "Hämeen ELY-keskus (ESR)", "ESR (Hämeen ELY-keskus)".
_BRACKETED = re.compile(r"(?P<before>[^()]*[^()\s])\s*\((?P<within>[^()]+)\)")
# What no name holds: another label, a sum of names, a day, that some are left out.
_NO_NAME = re.compile(
    r";|:\s|\s\+\s|\bc/o\b|(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d)"
    r"|(?<!\w)(?:mm|ym|yms|jne|esim|m\.fl|bl\.a|etc|e\.g)\b"
)
# A legal form ends a name that may hold "ja" or "&" itself: Koti ja Koulu ry.
_LEGAL_FORM = re.compile(r"(?<=\s)\S{1,4}\Z")
# What ends a sentence; "r.y." and "Inc." end a name.
_FULL_STOP = re.compile(r"(?<![\w.-])[a-zåäö]{2,}\.\Z")
# The next sentence behind a name, which may end with an abbreviation.
_NEXT = re.compile(r"(?<=[^\s.]{2})\.\s+(?=[A-ZÅÄÖ][^.]*\s\S+\s)")
#: The fields that hold one organisation.
ORGANISATIONS = ("projects.applicant", "projects.authority")


def is_organisation(text: str) -> bool:
    """Whether a text has a word of organisations."""
    return words().organisation.search(text) is not None


def is_said(text: str) -> bool:
    """Whether a text is a sentence of who does what, and no name."""
    return words().says.search(text) is not None or page_words().subject.search(text) is not None


def _are_several(parts: list[str], text: str, *, labelled: bool) -> bool:
    """Whether a value names several organisations; of two, one may be a unit of the other."""
    organisations = sum(map(is_organisation, parts))
    if not all(part[:1].isupper() for part in parts):
        return labelled and organisations > 1
    if labelled or len(parts) == 1:
        return len(parts) > 1
    if _WITH_AND.search(text) is not None and organisations < len(parts):
        return organisations > 0 and _LEGAL_FORM.search(text) is None
    # "Turun yliopisto, Kauppakorkeakoulu" is one; "Humak, Turun yliopisto" are two.
    unit = organisations == len(parts) or not is_organisation(parts[-1])
    return len(parts) > (1 if _WITH_AND.search(text) is not None or not unit else 2)


def _is_no_name(text: str) -> bool:
    """Whether a text tells of a body and names none: "ei vielä valittu", "mm. Humak"."""
    # The words before the first capital; the one that holds it may be the name ("iLiike").
    small = re.match(r"(?:\W*+(?!\w*[A-ZÅÄÖ\d])\w++)+", text)
    known = small is None or is_organisation(small[0]) or page_words().authority.search(small[0])
    return not known or _NO_NAME.search(text) is not None or bool(find_sums(text))


def _has_a_line_each(text: str, *, several: bool) -> bool:
    """Whether each line names an organisation, though a print shows no end of a paragraph."""
    first, *more = text.split("\n")
    apart = all(line[:1].isupper() for line in more) and GOES_ON.search(first) is None
    return bool(more) and apart and (several or all(map(is_organisation, [first, *more])))


def _name_end(text: str) -> int:
    """Where the name of an organisation ends, behind which a partner, a person or an ID stands."""
    found = [pattern.search(text) for pattern in (words().after_name, words().role, _NEXT)]
    stop = min((match.start() for match in found if match is not None), default=len(text))
    parts = LAST_PART.split(text[:stop])
    while len(parts) > 1 and (is_name(parts[-1]) or is_but_funds(parts[-1])):
        stop = text[:stop].rindex(parts[-1], 0, stop)
        parts.pop()
    tail = TAIL.search(text, 0, stop)
    name = text[: tail.start() if tail is not None else stop]
    person = words().role.search(text) is not None
    return len(name) if person or is_organisation(name) else len(text)


def _is_no_giver(text: str) -> bool:
    """Whether a part is a share or the Union: "75 %", "EU", "Euroopan unioni"."""
    words_ = re.search(r"[^\W\d_]{2}", re.sub(r"\bEU\b", "", text))
    return words_ is None or page_words().notice.fullmatch(text) is not None


def _office(text: str) -> tuple[int, int] | None:
    """Where in a giver the office stands: alone, beside a fund in brackets, or behind "via"."""
    shelf = page_words()
    inflected = shelf.office_inflected.search(text) is not None
    funds = funds_in(text)
    # "ESR 75 %, Pohjanmaan liitto 25 %": it gives a share of its own.
    shares = not funds and (money_words().percent.search(text) or find_sums(text))
    if shelf.authority.search(text) is None or inflected or shares or is_said(text):
        return None
    if not funds:
        return 0, len(text)
    bracketed = _BRACKETED.fullmatch(text)
    parts = [bracketed.span("before"), bracketed.span("within")] if bracketed is not None else []
    via = words().via.search(text)
    if via is not None:
        parts += [(0, len(text[: via.start()].rstrip())), (via.end(), len(text))]
    found = [(a, b) for a, b in parts if shelf.authority.search(text[a:b])]
    alone = len(found) == 1 and not funds_in(text[slice(*found[0])])
    return found[0] if alone else None


class Organisations(Kept):
    """Reads the applicant, the authority, the givers of the money and the fund."""

    def read_fund(self, fact: Fact, start: int, end: int) -> None:
        """Read the fund; another giver's money is no fund of ours."""
        text = self.text(start, end)
        if funds_in(text):
            # "Rahoitus: Euroopan sosiaalirahasto, Keski-Suomen ELY-keskus" names the givers.
            self.read_funder(replace(fact, label=words().funder), start, end)
        elif find_sums(text) or not page_words().other_fund.search(text):
            # A sum of a kind that nobody says, or a giver that nobody knows.
            self.quote(fact.line, None, fact.at, end)

    def read_funder(self, fact: Fact, start: int, end: int) -> None:
        """Read who gives the money: funds are funds, an office is the authority."""
        text = self.text(start, end)
        funds = funds_in(text)
        codes = {code for code, _, _ in funds}
        if len(codes) == 1 and not words().without_fund.search(without_funds(text)):
            code, first, last = funds[0]
            self.put(FUND, Status.READ, code, start + first, start + last)
        elif codes:
            self.put(FUND, Status.UNREADABLE, None, start, end)
        # "Kestävää kasvua ja työtä 2014–2020 -ohjelma" is divided as givers are.
        programmes = [found.span() for found in page_words().programmes.finditer(text)]
        offices, unknown, further, named, beside, at = [], False, False, False, False, 0
        for divider in [*_GIVERS.finditer(text), None]:
            first, last = self.draft.strip(
                start + at, start + (divider.start() if divider is not None else len(text))
            )
            first += len(self.text(first, last)) - len(LIST_SIGN.sub("", self.text(first, last)))
            part = self.text(first, last)
            at = divider.end() if divider is not None else at
            office = _office(part)
            if office is not None:
                offices.append((first + office[0], first + office[1]))
            elif page_words().authority.search(part) or page_words().office_inflected.search(part):
                # "Euroopan sosiaalirahasto Hämeen ELY-keskuksen kautta".
                named = True
            elif not funds_in(part) and page_words().other_fund.search(part):
                further = True
            elif funds_in(part):
                beside = beside or words().beside_fund.fullmatch(without_funds(part)) is None
            elif not (
                _is_no_giver(part)
                or any(a < last - start and first - start < b for a, b in programmes)
            ):
                unknown = True
        if len(offices) == 1 and not (unknown or named):
            first, last = offices[0]
            content = " ".join(self.text(first, last).split())
            self.put(fact.label.field, Status.READ, content, first, last)
        elif offices or named or (unknown and not codes):
            # Givers of whom nobody knows which is the authority.
            self.quote(fact.line, fact.label.field, fact.at, end)
            return
        period = period_in(text)
        dated = period is not None and not of_programme(text, period.start, period.end)
        if find_sums(text) or dated or beside or (codes and (unknown or further)):
            self.quote(fact.line, None, fact.at, end)

    def read_text(self, fact: Fact, start: int, end: int) -> None:
        """Read a text; of several organisations the one that answers for the project."""
        of_body = fact.label.field in ORGANISATIONS
        end -= of_body and _FULL_STOP.search(self.text(start, end)) is not None
        text = self.text(start, end)
        leads = list(words().lead.finditer(text))
        label = plain(self.text(fact.at, fact.label_end)).strip(" :")
        ends = of_body and label not in words().several
        stop = _name_end(text) if of_body else len(text)
        parts = _GIVERS.split(text[:stop])
        if len(leads) == 1:
            before = text[: leads[0].start()]
            first = max((found.end() for found in _GIVERS.finditer(before)), default=0)
            content = " ".join(before[first:].split())
            self.put(fact.label.field, Status.READ, content, start + first, start + len(before))
            if len(_GIVERS.split(text)) > 1:
                self.quote(fact.line, fact.label.field, fact.at, end)
        elif (
            len(self.lines(start, end)) > 1
            or (of_body and _has_a_line_each(text, several=not ends))
            or _are_several(parts, text[:stop], labelled=label in words().several)
            or (of_body and _is_no_name(text[:stop]))
        ):
            self.quote(fact.line, fact.label.field, fact.at, end)
        elif stop < len(text):
            content = " ".join(text[:stop].split())
            self.put(fact.label.field, Status.READ, content, start, start + stop)
            person = words().role.search(text) is not None or is_name(LAST_PART.split(text)[-1])
            raw = MASK if person else self.text(fact.at, end)
            line = self.page.lines[fact.line]
            self.draft.report("unrecognised_line", field=fact.label.field, line=line, raw=raw)
        else:
            self.put(fact.label.field, Status.READ, " ".join(text.split()), start, end)
