"""Tables as attributes, so that an editor completes their names."""

from typing import TYPE_CHECKING, NoReturn, Self, overload

import pandas as pd

if TYPE_CHECKING:
    from esrdata.portfolio.portfolio import Portfolio


class Table:
    """A table of a portfolio under the name of the attribute."""

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, portfolio: None, owner: type) -> Self: ...
    @overload
    def __get__(self, portfolio: "Portfolio", owner: type) -> pd.DataFrame: ...
    def __get__(self, portfolio: "Portfolio | None", owner: type) -> "pd.DataFrame | Self":
        if portfolio is None:
            return self
        found = portfolio.__dict__.get("_tables", {}).get(self._name)
        if found is None:
            # Sends Python to `__getattr__`, which says why.
            raise AttributeError(self._name)
        table: pd.DataFrame = found
        return table

    def __set__(self, portfolio: "Portfolio", value: object) -> NoReturn:
        raise AttributeError(f"The table {self._name} of a portfolio cannot be replaced.")
