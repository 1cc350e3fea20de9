"""What a chart says of its table: whom it is about, and whether it still is as it was made."""

from collections.abc import Iterator

import pandas as pd

from esrdata.knowledge import wording
from esrdata.stats.made import CHANGED, FILTERED, UNKNOWN, state
from esrdata.stats.population import sentence_of


def whom(table: pd.DataFrame, lang: str) -> Iterator[str]:
    """Sentences for the caption of a chart or the note of a table."""
    if "population_spec" in table.attrs:
        yield sentence_of(table.attrs, lang)
    if joined := table.attrs.get("n_joined"):
        yield wording.word("charts.joined", lang, n=joined)
    found = state(table)
    if found == FILTERED:
        made = table.attrs["fingerprint"]["rows"]
        yield wording.word("charts.filtered", lang, first=len(table), n=made)
    if found == UNKNOWN:
        yield wording.word("charts.unknown", lang)
    if found == CHANGED:
        yield wording.word("charts.changed", lang)
