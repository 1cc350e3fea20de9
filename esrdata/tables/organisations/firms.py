"""Names of companies, associations and sole traders that end in a legal form."""

import re
from collections.abc import Iterator
from itertools import groupby

from esrdata.tables.organisations.identity import Identity
from esrdata.tables.organisations.vocabulary import PARTED, Tokens, Vocabulary, folded, unparted

# What only numbers a body and names no unit: a number, a letter, a Roman numeral.
_NUMBER = re.compile(r"\d+\w?|\w|[ivx]+")
# A company's own name has at least so many letters to stand without its description.
_SHORTEST_NAME = 4


def company(words: Vocabulary, tokens: Tokens) -> Identity | None:
    """A name with a unit behind its legal form: `Cursor Oy Kotkan seudun …`."""
    first = words.leading(tokens)
    for at in range(first + 1, len(tokens)):
        length = words.form_length(tokens, at)
        if not length or at + length >= len(tokens):
            continue
        before = unparted(tokens[first:at])
        # Between two legal forms the name is complete, even with a slash behind.
        parted = tokens[at + length] == PARTED
        if (first and not parted) or not before or folded(before) in words.generic:
            return None
        while (more := words.form_length(tokens, at + length)) > 0:
            length += more
        if at + length >= len(tokens) or numbers(tokens[at + length :]):
            return None
        form = words.form_at(tokens, at + length - 1)
        unit = " ".join(unparted(tokens[at + length :]))
        own = _own_name(words, before)
        done = ("unit",) if own == before else ("description", "unit")
        return Identity(f"{form}:{folded(own)}", None, " ".join(own), unit, rules=done)
    return None


def described(words: Vocabulary, bare: Tokens, form: str | None) -> Identity | None:
    """A company named behind a description: `Kehitysyhtiö Malli Oy`."""
    name = _own_name(words, bare)
    if form is None or name == bare:
        return None
    return Identity(f"{form}:{folded(name)}", None, " ".join(name), rules=("description",))


def _own_name(words: Vocabulary, bare: Tokens) -> Tokens:
    """The last word if those before it only describe the company; else all words."""
    if len(bare) < 2:
        return bare
    # `Teknologiakeskus Oy Malli Ab`, too.
    before, name = words.legal_form(bare[:-1])[0], bare[-1:]
    places = (words.regions, words.municipalities, words.towns)
    if before[-1] not in words.describing or len(name[0]) < _SHORTEST_NAME:
        return bare
    return bare if any(name in names for names in places) else name


def plain_name(words: Vocabulary, tokens: Tokens, bare: Tokens, form: str | None) -> Identity:
    """A name that no rule takes apart."""
    if PARTED not in tokens and bare[-1] in words.districts:
        bare, form = _district(words, bare, form)
    parts = [bare] if PARTED not in tokens else [p for p, _ in _parts(words, tokens)]
    if form is None:
        # A short name may follow the description: `Mallilan yhdistys Kalli`.
        ends = [word for part in parts for word in (part[-1], *part[1:-1][-1:])]
        # Most words have no known ending, which one test shows.
        ends = [word for word in ends if word.endswith(words.any_ending)]
        known = words.endings if ends else ()
        found = (f for end, f in known if any(last.endswith(end) for last in ends))
        form = next(found, words.beginnings.get(bare[0]))
    if PARTED in tokens and len({form for _, form in _parts(words, tokens)} - {None}) > 1:
        # `Mallia ry / Mallia Oy` are two bodies.
        return Identity(f"name:{folded(tokens)}", None, " ".join(bare))
    # The names may be in either order, and one may be repeated.
    names = "/".join(sorted(set(map(folded, parts))))
    return Identity(f"{form or 'name'}:{names}", None, " ".join(bare), rules=("legal_form",))


def _district(words: Vocabulary, bare: Tokens, form: str | None) -> tuple[Tokens, str | None]:
    """A district of a national association, whose name is put into the nominative.

    A legal form within is the association's; the district has its own: `Malliliitto ry, Lapin
    piiri`.
    """
    formed = len(bare)
    bare = tuple(token for token in bare if words.form_at((token,), 0) is None)
    for at, token in enumerate(bare[:-1]):
        for genitive, ending in words.of_districts:
            if token.endswith((genitive, ending)):
                whole = token.removesuffix(genitive) + ending if token.endswith(genitive) else token
                return (*bare[:at], whole, *bare[at + 1 :]), form or "ry"
    return bare, form or ("ry" if len(bare) < formed else None)


def _parts(words: Vocabulary, tokens: Tokens) -> Iterator[tuple[Tokens, str | None]]:
    """The parts between separators, each without its legal form."""
    for parted, part in groupby(tokens, lambda token: token == PARTED):
        if not parted:
            yield words.legal_form(tuple(part))


def numbers(tokens: Tokens) -> bool:
    """Whether tokens only number a body: `Kiinteistö Oy Koivu 2`."""
    return all(map(_NUMBER.fullmatch, unparted(tokens)))
