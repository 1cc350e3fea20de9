"""The summary of a portfolio in a notebook: its tables and their numbers of rows."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from esrdata.knowledge.formats import number
from esrdata.knowledge.wording import code_label, table_label
from esrdata.tables.columns import is_internal

# Always English, whatever the language of the projects.
_LANG = "en"
_LEFT = "style='text-align:left'"


def summary(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return a portfolio as HTML: projects, files read, findings, and the rows of each table.

    Parameters
    ----------
    tables
        The tables of the portfolio by their name.
    """
    files = tables["files"]
    read = int((files["status"] == "read").sum())
    counts = tables["issues"]["severity"].value_counts()
    facts = {
        "Projects": number(len(tables["projects"]), _LANG),
        "Files read": f"{number(read, _LANG)} of {number(len(files), _LANG)}",
        "Findings": ", ".join(
            f"{code_label('severities', severity, _LANG)} {number(counts.get(severity, 0), _LANG)}"
            for severity in ("error", "warning", "info")
        ),
    }
    line = " · ".join(f"{escape(name)}: {escape(text)}" for name, text in facts.items())
    rows = "".join(
        f"<tr><td {_LEFT}><code>{escape(name)}</code></td>"
        f"<td {_LEFT}>{escape(table_label(name, _LANG))}</td>"
        f"<td style='text-align:right'>{escape(number(len(table), _LANG))}</td></tr>"
        for name, table in tables.items()
        if not is_internal(name)
    )
    return (
        f"<p>Portfolio. {line}</p><table>"
        f"<thead><tr><th {_LEFT}>table</th><th {_LEFT}>what it holds</th><th>rows</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
