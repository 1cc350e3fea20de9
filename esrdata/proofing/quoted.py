"""Finds what a draft quotes from narratives: those numbers are the sources' own."""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure
from esrdata.proofing.number import Number

#: A quotation has at least so many letters; less may stand anywhere.
_SHORT = 25
_NOT_LETTERS = re.compile(r"[^\w]+")


class Quotes:
    """Finds texts of a draft in the narratives of a portfolio."""

    def __init__(self, portfolio: Portfolio) -> None:
        texts = [
            (str(code), str(section), f" {_plain(str(text))} ")
            for code, section, text in portfolio.narratives[["project_code", "section", "text"]]
            .dropna()
            .itertuples(index=False, name=None)
        ]
        self._sources = [(code, section) for code, section, _ in texts]
        # Searching one long text is many times faster than searching thousands.
        self._all = "\n".join(text for _, _, text in texts)
        self._starts = list(accumulate((len(text) + 1 for _, _, text in texts), initial=0))

    def find(self, text: str, number: Number) -> Figure | None:
        """The narrative that a text with a number is quoted from; None if there is none."""
        source = self._source(text) if number.value is not None else None
        if source is None or number.value is None:
            return None
        code, section = source
        group = (("project_code", code),)
        return Figure(number.value, number.unit, "", "", "narratives", section, group)

    @cache  # noqa: B019 - there is one of these per proof
    def _source(self, text: str) -> tuple[str, str] | None:
        """Project and section of a quoted text; asked again for each of its numbers."""
        wanted = f" {_plain(text)} "
        at = self._all.find(wanted) if len(wanted) >= _SHORT else -1
        return self._sources[bisect_right(self._starts, at) - 1] if at >= 0 else None


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).strip().casefold()
