"""The protocol of a draw of cases, as a text for an appendix."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.stats.columns import label
from esrdata.stats.made import INTACT, state
from esrdata.stats.population import sentence_of


@on_its_shelf
def sample_protocol(table: pd.DataFrame, lang: str = "en") -> str:
    """Write the protocol of a draw: how, among whom, by which groups, and the cases themselves.

    Takes no `population`: it is about that of the draw.

    Parameters
    ----------
    table
        What `sample_cases` gave, as it was drawn.
    lang
        fi, sv or en.

    Returns
    -------
    str
        Markdown: a heading, a list of facts, a table of the groups, a table of the cases. No day
        stands in it unless one was given to `sample_cases`.

    Raises
    ------
    UsageError
        If the table is none of `sample_cases`, or rows or values of it were changed: a protocol
        of other cases than those drawn would be wrong. If the language is unknown.
    """
    drawn = table.attrs.get("protocol")
    if drawn is None or state(table) != INTACT:
        raise UsageError("Give a table as sample_cases gave it: its protocol is that of the draw.")
    return "\n".join(_lines(table, drawn, lang)) + "\n"


def _lines(table: pd.DataFrame, drawn: Mapping[str, Any], lang: str) -> Iterator[str]:
    def word(key: str, **values: object) -> str:
        return wording.word(f"sample_protocol.{key}", lang, **values)

    def number(value: object) -> str:
        return formats.number(value, lang)

    yield from (f"## {word('title')}", "")
    yield f"- {word('how')}: {word('ways.' + drawn['how'])}"
    if drawn["figures"]:
        names = ", ".join(label(name, lang) for name in drawn["figures"])
        yield f"- {word('figures')}: {names}"
    if drawn["side"] is not None:
        yield f"- {word('side')}: {word('sides.' + drawn['side'])}"
    yield f"- {word('cases')}: {number(drawn['n'])}"
    frame = word("frame_value", n=number(drawn["frame"]), whom=sentence_of(table.attrs, lang))
    yield f"- {word('frame')}: {frame}"
    # A seed is a name, and has no separators.
    yield f"- {word('seed')}: {drawn['seed']}"
    if "drawn" in drawn:
        yield f"- {word('drawn')}: {formats.date(date.fromisoformat(drawn['drawn']), lang)}"
    yield f"- {word('made')}: esrdata {drawn['version']}"
    by = drawn["by"]
    yield f"- {word('rule.' + drawn['how'])}"
    yield f"- {word('rule.lot' if drawn['how'] == 'stratified' else 'rule.ties')}"
    if by:
        yield f"- {word('rule.groups')}"
    if by:
        heads = [*(label(name, lang) for name in by), word("projects"), word("cases")]
        yield from ("", *_head(heads))
        for one in drawn["strata"]:
            group = [_value(name, one["group"][name], lang) for name in by]
            yield _row([*group, number(one["projects"]), number(one["cases"])])
    heads = [word("case"), label("project_code", lang), label("name", lang), word("why")]
    yield from ("", *_head(heads))
    for row in table.to_dict("records"):
        name = wording.word("format.missing", lang) if pd.isna(row["name"]) else str(row["name"])
        yield _row(
            [
                str(row["case"]),
                wording.project_code(row["project_code"], lang),
                name,
                word(f"why_{row['reason']}"),
            ]
        )


def _value(name: str, value: object, lang: str) -> str:
    """A group in words: the label of a code, and anything else as it stands."""
    if formats.is_missing(value):
        return wording.word("format.missing", lang)
    codes = load.table_specs()["projects"]["columns"].get(name, {}).get("codes")
    codes = "size_bands" if name == "size_band" else codes
    if codes is None or value not in {row["code"] for row in load.codes(codes)}:
        return str(value)
    # An axis has another name in each period: its number stands for it.
    return str(value) if name == "priority_axis" else wording.code_label(codes, value, lang)


def _head(cells: list[str]) -> Iterator[str]:
    yield _row(cells)
    yield _row(["---"] * len(cells))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
