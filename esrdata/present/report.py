"""Writes the report of a portfolio."""

from os import PathLike
from pathlib import Path

from esrdata.knowledge.words import word
from esrdata.portfolio import Portfolio
from esrdata.tables.staging import staged

REPORT = "report.html"


def write(portfolio: Portfolio, out: str | PathLike[str], *, lang: str = "fi") -> Path:
    """Write the report as one HTML file that needs nothing beside it.

    The same portfolio gives the same bytes. A former report stays whole until the new one is
    complete.

    Parameters
    ----------
    portfolio
        What to report.
    out
        Folder of the report; made if need be.
    lang
        Language of the report: fi, sv or en.

    Returns
    -------
    Path
        The file written, ``report.html`` in the folder.

    Raises
    ------
    UsageError
        If the language is unknown.
    StoreError
        If the folder cannot be written.
    """
    word("report.title", lang)  # an unknown language is told before anything is written
    # The template engine is imported only when a report is made.
    from esrdata.present.html import page

    text = page(portfolio, lang)
    folder = Path(out)
    with staged(folder) as stage:
        (stage / REPORT).write_text(text, encoding="utf-8", newline="\n")
        return (stage / REPORT).replace(folder / REPORT)
