"""A number of a text: its value, its unit, and how exact it is."""

import re
from dataclasses import dataclass

from esrdata.proofing.shelf import shelf

#: Units of numbers.
MONEY, PERCENT, POINTS, TIMES, PLAIN = "eur", "percent", "points", "times", "plain"
#: A rank: toiseksi eniten.
RANK = "rank"
#: Spaces between groups of digits, and before a unit.
GAP = "[ \u00a0\u202f\u2009\u2007]"
NEXT = re.compile(rf"(?:{GAP}|\n|-)+([^\W\d_][\w:-]*)")
#: The relative tolerance of numbers with "about".
_ABOUT = 0.05
# Qualifiers that are bounds.
_BOUNDS = frozenset({"over", "at_least", "under", "up_to"})


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Attributes
    ----------
    start, end
        Where it stands, with its sign and unit.
    text
        As it is written.
    value
        In euros, per cent or what is counted; None where it is out of scope.
    unit
        `MONEY`, `PERCENT`, `POINTS`, `TIMES`, `RANK` or `PLAIN`.
    low, high
        The range of values that it may be rounded from.
    qualifier
        `exact`, `about`, `over`, `at_least`, `under` or `up_to`.
    why
        Why it is out of scope; empty where it may be a figure.
    noun
        The word behind it.
    decimals
        How many it is written with; -1 if in words.
    word
        Whether it is written in words.
    end_of
        `min`, `max`, `q1` or `q3` at the ends of a range (6–36 months); else empty.
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
        """Whether it may stand for a value, given in euros, per cent or as a count."""
        slack = 1e-9 * max(1.0, abs(value)) + 1e-6
        if self.value is None:
            return False
        if self.qualifier in _BOUNDS:
            return self._bounds(value, self.value, slack)
        # Programs round a half up or to the even number; both are accepted.
        return self.low - slack <= value <= self.high + slack

    def reach(self) -> tuple[float, float]:
        """An interval that contains every value it may stand for."""
        value = self.value or 0.0
        far = abs(value) * self._nearness() + 2 * (self.high - self.low) + 1.0
        far += 1e-6 * (abs(value) + abs(self.low) + abs(self.high))
        return min(value, self.low) - far, max(value, self.high) + far

    def _bounds(self, value: float, bound: float, slack: float) -> bool:
        """Whether a value is on the right side of a bound, and near it."""
        near = max(abs(bound) * self._nearness(), 2 * (self.high - self.low))
        # A sum rounded to the euro may pass the value: below 321,284 for 321,284.50.
        past = slack + (0.5 if self.unit == MONEY and self._is_in_full() else 0.0)
        if self.word and self.unit == PERCENT:
            # "More than half" excludes half.
            past = -slack
        if self.qualifier == "over":
            return bound - past <= value <= max(self.high, bound + near)
        if self.qualifier == "at_least":
            return self.low - slack <= value <= max(self.high, bound + near)
        if self.qualifier == "under":
            return min(self.low, bound - near) <= value <= bound + past
        # Up to.
        return min(self.low, bound - near) <= value <= self.high + slack

    def _is_in_full(self) -> bool:
        """Whether its digits are the full value: 609 800 euroa, not 0,61 M€."""
        return re.sub(r"\D", "", self.text) == f"{self.value:.0f}"

    def _nearness(self) -> float:
        """How far from a bound a value may be, as a ratio; less with more digits."""
        digits = len(re.sub(r"\D", "", self.text).strip("0")) if not self.word else 1
        return {0: 0.2, 1: 0.2, 2: 0.06}.get(digits, 0.0)

    def is_equal(self, value: float) -> bool:
        """Whether it is exactly the value."""
        return self.value is not None and abs(self.value - value) <= 1e-9 * max(1.0, abs(value))


def with_unit(
    text: str, start: int, end: int, value: float, decimals: int, step: float, *,
    euro: bool = False, word: bool = False,
) -> Number:  # fmt: skip
    """A number with its unit, its qualifier and the range it may stand for."""
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
    qualifier = qualifier_of(text[:start])
    about = qualifier == "about"
    if step > 1 and not about and unit == PLAIN and scale == 1 and abs(value) / step < 10:
        # "300 hanketta" is exact; "noin 300 hanketta" is not.
        step = 1.0
    if unit == PERCENT and not about:
        # "100 prosenttia" does not cover 99.4.
        step = min(step, 1.0)
    half = step * scale / 2
    if scale == 1 and step > 1:
        half = min(half, abs(value) * _ABOUT)
    if about and decimals <= 0 and scale == 1 and unit == PLAIN:
        zeros = len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0")) if value else 0
        half = max(half, min(10.0**zeros / 2, abs(value) * _ABOUT))
    noun = NEXT.match(text, end)
    return Number(
        start, end, text[start:end], round(value * scale, 6), unit,
        value * scale - half, value * scale + half, qualifier,
        noun=noun[1] if noun is not None else "", decimals=decimals, word=word,
    )  # fmt: skip


def qualifier_of(before: str) -> str:
    """The qualifier in the words right before a number."""
    best, longest = "exact", 0
    for name, pattern in shelf().qualifiers.items():
        match = pattern.search(before[-40:])
        if match is not None and match.end() - match.start() > longest:
            best, longest = name, match.end() - match.start()
    return best
