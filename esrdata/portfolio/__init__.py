"""The portfolio: tidy tables of many projects, each value with its source."""

from esrdata.portfolio.opening import load, read
from esrdata.portfolio.portfolio import Portfolio

__all__ = ["Portfolio", "load", "read"]
