"""The call that made a statistics table, made once more."""

import inspect
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import made
from esrdata.tables.population import Population


@dataclass(frozen=True)
class Call:
    """A call of a statistic.

    Attributes
    ----------
    statistic
        The name of the function.
    given
        The arguments given to it but portfolios.
    portfolios
        The portfolios, by the names of their arguments.
    not_kept
        Names of arguments that tables do not keep.
    """

    statistic: str
    given: dict[str, Any]
    portfolios: dict[str, Any]
    not_kept: tuple[str, ...]

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments, with those that were left out as they are by default."""
        parameters = inspect.signature(self._function()).parameters
        # What is left out of many has no default.
        return {
            name: one.default for name, one in parameters.items() if one.kind != one.VAR_KEYWORD
        } | self.given

    @property
    def sources(self) -> dict[str, Portfolio]:
        """Every portfolio by the name of its argument, or of its own where there are several."""
        found: dict[str, Portfolio] = {}
        for name, given in self.portfolios.items():
            found |= given if isinstance(given, dict) else {name: given}
        return found

    def again(self) -> pd.DataFrame:
        """What the statistic gives now.

        Raises
        ------
        UsageError
            If it was given something that tables do not keep.
        """
        if self.not_kept:
            raise UsageError(
                f"The table does not keep the {self.not_kept[0]} that {self.statistic} was given, "
                "so its figures cannot be traced."
            )
        found: pd.DataFrame = self._function()(**self.portfolios, **self.given)
        return found

    def _function(self) -> Any:
        # By its name: `esrdata.stats` itself imports this module.
        return getattr(import_module("esrdata.stats"), self.statistic)


def call_of(table: pd.DataFrame, portfolio: Portfolio | None = None) -> Call:
    """The call that made a table.

    Parameters
    ----------
    table
        What a statistic returned, or a part or copy of it.
    portfolio
        In place of the one it was made of.

    Raises
    ------
    UsageError
        If the table does not say how it was made, or its portfolio is no longer in memory.
    """
    call = table.attrs.get("call")
    if call is None:
        raise UsageError(
            "The table does not say which statistic made it: give what a function of "
            "esrdata.stats returned."
        )
    given = dict(call["arguments"])
    if isinstance(given.get("population"), dict):
        given["population"] = Population.from_json(given["population"])
    tokens = call["portfolios"]
    if not tokens:
        raise UsageError(
            f"{call['statistic']} was made of another table: trace the figures of that one."
        )
    if portfolio is None:
        portfolios = {name: _of(table, name, token) for name, token in tokens.items()}
    elif list(tokens) == ["portfolio"] or isinstance(tokens.get("portfolios"), str):
        portfolios = dict.fromkeys(tokens, portfolio)
    else:
        raise UsageError(
            f"{call['statistic']} was made of several portfolios: one alone cannot stand for them."
        )
    return Call(call["statistic"], given, portfolios, tuple(call["not_kept"]))


def _of(table: pd.DataFrame, name: str, token: Any) -> Any:
    """A portfolio of a table, or several by their names."""
    if not isinstance(token, dict):
        return made.portfolio_of(table, name)
    found = {label: made.portfolio_by(one) for label, one in token.items()}
    if None in found.values():
        raise UsageError(
            "A portfolio that the table was made of is not in memory: make the table again."
        )
    return found
