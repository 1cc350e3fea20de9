"""Titles that say what a chart shows: the code decides which holds, the words are data."""

from esrdata.errors import UsageError
from esrdata.knowledge import entries, load, wording

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
