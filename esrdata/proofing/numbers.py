"""Finds the numbers of a text: value, rounding, unit and qualifier."""

import re
from collections.abc import Iterator
from dataclasses import replace
from math import log10

from esrdata.proofing.number import GAP, MONEY, PERCENT, PLAIN, Number, with_unit
from esrdata.proofing.numerals import comparisons, fractions, in_words
from esrdata.proofing.shelf import shelf

_DIGITS = re.compile(
    rf"(?<![\w.,:/])(?P<sign>(?:[-−–]|−{GAP})(?=\d))?(?P<euro>(?:€|EUR(?={GAP})){GAP}?)?(?P<digits>"
    rf"\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?"
    rf"|\d{{1,3}}(?:\.\d{{3}})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?)(?P<case>:[a-zåäö]{{1,6}})?(?![\d_])"
)


def find(text: str, lang: str) -> list[Number]:
    """The numbers of a text in order, those out of scope with the reason."""
    barred = _barred(text)
    found = [*comparisons(text, lang), *fractions(text, lang), *_digits(text, lang)]
    found += in_words(text, lang)
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Number] = []
    for number in found:
        if kept and number.start < kept[-1].end:
            continue
        why = next((w for a, b, w in barred if a <= number.start < b or a < number.end <= b), "")
        kept.append(replace(number, why=why) if why else number)
    return _ranges(text, kept, lang)


def _barred(text: str) -> list[tuple[int, int, str]]:
    return [
        (*match.span(), name)
        for name, pattern in shelf().out_of_scope.items()
        for match in pattern.finditer(text)
    ]


def _digits(text: str, lang: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value, decimals = _value(match["digits"], lang)
        # A dash between numbers or words, or before an item of a list, is no minus.
        minus = match["sign"] and re.search(r"(?:^|(?<!\d)\s|[(|=])$", text[: match.start()])
        start = match.start() if minus else match.start() + len(match["sign"] or "")
        yield with_unit(
            text, start, match.end(), -value if minus else value, decimals,
            _step(match["digits"], value, decimals), euro=match["euro"] is not None,
        )  # fmt: skip


def _value(digits: str, lang: str) -> tuple[float, int]:
    """The value of digits and their decimals; the language decides ambiguous signs."""
    bare = re.sub(GAP, "", digits)
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
    """The unit of the last significant digit: 1 200 000 is rounded to hundred thousands."""
    if decimals:
        return 10.0**-decimals
    zeros = len(re.sub(r"\D", "", digits)) - len(re.sub(r"\D", "", digits).rstrip("0"))
    # One zero at the end need not be rounding.
    return 10.0**zeros if zeros >= 2 and value else 1.0


def _ranges(text: str, numbers: list[Number], lang: str) -> list[Number]:
    """Give numbers that belong together one unit: 6–36 months, 92,1–99,8 %."""
    found = list(numbers)
    for i in range(len(found) - 1):
        one, other = found[i], found[i + 1]
        between = text[one.end : other.start]
        ends = shelf().between
        joined = (
            shelf().ranges.fullmatch(between) is not None
            or (
                ends["inner"].fullmatch(between) is not None
                and (
                    ends["before"].search(text[: one.start]) is not None
                    or ends["behind"].match(text, other.end) is not None
                )
            )
            or _from_to(one, other, between)
        )
        listed = shelf().listed.fullmatch(between) is not None
        listed = listed and not _is_share(one, other, between)
        if (joined or listed) and one.unit == PLAIN and not one.why and not other.why:
            found[i] = _as(one, other, lang, joined=joined)
        if joined and not one.why and not other.why:
            middle = ends["middle"].search(text[: one.start]) is not None
            found[i] = replace(found[i], end_of="q1" if middle else "min")
            found[i + 1] = replace(other, end_of="q3" if middle else "max")
    for i in range(1, len(found)):
        one, other = found[i - 1], found[i]
        between = text[one.end : other.start]
        if (
            one.unit == other.unit == PLAIN and not other.noun and shelf().is_length(one.noun)
            and shelf().sentence_end.search(between) is None
        ):  # fmt: skip
            # "The shortest ran for 6 months and the longest for 36."
            found[i] = replace(other, noun=one.noun)
    for i in range(len(found) - 2, -1, -1):
        one, other = found[i], found[i + 1]
        between, known = text[one.end : other.start], shelf()
        if one.unit == other.unit == PLAIN and known.coordinated.fullmatch(between):
            # "The shortest 6 and the longest 36 months": both are months.
            found[i] = replace(one, noun=other.noun)
            continue
        scaled = one.unit == PLAIN and other.unit != PLAIN and not one.why and not other.why
        shared = any(p.fullmatch(between) for p in (known.listed, known.ranges, known.out_of))
        if scaled and shared and not _is_share(one, other, between):
            found[i] = _as(one, other, lang, joined=False)
    return found


def _is_share(one: Number, other: Number, between: str) -> bool:
    """Whether a share repeats a count: 8 or 4.3 %, but not 5 or 6 %."""
    apart = one.decimals != other.decimals or (one.value or 0.0) > (other.value or 0.0)
    return other.unit == PERCENT and apart and shelf().that_is.fullmatch(between) is not None


def _from_to(one: Number, other: Number, between: str) -> bool:
    """Whether case endings make two numbers a range: 6 kuukaudesta 36 kuukauteen."""
    ends = shelf().between
    if not between.strip() and one.unit == other.unit != PLAIN:
        # "50 prosentista 98 prosenttiin"
        from_it, to_it = ends["from_unit"].search(one.text), ends["to_unit"].search(other.text)
        return from_it is not None and to_it is not None
    if ends["to"].fullmatch(other.noun) is None:
        return False
    if not between.strip():
        # "6:sta 36 kuukauteen"
        return ends["from_case"].search(one.text) is not None
    same = one.noun[:4].casefold() == other.noun[:4].casefold()
    return ends["from"].fullmatch(between) is not None and same


def _as(one: Number, other: Number, lang: str, *, joined: bool) -> Number:
    """A number in the unit and scale of the one behind it."""
    if other.unit == PLAIN:
        return replace(one, noun=one.noun if one.noun and not joined else other.noun)
    bare = re.sub(r"[^\d]", "", other.text)
    scale = 1.0
    if other.unit == MONEY and other.value and bare:
        scale = 10 ** round(log10(abs(other.value)) - log10(_bare(other.text, lang) or 1.0))
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


def _bare(text: str, lang: str) -> float:
    match = re.search(r"\d[\d.,\u00a0 ]*", text)
    return _value(match[0].strip().rstrip(".,"), lang)[0] if match is not None else 1.0
