"""What a draft quotes from the narratives of projects: its numbers are the sources' own words."""

import re

from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure
from esrdata.proofing.number import Number

#: A quotation has so many letters; less may stand anywhere.
_SHORT = 25
_NOT_LETTERS = re.compile(r"[^\w]+")


class Quotes:
    """Finds texts of a draft in the narratives of a portfolio."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._texts = [
            (str(code), str(section), f" {_plain(str(text))} ")
            for code, section, text in portfolio.narratives[["project_code", "section", "text"]]
            .dropna()
            .itertuples(index=False, name=None)
        ]

    def find(self, text: str, number: Number) -> Figure | None:
        """The narrative that a text with a number is from; None if it is no quotation."""
        wanted = f" {_plain(text)} "
        if len(wanted) < _SHORT or number.value is None:
            return None
        for code, section, narrative in self._texts:
            if wanted in narrative:
                group = (("project_code", code),)
                return Figure(number.value, number.unit, "", "", "narratives", section, group)
        return None


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).strip().casefold()
