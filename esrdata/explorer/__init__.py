"""The explorer: a portfolio in one HTML file that opens anywhere, offline."""

from esrdata.explorer.page import explore
from esrdata.explorer.select import selected

__all__ = ["explore", "selected"]
