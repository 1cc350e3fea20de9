"""Charts of participants."""

from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import formats, wording
from esrdata.knowledge.wording import sentence
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.grouping import Grouping, grouping, scoped
from esrdata.present.charts.rows import as_rows, check, head_of, largest, ratio, row_of, sections
from esrdata.present.charts.scale import scale_of
from esrdata.present.charts.sheet import NUMBERS, Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, noted, title

_NEEDS = (
    "n_planned", "n_realised", "n_both", "planned", "realised", "womens_share_realised",
    "n_women_realised",
)  # fmt: skip
#: Sums over the projects that state both numbers, in tables that have them.
_PAIR = ("planned_both", "realised_both")
#: Places in centimetres: labels, bars and columns.
_LABEL, _BARS, _END = 5.6, 5.85, 9.6
_PLANNED, _REALISED, _RATIO, _WOMEN, _N = 11.1, 12.5, 13.75, 14.95, 16.0


@documented("or states no number")
def participants(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw planned and actual participants of each group, one inside the other.

    Where nobody has stated what was realised, only the planned number is drawn. Both numbers are of
    the same projects where the table tells such sums; otherwise no ratio is written beside them.

    Parameters
    ----------
    table
        What `esrdata.stats.participants` returned.
    """
    checked = check(table, "participants", ("n", *_NEEDS), lang)
    if checked[["planned", "realised"]].isna().all(axis=None):
        raise UsageError(sentence("error.draw_no_numbers"))
    groups = grouping(checked)
    rows = largest(checked).reset_index(drop=True)
    # Pairs are of the same projects, where any project has both numbers.
    paired = set(_PAIR) <= set(table) and bool(table["n_both"].gt(0).any())
    counted = ["n_both", "n_planned", "n_realised"]
    alike = paired or bool(table[counted].nunique(axis=1).eq(1).all())
    planned, realised = numbers(rows, paired)
    about = About(
        "participants", table, partial(_words, table, groups, len(table) - len(rows), alike), rows
    )
    with paper(about, lang, **look) as sheet:
        columns = _columns(rows, planned, realised, paired, alike, sheet)
        scale = scale_of([*planned, *realised], _BARS, sheet.right(_END))
        sheet.below = NUMBERS
        sheet.heading(partial(_heading, sheet, columns))
        top = sheet.y
        sheet.skip(0.06)
        records = [row | {"at": at} for at, row in enumerate(as_rows(rows))]
        for name, part in sections(groups, records, lang):
            if name:
                head_of(sheet, name)
            for row in part:
                y, at = row_of(sheet, groups.label(row, lang), _LABEL, 3), row["at"]
                scale.pair(sheet, y, planned[at], realised[at])
                sheet.figures(y, {place: texts[at] for _, place, texts in columns})
        scale.draw(sheet, top, partial(formats.number, lang=lang))
        sheet.rule()
    return sheet.first


def _columns(
    rows: pd.DataFrame,
    planned: list[Any],
    realised: list[Any],
    paired: bool,
    alike: bool,
    sheet: Sheet,
) -> list[tuple[str, float, list[str]]]:
    """Headings, places and texts of the columns; those that nobody has are left out."""
    lang = sheet.lang
    word = partial(wording.word, lang=lang)
    number, percent = partial(formats.number, lang=lang), partial(formats.percent, lang=lang)
    columns = [(word("charts.stated_participants.planned"), _PLANNED, [number(x) for x in planned])]
    if not all(map(formats.is_missing, realised)):
        texts = [number(x) for x in realised]
        columns.append((word("charts.stated_participants.realised"), _REALISED, texts))
    ratios = [*map(ratio, planned, realised)] if alike else []
    for key, place, shares in (
        ("participants.used", _RATIO, ratios),
        ("women", _WOMEN, rows["womens_share_realised"].tolist()),
    ):
        if not all(map(formats.is_missing, shares)):
            texts = [percent(x, decimals=0) for x in shares]
            columns.append((word(f"charts.{key}"), place, texts))
    pairs = rows["n_both"].where(rows["n_both"] > 0, rows["n_planned"])
    counts = pairs if alike else rows["n"]
    return [*columns, ("n", _N, [number(x) for x in counts])]


def _heading(sheet: Sheet, columns: list[tuple[str, float, list[str]]]) -> None:
    y = sheet.y + LINE / 2
    key = "charts.stated_participants.key"
    entries = [("pale", wording.word(f"{key}.planned", sheet.lang))]
    if any(place == _REALISED for _, place, _ in columns):
        entries.append(("dark", wording.word(f"{key}.realised", sheet.lang)))
    first, place, _ = columns[0]
    room = sheet.right(place) - sheet.width_of(first, "head", "semibold") - 0.15
    x = _BARS if _BARS + sheet.key_width([text for _, text in entries]) < room else 0.0
    sheet.key(entries, x, y)
    sheet.heads({sheet.right(end): (head, "") for head, end, _ in columns}, y)


def numbers(rows: pd.DataFrame, paired: bool) -> tuple[list[Any], list[Any]]:
    """Planned and realised numbers of each row, of the same projects where the table has them."""
    stages = ("planned", "realised")
    if not paired:
        return rows["planned"].tolist(), rows["realised"].tolist()
    found = []
    for stage, both in zip(stages, _PAIR, strict=True):
        # A group without any project that has both shows what it has.
        column = rows[both].where(rows["n_both"] > 0, rows[stage])
        found.append(column.tolist())
    return found[0], found[1]


def _words(table: pd.DataFrame, groups: Grouping, left_out: int, alike: bool, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    counts = {name: int(table[name].sum()) for name in ("n", "n_both", "n_planned", "n_realised")}
    nothing = bool(table["realised"].isna().all())
    note = "charts.participants.note_alike" if alike else "charts.participants.note"
    wanted = ("n", "n_both") if alike else ("n", "n_planned", "n_realised")
    named: dict[str, Any] = {name: counts[name] for name in wanted}
    notes = [wording.word(note, lang, **named)]
    alone = bool((table["n_both"].eq(0) & table["n_planned"].gt(0)).any())
    with_women = table["womens_share_realised"].notna().any()
    notes += noted(
        lang,
        {
            "participants.nothing": nothing,
            "participants.planned_only": not nothing and alike and alone,
            "participants.women": int(table["n_women_realised"].sum()) if with_women else 0,
            "stated_participants.same_person": True,
            "groups_overlap": "region" in groups.by,
            "left_out": left_out,
        },
    )
    total = partial(formats.number, lang=lang)
    planned, realised = (table[name].sum(min_count=1) for name in ("planned", "realised"))
    # Each sum is of other projects.
    facts = [word("charts.participants.fact_planned", n=total(planned), of=counts["n_planned"])]
    if not nothing:
        of = counts["n_realised"]
        facts.append(word("charts.participants.fact_realised", n=total(realised), of=of))
    heading = title("participants", NEUTRAL, lang)
    # The sums of the title are of the same projects, and regions overlap.
    if set(_PAIR) <= set(table) and counts["n_both"] >= 3 and "region" not in groups.by:
        sums = {name.removesuffix("_both"): int(table[name].sum()) for name in _PAIR}
        values = {name: total(n) for name, n in sums.items()}
        heading = title("participants", "both", lang, n=total(counts["n_both"]), **values)
    subtitle = word("charts.participants.subtitle")
    if per := groups.grouped(lang):
        subtitle = word("charts.participants.subtitle_by", by=per)
    subtitle = scoped(groups.scope(lang), wording.lower_first(subtitle))
    return around(table, lang, heading, subtitle, notes, facts)
