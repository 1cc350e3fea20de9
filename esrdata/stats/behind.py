"""The values behind figures: those of the projects that a statistic noted, and the figure again."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge.formats import is_missing
from esrdata.knowledge.wording import word
from esrdata.stats.origins import PLACE, Origins, of_first
from esrdata.stats.recording import Members

# How a value can be missing.
_STATES = ("blank", "absent", "not_applicable", "unreadable", "read", "nowhere")


class Rows:
    """The rows of some members as arrays, which every row of the table chooses from.

    Attributes
    ----------
    codes, reasons
        The project of each row, and why it is left out; missing where it is not.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows = rows
        self._numbered: dict[str, tuple[npt.NDArray[np.intp], dict[Any, int]]] = {}
        reasons = rows["reason"] if "reason" in rows else pd.Series(pd.NA, index=rows.index)
        self.codes = rows["project_code"].to_numpy(dtype=object)
        self.reasons = reasons.astype("string").to_numpy(dtype=object)

    def of(self, members: Members, cells: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
        """Which of them belong to a row of the table."""
        found = np.ones(len(self.codes), dtype=bool)
        if members.where is not None:
            found &= members.where(cells).to_numpy(dtype=bool, na_value=False)
        for key in members.keys:
            if key not in self._numbered:
                numbers, known = pd.factorize(self._rows[key])
                self._numbered[key] = numbers, {one: n for n, one in enumerate(known)}
            numbers, known_as = self._numbered[key]
            # What is missing has the number -1, and what no row has, none.
            number = -1 if is_missing(cells[key]) else known_as.get(cells[key], -2)
            found &= numbers == number
        return found


def values_of(
    members: Members, fields: Sequence[str], origins: Origins, how: str, part: str
) -> pd.DataFrame:
    """The values of all members, by their rows and then by field.

    Returns
    -------
    DataFrame
        What `trace` returns, `weight` where the members have it, and `row`, the position of the
        members' row.
    """
    kept = ["project_code", *(name for name in ("reason", "weight") if name in members.rows)]
    if members.placed:
        kept += ["field", "value", "status", *PLACE]
    rows = members.rows[kept].assign(used=members.used, row=range(len(members.rows)))
    if not members.placed:
        found = [
            rows.merge(origins.of(field), on="project_code", how="left").fillna(
                {"field": of_first(field)}
            )
            for field in fields
        ]
        rows = pd.concat(found, ignore_index=True).sort_values("row", kind="stable")
    reason = _reasons(rows, how, part)
    return rows.assign(reason=reason, used=rows["used"].astype("boolean")).drop(columns="status")


def _reasons(table: pd.DataFrame, how: str, part: str) -> "pd.Series[Any]":
    """Why each project is not counted: the statistic's reason, or the state of its values."""
    found = table.get("reason", pd.Series(pd.NA, index=table.index)).astype("string")
    if how != "without":
        states = table["status"].fillna("nowhere").where(table["value"].isna())
        first = states.groupby(table["row"]).transform("first")
        sentences = {state: word(f"trace.reason.{state}", "en") for state in _STATES}
        found = found.fillna(first.map(sentences).astype("string"))
    return found.fillna(word("trace.reason.not_counted", "en", column=part)).mask(table["used"])


def recompute(traced: pd.DataFrame) -> Any:
    """The figure made again from the values that are used.

    Takes no `population`: what is used is what `trace` says.

    Parameters
    ----------
    traced
        What `trace` returned.

    Returns
    -------
    object
        The figure; missing where no value is used, and of a figure whose ``attrs["how"]`` is
        ``test``.
    """
    if not isinstance(traced, pd.DataFrame) or "how" not in traced.attrs:
        raise UsageError("No figure was traced here: give what esrdata.stats.trace returned.")
    how, each = traced.attrs["how"], traced.attrs["each"]
    fields, parts = traced.attrs["fields"], traced.attrs["parts"]
    used = traced[traced["used"]]
    several = [used[used["part"] == part] for part in parts] if len(parts) > 1 else [used]
    if not len(used) and traced.attrs["figure"] is None:
        # A measure that has no such figure is no figure of zero projects.
        return pd.NA
    if how in ("count", "without"):
        return _number(used)
    if how == "share":
        return _divided(_number(several[0]), _number(several[1]))
    if how == "ratio":
        if len(several) == 1:
            several = [used[used["field"] == field] for field in fields]
        first, second = (one["value"].sum() if len(one) else pd.NA for one in several)
        return _divided(first, second)
    values = _per_project(used, fields, each).dropna()
    if how == "test" or not len(values):
        return pd.NA
    if how == "value":
        return _own(used, values, parts)
    if how == "sum":
        total = round(values.sum(), 2)
        return _divided(total, traced.attrs["by"]) if "by" in traced.attrs else total
    quantiles = {"q1": 0.25, "median": 0.5, "q3": 0.75}
    numbers = values.astype(float)
    return numbers.mean() if how == "mean" else numbers.quantile(quantiles[how])


def _own(used: pd.DataFrame, values: "pd.Series[Any]", parts: Sequence[str]) -> Any:
    """A project's own value, or the second of two less the first."""
    if len(parts) == 1:
        return values.iloc[0]
    if len(values) < 2:
        return pd.NA
    change = values.iloc[1] - values.iloc[0]
    return change.days if isinstance(change, pd.Timedelta) else round(change, 2)


def _number(used: pd.DataFrame) -> float:
    """How many projects, or parts of such."""
    projects = used.drop_duplicates("project_code")
    return projects["weight"].sum() if "weight" in projects else len(projects)


def _divided(first: Any, second: Any) -> Any:
    return pd.NA if is_missing(first) or is_missing(second) or second == 0 else first / second


def _per_project(used: pd.DataFrame, fields: Sequence[str], each: str) -> "pd.Series[Any]":
    """One value of each project."""
    if each == "same":
        found = used["value"]
        return found * used["weight"] if "weight" in used else found
    if each in ("mean", "number"):
        per = used.groupby("project_code", sort=False)["value"]
        return per.count() if each == "number" else per.mean()
    first, second = (
        used[used["field"] == field].set_index("project_code")["value"] for field in fields
    )
    if each == "quotient":
        return first / second.where(second != 0)
    between = second - first
    return between.dt.days + 1 if each == "days" else between
