"""Projects to look at, and the key figures with and without them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import formats, load, wording
from esrdata.knowledge.fields import find
from esrdata.present.chapters.maker import Maker
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.named import key_figure, named
from esrdata.tables.conditions import Statement
from esrdata.tables.plausibility import DAY

#: So many projects of each check are named.
EXAMPLES = 3


def plausibility(maker: Maker) -> Section | None:
    """Each check with its count, key figures with and without, and the projects one by one.

    None where nobody could be asked anything.
    """
    counts = stats.plausibility(maker.portfolio)
    if "reason" in counts.attrs:
        return None
    intro, n = maker.word("plausibility.intro"), counts.attrs["n_doubtful"]
    # A check that could be made of nobody has found nothing, but it has also looked at nothing.
    asked = counts[counts["n"] > 0]
    if len(asked) < len(counts):
        idle = maker.word("plausibility.not_asked", n=len(counts) - len(asked))
        intro = f"{intro} {idle}"
    if not len(asked):
        return maker.section("plausibility", intro)
    if not n:
        # A table of noughts says no more than this.
        return maker.section(
            "plausibility", intro, maker.word("plausibility.none", n=len(maker.portfolio))
        )
    parts: list[Table | Figure] = [_checks(maker, counts)]
    parts += [_figures(maker), _projects(maker)]
    found = maker.word("plausibility.found", n=n, all=len(maker.portfolio))
    return maker.section("plausibility", intro, found, parts=parts)


def _checks(maker: Maker, table: pd.DataFrame) -> Table:
    labelled = table.assign(
        check=named(table, "plausibility", maker.lang)["check"],
        severity=[wording.code_label("severities", s, maker.lang) for s in table["severity"]],
    )
    columns = [
        Column(name, maker.word(f"plausibility.{name}"), kind, int(kind == "percent"))
        for name, kind in (
            ("check", "text"), ("n", "integer"), ("n_doubtful", "integer"),
            ("share", "percent"), ("amount", "money"),
        )
    ]  # fmt: skip
    title, note = maker.word("plausibility.checks"), maker.word("plausibility.checks_note")
    columns, rows = maker.of_few(columns, labelled, {"share": "n"})
    return Table("plausibility", title, columns, rows, note)


def _figures(maker: Maker) -> Table:
    table = stats.without_doubtful(maker.portfolio)
    labels = [_figure(maker, row) for row in table.to_dict("records")]
    frame = named(table, "without_doubtful", maker.lang).assign(figure=labels)
    columns = [
        Column("figure", maker.word("glance.item")),
        Column("value", maker.word("plausibility.with"), "figure"),
        Column("value_without", maker.word("plausibility.without"), "figure"),
    ]
    title, note = maker.word("plausibility.figures"), maker.word("plausibility.figures_note")
    return Table("without_doubtful", title, columns, frame, note)


def _figure(maker: Maker, row: Mapping[Any, Any]) -> str:
    """What a key figure is called, with the projects it is of where these are not the figure."""
    label = key_figure(row["figure"], maker.lang)
    if row["unit"] not in ("eur", "ratio"):
        return label
    numbers = {key: formats.number(row[key], maker.lang) for key in ("n", "n_without")}
    return maker.word("plausibility.known", label=label, **numbers)


def _projects(maker: Maker) -> Table:
    projects, planned = maker.portfolio.projects, maker.overview["public_total_planned"]
    rows = []
    for name, of in maker.verdicts.items():
        found = [(at, one.statements) for at, one in enumerate(of) if one.statements]
        rows += [
            {
                "check": load.plausibility()[name]["label"][maker.lang],
                "project_code": projects["project_code"].iloc[at],
                "name": projects["name"].iloc[at],
                "values": "; ".join(_statement(maker, one) for one in statements),
                "amount": planned.iloc[at],
                "place": place,
            }
            for place, (at, statements) in enumerate(found)
        ]
    table = pd.DataFrame(rows).astype({"amount": "Float64"})
    first = table[table["place"] < EXAMPLES]
    columns = [
        Column("check", maker.word("plausibility.check")),
        *maker.columns(project_code="text", name="text"),
        Column("values", maker.word("plausibility.values")),
        Column("amount", maker.word("plausibility.planned"), "money"),
    ]
    cut = len(first) < len(table)
    note = maker.word("plausibility.more", first=len(first), n=len(table)) if cut else ""
    return maker.table("doubtful", maker.word("plausibility.list"), columns, first, note)


def _statement(maker: Maker, one: Statement) -> str:
    """What makes a project doubtful, in words of the report."""
    if one.field == "projects.project_code":
        codes = (wording.project_code(code, maker.lang) for code in str(one.value).split(", "))
        return maker.word("plausibility.other", codes=", ".join(codes))
    label = _label(maker, one.field)
    if one.value is None:
        return maker.word("plausibility.left_blank", field=label)
    text = f"{label} {_written(maker, one.field, one.value)}"
    if one.sign == "=" or one.limit is None:
        return text
    limit = _written(maker, one.field, one.limit)
    if one.limit_field is not None:
        limit = f"{_label(maker, one.limit_field)} {limit}"
    code = f" ({wording.code_label('programme_periods', one.code, maker.lang)})" if one.code else ""
    return f"{text} {one.sign} {limit}{code}"


def _label(maker: Maker, name: str) -> str:
    return maker.word("plausibility.day") if name == DAY else wording.field_label(name, maker.lang)


def _written(maker: Maker, name: str, value: object) -> str:
    """A value of a field as people write it."""
    field = find(name)
    if isinstance(value, date):
        return formats.date(value, maker.lang)
    if isinstance(value, int | float) and field is not None and field.kind == "money":
        # Cents matter where a sum is just above another one.
        whole = float(value).is_integer()
        return formats.money(value, maker.lang, 0 if whole else 2)
    return formats.number(value, maker.lang) if isinstance(value, int | float) else str(value)
