"""Facts of projects by group: counted, added up and ranked."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.intervals import bounds, of_quantile
from esrdata.stats.recording import current
from esrdata.stats.who import Joining

#: The name of a group, names of several, or None for all projects as one group.
By = str | Sequence[str] | None


class Grouped:
    """Facts of projects by group: counted, added up and ranked, a value per group.

    Attributes
    ----------
    names
        Names of the groups; none when all projects are one group.
    rows
        A row per project and group in the order of the groups: the groups and the facts.
    number
        The number of each row's group.
    heads
        The groups, a row each, by number.
    method
        Notes on the groups.
    besides
        What else a row of the table says of whom it counts, such as its indicator.
    """

    def __init__(
        self,
        portfolio: Portfolio,
        by: By,
        facts: pd.DataFrame,
        who: Joining | None = None,
        **besides: str,
    ) -> None:
        self.besides = besides
        self.names: list[str] = []
        self.method = ""
        keys = portfolio.projects[["project_code"]]
        if by is None and who:
            raise UsageError(groups.NOBODY)
        if by is not None:
            keys = groups.keys(portfolio, by, **(who or {}))
            self.names = [by] if isinstance(by, str) else list(by)
            self.method = keys.attrs["method"]
        self.rows = keys.merge(facts, on="project_code", how="left")
        self.number = pd.Series(0, index=self.rows.index)
        self.heads = pd.DataFrame(index=[0])
        if self.names:
            # Numbered as they come, for the rows are in the order of the groups.
            found = self.rows.groupby(self.names, sort=False, dropna=False).ngroup()
            self.number = pd.Series(pd.factorize(found)[0], index=self.rows.index)
            first = ~self.number.duplicated()
            self.heads = self.rows.loc[first, self.names].reset_index(drop=True)

    def count(self, condition: "pd.Series[Any]") -> "pd.Series[Any]":
        """How many rows of each group are so; a missing answer is no."""
        so = condition.fillna(False).astype(bool)
        found = np.bincount(self.number.to_numpy()[so], minlength=len(self.heads))
        return self._counted(pd.Series(found, self.heads.index, dtype="Int64"), so)

    def total(self, values: "pd.Series[Any]") -> "pd.Series[Any]":
        """The sum of each group, with its dtype; missing where no value is there."""
        found = values.groupby(self.number).sum(min_count=1)
        found = found.reindex(self.heads.index).round(2).astype(values.dtype)
        return self._counted(found, values.notna())

    def quantile(self, values: "pd.Series[Any]", q: float) -> "pd.Series[Any]":
        """A quantile of each group; missing where no value is there."""
        found = values.dropna().astype(float).groupby(self.number).quantile(q)
        return self._counted(found.reindex(self.heads.index).astype("Float64"), values.notna())

    def _counted(self, figure: "pd.Series[Any]", used: "pd.Series[bool]") -> "pd.Series[Any]":
        """A figure per group, noted where somebody records."""
        if (record := current()) is not None:
            record.counted(figure, used)
        return figure

    def interval(
        self, values: "pd.Series[Any]", q: float = 0.5
    ) -> "tuple[pd.Series[Any], pd.Series[Any]]":
        """Lower and upper bounds of a quantile of each group; missing where it has none."""
        known = values.dropna().astype(float)
        found = {n: of_quantile(part, q) for n, part in known.groupby(self.number)}
        return bounds([found.get(number) for number in self.heads.index], self.heads.index)

    def numbered(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Other rows of the projects, once in each of their groups, its number in `group`."""
        codes = self.rows[["project_code"]].assign(group=self.number)
        return codes.merge(rows, on="project_code")

    def table(self, figures: Mapping[str, "pd.Series[Any]"]) -> pd.DataFrame:
        """The groups and their figures, a row per group."""
        if (record := current()) is not None:
            rows = self.rows.assign(**self.besides)
            record.named(rows, [*self.names, *self.besides], figures)
        return self.heads.assign(**figures).reset_index(drop=True)

    def as_json(self) -> list[dict[str, Any]]:
        """The groups as JSON has them, in their order; one without names says nothing."""
        if not self.names:
            return [{}]
        text = self.heads.to_json(orient="records", date_format="iso", force_ascii=False)
        found: list[dict[str, Any]] = json.loads(text)
        return found

    def title(self, title: str) -> str:
        """A title that names the groups."""
        return f"{title} by {', '.join(self.names)}" if self.names else title


def plain(key: Any) -> str | int:
    """Give a group as JSON knows it."""
    if isinstance(key, pd.Timestamp):
        return key.date().isoformat()
    return key if isinstance(key, str) else int(key)
