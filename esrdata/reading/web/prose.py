"""What the prose of a page says of a project: its period, its sums and its fund.

A sentence counts where it speaks of the project itself, and by a construction that says so:
"toteutetaan 1.9.2023–31.5.2025 välillä", "kokonaisbudjetti on X, josta Y", "rahoittaa Euroopan
sosiaalirahasto". What is not sure is no claim: a season, the years of a programme, a meeting.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.sums import Sum, find_sums
from esrdata.reading.web.beside import are_known
from esrdata.reading.web.called import names_in
from esrdata.reading.web.days import days_of, of_programme
from esrdata.reading.web.organisations import is_said
from esrdata.reading.web.sentences import (
    FUND,
    Claim,
    Sentence,
    own_names,
    speaks_of_project,
)
from esrdata.reading.web.settings import SETTINGS
from esrdata.reading.web.shelf import funds_in, page_words
from esrdata.reading.web.vocabulary import names_part, plain, words

# The number of a project in a row of them.
_NUMBER = re.compile(r"(?<![\w.])(?:\d{1,2}|i{1,3}|iv)(?:\.\d)?\Z")
# Between clauses; one that begins with "jonka" tells of the word before it.
_CLAUSE = re.compile(
    r"[,;:(](?!\s(?:jonka|joiden|jolla|vars|whose)\s)|\s(?:ja|sekä|och|samt|and)\s"
)
# "Our share of the project budget"
_OF = re.compile(r"\b(?:of|av)\s\Z")
# "Budjetti 1000 euroa: 120": the sum is the unit of the number behind it.
_UNITS, _BEHIND_UNIT = (1000, 1_000_000), re.compile(r"\s*:\s*\d")

#: Behind a fund, where it names the kind of a project: "ESR-hanke", "ESF project".
OF_KIND = re.compile(r"[-\u2010\u2011 ]{1,2}(?:hank|proje[ck]t)")
# What a project is, not what it has to do with: "monen ESR-hankkeen opit".
_IS_KIND = re.compile(r"[-\u2010\u2011 ]{1,2}(?:hanke|projekti|projekt(?:et)?|project)(?!\w)")


def claims(given: Iterable[Sentence], names: Sequence[str]) -> list[Claim]:
    """Everything that sentences claim of a project, which they may call by one of its names."""
    own = own_names(names)
    found: list[Claim] = []
    before = ""
    for sentence in given:
        if not _names_another(sentence.text, names):
            found += _in_sentence(sentence, own, before)
        before = sentence.text
    return found


def _names_another(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence names a project, and none that the page is about."""
    known = " ".join(names).casefold()
    named = [name.casefold() for name, *_ in names_in(text)]
    own = [name for name in named if name in known or _shares(name, known)]
    # "Silta 2" goes on with "Silta".
    numbers = {number[0] for name in own for number in _NUMBER.finditer(name)}
    return bool(named) and (not own or not numbers.issubset(known.split()))


def _shares(name: str, known: str) -> bool:
    """Whether a longer form of a name holds a word of the known ones: "Uusi VIRE", "vire"."""
    return any(len(word) > 3 and word in known for word in name.split())


def most_precise(given: list[Claim]) -> list[Claim]:
    """Claims without those that say less exactly what another one says: the year of its day."""
    exact = [c.content for c in given if c.qualifier is None and isinstance(c.content, date)]
    kept = [
        claim
        for claim in given
        if not (
            isinstance(claim.content, date)
            and claim.qualifier in ("year", "month")
            and any(
                day.year == claim.content.year
                and (claim.qualifier == "year" or day.month == claim.content.month)
                for day in exact
            )
        )
    ]
    return kept or given


def _in_sentence(sentence: Sentence, own: re.Pattern[str], before: str) -> Iterator[Claim]:
    text = sentence.text
    yield from sums_of(sentence, before)
    if not speaks_of_project(text, own):
        return
    shelf = page_words()
    if any(p.search(text) for p in (shelf.doer, own)) or any(
        p.match(text) for p in (shelf.begins, shelf.subject)
    ):
        yield from days_of(sentence, own)
    yield from _fund(sentence, own)


def sums_of(sentence: Sentence, earlier: str = "") -> Iterator[Claim]:
    """Sums that stand behind a label within a sentence: "kokonaisbudjetti on 300 000 €".

    `earlier` is the sentence before, of which it may speak on: "Sen kokonaisbudjetti".
    """
    text = sentence.text
    shelf = page_words()
    sums = list(find_sums(text))
    for match in words().within.finditer(text):
        label = words().labels.get(plain(match["label"]))
        if label is None or label.kind != "sum":
            continue
        equals = shelf.equals.match(text, match.end())
        behind = equals.end() if equals is not None else match.end() + 1
        # What qualifies a sum belongs to it: "on noin", "yhteensä".
        found = next((s for s in sums if match.end() < s.start <= behind < s.end), None)
        if not isinstance(found, Sum) or found.per or found.high or found.bare:
            continue
        if any(not text[found.end : s.start].strip() for s in sums if s.start >= found.end):
            # Sums in a row are those of columns.
            continue
        if any(isinstance(s, Sum) and s.aside and s.amount > found.amount for s in sums):
            # "120 000 € (koko hanke 480 000 €)"
            continue
        if found.amount in _UNITS and _BEHIND_UNIT.match(text, found.end) is not None:
            continue
        before = text[: match.start()]
        if _begins_with_body(before):
            # "Esimerkin opisto, budjetti 50 000 €"
            continue
        if words().otherwise.search(before[-SETTINGS.near_label :]) is not None:
            continue
        if shelf.others.search(before) is not None or not _is_of_project(before, earlier):
            continue
        if not are_known(_CLAUSE.split(text[found.end :])[0]):
            # "60 000 euroa Mallilan osalta"
            continue
        start, end = sentence.start + found.start, sentence.start + found.end
        yield Claim(label.field, found.amount, found.qualifier, start, end)


def _begins_with_body(before: str) -> bool:
    """Whether what stands before the word for a sum is the name of a partner and no more."""
    name = before.rstrip(" ,:–-\t")
    return len(name.split()) <= SETTINGS.named and names_part(name) and not is_said(name)


def _is_of_project(before: str, earlier: str) -> bool:
    """Whether words before a word for a sum leave it the project's: "hanke, jonka".

    Those behind the last naming of the project count, or in the clause: "ohjelman", "hankkeen
    koulutusten", "osahankkeen" make it a sum of something else.
    """
    named = [match.span() for match in page_words().subject.finditer(before)]
    clauses = [match.end() for match in _CLAUSE.finditer(before)]
    at = max([*(end for _, end in named), *clauses, 0])
    if named and named[-1][1] == at and _OF.search(before, 0, named[-1][0]) is not None:
        return False
    clause = before[at:].lstrip()
    its = page_words().pronoun.match(clause)
    if its is not None:
        # "Hanke kestää 2019–2021 ja sen", not "Hanketta hallinnoi Mallilan opisto, ja sen".
        named_before = before[:at] or earlier
        of_body = words().organisation.search(named_before) is not None
        if of_body or page_words().doer_runs.search(named_before) is None:
            return False
        clause = clause[its.end() :]
    words_ = money_words().part.sub(" ", page_words().relative.sub(" ", clause))
    return words().beside_sums.fullmatch(words_) is not None


def _fund(sentence: Sentence, own: re.Pattern[str]) -> Iterator[Claim]:
    """The fund that a sentence says to pay, or that the project is one of: "Silta on ESR-hanke"."""
    text = sentence.text
    funds = funds_in(text)
    shelf = page_words()
    one = len({code for code, _, _ in funds}) == 1
    if not one or shelf.negated.search(text) is not None or shelf.plural.search(text) is not None:
        return
    for code, start, end in funds:
        kind = _IS_KIND.match(text, end)
        if kind is not None:
            # "Talon toimintaa tukee ESR-hanke" says of no other project who pays it.
            parts = (text[:start], text[kind.end() :])
            pays = any(p.search(part) for p in (shelf.doer, own) for part in parts)
        else:
            pays = shelf.pays.search(text) is not None
        if pays and not of_programme(text, start, start):
            yield Claim(FUND, code, None, sentence.start + start, sentence.start + end)
            return
