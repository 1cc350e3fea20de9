"""Numbers written in words, and fractions: kaksikymmentäneljä, twenty-four, joka viides."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from esrdata.proofing.number import NEXT, PERCENT, RANK, TIMES, Number, qualifier_of, with_unit
from esrdata.proofing.shelf import shelf
from esrdata.reading.quantities.numerals import number_word

_ALONE = ("tuhatta", "tuhat", "miljoonaa", "tusen", "thousand")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def in_words(text: str, lang: str) -> Iterator[Number]:
    """Numbers in words."""
    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        size, value = _spelt(tokens, at, text, lang)
        if value is None:
            at += 1
            continue
        first, last = tokens[at], tokens[at + size - 1]
        number = with_unit(text, first.start(), last.end(), value, -1, 1.0, word=True)
        one = size == 1 and first[0].casefold() in shelf().ones[lang]
        # Articles, and names such as Satakunta, count nothing.
        if value == 0:
            yield replace(number, why="zero")
        elif size == 1 and value >= 1000 and first[0].casefold() in _ALONE:
            # Tuhatta euroa: a unit whose number is missing.
            pass
        elif (not one or _is_count(number, text, lang)) and not (
            first[0][:1].isupper() and value == 100
        ):
            yield number
        at += size


def _is_count(one: Number, text: str, lang: str) -> bool:
    """Whether "one" is a count, not an article; in Swedish only with "bara" or the like."""
    from esrdata.proofing.counted import counted

    sure = lang != "sv" or shelf().only[lang].fits(text, one.start)
    return sure and counted(one.noun, lang) is not None


def _spelt(tokens: list[re.Match[str]], at: int, text: str, lang: str) -> tuple[int, float | None]:
    """How many words spell a number here, and which number."""
    if lang == "fi":
        found = number_word(tokens[at][0])
        if found is None or found.value is None:
            return 0, None
        # Kaksi sataa, sata kaksikymmentä: one number in two words.
        if at + 1 < len(tokens) and text[tokens[at].end() : tokens[at + 1].start()] == " ":
            both = number_word(tokens[at][0].casefold() + tokens[at + 1][0])
            if both is not None and both.value is not None and found.qualifier == "exact":
                return 2, both.value
        return 1, found.value
    words = shelf().number_words[lang]
    size, total, current, found_any = 0, 0, 0, False
    while at + size < len(tokens):
        gap = text[tokens[at + size - 1].end() : tokens[at + size].start()] if size else "-"
        if re.fullmatch(r"[\s-]", gap) is None:
            break
        token = tokens[at + size][0].casefold()
        if token in ("and", "och") and found_any and current >= 100 and at + size + 1 < len(tokens):
            if _parts(tokens[at + size + 1][0].casefold(), words) is not None:
                size += 1
                continue
            break
        parts = _parts(token, words)
        if parts is None:
            break
        for part in parts:
            if part == 1000:
                total, current = total + max(current, 1) * 1000, 0
            elif part == 100:
                current = max(current, 1) * 100
            elif current % 10 or (current and part >= 10 and current % 100):
                return (size, float(total + current)) if size else (0, None)
            else:
                current += part
        found_any, size = True, size + 1
    return (size, float(total + current)) if found_any else (0, None)


def _parts(token: str, known: Mapping[str, int]) -> list[int] | None:
    """A word split into number words: tjugofyra, twenty-four."""
    pieces = token.split("-")
    if all(piece in known for piece in pieces):
        return [known[piece] for piece in pieces]
    for end in range(len(token) - 1, 1, -1):
        if token[:end] in known and known[token[:end]] >= 1:
            rest = _parts(token[end:], known)
            if rest is not None and len(token) > 5:
                return [known[token[:end]], *rest]
    return None


def fractions(text: str, lang: str) -> Iterator[Number]:
    """Fractions, in per cent."""
    for pattern, value in shelf().fractions[lang]:
        for match in pattern.finditer(text):
            qualifier = qualifier_of(text[: match.start()])
            noun = NEXT.match(text, match.end())
            yield Number(
                match.start(), match.end(), match[0], value, PERCENT,
                *_fraction_bounds(value), qualifier=qualifier,
                noun=noun[1] if noun is not None else "", decimals=-1, word=True,
            )  # fmt: skip


def comparisons(text: str, lang: str) -> Iterator[Number]:
    """Multiples in one word, and ranks before "most"."""
    for unit, known in ((TIMES, shelf().times_words[lang]), (RANK, shelf().ranks[lang])):
        for pattern, value in known:
            for match in pattern.finditer(text):
                half = 0.5 if unit == TIMES else 0.0
                yield Number(match.start(), match.end(), match[0], value, unit, value - half,
                             value + half, decimals=-1, word=True)  # fmt: skip


def _fraction_bounds(value: float) -> tuple[float, float]:
    """The range of a fraction: up to half way to the next one."""
    if value <= 50:
        whole = 100 / value
        return 100 / (whole + 0.5), min(100 / (whole - 0.5), value + 5)
    return value - 5, value + 5
