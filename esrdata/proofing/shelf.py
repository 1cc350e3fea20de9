"""The words around numbers, from `knowledge/proof`, as patterns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.phrases import any_case

LANGUAGES = load.LANGUAGES
#: The facets of a figure that words can name.
FACETS = ("stage", "what", "measure", "agg", "kind", "part", "status_code", "whole")

#: The pattern of one facet, and the value that each of its groups stands for.
Facet = tuple[re.Pattern[str], tuple[str, ...]]
_GAP = r"[\s\u00a0]"


@dataclass(frozen=True)
class Role:
    """A word in a role, known by its own form or by what stands before it."""

    word: re.Pattern[str] | None
    before: re.Pattern[str] | None

    def fits(self, text: str, start: int) -> bool:
        """Whether the word at an offset of a text has this role."""
        if self.word is not None:
            return self.word.match(text, start) is not None
        return self.before is not None and self.before.search(text[:start]) is not None


@dataclass(frozen=True, eq=False)
class Shelf:
    """Patterns of what stands in a draft.

    Attributes
    ----------
    scales
        Scales behind a number: pattern, factor, whether it makes the number money.
    fractions
        Parts of a whole: pattern and per cent.
    facets
        The words of each facet by language.
    """

    number_words: Mapping[str, Mapping[str, int]]
    fractions: Mapping[str, tuple[tuple[re.Pattern[str], float], ...]]
    scales: tuple[tuple[re.Pattern[str], float, bool], ...]
    after_sign: tuple[tuple[re.Pattern[str], float], ...]
    units: tuple[tuple[re.Pattern[str], str, float], ...]
    percent: re.Pattern[str]
    points: re.Pattern[str]
    times: re.Pattern[str]
    qualifiers: Mapping[str, re.Pattern[str]]
    ranges: re.Pattern[str]
    out_of_scope: Mapping[str, re.Pattern[str]]
    sentence_end: re.Pattern[str]
    abbreviation: re.Pattern[str]
    clause_end: re.Pattern[str]
    caption: re.Pattern[str]
    small_words: Mapping[str, frozenset[str]]
    after: Mapping[str, frozenset[str]]
    facets: Mapping[str, Mapping[str, Facet]]
    numbered: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]]
    started: Mapping[str, re.Pattern[str]]
    each: Mapping[str, re.Pattern[str]]
    together: Mapping[str, re.Pattern[str]]
    elsewhere: Mapping[str, re.Pattern[str]]
    referred: Mapping[str, re.Pattern[str]]
    total_row: frozenset[str]
    forms: Mapping[str, list[str]]
    ones: Mapping[str, frozenset[str]]
    adjective: Mapping[str, re.Pattern[str]]
    goes_on: Mapping[str, re.Pattern[str]]
    counted: Mapping[str, re.Pattern[str]]
    inside: Mapping[str, Role]
    of_whole: Mapping[str, Role]
    only: Mapping[str, Role]
    listed: re.Pattern[str]
    out_of: re.Pattern[str]
    from_whole: re.Pattern[str]
    coordinated: re.Pattern[str]
    lengths: Mapping[str, tuple[str, ...]]
    compared: Mapping[str, Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]]
    times_words: Mapping[str, tuple[tuple[re.Pattern[str], float], ...]]
    ranks: Mapping[str, tuple[tuple[re.Pattern[str], float], ...]]
    between: Mapping[str, re.Pattern[str]]
    than: Mapping[str, re.Pattern[str]]
    than_plan: Mapping[str, re.Pattern[str]]
    foremost: Mapping[str, Mapping[str, re.Pattern[str]]]
    plain_words: Mapping[str, frozenset[str]]
    list_words: Mapping[str, frozenset[str]]
    ranked_behind: Mapping[str, re.Pattern[str]]
    per_project: Mapping[str, re.Pattern[str]]
    unselective: Mapping[str, re.Pattern[str]]
    of_these: Mapping[str, re.Pattern[str]]
    compared_before: Mapping[str, re.Pattern[str]]
    compared_behind: Mapping[str, re.Pattern[str]]
    level: Mapping[str, Role]
    pieces: re.Pattern[str]
    that_is: re.Pattern[str]

    def is_length(self, noun: str) -> bool:
        """Whether a word is a unit of duration."""
        return bool(noun) and noun.casefold().startswith(sum(self.lengths.values(), ()))


def _whole(words: str | Sequence[str]) -> re.Pattern[str]:
    """A pattern, or any of several, matching whole words only."""
    pattern = words if isinstance(words, str) else "|".join(words)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _role(row: Mapping[str, str]) -> Role:
    """A role as patterns, with any kind of space between words."""
    word, before = (row.get(name, "").replace(" ", _GAP) for name in ("word", "before"))
    return Role(
        any_case(rf"(?:{word})(?!\w)") if word else None,
        any_case(rf"(?<!\w)(?:{before}){_GAP}?$") if before else None,
    )


#: How the entries of the three files are compiled, for each language.
_BY_LANGUAGE: tuple[tuple[Callable[[Any], Any], str], ...] = (
    (frozenset, "after small_words ones list_words plain_words"),
    (_whole, "started each together elsewhere than than_plan ranked_behind per_project of_these"),
    (_whole, "compared_before compared_behind unselective"),
    (any_case, "adjective goes_on counted"),
    (_role, "inside of_whole level only"),
)
#: Patterns for all languages.
_PLAIN = ("ranges", "abbreviation", "clause_end", "caption", "pieces", "that_is")


@per_shelf
def shelf() -> Shelf:
    """All patterns, compiled once."""
    numbers, words, grammar = (load.proof(name) for name in ("numbers", "words", "grammar"))
    conjunction = "|".join(grammar["conjunction"].values())
    flags = re.IGNORECASE
    known = {**numbers, **words, **grammar}
    plain: dict[str, Any] = {name: any_case(known[name]) for name in _PLAIN}
    plain |= {
        name: {lang: make(one) for lang, one in known[name].items()}
        for make, names in _BY_LANGUAGE
        for name in names.split()
    }
    return Shelf(
        **plain,
        number_words=numbers["words"],
        fractions={
            lang: tuple((_whole(pattern), float(value)) for pattern, value in rows)
            for lang, rows in numbers["fractions"].items()
        },
        scales=tuple(
            # Case matters: M is a million, m a metre.
            (re.compile(rf"[ \u00a0\u202f-]?(?:{pattern})"), float(size), money == "euro")
            for pattern, size, money in numbers["scales"]
        ),
        after_sign=tuple(
            (re.compile(pattern, flags), float(size))
            for pattern, size in numbers["scales_after_sign"]
        ),
        units=tuple(
            (re.compile(pattern, flags if size == 1 else 0), unit, float(size))
            for pattern, size, unit in numbers["units"]
        ),
        percent=re.compile(rf"[\s\u00a0]?-?(?:{numbers['percent']})", flags),
        points=re.compile(rf"[\s\u00a0]?-?(?:{numbers['points']})", flags),
        times=re.compile(rf"[\s\u00a0]?(?:{numbers['times']})", flags),
        qualifiers={
            name: re.compile(rf"(?:(?<!\w)(?:{pattern}))[\s\u00a0]*(?:€\s?)?$", flags)
            for name, pattern in numbers["qualifiers"].items()
        },
        out_of_scope={
            name: re.compile(pattern, 0 if name in ("code", "heading_number") else flags)
            for name, pattern in numbers["out_of_scope"].items()
        },
        sentence_end=re.compile(numbers["sentence_end"]),
        facets={lang: _facets(words, lang) for lang in LANGUAGES},
        numbered={lang: _numbered(words, lang) for lang in LANGUAGES},
        referred={
            lang: _whole(
                f"(?P<former>{'|'.join(words['former'][lang])})|{'|'.join(words['latter'][lang])}"
            )
            for lang in LANGUAGES
        },
        total_row=frozenset(w.casefold() for rows in words["total_row"].values() for w in rows),
        forms=words["forms"],
        listed=re.compile(rf"{_GAP}?,{_GAP}|{_GAP}(?:{conjunction}){_GAP}", flags),
        coordinated=re.compile(rf"{_GAP}(?:{conjunction}){_GAP}(?:[^\W\d_]+{_GAP}){{1,3}}", flags),
        out_of=re.compile(rf"{_GAP}(?:{grammar['out_of']}){_GAP}(?:\w+{_GAP}){{0,2}}", flags),
        compared={lang: _compared(grammar["compared"], lang) for lang in LANGUAGES},
        times_words=_worth(numbers["times_words"], ""),
        ranks=_worth(numbers["ranks"], f"(?={numbers['most']})"),
        between={at: re.compile(one, flags) for at, one in numbers["between"].items()},
        foremost={
            way: {lang: _whole(one) for lang, one in words.items()}
            for way, words in grammar["foremost"].items()
        },
        from_whole=re.compile(rf"{grammar['from_whole'].replace(' ', _GAP)}{_GAP}$", flags),
        lengths={unit: tuple(words_of) for unit, words_of in grammar["lengths"].items()},
    )


def _compared(
    rows: Mapping[str, Any], lang: str
) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Patterns before and behind a number that compares."""
    found = {}
    for name, by_language in rows.items():
        before, behind = (by_language[lang][at].replace(" ", _GAP) for at in ("before", "behind"))
        # "20 projects that used less than 80 per cent" is no comparison.
        limit = rf"(?!{_GAP}(?:än|than|kuin){_GAP}(?:€|EUR|\d|en{_GAP}|one{_GAP}))"
        found[name] = (
            any_case(rf"(?<!\w)(?:{before}){_GAP}$"),
            any_case(rf"(?:{behind})(?!\w){limit}"),
        )
    return found


def _worth(
    rows: Mapping[str, Any], behind: str
) -> Mapping[str, tuple[tuple[re.Pattern[str], float], ...]]:
    """Words and their values, by language."""
    return {
        lang: tuple(
            (re.compile(rf"(?<!\w)(?:{pattern}){behind}", re.IGNORECASE), float(value))
            for pattern, value in of_language
        )
        for lang, of_language in rows.items()
    }


def _facets(words: Mapping[str, Any], lang: str) -> Mapping[str, Facet]:
    """One pattern for each facet; longer words come first, so that they win."""
    found = {}
    for facet in FACETS:
        known = [(p, v) for v, by_language in words[facet].items() for p in by_language[lang]]
        if facet == "what":
            known += _own_indicators(words[facet], lang)
        rows = sorted(known, key=lambda row: len(row[0]), reverse=True)
        parts = [f"(?P<f{i}>{p.replace(' ', _GAP)})" for i, (p, _) in enumerate(rows)]
        whole = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(parts)})", re.IGNORECASE)
        found[facet] = (whole, tuple(value for _, value in rows))
    return found


def _own_indicators(words: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """Labels of indicators without words here: those from a user's shelf."""
    for row in load.codes("indicators"):
        if row["code"] not in words:
            stems = (_stem(word, lang) for word in row[f"label_{lang}"].split())
            yield " ".join(stems), row["code"]


def _stem(word: str, lang: str) -> str:
    """A word with any ending; plurals lose theirs, and Finnish stems may change."""
    cut = {"fi": 3, "sv": 2, "en": 1}[lang]
    kept = word[: max(4, len(word) - cut)] if word[-1:].isalpha() else word
    return rf"{re.escape(kept)}\w*"


def _numbered(words: Mapping[str, Any], lang: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Names before numbers of groups, with lists and ranges of numbers."""
    one = r"\d{1,2}(?:\.\d{1,2})?"
    joint = r"(?:[–-]|ja|sekä|och|and|&|\+)"
    # After a comma another follows: in "objective 10.1, 3 projects" the 3 is no objective.
    many = rf"{one}(?:\s?{joint}\s?{one}|\s?,\s?{one}(?=\s?(?:,|{joint}|[).;:]|$)))*"
    parts, names = list[str](), list[str]()
    for name, by_language in words["numbered"].items():
        pattern = "|".join(by_language[lang])
        parts.append(
            rf"(?P<b{len(names)}>(?<!\w)(?:{pattern})[\s\u00a0]?(?P<n{len(names)}>{many}))"
        )
        names.append(name)
    # The number may come first: 3. toimintalinja.
    for name, by_language in words["numbered"].items():
        pattern = "|".join(by_language[lang])
        parts.append(
            rf"(?P<b{len(names)}>(?<![\d.,])(?P<n{len(names)}>\d{{1,2}})\.[\s\u00a0](?=(?-i:[a-zåäö]))(?:{pattern})\w*)"
        )
        names.append(name)
    return re.compile("|".join(parts), re.IGNORECASE), tuple(names)
