"""Sums of money in a text, with their precision and kind.

Three functions, from the strictest to the most open:

- `read_sum(text)`: the one sum that a value behind a label states, or None for a range, a rate
  (per year or person), several sums without a whole, and figures with something unknown next to
  them.
- `find_sums(text)`: all sums of a sentence or a value: exact or qualified, a range (`high`), a rate
  (`per`), a part of another (`part`), a whole (`total`), in brackets (`aside`); figures that cannot
  be read are `Unread` with the reason.
- `read_unit(text)`: the factor that a heading such as `1000 €` gives the figures below it.

Words and signs are in `quantities/sums.yml`, formats of digits in `figures.py`. The grammar of a
sum is `[qualifier] [currency] figure [scale] [currency] [qualifier] [rate]`; two sums may be joined
to one (`1 milj. 200 000 €`) or to a range (`350–400 t€`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.reading.quantities.figures import GAP, MINUS
from esrdata.reading.quantities.money_figures import Figure, money_figures, read_unit
from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.settings import SETTINGS

__all__ = ["Sum", "Unread", "find_sums", "leads_sum", "read_sum", "read_unit"]

_SLASH = re.compile(rf"{GAP}?/{GAP}?[^\W\d_]")
_TIMES_BEHIND = re.compile(r"\s?[x×*]\s?\d|\s+kertaa\b", re.IGNORECASE)
_TIMES_BEFORE = re.compile(r"(?:\d\s?[x×*]|\bkertaa|\d\s*\+)\s*$", re.IGNORECASE)
_PLUS_BEHIND = re.compile(r"\s*\+\s*\d")
# What may follow a figure without a currency: nothing, the end of a clause, a bracket.
_ENDS = re.compile(r"\s*(?:$|[),;\]]|\.(?:\s|$)|\n|\((?!\s*\w{1,3}\s*\)))")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[.!?;]\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in euros at `start:end` of a text, including qualifying words.

    Attributes
    ----------
    amount, high
        Euros; for a range its ends, otherwise `high` is None.
    qualifier
        about, over, at_least, under or up_to; None if the sum is exact.
    per
        year, month, person or other if the sum is a rate; otherwise None.
    part, total, aside
        Whether words make it a part of another sum (`josta`) or the whole (`yhteensä`), and whether
        it is in brackets.
    bare
        Whether it has no currency, nor a word that includes one.
    """

    amount: float
    qualifier: str | None
    start: int
    end: int
    high: float | None = None
    per: str | None = None
    part: bool = False
    total: bool = False
    aside: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure that may be money but cannot be read.

    `why` is unknown_word, foreign, malformed (no number, or ambiguous), negative or multiplied.
    """

    start: int
    end: int
    why: str


def read_sum(text: str) -> Sum | None:
    """The one sum of money that a value states.

    Parameters
    ----------
    text
        A value behind a label of money, so that a figure needs no euro sign.

    Returns
    -------
    Sum or None
        None if there is no sum, if it is a range or a rate, if several sums have no whole, or if a
        figure that may be money cannot be read. Percentages and years are ignored.
    """
    found = find_sums(text, labelled=True)
    sums = [each for each in found if isinstance(each, Sum)]
    if not sums or any(isinstance(each, Unread) for each in found):
        return None
    whole = _whole(text, sums)
    if (
        whole is not None
        and read_unit(text[whole.start : whole.end])
        and _DIGIT.search(text, whole.end)
    ):
        # "1000 € 350" may be 350 thousands, or two sums.
        return None
    return whole if whole is not None and whole.per is None and whole.high is None else None


def leads_sum(text: str) -> bool:
    """Whether a text before a sum adds nothing to it: `budjetti on`."""
    return money_words().lead.fullmatch(text) is not None


def _whole(text: str, sums: Sequence[Sum]) -> Sum | None:
    """The sum of which the others are parts, asides or repetitions."""
    named = [each for each in sums if each.total and not each.part]
    if len(named) == 1 and all(each.amount <= named[0].amount for each in sums):
        return named[0]
    candidates = [each for each in sums if not each.part]
    if not candidates:
        return None
    first = candidates[0]
    # An aside above the sum it follows is another figure for the same thing.
    rest = [s for s in candidates[1:] if s.amount != first.amount]
    if all(s.aside and not first.aside and s.amount < first.amount for s in rest):
        return first
    # What follows adds up to it; in "ESR 150 €, kunta 100 €, muu 50 €" that is by chance.
    added = round(sum(s.amount for s in rest), 2)
    alone = money_words().lead.fullmatch(text[: first.start])
    same = alone and all(s.per is None and s.high is None for s in rest)
    return first if same and added == first.amount else None


def find_sums(text: str, *, labelled: bool = False) -> list[Sum | Unread]:
    """Every sum of money in a text.

    Parameters
    ----------
    text
        A sentence, or a value behind a label.
    labelled
        Whether a label of money precedes the text: then a figure of four digits or more is money
        without a euro sign, and one with an unknown word behind it is `Unread`. Otherwise figures
        without a currency are left out.

    Returns
    -------
    list of Sum and Unread
        In the order of the text.
    """
    found: list[Sum | Unread] = []
    at = 0
    for figure in money_figures(text):
        each = _read(text, figure, at, labelled, first=not found)
        if each is not None:
            found.append(each)
            at = figure.end + _rate_behind(text, figure.end)[1]
    return found


# ---- the surroundings of a sum


def _read(text: str, figure: Figure, at: int, labelled: bool, first: bool) -> Sum | Unread | None:
    """A figure with its surroundings; None if it is no money."""
    money = figure.euros or figure.why == "foreign"
    if not money and not labelled:
        return None
    words, start, end = money_words(), figure.start, figure.end
    start, qualifier = _qualified(text, figure, at)
    per = _rate(text, at, start, end)
    why = figure.why
    if figure.amount is not None and why is None:
        why = _trouble(text, figure)
    if not money:
        follows = _ENDS.match(text, end) or words.part.match(text[end:].lstrip(" ,("))
        before = text[at:start]
        leads = (
            words.lead.fullmatch(before)
            or re.search(r"[:=]\s*$", before)
            or (not first and words.part.search(before))
        )
        counts = figure.digits < SETTINGS.bare_digits and figure.scale == 1
        if not first and counts and not _TIMES_BEHIND.match(text, end):
            # A page or a number of things is no money, also behind the sum of the label.
            return None
        if why is None and (counts or not (leads and (follows or per))):
            why = "unknown_word"
    if figure.amount is None or why is not None:
        return Unread(figure.start, end, why or "malformed")
    behind = words.qualifier_behind.match(text, end)
    if behind is not None and qualifier is None:
        qualifier, end = words.qualifiers[load.fold(behind["word"])], behind.end("word")
    clause = _SENTENCE.split(text[:start])[-1]
    return Sum(
        figure.amount, qualifier, start, end, figure.high, per,
        part=words.part.search(clause) is not None,
        total=words.total.search(text, at, figure.start) is not None
        or words.total_behind.match(text, end) is not None,
        aside=text.count("(", 0, start) > text.count(")", 0, start),
        bare=not figure.euros,
    )  # fmt: skip


def _qualified(text: str, figure: Figure, at: int) -> tuple[int, str | None]:
    """The start of a sum with its qualifying words; the first of several decides."""
    start, qualifier = figure.start, figure.qualifier
    while (match := money_words().qualifier.search(text, at, start)) is not None:
        qualifier = money_words().qualifiers[load.fold(match["word"] or match["sign"])]
        start = match.start()
    return start, qualifier


def _rate(text: str, at: int, start: int, end: int) -> str | None:
    """What the sum is a rate of, if it is a rate."""
    per, _ = _rate_behind(text, end)
    if per is not None:
        return per
    clause = _SENTENCE.split(text[at:start])[-1]
    before = money_words().rate_before
    return next((per for per, named in before.items() if named.search(clause)), None)


def _rate_behind(text: str, end: int) -> tuple[str | None, int]:
    """The rate given by the words behind a sum, and their length."""
    words = money_words()
    for pattern in (words.rate_behind, words.rate_slash):
        for per, known in pattern.items():
            match = known.match(text, end)
            if match is not None:
                return per, match.end() - end
    each = words.rate_each.match(text, end)
    if each is not None:
        return "other", each.end() - end
    return ("other" if _SLASH.match(text, end) else None), 0


def _trouble(text: str, figure: Figure) -> str | None:
    """Why a readable figure is still no sum."""
    start, end = figure.start, figure.end
    if _TIMES_BEHIND.match(text, end) or _PLUS_BEHIND.match(text, end):
        return "multiplied"
    before = text[:start]
    if _TIMES_BEFORE.search(before) or re.search(r"(?:%|prosenttia)\s*$", before):
        return "multiplied"
    # A sign right before the figure, or a true minus anywhere before it; brackets; behind it.
    if re.search(rf"{MINUS}$|\u2212\s?$", before) or re.match(r"[-\u2212](?!\w)", text[end:]):
        return "negative"
    if re.fullmatch(r"\s*\(\s*", before) and re.fullmatch(r"\s*\)\s*", text[end:]):
        return "negative"
    return None
