"""When projects run, and what was amended."""

from esrdata import stats
from esrdata.knowledge import formats
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import ROWS, Maker
from esrdata.present.model import Figure, Section, Table
from esrdata.stats.amendments import ONLY_AFTER, ONLY_BEFORE


def time(maker: Maker) -> Section | None:
    """First and last days, and what was amended since an earlier snapshot; None without days."""
    amended = None if maker.before is None else stats.amendments(maker.before, maker.portfolio)
    parts: list[Table | Figure] = []
    table = stats.timeline(maker.portfolio, amended=amended)
    if len(table):
        parts.append(maker.figure("timeline", maker.word("time.timeline"), "timeline", table))
    parts += beside.extensions(maker)
    if amended is None:
        if not parts:
            return None
        return maker.section("time", *_sentences(maker), parts=parts, title=_title(maker))
    out = {row["reason"]: row["n"] for row in amended.attrs["exclusions"]}
    whom = maker.word("time.compared", n=len(amended), gone=out[ONLY_BEFORE], new=out[ONLY_AFTER])
    changed = amended[amended["amended"].fillna(False)]
    if not len(changed):
        # A table of headings alone, and a picture of what did not change, tell less.
        n = int(amended["amended"].notna().sum())
        text = maker.word("time.unchanged" if n else "time.none_shared", n=n)
        told = [*_sentences(maker), text, whom]
        return maker.section("time", *told, parts=parts, title=_title(maker))
    first = changed.head(ROWS)
    columns = maker.columns(
        project_code="text", name="text", extension_days="integer", grant_change="money",
        public_total_change="money",
    )  # fmt: skip
    title = maker.word("time.amendments")
    cut = maker.more(len(first), len(changed), "figures/amendments.csv")
    note = f"{whom} {cut}".strip()
    parts.append(maker.table("amendments", title, columns, first, note))
    parts.append(maker.figure("amendments", title, "amendments", amended))
    return maker.section("time", *_sentences(maker), parts=parts, title=_title(maker))


def _title(maker: Maker) -> str:
    peak = maker.figures.peak
    if maker.few or peak is None:
        return maker.title("time")
    return maker.title("time", "finding", n=peak[1], day=formats.date(peak[0], maker.lang))


def _sentences(maker: Maker) -> list[str]:
    if maker.figures.months is None:
        return []
    n = len(maker.figures.timeline)
    low, middle, high = maker.figures.months
    if low == high:
        return [maker.word("time.told_alike", n=n, low=low)]
    key = "time.told" if maker.figures.over else "time.told_planned"
    return [maker.word(key, n=n, low=low, high=high, middle=middle)]
