"""How alike two texts are: folded, as titles, and as names of organisations."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from rapidfuzz import fuzz

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.figures import whole
from esrdata.tables.organisations.join import names as organisation_names

# Two digits after a year and a dash are a year of that century.
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*[-–—−/]\s*(\d\d)(?!\d)")
_SUBTITLE = re.compile(r"(?<=\w\w\w\w)\s[-–—]\s|(?<=\w\w\w\w):\s")
_NUMBER = re.compile(r"\d+|\b(?:I{1,3}|IV|VI{0,3}|IX|X|ii|iii|iv)\b")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@cache
def folded(text: str) -> str:
    """Only letters and digits in lower case, with a space only between digits: 1 1 is not 11."""
    bare = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"(?!(?<=\d) (?=\d))[\W_]", "", re.sub(r"(?<=\d)[\W_]+(?=\d)", " ", bare))


@per_shelf
def coded(codelist: str) -> Mapping[str, str]:
    """The codes of a code list by folded spelling."""
    return {folded(spelling): code for spelling, code in load.spellings(codelist).items()}


@per_shelf
def _successors() -> Mapping[str, frozenset[str]]:
    """The authorities that have successors, with all later ones."""
    after: dict[str, set[str]] = {}
    for row in load.codes("authority_successors"):
        after.setdefault(row["code"], set()).update(row["successor"].split("|"))

    def all_after(code: str, known: frozenset[str]) -> frozenset[str]:
        new = after.get(code, set()) - known
        return known.union(*(all_after(later, known | {later}) for later in new))

    return {code: all_after(code, frozenset()) for code in after}


@per_shelf
def body(name: str) -> str:
    """The key of the organisation with this name, as in the table `organisations`."""
    return organisation_names().identify(name).key


def same_organisation(a: str, b: str) -> bool:
    """Whether two names are one organisation, or successive authorities.

    Spellings are joined here exactly as in the table `organisations`.
    """
    if folded(a) == folded(b) or "" != body(a) == body(b):
        return True
    codes = coded("authorities")
    one, other = codes.get(folded(a)), codes.get(folded(b))
    if one is None or other is None:
        return False
    after = _successors()
    return one == other or other in after.get(one, ()) or one in after.get(other, ())


def words_of(text: str) -> list[str]:
    """Words and numbers of a text as written."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


@dataclass(frozen=True)
class Title:
    """A title for comparison: its wordings, years, other numbers and named phases.

    The wordings are the whole title, then the part outside brackets, then parts that may stand
    alone: the texts in brackets, and the title without its subtitle.
    """

    wordings: tuple[str, ...]
    years: frozenset[int]
    numbers: frozenset[int]
    phases: frozenset[str]


@cache
def title(text: str) -> Title:
    """Take a title apart: `Sillat (hanke II) 2015-16` is "sillat", number 2, years 2015, 2016."""
    text = _SPAN.sub(lambda match: f"{match[1]} {match[1][:2]}{match[2]}", text)
    found = [match[0].upper() for match in _NUMBER.finditer(text)]
    values = {_ROMAN.index(n) + 1 if n in _ROMAN else whole(n) for n in found}
    years = frozenset(value for value in values if 1900 <= value < 2100)
    bare = _NUMBER.sub(" ", text)
    inside = re.findall(r"\(([^()]*)\)", bare)
    outside = re.sub(r"\([^()]*\)", " ", bare)
    # Pages often give the main title only: `Osaava metalli` for `Osaava metalli - osaajia alalle`.
    main = _SUBTITLE.split(outside.strip(), maxsplit=1)
    beside = [*inside, *main[:1]] if len(main) > 1 else inside
    plain = set(load.linkage()["title_words"])
    wordings = []
    for part in (bare, outside, *beside) if beside else (bare,):
        words = [word.casefold() for word in words_of(part)]
        telling = [word for word in words if word not in plain]
        wordings.append(" ".join(telling or words))
    phases = {
        name
        for name, beginnings in load.linkage()["phases"].items()
        if any(word.startswith(tuple(beginnings)) for word in map(str.casefold, words_of(bare)))
    }
    # A first phase is often numbered only once there is a second.
    return Title(tuple(wordings), years, frozenset(values - years - {1}), frozenset(phases))


def alike(a: str, b: str) -> float:
    """How alike two wordings are, 0 to 1; a part of a title scores less than the whole."""
    if not a or not b:
        return 0.0
    whole = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    least: float = load.linkage()["title_part"]
    kept = least + (1 - least) * min(len(a), len(b)) / max(len(a), len(b))
    part = kept * max(fuzz.token_set_ratio(a, b), fuzz.partial_ratio(a, b))
    return max(whole, part) / 100


def title_likeness(a: Title, b: Title) -> float:
    """How alike two titles are, 0 to 1, apart from their numbers."""
    bracket: float = load.linkage()["title_in_brackets"]
    # Brackets on both sides must agree: "(Kotkan osahanke)" is not "(Haminan osahanke)".
    return max(
        alike(one, other) * (bracket if max(i, j) > 1 else 1)
        for (i, one), (j, other) in product(enumerate(a.wordings), enumerate(b.wordings))
        if (i == 0 or len(b.wordings) == 1) and (j == 0 or len(a.wordings) == 1)
    )


def other_numbers(a: Title, b: Title) -> bool:
    """Whether two titles have different phases, parts or years."""
    apart = a.numbers != b.numbers or a.phases != b.phases
    return apart or not (a.years <= b.years or b.years <= a.years)


@cache
def forms(word: str) -> frozenset[str]:
    """The forms of a name in Finnish text; it is given in the nominative or genitive."""
    shelf = load.linkage()
    bases = {word, word.removesuffix("n")}
    if word.endswith("n"):
        rules = [r for r in shelf["stems"] if word[:-1].endswith(r["stem"])]
        bases |= {word[:-1].removesuffix(r["stem"]) + r["end"] for r in rules}
    fitting = [r for r in shelf["stems"] if word.endswith(r["end"])]
    for rule in sorted(fitting, key=lambda r: len(r["end"]))[-1:]:
        bases.add(word.removesuffix(rule["end"]) + rule["stem"])
    return frozenset(base + ending for base in bases for ending in shelf["endings"])


@dataclass(frozen=True)
class Name:
    """The words of an organisation's name without legal form."""

    words: tuple[str, ...]
    telling: frozenset[str]
    kinds: frozenset[int]


@cache
def names(applicant: str) -> tuple[Name, ...]:
    """The name outside brackets, and those in brackets (`aiemmin …`)."""
    shelf = load.linkage()
    kinds = {word: n for n, words in enumerate(shelf["kinds"]) for word in words}
    names = []
    for part in (re.sub(r"\([^()]*\)", " ", applicant), *re.findall(r"\(([^()]*)\)", applicant)):
        words = tuple(w for w in map(str.casefold, words_of(part)) if w not in shelf["legal_forms"])
        telling = {w for w in words if w not in kinds and w not in shelf["areas"] and len(w) > 2}
        found = frozenset(kinds[word] for word in words if word in kinds)
        if words:
            names.append(Name(words, frozenset(telling), found))
    return tuple(names)


def one_organisation(stated: str, known: str) -> bool | None:
    """Whether two names are one organisation; None if uncertain."""
    shelf = load.linkage()
    if same_organisation(stated, known):
        return True
    apart = True
    for a, b in product(names(stated), names(known)):
        # One may be short for the other, but not another kind of body in the same place.
        short = any(x.telling <= y.telling and x.kinds <= y.kinds for x, y in ((a, b), (b, a)))
        if a.telling and b.telling and short:
            return True
        one, other = " ".join(a.words), " ".join(b.words)
        if fuzz.token_sort_ratio(one, other) >= 100 * shelf["organisation_alike"]:
            return True
        # A single word may be anybody's short name.
        written_out = min(len(a.words), len(b.words)) > 1 and not a.telling & b.telling
        likeness = fuzz.token_set_ratio(one, other) / 100
        apart &= written_out and likeness < shelf["organisation_other"]
    return False if apart else None
