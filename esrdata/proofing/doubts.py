"""Words that cast doubt: on a figure although its value fits, or on a mistake."""

import re

from esrdata.proofing.context import Reading
from esrdata.proofing.figure import Figure
from esrdata.proofing.mentions import Passage
from esrdata.proofing.number import PLAIN, Number
from esrdata.proofing.shelf import shelf
from esrdata.reading.quantities.money_words import money_words

#: The sources have no sums or counts per year or month.
_TIMES = ("year", "month")
_WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")


def is_of_time(number: Number, passage: Passage) -> bool:
    """Whether a number is per year or month: 2,5 miljoonaa euroa vuodessa."""
    at = number.end
    noun = passage.text.find(number.noun, at) if number.unit == PLAIN and number.noun else -1
    # The time may stand right behind the number: 1 746 vuodessa.
    places = {at, at if noun < 0 else noun + len(number.noun)}
    rates = money_words().rate_behind
    return any(rates[time].match(passage.text, place) for time in _TIMES for place in places)


def is_per_project(number: Number, passage: Passage, figure: Figure) -> bool:
    """Whether the only number of a sentence is per project, while the figure is of all."""
    start, end = passage.sentence(number.start)
    alone = len(passage.within(start, end)) == 1
    per = shelf().per_project[passage.lang]
    return alone and not figure.agg and per.search(passage.text, start, end) is not None


def passes_status(number: Number, passage: Passage, read: Reading, figure: Figure) -> bool:
    """Whether words count projects by status, while the figure is of all: 24 were discontinued."""
    named = {*dict(figure.group), *dict(figure.about)}
    if number.unit != PLAIN or figure.what != "projects" or named & {"status_code", "start_year"}:
        # "Got under way" also counts projects that began.
        return False
    if not any("status_code" in group for group in read.groups):
        return False
    start, end = passage.sentence(number.start)
    others = [n for n in passage.within(start, end) if n != number]
    if any(shelf().out_of.fullmatch(passage.text[n.end : number.start]) for n in others):
        # 14 of 15 have ended.
        return False
    began = shelf().started[passage.lang]
    # A word behind another number, or in another clause, belongs there.
    ends = [*passage.clauses, *(n.start for n in others)]
    status = {
        m.value for m in passage.mentions
        if m.facet == "status_code" and start <= m.start < end
        and not any(min(number.end, m.end) <= at < max(number.start, m.start) for at in ends)
        and not any(one.end() == m.end for one in began.finditer(passage.text, start, end))
    }  # fmt: skip
    return len(status) == 1


def is_of_all(number: Number, passage: Passage) -> bool:
    """Whether no word of a number's clause may choose some of the projects named."""
    text = passage.text
    start, end = passage.sentence(number.start)
    # What stands before a colon, and what is said of 3 of 13 projects, belong to the number.
    edges = [at for at in passage.clauses if text[at] != ":"]
    for other in passage.numbers:
        out_of = shelf().out_of.fullmatch(text, number.end, other.start)
        if start <= other.start < end and other != number and not out_of:
            edges += [other.start, other.end]
    start = max((at for at in edges if start <= at <= number.start), default=start)
    end = min((at for at in edges if number.end <= at < end), default=end)
    known = [(number.start, number.end), *((m.start, m.end) for m in passage.mentions)]
    return all(
        shelf().unselective[passage.lang].fullmatch(word.group())
        or any(a < word.end() and word.start() < b for a, b in known)
        for word in _WORD.finditer(text, start, end)
    )
