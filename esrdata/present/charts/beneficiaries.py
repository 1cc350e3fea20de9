"""The largest beneficiaries, and how all the money is divided."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts import style
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import first_beneficiaries, rounded, slices
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, in_percent
from esrdata.present.charts.sheet import Sheet, paper
from esrdata.present.charts.units import Unit, unit_of_largest
from esrdata.present.charts.whom import NEUTRAL, around, title
from esrdata.stats.who import NAMED

_NEEDS = ("n", "amount", "share", "cumulative_share", "rank")
_ATTRS = ("n_beneficiaries", "n_excluded", "gini", "hhi")
#: Places in centimetres: names, bars and the columns behind them.
_RANK, _NAME, _LABEL, _BARS, _LONGEST = 0.36, 0.52, 4.7, 5.4, 5.0
_AMOUNT, _SHARE, _SUM, _N = 11.6, 12.75, 14.5, 16.0
#: Heights of bars, and the narrowest part of the lower one that has its words below.
_TALL, _WHOLE, _NARROW = 0.26, 0.62, 2.4
_LOOKS = ("dark", "mid_text", "pale", "faint")
#: A name as who is who tells it from equal ones: its identifier, and in it the business ID.
_IDENTIFIED = re.compile(r"(?P<name>.+) \((?P<key>[a-z_]+:[^)]*?(?P<id>\d{7}-\d)?)\)")


@documented("lacks some of them, or the whole is zero")
def concentration(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw the sums of the largest beneficiaries, and one bar of all the money cut by rank.

    Parameters
    ----------
    table
        What `esrdata.stats.concentration` returned, all rows of it.
    """
    rows = check(table, "concentration", _NEEDS, lang).reset_index(drop=True)
    lacking = [name for name in _ATTRS if name not in table.attrs]
    if lacking or table.attrs["n_beneficiaries"] != len(rows):
        raise UsageError("The table is not whole: give what esrdata.stats.concentration returned.")
    if rows["cumulative_share"].isna().any():
        raise UsageError(sentence("error.draw_zero"))
    top = first_beneficiaries(len(rows)) or len(rows)
    by, drawn, whole = str(rows.columns[0]), rows.iloc[:top], float(rows["amount"].sum())
    unit = unit_of_largest(list(drawn["amount"]), whole)
    about = About("concentration", table, partial(_words, rows, table.attrs, unit), rows)
    with paper(about, lang, **look) as sheet:
        heads = {
            _AMOUNT: ("amount", unit.sign(lang)), _SHARE: ("share", "%"),
            _SUM: ("cumulative", "%"), _N: ("projects", "n"),
        }  # fmt: skip
        sheet.columns({x: (sheet.word(f"concentration.{k}"), u) for x, (k, u) in heads.items()})
        sheet.skip(0.06)
        longest = sheet.right(_BARS + _LONGEST) - _BARS
        scale = longest / float(drawn["amount"].max())
        labels = sheet.told_apart(plain_names([*map(str, drawn[by])], sheet.lang), _LABEL)
        for place, (row, lines) in enumerate(
            zip(drawn.to_dict("records"), labels, strict=True), start=1
        ):
            y = sheet.row(len(lines))
            sheet.cell(_RANK, y, str(place), colour="soft")
            sheet.lines(_NAME, y, lines)
            sheet.bar(_BARS, y, float(row["amount"]) * scale, _TALL, "dark")
            _cells(sheet, y, row, unit)
        _ends(sheet, rows, top, unit)
        if parts := slices(len(rows)):
            _whole(sheet, rows, parts, unit)
        sheet.skip(0.08)
        sheet.rule()
    return sheet.first


def plain_names(names: Sequence[str], lang: str) -> list[str]:
    """Names without the identifiers that tell equal ones apart, where the picture has one of them.

    Of equal names in the picture the business ID stays. What the shelf knows has its name in the
    language, a centre of the state the short one.
    """
    parts = [_IDENTIFIED.fullmatch(name) for name in names]
    bare = [name if part is None else part["name"] for name, part in zip(names, parts, strict=True)]
    known = style.names_of_bodies(lang)
    return [
        f"{short} ({part['id'] or part['key']})"
        if part and bare.count(short) > 1
        else known.get(short, short)
        for short, part in zip(bare, parts, strict=True)
    ]


def _cells(
    sheet: Sheet, y: float, row: dict[Any, Any], unit: Unit, weight: str = "regular"
) -> None:
    lang, total = sheet.lang, row["cumulative_share"]
    cells = {_AMOUNT: unit.write(row["amount"], lang), _SHARE: in_percent(row["share"], lang)}
    if not formats.is_missing(total):
        cells[_SUM] = in_percent(total, lang)
    sheet.figures(y, {**cells, _N: formats.number(row["n"], lang)}, weight=weight)


def _ends(sheet: Sheet, rows: pd.DataFrame, top: int, unit: Unit) -> None:
    """All the others on one line, and the total."""
    whole = float(rows["amount"].sum())
    sheet.skip(0.06)
    sheet.rule()
    others = rows.iloc[top:]
    if len(others):
        y = sheet.row(tall=LINE + 0.06)
        n = formats.number(len(others), sheet.lang)
        text = sheet.word("concentration.others", n=n)
        sheet.text(_NAME, y, text)
        amount = float(others["amount"].sum())
        sums = {"amount": amount, "share": amount / whole, "cumulative_share": 1.0}
        _cells(sheet, y, {**sums, "n": int(others["n"].sum())}, unit)
    y = sheet.row(tall=LINE + 0.06)
    sheet.text(0, y, sheet.word("total"), weight="bold")
    total = {"amount": whole, "share": 1.0, "cumulative_share": None, "n": int(rows["n"].sum())}
    _cells(sheet, y, total, unit, "bold")


def _whole(sheet: Sheet, rows: pd.DataFrame, parts: Sequence[tuple[int, int]], unit: Unit) -> None:
    """One bar of all the money: the largest ones, those after them, and the others."""
    lang, whole = sheet.lang, float(rows["amount"].sum())
    shares = [float(rows["amount"].iloc[a - 1 : b].sum()) / whole for a, b in parts]
    looks = [*_LOOKS[: len(parts) - 1], "faint"] if len(parts) > 1 else ["dark"]
    labels = [_label(rows, parts, at, lang) for at in range(len(parts))]
    texts = [formats.percent(share, lang, 0) for share in shares]
    below = min(shares) * sheet.width >= _NARROW
    tall = 0.3 + LINE + _WHOLE + (3 if below else len(parts)) * LINE
    sheet.skip(0.22)
    y = sheet.row(tall=LINE, keep=tall)
    sheet.text(0, y, sheet.word("concentration.whole"), weight="bold")
    sheet.skip(0.06)
    y = sheet.row(tall=_WHOLE)
    x, most = 0.0, 1
    for share, look, text, label in zip(shares, looks, texts, labels, strict=True):
        wide = share * sheet.width
        sheet.bar(x, y, wide, _WHOLE, look)
        if x:
            ends = [y - _WHOLE / 2 - 0.01, y + _WHOLE / 2 + 0.01]
            sheet.ax.plot([x, x], ends, color="white", linewidth=1.2, zorder=4)
        if wide > sheet.width_of(text, weight="semibold") + 0.24:
            colour = "white" if look == "dark" else "ink"
            sheet.text(x + 0.12, y, text, weight="semibold", colour=colour)
        if below:
            lines = sheet.fitted(label, wide - 0.2, 3, "head")
            most = max(most, len(lines))
            middle = sheet.y + 0.06 + len(lines) * LINE / 2
            sheet.lines(x + 0.12, middle, lines, size="head", colour="soft")
        x += wide
    sheet.skip(0.06)
    if below:
        sheet.skip(most * LINE)
        return
    # Parts too narrow for their words stand one under the other.
    for look, text, label in zip(looks, texts, labels, strict=True):
        y = sheet.row(tall=LINE + 0.04)
        sheet.bar(0, y, 0.5, 0.24, look)
        part = sheet.word("concentration.part", part=label, share=text)
        sheet.text(0.65, y, part, size="head", colour="soft")


def _label(rows: pd.DataFrame, parts: Sequence[tuple[int, int]], at: int, lang: str) -> str:
    first, last = parts[at]
    if at == 0:
        return wording.word("charts.concentration.first", lang, n=last)
    if at < len(parts) - 1:
        return wording.word("charts.concentration.middle", lang, first=first, last=last)
    mean = float(rows["amount"].iloc[first - 1 : last].mean())
    text = unit_of_largest([mean], max(mean, 1e6)).sum(mean, lang)
    n = formats.number(last - first + 1, lang)
    return wording.word("charts.concentration.last", lang, n=n, mean=text)


def _words(rows: pd.DataFrame, attrs: Any, unit: Unit, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    by, top = str(rows.columns[0]), first_beneficiaries(len(rows))
    if top is None:
        heading = title("concentration", NEUTRAL, lang)
    else:
        share = formats.percent(float(rows["cumulative_share"].iloc[top - 1]), lang, 0)
        heading = title("concentration", "ten" if top == 10 else "five", lang, share=share)
    subtitle = word("charts.concentration.subtitle", what=_what(attrs, lang), unit=unit.name(lang))
    n = formats.number(int(rows["n"].sum()), lang)
    subtitle = word("charts.concentration.subtitle_n", subtitle=subtitle, n=n)
    notes = []
    if by in NAMED:
        notes.append(word("charts.concentration.joined", n=number_of(attrs, lang)))
        notes.append(word("charts.concentration.onward"))
    else:
        notes.append(word("charts.concentration.by", name=style.group_heading(by, lang)))
    whole = float(rows["amount"].sum())
    parts = [float(rows["amount"].iloc[a - 1 : b].sum()) / whole for a, b in slices(len(rows))]
    notes += [text for text in [rounded([parts], lang, 0)] if text]
    if attrs["n_excluded"]:
        notes.append(word("charts.concentration.excluded", n=attrs["n_excluded"]))
    first = rows.iloc[0]
    (name,) = plain_names([str(first[by])], lang)
    facts = [
        word("charts.concentration.fact", name=name, sum=unit.sum(first["amount"], lang)),
        word("charts.concentration.fact_total", sum=unit.sum(float(rows["amount"].sum()), lang)),
        word("charts.concentration.fact_n", n=number_of(attrs, lang)),
    ]
    return around(rows, lang, heading, subtitle, notes, facts)


def number_of(attrs: Mapping[Any, Any], lang: str) -> str:
    """How many beneficiaries there are, and of how many the funding is known if not of all."""
    known, named = attrs["n_beneficiaries"], attrs.get("n_named")
    if named in (None, known):
        return formats.number(known, lang)
    n, of = (formats.number(number, lang) for number in (named, known))
    return wording.word("charts.concentration.known", lang, n=n, known=of)


def _what(attrs: Any, lang: str) -> str:
    if not {"measure", "stage"} <= {*attrs}:
        return wording.word("charts.funding", lang)
    return wording.field_label(f"funding.{attrs['measure']}.{attrs['stage']}", lang)
