"""What a chart says of its table: whom it is about, its source, and whether it was changed."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge import wording
from esrdata.present.charts import style
from esrdata.stats.made import CHANGED, FILTERED, UNKNOWN, state
from esrdata.stats.population import sentence_of


def whom(table: pd.DataFrame, lang: str) -> Iterator[str]:
    """Sentences for the caption of a chart or the note of a table."""
    if "population_spec" in table.attrs:
        yield sentence_of(table.attrs, lang)
    for name, codes in table.attrs.get("mixed", {}).items():
        heading = style.group_heading(name, lang)
        yield wording.word("charts.mixed", lang, name=heading, codes=", ".join(codes))
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


def source_of(attrs: Mapping[Any, Any], lang: str) -> str:
    """The line of the source of a table: its own, or what was read."""
    own = attrs.get("source", {}).get(lang)
    if own:
        return str(own)
    kinds = attrs.get("read_from", [])
    read = wording.sources(kinds, lang)
    if not read:
        return ""
    made_up = list(kinds) == ["made_up"]
    return f"{read}." if made_up else wording.word("charts.source", lang, sources=read)
