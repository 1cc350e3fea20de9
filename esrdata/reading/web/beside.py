"""What stands beside a value: unless all of it is understood, the value may be of something else.

"60 000 € (Mallilan kaupunki)", "osahanke 1.6.2020–31.12.2021": words that nobody knows are taken
for a partner, a year, a phase, what was applied for. Known are a part of the sum, its giver, a
further label, and the words of the shelf.
"""

import re

from esrdata.reading.quantities.money_words import money_words
from esrdata.reading.quantities.periods import is_length
from esrdata.reading.quantities.sums import find_sums
from esrdata.reading.web.alone import reads_alone
from esrdata.reading.web.cells import known
from esrdata.reading.web.moments import STOP, period_in
from esrdata.reading.web.shelf import page_words, without_funds
from esrdata.reading.web.vocabulary import words

_PIECES = re.compile(r"[();\n]|,(?!\d)|\s[–-]\s|\s\+\s")


def are_known(text: str) -> bool:
    """Whether words behind a sum, up to the end of its sentence, leave it the project's."""
    return all(map(_is_known, _PIECES.split(STOP.split(text)[0])))


def _is_known(piece: str) -> bool:
    rest = piece.strip(" ./")
    label = words().label.match(rest)
    if (
        is_length(rest)
        or money_words().part.match(rest)
        or money_words().percent.search(rest)
        or find_sums(rest)
        or page_words().authority.search(rest)
        or (label is not None and (label["colon"] or _reads_alone(label, rest)))
    ):
        return True
    period = period_in(rest)
    if period is not None and period.first is not period.last:
        return True
    return words().beside.fullmatch(without_funds(rest)) is not None


def _reads_alone(match: re.Match[str], text: str) -> bool:
    label = known(match["label"])
    return label is not None and reads_alone(label, text[match.end() :])
