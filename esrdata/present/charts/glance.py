"""A portfolio at a glance, for the first page: key figures and six small pictures."""

from typing import Unpack

import pandas as pd

from esrdata.errors import UsageError
from esrdata.present.charts.describe import About, Axes, Look, documented
from esrdata.present.charts.first_page import FirstPage
from esrdata.present.charts.panels import Panels
from esrdata.present.charts.portfolio_picture import Picture
from esrdata.present.charts.rows import check
from esrdata.present.charts.sheet import paper


@documented()
def glance(
    table: pd.DataFrame,
    *,
    ratios: pd.DataFrame | None = None,
    timeline: pd.DataFrame | None = None,
    concentration: pd.DataFrame | None = None,
    sizes: pd.DataFrame | None = None,
    coverage: pd.DataFrame | None = None,
    participants: pd.DataFrame | None = None,
    row: bool = False,
    lang: str = "fi",
    **look: Unpack[Look],
) -> Axes:
    """Draw a portfolio at a glance: key figures, money, its use, time, beneficiaries, size, and
    what is known.

    A picture of which no table is given, or which has no rows, says that there are no figures. Of
    up to 12 projects only money and what is known are drawn.

    Parameters
    ----------
    table
        What `esrdata.stats.planned_and_realised` returned, by what the projects are divided by.
    ratios
        What `esrdata.stats.ratios` returned.
    timeline
        What `esrdata.stats.timeline` returned.
    concentration
        What `esrdata.stats.concentration` returned.
    sizes
        What `esrdata.stats.planned_and_realised` returned by ``size_band``.
    coverage
        What `esrdata.stats.coverage` returned without groups (``by=None``).
    participants
        What `esrdata.stats.participants` returned without groups: of how many projects the number
        of actual participants is known. Without it, projects that tell they have none count too.
    row
        Whether money, its use and time alone are drawn beside each other in one row, as on the
        first page of a report; of up to 12 projects only money.
    """
    checked = check(table, "planned_and_realised", ("n", "n_both", "planned", "realised"), lang)
    given = {"ratios": ratios, "timeline": timeline, "concentration": concentration}
    given |= {"planned_and_realised": sizes, "coverage": coverage, "participants": participants}
    needs = {
        "ratios": ("project_code", "planned", "ratio"), "timeline": ("start_date", "end_date"),
        "concentration": ("amount", "share", "cumulative_share"),
        "planned_and_realised": ("size_band", "n", "planned_all"),
        "coverage": ("field", "n", "n_read"), "participants": ("n_realised",),
    }  # fmt: skip
    for name, one in given.items():
        if one is not None and len(one):
            check(one, name, needs[name], lang)
    measure = table.attrs.get("measure")
    for one in (ratios, sizes):
        if one is not None and one.attrs.get("measure", measure) != measure:
            raise UsageError(
                f"The tables are of two measures ({measure}, {one.attrs['measure']}): give tables "
                "of one."
            )
    picture = Picture(checked, *(t if t is not None and len(t) else None for t in given.values()))
    if row:
        page = FirstPage(picture)
        about = About("glance", table, page.words, page.data(), dots=300)
        with paper(about, lang, **look) as sheet:
            page.draw(sheet)
        return sheet.first
    about = About("glance", table, picture.words, picture.data(picture.panels))
    with paper(about, lang, **look) as sheet:
        Panels(sheet, picture).draw()
    return sheet.first


__all__ = ["glance"]
