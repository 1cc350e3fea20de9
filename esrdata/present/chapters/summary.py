"""The first page: what the data show in a few figures, and what they do not tell."""

from collections.abc import Iterator
from typing import Any

from esrdata import stats
from esrdata.knowledge import entries, formats
from esrdata.present.chapters.figures import Figures
from esrdata.present.chapters.maker import Maker
from esrdata.present.chapters.money import MIN_CHART
from esrdata.present.charts.beneficiaries import number_of
from esrdata.present.charts.portfolio_picture import FEW
from esrdata.present.charts.units import unit_of_largest
from esrdata.present.charts.whom import speaks
from esrdata.present.model import Figure, Summary

#: The charts of the page; of few projects they show one by one.
PICTURE = "first_page"
PROJECTS = ("programme_period", "name", "project_code")
#: So many sentences stand on the page at most.
MOST = 5
#: An interval needs so many projects, a share of projects so many, a sentence on size so many.
INTERVAL, SHARE, SIZES = 6, 3, 13
#: So many of the largest beneficiaries are named, where there are as many.
_LARGEST = ((10, 30), (5, 8))
_LARGE = 1_000_000

# What the first page and the titles of chapters say of each table.
_LINES = {
    "money": ("planned", "realised"),
    "use": ("median_ratio", "n_below_080"),
    "participants": ("planned", "planned_both", "realised_both"),
    "shares": ("amount", "cumulative_share"),
}


def summary(maker: Maker) -> Summary:
    """Make the first page."""
    figures = maker.figures
    sentences = list(_sentences(maker, figures))[:MOST]
    lines = {**_LINES, "money": ("planned_all",)} if figures.planned_alone else _LINES
    tables = [(table, lines[name]) for name, table in figures.statistics.items()]
    # Days are in the chart of time, and of few projects in the sentence on it, if there is room.
    if len(maker.portfolio) > FEW or any(one in sentences for one in _of_time(maker, figures)):
        tables.append((figures.timeline, ("start_date", "end_date")))
    return Summary(
        title=_title(maker, figures),
        figures=list(_key_figures(maker, figures)),
        sentences=sentences,
        unread=list(_unread(maker, figures)),
        counted=" ".join([*_counted(maker, figures), *maker.whom]),
        statistics=tables,
    )


def picture(maker: Maker) -> Figure | None:
    """Money, its use and time in small; None where there is nothing of them to draw."""
    n = len(maker.portfolio)
    if n < MIN_CHART:
        return None
    money, drawn = maker.figures.axes, {}
    if n > FEW:
        drawn = {"ratios": maker.figures.ratios, "timeline": maker.figures.timeline}
    else:
        money = stats.planned_and_realised(maker.portfolio, by=[*PROJECTS])
    if money["planned"].isna().all() and not any(map(len, drawn.values())):
        return None
    title = maker.word("summary.picture")
    return maker.figure(PICTURE, title, "glance", money, **drawn, row=True)


def _known(figures: dict[str, Any], *names: str) -> bool:
    return all(not formats.is_missing(figures.get(name)) for name in names)


def _title(maker: Maker, figures: Figures) -> str:
    n, money = len(maker.portfolio), figures.money
    if figures.planned_alone:
        key, stage, counted = "planned", "planned_all", int(money["n_planned"])
    elif money and money["n_both"] and _known(money, "realised"):
        key = "realised_so_far" if figures.so_far else "realised"
        stage, counted = "realised", int(money["n_both"])
    else:
        return maker.word("summary.title_one" if n == 1 else "summary.title", n=n)
    one = "_one" if counted == 1 else ""
    total = maker.sum_in_words(money[stage])
    return maker.of_every(maker.word(f"summary.title_{key}{one}", n=counted, sum=total), counted)


def _key_figures(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    n, money = len(maker.portfolio), figures.money
    name = "projects_one" if n == 1 else "projects"
    yield formats.number(n, maker.lang), maker.word(f"summary.{name}")
    if figures.planned_alone:
        planned = money["planned_all"]
        words = maker.of_planned(maker.word("summary.planned"))
        yield unit_of_largest([planned], planned).sum(planned, maker.lang), words
    if not money or not money["n_both"]:
        return
    unit = unit_of_largest([money["planned"]], money["planned"])
    for stage in ("planned", "realised"):
        text = unit.sum(money[stage], maker.lang)
        yield text, maker.of_both(maker.word(f"summary.{stage}"))
    if money["planned"] > 0:
        share = formats.percent(money["realised"] / money["planned"], maker.lang)
        yield share, maker.word("summary.share_so_far" if figures.so_far else "summary.share")


def _sentences(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    yield from _of_money(maker, figures)
    yield from _of_use(maker, figures)
    yield from _of_people(maker, figures)
    yield from _of_beneficiaries(maker, figures)
    yield from _of_size(maker)
    yield from _of_time(maker, figures)


def _pair(maker: Maker, key: str, **values: object) -> tuple[str, str]:
    """A clause with the number, and the rest, with the values that each of them has."""
    both = []
    for part in ("clause", "rest"):
        names = entries.placeholders(maker.template(f"summary.{key}.{part}"))
        both.append(maker.word(f"summary.{key}.{part}", **{name: values[name] for name in names}))
    return both[0], both[1]


def _of_money(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    money = figures.money
    if figures.planned_alone:
        planned = maker.sum_in_words(money["planned_all"])
        yield _pair(maker, "money_planned", planned=planned, n=int(money["n_planned"]))
    if not money or not money["n_both"] or not money["planned"] > 0:
        return
    gap = money["planned"] - money["realised"]
    yield _pair(
        maker, "money_so_far" if figures.so_far else "money",
        share=formats.percent(money["realised"] / money["planned"], maker.lang),
        planned=maker.sum_in_words(money["planned"]),
        realised=maker.sum_in_words(money["realised"]),
        gap=maker.sum_in_words(gap), n=int(money["n_both"]),
    )  # fmt: skip


def _of_use(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    use = figures.use
    if not use or use["n"] < SHARE or not _known(use, "median_ratio"):
        return
    half = speaks("absorption", "median", use["n"]) and _known(use, "ci_low", "ci_high")
    lang = maker.lang
    values = {
        "median": formats.percent(use["median_ratio"], lang),
        "n": int(use["n"]),
        "below": int(use["n_below_080"]),
        "share": formats.percent(use["n_below_080"] / use["n"], lang),
    }
    if half:
        values["interval"] = maker.interval(use["ci_low"], use["ci_high"])
    yield _pair(maker, "use" if half else "use_few", **values)


def _of_people(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    people = figures.participants
    if not people or not people["n_planned"] or not _known(people, "planned"):
        return
    values = {"n": int(people["n_planned"]), "planned": int(people["planned"])}
    if not people["n_realised"] or not _known(people, "realised"):
        yield _pair(maker, "people_planned", **values)
        return
    both, known = int(people["n_both"]), int(people["n_realised"])
    if not both:
        more = {"n_realised": known, "realised": int(people["realised"])}
        yield _pair(maker, "people_apart", **values, **more)
        return
    # Only numbers of the same projects are set beside each other.
    every = {"every": values["planned"], "n_planned": values["n"]}
    pair = {name: int(people[f"{name}_both"]) for name in ("planned", "realised")}
    key = "people" if both == values["n"] == known else "people_part"
    yield _pair(maker, key, n=both, **pair, **every)


def _of_beneficiaries(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    shares = figures.shares
    if shares["cumulative_share"].isna().any():
        return  # Of no money nobody has a share.
    for largest, least in _LARGEST:
        if len(shares) >= least:
            share = shares["cumulative_share"].iloc[largest - 1]
            clause, rest = _pair(
                maker, f"largest_{largest}",
                share=formats.percent(share, maker.lang),
                sum=maker.sum_in_words(shares["amount"].sum()),
                n=number_of(shares.attrs, maker.lang),
            )  # fmt: skip
            if out := shares.attrs["n_excluded"]:
                n = formats.number(out, maker.lang)
                rest = f"{rest} {maker.word('summary.largest_out', n=n)}"
            yield clause, rest
            return


def _of_size(maker: Maker) -> Iterator[tuple[str, str]]:
    planned = maker.figures.exact("planned").dropna()
    large = planned[planned >= _LARGE]
    if len(planned) < SIZES or not len(large):
        return
    yield _pair(
        maker, "size", n=len(large), known=len(planned),
        share=formats.percent(len(large) / len(planned), maker.lang),
        money=formats.percent(large.sum() / planned.sum(), maker.lang),
    )  # fmt: skip


def _of_time(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    peak, n = figures.peak, len(figures.timeline)
    if figures.months is None:
        return
    low, middle, high = figures.months
    if maker.few or peak is None:
        if low == high:
            yield _pair(maker, "months_alike", n=n, low=low)
        else:
            key = "months" if figures.over else "months_planned"
            yield _pair(maker, key, n=n, low=low, high=high)
        return
    day = formats.date(peak[0], maker.lang)
    yield _pair(maker, "peak", day=day, n=peak[1], months=middle)


# ---- what is not there


def _unread(maker: Maker, figures: Figures) -> Iterator[tuple[str, str]]:
    counts = {
        "files": int((maker.portfolio.files["status"] != "read").sum()),
        "unreadable": int((maker.portfolio.provenance["status"] == "unreadable").sum()),
        **_of_sums(maker),
        "conflicts": maker.n_conflicts,
    }
    if maker.absent:
        n = formats.number(len(maker.portfolio), maker.lang)
        topics = maker.listed(maker.word(f"topic.{name}") for name in maker.absent)
        topics = topics[:1].upper() + topics[1:]
        yield f"0 / {n}", maker.word("summary.absent", topics=topics)
    for key, count in counts.items():
        if count:
            yield formats.number(count, maker.lang), maker.word(f"summary.not_known.{key}")


def _of_sums(maker: Maker) -> dict[str, int]:
    """Projects whose sums or status need a word, by what they are."""
    status, both = maker.portfolio.projects["status_code"], maker.figures.both
    planned, realised = (maker.figures.exact(stage) for stage in ("planned", "realised"))
    return {
        "no_realised" if maker.figures.planned_alone else "no_sums": int((~both).sum()),
        "interrupted": int((both & status.eq("interrupted").fillna(False)).sum()),
        "running": maker.figures.running,
        "above": int((realised > planned).sum()),
        "zero": int((realised == 0).sum()),
    }


def _counted(maker: Maker, figures: Figures) -> Iterator[str]:
    if figures.money and (figures.money["n_both"] or figures.planned_alone):
        yield maker.word("summary.how.money")
        if figures.use and figures.use["n"]:
            yield maker.word("summary.how.use")
    if len(maker.portfolio) >= INTERVAL:
        yield maker.word("summary.how.interval")
    yield maker.word("summary.how.limits")
    if maker.day is not None:
        yield maker.word("summary.how.day", day=maker.day)
