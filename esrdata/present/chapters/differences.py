"""Whether groups of projects differ, which figures go together, and projects among their peers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.knowledge import formats, wording
from esrdata.present.chapters.maker import Maker
from esrdata.present.charts.grouping import alone, within
from esrdata.present.charts.rows import MOST_ROWS
from esrdata.present.charts.style import group_heading, group_label
from esrdata.present.charts.whom import whom
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.named import named
from esrdata.stats.columns import label
from esrdata.stats.population import Population

#: The figure that groups are compared in, and how many values a group needs.
VALUE, LEAST = "public_total_absorption", 5
#: Figures that are paired; none of the first is made of one of the second.
PAIRED = (
    ("duration_days", "partner_count", "participants_planned"),
    ("public_total_absorption", "public_total_planned"),
)
PAIR = 10
#: So many of the largest projects are set among their peers, of so many that are tried.
LARGEST, TRIED = 3, 6
_DELTA = ("cliffs_delta", "delta_low", "delta_high")


def differences(maker: Maker) -> Section | None:
    """Effects, associations and peers; None where there are too few projects for all of them."""
    few: list[str] = []
    found = {
        "of_groups": list(_groups(maker, few)),
        "of_pairs": list(_associations(maker)),
        "of_peers": list(_peers(maker)),
    }
    parts = [part for of in found.values() for part in of]
    if not parts:
        maker.without.append(maker.word("differences.too_few"))
        return None
    notes = [maker.word(f"differences.{name}") for name, of in found.items() if of]
    notes.append(maker.word("differences.no_cause"))
    if found["of_groups"] or found["of_pairs"]:
        notes.append(maker.word("differences.whole_programme"))
    paragraphs = [" ".join(notes)]
    if few:
        named = maker.listed(few)
        paragraphs.append(maker.word("differences.not_compared", groups=named, least=LEAST))
    return maker.section("differences", *paragraphs, parts=parts)


# ---- groups


def _groups(maker: Maker, few: list[str]) -> Iterator[Table | Figure]:
    for name, by in maker.groups():
        for about in _alike(maker, by):
            (period,), (fund,) = about.periods or ("",), about.funds or ("",)
            where = within({"programme_period": period, "fund": fund}, maker.lang)
            table = stats.compare_groups(
                maker.portfolio, VALUE, name, min_n=LEAST, population=about
            )
            if not len(table):
                few.append(group_heading(name, maker.lang) + where)
                continue
            key = "_".join(["differences", name, *(about.periods or ()), *(about.funds or ())])
            title = maker.by("differences.by", name) + where
            yield maker.figure(key, title, "compare_groups", table)
            yield _pairs(maker, key, title, table)


def _alike(maker: Maker, by: list[str]) -> Iterator[Population]:
    """All projects, or those of each period and fund where groups mean something only there."""
    within = by[:-1]
    if not within:
        yield Population()
        return
    found = maker.portfolio.projects[by].dropna().drop_duplicates()
    for (period, fund), rows in found.groupby(within, sort=True):
        if len(rows) > 1:
            yield Population(periods=(str(period),), funds=(str(fund),))


def _pairs(maker: Maker, key: str, title: str, table: pd.DataFrame) -> Table:
    """Pairs of groups, the most different first, as many as the chart has."""
    order = table["cliffs_delta"].abs().sort_values(ascending=False, kind="stable").index
    chosen = table.loc[order[:MOST_ROWS]]
    names = [
        f"{_group(maker, table, a)} – {_group(maker, table, b)}"
        for a, b in zip(chosen["group_a"], chosen["group_b"], strict=True)
    ]
    rows = chosen.assign(group=pd.array(names, dtype="string"))
    columns = [
        Column("group", group_heading(table.attrs["by"], maker.lang)),
        *maker.columns(n_a="integer", n_b="integer"),
        *maker.columns(median_a="percent", median_b="percent"),
        *(Column(name, maker.label(name), "number", 2) for name in _DELTA),
        Column("p_holm", maker.label("p_holm"), "p"),
    ]
    note = [
        maker.word("differences.delta"),
        _overall(maker, table),
        maker.left_out(table, _reasons(maker, table)),
        *whom(table, maker.lang),
        maker.more(len(chosen), len(table)),
    ]
    joined = " ".join(text for text in note if text)
    return maker.table(key, title, columns, rows, joined, statistic=chosen)


def _group(maker: Maker, table: pd.DataFrame, group: Any) -> str:
    by = table.attrs["by"]
    return group_label({**alone(table), by: group}, [by], maker.lang, short=True)


def _overall(maker: Maker, table: pd.DataFrame) -> str:
    """The test of all groups at once; two groups have their own line."""
    found = table.attrs
    if found["df"] is None:
        return ""
    return maker.word(
        "differences.overall",
        groups=len(found["groups"]),
        n=int(found["n"]),
        p=formats.p_equals(found["p"], maker.lang),
        effect=formats.number(found["epsilon_squared"], maker.lang, 3),
    )


def _reasons(maker: Maker, table: pd.DataFrame) -> dict[str, str]:
    """Why projects are not compared, in English and in the language of the report."""
    name = table.attrs["by"]
    values = {
        "no_group": {"by": name}, "no_value": {"value": VALUE}, "small": {"least": LEAST},
        "several": {}, "not_applicable": {},
    }  # fmt: skip
    worded: dict[str, dict[str, object]] = {
        **values,
        "no_group": {"by": wording.lower_first(group_heading(name, maker.lang))},
        "no_value": {"value": wording.lower_first(label(VALUE, maker.lang))},
    }
    return {
        wording.word(f"content.differences.reason.{key}", "en", **values[key]): maker.word(
            f"differences.reason.{key}", **worded[key]
        )
        for key in values
    }


# ---- figures that rise and fall together


def _associations(maker: Maker) -> Iterator[Table | Figure]:
    if maker.few:
        return
    table = stats.associations(maker.portfolio, *PAIRED, min_n=PAIR)
    table = table[table["rho"].notna()]
    if not len(table):
        return
    title = maker.word("differences.associations")
    yield maker.figure("associations", title, "associations", table)
    names = [
        f"{label(x, maker.lang)} – {label(y, maker.lang)}"
        for x, y in zip(table["x"], table["y"], strict=True)
    ]
    columns = [
        Column("group", maker.word("differences.figures")),
        *maker.columns(n="integer"),
        *(Column(name, maker.label(name), "number", 2) for name in ("rho", "low", "high")),
        Column("p", maker.label("p"), "p"),
    ]
    note = " ".join([maker.word("differences.associations_note", least=PAIR), _whom(maker, table)])
    rows = table.assign(group=pd.array(names, dtype="string"))
    yield maker.table("associations", title, columns, rows, note, statistic=table)


def _whom(maker: Maker, table: pd.DataFrame) -> str:
    """Whom all pairs are about, and the figures that have their own projects."""
    own = sorted(table.attrs["figures"])
    about = Population.from_json(table.attrs["population_spec"]).sentence(maker.lang)
    parts = [about]
    for name in own:
        sentence = Population.from_json(table.attrs["figures"][name]).sentence(maker.lang)
        parts.append(maker.word("differences.of", figure=label(name, maker.lang), whom=sentence))
    return " ".join(parts)


# ---- projects among their peers


def _peers(maker: Maker) -> Iterator[Table | Figure]:
    if maker.few:
        return
    planned = maker.overview[["project_code", "public_total_planned"]].dropna()
    order = planned.sort_values("public_total_planned", ascending=False, kind="stable")
    drawn = 0
    for code in order["project_code"].head(TRIED):
        table = stats.peers(maker.portfolio, code, min_n=LEAST)
        table = table[table["percentile"].notna()]
        # Where all are alike there is nothing to see.
        if (table["percentile"] - 50).abs().lt(0.01).all():
            continue
        name = maker.overview.loc[maker.overview["project_code"] == code, "name"].iloc[0]
        known = "" if formats.is_missing(name) else str(name)
        called = wording.project_code(code, maker.lang)
        title = " ".join(maker.word("differences.peers", code=called, name=known).split())
        yield maker.figure(f"peers_{code}", title, "peers", table)
        yield _of_project(maker, code, title, table)
        drawn += 1
        if drawn == LARGEST:
            return


def _of_project(maker: Maker, code: str, title: str, table: pd.DataFrame) -> Table:
    rows = named(table, "peers", maker.lang)
    rows = rows.assign(group=rows["measure"], measure=table["measure"])
    columns = [
        *maker.columns(group="text", n="integer", percentile="number"),
        *maker.columns(**dict.fromkeys(("value", "median", "q1", "q3"), "figure")),
    ]
    heads = {"group": maker.label("figure")} | {
        name: wording.word(f"charts.peers.{name}", maker.lang) for name in ("value", "median")
    }
    columns = [replace(one, label=heads.get(one.name, one.label)) for one in columns]
    alike = {one["name"]: one["value"] for one in table.attrs["alike"]}
    shared = maker.listed(_in_common(name, alike, maker.lang) for name in alike)
    note = maker.word(
        "differences.peers_note", n=table.attrs["n_peers"], alike=shared, largest=LARGEST
    )
    return maker.table(f"peers_{code}", title, columns, rows, note, statistic=table)


def _in_common(name: str, alike: Mapping[str, Any], lang: str) -> str:
    """What peers share, by its heading where the label does not have it."""
    heading, common = group_heading(name, lang), group_label(alike, [name], lang)
    if name == "size_band":
        common = wording.lower_first(common)
    if heading.lower() not in common.lower():
        return wording.lower_first(f"{heading} {common}")
    return wording.lower_first(common) if common.startswith(heading) else common
