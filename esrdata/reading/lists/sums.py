"""Sums and counts of a list: how its cells write them.

A sum that may be read in two ways is not read, unless the other sums of the list show how it writes
thousands.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from esrdata.reading.lists.marks import bare
from esrdata.reading.lists.refused import AmbiguousError
from esrdata.reading.quantities.cells import read_amount, read_count
from esrdata.reading.quantities.figures import MINUS
from esrdata.reading.quantities.kinds import UnreadableError
from esrdata.reading.quantities.settings import SETTINGS as QUANTITIES

_SCIENTIFIC = re.compile(r"\d(?:[.,](?P<decimals>\d+))?[eE]\+?(?P<power>\d+)")
# A month and its year, which four decimals could be.
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d")
# Three decimals that cannot be thousands: a formula's result.
_THREE_DECIMALS = re.compile(r"-?(?:0|\d{4,})[.,]\d{3}")
# Three digits behind a lone sign: thousands or decimals.
THOUSANDS = re.compile(
    rf"(?:€\s?)?{MINUS}?[1-9]\d{{0,2}}(?P<sign>[.,])\d{{3}}(?:\s?(?:€|eur|euroa?))?", re.IGNORECASE
)
# Numbers on lines of their own, which are no thousands and hundreds of one.
_NUMBERS_APART = re.compile(r"\d[^\d\n]*\n\s*[^\d\n]*\d")
# Hyphens that keep a line from breaking, and the dash of figures.
_HYPHEN = re.compile("[\u2010-\u2012]")


def money(text: str) -> float:
    """The sum of a cell, in euros.

    Raises `UnreadableError` if the text is no sum, or more than one could be meant.
    """
    if text.isdecimal() and len(text) <= QUANTITIES.digits:
        return float(text)
    if "\n" in text and _NUMBERS_APART.search(text):
        raise UnreadableError(text)
    written = " ".join(_HYPHEN.sub("-", bare(text)).split())
    rounded = _SCIENTIFIC.search(written)
    # A narrow column shows fewer digits than the number has: 1,93E+05 was rounded.
    if rounded is not None and len(rounded["decimals"] or "") < int(rounded["power"]):
        raise AmbiguousError(text)
    if _MONTH.fullmatch(written):
        raise AmbiguousError(text)
    if _THREE_DECIMALS.fullmatch(written):
        return float(written.replace(",", "."))
    try:
        amount = read_amount(written)
    except UnreadableError as error:
        if THOUSANDS.fullmatch(written):
            raise AmbiguousError(text) from error
        raise
    # Zero has no sign.
    return amount or 0.0


def count(text: str) -> int:
    """The count of a cell.

    Raises `UnreadableError` if the text is no count, or more than one.
    """
    return read_count(bare(text))


@dataclass(frozen=True, slots=True)
class Signs:
    """How the sums of a list are written, as far as those that can be read in one way show.

    `grouping` are the signs seen between thousands, `decimal` those before cents; `run` tells
    whether thousands stand without any sign, `typed` whether cells may be numbers of a program,
    which have a point before their decimals.
    """

    grouping: frozenset[str]
    decimal: frozenset[str]
    run: bool
    typed: bool

    def thousands(self, sign: str) -> bool:
        """Whether a lone sign before three digits stands between thousands."""
        if self.run or sign in self.decimal or self.grouping - {sign}:
            return False
        if sign == "." and not self.typed:
            # No Finnish sum has three decimals, but a decimal comma is what Finnish has.
            return True
        return sign in self.grouping or "." in self.decimal


def thousands(text: str, signs: Signs) -> float:
    """The sum of a cell that could be in thousands or have three decimals.

    Raises `AmbiguousError` if the other sums of the list do not show which.
    """
    sign = "," if "," in text else "."
    if not signs.thousands(sign):
        raise AmbiguousError(text)
    return money(bare(text).replace(sign, ""))


def signs_of(texts: Iterable[str], *, typed: bool) -> Signs:
    """How the sums of a list are written."""
    grouping: set[str] = set()
    decimal: set[str] = set()
    run = False
    for text in texts:
        figure = re.sub(r"[^\d.,'’\s]", "", text).strip()
        parts = re.fullmatch(r"(?P<whole>.*?)(?:(?P<sign>[.,])(?P<cents>\d{1,2}|\d{4,}))?", figure)
        if parts is None or THOUSANDS.fullmatch(figure):
            continue
        decimal.update(parts["sign"] or "")
        between = set(re.findall(r"\d(\D)(?=\d{3}(?!\d))", parts["whole"]))
        grouping |= {" " if sign.isspace() else sign for sign in between}
        run = run or re.search(r"\d{4}", parts["whole"]) is not None
    return Signs(frozenset(grouping), frozenset(decimal), run, typed)
