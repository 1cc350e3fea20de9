"""The shelf of web pages as wholes (`web_pages.yml`), ready to match."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from esrdata.knowledge import load
from esrdata.reading.quantities.phrases import one_of
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
class KnownDocument:
    """A form that people hold and no form file reads."""

    names: Mapping[str, str]
    title: re.Pattern[str]
    labels: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """A site whose pages are made alike."""

    known: tuple[re.Pattern[str], ...]
    least: int
    title: str
    captions: frozenset[str]
    no_projects: str | None


@dataclass(frozen=True)
class PageWords:
    """The shelf of whole pages; see the file for what each is."""

    funds: dict[str, re.Pattern[str]]
    other_fund: re.Pattern[str]
    authority: re.Pattern[str]
    office_inflected: re.Pattern[str]
    kinds: tuple[PageKind, ...]
    portfolio: re.Pattern[str]
    event: re.Pattern[str]
    call_label: re.Pattern[str]
    body_least: int
    of_projects: re.Pattern[str]
    of_projects_near: re.Pattern[str]
    documents: tuple[KnownDocument, ...]
    document_top: int
    subject: re.Pattern[str]
    begins: re.Pattern[str]
    plural: re.Pattern[str]
    others: re.Pattern[str]
    extended: re.Pattern[str]
    negated: re.Pattern[str]
    doer: re.Pattern[str]
    runs: re.Pattern[str]
    clauses: re.Pattern[str]
    starts: re.Pattern[str]
    ends: re.Pattern[str]
    until: re.Pattern[str]
    seasons: re.Pattern[str]
    programmes: re.Pattern[str]
    pays: re.Pattern[str]
    equals: re.Pattern[str]
    whose: re.Pattern[str]
    statuses: frozenset[str]
    kind_line: re.Pattern[str]
    file: re.Pattern[str]
    notice: re.Pattern[str]
    verb: re.Pattern[str]
    unnamed: re.Pattern[str]
    news_word: re.Pattern[str]
    question: re.Pattern[str]
    asked: re.Pattern[str]
    happened: re.Pattern[str]
    happens: re.Pattern[str]
    called: tuple[re.Pattern[str], ...]
    before_called: re.Pattern[str]
    inflected: re.Pattern[str]
    unfinished: frozenset[str]
    portals: tuple[Portal, ...]
    after_title: re.Pattern[str]


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of some patterns, each as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _each(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def page_words() -> PageWords:
    """The shelf, read and compiled once."""
    shelf: dict[str, Any] = load.web_pages()
    prose = shelf["prose"]
    between = rf"(?:(?:{'|'.join(prose['between'])})\s+){{0,3}}"
    project = shelf["kinds_of_project"]
    number, sign = r"\d[\w/-]{0,30}", r"\s*[-–:,]?\s*"
    return PageWords(
        {code: _any(names) for code, names in shelf["funds"].items()},
        re.compile(rf"(?<!\w)(?:{one_of(shelf['other_funds'])})", re.IGNORECASE),
        re.compile(shelf["authorities"], re.IGNORECASE),
        re.compile(shelf["authorities_inflected"], re.IGNORECASE),
        tuple(
            PageKind(
                code,
                re.compile("|".join(f"(?:{p})" for p in kind["head"]), re.IGNORECASE),
                _each(kind["body"]),
            )
            for code, kind in shelf["kinds"].items()
        ),
        re.compile("|".join(shelf["kinds"]["web_portfolio"]["head"]), re.IGNORECASE),
        re.compile("|".join(shelf["events"]), re.IGNORECASE),
        re.compile(rf"\W*(?:{'|'.join(shelf['call_labels'])})\s*(?::|\t|\d|$)", re.IGNORECASE),
        shelf["body_least"],
        # Without a boundary before them: compounds end with these words.
        re.compile("|".join(shelf["of_projects"]), re.IGNORECASE),
        re.compile("|".join(shelf["of_projects_near"]), re.IGNORECASE),
        tuple(
            KnownDocument(
                entry["name"],
                re.compile("|".join(f"(?:{p})" for p in entry["title"]), re.IGNORECASE),
                _each(rf"\W*+(?:\d++(?:[.)]\d*+)?\s+)?(?:{p})(?!\w)" for p in entry["labels"]),
            )
            for entry in shelf["documents"]
        ),
        shelf["document_top"],
        _any(prose["subject"]),
        re.compile(rf"\W*+(?:{'|'.join(prose['begins'])})", re.IGNORECASE),
        _any(prose["projects"]),
        _any(prose["others"]),
        _any(prose["extended"]),
        _any(prose["negations"]),
        _any(prose["doer"]),
        _any(prose["runs"]),
        _any(prose["clauses"]),
        re.compile(
            rf"(?<!\w)(?:{'|'.join(prose['starts'])})\s+{between}$",
            re.IGNORECASE,
        ),
        _any(prose["ends"]),
        re.compile(rf"(?<!\w)(?:{'|'.join(prose['until'])})\s+$", re.IGNORECASE),
        _any(prose["seasons"]),
        _any(prose["programmes"]),
        _any(prose["pays"]),
        re.compile(rf"\s*(?:(?:{'|'.join(prose['equals'])})\s+){{1,3}}", re.IGNORECASE),
        re.compile(prose["whose"], re.IGNORECASE),
        frozenset(plain(word) for word in shelf["statuses"]),
        re.compile(rf"{project}(?:{sign}{number})?|{number}{sign}{project}", re.IGNORECASE),
        re.compile(shelf["files"], re.IGNORECASE),
        re.compile("|".join(shelf["notices"]), re.IGNORECASE),
        _any(shelf["verbs"]),
        re.compile("|".join(shelf["unnamed"]), re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(shelf['news_words'])})\s*[:–-]\s+", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(shelf['questions'])})(?: \w+)?\?", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(shelf['questions'])})\b[^?]*+\?", re.IGNORECASE),
        _any(shelf["happened"]),
        _any(shelf["happens"]),
        tuple(re.compile(pattern) for pattern in shelf["called"]),
        re.compile(rf"(?i:{'|'.join(shelf['before_called'])})\s(?=[A-ZÅÄÖ])"),
        re.compile(
            rf"(?P<name>.*[^\s“”\"])[“”\"]?(?P<space>\s?)[-\u2010\u2011–]\s?{shelf['inflected']}(?!\w)"
        ),
        frozenset(shelf["unfinished"]),
        tuple(
            Portal(
                _each(entry["known"]),
                entry["least"],
                entry["title"],
                frozenset(plain(word) for word in entry["captions"]),
                entry.get("no_projects"),
            )
            for entry in shelf["portals"]
        ),
        re.compile("|".join(rf"\s{pattern}" for pattern in shelf["after_title"])),
    )


def funds_in(text: str) -> list[tuple[str, int, int]]:
    """The funds that a text names, each naming with its place, in order."""
    plain_text = flat(text)
    found = [
        (code, match.start(), match.end())
        for code, pattern in page_words().funds.items()
        for match in pattern.finditer(plain_text)
    ]
    return sorted(found, key=lambda one: one[1])
