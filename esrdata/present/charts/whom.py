"""What a chart says of its table: its title, whom it is about, its source, and if it was changed.

The code decides which title holds, the words are data.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import entries, formats, load, wording
from esrdata.present.charts import style
from esrdata.present.charts.describe import Words
from esrdata.selection import LEVELS
from esrdata.stats.made import CHANGED, FILTERED, UNKNOWN, state
from esrdata.stats.population import sentence_of
from esrdata.tables.population import Population


def whom(table: pd.DataFrame, lang: str) -> Iterator[str]:
    """Sentences for the caption of a chart or the note of a table."""
    steps, sides = table.attrs.get("chosen", []), table.attrs.get("chosen_of", {})
    yield from how_chosen(steps, lang)
    if "population_spec" in table.attrs:
        own = sentence_of(table.attrs, lang)
        # Of projects that were chosen nobody says that they are not.
        if not (steps or sides) or own != wording.word("population.all", lang):
            yield own
    for side, some in sides.items():
        for text in how_chosen(some, lang):
            told = text[:1].lower() + text[1:]
            yield wording.word("population.of_side", lang, side=side, text=told)
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


def noted(lang: str, sentences: Mapping[str, int]) -> list[str]:
    """Sentences of charts by their keys, those whose condition holds; a count stands in its own."""
    return [
        wording.word(f"charts.{key}", lang, **({} if n is True else {"n": n}))
        for key, n in sentences.items()
        if n
    ]


def around(
    table: pd.DataFrame,
    lang: str,
    title: str,
    subtitle: str,
    notes: Iterable[str],
    facts: Iterable[str],
    n: object = None,
) -> Words:
    """What is written around a chart: its own words, whom its table is about, and its source.

    `n` is of how many projects it is; it ends the text alternative.
    """
    notes = (*notes, *whom(table, lang))
    counted = () if n is None else (f"n = {formats.number(n, lang)}",)
    return Words(title, subtitle, notes, source_of(table.attrs, lang), (*facts, *counted))


def how_chosen(steps: Iterable[Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Sentences on how the projects were chosen from what was read."""
    for step in steps:
        for how, what in step.items():
            if how == "select":
                parts = [_condition(name, values, lang) for name, values in what.items()]
                yield wording.word("population.selected", lang, conditions="; ".join(parts))
            elif how == "projects":
                yield wording.word("population.by_code", lang, n=what)
            elif how == "population":
                yield Population.from_json(what).sentence(lang)


def _condition(name: str, values: Any, lang: str) -> str:
    more = ""
    if isinstance(values, Mapping):
        more, values = f" … ({formats.number(values['n'], lang)})", values["first"]
    several = values if isinstance(values, list | tuple) else [values]
    if name in LEVELS and name != "region":
        # Their names are as the sources write them.
        heading, labels = wording.code_label("location_levels", name, lang), [*map(str, several)]
    else:
        heading = style.group_heading(name, lang)
        labels = [style.group_label({name: value}, [name], lang) for value in several]
    return f"{heading}: {', '.join(labels)}{more}"


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


#: The title that names the thing, where no condition holds.
NEUTRAL = "neutral"


def speaks(chart: str, finding: str, n: int) -> bool:
    """Whether a finding may be written of so many projects."""
    least: int = load.titles()[chart][finding].get("least", 1)
    return n >= least


def title(chart: str, finding: str, lang: str, **values: object) -> str:
    """The title of a chart for a finding.

    Parameters
    ----------
    chart, finding
        Names in `titles.yml`; the caller has checked the condition written there.
    lang
        ``fi``, ``sv`` or ``en``.
    **values
        What the title has in braces; others are left alone. Numbers are written as they are in
        the picture, so they are given as text.
    """
    entry = load.titles()[chart][finding]
    if lang not in entry:
        raise UsageError(f"The language {lang!r} is not one of {', '.join(load.LANGUAGES)}.")
    template: str = entry[lang]
    texts = {name: str(values[name]) for name in entries.placeholders(template)}
    whole = wording.filled(template, texts)
    return whole[:1].upper() + whole[1:]
