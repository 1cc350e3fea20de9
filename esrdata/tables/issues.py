"""A finding as a row of the table `issues`."""

from collections.abc import Iterable

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.messages import message
from esrdata.reading.record import Finding


def issue(path: str | None, project: str | None, finding: Finding) -> dict[str, object]:
    """The row of a finding in a file, or in none; its sentence is the English one."""
    about = {"file": path, "field": finding.field, "line": finding.line, "raw": finding.raw}
    return {
        **about,
        "project_code": project,
        "severity": load.messages()[finding.code]["severity"],
        "code": finding.code,
        "message": message(finding.code, "en", project=project, **about),
    }


def with_findings(issues: pd.DataFrame, rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    """The table `issues` with more findings before its own."""
    more = pd.DataFrame(list(rows))
    if more.empty:
        return issues
    more = more.astype(issues.dtypes)
    return pd.concat([more[issues.columns], issues], ignore_index=True)


def recognisers(issues: pd.DataFrame) -> list[str]:
    """What recognised the names of persons that are covered; none where nothing was asked to."""
    return sorted(issues.loc[issues["code"] == "names_recognised", "raw"].unique())
