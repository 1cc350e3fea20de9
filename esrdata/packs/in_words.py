"""What two packs differ in, in the words of a language: as sentences, a page and a workbook."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import fields, formats, load, wording
from esrdata.knowledge.formats import is_missing, number
from esrdata.knowledge.wording import quoted, sentence, word
from esrdata.packs.changes import NAMING
from esrdata.present.charts.style import group_label
from esrdata.present.model import Column, Content, Section, Table
from esrdata.staging import put
from esrdata.stats.columns import kind, label
from esrdata.tables.columns import columns

if TYPE_CHECKING:
    from esrdata.packs.diff import Difference

#: So many of a kind are listed in sentences; the rest is counted, and is in the files.
LISTED = 15
#: So many projects are named behind a figure.
NAMED = 5


def sentences(found: "Difference", lang: str) -> Iterator[str]:
    """The differences in order: how the packs were made, projects, figures."""

    def say(key: str, **values: object) -> str:
        return word(f"diff.{key}", lang, **values)

    def count(n: int) -> str:
        return number(n, lang)

    first, second = found.names
    before, after = map(count, found.n_projects)
    yield say("packs", first=first, second=second, before=before, after=after)
    if found.turned:
        day, other = (formats.date(day, lang) for day in found.turned)
        yield say("turned", first=first, second=second, day=day, other=other)
    made = found.made.to_dict("records")
    if not made:
        yield say("made_alike")
    for row in made:
        what = word(f"diff.what.{row['what']}", lang)
        yield say("made", what=what, before=quoted(row["before"]), after=quoted(row["after"]))
    yield say("sources", **{name: count(n) for name, n in found.sources.items()})
    for name in ("new", "gone"):
        table: pd.DataFrame = getattr(found, name)
        if len(table):
            codes = _listed(list(table["project_code"]), lang)
            yield say(name, n=count(len(table)), projects=codes)
    amended = found.amended
    if len(amended):
        n = amended["project_code"].nunique()
        yield say("amended", n=count(n), fields=count(len(amended)))
        for row in amended.head(LISTED).to_dict("records"):
            yield "- " + say("field", **_field(row, lang))
        if len(amended) > LISTED:
            yield "- " + say("more", n=count(len(amended) - LISTED))
    figures = found.figures
    if len(figures):
        yield say("figures", n=count(len(figures)))
        behind: dict[Any, pd.DataFrame] = {}
        for key, rows in found.contributions.groupby(list(NAMING), sort=False):
            behind[key] = rows
        for row in figures.head(LISTED).to_dict("records"):
            shares = behind.get(tuple(row[name] for name in NAMING))
            yield "- " + _figure(found, row, shares, lang)
        if len(figures) > LISTED:
            yield "- " + say("more", n=count(len(figures) - LISTED))
    if not (len(found.new) or len(found.gone) or len(amended) or len(figures)):
        yield say("alike")


def _listed(codes: list[str], lang: str) -> str:
    named = ", ".join(codes[:LISTED])
    if len(codes) <= LISTED:
        return named
    return f"{named} (+ {number(len(codes) - LISTED, lang)})"


def _field(row: Mapping[Any, Any], lang: str) -> dict[str, str]:
    name = str(row["field"])
    return {
        "project": wording.project_code(str(row["project_code"]), lang),
        "field": wording.field_label(name, lang),
        "before": value(name, row["before"], lang),
        "after": value(name, row["after"], lang),
    }


def value(name: str, content: object, lang: str) -> str:
    """A value of a field as people read it."""
    if is_missing(content):
        return word("format.missing", lang)
    found = fields.find(name)
    entry = {} if found is None or found.column is None else columns(found.table)[found.column]
    codes = entry.get("codes")
    if codes is not None and content in {row["code"] for row in load.codes(codes)}:
        return wording.code_label(codes, str(content), lang)
    if entry.get("type") == "date":
        return formats.date(pd.Timestamp(str(content)), lang)
    if entry.get("type") == "money":
        return formats.money(float(str(content)), lang)
    if isinstance(content, int | float) and not isinstance(content, bool):
        decimals = 0 if float(content).is_integer() else 2
        return number(content, lang, decimals)
    return quoted(str(content))


def _figure(
    found: "Difference", row: Mapping[Any, Any], behind: pd.DataFrame | None, lang: str
) -> str:
    values = figure(found, row, lang)
    del values["change"]
    text = word("diff.figure", lang, **values)
    if behind is None or not len(behind):
        return text
    column = _column(row)
    named = [
        f"{wording.project_code(str(one['project_code']), lang)} "
        f"({'+' if one['change'] > 0 else ''}{column.write(one['change'], lang)})"
        for one in behind.head(NAMED).to_dict("records")
    ]
    n, projects = number(len(behind), lang), ", ".join(named)
    return f"{text} {word('diff.by', lang, n=n, projects=projects)}"


def figure(found: "Difference", row: Mapping[Any, Any], lang: str) -> dict[str, str]:
    """The words of a figure: of which table it is, what it is, of which group, before and after."""
    column = _column(row)
    table = found.titles.get((row["statistic"], row["arguments"], lang))
    if (
        table is None
        and row["arguments"] == "{}"
        and row["statistic"] in load.words()["diff"]["of"]
    ):
        table = word(f"diff.of.{row['statistic']}", lang)
    elif table is None:
        # One that no report in this language has.
        table = wording.statistic_label(row["statistic"], lang)
    names = {name: text for name, text in json.loads(row["group"]).items() if text is not None}
    # What an axis is, the period and the fund beside it tell.
    group = ", ".join(group_label(names, [name], lang) for name in names)
    return {
        "table": table,
        "figure": label(row["column"], lang),
        "group": group or wording.word("report.whole_material", lang),
        **{name: column.write(row[name], lang) for name in ("before", "after")},
        "change": _change(row["change"], column, lang),
    }


def _change(change: object, column: Column, lang: str) -> str:
    """A difference; that of two percentages is in percentage points."""
    if column.kind != "percent" or is_missing(change):
        return column.write(change, lang)
    points = number(float(str(change)) * 100, lang, 1)
    return word("diff.points", lang, points=points)


_DECIMALS = {"percent": 1, "number": 2}


def _column(row: Mapping[Any, Any]) -> Column:
    found = kind(row["statistic"], row["column"])
    return Column("", "", found, _DECIMALS.get(found, 0))


# ---- files


def write(found: "Difference", file: Path, lang: str) -> Path:
    """Write the differences as a page or a workbook."""
    if file.suffix not in (".html", ".xlsx"):
        raise UsageError(sentence("error.out_ending", path=str(file), known=".html, .xlsx"))
    content = _content(found, lang)
    if file.suffix == ".html":
        from esrdata.present.html import html

        put(file, html(content, {}).encode("utf-8"))
    else:
        from esrdata.present.excel.document import write_excel

        write_excel(content, file, {})
    return file


def _content(found: "Difference", lang: str) -> Content:
    def say(key: str) -> str:
        return word(f"diff.{key}", lang)

    parts = [
        _table(key, say(f"title.{key}"), rows, lang)
        for key, rows in (
            ("new", found.new.to_dict("records")),
            ("gone", found.gone.to_dict("records")),
            ("amended", [_field(row, lang) for row in found.amended.to_dict("records")]),
            ("figures", [figure(found, row, lang) for row in found.figures.to_dict("records")]),
            (
                "contributions",
                [_share(found, r, lang) for r in found.contributions.to_dict("records")],
            ),
        )
        if rows
    ]
    lines = [line.removeprefix("- ") for line in sentences(found, lang)]
    section = Section("diff", say("title.brief"), lines, parts)
    return Content(lang=lang, title=say("title.all"), facts=[], sections=[section])


def _share(found: "Difference", row: Mapping[Any, Any], lang: str) -> dict[str, str]:
    words = figure(found, {**row, "before": None, "after": None}, lang)
    project = wording.project_code(str(row["project_code"]), lang)
    return {"project": project} | {
        name: words[name] for name in ("table", "figure", "group", "change")
    }


def _table(key: str, title: str, rows: list[dict[Any, Any]], lang: str) -> Table:
    frame = pd.DataFrame(rows).astype("string")
    named = [Column(str(name), word(f"diff.column.{name}", lang)) for name in frame]
    return Table(f"diff_{key}", title, named, frame)
