"""Every number of a text: its value, how it is rounded, its unit, and how surely it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from esrdata.proofing.shelf import shelf
from esrdata.reading.quantities.numerals import number_word

_ALONE = ("tuhatta", "tuhat", "miljoonaa", "tusen", "thousand")
#: Units of numbers.
MONEY, PERCENT, POINTS, TIMES, PLAIN = "eur", "percent", "points", "times", "plain"

_GAP = "[ \u00a0\u202f\u2009\u2007]"
_DIGITS = re.compile(
    rf"(?<![\w.,:/])(?P<sign>[-−–]{_GAP}?(?=\d))?(?P<euro>(?:€|EUR(?={_GAP})){_GAP}?)?(?P<digits>"
    rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?"
    rf"|\d{{1,3}}(?:\.\d{{3}})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?)(?P<case>:[a-zåäö]{{1,6}})?(?![\d_])"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT = re.compile(rf"(?:{_GAP}|\n|-)+([^\W\d_][\w:-]*)")
# Between numbers of one unit, which stands behind the last.
_LISTED = re.compile(
    r"\s?,\s|\s(?:ja|sekä|och|and|tai|eller|or)\s|\s?[–—-]\s?|\s(?:av|of)\s(?:\w+\s){0,2}"
)
_COORDINATED = re.compile(r"\s(?:ja|sekä|och|and)\s(?:[^\W\d_]+\s){1,3}")
#: Of a number that is only about so, the value may be off by so much.
_ABOUT = 0.05


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Attributes
    ----------
    start, end
        Where it stands, its sign and unit in it.
    text
        As it is written.
    value
        In euros, per cent or what is counted; None where it is out of scope.
    unit
        `MONEY`, `PERCENT`, `POINTS`, `TIMES` or `PLAIN`.
    low, high
        What values it may stand for, as it is rounded.
    qualifier
        `exact`, `about`, `over`, `at_least`, `under` or `up_to`.
    why
        Why it is no figure of the sources; empty where it may be one.
    noun
        The word behind it.
    decimals
        As many as it is written with; -1 of words.
    word
        Whether it is written in words.
    end_of
        `min` or `max` of the ends of a range, 6–36 months; empty of others.
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: str = PLAIN
    low: float = 0.0
    high: float = 0.0
    qualifier: str = "exact"
    why: str = ""
    noun: str = ""
    decimals: int = 0
    word: bool = False
    end_of: str = ""

    def fits(self, value: float) -> bool:
        """Whether it may stand for a value, given in euros, a ratio being per cent."""
        slack = 1e-9 * max(1.0, abs(value)) + 1e-6
        if self.value is None:
            return False
        near = abs(self.value) * 0.2
        if self.qualifier == "over":
            return self.value - slack <= value <= max(self.high, self.value + near)
        if self.qualifier == "at_least":
            return self.low - slack <= value <= max(self.high, self.value + near)
        if self.qualifier == "under":
            return min(self.low, self.value - near) <= value <= self.value + slack
        if self.qualifier == "up_to":
            return min(self.low, self.value - near) <= value <= self.high + slack
        # A half is rounded up by some programs, to the even number by others: either is right.
        return self.low - slack <= value <= self.high + slack

    def is_equal(self, value: float) -> bool:
        """Whether it is the very value."""
        return self.value is not None and abs(self.value - value) <= 1e-9 * max(1.0, abs(value))


def find(text: str, lang: str) -> list[Number]:
    """The numbers of a text in order, those out of scope with the reason."""
    barred = _barred(text)
    found = [*_fractions(text, lang), *_digits(text, lang), *_words(text, lang)]
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Number] = []
    for number in found:
        if kept and number.start < kept[-1].end:
            continue
        why = next((w for a, b, w in barred if a <= number.start < b or a < number.end <= b), "")
        kept.append(replace(number, why=why) if why else number)
    return _ranges(text, kept)


def _barred(text: str) -> list[tuple[int, int, str]]:
    return [
        (*match.span(), name)
        for name, pattern in shelf().out_of_scope.items()
        for match in pattern.finditer(text)
    ]


def _digits(text: str, lang: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value, decimals = _value(match["digits"], lang)
        before = text[: match.start()]
        # A dash between numbers or words is no minus.
        minus = match["sign"] is not None and re.search(r"(?:^|[\s(|=])$", before) is not None
        minus = minus and not re.search(r"\d\s?$", before)
        # Nor is one apart from its number, which begins an item of a list.
        minus = minus and ((match["sign"] or "")[-1:] in "-−–" or (match["sign"] or "")[:1] == "−")
        start = match.start() if minus else match.start() + len(match["sign"] or "")
        yield _with_unit(
            text, start, match.end(), -value if minus else value, decimals,
            _step(match["digits"], value, decimals), euro=match["euro"] is not None,
        )  # fmt: skip


def _value(digits: str, lang: str) -> tuple[float, int]:
    """What digits write, and how many decimals they have; language decides what may be either."""
    bare = re.sub(_GAP, "", digits)
    groups_commas = re.fullmatch(r"\d{1,3}(?:,\d{3})+(\.\d+)?", bare)
    groups_dots = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(,\d+)?", bare)
    if groups_commas and (lang == "en" or bare.count(",") > 1 or "." in bare):
        bare = bare.replace(",", "")
    elif groups_dots and (lang != "en" or bare.count(".") > 1 or "," in bare):
        bare = bare.replace(".", "").replace(",", ".")
    bare = bare.replace(",", ".")
    _, _, rest = bare.partition(".")
    return float(bare), len(rest)


def _step(digits: str, value: float, decimals: int) -> float:
    """The unit of the last digit that counts: 1 200 000 is rounded to hundred thousands."""
    if decimals:
        return 10.0**-decimals
    zeros = len(re.sub(r"\D", "", digits)) - len(re.sub(r"\D", "", digits).rstrip("0"))
    # One zero at the end says nothing.
    return 10.0**zeros if zeros >= 2 and value else 1.0


def _with_unit(
    text: str, start: int, end: int, value: float, decimals: int, step: float, *,
    euro: bool = False, word: bool = False,
) -> Number:  # fmt: skip
    """A number with its unit, its qualifier and what it may stand for."""
    unit, scale = PLAIN, 1.0
    rest = text[end : end + 40]
    if euro:
        unit = MONEY
        for pattern, size in shelf().after_sign:
            match = pattern.match(rest)
            if match is not None:
                scale, end = size, end + match.end()
                break
    elif (points := shelf().points.match(rest)) is not None:
        unit, end = POINTS, end + points.end()
    elif (percent := shelf().percent.match(rest)) is not None:
        unit, end = PERCENT, end + percent.end()
    elif (times := shelf().times.match(rest)) is not None:
        unit, end = TIMES, end + times.end()
    else:
        for scale_pattern, size, money in shelf().scales:
            match = scale_pattern.match(rest)
            if match is not None:
                euros = money or size >= 1_000_000
                scale, unit, end = size, MONEY if euros else PLAIN, end + match.end()
                break
    qualifier = _qualifier(text[:start])
    about = qualifier == "about"
    if step > 1 and not about and unit == PLAIN and scale == 1 and abs(value) / step < 10:
        # "300 hanketta" is exact; "noin 300 hanketta" is not.
        step = 1.0
    half = step * scale / 2
    if scale == 1 and step > 1:
        half = min(half, abs(value) * _ABOUT)
    if about and decimals <= 0 and scale == 1 and unit == PLAIN:
        zeros = len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0")) if value else 0
        half = max(half, min(10.0**zeros / 2, abs(value) * _ABOUT))
    noun = _NEXT.match(text, end)
    return Number(
        start, end, text[start:end], round(value * scale, 6), unit,
        value * scale - half, value * scale + half, qualifier,
        noun=noun[1] if noun is not None else "", decimals=decimals, word=word,
    )  # fmt: skip


def _qualifier(before: str) -> str:
    """How surely a number stands, by the words right before it."""
    best, longest = "exact", 0
    for name, pattern in shelf().qualifiers.items():
        match = pattern.search(before[-40:])
        if match is not None and match.end() - match.start() > longest:
            best, longest = name, match.end() - match.start()
    return best


def _words(text: str, lang: str) -> Iterator[Number]:
    """Numbers in words."""
    from esrdata.proofing.counted import may_count

    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        size, value = _spelt(tokens, at, text, lang)
        if value is None:
            at += 1
            continue
        first, last = tokens[at], tokens[at + size - 1]
        number = _with_unit(text, first.start(), last.end(), value, -1, 1.0, word=True)
        one = size == 1 and first[0].casefold() in shelf().ones[lang]
        # An article, and a name such as Satakunta, count nothing.
        if value == 0:
            yield replace(number, why="zero")
        elif size == 1 and value >= 1000 and first[0].casefold() in _ALONE:
            # Tuhatta euroa: a unit without its number.
            pass
        elif (not one or (may_count(number.noun, lang) and lang != "sv")) and not (
            first[0][:1].isupper() and value == 100
        ):
            yield number
        at += size


def _spelt(tokens: list[re.Match[str]], at: int, text: str, lang: str) -> tuple[int, float | None]:
    """How many words from a place spell a number, and which."""
    if lang == "fi":
        word = tokens[at][0]
        found = number_word(word)
        joined = word.casefold()
        if found is not None and found.value is not None:
            # Kaksi sataa, sata kaksikymmentä: two words of one number.
            if at + 1 < len(tokens) and text[tokens[at].end() : tokens[at + 1].start()] == " ":
                both = number_word(joined + tokens[at + 1][0])
                if both is not None and both.value is not None and found.qualifier == "exact":
                    return 2, both.value
            return 1, found.value
        return 0, None
    words = shelf().number_words[lang]
    size, total, current, found_any = 0, 0, 0, False
    while at + size < len(tokens):
        if size and not re.fullmatch(
            r"[\s-]|\s(?=and\b)", text[tokens[at + size - 1].end() : tokens[at + size].start()]
        ):
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


def _parts(token: str, words: "dict[str, int] | object") -> list[int] | None:
    """A word cut into number words: tjugofyra, twenty-four."""
    known: dict[str, int] = words  # type: ignore[assignment]
    if token in known:
        return [known[token]]
    for piece in token.split("-"):
        if piece not in known:
            break
    else:
        return [known[piece] for piece in token.split("-")]
    for end in range(len(token) - 1, 1, -1):
        if token[:end] in known and known[token[:end]] >= 1:
            rest = _parts(token[end:], known)
            if rest is not None and len(token) > 5:
                return [known[token[:end]], *rest]
    return None


def _fractions(text: str, lang: str) -> Iterator[Number]:
    for pattern, value in shelf().fractions[lang]:
        for match in pattern.finditer(text):
            qualifier = _qualifier(text[: match.start()])
            noun = _NEXT.match(text, match.end())
            yield Number(
                match.start(), match.end(), match[0], value, PERCENT,
                *_fraction_bounds(value), qualifier=qualifier,
                noun=noun[1] if noun is not None else "", decimals=-1, word=True,
            )  # fmt: skip


def _fraction_bounds(value: float) -> tuple[float, float]:
    """What a part of a whole may stand for: nearer to it than half way to the next such part."""
    if value <= 50:
        whole = 100 / value
        return 100 / (whole + 0.5), min(100 / (whole - 0.5), value + 5)
    return value - 5, value + 5


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Numbers of a range have one unit: 6–36 months, 92,1–99,8 %."""
    found = list(numbers)
    for i in range(len(found) - 1):
        one, other = found[i], found[i + 1]
        between = text[one.end : other.start]
        joined = shelf().ranges.fullmatch(between) is not None
        listed = re.fullmatch(r"\s?,\s|\s(?:ja|sekä|och|and|tai|eller|or)\s", between) is not None
        if (joined or listed) and one.unit == PLAIN and not one.why and not other.why:
            found[i] = _as(one, other, joined=joined)
        if joined and not one.why and not other.why:
            found[i] = replace(found[i], end_of="min")
            found[i + 1] = replace(other, end_of="max")
    for i in range(len(found) - 2, -1, -1):
        one, other = found[i], found[i + 1]
        if one.unit == other.unit == PLAIN and _COORDINATED.fullmatch(text[one.end : other.start]):
            # "The shortest 6 and the longest 36 months": both are months.
            found[i] = replace(one, noun=other.noun)
            continue
        scaled = one.unit == PLAIN and other.unit != PLAIN and not one.why and not other.why
        if scaled and _LISTED.fullmatch(text[one.end : other.start]):
            found[i] = _as(one, other, joined=False)
    return found


def _as(one: Number, other: Number, *, joined: bool) -> Number:
    """A number in the unit of the one behind it, where it is of its size."""
    if other.unit == PLAIN:
        return replace(one, noun=one.noun if one.noun and not joined else other.noun)
    bare = re.sub(r"[^\d]", "", other.text)
    scale = 1.0
    if other.unit == MONEY and other.value and bare:
        scale = 10 ** round(_order(other.value) - _order(_bare(other.text)))
    if one.value is None:
        return one
    half = (one.high - one.low) / 2
    value = one.value * scale
    if scale != 1.0:
        half = (10.0 ** -max(one.decimals, 0)) / 2 * scale
    return replace(
        one, value=round(value, 6), unit=other.unit, low=value - half, high=value + half,
        noun=other.noun,
    )  # fmt: skip


def _order(value: float) -> float:
    from math import log10

    return log10(abs(value)) if value else 0.0


def _bare(text: str) -> float:
    match = re.search(r"\d[\d.,\u00a0 ]*", text)
    return _value(match[0].strip().rstrip(".,"), "fi")[0] if match is not None else 1.0
