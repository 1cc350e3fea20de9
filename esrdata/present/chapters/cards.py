"""Projects one by one."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, wording
from esrdata.present.chapters.maker import Maker
from esrdata.present.charts.style import group_label
from esrdata.present.model import Card, Section
from esrdata.tables.overview import population_of
from esrdata.tables.population import MISSING

# What a card in brief has no room for; a section of a user's own shelf is shown.
_KEPT_OFF = (
    "summary", "indirect_target_groups", "communication_plan", "dissemination_plan", "objectives",
    "implementation",
)  # fmt: skip


def cards(maker: Maker) -> Section:
    """Each project in brief."""
    if not maker.with_cards:
        return maker.section("cards", maker.word("cards.left_out", n=len(maker.portfolio)))
    texts = maker.portfolio.narratives
    texts = texts[~texts["section"].isin(_KEPT_OFF)]
    by_code = dict(list(texts.groupby("project_code", sort=False)))
    rows = maker.overview.to_dict("records")
    made = [_card(maker, {str(k): v for k, v in row.items()}, by_code) for row in rows]
    return Section("cards", maker.word("cards.title"), cards=made)


def _card(maker: Maker, row: Mapping[str, Any], texts: Mapping[Any, pd.DataFrame]) -> Card:
    code, lang = str(row["project_code"]), maker.lang
    facts = [(maker.label("applicant"), row["applicant"])]
    facts += [
        (maker.word("cards.period"), _period(maker, row)),
        (maker.label("status"), _status(maker, row)),
        (maker.label("authority"), _authority(maker, row)),
        (maker.word("cards.money"), _money(maker, row)),
        _used(maker, row),
        (maker.label("participants_planned"), _people(maker, row, "planned")),
    ]
    if not formats.is_missing(row["participants_realised"]):
        facts.append((maker.label("participants_realised"), _people(maker, row, "realised")))
    facts += _counted(maker, row)
    lines = [(name, str(v)) for name, v in facts if not formats.is_missing(v)]
    unknown = [name for name, v in facts if formats.is_missing(v)]
    if unknown:
        lines.append((maker.word("cards.unknown"), ", ".join(unknown)))
    part = texts.get(code)
    prose = [] if part is None else [
        (wording.code_label("narrative_sections", one.section, lang), str(one.text))
        for one in part.itertuples()
    ]  # fmt: skip
    label = wording.project_code(code, lang)
    name = "" if formats.is_missing(row["name"]) else str(row["name"])
    return Card(label, name, lines, prose, maker.evidence.get(code))


def _period(maker: Maker, row: Mapping[str, Any]) -> str | None:
    """First and last day; None where neither is known."""
    days = [row["start_date"], row["end_date"]]
    if all(map(formats.is_missing, days)):
        return None
    first, last = (formats.date(day, maker.lang) for day in days)
    return wording.word("report.date_range", maker.lang, first=first, last=last)


def _money(maker: Maker, row: Mapping[str, Any]) -> str | None:
    """What was planned and what was used; None where neither is known."""
    sums = [row[f"public_total_{stage}"] for stage in ("planned", "realised")]
    if all(map(formats.is_missing, sums)):
        return None
    planned, realised = (formats.money(one, maker.lang) for one in sums)
    return maker.word("cards.pair", planned=planned, realised=realised)


def _used(maker: Maker, row: Mapping[str, Any]) -> tuple[str, str | None]:
    """Absorption of an ended project; of another the share paid so far."""
    about = population_of("public_total_absorption")
    status = MISSING if formats.is_missing(row["status_code"]) else row["status_code"]
    ended = about is not None and status in (about.statuses or ())
    name = "public_total_absorption" if ended else "public_total_paid_share"
    known = not formats.is_missing(row[name])
    # What was discontinued does not go on.
    used = "cards.used" if status == "interrupted" else "cards.used_so_far"
    label = maker.label(name) if ended else maker.word(used)
    return label, formats.percent(row[name], maker.lang) if known else None


def _counted(maker: Maker, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What else the project counts; a card has no room for noughts."""
    found = []
    for name in maker.portfolio.indicators["indicator"].unique():
        pair = [row.get(f"{name}_{stage}") for stage in ("planned", "realised")]
        if name != "participants" and any(not formats.is_missing(n) and n for n in pair):
            planned, realised = (formats.number(n, maker.lang) for n in pair)
            label = maker.word(
                "cards.counted", name=wording.code_label("indicators", name, maker.lang)
            )
            found.append((label, maker.word("cards.pair", planned=planned, realised=realised)))
    return found


def _authority(maker: Maker, row: Mapping[str, Any]) -> str | None:
    """The authority as it is called in the language of the report."""
    if formats.is_missing(row["authority"]):
        return None
    return group_label(row, ["authority"], maker.lang)


def _status(maker: Maker, row: Mapping[str, Any]) -> object:
    """The status in the language of the report; one the shelf does not know as written."""
    if formats.is_missing(row["status_code"]):
        return row["status"]
    return wording.code_label("status", row["status_code"], maker.lang)


def _people(maker: Maker, row: Mapping[str, Any], stage: str) -> str | None:
    """Participants of a stage: a number counts only where participants apply."""
    applicable = row["participants_applicable"]
    if not formats.is_missing(applicable) and not applicable:
        return wording.code_label("value_statuses", "not_applicable", maker.lang)
    n = row[f"participants_{stage}"]
    return None if formats.is_missing(n) else formats.number(n, maker.lang)
