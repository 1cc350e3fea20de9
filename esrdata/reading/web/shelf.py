"""The shelf of web pages as wholes (`web_pages.yml`), ready to match."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from esrdata.knowledge import load
from esrdata.reading.quantities.phrases import any_case, one_of
from esrdata.reading.web.vocabulary import plain

_SPACES = dict.fromkeys(map(ord, "\t\n\r\u00a0\u202f\u2009\u200a"), " ")


def flat(text: str) -> str:
    """A text with one kind of space, sign for sign, so that places stay."""
    return text.translate(_SPACES)


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page that is no project: headlines, and phrases of its text."""

    code: str
    head: re.Pattern[str]
    body: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """A site whose pages are made alike."""

    known: tuple[re.Pattern[str], ...]
    least: int
    title: str
    captions: frozenset[str]
    no_projects: str | None


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of some patterns, each as whole words."""
    return any_case(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


def _each(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(any_case, patterns))


def _one(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of some patterns."""
    return any_case("|".join(f"(?:{pattern})" for pattern in patterns))


class PageWords:
    """The shelf of whole pages; see the file for what each is."""

    def __init__(self) -> None:
        shelf: dict[str, Any] = load.web_pages()
        prose = shelf["prose"]
        between = rf"(?:(?:{'|'.join(prose['between'])})\s+){{0,3}}"
        project = shelf["kinds_of_project"]
        number, sign = r"\d[\w/-]{0,30}", r"\s*[-–:,]?\s*"
        self.funds = {code: _any(names) for code, names in shelf["funds"].items()}
        self.other_fund = any_case(rf"(?<!\w)(?:{one_of(shelf['other_funds'])})")
        self.authority = any_case(shelf["authorities"])
        self.office_inflected = any_case(shelf["authorities_inflected"])
        self.kinds = tuple(
            PageKind(code, _one(kind["head"]), _each(kind["body"]))
            for code, kind in shelf["kinds"].items()
        )
        self.portfolio = _one(shelf["kinds"]["web_portfolio"]["head"])
        self.event = _one(shelf["events"])
        calls, courses = "|".join(shelf["call_labels"]), "|".join(shelf["course_labels"])
        self.call_label = any_case(rf"\W*+(?:{calls}|(?P<course>{courses}))\s*(?::|\t|\d|$)")
        self.body_least = shelf["body_least"]
        # Without a boundary before them: compounds end with these words.
        self.of_projects = _one(shelf["of_projects"])
        self.of_projects_near = _one(shelf["of_projects_near"])
        #: Of forms that people hold and no form file reads, the title and the labels.
        self.documents = tuple(
            (
                _one(entry["title"]),
                _each(rf"\W*+(?:\d++(?:[.)]\d*+)?\s+)?(?:{p})(?!\w)" for p in entry["labels"]),
            )
            for entry in shelf["documents"]
        )
        self.document_top = shelf["document_top"]
        self.subject = _any(prose["subject"])
        self.begins = any_case(rf"\W*+(?:{'|'.join(prose['begins'])})")
        self.plural = _any(prose["projects"])
        self.others = _any(prose["others"])
        self.carries = _any(prose["carries"])
        self.pronoun = any_case(rf"(?:{'|'.join(prose['pronouns'])})\s")
        self.extended = _any(prose["extended"])
        self.negated = _any(prose["negations"])
        self.doer = _any(prose["doer"])
        doers, runs = ("|".join(prose[group]) for group in ("doer", "runs"))
        self.runs = _any(prose["runs"])
        #: "Hanke on käynnissä", not "Hanke järjestää kurssin, joka on käynnissä".
        self.doer_runs = any_case(rf"(?<!\w)(?:{doers})\s+{between}(?:{runs})(?!\w)")
        self.starts = any_case(rf"(?<!\w)(?:{'|'.join(prose['starts'])})\s+{between}$")
        self.ends = _any(prose["ends"])
        self.until = any_case(rf"(?<!\w)(?:{'|'.join(prose['until'])})\s+$")
        of_days = ("runs", "starts", "ends", "until", "between", "extended", "beside_days")
        self.beside_days = _any(word for group in of_days for word in prose[group])
        elsewhere, apart = ("|".join(prose[group]) for group in ("elsewhere", "apart"))
        self.apart = any_case(rf"\W*(?:{elsewhere})|.*?(?<!\w)(?:{apart})(?!\w)")
        self.programmes = _any(prose["programmes"])
        self.pays = _any(prose["pays"])
        self.equals = re.compile(
            rf"\s*(?::\s+|(?:(?:{'|'.join(prose['equals'])})\s+){{1,3}})", re.IGNORECASE
        )
        self.relative = _any(prose["relative"])
        self.statuses = frozenset(plain(word) for word in shelf["statuses"])
        self.kind_line = any_case(rf"{project}(?:{sign}{number})?|{number}{sign}{project}")
        # "Interreg Aurora -hanke": a programme's, whichever it is.
        programmes = one_of(shelf["other_funds"])
        self.of_kind = any_case(
            rf"(?:{programmes})(?!\w)(?: ?[+\w]+){{0,3}} ?[-–]?(?:hanke|projekti|projekt|project)"
        )
        self.file = any_case(shelf["files"])
        self.notice = _one(shelf["notices"])
        self.verb = _any(shelf["verbs"])
        self.unnamed = _one(shelf["unnamed"])
        self.news_word = any_case(rf"(?:{'|'.join(shelf['news_words'])})\s*[:–-]\s+")
        self.question = any_case(rf"(?:{'|'.join(shelf['questions'])})(?: \w+)?\?")
        self.asked = any_case(rf"(?:{'|'.join(shelf['questions'])})\b[^?]*+\?")
        self.happened = _any(shelf["happened"])
        self.happens = _any(shelf["happens"])
        self.called = tuple(re.compile(pattern) for pattern in shelf["called"])
        self.before_called = re.compile(rf"(?i:{'|'.join(shelf['before_called'])})\s(?=[A-ZÅÄÖ])")
        self.inflected = re.compile(
            rf"(?P<name>.*[^\s“”\"])[“”\"]?(?P<space>\s?)[-\u2010\u2011–]\s?{shelf['inflected']}(?!\w)"
        )
        self.unfinished = frozenset(shelf["unfinished"])
        self.portals = tuple(
            Portal(
                _each(entry["known"]),
                entry["least"],
                entry["title"],
                frozenset(plain(word) for word in entry["captions"]),
                entry.get("no_projects"),
            )
            for entry in shelf["portals"]
        )
        self.after_title = re.compile("|".join(rf"\s{pattern}" for pattern in shelf["after_title"]))


#: The shelf, read and compiled once.
page_words = cache(PageWords)


def funds_in(text: str) -> list[tuple[str, int, int]]:
    """The funds that a text names, each naming with its place, in order."""
    plain_text = flat(text)
    found = [
        (code, match.start(), match.end())
        for code, pattern in page_words().funds.items()
        for match in pattern.finditer(plain_text)
    ]
    return sorted(found, key=lambda one: one[1])


def is_but_funds(text: str) -> bool:
    """Whether a text names funds and nothing else: "Euroopan sosiaalirahasto (ESR)"."""
    return bool(funds_in(text)) and re.search(r"\w{2}", without_funds(text)) is None


def without_funds(text: str) -> str:
    """A text without the funds that it names."""
    for _, start, end in reversed(funds_in(text)):
        text = text[:start] + text[end:]
    return text
