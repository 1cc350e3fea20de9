"""The figures of a report drawn: their files, and the words that are known once they are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from esrdata.collecting import searched
from esrdata.present.model import Content, Figure
from esrdata.present.parts import Parts, name_of

if TYPE_CHECKING:
    from esrdata.present.charts.describe import Words

#: A figure's files, text alternative, data and caption.
Drawn: TypeAlias = "tuple[dict[str, Path], str, pd.DataFrame, Words]"


def draw(content: Content, folder: Path, parts: Parts) -> Iterator[tuple[str, Drawn]]:
    """Each figure's files, the words that stand for it, its data and its caption; drawn once."""
    from esrdata.present import charts
    from esrdata.present.charts import describe

    def one(figure: Figure) -> Drawn:
        ax = figure.draw()
        text = charts.alt_text(ax, content.lang)
        data, words = describe.behind(ax), charts.words(ax, content.lang)
        paths = charts.save(ax, folder / figure.key, lang=content.lang, close=True)
        return paths, text, data, words

    for part in content.figures:
        # A figure refers to itself, so that it would stay.
        with searched():
            made = parts.made(name_of(part), lambda part=part: one(part))  # type: ignore[misc]
        if made is not None:
            yield part.key, made


def captioned(content: Content, captions: Mapping[str, "Words"]) -> Content:
    """The content with the titles and notes of its charts, which are known when they are drawn."""
    sections = []
    for section in content.sections:
        parts = [
            replace(
                part,
                title=words.title,
                subtitle=words.subtitle,
                note=" ".join([*words.notes, words.source]).strip(),
            )
            # A chart that is no sheet has its notes in the picture and no finding for a title.
            if isinstance(part, Figure) and (words := captions.get(part.key)) and words.subtitle
            else part
            for part in section.parts
        ]
        sections.append(replace(section, parts=parts))
    summary = content.summary
    if summary is not None and (first := summary.picture) and (words := captions.get(first.key)):
        # The source of the page is at its foot.
        note = " ".join(words.notes)
        shown = replace(first, title=words.title, subtitle=words.subtitle, note=note)
        summary = replace(summary, picture=shown)
    return replace(content, sections=sections, summary=summary)


def pictures_of(drawn: Mapping[str, Drawn], kind: str) -> dict[str, tuple[Path, str]]:
    """The pictures of all figures; further sheets as ``key/2``, described by the first one."""
    found = {}
    for key, (paths, text, _, _) in drawn.items():
        found[key] = (paths[kind], text)
        for name, path in paths.items():
            if name.startswith(f"{kind}_"):
                found[f"{key}/{name.removeprefix(f'{kind}_')}"] = (path, "")
    return found
