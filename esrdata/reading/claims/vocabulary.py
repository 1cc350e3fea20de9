"""The shelf of claims as patterns: units, qualifiers, what is no quantity, where sentences end."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from esrdata.documents.text import small
from esrdata.knowledge import load
from esrdata.reading.claims.beginnings import by_beginning, first_signs
from esrdata.reading.claims.settings import SETTINGS
from esrdata.reading.quantities.numerals import START, number_starts
from esrdata.reading.quantities.phrases import any_case, one_of

MONEY, SHARE, OTHER, PEOPLE, EVENTS = "money", "share", "other", "people", "events"
ORGANISATIONS = "organisations"
_NONE, _WEAK = "none", "people_or_attribute"
#: Before an ordinal, so many of all: joka viides.
EACH = "joka "
_CASES = {
    "in": ("ssa", "ssä", "lla", "llä", "lle", "ksi"),
    # An elative, or the partitive of a word such as paikallinen or kokous.
    "from": ("sta", "stä", "lta", "ltä"),
    "many": ("ja", "jä", "ia", "iä", "ita", "itä", "oita", "öitä", "eita"),
    "one": ("a", "ä"),
    "of": ("n",),
}


class Unit(NamedTuple):
    """A thing counted: its basic form and its kind."""

    lemma: str
    kind: str
    known: bool = True
    weak: bool = False


# What may stand before the stem of a compound.
_BEFORE = re.compile(r"[\w:-]*")


@cache
def _stems() -> tuple[dict[str, Unit | None], list[tuple[set[str], str]]]:
    """Units by the groups of their stems; what each stem may begin with, and its group."""
    stems = [
        (stem, lemma, kind)
        for kind, entries in load.claims("units").items()
        if isinstance(entries, dict)
        for lemma, stems in entries.items()
        for stem in stems
    ]
    units = dict[str, Unit | None]()
    groups: list[tuple[set[str], str]] = []
    # The longest stem first, so that the longest end of a compound decides.
    for i, (stem, lemma, kind) in enumerate(sorted(stems, key=lambda s: len(s[0]), reverse=True)):
        weak = kind == _WEAK
        unit = Unit(lemma.partition("_")[0], PEOPLE if weak else kind, weak=weak)
        units[f"u{i}"] = None if kind == _NONE else unit
        groups.append((first_signs(stem, 3), f"(?P<u{i}>{stem})"))
    return units, groups


@lru_cache(maxsize=256)
def _beginning(letter: str) -> re.Pattern[str]:
    """The stems that may begin with a letter: to try all at each of a word took a millisecond."""
    some: dict[str, list[str]] = {}
    for starts, group in _stems()[1]:
        ahead = "|".join(sorted(start for start in starts if start[0] == letter))
        some.setdefault(ahead, []).append(group)
    some.pop("", None)
    stems = "|".join(f"(?={ahead})(?:{'|'.join(groups)})" for ahead, groups in some.items())
    return re.compile(rf"(?:{stems}){load.claims('units')['endings']}")


@cache
def _starts() -> frozenset[str]:
    return frozenset().union(*(starts for starts, _ in _stems()[1]))


@lru_cache(maxsize=100_000)
def unit_of(word: str) -> Unit | None:
    """The unit a word names in any case, alone or at the end of a compound."""
    # The time to try every beginning grows with the square.
    if len(word) > SETTINGS.longest_word:
        return None
    low, starts = small(word), _starts()
    before = _BEFORE.match(low)
    for at in range(min(len(low), before.end() + 1 if before is not None else 1)):
        if starts.isdisjoint((low[at], low[at : at + 2], low[at : at + 3])):
            continue
        match = _beginning(low[at]).fullmatch(low, at)
        if match is not None and match.lastgroup is not None:
            unit = _stems()[0][match.lastgroup]
            if unit is not None and unit.lemma[0] == "-":
                return unit._replace(lemma=low[:at] + unit.lemma[1:])
            return unit
    if ":" in low:
        # 60 op:n opinnot
        return unit_of(low.partition(":")[0])
    doer = words().doers.fullmatch(low) is not None
    return Unit(word.casefold(), PEOPLE, weak=True) if doer else None


def is_measure(unit: Unit | None) -> bool:
    """Whether the genitive of a unit says how large a thing is: 8 hengen ryhmä, 2 tunnin retki."""
    return unit is not None and unit.lemma in words().measures_in_genitive


@lru_cache(maxsize=100_000)
def case_of(word: str) -> str:
    """The case of a noun or adjective as far as its end tells: in, from, many, one, of, or bare."""
    folded = word.casefold()
    for name, endings in _CASES.items():
        if folded.endswith(endings):
            return name
    return "bare"


@lru_cache(maxsize=100_000)
def case_of_number(word: str) -> str:
    """The case of a number word: kahdestatoista is inflected within."""
    return case_of(word.casefold().removesuffix("toista"))


@lru_cache(maxsize=100_000)
def is_verb(word: str) -> bool:
    """Whether a word ends the phrase of a number as a verb does."""
    return words().verb.fullmatch(word) is not None


@lru_cache(maxsize=100_000)
def is_participle(word: str) -> bool:
    """Whether a word is a participle, which stands in front of a noun; päivää only looks so."""
    return words().participle.fullmatch(word) is not None and not is_measure(unit_of(word))


# Of these one stands right before a number, but 20 > 35 is a change.
_SIGNS = "<>≤≥~"


@dataclass(frozen=True)
class Words:
    """Patterns of the words around numbers."""

    qualifier: re.Pattern[str]
    qualifiers: dict[str, str]
    fillers: frozenset[str]
    qualifier_ends: tuple[str, ...]
    never: tuple[re.Pattern[str], ...]
    never_in_small: tuple[re.Pattern[str], ...]
    never_where: tuple[tuple[str, re.Pattern[str]], ...]
    never_at_digits: re.Pattern[str]
    years: re.Pattern[str]
    year_words: re.Pattern[str]
    saying: tuple[re.Pattern[str], ...]
    phrase_ends: frozenset[str]
    attributes: frozenset[str]
    back: re.Pattern[str]
    within: re.Pattern[str]
    back_out: re.Pattern[str]
    each: re.Pattern[str]
    verb: re.Pattern[str]
    participle: re.Pattern[str]
    doers: re.Pattern[str]
    goal: tuple[re.Pattern[str], ...]
    stage_words: tuple[str, ...]
    aim_before: re.Pattern[str]
    aim_behind: re.Pattern[str]
    aim_within: re.Pattern[str]
    came_before: re.Pattern[str]
    than: re.Pattern[str]
    turn: tuple[re.Pattern[str], ...]
    past_phrases: re.Pattern[str]
    foreign: tuple[str, ...]
    finnish: tuple[str, ...]
    sentence_end: re.Pattern[str]
    money: re.Pattern[str]
    share: re.Pattern[str]
    sign_starts: frozenset[str]
    pieces: frozenset[str]
    measures_in_genitive: frozenset[str]
    starts: frozenset[str]
    none_of: frozenset[str]
    none_people: frozenset[str]
    none_but: frozenset[str]
    one_of: re.Pattern[str]
    ordinals: dict[str, int]
    adjectives: re.Pattern[str]
    e_stems: frozenset[str]
    always_many: frozenset[str]
    negative: re.Pattern[str]
    negative_past: re.Pattern[str]
    durations: dict[str, str]
    which_one: re.Pattern[str]
    denied_before: re.Pattern[str]
    denied_behind: re.Pattern[str]
    change: re.Pattern[str]
    meeting: re.Pattern[str]
    people_verb: re.Pattern[str]
    share_nouns: re.Pattern[str]
    sum_nouns: re.Pattern[str]
    goal_nouns: re.Pattern[str]
    amount_nouns: re.Pattern[str]
    part_of_sum: re.Pattern[str]


#: What a field is made with of the entry of the shelf that has its name.
_MAKE: Mapping[Any, Callable[[Any], Any]] = {
    re.Pattern[str]: re.compile,
    frozenset[str]: frozenset,
    tuple[str, ...]: tuple,
    dict[str, str]: dict,
}


@cache
def words() -> Words:
    """The patterns, made once."""
    shelf, units = load.claims("words"), load.claims("units")
    qualifiers = {
        " ".join(phrase.split()): name
        for name, phrases in shelf["qualifiers"].items()
        for phrase in phrases
    }
    fillers, before = one_of(shelf["fillers"]), one_of(qualifiers)
    made: dict[str, Any] = {
        "qualifier": re.compile(
            rf"(?<![\w=-])(?P<word>{before})(?:\s+|(?<=[.{_SIGNS}]))(?:(?:{fillers})\s+)?$",
            re.IGNORECASE,
        ),
        "qualifiers": qualifiers,
        "qualifier_ends": tuple(
            {phrase.split()[-1].casefold() for phrase in (*qualifiers, *shelf["fillers"])}
        ),
        "never": by_beginning(shelf["never"]),
        "never_in_small": by_beginning(map("".join, shelf["never_behind_words"].items())),
        "never_where": tuple((part, re.compile(p)) for part, p in shelf["never_where"].items()),
        "never_at_digits": re.compile(
            rf"\d++(?:{'|'.join(shelf['never_behind_digits'])})|{'|'.join(shelf['never_at_digits'])}"
        ),
        "saying": by_beginning(rf"\b(?:{one}){rest}" for one, rest in shelf["sayings"].items()),
        "back": re.compile(rf"\b(?:{shelf['back']})\b"),
        "within": re.compile(rf"(?:{shelf['within']})\b"),
        "goal": by_beginning([shelf["goal"]]),
        "turn": by_beginning([shelf["turn"]]),
        "sentence_end": _sentence_end(shelf["abbreviations"]),
        "money": re.compile(rf"\s*(?:{units['money']})(?!\w)"),
        "share": re.compile(rf"(?<!\s)\s*+(?:{units['share']})(?!\w)"),
        "sign_starts": _sign_starts(units),
        "starts": number_starts()
        | frozenset(word[:START] for key in ("none_of", "none_people") for word in shelf[key])
        | frozenset(f"{EACH}{word[:START]}" for word in shelf["one_of"]),
        "one_of": re.compile(rf"\b{EACH}({'|'.join(shelf['one_of'])})\s(\w+)"),
        "ordinals": dict(shelf["one_of"]),
        "amount_nouns": any_case(rf"(?P<of>[\w-]*?){shelf['amount_ends']}"),
        "people_verb": re.compile(rf"(?<!\w)(?:{shelf['people_verbs']})$"),
    }
    known = {**shelf, **units}
    plain = {
        field.name: _MAKE[field.type](known[field.name])
        for field in fields(Words)
        if field.name not in made
    }
    return Words(**made, **plain)


def _sign_starts(units: Mapping[str, Any]) -> frozenset[str]:
    """What may begin a sign behind a number: of money, of shares, of what makes it larger."""
    sums = load.quantities("sums")
    scales = (*sums["scales"].values(), sums["scales_with_currency"])
    known = {word for scale in scales for words in scale.values() for word in words}
    known |= set(sums["currency"])
    signs = {word[0] for word in known} | first_signs(units["money"]) | first_signs(units["share"])
    # ",-" stands for no cents. An empty one is the end of the text.
    return frozenset(sign for one in signs for sign in (one.upper(), one.lower())) | set(",.:")


def _sentence_end(abbreviations: list[str]) -> re.Pattern[str]:
    """What ends a sentence: its sign or a line end, with the white space behind it."""
    # Those of one length together: to look behind for each of thirty takes longer.
    lengths = groupby(sorted(set(abbreviations), key=len), key=len)
    known = "".join(rf"(?<!\b(?:{'|'.join(map(re.escape, those))})\.)" for _, those in lengths)
    closing = r"[)\"'”»]?"
    item = r"(?=(?:[•*–-]|\d{1,2}[.)])\s)"
    # It begins with one of a few signs, at which alone the rest is tried.
    return re.compile(
        r"[.!?…\n](?:(?<!\n)(?:"
        rf"{known}{closing}\s+(?=[\"'“”»(\[]?[A-ZÅÄÖ])"
        # Before a digit, unless one stands before the sign as well: an ordinal.
        rf"|(?<=[^\d\s].){known}{closing}\s+(?=\d))"
        # A line that begins an item of a list, or a blank line.
        rf"|(?<=\n)(?:[^\S\n]*+{item}|[^\S\n]*+\n\s*+))"
    )
