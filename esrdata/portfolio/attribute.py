"""Tables as attributes, so that an editor completes their names."""

import warnings
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
            # Makes Python call `__getattr__`, which gives the reason.
            raise AttributeError(self._name)
        table: pd.DataFrame = found
        return table

    def __delete__(self, portfolio: "Portfolio") -> NoReturn:
        raise AttributeError(f"The table {self._name} of a portfolio cannot be taken away.")

    def __set__(self, portfolio: "Portfolio", value: object) -> NoReturn:
        raise AttributeError(f"The table {self._name} of a portfolio cannot be replaced.")


class CalledTable(pd.DataFrame):
    """A table that used to be a method; it can still be called."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def __call__(self, field: str | None = None) -> pd.DataFrame:
        """The table, or its rows of one field; the former way, for one more version."""
        text = "portfolio.conflicts is a table now: write it without brackets."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        table = pd.DataFrame(self)
        return table if field is None else table[table["field"] == field].reset_index(drop=True)
