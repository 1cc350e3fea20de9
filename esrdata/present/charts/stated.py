"""Planned participants, and the numbers of people that final reports state."""

from functools import partial
from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.charts.canvas import LINE
from esrdata.present.charts.conditions import FEW, known_participants
from esrdata.present.charts.describe import About, Axes, Look, Words, documented
from esrdata.present.charts.rows import check, project_lines
from esrdata.present.charts.scale import Scale, scale_of
from esrdata.present.charts.sheet import AROUND, NUMBERS, Sheet, paper
from esrdata.present.charts.whom import NEUTRAL, around, noted, title

_NEEDS = (
    *("project_code", "name", "planned", "realised_on_form", "applicable"),
    *("rank", "value", "value_high", "qualifier", "stage", "text", "decision", "value_corrected"),
)
#: Projects drawn of many, and numbers of each project where they are few.
_PROJECTS, _CLAIMS = 15, 3
#: Places in centimetres.
_LABEL, _BARS, _END, _PLANNED, _REALISED, _TEXT = 5.4, 5.6, 9.9, 11.35, 12.65, 13.0
_ARROW = 0.62
#: Qualifiers that say that the true number is above or below the one stated.
_ABOVE, _BELOW = ("over", "at_least"), ("under", "up_to")


@documented()
def stated_participants(table: pd.DataFrame, *, lang: str = "fi", **look: Unpack[Look]) -> Axes:
    """Draw planned and actual participants of projects, and the numbers stated in their texts.

    Parameters
    ----------
    table
        What `esrdata.stats.stated_participants` returned: a row per claim. Of more than 12
        projects the 15 with the largest plans, of those that have a number, are drawn, each with
        its largest in the text; the others are one row. Stated numbers are never added up.
    """
    whole = check(table, "stated_participants", _NEEDS, lang).reset_index(drop=True)
    every = whole.drop_duplicates("project_code").reset_index(drop=True)
    few = len(every) <= FEW
    claims = _claims(whole, _CLAIMS if few else 1)
    projects = every if few else _largest(every, claims)
    drawn = claims[claims["project_code"].isin(list(projects["project_code"]))]
    stated = drawn[["project_code", "value", "qualifier", "text"]]
    own = projects[["project_code", "name", "planned", "realised_on_form"]]
    data = own.merge(stated, on="project_code", how="left")
    about = About("stated_participants", table, partial(_words, whole, every, len(projects)), data)
    realised = bool(every["realised_on_form"].notna().any())
    values = [*projects["planned"], *projects["realised_on_form"], *drawn["value"]]
    with paper(about, lang, **look) as sheet:
        scale = scale_of(values, _BARS, sheet.right(_END))
        sheet.below = NUMBERS
        sheet.heading(partial(_heading, sheet, realised, len(drawn) > 0))
        top = sheet.y
        sheet.skip(0.06)
        named = zip(projects["project_code"], projects["name"], strict=True)
        labels = project_lines(sheet, named, _LABEL, 3).values()
        for row, label in zip(projects.to_dict("records"), labels, strict=True):
            own = drawn[drawn["project_code"] == row["project_code"]]
            _project(sheet, scale, row, label, own, whole, realised)
        scale.draw(sheet, top, partial(formats.number, lang=lang))
        if len(every) > FEW:
            _totals(sheet, every, projects, claims, realised)
        sheet.skip(0.08)
        sheet.rule()
    return sheet.first


def _largest(every: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    numbers = every[["planned", "realised_on_form"]].notna().any(axis=1)
    every = every[numbers | every["project_code"].isin(claims["project_code"])]
    plans = every["planned"].astype("Float64").fillna(-1)
    order = plans.sort_values(ascending=False, kind="stable").index[:_PROJECTS]
    return every.loc[order].reset_index(drop=True)


def _claims(whole: pd.DataFrame, most: int) -> pd.DataFrame:
    """The largest claims of each project: neither plans nor rejected, as a reviewer corrected."""
    out = whole["stage"].eq("planned") | whole["decision"].eq("rejected")
    value = whole["value_corrected"].fillna(whole["value"])
    claims = whole.assign(value=value)[~out.fillna(False) & value.notna()]
    claims = claims.sort_values("value", ascending=False, kind="stable")
    return claims.groupby("project_code", sort=False).head(most)


def _heading(sheet: Sheet, realised: bool, stated: bool) -> None:
    word = partial(wording.word, lang=sheet.lang)
    y = sheet.y + LINE / 2
    x = _BARS
    key = "charts.stated_participants.key"
    entries = [("pale", word(f"{key}.planned"))]
    entries += [("dark", word(f"{key}.realised"))] if realised else []
    heads = {sheet.right(_PLANNED): word("charts.stated_participants.planned")}
    if realised:
        heads[sheet.right(_REALISED)] = word("charts.stated_participants.realised")
    texts = word(f"{key}.stated")
    wide = sheet.key_width([text for _, text in entries])
    wide += 0.6 + sheet.width_of(texts, "head") if stated else 0.0
    first = sheet.right(_PLANNED) - sheet.width_of(heads[sheet.right(_PLANNED)], "head", "semibold")
    # Where the key does not fit over the bars it begins over the names; a longer one has a line of
    # its own.
    if x + wide > first - 0.15:
        x = 0.0
    if x + wide > first - 0.15:
        sheet.skip(LINE + 0.06)
    end = sheet.key(entries, x, y)
    if stated:
        _diamond(sheet, end + 0.45, y)
        sheet.text(end + 0.7, y, texts, size="head", colour="soft")
    y = sheet.y + LINE / 2
    head = word("charts.stated_participants.text")
    sheet.text(sheet.right(_TEXT), y, head, size="head", weight="semibold")
    sheet.heads({place: (head, "") for place, head in heads.items()}, y)


def _diamond(sheet: Sheet, x: float, y: float) -> None:
    edge = sheet.colour("second")
    look: dict[str, Any] = {"markeredgecolor": edge, "markeredgewidth": 1.3}
    sheet.ax.plot([x], [y], marker="D", markersize=5.2, markerfacecolor="white", zorder=5, **look)


def _project(
    sheet: Sheet,
    scale: Scale,
    row: dict[Any, Any],
    lines: list[str],
    claims: pd.DataFrame,
    whole: pd.DataFrame,
    realised: bool,
) -> None:
    lang = sheet.lang
    texts = _texts(sheet, row, claims, whole)
    y = sheet.row(max(len(lines), len(texts)))
    sheet.lines(0, y, lines)
    planned, done = row["planned"], row["realised_on_form"]
    scale.pair(sheet, y, planned, done)
    for value, qualifier in zip(claims["value"], claims["qualifier"], strict=True):
        _stated(sheet, scale, y, float(value), str(qualifier))
    none = sheet.word("stated_participants.none")
    absent = not formats.is_missing(row["applicable"]) and not row["applicable"]
    text = none if absent and formats.is_missing(planned) else formats.number(planned, lang)
    sheet.cell(sheet.right(_PLANNED), y, text)
    if realised:
        sheet.cell(sheet.right(_REALISED), y, formats.number(done, lang))
    look = {} if len(claims) else {"colour": "soft"}
    sheet.lines(sheet.right(_TEXT), y, texts, **look)


def _texts(
    sheet: Sheet, row: dict[Any, Any], claims: pd.DataFrame, whole: pd.DataFrame
) -> list[str]:
    """The numbers in the words of the text, or why there are none."""
    room = sheet.width - sheet.right(_TEXT)
    if not len(claims):
        column = str(whole.columns[list(whole.columns).index("applicable") + 1])
        has_text = not formats.is_missing(row[column]) and bool(row[column])
        key = "no_claim" if has_text else "no_text"
        return [sheet.word(f"stated_participants.{key}")]
    found = []
    for claim in claims.to_dict("records"):
        text = " ".join(str(claim["text"]).split())
        if not formats.is_missing(claim["value_corrected"]):
            number = formats.number(claim["value_corrected"], sheet.lang)
            text = sheet.word("stated_participants.corrected", n=number)
        found += sheet.fitted(text, room, 2)
    return found


def _stated(sheet: Sheet, scale: Scale, y: float, value: float, qualifier: str) -> None:
    x = scale.at(min(value, scale.most))
    if value > scale.most:
        scale.beyond(sheet, y, formats.number(value, sheet.lang))
    _diamond(sheet, x, y)
    way = 1 if qualifier in _ABOVE else -1 if qualifier in _BELOW else 0
    if way:
        end, colour = x + way * _ARROW, sheet.colour("second")
        sheet.line([x + way * 0.13, end], [y, y], "second", 1.3, zorder=4)
        sheet.ax.plot(
            [end], [y], marker=">" if way > 0 else "<", markersize=4.2, color=colour, zorder=5
        )


def _totals(
    sheet: Sheet, every: pd.DataFrame, projects: pd.DataFrame, claims: pd.DataFrame, realised: bool
) -> None:
    lang = sheet.lang
    sheet.rule()
    others = every[~every["project_code"].isin(list(projects["project_code"]))]
    word = partial(wording.word, lang=lang)
    with_claim = int(claims["project_code"].isin(list(others["project_code"])).sum())
    known = int(every["realised_on_form"].notna().sum())
    mention = word("charts.stated_participants.mention", n=with_claim)
    of = word("charts.stated_participants.known", n=known)
    for part, key, text, weight in (
        (others, "charts.stated_participants.others", mention, "regular"),
        (every, "charts.total_projects", of if realised else "", "bold"),
    ):
        if not len(part):
            continue
        y = sheet.row(tall=LINE + AROUND / 2)
        sheet.text(0, y, word(key, n=len(part)), weight=weight)
        for place, column in ((_PLANNED, "planned"), (_REALISED, "realised_on_form")):
            if column == "planned" or realised:
                total = part[column].sum(min_count=1)
                sheet.cell(sheet.right(place), y, formats.number(total, lang), weight=weight)
        sheet.text(sheet.right(_TEXT), y, text, colour="soft")


# ---- words


def _words(whole: pd.DataFrame, every: pd.DataFrame, drawn: int, lang: str) -> Words:
    word = partial(wording.word, lang=lang)
    few = len(every) <= FEW
    key = "charts.stated_participants"
    unplanned = every["applicable"].eq(False).fillna(False) & every["planned"].isna()
    missing = every["planned"].isna() & ~unplanned
    notes = [word(f"{key}.note_few" if few else f"{key}.note")]
    if few and unplanned.any():
        names = [wording.project_code(code, lang) for code in every.loc[unplanned, "project_code"]]
        notes.append(word(f"{key}.none_note", names=", ".join(names)))
    heading, pairs = _title(every, lang)
    name = "stated_participants"
    left = {"plans": whole["stage"].eq("planned"), "rejected": whole["decision"].eq("rejected")}
    notes += noted(
        lang,
        {
            f"{name}.none_count": 0 if few else int(unplanned.sum()),
            f"{name}.unplanned": int(missing.sum()),
            **{f"{name}.{k}": int(rows.fillna(False).sum()) for k, rows in left.items()},
            f"{name}.pairs": pairs,
            f"{name}.same_person": True,
        },
    )
    subtitle = word(f"{key}.subtitle" if drawn == _PROJECTS else f"{key}.subtitle_few")
    return around(whole, lang, heading, subtitle, notes, _facts(every, lang))


def _title(every: pd.DataFrame, lang: str) -> tuple[str, int]:
    """The title, and how many projects have both numbers where it counts these."""
    known, number = known_participants(every), partial(formats.number, lang=lang)
    if "realised" in known:
        values = {name: number(n) for name, n in known.items()}
        return title("stated_participants", "both", lang, **values), known["n"]
    nobody = every["realised_on_form"].isna().all()
    if known.get("n", 0) > 1 and nobody:
        n = known["n"]
        texts = wording.word(f"charts.of_number.{n}", lang) if n <= 10 else number(n)
        planned = number(known["planned"])
        return title("stated_participants", "planned", lang, n=texts, planned=planned), 0
    return title("stated_participants", NEUTRAL, lang), 0


def _facts(every: pd.DataFrame, lang: str) -> tuple[str, ...]:
    word = partial(wording.word, lang=lang)
    plans = every["planned"].astype("Float64")
    facts = []
    if plans.notna().any():
        at: Any = plans.idxmax()
        name = str(every["name"][at])
        number = formats.number(plans[at], lang)
        facts.append(word("charts.stated_participants.fact", name=name, n=number))
        total = formats.number(plans.sum(), lang)
        facts.append(word("charts.stated_participants.fact_total", n=total))
    return (*facts, word("charts.sustainability.projects", n=len(every)))
