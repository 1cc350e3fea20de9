"""Checks a draft against a portfolio: every number with its verdict."""

from collections import Counter
from collections.abc import Sequence
from os import PathLike

import pandas as pd

from esrdata.knowledge.shelf import on_its_shelf
from esrdata.portfolio import Portfolio
from esrdata.proofing import draft as drafts
from esrdata.proofing.cells import Cells
from esrdata.proofing.figures import Figures
from esrdata.proofing.findings import (
    EQUAL,
    OUT_OF_SCOPE,
    ROUNDED,
    VERDICTS,
    Finding,
)
from esrdata.proofing.mentions import Passage
from esrdata.proofing.names import Names
from esrdata.proofing.number import MONEY
from esrdata.proofing.places import CELL, Draft
from esrdata.proofing.printed import Printed
from esrdata.proofing.prints import TORN, careful
from esrdata.proofing.prose import Prose
from esrdata.proofing.quoted import Quotes
from esrdata.proofing.traced import described
from esrdata.proofing.words import location, reason, statistic, summary

COLUMNS = (
    "location", "text", "value", "verdict", "expected", "statistic", "confidence", "reason",
)  # fmt: skip


@on_its_shelf
def proof(
    draft: str | PathLike[str], portfolio: Portfolio, *, lang: str | None = None
) -> pd.DataFrame:
    """Hold every number of a written report against a portfolio.

    Parameters
    ----------
    draft
        A Word, PDF, HTML, Markdown or text file in Finnish, Swedish or English.
    portfolio
        What the report is about.
    lang
        The language of the draft; None takes the one that most of its words are of.

    Returns
    -------
    DataFrame
        A row per number in reading order: `location` (string, in the language of the draft),
        `text` (string, as it is written), `value` (Float64: euros, per cent, or what is counted;
        missing where it is out of scope), `verdict` (string: ``equal``, ``rounded``,
        ``contradicted``, ``ambiguous``, ``not_derivable``, ``out_of_scope``), `expected`
        (Float64, what it should be, in the unit of the value; missing where nothing is expected),
        `statistic` (string: statistic, groups, measure and column of the figure, or of those that
        fit), `confidence` (Float64, 0 to 1), `reason` (string, a sentence).

        `attrs`: `draft`, `lang`, `summary` (a sentence), `counts` (numbers by verdict), `figures`
        (how each figure is made, by its name in `statistic`; `esrdata.proofing.traced.trace` leads
        it to its projects).

    Raises
    ------
    SourceError
        If the draft cannot be read.

    Notes
    -----
    A number counts as a figure only if the words around it name that figure: its sentence, heading
    or caption, or the headings of its row and column. In a column of a table, the figure is the one
    that most of its cells fit.
    """
    read = drafts.read(draft, lang)
    return table(read, findings(read, portfolio))


class Proofer:
    """Checks drafts against one portfolio; computed figures are shared by all of them."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._figures = Figures(portfolio)
        self._names = Names(self._figures.portfolio)
        self._printed: dict[str, Printed] = {}
        self._quotes = Quotes(portfolio)

    def findings(self, draft: Draft) -> list[Finding]:
        """The findings on the numbers of a draft, in reading order."""
        lang = draft.lang
        if lang not in self._printed:
            self._printed[lang] = Printed(self._portfolio, lang)
        printed = self._printed[lang]
        cells = [
            Cells(self._figures, self._names, grid, lang, printed, self._quotes)
            for grid in draft.grids.values()
        ]
        printed.look(one.headings for one in cells)
        prose = Prose(self._figures, printed, self._quotes)
        # Many texts share a heading.
        above = {text: Passage(text, lang, self._names) for text in set(draft.above.values())}
        texts = [
            (place, Passage(place.text, lang, self._names), [above[draft.above[place.number]]])
            for place in draft.places if place.kind != CELL
        ]  # fmt: skip
        found = [one for text in texts for one in prose.findings(*text)]
        meant = measure_of(found)
        if meant is not None:
            # Where no word names the measure, it is that of most sums in the draft.
            prose.judge.measures = (meant,)
            found = [one for text in texts for one in prose.findings(*text)]
        for one in cells:
            found += one.findings()
        if draft.format == "pdf":
            found = list(careful(found))
        return sorted(found, key=lambda one: (one.place.number, one.number.start))


def measure_of(found: Sequence[Finding]) -> str | None:
    """The measure that most sums agree with, of those that agree with one only; None if none do."""
    counts = Counter(
        one.figure.measure for one in found
        if one.verdict in (EQUAL, ROUNDED) and one.number.unit == MONEY and one.figure is not None
        and one.figure.measure and all(o.measure == one.figure.measure for o in one.others)
    )  # fmt: skip
    return counts.most_common(1)[0][0] if counts else None


@on_its_shelf
def findings(draft: Draft, portfolio: Portfolio) -> list[Finding]:
    """The findings on the numbers of a draft, in reading order."""
    return Proofer(portfolio).findings(draft)


def table(draft: Draft, found: list[Finding]) -> pd.DataFrame:
    """The findings as `proof` gives them."""
    lang = draft.lang
    rows = [
        {
            "location": location(one.place, lang),
            "text": one.number.text.strip(),
            "value": None if one.verdict == OUT_OF_SCOPE else one.number.value,
            "verdict": one.verdict,
            "expected": one.expected,
            "statistic": statistic(one),
            "confidence": one.confidence,
            "reason": reason(one, lang),
        }
        for one in found
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "Float64" if name in ("value", "expected", "confidence") else "string"
         for name in COLUMNS}
    )  # fmt: skip
    counts = {name: int((frame["verdict"] == name).sum()) for name in VERDICTS}
    frame.attrs = {
        "draft": draft.path,
        "lang": lang,
        "counts": counts,
        "summary": summary(counts, sum(one.reason == TORN for one in found), lang),
        "figures": described(found),
    }
    return frame
