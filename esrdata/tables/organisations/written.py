"""Separates a written name from what is beside it: numbers, brackets, acronyms, run-on words."""

import re
import unicodedata
from typing import NamedTuple

from esrdata.tables.organisations.firms import numbers
from esrdata.tables.organisations.vocabulary import Tokens, Vocabulary, tokens_of, unparted

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BUSINESS_ID = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
# Also when run on to the name: `MALLI OYC/O TOINEN OY`.
_CARE_OF = re.compile(r"(?:(?<!\s)\s+)?c/o\b.*", re.IGNORECASE)
# `MALLIT:MI`: a legal form run on to the name.
_FIRM = re.compile(r"(?<=\w)(?=T:MI\b)")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
# `… 1.1.2012 alkaen X`: the later name, without brackets.
_LATER = re.compile(
    r"(?:(?<![\s/])[\s/]+)?\b\d{1,2}\.\d{1,2}\.\d{4}(?:\s+(?:alkaen|lukien|saakka)\b.*)?$"
)
_ACRONYM = re.compile(r"(?=.{2,8}$)(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[\w&+-]+|[A-ZÅÄÖ][a-zåäö]{1,5}")

_MOST_INITIALS = 4
# An acronym stands for at least so many letters.
_LEAST_NAME = 10
_LEAST_SYLLABLE = 2
_VOWEL = re.compile(r"[AEIOUYÅÄÖ]")
_CAPITALS = re.compile(r"[A-ZÅÄÖ]{3,6}")
_LOUD = re.compile(r"[A-ZÅÄÖ]{3}")
# `MKL-Mallin Kallin Lalli`: an acronym hyphenated to its full name.
_DASHED = re.compile(r"^([A-ZÅÄÖ]{3,6})-(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")


class Written(NamedTuple):
    """A name without what stands beside it.

    Attributes
    ----------
    text
        The name.
    business_id
        The business ID in it.
    others
        Names of other bodies in brackets.
    apart
        Other words in brackets, neither notes nor acronyms of the name.
    rules
        The rules used: codes of the shelf.
    """

    text: str
    business_id: str | None
    others: tuple[str, ...]
    apart: Tokens
    rules: tuple[str, ...]


def written(name: str, words: Vocabulary) -> Written:
    """Separate a name from what stands beside it."""
    whole = name if name.isascii() else _DASHES.sub("-", unicodedata.normalize("NFC", name))
    text = whole.strip()
    number = _BUSINESS_ID.search(text) if "-" in text else None
    if number is not None:
        text = _BUSINESS_ID.sub(" ", text)
    # These need a sign that most names lack.
    if "/" in text:
        text = _CARE_OF.sub("", text)
    if ":" in text:
        text = _FIRM.sub(" ", text)
    text, others, beside, rules = _without_brackets(apart(text, words), words)
    if "." in text:
        text = _LATER.sub("", text) or text
    bare = _without_acronym(text, words)
    if bare != text:
        rules.append("acronym")
    return Written(bare, number[0] if number else None, tuple(others), beside, tuple(rules))


def apart(text: str, words: Vocabulary) -> str:
    """Insert spaces where capitals run on to a body's name or a legal form."""
    small = text.casefold()
    for pattern in (pattern for word, pattern in words.glued if word in small):
        for match in pattern.finditer(text):
            rest = text[match.end() :]
            loud = match[1].isupper() and rest[:2].isupper()
            camel = match[1][-1].islower() and rest[:1].isupper()
            if loud or camel:
                return apart(f"{text[: match.end()]} {rest}", words)
    return text


def _without_brackets(text: str, words: Vocabulary) -> tuple[str, list[str], Tokens, list[str]]:
    """The name without brackets, other bodies in them, other words in them, and the rules used."""
    others, apart, rules = list[str](), list[str](), list[str]()
    if "(" not in text and "[" not in text:
        return " ".join(text.split()), others, (), rules
    # A district is a part of the name (`Malliliitto ry (Lapin piiri)`), and so is a number.
    own = words.of_district
    text = _BRACKET.sub(
        lambda m: m[1] if m[1].endswith(own) or numbers(tokens_of(m[1])) else m[0], text
    )
    name = " ".join(_BRACKET.sub(" ", text).split())
    for match in _BRACKET.finditer(text):
        inside = match[1].strip()
        tokens = words.plain(tokens_of(inside))
        if inside.casefold().startswith(words.notes) or _DAY.search(inside):
            rules.append("note")
        elif initials(tokens, name, words) or _is_made_of(inside, name, words):
            rules.append("acronym")
        elif not _ACRONYM.fullmatch(inside) and _is_body(tokens, words):
            others.append(inside)
        else:
            apart += tokens
            rules.append("acronym" if _ACRONYM.fullmatch(inside) else "unit")
    return name, others, tuple(apart), rules


def _is_made_of(inside: str, name: str, words: Vocabulary) -> bool:
    """Whether letters of the name before the brackets make the acronym in them."""
    rest = name.split()
    return bool(rest) and (
        _stands_for(inside, rest, words)
        or _of_beginnings(inside.casefold(), [word.casefold() for word in rest])
    )


def _without_acronym(text: str, words: Vocabulary) -> str:
    """A name without its own acronym at the beginning or end."""
    # Most names have no capitals and no dash that could be one.
    if "-" not in text and not _LOUD.search(text):
        return text
    parts = _DASHED.sub(r"\1 ", text).split()
    if "-" not in parts and not any(_CAPITALS.fullmatch(part.rstrip(".,")) for part in parts):
        return text
    end = next((at for at in range(2, len(parts)) if words.is_form(parts[at])), len(parts))
    for place, rest in ((end - 1, parts[: end - 1]), (0, parts[1:end])):
        if len("".join(rest)) < _LEAST_NAME:
            continue
        if place and not words.describing.isdisjoint(tokens_of(rest[-1])[-1:]):
            continue
        acronym = parts[place].rstrip(".,")
        # In a name all in capitals, a word with a vowel may be a name: `ERKKI EERO KOSKIALHO`.
        if text.isupper() and _VOWEL.search(acronym) and not _of_beginnings(acronym, rest):
            continue
        if _stands_for(acronym, rest, words) or _is_short_name(acronym, rest):
            tokens = words.plain(unparted(tokens_of(text)))
            return text if tokens in words.known else " ".join([*rest, *parts[end:]])
    return text


def _is_short_name(word: str, name: list[str]) -> bool:
    """Whether a word behind a dash is made of a name's syllables: `Malfest`."""
    if name[-1] != "-":
        return False
    small = [part.casefold() for each in name for part in _WORD.findall(each)]
    return len(small) > 1 and _of_beginnings(word.casefold(), small, _LEAST_SYLLABLE)


def _of_beginnings(acronym: str, name: list[str], least: int = 1) -> bool:
    """Whether an acronym takes the beginning, never the whole, of every word: `YTEK`."""
    if not name:
        return not acronym
    word, rest = name[0], name[1:]
    return any(
        acronym.startswith(word[:length]) and _of_beginnings(acronym[length:], rest, least)
        for length in range(least, len(word))
    )


def _stands_for(acronym: str, name: list[str], words: Vocabulary) -> bool:
    """Whether capitals are the first letters of a name's words, and letters within them."""
    if not _CAPITALS.fullmatch(acronym):
        return False
    small = [word.casefold() for part in name for word in _WORD.findall(part)]
    letters, first = iter("".join(small)), iter(acronym.casefold())
    beginnings = [word[0] for word in small if word not in words.joining]
    return (
        small[0][0] == acronym[0].casefold()
        and all(letter in letters for letter in acronym.casefold())
        and all(letter in first for letter in beginnings)
    )


def initials(tokens: Tokens, name: str, words: Vocabulary) -> bool:
    """Whether a name with a legal form is only initials of another name: `(MAPA Oy)`."""
    bare = words.legal_form(tokens)[0]
    if len(bare) != 1 or bare == tokens or not 2 <= len(bare[0]) <= _MOST_INITIALS:
        return False
    letters = iter(name.casefold())
    return name.casefold().startswith(bare[0][0]) and all(c in letters for c in bare[0])


def _is_body(tokens: Tokens, words: Vocabulary) -> bool:
    return (
        tokens in words.known
        or any(t in words.bodies or t in words.of_body for t in tokens)
        or words.form_at(tokens, len(tokens) - 1) is not None
    )
