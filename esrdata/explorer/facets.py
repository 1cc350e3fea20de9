"""What projects are chosen and grouped by: of each facet its values, and whose they are."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import code_label, field_label, word
from esrdata.portfolio import Portfolio
from esrdata.present.charts.grouping import brief
from esrdata.present.charts.style import group_heading, group_label
from esrdata.reading.record import Status
from esrdata.search import themes
from esrdata.stats.groups import keys
from esrdata.tables.cells import plain_rows
from esrdata.tables.linking.sources import kind_of

#: What names one of several in a field.
_PART = re.compile(r"\.\d+(?:\.|$)")
#: A row of what a value is: its parts as tables have them.
_Row = dict[str, Any]


@dataclass(frozen=True)
class Facet:
    """One thing that projects are chosen by.

    Attributes
    ----------
    name, label
        Its name in an address, and what it is called.
    several
        Whether a project may have several values.
    keys, labels
        Its values in their order, as an address has them and as people read them.
    of
        For each project the places of its values among them; none where it has none.
    """

    name: str
    label: str
    several: bool
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    of: tuple[tuple[int, ...], ...]


def facets(
    portfolio: Portfolio, lang: str, names: Collection[str] | None = None
) -> Iterator[Facet]:
    """The facets of which any project has a value, in the order of the shelf; of `names` alone."""
    codes = [str(code) for code in portfolio.projects["project_code"]]
    for name, spec in load.explorer()["facets"].items():
        if names is not None and name not in names:
            continue
        made = _MADE.get(name)
        rows = made(portfolio, lang) if made else _grouped(portfolio, name, spec, lang)
        facet = _facet(name, bool(spec.get("several")), rows, codes, lang)
        if facet.keys:
            yield facet


#: A project, and the key and the label of one of its values, in the order of the values.
_Values = Sequence[tuple[str, str, str]]


def _facet(name: str, several: bool, rows: _Values, codes: Sequence[str], lang: str) -> Facet:
    places: dict[str, int] = {}
    labels: list[str] = []
    of: dict[str, tuple[int, ...]] = {}
    for code, key, label in rows:
        place = places.setdefault(key, len(labels))
        if place == len(labels):
            labels.append(label)
        own = of.get(code, ())
        if place not in own:
            of[code] = (*own, place)
    found = tuple(of.get(code, ()) for code in codes)
    heading = _heading(name, lang)
    return Facet(name, heading, several, tuple(places), tuple(labels), found)


def _heading(name: str, lang: str) -> str:
    if name in load.words()["explorer"]["facet"]:
        return word(f"explorer.facet.{name}", lang)
    return group_heading(name, lang)


def _grouped(portfolio: Portfolio, name: str, spec: _Row, lang: str) -> _Values:
    """Groups of `esrdata.stats`, in their natural order."""
    by = list(spec.get("keys", [name]))
    table = keys(portfolio, by)
    table = table[table[by[-1]].notna()]
    written: dict[tuple[Any, ...], tuple[str, str]] = {}
    found = []
    for code, *row in plain_rows(table, ["project_code", *by]):
        values = tuple(row)
        if values not in written:
            key = " ".join("–" if value is None else str(value) for value in values)
            written[values] = key, _label(dict(zip(by, values, strict=True)), by, lang)
        found.append((str(code), *written[values]))
    return found


def _label(row: _Row, by: Sequence[str], lang: str) -> str:
    """What a value is called; what tells equal numbers apart stands behind it."""
    label = group_label(row, by[-1:], lang)
    apart = [brief(name, row[name], lang) for name in by[:-1] if not is_missing(row[name])]
    return f"{label} ({', '.join(apart)})" if apart else label


def _source_kinds(portfolio: Portfolio, lang: str) -> _Values:
    """The kind of the source that a project's row is of."""
    projects = portfolio.projects
    kinds = projects["form"].map(kind_of)
    return _coded(zip(projects["project_code"], kinds, strict=True), "source_kinds", lang)


def _coded(pairs: Iterable[tuple[Any, Any]], codelist: str, lang: str) -> _Values:
    """Projects with codes of a list, in the order of the list."""
    order = [row["code"] for row in load.codes(codelist)]
    label = cache(partial(code_label, codelist, lang=lang))
    return [
        (str(p), code, label(code)) for p, code in sorted(pairs, key=lambda r: order.index(r[1]))
    ]


def _themes(portfolio: Portfolio, lang: str) -> _Values:
    """Themes of which a word stands in a project's narratives."""
    if portfolio.narratives["text"].isna().all():
        return []
    table = themes(portfolio.narratives, projects=portfolio.projects["project_code"])
    labels = table.attrs["labels"]
    table = table[table["hits"].gt(0).fillna(False)]
    order = list(labels)
    rows = sorted(
        zip(table["theme"], table["project_code"], strict=True), key=lambda r: order.index(r[0])
    )
    return [(str(code), theme, labels[theme].get(lang, theme)) for theme, code in rows]


def _severities(portfolio: Portfolio, lang: str) -> _Values:
    """How grave the findings on a project are."""
    rows = portfolio.issues[["project_code", "severity"]].dropna().drop_duplicates()
    return _coded(rows.itertuples(index=False, name=None), "severities", lang)


def _value_states(portfolio: Portfolio, lang: str) -> _Values:
    """Fields of a project whose value is not there, and why; those of lists as a whole only."""
    rows = portfolio.provenance[["project_code", "field", "status"]]
    parts = [name for name in rows["field"].unique() if _PART.search(name)]
    rows = rows[~rows["field"].isin(parts)]
    # The first source of a project is the one that its row is of, as in `explain`.
    rows = rows.drop_duplicates(["project_code", "field"])
    rows = rows[rows["status"].ne(Status.READ)]
    statuses = [row["code"] for row in load.codes("value_statuses")]
    pairs = rows[["field", "status"]].drop_duplicates().itertuples(index=False, name=None)
    labels = {
        pair: f"{field_label(pair[0], lang)}: {code_label('value_statuses', pair[1], lang)}"
        for pair in pairs
    }
    order = {
        pair: place
        for place, pair in enumerate(
            sorted(labels, key=lambda p: (statuses.index(p[1]), labels[p]))
        )
    }
    found = sorted(
        (
            (str(code), (field, status))
            for code, field, status in rows.itertuples(index=False, name=None)
        ),
        key=lambda row: order[row[1]],
    )
    return [(code, ":".join(pair), labels[pair]) for code, pair in found]


_MADE: dict[str, Callable[[Portfolio, str], _Values]] = {
    "source_kind": _source_kinds,
    "theme": _themes,
    "severity": _severities,
    "value_state": _value_states,
}


def members(facet: Facet, wanted: Sequence[str]) -> "pd.Series[bool]":
    """Whether each project has one of some values; an empty text is for those that have none."""
    places = {facet.keys.index(key) for key in wanted if key in facet.keys}
    nothing = "" in wanted
    return pd.Series(
        [bool(places.intersection(own)) or (nothing and not own) for own in facet.of], dtype=bool
    )
